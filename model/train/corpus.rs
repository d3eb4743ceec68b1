//! The text, as numbers of words.

use std::collections::{BTreeSet, HashMap};

use crate::context::{self, EDGE, Key, NOTHING, Word};
use crate::learn::Place;

/// A word of the text.
pub struct Type {
    pub text: String,
    pub key: Key,
    pub count: u32,
    /// Its learned class, or 0.
    pub class: u16,
    /// Its class by its form: in lower case, with a capital.
    pub forms: [u16; 2],
}

/// Stands between sentences in [`Corpus::tokens`].
pub const BREAK: u32 = u32::MAX;

#[derive(Default)]
pub struct Corpus {
    pub words: Vec<Type>,
    /// Number of the word, times two, plus one where it has a capital.
    pub tokens: Vec<u32>,
    by_key: HashMap<Key, u32>,
    /// Where paragraphs are that are not learned from, in order.
    held_out: Vec<(u32, u32)>,
    old: Vec<(u32, u32)>,
}

impl Corpus {
    /// Reads all files of a folder; of `clean` ones nothing is learned.
    pub fn read(&mut self, folder: &str, clean: bool) {
        let mut paths: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            let text = std::fs::read(&path).expect("a file");
            let start = self.tokens.len() as u32;
            let mut paragraph = start;
            let mut number = 0u32;
            for line in text.split(|&byte| byte == b'\n') {
                if line.is_empty() {
                    let end = self.tokens.len() as u32;
                    number += 1;
                    if clean || number % 10 == 0 {
                        self.held_out.push((paragraph, end));
                    }
                    paragraph = end;
                    continue;
                }
                for token in line.split(|&byte| byte == b' ').filter(|token| !token.is_empty()) {
                    let (low, capital) = match token {
                        [b'^', rest @ ..] if !rest.is_empty() => (rest, 1),
                        _ => (token, 0),
                    };
                    if low != b"\"" {
                        let word = self.word(low);
                        self.tokens.push(word << 1 | capital);
                    }
                }
                self.tokens.push(BREAK);
            }
            if path.to_string_lossy().contains("classic-books") {
                self.old.push((start, self.tokens.len() as u32));
            }
        }
    }

    fn word(&mut self, low: &[u8]) -> u32 {
        let key = context::key(low);
        let words = &mut self.words;
        let at = *self.by_key.entry(key).or_insert_with(|| {
            words.push(Type {
                text: String::from_utf8_lossy(low).into_owned(),
                key,
                count: 0,
                class: 0,
                forms: [context::form_class(low, false), context::form_class(low, true)],
            });
            words.len() as u32 - 1
        });
        self.words[at as usize].count += 1;
        at
    }

    fn at(&self, at: Option<usize>) -> Option<Word> {
        let token = *self.tokens.get(at?)?;
        if token == BREAK {
            return None;
        }
        let word = &self.words[(token >> 1) as usize];
        let class = if word.class != 0 { word.class } else { word.forms[(token & 1) as usize] };
        Some(Word { key: word.key, class })
    }

    /// The five words before place `at` and behind it, nearest first, within its sentence.
    pub fn around(&self, at: usize) -> ([Word; 5], [Word; 5]) {
        let mut left = [NOTHING; 5];
        for (i, place) in left.iter_mut().enumerate() {
            let Some(word) = self.at(at.checked_sub(i + 1)) else { break };
            *place = word;
        }
        let mut right = [NOTHING; 5];
        for (i, place) in right.iter_mut().enumerate() {
            let Some(word) = self.at(Some(at + i + 1)) else { break };
            *place = word;
        }
        debug_assert_eq!(NOTHING.key, EDGE);
        (left, right)
    }

    /// All places of the words that are asked for.
    pub fn places(&self, wanted: &BTreeSet<u32>) -> HashMap<u32, Vec<Place>> {
        let mut asked = vec![false; self.words.len()];
        wanted.iter().for_each(|&word| asked[word as usize] = true);
        let mut places: HashMap<u32, Vec<Place>> = wanted.iter().map(|&word| (word, Vec::new())).collect();
        let mut held = self.held_out.iter().copied().peekable();
        for (at, &token) in self.tokens.iter().enumerate() {
            let at = at as u32;
            while held.peek().is_some_and(|range| range.1 <= at) {
                held.next();
            }
            if token != BREAK && asked[(token >> 1) as usize] {
                let training = held.peek().is_none_or(|range| at < range.0);
                // A capital inside a sentence makes a name of it.
                let name = token & 1 == 1 && self.tokens[at as usize - 1] != BREAK;
                if !name {
                    let old = self.old.iter().any(|range| range.0 <= at && at < range.1);
                    let place = Place { at, training, old };
                    places.entry(token >> 1).or_default().push(place);
                }
            }
        }
        places
    }
}
