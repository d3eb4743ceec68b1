//! The sentence model: how likely a word is between all that stands before it in its sentence and all that follows.
//!
//! `model/sentences.py` wrote `sentences.model`; it lies in the program and is read where it lies. The file is, in
//! little-endian numbers, `CDS1` and, of 32 bits each, how many inputs, words and outputs there are, how many numbers a word and a state
//! have, how many bytes the list of words has, and how many pairs of words are told apart. Then follow, as `Sentences::read` takes them, the
//! list of words, a word a line; the word of each output; the vectors of inputs; what a capital adds to them; what each of the eight
//! nearest words counts for; the two recurrent networks, from the left and from the right; what brings them together; the vectors
//! of outputs; how many words each output is weighed against, which these are, and the limit of each.
//!
//! A place is asked in two ways. The *near* score looks at four words on either side and is quick; where it doubts a word, the
//! sentence is read from both ends, which costs as much as all else that is done for it, for the *far* score. WordNumber 0 is no word
//! at all.

mod forms;
mod left_out;
mod likelihood;
mod slips;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use left_out::LeftOut;
pub use slips::Better;

use super::mistaken::{Mistaken, WordNumber};
use super::network::{CellState, Matrix, Whole, add_products};
use super::parts::Parts;
use crate::prose::{Paragraph, Sentence};

static FILE: &[u8] = include_bytes!("sentences.model");

static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(FILE).unwrap_or_default());

/// Classes of words that are not known, by their ending. Their inputs follow those of the known words, and these follow them.
const ENDINGS: usize = 256;
/// A word with a capital that is not known.
const NAME: usize = ENDINGS;
/// One with a possessive ending.
const OWNER: usize = ENDINGS + 1;
const NUMBER: usize = ENDINGS + 2;
/// What is before a sentence, and after it.
const EDGES: [usize; 2] = [ENDINGS + 3, ENDINGS + 4];
/// How many inputs follow those of the known words.
const UNKNOWN: usize = ENDINGS + 5;
/// Words on either side that the near score looks at.
const NEAR: usize = 4;
/// The output that is no word.
const NONE: WordNumber = 0;

/// A word as the model reads it.
type Input = u16;

/// The model.
#[derive(Default)]
pub struct Sentences {
    /// Numbers of a word.
    size: usize,
    words: Vec<&'static str>,
    by_word: FxHashMap<&'static str, Input>,
    /// The output of each word, or 0.
    outputs: Vec<WordNumber>,
    /// The word of each output.
    output_words: Vec<Input>,
    inputs: &'static [u8],
    input_scales: Vec<f32>,
    capital: Vec<f32>,
    near: Vec<f32>,
    from_left: Matrix,
    from_right: Matrix,
    mix: Matrix,
    out: &'static [u8],
    out_scales: Vec<f32>,
    out_bias: Vec<f32>,
    /// Where the words that an output is weighed against start in the next.
    taken_from: Vec<u32>,
    taken: Vec<WordNumber>,
    /// For each of these, how much likelier it must be, in tenths of a natural logarithm; [`NEVER`] where it is not told.
    limits: &'static [u8],
    mistaken: Mistaken,
}

/// The limit of two words that are not told apart well enough.
const NEVER: u8 = 255;

/// A sentence as the model reads it: its words, and what stands before and behind them.
#[derive(Clone)]
struct Encoded {
    /// Tokens of the paragraph.
    tokens: Vec<u32>,
    /// What may be asked about each: its output, or 0.
    outputs: Vec<WordNumber>,
    /// Vectors, one more at both ends.
    vectors: Vec<f32>,
    size: usize,
}

/// What was read of a sentence from both ends.
struct States {
    from_left: Vec<CellState>,
    from_right: Vec<CellState>,
    /// The word before that which the first state from the right is behind.
    first: usize,
}

/// A matrix, the scale of each row, and what is added.
fn matrix(parts: &mut Parts, rows: usize, inputs: usize) -> Option<Matrix> {
    let weights = parts.take(rows * inputs)?;
    let scales = parts.floats(rows)?;
    Matrix::read(weights, inputs, scales, parts.floats(rows)?)
}

