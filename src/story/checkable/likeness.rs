//! Whether what a story and a source say is said of the same thing, and how alike two names are.

use super::{FactKind, identity, words};
use crate::story::evidence::{Amount, Cell, Shared, Statement, Subject, digits, is_slip};
use crate::story::figure::FigureUnit;

/// Whether facts of this kind are amounts.
pub(super) fn is_of_numbers(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Duration | FactKind::Figure | FactKind::Share | FactKind::Rank | FactKind::Age | FactKind::Date
    )
}

/// Whether the value alone tells that it is the same: few things are 4,187,302 in number.
pub(super) fn is_distinctive(amount: &Amount) -> bool {
    match amount {
        Amount::Number(number) => {
            let digits = digits(number.value).len();
            let is_exact = number.value.fract() != 0.0;
            let is_measured = matches!(number.unit, Some(FigureUnit::Measure(_)));
            digits >= 4 || is_exact && (digits >= 3 || digits == 2 && is_measured) || digits >= 2 && number.value >= 1e6
        }
        Amount::Day(day) => day.year.is_some() && day.day.is_some(),
        _ => false,
    }
}

/// Whether two amounts that differ are said of the same thing, as far as words can tell.
pub(super) fn is_same_thing(story: &Amount, source: &Amount, shared: Shared) -> bool {
    let Shared { near, all, of, own, of_others, words, names, near_names, same_hook, same_behind, .. } = shared;
    if of_others || !is_of_kind(story, source) {
        return false;
    }
    // Two digits that changed places, in the number of the same things.
    if count_the_same(story, source) && are_a_slip(story, source) && all >= 3 {
        return true;
    }
    // Of a vote told twice, hardly ever both sides are wrong: 84-61 and 84-51.
    let differ_in_a_digit = |one: u32, other: u32| {
        one.min(other) >= 10 && strsim::damerau_levenshtein(&one.to_string(), &other.to_string()) == 1
    };
    if let (&Amount::Pair(one, other), &Amount::Pair(first, second)) = (story, source)
        && (one == first && differ_in_a_digit(other, second) || other == second && differ_in_a_digit(one, first))
        && all >= 3
    {
        return true;
    }
    // Whoever names nobody speaks of what there is one of: “The ward will close on May 31”, “22 employees will lose their jobs”.
    let is_day = matches!(story, Amount::Day(day) if day.day.is_some());
    let is_same_deed = is_day && same_hook && all == of || count_the_same(story, source) && same_behind;
    if shared.of_unnamed && is_same_deed && near >= 2 && words >= 2 {
        return true;
    }
    // Most of the names beside it must be those of the source: “20 points in New Hampshire” are none in Iowa.
    if near_names.1 * 2 < near_names.0 {
        return false;
    }
    // “Twelve percent more than last year” is said of anything.
    let is_share = |amount: &Amount| match amount {
        Amount::Number(number) => {
            matches!(number.unit, Some(FigureUnit::Percent | FigureUnit::PercentagePoints | FigureUnit::Fraction))
        }
        _ => false,
    };
    if is_share(story) && (!names && all < 6 || shared.each_has_its_own) {
        return false;
    }
    // Both measure the same thing, or count the same things of it: “the boiler is 38 years old”, “employs 410 people”.
    if same_hook && (count_the_same(story, source) && are_a_slip(story, source) || words >= 2 && is_measured(story)) {
        return true;
    }
    // “A 16-inch reflector” and “an 18-inch reflector”
    if is_measured(story) && count_the_same(story, source) {
        return true;
    }
    // All that the source says is that something measures so much: “Its slit is 48 inches wide.”
    if is_measured(story) && words >= 2 && all == of && near >= 2 {
        return true;
    }
    // All that the story says of it may be little, and so may all that the source says of a year.
    let is_year = matches!(source, Amount::Day(day) if day.month.is_none());
    let much = is_year && words >= 2 && all == of
        || all >= 4 && all * 2 >= of
        || all >= 3 && all * 4 >= of * 3
        || words >= 2 && all == own;
    near >= 2 && (much || are_a_slip(story, source) && all * 3 >= of)
}

