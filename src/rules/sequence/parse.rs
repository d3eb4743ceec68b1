//! Reading sequences.

use rustc_hash::FxHashMap;

use super::index::SequenceWords;
use super::{
    Element, LONGEST, MOST, NUMERAL, Neighbor, ReplacementPiece, Sequence, SequenceTriggers, TriggerPlace, What,
    WordClass,
};
use crate::dictionary::{self, Forms};
use crate::lexicon::{self, inflect};
use crate::model::{TagSet, tag_bit, tags};

impl Sequence {
    /// Reads a sequence.
    ///
    /// # Errors
    ///
    /// Says which part of it is wrong, and what may be there.
    pub fn parse(source: &str) -> Result<Self, String> {
        let trigger = SequenceTriggers::of(source, &mut Frequencies::default()).map(|triggers| triggers.element);
        Self::with_trigger(source, trigger)
    }

    /// Reads a sequence that is looked for by its element number `trigger`; errors as those of [`Sequence::parse`].
    pub(super) fn with_trigger(source: &str, trigger: Option<usize>) -> Result<Self, String> {
        let (pattern, uses) = source.split_once("=>").ok_or("a sequence needs `=>` and what to write instead")?;
        let (written, absent) = WrittenElement::all(pattern);
        let first = written.iter().rposition(|element| element.opens).unwrap_or(usize::MAX);
        let behind = written.iter().rposition(|element| element.closes).map_or(0, |last| last + 1);
        let elements = written.iter().map(WrittenElement::read).collect::<Result<Vec<_>, _>>()?;
        if elements.len() > LONGEST {
            return Err(format!("a sequence has at most {LONGEST} parts, and this one {}", elements.len()));
        }
        if first >= behind {
            return Err("a sequence needs one part in brackets, `[like this]`".to_owned());
        }
        let uses = uses.split('|').map(pieces).collect::<Result<_, _>>()?;
        let trigger = trigger.ok_or("a sequence needs a word, with none before it that may be missing, or `^`")?;
        let ahead = written.iter().take(trigger).filter(|element| element.takes()).count();
        let is_read = elements.iter().any(|element| element.what.is_read());
        let absent = absent.map(What::parse).transpose()?;
        Ok(Self { elements, marked: (first, behind), uses, absent, trigger, ahead, is_read })
    }
}

impl SequenceTriggers {
    /// What the sequence `source` is looked for by; `None` where it is none. This is read of every sequence at each start, the
    /// rest of one only once it is looked for.
    pub fn of<'s>(source: &'s str, frequencies: &mut Frequencies<'s>) -> Option<Self> {
        let (written, _) = WrittenElement::all(source.split_once("=>")?.0);
        let at = frequencies.trigger(&written)?;
        let element = written.get(at)?;
        let (place, words) = match element.is_start() {
            true => (TriggerPlace::Opening, Vec::new()),
            false if at == 1 && written.first()?.is_start() => (TriggerPlace::AtStart, element.words()),
            false => (TriggerPlace::Anywhere, element.words()),
        };
        Some(Self { element: at, place, words, neighbor: frequencies.neighbor(&written, at) })
    }
}

/// The start of a sentence, a number of more than one, and the end of a sentence, as elements are written.
const START: &str = "^";
const MANY: &str = "<many>";
const END: &str = ".";

/// An element as it is written.
struct WrittenElement<'s> {
    /// Without its marks.
    text: &'s str,
    least: usize,
    most: usize,
    /// It must not be there.
    not: bool,
    /// The marked part starts with it, or ends with it.
    opens: bool,
    closes: bool,
}

impl<'s> WrittenElement<'s> {
    /// The elements of what is before `=>`, and the words that may not be before it in its sentence.
    fn all(pattern: &'s str) -> (Vec<Self>, Option<&'s str>) {
        let mut absent = None;
        let elements = pattern.split_whitespace().filter_map(|word| match word.strip_prefix('~') {
            Some(words) => {
                absent = Some(words);
                None
            }
            None => Some(Self::of(word)),
        });
        (elements.collect(), absent)
    }

