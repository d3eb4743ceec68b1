//! Tables and data: what a cell counts, in which scale, and of what, as the heads of its column and the words of its row say.

use std::collections::HashMap;
use std::sync::Arc;

use super::amount::{Amount, CountedNumber, Day};
use super::subject::Subject;
use super::{Cell, Evidence, Named, Statement, Stretch};
use crate::lexicon;
use crate::material::{Piece, Place};
use crate::story::figure::{Currency, FigureUnit};

/// The most cells that are read for facts.
const MOST_CELLS: usize = 200_000;

/// Characters of a text in data that may say what the numbers beside it are about.
const LONGEST_LABEL: usize = 120;

/// Takes what the cells of tables and the values of data say.
pub(super) fn read(pieces: &[Piece], evidence: &mut Evidence) {
    let is_cell = |piece: &Piece| matches!(piece.place, Place::Key(_)) || piece.cell().is_some();
    let cells = pieces.iter().enumerate().filter(|(_, piece)| is_cell(piece));
    let cells: Vec<(u32, &Piece)> = cells.take(MOST_CELLS).map(|(number, piece)| (number as u32, piece)).collect();
    let (tables, data): (Vec<_>, Vec<_>) =
        cells.into_iter().partition(|(_, piece)| !matches!(piece.place, Place::Key(_)));
    sheets(&tables, evidence);
    values(&data, evidence);
}

/// The rows of tables, one after the other.
fn sheets(cells: &[(u32, &Piece)], evidence: &mut Evidence) {
    let row_of = |piece: &Piece| piece.cell().map(|(sheet, row, _)| (sheet, row));
    let mut heads: HashMap<usize, String> = HashMap::new();
    let mut title = String::new();
    let mut years: Arc<Vec<String>> = Arc::default();
    let mut sheet: Option<String> = None;
    // The row before, and whether it had one cell only.
    let mut last: Option<(usize, bool)> = None;
    for row in cells.chunk_by(|(_, one), (_, next)| row_of(one) == row_of(next)) {
        let Some((name, number)) = row.first().and_then(|(_, piece)| row_of(piece)) else { continue };
        if sheet.as_ref() != Some(&name) {
            heads.clear();
            // Tables of a page have numbers, which say nothing.
            title = if matches!(row[0].1.place, Place::Cell(_)) { name.clone() } else { String::new() };
            (sheet, last) = (Some(name), None);
        }
        // Behind a blank row or a title another table may begin.
        let may_begin = last.is_none_or(|(before, alone)| alone || number > before + 1);
        last = Some((number, row.len() == 1));
        let column = |piece: &Piece| piece.cell().map_or(0, |(_, _, column)| column);
        let is_number = |piece: &Piece| plain(&piece.text).is_some();
        // Years above columns, and before rows, say what is counted.
        let years_only = row.iter().filter(|(_, piece)| is_number(piece)).all(|(_, piece)| is_year(&piece.text));
        let is_text = !row.iter().any(|(_, piece)| is_number(piece));
        let is_head = years_only && (heads.is_empty() || is_text && (may_begin || row.len() == 1));
        if is_head {
            if let [(_, only)] = row {
                title = format!("{} {title}", only.text);
            } else {
                heads.clear();
                heads.extend(row.iter().map(|(_, piece)| (column(piece), piece.text.clone())));
                years = Arc::new(row.iter().filter_map(|(_, piece)| one_year(&piece.text)).collect());
            }
            // Texts in a table may be all that it holds.
            row.iter().for_each(|&(number, piece)| running(number, piece, &Subject::default(), evidence));
            continue;
        }
        let labels: Vec<&(u32, &Piece)> =
            row.iter().filter(|(_, piece)| !is_number(piece) || column(piece) == 0 && is_year(&piece.text)).collect();
        let of_row = Subject::of_words(labels.iter().map(|(_, piece)| piece.text.as_str()));
        let label: String = labels.iter().map(|(_, piece)| piece.text.as_str()).collect::<Vec<_>>().join(" ");
        let of_first = labels.first().and_then(|(_, piece)| one_year(&piece.text));
        for &(number, piece) in row {
            let head = heads.get(&column(piece)).map_or("", String::as_str);
            let subject = Subject::of_words(std::iter::once(head)).with(&of_row);
            if labels.iter().any(|(known, _)| *known == number) {
                running(number, piece, &subject, evidence);
            } else {
                let year = one_year(head).or_else(|| of_first.clone());
                let of_head = Subject::of_words([head, title.as_str()].into_iter());
                let cell = Box::new(Cell { row: of_row.clone(), head: of_head, year, years: years.clone() });
                // The corner may say in what all the table is counted, or what stands below it.
                let corner = heads.get(&0).map_or("", String::as_str);
                bare(number, &piece.text, &[head, &label, &title, corner], (subject, Some(cell)), evidence);
            }
        }
    }
}

