//! Which form of a word belongs between these words: what the tagger is asked by, and trained by.
//!
//! `model/tagger.rs` includes this file, so that training and checking cannot differ.

use super::context::{EDGE, WordKey, key};
use super::tags::{
    ADJECTIVE, ADVERB, BASE, BEFORE_DETERMINER, COMMA, COMPARATIVE, DETERMINER, GERUND, MARK, NAME, NONE, NOUN, NUMBER,
    OUTSIDE, PARTICIPLE, PAST, PLURAL, POSSESSIVE, PREPOSITION, PRESENT, PRONOUN, RELATIVE, SUPERLATIVE, Set, THERE,
    THIRD, TO, Tag, TaggedToken, bit, mixed,
};

/// What a noun phrase is made of, before its noun.
const INSIDE: Set = bit(ADJECTIVE)
    | bit(COMPARATIVE)
    | bit(SUPERLATIVE)
    | bit(NOUN)
    | bit(PLURAL)
    | bit(NAME)
    | bit(NUMBER)
    | bit(ADVERB)
    | bit(PARTICIPLE)
    | bit(GERUND)
    | bit(MARK);

/// What may be the head of a noun phrase.
const HEADS: Set = bit(NOUN) | bit(PLURAL) | bit(NAME) | bit(NUMBER) | bit(PRONOUN) | bit(DETERMINER) | bit(THERE);

const NOUNS: Set = bit(NOUN) | bit(PLURAL) | bit(NAME);

/// What a form is chosen among: the tags of words with forms, and these.
pub const WERE: usize = 13;
/// `this`, `that` before a noun.
pub const THIS: usize = 14;
/// `these`, `those`.
pub const THESE: usize = 15;
/// `he`, `they`.
pub const SUBJECT: usize = 16;
/// `him`, `them`.
pub const OBJECT: usize = 17;
/// `a`, `an`.
pub const A: usize = 18;
/// `the`.
pub const THE: usize = 19;
/// No article before a noun phrase that has no other determiner.
pub const BARE: usize = 20;
/// `to` before an infinitive.
pub const INFINITIVE: usize = 21;
/// No `to` before it.
pub const BARE_INFINITIVE: usize = 22;
/// A finite verb in the singular, told by its subject.
pub const SINGULAR_VERB: usize = 23;
/// One in the plural.
pub const PLURAL_VERB: usize = 24;
/// How many choices there are; choice 0 is [`ADVERB`].
pub const CHOICES: usize = 25;

/// The choices that a word in lower case stands for, a bit each, when it may have the tags `may`.
pub fn choices(low: &[u8], may: Set) -> Set {
    match low {
        b"were" | b"weren't" => 1 << WERE,
        b"was" | b"wasn't" | b"did" => bit(PAST),
        b"had" => bit(PAST) | bit(PARTICIPLE),
        b"is" | b"has" | b"does" | b"isn't" | b"hasn't" | b"doesn't" => bit(THIRD),
        b"are" | b"am" | b"aren't" | b"haven't" | b"don't" => bit(PRESENT),
        b"have" | b"do" => bit(PRESENT) | bit(BASE),
        b"be" => bit(BASE),
        b"been" | b"done" => bit(PARTICIPLE),
        b"this" | b"that" => 1 << THIS,
        b"these" | b"those" => 1 << THESE,
        b"he" | b"she" | b"they" | b"we" | b"i" => 1 << SUBJECT,
        b"him" | b"them" | b"us" | b"me" => 1 << OBJECT,
        b"her" => 1 << OBJECT,
        b"a" | b"an" => 1 << A,
        b"the" => 1 << THE,
        b"to" => 1 << INFINITIVE,
        _ => {
            let verbs_and_nouns = may & 0x1ff6;
            verbs_and_nouns | u32::from(may >> ADVERB & 1 == 1)
        }
    }
}

/// The finite verbs among the choices.
pub const FINITE: Set = bit(THIRD) | bit(PRESENT) | bit(PAST) | 1 << WERE;