    fn of(word: &'s str) -> Self {
        let (word, opens) = word.strip_prefix('[').map_or((word, false), |rest| (rest, true));
        let (word, closes) = word.strip_suffix(']').map_or((word, false), |rest| (rest, true));
        let (word, not) = word.strip_prefix('!').map_or((word, false), |rest| (rest, true));
        let (text, least, most) = match word.strip_suffix(['?', '*']) {
            Some(rest) if !rest.is_empty() => (rest, 0, if word.ends_with('*') { MOST } else { 1 }),
            _ => (word, 1, 1),
        };
        Self { text, least, most, not, opens, closes }
    }

    fn read(&self) -> Result<Element, String> {
        Ok(Element { what: What::parse(self.text)?, least: self.least, most: self.most, not: self.not })
    }

    /// It occurs once, and no other number of times.
    fn is_one(&self) -> bool {
        (self.least, self.most, self.not) == (1, 1, false)
    }

    fn is_start(&self) -> bool {
        self.text == START && self.is_one()
    }

    /// It has words by which it can be looked for.
    fn has_words(&self) -> bool {
        self.is_one() && (self.text == MANY || !self.text.contains('<') && ![START, END].contains(&self.text))
    }

    /// The words by which it can be looked for.
    fn words(&self) -> Vec<String> {
        if self.text == MANY {
            let small = lexicon::numbers::SMALL.iter().skip(2);
            let words = small.chain(lexicon::grammar::NUMBER_WORDS.iter()).chain([NUMERAL]);
            return words.map(str::to_owned).collect();
        }
        alternatives(self.text)
    }

    /// It stands for a token, rather than for a place.
    fn takes(&self) -> bool {
        !self.not && self.text != START
    }
}

/// How often words are in a text. The words of sequences are few, and each is in many of them.
#[derive(Default)]
pub(super) struct Frequencies<'s>(FxHashMap<&'s str, f32>);

impl<'s> Frequencies<'s> {
    /// The longest word that is looked up: those that are longer are hardly ever among the commonest.
    const LOOKED_UP: usize = 6;

    /// The element that a sequence is looked for by: of several, the one whose words are rarest; of such as are as rare, the
    /// first; the start of a sentence where there are no words. What is before it is there once or not at all, so that its
    /// place is known.
    fn trigger(&mut self, elements: &[WrittenElement<'s>]) -> Option<usize> {
        let ahead = elements.iter().take_while(|element| element.is_one() || element.not).enumerate();
        let (mut trigger, mut least) = (None, f32::INFINITY);
        for (number, element) in ahead.filter(|(_, element)| element.has_words()) {
            let common = self.of_element(element, least);
            if common < least {
                (trigger, least) = (Some(number), common);
            }
        }
        trigger.or(elements.first().filter(|first| first.is_start()).map(|_| 0))
    }

    /// The rarest of the other words whose distance from the element `trigger` is known, as all between is there once. A
    /// lemma's forms would have to be made for it, and numbers in figures have no shape of their own.
    fn neighbor(&mut self, elements: &[WrittenElement<'s>], trigger: usize) -> Neighbor {
        let behind = elements.iter().skip(trigger).take_while(|element| element.is_one() || element.not).count();
        let mut distance = -(elements.iter().take(trigger).filter(|element| element.takes()).count() as i8);
        let (mut rarest, mut least) = (Neighbor::default(), f32::INFINITY);
        for element in elements.iter().take(trigger + behind) {
            if distance != 0 && element.has_words() && element.text != MANY && !element.text.contains('{') {
                let common = self.of_element(element, least);
                if common < least {
                    (rarest, least) = (Neighbor::new(distance, parts(element.text)), common);
                }
            }
            distance += i8::from(element.takes());
        }
        rarest
    }

    /// How often one of the words of an element is in a text. Once it is `enough`, no more words are looked up.
    fn of_element(&mut self, element: &WrittenElement<'s>, enough: f32) -> f32 {
        if element.text == MANY {
            // Figures and the words for them.
            return 1.0;
        }
        let mut sum = 0.0;
        for word in parts(element.text) {
            // The other forms of a word are about as frequent together as the one that is listed.
            sum += match word.trim_matches(['{', '}']) {
                bare if bare.len() == word.len() => self.of_word(word),
                bare => 2.0 * self.of_word(bare.trim_end_matches("|n")),
            };
            if sum >= enough {
                break;
            }
        }
        sum
    }

    /// How often a word is in a text, next to the commonest one. Classes of frequency halve.
    fn of_word(&mut self, word: &'s str) -> f32 {
        *self.0.entry(word).or_insert_with(|| {
            let entry = if word.len() <= Self::LOOKED_UP { dictionary::entry(word) } else { None };
            entry.map_or(0.001, |entry| 0.5_f32.powi(i32::from(entry.class())))
        })
    }
}

impl What {
    fn parse(word: &str) -> Result<Self, String> {
        if let Some(all) = word.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'))
            && all.contains('<')
        {
            let (words, classes): (Vec<&str>, Vec<&str>) = parts(all).partition(|part| !part.contains('<'));
            let words = Self::Words(SequenceWords::new(words.into_iter().flat_map(alternatives)));
            let classes = classes.into_iter().map(Self::parse).collect::<Result<Vec<_>, _>>()?;
            return Ok(Self::Any(std::iter::once(words).chain(classes).collect()));
        }
        Ok(match word {
            START => Self::Start,
            END => Self::End,
            MANY => Self::Many,
            "<->" => Self::Word,
            _ => match word.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
                Some(inner) => match WordClass::named(word) {
                    Some(class) => Self::Class(class),
                    None => forms(inner)?,
                },
                None => Self::Words(SequenceWords::new(alternatives(word))),
            },
        })
    }
}

/// The words of an element: `of`, `(has|have)`, forms of `{insist}` and `{reason|n}`.
fn alternatives(text: &str) -> Vec<String> {
    let words = parts(text).flat_map(|part| match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(lemma) => distinct_forms(lemma),
        None => vec![part.to_owned()],
    });
    words.collect()
}

