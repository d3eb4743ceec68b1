//! Finding words in the material that are no quote: a name, a figure, an address, whatever a fact is made of.

use crate::prose::without_possessive;

use std::borrow::Borrow;

use rustc_hash::FxHashSet;

use super::words::words;
use super::{Material, Piece, Place};

/// Words before and behind a place that count as being beside it.
const BESIDE: usize = 40;

/// The most places of one word that are looked at.
const MOST_PLACES: usize = 5_000;

/// A place in the material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Index of the source.
    pub source: usize,
    /// Index of the piece in it at which the words start.
    pub piece: usize,
}

impl Material {
    /// What the row and the column of a cell are about, as it is put before the cell: `Private donors, Dollars: `. Empty of what is no
    /// cell.
    pub fn around_cell(&self, piece: usize) -> String {
        let own = |at: usize| self.pieces.get(at).and_then(Piece::cell);
        let Some((table, row, column)) = own(piece) else { return String::new() };
        let cells = || {
            let all = self.pieces.iter().enumerate().filter(|(at, _)| *at != piece);
            all.filter_map(|(_, piece)| piece.cell().map(|cell| (cell, piece))).filter(|((of, ..), _)| *of == table)
        };
        let label = cells().find(|((_, of, _), _)| *of == row);
        let head = cells().find(|((_, of, at), _)| *of < row && *at == column);
        let words: Vec<&str> = [label, head].into_iter().flatten().map(|(_, piece)| piece.text.as_str()).collect();
        if words.is_empty() { String::new() } else { format!("{}: ", words.join(", ")) }
    }

    /// The piece that people find at `at`, as a ledger writes places: `00:14:05`, `B7`, `line 12` or `12`.
    pub fn piece_at(&self, at: &str) -> Option<usize> {
        let at = at.trim();
        let number = at.rsplit(' ').next().and_then(|number| number.parse::<usize>().ok());
        let is_there = |place: &Place| match place {
            Place::Line(line) | Place::Page(line) | Place::Paragraph(line) => number == Some(*line),
            Place::Time(place) | Place::Cell(place) | Place::Key(place) => place.eq_ignore_ascii_case(at),
        };
        self.pieces.iter().position(|piece| is_there(&piece.place))
    }
}

/// Where the words of `text` are one after the other in the materials. Of several places, the one beside which the most
/// words of `beside` stand, the first of equals.
pub fn find<M: Borrow<Material>>(text: &str, beside: &str, materials: &[M]) -> Option<Spot> {
    let wanted: Vec<String> = words(text).map(|word| plain(&word.key).to_owned()).collect();
    let around: FxHashSet<String> = words(beside)
        .map(|word| plain(&word.key).to_owned())
        .filter(|word| word.chars().count() > 3 && !wanted.contains(word))
        .collect();
    let mut best: Option<(usize, Spot)> = None;
    for (source, material) in materials.iter().map(Borrow::borrow).enumerate() {
        let all = &material.words.all;
        // A name may be there in the possessive.
        let places = |word: &str| {
            let possessive = material.words.places(&format!("{word}'s"));
            material.words.places(word).iter().chain(possessive).take(MOST_PLACES)
        };
        let rarest = (0..wanted.len()).min_by_key(|&at| places(&wanted[at]).count())?;
        for &place in places(&wanted[rarest]) {
            let Some(first) = (place as usize).checked_sub(rarest) else { continue };
            let Some(stretch) = all.get(first..first + wanted.len()) else { continue };
            if !stretch.iter().zip(&wanted).all(|(word, wanted)| plain(&word.key) == wanted) {
                continue;
            }
            let near = first.saturating_sub(BESIDE)..(first + wanted.len() + BESIDE).min(all.len());
            let near = all.get(near).unwrap_or_default();
            let piece = stretch.first()?.piece;
            let shared = |own: bool| -> usize {
                let words = near.iter().filter(|word| !own || word.piece == piece).map(|word| plain(&word.key));
                words.filter(|word| around.contains(*word)).collect::<FxHashSet<&str>>().len()
            };
            // What is said in the same breath tells more than what is some lines away.
            let weight = 2 * shared(true) + shared(false);
            if best.as_ref().is_none_or(|(known, _)| weight > *known) {
                best = Some((weight, Spot { source, piece: piece as usize }));
            }
        }
    }
    best.map(|(_, spot)| spot)
}

/// A word without the ending of a possessive.
fn plain(word: &str) -> &str {
    without_possessive(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_with_the_same_subject_counts() {
        let text = "The pier cost $4.2 million in 2016.\nNobody came.\nThe ferry will cost $4.2 million, Ruiz’s office said.\n";
        let material = [Material::read("filing.txt", text.as_bytes()).expect("it is read")];
        let find = |text, beside| find(text, beside, &material).map(|spot| spot.piece);
        assert_eq!(find("$4.2 million", "The council pays $4.2 million for a ferry, her office says."), Some(2));
        assert_eq!(find("$4.2 million", "The pier cost $4.2 million."), Some(0));
        assert_eq!(find("Ruiz", ""), Some(2));
        assert_eq!(find("$4.5 million", "The pier cost $4.2 million."), None);
        assert_eq!(find("", "The pier"), None);
        assert_eq!(material[0].piece_at("line 3"), Some(2));
        assert_eq!(material[0].piece_at("3"), Some(2));
    }
}
