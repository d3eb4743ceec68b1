//! `subject-verb`: a verb in the singular whose subject is in the plural, or the other way round: “Prices has risen”.
//!
//! The subject is looked for from where a clause opens: a noun phrase, whatever is said of its noun (“of the survey”, “held on
//! Monday”, “, a woman of 34,”, “who lives there”), and the verb. What cannot be taken apart that way is left alone. Where
//! noun and verb differ, the tagger must not think better of what is written.

use std::sync::LazyLock;

use crate::dictionary::{self, Forms, WordForm, forms};
use crate::finding::Applicability;
use crate::lexicon;
use crate::model::{TagSet, TaggedSentence, tag_bit, tags};
use crate::prose::{Paragraph, Passage, Sentence, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("subject-verb", Run::Paragraph(run), &[])];

/// Words that a subject has with all that is said of it, at most.
const LONGEST_SUBJECT: usize = 40;

/// How many times as likely as the written verb the other one must be, as a natural logarithm.
const SURE: f32 = 0.7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Singular,
    Plural,
}

/// Adds a hit for each verb whose subject has another number.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    if !p.kind.is_body() || p.foreign {
        return;
    }
    for &sentence in &p.sentences {
        for at in sentence.tokens() {
            let Some((number, form)) = verb(p.low(at)).filter(|_| !p.tokens[at].capital) else { continue };
            let other = if number == Number::Singular { Number::Plural } else { Number::Singular };
            let from = sentence.tokens().start.max(at.saturating_sub(LONGEST_SUBJECT));
            if !(from..at).any(|word| may_be(p.low(word), other)) {
                continue;
            }
            let tagged = TaggedSentence::of(p, sentence);
            let clause = Clause { p, sentence, tagged: &tagged, verb: at, number };
            let Some(subject) = clause.starts(from).find_map(|start| clause.subject(start)) else { continue };
            if subject.number == number || clause.is_right_after_all(&subject) {
                continue;
            }
            let odds = tagged.log_odds(p, (at, at), form, TagSet::default());
            if odds.is_some_and(|odds| odds >= SURE) {
                let head = Passage::new(0, p.span_of(subject.head, subject.head));
                let passage = Passage::new(0, p.span_of(at, at));
                let form = if p.word(at).contains('’') { form.replace('\'', "’") } else { form.to_owned() };
                let hit = Hit::in_paragraph(passage.span).arg("found", p.word(at)).arg("use", form.as_str());
                let hit = hit.arg("subject", p.slice(head.span));
                out.push(hit.replace(passage, form, Applicability::Suggested));
            }
        }
    }
}

/// The number of the verb `low`, and its form for the other number.
fn verb(low: &str) -> Option<(Number, &'static str)> {
    let (singular, plural) = (&lexicon::grammar::VERBS_IN_THE_SINGULAR, &lexicon::grammar::VERBS_IN_THE_PLURAL);
    let of_singular = singular.position(low).and_then(|place| Some((Number::Singular, plural.get(place)?)));
    of_singular.or_else(|| plural.position(low).and_then(|place| Some((Number::Plural, singular.get(place)?))))
}

static SINGULAR: LazyLock<Forms> = LazyLock::new(|| Forms::of("nm").unwrap_or_default());
static PLURAL: LazyLock<Forms> = LazyLock::new(|| Forms::of("p").unwrap_or_default());
static UNCOUNTED: LazyLock<Forms> = LazyLock::new(|| Forms::of("m").unwrap_or_default());
static THIRD: LazyLock<Forms> = LazyLock::new(|| Forms::of("s").unwrap_or_default());
static GERUND: LazyLock<Forms> = LazyLock::new(|| Forms::of("g").unwrap_or_default());

/// Whether a word that opens a sentence, with no other before it, is a noun and no name: firms are called *Apple*, people
/// *Sanders*.
fn is_plain_noun(low: &str) -> bool {
    let is_common = |low: &str| dictionary::entry(low).is_some_and(|entry| entry.is_common() && !entry.is_name());
    let is_one_of_several = || WordForm::Singular.of(low).is_some_and(|one| is_common(&one));
    is_common(low) && (forms(low).has(*UNCOUNTED) || forms(low).has(*PLURAL) && is_one_of_several())
}

