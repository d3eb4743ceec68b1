//! Lines of their own that name who speaks: a signature behind a quote, a heading or a line ahead of it.

use super::cues::{Saying, cue, is_determiner, is_strong};
use super::phrases::{capital, is_verbal, phrase_at};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, TokenKind};
use crate::story::person::gender_of;
use crate::story::person::lists::{NameWord, class_of, is_role};
use crate::text::Span;

/// A line of this many words after a quote may be its signature.
const SIGNATURE_WORDS: usize = 12;
/// A line of this many words ahead of a quote may say whose it is.
const LABEL_WORDS: usize = 14;

fn is_dash(word: &str) -> bool {
    matches!(word, "—" | "–" | "-" | "--" | "―" | "~")
}

/// Whether a dash opens `line`, and no other one sets it off as a subheading.
fn is_dashed(line: &Paragraph) -> bool {
    // In plain text and Markdown, a hyphen makes it the item of a list.
    let dashed = is_dash(line.word(0)) || line.kind == BlockKind::ListItem;
    dashed
        && line.word_count() <= SIGNATURE_WORDS
        && line.tokens.iter().skip(1).all(|t| t.kind != TokenKind::Punct || !t.spaced)
}

/// Whether a paragraph is the signature of the quote before it, or begins with its attribution.
pub(super) fn signs(next: &Paragraph) -> bool {
    if is_dashed(next) {
        return true;
    }
    let words = next.word_count();
    let stop = next.tokens.len().checked_sub(1).map_or("", |i| next.word(i));
    let said = |i: usize| cue(next.low(i)).is_some_and(|c| c.saying == Saying::Strong && !c.plain && !c.participle);
    let back = matches!(next.low(0), "that" | "those" | "these" | "such" | "so" | "thus");
    let refers_back = back && (1..8).any(|i| said(i) || is_speech_noun(next.low(i)));
    let pronoun = matches!(next.low(0), "he" | "she" | "they") && said(1) && words <= SIGNATURE_WORDS;
    let is_name = next.tokens.first().is_some_and(|t| t.capital) && (2..=SIGNATURE_WORDS).contains(&words);
    let line = is_name && !matches!(stop, "." | "?" | "!" | ":" | "”" | "\"");
    said(0) || refers_back || pronoun || line
}

/// `the message`, `such words`: what a sentence that looks back at a quote calls it.
fn is_speech_noun(word: &str) -> bool {
    lexicon::quotes::NOUNS_OF_SPEECH.contains(word)
}

/// Who signs with the line: `— Ana Ruiz, mayor of Salem` gives `Ana Ruiz`.
pub(super) fn signature(line: &Paragraph) -> Option<Span> {
    if !is_dashed(line) {
        return None;
    }
    let first = usize::from(is_dash(line.word(0)));
    let item = first == 0;
    let phrase = phrase_at(line, first, line.tokens.len())?;
    let is_name = |at: usize| capital(line, at) && !matches!(class_of(line.low(at)), Some(NameWord::NoName));
    // An item of a list is one only when nothing but a name is in it, or what its bearer is behind a comma.
    let bare = phrase.end >= line.tokens.len() || matches!(line.word(phrase.end), "," | "." | "(");
    let named = phrase.clone().filter(|&at| is_name(at)).count();
    let enough =
        if item { named >= 2 && phrase.len() == named } else { named >= 1 || is_role(line.low(phrase.end - 1)) };
    (bare && enough).then(|| line.span_of(phrase.start, phrase.end - 1))
}

/// Whether a line ahead of quotes says nothing but whose they are: `Ana Ruiz, mayor of Salem`, `From the desk of Ana Ruiz.`
pub(super) fn is_label(line: &Paragraph) -> bool {
    let count = line.tokens.len();
    if count == 0 || line.word_count() > LABEL_WORDS {
        return false;
    }
    let stops = matches!(line.word(count - 1), "." | "!" | "?" | "”" | "\"");
    let from = matches!(line.low(0), "from" | "by" | "with");
    let kind = matches!(line.kind, BlockKind::Heading | BlockKind::Paragraph);
    kind && (from || !stops)
        && !(0..count).any(|at| is_verbal(line, at) || is_strong(line.low(at)) && !capital(line, at))
}

/// Whom a heading names and nothing else: `Ana Ruiz`, `Ana Ruiz, mayor of Salem`.
pub(super) fn named_in_heading(line: &Paragraph) -> Option<Span> {
    if line.kind != BlockKind::Heading {
        return None;
    }
    let count = line.tokens.len();
    let fits =
        |at: &usize| capital(line, *at) && class_of(line.low(*at)).is_none() || gender_of(line.low(*at)).is_some();
    let words = (0..count.min(5)).take_while(fits).count();
    let known = gender_of(line.low(0)).is_some();
    let role = matches!(line.word(words), "," | "(" | "–" | "—")
        && (words..count.min(words + 8)).any(|at| is_role(line.low(at)));
    ((2..=4).contains(&words) && (role || words == count && known)).then(|| line.span_of(0, words - 1))
}

/// `said in a statement that`: the last sentence names the text that somebody says it in, which the next quote is from.
pub(super) fn names_text(p: &Paragraph) -> bool {
    let Some(last) = p.sentences.last() else { return false };
    let text = |at: usize| {
        matches!(
            p.low(at),
            "statement" | "letter" | "email" | "e-mail" | "memo" | "post" | "tweet" | "release" | "essay" | "op-ed"
        )
    };
    last.tokens().any(|at| {
        is_strong(p.low(at))
            && matches!(p.low(at + 1), "in" | "on")
            && is_determiner(p.low(at + 2))
            && (at + 3..at + 6).any(text)
    })
}
