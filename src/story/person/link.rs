//! Putting the names of a story together into people.
//!
//! Full names make people; single names are then given to the people they fit. Both passes look names up by surname or
//! given name, so the work grows with the number of names only.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::lists::class_of;
use super::{Gender, Mention, MentionForm, Name, Person};
use crate::prose::{Paragraph, Passage};
use crate::story::Read;
use crate::text::{Shift, Span};

/// How many people with one surname are looked at: enough for any family, and a bound on hostile texts.
const MAX_NAMESAKES: usize = 16;

/// A person while the story is read.
struct Draft {
    person: Person,
    given_low: String,
    suffix: String,
    votes: (u32, u32),
    last_seen: u32,
}

#[derive(Default)]
struct People {
    drafts: Vec<Draft>,
    by_surname: FxHashMap<String, Vec<usize>>,
    by_given: FxHashMap<String, Vec<usize>>,
    /// Paragraph and name of each full name, with the person it was given to.
    full: FxHashMap<(u32, u32), usize>,
    /// How many mentions have been given out.
    clock: u32,
}

/// The words that make names: surnames and given names of people, and surnames of those who may be people once a name
/// alone shows it. Hashes of lower case.
#[derive(Debug, Default)]
pub struct NameWords(FxHashSet<u64>);

impl NameWords {
    fn add(&mut self, word: &str) {
        self.0.insert(hash_of(word));
    }

    fn hold(&self, word: &str) -> bool {
        self.0.contains(&hash_of(word))
    }
}

fn hash_of(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Whether the same people come out after an edit of one paragraph: what it changed in the paragraph's names are words that
/// name nobody, before and after. The people are then linked as before, and at most moved.
pub(in crate::story) fn links_the_same(words: &NameWords, before: &Read, now: &Read, shift: &Shift) -> bool {
    let (old, new) = (&before.names.names, &now.names.names);
    let same = |(old, new): &(&Name, &Name)| old.moved(shift).as_ref() == Some(*new);
    let ahead = old.iter().zip(new).take_while(same).count();
    let behind = old[ahead..].iter().rev().zip(new[ahead..].iter().rev()).take_while(same).count();
    let names_nobody = |read: &Read, names: &[Name]| {
        (ahead..names.len() - behind).all(|at| {
            let before = at.checked_sub(1).and_then(|at| names.get(at));
            names.get(at).is_some_and(|name| is_nobody(words, read, name, before, names.get(at + 1)))
        })
    };
    // What stood on both sides of a word that is gone may have come together.
    let apart =
        |names: &[Name]| match (ahead.checked_sub(1).and_then(|at| names.get(at)), names.get(names.len() - behind)) {
            (Some(one), Some(other)) => !are_joined(one, other),
            _ => true,
        };
    // Pronouns tell the gender of the name before them.
    let pronouns = || {
        let first = old[..ahead].iter().zip(new);
        let last = old[old.len() - behind..].iter().zip(&new[new.len() - behind..]);
        first.chain(last).all(|(old, new)| pronoun_after(before, old) == pronoun_after(now, new))
    };
    names_nobody(before, old) && names_nobody(now, new) && apart(old) && apart(new) && pronouns()
}

/// Whether a name, which stands between these two, is nobody's and helps to show nobody's.
fn is_nobody(words: &NameWords, read: &Read, name: &Name, before: Option<&Name>, after: Option<&Name>) -> bool {
    let low = lower(&read.paragraph, name.surname);
    let alone = name.given.is_none() && !(name.sure && name.title.is_some());
    let beside =
        before.is_some_and(|before| are_joined(before, name)) || after.is_some_and(|after| are_joined(name, after));
    alone && !beside && !words.hold(low) && !words.hold(surname_key(low))
}

/// Whether two names stand side by side as the words of one do in a headline.
fn are_joined(one: &Name, next: &Name) -> bool {
    one.given.is_none() && next.given.is_none() && next.span.start == one.span.end + 1
}

/// Puts the names of a story together into people, in the order of their first mention; with the words that make them.
pub(super) fn link(paragraphs: &[Arc<Read>]) -> (Vec<Person>, NameWords) {
    let mut words = NameWords::default();
    let sure = sure_texts(paragraphs, &mut words);
    let mut people = People::default();
    for (index, read) in paragraphs.iter().enumerate() {
        for name in &read.names.names {
            if name.given.is_some() && (name.sure || sure.contains(lower(&read.paragraph, name.span))) {
                people.add_full(&read.paragraph, index as u32, name);
            }
        }
    }
    for (index, read) in paragraphs.iter().enumerate() {
        let mut skip = false;
        for (at, name) in read.names.names.iter().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            let next = read.names.names.get(at + 1);
            skip = people.mention(read, index as u32, name, next);
        }
    }
    people.by_surname.keys().chain(people.by_given.keys()).for_each(|word| words.add(word));
    (people.finish(), words)
}

