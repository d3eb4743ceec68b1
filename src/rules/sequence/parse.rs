//! Reading sequences.

use super::index::Words;
use super::{Class, Element, LONGEST, MOST, Piece, Sequence, What};
use crate::dictionary::{self, Forms};
use crate::lexicon::inflect;
use crate::model::{TagSet, tag_bit, tags};

impl Sequence {
    /// Reads a sequence.
    ///
    /// # Errors
    ///
    /// Says which part of it is wrong, and what may be there.
    pub fn parse(source: &str) -> Result<Self, String> {
        let (pattern, uses) = source.split_once("=>").ok_or("a sequence needs `=>` and what to write instead")?;
        let (mut elements, mut absent) = (Vec::new(), Words::default());
        let mut marked = (usize::MAX, 0);
        for word in pattern.split_whitespace() {
            if let Some(words) = word.strip_prefix('~') {
                absent = alternatives(words);
                continue;
            }
            let (word, opens) = word.strip_prefix('[').map_or((word, false), |rest| (rest, true));
            let (word, closes) = word.strip_suffix(']').map_or((word, false), |rest| (rest, true));
            if opens {
                marked.0 = elements.len();
            }
            elements.push(Element::parse(word)?);
            if closes {
                marked.1 = elements.len();
            }
        }
        if elements.len() > LONGEST {
            return Err(format!("a sequence has at most {LONGEST} parts, and this one {}", elements.len()));
        }
        if marked.0 >= marked.1 {
            return Err("a sequence needs one part in brackets, `[like this]`".to_owned());
        }
        let is_trigger = |element: &Element| {
            element.is_one() && (matches!(&element.what, What::Words(_)) || matches!(&element.what, What::Many))
        };
        let ahead = elements.iter().take_while(|element| element.is_one() || element.not).enumerate();
        // Of several, the one whose words are rarest; of such as are as rare, the first.
        let mut able = ahead.filter(|(_, element)| is_trigger(element)).peekable();
        let first = able.next();
        let mut trigger = first.map(|(number, _)| number);
        if able.peek().is_some() {
            let mut least = f32::INFINITY;
            for (number, element) in first.into_iter().chain(able) {
                let common = element.how_common(least);
                if common < least {
                    (trigger, least) = (Some(number), common);
                }
            }
        }
        let opens = elements.first().is_some_and(|first| matches!(first.what, What::Start) && first.is_one());
        let trigger = trigger.or(opens.then_some(0));
        let uses = uses.split('|').map(pieces).collect::<Result<_, _>>()?;
        let trigger = trigger.ok_or("a sequence needs a word, with none before it that may be missing, or `^`")?;
        let triggers = elements[trigger].triggers().unwrap_or_default();
        let ahead = elements[..trigger].iter().filter(|element| element.takes()).count();
        let is_read = elements.iter().any(|element| element.what.is_read());
        Ok(Self { elements, marked, uses, absent, trigger, ahead, triggers, is_read })
    }
}

impl Element {
    fn parse(word: &str) -> Result<Self, String> {
        let (word, not) = word.strip_prefix('!').map_or((word, false), |rest| (rest, true));
        let (word, least, most) = match word.strip_suffix(['?', '*']) {
            Some(rest) if !rest.is_empty() => (rest, 0, if word.ends_with('*') { MOST } else { 1 }),
            _ => (word, 1, 1),
        };
        let what = What::parse(word)?;
        Ok(Self { what, least, most, not })
    }

    /// How often one of its words is in a text, next to others. Once it is `enough`, no more words are looked up.
    fn how_common(&self, enough: f32) -> f32 {
        match &self.what {
            What::Words(words) => {
                let mut sum = 0.0;
                for word in &words.all {
                    sum += how_common(word);
                    if sum >= enough {
                        break;
                    }
                }
                sum
            }
            // Figures and the words for them.
            _ => 1.0,
        }
    }
}

/// The longest word that is looked up to see how common it is: those that are longer are hardly ever among the commonest.
const LOOKED_UP: usize = 6;

/// How often a word is in a text, next to the commonest one. Classes of frequency halve.
fn how_common(word: &str) -> f32 {
    let entry = if word.len() <= LOOKED_UP { dictionary::entry(word) } else { None };
    entry.map_or(0.001, |entry| 0.5_f32.powi(i32::from(entry.class())))
}