impl Sentences {
    /// The model in the program.
    pub fn get() -> &'static Self {
        &SENTENCES
    }

    fn read(file: &'static [u8]) -> Option<Self> {
        let mut parts = Parts::of(file, b"CDS1")?;
        let (inputs, words, outputs) = (parts.number()?, parts.number()?, parts.number()?);
        let (size, state, bytes, taken) = (parts.number()?, parts.number()?, parts.number()?, parts.number()?);
        let mut model = Self { size, ..Self::default() };
        model.words = std::str::from_utf8(parts.take(bytes)?).ok()?.lines().collect();
        model.output_words = parts.numbers(outputs)?;
        model.inputs = parts.take(inputs * size)?;
        model.input_scales = parts.floats(inputs)?;
        model.capital = parts.floats(size)?;
        model.near = parts.floats((2 * NEAR + 1) * size)?;
        model.from_left = matrix(&mut parts, state * 4, size + state)?;
        model.from_right = matrix(&mut parts, state * 4, size + state)?;
        model.mix = matrix(&mut parts, size, 2 * state)?;
        model.out = parts.take(outputs * size)?;
        model.out_scales = parts.floats(outputs)?;
        model.out_bias = parts.floats(outputs)?;
        model.taken_from = parts
            .numbers(outputs)?
            .iter()
            .scan(0, |sum, &count| {
                *sum += u32::from(count);
                Some(*sum - u32::from(count))
            })
            .collect();
        model.taken = parts.numbers(taken)?;
        model.limits = parts.take(taken)?;
        if model.words.len() != words || inputs != words + UNKNOWN {
            return None;
        }
        model.outputs = vec![NONE; words];
        for (output, &word) in model.output_words.iter().enumerate().skip(1) {
            *model.outputs.get_mut(usize::from(word))? = output as WordNumber;
        }
        model.by_word = model.words.iter().enumerate().map(|(at, &word)| (word, at as Input)).collect();
        model.mistaken = Mistaken::read(|word| Some(model.output(word)).filter(|&output| output != NONE));
        Some(model)
    }

    /// The output of a word in lower case, or [`NONE`].
    fn output(&self, word: &str) -> WordNumber {
        self.by_word.get(word).map_or(NONE, |&word| self.outputs[usize::from(word)])
    }

    /// The word of an output.
    fn word(&self, output: WordNumber) -> &'static str {
        let word = self.output_words.get(usize::from(output)).filter(|_| output != NONE);
        word.and_then(|&word| self.words.get(usize::from(word))).copied().unwrap_or("")
    }

    /// How likely each of `words` is at a token, if it is one of them: natural logarithms of their shares, by the whole sentence.
    /// `None` where the token is no word that the model reads.
    pub(super) fn shares<const N: usize>(
        &self,
        p: &Paragraph,
        sentence: Sentence,
        token: usize,
        words: &[&str; N],
    ) -> Option<[f32; N]> {
        let encoded = self.encode(p, sentence);
        let at = encoded.tokens.iter().position(|&own| own as usize == token)?;
        let far = self.far(&self.states(&encoded, at..at + 1), at);
        let scores = words.map(|word| self.score(&far, self.output(word)));
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let all = most + scores.iter().map(|score| (score - most).exp()).sum::<f32>().ln();
        Some(scores.map(|score| score - all))
    }

    /// The words that an output is weighed against.
    fn taken_for(&self, output: WordNumber) -> &[WordNumber] {
        self.taken.get(self.place_of(output)).unwrap_or_default()
    }

    /// Where these are.
    fn place_of(&self, output: WordNumber) -> Range<usize> {
        let start = |at: usize| self.taken_from.get(at).map_or(self.taken.len(), |&at| at as usize);
        start(output.into())..start(usize::from(output) + 1)
    }

    /// How much likelier than an output another one ever is in edited text, as a natural logarithm; `None` where the two are
    /// not told apart.
    fn limit(&self, output: WordNumber, other: WordNumber) -> Option<f32> {
        let limits = self.limits.get(self.place_of(output)).unwrap_or_default();
        let (_, &limit) = self.taken_for(output).iter().zip(limits).find(|&(&one, _)| one == other)?;
        (limit != NEVER).then_some(f32::from(limit) / 10.0)
    }

    /// Reads the words of a sentence; quotation marks are looked through.
    fn encode(&self, p: &Paragraph, sentence: Sentence) -> Encoded {
        let [first, last] = EDGES.map(|edge| self.words.len() + edge);
        let count = sentence.tokens().len();
        let mut encoded = Encoded {
            tokens: Vec::with_capacity(count),
            outputs: Vec::with_capacity(count),
            vectors: Vec::with_capacity((count + 2) * self.size),
            size: self.size,
        };
        self.add(&mut encoded.vectors, first, false);
        let start = sentence.tokens().start;
        for at in sentence.tokens() {
            let low = p.low(at);
            if low == "\"" {
                continue;
            }
            let capital = p.tokens[at].capital && at > start;
            let (input, output) = match self.by_word.get(low) {
                Some(&word) => (usize::from(word), if capital { NONE } else { self.outputs[usize::from(word)] }),
                None => (self.unknown(low, capital), NONE),
            };
            encoded.tokens.push(at as u32);
            encoded.outputs.push(output);
            self.add(&mut encoded.vectors, input, capital);
        }
        self.add(&mut encoded.vectors, last, false);
        encoded
    }

    /// A sentence with `word`, or nothing, in the place of the words numbered `cut`.
    fn with(&self, encoded: &Encoded, cut: Range<usize>, word: WordNumber) -> Encoded {
        let mut edited = encoded.clone();
        let new = self.output_words.get(usize::from(word)).filter(|_| word != NONE);
        let mut vector = Vec::with_capacity(self.size);
        new.into_iter().for_each(|&input| self.add(&mut vector, input.into(), false));
        // The first vector is that of the edge.
        edited.vectors.splice((cut.start + 1) * self.size..(cut.end + 1) * self.size, vector);
        let token = encoded.tokens.get(cut.start).copied().unwrap_or_default();
        edited.tokens.splice(cut.clone(), new.map(|_| token));
        edited.outputs.splice(cut, new.map(|_| word));
        edited
    }

    /// The input of what is in no list: a number by its digits, others by their form.
    fn unknown(&self, low: &str, capital: bool) -> usize {
        let known = self.words.len();
        if low.starts_with(|c: char| c.is_ascii_digit()) {
            let like = alike(low);
            return self.by_word.get(like.as_str()).map_or(known + NUMBER, |&word| word.into());
        }
        if capital {
            return known + if low.ends_with("'s") { OWNER } else { NAME };
        }
        let tail = low.char_indices().rev().nth(2).map_or(low, |(at, _)| &low[at..]).as_bytes();
        let tail = &tail[tail.len().saturating_sub(3)..];
        known + tail.iter().fold(0, |hash: usize, &byte| (hash * 31 + usize::from(byte)) & 0xffff) % ENDINGS
    }

    fn add(&self, vectors: &mut Vec<f32>, input: usize, capital: bool) {
        let scale = self.input_scales.get(input).copied().unwrap_or_default();
        let row = self.inputs.get(input * self.size..(input + 1) * self.size).unwrap_or_default();
        let start = vectors.len();
        vectors.extend(row.iter().map(|&x| f32::from(x.cast_signed()) * scale));
        if capital {
            vectors[start..].iter_mut().zip(&self.capital).for_each(|(x, more)| *x += more);
        }
    }

    /// What the nearest words ask for where a word is.
    fn near(&self, encoded: &Encoded, word: usize) -> Whole {
        // The ends have vectors, too.
        self.near_between(encoded, word, word + 2)
    }

    /// What they ask for between two vectors.
    fn near_between(&self, encoded: &Encoded, left: usize, right: usize) -> Whole {
        let last = encoded.tokens.len() + 1;
        let (weights, bias) = self.near.split_at(2 * NEAR * self.size);
        let mut sums = bias.to_vec();
        for (at, weights) in weights.chunks_exact(self.size).enumerate() {
            let place = if at < NEAR { left.saturating_sub(at) } else { (right + at - NEAR).min(last) };
            add_products(&mut sums, weights, encoded.vector(place));
        }
        Whole::of(&sums)
    }

    /// Reads a sentence from both ends, as far as the words numbered `asked` need it.
    fn states(&self, encoded: &Encoded, asked: Range<usize>) -> States {
        let vectors = || encoded.vectors.chunks_exact(encoded.size);
        let from_left = self.from_left.run(None, vectors().take(asked.end));
        let mut from_right = self.from_right.run(None, vectors().skip(asked.start + 2).rev());
        from_right.reverse();
        States { from_left, from_right, first: asked.start }
    }

    /// Reads a sentence that differs from one that was read, in the word numbered `at` alone, as far as `asked` needs it. What was
    /// read up to that word, from either end, is the same.
    fn states_beside(&self, read: &States, encoded: &Encoded, at: usize, asked: Range<usize>) -> States {
        let vectors = || encoded.vectors.chunks_exact(encoded.size);
        let mut from_left = read.from_left.get(..=at).unwrap_or_default().to_vec();
        let behind = vectors().take(asked.end).skip(at + 1);
        from_left.extend(self.from_left.run(from_left.last(), behind));
        let same = read.from_right.get(at.saturating_sub(read.first)..).unwrap_or_default();
        let before = vectors().take(at + 2).skip(asked.start + 2).rev();
        let mut from_right = self.from_right.run(same.first(), before);
        from_right.reverse();
        from_right.extend_from_slice(same);
        States { from_left, from_right, first: asked.start }
    }

    /// What the whole sentence asks for where a word is.
    fn far(&self, states: &States, word: usize) -> Whole {
        self.far_between(states, word, word)
    }

    /// What it asks for behind the words before `left` and before those behind `right`.
    fn far_between(&self, states: &States, left: usize, right: usize) -> Whole {
        let (left, right) = (states.from_left.get(left), states.from_right.get(right - states.first));
        let both: Vec<f32> = [left, right].into_iter().flatten().flat_map(|state| &state.held).copied().collect();
        Whole::of(&self.mix.squash(&both))
    }

    /// How well an output goes there: the natural logarithm of its share, but for what all outputs have in common.
    fn score(&self, expected: &Whole, output: WordNumber) -> f32 {
        let at = usize::from(output);
        let Some(row) = self.out.get(at * self.size..(at + 1) * self.size) else { return f32::MIN };
        expected.dot(row) * self.out_scales[at] + self.out_bias[at]
    }
}

