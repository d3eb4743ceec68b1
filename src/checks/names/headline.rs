//! Names in the headline that the story spells otherwise.

use rustc_hash::FxHashSet;

use super::{copy_mentions, mention_at};
use crate::finding::{Applicability, Severity};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind, without_possessive};
use crate::rules::{Hit, Rule};
use crate::story::person::{Name, is_given_name};
use crate::story::{ParagraphFacts, Story};

/// `names-headline-name`: a headline's name one slip from a name of the body, or a full name that is not in the body.
pub(in crate::checks) fn headline_name(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let headlines = || story.paragraphs_of(BlockKind::Headline);
    let unknown = |number: usize, name: &Name| {
        let is_somebody = mention_at(story, number, name.span.start).is_some();
        (!is_somebody).then(|| story.slice(Passage::new(number, name.span)).to_lowercase())
    };
    let words =
        headlines().flat_map(|(number, read)| read.names.names.iter().filter_map(move |name| unknown(number, name)));
    let of_body = body_words(story, words.collect());
    for (number, read) in headlines() {
        let paragraph = &read.paragraph;
        let title_case = is_title_case(paragraph);
        let names = &read.names.names;
        for (at, name) in names.iter().enumerate() {
            let Some(word) = unknown(number, name).filter(|word| !of_body.contains(word)) else { continue };
            let passage = Passage::new(number, name.span);
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

/// So many words are looked for one by one, which goes to few paragraphs.
const FEW: usize = 8;

/// Those of `words` (lower case) that something else than a headline holds as words, or as parts of words with hyphens: `Ruiz-Okafor`
/// holds both names.
fn body_words(story: &Story, words: FxHashSet<String>) -> FxHashSet<String> {
    let is_in = |read: &ParagraphFacts, is_asked: &dyn Fn(&str) -> bool| {
        let paragraph = &read.paragraph;
        paragraph.kind != BlockKind::Headline
            && (0..paragraph.tokens.len()).any(|at| parts_of(paragraph.low(at)).any(is_asked))
    };
    if words.len() <= FEW {
        let holds = |word: &String| story.paragraphs_holding(word).any(|(_, read)| is_in(read, &|part| part == word));
        return words.into_iter().filter(holds).collect();
    }
    let paragraphs = story.paragraphs_where(|entry| entry.kind != BlockKind::Headline).map(|(_, read)| &read.paragraph);
    let parts = paragraphs.flat_map(|paragraph| (0..paragraph.tokens.len()).flat_map(|at| parts_of(paragraph.low(at))));
    parts.filter_map(|part| words.get(part).cloned()).collect()
}

/// A word without its possessive ending, and the parts of one that has that or hyphens.
fn parts_of(low: &str) -> impl Iterator<Item = &str> {
    let bare = without_possessive(low);
    let parts = (bare.len() < low.len() || low.contains('-')).then(|| low.split('-'));
    std::iter::once(bare).chain(parts.into_iter().flatten())
}
