//! Which words a misspelling may stand for.
//!
//! Words one slip away are looked for, and of longer misspellings those two slips away as well. What costs least comes first:
//! slips that fingers and ears make are cheap (two letters swapped, one doubled, its neighbour on the keyboard, a letter of
//! the same sound), and common words are likelier than rare ones.

use crate::lexicon;
use fst::raw::{Fst, Node, Output};

use super::{Entry, WORDS, entry, entry_at, packed};

/// A word that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// One word, or two that were written as one, in lower case.
    pub text: String,
    /// How unlikely it is: 100 for a slip of no particular kind, and 5 for each time that the commonest word's count halves
    /// down to its own.
    pub cost: u32,
    /// How many slips away it is; a lost space is one.
    pub slips: u8,
    /// How common it is: the frequency class of [`Entry::class`], of two words the greater.
    pub class: u8,
}

/// Longer words are not looked at: nobody mistypes them alone.
const LONGEST: usize = 24;
/// At most this many are given.
const MOST: usize = 3;
/// A misspelling of this many letters may be two slips from what is meant.
const TWO_SLIPS: usize = 6;
/// What a step of the frequency class costs.
const STEP: u32 = 5;

/// The words that `low` may stand for, likeliest first. It must not be a word itself, and have letters of ASCII only.
pub fn suggest(low: &str) -> Vec<Suggestion> {
    within(low, 2)
}

/// The same, without the words that are two slips away, which cost most to look for.
pub fn suggest_near(low: &str) -> Vec<Suggestion> {
    within(low, 1)
}

fn within(low: &str, slips: u8) -> Vec<Suggestion> {
    let word = low.as_bytes();
    if !(3..=LONGEST).contains(&word.len()) || !word.iter().all(u8::is_ascii_lowercase) {
        return Vec::new();
    }
    let mut found = two_words(low);
    let mut search =
        Search { word, most: 1, prefix: Vec::with_capacity(LONGEST + 2), rows: Vec::new(), found: Vec::new() };
    search.run();
    if slips > 1 && search.found.is_empty() && found.is_empty() && word.len() >= TWO_SLIPS {
        search.most = slips;
        search.run();
    }
    for (text, value) in search.found {
        let class = Entry(value).class();
        let rare = if Entry(value).is_rare() { 60 } else { 0 };
        let cost = slip_cost(word, text.as_bytes()) + STEP * u32::from(class) + rare;
        let slips = distance(word, text.as_bytes());
        found.push(Suggestion { text, cost, slips, class });
    }
    found.sort_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.text.cmp(&b.text)));
    found.truncate(MOST);
    found
}

/// The two words that were written as one.
fn two_words(low: &str) -> Vec<Suggestion> {
    let small = |word: &str| lexicon::checks::RUN_TOGETHER.contains(word);
    let strong = |word: &str| small(word) && !lexicon::checks::RUN_TOGETHER_SHORT.contains(word);
    let splits = (1..low.len()).filter_map(|at| {
        let (first, second) = (low.get(..at)?, low.get(at..)?);
        let runs_together = small(first) && small(second)
            || strong(first) && second.len() >= 3
            || lexicon::checks::RUN_TOGETHER_OPENING.contains(first) && second.len() >= 5
            || strong(second) && second.len() >= 3 && first.len() >= 3
            || first == "a" && lexicon::checks::RUN_TOGETHER_WITH_A.contains(second);
        if !runs_together {
            return None;
        }
        let (one, two) = (entry(first)?, entry(second)?);
        let class = one.class().max(two.class());
        (!one.is_rare() && !one.is_name() && !two.is_rare() && !two.is_name() && class <= 18).then(|| Suggestion {
            text: format!("{first} {second}"),
            cost: 60 + STEP * u32::from(class),
            slips: 1,
            class,
        })
    });
    splits.collect()
}

/// A walk through all words, which turns back where no word can come near enough.
struct Search<'w> {
    word: &'w [u8],
    most: u8,
    prefix: Vec<u8>,
    /// Of the prefix of each length: the distance to each prefix of the word.
    rows: Vec<[u8; LONGEST + 1]>,
    found: Vec<(String, u64)>,
}

impl Search<'_> {
    fn run(&mut self) {
        let mut row = [0; LONGEST + 1];
        row.iter_mut().zip(0..).for_each(|(cell, at)| *cell = at);
        self.rows = vec![row];
        self.prefix.clear();
        if let Some(words) = WORDS.as_ref() {
            self.visit(words.as_fst(), &words.as_fst().root(), Output::zero());
        }
    }

    /// No deeper than the word is long, and two letters.
    fn visit(&mut self, fst: &Fst<&'static [u8]>, node: &Node, output: Output) {
        let length = self.word.len();
        if node.is_final() && self.rows.last().is_some_and(|row| row[length] <= self.most) {
            let value = entry_at(output.cat(node.final_output()).value()).0;
            let text = std::str::from_utf8(&self.prefix).unwrap_or_default();
            if value & packed::NAME == 0 && !text.contains('\'') && text.len() > 1 {
                self.found.push((text.to_owned(), value));
            }
        }
        for transition in node.transitions() {
            // Hardly anybody errs twice and in the first letter, and these are most words.
            if self.most > 1 && self.prefix.is_empty() && self.word.iter().take(2).all(|&byte| byte != transition.inp) {
                continue;
            }
            let row = self.next_row(transition.inp);
            if row.iter().take(length + 1).any(|&cell| cell <= self.most) {
                self.prefix.push(transition.inp);
                self.rows.push(row);
                self.visit(fst, &fst.node(transition.addr), output.cat(transition.out));
                self.rows.pop();
                self.prefix.pop();
            }
        }
    }

    /// The distances once `letter` follows the prefix (Damerau and Levenshtein; no letter is moved twice).
    fn next_row(&self, letter: u8) -> [u8; LONGEST + 1] {
        let mut row = [u8::MAX - 2; LONGEST + 1];
        let Some(last) = self.rows.last() else { return row };
        row[0] = last[0] + 1;
        let swapped = self.rows.len().checked_sub(2).and_then(|at| self.rows.get(at)).zip(self.prefix.last());
        for (at, &own) in (1..).zip(self.word) {
            let mut least = (last[at] + 1).min(row[at - 1] + 1).min(last[at - 1] + u8::from(own != letter));
            if let Some((before, &previous)) = swapped
                && at > 1
                && own == previous
                && self.word[at - 2] == letter
            {
                least = least.min(before[at - 2] + 1);
            }
            row[at] = least;
        }
        row
    }
}

