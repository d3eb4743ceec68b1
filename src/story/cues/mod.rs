//! What story checks look for in the words of one paragraph.
//!
//! Their other work is with the facts of the story, which are few; the words are many. What only one paragraph's words
//! decide is worked out once, and kept with the paragraph while that stays as it is.

mod built_words;
pub(crate) mod crime;
pub(crate) mod names;
pub(crate) mod numbers;
pub(crate) mod odd_words;
mod pieces;

use std::sync::OnceLock;

use super::ParagraphFacts;
use super::figure::FigureUnit;
use super::narrative::{dialect_marks, tale_pronouns};
use super::paragraph_index::Signs;
use super::quote::{Quoted, mark_behind};
use crate::prose::{Paragraph, TextStatistics, TokenKind};
use crate::text::Span;
use crime::Cues;
use names::{Article, Possessive};
use numbers::{Large, Percent, Toll};
use odd_words::{OddWord, odd_words};

/// What was found in the words of one paragraph. Each part is a pure function of the paragraph.
#[derive(Debug, Default)]
pub(crate) struct ParagraphCues {
    /// What may be found in it.
    pub signs: Signs,
    /// Words that are in no dictionary, or right on one side of the ocean only; in order.
    odd_words: Box<[OddWord]>,
    /// What few paragraphs have.
    rare: Option<Box<Rare>>,
    /// Numbers of the words with a capital.
    pub(crate) capitals: OnceLock<Box<[u32]>>,
    /// Counts of its words and sentences.
    pub(crate) statistics: OnceLock<TextStatistics>,
    /// How many of its words are such as tales are full of.
    tale_pronouns: u32,
    /// How much of it only dialects have.
    dialect: u32,
}

/// What few paragraphs have.
#[derive(Debug, Default)]
pub(crate) struct Rare {
    /// Words of crimes and of courts.
    pub crimes: Cues,
    /// `al-Assad`, `Al Assad`.
    pub articles: Vec<Article>,
    /// `Abbas’s`, `Abbas’`.
    pub possessives: Vec<Possessive>,
    /// Titles with capitals that describe: `the President of Russia`.
    pub offices: Vec<Span>,
    /// `percent`, `%`, `per cent` behind a number.
    pub percents: Vec<Percent>,
    /// Figures of a million and more.
    pub large: Vec<Large>,
    /// Counts of dead and injured.
    pub tolls: Vec<Toll>,
}

static NOTHING: Rare = Rare {
    crimes: Cues::NONE,
    articles: Vec::new(),
    possessives: Vec::new(),
    offices: Vec::new(),
    percents: Vec::new(),
    large: Vec::new(),
    tolls: Vec::new(),
};

impl ParagraphCues {
    /// Looks through a paragraph that was read.
    pub fn of(read: &ParagraphFacts) -> Self {
        let rare = Rare {
            crimes: Cues::of(read),
            articles: names::articles(&read.paragraph),
            possessives: names::possessives(read),
            offices: names::offices(&read.paragraph),
            percents: numbers::percents(read),
            large: numbers::large_figures(read),
            tolls: numbers::tolls(read),
        };
        let of_rare = rare.signs();
        let rare = (of_rare != Signs::default()).then(|| Box::new(rare));
        let odd_words = odd_words(read).into_boxed_slice();
        let unknown = Signs::UNKNOWN_WORD.when(odd_words.iter().any(OddWord::is_unknown))
            | Signs::MISSPELLING.when(odd_words.iter().any(OddWord::is_listed));
        Self {
            signs: of_rare | unknown | others(read),
            odd_words,
            rare,
            capitals: OnceLock::new(),
            statistics: OnceLock::new(),
            tale_pronouns: tale_pronouns(&read.paragraph),
            dialect: dialect_marks(&read.paragraph),
        }
    }

    /// Words that are in no dictionary, or right on one side of the ocean only.
    pub(crate) fn odd_words(&self) -> &[OddWord] {
        &self.odd_words
    }

