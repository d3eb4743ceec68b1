//! News kinds for blocks whose markup does not tell: headline, byline, dateline, caption, source line, boilerplate.
//!
//! Only paragraphs (and, for few kinds, headings and list items) are looked at; what a format has said stays. The
//! rules are strict, because body copy that is taken for house text is not checked at all.

use super::credits::trailing_credit;
use super::{Block, BlockKind, Document};
use crate::text::find_date;

/// Longest prose, in bytes, of a block that may be anything but body copy.
const LONGEST: usize = 1200;

/// How many blocks may stand over the body: headline, dek, byline, dateline, captions.
const HEAD: usize = 8;

/// Gives the blocks of `document` their news kinds.
pub(super) fn classify(document: &mut Document) {
    let blocks = &mut document.blocks;
    for (index, block) in blocks.iter_mut().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) || block.prose.len() > LONGEST {
            continue;
        }
        // A date alone further down is a day of a timeline or of a correction.
        let kind = kind_alone(&block.prose).filter(|kind| *kind != BlockKind::Dateline || index < HEAD);
        block.kind = kind.unwrap_or(block.kind);
    }
    find_headline(blocks);
    find_dek(blocks);
    find_byline_by_report(blocks);
    find_headings(blocks);
    find_tail(blocks);
    bind_captions(document);
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
        } else {
            copy_end = block.range.end;
        }
    }
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

/// “Ana Ruiz reports” near the top or at the very end.
fn find_byline_by_report(blocks: &mut [Block]) {
    let len = blocks.len();
    for (index, block) in blocks.iter_mut().enumerate() {
        if block.kind != BlockKind::Paragraph || (index > 4 && index + 2 < len) || block.prose.len() > 120 {
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

/// A short line without a stop between two full paragraphs is a subheading.
fn find_headings(blocks: &mut [Block]) {
    for index in 1..blocks.len().saturating_sub(1) {
        let block = &blocks[index];
        if block.kind != BlockKind::Paragraph || block.prose.len() > 90 {
            continue;
        }
        let full = |other: &Block| {
            other.kind == BlockKind::Paragraph && other.prose.len() > 90 && last_mark(&other.prose).is_some()
        };
        let between = full(&blocks[index - 1]) && full(&blocks[index + 1]);
        if between && looks_like_heading(&block.prose) {
            blocks[index].kind = BlockKind::Heading;
        }
    }
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

/// Whether blocks of this kind are what the story tells, so that a headline may stand over them.
fn is_copy(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuote)
}

/// The mark that ends the last sentence: `.`, `!`, `?`, `…` or `:`, closing marks after it left out.
fn last_mark(text: &str) -> Option<char> {
    let inner = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*'));
    inner.chars().last().filter(|c| matches!(c, '.' | '!' | '?' | '…' | ':'))
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

/// `text` in lower case with straight apostrophes, cut to its first `len` bytes or so.
fn start_of(text: &str, len: usize) -> String {
    let cut = &text[..text.floor_char_boundary(len.min(text.len()))];
    cut.trim_start_matches(['(', '[', '*', '_', '~', ' ']).replace('’', "'").to_ascii_lowercase()
}

/// “By Ana Ruiz”, “By Ana Ruiz and Tom Okafor, Staff Writers”, “By Ana Ruiz | The Courier”.
fn is_byline(text: &str) -> bool {
    let text = text.trim_start_matches(['—', '–', '-', ' ']);
    let Some(rest) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")).or_else(|| text.strip_prefix("by "))
    else {
        return false;
    };
    if rest.len() > 160 || rest.contains(['“', '"', '?', '!', ';']) {
        return false;
    }
    let names =
        rest.trim_start_matches(':').trim().split([',', '|', '•', '·', '/', '\n', '(']).next().unwrap_or_default();
    let names = names.trim_end_matches('.');
    let after = &rest[rest.find(names).map_or(0, |at| at + names.len())..];
    // “By Monday morning, the crew …” is a sentence: it has words in lower case after the comma.
    let lower =
        after.split_whitespace().filter(|word| word.starts_with(char::is_lowercase) && !is_name_particle(word)).count();
    let lower_limit = if text.ends_with('.') { 0 } else { 3 };
    is_names(names) && lower <= lower_limit && after.split_whitespace().count() <= 14
}

/// “Ana Ruiz”, “ANA RUIZ and Tom van den Berg”: two or more names that are not a place in the calendar.
fn is_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=12).contains(&words.len()) {
        return false;
    }
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let well = words.iter().all(|word| {
        let inner = word.trim_end_matches([',', '.']);
        (inner.starts_with(char::is_uppercase)
            && !inner.contains(|c: char| c.is_ascii_digit())
            && !is_calendar_word(inner))
            || is_name_particle(inner)
            || matches!(inner, "and" | "&" | "with" | "AND")
    });
    well && capitals >= 2
}

fn is_name_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "da"
            | "di"
            | "del"
            | "der"
            | "den"
            | "van"
            | "von"
            | "bin"
            | "al"
            | "el"
            | "of"
            | "the"
            | "for"
            | "and"
            | "in"
            | "at"
            | "with"
    )
}

