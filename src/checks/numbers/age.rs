//! `age-differs`: the same person with two ages.

use std::collections::HashMap;

use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::figure::FigureUnit;
use crate::story::paragraph_index::Signs;
use crate::story::person::MentionForm;
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// Ages that differ from the first one that the story gives the person.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let named = |number: usize, name: Span| {
        let passage = Passage::new(number, name);
        let (person, mention) = story.mention_at(passage)?;
        matches!(mention.form, MentionForm::Full | MentionForm::Surname).then_some(person)
    };
    let mut known: HashMap<usize, (f64, Passage)> = HashMap::new();
    for (number, read) in story.paragraphs_with(Signs::AGE) {
        // Whose age is told first in this paragraph.
        let mut here = Vec::new();
        for figure in
            read.figures.figures.iter().filter(|f| f.unit == FigureUnit::Age && f.range.is_none() && !f.approximate)
        {
            let beside = name_beside(read, figure.span).and_then(|name| named(number, name));
            let meant = || match here[..] {
                [person] if told_again(read, figure.span) => Some(person),
                _ => None,
            };
            let Some(person) = beside.or_else(meant) else { continue };
            let passage = Passage::new(number, figure.span);
            match known.get(&person) {
                None => {
                    known.insert(person, (figure.value, passage));
                    here.push(person);
                }
                Some((age, first)) if *age != figure.value => {
                    let name = story.people.get(person).map_or("", |p| p.name.as_str());
                    out.push(
                        Hit::at(passage)
                            .arg("name", name)
                            .arg("found", super::written(figure.value, 0))
                            .arg("first", super::written(*age, 0))
                            .related(*first, format!("{} here", super::written(*age, 0))),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

/// `The 17-year-old, who came from …`: somebody named before in these words, and no other thing of that age.
fn told_again(read: &ParagraphFacts, age: Span) -> bool {
    let p = &read.paragraph;
    let opens = age.start().checked_sub(4).and_then(|from| p.text.get(from..age.start())) == Some("The ");
    let next = p.tokens_in(age).end;
    opens
        && p.opens_sentence(p.tokens_in(age).start.saturating_sub(1))
        && p.slice(age).ends_with("-year-old")
        && (p.word(next) == "," || matches!(p.low(next), "said" | "told" | "was" | "is" | "has" | "had" | "who"))
}

/// The name whose age is at `age`: `Ana Ruiz, 42,` and `42-year-old Ana Ruiz`.
fn name_beside(read: &ParagraphFacts, age: Span) -> Option<Span> {
    let paragraph = &read.paragraph;
    let names = &read.names.names;
    let before = names.partition_point(|name| name.span.end <= age.start).checked_sub(1).and_then(|at| names.get(at));
    if let Some(name) = before {
        let between = paragraph.text.get(name.span.end()..age.start()).unwrap_or_default();
        let after = paragraph.text.get(age.end()..).unwrap_or_default();
        // “Ruiz, 42,” and not “Ruiz, 42 and”: a list of other things.
        if between == ", " && after.starts_with([',', '.', ';', ')']) {
            return Some(name.span);
        }
    }
    let after = names.get(names.partition_point(|name| name.span.start < age.end))?;
    let between = paragraph.text.get(age.end()..after.span.start()).unwrap_or("?");
    between.trim().is_empty().then_some(after.span)
}
