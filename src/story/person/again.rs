//! People who were linked again after an edit of one paragraph, against those before it.

use super::lists::is_role;
use super::{Mention, Person};

/// Where each person of before stands among the people now, by index.
#[derive(Debug)]
pub(in crate::story) struct Renumbered {
    to: Vec<Option<usize>>,
}

impl Renumbered {
    /// What an index of before is now. Whoever was named in the edited paragraph only is nobody now, and gets a number that
    /// no person has.
    pub fn person(&self, before: usize) -> usize {
        self.to.get(before).copied().flatten().unwrap_or(NOBODY)
    }
}

/// The number of somebody who is no longer there.
pub(in crate::story) const NOBODY: usize = usize::MAX;

/// Sets people of before against those `now`, when nothing changed outside paragraph number `edited` that tells who speaks:
/// the mentions of everybody, their genders and roles. `None` when something did.
pub(in crate::story) fn renumber(before: &[Person], now: &[Person], edited: usize) -> Option<Renumbered> {
    let mut others: Vec<(usize, &Person)> =
        now.iter().enumerate().filter(|(_, person)| is_elsewhere(person, edited)).collect();
    let first = |person: &Person| elsewhere(person, edited).next().map(|mention| mention.passage);
    others.sort_by_key(|(_, person)| first(person));
    let mut to = vec![None; before.len()];
    let mut known = 0;
    for (at, person) in before.iter().enumerate().filter(|(_, person)| is_elsewhere(person, edited)) {
        let found = others.binary_search_by_key(&first(person), |(_, other)| first(other)).ok()?;
        let &(index, other) = others.get(found)?;
        let same = person.gender == other.gender
            && (person.titles == other.titles || roles(person).eq(roles(other)))
            && elsewhere(person, edited).eq(elsewhere(other, edited));
        if !same {
            return None;
        }
        *to.get_mut(at)? = Some(index);
        known += 1;
    }
    (known == others.len()).then_some(Renumbered { to })
}

/// The person's mentions outside of paragraph number `edited`.
fn elsewhere(person: &Person, edited: usize) -> impl Iterator<Item = &Mention> {
    person.mentions.iter().filter(move |mention| mention.passage.paragraph() != edited)
}

fn is_elsewhere(person: &Person, edited: usize) -> bool {
    elsewhere(person, edited).next().is_some()
}

/// The words of the person's titles by which `the mayor` may be that person.
fn roles(person: &Person) -> impl Iterator<Item = String> {
    let mut roles: Vec<String> =
        person.titles.iter().flat_map(|title| title.split(' ')).map(str::to_lowercase).collect();
    roles.retain(|word| is_role(word));
    roles.sort_unstable();
    roles.dedup();
    roles.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{self, Format};
    use crate::prose::Paragraph;
    use crate::story::{Read, person};
    use std::sync::Arc;

    fn people(text: &str) -> Vec<Person> {
        let document = markup::parse(&format!("Headline\n\n{text}"), Format::Plain);
        let read = |block| Arc::new(Read::new(Paragraph::of_block(block)));
        person::link(&document.blocks.iter().map(read).collect::<Vec<_>>()).0
    }

    #[test]
    fn people_of_the_edited_paragraph_come_and_go() {
        let before = people("Mayor Ana Ruiz came.\n\nThen Tom Quill left.\n\nRuiz met Dale Finch.");
        let now = people("Mayor Ana Ruiz came.\n\nThen Tom Quill and Lucy Okafor left.\n\nRuiz met Dale Finch.");
        let renumbered = renumber(&before, &now, 2).expect("nothing else changed");
        assert_eq!((0..3).map(|at| renumbered.person(at)).collect::<Vec<_>>(), [0, NOBODY, 3]);
        assert!(renumber(&before, &now, 1).is_none(), "it changed in another paragraph");
    }

    #[test]
    fn whoever_is_named_elsewhere_must_be_who_they_were() {
        let before = people("Ana Ruiz came.\n\nThey met there.\n\nRuiz left.");
        let titled = people("Ana Ruiz came.\n\nThey met spokeswoman Ana Ruiz there.\n\nRuiz left.");
        assert!(renumber(&before, &titled, 2).is_none(), "who is `the spokeswoman`?");
        let named = people("Ana Ruiz came.\n\nThey met Ana Ruiz there.\n\nRuiz left.");
        assert!(renumber(&before, &named, 2).is_some());
    }
}
