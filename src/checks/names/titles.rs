//! Titles: capitals, repetition, contradiction, courtesy.

use super::copy_mentions;
use crate::finding::Applicability;
use crate::lexicon;
use crate::lexicon::WordList;
use crate::lexicon::checks::OFFICES;
use crate::lexicon::grammar;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::paragraph_index::Signs;
use crate::story::person::context::tokens_around;
use crate::story::person::{Mention, MentionForm, is_role};
use crate::story::{ParagraphFacts, Person, Story};
use crate::text::Span;

/// `names-courtesy-title`: `Mr. Ruiz` where the house does without.
pub(in crate::checks) fn courtesy_title(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (passage, title) in title_mentions(story) {
        let text = story.paragraph(passage.paragraph()).slice(title);
        if !matches!(text.trim_end_matches('.'), "Mr" | "Mrs" | "Ms" | "Miss") || title.end >= passage.span.start {
            continue;
        }
        let with_space =
            Passage { paragraph: passage.paragraph, span: Span { start: title.start, end: passage.span.start } };
        let at = Passage { paragraph: passage.paragraph, span: title };
        out.push(Hit::at(at).arg("found", text).replace(with_space, "", Applicability::Suggested));
    }
}

/// All mentions with a title, in the story's body.
fn title_mentions(story: &Story) -> Vec<(Passage, Span)> {
    let mentions = story.people.iter().flat_map(|person| &person.mentions);
    let titled = mentions.filter_map(|m| Some((m.passage, m.title?)));
    let mut all: Vec<_> = titled.filter(|(p, _)| story.kind(p.paragraph()).is_body()).collect();
    all.sort_unstable();
    all
}

/// `names-title-case`: `the President of Russia`, and `president Ruiz` beside `President Ruiz`.
pub(in crate::checks) fn title_case(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs_with(Signs::OFFICE) {
        if read.paragraph.kind == BlockKind::Paragraph {
            for &span in &read.cues.rare().offices {
                let passage = Passage::new(number, span);
                let low = story.slice(passage).to_lowercase();
                let hit = Hit::at(passage).arg("found", story.slice(passage)).arg("use", format!("“{low}”"));
                out.push(hit.replace(passage, low, rule.fix));
            }
        }
    }
    before_names(rule, story, out);
}

/// `president Ruiz` in a story that writes `President Okafor` as well.
fn before_names(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let small: Vec<Passage> = story
        .paragraphs_with(Signs::SMALL_OFFICE)
        .filter(|(_, read)| read.paragraph.kind.is_body())
        .flat_map(|(number, read)| story.mentions_in(number).filter_map(|(_, mention)| small_office(read, mention)))
        .collect();
    if small.is_empty() {
        return;
    }
    let Some(capital) = first_capital(story) else { return };
    for passage in small {
        let text: Vec<String> = story
            .slice(passage)
            .split(' ')
            .map(|word| {
                let mut chars = word.chars();
                chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
            })
            .collect();
        let text = text.join(" ");
        let hit = Hit::at(passage).arg("found", story.slice(passage)).arg("use", format!("“{text}”"));
        out.push(hit.related(capital, "with a capital before this name").replace(passage, text, rule.fix));
    }
}

/// The office that ends a title before a name, and the byte of the paragraph at which it starts: `mayor` of
/// `Harbor City mayor`.
fn office_before(paragraph: &Paragraph, name: Span, title: Span) -> Option<Span> {
    if title.is_empty() || title.end >= name.start {
        return None;
    }
    let text = paragraph.slice(title);
    let low = text.to_lowercase();
    let office = OFFICES.iter().filter(|office| low.ends_with(office)).max_by_key(|o| o.len())?;
    let ahead = text.len().checked_sub(office.len()).filter(|&at| text.is_char_boundary(at))?;
    let start = title.start + ahead as u32;
    Some(Span { start, end: title.end })
}

