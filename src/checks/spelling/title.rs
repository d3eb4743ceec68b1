//! Words with a capital that are words of a title, and no names: `the Instructor Training Cirriculum`.

use crate::dictionary;
use crate::prose::{Paragraph, TokenKind};
use crate::story::cues::odd_words::OddWord;
use crate::story::person::is_given_name;

/// A shorter word in a title may be a surname or a brand that is spelled as it likes: `Gorup`, `Kwik Save`.
const LONG: u32 = 7;

/// Whether the word with a capital, of whose spelling there is doubt, is beside a common word with a capital, and no name
/// does: those who spell one word of a title as the dictionary does mean to spell the other so.
pub(super) fn is_title_word(p: &Paragraph, odd: &OddWord) -> bool {
    if odd.span.end - odd.span.start < LONG {
        return false;
    }
    let at = p.token_at(odd.span.start);
    let before =
        at.checked_sub(1).filter(|_| p.tokens.get(at).is_some_and(|own| own.spaced)).and_then(|at| kind(p, at));
    let behind = p.tokens.get(at + 1).filter(|next| next.spaced).and_then(|_| kind(p, at + 1));
    let beside = [before, behind];
    beside.contains(&Some(Beside::Word)) && !beside.contains(&Some(Beside::Name))
}

#[derive(PartialEq, Eq)]
enum Beside {
    Word,
    Name,
}

/// What the word with a capital at this place is; `None` for another word or a mark.
fn kind(p: &Paragraph, at: usize) -> Option<Beside> {
    let token = p.tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.capital)?;
    let low = p.low(at);
    // A capital that opens a sentence says nothing of its word.
    if low.len() < 4 || p.opens_sentence(at) {
        return None;
    }
    if p.word(at).bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let is_word = !token.joined
        && dictionary::is_common(low.as_bytes())
        && !is_given_name(low)
        && p.word(at).bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    Some(if is_word { Beside::Word } else { Beside::Name })
}
