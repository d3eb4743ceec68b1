//! Digits that are no amount: dates, clock times, scores, phone and section numbers, addresses, parts of names.

use super::atoms::FigureAtom;
use super::{around, unit};
use crate::lexicon;
use crate::prose::Paragraph;

fn low<'a>(atoms: &[FigureAtom<'a>], at: usize) -> &'a str {
    atoms.get(at).map_or("", |a| a.low)
}

/// Whether the digits at atom `at` are no amount whatever follows; gives the index of the first atom to read on from.
pub(super) fn no_amount(paragraph: &Paragraph, atoms: &[FigureAtom], at: usize) -> Option<usize> {
    let digits = atoms.get(at).filter(|a| a.number)?;
    let before = at.checked_sub(1).and_then(|b| atoms.get(b));
    let after = atoms.get(at + 1);
    let glued = |mark: &str| after.is_some_and(|a| a.glued && a.low == mark);
    // `501(c)(3)` with all its brackets.
    if glued("(") {
        let mut end = at + 1;
        while atoms.get(end).is_some_and(|a| a.glued && (matches!(a.low, "(" | ")") || a.low.len() <= 2)) {
            end += 1;
        }
        return Some(end);
    }
    // `COVID-19`, `F-16`, `mid-40s`; `#12`, `@3`, `.45`, `(3)`.
    if digits.hyphened && before.is_some_and(|b| b.word) {
        return Some(at + 1);
    }
    if digits.glued && before.is_some_and(|b| matches!(b.low, "#" | "@" | "." | "/" | ":" | "_" | "'" | "=" | "&")) {
        return Some(at + 1);
    }
    if digits.glued && before.is_some_and(|b| b.low == "(") && glued(")") {
        return Some(at + 2);
    }
    // `1990s`, `the 20s`.
    if glued("s") || glued("'s") {
        return Some(at + 2);
    }
    let chain = chain_end(atoms, at);
    if chain > at + 1 && !is_range(atoms, at, chain) {
        return Some(chain);
    }
    if digits.low.starts_with('0') && digits.low.len() > 1 && !digits.low.contains('.') {
        return Some(at + 1);
    }
    let last = chain - 1;
    if is_date(atoms, at, last) || is_clock(atoms, last + 1) {
        return Some(last + 1);
    }
    if labelled(paragraph, atoms, at) || is_address(atoms, last + 1) {
        return Some(last + 1);
    }
    None
}

/// The end of numbers that are joined without space: `555-0134`, `3-2`, `8:30`, `9/11`, `5-10`.
fn chain_end(atoms: &[FigureAtom], at: usize) -> usize {
    let mut end = at + 1;
    while let (Some(mark), Some(number)) = (atoms.get(end), atoms.get(end + 1)) {
        let joins = mark.glued && number.glued && number.number && matches!(mark.low, "-" | "/" | ":" | ".");
        if !joins {
            break;
        }
        end += 2;
    }
    end
}

/// Whether the chain is a range of amounts, as in `5-10 percent`: two rising numbers with what they count after them.
fn is_range(atoms: &[FigureAtom], at: usize, end: usize) -> bool {
    if end != at + 3 || low(atoms, at + 1) != "-" {
        return false;
    }
    let value = |a: usize| low(atoms, a).replace(',', "").parse::<f64>().ok();
    let (Some(from), Some(to)) = (value(at), value(at + 2)) else { return false };
    if from >= to || (1000.0..2100.0).contains(&from) {
        return false;
    }
    let counted = super::number::read(atoms, at + 2, false).is_some_and(|n| {
        n.factor > 1.0 || unit::after(atoms, &n).is_some() || around::noun_after(atoms, n.next, false, false).is_some()
    });
    let money = at.checked_sub(1).is_some_and(|b| matches!(low(atoms, b), "$" | "€" | "£"));
    counted || money
}