/// The office before a name, when that is all of the title and it is written small as a title is not.
fn small_office(read: &ParagraphFacts, mention: &Mention) -> Option<Passage> {
    let paragraph = &read.paragraph;
    let title = mention.title?;
    let office = office_before(paragraph, mention.passage.span, title)?;
    let before = tokens_around(paragraph, title).0.checked_sub(1).map_or("", |at| paragraph.low(at));
    let described =
        grammar::ARTICLES_AND_POSSESSIVES.contains(before) || matches!(before, "former" | "then" | "by" | ",");
    let small = !paragraph.slice(office).starts_with(char::is_uppercase);
    (small && !described && office.start == title.start).then_some(Passage { span: office, ..mention.passage })
}

/// The first name in the body after an office with a capital.
fn first_capital(story: &Story) -> Option<Passage> {
    let has_capital = |&(name, title): &(Passage, Span)| {
        let paragraph = story.paragraph(name.paragraph());
        let office = office_before(paragraph, name.span, title);
        office.is_some_and(|office| paragraph.slice(office).starts_with(char::is_uppercase))
    };
    title_mentions(story).into_iter().find(has_capital).map(|(name, _)| name)
}

/// `names-title-again`: the title once more before the surname of somebody introduced with it.
pub(in crate::checks) fn title_again(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for person in story.people {
        let mut titles: Vec<&str> = Vec::new();
        for mention in copy_mentions(story, person) {
            let Some(title) = mention.title.filter(|t| t.end <= mention.passage.span.start) else { continue };
            let text = story.paragraph(mention.passage.paragraph()).slice(title);
            let again = titles.iter().any(|known| known.to_lowercase().ends_with(&text.to_lowercase()));
            let office = OFFICES.iter().any(|office| text.to_lowercase().ends_with(office));
            if again && office && mention.form == MentionForm::Surname {
                let whole = Span { start: title.start, end: mention.passage.span.start };
                let whole = Passage { paragraph: mention.passage.paragraph, span: whole };
                let at = Passage { paragraph: mention.passage.paragraph, span: title };
                let hit = Hit::at(at).arg("found", text).arg("name", person.surname.clone());
                out.push(hit.replace(whole, "", Applicability::Suggested));
            }
            if titles.len() < 8 {
                titles.push(text);
            }
        }
    }
}

/// Titles of which nobody bears two at once, in groups.
const EXCLUSIVE: [&WordList; 3] = {
    use crate::lexicon::checks::{EXCLUSIVE_LEGISLATORS, EXCLUSIVE_MINISTERS, EXCLUSIVE_RANKS};
    [&EXCLUSIVE_MINISTERS, &EXCLUSIVE_LEGISLATORS, &EXCLUSIVE_RANKS]
};

/// `names-title-differs`: one person, two offices that exclude each other.
pub(in crate::checks) fn title_differs(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for person in story.people.iter().filter(|person| may_contradict(person)) {
        let Some((first, second)) = contradiction(story, person) else { continue };
        out.push(
            Hit::at(second)
                .arg("found", story.slice(second))
                .arg("other", story.slice(first))
                .arg("name", person.name.clone())
                .related(first, "the other title"),
        );
    }
}

/// Whether two of the person's titles exclude each other. The person lists each title once, and the mentions are many.
fn may_contradict(person: &Person) -> bool {
    if person.titles.len() < 2 {
        return false;
    }
    let mut titles: Vec<(usize, &str)> =
        person.titles.iter().filter_map(|title| exclusive(&title.to_lowercase())).collect();
    titles.sort_unstable();
    titles.dedup();
    titles.windows(2).any(|pair| pair[0].0 == pair[1].0)
}

/// The group and the short form of a title (lower case) that excludes others; `None` for one that was or may be.
fn exclusive(low: &str) -> Option<(usize, &'static str)> {
    if lexicon::people::NOT_NOW.iter().any(|word| low.contains(word)) {
        return None;
    }
    let bare = low.trim_end_matches('.');
    EXCLUSIVE.iter().enumerate().find_map(|(group, titles)| {
        let fits = |title: &&'static str| {
            bare.strip_suffix(*title).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '.']))
        };
        titles.iter().find(fits).map(|title| (group, short(title)))
    })
}

