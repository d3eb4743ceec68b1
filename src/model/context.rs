//! A word's surroundings as numbers: what the model is asked by, and trained by.
//!
//! `model/train.rs` includes this file, so that training and checking cannot differ. It depends on nothing.

/// A token as the model sees it: a hash of its lower-case letters, with digits made alike.
pub type WordKey = u32;

/// What is before a sentence's first word and behind its last.
pub const EDGE: WordKey = 1;

/// Hashes a token given in lower case: all numbers are alike but for *1* and years, as are the digits inside words
/// (`19-year-old`).
pub fn key(low: &[u8]) -> WordKey {
    let digits = low.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return finish(low.iter().fold(0, |hash, &byte| step(hash, byte)));
    }
    if digits == low.len() && (low == b"1" || digits == 4) {
        return if digits == 4 { 3 } else { 2 };
    }
    let mut hash = 0;
    let mut last = 0;
    for &byte in low {
        let byte = if byte.is_ascii_digit() || (last == b'#' && matches!(byte, b',' | b'.')) { b'#' } else { byte };
        if byte != b'#' || last != b'#' {
            hash = step(hash, byte);
        }
        last = byte;
    }
    finish(hash)
}

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193).rotate_left(5)
}

fn finish(hash: u32) -> WordKey {
    let mixed = mix(u64::from(hash)) as u32;
    mixed.max(16)
}

/// Spreads a number over all 64 bits.
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The number of a word's class where the model knows none for it: by its form.
///
/// Classes that the model learned are 1 to 255; these follow.
pub fn form_class(low: &[u8], capital: bool) -> u16 {
    let first = low.first().copied().unwrap_or(0);
    if first.is_ascii_digit() {
        return if low.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) { 256 } else { 257 };
    }
    if !first.is_ascii_alphabetic() && first < 0x80 {
        return 258 + u16::from(first & 0x3f);
    }
    let ends = |end: &[u8]| low.len() > end.len() + 2 && low.ends_with(end);
    if capital {
        return if ends(b"'s") { 330 } else { 331 };
    }
    let endings: [&[u8]; 9] = [b"'s", b"ing", b"ed", b"ly", b"ness", b"ion", b"es", b"s", b"er"];
    let at = endings.iter().position(|end| ends(end)).unwrap_or(endings.len());
    let joined = low.contains(&b'-');
    340 + at as u16 + if joined { 20 } else { 0 }
}

/// How many features a place has.
pub const FEATURES: usize = 24;

/// One token for [`features`].
#[derive(Clone, Copy)]
pub struct ContextWord {
    /// Its [`key`].
    pub key: WordKey,
    /// Its class: learned, or by its form.
    pub class: u16,
}

/// A place without a word.
pub const NOTHING: ContextWord = ContextWord { key: EDGE, class: 0 };

/// How many of [`FEATURES`] are first: those of the nearest words, which tell most places that are right.
pub const NEAR_FEATURES: usize = 6;

/// The features of the place between `left` (nearest first, three at least looked at) and `right` (nearest first).
///
/// Words further away are taken without their order.
pub fn features(left: [ContextWord; 5], right: [ContextWord; 5]) -> [u64; FEATURES] {
    let (near, far) = (near_features(left, right), far_features(left, right));
    std::array::from_fn(|at| if at < NEAR_FEATURES { near[at] } else { far[at - NEAR_FEATURES] })
}

/// The first of [`features`].
pub fn near_features([l1, l2, ..]: [ContextWord; 5], [r1, r2, ..]: [ContextWord; 5]) -> [u64; NEAR_FEATURES] {
    let k = |word: ContextWord| u64::from(word.key);
    [
        feature(1, k(l1), 0, 0),
        feature(2, k(r1), 0, 0),
        feature(3, k(l1), k(r1), 0),
        feature(4, k(l2), k(l1), 0),
        feature(5, k(r1), k(r2), 0),
        feature(6, k(l2), 0, 0),
    ]
}

/// Those of [`features`] that follow the first.
pub fn far_features(
    [l1, l2, l3, l4, l5]: [ContextWord; 5],
    [r1, r2, r3, r4, _]: [ContextWord; 5],
) -> [u64; FEATURES - NEAR_FEATURES] {
    let k = |word: ContextWord| u64::from(word.key);
    let c = |word: ContextWord| u64::from(word.class);
    [
        feature(7, k(r2), 0, 0),
        feature(8, c(l1), 0, 0),
        feature(9, c(r1), 0, 0),
        feature(10, c(l1), c(r1), 0),
        feature(11, c(l2), c(l1), 0),
        feature(12, c(r1), c(r2), 0),
        feature(13, k(l1), c(r1), 0),
        feature(14, c(l1), k(r1), 0),
        feature(15, k(l2), k(l1), k(r1)),
        feature(16, k(l1), k(r1), k(r2)),
        feature(17, c(l2), c(l1), c(r1)),
        feature(18, c(l1), c(r1), c(r2)),
        feature(19, k(l1), c(r1), c(r2)),
        feature(20, k(l3), 0, 0),
        feature(20, k(l4), 0, 0),
        feature(20, k(l5), 0, 0),
        feature(21, k(r3), 0, 0),
        feature(21, k(r4), 0, 0),
    ]
}

