//! Where sentences end, in news copy.

use super::Sentence;
use super::abbreviations::{is_abbreviation, is_month_abbreviation, is_title_abbreviation};
use super::enumeration;
use super::tokens::{Token, TokenKind};
use crate::lexicon;
use crate::text::Span;

/// No sentence is longer, in words, numbers and marks: what goes on without a stop, such as a table on one line, is parted
/// here, so that whatever looks through a sentence looks through a bounded one.
const LONGEST: usize = 512;
/// So many marks between two words are no opening marks, but a line that is drawn.
const MOST_MARKS: usize = 32;

pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let items = enumeration::items(text, tokens);
    let mut items = items.iter().peekable();
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(item) = items.next_if(|item| item.first <= at) {
            if item.first > first {
                sentences.push(sentence(tokens, first, item.first));
                first = item.first;
            }
            // The point of a number that opens an item ends nothing.
            at = item.behind.max(at);
            continue;
        }
        if at - first >= LONGEST && (tokens[at].spaced || at - first >= 2 * LONGEST) {
            sentences.push(sentence(tokens, first, at));
            first = at;
        }
        if may_end(text, &tokens[at]) {
            if let Some(last) = ends_at(text, tokens, first, at) {
                sentences.push(sentence(tokens, first, last + 1));
                first = last + 1;
                at = last;
            } else {
                // The rest of `. . .`, which ends nothing as a whole.
                at += spaced_points(text, tokens, at).saturating_sub(1);
            }
        }
        at += 1;
    }
    if first < tokens.len() {
        sentences.push(sentence(tokens, first, tokens.len()));
    }
    sentences
}

fn sentence(tokens: &[Token], first: usize, last: usize) -> Sentence {
    let span = Span { start: tokens[first].span.start, end: tokens[last - 1].span.end };
    Sentence { span, first: first as u32, last: last as u32 }
}

/// Whether a sentence may end with `token`, by its kind and its first byte: most tokens are turned away here.
fn may_end(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => token.abbreviation,
        TokenKind::Number => false,
        // `…` is the one mark that starts with this byte in UTF-8 and ends sentences; dashes and quotation marks do too.
        TokenKind::Punct => matches!(text.as_bytes().get(token.span.start()), Some(b'.' | b'!' | b'?' | 0xE2)),
    }
}