/// Whether an amount says how long, heavy or old something is.
fn is_measured(amount: &Amount) -> bool {
    matches!(amount, Amount::Number(number) if matches!(number.unit, Some(FigureUnit::Measure(_) | FigureUnit::Age)))
}

/// Whether two amounts count the same things by name.
pub(super) fn count_the_same(story: &Amount, source: &Amount) -> bool {
    match (story, source) {
        (Amount::Number(one), Amount::Number(other)) => one.noun.is_some() && one.noun == other.noun,
        _ => false,
    }
}

/// Whether two amounts may be those of one thing by what they count and how large they are.
pub(super) fn is_of_kind(story: &Amount, source: &Amount) -> bool {
    if let (Amount::Number(one), Amount::Number(other)) = (story, source) {
        // A count of another thing, or one far from it but for its zeros, is another figure.
        let counts = |unit: Option<FigureUnit>| unit.is_none_or(|unit| unit == FigureUnit::Count);
        if counts(one.unit)
            && counts(other.unit)
            && other.unit.is_some()
            && (one.noun.is_none() || one.noun != other.noun)
        {
            return false;
        }
        let ratio = (one.value.abs() / other.value.abs()).log10();
        let of_size = ratio.abs() <= 0.8 || [3.0, 6.0].iter().any(|zeros| (ratio.abs() - zeros).abs() < 0.02);
        if !of_size {
            return false;
        }
    }
    true
}

/// Whether a line of a form says how many there are of what the story counts: `Grandchildren: five`.
pub(super) fn is_same_line(story: &Amount, source: &Statement) -> bool {
    match (story, &source.amount) {
        (Amount::Number(one), Amount::Number(other)) => {
            source.is_labelled && one.noun.is_some() && one.noun == other.noun && is_of_kind(story, &source.amount)
        }
        _ => false,
    }
}

/// Whether two exact amounts are so long and so alike that one must be the other with a slip: $643,218 and $643,281.
pub(super) fn are_a_sure_slip(story: &Amount, source: &Amount) -> bool {
    match (story, source) {
        (Amount::Number(one), Amount::Number(other)) => {
            let least = if count_the_same(story, source) { 4 } else { 5 };
            let is_exact = |value: f64| value.fract() == 0.0 && digits(value).len() >= least;
            is_exact(one.value) && is_exact(other.value) && are_a_slip(story, source) && is_of_kind(story, source)
        }
        _ => false,
    }
}

/// Whether what a story counts is what the row or the column counts.
pub(super) fn counts_cell(cell: &Cell, story: &Amount) -> bool {
    match story {
        Amount::Number(number) => {
            number.noun.as_deref().is_some_and(|noun| cell.head.has_stem(noun) || cell.row.has_stem(noun))
        }
        _ => false,
    }
}

/// Whether the story, in which something is said of `subject`, speaks of a cell at all: a number alone stands in any table.
pub(super) fn speaks_of_cell(subject: &Subject, cell: &Cell, story: &Amount) -> bool {
    let (row, head) = (subject.shared(&cell.row), subject.shared(&cell.head));
    let is_all = |shared: Shared, words: &Subject| shared.all > 0 && shared.all >= words.weight();
    let says_head = head.all > 0 && cell.year.is_none();
    row.all > 0 && (says_head || cell.year.is_some() || row.all * 2 >= cell.row.weight())
        || says_head && is_all(head, &cell.head)
        || counts_cell(cell, story) && (row.all > 0 || head.all > 0)
}

