//! Quotes over paragraphs: continued quotes, speakers named in another paragraph, and who a pronoun is.

use std::ops::Range;
use std::sync::Arc;

use super::cues::{is_preposition, is_strong};
use super::lines::{is_label, named_in_heading, names_text, signature};
use super::{Attribution, Basis, Quote, QuoteKind, Speaker};
use crate::markup::BlockKind;
use crate::prose::{Passage, TokenKind};
use crate::story::person::{Gender, Person, Renumbered, lists};
use crate::story::{ParagraphFacts, ParagraphShift, place_of};
use crate::text::Span;

/// How many paragraphs back a pronoun's person may have been named.
pub(super) const PRONOUN_REACH: u32 = 3;
/// How many mentions back are looked at for a pronoun.
const PRONOUN_MENTIONS: usize = 40;
/// How many names of one phrase are looked at for its head.
const HEADS: usize = 8;

/// The last attributed quote or paraphrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Carry {
    paragraph: usize,
    speaker: Option<Passage>,
    cue: Option<Passage>,
    pub person: Option<usize>,
}

impl Carry {
    /// Whether it names a passage of these paragraphs.
    pub fn touches(&self, paragraphs: &Range<usize>) -> bool {
        [self.speaker, self.cue].into_iter().flatten().any(|passage| paragraphs.contains(&passage.paragraph()))
    }

    fn renumber(&mut self, shift: &ParagraphShift) {
        self.paragraph = shift.number(self.paragraph as u32) as usize;
        self.speaker.iter_mut().chain(&mut self.cue).for_each(|passage| shift.renumber(passage));
    }
}

/// What the paragraphs before one hand on to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct QuoteState {
    pub carry: Option<Carry>,
    /// The last quote was not closed.
    pub open: bool,
}

/// What was linked last, so that linking nearly the same story again costs little.
#[derive(Debug, Default)]
pub struct LinkedQuotes {
    pub(super) mentions: Mentions,
    /// Before each paragraph.
    pub(super) states: Vec<QuoteState>,
}

/// Links quotes over paragraphs and finds their speakers.
pub(in crate::story) fn link(paragraphs: &[Arc<ParagraphFacts>], people: &[Person]) -> (Vec<Quote>, LinkedQuotes) {
    let mut linked = LinkedQuotes { mentions: Mentions::new(people), states: Vec::with_capacity(paragraphs.len()) };
    let mut quotes: Vec<Quote> = Vec::new();
    let mut state = QuoteState::default();
    for index in 0..paragraphs.len() {
        linked.states.push(state);
        link_paragraph(paragraphs, people, &linked.mentions, index, &mut state, &mut quotes);
    }
    attribute_backwards(&mut quotes);
    (quotes, linked)
}

