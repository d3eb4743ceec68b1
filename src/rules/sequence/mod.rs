//! Sequences of words by what they can be: the language of rules about grammar.
//!
//! ```text
//! (has|have|had) (not|never|already)? [<=d>] => {participle}
//! ```
//!
//! finds “had went” and offers “gone” for the part in brackets. The elements of a sequence:
//!
//! | element | what it is |
//! |---|---|
//! | `of`, `(has\|have)` | a word, one of several words; in lower case |
//! | `{insist}`, `({rely}\|{reason\|n})` | any form of a verb; singular or plural of a noun |
//! | `<np>`, `<np-vs>`, `<=d>` | what can be a noun; that and no verb; nothing but a past form: the letters of `dictionary/forms.py` |
//! | `<np:p>`, `<:r>` | what can be a noun, and is one in the plural here, as the tagger reads it; what is an adverb here |
//! | `<determiner>` … | a class of words, as guards of phrases have them |
//! | `<many>` | a number from 2 to 999, in figures or in words |
//! | `<->` | any word in lower case |
//! | `^` | the start of a sentence |
//! | `.` | the end of a sentence, or a mark that ends a part of one, but no comma |
//! | `x?`, `x*` | may be missing; may stand up to three times |
//! | `!x` | does not stand here; at the start of a sequence: does not stand before it |
//! | `~(x\|y)` | at the start: none of these words stands before it in its sentence |
//!
//! Behind `=>` stand the words for the part in brackets, several with `|` between: `$1` is its first word, `{participle}` a form
//! of its last word, `{plural 2}` one of its second, `{a}` the article that its first word asks for. Without a form that exists
//! there is no match.

mod index;
mod walk;

use super::guard::Class;
use crate::dictionary::{self, Forms};
use crate::lexicon::{self, inflect};
use crate::model::{Reading, TagSet, tag_bit, tags};
use crate::prose::{Paragraph, Sentence, TokenKind};
use crate::text::shape;
use index::{Index, Words};
use walk::{Walk, write};

/// One sequence.
#[derive(Debug)]
pub struct Sequence {
    elements: Vec<Element>,
    /// The first element of the marked part, and the one behind it.
    marked: (usize, usize),
    uses: Vec<Vec<Piece>>,
    /// None of these words stands before it in its sentence.
    absent: Words,
    /// The element that is looked for first: the one of the rarest words; so many tokens stand before it.
    trigger: usize,
    /// Its words; none where the sequence is looked for at the start of a sentence.
    triggers: Vec<String>,
    /// The tagger must agree.
    is_read: bool,
}

/// The sequences of a rule, by the words that they are looked for by.
#[derive(Debug, Default)]
pub struct Sequences {
    all: Vec<Sequence>,
    anywhere: Index,
    /// Those that are looked for where a sentence starts, by its first word, and without one.
    at_start: Index,
    opening: Vec<u32>,
    /// What is offered must be so many times as likely as what stands there, as a natural logarithm.
    sure: Option<f32>,
}

