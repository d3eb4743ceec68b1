//! Parts of speech, and what tells them: what the tagger is asked by, and trained by.
//!
//! `model/tagger.rs` includes this file, so that training and checking cannot differ. It depends on `context.rs` alone.
//! The tags are those of the Penn Treebank, some of them put together; the letters are those of `dictionary/forms.txt`.

use super::context::{EDGE, WordKey, key, mix};

/// The part of speech of a word where it is.
pub type Tag = u8;

/// Before a sentence, and behind it.
pub const NONE: Tag = 0;
/// A noun in the singular, or one that is not counted.
pub const NOUN: Tag = 1;
/// A noun in the plural.
pub const PLURAL: Tag = 2;
/// A name.
pub const NAME: Tag = 3;
/// An infinitive or an imperative.
pub const BASE: Tag = 4;
/// The present without -s.
pub const PRESENT: Tag = 5;
/// The present with -s.
pub const THIRD: Tag = 6;
/// The past.
pub const PAST: Tag = 7;
/// The past participle.
pub const PARTICIPLE: Tag = 8;
/// The form in -ing.
pub const GERUND: Tag = 9;
/// An adjective.
pub const ADJECTIVE: Tag = 10;
/// A comparative.
pub const COMPARATIVE: Tag = 11;
/// A superlative.
pub const SUPERLATIVE: Tag = 12;
/// An adverb.
pub const ADVERB: Tag = 13;
/// A modal verb.
pub const MODAL: Tag = 14;
/// A preposition, or a conjunction that opens a clause.
pub const PREPOSITION: Tag = 15;
/// An article, `this`, `some`.
pub const DETERMINER: Tag = 16;
/// A personal pronoun.
pub const PRONOUN: Tag = 17;
/// `his`, `the mayor's`.
pub const POSSESSIVE: Tag = 18;
/// `and`, `or`.
pub const CONJUNCTION: Tag = 19;
/// A number.
pub const NUMBER: Tag = 20;
/// `to`.
pub const TO: Tag = 21;
/// `who`, `which`, `that` of a clause.
pub const RELATIVE: Tag = 22;
/// `when`, `how`.
pub const WHEN: Tag = 23;
/// `there` of `there is`.
pub const THERE: Tag = 24;
/// `up` of `give up`.
pub const PARTICLE: Tag = 25;
/// `oh`.
pub const EXCLAMATION: Tag = 26;
/// `all` of `all the`.
pub const BEFORE_DETERMINER: Tag = 27;
/// What ends a sentence.
pub const STOP: Tag = 28;
/// A comma.
pub const COMMA: Tag = 29;
/// Another mark.
pub const MARK: Tag = 30;
/// `it's`, `they've`.
pub const SHORT: Tag = 31;

/// How many tags there are.
pub const TAGS: usize = 32;

/// A set of tags, a bit each.
pub type Set = u32;

/// The set of one tag.
pub const fn bit(tag: Tag) -> Set {
    1 << tag
}

/// What an unknown word may be.
const OPEN: Set = bit(NOUN)
    | bit(PLURAL)
    | bit(BASE)
    | bit(PRESENT)
    | bit(THIRD)
    | bit(PAST)
    | bit(PARTICIPLE)
    | bit(GERUND)
    | bit(ADJECTIVE)
    | bit(ADVERB);

/// The tags that the letters of a word in the dictionary stand for: `forms` has a bit for each of `npmvsdegactr`.
pub fn tags_of(forms: u16) -> Set {
    const EACH: [Set; 12] = [
        bit(NOUN),
        bit(PLURAL),
        bit(NOUN),
        bit(BASE) | bit(PRESENT),
        bit(THIRD),
        bit(PAST),
        bit(PARTICIPLE) | bit(ADJECTIVE),
        bit(GERUND) | bit(NOUN) | bit(ADJECTIVE),
        bit(ADJECTIVE),
        bit(COMPARATIVE) | bit(ADVERB),
        bit(SUPERLATIVE) | bit(ADVERB),
        bit(ADVERB),
    ];
    EACH.iter().enumerate().filter(|(at, _)| forms >> at & 1 == 1).fold(0, |set, (_, tags)| set | tags)
}

/// A token as the tagger sees it.
#[derive(Clone, Copy, Debug)]
pub struct TaggedToken {
    /// Its word.
    pub key: WordKey,
    /// Its last letters: two and three.
    ends: [u32; 2],
    /// Its capital, hyphen and digits.
    shape: u8,
    /// The tags that it may have.
    pub may: Set,
}

/// What stands outside of a sentence.
pub const OUTSIDE: TaggedToken = TaggedToken { key: EDGE, ends: [0; 2], shape: 0, may: 1 };