/// Links the quotes of paragraph number `index`.
pub(super) fn link_paragraph(
    paragraphs: &[Arc<ParagraphFacts>],
    people: &[Person],
    mentions: &Mentions,
    index: usize,
    state: &mut QuoteState,
    quotes: &mut Vec<Quote>,
) {
    let Some(read) = paragraphs.get(index) else { return };
    let QuoteState { carry, open } = state;
    let body = read.paragraph.kind.is_body();
    if matches!(read.paragraph.kind, BlockKind::Heading) {
        *carry = None;
    }
    if let Some(named) = label(read, index, mentions) {
        *carry = Some(named);
    }
    let start = quotes.len();
    // The paragraph before left its quote open: this one goes on, with or without a mark of its own.
    let first_char = read.quotes.quoted.first().map(|q| q.span.start);
    let stray = read.quotes.strays.first().filter(|s| first_char.is_none_or(|f| s.start < f));
    if *open
        && body
        && let Some(stray) = stray
    {
        quotes.push(continued_without_mark(read, index, *stray));
    }
    for quoted in &read.quotes.quoted {
        let continued = *open
            && body
            && quoted.span.start == first_char.unwrap_or(0)
            && at_start(read, quoted.span)
            && quotes.len() == start;
        quotes.push(Quote {
            passage: Passage::new(index, quoted.span),
            inner: quoted.inner,
            kind: if continued { QuoteKind::Direct } else { quoted.kind },
            marks: quoted.marks,
            closed: quoted.closed,
            continued,
            words: quoted.words,
            said: quoted.said,
            nested: quoted.nested.clone(),
            speaker: None,
            cue: None,
            basis: Basis::Nothing,
            guess: None,
        });
        let attribution = quoted.attribution;
        let own = attribution.filter(|a| a.basis != Basis::Nearby && a.speaker.is_some());
        let Some(quote) = quotes.last_mut() else { continue };
        let scare = matches!(quote.kind, QuoteKind::Scare | QuoteKind::Title);
        let found = match own {
            Some(own) if !(continued && own.basis == Basis::Running) => Some((local(index, own), own.basis)),
            _ if continued && carry.is_some() => carry.map(|c| (c, Basis::Continued)),
            _ => attribution
                .filter(|a| a.speaker.is_some())
                .map(|a| (local(index, a), Basis::Nearby))
                .or_else(|| signed(paragraphs, index, quoted.span))
                .or_else(|| from_before(paragraphs, index, carry.as_ref())),
        };
        if scare && own.is_none() {
            continue;
        }
        let Some((mut found, basis)) = found else { continue };
        quote.basis = basis;
        if matches!(basis, Basis::Paraphrase | Basis::Nothing) {
            quote.guess = found.speaker.map(|s| resolve(paragraphs, people, mentions, s, found.person, carry.as_ref()));
            let told = found.cue.is_some_and(|cue| says(paragraphs, cue));
            if basis == Basis::Paraphrase && told && !scare {
                quote.speaker.clone_from(&quote.guess);
                quote.cue = found.cue;
            }
            continue;
        }
        quote.cue = found.cue;
        if let Some(passage) = found.speaker {
            let speaker = resolve(paragraphs, people, mentions, passage, found.person, carry.as_ref());
            found.person = speaker.person;
            quote.speaker = Some(speaker);
        }
        if !scare && basis != Basis::Nearby {
            *carry = Some(Carry { paragraph: index, ..found });
        }
    }
    // A quotation may span a list, whose items have no marks of their own.
    let spanned = *open && read.paragraph.kind == BlockKind::ListItem && quotes.len() == start;
    if body && !spanned {
        *open = quotes[start..].last().is_some_and(|q| !q.closed);
    }
}

/// Whether the word of saying at `cue` says something by itself.
fn says(paragraphs: &[Arc<ParagraphFacts>], cue: Passage) -> bool {
    let Some(read) = paragraphs.get(cue.paragraph()) else { return false };
    is_strong(read.paragraph.low(read.paragraph.token_at(cue.span.start)))
}

/// Somebody whom a heading or a line without a verb names: whose the quotes below it are.
fn label(read: &ParagraphFacts, index: usize, mentions: &Mentions) -> Option<Carry> {
    if let Some(span) = named_in_heading(&read.paragraph) {
        let passage = Passage::new(index, span);
        return Some(Carry { paragraph: index, speaker: Some(passage), cue: None, person: None });
    }
    let own = mentions.of_paragraphs(&(index..index + 1));
    let [(passage, person)] = own else { return None };
    let full = read.paragraph.slice(passage.span).contains(' ');
    (full && read.quotes.quoted.is_empty() && is_label(&read.paragraph)).then_some(Carry {
        paragraph: index,
        speaker: Some(*passage),
        cue: None,
        person: Some(*person),
    })
}

/// Who signs the quote that ends paragraph number `index`, in the line behind it.
fn signed(paragraphs: &[Arc<ParagraphFacts>], index: usize, quoted: Span) -> Option<(Carry, Basis)> {
    let own = paragraphs.get(index)?;
    let ends = own.paragraph.tokens.last().is_some_and(|last| last.span.end <= quoted.end);
    let next = paragraphs.get(index + 1).filter(|_| ends)?;
    // Of several items, each is an item of a list.
    let listed = |at: usize| paragraphs.get(at).is_some_and(|read| read.paragraph.kind == BlockKind::ListItem);
    if listed(index + 1) && listed(index + 2) {
        return None;
    }
    let span = signature(&next.paragraph)?;
    let carry = Carry { paragraph: index, speaker: Some(Passage::new(index + 1, span)), cue: None, person: None };
    Some((carry, Basis::Signed))
}

