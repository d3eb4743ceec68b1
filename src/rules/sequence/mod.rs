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
//! | `x?`, `x*` | may be missing; may be up to three times |
//! | `!x` | is not here; at the start of a sequence: is not before it |
//! | `~(x\|y)` | at the start: none of these words is before it in its sentence |
//!
//! Behind `=>` are the words for the part in brackets, several with `|` between: `$1` is its first word, `{participle}` a form
//! of its last word, `{plural 2}` one of its second, `{a}` the article that its first word asks for. Without a form that exists
//! there is no match.

mod index;
mod parse;
mod walk;

use std::rc::Rc;
use std::sync::OnceLock;

use super::Rule;
use super::guard::WordClass;
use crate::dictionary::{self, Forms};
use crate::model::{TagSet, TaggedSentence, tag_bit, tags};
use crate::prose::{Paragraph, Sentence, TokenKind};
use crate::text::shape;
use index::{Candidate, Index, Neighbor, SequenceWords};
use parse::Frequencies;
use walk::{Walk, write};

/// One sequence.
#[derive(Debug)]
pub struct Sequence {
    elements: Vec<Element>,
    /// The first element of the marked part, and the one behind it.
    marked: (usize, usize),
    uses: Vec<Vec<ReplacementPiece>>,
    /// None of these words is before it in its sentence.
    absent: Option<What>,
    /// The element that is looked for first: the one of the rarest words.
    trigger: usize,
    /// So many tokens of the sequence are before it.
    ahead: usize,
    /// The tagger must agree.
    is_read: bool,
}

/// The sequences of all rules, by the words that they are looked for by: a paragraph is gone through once for all of them.
#[derive(Debug, Default)]
pub struct Sequences {
    /// Those of a rule beside each other, in the order of the rules.
    all: Vec<Owned>,
    anywhere: Index,
    /// Those that are looked for where a sentence starts, by its first word, and without one.
    at_start: Index,
    opening: Vec<Candidate>,
}

/// A sequence and the rule that it is of.
#[derive(Debug)]
struct Owned {
    rule: u32,
    /// What is offered must be so many times as likely as what is there, as a natural logarithm.
    sure: Option<f32>,
    source: Box<str>,
    /// The element that it is looked for by.
    trigger: usize,
    /// The sequence, read where it is first looked for: a story needs few of them.
    sequence: OnceLock<Option<Box<Sequence>>>,
}

/// What a sequence is looked for by.
struct SequenceTriggers {
    /// The element that they are.
    element: usize,
    place: TriggerPlace,
    /// Its words; none where the start of a sentence is all that there is.
    words: Vec<String>,
    neighbor: Neighbor,
}

/// Where a sequence is looked for.
enum TriggerPlace {
    Anywhere,
    /// Where its words start a sentence.
    AtStart,
    /// At the start of each sentence.
    Opening,
}

impl Owned {
    fn sequence(&self) -> Option<&Sequence> {
        self.sequence
            .get_or_init(|| Sequence::with_trigger(&self.source, Some(self.trigger)).ok().map(Box::new))
            .as_deref()
    }
}

impl Sequences {
    /// Those of all rules that have some.
    pub fn of(rules: &[Rule]) -> Self {
        let (mut own, mut frequencies) = (Self::default(), Frequencies::default());
        for (number, rule) in (0..).zip(rules) {
            let sure = rule.count("sure").map(|times| times as f32);
            own.add(number, rule.strings("sequences"), sure, &mut frequencies);
        }
        own
    }