impl What {
    fn parse(word: &str) -> Result<Self, String> {
        if let Some(all) = word.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'))
            && all.contains('<')
        {
            let (words, classes): (Vec<&str>, Vec<&str>) = all.split('|').partition(|part| !part.contains('<'));
            let words = Self::Words(alternatives(&words.join("|")));
            let classes = classes.into_iter().map(Self::parse).collect::<Result<Vec<_>, _>>()?;
            return Ok(Self::Any(std::iter::once(words).chain(classes).collect()));
        }
        Ok(match word {
            "^" => Self::Start,
            "." => Self::End,
            "<many>" => Self::Many,
            "<->" => Self::Word,
            _ => match word.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
                Some(inner) => match Class::named(word) {
                    Some(class) => Self::Class(class),
                    None => forms(inner)?,
                },
                None => Self::Words(alternatives(word)),
            },
        })
    }
}

fn alternatives(word: &str) -> Words {
    let inner = word.trim_start_matches('(').trim_end_matches(')');
    let marked = inner.replace("|n}", "/n}");
    Words::new(marked.split('|').filter(|part| !part.is_empty()).flat_map(|part| {
        match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(lemma) => distinct_forms(lemma),
            None => vec![part.to_owned()],
        }
    }))
}

/// The forms of a verb, or those of a noun behind which stands `/n`, each once.
fn distinct_forms(lemma: &str) -> Vec<String> {
    let mut forms = match lemma.strip_suffix("/n") {
        Some(noun) => inflect::noun(noun),
        None => inflect::verb(lemma),
    };
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// `np-v`, `=d`, `np:n`.
fn forms(letters: &str) -> Result<What, String> {
    let wrong = || format!("`<{letters}>` is neither a class of words nor letters of {}", Forms::LETTERS);
    let read = |letters: &str| Forms::of(letters).ok_or_else(wrong);
    let (can_be, is) = letters.split_once(':').unwrap_or((letters, ""));
    let mut reads = is.chars().map(|letter| tags_of_letter(letter).ok_or_else(wrong));
    let reads = reads.try_fold(0, |set, tags| Ok::<_, String>(set | tags?))?;
    if can_be.is_empty() && reads == 0 {
        return Err(wrong());
    }
    if let Some(only) = can_be.strip_prefix('=') {
        let any = read(only)?;
        return Ok(What::Forms { any, none: any.others(), reads });
    }
    let (any, none) = can_be.split_once('-').unwrap_or((can_be, ""));
    Ok(What::Forms { any: read(any)?, none: read(none)?, reads })
}

/// The tags that a letter behind a colon stands for.
fn tags_of_letter(letter: char) -> Option<TagSet> {
    Some(match letter {
        'n' | 'm' => tag_bit(tags::NOUN),
        'p' => tag_bit(tags::PLURAL),
        'v' => tag_bit(tags::BASE) | tag_bit(tags::PRESENT),
        's' => tag_bit(tags::THIRD),
        'd' => tag_bit(tags::PAST),
        'e' => tag_bit(tags::PARTICIPLE),
        'g' => tag_bit(tags::GERUND),
        'a' => tag_bit(tags::ADJECTIVE),
        'c' => tag_bit(tags::COMPARATIVE),
        't' => tag_bit(tags::SUPERLATIVE),
        'r' => tag_bit(tags::ADVERB),
        'o' => tag_bit(tags::POSSESSIVE),
        _ => return None,
    })
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let at = rest.find(['$', '{']).unwrap_or(rest.len());
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        rest = &rest[at..];
        if let Some(number) = rest.strip_prefix('$') {
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let word = number[..digits].parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            pieces.push(Piece::Word(Some(word.ok_or("`$` needs a number after it, from 1 on")?), None));
            rest = &number[digits..];
        } else if let Some(behind) = rest.strip_prefix("{a}") {
            pieces.push(Piece::Article);
            rest = behind;
        } else if let Some(inner) = rest.strip_prefix('{') {
            let (form, behind) = inner.split_once('}').ok_or("`{` needs a `}`")?;
            let (form, word) = form.split_once(' ').map_or((form, None), |(form, word)| (form, Some(word)));
            let word = word.map(|word| word.parse::<usize>().map_err(|_| format!("`{word}` is not a number")));
            let form = dictionary::Form::named(form).ok_or_else(|| format!("there is no form `{form}`"))?;
            pieces.push(Piece::Word(word.transpose()?.and_then(|word| word.checked_sub(1)), Some(form)));
            rest = behind;
        }
    }
    Ok(pieces)
}