/// A quote that runs on into the next paragraph may be attributed there.
pub(super) fn attribute_backwards(quotes: &mut [Quote]) {
    for index in (1..quotes.len()).rev() {
        let Some([earlier, later]) = quotes.get_mut(index - 1..=index) else { continue };
        let runs_on = later.continued && !earlier.closed && later.speaker.is_some();
        if runs_on && earlier.speaker.is_none() {
            earlier.speaker.clone_from(&later.speaker);
            earlier.cue = later.cue;
            earlier.basis = Basis::Continued;
            earlier.guess = None;
        }
    }
}

fn local(index: usize, found: Attribution) -> Carry {
    Carry {
        paragraph: index,
        speaker: found.speaker.map(|s| Passage::new(index, s)),
        cue: found.cue.map(|s| Passage::new(index, s)),
        person: None,
    }
}

fn at_start(read: &ParagraphFacts, span: Span) -> bool {
    // Marks of emphasis that were left in the text are no words.
    let is_mark = |at: &usize| matches!(read.paragraph.word(*at), "*" | "**" | "***" | "_" | "__");
    let first = (0..read.paragraph.tokens.len()).find(|at| !is_mark(at)).unwrap_or_default();
    read.paragraph.tokens.get(first).is_none_or(|t| t.span.start >= span.start)
}

fn continued_without_mark(read: &ParagraphFacts, index: usize, stray: Span) -> Quote {
    let inner = Span { start: 0, end: stray.start };
    Quote {
        passage: Passage::new(index, Span { start: 0, end: stray.end }),
        inner,
        kind: QuoteKind::Direct,
        marks: super::Marks::CurlyDouble,
        closed: true,
        continued: true,
        words: read.paragraph.tokens_in(inner).count(),
        said: super::hash_of_words(&read.paragraph, inner),
        nested: Vec::new(),
        speaker: None,
        cue: None,
        basis: Basis::Nothing,
        guess: None,
    }
}

/// What the paragraph before says of a quote that has no attribution in its own.
fn from_before(paragraphs: &[Arc<ParagraphFacts>], index: usize, carry: Option<&Carry>) -> Option<(Carry, Basis)> {
    let before = index.checked_sub(1)?;
    let previous = paragraphs.get(before)?;
    let closing = previous.quotes.closing(&previous.paragraph);
    if closing.colon
        && let Some(found) = closing.attribution.filter(|a| a.speaker.is_some())
    {
        return Some((local(before, found), Basis::ParagraphBefore));
    }
    if let Some(carry) = carry.filter(|c| c.paragraph == before) {
        return Some((*carry, Basis::ParagraphBefore));
    }
    let found = closing.attribution.filter(|a| a.speaker.is_some())?;
    let basis = match found.cue {
        // `Ruiz said in a statement that …`: what follows is from the statement.
        Some(_) if names_text(&previous.paragraph) => Basis::ParagraphBefore,
        Some(_) => Basis::Paraphrase,
        None => Basis::Nothing,
    };
    Some((local(before, found), basis))
}

/// All mentions of people in reading order.
#[derive(Debug, Default)]
pub struct Mentions {
    all: Vec<(Passage, usize)>,
}

impl LinkedQuotes {
    /// The mentions of people.
    pub(in crate::story) fn mentions(&self) -> &Mentions {
        &self.mentions
    }

    /// Gives paragraphs the numbers that they have now.
    pub(in crate::story) fn renumber(&mut self, shift: &ParagraphShift) {
        self.mentions.all.iter_mut().for_each(|(passage, _)| shift.renumber(passage));
        self.states.splice(shift.part_before(), shift.part().map(|_| QuoteState::default()));
        self.states.iter_mut().filter_map(|state| state.carry.as_mut()).for_each(|carry| carry.renumber(shift));
    }
}

