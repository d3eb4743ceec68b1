//! Lists of words, made for looking up many words that are not on them.

/// A hash of `word` that takes a few steps: of its length and its first and last eight bytes. The program's own lists hold
/// few long words, and whoever uses it compares the words as well.
pub(crate) fn hash(word: &[u8]) -> u64 {
    let (first, last) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
            (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
            _ => match *word {
                [] => (0, 0),
                [one] => (one.into(), 0),
                [one, two] => (one.into(), two.into()),
                [one, two, .., three] => (u64::from(one) | u64::from(two) << 8, three.into()),
            },
        },
    };
    mix(first ^ 0x9e37_79b9_7f4a_7c15, last ^ (word.len() as u64) << 56 ^ 0xc2b2_ae3d_27d4_eb4f)
}

/// What the length, the first and the last letter of `word` come to, below [`SHAPES`]: it tells most words apart, and
/// costs next to nothing.
pub(crate) fn shape(word: &[u8]) -> u16 {
    let byte = |byte: Option<&u8>| byte.map_or(0, |&byte| usize::from(byte));
    ((byte(word.first()) * 37 + byte(word.last()) * 11 + word.len() * 101) % SHAPES) as u16
}

/// How many shapes there are.
pub(crate) const SHAPES: usize = 1024;

/// A bit for the shape of each of some words, a few shapes to a bit: what is none of them is mostly told by it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ShapeSet(u128);

impl ShapeSet {
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        Self(words.fold(0, |shapes, word| shapes | 1 << (shape(word.as_bytes()) % 128)))
    }

    /// Whether a word of this shape may be one of them.
    #[inline]
    pub fn may_have(self, shape: u16) -> bool {
        self.0 >> (shape % 128) & 1 != 0
    }
}

/// Where the letter is that `longer` has more than `shorter`, as a byte; `None` where they are not one letter apart. A letter is a
/// byte here, as in ASCII.
pub(crate) fn added_letter(shorter: &str, longer: &str) -> Option<usize> {
    let at = shorter.bytes().zip(longer.bytes()).take_while(|(one, other)| one == other).count();
    (longer.len() == shorter.len() + 1 && shorter.get(at..)? == longer.get(at + 1..)?).then_some(at)
}

/// Whether two words have the same letters, in whatever order: `clam`, `calm`. Bytes are compared.
pub(crate) fn are_anagrams(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}

/// One hash of two numbers: the halves of their product, folded.
pub(crate) fn mix(one: u64, two: u64) -> u64 {
    let product = u128::from(one) * u128::from(two);
    product as u64 ^ (product >> 64) as u64
}

/// Where the words of a list are found by their hash. It can be made when the program is built (`build.rs` does so for the
/// lexicon) or when it runs, and a look-up of a word that is not on the list most often ends after one step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slots<'t> {
    /// A part of the hash of the word in each slot, and 0 in free ones: at least half of them. Their number is a power of
    /// two. A byte is enough to turn most words away, and keeps what is looked at small.
    pub tags: &'t [u8],
    /// For each slot, where its word is in the list.
    pub places: &'t [u16],
}

impl Slots<'_> {
    /// Where `word` is in the list, of which `word_at` gives the word of each place.
    #[inline]
    pub fn find<'w>(self, word: &[u8], word_at: impl Fn(usize) -> Option<&'w [u8]>) -> Option<usize> {
        let (mut slot, tag) = first_slot(self.tags.len(), word);
        loop {
            match self.tags.get(slot) {
                None | Some(0) => return None,
                Some(own) if *own == tag => {
                    let place = *self.places.get(slot)? as usize;
                    if word_at(place)? == word {
                        return Some(place);
                    }
                }
                Some(_) => {}
            }
            slot = (slot + 1) & (self.tags.len() - 1);
        }
    }
}

/// The tags and the places of [`Slots`], while they are made.
#[derive(Clone, Debug)]
pub(crate) struct SlotTable {
    pub tags: Vec<u8>,
    pub places: Vec<u16>,
}

