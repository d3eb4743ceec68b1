//! People who are linked again after an edit of one paragraph.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lists::is_role;
use super::{Mention, NameIndex, Person};
use crate::story::ParagraphEdit;

/// What became of the people of before, by their indexes then and now.
#[derive(Debug)]
pub(crate) struct Renumbered {
    to: Vec<Became>,
    /// Those who are there now, and were called otherwise.
    renamed: Vec<usize>,
    /// Roles that somebody has now or no longer has, who is mentioned in other paragraphs as well.
    roles: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Became {
    /// Nothing changed but the index.
    Kept(usize),
    /// Linked again, and the same person as far as the other paragraphs tell.
    Linked(usize),
    /// Named in the edited paragraph only, and no longer there.
    Nobody,
}

impl Renumbered {
    /// What an index of before is now. Whoever was named in the edited paragraph only is nobody now, and gets a number that
    /// no person has.
    pub fn person(&self, before: usize) -> usize {
        match self.to.get(before) {
            Some(Became::Kept(now) | Became::Linked(now)) => *now,
            Some(Became::Nobody) | None => NOBODY,
        }
    }

    /// The index now of somebody whose names were not linked again.
    pub fn kept(&self, before: usize) -> Option<usize> {
        match self.to.get(before) {
            Some(Became::Kept(now)) => Some(*now),
            _ => None,
        }
    }

    /// The indexes now of those who were there before under another full name.
    pub fn renamed(&self) -> &[usize] {
        &self.renamed
    }