impl Mentions {
    fn new(people: &[Person]) -> Self {
        let mut all: Vec<(Passage, usize)> =
            people.iter().enumerate().flat_map(|(i, p)| p.mentions.iter().map(move |m| (m.passage, i))).collect();
        all.sort_unstable_by_key(|(passage, _)| *passage);
        Self { all }
    }

    /// All of them, with the index of the person.
    pub(in crate::story) fn all(&self) -> &[(Passage, usize)] {
        &self.all
    }

    /// Those in some paragraphs, with the index of the person.
    pub(in crate::story) fn of_paragraphs(&self, paragraphs: &Range<usize>) -> &[(Passage, usize)] {
        self.all.get(place_of(&self.all, paragraphs, |(passage, _)| *passage)).unwrap_or_default()
    }

    /// The paragraph behind the last one from which those of the `edited` paragraphs may be looked back at.
    pub(super) fn reach(&self, edited: &Range<usize>) -> usize {
        let behind = self.all.partition_point(|(passage, _)| passage.paragraph() < edited.end);
        // Where fewer follow, the last paragraph still looks back at them.
        self.all.get(behind + PRONOUN_MENTIONS).map_or(usize::MAX, |(passage, _)| passage.paragraph() + 1)
    }

    /// Gives people the numbers that they have now, and takes those of the `edited` paragraphs from `people`.
    pub(super) fn renumber(&mut self, renumbered: &Renumbered, people: &[Person], edited: &Range<usize>) {
        let own = people.iter().enumerate().flat_map(|(index, person)| {
            let first = person.mentions.partition_point(|mention| mention.passage.paragraph() < edited.start);
            let here = person.mentions.iter().skip(first).take_while(|m| m.passage.paragraph() < edited.end);
            here.map(move |mention| (mention.passage, index))
        });
        let mut own: Vec<(Passage, usize)> = own.collect();
        own.sort_unstable_by_key(|(passage, _)| *passage);
        self.all.iter_mut().for_each(|(_, person)| *person = renumbered.person(*person));
        let old = place_of(&self.all, edited, |(passage, _)| *passage);
        self.all.splice(old, own);
    }

    /// Moves those in edited paragraphs; `None` when one of them was edited itself.
    pub(super) fn follow(&mut self, shift: &ParagraphShift) -> Option<()> {
        let own = place_of(&self.all, &shift.part(), |(passage, _)| *passage);
        for (passage, _) in self.all.get_mut(own)? {
            passage.span = shift.span(passage.paragraph(), passage.span)?;
        }
        Some(())
    }

    /// Whom the phrase at `passage` stands for: the name that is its head. In `Okafor’s lawyer`, `an aide to Okafor` and
    /// `Okafor adviser` nobody is named; in `Okafor adviser Ana Ruiz` it is the adviser.
    fn head(&self, read: &ParagraphFacts, passage: Passage) -> Option<usize> {
        let p = &read.paragraph;
        let at =
            self.all.partition_point(|(m, _)| (m.paragraph, m.span.end) <= (passage.paragraph, passage.span.start));
        let inside = self.all.get(at..)?.iter().take(HEADS);
        inside
            .take_while(|(m, _)| m.paragraph == passage.paragraph && m.span.start < passage.span.end)
            .find(|(m, _)| {
                let tokens = p.tokens_in(m.span);
                let before = tokens.start.checked_sub(1).filter(|&i| p.tokens[i].span.start >= passage.span.start);
                let depends = before.is_some_and(|i| is_preposition(p.low(i)));
                let possessive = p.tokens_in(m.span).next_back().is_some_and(|i| p.tokens[i].span.end > m.span.end);
                let next = p.tokens.get(tokens.end).filter(|t| t.span.end <= passage.span.end);
                // Whatever follows the name inside the phrase makes it a modifier, unless a mark comes between.
                let modifies = next.is_some_and(|t| t.kind != TokenKind::Punct) && !is_preposition(p.low(tokens.end))
                    || matches!(p.word(tokens.end), "'" | "’") && next.is_some();
                !depends && !possessive && !modifies
            })
            .map(|&(_, person)| person)
    }

