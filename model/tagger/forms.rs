//! Learning which form of a word stands between which words: a logistic regression over all forms (FTRL-Proximal), of
//! features that do not look at the word itself.

use std::collections::BTreeMap;

use crate::Words;
use crate::choices::{
    A, BARE, BARE_INFINITIVE, CHOICES, INFINITIVE, OBJECT, PLURAL_VERB, SINGULAR_VERB, SUBJECT, THE, THESE, THIS, WERE,
    choices, form_features, is_bare_phrase, number_features, stem, verb_number,
};
use crate::context::mix;
use crate::table::Table;
use crate::perceptron;
use crate::tags::{ADVERB, BASE, DETERMINER, GERUND, NOUN, PLURAL, PRONOUN, SUPERLATIVE, Seen, Set, TO, Tag, bit};

/// Decisions of the tagger come before those of forms.
pub const FIRST: u32 = 64;

/// Rows of weights, a power of two.
const ROWS: usize = 1 << 21;
/// Fewest places that have a feature.
const FEWEST: u8 = 6;
const ALPHA: f32 = 0.15;
const BETA: f32 = 1.0;
const L1: f32 = 0.6;
const L2: f32 = 1.0;

/// What word `low` is chosen as where it has this tag; `None` where it is no choice.
fn choice(low: &[u8], tag: Tag) -> Option<usize> {
    let of_verb = |set: Set| (set >> tag & 1 == 1).then_some(tag as usize);
    match low {
        b"a" | b"an" => (tag == DETERMINER).then_some(A),
        b"the" => Some(THE),
        b"to" => (tag == TO).then_some(INFINITIVE),
        b"were" | b"weren't" => Some(WERE),
        b"this" | b"that" => (tag == DETERMINER).then_some(THIS),
        b"these" | b"those" => (tag == DETERMINER).then_some(THESE),
        b"he" | b"she" | b"they" | b"we" | b"i" => Some(SUBJECT),
        b"him" | b"them" | b"us" | b"me" => Some(OBJECT),
        b"her" => (tag == PRONOUN).then_some(OBJECT),
        b"has" | b"is" | b"was" | b"does" | b"are" | b"am" | b"be" | b"been" | b"being" | b"have" | b"had" | b"do"
        | b"did" | b"done" => of_verb(choices(low, 0) | bit(GERUND)),
        _ => match tag {
            ADVERB => Some(0),
            NOUN | PLURAL | BASE..=SUPERLATIVE => Some(tag as usize),
            _ => None,
        },
    }
}

type Sums = [[f32; 2]; CHOICES];

pub struct Chooser {
    /// How often features are seen, at most 255 times.
    counts: Vec<u8>,
    rows: Vec<Sums>,
    /// The feature whose row it is, and how often it was seen.
    owners: Vec<(u64, u32)>,
    /// Places that were learned from.
    place: u64,
}

/// The sentences of all files of a folder.
pub fn sentences(folder: &str) -> impl Iterator<Item = Vec<(Vec<u8>, bool)>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| !path.to_string_lossy().contains("no-apostrophes")).flat_map(|path| {
        let text = std::fs::read(path).expect("a file");
        let lines: Vec<Vec<(Vec<u8>, bool)>> =
            text.split(|&byte| byte == b'\n').filter(|line| line.len() > 30).map(words).collect();
        lines
    })
}

fn words(line: &[u8]) -> Vec<(Vec<u8>, bool)> {
    let tokens = line.split(|&byte| byte == b' ').filter(|token| !token.is_empty());
    tokens
        .map(|token| match token {
            [b'^', rest @ ..] if !rest.is_empty() => (rest.to_vec(), true),
            _ => (token.to_vec(), false),
        })
        .collect()
}

/// Whether an infinitive without `to` stands at token `at`.
fn is_infinitive(tags: &[Tag], at: usize) -> bool {
    tags.get(at) == Some(&BASE) && at.checked_sub(1).and_then(|at| tags.get(at)) != Some(&TO)
}

/// What is missing before token `at`, as a choice: an article or `to`.
fn bare(tags: &[Tag], at: usize) -> Option<usize> {
    if is_bare_phrase(tags, at) {
        return Some(BARE);
    }
    is_infinitive(tags, at).then_some(BARE_INFINITIVE)
}

/// The sentence with a place where a word may be missing, before token `at`.
fn with_gap(seen: &[Seen], tags: &[Tag], at: usize) -> (Vec<Seen>, Vec<Tag>) {
    let (mut seen, mut tags) = (seen.to_vec(), tags.to_vec());
    seen.insert(at, seen[at]);
    tags.insert(at, DETERMINER);
    (seen, tags)
}

fn weight([z, n]: [f32; 2]) -> f32 {
    if z.abs() <= L1 { 0.0 } else { -(z - z.signum() * L1) / ((BETA + n.sqrt()) / ALPHA + L2) }
}

impl Chooser {
    pub fn new() -> Self {
        Self { counts: vec![0; 1 << 26], rows: vec![[[0.0; 2]; CHOICES]; ROWS], owners: vec![(0, 0); ROWS], place: 0 }
    }

    /// Counts the features of a sentence, or learns from it.
    pub fn learn(&mut self, sentence: &[(Vec<u8>, bool)], seen: &[Seen], tags: &[Tag], counting: bool) {
        let mut features = Vec::new();
        for at in 0..seen.len() {
            let (low, capital) = &sentence[at];
            if *capital && at > 0 {
                continue;
            }
            if let Some(truth) = choice(low, tags[at]) {
                // Half of the places are learned from without the stem, which would speak for irregular forms.
                self.place += 1;
                let with_stem = truth < THIS && mix(self.place) & 1 == 0;
                features.clear();
                form_features(seen, tags, at, with_stem.then(|| stem(low)), &mut features);
                self.example(truth, &features, counting);
                if let Some(number) = verb_number(low, 1 << truth) {
                    features.clear();
                    number_features(seen, tags, at, &mut features);
                    self.example(number, &features, counting);
                }
            }
            if let Some(truth) = bare(tags, at) {
                let (seen, tags) = with_gap(seen, tags, at);
                features.clear();
                form_features(&seen, &tags, at, None, &mut features);
                self.example(truth, &features, counting);
            }
        }
    }

