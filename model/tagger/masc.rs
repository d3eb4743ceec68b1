//! Reading MASC: words with their tags, put together as stories are cut into words.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::Words;
use crate::context::{Key, key};
use crate::perceptron;
use crate::tags::{self, Set, Tag, bit};

/// A sentence with its tags.
pub struct Tagged {
    pub words: Vec<(Vec<u8>, bool)>,
    pub tags: Vec<Tag>,
    pub news: bool,
}

/// The sentences of all documents, and those of every tenth one, which are held out.
pub fn read(folder: &str) -> (Vec<Tagged>, Vec<Tagged>) {
    let list = std::fs::read_to_string(format!("{folder}/categories.txt")).expect("the list of documents");
    let mut documents: Vec<(&str, &str)> = list.lines().filter_map(|line| line.rsplit_once(' ')).collect();
    documents.sort_unstable();
    let (mut learned, mut held) = (Vec::new(), Vec::new());
    for (number, (name, kind)) in documents.into_iter().enumerate() {
        let Ok(text) = std::fs::read(format!("{folder}/{name}")) else { continue };
        let text = String::from_utf8_lossy(&text);
        let into = if number % 10 == 9 { &mut held } else { &mut learned };
        into.extend(text.lines().map(|line| sentence(line, kind == "newspaper")).filter(|it| !it.words.is_empty()));
    }
    (learned, held)
}

