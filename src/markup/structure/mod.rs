//! News kinds for blocks whose markup does not tell: headline, byline, dateline, caption, source line, boilerplate.
//!
//! Only paragraphs (and, for few kinds, headings and list items) are looked at; what a format has said stays. The
//! rules are strict, because body copy that is taken for house text is not checked at all.

mod house;
mod lines;
#[cfg(test)]
mod tests;

use super::credits::{is_bare_credit, trailing_credit};
use super::{Block, BlockKind, Document, Image, is_open};
use crate::text::language::{Verdict, judge};
use house::{is_appeal, is_house_text};
use lines::{is_byline, is_dateline, is_names, is_note, is_source_line};

/// Longest prose, in bytes, of a block that may be anything but body copy.
const LONGEST: usize = 1200;

/// How many blocks may be over the body: headline, dek, byline, dateline, captions.
const HEAD: usize = 8;

/// What is known of a block by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone {
    /// What its markup makes it.
    markup: BlockKind,
    /// What its own words make it; `None` where nobody asked.
    words: Option<Option<BlockKind>>,
    /// What its own words say of its language.
    pub(super) language: Verdict,
}

impl Alone {
    /// What is known of `block` as its markup has it. `known` is what was made of the same words before.
    fn of(block: &Block, known: Option<&Alone>) -> Self {
        let asked = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) && block.prose.len() <= LONGEST;
        let words = known.and_then(|known| known.words);
        Self {
            markup: block.kind,
            words: asked.then(|| words.unwrap_or_else(|| kind_alone(&block.prose))),
            language: known.map_or_else(|| judge(&block.prose), |known| known.language),
        }
    }
}

/// Gives the blocks of `document` their news kinds. `last` are the blocks' prose and what it made them in a text that
/// may be nearly the same; gives the like for this one.
pub(super) fn classify(document: &mut Document, last: &[(&str, Alone)]) -> Vec<Alone> {
    let mut alone = all_alone(&document.blocks, last);
    give_kinds(&mut document.blocks, &alone);
    if open_captions(&mut document.blocks) {
        // They are not what they were when kinds were given, so that this cannot be done again.
        alone.clear();
    }
    bind_captions(document);
    alone
}

/// Gives blocks their kinds, by what is known of each and by what is around it.
fn give_kinds(blocks: &mut [Block], alone: &[Alone]) {
    for (index, (block, alone)) in blocks.iter_mut().zip(alone).enumerate() {
        // A date alone further down is a day of a timeline or of a correction.
        let kind = alone.words.flatten().filter(|kind| *kind != BlockKind::Dateline || index < HEAD);
        block.kind = kind.unwrap_or(alone.markup);
    }
    find_headline(blocks);
    find_dek(blocks);
    find_byline_by_report(blocks);
    find_headings(blocks);
    find_tail(blocks);
}

/// Puts `now`, as its markup has it, in the place of block number `number` of a plain text. `None`, and all is as it was,
/// when another block is of another kind by that, or this one is and its kinds are not a paragraph and a subheading.
pub(super) fn put(blocks: &mut [Block], number: usize, now: Block, alone: &mut [Alone]) -> Option<()> {
    if blocks.len() != alone.len() || is_marked(&now) {
        return None;
    }
    let mut kinds: Vec<BlockKind> = blocks.iter().map(|block| block.kind).collect();
    let known = std::mem::replace(alone.get_mut(number)?, Alone::of(&now, None));
    let before = std::mem::replace(blocks.get_mut(number)?, now);
    give_kinds(blocks, alone);
    let kind = blocks.get(number)?.kind;
    if is_open(kind) && is_open(before.kind) {
        *kinds.get_mut(number)? = kind;
    }
    if blocks.iter().map(|block| block.kind).eq(kinds.iter().copied()) {
        return Some(());
    }
    blocks.iter_mut().zip(kinds).for_each(|(block, kind)| block.kind = kind);
    (*alone.get_mut(number)?, *blocks.get_mut(number)?) = (known, before);
    None
}

