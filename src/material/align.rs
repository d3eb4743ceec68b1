//! Finding the words of a quote in a source, and what differs.

use rustc_hash::FxHashMap;

use crate::text::Span;

/// Sounds that transcripts write and quotes leave out.
const FILLERS: &[&str] = &["ah", "eh", "er", "erm", "hm", "hmm", "mhm", "uh", "uhh", "uh-huh", "um", "umm"];

/// Words that turn what a sentence says: a cut that takes one out is no honest cut.
const TURNING: &[&str] =
    &["cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "unless", "without"];

/// Numbers that people write either way.
const NUMBERS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// One word of a source or of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without marks; numbers up to twelve in digits.
    pub key: String,
    /// Which piece it stands in.
    pub piece: u32,
    /// Its bytes in the piece.
    pub span: Span,
}

impl Word {
    /// Whether leaving it out, or putting it in, turns what is said.
    pub fn turns(&self) -> bool {
        TURNING.contains(&self.key.as_str()) || self.key.ends_with("n't")
    }
}

/// The words of a text, and where each of them stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub all: Vec<Word>,
    places: FxHashMap<String, Vec<u32>>,
}

impl Words {
    /// The words of these pieces, without fillers.
    pub fn of<'p>(pieces: impl Iterator<Item = &'p str>) -> Self {
        let mut all = Vec::new();
        for (number, piece) in pieces.enumerate() {
            all.extend(
                words(piece)
                    .filter(|word| !FILLERS.contains(&word.key.as_str()))
                    .map(|w| Word { piece: number as u32, ..w }),
            );
        }
        let mut places: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, word) in all.iter().enumerate() {
            places.entry(word.key.clone()).or_default().push(at as u32);
        }
        Self { all, places }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn places(&self, key: &str) -> &[u32] {
        self.places.get(key).map_or(&[], Vec::as_slice)
    }
}

/// The words of `text`, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + use<'_> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find(|c: char| c.is_alphanumeric())?;
            let rest = &text[start..];
            let mut end = rest.len();
            let mut characters = rest.char_indices().peekable();
            while let Some((offset, c)) = characters.next() {
                let next = characters.peek().map(|&(_, next)| next);
                // Apostrophes, hyphens and points inside a word or a number belong to it.
                let inside = matches!(c, '\'' | '’' | '-' | '.' | ',') && next.is_some_and(char::is_alphanumeric) && {
                    let digit = next.is_some_and(|next| next.is_ascii_digit());
                    !matches!(c, '.' | ',') || digit
                };
                if !(c.is_alphanumeric() || inside) {
                    end = offset;
                    break;
                }
            }
            at = start + end;
            let key = key(&rest[..end]);
            if !key.is_empty() {
                return Some(Word { key, piece: 0, span: Span::new(start, start + end) });
            }
        }
    })
}

fn key(word: &str) -> String {
    let low: String = word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect();
    let low: String = if low.starts_with(|c: char| c.is_ascii_digit()) { low.replace(',', "") } else { low };
    NUMBERS.iter().position(|number| *number == low).map_or(low, |number| number.to_string())
}

/// A part of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Word(Word),
    /// An ellipsis: words were cut.
    Cut,
    /// Words in square brackets, which the writer put in, in place of others or beside them.
    Bracket,
}

/// How words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Other words stand in the source.
    Changed,
    /// The quote has words that the source has not.
    Added,
    /// The source has words that the quote has not, and nothing shows that they were cut.
    Dropped,
    /// An ellipsis or a bracket takes out a word such as `not`.
    TurnedByCut,
}

impl DifferenceKind {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            DifferenceKind::Changed => "changed",
            DifferenceKind::Added => "added",
            DifferenceKind::Dropped => "dropped",
            DifferenceKind::TurnedByCut => "turned by a cut",
        }
    }
}

/// Where a quote and its source differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How.
    pub kind: DifferenceKind,
    /// Bytes of the quote that differ; for words that are not in it, the gap where they would stand.
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
    pub differences: Vec<Difference>,
}

