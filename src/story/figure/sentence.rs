//! Sentences with their figures, and figures as they are written.

use super::LocalFigure;
use crate::lexicon;
use crate::prose::Paragraph;
use crate::story::ParagraphFacts;

/// One sentence of a paragraph with the figures that are in it.
pub(crate) struct FigureSentence<'r> {
    /// The paragraph it belongs to.
    pub paragraph: &'r Paragraph,
    /// Indexes of its tokens in the paragraph.
    pub tokens: std::ops::Range<usize>,
    /// In order.
    pub figures: &'r [LocalFigure],
}

/// The sentences of a paragraph that hold at least `least` figures.
pub(crate) fn sentences(read: &ParagraphFacts, least: usize) -> impl Iterator<Item = FigureSentence<'_>> {
    let enough = read.figures.figures.len() >= least;
    let all = read.paragraph.sentences.iter().filter(move |_| enough);
    all.map(|sentence| from_to(read, sentence, sentence)).filter(move |sentence| sentence.figures.len() >= least)
}

/// The same, each with the next one where that goes on with “That is a …”, “This was an …”.
pub(crate) fn sentences_with_sequel(read: &ParagraphFacts, least: usize) -> impl Iterator<Item = FigureSentence<'_>> {
    let paragraph = &read.paragraph;
    let enough = read.figures.figures.len() >= least;
    let goes_on = |sequel: &&crate::prose::Sentence| {
        let at = sequel.first as usize;
        matches!(paragraph.low(at), "that" | "this" | "it")
            && matches!(paragraph.low(at + 1), "is" | "was" | "represents" | "marks")
            && matches!(paragraph.low(at + 2), "a" | "an")
    };
    let all = with_next(read).filter(move |_| enough);
    let all = all.map(move |(sentence, next)| from_to(read, sentence, next.filter(goes_on).unwrap_or(sentence)));
    all.filter(move |sentence| sentence.figures.len() >= least)
}

/// Each sentence of a paragraph together with the next one, and where it ends itself, as the index of a token.
pub(crate) fn sentence_pairs(read: &ParagraphFacts) -> impl Iterator<Item = (FigureSentence<'_>, usize)> {
    with_next(read).map(|(sentence, next)| (from_to(read, sentence, next.unwrap_or(sentence)), sentence.tokens().end))
}

fn with_next(
    read: &ParagraphFacts,
) -> impl Iterator<Item = (&crate::prose::Sentence, Option<&crate::prose::Sentence>)> {
    let all = &read.paragraph.sentences;
    all.iter().zip(all.iter().skip(1).map(Some).chain([None]))
}

/// What is from the start of one sentence to the end of another.
fn from_to<'r>(
    read: &'r ParagraphFacts,
    from: &crate::prose::Sentence,
    to: &crate::prose::Sentence,
) -> FigureSentence<'r> {
    let all = &read.figures.figures;
    let place = |at: u32| all.partition_point(|figure| figure.span.start < at);
    let figures = all.get(place(from.span.start)..place(to.span.end)).unwrap_or_default();
    FigureSentence { paragraph: &read.paragraph, tokens: from.tokens().start..to.tokens().end, figures }
}

impl FigureSentence<'_> {
    /// Index of the first token of `figure`.
    pub fn first(&self, figure: &LocalFigure) -> usize {
        self.paragraph.token_at(figure.span.start)
    }

    /// Index of the token after `figure`.
    pub fn next(&self, figure: &LocalFigure) -> usize {
        self.paragraph.tokens_in(figure.span).end
    }

    /// Index of the last token before `figure` that does not make it approximate: `from` of `from about 20`.
    pub fn head(&self, figure: &LocalFigure) -> Option<usize> {
        let mut at = self.first(figure);
        for _ in 0..4 {
            at = at.checked_sub(1).filter(|at| self.tokens.contains(at))?;
            if !is_bound_word(self.low(at)) {
                return Some(at);
            }
        }
        None
    }

    /// Folded lower-case text of token `at`; empty outside the sentence.
    pub fn low(&self, at: usize) -> &str {
        if self.tokens.contains(&at) { self.paragraph.low(at) } else { "" }
    }

    /// Whether one of `words` is in the sentence.
    pub fn has(&self, words: &[&str]) -> bool {
        self.tokens.clone().any(|at| words.contains(&self.paragraph.low(at)))
    }

    /// `figure` as written.
    pub fn text(&self, figure: &LocalFigure) -> &str {
        self.paragraph.slice(figure.span)
    }

    /// The counted noun of `figure`, in lower case.
    pub fn noun(&self, figure: &LocalFigure) -> Option<String> {
        figure.noun.map(|noun| self.paragraph.slice(noun).to_lowercase())
    }

    /// Whether `minus` or a minus sign is before `figure`: the figures carry no sign.
    pub fn is_negative(&self, figure: &LocalFigure) -> bool {
        self.first(figure).checked_sub(1).is_some_and(|at| matches!(self.low(at), "minus" | "negative" | "-" | "sub"))
    }
}

/// Words between `from` and the figure that say how exact it is.
fn is_bound_word(word: &str) -> bool {
    lexicon::figures::BOUNDS.contains(word)
}

/// The factor of `million` and its like in `text`; 1 when there is none.
pub(crate) fn scale_of(text: &str) -> f64 {
    let text = text.to_lowercase();
    for (word, factor) in [("trillion", 1e12), ("billion", 1e9), ("million", 1e6), ("thousand", 1e3)] {
        if text.contains(word) {
            return factor;
        }
    }
    1.0
}

/// `value` with grouping commas and `decimals` decimals; `12.0` is `12`.
pub(crate) fn written(value: f64, decimals: usize) -> String {
    let fixed = format!("{:.*}", decimals.min(6), value.abs());
    let (whole, part) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    let part = part.trim_end_matches('0');
    if !part.is_empty() {
        text.push('.');
        text.push_str(part);
    }
    text
}