impl Sequences {
    /// Reads sequences, and leaves out what is none. With `sure`, what they offer must be so many times as likely as what
    /// stands there.
    pub fn new<'s>(sources: impl Iterator<Item = &'s str>, sure: Option<f32>) -> Self {
        let mut sequences = Self {
            all: sources.filter_map(|it| Sequence::parse(it).ok()).collect(),
            sure: sure.map(f32::ln),
            ..Self::default()
        };
        for (number, sequence) in (0..).zip(&sequences.all) {
            let starts = matches!(sequence.elements[0].what, What::Start) && sequence.elements[0].is_one();
            match &sequence.triggers[..] {
                [] => sequences.opening.push(number),
                words if starts && sequence.trigger == 1 => sequences.at_start.add(words, number),
                words => sequences.anywhere.add(words, number),
            }
        }
        sequences
    }

    /// Calls `each` with all places of a paragraph where one of them stands: of two that overlap, the first.
    pub fn find(&self, p: &Paragraph, mut each: impl FnMut(Found)) {
        let numeral = shape(NUMERAL.as_bytes());
        let mut behind = 0;
        for &sentence in &p.sentences {
            // Most sentences are never read: only what a sequence finds by words alone is held against the tagger.
            let mut reading = None;
            let opens = sentence.tokens().find(|&at| p.tokens[at].kind != TokenKind::Punct);
            for at in sentence.tokens() {
                let is_number = p.tokens[at].kind == TokenKind::Number;
                let shape = if is_number { numeral } else { p.tokens[at].shape };
                if !self.anywhere.may_have(shape) && opens != Some(at) {
                    continue;
                }
                let word = if is_number { NUMERAL } else { p.low(at) };
                let others = self.anywhere.of(word);
                let (starting, opening) =
                    if opens == Some(at) { (self.at_start.of(word), &self.opening[..]) } else { (&[][..], &[][..]) };
                let mut found = opening.iter().chain(starting).chain(others).filter_map(|&number| {
                    let found = self.all.get(number as usize)?.find(p, sentence, at, &mut reading)?;
                    (found.tokens.0 >= behind).then(|| self.likelier(found, p, sentence, &mut reading))?
                });
                if let Some(found) = found.next() {
                    behind = found.tokens.1 + 1;
                    each(found);
                }
            }
        }
    }

    /// `found` with what is likely enough of what it offers; `None` where nothing is.
    fn likelier(&self, mut found: Found, p: &Paragraph, sentence: Sentence, reading: &mut Read) -> Option<Found> {
        let Some(sure) = self.sure else { return Some(found) };
        let reading = reading.get_or_insert_with(|| Reading::of(p, sentence));
        let odds = |new: &str, meant| reading.log_odds(p, found.tokens, new, meant).filter(|odds| *odds >= sure);
        let uses = found.uses.drain(..).zip(&found.meant).filter_map(|(new, &meant)| Some((odds(&new, meant)?, new)));
        let mut uses: Vec<(f32, String)> = uses.collect();
        uses.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.uses = uses.into_iter().map(|(_, new)| new).collect();
        (!found.uses.is_empty()).then_some(found)
    }
}

/// A sentence, read when it is first asked for.
type Read = Option<Reading>;

#[derive(Debug)]
struct Element {
    what: What,
    least: usize,
    most: usize,
    /// It must not stand there.
    not: bool,
}

#[derive(Debug)]
enum What {
    Words(Words),
    /// One of several, of which some are classes.
    Any(Vec<What>),
    Forms {
        any: Forms,
        none: Forms,
        /// What the tagger must take it for; nothing where it is not asked.
        reads: TagSet,
    },
    Class(Class),
    Many,
    Word,
    Start,
    End,
}

/// A part of what is offered.
#[derive(Debug)]
enum Piece {
    Text(String),
    /// A word of the marked part, counted from 0; its form.
    Word(Option<usize>, Option<dictionary::Form>),
    /// `a` or `an`, as the first word of the marked part asks for.
    Article,
}

/// The most elements of a sequence.
const LONGEST: usize = 15;

/// Numbers in figures are looked for by this.
const NUMERAL: &str = "#";

/// How often an element with a star may stand.
const MOST: usize = 3;

/// A place where a sequence stands.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// The first token of the marked part, and its last.
    pub tokens: (usize, usize),
    /// What may stand there instead, in lower case.
    pub uses: Vec<String>,
    /// What each of them is meant as; nothing where that is open.
    meant: Vec<TagSet>,
}

