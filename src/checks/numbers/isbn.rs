//! `isbn`: book numbers whose check digit is wrong (ISO 2108).

use crate::prose::TokenKind;
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::trigger_words::Triggers;
use crate::text::Span;

/// Book numbers after the word ISBN.
pub(in crate::checks) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let paragraph = &read.paragraph;
    if !read.triggers.any_of(Triggers::NUMBER) {
        return;
    }
    let lower = paragraph.folded.lower.as_bytes();
    for (at, token) in paragraph.tokens.iter().enumerate() {
        if lower.get(token.fold.start()) != Some(&b'i')
            || token.kind != TokenKind::Word
            || !paragraph.low(at).starts_with("isbn")
        {
            continue;
        }
        // “ISBN-13: 978-…”, “ISBN 10 0-…”: the kind is no part of the number.
        let rest = paragraph.text.get(token.span.end()..).unwrap_or_default();
        let skip = rest.len() - rest.trim_start_matches([':', ' ', '\u{a0}', '#']).len();
        let rest = &rest[skip..];
        let kind = ["13:", "10:", "-13 ", "-10 ", "-13: ", "-10: "]
            .iter()
            .filter(|kind| rest.starts_with(**kind))
            .map(|kind| kind.len())
            .max()
            .unwrap_or(0);
        let Some(rest) = rest.get(kind..) else { continue };
        let lead = rest.len() - rest.trim_start().len();
        let rest = &rest[lead..];
        let length = rest
            .find(|c: char| {
                !(c.is_ascii_digit() || matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}' | '\u{2013}' | 'X' | 'x'))
            })
            .unwrap_or(rest.len());
        let number = rest[..length].trim_end_matches(|c: char| !c.is_ascii_digit() && !matches!(c, 'X' | 'x'));
        let digits: Vec<u32> =
            number.chars().filter_map(|c| c.to_digit(10).or(matches!(c, 'X' | 'x').then_some(10))).collect();
        let valid = match digits.len() {
            13 => is_valid_13(&digits),
            10 => is_valid_10(&digits),
            _ => continue,
        };
        if !valid {
            let start = token.span.end() + skip + kind + lead;
            out.push(Hit::in_paragraph(Span::new(start, start + number.len())).arg("found", number));
        }
    }
}

fn is_valid_13(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().enumerate().map(|(at, d)| d * if at % 2 == 0 { 1 } else { 3 }).sum();
    sum.is_multiple_of(10) && digits.iter().all(|&d| d < 10)
}

fn is_valid_10(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(d, weight)| d * weight).sum();
    sum.is_multiple_of(11) && digits.iter().rev().skip(1).all(|&d| d < 10)
}