/// The last token of the sentence that begins at `first`, when it ends with the mark at `at`; closing marks after it
/// belong to it.
fn ends_at(text: &str, tokens: &[Token], first: usize, at: usize) -> Option<usize> {
    let token = tokens[at];
    let word = &text[token.span.range()];
    let stop = match token.kind {
        TokenKind::Punct => matches!(word.chars().next(), Some('.' | '!' | '?' | '…')),
        TokenKind::Word => token.abbreviation,
        TokenKind::Number => false,
    };
    if !stop {
        return None;
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let before_text = before.map_or("", |before| &text[before.span.range()]);
    let points = spaced_points(text, tokens, at);
    // `. . . .` that is off the word before it: an ellipsis, and with a fourth one a point.
    let mut last = match points {
        4.. if token.spaced => at + points - 1,
        3 => at + 2,
        _ => at,
    };
    // `so. . . . The next` says that what stood before `The next` was left out; at the end there is nothing before.
    let omission = points >= 4 && !token.spaced;
    if omission && tokens.get(at + points).is_none_or(|next| !next.spaced) {
        last = at + points - 1;
    }
    let ellipsis = word.starts_with("..") || word == "…" || points == 3;
    // `[...]` stands for words that were left out, and so does one that opens the sentence.
    if ellipsis && (matches!(before_text, "[" | "(") || points == 3 && at == first) {
        return None;
    }
    let stopped = last;
    while let Some(next) = tokens.get(last + 1).filter(|t| !t.spaced) {
        let mark = &text[next.span.range()];
        let closes = matches!(mark, "\"" | "”" | "’" | "'" | ")" | "]" | "!" | "?" | "." | "…" | "''" | "»");
        if !closes {
            break;
        }
        last += 1;
    }
    let closed = last > stopped;
    let Some(next) = tokens.get(last + 1) else { return Some(last) };
    // A point inside a word or number that the tokens kept apart, such as a web address, ends nothing.
    if !next.spaced && !opens(text, next) {
        return (word == "." && !closed && lacks_space(text, tokens, at)).then_some(last);
    }
    // What counts is the first word behind opening marks: “Then, ($
    let (quoted, word_after) = first_word(text, tokens, last + 1);
    let Some(after) = word_after else { return Some(last) };
    let after_text = &text[after.span.range()];
    let capital = after.capital || after.kind == TokenKind::Number;
    if token.abbreviation {
        let plain = word.trim_end_matches('.').to_ascii_lowercase();
        if is_title_abbreviation(&plain) && !closed && plain != "sr" {
            return None;
        }
        // `you and I. Did`: the pronoun, unless a name is before it.
        if word == "I." && before.is_some_and(|before| before.kind == TokenKind::Word && !before.capital) {
            return after.capital.then_some(last);
        }
        let initial = word.chars().count() == 2 && token.capital;
        let starter = lexicon::abbreviations::SENTENCE_STARTERS.contains(&after_text.to_ascii_lowercase());
        let ends = if is_month_abbreviation(&plain) || initial {
            after.capital && starter && after_text != "I" && !initial_goes_on(initial, quoted)
        } else if lexicon::abbreviations::NEVER_LAST.contains(plain.as_str()) {
            false
        } else {
            after.capital
                && (starter
                    || quoted
                    || closed
                    || matches!(plain.as_str(), "a.m" | "p.m" | "etc" | "inc" | "corp" | "ltd" | "jr"))
                && !is_time_zone_or_weekday(&plain, after_text)
                && !(matches!(plain.as_str(), "a.m" | "p.m") && is_time_ahead(text, tokens, first, at))
        };
        return ends.then_some(last);
    }
    if ellipsis {
        // An ellipsis inside a sentence is followed by a small letter, or by the one pronoun with a capital.
        return (capital && after.kind == TokenKind::Word && after_text != "I").then_some(last);
    }
    // “Who won?” he asked. The sentence goes on after a closing quotation mark and a small letter.
    if closed && !capital && !quoted {
        return None;
    }
    if !capital && !quoted && !closed {
        // `Yahoo! in the city`: the mark belongs to the name. `Ruiz and co. at the pier`: the point to the short form.
        let small = after_text.starts_with(char::is_lowercase);
        let short = || before_text.len() <= 6 && is_abbreviation(&before_text.to_ascii_lowercase());
        if small && (matches!(word, "!" | "?") && points == 0 && last == at || word == "." && short()) {
            return None;
        }
    }
    // `N°. 12`: the sign for a number before its digits.
    if word == "." && matches!(before_text, "°" | "º" | "№") && after.kind == TokenKind::Number {
        return None;
    }
    Some(last)
}

/// How many points are from `at` on with white space between them: `. . .`; 0 when it is less than three.
fn spaced_points(text: &str, tokens: &[Token], at: usize) -> usize {
    let is_point = |token: &&Token| text.as_bytes().get(token.span.range()) == Some(b".".as_slice());
    let first = usize::from(tokens.get(at).as_ref().is_some_and(is_point));
    let more = tokens.iter().skip(at + 1).take_while(|token| token.spaced && is_point(token)).take(8).count();
    if first + more >= 3 { first + more } else { 0 }
}

/// Endings of addresses that some write with a capital: `Example.Com`.
const DOMAINS: &[&str] = &["co", "com", "de", "edu", "eu", "gov", "io", "js", "net", "org", "tv", "uk", "us"];

/// Whether the point at `at` ends a sentence although no space follows it: `It rained.The ferry was late`. The letters
/// round the point tell, and that the words are no address, file or number.
fn lacks_space(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|i| tokens.get(i)), tokens.get(at + 1)) else {
        return false;
    };
    let (word, next) = (&text[before.span.range()], &text[after.span.range()]);
    let small = |c: char| c.is_lowercase();
    let ends = before.kind == TokenKind::Number || word.chars().count() > 2 && word.ends_with(small);
    let begins =
        after.capital && after.kind == TokenKind::Word && next.chars().skip(1).any(small) || matches!(next, "A" | "I");
    if !ends || !begins || DOMAINS.contains(&next.to_ascii_lowercase().as_str()) {
        return false;
    }
    // All that is between white space is looked at, within reason: an address may be long.
    let nearest = at.saturating_sub(64);
    let from = tokens[nearest..=at].iter().rposition(|token| token.spaced).map_or(nearest, |from| nearest + from);
    let chunk = tokens[from..].iter().take(24).enumerate().take_while(|(i, token)| *i == 0 || !token.spaced);
    let marks = chunk.filter(|(_, token)| token.kind == TokenKind::Punct);
    !marks.map(|(_, token)| &text[token.span.range()]).any(|mark| matches!(mark, "/" | "@" | "#" | "\\" | "=" | "_"))
}

