//! Facts held to what the story was written from: found there beside the same subject, or found otherwise.
//!
//! That something is found otherwise is said only where it stands nowhere as the story has it, and where the source says
//! another value of the same kind of much the same thing, which the story does not have elsewhere.

use super::beside::{Own, names_speaker};
use super::likeness::{
    are_a_slip, are_rivals, count_the_same, counts_cell, is_distinctive, is_of_numbers, is_same_name,
    likeness_of_names, speaks_of_cell,
};
use super::{Fact, FactKind, FactSheet, whose};
use crate::material::{QuoteStatus, find};
use crate::prose::Passage;
use crate::story::Story;
use crate::story::evidence::{
    Amount, CountedNumber, Day, Named, Shared, Statement, Subject, amounts_of, counts_kin, is_of_then, is_pointed_at,
};
use crate::story::figure::FigureUnit;
use crate::story::time::{Form, TimeExpression};
use crate::text::Span;

/// What a source says of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSays {
    /// Index of the source in the story's material.
    pub source: usize,
    /// Index of the piece in it.
    pub piece: usize,
    /// It says what the story says.
    pub agrees: bool,
    /// As the source writes it.
    pub words: String,
}

/// What was found about one fact, whatever the rest of the story says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    found: Option<SourceSays>,
    /// What may be said of the same thing, the likest first.
    otherwise: Vec<Otherwise>,
}

/// Something else that a source says of what may be the same thing.
#[derive(Clone, Debug)]
struct Otherwise {
    likeness: (u32, u32),
    says: SourceSays,
    amount: Option<Amount>,
}

impl Otherwise {
    /// What a statement says of what the story has as `amount`.
    fn of(amount: &Amount, statement: &Statement, shared: Shared, mut says: SourceSays) -> Self {
        if matches!((amount, &statement.amount), (Amount::Number(_), Amount::Born(_))) {
            says.words = format!("born {}", says.words);
        }
        let slip = u32::from(are_a_slip(amount, &statement.amount));
        Self { likeness: (shared.near + 2 * slip, shared.all), says, amount: Some(statement.amount.clone()) }
    }
}

/// The most of what may be the same thing that is kept of a fact.
const MOST_OTHERWISE: usize = 8;

/// The most places of a fact that are held to the material.
const MOST_PLACES: usize = 6;

/// The likest of what may be said of the same thing, these first.
fn likest(mut otherwise: Vec<Otherwise>) -> Vec<Otherwise> {
    otherwise.sort_by_key(|other| std::cmp::Reverse(other.likeness));
    otherwise.truncate(MOST_OTHERWISE);
    otherwise
}

/// Holds all facts of `sheet` to the story's material.
pub fn hold(story: &Story, sheet: &FactSheet) -> Vec<Option<SourceSays>> {
    if story.material.is_empty() {
        return vec![None; sheet.facts.len()];
    }
    let amounts: Vec<Vec<(Span, Amount)>> =
        story.paragraphs.iter().enumerate().map(|(at, read)| resolved(story, at, amounts_of(read))).collect();
    let own = || amounts.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |(_, amount)| (at, amount)));
    let own: Vec<(usize, &Amount)> = own().collect();
    // “More than $640,000” does not say 643,281 of what the story has as 643,218: without a word such as “about”, it rounds.
    let as_number = |amount: &Amount| match amount {
        Amount::Number(number) => Amount::Number(CountedNumber { bound: None, ..number.clone() }),
        other => other.clone(),
    };
    // A number that counts nothing by name says that of other paragraphs only where it is large.
    let may_count = |known: &Amount, amount: &Amount| match (known, amount) {
        (Amount::Number(known), Amount::Number(amount)) => {
            known.noun.is_some() || amount.noun.is_none() || amount.value >= 100.0
        }
        _ => true,
    };
    let is_said = |amount: &Amount, here: usize| {
        // Whoever says “in February” does not say Feb. 26.
        let says = |known: &Amount| match (known, amount) {
            (Amount::Day(_), Amount::Day(_)) => known.is_like(amount) && known.agrees(amount),
            _ => as_number(known).agrees(amount),
        };
        let mut alike = own.iter().filter(|(_, known)| says(known));
        alike.any(|(at, known)| *at == here || may_count(known, amount))
    };
    let renamed = whose::renamed_in(story);
    let one = |fact: &Fact| {
        let work = Work { story, fact, who: whose::surnames(story, fact, &renamed) };
        let key = key(story, fact, &work.who);
        let held = story.material.held(key, || work.held(&amounts));
        if held.found.is_some() {
            return held.found.clone();
        }
        let free = held.otherwise.iter().filter(|other| match &other.amount {
            Some(amount) => !is_said(amount, fact.first().paragraph()),
            None => !is_somebody(story, &other.says.words),
        });
        let mut free = free.peekable();
        let best = free.next()?;
        // Of two that are as likely, neither is.
        let is_other = |other: &Otherwise| match (&other.amount, &best.amount) {
            (Some(one), Some(other)) => !one.agrees(other),
            _ => other.says.words != best.says.words,
        };
        let is_torn = free.any(|other| other.likeness == best.likeness && is_other(other));
        (!is_torn).then(|| best.says.clone())
    };
    sheet.facts.iter().map(one).collect()
}

