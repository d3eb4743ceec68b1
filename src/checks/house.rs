//! `house`: people whom the newsroom's settings name, named otherwise in the story. Of places, see [`super::house_places`].

use crate::finding::Applicability;
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::person::MentionForm;
use crate::story::{HousePerson, Person, Story};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "house",
    Run::Story(run),
    &[choice("kind", &["name", "title"], "name (one slip from a name of the house) or title")],
)];

/// Shorter names lie too near to each other to say anything.
const SHORTEST: usize = 4;

/// The param `kind` says what is looked for: `name` (one slip away from a name of the house) or `title`.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if !story.house.has_people() {
        return;
    }
    for person in story.people {
        match rule.text("kind") {
            Some("title") => titles(story, person, out),
            _ => names(story, person, out),
        }
    }
}

/// The first full name that is one slip from that of somebody in the house's list.
fn names(story: &Story, person: &Person, out: &mut Vec<Hit>) {
    if person.given.is_empty() || story.house.person(&person.name).is_some() {
        return;
    }
    let (given, surname) = (person.given.to_lowercase(), person.surname.to_lowercase());
    let first = given.split(' ').next().unwrap_or_default();
    let same_surname = story.house.with_surname(&surname).find(|known| {
        let known = known.parts().0.to_lowercase();
        is_slip(known.split(' ').next().unwrap_or_default(), first)
    });
    let same_given = || story.house.with_given(first).find(|known| is_slip(&known.parts().1.to_lowercase(), &surname));
    let Some(known) = same_surname.or_else(same_given) else { return };
    let Some(mention) = person.mentions.iter().find(|mention| mention.form == MentionForm::Full) else { return };
    let found = story.slice(mention.passage);
    out.push(Hit::at(mention.passage).arg("found", found).arg("use", known.name.clone()).replace(
        mention.passage,
        known.name.clone(),
        Applicability::Suggested,
    ));
}

/// Whether one letter was left out, added, changed or swapped with its neighbor.
fn is_slip(a: &str, b: &str) -> bool {
    a != b && a.chars().count().min(b.chars().count()) >= SHORTEST && strsim::damerau_levenshtein(a, b) == 1
}

/// Titles before the full name that are not the one of the house's list.
fn titles(story: &Story, person: &Person, out: &mut Vec<Hit>) {
    let Some(HousePerson { title: Some(title), .. }) = story.house.person(&person.name) else { return };
    for mention in person.mentions.iter().filter(|mention| mention.form == MentionForm::Full) {
        let Some(span) = mention.title.filter(|span| span.end <= mention.passage.span.start) else { continue };
        let passage = Passage { span, ..mention.passage };
        let found = story.slice(passage);
        // What is written small describes, and may say less than the title: “lawyer Dale Finch”.
        if !found.starts_with(char::is_uppercase) || says_the_same(found, title) {
            continue;
        }
        let hit = Hit::at(passage).arg("found", found).arg("name", person.name.clone()).arg("use", title.clone());
        out.push(hit.replace(passage, title.clone(), Applicability::Suggested));
    }
}

/// Whether two titles are the same, or one says more than the other: `Gov.` and `Governor`, `Vice Mayor` and `Mayor`
/// are not, `Acting Mayor` and `Acting Mayor of Millbrook` are.
fn says_the_same(found: &str, title: &str) -> bool {
    let (found, title) = (written_out(found), written_out(title));
    lexicon::checks::COURTESY_TITLES.contains(&found) || found.starts_with(&title) || title.starts_with(&found)
}

fn written_out(title: &str) -> String {
    let low = title.trim().to_lowercase();
    let words = low.split_whitespace().map(|word| {
        lexicon::checks::SHORT_TITLES.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_written_out() {
        assert!(says_the_same("Gov.", "Governor"));
        assert!(says_the_same("Lt. Gov.", "Lieutenant Governor"));
        assert!(says_the_same("Mr.", "Mayor"));
        assert!(!says_the_same("Lt. Gov.", "Governor"));
        assert!(!says_the_same("Councilman", "Mayor"));
    }

    #[test]
    fn a_slip_is_one_letter_in_a_name_of_some_length() {
        assert!(is_slip("finch", "fnich") && is_slip("finch", "fintch") && !is_slip("dale", "dela"));
        assert!(!is_slip("finch", "finch") && !is_slip("lee", "lea"));
    }
}
