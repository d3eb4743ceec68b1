//! The names of a story's people by what they look like with one letter left out, and by how they sound.

use rustc_hash::FxHashSet;

use super::context::{first_name, surname_of};
use super::{Person, Renumbered};
use crate::lexicon::given_names::TWO_SPELLINGS;
use crate::text::{are_comparable, mix};

/// Shorter names lie too near to each other to say anything.
const SHORTEST: usize = 5;

/// How many people of one name are compared: a bound on hostile texts.
const MOST: usize = 16;

/// The names of a story's people, by what they look like with one letter left out, so that names one slip apart meet.
///
/// People are told by their index in the story.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    /// By person.
    names: Vec<Low>,
    /// Hashes with the people whose surname has them, in order: of how it looks, and of how it sounds.
    by_slip: Vec<(u64, u32)>,
    /// Hashes with the people of whose full name one part has them and the other part is the same, in order.
    by_full_slip: Vec<(u64, u32)>,
    /// Two people whose full names are one slip apart, both ways round, in order.
    pub(crate) alike: Vec<(u32, u32)>,
}

/// A person's name in lower case.
#[derive(Clone, Debug, Default, PartialEq)]
struct Low {
    /// The first given name; empty when no full name can be compared.
    given: String,
    surname: String,
}

impl Low {
    fn of(person: &Person) -> Self {
        // Initials say too little.
        let given = if person.given.ends_with('.') { String::new() } else { first_name(person) };
        Self { given, surname: surname_of(person) }
    }

    /// Whether the full names are one slip apart.
    fn is_slip_of(&self, other: &Self) -> bool {
        let slip = if self.given == other.given {
            near(&self.surname, &other.surname)
        } else {
            self.surname == other.surname
                && (near(&self.given, &other.given) || are_spellings_of_one(&self.given, &other.given))
        };
        slip && !self.given.is_empty() && !other.given.is_empty()
    }

    /// Adds hashes of which names one slip apart have one in common.
    fn full_slips(&self, at: u32, all: &mut Vec<(u64, u32)>) {
        for (rest, part) in [(&self.surname, &self.given), (&self.given, &self.surname)] {
            // Shorter names are never a slip of another.
            if part.chars().count() >= SHORTEST - 1 {
                let rest = hash_on(hash_on(0, rest), " ");
                all.extend(slips(part).map(|slip| (mix(rest, slip), at)));
            }
        }
        if let Some(one) = spelling_of(&self.given) {
            all.push((mix(hash_on(hash_on(0, &self.surname), " "), hash_on(1, one)), at));
        }
    }
}

impl Spelling {
    /// Indexes `people`.
    pub(crate) fn index(people: &[Person]) -> Self {
        let mut index = Self { names: people.iter().map(Low::of).collect(), ..Self::default() };
        index.add(&(0..people.len()).collect::<Vec<_>>());
        index
    }

    /// Brings the index up to date for the people who are there `now`, and gives the surnames that came or went.
    pub(crate) fn follow(&mut self, renumbered: &Renumbered, now: &[Person]) -> FxHashSet<String> {
        let mut names: Vec<Option<Low>> = vec![None; now.len()];
        let mut gone = FxHashSet::default();
        for (at, low) in self.names.drain(..).enumerate() {
            match renumbered.kept(at).and_then(|at| names.get_mut(at)) {
                Some(name) => *name = Some(low),
                None => {
                    gone.insert(low.surname);
                }
            }
        }
        let new: Vec<usize> = (0..now.len()).filter(|&at| names.get(at).is_some_and(Option::is_none)).collect();
        self.names = names.into_iter().zip(now).map(|(low, person)| low.unwrap_or_else(|| Low::of(person))).collect();
        let kept = |at: u32| renumbered.kept(at as usize).map(|at| at as u32);
        for by_slip in [&mut self.by_slip, &mut self.by_full_slip] {
            *by_slip = by_slip.iter().filter_map(|&(hash, at)| Some((hash, kept(at)?))).collect();
        }
        self.add(&new);
        let came: FxHashSet<String> = new.iter().map(|&at| self.surname(at).to_owned()).collect();
        came.symmetric_difference(&gone).cloned().collect()
    }

