//! Words that a rule leaves alone: another language's, a name's, the web's.

use crate::finding::Severity;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Engine, Hit, HitPlace, Rule, topic_of};
use crate::story::Story;
use crate::text::Span;
use crate::text::language::{is_foreign_word, is_in_foreign_words};

/// Whether the words at `passage` are none of the rule's business: they are in another language, or a name of the web.
pub(super) fn is_left_alone(rule: &Rule, story: &Story, passage: Passage) -> bool {
    let topic = topic_of(&rule.id);
    // Structure, photos and links are read in every language, and marks that are left over.
    if matches!(topic, "photos" | "structure" | "links" | "suppression") {
        return false;
    }
    let paragraph = story.paragraph(passage.paragraph());
    if paragraph.foreign {
        return true;
    }
    let phrases = rule.check.is_of(Engine::Phrases);
    let wording = matches!(topic, "words" | "grammar" | "ap" | "british" | "language" | "consistency") || phrases;
    if !wording && topic != "quotes" {
        return false;
    }
    let text = &*paragraph.text;
    if matches!(topic, "ap" | "british") && phrases && !rule.case && is_name(story, passage) {
        return true;
    }
    // “Hezy Shaked”, “Long Island Rail Road”: what a list knows in small letters only is a part of a name.
    if topic == "words" && phrases && !rule.case && is_name_in_sentence(paragraph, passage.span) {
        return true;
    }
    let listed = rule.check.is_of_listed_words();
    if wording && listed && !rule.case && is_acronym(paragraph, passage.span, if phrases { LEAST_SHOUTED } else { 2 }) {
        return true;
    }
    if topic == "words" && listed && ends_name(paragraph, passage.span) {
        return true;
    }
    (wording && (is_web_name(text, passage.span) || is_versioned(text, passage.span)))
        || is_in_foreign_words(text, passage.span)
        || wording && is_beside_foreign_word(paragraph, passage.span)
        || story.document.foreign.iter().any(|range| {
            let own = passage.to_source(&story.document.blocks);
            range.start <= own.start && own.end <= range.end
        })
}

/// Copy of earlier years spells and hyphens as was right in its day: `to-day`.
const OLD: i16 = 1950;

/// In which English a story stands.
pub(super) struct StandardEnglish {
    /// It is told in a dialect.
    pub(super) is_in_dialect: bool,
    is_old: bool,
}

impl StandardEnglish {
    pub(super) fn of(story: &Story) -> Self {
        let is_old = story.published.is_some_and(|published| published.date.year() < OLD);
        Self { is_in_dialect: story.is_in_dialect(), is_old }
    }

    /// The severity that it leaves to a hit of a rule on today's standard English; `None` where that is none of the rule's business.
    pub(super) fn left(&self, rule: &Rule, severity: Severity, hit: &Hit, story: &Story) -> Option<Severity> {
        let topic = topic_of(&rule.id);
        if self.is_old && rule.check.is_of_listed_words() && matches!(topic, "words" | "ap" | "british" | "consistency")
        {
            return None;
        }
        let entry = match &hit.place {
            HitPlace::Prose(passage) => story.index.get(passage.paragraph()),
            _ => None,
        };
        if !matches!(topic, "words" | "grammar") {
            return Some(severity);
        }
        if self.is_in_dialect {
            return entry.is_none_or(|entry| entry.dialect == 0).then(|| severity.min(Severity::Query));
        }
        // Block quotations are somebody else's words: songs, old advertisements, letters.
        let is_quoted = entry.is_some_and(|entry| entry.kind == BlockKind::BlockQuote);
        Some(if is_quoted { severity.min(Severity::Query) } else { severity })
    }
}

/// Words on either side of a finding, at most, that tell what it is among.
const AROUND: usize = 60;