/// Texts of full names that are people's at least in one place, or that say something and return as a surname alone.
fn sure_texts<'p>(paragraphs: &'p [Arc<Read>], words: &mut NameWords) -> FxHashSet<&'p str> {
    let mut sure = FxHashSet::default();
    let mut alone = FxHashSet::default();
    for read in paragraphs {
        for name in &read.names.names {
            if name.sure && name.given.is_some() {
                sure.insert(lower(&read.paragraph, name.span));
            } else if name.given.is_none() {
                alone.insert(lower(&read.paragraph, name.surname));
            }
        }
    }
    for read in paragraphs {
        for name in &read.names.names {
            if !name.hinted {
                continue;
            }
            let surname = lower(&read.paragraph, name.surname);
            words.add(surname);
            if alone.contains(surname) {
                sure.insert(lower(&read.paragraph, name.span));
            }
        }
    }
    sure
}

/// The folded text of `span` in lower case.
fn lower(paragraph: &Paragraph, span: Span) -> &str {
    paragraph.folded.lower.get(paragraph.folded.of_prose(span).range()).unwrap_or("")
}

/// The part of a surname that is looked up: without particles.
fn surname_key(low: &str) -> &str {
    let mut key = low;
    while let Some((particle, rest)) = key.split_once([' ', '-'])
        && class_of(particle) == Some(super::lists::WordClass::Particle)
        && !rest.is_empty()
    {
        key = rest;
    }
    key
}

impl People {
    fn add_full(&mut self, paragraph: &Paragraph, index: u32, name: &Name) {
        let Some(given) = name.given else { return };
        let given_low = lower(paragraph, given);
        let key = surname_key(lower(paragraph, name.surname));
        let suffix = name.suffix.map_or("", |s| lower(paragraph, s).trim_end_matches('.'));
        let known = self.namesakes(key).find(|&i| {
            self.drafts.get(i).is_some_and(|d| {
                given_fits(&d.given_low, given_low) && (d.suffix == suffix || d.suffix.is_empty() || suffix.is_empty())
            })
        });
        let at = known.unwrap_or(self.drafts.len());
        if known.is_none() {
            self.by_surname.entry(key.to_owned()).or_default().push(at);
            let first = given_low.split(' ').next().unwrap_or(given_low).to_owned();
            self.by_given.entry(first).or_default().push(at);
            self.drafts.push(Draft {
                person: Person {
                    name: String::new(),
                    given: String::new(),
                    surname: paragraph.slice(name.surname).to_owned(),
                    titles: Vec::new(),
                    gender: Gender::Unknown,
                    mentions: Vec::new(),
                },
                given_low: given_low.to_owned(),
                suffix: suffix.to_owned(),
                votes: (0, 0),
                last_seen: 0,
            });
        }
        if let Some(draft) = self.drafts.get_mut(at) {
            let text = paragraph.slice(name.span);
            if text.chars().count() > draft.person.name.chars().count() {
                draft.person.name = text.to_owned();
                draft.person.given = paragraph.slice(given).to_owned();
                draft.given_low = given_low.to_owned();
            }
        }
        self.full.insert((index, name.span.start), at);
    }