fn sentence(line: &str, news: bool) -> Tagged {
    let mut tagged = Tagged { words: Vec::new(), tags: Vec::new(), news };
    for (word, tag) in line.split_whitespace().filter_map(|token| token.rsplit_once('_')) {
        let capital = word.starts_with(|c: char| c.is_uppercase());
        let low = word.to_lowercase().replace(['’', '‘'], "'");
        let low = if matches!(&*low, "''" | "``" | "“" | "”") { "\"".to_owned() } else { low };
        let Some(tag) = tag_of(tag, &low) else { continue };
        let joins = matches!(&*low, "n't" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m");
        if let (true, Some(last), Some(last_tag)) = (joins, tagged.words.last_mut(), tagged.tags.last_mut())
            && last.0[0].is_ascii_alphabetic()
        {
            last.0.extend(low.bytes());
            *last_tag = match (&*low, tag) {
                ("n't", _) => *last_tag,
                (_, tags::POSSESSIVE) => tags::POSSESSIVE,
                _ => tags::SHORT,
            };
            continue;
        }
        if !low.is_empty() {
            tagged.words.push((low.into_bytes(), capital));
            tagged.tags.push(tag);
        }
    }
    tagged
}

fn tag_of(name: &str, low: &str) -> Option<Tag> {
    if low.starts_with(|c: char| c.is_ascii_punctuation()) && low.len() < 3 && name != "POS" {
        return Some(match low {
            "." | "!" | "?" => tags::STOP,
            "," => tags::COMMA,
            "%" => tags::NOUN,
            "&" => tags::CONJUNCTION,
            _ => tags::MARK,
        });
    }
    Some(match name {
        "NN" | "FW" => tags::NOUN,
        "NNS" => tags::PLURAL,
        "NNP" | "NNPS" => tags::NAME,
        "VB" => tags::BASE,
        "VBP" => tags::PRESENT,
        "VBZ" => tags::THIRD,
        "VBD" => tags::PAST,
        "VBN" => tags::PARTICIPLE,
        "VBG" => tags::GERUND,
        "JJ" => tags::ADJECTIVE,
        "JJR" => tags::COMPARATIVE,
        "JJS" => tags::SUPERLATIVE,
        "RB" | "RBR" | "RBS" => tags::ADVERB,
        "MD" => tags::MODAL,
        "IN" => tags::PREPOSITION,
        "DT" => tags::DETERMINER,
        "PRP" => tags::PRONOUN,
        "PRP$" | "POS" | "WP$" => tags::POSSESSIVE,
        "CC" => tags::CONJUNCTION,
        "CD" | "LS" => tags::NUMBER,
        "TO" => tags::TO,
        "WDT" | "WP" => tags::RELATIVE,
        "WRB" => tags::WHEN,
        "EX" => tags::THERE,
        "RP" => tags::PARTICLE,
        "UH" => tags::EXCLAMATION,
        "PDT" => tags::BEFORE_DETERMINER,
        "." | "..." => tags::STOP,
        "," => tags::COMMA,
        ":" | "(" | ")" | "''" | "``" | "\"" | "'" | "-" | "#" | "$" | "SYM" => tags::MARK,
        _ => return None,
    })
}

/// Fewest occurrences of a word whose tags are kept.
const FEWEST: u32 = 8;

/// The tags of common words: those that a word had more than once in a hundred times, and what the dictionary adds for
/// words that are not so common.
pub fn known(sentences: &[Tagged], forms: &HashMap<Vec<u8>, u16>) -> HashMap<Key, Set> {
    let mut counts: BTreeMap<&[u8], [u32; tags::TAGS]> = BTreeMap::new();
    for sentence in sentences {
        for ((low, capital), &tag) in sentence.words.iter().zip(&sentence.tags) {
            if !(*capital && tag == tags::NAME) {
                counts.entry(low).or_insert([0; tags::TAGS])[tag as usize] += 1;
            }
        }
    }
    let mut known = HashMap::new();
    for (low, counts) in counts {
        let all: u32 = counts.iter().sum();
        let dictionary = forms.get(low).copied().unwrap_or(0);
        if all < FEWEST || !low[0].is_ascii_alphabetic() || low.contains(&b'@') {
            continue;
        }
        let often = |count: u32| count * 100 > all && count > 1;
        let mut set = counts
            .iter()
            .enumerate()
            .filter(|(_, count)| often(**count))
            .fold(0, |set, (tag, _)| set | bit(tag as Tag));
        if all < 25 {
            set |= tags::tags_of(dictionary);
        }
        known.insert(key(low), set);
    }
    known
}

/// All words of these sentences.
pub fn vocabulary(sentences: &[Tagged]) -> HashSet<Vec<u8>> {
    sentences.iter().flat_map(|sentence| &sentence.words).map(|(low, _)| low.clone()).collect()
}

/// How many words get the tag that they have, in all, of those that were learned from and of the others, and in news.
pub fn score(
    held: &[Tagged],
    words: &Words,
    vocabulary: &HashSet<Vec<u8>>,
    weight: impl Fn(u64, Tag) -> f32 + Copy,
) -> String {
    let mut counts = [[0u32; 2]; 4];
    let mut wrong: BTreeMap<(Tag, Tag), u32> = BTreeMap::new();
    for sentence in held {
        let tagged = perceptron::tag(&words.sentence(&sentence.words), weight);
        for (at, (low, _)) in sentence.words.iter().enumerate() {
            let right = tagged[at] == sentence.tags[at];
            let kinds = [true, vocabulary.contains(low), !vocabulary.contains(low), sentence.news];
            for (count, _) in counts.iter_mut().zip(kinds).filter(|(_, is)| *is) {
                count[usize::from(right)] += 1;
            }
            if !right {
                *wrong.entry((sentence.tags[at], tagged[at])).or_default() += 1;
            }
        }
    }
    let share = |count: [u32; 2]| {
        format!("{:.2} % of {}", 100.0 * f64::from(count[1]) / f64::from(count[0] + count[1]), count[0] + count[1])
    };
    let mut most: Vec<_> = wrong.into_iter().map(|(pair, count)| (count, pair)).collect();
    most.sort_unstable_by(|a, b| b.cmp(a));
    most.truncate(12);
    let [all, seen, unseen, news] = counts.map(share);
    format!("{all}, known {seen}, unknown {unseen}, news {news}; {most:?}")
}
