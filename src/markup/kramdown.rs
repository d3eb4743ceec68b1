//! Where HTML ends and Markdown goes on, as kramdown reads it, for which most sites of newsrooms are written. To CommonMark a block
//! of HTML goes on to the next blank line.

use std::borrow::Cow;

/// Longest tag that is looked at, in bytes. What is longer was opened by mistake.
const LONGEST_TAG: usize = 2000;

/// `masked`, which keeps its length, so changed that a parser of CommonMark finds the Markdown that kramdown does.
pub(super) fn opened(masked: Cow<'_, str>) -> Cow<'_, str> {
    with_text_behind_blocks(with_images_in_paragraphs(without_markdown_tags(masked)))
}

/// `masked` with blanks in place of tags that say that Markdown is in their element, as kramdown reads it: `<div
/// markdown="1">`. To other parsers what follows such a tag would be HTML.
fn without_markdown_tags(masked: Cow<'_, str>) -> Cow<'_, str> {
    let mut ranges = Vec::new();
    let is_attribute =
        |at: usize| masked[..at].ends_with([' ', '\t']) && masked[at + "markdown".len()..].starts_with(['=', '>', ' ']);
    for (at, _) in masked.match_indices("markdown").filter(|(at, _)| is_attribute(*at)) {
        let first = masked.ceil_char_boundary(at.saturating_sub(LONGEST_TAG));
        let open = masked[first..at].rfind(['<', '>', '\n']).map(|len| first + len);
        let Some(open) = open.filter(|&open| masked[open..].starts_with('<')) else { continue };
        let last = masked.floor_char_boundary(masked.len().min(at + LONGEST_TAG));
        let Some(close) = masked[at..last].find(['>', '\n']).filter(|&len| masked[at + len..].starts_with('>')) else {
            continue;
        };
        if masked.get(open + 1..).is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            ranges.push(open..at + close + 1);
        }
    }
    if ranges.is_empty() {
        return masked;
    }
    let mut blanked = masked.into_owned();
    for range in ranges {
        let blanks = " ".repeat(range.len());
        blanked.replace_range(range, &blanks);
    }
    Cow::Owned(blanked)
}

/// `masked` with line breaks in place of the end of a closing tag behind which, on its line or the next, Markdown with links goes
/// on: `</div>The [plan](/plan) is …`. To CommonMark that is HTML up to the next blank line, and kramdown reads it.
fn with_text_behind_blocks(masked: Cow<'_, str>) -> Cow<'_, str> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for part in masked.split("\n\n") {
        // A tag of a block ends the paragraph above it.
        let at = if part.contains("](") { first_tag_of_block(part) } else { None };
        if let Some(at) = at {
            cuts.extend(ends_of_blocks(&part[at..]).into_iter().map(|end| start + at + end));
        }
        start += part.len() + 2;
    }
    if cuts.is_empty() {
        return masked;
    }
    let mut cut = masked.into_owned();
    for end in cuts {
        cut.replace_range(end - 2..end, "\n\n");
    }
    Cow::Owned(cut)
}

/// Elements that make blocks, in which kramdown reads no Markdown and behind which it does.
const BLOCKS: [&str; 5] = ["div", "figure", "table", "aside", "p"];

/// Where the first line of `part` begins that opens with the tag of such an element.
fn first_tag_of_block(part: &str) -> Option<usize> {
    let is_tag = |line: &str| {
        let name = line.strip_prefix('<')?;
        BLOCKS.iter().find(|own| name.strip_prefix(**own).is_some_and(|rest| rest.starts_with([' ', '>', '\n'])))
    };
    let mut at = 0;
    part.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        is_tag(line).map(|_| start)
    })
}

/// Where the tags end that close what `block`, which has no blank line, opens with, and behind which Markdown with links goes on.
fn ends_of_blocks(block: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let (last_link, last_div) = (block.rfind("]("), block.rfind("</div"));
    for name in BLOCKS {
        let (open, close) = (format!("<{name}"), format!("</{name}"));
        let mut opened = block.match_indices(&open).map(|(at, _)| at).peekable();
        let (mut open_so_far, mut closed_so_far) = (0, 0);
        for (at, _) in block.match_indices(&close) {
            closed_so_far += 1;
            while opened.next_if(|&other| other < at).is_some() {
                open_so_far += 1;
            }
            let end = at + close.len() + 1;
            let Some(rest) = block.get(end..).filter(|_| block[at + close.len()..].starts_with('>')) else { continue };
            // What is open around the tag would be closed behind it.
            let is_outermost = open_so_far == closed_so_far && last_div.is_none_or(|last| last < end);
            let goes_on = rest.trim_start().starts_with(|c: char| !matches!(c, '<' | '>' | '|'));
            if is_outermost && goes_on && last_link.is_some_and(|last| last >= end) {
                ends.push(end);
            }
        }
    }
    ends
}

/// `masked` with a blank for the line break behind a line that is an `<img>` tag and no more, where the lines under it are
/// Markdown with links. To CommonMark such a line opens a block of HTML; kramdown, which many sites are written for, reads
/// a paragraph. So it does below a line that is `<hr>`, which becomes blank.
fn with_images_in_paragraphs(masked: Cow<'_, str>) -> Cow<'_, str> {
    let (mut breaks, mut rules) = (Vec::new(), Vec::new());
    let mut start = 0;
    let mut is_below_blank = true;
    for line in masked.split_inclusive('\n') {
        let tag = line.trim();
        let end = start + line.len();
        // A rule is a block of its own, under which Markdown goes on.
        let is_rule = matches!(tag, "<hr>" | "<hr/>" | "<hr />");
        let is_inline = ["<small>", "<b>", "<i>", "<em>", "<strong>", "<a ", "<span"];
        let goes_on = |rest: &str| !rest.starts_with('<') || is_inline.iter().any(|tag| rest.starts_with(tag));
        if is_rule && !masked[end..].starts_with(['\n', '\r', '-', '=']) && goes_on(&masked[end..]) {
            rules.push(start..start + line.trim_end().len());
        }
        let is_image = tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("<img "))
            && tag.ends_with('>')
            && tag.matches('<').count() == 1
            && !line.starts_with("    ");
        if is_image && is_below_blank && line.ends_with('\n') {
            let rest = &masked[end..];
            let under = rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
            let is_markdown = !rest.starts_with(['<', '`', '~', '-', '=', '|', '#', '>', '!']);
            if is_markdown && under.into_iter().any(|line| line.contains("](")) {
                breaks.push(end - 1);
            }
        }
        // Or below the front matter.
        is_below_blank = matches!(tag, "" | "---" | "+++");
        start = end;
    }
    if breaks.is_empty() && rules.is_empty() {
        return masked;
    }
    let mut joined = masked.into_owned();
    for range in rules {
        let blanks = " ".repeat(range.len());
        joined.replace_range(range, &blanks);
    }
    for at in breaks {
        joined.replace_range(at..at + 1, " ");
    }
    Cow::Owned(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_round_markdown_are_blank() {
        let source = "<div class=\"x\" markdown=\"1\">\n*a*\n</div>\n<p>a markdown=b</p>";
        let blanked = without_markdown_tags(Cow::Borrowed(source));
        assert_eq!(blanked.len(), source.len());
        assert_eq!(blanked.trim_start(), "*a*\n</div>\n<p>a markdown=b</p>");
    }
}
