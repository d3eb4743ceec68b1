//! The words of a paragraph that are in no dictionary, or right on one side of the ocean only.

use std::sync::OnceLock;

use super::built_words::is_built;
use super::pieces::{glued_name, in_pieces};
use crate::dictionary::{self, Suggestion};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Token, TokenKind};
use crate::story::ParagraphFacts;
use crate::text::{Span, hash};

/// One of them.
#[derive(Debug)]
pub(crate) struct OddWord {
    /// The word, or the part of a word with hyphens, without a possessive ending.
    pub span: Span,
    /// The hash of the word in lower case.
    pub word: u64,
    /// It begins with a capital.
    pub capital: bool,
    /// The capital may be there because of the place, not of the word: a sentence opens, or it is in a headline.
    pub placed: bool,
    /// The word beside it is odd as well, as in words of another language.
    pub beside_odd: bool,
    /// What is odd.
    pub kind: Oddity,
}

/// What is odd about a word.
#[derive(Debug)]
pub(crate) enum Oddity {
    /// It is a listed misspelling.
    Listed,
    /// It is right in American English only.
    American,
    /// It is right in British English only.
    British,
    /// A hyphen breaks it, as at the end of a line in another layout: `nec- essary`. The span covers both parts.
    Broken,
    /// It and the word behind it are one word in two pieces, or have the space between them a letter too early or too late; or a small
    /// word ran into a name.
    Pieces {
        /// What they should be.
        right: Box<str>,
        /// It holds only where the story has the name elsewhere.
        if_named: bool,
    },
    /// It is in no dictionary. The words that may be meant are worked out when they are asked for.
    Unknown(OnceLock<Box<[Suggestion]>>),
}

impl OddWord {
    fn new(span: Span, word: u64) -> Self {
        let kind = Oddity::Unknown(OnceLock::new());
        Self { span, word, capital: false, placed: false, beside_odd: false, kind }
    }

    /// The words that may be meant by an unknown word, likeliest first.
    pub fn suggestions(&self, paragraph: &Paragraph) -> &[Suggestion] {
        match &self.kind {
            Oddity::Unknown(suggestions) => suggestions.get_or_init(|| {
                dictionary::suggest(&paragraph.slice(self.span).to_ascii_lowercase()).into_boxed_slice()
            }),
            _ => &[],
        }
    }

    /// Whether it is a listed misspelling.
    pub fn is_listed(&self) -> bool {
        matches!(self.kind, Oddity::Listed)
    }

    /// Whether it is in no dictionary, or in two pieces.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Oddity::Unknown(_) | Oddity::Broken | Oddity::Pieces { .. })
    }
}

/// So many unknown words, and one in so many of all, show another language.
const FOREIGN: (usize, usize) = (4, 7);

/// The odd words of a paragraph, in order.
pub(crate) fn odd_words(read: &ParagraphFacts) -> Vec<OddWord> {
    let p = &read.paragraph;
    let mut found = Vec::new();
    // These name people and firms.
    if matches!(p.kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Dateline | BlockKind::SourceLine) {
        return found;
    }
    let lower = p.folded.lower.as_bytes();
    let mut last_unknown = None;
    for (at, token) in p.tokens.iter().enumerate() {
        let word = &lower[token.fold.range()];
        if token.kind != TokenKind::Word || word.len() < 3 || !token.joined && dictionary::is_common(word) {
            continue;
        }
        if token.abbreviation || is_beside_a_sign(p, token) {
            continue;
        }
        if found.last().is_some_and(|last| token.span.start < last.span.end) {
            continue;
        }
        let before = found.len();
        // Text of another language falls into other pieces, which is seen only at the end.
        let two = || in_pieces(p, at).or_else(|| in_pieces(p, at.checked_sub(1)?));
        if let Some((span, right)) = two() {
            found.retain(|odd| odd.span.end <= span.start);
            let kind = Oddity::Pieces { right: right.into(), if_named: false };
            found.push(OddWord { kind, ..OddWord::new(span, hash(p.slice(span).as_bytes())) });
            continue;
        }
        if let Some((right, is_name)) = glued_name(p.word(at)).filter(|_| !token.joined) {
            let kind = Oddity::Pieces { right: right.into(), if_named: !is_name };
            found.push(OddWord { kind, ..OddWord::new(token.span, hash(p.low(at).as_bytes())) });
            continue;
        }
        if let Some(span) = broken(p, at) {
            let low = p.low(at).as_bytes();
            found.push(OddWord { kind: Oddity::Broken, ..OddWord::new(span, hash(low)) });
        } else if follows_a_hyphen(p, at) {
            continue;
        } else if token.joined {
            parts(p, at, token, &mut found);
        } else {
            look_up(p, at, token.span, p.low(at), &mut found);
        }
        if found.get(before).is_some_and(|odd| matches!(odd.kind, Oddity::Unknown(_)) && !odd.capital) {
            if last_unknown.is_some_and(|last: (usize, usize)| last.0 + 1 == at)
                && let Some((_, index)) = last_unknown
            {
                found[index].beside_odd = true;
                found[before].beside_odd = true;
            }
            last_unknown = Some((at, before));
        }
    }
    let unknown = found.iter().filter(|odd| odd.is_unknown() && !odd.capital).count();
    if unknown >= FOREIGN.0 && unknown * FOREIGN.1 > p.word_count() {
        found.clear();
    }
    found
}

