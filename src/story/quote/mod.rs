//! Quotes, the words of saying, and who says them.

mod again;
mod ahead;
mod alike;
mod attributed;
mod behind;
pub(crate) mod cues;
mod kind;
mod lines;
mod link;
mod mark;
mod marks;
mod phrases;
mod singles;
mod spans;
mod speakers;
#[cfg(test)]
mod tests;

pub(crate) use again::Reworded;
pub(super) use again::{Followed, follow, renumber};
pub(crate) use alike::AlikeQuotes;
pub use alike::{Alike, Likeness};
pub use attributed::{Reason, needs_attribution};
pub(super) use link::{LinkedQuotes, link, role};

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use rustc_hash::FxHasher;

use crate::prose::{Paragraph, Passage, TokenKind};
use crate::text::{Shift, Span};

/// What a paragraph says of quotes by itself.
#[derive(Debug, Default)]
pub struct LocalQuotes {
    /// Stretches in quotation marks, outermost only, in order.
    pub quoted: Vec<Quoted>,
    /// Closing marks that close nothing in this paragraph, in order.
    pub strays: Vec<Span>,
    /// What the paragraph leaves to the next one, once that has asked: few have a quote that does.
    closing: OnceLock<Closing>,
}

impl LocalQuotes {
    /// What `paragraph`, which this was read from, leaves to a quote that opens the next one.
    pub fn closing(&self, paragraph: &Paragraph) -> Closing {
        *self.closing.get_or_init(|| speakers::closing(paragraph, &self.quoted))
    }

    /// The quotation that holds the whole of `span`, in bytes of the prose, between its marks. No more than one does:
    /// quotations do not overlap, and those inside another are no entries of their own.
    pub fn around(&self, span: Span) -> Option<&Quoted> {
        let behind = self.quoted.partition_point(|quoted| quoted.inner.start <= span.start);
        self.quoted.get(behind.checked_sub(1)?).filter(|quoted| quoted.inner.contains(span))
    }
}

/// How a paragraph ends, for the one after it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Closing {
    /// A colon ends it.
    pub colon: bool,
    /// Who speaks or acts in its last sentence, when that holds no quote.
    pub attribution: Option<Attribution>,
}

/// Who says something, and the word of saying, in one paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribution {
    /// The words that name the speaker.
    pub speaker: Option<Span>,
    /// The word of saying: `said`, `according`, a colon.
    pub cue: Option<Span>,
    /// Where it was found.
    pub basis: Basis,
}

/// Where the attribution of a quote is, from firm to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Before the quote in its sentence: `Ruiz said, “…”`.
    Ahead,
    /// Behind the quote: `“…,” Ruiz said`.
    Behind,
    /// At another quote of the paragraph, which this one goes on from or leads to.
    Running,
    /// In the sentence before, with a word of saying.
    SentenceBefore,
    /// The paragraph before ended inside this quote.
    Continued,
    /// At the end of the paragraph before: a colon, or a quote with its speaker.
    ParagraphBefore,
    /// In the line behind the quote, which signs it: `— Ana Ruiz, mayor`.
    Signed,
    /// The paragraph before paraphrases somebody: the speaker is who most readers take for it.
    Paraphrase,
    /// Somebody is named in the same paragraph, without a word of saying.
    Nearby,
    /// Nowhere.
    Nothing,
}

/// A stretch in quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Whether it has a closing mark in this paragraph.
    pub closed: bool,
    /// Which marks.
    pub marks: Marks,
    /// Quotes inside it, with their marks.
    pub nested: Vec<Span>,
    /// What it is, as far as the paragraph shows.
    pub kind: QuoteKind,
    /// Words between the marks.
    pub words: usize,
    /// The hash of the words between the marks.
    pub(crate) said: u64,
    /// Who says it, as far as the paragraph shows.
    pub attribution: Option<Attribution>,
}

/// Which quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marks {
    /// “ ”
    CurlyDouble,
    /// " "
    StraightDouble,
    /// ‘ ’
    CurlySingle,
    /// ' '
    StraightSingle,
    /// « », „ “ and what other languages use.
    Other,
}

impl Marks {
    /// Whether they are double marks, or other than English.
    pub fn is_double(self) -> bool {
        !matches!(self, Self::CurlySingle | Self::StraightSingle)
    }
}

/// What a quote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// One or more full sentences.
    Direct,
    /// A part of a sentence: `called it “close to zero.”`
    Partial,
    /// A word or two that nobody is said to have said: `the “expert”`.
    Scare,
    /// The title of a work, a nickname, a word as a word.
    Title,
}

