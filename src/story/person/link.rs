//! Putting the names of a story together into people.
//!
//! Full names make people; single names are then given to the people they fit. Both passes look names up by surname or
//! given name, so the work grows with the number of names only, and names that have neither in common with others can be
//! linked without them.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::word_keys::{Hashes, NameEntry, are_joined, first_word, hash_of, lower, pronoun_after, surname_key};
use super::{Gender, Mention, MentionForm, Name, Person};
use crate::lexicon;
use crate::prose::{Paragraph, Passage};
use crate::story::ParagraphFacts;
use crate::text::{Span, on_one_line};

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
    /// The surnames and given names of all of them, to tell most other names from these at a glance.
    words: Hashes,
    /// How many mentions have been given out.
    clock: u32,
}

/// Puts names of a story, which come in reading order, together into people, in the order of their first mention.
///
/// What links a name must be among them: other names with its surname or with its given name, and those joined with it.
pub(super) fn link<'e>(
    paragraphs: &[Arc<ParagraphFacts>],
    names: impl Iterator<Item = &'e NameEntry> + Clone,
) -> Vec<Person> {
    let named = names.filter_map(|entry| {
        let read = paragraphs.get(entry.paragraph as usize)?;
        Some((entry, read.as_ref(), read.names.names.get(entry.at as usize)?))
    });
    let sure = sure_texts(named.clone());
    let mut people = People::default();
    for (entry, read, name) in named.clone() {
        if entry.full && (name.sure || sure.contains(lower(&read.paragraph, name.span))) {
            people.add_full(&read.paragraph, entry, name);
        }
    }
    let mut skip = false;
    for (entry, read, name) in named {
        if !std::mem::take(&mut skip) && people.may_know(entry, name) {
            skip = people.mention(read, entry.paragraph, name, read.names.names.get(entry.at as usize + 1));
        }
    }
    people.finish()
}

/// Texts of full names that are people's at least in one place, or that say something and return as a surname alone.
fn sure_texts<'p>(
    names: impl Iterator<Item = (&'p NameEntry, &'p ParagraphFacts, &'p Name)> + Clone,
) -> FxHashSet<&'p str> {
    let mut sure = FxHashSet::default();
    let mut hinted: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let mut words = Hashes::default();
    for (_, read, name) in names.clone().filter(|(entry, ..)| entry.full) {
        let text = lower(&read.paragraph, name.span);
        if name.sure {
            sure.insert(text);
        } else if name.hinted {
            let surname = lower(&read.paragraph, name.surname);
            words.add(hash_of(surname));
            hinted.entry(surname).or_default().push(text);
        }
    }
    for (_, read, name) in names.filter(|(entry, ..)| !entry.full && words.hold(entry.word)) {
        sure.extend(hinted.remove(lower(&read.paragraph, name.surname)).unwrap_or_default());
    }
    sure
}

impl People {
    /// Whether the name can be somebody's. A look at hashes turns most away, and one in millions of others does not.
    fn may_know(&self, entry: &NameEntry, name: &Name) -> bool {
        let is_new = name.sure && name.title.is_some();
        entry.full || entry.joined || is_new || self.words.hold(entry.key) || self.words.hold(entry.word)
    }

