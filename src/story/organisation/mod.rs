//! Organisations: full names, acronyms and where each is introduced.

mod acronyms;
mod lists;
mod names;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::trigger_words::TriggerWords;
use super::{ParagraphEdit, ParagraphFacts};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::text::{Shift, Span, on_one_line};

/// What a paragraph says of organisations by itself.
#[derive(Debug, Default)]
pub struct LocalOrganisations {
    /// Full names, in order.
    pub full: Vec<FullName>,
    /// Acronyms, in order.
    pub acronyms: Vec<Acronym>,
    /// Acronyms beside their full names, in order.
    pub introductions: Vec<Introduction>,
}

/// What most paragraphs say of them.
pub(super) static NONE: LocalOrganisations =
    LocalOrganisations { full: Vec::new(), acronyms: Vec::new(), introductions: Vec::new() };

impl LocalOrganisations {
    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.full.is_empty() && self.acronyms.is_empty() && self.introductions.is_empty()
    }

    /// Whether `other`, which was read after `shift`, says the same in the same words.
    fn is_moved(&self, other: &Self, shift: &Shift) -> bool {
        let full = |a: &FullName, b: &FullName| shift.span(a.span) == Some(b.span) && a.initials == b.initials;
        let acronym = |a: &Acronym, b: &Acronym| shift.span(a.span) == Some(b.span) && a.text == b.text;
        let introduction = |a: &Introduction, b: &Introduction| {
            let places = shift.span(a.name) == Some(b.name) && shift.span(a.acronym) == Some(b.acronym);
            places && a.text == b.text && a.fits == b.fits
        };
        (self.full.len(), self.acronyms.len(), self.introductions.len())
            == (other.full.len(), other.acronyms.len(), other.introductions.len())
            && self.full.iter().zip(&other.full).all(|(a, b)| full(a, b))
            && self.acronyms.iter().zip(&other.acronyms).all(|(a, b)| acronym(a, b))
            && self.introductions.iter().zip(&other.introductions).all(|(a, b)| introduction(a, b))
    }
}

/// A full name in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct FullName {
    /// Without an article before it and a possessive ending.
    pub span: Span,
    /// The first letters of its capitalised words, in capitals.
    pub initials: String,
}

/// An acronym in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Acronym {
    /// Without a plural or possessive ending.
    pub span: Span,
    /// Capitals without points: `UN` for `U.N.`
    pub text: String,
}

/// An acronym beside its full name in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Introduction {
    /// The full name.
    pub name: Span,
    /// The acronym.
    pub acronym: Span,
    /// Capitals without points.
    pub text: String,
    /// Whether the acronym's letters are the initials of the name.
    pub fits: bool,
}

/// An organisation (or another thing) with an acronym.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// The full name, as first written; `None` for an acronym that the story never spells out.
    pub name: Option<String>,
    /// The acronym, in capitals without points: `ICC`; `None` when the story uses none.
    pub acronym: Option<String>,
    /// Readers know the acronym: it needs no introduction.
    pub well_known: bool,
    /// Where the acronym is introduced beside the full name.
    pub introduced: Option<Passage>,
    /// Whether the acronym's letters are the initials of the name it is introduced with.
    pub fits: bool,
    /// Mentions of the full name.
    pub full_mentions: Vec<Passage>,
    /// Mentions of the acronym.
    pub acronym_mentions: Vec<Passage>,
}

/// The words, in lower case, that names of organisations end in or are built round.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    lists::nouns()
}

/// What a paragraph says of organisations by itself.
pub(super) fn read(paragraph: &Paragraph, triggers: &TriggerWords) -> LocalOrganisations {
    let speaks = paragraph.kind.is_body()
        || matches!(paragraph.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Dek | BlockKind::Caption);
    if !speaks {
        return LocalOrganisations::default();
    }
    let acronyms = acronyms::find(paragraph);
    let full = names::find(paragraph, triggers);
    let introductions = acronyms.iter().filter_map(|a| introduction(paragraph, a, &full)).collect();
    let full = full.into_iter().map(|name| FullName {
        span: paragraph.without_possessive(paragraph.span_of(name.start, name.end - 1)),
        initials: names::capital_initials(paragraph, name.start, name.end),
    });
    LocalOrganisations {
        full: full.collect(),
        acronyms: acronyms.into_iter().map(|a| Acronym { span: a.span, text: a.text }).collect(),
        introductions,
    }
}

