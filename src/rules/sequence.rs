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
//! of its last word, `{plural 2}` one of its second. Without a form that exists there is no match.

use rustc_hash::FxHashMap;

use super::guard::Class;
use crate::dictionary::{self, Forms};
use crate::lexicon::{self, inflect};
use crate::prose::{Paragraph, Sentence, TokenKind};

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
}

/// The sequences of a rule, by the words that they are looked for by.
#[derive(Debug, Default)]
pub struct Sequences {
    all: Vec<Sequence>,
    by_word: FxHashMap<String, Vec<u32>>,
    triggers: Words,
}

impl Sequences {
    /// Reads sequences, and leaves out what is none.
    pub fn new<'s>(sources: impl Iterator<Item = &'s str>) -> Self {
        let mut sequences =
            Self { all: sources.filter_map(|it| Sequence::parse(it).ok()).collect(), ..Self::default() };
        for (number, sequence) in (0..).zip(&sequences.all) {
            for word in sequence.triggers() {
                sequences.by_word.entry(word.clone()).or_default().push(number);
            }
        }
        sequences.triggers = Words::new(sequences.by_word.keys().cloned());
        sequences
    }

    /// Calls `each` with all places of a paragraph where one of them stands: of two that overlap, the first.
    pub fn find(&self, p: &Paragraph, mut each: impl FnMut(Found)) {
        let mut behind = 0;
        for &sentence in &p.sentences {
            for at in sentence.tokens() {
                let word = p.low(at);
                if !self.triggers.may_have(word) {
                    continue;
                }
                let numbers = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
                let mut found =
                    numbers.iter().filter_map(|&number| self.all.get(number as usize)?.find(p, sentence, at));
                if let Some(found) = found.find(|found| found.tokens.0 >= behind) {
                    behind = found.tokens.1 + 1;
                    each(found);
                }
            }
        }
    }
}

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
}

/// Some words; what is none of them is mostly told by its length and first letter.
#[derive(Debug, Default)]
struct Words {
    all: Vec<String>,
    /// A bit for each length in bytes, and for the last five bits of each first byte.
    lengths: u64,
    starts: u32,
}

impl Words {
    fn new(words: impl Iterator<Item = String>) -> Self {
        let mut own = Self { all: words.collect(), ..Self::default() };
        for word in &own.all {
            own.lengths |= length_bit(word);
            own.starts |= start_bit(word);
        }
        own
    }

    fn may_have(&self, word: &str) -> bool {
        self.lengths & length_bit(word) != 0 && self.starts & start_bit(word) != 0
    }

    fn has(&self, word: &str) -> bool {
        self.may_have(word) && self.all.iter().any(|own| own == word)
    }
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

fn start_bit(word: &str) -> u32 {
    word.bytes().next().map_or(0, |byte| 1 << (byte & 31))
}

/// The most elements of a sequence.
const LONGEST: usize = 15;

/// How often an element with a star may stand.
const MOST: usize = 3;

/// A place where a sequence stands.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// The first token of the marked part, and its last.
    pub tokens: (usize, usize),
    /// What may stand there instead, in lower case.
    pub uses: Vec<String>,
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
        let is_trigger = |element: &Element| matches!(element.what, What::Words(_)) && element.is_one();
        // Long words are rare ones; of several that are as long, the first.
        let shortest = |element: &Element| match &element.what {
            What::Words(words) => words.all.iter().map(String::len).min(),
            _ => None,
        };
        let ahead = elements.iter().take_while(|element| element.is_one() || element.not).enumerate();
        let trigger = ahead
            .filter(|(_, element)| is_trigger(element))
            .min_by_key(|(_, element)| std::cmp::Reverse(shortest(element)))
            .map(|(number, _)| number);
        let uses = uses.split('|').map(pieces).collect::<Result<_, _>>()?;
        let trigger = trigger.ok_or("a sequence needs a word, with none before it that may be missing")?;
        Ok(Self { elements, marked, uses, absent, trigger })
    }

    /// The words by which it is looked for.
    pub fn triggers(&self) -> &[String] {
        match self.elements.get(self.trigger).map(|element| &element.what) {
            Some(What::Words(words)) => &words.all,
            _ => &[],
        }
    }

    /// Where it stands in `sentence`, when one of its triggers is token `at` of the paragraph.
    pub fn find(&self, p: &Paragraph, sentence: Sentence, at: usize) -> Option<Found> {
        let ahead = self.elements[..self.trigger].iter().filter(|element| element.takes()).count();
        let first = at.checked_sub(ahead)?;
        let bounds = sentence.tokens();
        if first < bounds.start {
            return None;
        }
        let start = bounds.start;
        let mut walk = Walk { p, bounds, elements: &self.elements, places: [0; LONGEST + 1] };
        if !walk.stands(0, first) || (start..first).any(|i| self.absent.has(p.low(i))) {
            return None;
        }
        let tokens = (*walk.places.get(self.marked.0)?, walk.places.get(self.marked.1)?.checked_sub(1)?);
        let uses = self.uses.iter().map(|pieces| write(pieces, p, tokens)).collect::<Option<Vec<_>>>()?;
        (tokens.0 <= tokens.1).then_some(Found { tokens, uses })
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

    /// It stands for a token, rather than for a place.
    fn takes(&self) -> bool {
        !self.not && !matches!(self.what, What::Start)
    }
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

/// `np-v`, `=d`.
fn forms(letters: &str) -> Result<What, String> {
    let wrong = || format!("`<{letters}>` is neither a class of words nor letters of {}", Forms::LETTERS);
    let read = |letters: &str| Forms::of(letters).ok_or_else(wrong);
    if let Some(only) = letters.strip_prefix('=') {
        let any = read(only)?;
        return Ok(What::Forms { any, none: any.others() });
    }
    let (any, none) = letters.split_once('-').unwrap_or((letters, ""));
    Ok(What::Forms { any: read(any)?, none: read(none)? })
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

/// What `pieces` make of the marked tokens; `None` where a word does not have the form.
fn write(pieces: &[Piece], p: &Paragraph, (first, last): (usize, usize)) -> Option<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(own) => text.push_str(own),
            Piece::Word(number, form) => {
                let at = number.map_or(last, |number| first + number);
                let word = (at <= last).then(|| p.low(at))?;
                match form {
                    Some(form) => text.push_str(&form.of(word).filter(|formed| formed != word)?),
                    None => text.push_str(word),
                }
            }
        }
    }
    Some(text)
}