/// The values of data: what stands in their keys, and the texts beside them, say what they are.
fn values(cells: &[(u32, &Piece)], evidence: &mut Evidence) {
    let parent = |piece: &Piece| match &piece.place {
        Place::Key(key) => key.rsplit_once('/').map_or(String::new(), |(parent, _)| parent.to_owned()),
        _ => String::new(),
    };
    for group in cells.chunk_by(|(_, one), (_, next)| parent(one) == parent(next)) {
        let texts = group.iter().filter(|(_, piece)| plain(&piece.text).is_none() && piece.text.len() <= LONGEST_LABEL);
        let label: String = texts.map(|(_, piece)| piece.text.as_str()).collect::<Vec<_>>().join(" ");
        for &(number, piece) in group {
            let Place::Key(key) = &piece.place else { continue };
            let key = spelled(key);
            let subject = Subject::of_words([key.as_str(), label.as_str()].into_iter());
            match plain(&piece.text) {
                Some(_) => {
                    let own = key.rsplit('/').next().unwrap_or_default();
                    bare(number, &piece.text, &[own, &key], (subject, None), evidence);
                }
                None => running(number, piece, &subject, evidence),
            }
        }
    }
}

/// A key as words: `/budget/totalCost_usd` is `/budget/total Cost usd`.
fn spelled(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 8);
    let mut before = ' ';
    for c in key.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(if matches!(c, '_' | '-' | '.') { ' ' } else { c });
        before = c;
    }
    words
}

/// A cell that holds text.
fn running(number: u32, piece: &Piece, subject: &Subject, evidence: &mut Evidence) {
    let (first, first_name) = (evidence.statements.len(), evidence.names.len());
    evidence.read(&Stretch { text: piece.text.clone(), speaker: None, pieces: vec![(0, number)] });
    for statement in &mut evidence.statements[first..] {
        statement.subject = std::mem::take(&mut statement.subject).with(subject);
    }
    // A cell that is a name and nothing else: the reader of names wants words round it.
    if evidence.names.len() == first_name && is_name(&piece.text) {
        evidence.names.push(Named { piece: number, name: piece.text.trim().to_owned(), title: None });
    }
}

/// Whether `text` is two or three words with a capital, the first a given name.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=3).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit()))
        && crate::story::person::is_given_name(&words[0].to_lowercase())
}

