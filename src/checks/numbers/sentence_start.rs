//! `sentence-start-numeral`: a sentence that starts with a numeral.

use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;

/// Sentences of body copy that start with digits, years and numbered items aside.
pub(in crate::checks) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let paragraph = &read.paragraph;
    if paragraph.kind != BlockKind::Paragraph {
        return;
    }
    for (index, sentence) in paragraph.sentences.iter().enumerate() {
        let at = sentence.tokens().start;
        let Some(token) = paragraph.tokens.get(at).filter(|t| t.kind == TokenKind::Number) else { continue };
        let word = paragraph.word(at);
        let year = word.len() == 4 && !word.contains(',');
        let next = paragraph.tokens.get(at + 1);
        let runs_on = next.is_some_and(|t| t.spaced && t.kind == TokenKind::Word && !t.capital);
        // “1. …” and results are no sentences; neither is what is left of a sentence that was cut at an abbreviation.
        let whole = sentence.tokens().len() > 4 && paragraph.low(sentence.tokens().end - 1) != ":";
        let cut = index.checked_sub(1).and_then(|b| paragraph.sentences.get(b)).is_some_and(|before| {
            before
                .tokens()
                .end
                .checked_sub(1)
                .is_some_and(|last| !matches!(paragraph.low(last), "." | "?" | "!" | "\""))
        });
        // `220 yards: Chow Sing, 22 secs` and `261 per million` are in lists and tables.
        let mut words = sentence.tokens().map(|at| paragraph.low(at));
        let is_told = !words.any(|low| low == ":")
            && paragraph.low(at + 1) != "per"
            && matches!(paragraph.low(sentence.tokens().end - 1), "." | "?" | "!" | "\"" | "'");
        if year || !runs_on || !whole || cut || !is_told {
            continue;
        }
        let mut hit = Hit::in_paragraph(token.span).arg("found", word);
        if let Some(words) = word.parse::<u32>().ok().and_then(in_words) {
            hit = hit.arg("use", words.clone()).replace(Passage::new(0, token.span), words, rule.fix);
        }
        out.push(hit);
    }
}

/// A number up to a hundred in words, with a capital.
fn in_words(number: u32) -> Option<String> {
    if number == 100 {
        return Some("One hundred".to_owned());
    }
    let (tens, ones) = (number as usize / 10, number as usize % 10);
    let words = match lexicon::numbers::SMALL.get(number as usize) {
        Some(small) => small.to_owned(),
        None => match (lexicon::numbers::TENS.get(tens.checked_sub(2)?)?, ones) {
            (tens, 0) => tens.to_owned(),
            (tens, ones) => format!("{tens}-{}", lexicon::numbers::SMALL.get(ones)?),
        },
    };
    let (first, rest) = words.split_at_checked(1)?;
    Some(first.to_ascii_uppercase() + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        assert_eq!(in_words(40).as_deref(), Some("Forty"));
        assert_eq!(in_words(99).as_deref(), Some("Ninety-nine"));
        assert_eq!(in_words(100).as_deref(), Some("One hundred"));
        assert_eq!(in_words(101), None);
    }
}