    fn add_full(&mut self, paragraph: &Paragraph, entry: &NameEntry, name: &Name) {
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
            self.words.add(entry.key);
            self.words.add(entry.word);
            self.by_surname.entry(key.to_owned()).or_default().push(at);
            self.by_given.entry(first_word(given_low).to_owned()).or_default().push(at);
            self.drafts.push(Draft {
                person: Person {
                    key: entry.key,
                    name: String::new(),
                    given: String::new(),
                    surname: on_one_line(paragraph.slice(name.surname)).into_owned(),
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
                draft.person.name = on_one_line(text).into_owned();
                draft.person.given = on_one_line(paragraph.slice(given)).into_owned();
                draft.given_low = given_low.to_owned();
            }
        }
        self.full.insert((entry.paragraph, name.span.start), at);
    }

    /// Gives a name to the person it fits. `true` when it took the next name along: in headlines each word is a name.
    fn mention(&mut self, read: &ParagraphFacts, index: u32, name: &Name, next: Option<&Name>) -> bool {
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
            let key = surname_key(low);
            self.words.add(hash_of(key));
            self.by_surname.entry(key.to_owned()).or_default().push(at);
            self.drafts.push(Draft {
                person: Person {
                    key: hash_of(key),
                    name: on_one_line(paragraph.slice(name.span)).into_owned(),
                    given: String::new(),
                    surname: on_one_line(paragraph.slice(name.surname)).into_owned(),
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
    /// far more, whom it called by the surname alone before, and who was named last.
    fn best(&self, candidates: impl Iterator<Item = usize>, gender: Gender, title: Option<&str>) -> Option<usize> {
        candidates
            .filter_map(|i| self.drafts.get(i).map(|d| (i, d)))
            .max_by_key(|(_, d)| {
                let known = gender_of(d);
                let fits = gender == Gender::Unknown || known == Gender::Unknown || known == gender;
                let same_title = title.is_some_and(|t| d.person.titles.iter().any(|known| known == t));
                let weight = d.person.mentions.len().checked_ilog(4);
                let is_surname = |mention: &Mention| mention.form == MentionForm::Surname && mention.title.is_none();
                let alone = d.person.mentions.iter().any(is_surname);
                (fits, gender != Gender::Unknown && known == gender, same_title, weight, alone, d.last_seen)
            })
            .map(|(i, _)| i)
    }

    fn note(&mut self, read: &ParagraphFacts, index: u32, at: usize, name: &Name, span: Span, form: MentionForm) {
        self.clock += 1;
        let Some(draft) = self.drafts.get_mut(at) else { return };
        draft.last_seen = self.clock;
        if let Some(title) = name.title.map(|t| on_one_line(read.paragraph.slice(t)))
            && draft.person.titles.len() < MAX_NAMESAKES
            && !draft.person.titles.iter().any(|known| *known == title)
            && !title.starts_with(|c: char| c.is_ascii_digit())
        {
            draft.person.titles.push(title.into_owned());
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

/// Whether two forms of given names can be one person's: equal, an initial, a nickname, one of two.
fn given_fits(known: &str, other: &str) -> bool {
    if known == other || known.is_empty() || other.is_empty() {
        return true;
    }
    let (a, b) = (first_word(known), first_word(other));
    if a == b || known.split(' ').any(|k| k == b) || other.split(' ').any(|o| o == a) {
        return true;
    }
    let initial = |short: &str, long: &str| short.ends_with('.') && long.starts_with(short.trim_end_matches('.'));
    initial(a, b)
        || initial(b, a)
        || lexicon::people::NICKNAMES.iter().any(|&(short, long)| (a, b) == (short, long) || (b, a) == (short, long))
}

#[cfg(test)]
mod tests {
    use crate::markup::{self, Format};
    use crate::prose::Paragraph;
    use crate::story::person::{Gender, MentionForm, NameIndex};
    use crate::story::{ParagraphFacts, Person};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn people(text: &str) -> Vec<Person> {
        let document = markup::parse(&format!("Headline\n\n{text}"), Format::Plain);
        let paragraphs: Vec<Arc<ParagraphFacts>> =
            document.blocks.iter().map(|b| Arc::new(ParagraphFacts::new(Paragraph::of_block(b)))).collect();
        NameIndex::new(&paragraphs).link(&paragraphs)
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
        assert_eq!(
            names(
                "President Park Hye-jin met Governor Lin Ying-wen. The Ruiz-led council was at Dale Finch-owned piers."
            ),
            ["Park Hye-jin", "Lin Ying-wen"]
        );
    }

    #[test]
    fn titles_in_appositions_and_misspelled_ones_show_people() {
        assert_eq!(names("The mayor, Zorba Quill, spoke. Senater Dale Finch left."), ["Zorba Quill", "Dale Finch"]);
        assert_eq!(names("The case, Commonwealth v. Cole, is old. Derek Cole left."), ["Derek Cole"]);
        assert_eq!(
            names("José Núñez spoke. Harriet Lane said no. Madison Park is green."),
            ["José Núñez", "Harriet Lane"]
        );
        assert_eq!(people("The case, Commonwealth v. Cole, is old. Derek Cole left.")[0].mentions.len(), 1);
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
    fn whom_the_story_calls_by_the_surname_keeps_it() {
        let people = people("Dale Finch spoke. Finch, who is 53, left with his wife, Lucy Finch. Finch said nothing.");
        assert_eq!(people.iter().map(|p| p.mentions.len()).collect::<Vec<_>>(), [3, 1]);
    }

    #[test]
    fn a_post_office_box_is_nobody() {
        assert!(names("Write to the office, P.O. Box 7, Milltown.").is_empty());
    }

    #[test]
    fn a_strange_name_is_a_person_when_the_story_treats_it_as_one() {
        assert_eq!(names("Zorba Quill said so. Quill left."), ["Zorba Quill"]);
        assert!(names("Quantum Motors said so. The company left.").is_empty());
    }

    #[test]
    fn headlines_name_only_whom_the_body_names() {
        let document = markup::parse("Tom Okafor Wins Again as Mayor\n\nMr. Tom Okafor won.", Format::Plain);
        let paragraphs: Vec<Arc<ParagraphFacts>> =
            document.blocks.iter().map(|b| Arc::new(ParagraphFacts::new(Paragraph::of_block(b)))).collect();
        let people = NameIndex::new(&paragraphs).link(&paragraphs);
        assert_eq!(people.len(), 1);
        assert_eq!(paragraphs[0].paragraph.slice(people[0].mentions[0].passage.span), "Tom Okafor");
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