impl Encoded {
    /// The places of words, with the paragraph's token and the output of each.
    fn words(&self) -> impl Iterator<Item = (usize, usize, WordNumber)> + '_ {
        self.tokens.iter().zip(&self.outputs).enumerate().map(|(at, (&token, &output))| (at, token as usize, output))
    }

    /// The vector of word `at - 1`; of the ends, 0 and one behind the last.
    fn vector(&self, at: usize) -> &[f32] {
        &self.vectors[at * self.size..(at + 1) * self.size]
    }
}

/// Digits made alike: `<year>` for four, `#` for others, with what separates them.
fn alike(low: &str) -> String {
    if low.bytes().all(|byte| byte.is_ascii_digit()) && low.len() == 4 {
        return "<year>".to_owned();
    }
    let mut like = String::with_capacity(low.len());
    let mut rest = low.chars().peekable();
    while let Some(c) = rest.next() {
        if !c.is_ascii_digit() {
            like.push(c);
            continue;
        }
        // Digits, and separators that have a digit behind them.
        while rest.next_if(char::is_ascii_digit).is_some()
            || matches!(rest.peek(), Some(',' | '.')) && {
                let mut ahead = rest.clone();
                ahead.next();
                ahead.peek().is_some_and(char::is_ascii_digit) && rest.next().is_some()
            }
        {}
        like.push('#');
    }
    like
}

