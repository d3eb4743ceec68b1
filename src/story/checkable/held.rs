//! Facts held to what the story was written from: found there beside the same subject, or found otherwise.
//!
//! That something is found otherwise is said only where it stands nowhere as the story has it, and where the source says
//! another value of the same kind of much the same thing, which the story does not have elsewhere.

use super::{Fact, FactKind, FactSheet, identity, words};
use crate::material::{QuoteStatus, find};
use crate::story::Story;
use crate::story::evidence::{Amount, Day, Named, Shared, Statement, Subject, amounts_of, is_pointed_at, is_slip};
use crate::story::figure::Unit;
use crate::story::time::Form;
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

/// The most of what may be the same thing that is kept of a fact.
const MOST_OTHERWISE: usize = 8;

/// Holds all facts of `sheet` to the story's material.
pub fn hold(story: &Story, sheet: &FactSheet) -> Vec<Option<SourceSays>> {
    if story.material.is_empty() {
        return vec![None; sheet.facts.len()];
    }
    let amounts: Vec<Vec<(Span, Amount)>> =
        story.paragraphs.iter().enumerate().map(|(at, read)| resolved(story, at, amounts_of(read))).collect();
    let own: Vec<&Amount> = amounts.iter().flatten().map(|(_, amount)| amount).collect();
    let is_said = |amount: &Amount| own.iter().any(|known| known.agrees(amount));
    let one = |fact: &Fact| {
        let key = key(story, fact);
        let held = story.material.held(key, || Work { story, fact }.held(&amounts));
        if held.found.is_some() {
            return held.found.clone();
        }
        let free = held.otherwise.iter().filter(|other| match &other.amount {
            Some(amount) => !is_said(amount),
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
fn key(story: &Story, fact: &Fact) -> String {
    let person = fact.person.and_then(|at| story.people.get(at)).map_or("", |person| person.name.as_str());
    let published = story.published.map(|published| published.date);
    format!("{}\n{}\n{}\n{person}\n{:?}\n{published:?}", fact.kind, fact.words, fact.sentence, fact.meaning)
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
            FactKind::Relation | FactKind::Link | FactKind::Credit => Held::default(),
            kind if kind.is_of_sentence() => Held::default(),
            FactKind::Name => self.name(),
            FactKind::Title => self.title(),
            _ => {
                let passage = fact.first();
                let own = amounts.get(passage.paragraph()).and_then(|own| {
                    own.iter().filter(|(span, _)| span.overlaps(passage.span)).max_by_key(|(span, _)| span.len())
                });
                match own {
                    Some((span, amount)) => self.amount(*span, amount, amounts),
                    // “A few years” stand in any source.
                    None if is_of_numbers(fact.kind) && !fact.words.bytes().any(|b| b.is_ascii_digit()) => {
                        Held::default()
                    }
                    None => Held { found: self.as_written(), otherwise: Vec::new() },
                }
            }
        }
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

    fn amount(&self, span: Span, amount: &Amount, amounts: &[Vec<(Span, Amount)>]) -> Held {
        let passage = self.fact.first();
        let read = &self.story.paragraphs[passage.paragraph()];
        let subject = Subject::around(&read.paragraph, span);
        let sentence = read.paragraph.sentence_at(span.start).map_or(span, |sentence| sentence.span);
        // What else the sentence says tells whether another sentence is about the same.
        let beside: Vec<&Amount> = amounts
            .get(passage.paragraph())
            .into_iter()
            .flatten()
            .filter(|(other, _)| sentence.contains(*other) && !other.overlaps(span))
            .map(|(_, amount)| amount)
            .collect();
        let mut amount = amount.clone();
        let is_age = self.fact.kind == FactKind::Age;
        if let (Amount::Number(number), true) = (&mut amount, is_age) {
            number.unit = Some(Unit::Age);
        }
        let who = is_age.then(|| self.surname()).flatten();
        let born = who.as_ref().and_then(|_| self.born(&amount));
        // Nobody knows of whom an age without a name is said, or what “the two states” were told to be.
        let may_differ =
            self.may_differ(&amount) && who.is_some() == is_age && !is_pointed_at(&read.paragraph, span, &amount);
        let mut best: Option<(Shared, SourceSays)> = None;
        let mut otherwise: Vec<Otherwise> = Vec::new();
        for (source, statement) in self.statements() {
            let says = |agrees: bool| SourceSays {
                source,
                piece: statement.piece as usize,
                agrees,
                words: statement.words.clone(),
            };
            let is_about = who.as_ref().is_none_or(|who| match &statement.who {
                Some(named) => named == who,
                None => statement.subject.has(who),
            });
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
                let is_known = shared.all > 0 || who.is_some() || is_distinctive(&amount);
                if is_known
                    && best.as_ref().is_none_or(|(known, _)| (shared.all, shared.near) > (known.all, known.near))
                {
                    best = Some((shared, says(true)));
                }
                continue;
            }
            let is_like = of_birth.is_some() || amount.is_like(&statement.amount);
            if best.is_some() || !is_like || !is_about || !may_differ || statement.is_pointed_at {
                continue;
            }
            let shared = subject.shared(&statement.subject);
            let is_same = match &statement.cell {
                Some(cell) => is_same_cell(&subject, cell, &amount, &statement.amount),
                None => {
                    is_same_thing(&amount, &statement.amount, shared) && self.agrees_beside(&beside, source, statement)
                }
            };
            if who.is_some() && statement.is_of_age() || is_same {
                let words = match of_birth {
                    Some(_) => format!("born {}", statement.words),
                    None => statement.words.clone(),
                };
                otherwise.push(Otherwise {
                    likeness: (shared.near + 2 * u32::from(are_a_slip(&amount, &statement.amount)), shared.all),
                    says: SourceSays { words, ..says(false) },
                    amount: Some(statement.amount.clone()),
                });
            }
        }
        otherwise.sort_by_key(|other| std::cmp::Reverse(other.likeness));
        otherwise.truncate(MOST_OTHERWISE);
        let found = best.map(|(_, says)| says).or_else(|| match amount {
            // What no reader of amounts finds may stand there in the same words.
            Amount::Number(_) => None,
            _ => self.as_written(),
        });
        Held { found, otherwise }
    }

    /// Whether a sentence of a source says at least one of the amounts that stand beside a fact, where both have others:
    /// where all of them differ, it is about something else.
    fn agrees_beside(&self, beside: &[&Amount], source: usize, held: &Statement) -> bool {
        let Some(evidence) = self.story.material.evidence().get(source) else { return false };
        let others = evidence.of_sentence(held.sentence).iter().filter(|other| !std::ptr::eq(*other, held));
        let like = others.flat_map(|other| beside.iter().map(move |own| (own, &other.amount)));
        let mut like = like.filter(|(own, other)| own.is_like(other)).peekable();
        like.peek().is_none() || like.any(|(own, other)| own.agrees(other))
    }

    /// The surname, in lower case, of whom the fact is about.
    fn surname(&self) -> Option<String> {
        let surname = self.story.people.get(self.fact.person?)?.surname.to_lowercase();
        surname.split_whitespace().last().map(str::to_owned)
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
            if other == low {
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
        otherwise.sort_by_key(|other| std::cmp::Reverse(other.likeness));
        otherwise.truncate(MOST_OTHERWISE);
        Held { found: None, otherwise }
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
        // The source may say it elsewhere in the same breath.
        if let Some(spot) = find(&self.fact.words, &person.name, self.story.material) {
            let pieces = &self.story.material[spot.source].pieces;
            let near = pieces.get(spot.piece.saturating_sub(1)..(spot.piece + 2).min(pieces.len())).unwrap_or_default();
            if near.iter().any(|piece| piece.text.to_lowercase().contains(&surname)) {
                return Held { found: Some(says(spot.source, spot.piece, true, &title)), otherwise: Vec::new() };
            }
        }
        Held { found: None, otherwise }
    }
}

/// Whether facts of this kind are amounts.
fn is_of_numbers(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Duration | FactKind::Figure | FactKind::Share | FactKind::Rank | FactKind::Age | FactKind::Date
    )
}

/// Whether the value alone tells that it is the same: few things are 4,187,302 in number.
fn is_distinctive(amount: &Amount) -> bool {
    match amount {
        Amount::Number(number) => {
            let digits = format!("{:e}", number.value.abs());
            let digits = digits.split('e').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
            let is_exact = number.value.fract() != 0.0;
            let is_measured = matches!(number.unit, Some(Unit::Measure(_)));
            digits >= 4 || is_exact && (digits >= 3 || digits == 2 && is_measured) || digits >= 2 && number.value >= 1e6
        }
        Amount::Day(day) => day.year.is_some() && day.day.is_some(),
        _ => false,
    }
}

/// Whether two amounts that differ are said of the same thing, as far as words can tell.
fn is_same_thing(story: &Amount, source: &Amount, shared: Shared) -> bool {
    let Shared { near, all, of, own, of_others, words, names, near_names } = shared;
    // Most of the names beside it must be those of the source: “20 points in New Hampshire” are none in Iowa.
    if of_others || near_names.1 * 2 < near_names.0 || !is_of_kind(story, source) {
        return false;
    }
    // “Twelve percent more than last year” is said of anything.
    let is_share = |amount: &Amount| match amount {
        Amount::Number(number) => matches!(number.unit, Some(Unit::Percent | Unit::PercentagePoints | Unit::Fraction)),
        _ => false,
    };
    if is_share(story) && !names && all < 6 {
        return false;
    }
    // All that the story says of it may be little.
    let much = all >= 4 && all * 2 >= of || all >= 3 && all * 4 >= of * 3 || words >= 2 && all == own;
    near >= 2 && (much || are_a_slip(story, source) && all * 3 >= of)
}

/// Whether two amounts may be those of one thing by what they count and how large they are.
fn is_of_kind(story: &Amount, source: &Amount) -> bool {
    if let (Amount::Number(one), Amount::Number(other)) = (story, source) {
        // A count of another thing, or one far from it but for its zeros, is another figure.
        let counts = |unit: Option<Unit>| unit.is_none_or(|unit| unit == Unit::Count);
        if counts(one.unit)
            && counts(other.unit)
            && other.unit.is_some()
            && (one.noun.is_none() || one.noun != other.noun)
        {
            return false;
        }
        let ratio = (one.value.abs() / other.value.abs()).log10();
        let of_size = ratio.abs() <= 0.8 || [3.0, 6.0].iter().any(|zeros| (ratio.abs() - zeros).abs() < 0.02);
        if !of_size {
            return false;
        }
    }
    true
}

/// Whether the story, in which something is said of `subject`, speaks of the cell with these words in its row and in the
/// head of its column.
fn is_same_cell(subject: &Subject, cell: &(Subject, Subject), story: &Amount, source: &Amount) -> bool {
    let (row, head) = (subject.shared(&cell.0), subject.shared(&cell.1));
    let noun = match story {
        Amount::Number(number) => {
            number.noun.as_deref().is_some_and(|noun| cell.1.has_stem(noun) || cell.0.has_stem(noun))
        }
        _ => false,
    };
    let whole = cell.0.weight();
    let says_row = row.near > 0 && row.all * 2 >= whole;
    let says_all = row.all >= 2 && row.all >= whole;
    is_of_kind(story, source) && (says_row && (head.all > 0 || noun) || says_all)
}

/// Whether one is the other with a slip of the finger.
fn are_a_slip(story: &Amount, source: &Amount) -> bool {
    match (story, source) {
        (Amount::Number(one), Amount::Number(other)) => is_slip(one.value, other.value),
        // The years of a decade are all one digit apart.
        (Amount::Day(one), Amount::Day(other))
            if (one.month, one.day) == (other.month, other.day) && one.month.is_some() =>
        {
            one.year.zip(other.year).is_some_and(|(one, other)| is_slip(one.into(), other.into()))
        }
        _ => false,
    }
}

/// How alike two names (lower case) are that may be one, spelled in two ways; `None` where they are those of two people.
fn likeness_of_names(one: &str, other: &str) -> Option<u32> {
    let ends = |name: &str| {
        let words: Vec<String> = name.split_whitespace().map(|word| word.trim_matches('.').to_owned()).collect();
        (words.len() >= 2).then(|| (words[0].clone(), words[words.len() - 1].clone()))
    };
    let ((given, last), (other_given, other_last)) = (ends(one)?, ends(other)?);
    let (left, right) = match (given == other_given, last == other_last) {
        (true, false) => (last, other_last),
        (false, true) => (given, other_given),
        _ => return None,
    };
    let length = left.chars().count().min(right.chars().count());
    if length < 3 || !crate::text::are_comparable(&left, &right) || left.starts_with(&right) || right.starts_with(&left)
    {
        return None;
    }
    let distance = strsim::damerau_levenshtein(&left, &right) as u32;
    (distance == 1 || distance == 2 && length >= 6).then(|| 3 - distance)
}

/// Whether two titles (lower case) cannot both be right of one person: the same office of another rank, or another office of
/// the same body.
fn are_rivals(one: &str, other: &str) -> bool {
    let parts = |title: &str| {
        let words: Vec<String> = title.split_whitespace().map(str::to_owned).collect();
        let of = words.iter().position(|word| matches!(word.as_str(), "of" | "for" | "at")).unwrap_or(words.len());
        let head = of.checked_sub(1).and_then(|at| words.get(at)).cloned().unwrap_or_default();
        let ranks: Vec<String> = words[..of].iter().filter(|word| words::is_rank(word)).cloned().collect();
        (head, ranks, identity::content_words(&words[of.min(words.len())..].join(" ")))
    };
    if one.split_whitespace().chain(other.split_whitespace()).any(words::is_describing) {
        return false;
    }
    let ((head, ranks, body), (other_head, other_ranks, other_body)) = (parts(one), parts(other));
    match head == other_head {
        true => ranks != other_ranks,
        false => body.iter().any(|word| other_body.contains(word)),
    }
}