impl SlotTable {
    /// Room for `words` words.
    pub fn with_room_for(words: usize) -> Self {
        let slots = (words * 3).next_power_of_two().max(4);
        Self { tags: vec![0; slots], places: vec![0; slots] }
    }

    /// Takes `word`, which is at `place` and is not in the table yet.
    pub fn insert(&mut self, word: &[u8], place: u16) {
        let (mut slot, tag) = first_slot(self.tags.len(), word);
        while self.tags[slot] != 0 {
            slot = (slot + 1) & (self.tags.len() - 1);
        }
        (self.tags[slot], self.places[slot]) = (tag, place);
    }

    pub fn slots(&self) -> Slots<'_> {
        Slots { tags: &self.tags, places: &self.places }
    }
}

fn first_slot(slots: usize, word: &[u8]) -> (usize, u8) {
    let hash = hash(word);
    (hash as usize & slots.wrapping_sub(1), (hash >> 56) as u8 | 1)
}

/// What is known of each word of a list.
#[derive(Debug)]
pub(crate) struct WordMap<V, W = &'static str> {
    table: SlotTable,
    words: Vec<(W, V)>,
}

impl<V: Copy, W: AsRef<str>> WordMap<V, W> {
    /// Of a word that comes more than once, the last value stands. At most 65,536 words are taken.
    pub fn new(all: impl IntoIterator<Item = (W, V)>) -> Self {
        let all: Vec<(W, V)> = all.into_iter().take(1 << 16).collect();
        let mut map = Self { table: SlotTable::with_room_for(all.len()), words: Vec::new() };
        for (word, value) in all {
            if let Some(place) = map.place(word.as_ref().as_bytes()) {
                map.words[place].1 = value;
                continue;
            }
            map.table.insert(word.as_ref().as_bytes(), map.words.len() as u16);
            map.words.push((word, value));
        }
        map
    }

    /// What is known of `word`.
    pub fn get(&self, word: &str) -> Option<V> {
        self.get_bytes(word.as_bytes())
    }

    /// The same for the bytes of a word, which need no look at where characters begin.
    #[inline]
    pub fn get_bytes(&self, word: &[u8]) -> Option<V> {
        self.words.get(self.place(word)?).map(|(_, value)| *value)
    }

    /// Whether `word` is on the list.
    pub fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    #[inline]
    fn place(&self, word: &[u8]) -> Option<usize> {
        self.table.slots().find(word, |place| Some(self.words.get(place)?.0.as_ref().as_bytes()))
    }
}

impl FromIterator<&'static str> for WordMap<()> {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        Self::new(words.into_iter().map(|word| (word, ())))
    }
}

/// A list of words.
pub(crate) type WordSet = WordMap<()>;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn a_map_of_words_knows_what_a_hash_map_knows(
            known in prop::collection::vec(("[a-dé’]{0,20}", 0..9_u8), 0..60),
            asked in prop::collection::vec("[a-dé’]{0,20}", 0..20),
        ) {
            let map = WordMap::new(known.clone());
            let expected: HashMap<&str, u8> = known.iter().map(|(word, value)| (word.as_str(), *value)).collect();
            for word in known.iter().map(|(word, _)| word).chain(&asked) {
                prop_assert_eq!(map.get(word), expected.get(word.as_str()).copied());
            }
        }
    }

    #[test]
    fn long_words_that_differ_in_the_middle_are_told_apart() {
        let set: WordSet = ["abcdefgh-one-abcdefgh", "abcdefgh-two-abcdefgh"].into_iter().collect();
        assert!(set.contains("abcdefgh-one-abcdefgh"));
        assert!(set.contains("abcdefgh-two-abcdefgh"));
        assert!(!set.contains("abcdefgh-six-abcdefgh"));
        assert!(!WordSet::from_iter([]).contains(""));
    }
}
