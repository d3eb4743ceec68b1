//! Finding names of people in one paragraph.
//!
//! A run of words with capitals is taken apart: titles before it, words that are no names, the name itself, and what
//! follows it. Nothing here decides alone that a run is a person: [`Name::sure`] says how much the paragraph shows, and
//! linking the story decides.

mod run;
mod words;

use super::given::gender_of;
use super::lists::{NameWord, class_of, is_role};
use super::{Gender, LocalNames, Name, PRONOUNS};
use crate::lexicon::grammar;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, TokenKind};
use crate::story::trigger_words::{TriggerWords, Triggers};
use crate::text::Span;
use run::{NameRun, Title, surname_start};
use words::{
    MAX_WORDS, bare_low, bare_span, ends_sentence, has_second_syllable, is_acronym, is_capital, is_initial,
    is_particle, is_suffix,
};

/// How many words after a name an apposition may have before it counts as something else.
const MAX_APPOSITION: usize = 16;

/// Finds the names of a paragraph.
pub(super) fn find(paragraph: &Paragraph, triggers: &TriggerWords) -> LocalNames {
    let mut local = LocalNames::default();
    match paragraph.kind {
        BlockKind::Byline
        | BlockKind::Credit
        | BlockKind::Boilerplate
        | BlockKind::Dateline
        | BlockKind::SourceLine => {}
        // Headlines may set capitals everywhere: only what the body knows counts.
        BlockKind::Headline | BlockKind::Heading | BlockKind::Dek => single_words(paragraph, &mut local),
        _ => runs(paragraph, &mut local),
    }
    pronouns(paragraph, triggers, &mut local);
    local
}

fn single_words(paragraph: &Paragraph, local: &mut LocalNames) {
    for at in 0..paragraph.tokens.len() {
        let low = bare_low(paragraph, at);
        let known = class_of(low).is_some_and(|c| !matches!(c, NameWord::Place | NameWord::Organisation));
        if !is_capital(paragraph, at) || known && gender_of(low).is_none() {
            continue;
        }
        local.names.push(Name::single(bare_span(paragraph, at)));
    }
}

fn runs(paragraph: &Paragraph, local: &mut LocalNames) {
    let mut at = 0;
    while let Some(token) = paragraph.tokens.get(at) {
        // Most words have neither a capital nor a hyphen.
        if !(token.capital || token.joined) || !is_capital(paragraph, at) {
            at += 1;
            continue;
        }
        let end = run_end(paragraph, at);
        if let Some(name) = name_in(paragraph, at, end) {
            local.names.push(name);
        }
        at = end;
    }
}

/// One past the last token of the run that starts at `start`.
fn run_end(paragraph: &Paragraph, start: usize) -> usize {
    let mut end = start + 1;
    while end - start < 3 * MAX_WORDS {
        if paragraph.is_possessive(end - 1) {
            return end;
        }
        // `Tom “Duke” Okafor`.
        if is_nickname(paragraph, end) {
            end += 4;
            continue;
        }
        if !paragraph.tokens.get(end).is_some_and(|t| t.spaced) || ends_sentence(paragraph, end - 1) {
            return end;
        }
        if is_capital(paragraph, end) {
            end += 1;
            continue;
        }
        let mut after = end;
        while after < end + 3 && is_particle(paragraph, after) && paragraph.tokens[after].spaced {
            after += 1;
        }
        if after == end || !is_capital(paragraph, after) || !paragraph.tokens[after].spaced {
            return end;
        }
        end = after + 1;
    }
    end
}

fn is_nickname(paragraph: &Paragraph, at: usize) -> bool {
    let spaced = |i: usize| paragraph.tokens.get(i).is_some_and(|t| t.spaced);
    matches!(paragraph.word(at), "“" | "\"" | "‘" | "(")
        && spaced(at)
        && is_capital(paragraph, at + 1)
        && matches!(paragraph.word(at + 2), "”" | "\"" | "’" | ")")
        && is_capital(paragraph, at + 3)
        && spaced(at + 3)
        && gender_of(paragraph.low(at.saturating_sub(1))).is_some()
}