impl Sequence {
    /// Reads a sequence.
    ///
    /// # Errors
    ///
    /// Says which part of it is wrong, and what may stand there.
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
        // Long words are rare ones; of several that are as long, the first.
        let shortest = |element: &Element| match &element.what {
            What::Words(words) => words.all.iter().map(String::len).min(),
            _ => None,
        };
        let is_trigger = |element: &Element| element.is_one() && element.triggers().is_some();
        let ahead = elements.iter().take_while(|element| element.is_one() || element.not).enumerate();
        let trigger = ahead
            .filter(|(_, element)| is_trigger(element))
            .min_by_key(|(_, element)| std::cmp::Reverse(shortest(element)))
            .map(|(number, _)| number);
        let opens = elements.first().is_some_and(|first| matches!(first.what, What::Start) && first.is_one());
        let trigger = trigger.or(opens.then_some(0));
        let uses = uses.split('|').map(pieces).collect::<Result<_, _>>()?;
        let trigger = trigger.ok_or("a sequence needs a word, with none before it that may be missing, or `^`")?;
        let triggers = elements[trigger].triggers().unwrap_or_default();
        let is_read = elements.iter().any(|element| element.what.is_read());
        Ok(Self { elements, marked, uses, absent, trigger, triggers, is_read })
    }

    /// Where it stands in `sentence`, when one of its triggers is token `at` of the paragraph.
    pub fn find(&self, p: &Paragraph, sentence: Sentence, at: usize, reading: &mut Read) -> Option<Found> {
        let ahead = self.elements[..self.trigger].iter().filter(|element| element.takes()).count();
        let first = at.checked_sub(ahead)?;
        let bounds = sentence.tokens();
        if first < bounds.start {
            return None;
        }
        let start = bounds.start;
        let mut walk = Walk { p, bounds, elements: &self.elements, reading: None, places: [0; LONGEST + 1] };
        if !walk.stands(0, first) || (start..first).any(|i| self.absent.has(p.low(i))) {
            return None;
        }
        if self.is_read {
            walk.reading = Some(reading.get_or_insert_with(|| Reading::of(p, sentence)));
            if !walk.stands(0, first) {
                return None;
            }
        }
        let tokens = (*walk.places.get(self.marked.0)?, walk.places.get(self.marked.1)?.checked_sub(1)?);
        let uses = self.uses.iter().map(|pieces| write(pieces, p, tokens)).collect::<Option<Vec<_>>>()?;
        let meant = self.uses.iter().map(|pieces| meant(pieces)).collect();
        (tokens.0 <= tokens.1).then_some(Found { tokens, uses, meant })
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

    /// It stands once, and no other number of times.
    fn is_one(&self) -> bool {
        (self.least, self.most, self.not) == (1, 1, false)
    }

    /// The words by which it can be looked for.
    fn triggers(&self) -> Option<Vec<String>> {
        match &self.what {
            What::Words(words) => Some(words.all.clone()),
            What::Many => {
                let small = lexicon::numbers::SMALL.iter().skip(2);
                let words = small.chain(lexicon::grammar::NUMBER_WORDS.iter()).chain([NUMERAL]);
                Some(words.map(str::to_owned).collect())
            }
            _ => None,
        }
    }

    /// It stands for a token, rather than for a place.
    fn takes(&self) -> bool {
        !self.not && !matches!(self.what, What::Start)
    }
}

