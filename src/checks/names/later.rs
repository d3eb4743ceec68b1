//! Later references: which of two people, and how much of the name.

use rustc_hash::FxHashMap;

use super::copy_mentions;
use crate::finding::Applicability;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::person::context::{stands_free, surname_of};
use crate::story::person::{Mention, MentionForm};

/// How many people of one surname are looked at.
const MOST: usize = 8;

/// `names-full-again`: the full name of somebody whom the story has introduced and whose surname is nobody else's.
pub(in crate::checks) fn full_again(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut bearers: FxHashMap<String, usize> = FxHashMap::default();
    for person in story.people {
        *bearers.entry(surname_of(person)).or_default() += 1;
    }
    for person in story.people {
        if bearers.get(&surname_of(person)) != Some(&1) {
            continue;
        }
        let mut full = copy_mentions(story, person).filter(|m| m.form == MentionForm::Full);
        let Some(first) = full.next() else { continue };
        for mention in full {
            out.push(
                Hit::at(mention.passage)
                    .arg("found", story.slice(mention.passage))
                    .arg("use", format!("“{}”", person.surname))
                    .related(first.passage, "introduced here")
                    .replace(mention.passage, person.surname.clone(), Applicability::Suggested),
            );
        }
    }
}

/// `names-same-surname`: a surname alone, right after two people who bear it.
pub(in crate::checks) fn same_surname(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut families: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, _) in story.people.iter().enumerate().filter(|(_, p)| !p.given.is_empty()) {
        families.entry(story.spelling.surname(at)).or_default().push(at);
    }
    let mut families: Vec<Vec<usize>> = families.into_values().filter(|f| (2..=MOST).contains(&f.len())).collect();
    families.sort_unstable();
    for family in families {
        let mut mentions: Vec<(usize, &Mention)> = family
            .iter()
            .filter_map(|&at| story.people.get(at).map(|person| (at, person)))
            .flat_map(|(at, person)| copy_mentions(story, person).map(move |m| (at, m)))
            .collect();
        mentions.sort_by_key(|(_, m)| m.passage);
        if let Some(hit) = ambiguous(story, &mentions) {
            out.push(hit);
        }
    }
}

/// The first mention by surname alone that follows the full names of two people in its own or the paragraph before.
fn ambiguous(story: &Story, mentions: &[(usize, &Mention)]) -> Option<Hit> {
    for (index, (_, mention)) in mentions.iter().enumerate() {
        if mention.form != MentionForm::Surname || mention.title.is_some() {
            continue;
        }
        let near = |m: &Mention| m.passage.paragraph + 1 >= mention.passage.paragraph;
        let recent = mentions[..index].iter().rev().take(MOST).take_while(|(_, m)| near(m));
        let mut named: Vec<(usize, &Mention)> = Vec::new();
        for &(who, full) in recent.filter(|(_, m)| m.form == MentionForm::Full) {
            if named.iter().all(|(known, _)| *known != who) {
                named.push((who, full));
            }
        }
        let [(second, second_full), (first, first_full), ..] = named[..] else { continue };
        // `the Ruiz campaign`, `Ruiz supporters`.
        if !stands_free(story.paragraph(mention.passage.paragraph()), mention.passage.span) {
            continue;
        }
        let (Some(a), Some(b)) = (story.people.get(first), story.people.get(second)) else { continue };
        let mut hit = Hit::at(mention.passage)
            .arg("found", story.slice(mention.passage))
            .arg("first", a.name.clone())
            .arg("second", b.name.clone())
            .related(first_full.passage, "one of them")
            .related(second_full.passage, "the other");
        for person in [b, a] {
            let text = format!("{} ", person.given);
            let title = format!("Replace with “{}”", person.name);
            hit = hit.insert(mention.passage, mention.passage.span.start, text, title, Applicability::Suggested);
        }
        return Some(hit);
    }
    None
}
