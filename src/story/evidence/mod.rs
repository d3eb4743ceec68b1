//! What sources say that a story's facts can be held to: amounts and dates with what they are said of, names and titles.
//!
//! A source is read by the readers of the story itself, so that “4.2 million” and “4,200,000” are one amount and “the 20th of
//! February” and “2018-02-20” one day. Cells of tables take their unit, their scale and what they are about from the heads of their
//! columns and the words of their rows.

mod amount;
mod renamed;
mod subject;
mod tables;
mod who;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use crate::dictionary;
use crate::markup::{BlockKind, Format};
use crate::material::{Material, Place};
use crate::prose::{Paragraph, TokenKind};
use crate::text::{Span, single_spaced};

use super::ParagraphFacts;
use super::{figure, person, time, trigger_table};

use amount::amounts;
pub(crate) use amount::{Amount, CountedNumber, Day, digits, is_pointed_at, is_slip};
pub(crate) use renamed::{Renamed, is_maiden, renamed};
pub(crate) use subject::{Shared, Subject, stem};
use who::Whose;
pub(crate) use who::{counts_kin, is_of_then};

/// The most bytes of a stretch of text that is read at once.
const LONGEST: usize = 20_000;

/// The most bytes of one source that are read for facts: some three million words.
const MOST_BYTES: usize = 16 << 20;

/// One amount or date of a source.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// Index of the piece of the source in which it stands.
    pub piece: u32,
    pub amount: Amount,
    /// Which sentence of the source says it.
    pub sentence: u32,
    /// As the source writes it.
    pub words: String,
    /// What it is said of.
    pub subject: Subject,
    /// It may bear a story out, and never says that the story is wrong: one of several things that were told before, such as
    /// “the two states”, or a cell of which nobody can tell whether it is in thousands.
    pub is_vague: bool,
    /// It stands behind a label that says what is counted: `Grandchildren: five`.
    pub is_labelled: bool,
    /// Of a number in a table, what is written around it.
    pub cell: Option<Box<Cell>>,
    /// It is an age of another day than that of the source: `She was 25 when she came.`
    pub is_of_then: bool,
    /// Of an age, a birth or a count of kin in running text, the surname of whom it is said, in lower case; empty where that is somebody without
    /// a name.
    pub who: Option<String>,
}

impl Statement {
    /// Whether it says how old somebody is.
    pub fn is_of_age(&self) -> bool {
        match &self.amount {
            Amount::Number(number) => number.unit == Some(figure::FigureUnit::Age),
            amount => matches!(amount, Amount::Born(_)),
        }
    }
}

/// What is written around a number in a table.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// The words of its row.
    pub row: Subject,
    /// The head of its column.
    pub head: Subject,
    /// The year that the head is, or that the row begins with.
    pub year: Option<String>,
    /// The years in the heads of all columns.
    pub years: Arc<Vec<String>>,
}

impl Cell {
    /// Whether it may be about one of these years; it may where the table has none of them.
    pub fn is_of_years(&self, years: &[String]) -> bool {
        let has_other = || years.iter().any(|year| self.years.contains(year));
        self.year.as_ref().is_none_or(|year| years.contains(year) || !has_other())
    }
}

/// Somebody whom a source names in full.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub piece: u32,
    /// As the source writes it.
    pub name: String,
    /// The title beside it, in lower case.
    pub title: Option<String>,
}

/// What one source says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Sentence by sentence.
    pub statements: Vec<Statement>,
    pub names: Vec<Named>,
    /// Who bore other names.
    pub renamed: Vec<Renamed>,
    /// How many sentences were read, cells among them.
    sentences: u32,
}

impl Evidence {
    /// Reads a source.
    pub fn of(material: &Material) -> Self {
        let mut evidence = Self::default();
        tables::read(&material.pieces, &mut evidence);
        for stretch in stretches(material) {
            evidence.read(&stretch);
        }
        for (piece, speaker) in speakers(material) {
            evidence.names.push(Named { piece, name: speaker.to_owned(), title: None });
        }
        evidence
    }

    /// What one sentence says.
    pub fn of_sentence(&self, sentence: u32) -> &[Statement] {
        let first = self.statements.partition_point(|statement| statement.sentence < sentence);
        let own = self.statements.get(first..).unwrap_or_default();
        &own[..own.partition_point(|statement| statement.sentence == sentence)]
    }