fn distance(a: &[u8], b: &[u8]) -> u8 {
    let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
    strsim::osa_distance(text(a), text(b)).min(9) as u8
}

/// What the slips cost that make `typed` of `meant`.
fn slip_cost(typed: &[u8], meant: &[u8]) -> u32 {
    let width = meant.len() + 1;
    let mut costs = vec![0_u32; (typed.len() + 1) * width];
    // The first letter is seldom the wrong one.
    let early = |i: usize, j: usize| if i <= 1 && j <= 1 { 50 } else { 0 };
    for i in 0..=typed.len() {
        for j in 0..=meant.len() {
            let mut least = if i == 0 && j == 0 { 0 } else { u32::MAX };
            if i > 0 {
                let doubled = i > 1 && typed[i - 1] == typed[i - 2];
                let beside = i > 1 && are_neighbours(typed[i - 1], typed[i - 2])
                    || typed.get(i).is_some_and(|&next| are_neighbours(typed[i - 1], next));
                let cost = if doubled {
                    55
                } else if beside {
                    85
                } else {
                    105
                };
                least = least.min(costs[(i - 1) * width + j] + cost + early(i, j + 1));
            }
            if j > 0 {
                let doubled = j > 1 && meant[j - 1] == meant[j - 2];
                let cost = if doubled { 55 } else { 90 };
                least = least.min(costs[i * width + j - 1] + cost + early(i + 1, j));
            }
            if i > 0 && j > 0 {
                let cost = substitution(typed[i - 1], meant[j - 1]);
                let early = if cost > 0 { early(i, j) } else { 0 };
                least = least.min(costs[(i - 1) * width + j - 1] + cost + early);
            }
            if i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] {
                least = least.min(costs[(i - 2) * width + j - 2] + 60);
            }
            costs[i * width + j] = least;
        }
    }
    costs.last().copied().unwrap_or_default()
}

fn substitution(typed: u8, meant: u8) -> u32 {
    let both = |letters: &[u8]| letters.contains(&typed) && letters.contains(&meant);
    if typed == meant {
        0
    } else if both(b"aeiouy") {
        70
    } else if [b"cks".as_slice(), b"sz", b"fv", b"gj", b"dt", b"bp", b"mn", b"wv"].iter().any(|group| both(group)) {
        85
    } else if are_neighbours(typed, meant) {
        90
    } else {
        120
    }
}

/// Whether two keys lie side by side on the keyboard (QWERTY).
fn are_neighbours(a: u8, b: u8) -> bool {
    let place = |key: u8| {
        ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
            .iter()
            .zip(0_i32..)
            // Each row is half a key to the right of the one above it.
            .find_map(|(keys, row)| keys.bytes().position(|own| own == key).map(|at| (row, 2 * at as i32 + row)))
    };
    match (place(a), place(b)) {
        (Some((row, x)), Some((other_row, other_x))) => {
            a != b && (row - other_row).abs() <= 1 && (x - other_x).abs() <= 2
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(low: &str) -> String {
        suggest(low).first().map(|found| found.text.clone()).unwrap_or_default()
    }

    #[test]
    fn the_likeliest_word_comes_first() {
        for (typed, meant) in [
            ("calandar", "calendar"),
            ("wiht", "with"),
            ("inthe", "in the"),
            ("alot", "a lot"),
            ("mayorsaid", "mayor said"),
            ("toprevent", "to prevent"),
            ("notfollowing", "not following"),
            ("goverrnment", "government"),
            ("accomodatoin", "accommodation"),
            ("xqzvbnmk", ""),
        ] {
            assert_eq!(first(typed), meant, "{typed}");
        }
    }

    #[test]
    fn what_is_no_word_of_plain_letters_gets_none() {
        for low in ["", "a", "naïve", "don't", &"a".repeat(1000)] {
            assert!(suggest(low).is_empty(), "{low}");
        }
    }

    #[test]
    fn keys_side_by_side_are_neighbours() {
        assert!(are_neighbours(b'e', b'r') && are_neighbours(b'g', b't') && are_neighbours(b's', b'z'));
        assert!(!are_neighbours(b'q', b'p') && !are_neighbours(b'q', b'z') && !are_neighbours(b'a', b'a'));
    }
}