/// The name in the run `start..end`, if there is one.
fn name_in(paragraph: &Paragraph, start: usize, end: usize) -> Option<Name> {
    // `Commonwealth v. Cole`: the name of a case.
    let versus = |at: usize| matches!(paragraph.word(at), "v." | "v");
    if versus(end) || start.checked_sub(1).is_some_and(versus) {
        return None;
    }
    // `P.O. Box 7`
    if matches!(paragraph.low(start), "p.o." | "po" | "p.o") && paragraph.low(end - 1) == "box" {
        return None;
    }
    let run = NameRun::new(paragraph, start, end);
    // `Restrepo & Sons Hardware`
    if start.checked_sub(1).is_some_and(|before| paragraph.word(before) == "&") && run.given(start).is_none() {
        return None;
    }
    let mut suffix = (end > start + 1 && is_suffix(paragraph, end - 1)).then_some(end - 1);
    let mut last = suffix.unwrap_or(end);
    if suffix.is_none() && paragraph.word(end) == "," && is_suffix(paragraph, end + 1) {
        suffix = Some(end + 1);
    }
    let (mut title, first) = run.title(last);
    let first = run.skip_ahead(first, last);
    if first >= last {
        return None;
    }
    if title == Title::None && first == start {
        title = run.title_ahead(last);
    }
    let titled = title != Title::None;
    // `Ruiz-type`, `Okafor-backed`.
    let compound =
        paragraph.word(last - 1).split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase))
            && !has_second_syllable(paragraph, last - 1);
    if last - first > MAX_WORDS || compound || !run.fits(first, last, titled) {
        return None;
    }
    while last > first + 1 && is_initial(paragraph, last - 1) {
        last -= 1;
    }
    let surname = surname_start(paragraph, first, last);
    let full = surname > first;
    // A run of three that starts with no known given name is more often a thing.
    let gazetteer = full && run.given(first).is_some();
    let initials = full && (first..surname).any(|i| is_initial(paragraph, i)) && !is_acronym(paragraph, surname);
    let particle = full && (surname + 1 < last || paragraph.low(surname).starts_with("al-"));
    let (apposition, apposition_gender) = apposition(paragraph, suffix.map_or(end, |s| s + 1));
    let sure = titled && (full || !run.starts_sentence || first > start)
        || gazetteer
        || full && (initials || particle || apposition.is_some_and(|a| a.shows_person));
    let hinted = full && matches!(paragraph.low(end), "said" | "told" | "says" | "added" | "wrote" | "who")
        || full && paragraph.low(end) == "," && paragraph.low(end + 1) == "who";
    let title_gender = match title {
        Title::Inside(gender) => gender,
        Title::Ahead => role_gender(paragraph.low(start - 1)),
        Title::None | Title::Apposed => Gender::Unknown,
    };
    let end_span = bare_span(paragraph, last - 1);
    let name_end = suffix.map_or(end_span.end, |s| bare_span(paragraph, s).end);
    Some(Name {
        span: Span { start: paragraph.tokens[first].span.start, end: name_end },
        given: full.then(|| paragraph.span_of(first, surname - 1)),
        surname: Span { start: paragraph.tokens[surname].span.start, end: end_span.end },
        suffix: suffix.map(|s| bare_span(paragraph, s)),
        title: run.title_span(title, first).or(apposition.map(|a| a.span)),
        title_gender: if title_gender == Gender::Unknown { apposition_gender } else { title_gender },
        given_gender: if full { run.given(first).unwrap_or(Gender::Unknown) } else { Gender::Unknown },
        sure,
        hinted,
    })
}

fn role_gender(word: &str) -> Gender {
    match class_of(word) {
        Some(NameWord::Role(gender) | NameWord::Honorific(gender)) => gender,
        _ => Gender::Unknown,
    }
}

/// What stands between commas behind a name.
#[derive(Clone, Copy)]
struct Apposition {
    span: Span,
    shows_person: bool,
}

/// The apposition that starts with the comma at `comma`: `, the mayor,`, `, 42,`, `, a spokesman for the union,`.
fn apposition(paragraph: &Paragraph, comma: usize) -> (Option<Apposition>, Gender) {
    if paragraph.word(comma) != "," {
        return (None, Gender::Unknown);
    }
    let mut at = comma + 1;
    let is_age = |i: usize| {
        let digits = paragraph.word(i);
        digits.len() <= 3 && paragraph.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number)
    };
    let mut aged = false;
    if is_age(at) && matches!(paragraph.word(at + 1), "," | "." | "") {
        aged = true;
        at += 2;
    }
    let article = grammar::ARTICLES_AND_POSSESSIVES.contains(paragraph.low(at)) || paragraph.low(at) == "one";
    let mut role = None;
    let mut end = at;
    while end < paragraph.tokens.len() && end - at < MAX_APPOSITION {
        let token = paragraph.tokens[end];
        if token.kind == TokenKind::Punct && !matches!(paragraph.word(end), "-" | "'" | "’" | "&" | "/") {
            break;
        }
        // The head of the phrase stands before its first preposition.
        let low = paragraph.low(end);
        let past_head =
            matches!(low, "of" | "for" | "at" | "in" | "who" | "whose" | "and" | "from" | "to" | "with" | "on");
        if !past_head
            && is_role(low)
            && (article || !token.capital || end == at || class_of(low).is_some())
            && end - at < 8
        {
            role = role.or(Some(end));
        }
        // A clause tells more of the person, and nothing of the title.
        let is_clause = role.is_some() && matches!(low, "who" | "whose" | "whom" | "when" | "where");
        if is_clause || past_head && role.is_none() && end - at > 5 {
            break;
        }
        if matches!(low, "said" | "told" | "says" | "was" | "is" | "has" | "had") {
            return (
                aged.then(|| Apposition { span: paragraph.span_of(comma + 1, comma + 1), shows_person: true }),
                Gender::Unknown,
            );
        }
        end += 1;
    }
    match role {
        Some(role) if article || !paragraph.tokens[at].capital && role - at < 4 => {
            let span = paragraph.span_of(at, end - 1);
            (Some(Apposition { span, shows_person: true }), role_gender(paragraph.low(role)))
        }
        _ => (
            aged.then(|| Apposition { span: paragraph.span_of(comma + 1, comma + 1), shows_person: true }),
            Gender::Unknown,
        ),
    }
}

/// Notes for each name the first `he` or `she` after it, as long as no other name comes between.
fn pronouns(paragraph: &Paragraph, triggers: &TriggerWords, local: &mut LocalNames) {
    for at in triggers.of_kind(Triggers::PRONOUN) {
        let low = paragraph.low(at);
        let pronoun = PRONOUNS.iter().find(|(pronoun, _)| *pronoun == low);
        local.pronouns.extend(pronoun.zip(paragraph.tokens.get(at)).map(|(&(_, gender), token)| (token.span, gender)));
    }
}
