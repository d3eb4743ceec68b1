//! `quote-pairs`: quotation marks that open and never close, or close what was never opened.

use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::paragraph_index::Signs;
use crate::story::quote::Marks;
use crate::story::quote::cues::{self, Saying};
use crate::story::{Quote, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] =
    &[Check::new("quote-pairs", Run::Story(run), &[choice("missing", &["closing", "opening"], "closing or opening")])];

/// Adds a hit for each mark without a partner; the param `missing` says which partner is looked for.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    match rule.text("missing") {
        Some("opening") => without_opening(story, out),
        _ => without_closing(story, out),
    }
}

fn without_closing(story: &Story, out: &mut Vec<Hit>) {
    for (index, quote) in story.quotes.iter().enumerate() {
        let number = quote.passage.paragraph();
        let p = story.paragraph(number);
        if quote.closed || !p.kind.is_body() || holds_markup(p) {
            continue;
        }
        // A quote that runs on over paragraphs is closed only in the last of them.
        let next = story.quotes[index + 1..].iter().find(|q| story.paragraph(q.passage.paragraph()).kind.is_body());
        if next.is_some_and(|q| q.continued) {
            continue;
        }
        // So is one whose next paragraph is the next line.
        let goes_on_below = story.quotes.get(index + 1).is_some_and(|next| {
            let start = next.passage.span.start();
            next.passage.paragraph() == number && p.text.get(..start).is_some_and(|before| before.ends_with('\n'))
        });
        if goes_on_below {
            continue;
        }
        if p.kind == BlockKind::BlockQuote && closes_below(story, number) {
            continue;
        }
        let mark = Span { start: quote.passage.span.start, end: quote.inner.start };
        // A continued quote may lack its own opening mark; then there is nothing to point at.
        if mark.is_empty() {
            continue;
        }
        if quote.marks == Marks::CurlyDouble
            && let Some(turned) = closer_turned_round(p, quote.inner)
        {
            let passage = Passage::new(number, turned);
            let hit = Hit::at(passage).message("This mark closes a quote but faces the wrong way");
            out.push(hit.replace(passage, "”", Applicability::Suggested));
            continue;
        }
        if runs_on(story, quote).is_some() {
            let hit = Hit::at(Passage::new(number, mark));
            out.push(hit.message("This quote runs over paragraphs, and the later ones lack their opening marks"));
            continue;
        }
        let first = p.tokens_in(quote.inner).start;
        let shown = p.tokens.get(first).map_or(mark, |token| mark.to(token.span));
        let hit = Hit::at(Passage::new(number, shown));
        let end = end_of_speech(p, quote);
        let again = story.quotes.get(index + 1).filter(|q| q.passage.paragraph() == number);
        let goes_on = again.filter(|q| end.is_none() && q.passage.span.start <= quote.inner.end + 1);
        let hit = match goes_on {
            // The speech goes on, so the mark between its sentences is one too many.
            Some(again) => {
                let mark = Span { end: again.inner.start, ..again.passage.span };
                hit.replace(Passage::new(number, mark), "", Applicability::Suggested)
            }
            None => hit,
        };
        out.push(hit.insert(
            quote.passage,
            end.unwrap_or(quote.inner.end),
            closing(quote.marks),
            "Close the quote",
            Applicability::Suggested,
        ));
    }
}

/// How many paragraphs a speech runs over at most where none but the first has an opening mark.
const MOST_IN_SPEECH: usize = 8;

/// The paragraph that closes what `quote` opened, where those between leave no mark open: a speech of several paragraphs that are
/// marked as if they were one. A speech that opens its paragraph may quote others on its way to the end of the last one.
fn runs_on(story: &Story, quote: &Quote) -> Option<usize> {
    let number = quote.passage.paragraph();
    let opens = story.paragraph(number).tokens_in(quote.passage.span).start == 0;
    let below = story.paragraphs.iter().enumerate().skip(number + 1);
    let mut body = below.filter(|(_, read)| read.paragraph.kind.is_body()).take(MOST_IN_SPEECH);
    body.find_map(|(at, read)| {
        let closes = read.quotes.strays.first().copied();
        let from = story.quotes.partition_point(|quote| quote.passage.paragraph() < at);
        let own = || story.quotes[from..].iter().take_while(|quote| quote.passage.paragraph() == at);
        // They are in order.
        let first = own().find(|quote| !quote.continued).map(|quote| quote.passage.span.start);
        let quotes_others = opens && first.is_some_and(|first| first > 0) && own().all(|quote| quote.closed);
        let is_last = |mark: Span| {
            let behind = read.paragraph.text.get(mark.end()..).unwrap_or_default();
            !behind.contains(char::is_alphanumeric)
        };
        match (closes, first) {
            (Some(closes), first) if first.is_none_or(|first| closes.start < first) => Some(Some(at)),
            (None, None) => None,
            (None, Some(_)) if quotes_others => None,
            (Some(closes), Some(_)) if quotes_others && is_last(closes) => Some(Some(at)),
            _ => Some(None),
        }
    })?
}