fn contradiction(story: &Story, person: &Person) -> Option<(Passage, Passage)> {
    let mut seen: Vec<(usize, &str, Passage)> = Vec::new();
    for mention in copy_mentions(story, person) {
        let Some(title) = mention.title.filter(|t| t.end <= mention.passage.span.start) else { continue };
        let passage = Passage { paragraph: mention.passage.paragraph, span: title };
        let Some((group, title)) = exclusive(&story.slice(passage).to_lowercase()) else { continue };
        if let Some((_, _, first)) = seen.iter().find(|(g, known, _)| *g == group && *known != title) {
            return Some((*first, passage));
        }
        if seen.len() < 8 {
            seen.push((group, title, passage));
        }
    }
    None
}

/// One form for a title and its abbreviation.
fn short(title: &'static str) -> &'static str {
    match title {
        "senator" => "sen",
        "governor" => "gov",
        "congressman" | "congresswoman" => "rep",
        "lieutenant" => "lt",
        "captain" => "capt",
        "major" => "maj",
        "colonel" => "col",
        "sergeant" => "sgt",
        "defence minister" => "defense minister",
        other => other,
    }
}

/// `names-false-title-commas`: `Abbas adviser, Majdi Khalidi,` with commas round the name of one among several.
pub(in crate::checks) fn false_title_commas(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs_with(Signs::ROLE_AND_COMMA) {
        let paragraph = &read.paragraph;
        if !paragraph.kind.is_body() {
            continue;
        }
        for (_, mention) in story.mentions_in(number).filter(|(_, mention)| mention.form == MentionForm::Full) {
            let (first, after) = tokens_around(paragraph, mention.passage.span);
            let Some(start) = title_before_comma(paragraph, first) else { continue };
            let next = paragraph.low(after + 1);
            let goes_on = paragraph.low(after) == ","
                && paragraph.tokens.get(after + 1).is_some_and(|t| !t.capital)
                && !matches!(next, "who" | "whose" | "a" | "an" | "the" | "and");
            if !goes_on {
                continue;
            }
            let passage = Passage::new(mention.passage.paragraph(), paragraph.span_of(start, after));
            let title = paragraph.slice(paragraph.span_of(start, first - 2));
            let text = format!("{title} {}", paragraph.slice(mention.passage.span));
            let hit = Hit::at(passage).arg("found", story.slice(passage)).arg("use", format!("“{text}”"));
            out.push(hit.replace(passage, text, Applicability::Suggested));
        }
    }
}

/// The first token of a title without determiner that ends in a role and a comma right before token `name`.
fn title_before_comma(paragraph: &Paragraph, name: usize) -> Option<usize> {
    let role = name.checked_sub(2)?;
    if paragraph.low(name - 1) != "," || !is_role(paragraph.low(role)) || paragraph.tokens.get(role)?.capital {
        return None;
    }
    // One or more words with capitals are before it, none a possessive: `Abbas`, `Harbor City`.
    let mut start = role;
    while let Some(before) = start.checked_sub(1)
        && paragraph.tokens.get(before).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
        && !paragraph.is_possessive(before)
        && paragraph.tokens.get(start).is_some_and(|t| t.spaced)
        && !is_determiner(paragraph.low(before))
    {
        start = before;
    }
    if start == role {
        return None;
    }
    let before = start.checked_sub(1).map_or("", |at| paragraph.low(at));
    let determined = is_determiner(before)
        || matches!(before, "of" | "and")
        || start.checked_sub(1).is_some_and(|at| {
            paragraph.is_possessive(at)
                || paragraph.tokens.get(at).is_some_and(|t| {
                    t.kind == TokenKind::Word
                        && !t.capital
                        && !before.ends_with("ed")
                        && !matches!(before, "said" | "told" | "when" | "as" | "but" | "with" | "by" | "to" | "that")
                })
        })
        || is_determiner(paragraph.low(start));
    (!determined).then_some(start)
}

fn is_determiner(low: &str) -> bool {
    grammar::ARTICLES_AND_POSSESSIVES.contains(low) || matches!(low, "my" | "our" | "one" | "another")
}
