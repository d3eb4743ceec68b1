//! Claims about what somebody in public life did, and about what became of prices, jobs and the like.

use std::sync::LazyLock;

use super::ClaimKind;
use super::words::Words;
use crate::text::WordSet;

/// What a legislature, a government or a member of one does: a record holds it.
const ACTS: &str = "
voted passed signed vetoed cut slashed raised increased reduced doubled tripled opposed blocked enacted repealed abolished eliminated
expanded spent borrowed balanced deployed invaded banned outlawed legalized legalised approved rejected funded defunded outsourced
privatized privatised deregulated imposed filibustered supported sponsored lost created shipped";
/// Who does it, apart from names and pronouns.
const ACTORS: &[&str] = &[
    "president",
    "senator",
    "senators",
    "congressman",
    "congresswoman",
    "congress",
    "senate",
    "house",
    "parliament",
    "government",
    "administration",
    "republicans",
    "democrats",
    "conservatives",
    "labour",
    "governor",
    "mayor",
    "minister",
    "ministers",
    "party",
    "council",
    "opponent",
    "legislature",
    "lawmakers",
    "commission",
    "board",
    "court",
    "states",
];
const PRONOUNS: &[&str] = &["we", "he", "she", "they", "i", "you", "who", "we've", "they've", "i've", "you've"];
/// What an act takes for its object where the verb alone may be private: `lost 400,000 jobs`, not `lost his keys`.
const PUBLIC_OBJECTS: &[&str] = &[
    "job",
    "jobs",
    "tax",
    "taxes",
    "seats",
    "budget",
    "budgets",
    "money",
    "funding",
    "deficit",
    "debt",
    "spending",
    "wage",
    "wages",
    "rates",
    "program",
    "programs",
    "programme",
    "programmes",
    "benefits",
    "troops",
    "aid",
    "factories",
    "dollars",
    "pounds",
    "care",
    "surplus",
    "businesses",
    "age",
    "prices",
    "cost",
    "costs",
    "tariffs",
    "minimum",
];
/// What is passed, signed or opposed in public life.
const LEGAL_OBJECTS: &[&str] = &[
    "law",
    "laws",
    "bill",
    "bills",
    "act",
    "legislation",
    "tax",
    "taxes",
    "amendment",
    "resolution",
    "budget",
    "treaty",
    "agreement",
    "ban",
    "sanctions",
    "measure",
    "tariffs",
    "cuts",
    "increase",
    "increases",
    "plan",
    "order",
    "war",
    "funding",
];
/// What goes up and down in public life.
const MEASURES: &[&str] = &[
    "price",
    "prices",
    "unemployment",
    "employment",
    "jobs",
    "wages",
    "wage",
    "income",
    "incomes",
    "deficit",
    "debt",
    "taxes",
    "rate",
    "rates",
    "crime",
    "poverty",
    "spending",
    "exports",
    "imports",
    "cost",
    "costs",
    "premiums",
    "violence",
    "number",
    "economy",
    "inflation",
    "production",
    "sales",
    "emissions",
    "deaths",
    "attacks",
    "enrollment",
    "tuition",
    "rents",
    "population",
    "profits",
    "investment",
    "trade",
    "revenue",
    "revenues",
    "turnout",
    "homelessness",
    "funding",
    "budget",
    "casualties",
];
const TRENDS: &str = "
risen rose fallen fell increased declined doubled tripled quadrupled skyrocketed plummeted dropped grown grew shrunk shrank surged
soared climbed up down higher lower";

/// The words that show such claims.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    ACTS.split_whitespace().chain(TRENDS.split_whitespace()).chain([
        "billions",
        "millions",
        "trillions",
        "thousands",
        "half",
        "third",
    ])
}

/// Whether `word` names somebody of public life by the office.
pub(super) fn is_actor(word: &str) -> bool {
    ACTORS.contains(&word)
}

/// The kind that the word at position `at` shows.
pub(super) fn kind_at(words: &Words, at: usize) -> Option<ClaimKind> {
    let low = words.low(at, 0);
    if is_trend(words, at, low) {
        return Some(ClaimKind::Trend);
    }
    if is_act(words, at, low) {
        return Some(ClaimKind::Act);
    }
    let loose = matches!(low, "billions" | "millions" | "trillions" | "thousands")
        || matches!(low, "half" | "third") && matches!(words.low(at, -1), "a" | "about" | "nearly" | "almost");
    (loose && words.low(at, 1) == "of" && !words.low(at, 2).is_empty()).then_some(ClaimKind::Amount)
}

/// Whether the sentence denies or only wishes what the word at `at` tells: `would have`, `if`, `should be`.
fn is_unreal(words: &Words, at: usize) -> bool {
    (1..=4).any(|n| {
        matches!(words.low(at, -n), "would" | "could" | "should" | "if" | "might" | "may" | "must" | "whether" | "let")
    })
}

fn is_act(words: &Words, at: usize, low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| ACTS.split_whitespace().collect());
    if !WORDS.contains(low) || is_unreal(words, at) {
        return false;
    }
    let next = words.low(at, 1);
    // `was raised in Ohio`, `passed away`, `the cut`, `signed up`.
    let before = words.low(at, -1);
    if matches!(
        before,
        "was" | "were" | "been" | "be" | "being" | "is" | "are" | "the" | "a" | "an" | "to" | "and" | "born"
    ) || matches!(
        next,
        "" | "away"
            | "up"
            | "out"
            | "off"
            | "on"
            | "in"
            | "by"
            | ","
            | "."
            | "him"
            | "her"
            | "his"
            | "their"
            | "my"
            | "me"
    ) {
        return false;
    }
    let public = match low {
        "voted" | "vetoed" | "enacted" | "repealed" | "filibustered" | "deregulated" | "invaded" | "outlawed"
        | "defunded" | "privatized" | "privatised" => true,
        "passed" | "signed" | "approved" | "rejected" | "opposed" | "blocked" | "banned" | "imposed" | "supported"
        | "sponsored" => words.soon(at, 6, LEGAL_OBJECTS),
        // The others take anything for their object.
        _ => words.soon(at, 7, PUBLIC_OBJECTS),
    };
    if !public {
        return false;
    }
    (1..=5).any(|n| {
        let word = words.low(at, -n);
        PRONOUNS.contains(&word) || ACTORS.contains(&word) || words.is_capital(at, -n)
    })
}

fn is_trend(words: &Words, at: usize, low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| TRENDS.split_whitespace().collect());
    if !WORDS.contains(low) || is_unreal(words, at) {
        return false;
    }
    let measured = (1..=6).any(|n| MEASURES.contains(&words.low(at, -n)));
    let before = words.low(at, -1);
    let moved = match low {
        "up" | "down" | "higher" | "lower" => {
            matches!(before, "is" | "are" | "was" | "were" | "gone" | "went" | "been")
        }
        // `increased funding` has an object; `funding increased` has none.
        "increased" | "doubled" | "tripled" | "dropped" => !matches!(before, "we" | "he" | "she" | "they" | "i"),
        _ => true,
    };
    measured && moved && !matches!(before, "the" | "a" | "to")
}
