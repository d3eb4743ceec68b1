//! `Mr.` and `she`.

use super::{copy_mentions, mention_at, mention_to};
use crate::finding::Applicability;
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::person::Gender;

/// `names-gender-pronoun`: a story of one person whose title and pronouns do not agree.
pub(in crate::checks) fn gender_pronoun(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let [person] = story.people else { return };
    let titled = copy_mentions(story, person).find_map(|m| {
        let title = story.paragraph(m.passage.paragraph()).slice(m.title?);
        let gender = match title.trim_end_matches('.') {
            "Mr" | "Sir" => Gender::Male,
            "Mrs" | "Ms" | "Miss" | "Dame" => Gender::Female,
            _ => return None,
        };
        Some((m.passage, title.to_owned(), gender))
    });
    let Some((name, title, gender)) = titled else { return };
    let mut other = None;
    for (number, read) in story.paragraphs.iter().enumerate() {
        let paragraph = &read.paragraph;
        let stranger =
            (0..paragraph.tokens.len()).any(|at| lexicon::checks::PEOPLE_WITHOUT_NAMES.contains(paragraph.low(at)));
        let unknown = read.names.names.iter().any(|n| mention_at(story, number, n.span.start).is_none());
        if stranger || unknown && paragraph.kind.is_body() {
            return;
        }
        for &(span, pronoun) in &read.names.pronouns {
            if pronoun == gender {
                return;
            }
            if pronoun != Gender::Unknown && other.is_none() {
                other = Some(Passage::new(number, span));
            }
        }
    }
    if let Some(pronoun) = other.filter(|pronoun| *pronoun > name) {
        let hit = Hit::at(pronoun).arg("found", story.slice(pronoun)).arg("title", title);
        out.push(hit.arg("name", person.surname.clone()).related(name, "the title appears here"));
    }
}

/// `names-latin-gender`: `alumnus` of a woman, `alumna` of a man, who are introduced by it.
pub(in crate::checks) fn latin_gender(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (word, right, other) in [("alumnus", "alumna", Gender::Female), ("alumna", "alumnus", Gender::Male)] {
        for &(number, token) in story.places_of(word).iter() {
            let (number, at) = (number as usize, token as usize);
            let p = story.paragraph(number);
            // `Ana Ruiz, an alumnus of the college,`
            let Some(comma) = at.checked_sub(2).filter(|&comma| p.low(comma) == "," && p.low(at - 1) == "an") else {
                continue;
            };
            let end = comma.checked_sub(1).and_then(|last| p.tokens.get(last)).map(|last| last.span.end);
            let named = end.and_then(|end| mention_to(story, number, end));
            let is_other =
                named.and_then(|(_, person)| story.people.get(person)).is_some_and(|who| who.gender == other);
            if let Some(token) = p.tokens.get(at).filter(|token| is_other && !token.capital) {
                let passage = Passage::new(number, token.span);
                let hit = Hit::at(passage).arg("found", word).arg("use", format!("“{right}”"));
                out.push(hit.replace(passage, right, Applicability::Suggested));
            }
        }
    }
}
