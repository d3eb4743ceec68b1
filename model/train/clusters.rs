//! Classes of words that stand between the same words: k-means over what stands beside them.

use crate::context::mix;
use crate::corpus::{BREAK, Corpus};

/// Commonest words that get a class.
const WORDS: usize = 50_000;
/// Commonest words that are looked for beside them.
const BESIDE: usize = 600;
const DIMENSIONS: usize = 96;
const CLASSES: usize = 255;

/// Gives the commonest words a class of 1 to 255.
pub fn assign(corpus: &mut Corpus) {
    let mut by_count: Vec<u32> = (0..corpus.words.len() as u32).collect();
    by_count.sort_by_key(|&word| (std::cmp::Reverse(corpus.words[word as usize].count), word));
    by_count.truncate(WORDS);
    let mut rank = vec![u32::MAX; corpus.words.len()];
    by_count.iter().enumerate().for_each(|(at, &word)| rank[word as usize] = at as u32);
    let rank_of = |token: u32| if token == BREAK { u32::MAX } else { rank[(token >> 1) as usize] };

    let n = by_count.len();
    let width = 2 * (BESIDE + 1);
    let mut counts = vec![0f32; n * width];
    for two in corpus.tokens.windows(2) {
        let (a, b) = (rank_of(two[0]), rank_of(two[1]));
        let beside = |rank: u32, token: u32| if token == BREAK { Some(BESIDE) } else { Some(rank as usize).filter(|&r| r < BESIDE) };
        if a != u32::MAX && let Some(b) = beside(b, two[1]) {
            counts[a as usize * width + b] += 1.0;
        }
        if b != u32::MAX && let Some(a) = beside(a, two[0]) {
            counts[b as usize * width + BESIDE + 1 + a] += 1.0;
        }
    }
    let mut columns = vec![0f64; width];
    for row in counts.chunks(width) {
        row.iter().zip(&mut columns).for_each(|(x, sum)| *sum += f64::from(*x));
    }
    let total: f64 = columns.iter().sum::<f64>() / 2.0;
    let mut vectors = vec![0f32; n * DIMENSIONS];
    for (row, vector) in counts.chunks(width).zip(vectors.chunks_mut(DIMENSIONS)) {
        let sum: f32 = row.iter().sum::<f32>() / 2.0;
        for (column, &count) in row.iter().enumerate().filter(|(_, count)| **count > 0.0) {
            let information = (f64::from(count) * total / (f64::from(sum) * columns[column])).ln() as f32;
            let value = information.max(0.0) * (count / (count + 2.0));
            if value > 0.0 {
                let mut bits = 0u64;
                for (d, x) in vector.iter_mut().enumerate() {
                    if d % 64 == 0 {
                        bits = mix(column as u64 * 7 + d as u64 + 99);
                    }
                    *x += if bits & 1 == 1 { value } else { -value };
                    bits >>= 1;
                }
            }
        }
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
        vector.iter_mut().for_each(|x| *x /= length);
    }

    // The commonest words are the first centres: they are of the most kinds.
    let mut centres: Vec<f32> = (0..CLASSES).flat_map(|at| vectors[at * 4 * DIMENSIONS..(at * 4 + 1) * DIMENSIONS].to_vec()).collect();
    let mut of = vec![0usize; n];
    for _ in 0..12 {
        for (at, vector) in vectors.chunks(DIMENSIONS).enumerate() {
            let mut best = (f32::MIN, 0);
            for (class, centre) in centres.chunks(DIMENSIONS).enumerate() {
                let near: f32 = vector.iter().zip(centre).map(|(x, y)| x * y).sum();
                if near > best.0 {
                    best = (near, class);
                }
            }
            of[at] = best.1;
        }
        centres.iter_mut().for_each(|x| *x = 0.0);
        for (at, vector) in vectors.chunks(DIMENSIONS).enumerate() {
            let weight = (corpus.words[by_count[at] as usize].count as f32).ln();
            let centre = &mut centres[of[at] * DIMENSIONS..(of[at] + 1) * DIMENSIONS];
            centre.iter_mut().zip(vector).for_each(|(x, y)| *x += y * weight);
        }
        for centre in centres.chunks_mut(DIMENSIONS) {
            let length = centre.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
            centre.iter_mut().for_each(|x| *x /= length);
        }
    }
    for (at, &word) in by_count.iter().enumerate() {
        corpus.words[word as usize].class = of[at] as u16 + 1;
    }
}
