//! `no-end-mark`: a paragraph that stops without a full stop, in a story whose others end in a mark.

use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("no-end-mark", Run::Story(run), &[])];

/// Shorter ones may be labels, names and lines of an address.
const FEWEST_TOKENS: usize = 14;

/// So many paragraphs with a mark show that the story sets them.
const MARKED: usize = 5;

/// Adds a hit at the last word of the one paragraph that ends in none.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let (mut marked, mut open) = (0, None);
    for (number, read) in story.paragraphs.iter().enumerate() {
        let p = &read.paragraph;
        // Code that was left in the text ends as it likes.
        if p.kind != BlockKind::Paragraph || p.tokens.len() < FEWEST_TOKENS || p.text.contains('<') {
            continue;
        }
        match ends_in_a_word(p) {
            false => marked += 1,
            true if open.is_some() => return,
            true => open = Some((number, p)),
        }
    }
    let Some((number, p)) = open.filter(|_| marked >= MARKED) else { return };
    let Some(last) = p.tokens.last() else { return };
    let place = Passage::new(number, last.span);
    let hit = Hit::at(place).arg("found", p.slice(last.span));
    out.push(hit.insert(
        place,
        last.span.end,
        ".".to_owned(),
        "Insert the full stop".to_owned(),
        Applicability::Suggested,
    ));
}

/// Whether nothing stands behind the last word, which is no address.
fn ends_in_a_word(p: &Paragraph) -> bool {
    p.tokens.last().is_some_and(|last| {
        let word = p.slice(last.span);
        matches!(last.kind, TokenKind::Word | TokenKind::Number) && !word.contains(['.', '/', '@', '_', '#'])
    })
}