/// The span of token `at` and the next word, when a hyphen and a blank between them break a word: `nec- essary`.
fn broken(p: &Paragraph, at: usize) -> Option<Span> {
    let (token, hyphen, rest) = (p.tokens.get(at)?, p.tokens.get(at + 1)?, p.tokens.get(at + 2)?);
    let is_broken = p.low(at + 1) == "-"
        && p.word(at + 1) != "—"
        && !hyphen.spaced
        && rest.spaced
        && rest.kind == TokenKind::Word
        && !rest.capital;
    if !is_broken {
        return None;
    }
    let whole = format!("{}{}", p.low(at), p.low(at + 2));
    let known = |low: &str| dictionary::entry(low).is_some_and(|entry| !entry.is_name() && !entry.is_rare());
    // `Pre- and post-war`: both parts stand for themselves.
    let apart = known(p.low(at)) && known(p.low(at + 2));
    (known(&whole) && !apart).then_some(Span { start: token.span.start, end: rest.span.end })
}

/// Whether a hyphen is before the word, with a blank or without: it is a part of one.
fn follows_a_hyphen(p: &Paragraph, at: usize) -> bool {
    let hyphen = at.checked_sub(1).filter(|&before| matches!(p.word(before), "-" | "\u{2010}" | "\u{2011}"));
    let before = hyphen.is_some_and(|before| p.tokens.get(before).is_some_and(|hyphen| !hyphen.spaced));
    let behind = p
        .tokens
        .get(at + 1)
        .is_some_and(|next| !next.spaced && matches!(p.word(at + 1), "-" | "\u{2010}" | "\u{2011}"));
    before || behind
}

/// Looks up the parts of a word with hyphens or apostrophes.
fn parts(p: &Paragraph, at: usize, token: &Token, found: &mut Vec<OddWord>) {
    let whole = p.low(at);
    // A letter beyond ASCII makes prose and folded text differ, and says that the word is none of the dictionary's.
    let written = p.slice(token.span);
    let joined: String = whole.chars().filter(|&c| c != '-').collect();
    if dictionary::entry(whole).is_some() || dictionary::entry(&joined).is_some() {
        return;
    }
    let mut start = token.span.start();
    for part in written.split(['-', '\u{2010}', '\u{2011}']) {
        let bare = crate::prose::without_possessive(part);
        let span = Span::new(start, start + bare.len());
        let hyphenated = part.len() != written.len();
        start +=
            part.len() + written[start + part.len() - token.span.start()..].chars().next().map_or(0, char::len_utf8);
        // Short parts are those of names and of syllables; with an apostrophe left, it is a short form.
        if bare.len() < if hyphenated { HYPHENATED } else { 3 } || !bare.is_ascii() || bare.contains('\'') {
            continue;
        }
        let low = bare.to_ascii_lowercase();
        if !dictionary::is_common(low.as_bytes()) {
            look_up(p, at, span, &low, found);
        }
    }
}

