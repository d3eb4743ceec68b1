//! The arithmetic of the sentence model: two recurrent networks, and dot products over small numbers.
//!
//! Only additions and multiplications in a fixed order are used, so that every machine comes to the same result.

/// Numbers that are multiplied together.
const BLOCK: usize = 16;

/// Adding so large a number rounds to a whole one, which is in the lowest bits of the sum.
const ROUNDED: f32 = 12_582_912.0;

/// The sum of the products of two rows of whole numbers, the first of which are read as of the type `$whole`.
///
/// Compilers make of this form the instruction that multiplies eight numbers and adds neighbours. It is written out and calls nothing, so
/// that a build for tests, which optimises nothing, is not a hundred times as slow.
macro_rules! sum_of_products {
    ($row:expr, $numbers:expr, $whole:ty) => {{
        let mut sums = [0_i32; BLOCK];
        for (row, x) in $row.as_chunks::<BLOCK>().0.iter().zip($numbers.as_chunks::<BLOCK>().0) {
            sum_of_products!(@ sums row x $whole: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        }
        sum_of_products!(+ sums: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    }};
    (@ $sums:ident $row:ident $x:ident $whole:ty: $($at:literal)*) => {
        $($sums[$at] += $row[$at] as $whole as i32 * $x[$at] as i32;)*
    };
    (+ $sums:ident: $($at:literal)*) => { 0 $(+ $sums[$at])* };
}

/// A matrix with weights of eight bits in the file, unpacked to sixteen.
#[derive(Default)]
pub struct Matrix {
    /// One row behind the other.
    weights: Vec<i16>,
    inputs: usize,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Reads rows of `inputs` weights, which are a multiple of 16 and at most 512, so that no sum is too large for 32 bits; a row's
    /// weights are multiplied by its scale.
    pub fn read(rows: &[u8], inputs: usize, scales: Vec<f32>, bias: Vec<f32>) -> Option<Self> {
        let fits = inputs.is_multiple_of(BLOCK) && (BLOCK..=512).contains(&inputs);
        if !fits || rows.len() != inputs * scales.len() || bias.len() != scales.len() {
            return None;
        }
        Some(Self { weights: rows.iter().map(|weight| weight.cast_signed().into()).collect(), inputs, scales, bias })
    }

    /// Multiplies it with the inputs, adds the bias, and writes the result over `out`.
    fn multiply(&self, inputs: &[f32], out: &mut [f32]) {
        let inputs = Whole::of(inputs);
        let rows = self.weights.chunks_exact(self.inputs).zip(&self.scales).zip(&self.bias);
        for (((row, scale), bias), out) in rows.zip(out) {
            *out = bias + sum_of_products!(row, inputs.numbers, i16) as f32 * inputs.scale * scale;
        }
    }

    /// As [`Matrix::multiply`], each result between -1 and 1.
    pub fn squash(&self, inputs: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; self.bias.len()];
        self.multiply(inputs, &mut out);
        out.iter_mut().for_each(|x| *x = tanh(*x));
        out
    }

    /// Runs as a long short-term memory (Hochreiter and Schmidhuber 1997) over the inputs, from the beginning or from what is held
    /// already, and gives what it holds behind each. The rows are those of the input gate, the forget gate, the cell and the output
    /// gate, as PyTorch orders them.
    pub fn run<'a>(&self, from: Option<&CellState>, inputs: impl Iterator<Item = &'a [f32]>) -> Vec<CellState> {
        let size = self.bias.len() / 4;
        let mut gates = vec![0.0; size * 4];
        // The input, and what is held of the words before it.
        let mut both = vec![0.0_f32; self.inputs];
        let held_from = both.len().saturating_sub(size);
        let mut cell = vec![0.0_f32; size];
        if let Some(from) = from {
            cell.copy_from_slice(&from.cell);
            both[held_from..].copy_from_slice(&from.held);
        }
        inputs
            .map(|input| {
                both[..held_from].copy_from_slice(input);
                self.multiply(&both, &mut gates);
                let (enter, rest) = gates.split_at(size);
                let (keep, rest) = rest.split_at(size);
                let (new, leave) = rest.split_at(size);
                let held = &mut both[held_from..];
                for at in 0..size {
                    cell[at] = sigmoid(keep[at]) * cell[at] + sigmoid(enter[at]) * tanh(new[at]);
                    held[at] = sigmoid(leave[at]) * tanh(cell[at]);
                }
                CellState { held: held.to_vec(), cell: cell.clone() }
            })
            .collect()
    }
}

