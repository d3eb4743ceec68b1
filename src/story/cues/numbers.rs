//! What the figures and words of one paragraph say by themselves: forms of per cent, large figures, counts of dead and
//! injured.

use crate::lexicon;
use crate::prose::TokenKind;
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, scale_of, sentences, written};
use crate::story::figure::{FigureUnit, LocalFigure};
use crate::story::paragraph_index::Signs;
use crate::text::Span;

/// Their signs, in the same order.
pub(crate) const SIGNS: [Signs; 3] = [Signs::PERCENT, Signs::PERCENT_SIGN, Signs::PER_CENT];

/// A sign or word for per cent after a number.
#[derive(Debug)]
pub(crate) struct Percent {
    pub(crate) span: Span,
    pub(crate) form: usize,
    pub(crate) spaced: bool,
}

impl Percent {
    /// The sign of paragraphs that have this form.
    pub(crate) fn sign(&self) -> Signs {
        SIGNS.get(self.form).copied().unwrap_or_default()
    }
}

/// All forms of per cent behind a number in one paragraph.
pub(crate) fn percents(read: &ParagraphFacts) -> Vec<Percent> {
    let mut uses = Vec::new();
    let paragraph = &read.paragraph;
    for at in 1..paragraph.tokens.len() {
        if paragraph.tokens[at - 1].kind != TokenKind::Number {
            continue;
        }
        let token = paragraph.tokens[at];
        let (form, last) = match (paragraph.low(at), paragraph.low(at + 1)) {
            ("percent", _) => (0, at),
            ("%", _) => (1, at),
            ("per", "cent") => (2, at + 1),
            _ => continue,
        };
        let span = Span { start: token.span.start, end: paragraph.tokens[last].span.end };
        // What people are quoted as saying was written down by the same desk, but texts that are quoted keep their form.
        if read.quotes.around(span).is_some() {
            continue;
        }
        // Only one plain space can be taken away with the word.
        let spaced = token.span.start > paragraph.tokens[at - 1].span.end;
        if spaced && token.span.start - paragraph.tokens[at - 1].span.end != 1 {
            continue;
        }
        uses.push(Percent { span, form, spaced });
    }
    uses
}

/// No telling figure in millions is less: `0.05 million`.
const SMALLEST: f64 = 1e4;

/// A figure of a million and more.
#[derive(Debug)]
pub(crate) struct Large {
    pub(crate) span: Span,
    pub(crate) digits: String,
    pub(crate) unit: FigureUnit,
    pub(crate) scale: f64,
    /// The longer words around it.
    pub(crate) context: Vec<String>,
}

/// The figures of a million and more in one paragraph.
pub(crate) fn large_figures(read: &ParagraphFacts) -> Vec<Large> {
    let mut found = Vec::new();
    if !read.figures.figures.iter().any(|figure| figure.value >= SMALLEST) {
        return found;
    }
    for sentence in sentences(read, 1) {
        for figure in sentence.figures {
            let Some(digits) = telling_digits(&sentence, figure) else { continue };
            found.push(Large {
                span: figure.span,
                digits,
                unit: figure.unit,
                scale: scale_of(sentence.text(figure)),
                context: words_around(&sentence, figure),
            });
        }
    }
    found
}

/// The digits of a figure in thousands, millions, billions or trillions, when there are two or more of them.
fn telling_digits(sentence: &FigureSentence, figure: &LocalFigure) -> Option<String> {
    let text = sentence.text(figure);
    let scale = scale_of(text);
    let counted = matches!(figure.unit, FigureUnit::Money(_) | FigureUnit::Count);
    if scale < 1e6 || !counted || figure.in_words || figure.range.is_some() {
        return None;
    }
    let digits = written(figure.value / scale, 6);
    let telling = digits.trim_end_matches('0').chars().filter(char::is_ascii_digit).count();
    (telling >= 2).then_some(digits)
}

