//! Finding the words of a quote in a source, and what differs.

use super::speech::{is_implied, sound_the_same, without_signs};
use super::words::IndexedWord;
use crate::lexicon;

use crate::text::Span;

/// A part of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum QuotePart {
    Word(IndexedWord),
    /// An ellipsis: words were cut.
    Cut,
    /// Words in square brackets, which the writer put in, in place of others or beside them.
    Bracket,
}

/// Words of the source beside the ends of a quote that may belong to a word that is short for several.
const MOST_BESIDE: usize = 2;

/// How words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Other words are in the source.
    Changed,
    /// The quote has words that the source has not.
    Added,
    /// The source has words that the quote has not, and nothing shows that they were cut.
    Dropped,
    /// An ellipsis or a bracket takes out a word such as `not`.
    TurnedByCut,
    /// The quote has words before or behind those that the source itself quotes: the source may leave them out.
    Beyond,
}

impl DifferenceKind {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            DifferenceKind::Changed => "changed",
            DifferenceKind::Added => "added",
            DifferenceKind::Dropped => "dropped",
            DifferenceKind::TurnedByCut => "turned by a cut",
            DifferenceKind::Beyond => "beyond the source's quote",
        }
    }
}

/// Where a quote and its source differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How.
    pub kind: DifferenceKind,
    /// Bytes of the quote that differ; for words that are not in it, the gap where they would be.
    pub span: Span,
    /// The quote's words.
    pub quote: String,
    /// The source's words.
    pub source: String,
}

/// A step of an alignment, from the end of the quote to its start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Start,
    Same,
    Changed,
    /// A word of the quote that is not in the source.
    Added,
    /// A word of the source that is not in the quote.
    Dropped,
    /// A cut or a bracket begins or goes on: a word of the source that it covers.
    Covered,
    /// A cut or a bracket ends.
    Passed,
}

/// The best place of a quote in a stretch of a source.
pub(super) struct Alignment {
    /// Words that were changed, added or dropped.
    pub cost: u32,
    /// First word of the source, and one past the last.
    pub range: std::ops::Range<usize>,
    /// The words of the source that the quote has as well.
    pub same: Vec<usize>,
    pub differences: Vec<Difference>,
}

/// What a word that was changed, added or dropped costs. A word that is the same takes one off, so that of alignments with
/// as many differences the one with more words in common is taken.
const DIFFERENT: i32 = 1000;

/// So much less costs a word to leave out that a source has outside its quotation marks, and so much more to take for another.
const OUTSIDE: i32 = 2;

/// Sets `parts` of the quote `text` beside the words of the source in `window`, as near as can be: with the fewest words
/// changed, added and dropped. Words of the source before and behind the quote cost nothing (a semi-global alignment). With
/// `only_quoted`, words that the source has outside its quotation marks are none of the quote's.
pub(super) fn align(
    parts: &[QuotePart],
    text: &str,
    source: &[IndexedWord],
    window: std::ops::Range<usize>,
    only_quoted: bool,
    slice: impl Fn(&[IndexedWord]) -> String,
) -> Option<Alignment> {
    let words = source.get(window.clone())?;
    let (rows, columns) = (parts.len() + 1, words.len() + 1);
    let mut cost = vec![0i32; rows * columns];
    let mut steps = vec![Step::Start; rows * columns];
    let has_quotes = words.iter().any(|word| word.quote != 0);
    for row in 1..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let up = cost[at - columns];
            let (best, step) = match &parts[row - 1] {
                QuotePart::Word(word) => {
                    let mut best = (up + DIFFERENT, Step::Added);
                    if column > 0 {
                        let said = &words[column - 1];
                        let same = word.key == said.key && !(only_quoted && said.quote == 0);
                        let outside = if has_quotes && said.quote == 0 { OUTSIDE } else { 0 };
                        let across = cost[at - columns - 1] + if same { -1 } else { DIFFERENT + outside };
                        if across < best.0 || across == best.0 && same {
                            best = (across, if same { Step::Same } else { Step::Changed });
                        }
                        let left = cost[at - 1] + DIFFERENT - outside;
                        if left < best.0 {
                            best = (left, Step::Dropped);
                        }
                    }
                    best
                }
                QuotePart::Cut | QuotePart::Bracket => {
                    let mut best = (up, Step::Passed);
                    if column > 0 && cost[at - 1] < best.0 {
                        best = (cost[at - 1], Step::Covered);
                    }
                    best
                }
            };
            cost[at] = best;
            steps[at] = step;
        }
    }
    let last = (rows - 1) * columns;
    let end = (0..columns).min_by_key(|&column| (cost[last + column], std::cmp::Reverse(column)))?;
    // Of ends that cost the same, the one at which the last word of the quote stands.
    let end =
        (0..columns).find(|&c| cost[last + c] == cost[last + end] && steps[last + c] == Step::Same).unwrap_or(end);
    let (mut row, mut column) = (rows - 1, end);
    let mut taken: Vec<(Step, usize, usize)> = Vec::new();
    while row > 0 {
        let step = steps[row * columns + column];
        taken.push((step, row, column));
        match step {
            Step::Same | Step::Changed => (row, column) = (row - 1, column - 1),
            Step::Added | Step::Passed => row -= 1,
            Step::Dropped | Step::Covered => column -= 1,
            Step::Start => break,
        }
    }
    taken.reverse();
    let changed = |step: &Step| matches!(step, Step::Changed | Step::Added | Step::Dropped);
    let total = taken.iter().filter(|(step, ..)| changed(step)).count();
    let is_same = |&(step, _, column): &(Step, usize, usize)| (step == Step::Same).then(|| window.start + column - 1);
    let same = taken.iter().filter_map(is_same).collect();
    let (differences, passed) = differences(parts, text, words, &taken, slice);
    let cost = total.saturating_sub(passed) as u32;
    Some(Alignment { cost, range: window.start + column..window.start + end, same, differences })
}