fn is_calendar_word(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "morning",
        "noon",
        "election",
        "christmas",
        "the",
        "then",
    ];
    WORDS.contains(&word.to_ascii_lowercase().as_str())
}

/// “KESTREL BAY, Feb. 12, 2018 (CNS) —”, “Kestrel Bay, Feb. 12, 2018”, “Published Feb. 12, 2018”: a line of its own.
fn is_dateline(text: &str) -> bool {
    if text.len() > 110 {
        return false;
    }
    let bare = text.trim_end_matches(['—', '–', '-', ' ', '.', ':']);
    let dashed = bare.len() < text.trim_end().len() && text.trim_end().ends_with(['—', '–', '-']);
    let Some((_, range)) = find_date(bare) else {
        let agency = bare.ends_with(')') && bare.contains(" (");
        let place = bare.split(['(', ',']).next().unwrap_or_default().trim();
        let letters = place.chars().filter(|c| c.is_alphabetic()).count();
        return dashed
            && letters >= 3
            && !place.chars().any(char::is_lowercase)
            && (agency || bare.split_whitespace().count() <= 6);
    };
    let (before, after) = (&bare[..range.start], &bare[range.end..]);
    let before_ok = before.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty()
            || word.starts_with(char::is_uppercase)
            || matches!(word, "on" | "at" | "published" | "posted" | "updated" | "of" | "de" | "al" | "el")
    }) && before.split_whitespace().count() <= 7;
    // A time, an agency, or “Updated …” may follow; words in lower case make it a sentence.
    let after_ok = after.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != ':');
        !word.starts_with(char::is_lowercase)
            || matches!(word, "at" | "a.m" | "p.m" | "am" | "pm" | "on" | "by" | "updated")
    }) && after.split_whitespace().count() <= 10;
    // “Ruiz was born Feb. 12, 1958” has a verb; “Feb. 12, 2018” in a list of titles has a stop before it.
    before_ok && after_ok && !has_inner_stop(before) && !before.contains(['(', '—', '–'])
}

/// A correction, an editor's note or an update.
fn is_note(text: &str) -> bool {
    const STARTS: [&str; 17] = [
        "correction:",
        "corrections:",
        "correction appended",
        "clarification:",
        "editor's note",
        "editors' note",
        "editors note",
        "update:",
        "updates:",
        "ed. note",
        "an earlier version of this",
        "a previous version of this",
        "this story has been updated",
        "this article has been updated",
        "this post has been updated",
        "this story has been corrected",
        "this article has been corrected",
    ];
    let start = start_of(text, 48);
    STARTS.iter().any(|note| start.starts_with(note))
        || (start.starts_with("correction (") || start.starts_with("update (") || start.starts_with("updated:"))
}