    /// The subject of the sentence before that of the pronoun at `passage`, when it is the only one whom both sentences name.
    fn subject_before(&self, paragraphs: &[Arc<ParagraphFacts>], passage: Passage) -> Option<usize> {
        let here = passage.paragraph();
        let own = &paragraphs.get(here)?.paragraph;
        let index = own.sentences.partition_point(|s| s.span.end <= passage.span.start);
        let start = own.sentences.get(index)?.span.start;
        let (place, sentence) = match index.checked_sub(1) {
            Some(before) => (here, *own.sentences.get(before)?),
            None => {
                let before = here.checked_sub(1)?;
                (before, *paragraphs.get(before)?.paragraph.sentences.last()?)
            }
        };
        let named = |place: usize, span: Span| {
            let all = self.of_paragraphs(&(place..place + 1));
            all.iter().filter(move |(at, _)| span.contains(at.span))
        };
        let (first, subject) = *named(place, sentence.span).next()?;
        let words = &paragraphs.get(place)?.paragraph;
        let opens = words.tokens_in(first.span).start <= sentence.first as usize + 3;
        let alone = named(place, sentence.span)
            .chain(named(here, Span { start, end: passage.span.start.max(start) }))
            .all(|&(_, person)| person == subject);
        (opens && alone && words.kind.is_body()).then_some(subject)
    }

    /// The people named before `passage`, the latest first.
    fn before(&self, passage: Passage) -> impl Iterator<Item = (Passage, usize)> + '_ {
        let end = self.all.partition_point(|(m, _)| *m < passage);
        self.all.iter().take(end).rev().take(PRONOUN_MENTIONS).copied()
    }
}

/// Who the words at `passage` are.
fn resolve(
    paragraphs: &[Arc<ParagraphFacts>],
    people: &[Person],
    mentions: &Mentions,
    passage: Passage,
    known: Option<usize>,
    carry: Option<&Carry>,
) -> Speaker {
    let mut speaker = Speaker { passage, person: known, candidates: Vec::new() };
    if known.is_some() {
        return speaker;
    }
    let Some(read) = paragraphs.get(passage.paragraph()) else { return speaker };
    let text = read.paragraph.slice(passage.span);
    let gender = match text {
        "he" | "He" => Gender::Male,
        "she" | "She" => Gender::Female,
        _ => {
            speaker.person = mentions.head(read, passage).or_else(|| by_title(people, mentions, passage, text));
            return speaker;
        }
    };
    let mut candidates: Vec<usize> = Vec::new();
    for (mention, person) in mentions.before(passage) {
        if passage.paragraph - mention.paragraph > PRONOUN_REACH {
            break;
        }
        let fits = people.get(person).is_some_and(|p| p.gender == gender || p.gender == Gender::Unknown);
        if fits && !candidates.contains(&person) {
            candidates.push(person);
        }
    }
    let last_speaker = carry.and_then(|c| c.person);
    speaker.person = match candidates[..] {
        [] => None,
        [only] => Some(only),
        // The one who spoke last and was named last.
        [latest, ..] if last_speaker == Some(latest) => Some(latest),
        _ => mentions.subject_before(paragraphs, passage).filter(|subject| candidates.contains(subject)),
    };
    if speaker.person.is_none() {
        speaker.candidates = candidates;
    }
    speaker
}

/// The word of `the mayor` by which somebody may be meant.
pub(in crate::story) fn role(speaker: &str) -> Option<&str> {
    let role = speaker.strip_prefix("the ").or_else(|| speaker.strip_prefix("The "))?;
    (!role.contains(' ') && lists::is_role(&role.to_lowercase())).then_some(role)
}

/// `the mayor`: the only person of the story so far with that title.
fn by_title(people: &[Person], mentions: &Mentions, passage: Passage, text: &str) -> Option<usize> {
    let role = role(text)?.to_lowercase();
    let mut found = None;
    for (_, person) in mentions.before(passage) {
        let has =
            people.get(person).is_some_and(|p| p.titles.iter().any(|t| t.to_lowercase().split(' ').any(|w| w == role)));
        if has && found.is_some_and(|f| f != person) {
            return None;
        }
        if has {
            found = Some(person);
        }
    }
    found
}