/// What a word that was changed, added or dropped costs. A word that is the same takes one off, so that of alignments with
/// as many differences the one with more words in common is taken.
const DIFFERENT: i32 = 1000;

/// Sets `parts` of the quote `text` beside the words of the source in `window`, as near as can be: with the fewest words
/// changed, added and dropped. Words of the source before and behind the quote cost nothing (a semi-global alignment).
pub(super) fn align(
    parts: &[Part],
    text: &str,
    source: &[Word],
    window: std::ops::Range<usize>,
    slice: impl Fn(&[Word]) -> String,
) -> Option<Alignment> {
    let words = source.get(window.clone())?;
    let (rows, columns) = (parts.len() + 1, words.len() + 1);
    let mut cost = vec![0i32; rows * columns];
    let mut steps = vec![Step::Start; rows * columns];
    for row in 1..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let up = cost[at - columns];
            let (best, step) = match &parts[row - 1] {
                Part::Word(word) => {
                    let mut best = (up + DIFFERENT, Step::Added);
                    if column > 0 {
                        let same = word.key == words[column - 1].key;
                        let across = cost[at - columns - 1] + if same { -1 } else { DIFFERENT };
                        if across < best.0 || across == best.0 && same {
                            best = (across, if same { Step::Same } else { Step::Changed });
                        }
                        let left = cost[at - 1] + DIFFERENT;
                        if left < best.0 {
                            best = (left, Step::Dropped);
                        }
                    }
                    best
                }
                Part::Cut | Part::Bracket => {
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
    let total = taken.iter().filter(|(step, ..)| changed(step)).count() as u32;
    let differences = differences(parts, text, words, &taken, slice);
    Some(Alignment { cost: total, range: window.start + column..window.start + end, differences })
}

/// Runs of steps that are no agreement.
fn differences(
    parts: &[Part],
    text: &str,
    words: &[Word],
    taken: &[(Step, usize, usize)],
    slice: impl Fn(&[Word]) -> String,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut at = 0;
    // Where the quote's last word before here ends.
    let mut behind = 0;
    while let Some(&(step, row, _)) = taken.get(at) {
        match step {
            Step::Changed | Step::Added | Step::Dropped => {
                let first = at;
                while taken.get(at).is_some_and(|(s, ..)| matches!(s, Step::Changed | Step::Added | Step::Dropped)) {
                    at += 1;
                }
                let run = &taken[first..at];
                let quoted: Vec<&Word> = run
                    .iter()
                    .filter(|(step, ..)| *step != Step::Dropped)
                    .filter_map(|&(_, row, _)| match &parts[row - 1] {
                        Part::Word(word) => Some(word),
                        _ => None,
                    })
                    .collect();
                let said: Vec<Word> = run
                    .iter()
                    .filter(|(step, ..)| *step != Step::Added)
                    .map(|&(_, _, column)| words[column - 1].clone())
                    .collect();
                let span = match (quoted.first(), quoted.last()) {
                    (Some(first), Some(last)) => first.span.to(last.span),
                    _ => Span::new(behind, behind),
                };
                let kind = match (quoted.is_empty(), said.is_empty()) {
                    (true, _) => DifferenceKind::Dropped,
                    (false, true) => DifferenceKind::Added,
                    (false, false) => DifferenceKind::Changed,
                };
                behind = span.end().max(behind);
                found.push(Difference { kind, span, quote: text[span.range()].to_owned(), source: slice(&said) });
            }
            Step::Covered => {
                let first = at;
                while taken.get(at).is_some_and(|(s, ..)| *s == Step::Covered) {
                    at += 1;
                }
                let cut: Vec<Word> = taken[first..at].iter().map(|&(_, _, column)| words[column - 1].clone()).collect();
                if cut.iter().any(Word::turns) {
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
                if let Part::Word(word) = &parts[row - 1] {
                    behind = word.span.end();
                }
                at += 1;
            }
            Step::Passed | Step::Start => at += 1,
        }
    }
    found
}
