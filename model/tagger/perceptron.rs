//! The tagger's weights: an averaged perceptron, from left to right.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::Words;
use crate::context::mix;
use crate::masc::Tagged;
use crate::tags::{Seen, TAGS, Tag, tag_features};

/// For numbers that are hashes already.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

pub type Map<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// A weight: now, the sum over time, the step of its last change, and how often it changed.
#[derive(Clone, Copy, Default)]
struct Weight {
    now: f32,
    sum: f64,
    step: u32,
}

pub struct Perceptron {
    /// Feature, tag, weight.
    pub weights: Vec<(u64, Tag, f32)>,
    index: Map<f32>,
    counts: Map<u32>,
}

fn joined(feature: u64, tag: Tag) -> u64 {
    mix(feature ^ (u64::from(tag) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Tags a sentence.
pub fn tag(words: &[Seen], weight: impl Fn(u64, Tag) -> f32) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let best = if word.may.is_power_of_two() {
            word.may.trailing_zeros() as Tag
        } else {
            best(word.may, &tag_features(words, &tags, at), &weight)
        };
        tags.push(best);
    }
    tags
}

fn best(may: u32, features: &[u64], weight: impl Fn(u64, Tag) -> f32) -> Tag {
    let mut best = (f32::NEG_INFINITY, 0);
    for tag in (0..TAGS as Tag).filter(|tag| may >> tag & 1 == 1) {
        let score: f32 = features.iter().map(|&feature| weight(feature, tag)).sum();
        if score > best.0 {
            best = (score, tag);
        }
    }
    best.1
}

/// Times that the text is gone through.
const TIMES: u32 = 8;

pub fn learn(sentences: &[Tagged], words: &Words) -> Perceptron {
    let seen: Vec<Vec<Seen>> = sentences.iter().map(|sentence| words.sentence(&sentence.words)).collect();
    let mut weights: Map<(u64, Tag, Weight)> = Map::default();
    let mut counts: Map<u32> = Map::default();
    let mut step = 0u32;
    for time in 0..TIMES {
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by_key(|&at| mix((at as u64) << 8 | u64::from(time)));
        let (mut right, mut all) = (0, 0);
        for number in order {
            let (sentence, words) = (&sentences[number], &seen[number]);
            let mut tags = Vec::with_capacity(words.len());
            for at in 0..words.len() {
                step += 1;
                let truth = sentence.tags[at];
                let may = words[at].may;
                let features = tag_features(words, &tags, at);
                if time == 0 {
                    features.iter().for_each(|&feature| *counts.entry(feature).or_default() += 1);
                }
                let told = if may.is_power_of_two() {
                    may.trailing_zeros() as Tag
                } else {
                    let told = best(may, &features, |f, t| weights.get(&joined(f, t)).map_or(0.0, |it| it.2.now));
                    if told != truth && may >> truth & 1 == 1 {
                        for (tag, change) in [(truth, 1.0), (told, -1.0)] {
                            for &feature in &features {
                                let own = &mut weights
                                    .entry(joined(feature, tag))
                                    .or_insert((feature, tag, Weight::default()))
                                    .2;
                                own.sum += f64::from(own.now) * f64::from(step - own.step);
                                own.step = step;
                                own.now += change;
                            }
                        }
                    }
                    told
                };
                all += 1;
                right += u32::from(told == truth);
                tags.push(told);
            }
        }
        eprintln!("time {time}: {:.2} %", 100.0 * f64::from(right) / f64::from(all));
    }
    let mut list: Vec<(u64, Tag, f32)> = weights
        .into_values()
        .map(|(feature, tag, own)| {
            let sum = own.sum + f64::from(own.now) * f64::from(step - own.step);
            (feature, tag, (sum / f64::from(step)) as f32)
        })
        .filter(|weight| weight.2.abs() > 0.02)
        .collect();
    list.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let index = list.iter().map(|&(feature, tag, weight)| (joined(feature, tag), weight)).collect();
    Perceptron { weights: list, index, counts }
}

impl Perceptron {
    pub fn weight(&self, feature: u64, tag: Tag) -> f32 {
        self.index.get(&joined(feature, tag)).copied().unwrap_or(0.0)
    }

    /// What a weight of 1 in the file stands for.
    fn scale(&self) -> f32 {
        3.0
    }

    /// Feature, decision, weight, how often it was seen.
    pub fn entries(&self) -> Vec<(u64, u32, f32, u32)> {
        let count = |feature: u64| self.counts.get(&feature).copied().unwrap_or(1);
        let scale = self.scale();
        self.weights
            .iter()
            .map(|&(feature, tag, weight)| (feature, u32::from(tag), weight / scale, count(feature)))
            .collect()
    }
}