/// Whether the story, in which something is said of `subject`, speaks of the cell with these words in its row and in the
/// head of its column.
pub(super) fn is_same_cell(subject: &Subject, cell: &Cell, story: &Amount, source: &Amount) -> bool {
    let (row, head) = (subject.shared(&cell.row), subject.shared(&cell.head));
    let noun = counts_cell(cell, story);
    let whole = cell.row.weight();
    let says_row = row.near > 0 && row.all * 2 >= whole;
    let says_all = row.all >= 2 && row.all >= whole;
    // A year alone says nothing of what is counted in it.
    let says_words = row.words + head.words > 0;
    says_words
        && is_of_kind(story, source)
        && (says_row && (head.all > 0 || noun || cell.year.is_some() && are_a_slip(story, source)) || says_all)
}

/// Whether one is the other with a slip of the finger.
pub(super) fn are_a_slip(story: &Amount, source: &Amount) -> bool {
    match (story, source) {
        (Amount::Number(one), Amount::Number(other)) => is_slip(one.value, other.value),
        // The years of a decade are all one digit apart.
        (Amount::Day(one), Amount::Day(other))
            if (one.month, one.day) == (other.month, other.day) && one.month.is_some() =>
        {
            one.year.zip(other.year).is_some_and(|(one, other)| is_slip(one.into(), other.into()))
        }
        _ => false,
    }
}

/// Whether two names (lower case) are those of one person, who has these surnames: with or without a middle name.
pub(super) fn is_same_name(one: &str, other: &str, surnames: &[String]) -> bool {
    let ends =
        |name: &str| Some((name.split_whitespace().next()?.to_owned(), name.split_whitespace().last()?.to_owned()));
    let (Some((given, last)), Some((other_given, other_last))) = (ends(one), ends(other)) else { return false };
    let is_own = |surname: &String| surnames.contains(surname);
    one == other || given == other_given && (last == other_last || is_own(&last) && is_own(&other_last))
}

/// How alike two names (lower case) are that may be one, spelled in two ways; `None` where they are those of two people.
pub(super) fn likeness_of_names(one: &str, other: &str) -> Option<u32> {
    let ends = |name: &str| {
        let words: Vec<String> = name.split_whitespace().map(|word| word.trim_matches('.').to_owned()).collect();
        (words.len() >= 2).then(|| (words[0].clone(), words[words.len() - 1].clone()))
    };
    let ((given, last), (other_given, other_last)) = (ends(one)?, ends(other)?);
    let (left, right) = match (given == other_given, last == other_last) {
        (true, false) => (last, other_last),
        (false, true) => (given, other_given),
        _ => return None,
    };
    let length = left.chars().count().min(right.chars().count());
    // A name and its plural are no two spellings, and what is cut short may be an initial.
    let is_longer = |long: &str, short: &str| long.starts_with(short) && (long.ends_with('s') || length < 4);
    if length < 3 || !crate::text::are_comparable(&left, &right) || is_longer(&left, &right) || is_longer(&right, &left)
    {
        return None;
    }
    let distance = strsim::damerau_levenshtein(&left, &right) as u32;
    (distance == 1 || distance == 2 && length >= 6).then(|| 3 - distance)
}

/// Whether two titles (lower case) cannot both be right of one person: the same office of another rank, or another office of
/// the same body.
pub(super) fn are_rivals(one: &str, other: &str) -> bool {
    let parts = |title: &str| {
        let words: Vec<String> = title.split_whitespace().map(str::to_owned).collect();
        let of = words.iter().position(|word| matches!(word.as_str(), "of" | "for" | "at")).unwrap_or(words.len());
        let head = of.checked_sub(1).and_then(|at| words.get(at)).cloned().unwrap_or_default();
        let ranks: Vec<String> = words[..of].iter().filter(|word| words::is_rank(word)).cloned().collect();
        (head, ranks, identity::content_words(&words[of.min(words.len())..].join(" ")))
    };
    if one.split_whitespace().chain(other.split_whitespace()).any(words::is_describing) {
        return false;
    }
    let ((head, ranks, body), (other_head, other_ranks, other_body)) = (parts(one), parts(other));
    match head == other_head {
        true => ranks != other_ranks,
        false => body.iter().any(|word| other_body.contains(word)),
    }
}