    /// Reads sequences of rule number `rule`, which is greater than those of all that were added before, and leaves out what is
    /// none. With `sure`, what they offer must be so many times as likely as what is there.
    fn add<'s>(
        &mut self,
        rule: u32,
        sources: impl Iterator<Item = &'s str>,
        sure: Option<f32>,
        frequencies: &mut Frequencies<'s>,
    ) {
        let sure = sure.map(f32::ln);
        for source in sources {
            let number = self.all.len() as u32;
            let Some(SequenceTriggers { element, place, words, neighbor }) = SequenceTriggers::of(source, frequencies)
            else {
                continue;
            };
            let candidate = Candidate { sequence: number, neighbor };
            match place {
                TriggerPlace::Anywhere => self.anywhere.add(words, candidate),
                TriggerPlace::AtStart => self.at_start.add(words, candidate),
                TriggerPlace::Opening => self.opening.push(candidate),
            }
            self.all.push(Owned { rule, sure, source: source.into(), trigger: element, sequence: OnceLock::new() });
        }
    }

    /// Calls `each` with all places of a paragraph where a sequence of a rule that `is_wanted` is, and that rule: of two of
    /// one rule that overlap, with the first.
    pub fn find(&self, p: &Paragraph, is_wanted: impl Fn(u32) -> bool, mut each: impl FnMut(u32, SequenceMatch)) {
        let numeral = shape(NUMERAL.as_bytes());
        // Which rules were found, by which trigger, and where what they found ends. Most find nothing.
        let mut before: Vec<(u32, usize, usize)> = Vec::new();
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
                let shape_of = |distance: i8| Some(p.tokens.get(at.checked_add_signed(distance.into())?)?.shape);
                let candidates = opening.iter().chain(starting).chain(others);
                for candidate in candidates.filter(|candidate| candidate.neighbor.may_be(shape_of)) {
                    let Some(owned) = self.all.get(candidate.sequence as usize) else { continue };
                    let Owned { rule, sure, .. } = owned;
                    let last = before.iter().position(|(of, ..)| of == rule);
                    if last.is_some_and(|last| before[last].1 == at) || !is_wanted(*rule) {
                        continue;
                    }
                    let behind = last.map_or(0, |last| before[last].2);
                    let Some(sequence) = owned.sequence() else { continue };
                    let found = sequence.find(p, sentence, at, &mut reading).filter(|it| it.tokens.0 >= behind);
                    let found = found.and_then(|found| likelier(found, *sure, p, sentence, &mut reading));
                    let Some(found) = found else { continue };
                    let now = (*rule, at, found.tokens.1 + 1);
                    match last {
                        Some(last) => before[last] = now,
                        None => before.push(now),
                    }
                    each(*rule, found);
                }
            }
        }
    }
}

/// `found` with what is likely enough of what it offers; `None` where nothing is.
fn likelier(
    mut found: SequenceMatch,
    sure: Option<f32>,
    p: &Paragraph,
    sentence: Sentence,
    reading: &mut Tagged,
) -> Option<SequenceMatch> {
    let Some(sure) = sure else { return Some(found) };
    let reading = reading.get_or_insert_with(|| TaggedSentence::of(p, sentence));
    let odds = |new: &str, meant| reading.log_odds(p, found.tokens, new, meant).filter(|odds| *odds >= sure);
    let uses = found.uses.drain(..).zip(&found.meant).filter_map(|(new, &meant)| Some((odds(&new, meant)?, new)));
    let mut uses: Vec<(f32, String)> = uses.collect();
    uses.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.uses = uses.into_iter().map(|(_, new)| new).collect();
    (!found.uses.is_empty()).then_some(found)
}

/// A sentence, read when it is first asked for.
type Tagged = Option<Rc<TaggedSentence>>;

#[derive(Debug)]
struct Element {
    what: What,
    least: usize,
    most: usize,
    /// It must not be there.
    not: bool,
}

#[derive(Debug)]
enum What {
    Words(SequenceWords),
    /// One of several, of which some are classes.
    Any(Vec<What>),
    Forms {
        any: Forms,
        none: Forms,
        /// What the tagger must take it for; nothing where it is not asked.
        reads: TagSet,
    },
    Class(WordClass),
    Many,
    Word,
    Start,
    End,
}

/// A part of what is offered.
#[derive(Debug)]
enum ReplacementPiece {
    Text(String),
    /// A word of the marked part, counted from 0; its form.
    Word(Option<usize>, Option<dictionary::WordForm>),
    /// `a` or `an`, as the first word of the marked part asks for.
    Article,
}

