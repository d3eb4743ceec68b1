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

impl<'s> LowerCase<'s> {
    /// Those that one of the story's unknown words with a capital may be.
    pub(super) fn of(story: &Story<'s>) -> Self {
        let mut own: FxHashMap<(u8, usize), Vec<&str>> = FxHashMap::default();
        for (_, read) in story.paragraphs_with(Signs::UNKNOWN_WORD) {
            for odd in read.cues.odd_words().iter().filter(|odd| odd.is_unknown() && odd.capital) {
                let name = read.paragraph.slice(odd.span);
                let Some(first) = name.bytes().next() else { continue };
                for letters in [name.len(), name.len() + 1] {
                    own.entry((first.to_ascii_lowercase(), letters)).or_default();
                }
            }
        }
        for read in story.paragraphs {
            let p = &read.paragraph;
            let long = p.tokens.iter().enumerate().filter(|(_, token)| {
                token.kind == TokenKind::Word && !token.capital && token.span.len() >= OPENING as usize
            });
            for low in long.map(|(at, _)| p.low(at)) {
                let Some(&first) = low.as_bytes().first() else { continue };
                let Some(alike) = own.get_mut(&(first, low.len())) else { continue };
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