/// Whether words that the quote leaves out are those that are right before or behind them: who says “we, we keep it” is
/// quoted with “we keep it”.
fn is_said_again(words: &[IndexedWord], run: &[(Step, usize, usize)]) -> bool {
    let (Some(&(.., first)), Some(&(.., last))) = (run.first(), run.last()) else { return false };
    // Columns count from 1.
    let (start, end) = (first - 1, last);
    let keys =
        |range: std::ops::Range<usize>| words.get(range).map(|words| words.iter().map(|w| &w.key).collect::<Vec<_>>());
    let Some(own) = keys(start..end) else { return false };
    let before = start.checked_sub(own.len()).and_then(|from| keys(from..start));
    keys(end..end + own.len()).as_ref() == Some(&own) || before.as_ref() == Some(&own)
}

/// Where a run is in what a source quotes itself.
#[derive(PartialEq)]
enum Around {
    /// In it, or in a source without quotation marks.
    Inside,
    /// Between two parts of it: “…,” she said. “…”
    Between,
    /// Before its start or behind its end, where it quotes less than the story does.
    Beyond,
}

impl Around {
    fn of(words: &[IndexedWord], parts: usize, run: &[(Step, usize, usize)]) -> Self {
        let (Some(&(first, first_row, from)), Some(&(_, last_row, to))) = (run.first(), run.last()) else {
            return Self::Inside;
        };
        // Columns count from 1; a word that the source does not have is behind its column.
        let from = if first == Step::Added { from } else { from - 1 };
        let quote = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(0, |word| word.quote);
        let (before, behind) = (quote(from.checked_sub(1)), quote(Some(to)));
        let begins = first_row == 1 && behind != 0 && quote(to.checked_sub(1)) != behind;
        let ends = last_row == parts && before != 0 && quote(Some(from)) != before;
        if before != 0 && behind != 0 && from < to && words[from..to].iter().all(|word| word.quote == 0) {
            Self::Between
        } else if begins || ends {
            Self::Beyond
        } else {
            Self::Inside
        }
    }
}

/// Runs of steps that are no agreement, and how many steps are none because nobody hears them, or because they pass over what a
/// source says between two parts of a quote.
fn differences(
    parts: &[QuotePart],
    text: &str,
    words: &[IndexedWord],
    taken: &[(Step, usize, usize)],
    slice: impl Fn(&[IndexedWord]) -> String,
) -> (Vec<Difference>, usize) {
    let mut found = Vec::new();
    let mut passed = 0;
    // The source has the last word that both have between quotation marks.
    let mut in_quote = false;
    let mut at = 0;
    // Where the quote's last word before here ends.
    let mut behind = 0;
    while let Some(&(step, row, _)) = taken.get(at) {
        match step {
            Step::Changed | Step::Added | Step::Dropped => {
                let first = at;
                // What a source says between two parts of its quote is a run of its own.
                let is_aside =
                    |step: Step, column: usize| step == Step::Dropped && in_quote && words[column - 1].quote == 0;
                let aside = is_aside(step, taken[first].2);
                while taken.get(at).is_some_and(|&(step, _, column)| {
                    matches!(step, Step::Changed | Step::Added | Step::Dropped) && is_aside(step, column) == aside
                }) {
                    at += 1;
                }
                let run = &taken[first..at];
                let difference = difference_of(parts, text, words, run, behind, &slice);
                behind = difference.span.end().max(behind);
                if is_heard_alike(&difference, text, words, parts.len(), run, &slice) {
                    passed += run.len();
                    continue;
                }
                match Around::of(words, parts.len(), run) {
                    Around::Between if difference.kind == DifferenceKind::Dropped => passed += run.len(),
                    Around::Beyond => found.push(Difference { kind: DifferenceKind::Beyond, ..difference }),
                    Around::Between | Around::Inside => found.push(difference),
                }
            }
            Step::Covered => {
                let first = at;
                while taken.get(at).is_some_and(|(s, ..)| *s == Step::Covered) {
                    at += 1;
                }
                let cut: Vec<IndexedWord> =
                    taken[first..at].iter().map(|&(_, _, column)| words[column - 1].clone()).collect();
                let begins = taken[first].2.checked_sub(2).is_none_or(|before| words[before].ends_clause);
                if is_turned_by(&cut, begins) {
                    let span = Span::new(behind, behind);
                    found.push(Difference {
                        kind: DifferenceKind::TurnedByCut,
                        span,
                        quote: String::new(),
                        source: slice(&cut),
                    });
                }
            }
            Step::Same => {
                in_quote = taken[at].2.checked_sub(1).is_some_and(|column| words[column].quote != 0);
                if let QuotePart::Word(word) = &parts[row - 1] {
                    behind = word.span.end();
                }
                at += 1;
            }
            Step::Passed | Step::Start => at += 1,
        }
    }
    (found, passed)
}