/// All that what is found about a fact depends on.
fn key(story: &Story, fact: &Fact, who: &[String]) -> String {
    let person = fact.person.and_then(|at| story.people.get(at)).map_or("", |person| person.name.as_str());
    let published = story.published.map(|published| published.date);
    let again = fact.places.iter().skip(1).take(MOST_PLACES - 1);
    let again: Vec<&str> = again
        .filter_map(|place| {
            let paragraph = story.paragraph(place.paragraph());
            Some(paragraph.slice(paragraph.sentence_at(place.span.start)?.span))
        })
        .collect();
    let again = if is_of_numbers(fact.kind) { again.join("\n") } else { String::new() };
    let who = who.join(" ");
    format!(
        "{}\n{}\n{}\n{again}\n{person}\n{who}\n{:?}\n{published:?}",
        fact.kind, fact.words, fact.sentence, fact.meaning
    )
}

/// The amounts of paragraph number `at`, with days as the story resolves them.
fn resolved(story: &Story, at: usize, mut amounts: Vec<(Span, Amount)>) -> Vec<(Span, Amount)> {
    for time in story.times_in(at) {
        let day = match (time.from, time.to) {
            (Some(from), Some(to)) if from == to => {
                Day { year: Some(from.year()), month: Some(from.month() as u8), day: Some(from.day() as u8) }
            }
            (Some(from), Some(to)) if (from.year(), from.month()) == (to.year(), to.month()) && from.day() == 1 => {
                Day { year: Some(from.year()), month: Some(from.month() as u8), day: None }
            }
            _ => continue,
        };
        match amounts.iter_mut().find(|(span, _)| *span == time.passage.span) {
            // A month that covers only a part of itself, and a year, stay what they are.
            Some((_, Amount::Day(known) | Amount::Born(known)))
                if known.day.is_some() == day.day.is_some() && known.month.is_some() =>
            {
                *known = day;
            }
            Some(_) => {}
            None if day.day.is_some() => amounts.push((time.passage.span, Amount::Day(day))),
            None => {}
        }
    }
    amounts
}

/// Whether the story has somebody of this name.
fn is_somebody(story: &Story, name: &str) -> bool {
    story.people.iter().any(|person| person.name.eq_ignore_ascii_case(name))
}

/// Holding one fact.
struct Work<'w> {
    story: &'w Story<'w>,
    fact: &'w Fact,
    /// The surnames of whom it is about, in lower case.
    who: Vec<String>,
}