impl TaggedToken {
    /// Reads a token in lower case. `known` are the tags that the word had in the text that the tagger learned from,
    /// `forms` what the dictionary says of it and of the part behind its last hyphen.
    pub fn new(low: &[u8], capital: bool, first: bool, known: Option<Set>, forms: impl Fn(&[u8]) -> u16) -> Self {
        let key = key(low);
        let end = |count: usize| {
            low[low.len().saturating_sub(count)..].iter().fold(count as u32, |h, &b| h << 8 ^ h >> 24 ^ u32::from(b))
        };
        let digit = low.iter().any(u8::is_ascii_digit);
        let hyphen = low.contains(&b'-') && low.len() > 1;
        let shape = u8::from(capital) | u8::from(first) << 1 | u8::from(digit) << 2 | u8::from(hyphen) << 3;
        Self { key, ends: [end(2), end(3)], shape, may: may(low, capital, first, known, forms) }
    }
}

/// The tags that a token may have.
fn may(low: &[u8], capital: bool, first: bool, known: Option<Set>, forms: impl Fn(&[u8]) -> u16) -> Set {
    let lead = low.first().copied().unwrap_or(b' ');
    if lead.is_ascii_digit() && !low.iter().any(u8::is_ascii_alphabetic) {
        return bit(NUMBER);
    }
    if !lead.is_ascii_alphanumeric() && lead < 0x80 && low.len() < 4 && lead != b'\'' {
        return match low {
            b"." | b"!" | b"?" | b"..." => bit(STOP),
            b"," => bit(COMMA),
            b"%" => bit(NOUN),
            b"&" => bit(CONJUNCTION),
            _ => bit(MARK),
        };
    }
    let name = if capital && !first { bit(NAME) } else { 0 };
    if let Some(known) = known {
        return known | name;
    }
    if low == b"'" {
        return bit(MARK) | bit(POSSESSIVE);
    }
    if low.ends_with(b"'s") || low.ends_with(b"s'") {
        return bit(POSSESSIVE);
    }
    let own = tags_of(forms(low));
    if own != 0 {
        // `Sanders said`: what opens a sentence may be a name, too.
        return own | if capital { bit(NAME) } else { 0 };
    }
    if low.ends_with(b"n't") {
        return bit(MODAL) | bit(PRESENT) | bit(THIRD) | bit(PAST);
    }
    if low.contains(&b'\'') && [&b"'ll"[..], b"'re", b"'ve", b"'d", b"'m"].iter().any(|end| low.ends_with(end)) {
        return bit(SHORT);
    }
    if capital && !first {
        return bit(NAME) | if low.contains(&b'-') { bit(ADJECTIVE) } else { 0 };
    }
    let behind = low.iter().rposition(|&byte| byte == b'-').map_or(0, |at| tags_of(forms(&low[at + 1..])));
    if low.contains(&b'-') {
        return behind | bit(ADJECTIVE) | bit(NOUN);
    }
    if capital { OPEN | bit(NAME) } else { OPEN }
}

/// One number of several: a feature of this kind.
pub fn mixed(kind: u64, a: u64, b: u64, c: u64) -> u64 {
    let x = mix(a.wrapping_add(kind << 48)).wrapping_add(b.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mix(mix(x).wrapping_add(c.wrapping_mul(0xc2b2_ae3d_27d4_eb4f)))
}

/// How many features tell a word's tag.
pub const TAG_FEATURES: usize = 24;

/// The features of token `at` for the tagger, which gave the tags before it.
pub fn tag_features(words: &[TaggedToken], tags: &[Tag], at: usize) -> [u64; TAG_FEATURES] {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).unwrap_or(&OUTSIDE);
    let tag = |back: usize| u64::from(at.checked_sub(back).and_then(|at| tags.get(at)).copied().unwrap_or(NONE));
    let (own, r1, r2) = (word(Some(at)), word(Some(at + 1)), word(Some(at + 2)));
    let (l1, l2) = (word(at.checked_sub(1)), word(at.checked_sub(2)));
    let (t1, t2) = (tag(1), tag(2));
    let k = |word: &TaggedToken| u64::from(word.key);
    let m = |word: &TaggedToken| u64::from(word.may);
    let shape = u64::from(own.shape);
    [
        mixed(1, k(own), 0, 0),
        mixed(2, u64::from(own.ends[1]), 0, 0),
        mixed(3, u64::from(own.ends[0]), shape, 0),
        mixed(4, m(own), shape, 0),
        mixed(5, t1, 0, 0),
        mixed(6, t1, t2, 0),
        mixed(7, t1, k(own), 0),
        mixed(8, k(l1), 0, 0),
        mixed(9, k(l2), 0, 0),
        mixed(10, k(r1), 0, 0),
        mixed(11, k(r2), 0, 0),
        mixed(12, m(r1), 0, 0),
        mixed(13, m(r1), m(r2), 0),
        mixed(14, t1, m(r1), m(own)),
        mixed(15, t1, m(own), 0),
        mixed(16, m(own), m(r1), 0),
        mixed(17, t2, t1, m(own)),
        mixed(18, k(own), k(r1), 0),
        mixed(19, k(own), k(l1), 0),
        mixed(20, t1, k(r1), m(own)),
        mixed(21, k(l1), m(own), m(r1)),
        mixed(22, k(own), m(r1), t1),
        mixed(23, k(l2), k(l1), m(own)),
        mixed(24, u64::from(own.ends[1]), t1, m(r1)),
    ]
}