/// Whether a later paragraph of the block quotation at `number` closes what was opened there: the block holds them together, so
/// its paragraphs need no marks of their own.
fn closes_below(story: &Story, number: usize) -> bool {
    let below =
        story.paragraphs.iter().skip(number + 1).take_while(|read| read.paragraph.kind == BlockKind::BlockQuote);
    below.take(MOST_IN_BLOCK).any(|read| !read.quotes.strays.is_empty())
}

/// Whether an earlier paragraph of the block quotation at `number` opened what is closed there.
fn opens_above(story: &Story, number: usize) -> bool {
    let above = (0..number).rev().take(MOST_IN_BLOCK);
    let above = above.take_while(|&at| story.paragraph(at).kind == BlockKind::BlockQuote);
    above.into_iter().any(|at| {
        let from = story.quotes.partition_point(|q| q.passage.paragraph() < at);
        story.quotes[from..].iter().take_while(|q| q.passage.paragraph() == at).any(|q| !q.closed)
    })
}

/// Longer block quotations are documents.
const MOST_IN_BLOCK: usize = 40;

/// The first `”` before byte `end` that is where only an opening mark can: at the start of the paragraph.
fn opener_turned_round(p: &Paragraph, end: u32) -> Option<Span> {
    let before = p.slice(Span { start: 0, end });
    // Invisible marks of writing direction are no letters.
    let lead = before.len() - before.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c)).len();
    let start = lead as u32;
    before.get(lead..)?.starts_with('”').then(|| Span { start, end: start + '”'.len_utf8() as u32 })
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// `6’2”`: feet and inches, whose marks are no quotation marks.
fn holds_inches(p: &Paragraph) -> bool {
    p.text.match_indices(['’', '\'']).any(|(at, foot)| {
        let after = p.text.get(at + foot.len()..).unwrap_or_default();
        let inches = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let feet = p.text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        feet && inches.len() < after.len() && inches.starts_with(['”', '"'])
    })
}

/// The first `“` in `inner` that is where only a closing mark can: behind a word, before a space or the end.
fn closer_turned_round(p: &Paragraph, inner: Span) -> Option<Span> {
    let text = p.slice(inner);
    text.match_indices('“').find_map(|(at, mark)| {
        let next = p.text.get(inner.start() + at + mark.len()..).and_then(|rest| rest.chars().next());
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')'));
        let start = inner.start + at as u32;
        ends.then(|| Span { start, end: start + mark.len() as u32 })
    })
}

/// Embeds and tags that were left in the text hold marks of their own.
fn holds_markup(p: &Paragraph) -> bool {
    p.text.contains(['<', '>']) || p.text.contains("http") || holds_code(p)
}

/// Whether marks touch the signs of code or of a formula, as in `write('')` and `=PULL("'"&A1)`.
fn holds_code(p: &Paragraph) -> bool {
    ["('", "(\"", "=\"", "='"].iter().any(|start| {
        p.text.match_indices(start).any(|(at, _)| {
            let (before, behind) = (&p.text[..at], &p.text[at + start.len()..]);
            before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
                || behind.starts_with(['\'', '"', '&', ')', '\\'])
        })
    })
}

fn closing(marks: Marks) -> &'static str {
    match marks {
        Marks::StraightDouble => "\"",
        Marks::CurlySingle => "’",
        Marks::StraightSingle => "'",
        Marks::CurlyDouble | Marks::Other => "”",
    }
}