    /// The words, in lower case, of roles that somebody of other paragraphs has now, or no longer has: `mayor`.
    pub fn roles(&self) -> &[String] {
        &self.roles
    }
}

/// The number of somebody who is no longer there.
pub(in crate::story) const NOBODY: usize = usize::MAX;

/// What an edit of one paragraph did to the people.
#[derive(Debug)]
pub(in crate::story) enum People {
    /// They are the same, and their mentions at most moved.
    Moved,
    /// Others are named in the edited paragraphs. Elsewhere nothing but roles changed that tells who speaks: who is mentioned, and
    /// everybody's gender.
    Renumbered(Renumbered),
}

/// Brings people and the index of their names up to date after an edit. `None` when that changed who somebody is elsewhere; then all must be linked again, and neither is good for anything
/// until that is done.
pub(in crate::story) fn follow(
    people: &mut Vec<Person>,
    names: &mut NameIndex,
    edit: &ParagraphEdit,
) -> Option<People> {
    let keys = names.follow(edit);
    let mut moved = true;
    for person in people.iter_mut() {
        if person.follow(edit).is_none() {
            if !keys.hold(person.key) {
                return None;
            }
            moved = false;
        }
    }
    let linked = names.link_part(edit.paragraphs, &keys);
    let is_linked = |person: &Person| keys.hold(person.key);
    if moved && people.iter().filter(|person| is_linked(person)).eq(&linked) {
        return Some(People::Moved);
    }
    let old: Vec<&Person> = people.iter().filter(|person| is_linked(person)).collect();
    let (became, roles) = renumber(&old, &linked, &edit.shift.part())?;
    let is_renamed = |(old, at): (&&Person, &Option<usize>)| {
        at.filter(|&at| linked.get(at).is_some_and(|person| person.name != old.name))
    };
    let renamed: Vec<usize> = old.iter().zip(&became).filter_map(is_renamed).collect();
    let before = std::mem::take(people);
    let places = merge(before, linked, is_linked, &became, people);
    let renamed = renamed.into_iter().filter_map(|at| places.linked.get(at).copied()).collect();
    Some(People::Renumbered(Renumbered { to: places.to, renamed, roles }))
}

/// Where people occur once those who were linked again are among the others.
struct LinkedPlaces {
    /// For everybody of before.
    to: Vec<Became>,
    /// Of those who were linked again.
    linked: Vec<usize>,
}

/// Puts those of `before` who were not linked again and those who were `linked` into `all`, in the order of their first
/// mention. `became` tells for those of before who were linked again which of these each one is.
fn merge(
    before: Vec<Person>,
    linked: Vec<Person>,
    is_linked: impl Fn(&Person) -> bool,
    became: &[Option<usize>],
    all: &mut Vec<Person>,
) -> LinkedPlaces {
    let first = |person: &Person| person.mentions.first().map(|mention| mention.passage);
    let mut linked = linked.into_iter().peekable();
    let mut became = became.iter();
    let mut places = LinkedPlaces { to: Vec::with_capacity(before.len()), linked: Vec::with_capacity(linked.len()) };
    for person in before {
        if is_linked(&person) {
            places.to.push(became.next().copied().flatten().map_or(Became::Nobody, Became::Linked));
            continue;
        }
        while let Some(other) = linked.next_if(|other| first(other) < first(&person)) {
            places.linked.push(all.len());
            all.push(other);
        }
        places.to.push(Became::Kept(all.len()));
        all.push(person);
    }
    places.linked.extend((0..linked.len()).map(|at| all.len() + at));
    all.extend(linked);
    for became in &mut places.to {
        if let Became::Linked(at) = *became {
            *became = places.linked.get(at).map_or(Became::Nobody, |&at| Became::Linked(at));
        }
    }
    places
}

/// Sets people of before against those `now`, when nothing but roles changed outside the `edited` paragraphs that tells who
/// speaks: the mentions of everybody and their genders. `None` when something did. With the roles that somebody gained or
/// lost.
fn renumber(before: &[&Person], now: &[Person], edited: &Range<usize>) -> Option<(Vec<Option<usize>>, Vec<String>)> {
    let first = |person: &Person| elsewhere(person, edited).next().map(|mention| mention.passage);
    let mut others: Vec<(usize, &Person)> =
        now.iter().enumerate().filter(|(_, person)| first(person).is_some()).collect();
    others.sort_by_key(|(_, person)| first(person));
    let mut to = vec![None; before.len()];
    let mut known = 0;
    let mut changed = Vec::new();
    for (to, person) in to.iter_mut().zip(before).filter(|(_, person)| first(person).is_some()) {
        let found = others.binary_search_by_key(&first(person), |(_, other)| first(other)).ok()?;
        let &(index, other) = others.get(found)?;
        if person.gender != other.gender || !elsewhere(person, edited).eq(elsewhere(other, edited)) {
            return None;
        }
        if person.titles != other.titles {
            let (before, now) = (roles(person), roles(other));
            changed.extend(before.symmetric_difference(&now).cloned());
        }
        *to = Some(index);
        known += 1;
    }
    (known == others.len()).then_some((to, changed))
}

/// The person's mentions outside of the `edited` paragraphs.
fn elsewhere<'p>(person: &'p Person, edited: &Range<usize>) -> impl Iterator<Item = &'p Mention> {
    let edited = edited.clone();
    person.mentions.iter().filter(move |mention| !edited.contains(&mention.passage.paragraph()))
}

