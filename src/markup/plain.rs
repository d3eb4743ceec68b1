//! Plain text: a paragraph a line, or hard-wrapped lines with blank lines between the paragraphs.

use super::{Block, BlockKind, Document, SourceMap, front_matter, is_ornament, long};
use crate::text::{Shift, SourceRange};

/// Longest line, in characters, of a text that may be hard-wrapped.
const WIDEST_WRAP: usize = 100;
/// Shortest width at which lines are taken for wrapped; below it they are a list, a poem or a table.
const NARROWEST_WRAP: usize = 40;
/// How much shorter than the widest line a wrapped line may be, beyond the word that did not fit on it.
const RAGGEDNESS: usize = 8;

/// A line without its line break and without white space around it. Blank lines are not kept.
struct PlainLine {
    range: SourceRange,
    /// A blank line, or the start of the text, is before it.
    after_blank: bool,
}

/// Takes a plain text apart.
pub fn parse(source: &str) -> Document {
    let mut document = Document::default();
    let body = front_matter::read(source, &mut document);
    let lines = lines(source, body);
    let wrap = wrap_width(source, &lines);
    document.hard_wrapped = wrap.is_some();
    take_lines(source, &lines, wrap, &mut document);
    document
}

/// Adds the blocks of these lines, of which some go on with the paragraph before where the text is wrapped.
fn take_lines(source: &str, lines: &[PlainLine], wrap: Option<usize>, document: &mut Document) {
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let mut range = line.range.clone();
        index += 1;
        let text = &source[range.clone()];
        if is_ornament(text) {
            mark_underlined(document, text, line);
            continue;
        }
        let marker = list_marker(text);
        range.start += marker;
        while let (Some(width), Some(next)) = (wrap, lines.get(index)) {
            let last = &source[lines[index - 1].range.clone()];
            if !continues(last, &source[next.range.clone()], next.after_blank, width) {
                break;
            }
            range.end = next.range.end;
            index += 1;
        }
        document.blocks.push(Block {
            kind: if marker > 0 { BlockKind::ListItem } else { BlockKind::Paragraph },
            prose: source[range.clone()].into(),
            range,
            map: SourceMap::default(),
            image: None,
            foreign: false,
        });
    }
}

/// Block number `number` after the edit of `shift`, which made `source`, in it or in the blanks behind it: `None` when the
/// lines from it to the next block are not this one block any more, or when other lines may be read otherwise now.
/// `document` is that of the text before.
pub(super) fn block_again(source: &str, document: &Document, number: usize, shift: &Shift) -> Option<Block> {
    let block = document.blocks.get(number).filter(|_| !document.hard_wrapped)?;
    let line_start = |at: usize| {
        let breaks = memchr::memrchr2(b'\n', b'\r', source.as_bytes().get(..at)?);
        Some(breaks.map_or(0, |at| at + 1))
    };
    let end = match document.blocks.get(number + 1) {
        Some(next) => line_start(shift.range(&next.range)?.start)?,
        None => source.len(),
    };
    let mut part = Document::default();
    let stretch = source.get(..end)?;
    take_lines(stretch, &lines(stretch, line_start(block.range.start)?.min(end)), None, &mut part);
    let [now] = &*part.blocks else { return None };
    // A line that is too long is several blocks.
    if now.range.start != block.range.start || now.prose.len() > long::LONGEST {
        return None;
    }
    let body = front_matter::read(source, &mut Document::default());
    // One line too wide shows that none are wrapped, and most texts that are not have one near their start.
    let is_wide = |text: &str| text.chars().nth(WIDEST_WRAP).is_some();
    let mut others = document.blocks.iter().enumerate().filter(|&(other, _)| other != number);
    let is_unwrapped = is_wide(&now.prose)
        || others.any(|(_, block)| is_wide(&block.prose))
        || wrap_width(source, &lines(source, body)).is_none();
    part.blocks.pop().filter(|_| block.range.start >= body && is_unwrapped)
}

/// Blocks up to this length, in bytes, may be made headings by what is under them.
const SHORT: usize = 120;

/// What is trimmed from lines.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\0'
}

/// The lines of `source` from byte `from` on. LF, CRLF and CR end a line.
fn lines(source: &str, from: usize) -> Vec<PlainLine> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = from;
    let breaks = memchr::memchr2_iter(b'\n', b'\r', &source.as_bytes()[from..]).map(|at| from + at);
    for end in breaks.chain(std::iter::once(source.len())) {
        // The LF of a CRLF ends no line of its own: it would look like a blank one.
        let second_half = end == start && end > from && source.as_bytes()[end - 1..].starts_with(b"\r\n");
        let raw = &source[start..end];
        let text = raw.trim_matches(is_blank);
        if !text.is_empty() {
            let at = start + (raw.len() - raw.trim_start_matches(is_blank).len());
            lines.push(PlainLine { range: at..at + text.len(), after_blank });
            after_blank = false;
        } else if !second_half {
            after_blank = true;
        }
        start = end + 1;
    }
    lines
}