/// The number of the finite verb `low` as a choice, where it is one of `choices` and its form shows it.
pub fn verb_number(low: &[u8], choices: Set) -> Option<usize> {
    match (choices & bit(THIRD) != 0, choices & (bit(PRESENT) | 1 << WERE) != 0) {
        _ if matches!(low, b"was" | b"wasn't") => Some(SINGULAR_VERB),
        (true, false) => Some(SINGULAR_VERB),
        (false, true) => Some(PLURAL_VERB),
        _ => None,
    }
}

/// Adds the features that tell whether the verb at token `at` is in the singular or plural: of its subject alone.
pub fn number_features(words: &[TaggedToken], tags: &[Tag], at: usize, out: &mut Vec<u64>) {
    let subject = subject(words, tags, at);
    let tag = |place: Option<usize>| place.map_or(0, |place| u64::from(tags[place]));
    let word = |place: Option<usize>| {
        place.and_then(|place| words.get(place)).map_or(u64::from(EDGE), |word| u64::from(word.key))
    };
    let (head, near, link) = (tag(subject.head), tag(subject.near), u64::from(subject.link));
    let (opener, opener_tag) = (u64::from(subject.opener), u64::from(subject.opener_tag));
    let how = u64::from(subject.relative) << 1 ^ u64::from(subject.comma);
    // What opens the phrase of the head, and what is before that.
    let mut open = subject.head.unwrap_or(at);
    let head_at = open;
    while open > 0 && head_at - open < 5 && is(tags[open - 1], INSIDE) {
        open -= 1;
    }
    let determiner = word(open.checked_sub(1));
    let before = word(open.checked_sub(2));
    let before_tag = tag(open.checked_sub(2));
    let counted = (open..head_at).find(|&place| tags[place] == NUMBER).map_or(0, |place| u64::from(words[place].key));
    let head_word = word(subject.head);
    let ahead = noun_ahead(tags, at + 1);
    let (ahead_tag, ahead_word) = (tag(ahead), word(ahead));
    let next = word(Some(at + 1));
    let is_there = u64::from(head == u64::from(THERE));
    out.extend([
        mixed(201, head, how, 0),
        mixed(202, head, link, near),
        mixed(203, head_word, 0, 0),
        mixed(204, head_word, link, near),
        mixed(205, head, opener_tag, link),
        mixed(206, head, opener, near),
        mixed(207, determiner, head, link),
        mixed(208, determiner, head_word, 0),
        mixed(209, determiner, before, head),
        mixed(210, determiner, before_tag, head << 8 | near),
        mixed(211, counted, head, near),
        mixed(212, how, determiner, head << 8 | near),
        mixed(213, how, head, word(subject.head.and_then(|place| place.checked_sub(1)))),
        mixed(214, how, link, head << 8 | near),
        mixed(215, is_there, ahead_tag, next),
        mixed(216, is_there, ahead_tag, 0),
        mixed(217, is_there, ahead_word, next),
    ]);
}

/// Whether a noun phrase starts at token `at` that has no article and no other determiner.
pub fn is_bare_phrase(tags: &[Tag], at: usize) -> bool {
    let opens = bit(NOUN) | bit(PLURAL) | bit(ADJECTIVE) | bit(COMPARATIVE) | bit(SUPERLATIVE);
    let inside = INSIDE | bit(DETERMINER) | bit(POSSESSIVE) | bit(BEFORE_DETERMINER);
    let before = at.checked_sub(1).and_then(|at| tags.get(at)).copied().unwrap_or(NONE);
    tags.get(at).is_some_and(|&tag| is(tag, opens)) && !is(before, inside) && noun_ahead(tags, at).is_some()
}

/// What the regular forms of a word share, as a number: `make`, `makes` and `making` have one.
pub fn stem(low: &[u8]) -> u32 {
    match low {
        b"is" | b"are" | b"was" | b"were" | b"be" | b"been" | b"being" | b"am" => return 1,
        b"has" | b"have" | b"had" | b"having" => return 2,
        b"does" | b"do" | b"did" | b"done" | b"doing" => return 3,
        b"isn't" | b"aren't" | b"wasn't" | b"weren't" => return 4,
        b"hasn't" | b"haven't" => return 5,
        b"doesn't" | b"don't" => return 6,
        _ => {}
    }
    let endings: [&[u8]; 7] = [b"ing", b"ied", b"ies", b"ed", b"es", b"ly", b"s"];
    let mut stem = low;
    for ending in endings {
        if let Some(rest) = low.strip_suffix(ending)
            && rest.len() > 2
        {
            stem = rest;
            break;
        }
    }
    let stem =
        stem.strip_suffix(b"e").or_else(|| stem.strip_suffix(b"y")).or_else(|| stem.strip_suffix(b"i")).unwrap_or(stem);
    let stem = match stem {
        [rest @ .., a, b] if a == b && !matches!(a, b's' | b'l') && rest.len() > 1 => &stem[..stem.len() - 1],
        _ => stem,
    };
    key(stem)
}