/// What a long short-term memory has at one place: as many numbers each as a quarter of its rows.
#[derive(Clone)]
pub struct CellState {
    /// What it gives to others.
    pub held: Vec<f32>,
    /// What it keeps for itself.
    cell: Vec<f32>,
}

/// Adds the products of two rows of numbers, each with its like.
pub fn add_products(sums: &mut [f32], left: &[f32], right: &[f32]) {
    let pairs = left.as_chunks::<BLOCK>().0.iter().zip(right.as_chunks::<BLOCK>().0);
    for (sums, (left, right)) in sums.as_chunks_mut::<BLOCK>().0.iter_mut().zip(pairs) {
        macro_rules! each {
            ($($at:literal)*) => { $(sums[$at] += left[$at] * right[$at];)* };
        }
        each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
    }
}

/// Numbers made whole, so that the processor multiplies twice as many at once; each is a multiple of the scale.
#[derive(Debug, PartialEq)]
pub struct Whole {
    numbers: Vec<i16>,
    scale: f32,
}

impl Whole {
    /// Rounds `numbers` to what sixteen bits can tell apart.
    pub fn of(numbers: &[f32]) -> Self {
        // Of numbers without a sign, the bits are in the order of the numbers, and are compared many at a time.
        let largest = numbers.iter().map(|x| x.abs().to_bits()).max().map_or(0.0, f32::from_bits);
        let scale = largest.max(f32::MIN_POSITIVE) / 32_000.0;
        let times = 1.0 / scale;
        Self { numbers: numbers.iter().map(|x| (x * times + ROUNDED).to_bits() as i16).collect(), scale }
    }

    /// The sum of the products with small numbers from the file.
    pub fn dot(&self, row: &[u8]) -> f32 {
        sum_of_products!(row, self.numbers, i8) as f32 * self.scale
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (1.0 + exp(2.0 * x))
}

/// The exponential function: a power of two, and the Taylor series of what is left, whose error is below 1 in a million.
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0);
    let twos = (x * std::f32::consts::LOG2_E + ROUNDED) - ROUNDED;
    let rest = x - twos * std::f32::consts::LN_2;
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0)))));
    f32::from_bits(((twos as i32 + 127) as u32) << 23) * series
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Whole, exp, sigmoid, tanh};

    #[test]
    fn functions_are_those_of_the_books() {
        for x in [-30.0_f32, -3.0, -0.4, 0.0, 0.1, 1.0, 7.5, 40.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "exp {x}");
            assert!((tanh(x) - x.tanh()).abs() < 1e-5, "tanh {x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-5, "sigmoid {x}");
        }
    }

    #[test]
    fn a_matrix_multiplies_its_rows() {
        let mut rows = vec![0_u8; 48];
        (rows[0], rows[1], rows[17], rows[32]) = (2, 255, 4, 128);
        let matrix = Matrix::read(&rows, 16, vec![0.5; 3], vec![1.0; 3]).expect("three rows");
        let (mut out, mut inputs) = ([0.0; 3], [0.0; 16]);
        (inputs[0], inputs[1]) = (3.0, -5.0);
        matrix.multiply(&inputs, &mut out);
        for (out, exact) in out.iter().zip([1.0 + 3.0 + 2.5, 1.0 - 10.0, 1.0 - 192.0]) {
            assert!((out - exact).abs() < 0.01, "{out} {exact}");
        }
        assert!(Matrix::read(&rows, 24, vec![0.5; 2], vec![1.0; 2]).is_none(), "no multiple of 16");
        assert!(Matrix::read(&rows, 32, vec![0.5; 3], vec![1.0; 3]).is_none(), "too few weights");
    }

    #[test]
    fn whole_numbers_come_to_nearly_the_same() {
        let numbers: [f32; 32] = std::array::from_fn(|at| (at as f32 - 9.5) / 7.0);
        let row: [u8; 32] = std::array::from_fn(|at| (at * 37) as u8);
        let exact: f32 = numbers.iter().zip(row).map(|(x, row)| x * f32::from(row.cast_signed())).sum();
        assert!((Whole::of(&numbers).dot(&row) - exact).abs() < 0.05, "{exact}");
        assert!(Whole::of(&[0.0; 32]).dot(&row) == 0.0);
    }
}