/// House text that can be told by its own words: promotion, subscription, copyright.
fn is_house_text(text: &str) -> bool {
    // Whatever follows, nothing but house text starts so.
    const SURE: [&str; 27] = [
        "follow us on",
        "like us on",
        "find us on",
        "join us on facebook",
        "subscribe to our",
        "sign up for our",
        "sign up to our",
        "sign up here",
        "subscribe here",
        "click here to",
        "related stories",
        "related articles",
        "related links",
        "related coverage",
        "you may also like",
        "you might also like",
        "recommended for you",
        "about the author",
        "about the writer",
        "all rights reserved",
        "the views expressed",
        "the opinions expressed",
        "views expressed in this",
        "opinions expressed in this",
        "reprinted with permission",
        "republished with permission",
        "donate now",
    ];
    // These start sentences of copy too, so something else must show that they do not.
    const LIKELY: [&str; 27] = [
        "subscribe",
        "sign up",
        "read more",
        "read also",
        "also read",
        "also see",
        "see also",
        "related:",
        "related ",
        "more from",
        "more on ",
        "more:",
        "more coverage",
        "follow ",
        "share this",
        "advertisement",
        "download ",
        "get the ",
        "donate",
        "support ",
        "help us",
        "become a",
        "copyright",
        "©",
        "(c) 2",
        "join our",
        "get our",
    ];
    let start = start_of(text, 64);
    if SURE.iter().any(|words| start.starts_with(words)) {
        return true;
    }
    if text.len() > 600 {
        return false;
    }
    const ORIGIN: [&str; 8] = [
        "this story",
        "this article",
        "this post",
        "this piece",
        "this column",
        "this report",
        "this essay",
        "a version of this",
    ];
    let original = ["originally", "first", "was originally", "was first", "also", "was reprinted", "was republished"];
    if let Some(subject) = ORIGIN.iter().find(|subject| start.starts_with(*subject)) {
        let rest = start[subject.len()..].trim_start_matches(" story").trim_start_matches(" article").trim_start();
        let publication = ["appeared", "published", "ran ", "posted", "from"].iter().any(|verb| rest.contains(verb));
        return publication && original.iter().any(|word| rest.starts_with(word));
    }
    let lower = || text.to_lowercase();
    if start.starts_with("copyright") || start.starts_with('©') || start.starts_with("c) 2") {
        return text.contains('©') || text.contains("(c)") || text.contains("20") || last_mark(text).is_none();
    }
    if text.contains("ll rights reserved") || text.contains("ALL RIGHTS RESERVED") {
        return true;
    }
    // A copy editor's label, then names or titles: “RELATED: …”, “READ MORE: …”.
    let words = text.split_whitespace().take(31).count();
    if words > 30 {
        return false;
    }
    let label = ["related:", "read more:", "read also:", "also read:", "see also:", "more:", "h/t ", "watch:"];
    if label.iter().any(|words| start.starts_with(words)) {
        return !start.starts_with("watch:") || last_mark(text).is_none();
    }
    let contact = [
        "follow ",
        "contact ",
        "reach ",
        "email ",
        "e-mail ",
        "e-mail:",
        "email:",
        "twitter:",
        "tweet ",
        "on twitter",
        "follow:",
    ];
    if contact.iter().any(|words| start.starts_with(words)) {
        let lower = lower();
        return text.contains('@')
            || (start.starts_with("follow ") && (lower.contains(" on twitter") || lower.contains(" on facebook")));
    }
    if !LIKELY.iter().any(|words| start.starts_with(words)) {
        return false;
    }
    let lower = lower();
    let appeals = [
        "our newsletter",
        "newsletter",
        "inbox",
        "our journalism",
        "independent journalism",
        "our reporting",
        "our work",
        "our app",
        "the app",
        "www.",
        "http",
        ".com/",
        "our site",
        "our channel",
        "our coverage",
    ];
    if appeals.iter().any(|words| lower.contains(words)) {
        return true;
    }
    start == "advertisement" || start == "read more" || start.starts_with("share this ") && words <= 6
}

/// A donation line or a nonprofit's notice. Stories also report on such bodies, so it counts only at the end.
fn is_appeal(text: &str) -> bool {
    let lower = text.to_lowercase();
    let legal = [
        "501(c)",
        "501c3",
        "registered charity",
        "registered nonprofit",
        "registered non-profit",
        "nonprofit news",
        "non-profit news",
        "nonprofit newsroom",
    ];
    let gifts = [
        "donation",
        "donate",
        "contribut",
        "tax deductible",
        "tax-deductible",
        "your support",
        "readers like you",
        "become a member",
    ];
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let bracketed = text.starts_with(['(', '[']) && text.ends_with([')', ']']);
    let ours = ["our ", "we ", "your ", "us "]
        .iter()
        .any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")));
    (has(&legal) && (bracketed || (has(&gifts) && (ours || lower.starts_with("the ")))))
        || (bracketed && has(&gifts) && ours)
}