/// Whose verb is at a place, as far as tags tell.
#[derive(Clone, Copy, Debug, Default)]
struct VerbSubject {
    /// The noun or pronoun nearest to it.
    near: Option<usize>,
    /// The noun that it depends on: `results` of `the results of the survey`.
    head: Option<usize>,
    /// What is between the two: `of`.
    link: WordKey,
    /// A word such as `who` is between.
    relative: WordKey,
    /// What is before the noun phrase.
    opener: WordKey,
    opener_tag: Tag,
    comma: bool,
}

fn is(tag: Tag, set: Set) -> bool {
    set >> tag & 1 == 1
}

fn subject(words: &[TaggedToken], tags: &[Tag], at: usize) -> VerbSubject {
    let mut found = VerbSubject::default();
    let mut j = at;
    for _ in 0..6 {
        let Some(before) = j.checked_sub(1) else { return found };
        j = before;
        match tags[j] {
            COMMA => found.comma = true,
            ADVERB => {}
            RELATIVE if found.relative == 0 => found.relative = words[j].key,
            _ => break,
        }
    }
    if !is(tags[j], HEADS) {
        found.opener = words[j].key;
        found.opener_tag = tags[j];
        return found;
    }
    found.near = Some(j);
    for _ in 0..4 {
        found.head = Some(j);
        let mut k = j;
        while k > 0 && is(tags[k - 1], INSIDE | bit(DETERMINER) | bit(POSSESSIVE) | bit(BEFORE_DETERMINER)) {
            k -= 1;
        }
        found.opener = k.checked_sub(1).map_or(EDGE, |at| words[at].key);
        found.opener_tag = k.checked_sub(1).map_or(NONE, |at| tags[at]);
        if k < 2 || !matches!(tags[k - 1], PREPOSITION | TO) {
            break;
        }
        let mut m = k - 2;
        for _ in 0..2 {
            if m > 0 && matches!(tags[m], PARTICIPLE | GERUND | PAST | ADVERB | ADJECTIVE) {
                m -= 1;
            }
        }
        if !is(tags[m], NOUNS | bit(NUMBER) | bit(DETERMINER)) {
            break;
        }
        found.link = words[k - 1].key;
        j = m;
    }
    found
}

/// The noun at which the noun phrase that starts at token `at` ends.
fn noun_ahead(tags: &[Tag], at: usize) -> Option<usize> {
    let mut last = None;
    for (place, &tag) in tags.iter().enumerate().skip(at).take(6) {
        if is(tag, bit(NOUN) | bit(PLURAL) | bit(NAME)) {
            last = Some(place);
        } else if !is(tag, INSIDE | bit(DETERMINER) | bit(POSSESSIVE)) || last.is_some() {
            break;
        }
    }
    last
}