    /// Reads a stretch of running text.
    fn read(&mut self, stretch: &Stretch) {
        let paragraph = Paragraph::new(BlockKind::Paragraph, stretch.text.as_str());
        let triggers = trigger_table::of(&paragraph);
        let times = time::read(&paragraph, &triggers);
        let figures = figure::read(&paragraph, &triggers, &times);
        let names = person::read(&paragraph, &triggers);
        self.renamed.extend(renamed(&paragraph, &names.names));
        let (names, pronouns) = (names.names, names.pronouns);
        let first = self.statements.len();
        let who =
            Whose { paragraph: &paragraph, names: &names, pronouns: &pronouns, speaker: stretch.speaker.as_deref() };
        for (span, mut amount) in amounts(&paragraph, &times, &figures) {
            if let Amount::Number(number) = &mut amount
                && who.is_age(span, number)
            {
                number.unit = Some(figure::FigureUnit::Age);
            }
            let subject = Subject::around(&paragraph, span);
            let words = single_spaced(paragraph.slice(span));
            let number = paragraph.sentences.partition_point(|sentence| sentence.span.end <= span.start) as u32;
            let (piece, sentence) = (stretch.piece_at(span), self.sentences + number);
            let is_vague = is_pointed_at(&paragraph, span, &amount);
            let is_labelled = amount::label(&paragraph, span).is_some();
            let mut statement = Statement {
                piece,
                amount,
                sentence,
                words,
                subject,
                is_vague,
                is_labelled,
                cell: None,
                is_of_then: false,
                who: None,
            };
            if (statement.is_of_age() || counts_kin(&paragraph, span))
                && let Some(who) = who.of(span)
            {
                let given = Subject::of_words(who.given.as_deref().into_iter());
                statement.subject = statement.subject.with(&given);
                statement.is_of_then = statement.is_of_age() && is_of_then(&paragraph, span);
                statement.who = Some(who.surname);
            }
            self.statements.push(statement);
        }
        self.sentences += paragraph.sentences.len() as u32;
        self.statements[first..].sort_by_key(|statement| statement.sentence);
        for name in names.iter().filter(|name| name.given.is_some()) {
            self.names.push(Named {
                piece: stretch.piece_at(name.span),
                name: single_spaced(paragraph.slice(name.span)),
                title: name.title.map(|title| single_spaced(paragraph.slice(title)).to_lowercase()),
            });
        }
    }
}

/// Orders names by how near they stand before `span`, and behind them all that stand behind it.
pub(crate) fn before_else_behind(name: Span, span: Span) -> (bool, u32) {
    match name.end <= span.start {
        true => (false, span.start - name.end),
        false => (true, name.start.saturating_sub(span.end)),
    }
}

/// Whether a name only says whose or what kind of person somebody is: “Ruiz’s 41-year-old aide”, “a 78-year-old Ruiz supporter”.
pub(crate) fn is_of_another(paragraph: &Paragraph, name: Span) -> bool {
    let behind = paragraph.tokens_in(name).end;
    let low = paragraph.low(behind);
    let forms = crate::dictionary::forms(low);
    let is_noun = crate::dictionary::Forms::of("n").is_some_and(|noun| forms.has(noun));
    let is_verb = crate::dictionary::Forms::of("vsd").is_some_and(|verb| forms.has(verb));
    let is_written_as_one = paragraph.tokens.get(behind).is_some_and(|next| !next.capital && next.spaced);
    let rest = paragraph.text.get(name.end()..).unwrap_or_default();
    crate::prose::without_possessive(paragraph.slice(name)) != paragraph.slice(name)
        || ["'s", "’s", "s' ", "s’ "].iter().any(|ending| rest.starts_with(ending))
        || is_written_as_one && is_noun && !is_verb
}

/// The amounts and dates of a paragraph of a story.
pub(crate) fn amounts_of(read: &ParagraphFacts) -> Vec<(Span, Amount)> {
    amounts(&read.paragraph, &read.times, &read.figures)
}

/// Running text that stands in one piece or in several that go on.
struct Stretch {
    text: String,
    /// Who speaks, where a label says so.
    speaker: Option<String>,
    /// Where each piece starts, in bytes of the text, with its index.
    pieces: Vec<(usize, u32)>,
}

impl Stretch {
    /// The piece in which `span` starts.
    fn piece_at(&self, span: Span) -> u32 {
        let behind = self.pieces.partition_point(|(start, _)| *start <= span.start());
        self.pieces.get(behind.saturating_sub(1)).map_or(0, |(_, piece)| *piece)
    }
}