/// What is known of each block by itself. An edit leaves the blocks before it and after it as they were, so these are
/// looked for from both ends.
fn all_alone(blocks: &[Block], last: &[(&str, Alone)]) -> Vec<Alone> {
    let same = |(block, (prose, _)): &(&Block, &(&str, Alone))| *block.prose == **prose;
    let before = blocks.iter().zip(last).take_while(same).count();
    let (rest, last_rest) = (blocks.len() - before, last.len().saturating_sub(before));
    let behind = blocks.iter().rev().take(rest).zip(last.iter().rev().take(last_rest)).take_while(same).count();
    let alone = |(index, block): (usize, &Block)| {
        let from_end = blocks.len() - index;
        let known = match () {
            () if index < before => last.get(index),
            () if from_end <= behind => last.len().checked_sub(from_end).and_then(|at| last.get(at)),
            () => None,
        };
        Alone::of(block, known.map(|(_, alone)| alone))
    };
    blocks.iter().enumerate().map(alone).collect()
}

/// The image between byte `from` and byte `to`, the last of several.
fn image_before(images: &[Image], from: usize, to: usize) -> Option<usize> {
    let before = images.partition_point(|image| image.range.end <= to).checked_sub(1)?;
    (images.get(before)?.range.start >= from).then_some(before)
}

/// Gives a caption that its credit has told to the image before it, when no copy is between the two.
fn bind_captions(document: &mut Document) {
    let mut copy_end = 0;
    for block in &mut document.blocks {
        if matches!(block.kind, BlockKind::Caption | BlockKind::Credit) {
            if block.image.is_none() {
                let before = document.images.partition_point(|image| image.range.end <= block.range.start);
                let near = before.checked_sub(1).filter(|index| document.images[*index].range.start >= copy_end);
                block.image = near;
            }
        } else if block.kind == BlockKind::Paragraph
            && is_bare_credit(&block.prose)
            && let Some(image) = image_before(&document.images, copy_end, block.range.start)
        {
            (block.kind, block.image) = (BlockKind::Credit, Some(image));
        } else {
            copy_end = block.range.end;
        }
    }
}

/// `[caption id="a"]￼ The ferry leaves.[/caption]`, as WordPress writes it, is a caption: its marks are taken off. Tells
/// whether there was one.
fn open_captions(blocks: &mut [Block]) -> bool {
    let mut opened = false;
    for block in blocks.iter_mut().filter(|block| is_marked(block)) {
        let Some(from) = block.prose.find(']').map(|at| at + 1) else { continue };
        let end = block.prose.find("[/caption]").unwrap_or(block.prose.len());
        let Some(inner) = block.prose.get(from..end) else { continue };
        let lead = inner.len() - inner.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FFFC}').len();
        let (start, end) = (from + lead, from + inner.trim_end().len());
        (block.kind, opened) = (BlockKind::Caption, true);
        if start < end
            && let Some(cut) = block.cut(start, end)
        {
            *block = cut;
        }
    }
    opened
}

/// Whether the block starts with the mark of a caption.
fn is_marked(block: &Block) -> bool {
    block.prose.starts_with("[caption")
}

/// What a block's own words make it, wherever it stands.
fn kind_alone(text: &str) -> Option<BlockKind> {
    if let Some(credit) = trailing_credit(text) {
        let alone = !text[..credit.start].contains(char::is_alphanumeric);
        return Some(if alone { BlockKind::Credit } else { BlockKind::Caption });
    }
    if is_note(text) {
        return Some(BlockKind::Note);
    }
    if is_house_text(text) {
        return Some(BlockKind::Boilerplate);
    }
    if is_byline(text) {
        return Some(BlockKind::Byline);
    }
    is_dateline(text).then_some(BlockKind::Dateline)
}

/// The first paragraph is the headline when it is short, is no sentence, and body copy follows.
fn find_headline(blocks: &mut [Block]) {
    if blocks.iter().any(|block| block.kind == BlockKind::Headline) {
        return;
    }
    let Some(first) = blocks.iter().position(|block| is_copy(block.kind)) else { return };
    let follows = blocks.iter().skip(first + 1).any(|block| is_copy(block.kind) || block.kind == BlockKind::Caption);
    if !follows || blocks[first].kind != BlockKind::Paragraph {
        return;
    }
    let text = &blocks[first].prose;
    let words = text.split_whitespace().take(26).count();
    let titled = is_title_case(text);
    let headline = match last_mark(text) {
        None => words <= 25,
        Some('?' | '!') => words <= 14 || (titled && words <= 20),
        Some('.') => titled && words <= 20 && !has_inner_stop(text),
        _ => false,
    };
    if headline && text.len() <= 220 && !text.ends_with([',', ';', '-', '–', '—']) {
        blocks[first].kind = BlockKind::Headline;
    }
}

