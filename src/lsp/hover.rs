//! What the story means at one place: the rule behind a finding, the day a date stands for, who or what is named, who says
//! it.

use std::collections::HashSet;

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::document::View;
use super::facts::{self, Here, PassageOfSource};
use super::people;
use crate::checks::{Sum, sums};
use crate::finding::{Finding, Severity};
use crate::prose::Passage;
use crate::report;
use crate::rules::ExampleEntry;
use crate::story::person::MentionForm;
use crate::story::quote::QuoteKind;
use crate::story::{Organisation, Person, Quote, Story, TimeExpression};
use crate::text::{SourceRange, on_one_line, single_spaced, weekday_name, without_markup};

/// The most findings that are explained at once.
const MOST_FINDINGS: usize = 3;

/// The hover at a position.
pub fn hover(view: &View, at: Position, style: TextStyle) -> Option<Hover> {
    let offset = view.offset(at);
    let holds = |range: &SourceRange| range.start <= offset && offset < range.end.max(range.start + 1);
    let story = view.story();
    let mut sections: Vec<(SourceRange, String)> = Vec::new();
    for time in story.times {
        let range = view.source_of(time.passage);
        if holds(&range)
            && let Some(text) = day(&story, time, style)
        {
            sections.push((range, text));
        }
    }
    for finding in view.findings().iter().filter(|finding| holds(&finding.range)).take(MOST_FINDINGS) {
        let text = explain(view, finding, style);
        if !text.is_empty() {
            sections.push((finding.range.clone(), text));
        }
    }
    for person in story.people {
        let mention = person.mentions.iter().find(|mention| holds(&view.source_of(mention.passage)));
        if let Some(mention) = mention {
            sections.push((view.source_of(mention.passage), who(view, person, style)));
        }
    }
    for organisation in story.organisations {
        let mentions = people::passages(organisation);
        let mention = mentions.iter().map(|&mention| view.source_of(mention)).find(|range| holds(range));
        if let Some((range, text)) = mention.zip(which(view, organisation, &mentions, style)) {
            sections.push((range, text));
        }
    }
    for quote in story.quotes {
        let range = view.source_of(quote.passage);
        // That nobody is named is what a finding about the quote says already.
        let is_told = || quote.speaker.is_none() && sections.iter().any(|(told, _)| *told == range);
        if holds(&range) && matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial) && !is_told() {
            sections.push((range, said_by(&story, quote, style)));
        }
    }
    if let Some((here, decided, passage)) = facts::about(view, offset) {
        let sums = sums(&story);
        let sum = report::sum_of(here.fact, &sums);
        sections.push((here.range.clone(), checked(&here, &decided, sum, passage.as_ref(), style)));
    }
    let narrowest = sections.iter().map(|(range, _)| range).min_by_key(|range| range.len())?;
    let range = Some(view.range(narrowest));
    let texts = without_repetition(sections.into_iter().map(|(_, text)| text));
    let value = texts.join(if style.markdown { "\n\n---\n\n" } else { "\n\n" });
    let kind = if style.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range })
}

/// The sections without paragraphs that an earlier one has: what is assumed of a day, the reason of a rule.
fn without_repetition(sections: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut kept = Vec::new();
    for section in sections {
        let is_new = |paragraph: &&str| seen.insert((*paragraph).to_owned());
        let paragraphs: Vec<&str> = section.split("\n\n").filter(is_new).collect();
        if !paragraphs.is_empty() {
            kept.push(paragraphs.join("\n\n"));
        }
    }
    kept
}

/// Where a fact is, and what its source says.
fn checked(
    here: &Here,
    decided: &str,
    sum: Option<&Sum>,
    passage: Option<&PassageOfSource>,
    style: TextStyle,
) -> String {
    let mut text = format!("{}: {}", style.strong(&first_upper(here.fact.kind.described())), style.plain(decided));
    if let Some(sum) = sum {
        text.push_str(&format!("\n\n{}", style.plain(&sum.text)));
    }
    if let Some(passage) = passage {
        let place = format!("{}, {}", passage.name, passage.place);
        let place = match (&passage.line, style.markdown) {
            (Some((uri, line)), true) => format!("[{}]({}#L{})", without_markup(&place), uri.as_str(), line + 1),
            _ => style.plain(&place),
        };
        let says = if passage.agrees { "" } else { " says otherwise" };
        let quoted = if style.markdown { "> " } else { "  " };
        text.push_str(&format!("\n\n{place}{says}:\n\n{quoted}{}", style.plain(&passage.text)));
    }
    text
}