/// Whether all words at `span` have a capital, a word with a capital is next to them, and words near it have none.
fn is_name_in_sentence(paragraph: &Paragraph, span: Span) -> bool {
    let tokens = paragraph.tokens_in(span);
    let is_capital = |at: usize| {
        let mut letters = paragraph.word(at).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let near = tokens.start.saturating_sub(AROUND)..(tokens.end + AROUND).min(paragraph.tokens.len());
    let near = paragraph.tokens.get(near).unwrap_or_default();
    let small = near.iter().filter(|token| token.kind == TokenKind::Word && !token.capital).count();
    let beside = [tokens.start.checked_sub(1).filter(|&at| !paragraph.opens_sentence(at)), Some(tokens.end)];
    paragraph.kind == BlockKind::Paragraph
        && !paragraph.opens_sentence(tokens.start)
        && tokens.clone().all(is_capital)
        && beside.into_iter().flatten().any(is_capital)
        && small > 2 * tokens.len()
}

/// Whether the word at `span`, of so many letters at least, is in capitals among small letters, and no other long word is: an acronym,
/// such as `WASA`, and no word that somebody shouts.
fn is_acronym(paragraph: &Paragraph, span: Span, least: usize) -> bool {
    let own = paragraph.tokens_in(span);
    let is_in_capitals = |at: usize, least: usize| {
        let word = paragraph.word(at);
        word.len() >= least && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let is_another = |at: usize| is_in_capitals(at, LEAST_SHOUTED) && paragraph.low(at) != paragraph.low(own.start);
    own.len() == 1 && is_in_capitals(own.start, least) && !(0..paragraph.tokens.len()).any(is_another)
}

/// Whether the first of two words at `span` ends a name that begins before it, and the second is no part of that: “Harbor Free School
/// boys”.
fn ends_name(paragraph: &Paragraph, span: Span) -> bool {
    let own = paragraph.tokens_in(span);
    let is_capital = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.capital);
    own.len() == 2
        && is_capital(own.start)
        && !is_capital(own.start + 1)
        && own.start.checked_sub(1).is_some_and(|before| is_capital(before) && !paragraph.opens_sentence(before))
}

/// Shorter words in capitals may be acronyms beside one that is shouted.
const LEAST_SHOUTED: usize = 4;

/// Whether a function word of another language is next to the words at `span`, or is one of them: “Pumunta ka sa akin with the
/// others”, where people speak two languages in one sentence.
fn is_beside_foreign_word(paragraph: &Paragraph, span: Span) -> bool {
    let tokens = paragraph.tokens_in(span);
    let beside = tokens.start.saturating_sub(1)..(tokens.end + 1).min(paragraph.tokens.len());
    // Beside the words a capital may be that of a name; of the words themselves it may open the sentence.
    let is_own = |at: usize| tokens.contains(&at) && paragraph.opens_sentence(at);
    let is_foreign =
        |at: &usize| (!paragraph.tokens[*at].capital || is_own(*at)) && is_foreign_word(paragraph.low(*at));
    let here = beside.clone().filter(is_foreign).count();
    // One such word by itself may be a slip: it takes another one near it.
    let mut near = tokens.start.saturating_sub(AROUND)..(tokens.end + AROUND).min(paragraph.tokens.len());
    here > 0 && near.any(|at| !beside.contains(&at) && is_foreign(&at))
}

/// Whether the words at `passage` are a part of a name, which keeps its spelling: a capital where no sentence begins, a part
/// of a person's name, a surname with the age behind it.
fn is_name(story: &Story, passage: Passage) -> bool {
    let paragraph = story.paragraph(passage.paragraph());
    let words = paragraph.slice(passage.span);
    let mut letters = words.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    if !capital {
        return false;
    }
    let at = paragraph.token_at(passage.span.start);
    let opens = paragraph.opens_sentence(at)
        || (at > 0 && matches!(paragraph.low(at - 1), "\"" | ":" | "(" | "-") && !paragraph.word(at - 1).is_empty());
    let behind = paragraph.tokens_in(passage.span).end;
    let aged = paragraph.low(behind) == ","
        && paragraph.low(behind + 1).len() == 2
        && paragraph.low(behind + 1).bytes().all(|b| b.is_ascii_digit());
    let person = story.paragraphs.get(passage.paragraph()).is_some_and(|read| {
        read.names.names.iter().any(|name| name.given.is_some() && name.span.overlaps(passage.span))
    });
    // “Gray said” at the start of a sentence, and a word that has its capital elsewhere in the paragraph as well.
    let speaks = matches!(paragraph.low(behind), "said" | "says" | "told" | "added" | "asked" | "wrote" | "'s");
    let low = paragraph.low(at);
    let elsewhere = (0..paragraph.tokens.len()).any(|other| {
        other != at
            && paragraph.low(other) == low
            && paragraph.tokens[other].capital
            && !paragraph.opens_sentence(other)
    });
    !opens || aged || person || speaks || elsewhere
}

/// Whether the word opens its line and a version is all that follows, as in lists of what changed: `english 0.8.0`.
fn is_versioned(text: &str, span: Span) -> bool {
    let Some(version) = text.get(span.end()..).filter(|_| span.start() == 0).map(str::trim) else { return false };
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    version.split('.').count() > 1
        && version.split('.').take(2).all(is_number)
        && !version.contains(char::is_whitespace)
}

/// Whether `span` is a part of a handle, a hashtag, a user name or an address: `@noone`, `#dont`, `Noone_is`.
fn is_web_name(text: &str, span: Span) -> bool {
    let (Some(before), Some(inside), Some(behind)) =
        (text.get(..span.start()), text.get(span.range()), text.get(span.end()..))
    else {
        return false;
    };
    if inside.contains(char::is_whitespace) {
        return false;
    }
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = span.end() + behind.find(char::is_whitespace).unwrap_or(behind.len());
    let chunk = text
        .get(start..end)
        .unwrap_or_default()
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '#' | '_'));
    let letters_around = |mark: char| {
        chunk.match_indices(mark).any(|(at, _)| {
            chunk[..at].ends_with(char::is_alphanumeric) || chunk[at + 1..].starts_with(char::is_alphanumeric)
        })
    };
    chunk.starts_with(['@', '#']) && chunk[1..].starts_with(char::is_alphabetic)
        || letters_around('_')
        || chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk.split('@').count() == 2 && chunk.split('@').all(|part| part.contains(char::is_alphanumeric))
}