/// The most elements of a sequence.
const LONGEST: usize = 15;

/// Numbers in figures are looked for by this.
const NUMERAL: &str = "#";

/// How often an element with a star may be.
const MOST: usize = 3;

/// A place where a sequence is.
#[derive(Debug, PartialEq)]
pub struct SequenceMatch {
    /// The first token of the marked part, and its last.
    pub tokens: (usize, usize),
    /// What may be there instead, in lower case.
    pub uses: Vec<String>,
    /// What each of them is meant as; nothing where that is open.
    meant: Vec<TagSet>,
}

impl Sequence {
    /// Where it is in `sentence`, when one of its triggers is token `at` of the paragraph.
    pub fn find(&self, p: &Paragraph, sentence: Sentence, at: usize, reading: &mut Tagged) -> Option<SequenceMatch> {
        let first = at.checked_sub(self.ahead)?;
        let bounds = sentence.tokens();
        if first < bounds.start {
            return None;
        }
        let start = bounds.start;
        let trigger = (self.trigger, at);
        let mut walk = Walk { p, bounds, elements: &self.elements, trigger, reading: None, places: [0; LONGEST + 1] };
        if !walk.stands(0, first)
            || self.absent.as_ref().is_some_and(|absent| (start..first).any(|at| walk.is(absent, at)))
        {
            return None;
        }
        if self.is_read {
            walk.reading = Some(reading.get_or_insert_with(|| TaggedSentence::of(p, sentence)));
            if !walk.stands(0, first) {
                return None;
            }
        }
        let tokens = (*walk.places.get(self.marked.0)?, walk.places.get(self.marked.1)?.checked_sub(1)?);
        let uses = self.uses.iter().map(|pieces| write(pieces, p, tokens)).collect::<Option<Vec<_>>>()?;
        let meant = self.uses.iter().map(|pieces| meant(pieces)).collect();
        (tokens.0 <= tokens.1).then_some(SequenceMatch { tokens, uses, meant })
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
}

/// What is meant by a use that is one form of one word.
fn meant(pieces: &[ReplacementPiece]) -> TagSet {
    use dictionary::WordForm::{
        Adjective, Adverb, Base, Comparative, Gerund, Participle, Past, Plural, Singular, Superlative, Third,
    };
    let [ReplacementPiece::Word(_, Some(form))] = pieces else { return 0 };
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

#[cfg(test)]
mod tests {
    use super::{Frequencies, Sequence, SequenceTriggers, Sequences};
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn found(source: &str, text: &str) -> Vec<(String, Vec<String>)> {
        let sequence = Sequence::parse(source).expect("it is a sequence");
        let triggers =
            SequenceTriggers::of(source, &mut Frequencies::default()).map_or(Vec::new(), |triggers| triggers.words);
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let mut all = Vec::new();
        for &sentence in &p.sentences {
            for at in sentence.tokens().filter(|&at| triggers.iter().any(|word| word == p.low(at))) {
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
            let mut sequences = Sequences::default();
            sequences.add(0, ["this [<p>] => {singular}"].into_iter(), Some(sure), &mut Frequencies::default());
            let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
            let mut all = Vec::new();
            sequences.find(&p, |_| true, |_, found| all.extend(found.uses));
            all
        };
        assert_eq!(found("They talked about this matters on Monday.", 20.0), ["matter"]);
        assert_eq!(found("They talked about this matters on Monday.", 1e20), [""; 0]);
    }

    #[test]
    fn all_sequences_of_our_own_can_be_read() {
        // They are not looked at when rules are loaded, because that is done at each start.
        for rule in &crate::checks::load(crate::rules::PACKS, []).rules.rules {
            for source in rule.strings("sequences") {
                let read = Sequence::parse(source).map(|_| ());
                assert_eq!(read, Ok(()), "{source} of {}", rule.id);
            }
        }
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