    /// Indexes the names of `new` people.
    fn add(&mut self, new: &[usize]) {
        for (at, low) in new.iter().filter_map(|&at| Some((at as u32, self.names.get(at)?))) {
            // Shorter names are looked up as they are.
            let near = near_hashes(&low.surname).filter(|_| is_telling(&low.surname));
            self.by_slip.extend(near.chain([hash_on(0, &low.surname)]).map(|hash| (hash, at)));
            if !low.given.is_empty() {
                low.full_slips(at, &mut self.by_full_slip);
            }
        }
        // Those that were there are in order already, which a stable sort makes use of.
        for by_slip in [&mut self.by_slip, &mut self.by_full_slip] {
            by_slip.sort();
            by_slip.dedup();
        }
        let meet = self.by_full_slip.chunk_by(|one, other| one.0 == other.0).filter(|people| people.len() > 1);
        let pairs = meet.flat_map(|people| people.iter().flat_map(|one| people.iter().map(|other| (one.1, other.1))));
        let low = |at: u32| self.names.get(at as usize);
        let is_slip =
            |&(one, other): &(u32, u32)| low(one).zip(low(other)).is_some_and(|(one, other)| one.is_slip_of(other));
        self.alike = pairs.filter(is_slip).collect();
        self.alike.sort_unstable();
        self.alike.dedup();
    }

    /// The surname of person `at`, in lower case.
    pub(crate) fn surname(&self, at: usize) -> &str {
        self.names.get(at).map_or("", |low| low.surname.as_str())
    }

    /// The people whose surname is one slip from `surname` (lower case) or sounds like it, in the order of their first mention.
    pub(crate) fn near_surname(&self, surname: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        if is_telling(surname) {
            for hash in near_hashes(surname) {
                found.extend(with_hash(&self.by_slip, hash).take(MOST));
            }
            found.sort_unstable();
            found.dedup();
        }
        found.retain(|&at| near(surname, self.surname(at)) || sound_alike(surname, self.surname(at)));
        found
    }

    /// The people whose surname is the one of person `at`, and then those near it.
    pub(crate) fn alike(&self, at: usize) -> Vec<usize> {
        let Some(Low { surname, .. }) = self.names.get(at) else { return Vec::new() };
        let namesakes = with_hash(&self.by_slip, hash_on(0, surname)).filter(|&other| self.surname(other) == surname);
        let mut found: Vec<usize> = namesakes.take(MOST).collect();
        found.extend(self.near_surname(surname));
        found
    }
}

/// The people who have this hash.
fn with_hash(by_hash: &[(u64, u32)], hash: u64) -> impl Iterator<Item = usize> {
    let start = by_hash.partition_point(|&(other, _)| other < hash);
    by_hash.iter().skip(start).take_while(move |&&(other, _)| other == hash).map(|&(_, at)| at as usize)
}

/// Whether a name is long enough to be told from another by one letter.
fn is_telling(name: &str) -> bool {
    name.chars().count() >= SHORTEST
}

/// The hashes by which a surname meets those that are one slip from it or sound like it.
fn near_hashes(surname: &str) -> impl Iterator<Item = u64> {
    slips(surname).chain([hash_on(2, &sound(surname))])
}

/// The hashes of `word`, and of `word` with each of its letters left out. Two words one slip apart have one of these in
/// common.
fn slips(word: &str) -> impl Iterator<Item = u64> {
    let left_out = |(at, c): (usize, char)| (&word[..at], word.get(at + c.len_utf8()..).unwrap_or(""));
    let texts = word.char_indices().take(24).map(left_out).chain([(word, "")]);
    let mut last = None;
    texts.map(|(before, after)| hash_on(hash_on(0, before), after)).filter(move |&hash| {
        // Of two letters that are the same, either may be left out.
        last.replace(hash) != Some(hash)
    })
}