/// `At 5 a.m. Mr. Ruiz left`: all that the sentence has said so far is when.
fn is_time_ahead(text: &str, tokens: &[Token], first: usize, at: usize) -> bool {
    let opens = tokens.get(first).map_or("", |token| &text[token.span.range()]);
    at - first <= 4
        && matches!(
            opens.to_ascii_lowercase().as_str(),
            "at" | "by" | "around" | "about" | "before" | "after" | "until" | "from" | "since" | "shortly" | "just"
        )
}

/// After an initial such as `J.` a capital is the name, even when it looks like a starter.
fn initial_goes_on(initial: bool, quoted: bool) -> bool {
    initial && !quoted
}

/// `8 a.m. EST`, `8 p.m. Monday`: the sentence goes on.
fn is_time_zone_or_weekday(abbreviation: &str, after: &str) -> bool {
    let is_time = matches!(abbreviation, "a.m" | "p.m");
    let zone = after.len() <= 4 && after.chars().all(|c| c.is_ascii_uppercase());
    let weekday = after.ends_with("day");
    let month = after.get(..3).is_some_and(|short| is_month_abbreviation(&short.to_ascii_lowercase()));
    let place = matches!(after, "Eastern" | "Central" | "Pacific" | "Mountain" | "Greenwich");
    is_time && (zone || weekday || month || place)
}

fn opens(text: &str, token: &Token) -> bool {
    matches!(&text[token.span.range()], "“" | "\"" | "‘" | "(" | "[" | "—" | "–")
}

/// The first word or number at or after `at`, and whether an opening quotation mark is before it.
fn first_word<'t>(text: &str, tokens: &'t [Token], at: usize) -> (bool, Option<&'t Token>) {
    let mut quoted = false;
    for token in tokens[at..].iter().take(MOST_MARKS) {
        if token.kind != TokenKind::Punct {
            return (quoted, Some(token));
        }
        quoted |= matches!(&text[token.span.range()], "“" | "\"" | "‘" | "'");
    }
    (quoted, None)
}

#[cfg(test)]
mod tests {
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn split(text: &str) -> Vec<String> {
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        p.sentences.iter().map(|s| p.slice(s.span).to_owned()).collect()
    }