    /// Gives a name to the person it fits. `true` when it took the next name along: in headlines each word is a name.
    fn mention(&mut self, read: &Read, index: u32, name: &Name, next: Option<&Name>) -> bool {
        let paragraph = &read.paragraph;
        if let Some(&at) = self.full.get(&(index, name.span.start)) {
            self.note(read, index, at, name, name.span, MentionForm::Full);
            return false;
        }
        let alone = name.given.is_none();
        let low = lower(paragraph, name.surname);
        let joined = next.filter(|next| are_joined(name, next)).and_then(|next| {
            let mut namesakes = self.namesakes(surname_key(lower(paragraph, next.surname)));
            let at = namesakes.find(|&i| self.drafts.get(i).is_some_and(|d| given_fits(&d.given_low, low)))?;
            Some((at, name.span.to(next.span)))
        });
        if let Some((at, span)) = joined {
            self.note(read, index, at, name, span, MentionForm::Full);
            return true;
        }
        // A run with a strange first word whose last word is somebody's surname: `Candidate Ruiz`, `Team Ruiz`.
        if !alone {
            return false;
        }
        let gender = name.title_gender;
        let title = name.title.map(|t| paragraph.slice(t));
        let by_surname = self.best(self.namesakes(surname_key(low)), gender, title);
        if let Some(at) = by_surname {
            self.note(read, index, at, name, name.span, MentionForm::Surname);
            return false;
        }
        let given: Vec<usize> =
            self.by_given.get(low).map(|v| v.iter().take(MAX_NAMESAKES).copied().collect()).unwrap_or_default();
        if name.title.is_none()
            && let [at] = given[..]
        {
            self.note(read, index, at, name, name.span, MentionForm::Given);
            return false;
        }
        if name.sure && name.title.is_some() {
            let at = self.drafts.len();
            self.by_surname.entry(surname_key(low).to_owned()).or_default().push(at);
            self.drafts.push(Draft {
                person: Person {
                    name: paragraph.slice(name.span).to_owned(),
                    given: String::new(),
                    surname: paragraph.slice(name.surname).to_owned(),
                    titles: Vec::new(),
                    gender: Gender::Unknown,
                    mentions: Vec::new(),
                },
                given_low: String::new(),
                suffix: String::new(),
                votes: (0, 0),
                last_seen: 0,
            });
            self.note(read, index, at, name, name.span, MentionForm::Surname);
        }
        false
    }

    fn namesakes<'p>(&'p self, key: &str) -> impl Iterator<Item = usize> + use<'p> {
        self.by_surname.get(key).into_iter().flat_map(|v| v.iter().take(MAX_NAMESAKES).copied())
    }

    /// Of several people with one name: whom the honorific fits, who bore this title before, of whom the story speaks
    /// far more, and who was named last.
    fn best(&self, candidates: impl Iterator<Item = usize>, gender: Gender, title: Option<&str>) -> Option<usize> {
        candidates
            .filter_map(|i| self.drafts.get(i).map(|d| (i, d)))
            .max_by_key(|(_, d)| {
                let known = gender_of(d);
                let fits = gender == Gender::Unknown || known == Gender::Unknown || known == gender;
                let same_title = title.is_some_and(|t| d.person.titles.iter().any(|known| known == t));
                let weight = d.person.mentions.len().checked_ilog(4);
                (fits, gender != Gender::Unknown && known == gender, same_title, weight, d.last_seen)
            })
            .map(|(i, _)| i)
    }

    fn note(&mut self, read: &Read, index: u32, at: usize, name: &Name, span: Span, form: MentionForm) {
        self.clock += 1;
        let Some(draft) = self.drafts.get_mut(at) else { return };
        draft.last_seen = self.clock;
        if let Some(title) = name.title.map(|t| read.paragraph.slice(t))
            && draft.person.titles.len() < MAX_NAMESAKES
            && !draft.person.titles.iter().any(|known| known == title)
            && !title.starts_with(|c: char| c.is_ascii_digit())
        {
            draft.person.titles.push(title.to_owned());
        }
        match name.title_gender {
            Gender::Male => draft.votes.0 += 8,
            Gender::Female => draft.votes.1 += 8,
            Gender::Unknown => {}
        }
        match name.given_gender {
            Gender::Male => draft.votes.0 += 3,
            Gender::Female => draft.votes.1 += 3,
            Gender::Unknown => {}
        }
        match pronoun_after(read, name) {
            Gender::Male => draft.votes.0 += 1,
            Gender::Female => draft.votes.1 += 1,
            Gender::Unknown => {}
        }
        draft.person.mentions.push(Mention {
            passage: Passage { paragraph: index, span },
            title: name.title,
            form,
            quoted: read.quotes.around(span).is_some(),
        });
    }

    fn finish(self) -> Vec<Person> {
        let mut people: Vec<Person> = self
            .drafts
            .into_iter()
            .filter(|d| !d.person.mentions.is_empty())
            .map(|d| {
                let gender = gender_of(&d);
                Person { gender, ..d.person }
            })
            .collect();
        people.sort_by_key(|p| p.mentions.first().map(|m| m.passage));
        people
    }
}

fn gender_of(draft: &Draft) -> Gender {
    match draft.votes.0.cmp(&draft.votes.1) {
        std::cmp::Ordering::Greater => Gender::Male,
        std::cmp::Ordering::Less => Gender::Female,
        std::cmp::Ordering::Equal => Gender::Unknown,
    }
}