struct Walk<'w> {
    p: &'w Paragraph,
    bounds: std::ops::Range<usize>,
    elements: &'w [Element],
    /// The token where each element starts.
    places: [usize; LONGEST + 1],
}

impl Walk<'_> {
    /// Whether the elements from `number` on stand from token `at` on.
    fn stands(&mut self, number: usize, at: usize) -> bool {
        if let Some(place) = self.places.get_mut(number) {
            *place = at;
        }
        let Some(element) = self.elements.get(number) else { return true };
        if element.not {
            let place = if number == 0 { at.checked_sub(1).filter(|at| *at >= self.bounds.start) } else { Some(at) };
            return !place.is_some_and(|place| self.is(&element.what, place)) && self.stands(number + 1, at);
        }
        if matches!(element.what, What::Start) {
            return self.opens(at) && self.stands(number + 1, at);
        }
        // As many as can be, then fewer.
        let most = (0..element.most).take_while(|i| self.is(&element.what, at + i)).count();
        (element.least..=most).rev().any(|times| self.stands(number + 1, at + times))
    }

    /// Whether only marks stand between the start of the sentence and token `at`.
    fn opens(&self, at: usize) -> bool {
        (self.bounds.start..at).all(|i| self.p.tokens[i].kind == TokenKind::Punct)
    }

    fn is(&self, what: &What, at: usize) -> bool {
        if let What::Any(all) = what {
            return all.iter().any(|what| self.is(what, at));
        }
        if matches!(what, What::End) {
            return at >= self.bounds.end || matches!(self.p.low(at), "." | "!" | "?" | ";" | "\"");
        }
        if !self.bounds.contains(&at) {
            return false;
        }
        let token = &self.p.tokens[at];
        let low = self.p.low(at);
        if let What::Class(class) = what {
            return class.holds(self.p, at);
        }
        // A capital inside a sentence makes a name of any word but one.
        if token.capital && low != "i" && !self.opens(at) {
            return false;
        }
        match what {
            What::Words(words) => words.has(low),
            What::Forms { any, none } => {
                let forms = dictionary::forms(low);
                forms.has(*any) && !forms.has(*none)
            }
            What::Many if token.kind == TokenKind::Number => {
                low.parse::<u32>().is_ok_and(|number| (2..1000).contains(&number))
            }
            What::Many => match lexicon::numbers::SMALL.position(low) {
                Some(number) => number > 1,
                None => lexicon::grammar::NUMBER_WORDS.contains(low) && low != "half",
            },
            What::Word => token.kind == TokenKind::Word,
            What::Any(_) | What::Class(_) | What::Start | What::End => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sequence;
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn found(source: &str, text: &str) -> Vec<(String, Vec<String>)> {
        let sequence = Sequence::parse(source).expect("it is a sequence");
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let mut all = Vec::new();
        for &sentence in &p.sentences {
            for at in sentence.tokens().filter(|&at| sequence.triggers().iter().any(|word| word == p.low(at))) {
                let found = sequence.find(&p, sentence, at);
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
