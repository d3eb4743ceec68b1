//! Learning to tell two words by their surroundings: logistic regression that keeps few weights (FTRL-Proximal).

use crate::context::FEATURES;
use crate::corpus::Corpus;

/// Where a word stands.
#[derive(Clone, Copy)]
pub struct Place {
    pub at: u32,
    pub training: bool,
    /// Of a time that wrote otherwise.
    pub old: bool,
}

pub struct Learned {
    pub bias: f32,
    /// Feature, weight, how often it was seen.
    pub weights: Vec<(u64, f32, u32)>,
}

const ALPHA: f32 = 0.15;
const BETA: f32 = 1.0;
const L1: f32 = 0.6;
const L2: f32 = 1.0;
/// Fewest places that have a feature.
const FEWEST: usize = 2;
/// Examples that are gone through, if need be the same ones several times.
const STEPS: usize = 400_000;

/// The sums of one feature: of gradients (less what the weight is worth), and of their squares.
#[derive(Clone, Copy, Default)]
struct Sums {
    z: f32,
    n: f32,
}

impl Sums {
    fn weight(self) -> f32 {
        if self.z.abs() <= L1 {
            return 0.0;
        }
        -(self.z - self.z.signum() * L1) / ((BETA + self.n.sqrt()) / ALPHA + L2)
    }
}

/// At most `most` of the places, today's text before older text, spread over it.
pub fn thin(places: &[Place], most: usize) -> Vec<u32> {
    let (new, old): (Vec<&Place>, Vec<&Place>) = places.iter().partition(|place| !place.old);
    let take = |places: &[&Place], most: usize| -> Vec<u32> {
        if most == 0 {
            return Vec::new();
        }
        places.iter().step_by(places.len().div_ceil(most).max(1)).map(|place| place.at).collect()
    };
    let mut taken = take(&new, most);
    taken.extend(take(&old, most.saturating_sub(taken.len())));
    taken
}

/// Learns to tell the places of `b` from those of `a`.
pub fn learn(
    corpus: &Corpus,
    a: &[Place],
    b: &[Place],
    most: [usize; 2],
    most_weights: usize,
    features: &dyn Fn(&Corpus, u32, &mut Vec<u64>),
) -> Learned {
    let (xs, ys) = (thin(a, most[0]), thin(b, most[1]));
    // Both words by turns, spread over the text.
    let mut order: Vec<(u64, u32, bool)> = xs
        .iter()
        .map(|&at| (at, false))
        .chain(ys.iter().map(|&at| (at, true)))
        .map(|(at, is_b)| (crate::context::mix(u64::from(at)), at, is_b))
        .collect();
    order.sort_unstable();
    let mut all: Vec<(u64, u32)> = Vec::with_capacity(order.len() * FEATURES);
    let mut found = Vec::new();
    for (example, &(_, at, _)) in order.iter().enumerate() {
        found.clear();
        features(corpus, at, &mut found);
        all.extend(found.iter().map(|&feature| (feature, example as u32)));
    }
    all.sort_unstable();
    let few = order.len() < 30_000;
    let mut kept: Vec<(u64, u32)> = Vec::new();
    let mut active: Vec<(u32, u32)> = Vec::with_capacity(all.len() / 2);
    for run in all.chunk_by(|x, y| x.0 == y.0).filter(|run| run.len() >= if few { FEWEST } else { FEWEST + 1 }) {
        active.extend(run.iter().map(|&(_, example)| (example, kept.len() as u32)));
        kept.push((run[0].0, run.len() as u32));
    }
    drop(all);
    active.sort_unstable();
    let mut starts = vec![0usize; order.len() + 1];
    active.iter().for_each(|&(example, _)| starts[example as usize + 1] += 1);
    (0..order.len()).for_each(|at| starts[at + 1] += starts[at]);

    let mut sums = vec![Sums::default(); kept.len()];
    let mut bias = ((ys.len() + 1) as f32 / (xs.len() + 1) as f32).ln();
    let mut bias_n = 1.0f32;
    for _ in 0..(STEPS / order.len().max(1)).clamp(2, 10) {
        for (example, &(_, _, is_b)) in order.iter().enumerate() {
            let known = &active[starts[example]..starts[example + 1]];
            let score = bias + known.iter().map(|&(_, at)| sums[at as usize].weight()).sum::<f32>();
            let gradient = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(is_b));
            for &(_, at) in known {
                let sums = &mut sums[at as usize];
                let w = sums.weight();
                let n = sums.n + gradient * gradient;
                sums.z += gradient - (n.sqrt() - sums.n.sqrt()) / ALPHA * w;
                sums.n = n;
            }
            bias_n += gradient * gradient;
            bias -= 0.05 * gradient / bias_n.sqrt();
        }
    }
    let mut weights: Vec<(u64, f32, u32)> = kept
        .iter()
        .zip(&sums)
        .map(|(&(feature, count), sums)| (feature, sums.weight(), count))
        .filter(|weight| weight.1.abs() >= 0.1)
        .collect();
    weights.sort_by(|x, y| importance(y).total_cmp(&importance(x)).then(x.0.cmp(&y.0)));
    weights.truncate(most_weights);
    // Words that were thinned out are as common as they are.
    let ratio = |places: usize, taken: usize| ((places + 1) as f32 / (taken + 1) as f32).ln();
    bias += ratio(b.len(), ys.len()) - ratio(a.len(), xs.len());
    Learned { bias, weights }
}

/// How much is lost without a weight.
pub fn importance((_, weight, count): &(u64, f32, u32)) -> f32 {
    weight.abs() * (*count as f32).sqrt().sqrt()
}