/// The first `he` or `she` behind the name, when no other name comes between.
fn pronoun_after(read: &Read, name: &Name) -> Gender {
    let names = &read.names.names;
    let pronouns = &read.names.pronouns;
    let next_name = names.partition_point(|n| n.span.start <= name.span.start);
    let next_pronoun = pronouns.partition_point(|(span, _)| span.start < name.span.end);
    let Some(&(span, gender)) = pronouns.get(next_pronoun) else { return Gender::Unknown };
    let between = names.get(next_name).is_some_and(|n| n.span.start < span.start);
    if between { Gender::Unknown } else { gender }
}

/// Whether two forms of given names can be one person's: equal, an initial, a nickname, one of two.
fn given_fits(known: &str, other: &str) -> bool {
    if known == other || known.is_empty() || other.is_empty() {
        return true;
    }
    let (a, b) = (known.split(' ').next().unwrap_or(known), other.split(' ').next().unwrap_or(other));
    if a == b || known.split(' ').any(|k| k == b) || other.split(' ').any(|o| o == a) {
        return true;
    }
    let initial = |short: &str, long: &str| short.ends_with('.') && long.starts_with(short.trim_end_matches('.'));
    initial(a, b)
        || initial(b, a)
        || NICKNAMES.iter().any(|&(short, long)| (a, b) == (short, long) || (b, a) == (short, long))
}

/// Short forms that do not begin like the long one, and the most common that do.
const NICKNAMES: &[(&str, &str)] = &[
    ("abe", "abraham"),
    ("al", "albert"),
    ("alex", "alexander"),
    ("alex", "alexandra"),
    ("andy", "andrew"),
    ("ben", "benjamin"),
    ("bernie", "bernard"),
    ("beth", "elizabeth"),
    ("bill", "william"),
    ("bob", "robert"),
    ("bobby", "robert"),
    ("charlie", "charles"),
    ("chris", "christopher"),
    ("chuck", "charles"),
    ("cindy", "cynthia"),
    ("dan", "daniel"),
    ("dave", "david"),
    ("debbie", "deborah"),
    ("dick", "richard"),
    ("don", "donald"),
    ("doug", "douglas"),
    ("ed", "edward"),
    ("eddie", "edward"),
    ("frank", "francis"),
    ("fred", "frederick"),
    ("greg", "gregory"),
    ("hank", "henry"),
    ("jack", "john"),
    ("jeff", "jeffrey"),
    ("jerry", "gerald"),
    ("jim", "james"),
    ("jimmy", "james"),
    ("joe", "joseph"),
    ("josh", "joshua"),
    ("kate", "katherine"),
    ("kathy", "kathleen"),
    ("ken", "kenneth"),
    ("larry", "lawrence"),
    ("liz", "elizabeth"),
    ("matt", "matthew"),
    ("meg", "margaret"),
    ("mike", "michael"),
    ("mitch", "mitchell"),
    ("nancy", "ann"),
    ("nick", "nicholas"),
    ("pat", "patricia"),
    ("pat", "patrick"),
    ("peggy", "margaret"),
    ("pete", "peter"),
    ("phil", "philip"),
    ("rick", "richard"),
    ("rob", "robert"),
    ("ron", "ronald"),
    ("sam", "samuel"),
    ("sam", "samantha"),
    ("steve", "stephen"),
    ("steve", "steven"),
    ("sue", "susan"),
    ("ted", "edward"),
    ("tim", "timothy"),
    ("tom", "thomas"),
    ("tony", "anthony"),
    ("vicky", "victoria"),
    ("will", "william"),
];

#[cfg(test)]
mod tests {
    use crate::markup::{self, BlockKind, Format};
    use crate::prose::Paragraph;
    use crate::story::{
        Person, Read,
        person::{Gender, MentionForm},
    };
    use crate::text::Shift;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn people(text: &str) -> Vec<Person> {
        let document = markup::parse(&format!("Headline\n\n{text}"), Format::Plain);
        let paragraphs: Vec<Arc<Read>> =
            document.blocks.iter().map(|b| Arc::new(Read::new(Paragraph::of_block(b)))).collect();
        super::link(&paragraphs).0
    }

    fn names(text: &str) -> Vec<String> {
        people(text).into_iter().map(|p| p.name).collect()
    }

