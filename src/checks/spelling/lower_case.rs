//! The long words of a story in lower case, which names may be garbled forms of.

use rustc_hash::FxHashMap;

use crate::prose::TokenKind;
use crate::story::Story;
use crate::story::paragraph_index::Signs;
use crate::text::{added_letter, are_anagrams};

/// A word that opens a sentence and has so many letters may be no name.
pub(super) const OPENING: u32 = 8;

/// The long words that a story has in lower case, by their first letter and how many letters they have. Names are many and hardly
/// any is a word of the story, and to look for what one may mean in the dictionary is dear.
pub(super) struct LowerCase<'s>(FxHashMap<(u8, usize), Vec<&'s str>>);

/// At most so many words that begin alike and are as long are held against a name.
const MOST_ALIKE: usize = 50;

/// No name of so many bytes is held against words.
const LONGEST_ASKED: usize = 32;

/// The bit of the letter that a word begins with, whatever its case; `None` where that has no place in the alphabet.
fn letter(word: &str) -> Option<u32> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| 1 << (first - b'a'))
}

impl<'s> LowerCase<'s> {
    /// Those that one of the story's unknown words with a capital may be.
    pub(super) fn of(story: &Story<'s>) -> Self {
        let mut own: FxHashMap<(u8, usize), Vec<&str>> = FxHashMap::default();
        let names = story.paragraphs_with(Signs::UNKNOWN_WORD).flat_map(|(_, read)| {
            let capitals = read.cues.odd_words().iter().filter(|odd| odd.is_unknown() && odd.capital);
            capitals.map(|odd| read.paragraph.slice(odd.span))
        });
        // Of each length, which letters they begin with.
        let mut asked = [0_u32; LONGEST_ASKED];
        for (name, first) in names.filter_map(|name| Some((name, letter(name)?))) {
            for length in [name.len(), name.len() + 1] {
                if let Some(asked) = asked.get_mut(length) {
                    *asked |= first;
                }
            }
        }
        for read in story.paragraphs {
            let p = &read.paragraph;
            for (at, token) in p.tokens.iter().enumerate().filter(|(_, token)| !token.capital) {
                let length = token.span.len();
                let asked = asked.get(length).copied().filter(|_| length >= OPENING as usize).unwrap_or_default();
                let low = if asked != 0 && token.kind == TokenKind::Word { p.low(at) } else { continue };
                let Some(&first) = low.as_bytes().first().filter(|_| letter(low).is_some_and(|one| asked & one != 0))
                else {
                    continue;
                };
                let alike = own.entry((first, low.len())).or_default();
                if alike.len() < MOST_ALIKE && !alike.contains(&low) {
                    alike.push(low);
                }
            }
        }
        Self(own)
    }

    /// Whether one of them may be `written` before it lost a letter or had two swapped.
    pub(super) fn may_have_lost(&self, written: &str) -> bool {
        let low = written.to_ascii_lowercase();
        let Some(&first) = low.as_bytes().first() else { return false };
        let alike = |letters: usize| self.0.get(&(first, letters)).into_iter().flatten();
        alike(low.len()).any(|other| are_anagrams(&low, other))
            || alike(low.len() + 1).any(|other| added_letter(&low, other).is_some())
    }
}