/// The block under the headline is the dek when it is no sentence, or one sentence with the byline under it.
fn find_dek(blocks: &mut [Block]) {
    let Some(headline) = blocks.iter().position(|block| block.kind == BlockKind::Headline) else { return };
    if blocks.iter().any(|block| block.kind == BlockKind::Dek) {
        return;
    }
    let Some(under) = blocks.get(headline + 1).filter(|block| block.kind == BlockKind::Paragraph) else { return };
    let next = blocks.get(headline + 2).map(|block| block.kind);
    let words = under.prose.split_whitespace().take(41).count();
    let unstopped = last_mark(&under.prose).is_none() && words <= 30 && !opens_copy(&under.prose);
    let above_byline = matches!(next, Some(BlockKind::Byline)) && words <= 40;
    let body_follows = blocks.iter().skip(headline + 2).any(|block| is_copy(block.kind));
    if body_follows && (unstopped || above_byline) {
        blocks[headline + 1].kind = BlockKind::Dek;
    }
}

/// Longest prose, in bytes, of a byline that says `reports`.
const LONGEST_BYLINE: usize = 120;

/// “Ana Ruiz reports” near the top or at the very end.
fn find_byline_by_report(blocks: &mut [Block]) {
    let len = blocks.len();
    for (index, block) in blocks.iter_mut().enumerate() {
        if block.kind != BlockKind::Paragraph || (index > 4 && index + 2 < len) || block.prose.len() > LONGEST_BYLINE {
            continue;
        }
        let text = block.prose.trim_end_matches('.');
        let Some(at) = text.find(" reports").or_else(|| text.find(" report")) else { continue };
        let rest = text[at..].trim_start_matches(" reports").trim_start_matches(" report");
        let ends = rest.is_empty() || (rest.starts_with(" from ") && rest.split_whitespace().count() <= 4);
        if ends && is_names(&text[..at]) {
            block.kind = BlockKind::Byline;
        }
    }
}

/// Longest prose, in bytes, of a subheading that no markup shows. A full paragraph is longer.
const LONGEST_HEADING: usize = 90;

/// A short line without a stop between two full paragraphs is a subheading.
fn find_headings(blocks: &mut [Block]) {
    for index in 1..blocks.len().saturating_sub(1) {
        let block = &blocks[index];
        if block.kind == BlockKind::Paragraph && is_heading(&blocks[index - 1], &block.prose, &blocks[index + 1]) {
            blocks[index].kind = BlockKind::Heading;
        }
    }
}

/// Whether `prose` is a subheading between these two blocks.
fn is_heading(before: &Block, prose: &str, behind: &Block) -> bool {
    // A full paragraph is long and ends with a stop.
    let is_full = |block: &Block| {
        block.kind == BlockKind::Paragraph && block.prose.len() > LONGEST_HEADING && last_mark(&block.prose).is_some()
    };
    prose.len() <= LONGEST_HEADING && is_full(before) && is_full(behind) && looks_like_heading(prose)
}

fn looks_like_heading(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let starts_well = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '‘' || c == '“');
    if words > 10 || !starts_well || text.contains(['@', '<', '>', '#', '\n', '|', '\u{FFFC}']) || text.contains("http")
    {
        return false;
    }
    // A label with a colon, a quote or a total (“Ruiz: 52 percent”) belongs to the copy around it.
    if text.contains(':') || text.ends_with([',', ';', '-', '–', '—', '…', '”', '"', ')', ']']) {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 4 && !text.chars().any(char::is_lowercase);
    letters >= 3 && (last_mark(text).is_none() || (capitals && words <= 8))
}

