//! Names in the headline that the story spells otherwise.

use super::{copy_mentions, mention_at};
use crate::finding::{Applicability, Severity};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind, without_possessive};
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::person::is_given_name;

/// `names-headline-name`: a headline's name one slip from a name of the body, or a full name that is not in the body.
pub(in crate::checks) fn headline_name(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs_of(BlockKind::Headline) {
        let paragraph = &read.paragraph;
        let title_case = is_title_case(paragraph);
        let names = &read.names.names;
        for (at, name) in names.iter().enumerate() {
            if mention_at(story, number, name.span.start).is_some() {
                continue;
            }
            let passage = Passage::new(number, name.span);
            let word = story.slice(passage).to_lowercase();
            if is_body_word(story, &word) {
                continue;
            }
            let near = story.spelling.near_surname(&word).into_iter().filter_map(|at| story.people.get(at));
            let mut in_copy = near.filter(|person| copy_mentions(story, person).next().is_some());
            if let Some(person) = in_copy.next() {
                let mut hit =
                    Hit::at(passage).arg("found", story.slice(passage)).arg("use", format!("“{}”", person.surname));
                // Where every word has a capital, any verb may be near to a name.
                if title_case {
                    hit = hit.at_most(Severity::Query);
                }
                if let Some(first) = copy_mentions(story, person).next() {
                    hit = hit.related(first.passage, format!("“{}” appears here", story.slice(first.passage)));
                }
                out.push(hit.replace(passage, person.surname.clone(), Applicability::Suggested));
                continue;
            }
            let given = at.checked_sub(1).and_then(|at| names.get(at)).filter(|given| {
                given.span.end + 1 == name.span.start && is_given_name(&paragraph.slice(given.span).to_lowercase())
            });
            if let Some(given) = given.filter(|_| !title_case) {
                let passage = Passage::new(number, given.span.to(name.span));
                let message = "The story never names “{found}”, whom the headline names";
                out.push(Hit::at(passage).at_most(Severity::Query).arg("found", story.slice(passage)).message(message));
            }
        }
    }
}

/// Whether most words of the headline have a capital.
fn is_title_case(paragraph: &Paragraph) -> bool {
    let words = paragraph.tokens.iter().filter(|t| t.kind == TokenKind::Word);
    let (capital, all) = words.fold((0, 0), |(capital, all), t| (capital + usize::from(t.capital), all + 1));
    capital * 2 > all
}

/// Whether something else than the headline holds `word` (lower case) as a word, or as a part of one with hyphens:
/// `Ruiz-Okafor` holds both names.
fn is_body_word(story: &Story, word: &str) -> bool {
    let is_word = |low: &str| {
        let bare = without_possessive(low);
        bare == word || (bare.len() < low.len() || low.contains('-')) && low.split('-').any(|part| part == word)
    };
    story.paragraphs_holding(word).filter(|(_, read)| read.paragraph.kind != BlockKind::Headline).any(|(_, read)| {
        let paragraph = &read.paragraph;
        (0..paragraph.tokens.len()).any(|at| is_word(paragraph.low(at)))
    })
}