/// The running text of a source. Lines of a text that are broken anywhere, and the cues of subtitles, are put together.
fn stretches(material: &Material) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let mut last_label: Option<&str> = None;
    let mut bytes = 0;
    // Blocks of markup are whole; lines of a text may be broken anywhere.
    let has_lines = matches!(Format::of_path(Path::new(&material.name)), None | Some(Format::Plain));
    for (number, piece) in material.pieces.iter().enumerate() {
        if matches!(piece.place, Place::Key(_)) || piece.cell().is_some() {
            continue;
        }
        bytes += piece.text.len();
        if bytes > MOST_BYTES {
            break;
        }
        // What stands before a colon in a form is no speaker, and says what stands behind it.
        let label = piece.speaker.as_deref();
        let own = label.filter(|label| last_label != Some(label) && is_label_of_form(label));
        last_label = label;
        let text = own.map_or(Cow::Borrowed(&piece.text), |label| Cow::Owned(format!("{label}: {}", piece.text)));
        let before = number.checked_sub(1).and_then(|before| material.pieces.get(before));
        let goes_on = before.is_some_and(|before| {
            before.speaker == piece.speaker
                && match (&before.place, &piece.place) {
                    (Place::Time(_), Place::Time(_)) => true,
                    (Place::Line(one), Place::Line(next)) => has_lines && one + 1 == *next,
                    _ => false,
                }
        });
        match all.last_mut().filter(|last| goes_on && last.text.len() + text.len() < LONGEST) {
            Some(last) => {
                last.text.push('\n');
                last.pieces.push((last.text.len(), number as u32));
                last.text.push_str(&text);
            }
            None => {
                for part in parts(&text) {
                    let speaker = label.filter(|label| !is_label_of_form(label)).map(str::to_owned);
                    all.push(Stretch { text: part.to_owned(), speaker, pieces: vec![(0, number as u32)] });
                }
            }
        }
    }
    all
}

/// Whether a label is that of a line in a form, `Born:`, `Cause of death:`: plain words that name nobody.
fn is_label_of_form(label: &str) -> bool {
    let mut words = label.split_whitespace().peekable();
    let is_plain = |word: &str| {
        let low = word.to_lowercase();
        let is_ordinary = dictionary::entry(&low).is_some_and(|entry| !entry.is_name());
        is_ordinary && !person::lists::is_role(&low) && !person::is_given_name(&low)
    };
    label.contains(char::is_lowercase) && words.peek().is_some() && words.all(is_plain)
}

/// A long text, such as a page, by its paragraphs, and where there are none by its length.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for mut rest in text.split("\n\n") {
        while rest.len() > LONGEST {
            let end = (LONGEST..rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
            let end = rest[..end].rfind(char::is_whitespace).filter(|&blank| blank > 0).unwrap_or(end);
            parts.push(&rest[..end]);
            rest = &rest[end..];
        }
        parts.push(rest);
    }
    parts
}

/// Those who speak under a label of two words or more, each once, in the way that names are written: `ANA RUIZ` is Ana Ruiz.
fn speakers(material: &Material) -> Vec<(u32, String)> {
    let mut found: Vec<(u32, String)> = Vec::new();
    for (number, piece) in material.pieces.iter().enumerate() {
        let Some(label) = piece.speaker.as_deref().filter(|label| label.split_whitespace().count() >= 2) else {
            continue;
        };
        let is_capitals = !label.contains(char::is_lowercase);
        let word = |word: &str| {
            let mut letters = word.chars();
            let first = letters.next().into_iter();
            first.chain(letters.flat_map(char::to_lowercase)).collect::<String>()
        };
        let name = match is_capitals {
            true => label.split_whitespace().map(word).collect::<Vec<_>>().join(" "),
            false => label.to_owned(),
        };
        if found.last().is_none_or(|(_, last)| *last != name) && !found.iter().any(|(_, known)| *known == name) {
            found.push((number as u32, name));
        }
    }
    found
}

/// The words of `paragraph` in `span` that are no marks, in lower case.
fn words_in(paragraph: &Paragraph, span: Span) -> impl Iterator<Item = (usize, &str)> {
    let tokens = paragraph.tokens_in(span);
    tokens.filter(|&at| paragraph.tokens[at].kind != TokenKind::Punct).map(|at| (at, paragraph.bare_low(at)))
}