    /// How many of its words are such as tales are full of.
    pub(crate) fn tale_pronouns(&self) -> u32 {
        self.tale_pronouns
    }

    /// How much of it only dialects have.
    pub(crate) fn dialect(&self) -> u32 {
        self.dialect
    }

    /// What few paragraphs have.
    pub(crate) fn rare(&self) -> &Rare {
        self.rare.as_deref().unwrap_or(&NOTHING)
    }
}

impl Rare {
    fn signs(&self) -> Signs {
        let percents = self.percents.iter().map(Percent::sign).fold(Signs::default(), |all, sign| all | sign);
        percents
            | Signs::CRIME.when(!self.crimes.is_empty())
            | Signs::ARABIC_ARTICLE.when(!self.articles.is_empty())
            | Signs::POSSESSIVE_OF_S.when(!self.possessives.is_empty())
            | Signs::OFFICE.when(!self.offices.is_empty())
            | Signs::LARGE_FIGURE.when(!self.large.is_empty())
            | Signs::TOLL.when(!self.tolls.is_empty())
    }
}

/// Signs of what is looked at again in the few paragraphs that have them.
fn others(read: &ParagraphFacts) -> Signs {
    let has_age = read.figures.figures.iter().any(|figure| figure.unit == FigureUnit::Age);
    Signs::QUOTE.when(!read.quotes.quoted.is_empty())
        | Signs::STRAY_MARK.when(!read.quotes.strays.is_empty())
        | Signs::UNLIKE_MARKS.when(has_unlike_marks(read))
        | Signs::INNER_CAPITAL.when(has_inner_capital(&read.paragraph))
        | Signs::MARK_BEHIND_QUOTE.when(has_mark_behind(read))
        | Signs::AGE.when(has_age)
        | Signs::MINOR.when(crime::may_name_a_minor(read))
        | Signs::MARKED_LETTER.when(names::has_marked_letters(&read.paragraph.text))
        | Signs::SMALL_OFFICE.when(names::has_small_office(read))
        | Signs::ROLE_AND_COMMA.when(names::has_role_and_comma(&read.paragraph))
        | Signs::OPEN_END.when(ends_in_a_word(&read.paragraph))
        | Signs::BARE_MONTH.when(has_bare_month(read))
}

/// Whether a word has a capital inside, and small letters.
fn has_inner_capital(paragraph: &Paragraph) -> bool {
    let words = paragraph.tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words.map(|token| paragraph.slice(token.span)).any(names::has_inner_capital)
}

/// Whether two marks stand as a pair that are none.
fn has_unlike_marks(read: &ParagraphFacts) -> bool {
    let marks = |quoted: &Quoted| {
        let opening = Span { start: quoted.span.start, end: quoted.inner.start };
        let closing = Span { start: quoted.inner.end, end: quoted.span.end };
        [opening, closing].map(|mark| read.paragraph.slice(mark))
    };
    let pairs = [["“", "”"], ["\"", "\""], ["‘", "’"], ["'", "'"]];
    read.quotes.quoted.iter().any(|quoted| quoted.closed && !pairs.contains(&marks(quoted)))
}

/// Whether a comma or point is behind a closing mark.
fn has_mark_behind(read: &ParagraphFacts) -> bool {
    read.quotes.quoted.iter().any(|quoted| quoted.closed && mark_behind(&read.paragraph, quoted.span).is_some())
}

/// Whether the paragraph ends in a word or a number, with no mark behind it.
fn ends_in_a_word(paragraph: &Paragraph) -> bool {
    paragraph.tokens.last().is_some_and(|last| matches!(last.kind, TokenKind::Word | TokenKind::Number))
}

/// Whether the paragraph has a month that may lack its point.
fn has_bare_month(read: &ParagraphFacts) -> bool {
    let months = read.times.expressions.iter().filter_map(|time| time.written.month);
    months.into_iter().any(|month| month.abbreviated && !month.point)
}