    #[test]
    fn news_abbreviations_do_not_end_sentences() {
        for whole in [
            "The U.S. Senate met Gen. Ana Ruiz on Feb. 20 at 8 a.m. EST in St. Paul.",
            "J. R. Ruiz, of Ruiz & Co. in Calif. said so.",
            "The case, Ruiz v. Lee, cost $3.5 million.",
            "“Who won?” he asked.",
            "“We won!” she said, “at last.”",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end_before_capitals_and_quotes() {
        assert_eq!(split("He lives in the U.S. He likes it."), ["He lives in the U.S.", "He likes it."]);
        assert_eq!(split("“We won.” “Did we?” She left."), ["“We won.”", "“Did we?”", "She left."]);
        assert_eq!(split("It opens at 8 a.m. The door is red."), ["It opens at 8 a.m.", "The door is red."]);
        assert_eq!(split("She left Friday. 12 people stayed."), ["She left Friday.", "12 people stayed."]);
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_only_before_a_capital() {
        assert_eq!(split("I … do not know. Wait … Now."), ["I … do not know.", "Wait …", "Now."]);
        assert_eq!(split("It was ... I mean . . . I forget. . . ."), ["It was ... I mean . . . I forget. . . ."]);
        assert_eq!(split("It rained . . . . They left."), ["It rained . . . .", "They left."]);
        assert_eq!(split("It rained. . . . They left."), ["It rained.", ". . . They left."]);
        assert_eq!(split("“The pier [...] is old [...]” (Lee 12)."), ["“The pier [...] is old [...]” (Lee 12)."]);
        assert_eq!(split("She wrote, “It was less safe. . . .”"), ["She wrote, “It was less safe. . . .”"]);
    }

    #[test]
    fn a_mark_that_belongs_to_a_name_or_a_short_form_ends_nothing() {
        for whole in [
            "He ran Yahoo! in its best years.",
            "Will Lee and co. at the pier win?",
            "The stone is at N°. 417.220.",
            "Ask Tom I. Lee today.",
            "At 7 a.m. Dr. Lee opened the pier.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
        assert_eq!(split("It is for you and I. Ask Lee."), ["It is for you and I.", "Ask Lee."]);
        assert_eq!(split("They left by 9 P.M. Dr. Lee stayed."), ["They left by 9 P.M.", "Dr. Lee stayed."]);
    }

    #[test]
    fn a_space_that_is_missing_hides_no_end() {
        assert_eq!(
            split("It rained.The pier shut.Dr. Lee left 40.I stayed."),
            ["It rained.", "The pier shut.", "Dr. Lee left 40.", "I stayed."]
        );
        for whole in ["Write to Ana.Ruiz@example.org or see Example.Com today.", "See example.org/About.Html for more."]
        {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn what_has_no_stop_is_parted() {
        for text in ["ferry and ".repeat(2000), "“a” ".repeat(2000), "a/".repeat(4000), "! ".repeat(4000)] {
            let p = Paragraph::new(BlockKind::Paragraph, text);
            assert!(p.sentences.iter().all(|sentence| sentence.tokens().len() <= 2 * super::LONGEST));
            assert_eq!(p.sentences.iter().map(|sentence| sentence.tokens().len()).sum::<usize>(), p.tokens.len());
        }
        let long = format!("{}and left.", "ferry ".repeat(super::LONGEST - 4));
        assert_eq!(split(&long).len(), 1, "a sentence of a novel is whole");
    }

    #[test]
    fn items_that_count_up_are_sentences() {
        for (one, other) in [
            ("1) Oil the door", "2) Paint the gate"),
            ("1.) Oil the door.", "2.) Paint the gate."),
            ("3. Oil the door", "4. Paint the gate"),
            ("a. Oil the door", "b. Paint the gate"),
            ("• Oil the door", "• Paint the gate"),
            ("• 9. Oil the door", "• 10. Paint the gate"),
            ("⁃1. Oil the door", "⁃2. Paint the gate"),
        ] {
            assert_eq!(split(&format!("{one} {other}")), [one, other]);
        }
        assert_eq!(
            split("1. The door is red. It was 3. Nobody came."),
            ["1. The door is red.", "It was 3.", "Nobody came."]
        );
        assert_eq!(split("oil\nred paint\nbrushes, nails\n"), ["oil", "red paint", "brushes, nails"]);
        assert_eq!(split("The pier was \nshut.\nIt rained."), ["The pier was \nshut.", "It rained."]);
    }
}