    fn example(&mut self, truth: usize, features: &[u64], counting: bool) {
        if counting {
            for &feature in features {
                let count = &mut self.counts[(mix(feature) >> 38) as usize];
                *count = count.saturating_add(1);
            }
            return;
        }
        let mut places = [0usize; 64];
        let mut known = 0;
        for &feature in features {
            let place = feature as usize & (ROWS - 1);
            if self.counts[(mix(feature) >> 38) as usize] < FEWEST {
                continue;
            }
            let owner = &mut self.owners[place];
            if owner.1 == 0 {
                owner.0 = feature;
            }
            if owner.0 == feature {
                owner.1 += 1;
                places[known] = place;
                known += 1;
            }
        }
        let mut scores = [0f32; CHOICES];
        for &place in &places[..known] {
            for (score, sums) in scores.iter_mut().zip(&self.rows[place]) {
                *score += weight(*sums);
            }
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut all = 0.0;
        for score in &mut scores {
            *score = (*score - most).exp();
            all += *score;
        }
        for (number, score) in scores.iter().enumerate() {
            let gradient = score / all - f32::from(u8::from(number == truth));
            if gradient.abs() < 0.001 {
                continue;
            }
            for &place in &places[..known] {
                let sums = &mut self.rows[place][number];
                let now = weight(*sums);
                let n = sums[1] + gradient * gradient;
                sums[0] += gradient - (n.sqrt() - sums[1].sqrt()) / ALPHA * now;
                sums[1] = n;
            }
        }
    }

    /// Feature, decision, weight, how often it was seen.
    pub fn entries(&self) -> Vec<(u64, u32, f32, u32)> {
        let mut entries = Vec::new();
        for (row, &(feature, count)) in self.rows.iter().zip(&self.owners) {
            let weights =
                row.iter().enumerate().map(|(number, sums)| (feature, FIRST + number as u32, weight(*sums), count));
            entries.extend(weights.filter(|entry| entry.2.abs() > 0.05));
        }
        entries
    }
}

/// Forms that are taken for one another, as choices.
const PAIRS: [(usize, usize); 23] = [
    (1, 2),
    (2, 1),
    (4, 6),
    (6, 5),
    (5, 6),
    (4, 7),
    (7, 13),
    (13, 7),
    (8, 4),
    (4, 9),
    (0, 10),
    (10, 0),
    (14, 15),
    (16, 17),
    (A, BARE),
    (THE, BARE),
    (A, THE),
    (BARE, A),
    (BARE, THE),
    (INFINITIVE, BARE_INFINITIVE),
    (BARE_INFINITIVE, INFINITIVE),
    (SINGULAR_VERB, PLURAL_VERB),
    (PLURAL_VERB, SINGULAR_VERB),
];

/// For each pair of forms and each margin: how many places in ten thousand would be called wrong, and how many in a hundred
/// planted slips would be found.
pub fn report(folder: &str, held: bool, words: &Words, packed: &Table) -> String {
    let mut counts: BTreeMap<(usize, usize), ([u32; 9], [u32; 9], u32)> = BTreeMap::new();
    let mut features = Vec::new();
    let numbered = sentences(folder).enumerate().filter(|(number, _)| !held || number % 20 == 19);
    for (_, sentence) in numbered {
        let seen = words.sentence(&sentence);
        let tags = perceptron::tag(&seen, |f, t| packed.weight(f, u32::from(t)));
        for at in 0..seen.len() {
            let (low, capital) = &sentence[at];
            if *capital {
                continue;
            }
            let chosen = choice(low, tags[at]);
            let verb = chosen.and_then(|truth| verb_number(low, 1 << truth));
            for truth in [chosen, verb, bare(&tags, at)].into_iter().flatten() {
                features.clear();
                match truth {
                    SINGULAR_VERB | PLURAL_VERB => number_features(&seen, &tags, at, &mut features),
                    BARE | BARE_INFINITIVE => {
                        let (seen, tags) = with_gap(&seen, &tags, at);
                        form_features(&seen, &tags, at, None, &mut features);
                    }
                    _ => form_features(&seen, &tags, at, None, &mut features),
                }
                let score =
                    |choice: usize| features.iter().map(|&f| packed.weight(f, FIRST + choice as u32)).sum::<f32>();
                let own = score(truth);
                for &(a, b) in PAIRS.iter().filter(|pair| pair.0 == truth) {
                    let margin = own - score(b);
                    let (wrong, found, all) = counts.entry((a, b)).or_default();
                    *all += 1;
                    for m in 0..9 {
                        wrong[m] += u32::from(margin < -(m as f32 + 1.0));
                        found[m] += u32::from(margin > m as f32 + 1.0);
                    }
                }
            }
        }
    }
    let mut out = String::new();
    for ((a, b), (wrong, found, all)) in counts {
        let rate = |counts: [u32; 9], of: f64| {
            counts.map(|count| format!("{:6.1}", f64::from(count) * of / f64::from(all))).join("")
        };
        out += &format!("{a:2} for {b:2} ({all:6}): wrong {} found {}\n", rate(wrong, 10_000.0), rate(found, 100.0));
    }
    out
}