impl What {
    /// Whether the tagger is asked.
    fn is_read(&self) -> bool {
        match self {
            Self::Forms { reads, .. } => *reads != 0,
            Self::Any(all) => all.iter().any(Self::is_read),
            _ => false,
        }
    }

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

/// What is meant by a use that is one form of one word.
fn meant(pieces: &[Piece]) -> TagSet {
    use dictionary::Form::{
        Adjective, Adverb, Base, Comparative, Gerund, Participle, Past, Plural, Singular, Superlative, Third,
    };
    let [Piece::Word(_, Some(form))] = pieces else { return 0 };
    match form {
        Base => tag_bit(tags::BASE) | tag_bit(tags::PRESENT),
        Third => tag_bit(tags::THIRD),
        Past => tag_bit(tags::PAST),
        Participle => tag_bit(tags::PARTICIPLE) | tag_bit(tags::ADJECTIVE),
        Gerund => tag_bit(tags::GERUND),
        Singular => tag_bit(tags::NOUN),
        Plural => tag_bit(tags::PLURAL),
        Adverb => tag_bit(tags::ADVERB),
        Adjective => tag_bit(tags::ADJECTIVE),
        Comparative => tag_bit(tags::COMPARATIVE),
        Superlative => tag_bit(tags::SUPERLATIVE),
    }
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
            pieces.push(Piece::Word(Some(word.ok_or("`$` needs a number from 1 on behind it")?), None));
            rest = &number[digits..];
        } else if let Some(behind) = rest.strip_prefix("{a}") {
            pieces.push(Piece::Article);
            rest = behind;
        } else if let Some(inner) = rest.strip_prefix('{') {
            let (form, behind) = inner.split_once('}').ok_or("`{` needs a `}`")?;
            let (form, word) = form.split_once(' ').map_or((form, None), |(form, word)| (form, Some(word)));
            let word = word.map(|word| word.parse::<usize>().map_err(|_| format!("`{word}` is no number")));
            let form = dictionary::Form::named(form).ok_or_else(|| format!("there is no form `{form}`"))?;
            pieces.push(Piece::Word(word.transpose()?.and_then(|word| word.checked_sub(1)), Some(form)));
            rest = behind;
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::{Sequence, Sequences};
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn found(source: &str, text: &str) -> Vec<(String, Vec<String>)> {
        let sequence = Sequence::parse(source).expect("it is a sequence");
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let mut all = Vec::new();
        for &sentence in &p.sentences {
            for at in sentence.tokens().filter(|&at| sequence.triggers.iter().any(|word| word == p.low(at))) {
                let found = sequence.find(&p, sentence, at, &mut None);
                all.extend(found.map(|it| (p.slice(p.span_of(it.tokens.0, it.tokens.1)).to_owned(), it.uses)));
            }
        }
        all
    }

    #[test]
    fn words_are_found_by_their_forms() {
        let source = "(has|have|had) (not|never)* [<=d>] => {participle}";
        assert_eq!(found(source, "She had never went there."), [("went".to_owned(), vec!["gone".to_owned()])]);
        assert_eq!(found(source, "She had gone, and had Went with her."), []);
        let source = "^ the [<=p> was] => $1 were";
        assert_eq!(
            found(source, "The families was poor. But the families was poor."),
            [("families was".to_owned(), vec!["families were".to_owned()])]
        );
    }

    #[test]
    fn a_lemma_stands_for_its_forms() {
        let source = "({rely}|{reason|n}) [of] (the|<name>) => on";
        for text in ["He relies of the ferry.", "They relied of Ana.", "Two reasons of the delay."] {
            assert_eq!(found(source, text), [("of".to_owned(), vec!["on".to_owned()])], "{text}");
        }
        assert_eq!(found(source, "He reasoned of the delay."), []);
    }

    #[test]
    fn what_must_not_stand_there_is_looked_for() {
        let source = "!(to|will) [plead] guilty => pleaded";
        assert_eq!(found(source, "He plead guilty."), [("plead".to_owned(), vec!["pleaded".to_owned()])]);
        assert_eq!(found(source, "He will plead guilty."), []);
        let source = "~(did|what) he [<=d>] !(by) . => x";
        assert_eq!(found(source, "What he went."), []);
        assert_eq!(found(source, "He went."), [("went".to_owned(), vec!["x".to_owned()])]);
        let source = "(she|<name>|<p>) [<=e>] the => x";
        assert_eq!(found(&format!("had {source}"), "They had families seen the boat.").len(), 1);
        assert_eq!(found(&format!("had {source}"), "They had Ana seen the boat.").len(), 1);
        assert_eq!(found(&format!("had {source}"), "They had never seen the boat."), []);
        assert_eq!(found("<many> [<n-pmva>] (were|are) => {plural}", "Five player were hurt.").len(), 1);
    }

    #[test]
    fn the_tagger_tells_what_a_word_is_where_it_stands() {
        let source = "the [<pv:v>] => x";
        assert_eq!(found(source, "The works of the mill."), []);
        let source = "the <n> [<pns:s>] => x";
        assert_eq!(found(source, "The mayor plans a new bridge."), [("plans".to_owned(), vec!["x".to_owned()])]);
        assert_eq!(found(source, "The city plans were told to her."), []);
        assert_eq!(found("the !<:n> [<->] => x", "The new road was closed.").len(), 1);
    }

    #[test]
    fn what_is_offered_must_be_likely_enough() {
        let found = |text: &str, sure: f32| {
            let sequences = Sequences::new(["this [<p>] => {singular}"].into_iter(), Some(sure));
            let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
            let mut all = Vec::new();
            sequences.find(&p, |found| all.extend(found.uses));
            all
        };
        assert_eq!(found("They talked about this matters on Monday.", 20.0), ["matter"]);
        assert_eq!(found("They talked about this matters on Monday.", 1e20), [""; 0]);
    }

    #[test]
    fn what_is_no_sequence_is_told() {
        for (source, wrong) in [
            ("had [<=d>]", "`=>`"),
            ("had <=d> => x", "brackets"),
            ("had [<=q>] => x", "letters of"),
            ("[<d>] => x", "needs a word"),
            ("had [<=d>] => {form}", "no form `form`"),
            ("(she|<=q>) had [<=d>] => x", "letters of"),
            ("had [<=d>] => $x", "needs a number"),
        ] {
            let said = Sequence::parse(source).map(|_| ()).expect_err(source);
            assert!(said.contains(wrong), "{source}: {said}");
        }
    }
}
