//! What the newsroom knows, from its settings: people and names that readers know as well.

use rustc_hash::{FxHashMap, FxHashSet};

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
    /// Arranges the people and names of a newsroom.
    pub fn new(people: Vec<HousePerson>, names: Vec<String>) -> Self {
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
        house
    }

    /// Whether it knows nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
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
        let house = House::new(vec![person("Dale Finch")], vec!["WikiFinch".to_owned()]);
        assert!(house.introduces("finch") && house.introduces("wikifinch") && !house.introduces("dale"));
        assert_eq!(house.person("DALE FINCH").map(|person| &*person.name), Some("Dale Finch"));
        assert_eq!(house.with_surname("finch").count() + house.with_given("dale").count(), 2);
    }
}