/// The introduction that `acronym` is part of: `International Criminal Court (ICC)`, `the International Criminal Court,
/// or ICC`, `the ICC, or International Criminal Court`, `the ICC (International Criminal Court)`.
fn introduction(
    paragraph: &Paragraph,
    acronym: &acronyms::AcronymToken,
    full: &[names::NameTokens],
) -> Option<Introduction> {
    let at = acronym.token;
    let before = |n: usize| at.checked_sub(n).map_or("", |b| paragraph.low(b));
    let introduction = |first: usize, last: usize, fits: bool| Introduction {
        name: paragraph.without_possessive(paragraph.span_of(first, last)),
        acronym: acronym.span,
        text: acronym.text.clone(),
        fits,
    };
    // The name before it: past the bracket, or past “, or the”.
    let bracketed = before(1) == "(" && matches!(paragraph.low(at + 1), ")" | ",");
    let end = if bracketed {
        Some(at - 1)
    } else if before(1) == "or" && before(2) == "," {
        Some(at - 2)
    } else if before(1) == "the" && before(2) == "or" && before(3) == "," {
        Some(at - 3)
    } else {
        None
    };
    if let Some(end) = end.filter(|&end| end > 0) {
        if let Some(first) = names::expansion_before(paragraph, end, &acronym.text) {
            return Some(introduction(first, end - 1, true));
        }
        // A full name with other initials, such as one in another language.
        let name = full.get(full.partition_point(|name| name.end < end)).filter(|name| name.end == end)?;
        let known = lists::is_well_known(&acronym.text);
        return (bracketed && !known).then(|| introduction(name.start, end - 1, false));
    }
    // The name after it.
    let name_at = match (paragraph.low(at + 1), paragraph.low(at + 2), paragraph.low(at + 3)) {
        ("(", "the", _) => at + 3,
        ("(", _, _) => at + 2,
        (",", "or", "the") => at + 4,
        (",", "or", _) => at + 3,
        _ => return None,
    };
    let length = acronym.text.len();
    (name_at + length..name_at + length + 6).find_map(|end| {
        let first = names::expansion_before(paragraph, end.min(paragraph.tokens.len()), &acronym.text)?;
        (first == name_at && end <= paragraph.tokens.len()).then(|| introduction(first, end - 1, true))
    })
}

/// Links full names and acronyms over the story, in the order of first mention.
pub fn link(paragraphs: &[Arc<ParagraphFacts>]) -> Vec<Organisation> {
    let mut linker = Linker::default();
    let body = |read: &ParagraphFacts| !matches!(read.paragraph.kind, BlockKind::Headline | BlockKind::Heading);
    // Most paragraphs name none.
    let naming = paragraphs.iter().enumerate().filter(|(_, read)| read.organisations.is_some());
    let naming: Vec<(usize, &ParagraphFacts)> = naming.map(|(index, read)| (index, read.as_ref())).collect();
    for &(index, read) in &naming {
        for found in &read.organisations().introductions {
            linker.introduce(&read.paragraph, index, found);
        }
    }
    // A headline may shout or write every word with a capital: what looks like a name or an acronym there is one only
    // when the body has it too.
    for headlines in [false, true] {
        for &(index, read) in naming.iter().filter(|(_, read)| body(read) != headlines) {
            for full in &read.organisations().full {
                linker.add_name(&read.paragraph, index, full, !headlines);
            }
        }
    }
    for headlines in [false, true] {
        for &(index, read) in naming.iter().filter(|(_, read)| body(read) != headlines) {
            for acronym in &read.organisations().acronyms {
                let quoted = read.quotes.around(acronym.span).is_some();
                linker.add_acronym(Passage::new(index, acronym.span), &acronym.text, !headlines && !quoted);
            }
        }
    }
    linker.finish()
}

/// For each of the paragraph's acronyms, whether it is between quotation marks.
fn are_quoted(read: &ParagraphFacts) -> impl Iterator<Item = bool> + '_ {
    read.organisations().acronyms.iter().map(|acronym| read.quotes.around(acronym.span).is_some())
}

/// Whether a paragraph that was read as `before` says the same `now`, after `shift`.
fn is_moved(before: &ParagraphFacts, now: &ParagraphFacts, shift: &Shift) -> bool {
    before.organisations().is_moved(now.organisations(), shift) && are_quoted(before).eq(are_quoted(now))
}

/// Moves the mentions in edited words; `None` when organisations were among these.
pub(super) fn follow(organisations: &mut [Organisation], edit: &ParagraphEdit) -> Option<()> {
    let Some((shift, before, now)) = edit.of_words() else {
        let mut edited = edit.before.iter().chain(edit.now());
        return edited.all(|read| read.organisations.is_none()).then_some(());
    };
    if before.paragraph.kind != now.paragraph.kind || !is_moved(before, now, &shift) {
        return None;
    }
    let paragraph = edit.shift.part().start;
    for organisation in organisations {
        for mentions in [&mut organisation.full_mentions, &mut organisation.acronym_mentions] {
            let first = mentions.partition_point(|mention| mention.paragraph() < paragraph);
            for mention in mentions.iter_mut().skip(first).take_while(|mention| mention.paragraph() == paragraph) {
                mention.span = shift.span(mention.span)?;
            }
        }
        if let Some(introduced) = organisation.introduced.as_mut().filter(|place| place.paragraph() == paragraph) {
            introduced.span = shift.span(introduced.span)?;
        }
    }
    Some(())
}

