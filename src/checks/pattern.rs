//! `pattern`: what a regular expression finds.

use super::phrase::with_a_space;
use super::wording::listed;
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Engine, Hit, Pattern, Regex, Rule, Run};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("pattern", Run::Engine(Engine::Pattern), &[])
    .says(&["found", "use"])
    .reads(&["pattern", "use", "needs"])];

/// Bytes of a paragraph in which a pattern with look-around is searched for. Its step limit counts only its own steps,
/// and what is inside a look-ahead may walk to the end of the paragraph from each place in it. No paragraph that
/// people wrote is longer.
const MOST_LOOKED_AROUND: usize = 16 * 1024;

/// Groups of one match: name and byte range in the matched text.
pub(super) struct Groups<'t> {
    text: &'t str,
    spans: Vec<Option<Span>>,
    names: Vec<(String, usize)>,
}

impl Groups<'_> {
    fn by_name(&self, name: &str) -> Option<Span> {
        let index = self.names.iter().find(|(n, _)| n == name).map(|(_, index)| *index)?;
        self.spans.get(index).copied().flatten()
    }

    /// What is in the first group, or in the one called `key`.
    pub(super) fn key(&self) -> Option<&str> {
        let span = self.by_name("key").or_else(|| self.spans.get(1).copied().flatten())?;
        self.text.get(span.range())
    }
}

/// So often a pattern with look-around is found in one paragraph before it counts as one that takes too many steps, as
/// each search has a limit of its own.
const MOST_FOUND: usize = 2000;

/// A pattern took more steps than it may in one paragraph.
#[derive(Debug)]
pub(super) struct Tired;

/// Calls `each` with the prose that each match of `pattern` marks, in order, and with its groups.
///
/// # Errors
///
/// The pattern took too many steps; `each` was called for what was found until then.
pub(super) fn each_match(
    pattern: &Pattern,
    paragraph: &Paragraph,
    mut each: impl FnMut(Span, Groups),
) -> Result<(), Tired> {
    let text: &str = if pattern.fold { &paragraph.folded.text } else { &paragraph.text };
    if !pattern.may_match(text) {
        return Ok(());
    }
    let Ok(regex) = pattern.regex() else { return Ok(()) };
    let mut found = |groups: Groups| {
        let Some(whole) = groups.spans.first().copied().flatten() else { return };
        let mark = groups.by_name("mark").unwrap_or(whole);
        let span = to_prose(pattern, paragraph, mark);
        if !span.is_empty() && pattern.guards.allow(paragraph, span) {
            each(span, groups);
        }
    };
    match regex {
        Regex::Plain(regex) => {
            let names = names(regex.capture_names());
            for captures in regex.captures_iter(text) {
                let spans = captures.iter().map(|g| g.map(|m| Span::new(m.start(), m.end()))).collect();
                found(Groups { text, spans, names: names.clone() });
            }
        }
        Regex::Fancy(regex) => {
            let names = names(regex.capture_names());
            let text = text.get(..text.floor_char_boundary(MOST_LOOKED_AROUND)).unwrap_or(text);
            for (count, captures) in regex.captures_iter(text).enumerate() {
                let captures = captures.ok().filter(|_| count < MOST_FOUND).ok_or(Tired)?;
                let spans = captures.iter().map(|g| g.map(|m| Span::new(m.start(), m.end()))).collect();
                found(Groups { text, spans, names: names.clone() });
            }
        }
    }
    Ok(())
}

fn to_prose(pattern: &Pattern, paragraph: &Paragraph, span: Span) -> Span {
    if pattern.fold { paragraph.folded.to_prose(span) } else { span }
}

/// Adds a hit for each match of `pattern`.
///
/// # Errors
///
/// The pattern took too many steps; what was found until then was added.
pub(super) fn run(rule: &Rule, pattern: &Pattern, paragraph: &Paragraph, out: &mut Vec<Hit>) -> Result<(), Tired> {
    each_match(pattern, paragraph, |span, groups| {
        let written = paragraph.slice(span);
        let prose = |group: Span| paragraph.slice(to_prose(pattern, paragraph, group));
        let filled: Vec<String> = pattern.uses.iter().map(|template| expand(template, &groups, &prose)).collect();
        let mut hit = Hit::in_paragraph(span).arg("found", written).arg("use", listed(&filled));
        for text in filled {
            let span = if text.is_empty() { with_a_space(paragraph, span) } else { span };
            hit = hit.replace(Passage::new(0, span), text, rule.fix);
        }
        out.push(hit);
    })
}

fn names<'n>(names: impl Iterator<Item = Option<&'n str>>) -> Vec<(String, usize)> {
    names.enumerate().filter_map(|(index, name)| Some((name?.to_owned(), index))).collect()
}

/// `template` with `$1` and `${name}` filled in from the prose as written, so that typographic marks stay.
fn expand<'p>(template: &str, groups: &Groups, prose: &impl Fn(Span) -> &'p str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let (name, after) = match rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some(braced) => braced,
            None => rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count()),
        };
        if name.is_empty() {
            text.push('$');
            continue;
        }
        let span = match name.parse::<usize>() {
            Ok(index) => groups.spans.get(index).copied().flatten(),
            Err(_) => groups.by_name(name),
        };
        if let Some(span) = span.filter(|span| groups.text.get(span.range()).is_some()) {
            text.push_str(prose(span));
        }
        rest = after;
    }
    text.push_str(rest);
    text
}