/// The longer words within a few tokens of the figure, in lower case.
fn words_around(sentence: &FigureSentence, figure: &LocalFigure) -> Vec<String> {
    let (first, next) = (sentence.first(figure), sentence.next(figure));
    (first.saturating_sub(7)..next + 7)
        .filter(|at| !(first..next).contains(at) && sentence.tokens.contains(at))
        .filter(|&at| sentence.paragraph.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word))
        .map(|at| sentence.low(at).to_owned())
        .filter(|word| word.len() >= 5 && !is_common(word))
        .collect()
}

fn is_common(word: &str) -> bool {
    lexicon::figures::COMMON_BESIDE_SCALE.contains(word)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harm {
    Dead,
    Injured,
}

/// How many are dead or injured, as one paragraph has it.
#[derive(Debug)]
pub(crate) struct Toll {
    pub(crate) span: Span,
    pub(crate) kind: Harm,
    pub(crate) value: f64,
    /// It is exact, and the sentence speaks of no change and of no other count.
    pub(crate) firm: bool,
    /// `the 12`, `all 12`.
    pub(crate) definite: bool,
}

/// The counts of dead and injured in one paragraph.
pub(crate) fn tolls(read: &ParagraphFacts) -> Vec<Toll> {
    let mut found = Vec::new();
    for sentence in sentences(read, 1) {
        let changing = sentence.tokens.clone().any(|at| is_other_count(sentence.low(at)));
        for figure in sentence.figures {
            let Some(kind) = toll(&sentence, figure) else { continue };
            let exact = figure.bound.is_none() && figure.range.is_none() && figure.rounding <= 0.5;
            let definite = is_definite(&sentence, figure);
            found.push(Toll { span: figure.span, kind, value: figure.value, firm: exact && !changing, definite });
        }
    }
    found
}

/// Whether `figure` counts the dead or the injured of an event.
fn toll(sentence: &FigureSentence, figure: &LocalFigure) -> Option<Harm> {
    if figure.unit != FigureUnit::Count || figure.value < 2.0 {
        return None;
    }
    let word = |word: &str| match word {
        "dead" | "killed" | "died" | "deaths" | "dies" => Some(Harm::Dead),
        "injured" | "wounded" | "hurt" | "injuries" => Some(Harm::Injured),
        _ => None,
    };
    let noun = sentence.noun(figure);
    if let Some(kind) = noun.as_deref().and_then(word) {
        return Some(kind);
    }
    let noun_end = figure.noun.map_or(sentence.next(figure), |noun| sentence.paragraph.token_at(noun.end));
    let people =
        noun.as_deref().is_none_or(|n| matches!(n, "people" | "persons" | "civilians" | "victims" | "passengers"));
    if !people {
        return None;
    }
    // “12 people died”, “12 people were killed”, “killed 12 people”, “left 12 dead”, “the 12 victims”.
    let after = match sentence.low(noun_end) {
        "were" | "was" | "have" | "who" => (noun_end + 1..noun_end + 3).find_map(|at| word(sentence.low(at))),
        low => word(low),
    };
    let before = sentence.head(figure).filter(|_| noun.is_some()).and_then(|at| match sentence.low(at) {
        "killed" | "killing" | "kills" => Some(Harm::Dead),
        "injured" | "injuring" | "wounded" | "wounding" | "injures" => Some(Harm::Injured),
        _ => None,
    });
    after.or(before)
}

/// Whether the sentence says that this is the same count again: `the 14 people killed`, `all 14 dead`.
fn is_definite(sentence: &FigureSentence, figure: &LocalFigure) -> bool {
    sentence.first(figure).checked_sub(1).is_some_and(|at| matches!(sentence.low(at), "the" | "all"))
}

/// Words that make a toll another one than the story's: earlier, other, partial or changing.
fn is_other_count(word: &str) -> bool {
    lexicon::figures::OTHER_COUNT.contains(word)
}