/// A cell that holds a number and no word: `around` says what it is, what is nearest first.
fn bare(
    number: u32,
    text: &str,
    around: &[&str],
    (subject, cell): (Subject, Option<Box<Cell>>),
    evidence: &mut Evidence,
) {
    let Some(Plain { value, rounding, unit }) = plain(text) else { return };
    // What stands beside it is sure. What stands above the whole table may be said of other columns: births under a title that
    // is “in thousands of dollars”.
    let sure_unit = unit.or_else(|| around.iter().take(2).find_map(|words| unit_in(words)));
    let unit = sure_unit.or_else(|| around.iter().find_map(|words| unit_in(words)));
    let sentence = evidence.sentences;
    evidence.sentences += 1;
    let stated = |amount: Amount, words: String, is_vague: bool| Statement {
        piece: number,
        amount,
        words,
        sentence,
        subject: subject.clone(),
        cell: cell.clone(),
        is_vague,
        is_labelled: false,
        is_of_then: false,
        who: None,
    };
    let written = text.trim().to_owned();
    if around.first().is_some_and(|head| is_of_birth(head)) && is_year(text) {
        let day = Day { year: Some(value as i16), ..Day::default() };
        evidence.statements.push(stated(Amount::Born(day), written, false));
        return;
    }
    let number_of = |factor: f64, unit: Option<FigureUnit>| {
        let (value, rounding) = (value * factor, rounding * factor);
        Amount::Number(CountedNumber { value, rounding, unit, bound: None, noun: None })
    };
    let is_count = matches!(unit, None | Some(FigureUnit::Count | FigureUnit::Money(_)));
    let scale = around.iter().find_map(|words| scale_in(words)).filter(|_| is_count);
    // Which columns are sums of money their heads say.
    let is_sum = around.first().is_none_or(|head| is_of_sums(head));
    let is_vague = sure_unit.is_none() && matches!(unit, Some(FigureUnit::Money(_))) && !is_sum;
    let has_sure_scale = || around.iter().take(2).any(|words| scale_in(words).is_some());
    if sure_unit.is_none() && (unit.is_some() || scale.is_some()) && !has_sure_scale() {
        evidence.statements.push(stated(number_of(1.0, None), written.clone(), true));
    }
    let Some((factor, said)) = scale else {
        evidence.statements.push(stated(number_of(1.0, unit), written, is_vague));
        return;
    };
    if !(rounding < 0.5 && value.abs() < 100.0 && around.iter().any(|words| is_of_each(words))) {
        evidence.statements.push(stated(number_of(factor, unit), format!("{written} ({said})"), is_vague));
    }
}

/// Whether a head may be that of a column of sums: it says so, or names no more than a year.
fn is_of_sums(head: &str) -> bool {
    let low = head.to_lowercase();
    let mut words = low.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_none()
        || words.any(|word| word.contains(|c: char| c.is_ascii_digit()) || lexicon::checkable::SUMS.contains(word))
}

/// Whether a head or a label is that of a rate: `Earnings per share`.
fn is_of_each(words: &str) -> bool {
    words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "per")
}

/// The year that a head or a label names, where it names one.
fn one_year(words: &str) -> Option<String> {
    let mut years = words.split(|c: char| !c.is_alphanumeric()).filter(|word| is_year(word));
    let year = years.next()?;
    years.next().is_none().then(|| year.to_owned())
}

fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1500..2200).contains(&year))
}

fn is_of_birth(head: &str) -> bool {
    let low = head.to_lowercase();
    low.split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "born" | "birth" | "birthday" | "birthdate" | "dob"))
}

/// A cell that is a number.
struct Plain {
    value: f64,
    /// Half of its last digit.
    rounding: f64,
    /// What a sign beside it says.
    unit: Option<FigureUnit>,
}

/// The number that `text` is, with its sign: `4,200`, `$1,100.50`, `27%`, `(300)` for what is below nothing.
fn plain(text: &str) -> Option<Plain> {
    let text = text.trim();
    let (inner, negative) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => text.strip_prefix(['-', '−']).map_or((text, false), |inner| (inner, true)),
    };
    let (inner, unit) = match inner.strip_suffix('%') {
        Some(inner) => (inner, Some(FigureUnit::Percent)),
        None => match inner.chars().next().and_then(currency) {
            Some(currency) => (inner.trim_start_matches(['$', '€', '£']), Some(FigureUnit::Money(currency))),
            None => (inner, None),
        },
    };
    let digits: String = inner.trim().chars().filter(|c| !matches!(c, ',' | ' ' | '\u{A0}' | '\u{202F}')).collect();
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.len() <= 18;
    let value: f64 = is_number.then(|| digits.parse().ok()).flatten()?;
    let behind = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let rounding = 0.5 * 10f64.powi(-(behind as i32));
    Some(Plain { value: if negative { -value } else { value }, rounding, unit })
}