fn is_month(atom: &FigureAtom) -> bool {
    atom.capital && crate::prose::is_month(atom.low.trim_end_matches('.'))
}

/// `Feb. 20`, `20 February`, `May 2 to 5`, and the year behind them.
fn is_date(atoms: &[FigureAtom], at: usize, last: usize) -> bool {
    let is_day = |a: usize| low(atoms, a).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d));
    let back = |n: usize| at.checked_sub(n).and_then(|b| atoms.get(b));
    if back(1).is_some_and(is_month) {
        return true;
    }
    // `20 February`, `20th of February`, `the 20th` of a month.
    let mut next = last + 1;
    if lexicon::numbers::ORDINAL_ENDINGS.contains(low(atoms, next)) {
        next += 1;
    }
    if low(atoms, next) == "of" {
        next += 1;
    }
    if is_day(last) && atoms.get(next).is_some_and(is_month) {
        return true;
    }
    // `May 2 to 5`, `May 2 and 5`, `May 2, 3`.
    let joined = back(1).is_some_and(|b| matches!(b.low, "to" | "and" | "through" | "-" | ","))
        && back(2).is_some_and(|b| b.number && b.low.len() <= 2)
        && back(3).is_some_and(is_month);
    if joined && is_day(at) {
        return true;
    }
    is_year(atoms, at)
}

/// Four digits from 1900 to 2099, without currency, grouping, unit or an approximate word.
fn is_year(atoms: &[FigureAtom], at: usize) -> bool {
    let text = low(atoms, at);
    let year = text.len() == 4 && text.parse::<u32>().is_ok_and(|y| (1900..2100).contains(&y));
    if !year {
        return false;
    }
    let money = at.checked_sub(1).is_some_and(|b| unit::currency(atoms, b).is_some());
    let measured = super::number::read(atoms, at, false).is_some_and(|n| {
        n.factor > 1.0 || n.kind == super::number::NumberKind::Ordinal || unit::after(atoms, &n).is_some()
    });
    let bounded = matches!(around::bound_before(atoms, at), Some(bound) if bound != super::Bound::About);
    !(money || measured || bounded)
}

/// `8 a.m.`, `10 o'clock`, and durations such as `three days`, which belong to the time expressions.
fn is_clock(atoms: &[FigureAtom], next: usize) -> bool {
    matches!(low(atoms, next), "a.m." | "p.m." | "am" | "pm" | "o'clock")
}

/// Whether the word before makes the digits a label: `Section 8`, `page 4`, `Flight 370`, `Windows 10`, `Springfield 62701`.
fn labelled(paragraph: &Paragraph, atoms: &[FigureAtom], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|b| atoms.get(b)) else { return false };
    if !before.word {
        return false;
    }
    let label = lexicon::figures::LABELS_BEFORE.contains(before.low);
    if label {
        return true;
    }
    if !before.capital || super::number::read(atoms, at, false).is_some_and(|n| n.factor > 1.0) {
        return false;
    }
    // A capitalised word that does not open the sentence is a name, and the number is part of it.
    let sentence = paragraph.sentence_at(before.span.start);
    let opens = sentence.is_none_or(|s| {
        let first = s.tokens().take(3).find(|&t| paragraph.tokens.get(t).is_some_and(|t| t.capital));
        first.and_then(|t| paragraph.tokens.get(t)).is_some_and(|t| t.span == before.span)
    });
    let measured = super::number::read(atoms, at, false).is_some_and(|n| unit::after(atoms, &n).is_some());
    !opens && !measured
}

/// `12 Main Street`, `350 N. Oak Ave.`
fn is_address(atoms: &[FigureAtom], next: usize) -> bool {
    for (n, atom) in atoms.iter().skip(next).take(5).enumerate() {
        if !atom.capital {
            return false;
        }
        let street = lexicon::figures::STREETS.contains(atom.low.trim_end_matches('.'));
        if street && (n > 0 || atom.low == "broadway") {
            return true;
        }
    }
    false
}
