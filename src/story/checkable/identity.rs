//! When two places hold the same fact, and what a fact is called.

use std::collections::{HashMap, HashSet};

use super::{Fact, FactKind, FoundFact};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::story::Story;
use crate::story::evidence::stem;
use crate::text::{mix, single_spaced};

/// Letters and digits of an id: none that are mistaken for each other.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Characters of an id.
const LENGTH: usize = 7;

/// With so many facts of the same words a place is compared, the last ones: a bound on stories that say one thing in
/// thousands of sentences.
const MOST_ALIKE: usize = 64;

/// Brings the places of a story together into facts, in the order of their first places.
pub(super) fn facts(story: &Story, found: Vec<FoundFact>) -> Vec<Fact> {
    let mut facts: Vec<(Fact, HashSet<String>, bool)> = Vec::new();
    let mut by_key: HashMap<(FactKind, String), Vec<usize>> = HashMap::new();
    for found in found {
        let written = single_spaced(story.slice(found.passage));
        let words = found.words.clone().unwrap_or_else(|| written.clone());
        let key = found.key.clone().unwrap_or_else(|| plain_key(&words));
        let sentence = sentence_of(story, found.kind, found.passage);
        let around: Vec<String> = content_words(&sentence).iter().map(|word| stem(word)).collect();
        let outside = is_outside(story.paragraph(found.passage.paragraph()).kind);
        let alike = by_key.entry((found.kind, alike_key(found.kind, &key))).or_default();
        let last = alike.len().saturating_sub(MOST_ALIKE);
        let same = alike[last..].iter().copied().find(|&at| {
            let (_, known, beside) = &facts[at];
            let shared = || around.iter().filter(|word| known.contains(*word)).count();
            let is_one = match found.kind {
                FactKind::Age => found.person.is_some() && found.person == facts[at].0.person,
                FactKind::Figure => is_rare(&key),
                kind => kind.is_same_everywhere(),
            };
            let is_outcome = matches!(found.kind, FactKind::Vote | FactKind::Score);
            is_one || shared() >= if outside || *beside || is_outcome { 2 } else { 4 }
        });
        if let Some(at) = same {
            let (fact, known, _) = &mut facts[at];
            fact.places.push(found.passage);
            fact.person = fact.person.or(found.person);
            if fact.meaning.is_none() {
                fact.meaning = found.meaning;
            }
            known.extend(around);
            continue;
        }
        alike.push(facts.len());
        let sourced = is_sourced(story, found.kind, found.passage);
        let fact = Fact {
            id: String::new(),
            kind: found.kind,
            words,
            sentence,
            places: vec![found.passage],
            person: found.person,
            meaning: found.meaning,
            sourced,
            marked: false,
        };
        facts.push((fact, around.into_iter().collect(), outside));
    }
    let mut facts: Vec<Fact> = facts.into_iter().map(|(fact, ..)| fact).collect();
    name(&mut facts);
    mark(story, &mut facts);
    facts
}

/// A key in which what is counted is the same in the singular and the plural, `412 spaces` and `a 412-space building`, and so
/// is who belongs to a people or a party.
fn alike_key(kind: FactKind, key: &str) -> String {
    match kind {
        FactKind::Figure => key.split(' ').map(stem).collect::<Vec<_>>().join(" "),
        FactKind::Place | FactKind::Organisation if !key.contains(' ') => stem(key),
        _ => key.to_owned(),
    }
}

/// Whether a figure is so exact that a story which has it twice says the same twice: `412 spaces`, `$643,218`.
fn is_rare(key: &str) -> bool {
    let digits: String = key.chars().take_while(|c| !c.is_whitespace()).filter(char::is_ascii_digit).collect();
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    digits.trim_matches('0').len() >= 3 && !is_year
}

/// Gives each fact its id.
fn name(facts: &mut [Fact]) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for fact in facts {
        let key = fact.key();
        let mut number = hash(format!("{}\n{key}", fact.kind).as_bytes());
        if !fact.kind.is_same_everywhere() {
            // The longest words of the sentence tell it from others with the same words, and outlive most edits of it.
            let mut around = content_words(&fact.sentence);
            around.retain(|word| !key.contains(word.as_str()));
            around.sort_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
            around.dedup();
            around.iter().take(3).for_each(|word| number = mix(number, hash(word.as_bytes())));
        }
        let again = taken.entry(letters(number)).or_default();
        *again += 1;
        fact.id = match *again {
            1 => letters(number),
            count => letters(mix(number, hash(&count.to_le_bytes()))),
        };
    }
}