fn currency(sign: char) -> Option<Currency> {
    Some(match sign {
        '$' => Currency::UsDollar,
        '€' => Currency::Euro,
        '£' => Currency::Pound,
        _ => return None,
    })
}

/// The unit that words beside a cell name.
fn unit_in(words: &str) -> Option<FigureUnit> {
    let low = words.to_lowercase();
    let has = |wanted: &[&str]| low.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word));
    Some(match () {
        () if low.contains('%') || has(&["percent", "percentage", "pct"]) => FigureUnit::Percent,
        () if has(&["share"]) && !has(&["per"]) => FigureUnit::Percent,
        () if has(&["age", "ages"]) => FigureUnit::Age,
        () if low.contains('$') || has(&["usd", "dollars", "dollar"]) => FigureUnit::Money(Currency::UsDollar),
        () if low.contains('€') || has(&["eur", "euros", "euro"]) => FigureUnit::Money(Currency::Euro),
        () if low.contains('£') || has(&["gbp", "pounds"]) => FigureUnit::Money(Currency::Pound),
        () => return None,
    })
}

/// The scale that words beside a cell name, and how it is said.
fn scale_in(words: &str) -> Option<(f64, &'static str)> {
    let low = words.to_lowercase();
    let has = |wanted: &[&str]| low.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word));
    let zeros = ["000s", "(000)", "$000", "£000", "€000", "'000", "’000", "000 omitted"];
    Some(match () {
        () if low.contains("thousand") || zeros.iter().any(|zeros| low.contains(zeros)) => (1e3, "in thousands"),
        () if low.contains("million") || has(&["m", "mn", "mln"]) && low.contains(['$', '£', '€']) => {
            (1e6, "in millions")
        }
        () if low.contains("billion") || has(&["bn"]) => (1e9, "in billions"),
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::Material;

    fn told(name: &str, text: &str) -> Vec<(String, String, f64, Option<FigureUnit>)> {
        let material = Material::read(name, text.as_bytes()).expect("it is read");
        let evidence = Evidence::of(&material);
        let number = |statement: &Statement| match &statement.amount {
            Amount::Number(number) => {
                let place = material.pieces[statement.piece as usize].place.to_string();
                Some((place, statement.words.clone(), number.value, number.unit))
            }
            _ => None,
        };
        evidence.statements.iter().filter(|statement| !statement.is_vague).filter_map(number).collect()
    }

    #[test]
    fn cells_have_the_scale_and_the_unit_of_their_heads() {
        let text =
            "Harbor budget (in thousands)\nItem,2017,2018 ($),Share (%)\nFerry,3900,\"4,200\",61\nPier,(300),1.5,22\n";
        let dollars = Some(FigureUnit::Money(Currency::UsDollar));
        let wanted = [
            ("B3", "3900 (in thousands)", 3_900_000.0, None),
            ("C3", "4,200 (in thousands)", 4_200_000.0, dollars),
            ("D3", "61", 61.0, Some(FigureUnit::Percent)),
            ("B4", "(300) (in thousands)", -300_000.0, None),
            ("C4", "1.5 (in thousands)", 1500.0, dollars),
            ("D4", "22", 22.0, Some(FigureUnit::Percent)),
        ];
        let wanted = wanted.map(|(place, words, value, unit)| (place.to_owned(), words.to_owned(), value, unit));
        assert_eq!(told("budget.csv", text), wanted);
    }

    #[test]
    fn keys_say_what_values_are() {
        let json = r#"{"projects": [{"name": "Ferry", "totalCost_usd": 4200000, "staff": 12}]}"#;
        let material = Material::read("budget.json", json.as_bytes()).expect("it is read");
        let evidence = Evidence::of(&material);
        let cost = evidence.statements.iter().find(|s| s.words == "4200000").expect("it is there");
        assert!(matches!(&cost.amount, Amount::Number(n) if n.unit == Some(FigureUnit::Money(Currency::UsDollar))));
        assert!(cost.subject.has("ferry") && cost.subject.has("cost"));
    }
}