/// Whether what is left says something else without these words, which begin a clause or not: a word such as `not` is gone from
/// a sentence that stays. Whole clauses take it with them, unless they say of what, or on what condition, the rest holds: “not
/// to Finch”, “if we do not run out of money”.
fn is_turned_by(cut: &[IndexedWord], mut begins: bool) -> bool {
    let is_bound = |word: &IndexedWord| {
        word.turns()
            || lexicon::grammar::CLAUSE_STARTERS.contains(&word.key)
            || lexicon::grammar::PREPOSITIONS_AND_SUBORDINATORS.contains(&word.key)
    };
    cut.chunk_by(|word, _| !word.ends_clause).any(|clause| {
        let is_whole = std::mem::replace(&mut begins, true) && clause.last().is_some_and(|last| last.ends_clause);
        let joins = |word: &&IndexedWord| matches!(word.key.as_str(), "and" | "but" | "so" | "or");
        let first = clause.iter().find(|word| !joins(word));
        clause.iter().any(IndexedWord::turns) && !(is_whole && first.is_some_and(|first| !is_bound(first)))
    })
}

/// What a run of steps makes of the words of the quote and of the source; words that were dropped are at `behind`.
fn difference_of(
    parts: &[QuotePart],
    text: &str,
    words: &[IndexedWord],
    run: &[(Step, usize, usize)],
    behind: usize,
    slice: impl Fn(&[IndexedWord]) -> String,
) -> Difference {
    let in_quote = run.iter().filter(|(step, ..)| *step != Step::Dropped);
    let quoted: Vec<&IndexedWord> = in_quote
        .filter_map(|&(_, row, _)| match &parts[row - 1] {
            QuotePart::Word(word) => Some(word),
            _ => None,
        })
        .collect();
    let in_source = run.iter().filter(|(step, ..)| *step != Step::Added);
    let said: Vec<IndexedWord> = in_source.map(|&(_, _, column)| words[column - 1].clone()).collect();
    let span = match (quoted.first(), quoted.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::new(behind, behind),
    };
    let kind = match (quoted.is_empty(), said.is_empty()) {
        (true, _) => DifferenceKind::Dropped,
        (false, true) => DifferenceKind::Added,
        (false, false) => DifferenceKind::Changed,
    };
    Difference { kind, span, quote: text[span.range()].to_owned(), source: slice(&said) }
}

/// Whether a run of steps is none that anybody hears: the same sounds, or what a quote leaves out as quotes do. `last_row` is
/// that of the quote's last part.
fn is_heard_alike(
    difference: &Difference,
    text: &str,
    words: &[IndexedWord],
    last_row: usize,
    run: &[(Step, usize, usize)],
    slice: impl Fn(&[IndexedWord]) -> String,
) -> bool {
    let (Some(&(first, first_row, from)), Some(&(_, row, to))) = (run.first(), run.last()) else { return false };
    match difference.kind {
        DifferenceKind::Changed | DifferenceKind::Added => {
            // At the ends of a quote, words of the source beside it cost nothing, so what was said may be there in part
            // or as a whole.
            let from = from - usize::from(first != Step::Added);
            let before = if first_row == 1 { from.min(MOST_BESIDE) } else { 0 };
            let behind = if row == last_row { (words.len() - to).min(MOST_BESIDE) } else { 0 };
            let mut beside = (0..=before).flat_map(|b| (0..=behind).map(move |a| from - b..to + a));
            // `$312,000` is said with its dollars behind it.
            let start = text[..difference.span.start()].char_indices().last().map_or(0, |(at, _)| at);
            let end = text[difference.span.end()..]
                .chars()
                .next()
                .map_or(text.len(), |c| difference.span.end() + c.len_utf8());
            let signs = &text[start..end];
            beside.any(|range| {
                let said = slice(&words[range]);
                sound_the_same(&difference.quote, &said)
                    || sound_the_same(&difference.quote, &without_signs(&said, signs))
            })
        }
        DifferenceKind::Dropped => is_implied(&difference.source, text) || is_said_again(words, run),
        DifferenceKind::TurnedByCut | DifferenceKind::Beyond => false,
    }
}