fn first_upper(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// How a hover is written.
#[derive(Clone, Copy)]
pub struct TextStyle {
    /// In Markdown, not as plain text.
    pub markdown: bool,
    /// The client itself shows above it what the findings at the place say, hints apart, so that this is not said twice.
    pub findings_are_shown: bool,
}

impl TextStyle {
    fn strong(self, text: &str) -> String {
        if self.markdown { format!("**{}**", without_markup(text)) } else { text.to_owned() }
    }

    fn plain(self, text: &str) -> String {
        if self.markdown { without_markup(text) } else { text.to_owned() }
    }

    /// A rule's reason, in which words between asterisks are set off.
    fn reason(self, text: &str) -> String {
        let parts: Vec<&str> = text.split('*').collect();
        if parts.len().is_multiple_of(2) {
            return self.plain(text);
        }
        let set_off = |(number, part): (usize, &&str)| match (number % 2, self.markdown) {
            (0, _) => self.plain(part),
            (_, true) => format!("*{}*", self.plain(part)),
            (_, false) => format!("“{part}”"),
        };
        parts.iter().enumerate().map(set_off).collect()
    }

    fn code(self, text: &str) -> String {
        if self.markdown { format!("`{text}`") } else { text.to_owned() }
    }
}

/// What a finding says, why, what it would be otherwise, and where else to look.
fn explain(view: &View, finding: &Finding, style: TextStyle) -> String {
    // VS Code shows no hints above a hover.
    let is_shown = style.findings_are_shown && finding.severity > Severity::Hint;
    let told = if is_shown { String::new() } else { style.strong(&finding.message) };
    let mut parts = vec![told];
    let rule = view.document.project.rules.get(&finding.rule);
    if let Some(why) = rule.map(|rule| rule.why.trim()).filter(|why| !says(&finding.message, why)) {
        parts.push(style.reason(why));
    }
    if let Some(assumed) = &finding.assumed {
        parts.push(format!("Assumed: {}", style.plain(assumed)));
    }
    for related in finding.related.iter().filter(|_| !is_shown) {
        let line = view.range(&related.range).start.line + 1;
        let place = match style.markdown {
            true => format!("[line {line}]({}#L{line})", view.document.uri.as_str()),
            false => format!("line {line}"),
        };
        parts.push(format!("{} ({place})", style.plain(&related.message)));
    }
    if let Some((bad, good)) = rule.and_then(|rule| rule.examples.iter().find_map(example)) {
        parts.push(format!("Not: {}", style.plain(&bad)));
        parts.push(format!("But: {}", style.plain(&good)));
    }
    if !is_shown {
        parts.push(style.code(&finding.rule));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Whether `message` says already what `why` does.
fn says(message: &str, why: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches('.').to_lowercase();
    bare(message).contains(&bare(why))
}

/// The first line of an example in which what is wrong differs visibly from what is right.
fn example(example: &ExampleEntry) -> Option<(String, String)> {
    let marked = example.bad.as_ref()?.trim();
    let (bad, good) = (marked.replace(['⟦', '⟧'], ""), mended(marked, example.fixed.iter().map(|fixed| fixed.trim())));
    let line = |line: &str| line.trim().to_owned();
    let mut pairs = bad.lines().map(line).zip(good.lines().map(line));
    // Blanks are hardly seen in a small window.
    let seen = |line: &str| single_spaced(line);
    pairs.find(|(bad, good)| seen(bad) != seen(good))
}

/// `marked` with a fix at each mark, the first of those that are given, each as the text after that fix alone.
fn mended<'e>(marked: &str, fixed: impl Iterator<Item = &'e str>) -> String {
    let mut bad = String::with_capacity(marked.len());
    let mut marks: Vec<SourceRange> = Vec::new();
    for part in marked.split_inclusive(['⟦', '⟧']) {
        bad.push_str(part.trim_end_matches(['⟦', '⟧']));
        match (part.chars().last(), marks.last_mut()) {
            (Some('⟦'), _) => marks.push(bad.len()..bad.len()),
            (Some('⟧'), Some(mark)) => mark.end = bad.len(),
            _ => {}
        }
    }
    let mut edits: Vec<(usize, SourceRange, &str)> = Vec::new();
    for fixed in fixed {
        let same = |(a, b): &(char, char)| a == b;
        let start: usize = bad.chars().zip(fixed.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (rest, new) = (bad.get(start..).unwrap_or_default(), fixed.get(start..).unwrap_or_default());
        let after: usize = rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (end, new) = (bad.len() - after, new.get(..new.len() - after).unwrap_or_default());
        let mark = marks.iter().position(|mark| start <= mark.end && mark.start <= end).unwrap_or(marks.len());
        if edits.iter().all(|(other, range, _)| *other != mark && (range.end < start || end < range.start)) {
            edits.push((mark, start..end, new));
        }
    }
    edits.sort_unstable_by_key(|(_, range, _)| range.start);
    for (_, range, new) in edits.into_iter().rev() {
        bad.replace_range(range, new);
    }
    bad
}

fn day(story: &Story, time: &TimeExpression, style: TextStyle) -> Option<String> {
    let days = days(time)?;
    let mut text = format!("{}: {}", style.strong(&on_one_line(story.slice(time.passage))), style.plain(&days));
    for (from, to) in &time.alternatives {
        text.push_str(&if from == to { format!(", or {from}") } else { format!(", or {from} to {to}") });
    }
    if let Some(assumed) = &time.assumed {
        text.push_str(&format!("\n\nAssumed: {}", style.plain(assumed)));
    }
    Some(text)
}

/// The days that a time expression stands for: `2018-02-11`, `2018-01-01 to 2018-01-31`.
fn days(time: &TimeExpression) -> Option<String> {
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => Some(format!("{from} ({})", weekday_name(from))),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        _ => None,
    }
}

fn who(view: &View, person: &Person, style: TextStyle) -> String {
    let titles = match &person.titles[..] {
        [] => String::new(),
        titles => format!(", {}", style.plain(&titles.join("; "))),
    };
    let named = person.mentions.iter().filter(|mention| mention.form != MentionForm::Pronoun).count();
    let first = person.mentions.first().map(|mention| mention.passage);
    format!("{}{titles}\n\n{}", style.strong(&person.name), mentioned(view, first, named))
}

/// What an organisation is called in full; `None` where the story does not say.
fn which(view: &View, organisation: &Organisation, mentions: &[Passage], style: TextStyle) -> Option<String> {
    let name = organisation.name.as_ref()?;
    let acronym = organisation.acronym.as_ref().map(|acronym| format!(" ({})", style.plain(acronym)));
    let mentioned = mentioned(view, mentions.first().copied(), mentions.len());
    Some(format!("{}{}\n\n{mentioned}", style.strong(name), acronym.unwrap_or_default()))
}

fn mentioned(view: &View, first: Option<Passage>, count: usize) -> String {
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let line = first.map_or(0, |first| view.place(first).start.line + 1);
    format!("First in line {line}, named {times}")
}

fn said_by(story: &Story, quote: &Quote, style: TextStyle) -> String {
    let cue = quote.cue.map(|cue| format!(" ({})", style.plain(&on_one_line(story.slice(cue))))).unwrap_or_default();
    match speaker(story, quote) {
        Some(name) => format!("Said by {}{cue}", style.strong(&name)),
        None => "The story does not say who says this".to_owned(),
    }
}

/// The name of the person who says a quote, or else the words that name the speaker.
pub fn speaker(story: &Story, quote: &Quote) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let person = speaker.person.and_then(|index| story.people.get(index));
    Some(person.map_or_else(|| on_one_line(story.slice(speaker.passage)).into_owned(), |person| person.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_right_once_all_its_slips_are_mended() {
        let mended = |bad: &str, fixed: &[&str]| super::mended(bad, fixed.iter().copied());
        let both = mended(
            "It rained ⟦inthe⟧ hills, ⟦eventhough⟧.",
            &["It rained in the hills, eventhough.", "It rained inthe hills, even though."],
        );
        assert_eq!(both, "It rained in the hills, even though.");
        // Of two choices, the first; and nothing is cut inside a letter.
        assert_eq!(mended("⟦Monday, Feb. 20⟧", &["Tuesday, Feb. 20", "Monday, Feb. 19"]), "Tuesday, Feb. 20");
        assert_eq!(mended("“Ja⟦”,⟧ he", &["“Ja,” he", "“Ja“, he"]), "“Ja,” he");
        assert_eq!(mended("⟦the the⟧", &["the"]), "the");
    }

    #[test]
    fn words_between_asterisks_are_set_off() {
        let style = |markdown| TextStyle { markdown, findings_are_shown: false };
        let (rich, plain) = (style(true), style(false));
        assert_eq!(rich.reason("*Than* follows: [a](b)."), "*Than* follows: \\[a\\](b).");
        assert_eq!(plain.reason("*Than* follows."), "“Than” follows.");
        assert_eq!(rich.reason("2 * 3"), "2 \\* 3");
    }
}