/// The words of the person's titles by which `the mayor` may be that person.
fn roles(person: &Person) -> BTreeSet<String> {
    let words = person.titles.iter().flat_map(|title| title.split(' ')).map(str::to_lowercase);
    words.filter(|word| is_role(word)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markup::{self, BlockKind, Document, EditedBlocks, Format};
    use crate::prose::Paragraph;
    use crate::story::{ParagraphFacts, ParagraphShift};
    use crate::text::Shift;

    /// A headline, and a story of these paragraphs.
    fn read(text: &str) -> Vec<Arc<ParagraphFacts>> {
        let document = markup::parse(&format!("Headline\n\n{text}"), Format::Plain);
        document.blocks.iter().map(|block| Arc::new(ParagraphFacts::new(Paragraph::of_block(block)))).collect()
    }

    /// What an edit of paragraph number `number` does, which must be what linking all names again gives.
    fn edit(before: &[Arc<ParagraphFacts>], now: &[Arc<ParagraphFacts>], number: usize) -> Option<People> {
        let mut names = NameIndex::new(before);
        let mut people = names.link(before);
        let prose = Shift::between(&before[number].paragraph.text, &now[number].paragraph.text);
        let (document, before) = (&Document::default(), &before[number..=number]);
        let edit = ParagraphEdit {
            document,
            paragraphs: now,
            before,
            shift: ParagraphShift::new(EditedBlocks::of_words(number), Some(prose)),
        };
        let followed = follow(&mut people, &mut names, &edit)?;
        assert_eq!(people, NameIndex::new(now).link(now));
        Some(followed)
    }

    fn renumbered(before: &str, now: &str, number: usize) -> Option<Renumbered> {
        match edit(&read(before), &read(now), number)? {
            People::Renumbered(renumbered) => Some(renumbered),
            People::Moved => None,
        }
    }

    #[test]
    fn people_of_the_edited_paragraph_come_and_go() {
        let before = "Mayor Ana Ruiz came.\n\nThen Tom Quill left.\n\nRuiz met Dale Finch.";
        let now = "Mayor Ana Ruiz came.\n\nThen Tom Quill and Lucy Okafor left.\n\nRuiz met Dale Finch.";
        let more = renumbered(before, now, 2).expect("nothing else changed");
        assert_eq!((0..3).map(|at| more.person(at)).collect::<Vec<_>>(), [0, 1, 3]);
        let fewer = renumbered(now, before, 2).expect("nothing else changed");
        assert_eq!((0..4).map(|at| fewer.person(at)).collect::<Vec<_>>(), [0, 1, NOBODY, 2]);
        assert_eq!((fewer.kept(1), fewer.kept(2)), (Some(1), None));
    }

    #[test]
    fn whoever_is_named_elsewhere_must_be_who_they_were() {
        let before = "Ana Ruiz came.\n\nThey met there.\n\nRuiz left.";
        let man = "Zorba Venn, 42, came.\n\nThey met there.\n\nVenn left.";
        let woman = "Zorba Venn, 42, came.\n\nThey met spokeswoman Zorba Venn there.\n\nVenn left.";
        assert!(renumbered(man, woman, 2).is_none(), "who is `she` now?");
        let mayor = "Ana Ruiz came.\n\nThey met Mayor Ana Ruiz there.\n\nRuiz left.";
        assert_eq!(renumbered(before, mayor, 2).map(|now| now.roles().to_vec()), Some(vec!["mayor".to_owned()]));
        let named = "Ana Ruiz came.\n\nThey met Ana Ruiz there.\n\nRuiz left.";
        assert!(renumbered(before, named, 2).is_some());
    }

    /// Whether people stay as they are when a paragraph behind `story` changes.
    fn stays(story: &str, before: &str, now: &str) -> bool {
        let kind = if before.contains('.') { BlockKind::Paragraph } else { BlockKind::Headline };
        let read = |text: &str, kind| Arc::new(ParagraphFacts::new(Paragraph::new(kind, text.to_owned())));
        let story = read(story, BlockKind::Paragraph);
        let (before, now) = ([Arc::clone(&story), read(before, kind)], [story, read(now, kind)]);
        matches!(edit(&before, &now, 1), Some(People::Moved))
    }

    #[test]
    fn only_words_that_name_nobody_leave_people_as_they_are() {
        let story = "Mayor Ana Ruiz spoke. Zorba Quill said so.";
        assert!(stays(story, "Today it rained.", "Todsay it rained."));
        assert!(stays(story, "They met Rui there.", "They met Ru there."));
        assert!(!stays(story, "They met Rui there.", "They met Ruiz there."));
        assert!(!stays(story, "They met Ruiz there.", "They met there."));
        assert!(!stays(story, "They met An there.", "They met Ana there."));
        assert!(!stays(story, "They met Mr. X there.", "They met Mr. Xu there."), "a title makes a person");
        assert!(!stays(story, "They saw Quil there.", "They saw Mr. Quil Ames there."), "a full name is somebody");
        assert!(!stays(story, "Then Quil left.", "Then Quill left."), "it shows that Zorba Quill is a person");
    }

    #[test]
    fn what_a_word_keeps_apart_or_from_its_pronoun_matters() {
        let story = "Mayor Ana Ruiz spoke.";
        assert!(!stays(story, "Ana X Ruiz Wins", "Ana Ruiz Wins"));
        assert!(!stays(story, "Ana x Ruiz Wins", "Ana Ruiz Wins"), "they come together");
        assert!(!stays("Mayor Zorba Venn spoke.", "With Venn x left.", "With Venn he left."), "he is a man");
    }
}