/// House text and source lines at the end of the story.
fn find_tail(blocks: &mut [Block]) {
    let mut first_house = None;
    let mut only_tail_below = true;
    for index in (0..blocks.len()).rev() {
        let text = &blocks[index].prose;
        let kind = blocks[index].kind;
        if matches!(kind, BlockKind::Paragraph | BlockKind::ListItem) && text.len() <= LONGEST {
            if only_tail_below && is_appeal(text) {
                blocks[index].kind = BlockKind::Boilerplate;
            } else if only_tail_below && is_source_line(text) {
                blocks[index].kind = BlockKind::SourceLine;
            }
        }
        match blocks[index].kind {
            BlockKind::Boilerplate => first_house = Some(index),
            BlockKind::SourceLine | BlockKind::Note | BlockKind::Byline | BlockKind::Credit | BlockKind::Caption => {}
            _ if last_mark(&blocks[index].prose).is_none() && blocks[index].prose.len() <= 300 => {}
            _ => only_tail_below = false,
        }
        if !only_tail_below {
            break;
        }
    }
    // Titles and links under the first piece of house text belong to it: they have no stop, as copy would.
    let Some(first) = first_house else { return };
    for block in &mut blocks[first + 1..] {
        let open = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading);
        if open && last_mark(&block.prose).is_none() {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

/// Whether blocks of this kind are what the story tells, so that a headline may be over them.
fn is_copy(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuote)
}

/// The mark that ends the last sentence: `.`, `!`, `?`, `…` or `:`, closing marks after it left out.
fn last_mark(text: &str) -> Option<char> {
    // An image, a note's mark or an emoji behind the last sentence takes nothing from it.
    let text = text.trim_end_matches(is_behind_sentence);
    let text = footnote_mark(text).map_or(text, |at| text[..at].trim_end_matches(is_behind_sentence));
    let inner = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*'));
    inner.chars().last().filter(|c| matches!(c, '.' | '!' | '?' | '…' | ':'))
}

/// Whether `c` may be behind a sentence without being a part of it.
fn is_behind_sentence(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{FFFC}' | '\u{FE0F}' | '\u{200D}' | '†' | '‡' | '¹' | '²' | '³' | '⁴'
                ..='⁹' | '■' | '◼' | '●' | '▪' | '∎'
        )
        || matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}' | '\u{2190}'..='\u{21FF}')
}

/// Where a mark of a note begins that ends `text`: `[1]`, `[note 2]`.
fn footnote_mark(text: &str) -> Option<usize> {
    let inner = text.strip_suffix(']')?;
    let at = inner.rfind('[')?;
    let mark = inner.get(at + 1..)?.trim_start_matches("note ");
    (!mark.is_empty() && mark.len() <= 3 && mark.bytes().all(|b| b.is_ascii_digit())).then_some(at)
}

/// Whether a sentence seems to end before the end of `text`.
fn has_inner_stop(text: &str) -> bool {
    let inner = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    inner.split_whitespace().rev().skip(1).any(|word| word.len() > 4 && word.ends_with(['.', '!', '?']))
}

/// Whether most of the words that titles capitalize are capitalized.
fn is_title_case(text: &str) -> bool {
    let mut long = 0;
    let mut capitals = 0;
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.chars().count() >= 4 && word.starts_with(char::is_alphabetic) {
            long += 1;
            capitals += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    long >= 4 && capitals * 10 >= long * 8
}

/// Whether a paragraph begins as body copy does: with a dateline or with a quote.
fn opens_copy(text: &str) -> bool {
    text.starts_with(['“', '"', '‘']) || text.contains(" — ") || text.contains(" – ") || text.contains(" -- ")
}

/// Marks that may be before the words by which a block is known.
const AHEAD: [char; 6] = ['(', '[', '*', '_', '~', ' '];

/// By which three letters some phrases open. Most texts open otherwise.
struct Openings([u64; 16]);

impl Openings {
    /// The openings of `phrases`, which are in lower case.
    fn of<'p>(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let mut openings = Self([0; 16]);
        for phrase in phrases {
            let (at, bit) = Self::place(phrase);
            openings.0[at] |= bit;
        }
        openings
    }

    /// Whether the [`start_of`] `text` may be one of the phrases.
    fn may_open(&self, text: &str) -> bool {
        let text = text.trim_start_matches(AHEAD);
        let (at, bit) = Self::place(text);
        self.0[at] & bit != 0
    }

    /// Which bit stands for the first three letters. `©`, which has no more, is told by its first byte.
    fn place(text: &str) -> (usize, u64) {
        let letters = text.bytes().take(if text.starts_with('©') { 1 } else { 3 });
        let hash = letters.fold(0, |hash: usize, byte| hash * 31 + byte.to_ascii_lowercase() as usize);
        (hash / 64 % 16, 1 << (hash % 64))
    }
}

/// `text` in lower case with straight apostrophes, cut to its first `len` bytes or so.
fn start_of(text: &str, len: usize) -> String {
    let cut = &text[..text.floor_char_boundary(len.min(text.len()))];
    let cut = cut.trim_start_matches(AHEAD);
    let mut start = if cut.is_ascii() { cut.to_owned() } else { cut.replace('’', "'") };
    start.make_ascii_lowercase();
    start
}