/// A shorter part of a word with hyphens may be anything: `no-brainer`, `mau-mauer`.
const HYPHENATED: usize = 8;

/// Looks up one word, in lower case.
fn look_up(p: &Paragraph, at: usize, span: Span, low: &str, found: &mut Vec<OddWord>) {
    let written = p.slice(span);
    let mut letters = written.bytes();
    let capital = letters.next().is_some_and(|byte| byte.is_ascii_uppercase());
    // Digits, letters of other alphabets, capitals inside: a name, a handle, an acronym, a part of a program.
    if !letters.all(|byte| byte.is_ascii_lowercase()) || !low.as_bytes()[0].is_ascii_alphabetic() {
        return;
    }
    let kind = if dictionary::corrections(low).next().is_some() {
        Oddity::Listed
    } else {
        match dictionary::entry(low) {
            Some(entry) if entry.is_american() => Oddity::American,
            Some(entry) if entry.is_british() => Oddity::British,
            Some(_) => return,
            None if low.len() < 4 || is_drawn_out(low) || is_dialect(p, span, low) || is_built(low) => return,
            None => Oddity::Unknown(OnceLock::new()),
        }
    };
    let placed = capital
        && (matches!(p.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Dek) || opens_sentence(p, at));
    found.push(OddWord { capital, placed, kind, ..OddWord::new(span, hash(low.as_bytes())) });
}

/// Whether the word opens a sentence, with an opening mark before it or not, and is no first part of a name.
fn opens_sentence(p: &Paragraph, at: usize) -> bool {
    let first =
        (0..at).rev().take_while(|&before| matches!(p.low(before), "\"" | "'" | "(" | "[")).last().unwrap_or(at);
    let is_name = p.tokens.get(at + 1).is_some_and(|next| next.capital && next.spaced);
    !is_name && (p.opens_sentence(first) || first.checked_sub(1).is_some_and(|before| p.low(before) == ":"))
}

/// Whether a sign touches the word that touches no word of prose, as in handles, addresses, paths and programs: `@wiht`,
/// `teh.example`, `a/b`, `x=y`. What is in an address to readers, [`Paragraph::is_in_address`] tells.
pub(crate) fn is_beside_a_sign(p: &Paragraph, token: &Token) -> bool {
    let bytes = p.text.as_bytes();
    // `[I]nstead`: the bracket holds a letter that an editor changed.
    let joins = |byte: u8| b"@#/\\_=&~^*<>{}|+$]".contains(&byte);
    let before = &bytes[..token.span.start()];
    let after = &bytes[token.span.end()..];
    let before = match before {
        // Three dots are a pause.
        [.., b'.', b'.'] => false,
        [.., b'.'] => true,
        [.., scheme, b':'] => scheme.is_ascii_alphanumeric(),
        // Quotation marks and dashes start with these bytes. Other signs are those of code (U+FFFC) or of a broken encoding.
        [.., 0xe2, 0x80, _] => false,
        [.., byte] if !byte.is_ascii() => true,
        [.., byte] => joins(*byte),
        [] => false,
    };
    before
        || match after {
            [b'.' | b':', next, ..] => next.is_ascii_alphanumeric() || *next == b'/',
            [0xe2, 0x80, ..] => false,
            [byte, ..] if !byte.is_ascii() => true,
            [byte, ..] => joins(*byte),
            [] => false,
        }
}

/// `Sooo`, `hmmm`, `yesssss`: a letter three times in a row in a short word, or four times.
fn is_drawn_out(low: &str) -> bool {
    let in_a_row = |count: usize| low.as_bytes().windows(count).any(|row| row.iter().all(|byte| *byte == row[0]));
    in_a_row(4) || low.len() < 6 && in_a_row(3)
}

/// `Goin’`, `runnin'`: an apostrophe stands for what is not said.
fn is_dialect(p: &Paragraph, span: Span, low: &str) -> bool {
    let after = &p.text[span.end()..];
    let before = &p.text[..span.start()];
    low.ends_with("in") && after.starts_with(['\'', '’']) || before.ends_with(['’']) || before.ends_with('\'')
}