/// What stands between the bars of an element; the bar of `{reason|n}` is none of them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start_matches('(').trim_end_matches(')');
    std::iter::from_fn(move || {
        let from = if rest.starts_with('{') { rest.find('}').unwrap_or(0) } else { 0 };
        let end = rest[from..].find('|').map(|bar| from + bar);
        let part = end.map_or(rest, |end| &rest[..end]);
        rest = end.map_or("", |end| &rest[end + 1..]);
        (!part.is_empty() || !rest.is_empty()).then_some(part)
    })
    .filter(|part| !part.is_empty())
}

/// The forms of a verb, or those of a noun behind which stands `|n`, each once.
fn distinct_forms(lemma: &str) -> Vec<String> {
    let mut forms = match lemma.strip_suffix("|n") {
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

fn pieces(text: &str) -> Result<Vec<ReplacementPiece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let at = rest.find(['$', '{']).unwrap_or(rest.len());
        if at > 0 {
            pieces.push(ReplacementPiece::Text(rest[..at].to_owned()));
        }
        rest = &rest[at..];
        if let Some(number) = rest.strip_prefix('$') {
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let word = number[..digits].parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            pieces.push(ReplacementPiece::Word(Some(word.ok_or("`$` needs a number after it, from 1 on")?), None));
            rest = &number[digits..];
        } else if let Some(behind) = rest.strip_prefix("{a}") {
            pieces.push(ReplacementPiece::Article);
            rest = behind;
        } else if let Some(inner) = rest.strip_prefix('{') {
            let (form, behind) = inner.split_once('}').ok_or("`{` needs a `}`")?;
            let (form, word) = form.split_once(' ').map_or((form, None), |(form, word)| (form, Some(word)));
            let word = word.map(|word| word.parse::<usize>().map_err(|_| format!("`{word}` is not a number")));
            let form = dictionary::WordForm::named(form).ok_or_else(|| format!("there is no form `{form}`"))?;
            pieces.push(ReplacementPiece::Word(word.transpose()?.and_then(|word| word.checked_sub(1)), Some(form)));
            rest = behind;
        }
    }
    Ok(pieces)
}