impl Work<'_> {
    fn held(&self, amounts: &[Vec<(Span, Amount)>]) -> Held {
        let fact = self.fact;
        let material = self.story.material;
        match fact.kind {
            FactKind::Quote => {
                let check = material.check_quote(fact.words.trim_matches(['“', '”', '"', '‘', '’', ',']));
                let found = check.source.zip(check.piece).map(|(source, piece)| SourceSays {
                    source,
                    piece,
                    agrees: check.status == QuoteStatus::Verbatim,
                    words: check.words.clone(),
                });
                Held { found, otherwise: Vec::new() }
            }
            FactKind::Link | FactKind::Credit => Held::default(),
            FactKind::Relation if !self.counts_kin(amounts) => Held::default(),
            kind if kind.is_of_sentence() => Held::default(),
            FactKind::Name => self.name(),
            FactKind::Title => self.title(),
            _ => {
                let own = |passage: &Passage| {
                    let own = amounts.get(passage.paragraph())?.iter();
                    own.filter(|(span, _)| span.overlaps(passage.span)).max_by_key(|(span, _)| span.len())
                };
                let first = fact.places.iter().find_map(own);
                match first {
                    // Each sentence that says it may be the one that the source has much like it.
                    Some(_) => {
                        let places = fact.places.iter().take(MOST_PLACES);
                        let each = places.filter_map(|place| Some((place, own(place)?)));
                        let mut all = Held::default();
                        for (place, (span, amount)) in each {
                            let held = self.amount(*place, *span, amount, amounts);
                            if held.found.is_some() {
                                return held;
                            }
                            all.otherwise.extend(held.otherwise);
                        }
                        Held { otherwise: likest(all.otherwise), ..all }
                    }
                    // “A few years” stand in any source.
                    None if is_of_numbers(fact.kind) && !fact.words.bytes().any(|b| b.is_ascii_digit()) => {
                        Held::default()
                    }
                    None => Held { found: self.as_written(), otherwise: Vec::new() },
                }
            }
        }
    }

    /// Whether it says how many brothers, sisters or the like there are: `the youngest of four sisters`.
    fn counts_kin(&self, amounts: &[Vec<(Span, Amount)>]) -> bool {
        let first = self.fact.first();
        amounts.get(first.paragraph()).is_some_and(|own| own.iter().any(|(span, _)| first.span.contains(*span)))
    }

    /// Where the fact's words stand in the material as they are.
    fn as_written(&self) -> Option<SourceSays> {
        let spot = find(&self.fact.words, &self.fact.sentence, self.story.material)?;
        let words = self.fact.words.clone();
        Some(SourceSays { source: spot.source, piece: spot.piece, agrees: true, words })
    }

    /// All statements of all sources, with the number of the source.
    fn statements(&self) -> impl Iterator<Item = (usize, &Statement)> {
        let evidence = self.story.material.evidence().iter().enumerate();
        evidence.flat_map(|(source, evidence)| evidence.statements.iter().map(move |statement| (source, statement)))
    }

    /// Everybody whom sources name in full, with the number of the source.
    fn names(&self) -> impl Iterator<Item = (usize, &Named)> {
        let evidence = self.story.material.evidence().iter().enumerate();
        evidence.flat_map(|(source, evidence)| evidence.names.iter().map(move |named| (source, named)))
    }

    /// What is said of the amount that stands on `span` in `passage`.
    fn amount(&self, passage: Passage, span: Span, amount: &Amount, amounts: &[Vec<(Span, Amount)>]) -> Held {
        let read = &self.story.paragraphs[passage.paragraph()];
        let subject = Subject::around(&read.paragraph, span);
        let sentence = read.paragraph.sentence_at(span.start).map_or(span, |sentence| sentence.span);
        // What else the sentence says tells whether another sentence is about the same.
        let own = amounts.get(passage.paragraph()).into_iter().flatten();
        let others = own.filter(|(other, _)| sentence.contains(*other) && !other.overlaps(span));
        let beside: Vec<&Amount> = others.map(|(_, amount)| amount).collect();
        let mut amount = amount.clone();
        let is_age = self.fact.kind == FactKind::Age;
        if let (Amount::Number(number), true) = (&mut amount, is_age) {
            number.unit = Some(FigureUnit::Age);
        }
        let counts_kin = counts_kin(&read.paragraph, span);
        let who = (is_age || counts_kin).then_some(&self.who).filter(|who| !who.is_empty());
        // “She was 31 when she came” is no age of today.
        let is_of_then = is_age && is_of_then(&read.paragraph, span);
        let born = who.filter(|_| is_age && !is_of_then).and_then(|_| self.born(&amount));
        // Nobody knows what “the two states” were told to be.
        let may_differ = self.may_differ(&amount) && !is_pointed_at(&read.paragraph, span, &amount);
        let years = self.years(passage.paragraph(), sentence);
        let dated = subject.clone().with(&Subject::of_words(years.iter().map(String::as_str)));
        // Of a part, another text may tell another one: only a slip is worth a question.
        let is_part = read.paragraph.low(read.paragraph.tokens_in(span).end) == "of";
        let of_others = if who.is_some() { self.are_of_others() } else { Vec::new() };
        let mut best: Option<(Shared, SourceSays)> = None;
        let mut otherwise: Vec<Otherwise> = Vec::new();
        for (source, statement) in self.statements() {
            let says = |agrees: bool| SourceSays {
                source,
                piece: statement.piece as usize,
                agrees,
                words: statement.words.clone(),
            };
            let is_about = who.is_none_or(|who| match &statement.who {
                Some(named) => self.is(named, statement),
                None => !is_age || who.iter().any(|surname| statement.subject.has(surname)),
            });
            // A column or row of another year is about that.
            let cell = statement.cell.as_deref();
            if cell.is_some_and(|cell| !cell.is_of_years(&years) || counts_kin && !counts_cell(cell, &amount)) {
                continue;
            }
            // Somebody else of the same surname is somebody else, and how many goals somebody scored is no age.
            if of_others.get(source) == Some(&true)
                || is_age && !statement.is_of_age() && (who.is_none() || cell.is_some())
            {
                continue;
            }
            let subject = if cell.is_some() { &dated } else { &subject };
            let of_birth = born.as_ref().zip(match &statement.amount {
                Amount::Born(day) => day.year,
                _ => None,
            });
            let agrees = match of_birth {
                Some((years, year)) => is_about && years.contains(&year),
                None => amount.agrees(&statement.amount) && is_about,
            };
            if agrees {
                let shared = subject.shared(&statement.subject);
                let is_told = cell.map_or(shared.all > 0, |cell| speaks_of_cell(subject, cell, &amount));
                let is_known = is_told || who.is_some() || is_distinctive(&amount);
                let is_better = |known: &Shared| (shared.all, shared.near) > (known.all, known.near);
                if is_known && best.as_ref().is_none_or(|(known, _)| is_better(known)) {
                    best = Some((shared, says(true)));
                }
                continue;
            }
            let is_like = of_birth.is_some() || amount.is_like(&statement.amount);
            // A column that counts by name what the story counts is in no other unit or scale.
            let is_vague = statement.is_vague && !cell.is_some_and(|cell| counts_cell(cell, &amount));
            if best.is_some() || !is_like || !is_about || !may_differ || is_vague {
                continue;
            }
            let mut shared = subject.shared(&statement.subject);
            if names_speaker(self.story, passage.paragraph(), sentence, source, statement) {
                shared.add_name();
            }
            // Nobody knows of whom an age without a name is said, but things have ages, too: “the boiler is 38 years old”.
            let is_of_thing = statement.who.is_none() && statement.is_of_age() && shared.same_hook && shared.words >= 2;
            if is_age && who.is_none() && !is_of_thing {
                continue;
            }
            let own = Own { story: self.story, fact: self.fact, subject, amount: &amount, beside: &beside, is_part };
            let is_same = own.is_same(source, statement, shared);
            let is_age_of_whom =
                statement.is_of_age() && is_of_then == statement.is_of_then && (!is_of_then || shared.words >= 2);
            let is_kin_of_whom = counts_kin && statement.who.is_some() && count_the_same(&amount, &statement.amount);
            if who.is_some() && (is_age_of_whom || is_kin_of_whom) || is_same {
                otherwise.push(Otherwise::of(&amount, statement, shared, says(false)));
            }
        }
        let found = best.map(|(_, says)| says).or_else(|| match amount {
            // What no reader of amounts finds may stand there in the same words.
            Amount::Number(_) => None,
            _ => self.as_written(),
        });
        Held { found, otherwise: likest(otherwise) }
    }

    /// The years of which a sentence speaks, as the story resolves them: `last year`, `in 2014`.
    fn years(&self, paragraph: usize, sentence: Span) -> Vec<String> {
        let times = self.story.times_in(paragraph).iter().filter(|time| sentence.contains(time.passage.span));
        let year = |time: &TimeExpression| match (time.from, time.to) {
            (Some(from), Some(to)) if from.year() == to.year() => Some(from.year().to_string()),
            _ => None,
        };
        let mut years: Vec<String> = times.filter_map(year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether the statement that is said of this surname is about the person of the fact. Of whoever bore another name, other
    /// people may have that as well.
    fn is(&self, surname: &str, statement: &Statement) -> bool {
        let given = || self.fact.person.and_then(|at| self.story.people.get(at)).map_or("", |person| &person.given);
        match self.who.iter().position(|own| own == surname) {
            Some(0) => true,
            Some(_) => {
                given().split_whitespace().next().is_some_and(|given| statement.subject.has(&given.to_lowercase()))
            }
            None => false,
        }
    }

    /// For each source, whether it has these surnames, and only of people whose given names are others.
    fn are_of_others(&self) -> Vec<bool> {
        let mut found = vec![(false, false); self.story.material.len()];
        let person = self.fact.person.and_then(|at| self.story.people.get(at));
        let given = person.and_then(|person| person.given.split_whitespace().next()).map(str::to_lowercase);
        for (source, named) in self.names().filter(|_| given.is_some()) {
            let name = named.name.to_lowercase();
            let is_alike = self.who.iter().any(|surname| name.split_whitespace().last() == Some(surname));
            if let Some((alike, own)) = found.get_mut(source).filter(|_| is_alike) {
                *alike = true;
                *own |= given.as_ref().is_some_and(|given| name.starts_with(given));
            }
        }
        found.into_iter().map(|(alike, own)| alike && !own).collect()
    }

    /// The years in which somebody may be born who is so old when the story appears.
    fn born(&self, amount: &Amount) -> Option<std::ops::RangeInclusive<i16>> {
        let Amount::Number(age) = amount else { return None };
        let published = self.story.published?.date;
        let born = published.year() - age.value as i16;
        Some(born - 1..=born)
    }

    /// Whether the story names it in a way that can be wrong: `Monday` is a day only for whoever knows when it was written.
    fn may_differ(&self, amount: &Amount) -> bool {
        if !matches!(amount, Amount::Day(_)) {
            return true;
        }
        let passage = self.fact.first();
        let times = self.story.times_in(passage.paragraph()).iter();
        times.filter(|time| time.passage.span.overlaps(passage.span)).any(|time| {
            self.story.expression(time).is_some_and(|read| matches!(read.form, Form::Calendar { which: None, .. }))
        })
    }

    fn name(&self) -> Held {
        let low = self.fact.words.to_lowercase();
        if let Some(found) = self.as_written() {
            return Held { found: Some(found), otherwise: Vec::new() };
        }
        let mut otherwise = Vec::new();
        for (source, named) in self.names() {
            let other = named.name.to_lowercase();
            let says = |agrees| SourceSays { source, piece: named.piece as usize, agrees, words: named.name.clone() };
            if is_same_name(&low, &other, &self.who) {
                return Held { found: Some(says(true)), otherwise: Vec::new() };
            }
            if let Some(likeness) = likeness_of_names(&low, &other) {
                otherwise.push(Otherwise { likeness: (likeness, 0), says: says(false), amount: None });
            }
        }
        // Whoever speaks under a label with this surname is named there, where nobody is named otherwise.
        let surname = low.split_whitespace().last().unwrap_or_default();
        let is_label = |speaker: &Option<String>| speaker.as_ref().is_some_and(|name| name.to_lowercase() == surname);
        let unnamed = self.story.material.iter().enumerate().filter(|_| otherwise.is_empty());
        for (source, material) in unnamed {
            if let Some(piece) = material.pieces.iter().position(|piece| is_label(&piece.speaker)) {
                let words = material.pieces[piece].speaker.clone().unwrap_or_default();
                let found = Some(SourceSays { source, piece, agrees: true, words });
                return Held { found, otherwise: Vec::new() };
            }
        }
        Held { found: None, otherwise: likest(otherwise) }
    }

    fn title(&self) -> Held {
        let none = Held::default();
        let Some(person) = self.fact.person.and_then(|at| self.story.people.get(at)) else { return none };
        let title = self.fact.words.to_lowercase();
        let surname = person.surname.to_lowercase();
        let says = |source, piece, agrees, words: &str| SourceSays { source, piece, agrees, words: words.to_owned() };
        let mut otherwise = Vec::new();
        for (source, named) in self.names().filter(|(_, named)| named.name.to_lowercase().ends_with(&surname)) {
            let Some(other) = &named.title else { continue };
            let piece = named.piece as usize;
            if other.contains(&title) || title.contains(other.as_str()) {
                return Held { found: Some(says(source, piece, true, other)), otherwise: Vec::new() };
            }
            if named.name.eq_ignore_ascii_case(&person.name) && are_rivals(&title, other) {
                otherwise.push(Otherwise { likeness: (0, 0), says: says(source, piece, false, other), amount: None });
            }
        }
        // The source may say it elsewhere in the same breath, and leave out where: “Optical Engineer” of an optical engineer at a firm.
        let whole = self.fact.words.as_str();
        let head = whole.split(" at ").next().filter(|head| head.contains(' ')).unwrap_or(whole);
        let spot = |words: &str| find(words, &person.name, self.story.material);
        if let Some(spot) = spot(whole).or_else(|| spot(head)) {
            let pieces = &self.story.material[spot.source].pieces;
            let near = pieces.get(spot.piece.saturating_sub(1)..(spot.piece + 2).min(pieces.len())).unwrap_or_default();
            if near.iter().any(|piece| piece.text.to_lowercase().contains(&surname)) {
                return Held { found: Some(says(spot.source, spot.piece, true, &title)), otherwise: Vec::new() };
            }
        }
        Held { found: None, otherwise }
    }
}