/// Whether `low` can be a noun of this number and of no other.
fn may_be(low: &str, number: Number) -> bool {
    let forms = forms(low);
    match number {
        Number::Singular => forms.has(*SINGULAR) && !forms.has(*PLURAL),
        Number::Plural => forms.has(*PLURAL) && !forms.has(*SINGULAR),
    }
}

/// What is before the noun in its phrase.
const BEFORE_NOUN: TagSet = tag_bit(tags::DETERMINER)
    | tag_bit(tags::BEFORE_DETERMINER)
    | tag_bit(tags::POSSESSIVE)
    | tag_bit(tags::NUMBER)
    | tag_bit(tags::ADJECTIVE)
    | tag_bit(tags::COMPARATIVE)
    | tag_bit(tags::SUPERLATIVE);

const NOUNS: TagSet = tag_bit(tags::NOUN) | tag_bit(tags::PLURAL) | tag_bit(tags::NAME);

/// What ends a noun phrase before another one opens without a word that joins them: `the homes the city bought`.
const OPENS_PHRASE: TagSet = BEFORE_NOUN | tag_bit(tags::PRONOUN);

const FINITE: TagSet = tag_bit(tags::PAST) | tag_bit(tags::PRESENT) | tag_bit(tags::THIRD) | tag_bit(tags::MODAL);

/// A verb with the sentence that it is in.
struct Clause<'a> {
    p: &'a Paragraph,
    sentence: Sentence,
    tagged: &'a TaggedSentence,
    verb: usize,
    number: Number,
}

/// A subject.
struct Subject {
    /// Its first token.
    start: usize,
    /// The token of its noun.
    head: usize,
    number: Number,
    /// Something is told of it between commas.
    is_interrupted: bool,
    /// `and` or `or` is between its noun and the verb.
    has_conjunction: bool,
}