/// Adds the features that tell which form is at token `at`: none of them looks at the word there but for its `stem`.
pub fn form_features(words: &[TaggedToken], tags: &[Tag], at: usize, stem: Option<u32>, out: &mut Vec<u64>) {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).unwrap_or(&OUTSIDE);
    let tag = |at: Option<usize>| u64::from(at.and_then(|at| tags.get(at)).copied().unwrap_or(NONE));
    let k = |word: &TaggedToken| u64::from(word.key);
    let before = |back: usize| at.checked_sub(back);
    let (l1, l2, l3) = (k(word(before(1))), k(word(before(2))), k(word(before(3))));
    let (r1, r2) = (k(word(Some(at + 1))), k(word(Some(at + 2))));
    let (t1, t2, t3) = (tag(before(1)), tag(before(2)), tag(before(3)));
    let (u1, u2, u3) = (tag(Some(at + 1)), tag(Some(at + 2)), tag(Some(at + 3)));
    out.extend([
        mixed(101, 0, 0, 0),
        mixed(102, l1, 0, 0),
        mixed(103, l2, 0, 0),
        mixed(104, r1, 0, 0),
        mixed(105, r2, 0, 0),
        mixed(106, t1, 0, 0),
        mixed(107, u1, 0, 0),
        mixed(108, t1, t2, 0),
        mixed(109, u1, u2, 0),
        mixed(110, t1, u1, 0),
        mixed(111, l1, r1, 0),
        mixed(112, l2, l1, 0),
        mixed(113, r1, r2, 0),
        mixed(114, l1, u1, 0),
        mixed(115, t1, r1, 0),
        mixed(116, t1, t2, t3),
        mixed(117, t2, t1, u1),
        mixed(118, t1, u1, u2),
        mixed(119, l1, u1, u2),
        mixed(120, l3, l2, l1),
        mixed(121, l2, l1, u1),
        mixed(122, u1, u2, u3),
        mixed(123, l2, t1, u1),
    ]);
    // Before a noun: what opens its phrase.
    let mut open = at;
    while open > 0 && at - open < 5 && is(tags[open - 1], INSIDE) {
        open -= 1;
    }
    let d = |back: usize| k(word(open.checked_sub(back)));
    let counted = (open..at).find(|&place| tags[place] == NUMBER).map_or(0, |place| k(&words[place]));
    let compound = u64::from(u1 == u64::from(NOUN) || u1 == u64::from(PLURAL));
    out.extend([
        mixed(130, d(1), compound, 0),
        mixed(131, d(1), d(2), compound),
        mixed(132, d(1), d(2), d(3)),
        mixed(133, counted, compound, 0),
        mixed(134, counted, d(1), compound),
        mixed(135, d(1), u1, counted),
    ]);
    // Before a verb: its subject.
    let subject = subject(words, tags, at);
    let number = |place: Option<usize>| place.map_or(0, |place| u64::from(tags[place]));
    let subject_word = subject.head.map_or(0, |place| k(&words[place]));
    let relative = u64::from(subject.relative) ^ u64::from(subject.comma);
    let link = u64::from(subject.link);
    let (head, near) = (number(subject.head), number(subject.near));
    let place = relative << 8 | head;
    out.extend([
        mixed(140, near, relative, u1),
        mixed(141, place, link, near),
        mixed(142, place, u64::from(subject.opener), 0),
        mixed(143, place, u64::from(subject.opener_tag), link),
        mixed(144, subject_word, relative, link),
        mixed(145, subject_word, u1, 0),
        mixed(146, place, u1, r1),
        mixed(147, place, u64::from(subject.opener_tag), u1),
    ]);
    // Behind it: what `there is` tells of, what `these` goes with.
    let ahead = noun_ahead(tags, at + 1);
    let behind = ahead.map_or(0, |place| k(word(Some(place + 1))));
    let (ahead_tag, ahead_word) = (number(ahead), ahead.map_or(0, |place| k(&words[place])));
    out.extend([
        mixed(150, ahead_tag, t1, r1),
        mixed(151, ahead_tag, ahead_word, 0),
        mixed(152, ahead_tag, l1, 0),
        mixed(153, ahead_tag, t1, u1),
        mixed(154, ahead_word, l1, 0),
        mixed(155, ahead_tag, l2, l1),
        mixed(156, ahead_word, u1, behind),
        mixed(157, ahead_tag, behind, t1),
        mixed(158, ahead_tag, l1, behind),
    ]);
    if let Some(stem) = stem.map(u64::from) {
        out.extend([
            mixed(160, stem, 0, 0),
            mixed(161, stem, l1, 0),
            mixed(162, stem, t1, 0),
            mixed(163, stem, u1, 0),
            mixed(164, stem, r1, 0),
            mixed(165, stem, d(1), 0),
            mixed(166, stem, place, link),
            mixed(167, stem, head, ahead_tag),
        ]);
    }
}
