//! `no-end-mark`: a paragraph that stops without a full stop, in a story whose others end in a mark.

use crate::dictionary;
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::paragraph_index::Signs;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("no-end-mark", Run::Story(run), &[])];

/// Shorter ones may be labels, names and lines of an address.
const FEWEST_TOKENS: usize = 14;

/// So many paragraphs with a mark show that the story sets them.
const MARKED: usize = 5;

/// So many bytes of the source are between two paragraphs: two ends of lines, and no picture.
const BETWEEN: usize = 4;

/// Adds a hit at the last word of the one paragraph that ends in none.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let is_long = |p: &Paragraph| p.kind == BlockKind::Paragraph && p.tokens.len() >= FEWEST_TOKENS;
    let mut open = story.paragraphs_with(Signs::OPEN_END).filter(|(_, read)| is_long(&read.paragraph));
    let (Some((number, read)), None) = (open.next(), open.next()) else { return };
    let marked = story.paragraphs_where(|entry| !entry.signs.any_of(Signs::OPEN_END));
    let p = &read.paragraph;
    if marked.filter(|(_, read)| is_long(&read.paragraph)).take(MARKED).count() < MARKED
        || !lost_its_mark(story, number, p)
    {
        return;
    }
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

/// Whether the paragraph ends in a plain word, and another one or nothing at all follows: addresses, signatures and lines in bold
/// have no mark, and what leads on to a list, a picture or a quotation below needs none.
fn lost_its_mark(story: &Story, number: usize, p: &Paragraph) -> bool {
    let (Some(block), Some(last)) = (story.document.blocks.get(number), p.tokens.last()) else { return false };
    let (place, word) = (Passage::new(number, last.span), p.low(p.tokens.len() - 1));
    let is_plain = !last.capital && word.len() > 1 && dictionary::entry(word).is_some() && !p.text.contains('<');
    let is_marked = block.range.end > block.to_source(last.span).end || story.is_in_link(place);
    let follows = match story.document.blocks.get(number + 1) {
        Some(next) => {
            let is_beside = next.range.start <= block.range.end + BETWEEN;
            is_beside
                && (next.kind == BlockKind::Heading
                    || next.kind == BlockKind::Paragraph && next.prose.starts_with(char::is_uppercase))
        }
        None => true,
    };
    is_plain && !is_marked && follows && p.sentences.len() > 1 && !lexicon::structure::LEADING_ON.contains(word)
}