impl Clause<'_> {
    fn is(&self, at: usize, set: TagSet) -> bool {
        self.tagged.tag(at).is_some_and(|tag| set >> tag & 1 == 1)
    }

    fn is_tag(&self, at: usize, tag: tags::Tag) -> bool {
        self.is(at, tag_bit(tag))
    }

    /// Tokens at which a clause may open with its subject, from the nearest to the verb to `from`.
    fn starts(&self, from: usize) -> impl Iterator<Item = usize> + use<'_> {
        let first = self.sentence.tokens().start;
        let opens = move |&at: &usize| match at.checked_sub(1).filter(|_| at > first) {
            None => true,
            Some(before) => {
                let ahead = if before > first { self.p.low(before - 1) } else { "" };
                match self.p.low(before) {
                    "and" | "but" | "so" => ahead == ",",
                    "," => self.is_introduced(before),
                    "“" | "\"" | "‘" => !self.p.tokens[at].spaced,
                    // “In that case” is no clause.
                    "that" => !self.is_tag(before, tags::DETERMINER) && !lexicon::grammar::PREPOSITIONS.contains(ahead),
                    low => OPENERS.contains(&low),
                }
            }
        };
        (from..self.verb).rev().filter(opens)
    }

    /// Whether what is before the comma at `comma` only leads to the clause behind it: `In May,` or `According to Ruiz,`.
    fn is_introduced(&self, comma: usize) -> bool {
        let first = self.sentence.tokens().start;
        let leads = tag_bit(tags::PREPOSITION) | tag_bit(tags::ADVERB) | tag_bit(tags::GERUND);
        self.is(first, leads) && (first..comma).all(|at| !self.is(at, FINITE) && self.p.low(at) != ",")
    }

    /// The subject that opens at token `start` and goes to the verb.
    fn subject(&self, start: usize) -> Option<Subject> {
        let p = self.p;
        let mut at = start;
        while self.is(at, BEFORE_NOUN) && at < self.verb {
            at += 1;
        }
        while self.is(at, NOUNS) && at < self.verb && !p.is_possessive(at) {
            at += 1;
        }
        let head = at.checked_sub(1).filter(|&head| head >= start && self.is(head, NOUNS))?;
        let number = self.number_of(start, head)?;
        let mut subject = Subject { start, head, number, is_interrupted: false, has_conjunction: false };
        while at < self.verb {
            at = match self.tagged.tag(at)? {
                tags::ADVERB => at + 1,
                tags::COMMA if !subject.is_interrupted => {
                    subject.is_interrupted = true;
                    self.behind_commas(at)?
                }
                _ if matches!(p.low(at), "who" | "which" | "that") => self.behind_relative(at, head)?,
                tags::PREPOSITION | tags::TO | tags::PARTICIPLE | tags::GERUND if !is_clause_opener(p.low(at)) => {
                    self.behind_phrase(at, &mut subject)?
                }
                _ => return None,
            };
        }
        (at == self.verb).then_some(subject)
    }

    /// The number of the noun `head` whose phrase opens at `start`, where its form shows it.
    fn number_of(&self, start: usize, head: usize) -> Option<Number> {
        let p = self.p;
        let low = p.low(head);
        let opens_sentence = head == start && p.opens_sentence(head);
        // A single word that opens a sentence may be a name; one with a capital elsewhere is.
        if p.tokens[head].capital && !opens_sentence {
            return None;
        }
        let is_name = self.is_tag(head, tags::NAME) && !forms(low).has(*UNCOUNTED);
        if opens_sentence && (is_name || !is_plain_noun(low) || lexicon::people::SURNAMES_LIKE_PLURALS.contains(low)) {
            return None;
        }
        // “Virus mail accounts for a tenth”, “the scope stretches from there”, “a BBC broadcasts”.
        let may_do = |at: usize| forms(p.low(at)).has(*SINGULAR) || p.tokens[at].capital;
        if head > start && forms(low).has(*THIRD) && may_do(head - 1) {
            return None;
        }
        match () {
            () if may_be(low, Number::Singular) && !self.is_tag(head, tags::PLURAL) && !low.ends_with("ics") => {
                Some(Number::Singular)
            }
            () if may_be(low, Number::Plural) && !self.is_tag(head, tags::NOUN) => Some(Number::Plural),
            () => None,
        }
    }

    /// The token behind what is told between the comma at `comma` and the one right before the verb.
    fn behind_commas(&self, comma: usize) -> Option<usize> {
        let last = (comma + 1..self.verb).rev().find(|&at| !self.is_tag(at, tags::ADVERB))?;
        if last == comma + 1 && matches!(self.p.low(last), "who" | "which") {
            return Some(last);
        }
        let is_closed = self.is_tag(last, tags::COMMA) && last > comma + 1;
        // “Ruiz, Lowe and Marsh, who …” are several.
        let another = (comma + 1..last).filter(|&at| self.p.low(at) == ",").count();
        let opens = self.p.low(comma + 1);
        let tells = matches!(opens, "who" | "which" | "whose" | "where" | "a" | "an" | "the" | "now" | "once")
            || self.is(comma + 1, tag_bit(tags::PARTICIPLE) | tag_bit(tags::NUMBER));
        (is_closed && another <= 1 && tells).then_some(last + 1)
    }

    /// The verb, where a clause of `who`, `which` or `that` at token `at` goes up to it and is whole without it.
    fn behind_relative(&self, at: usize, head: usize) -> Option<usize> {
        let is_its_verb = (at + 1..self.verb).all(|at| self.is_tag(at, tags::ADVERB));
        let is_beside = at == head + 1 || at == head + 2 && self.is_tag(head + 1, tags::COMMA);
        if is_its_verb {
            return is_beside.then_some(self.verb);
        }
        // The tagger takes many a past form behind `that` for a participle.
        let first = (at + 1..self.verb).find(|&at| !self.is_tag(at, tags::ADVERB))?;
        let is_verb = self.is(first, FINITE | tag_bit(tags::PARTICIPLE));
        let is_whole = is_verb && first + 1 < self.verb && (first + 1..self.verb).all(|at| !self.is(at, FINITE));
        let stays = (first + 1..self.verb).all(|at| {
            let low = self.p.low(at);
            !is_clause_opener(low) && low != "," && !matches!(low, "who" | "which" | "that" | "and" | "or")
        });
        // What a clause lacks may be the verb itself: “the man who police say was”.
        let is_saying = crate::story::quote::cues::is_strong(self.p.low(first));
        (is_whole && stays && !is_saying).then_some(self.verb)
    }

    /// The token behind a phrase of a preposition, `to` or a participle at token `at`.
    fn behind_phrase(&self, at: usize, subject: &mut Subject) -> Option<usize> {
        let p = self.p;
        let joins = tag_bit(tags::PREPOSITION) | tag_bit(tags::TO) | tag_bit(tags::GERUND) | tag_bit(tags::PARTICIPLE);
        let inside =
            OPENS_PHRASE | NOUNS | joins | tag_bit(tags::ADVERB) | tag_bit(tags::BASE) | tag_bit(tags::PARTICLE);
        let mut after_noun = false;
        let mut at = at;
        while at < self.verb && !self.is_tag(at, tags::COMMA) && !self.is_tag(at, tags::RELATIVE) {
            let is_saying = self.is_tag(at, tags::GERUND) && crate::story::quote::cues::is_strong(p.low(at));
            if is_saying
                || is_clause_opener(p.low(at))
                || p.tokens[at].kind == TokenKind::Punct && !matches!(p.low(at), "-" | "%" | "$")
            {
                return None;
            }
            if self.is_tag(at, tags::CONJUNCTION) {
                subject.has_conjunction = true;
                after_noun = false;
            } else if !self.is(at, inside) || after_noun && self.is(at, OPENS_PHRASE) {
                return None;
            } else {
                after_noun = self.is(at, NOUNS) || after_noun && self.is_tag(at, tags::ADVERB);
                if self.is(at, joins) || p.is_possessive(at) {
                    after_noun = false;
                }
            }
            at += 1;
        }
        Some(at)
    }

    /// Whether the verb may have this number although the noun of its subject has another.
    fn is_right_after_all(&self, subject: &Subject) -> bool {
        let p = self.p;
        let (low, start) = (p.low(subject.head), subject.start);
        let before = start.checked_sub(1).filter(|_| start > self.sentence.tokens().start).map_or("", |at| p.low(at));
        // “A number of residents have”, and so has “the large number who live here”; “the number of residents has”.
        let is_one =
            low == "number" && p.low(start) == "the" && p.low(subject.head + 1) == "of" && subject.head == start + 1;
        if lexicon::grammar::COLLECTIVES.contains(low) && !is_one || lexicon::nouns::MEASURES.contains(low) {
            return true;
        }
        let phrase = || (start..subject.head).map(|at| p.low(at));
        if phrase().any(|low| matches!(low, "what" | "no" | "one" | "half" | "more" | "such") || low.ends_with("th")) {
            return true;
        }
        match self.number {
            // “If the roof were to fail”; “asked that the roof be fixed and have a rail”.
            Number::Plural => {
                let verb = p.low(self.verb);
                let is_wished = (self.sentence.tokens().start..start).any(|at| {
                    matches!(p.low(at), "if" | "though" | "wish" | "wishes" | "wished" | "unless" | "whether")
                });
                let is_demanded = before == "that" && !matches!(verb, "are" | "were" | "aren't" | "weren't");
                subject.has_conjunction || is_wished && verb.starts_with("were") || is_demanded
            }
            // “Meeting relatives has an effect”; “the moderators forgetting the mayor was painful”.
            Number::Singular => {
                let is_doing = |at: usize| forms(p.low(at)).has(*GERUND);
                let behind = (subject.head + 1..self.verb).find(|&at| !self.is_tag(at, tags::ADVERB));
                (start..subject.head).any(is_doing) || behind.is_some_and(|at| self.is_tag(at, tags::GERUND))
            }
        }
    }
}

/// Words behind which a clause opens with its subject.
const OPENERS: &[&str] =
    &["because", "while", "although", "though", "whether", "if", "when", "where", "said", "says", ":", ";", "—"];

/// Whether a clause of its own opens with `low`, or may: “the events since the poll was taken”.
fn is_clause_opener(low: &str) -> bool {
    low != "and" && lexicon::grammar::CLAUSE_STARTERS.contains(low)
}
