//! `malformed-number`: figures that nobody writes: `$274,00`, `143th`, `20224`, `12,0000`.

use crate::lexicon;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// Adds a hit for each of them, with what may be meant.
pub(in crate::checks) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let bytes = p.text.as_bytes();
    for (at, token) in p.tokens.iter().enumerate() {
        if !bytes.get(token.span.start()).is_some_and(u8::is_ascii_digit) || is_part(p, at) {
            continue;
        }
        let found = match token.kind {
            TokenKind::Word => ordinal(p.word(at)).map(|right| (token.span, vec![right])),
            TokenKind::Number => grouped(p, at).or_else(|| year(p, at)),
            TokenKind::Punct => None,
        };
        let Some((span, meant)) = found else { continue };
        let mut hit = Hit::in_paragraph(span).arg("found", p.slice(span));
        for text in meant {
            hit = hit.replace(Passage::new(0, span), text, rule.fix);
        }
        out.push(hit);
    }
}

/// Whether the figure is a part of something longer: an address, a version, a score.
fn is_part(p: &Paragraph, at: usize) -> bool {
    let token = &p.tokens[at];
    let before = token.span.start().checked_sub(1).and_then(|before| p.text.as_bytes().get(before));
    before.is_some_and(|byte| {
        b"/-_#@=.,:&\\".contains(byte)
            || byte.is_ascii_alphanumeric()
            || !byte.is_ascii()
                && !token.spaced
                && !matches!(p.word(at.saturating_sub(1)), "£" | "€" | "“" | "‘" | "–" | "—")
    })
}

/// `143rd` for `143th`. Stones (`12st`) are none.
fn ordinal(word: &str) -> Option<String> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..)?;
    if !lexicon::numbers::ORDINAL_ENDINGS.contains(ending)
        || digits.is_empty()
        || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
    {
        return None;
    }
    let right = super::ordinal_ending(digits);
    (ending != right && ending != "st").then(|| format!("{digits}{right}"))
}

/// `$274,00`, `12,0000`: a group behind the comma that has not three digits.
fn grouped(p: &Paragraph, at: usize) -> Option<(Span, Vec<String>)> {
    let (comma, rest) = (p.tokens.get(at + 1)?, p.tokens.get(at + 2)?);
    if p.low(at + 1) != "," || comma.spaced || rest.spaced || rest.kind != TokenKind::Number {
        return None;
    }
    let (first, group) = (p.low(at), p.low(at + 2));
    let money = at.checked_sub(1).is_some_and(|before| matches!(p.word(before), "$" | "£") && !p.tokens[at].spaced);
    let ends = p.tokens.get(at + 3).is_none_or(|next| next.spaced || !matches!(p.low(at + 3), "," | "-" | "/" | "%"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !ends || !digits(group) || first.split(',').any(|part| !digits(part)) {
        return None;
    }
    let span = Span { start: p.tokens[at].span.start, end: rest.span.end };
    let joined = |group: &str| format!("{first},{group}");
    match group.len() {
        1 | 2 if money && first.len() <= 3 => {
            // A zero was lost, or the comma should be a point.
            let zeros = "0".repeat(3 - group.len());
            let mut meant = Vec::new();
            if group.bytes().all(|byte| byte == b'0') {
                meant.push(joined(&format!("{group}{zeros}")));
            }
            meant.push(format!("{first}.{group}"));
            Some((span, meant))
        }
        // `May 4,2018` lacks a space only, and its year is no group.
        4 if first.len() <= 3 && !group.starts_with("19") && !group.starts_with("20") => {
            let (digit, others) = group.split_at(1);
            Some((span, vec![joined(&group[..3]), format!("{first}{digit},{others}")]))
        }
        _ => None,
    }
}

/// `20224`: a year with a digit too many, where only a year can be.
fn year(p: &Paragraph, at: usize) -> Option<(Span, Vec<String>)> {
    let word = p.low(at);
    if word.len() != 5
        || !word.starts_with("19") && !word.starts_with("20")
        || !word.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |before| p.low(before));
    let of_a_date = before == "," && at >= 2 && p.tokens[at - 2].kind == TokenKind::Number;
    let opens = of_a_date
        || before != "may" && lexicon::time::MONTHS.contains(before)
        || matches!(before, "in" | "since" | "until" | "during" | "early" | "late" | "mid");
    let next = p.tokens.get(at + 1);
    let closes = next
        .is_none_or(|next| next.kind == TokenKind::Punct && !matches!(p.low(at + 1), "$" | "-" | "(" | "%" | "\""))
        || lexicon::checks::BEHIND_YEARS.contains(p.low(at + 1));
    if !opens || !closes {
        return None;
    }
    let mut meant: Vec<String> = Vec::new();
    for left_out in (0..5).rev() {
        let text: String = word.char_indices().filter(|(index, _)| *index != left_out).map(|(_, c)| c).collect();
        if (1900..2100).contains(&text.parse().unwrap_or(0)) && !meant.contains(&text) {
            meant.push(text);
        }
    }
    meant.truncate(3);
    Some((p.tokens[at].span, meant))
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn endings_fit_the_last_digits() {
        for (word, right) in [
            ("143th", "143rd"),
            ("22th", "22nd"),
            ("101th", "101st"),
            ("11nd", "11th"),
            ("12rd", "12th"),
            ("1,001th", "1,001st"),
        ] {
            assert_eq!(ordinal(word).as_deref(), Some(right), "{word}");
        }
        for word in ["1st", "11th", "112th", "22nd", "13th", "12st", "90th", "4x4", "10ths"] {
            assert_eq!(ordinal(word), None, "{word}");
        }
    }
}
