//! Where sentences end, in news copy.

use super::Sentence;
use super::abbreviations::{is_month_abbreviation, is_title_abbreviation};
use super::tokens::{Token, TokenKind};
use crate::lexicon;
use crate::text::Span;

pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        if may_end(text, &tokens[at])
            && let Some(last) = ends_at(text, tokens, at)
        {
            sentences.push(sentence(tokens, first, last + 1));
            first = last + 1;
            at = last;
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

/// The last token of the sentence, when one ends with the mark at `at`; closing marks after it belong to it.
fn ends_at(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
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
    let mut last = at;
    while let Some(next) = tokens.get(last + 1).filter(|t| !t.spaced) {
        let mark = &text[next.span.range()];
        let closes = matches!(mark, "\"" | "”" | "’" | "'" | ")" | "]" | "!" | "?" | "." | "…" | "''" | "»");
        if !closes {
            break;
        }
        last += 1;
    }
    let closed = last > at;
    let Some(next) = tokens.get(last + 1) else { return Some(last) };
    // A point inside a word or number that the tokens kept apart, such as a web address, ends nothing.
    if !next.spaced && !opens(text, next) {
        return None;
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
        };
        return ends.then_some(last);
    }
    if word.starts_with("..") || word == "…" {
        // An ellipsis inside a sentence is followed by a small letter.
        return (capital && after.kind == TokenKind::Word).then_some(last);
    }
    // “Who won?” he asked. The sentence goes on after a closing quotation mark and a small letter.
    if closed && !capital && !quoted {
        return None;
    }
    // A small letter after a plain point: still an end, unless the word is a brand or a slip inside an abbreviation.
    if !capital && !quoted && word == "." && !after_text.starts_with(|c: char| c.is_lowercase()) {
        return Some(last);
    }
    Some(last)
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

/// The first word or number at or after `at`, and whether an opening quotation mark stands before it.
fn first_word<'t>(text: &str, tokens: &'t [Token], at: usize) -> (bool, Option<&'t Token>) {
    let mut quoted = false;
    for token in &tokens[at..] {
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
    }
}