/// A quote, or the part of one that is in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With its marks.
    pub passage: Passage,
    /// Without its marks.
    pub inner: Span,
    /// What it is.
    pub kind: QuoteKind,
    /// Which marks.
    pub marks: Marks,
    /// Whether it has a closing mark in this paragraph.
    pub closed: bool,
    /// The paragraph before ended inside this quote, which goes on here.
    pub continued: bool,
    /// Words between the marks.
    pub words: usize,
    /// The hash of the words between the marks.
    pub(crate) said: u64,
    /// Quotes inside it, with their marks.
    pub nested: Vec<Span>,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The word of saying: `said`, `according to`, a colon.
    pub cue: Option<Passage>,
    /// Where speaker and cue were found.
    pub basis: Basis,
    /// Of whom the paragraph before speaks, for a quote without a speaker: something to offer, nothing to report.
    pub guess: Option<Speaker>,
}

/// Who says a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The words that name the speaker beside the quote: `Majdi Khalidi`, `he`, `officials`.
    pub passage: Passage,
    /// Index in the story's people, when it is clear who is meant.
    pub person: Option<usize>,
    /// Indexes of the people a pronoun may stand for, when more than one may be meant.
    pub candidates: Vec<usize>,
}

impl Quote {
    /// The quote with all its places moved by `moved`, which is given a passage and a span of its paragraph; `None` when one
    /// of them was changed, or what is between the speaker and the word of saying.
    fn moved(&self, moved: impl Fn(Passage, Span) -> Option<Span>) -> Option<Self> {
        let passage = |of: Passage| Some(Passage { span: moved(of, of.span)?, ..of });
        let speaker = |of: &Option<Speaker>| match of {
            Some(speaker) => Some(Some(Speaker { passage: passage(speaker.passage)?, ..speaker.clone() })),
            None => Some(None),
        };
        if let (Some(speaker), Some(cue)) = (&self.speaker, self.cue)
            && speaker.passage.paragraph == cue.paragraph
        {
            let (one, other) = (speaker.passage.span, cue.span);
            moved(cue, Span { start: one.start.min(other.start), end: one.end.max(other.end) })?;
        }
        Some(Self {
            passage: passage(self.passage)?,
            inner: moved(self.passage, self.inner)?,
            nested: self.nested.iter().map(|&nested| moved(self.passage, nested)).collect::<Option<_>>()?,
            speaker: speaker(&self.speaker)?,
            cue: match self.cue {
                Some(cue) => Some(passage(cue)?),
                None => None,
            },
            guess: speaker(&self.guess)?,
            ..self.clone()
        })
    }
}

/// All places of a quote in its story.
pub(super) fn places(quote: &mut Quote) -> impl Iterator<Item = &mut Passage> {
    let speakers = quote.speaker.iter_mut().chain(&mut quote.guess).map(|speaker| &mut speaker.passage);
    [&mut quote.passage].into_iter().chain(&mut quote.cue).chain(speakers)
}

impl LocalQuotes {
    /// Whether `other`, which was read after `shift`, has the same stretches between marks.
    pub(super) fn has_same_marks(&self, other: &Self, shift: &Shift) -> bool {
        let moved = self.quoted.iter().map(|quoted| Some((shift.span(quoted.span)?, shift.span(quoted.inner)?)));
        moved.eq(other.quoted.iter().map(|quoted| Some((quoted.span, quoted.inner))))
    }
}

/// The words and numbers in `span`, in lower case with marks folded; bracketed insertions are kept as words.
pub(crate) fn words(paragraph: &Paragraph, span: Span) -> impl Iterator<Item = &str> {
    let tokens = paragraph.tokens_in(span);
    let words = tokens.filter(|&at| paragraph.tokens.get(at).is_some_and(|token| token.kind != TokenKind::Punct));
    words.map(|at| paragraph.low(at).trim_end_matches('.'))
}

/// The comma or stop right behind the closing mark, with its token's index.
pub(crate) fn mark_behind(p: &Paragraph, span: Span) -> Option<usize> {
    let at = p.token_at(span.end);
    let token = p.tokens.get(at)?;
    (token.span.start == span.end && matches!(p.word(at), "," | ".")).then_some(at)
}

/// Whether `part` is in `whole`, word by word. Both are short: the words of two quotes, or of a headline's.
pub(crate) fn holds(whole: &[&str], part: &[&str]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

/// The hash of the words and numbers in `span`, by which quotes of the same words are found.
fn hash_of_words(paragraph: &Paragraph, span: Span) -> u64 {
    let mut hasher = FxHasher::default();
    words(paragraph, span).for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}

/// What a paragraph says of quotes by itself.
pub fn read(paragraph: &Paragraph) -> LocalQuotes {
    let mut local = marks::find(paragraph);
    speakers::attribute(paragraph, &mut local.quoted);
    for quoted in &mut local.quoted {
        (quoted.kind, quoted.words) = kind::of(paragraph, quoted, quoted.attribution.as_ref());
        quoted.said = hash_of_words(paragraph, quoted.inner);
    }
    local
}