#[cfg(test)]
mod tests {
    use super::{Sentences, alike};
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    #[test]
    fn the_model_in_the_program_is_whole() {
        let model = Sentences::get();
        assert!(model.words.len() > 10_000, "the file could not be read");
        let output = |word: &str| model.outputs[usize::from(model.by_word[word])];
        assert_eq!(model.word(output("their")), "their");
        assert!(model.taken_for(output("their")).contains(&output("there")));
        assert!(model.limit(output("their"), output("there")).is_some());
        assert!(Sentences::read(b"CDS2").is_none());
        assert!(Sentences::read(&super::FILE[..5000]).is_none(), "a file that was cut off");
    }

    #[test]
    fn shares_are_of_the_words_asked_about() {
        let text = "The town relies on its harbour.";
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let shares = Sentences::get().shares(&p, p.sentences[0], 3, &["of", "on", "at"]).expect("it is a word");
        assert!((shares.iter().map(|share| share.exp()).sum::<f32>() - 1.0).abs() < 0.01, "{shares:?}");
        assert!(shares[1] > shares[0].max(shares[2]), "{shares:?}");
    }

    #[test]
    fn digits_are_alike() {
        for (word, like) in [("1984", "<year>"), ("1,250.5", "#"), ("19-year-old", "#-year-old"), ("3.", "#.")] {
            assert_eq!(alike(word), like);
        }
    }

    #[test]
    fn far_words_decide() {
        let model = Sentences::get();
        let text = "The list of names that the police gave to the reporters was long.";
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let encoded = model.encode(&p, p.sentences[0]);
        let (at, _, was) = encoded.words().find(|&(_, token, _)| p.low(token) == "was").expect("it is there");
        let whole = model.states(&encoded, 0..encoded.tokens.len());
        let part = model.states(&encoded, at..at + 1);
        let far = model.far(&part, at);
        assert_eq!(model.far(&whole, at), far, "no more is read than is needed");
        let were = model.outputs[usize::from(model.by_word["were"])];
        let edited = model.with(&encoded, at..at + 1, were);
        let (anew, beside) =
            (model.states(&edited, at - 5..at + 2), model.states_beside(&whole, &edited, at, at - 5..at + 2));
        for word in at - 5..at + 2 {
            assert_eq!(model.far(&beside, word), model.far(&anew, word), "one word is read, and the rest is known");
        }
        assert!(model.score(&far, was) > model.score(&far, were));
    }
}