/// The hash of what has this hash, followed by `text`.
fn hash_on(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5))
}

/// The spelling under which the ways to spell a given name (lower case) are listed.
fn spelling_of(given: &str) -> Option<&'static str> {
    TWO_SPELLINGS.iter().find(|(one, other)| *one == given || *other == given).map(|(_, kept)| *kept)
}

/// Whether two different given names (lower case) are two spellings of one: Jon and John, Steven and Stephen.
pub(crate) fn are_spellings_of_one(a: &str, b: &str) -> bool {
    a != b && spelling_of(a).is_some_and(|one| spelling_of(b) == Some(one))
}

/// Whether two different words (lower case) of five letters or more are one slip apart: a letter more, less, other, or
/// two swapped. The first letter is seldom the wrong one, and a plural or possessive `s` is no slip.
pub(crate) fn near(a: &str, b: &str) -> bool {
    let count = |word: &str| word.chars().count();
    a != b
        && count(a).min(count(b)) >= SHORTEST - 1
        && count(a).max(count(b)) >= SHORTEST
        && a.chars().next() == b.chars().next()
        && a.strip_suffix('s') != Some(b)
        && b.strip_suffix('s') != Some(a)
        && are_comparable(a, b)
        && strsim::damerau_levenshtein(a, b) == 1
}

/// Whether two different surnames (lower case) of five letters or more sound the same, as far as their letters tell: Reilly and
/// Riley, Stevens and Stephens.
fn sound_alike(a: &str, b: &str) -> bool {
    a != b
        && is_telling(a)
        && is_telling(b)
        && a.chars().next() == b.chars().next()
        && a.chars().count().abs_diff(b.chars().count()) <= SOUND_LONGER
        && sound(a) == sound(b)
}

/// How much longer one of two names that sound alike may be.
pub(super) const SOUND_LONGER: usize = 2;

/// How a surname (lower case) sounds: letters that stand for one sound are one, doubled ones too, and a last `e` is silent.
fn sound(name: &str) -> String {
    let mut sound = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let own = match c {
            'p' if next == Some('h') => 'v',
            'f' => 'v',
            'c' if matches!(next, Some('e' | 'i' | 'y')) => 's',
            'c' | 'q' if next != Some('h') => 'k',
            'z' => 's',
            // Vowels before or behind the sound that is heard: `ie`, `ei`, `ey`, `ee`.
            'y' | 'i' => 'i',
            'e' if matches!(next, Some('i' | 'y' | 'e')) => continue,
            'e' if next.is_none() || sound.ends_with('i') => continue,
            'h' if sound.ends_with(['v', 'r', 'n', 'o', 'a']) => continue,
            _ => c,
        };
        if !sound.ends_with(own) {
            sound.push(own);
        }
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::{near, sound_alike};

    #[test]
    fn names_that_sound_alike_are_told_from_others() {
        for (a, b) in [("reilly", "riley"), ("stevens", "stephens"), ("schmitz", "schmits"), ("mackenzie", "mackensie")]
        {
            assert!(sound_alike(a, b), "{a} {b}");
        }
        for (a, b) in
            [("reilly", "ryan"), ("stevens", "steven"), ("baker", "barker"), ("finch", "fink"), ("reed", "reid")]
        {
            assert!(!sound_alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn slips_are_near_and_other_names_are_not() {
        for (a, b) in [("khalidi", "khaldi"), ("okafor", "okafro"), ("finch", "fynch")] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in
            [("finch", "pinch"), ("adam", "adan"), ("robert", "roberts"), ("ruiz", "ruiz"), ("khalidi", "kalid")]
        {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