/// “(Reuters, staff)”, “Sources: …”, “… contributed to this report.”
fn is_source_line(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let trimmed = text.trim_end_matches('.');
    let lower = trimmed.to_lowercase();
    let helped = [
        "contributed to this report",
        "contributed to this story",
        "contributed to this article",
        "contributed reporting",
        "contributed to this post",
        "contributed to this piece",
    ];
    if helped.iter().any(|words| lower.ends_with(words) || (lower.contains(words) && lower.len() < 160)) {
        return true;
    }
    if let Some(rest) = lower.strip_prefix("source:").or_else(|| lower.strip_prefix("sources:")) {
        return rest.split_whitespace().count() <= 15;
    }
    let Some(inner) = trimmed.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return false };
    if inner.len() > 140 || inner.contains(['(', ')', '.', '?', '!', '“', '"', ':']) {
        return false;
    }
    let items: Vec<&str> =
        inner.split([',', '/', ';', '&']).flat_map(|item| item.split(" and ")).map(str::trim).collect();
    let named = |item: &&str| {
        let known = matches!(
            item.to_lowercase().as_str(),
            "staff" | "agencies" | "wires" | "files" | "wire services" | "news agencies"
        );
        let words = item.split_whitespace().count();
        let capital = item.chars().skip(usize::from(words == 1)).any(char::is_uppercase);
        let first = item.starts_with(char::is_uppercase);
        known
            || ((1..=4).contains(&words)
                && (capital || first)
                && item.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’')))
    };
    let agency = |item: &&str| {
        matches!(
            *item,
            "Reuters"
                | "REUTERS"
                | "AP"
                | "AFP"
                | "UPI"
                | "EFE"
                | "dpa"
                | "DPA"
                | "Xinhua"
                | "TASS"
                | "ANSA"
                | "Agencies"
                | "agencies"
                | "Bloomberg"
                | "Associated Press"
                | "Staff"
                | "Wafa"
                | "WAFA"
        )
    };
    let all = items.iter().all(named);
    all && (items.len() >= 2 || items.iter().any(agency))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, parse};
    use super::*;

    fn kinds(source: &str) -> Vec<BlockKind> {
        parse(source, Format::Plain).blocks.iter().map(|block| block.kind).collect()
    }

    const BODY: &str = "The Kestrel Bay council voted on Tuesday to keep the ferry in service until the new bridge opens to traffic.\n";

    #[test]
    fn the_parts_of_a_plain_story() {
        use BlockKind::*;
        let source = format!(
            "Council keeps the ferry\n\nRepairs to cost $2 million\n\nBy Ana Ruiz and Tom Okafor, Staff Writers\n\nKestrel Bay, Feb. 12, 2018\n\n\
             The ferry leaves the east bank on Monday. (Photo: Ana Ruiz)\n\n{BODY}\n{BODY}\nAn old boat\n\n{BODY}\nCorrection: The vote was on Tuesday.\n\n\
             (Reuters, staff)\n\n(The Courier is a registered 501(c)(3) organization; donations are welcome.)\nOur New Book: Ferries of the Bay\n"
        );
        assert_eq!(
            kinds(&source),
            [
                Headline,
                Dek,
                Byline,
                Dateline,
                Caption,
                Paragraph,
                Paragraph,
                Heading,
                Paragraph,
                Note,
                SourceLine,
                Boilerplate,
                Boilerplate
            ]
        );
    }

    #[test]
    fn a_caption_told_by_its_credit_belongs_to_the_image_above() {
        let source = format!("![](a.jpg)\n\nThe ferry leaves. (Photo: Ana Ruiz)\n\n{BODY}\nPhoto by Tom Okafor\n");
        let document = parse(&source, Format::Markdown);
        let images: Vec<_> = document.blocks.iter().map(|block| (block.kind, block.image)).collect();
        assert_eq!(images, [(BlockKind::Caption, Some(0)), (BlockKind::Paragraph, None), (BlockKind::Credit, None)]);
    }

    #[test]
    fn a_sentence_alone_is_a_paragraph() {
        assert_eq!(kinds("The ferry stays."), [BlockKind::Paragraph]);
        assert_eq!(kinds("The ferry stays"), [BlockKind::Paragraph]);
    }

    #[test]
    fn house_text_and_bylines() {
        for text in [
            "Follow Ana Ruiz on Twitter @anaruizexample.",
            "Sign up for our morning newsletter.",
            "Copyright 2018 The Courier. All rights reserved.",
            "This story was originally published by The Courier.",
            "READ MORE: Ferry repairs begin",
        ] {
            assert_eq!(kind_alone(text), Some(BlockKind::Boilerplate), "{text}");
        }
        for text in [
            "By Ana Ruiz",
            "By ANA RUIZ | The Courier",
            "By Ana Ruiz, Tom Okafor and Lee van der Meer",
            "By Ana Ruiz, staff writer",
        ] {
            assert_eq!(kind_alone(text), Some(BlockKind::Byline), "{text}");
        }
    }

    #[test]
    fn body_copy_stays_body_copy() {
        for text in [
            "By Monday Morning, the crew had left.",
            "By Tuesday the water had gone.",
            "Follow the money, she said.",
            "Support for the ferry grew on the east bank.",
            "This story begins on a cold morning.",
            "More on that later.",
            "Copyright law does not cover recipes, Ruiz said.",
            "She was born on Feb. 12, 1958.",
            "Feb. 12, 2018, was the day the ferry sank.",
            "“Read more,” he told the class.",
            "Update the plan, the council said.",
        ] {
            assert_eq!(kind_alone(text), None, "{text}");
        }
        let source = format!(
            "{BODY}\n{BODY}\n(Applause)\n\n{BODY}\nA charity said donations to its 501(c)(3) arm rose.\n\n{BODY}"
        );
        assert!(kinds(&source).iter().all(|kind| *kind == BlockKind::Paragraph));
    }
}
