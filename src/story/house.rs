//! What the newsroom knows, from its settings: people, names and places.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::house_words::HouseWords;
use crate::lexicon::OwnWords;

/// The people and names of a newsroom, ready to be looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct House {
    people: Vec<HousePerson>,
    /// Numbers of people, by the surname in lower case.
    by_surname: FxHashMap<String, Vec<usize>>,
    /// Numbers of people, by the first given name in lower case.
    by_given: FxHashMap<String, Vec<usize>>,
    /// What needs no introduction, in lower case: surnames, and names of one word.
    introduced: FxHashSet<String>,
    /// Full names of people, in lower case.
    full: FxHashMap<String, usize>,
    places: Vec<HousePlace>,
    words: Arc<OwnWords>,
    dictionary: Arc<HouseWords>,
    /// Numbers of places, by their name in lower case.
    by_place: FxHashMap<String, usize>,
    /// Names that the house does not use, by their first word: all their words, in lower case, and whose they are. The
    /// longest comes first.
    unused: FxHashMap<String, Vec<(Vec<String>, usize)>>,
}

/// A place that the newsroom writes about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HousePlace {
    /// What the house calls it.
    pub name: String,
    /// Other names for it, which the house does not use.
    pub not: Vec<String>,
    /// The state or country that follows it in a dateline, as it is written there.
    pub within: Option<String>,
    /// Whether it needs no state or country in a dateline.
    pub alone: bool,
}

/// Somebody whom readers know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HousePerson {
    /// First name and surname, as the house writes them.
    pub name: String,
    /// The title before the name.
    pub title: Option<String>,
}

impl HousePerson {
    /// Given names, and the surname with its particles: `Ana`, `van der Berg`.
    pub fn parts(&self) -> (&str, &str) {
        let name = self.name.trim();
        let Some(last) = name.rfind(' ') else { return ("", name) };
        // Particles are written small, and stand between given names and surname.
        let mut start = last + 1;
        while let Some(before) = name.get(..start - 1) {
            let word = before.rfind(' ').map_or(0, |at| at + 1);
            if word == 0 || !before[word..].starts_with(char::is_lowercase) {
                break;
            }
            start = word;
        }
        (name[..start - 1].trim_end(), &name[start..])
    }
}

impl House {
    /// Arranges the people, names and places of a newsroom.
    pub fn new(people: Vec<HousePerson>, names: Vec<String>, places: Vec<HousePlace>) -> Self {
        let mut house = Self::default();
        for (at, person) in people.iter().enumerate() {
            let (given, surname) = person.parts();
            let surname = surname.to_lowercase();
            house.introduced.insert(surname.clone());
            house.by_surname.entry(surname).or_default().push(at);
            if let Some(first) = given.split(' ').next().filter(|first| !first.is_empty()) {
                house.by_given.entry(first.to_lowercase()).or_default().push(at);
            }
            house.full.entry(person.name.trim().to_lowercase()).or_insert(at);
        }
        house.introduced.extend(names.iter().map(|name| name.trim().to_lowercase()));
        house.people = people;
        for (at, place) in places.iter().enumerate() {
            let name = place.name.trim().to_lowercase();
            // A place is no stranger who needs a first name.
            house.introduced.insert(name.clone());
            house.by_place.entry(name).or_insert(at);
            for other in &place.not {
                let words: Vec<String> = other.to_lowercase().split_whitespace().map(str::to_owned).collect();
                if let Some(first) = words.first() {
                    house.unused.entry(first.clone()).or_default().push((words, at));
                }
            }
        }
        house.unused.values_mut().for_each(|names| names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        house.places = places;
        house
    }

    /// The same with words that the newsroom adds to lists of the lexicon.
    pub fn with_words(self, words: OwnWords) -> Self {
        Self { words: Arc::new(words), ..self }
    }

    /// The same with the words of the newsroom's dictionary.
    pub fn with_dictionary(self, dictionary: Arc<HouseWords>) -> Self {
        Self { dictionary, ..self }
    }

    /// The words of the newsroom's dictionary.
    pub fn dictionary(&self) -> &HouseWords {
        &self.dictionary
    }

    /// The words that the newsroom adds to lists of the lexicon.
    pub(crate) fn words(&self) -> &Arc<OwnWords> {
        &self.words
    }

    /// Whether it has anybody's name.
    pub fn has_people(&self) -> bool {
        !self.people.is_empty()
    }

    /// Whether it has names of places that it does not use.
    pub fn has_unused_names(&self) -> bool {
        !self.unused.is_empty()
    }

    /// The place of this name, in whatever capitals.
    pub fn place(&self, name: &str) -> Option<&HousePlace> {
        self.by_place.get(&name.to_lowercase()).and_then(|&at| self.places.get(at))
    }

    /// Names that the house does not use and that begin with this word (lower case): the words of each, and its place.
    pub fn unused_names(&self, first: &str) -> impl Iterator<Item = (&[String], &HousePlace)> {
        let names = self.unused.get(first).into_iter().flatten();
        names.filter_map(|(words, at)| Some((words.as_slice(), self.places.get(*at)?)))
    }

    /// Whether readers know whom or what this single word (lower case) stands for.
    pub fn introduces(&self, low: &str) -> bool {
        self.introduced.contains(low)
    }

    /// Whoever bears this full name, as written or in other capitals.
    pub fn person(&self, name: &str) -> Option<&HousePerson> {
        self.full.get(&name.to_lowercase()).and_then(|&at| self.people.get(at))
    }

    /// The people with this surname (lower case).
    pub fn with_surname(&self, low: &str) -> impl Iterator<Item = &HousePerson> {
        self.by_surname.get(low).into_iter().flatten().filter_map(|&at| self.people.get(at))
    }

    /// The people with this first given name (lower case).
    pub fn with_given(&self, low: &str) -> impl Iterator<Item = &HousePerson> {
        self.by_given.get(low).into_iter().flatten().filter_map(|&at| self.people.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> HousePerson {
        HousePerson { name: name.to_owned(), title: None }
    }

    #[test]
    fn a_name_has_given_names_and_a_surname() {
        let parts = |name: &str| {
            let person = person(name);
            let (given, surname) = person.parts();
            (given.to_owned(), surname.to_owned())
        };
        assert_eq!(parts("Carmen Ortega"), ("Carmen".to_owned(), "Ortega".to_owned()));
        assert_eq!(parts("Ana Maria van der Berg"), ("Ana Maria".to_owned(), "van der Berg".to_owned()));
        assert_eq!(parts("Marisol"), (String::new(), "Marisol".to_owned()));
        assert_eq!(parts(""), (String::new(), String::new()));
    }

    #[test]
    fn people_are_found_by_each_part_of_their_names() {
        let house = House::new(vec![person("Dale Finch")], vec!["WikiFinch".to_owned()], Vec::new());
        assert!(house.introduces("finch") && house.introduces("wikifinch") && !house.introduces("dale"));
        assert_eq!(house.person("DALE FINCH").map(|person| &*person.name), Some("Dale Finch"));
        assert_eq!(house.with_surname("finch").count() + house.with_given("dale").count(), 2);
    }
}