/// The width at which the text is hard-wrapped, in characters; `None` when each line is a paragraph.
///
/// Wrapped lines fill the width and break in mid-sentence. Lines that are paragraphs end their sentences.
fn wrap_width(source: &str, lines: &[PlainLine]) -> Option<usize> {
    let mut width = 0;
    for line in lines {
        // A character takes four bytes at most: lines longer than this cannot be narrow enough.
        if line.range.len() > WIDEST_WRAP * 4 {
            return None;
        }
        width = width.max(source[line.range.clone()].chars().count());
    }
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    let (mut breaks, mut full, mut open) = (0, 0, 0);
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        if next.after_blank {
            continue;
        }
        let (text, next) = (&source[line.range.clone()], &source[next.range.clone()]);
        breaks += 1;
        full += usize::from(fills(text, next, width));
        open += usize::from(!text.ends_with(['.', '!', '?', ':', '”', '"', ')', '…']));
    }
    (breaks >= 1 && full * 4 >= breaks * 3 && open * 3 >= breaks * 2).then_some(width)
}

/// Whether the first word of `next` would not have fitted on `line` at this width.
fn fills(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    line.chars().count() + 1 + word + RAGGEDNESS > width
}

/// Whether `next` goes on with the paragraph of `line`.
fn continues(line: &str, next: &str, after_blank: bool, width: usize) -> bool {
    !after_blank && !is_ornament(next) && list_marker(next) == 0 && fills(line, next, width)
}

/// Makes the block before an underline of `=` or `-` a heading, as in Markdown's setext headings.
fn mark_underlined(document: &mut Document, ornament: &str, line: &PlainLine) {
    let underline = ornament.len() >= 3 && (ornament.bytes().all(|b| b == b'=') || ornament.bytes().all(|b| b == b'-'));
    if !underline || line.after_blank {
        return;
    }
    let has_headline = document.blocks.iter().any(|block| block.kind == BlockKind::Headline);
    let first = document.blocks.len() == 1;
    if let Some(block) = document.blocks.last_mut().filter(|block| block.kind == BlockKind::Paragraph) {
        // Text over a dashed line can as well be a paragraph over a rule; a heading is short.
        if block.prose.len() <= SHORT {
            block.kind = if first && !has_headline { BlockKind::Headline } else { BlockKind::Heading };
        }
    }
}

/// Length in bytes of the list marker that starts `text`, with the space after it; 0 when there is none.
fn list_marker(text: &str) -> usize {
    let rest = match text.chars().next() {
        Some('-' | '*' | '•' | '·' | '‣' | '◦' | '▪') => text.trim_start_matches(|c: char| !c.is_whitespace()),
        Some('0'..='9') => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            // Three digits and more are a number that starts a sentence, such as a year.
            if text.len() - rest.len() > 2 {
                return 0;
            }
            match rest.strip_prefix(['.', ')']) {
                Some(rest) => rest,
                None => return 0,
            }
        }
        _ => return 0,
    };
    let marker = text.len() - rest.len();
    let one_sign = text.starts_with(|c: char| c.is_ascii_digit()) || text[..marker].chars().count() == 1;
    let item = rest.trim_start();
    if !one_sign || item.len() == rest.len() || is_ornament(item) {
        return 0;
    }
    text.len() - item.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(source: &str) -> Vec<String> {
        let document = parse(source);
        for block in &document.blocks {
            assert_eq!(*block.prose, source[block.range.clone()]);
        }
        document.blocks.into_iter().map(|block| block.prose.to_string()).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_whatever_ends_it() {
        let source = "\u{FEFF}One line.\r\nTwo\u{2028}lines.\rThree.\n\0\n  Four.  ";
        assert_eq!(prose(source), ["One line.", "Two\u{2028}lines.", "Three.", "Four."]);
        assert!(prose("").is_empty());
        assert!(prose("\r\n \n\0").is_empty());
    }

    #[test]
    fn hard_wrapped_lines_are_one_block() {
        let source = "Council backs ferry\n\nThe council voted on Tuesday to keep the old ferry in service until\n\
                      the bridge opens, after residents of the east bank said that they had\nno other way to work.\n\n\
                      Mayor Dale Finch said the town would pay for repairs from its reserve\nand ask the state for help.\n";
        let blocks = prose(source);
        assert_eq!(blocks.len(), 3);
        assert!(blocks[1].starts_with("The council") && blocks[1].ends_with("way to work."));
        let crlf = source.replace('\n', "\r\n");
        assert_eq!(prose(&crlf).len(), 3);
    }

    #[test]
    fn short_lines_that_end_their_sentences_are_paragraphs() {
        let source = "The council met on Monday evening at the town hall.\nIt voted for the ferry.\n\
                      Nobody spoke against it, and the session was short.\n";
        assert_eq!(prose(source).len(), 3);
    }

    #[test]
    fn list_markers_are_outside_the_item() {
        let document =
            parse("- First thing\n• Second thing\n12. Twelfth thing\n2018. A year\n-5 degrees\n– she said\n");
        let found: Vec<_> = document.blocks.iter().map(|b| (b.kind, &*b.prose)).collect();
        use BlockKind::{ListItem, Paragraph};
        assert_eq!(
            found,
            [
                (ListItem, "First thing"),
                (ListItem, "Second thing"),
                (ListItem, "Twelfth thing"),
                (Paragraph, "2018. A year"),
                (Paragraph, "-5 degrees"),
                (Paragraph, "– she said"),
            ]
        );
    }

    #[test]
    fn rules_and_underlines_are_no_prose() {
        let document = parse("Ferry stays\n===========\n\nThe ferry stays.\n\n* * *\n\nIt is old.\n");
        assert_eq!(document.blocks.len(), 3);
        assert_eq!(document.blocks[0].kind, BlockKind::Headline);
    }
}