    #[test]
    fn full_names_with_titles_particles_and_suffixes() {
        assert_eq!(
            names("Texas Sen. Ana Ruiz met Foreign Minister Omar al-Tahir and Jan van der Meer on Monday."),
            ["Ana Ruiz", "Omar al-Tahir", "Jan van der Meer"]
        );
        assert_eq!(
            names("They saw Tom B. Okafor Jr. and council adviser Mirela Dask."),
            ["Tom B. Okafor Jr.", "Mirela Dask"]
        );
        assert_eq!(names("Zorba Quill, the mayor, left, and Ulda Venn, 42, stayed."), ["Zorba Quill", "Ulda Venn"]);
        assert_eq!(names("The prize went to Tom “Duke” Okafor."), ["Tom “Duke” Okafor"]);
    }

    #[test]
    fn places_organisations_and_days_are_nobody() {
        assert!(
            names("On Monday the University of Texas and Wells Street Bank left New York for San Diego.").is_empty()
        );
        assert!(
            names("Will Congress act? May Day is near. The White House said no. Grand Canyon National Park opened.")
                .is_empty()
        );
        assert!(names("However, Republicans in South Carolina said Christmas was on Sunday.").is_empty());
    }

    #[test]
    fn later_references_find_their_person() {
        let people =
            people("Mayor Ana Ruiz spoke. Ruiz’s aides left.\n\nMs. Ruiz, Ana to her friends, said Mr. Quill lied.");
        assert_eq!(people[0].name, "Ana Ruiz");
        assert_eq!(people[0].gender, Gender::Female);
        let forms: Vec<MentionForm> = people[0].mentions.iter().map(|m| m.form).collect();
        assert_eq!(forms, [MentionForm::Full, MentionForm::Surname, MentionForm::Surname, MentionForm::Given]);
        assert_eq!(people[0].titles, ["Mayor", "Ms."]);
        assert_eq!((people[1].name.as_str(), people[1].gender), ("Quill", Gender::Male));
    }

    #[test]
    fn two_people_with_one_surname_are_told_apart_by_honorific() {
        let people = people("Tom Okafor and Lucy Okafor came. Mrs. Okafor spoke first. Mr. Okafor followed.");
        assert_eq!(people.iter().map(|p| p.mentions.len()).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn a_strange_name_is_a_person_when_the_story_treats_it_as_one() {
        assert_eq!(names("Zorba Quill said so. Quill left."), ["Zorba Quill"]);
        assert!(names("Quantum Motors said so. The company left.").is_empty());
    }

    #[test]
    fn headlines_name_only_whom_the_body_names() {
        let document = markup::parse("Tom Okafor Wins Again as Mayor\n\nMr. Tom Okafor won.", Format::Plain);
        let paragraphs: Vec<Arc<Read>> =
            document.blocks.iter().map(|b| Arc::new(Read::new(Paragraph::of_block(b)))).collect();
        let (people, _) = super::link(&paragraphs);
        assert_eq!(people.len(), 1);
        assert_eq!(paragraphs[0].paragraph.slice(people[0].mentions[0].passage.span), "Tom Okafor");
    }

    fn stays(story: &str, before: &str, now: &str) -> bool {
        let read = |text: &str, kind: BlockKind| Arc::new(Read::new(Paragraph::new(kind, text.to_owned())));
        let kind = if before.contains('.') { BlockKind::Paragraph } else { BlockKind::Headline };
        let (before, now) = (read(before, kind), read(now, kind));
        let (_, words) = super::link(&[read(story, BlockKind::Paragraph), Arc::clone(&before)]);
        let shift = Shift::between(&before.paragraph.text, &now.paragraph.text);
        super::links_the_same(&words, &before, &now, &shift)
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
        assert!(!stays(story, "They saw Quil there.", "They saw Quil Ames there."), "a full name may be somebody");
        assert!(!stays(story, "Then Quil left.", "Then Quill left."), "it shows that Zorba Quill is a person");
    }

    #[test]
    fn what_a_word_keeps_apart_or_from_its_pronoun_matters() {
        let story = "Mayor Ana Ruiz spoke.";
        assert!(!stays(story, "Ana X Ruiz Wins", "Ana Ruiz Wins"));
        assert!(!stays(story, "With Ruiz he left Xu.", "With Ruiz Xu he left."));
        assert!(!stays(story, "With Ruiz x left.", "With Ruiz he left."));
    }

    proptest! {
        #[test]
        fn any_text_gives_people_whose_mentions_are_in_order(text in "(Tom|Mr\\.|al-|[Rr]uiz|’s|, 42|, the mayor|“|”|van | |\n|É|\\.|Jr\\.|she|[a-zA-Z😀]){0,40}") {
            for person in people(&text) {
                prop_assert!(!person.mentions.is_empty());
                prop_assert!(person.mentions.windows(2).all(|m| m[0].passage < m[1].passage));
            }
        }
    }
}