/// A hash of all bytes of a text, the same in every version of copydesk: FNV-1a, by Fowler, Noll and Vo.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn letters(mut number: u64) -> String {
    let mut id = String::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        id.push(char::from(LETTERS[(number % 32) as usize]));
        number /= 32;
    }
    id
}

/// Lower case, without marks and with single spaces: by what words are compared.
pub(crate) fn plain_key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let start = key.len();
        let keeps = |c: &char| c.is_alphanumeric() || matches!(c, '%' | '$' | '€' | '£' | '-' | '.' | '/' | '@');
        let folded = word.chars().map(|c| if matches!(c, '–' | '—') { '-' } else { c });
        key.extend(folded.filter(keeps).flat_map(char::to_lowercase));
        while key.len() > start && key.ends_with(['.', '-']) {
            key.pop();
        }
        if key.len() > start {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The words of a sentence that carry its meaning: lower case, of five letters or more, cut to what inflection leaves.
pub(crate) fn content_words(sentence: &str) -> Vec<String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
    let words = words.filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let low = words.map(|word| word.to_lowercase().chars().take(7).collect::<String>());
    let mut words: Vec<String> = low.filter(|word| !super::words::is_opener(word)).collect();
    words.sort();
    words.dedup();
    words
}

/// Whether what stands in such a block is told again in the copy.
fn is_outside(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading | BlockKind::Caption | BlockKind::Credit)
}

/// The sentence around a fact, on one line. Of a quote, the quote itself.
fn sentence_of(story: &Story, kind: FactKind, passage: Passage) -> String {
    let paragraph = story.paragraph(passage.paragraph());
    if matches!(kind, FactKind::Quote | FactKind::Caption | FactKind::Credit) {
        return single_spaced(paragraph.slice(passage.span));
    }
    let sentence = sentence(paragraph, passage);
    single_spaced(sentence.map_or(paragraph.slice(passage.span), |sentence| paragraph.slice(sentence)))
}

fn sentence(paragraph: &Paragraph, passage: Passage) -> Option<crate::text::Span> {
    paragraph.sentence_at(passage.span.start).map(|sentence| sentence.span)
}

/// Whether the sentence names somebody or something that can be asked or looked up; of a quote, whether its speaker is known.
fn is_sourced(story: &Story, kind: FactKind, passage: Passage) -> bool {
    use crate::story::source::SourceKind;
    if kind == FactKind::Quote {
        let own = story.window(passage.paragraph()..passage.paragraph() + 1).quotes;
        let quote = own.iter().find(|quote| quote.passage == passage);
        return quote.is_some_and(|quote| quote.speaker.is_some());
    }
    let sentence = sentence(story.paragraph(passage.paragraph()), passage).unwrap_or(passage.span);
    story.window(passage.paragraph()..passage.paragraph() + 1).sources.iter().any(|source| {
        source.passage.span.overlaps(sentence) && !matches!(source.kind, SourceKind::Vague | SourceKind::NoAgent)
    })
}

/// Finds the facts behind which `(CQ)` stands, newsroom shorthand for “correct, checked”.
fn mark(story: &Story, facts: &mut [Fact]) {
    for fact in facts.iter_mut().filter(|fact| !fact.kind.is_of_sentence()) {
        fact.marked = fact.places.iter().any(|place| {
            let text = &story.paragraph(place.paragraph()).text;
            let behind =
                text.get(place.span.end()..).unwrap_or_default().trim_start_matches([' ', '\u{A0}', ',', '”', '"']);
            let rest = behind.strip_prefix("(CQ)").or_else(|| behind.strip_prefix("(cq)"));
            // A mark in the middle of a name stands behind no fact.
            rest.is_some_and(|rest| !rest.trim_start().starts_with(char::is_uppercase))
        });
    }
}