/// One feature: its kind and what it is made of.
fn feature(kind: u64, a: u64, b: u64, c: u64) -> u64 {
    mix(mix(mix(a.wrapping_add(kind << 40)).wrapping_add(b)).wrapping_add(c))
}

/// The prepositions that are weighed against each other.
pub const PREPOSITIONS: [&str; 22] = [
    "of", "in", "to", "for", "on", "with", "at", "by", "from", "about", "into", "over", "against", "between",
    "through", "after", "under", "among", "upon", "toward", "than", "as",
];

/// Words that end a noun phrase, or that one starts with.
const FUNCTION_WORDS: [&str; 93] = [
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "some",
    "any", "no", "every", "each", "all", "both", "such", "another", "other", // These start one.
    "and", "or", "but", "if", "because", "while", "when", "where", "who", "which", "whom", "whose", "what", "how",
    "why", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "will", "would", "can", "could",
    "may", "might", "must", "should", "shall", "do", "does", "did", "not", "of", "in", "to", "for", "on", "with", "at",
    "by", "from", "about", "into", "over", "against", "between", "through", "after", "under", "among", "upon", "than",
    "as", "before", "during", "until", "since", "he", "she", "it", "they", "we", "i",
];

/// How many of [`FUNCTION_WORDS`] start a noun phrase.
const STARTING: usize = 24;

/// The keys of the words that end or start noun phrases, sorted, with whether they start one.
pub fn function_words() -> Vec<(WordKey, bool)> {
    let mut keys: Vec<(WordKey, bool)> =
        FUNCTION_WORDS.iter().enumerate().map(|(at, word)| (key(word.as_bytes()), at < STARTING)).collect();
    keys.sort_unstable();
    keys
}

/// A head and the number of a preposition behind it, as one number.
pub fn pair_hash(head: WordKey, preposition: usize) -> u64 {
    mix(u64::from(head) << 8 | preposition as u64)
}

/// Where the count of a pair is: the number of its bucket, out of `buckets`, and its mark of 20 bits there.
pub fn evidence_slot(hash: u64, buckets: u32) -> (u32, u32) {
    let bucket = ((hash >> 32) * u64::from(buckets)) >> 32;
    (bucket as u32, ((hash & 0xf_ffff) as u32).max(1))
}

/// The count that twelve bits stand for: four say how often the other eight are doubled, so only the first two figures
/// are right.
pub fn lengthen(short: u16) -> u32 {
    u32::from(short & 0xff) << (short >> 8 & 15)
}

/// How many features the place of a preposition has beyond those of any place.
pub const OBJECT_FEATURES: usize = 7;

/// The features of a preposition's place that look at the last word of the noun phrase behind it.
pub fn object_features(
    left: [ContextWord; 5],
    right: [ContextWord; 5],
    function_words: &[(WordKey, bool)],
) -> [u64; OBJECT_FEATURES] {
    let mut object = NOTHING;
    for (at, word) in right.iter().enumerate() {
        // Marks have classes of their own by their form.
        let mark = (258..322).contains(&word.class) || word.key == EDGE;
        match function_words.binary_search_by_key(&word.key, |entry| entry.0) {
            Ok(found) if function_words[found].1 && at == 0 => continue,
            Ok(_) => break,
            Err(_) if mark => break,
            Err(_) => object = *word,
        }
    }
    let [l1, l2, ..] = left;
    let k = |word: ContextWord| u64::from(word.key);
    let c = |word: ContextWord| u64::from(word.class);
    [
        feature(30, k(object), 0, 0),
        feature(31, c(object), 0, 0),
        feature(32, k(l1), k(object), 0),
        feature(33, k(l1), c(object), 0),
        feature(34, c(l1), k(object), 0),
        feature(35, k(l2), k(l1), c(object)),
        feature(36, c(l2), c(l1), c(object)),
    ]
}

/// Where the weight of a feature for a decision is: the number of its bucket, out of `buckets`, and its mark there.
pub fn slot(feature: u64, decision: u32, buckets: u32) -> (u32, u16) {
    let hash = mix(feature ^ (u64::from(decision) << 32 | u64::from(decision)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let bucket = ((hash >> 32) * u64::from(buckets)) >> 32;
    // A mark of zero would be taken for an empty place.
    (bucket as u32, ((hash & 0xfff) as u16).max(1))
}

/// The weights that four bits can say.
pub const WEIGHTS: [f32; 16] =
    [0.15, 0.3, 0.5, 0.75, 1.1, 1.6, 2.3, 3.3, -0.15, -0.3, -0.5, -0.75, -1.1, -1.6, -2.3, -3.3];

/// How many weights a bucket holds: one line of a processor's cache.
pub const BUCKET: usize = 32;