/// All places of an organisation.
pub(super) fn places(organisation: &mut Organisation) -> impl Iterator<Item = &mut Passage> {
    let Organisation { full_mentions, acronym_mentions, introduced, .. } = organisation;
    full_mentions.iter_mut().chain(acronym_mentions).chain(introduced)
}

/// The organisations while the story is being linked.
#[derive(Default)]
struct Linker {
    organisations: Vec<Organisation>,
    /// Where acronyms are introduced, by paragraph; in order.
    introduced: FxHashMap<usize, Vec<Span>>,
    /// Index by the full name in lower case.
    by_name: FxHashMap<String, usize>,
    /// Index by acronym; with two expansions, the one introduced first.
    by_acronym: FxHashMap<String, usize>,
    /// Index by the initials of a name without an acronym; `None` when two names share them.
    by_initials: FxHashMap<String, Option<usize>>,
}

impl Linker {
    fn introduce(&mut self, paragraph: &Paragraph, index: usize, found: &Introduction) {
        let name = on_one_line(paragraph.slice(found.name));
        let key = name.to_lowercase();
        let introduced = Passage::new(index, found.name.to(found.acronym));
        self.introduced.entry(index).or_default().push(introduced.span);
        if let Some(&at) = self.by_name.get(&key) {
            let organisation = &mut self.organisations[at];
            if organisation.acronym.as_deref() == Some(found.text.as_str()) {
                return;
            }
        }
        let at = self.organisations.len();
        self.organisations.push(Organisation {
            name: Some(name.into_owned()),
            acronym: Some(found.text.clone()),
            well_known: lists::is_well_known(&found.text),
            introduced: Some(introduced),
            fits: found.fits,
            // A name without an organisation's noun is not found again by itself.
            full_mentions: vec![Passage::new(index, found.name)],
            acronym_mentions: Vec::new(),
        });
        self.by_name.entry(key).or_insert(at);
        self.by_acronym.entry(found.text.clone()).or_insert(at);
    }

    /// `creates`: a name that nothing else in the story knows makes an entry of its own.
    fn add_name(&mut self, paragraph: &Paragraph, index: usize, full: &FullName, creates: bool) {
        let name = on_one_line(paragraph.slice(full.span));
        let passage = Passage::new(index, full.span);
        let key = name.to_lowercase();
        if let Some(&at) = self.by_name.get(&key) {
            self.organisations[at].full_mentions.push(passage);
            return;
        }
        if !creates {
            return;
        }
        // The same name with a word more or less inside an introduction, such as `the Harbor International Court (ICC)`.
        let spans = self.introduced.get(&index).map_or(&[] as &[Span], Vec::as_slice);
        let after = spans.partition_point(|span| span.end <= full.span.start);
        if spans.get(after).is_some_and(|span| span.overlaps(full.span)) {
            return;
        }
        let at = self.organisations.len();
        self.organisations.push(Organisation {
            name: Some(name.into_owned()),
            acronym: None,
            well_known: false,
            introduced: None,
            fits: true,
            full_mentions: vec![passage],
            acronym_mentions: Vec::new(),
        });
        self.by_name.insert(key, at);
        let known = self.by_initials.entry(full.initials.clone());
        known.and_modify(|other| *other = None).or_insert(Some(at));
    }

    /// `creates`: an acronym that nothing else in the story knows makes an entry of its own.
    fn add_acronym(&mut self, passage: Passage, text: &str, creates: bool) {
        let by_initials = || self.by_initials.get(text).copied().flatten();
        let at = match self.by_acronym.get(text).copied().or_else(by_initials) {
            Some(at) => at,
            None if creates => {
                self.organisations.push(Organisation {
                    name: None,
                    acronym: None,
                    well_known: false,
                    introduced: None,
                    fits: true,
                    full_mentions: Vec::new(),
                    acronym_mentions: Vec::new(),
                });
                self.organisations.len() - 1
            }
            None => return,
        };
        self.by_acronym.insert(text.to_owned(), at);
        let organisation = &mut self.organisations[at];
        organisation.acronym.get_or_insert_with(|| text.to_owned());
        organisation.well_known = lists::is_well_known(text);
        organisation.acronym_mentions.push(passage);
    }

    fn finish(mut self) -> Vec<Organisation> {
        for organisation in &mut self.organisations {
            organisation.full_mentions.sort_unstable();
            // The name of an introduction may have been found by itself too.
            organisation.full_mentions.dedup();
            organisation.acronym_mentions.sort_unstable();
        }
        let first =
            |o: &Organisation| o.full_mentions.first().into_iter().chain(o.acronym_mentions.first()).min().copied();
        self.organisations.sort_by_key(first);
        self.organisations
    }
}

#[cfg(test)]
mod tests;