/// Where the speech seems to end: behind the comma before `she said`, `said Lowe` or `the mayor said`.
fn end_of_speech(p: &Paragraph, quote: &Quote) -> Option<u32> {
    let at = p.tokens_in(quote.inner).find(|&at| matches!(p.word(at), "," | "?" | "!") && attributes(p, at + 1))?;
    p.tokens.get(at).map(|token| token.span.end)
}

/// Words that a subject has before its verb of saying, at most: `council member Ana Ruiz`.
const LONGEST_SUBJECT: usize = 5;

/// Whether a clause of saying begins at token `from`: a verb of saying and its subject, or a short subject and its verb.
fn attributes(p: &Paragraph, from: usize) -> bool {
    let says =
        |at: usize| cues::cue(p.low(at)).is_some_and(|c| c.saying == Saying::Strong && !c.participle && !c.plain);
    let subject = |at: usize| {
        p.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
            || cues::is_subject_pronoun(p.low(at))
            || cues::is_determiner(p.low(at))
    };
    // Nobody else speaks inside a speech, but the speaker may tell what was said: “…, I said that …”.
    let own = |at: usize| matches!(p.low(at), "i" | "we" | "you");
    if says(from) {
        return subject(from + 1) && !own(from + 1);
    }
    let in_words = |at: &usize| p.tokens.get(*at).is_some_and(|t| t.kind != TokenKind::Punct);
    let verb = (from + 1..=from + LONGEST_SUBJECT).take_while(in_words).find(|&at| says(at));
    verb.is_some_and(|verb| (subject(from) || subject(verb - 1)) && !own(from) && !own(verb - 1))
}

fn without_opening(story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs_with(Signs::STRAY_MARK) {
        let p = &read.paragraph;
        let in_block = p.kind == BlockKind::BlockQuote && opens_above(story, number);
        if !p.kind.is_body() || in_block || holds_markup(p) || holds_inches(p) {
            continue;
        }
        // It was read as the end of a quote that the paragraph before left open.
        let closes = |stray: &Span| {
            let from = story.quotes.partition_point(|q| q.passage.paragraph() < number);
            // Only the first quote of a paragraph can be one that goes on.
            let first = story.quotes.get(from).filter(|q| q.passage.paragraph() == number);
            first.is_some_and(|q| q.passage.span.end == stray.end)
        };
        // The last word before each mark, found in one walk: a paragraph of nothing but marks has no word to walk back to.
        let mut word = None;
        let mut walked = 0;
        let is_open = |quote: &Quote| !quote.closed && runs_on(story, quote) == Some(number);
        let until = story.quotes.partition_point(|quote| quote.passage.paragraph() < number);
        let ends_speech = story.quotes[..until].iter().rev().take(MOST_IN_SPEECH).any(is_open);
        for stray in read.quotes.strays.iter().skip(usize::from(ends_speech)).filter(|stray| !closes(stray)) {
            let before = p.tokens_in(Span { start: 0, end: stray.start }).end;
            let passed = p.tokens.get(walked..before).unwrap_or_default();
            word = passed.iter().rfind(|token| token.kind != TokenKind::Punct).or(word);
            walked = before.max(walked);
            let Some(word) = word else { continue };
            // `6’2”`: feet and inches.
            let touches = p.tokens.get(before.saturating_sub(1)).is_some_and(|t| t.span.end == stray.start);
            if touches && p.tokens.get(before.saturating_sub(1)).is_some_and(|t| t.kind == TokenKind::Number) {
                continue;
            }
            if let Some(mark) = opener_turned_round(p, stray.start) {
                let passage = Passage::new(number, mark);
                let hit = Hit::at(passage).message("This mark opens a quote but faces the wrong way");
                out.push(hit.replace(passage, "“", Applicability::Suggested));
                continue;
            }
            let hit = Hit::at(Passage::new(number, word.span.to(*stray))).arg("found", p.slice(*stray));
            let sentence = p.sentence_at(stray.start.saturating_sub(1));
            let start = sentence.map_or(0, |s| s.span.start);
            let mark = if p.slice(*stray) == "\"" { "\"" } else { "“" };
            let near = Passage::new(number, *stray);
            out.push(hit.insert(
                near,
                start,
                mark,
                "Open the quote at the start of the sentence",
                Applicability::Suggested,
            ));
        }
    }
}
