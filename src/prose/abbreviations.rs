//! Abbreviations whose point does not end a sentence.

use std::sync::LazyLock;

use crate::lexicon;
use crate::text::WordSet;

/// Abbreviations that stand before a name: never the end of a sentence.
const TITLES: &[&str] = &[
    "adm", "amb", "asst", "atty", "brig", "capt", "cmdr", "col", "cpl", "dep", "det", "dir", "dist", "dr", "fr", "gen",
    "gov", "hon", "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "mx", "pfc", "pres", "prof",
    "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "spc", "sr", "st", "ste", "supt", "vice-adm", "maj-gen",
    "lt-gen",
];

/// Other abbreviations: they may end a sentence.
const OTHERS: &[&str] = &[
    "al", "approx", "apt", "ariz", "ark", "art", "assn", "ave", "bldg", "blvd", "bros", "calif", "cf", "ch", "co",
    "colo", "conn", "corp", "dept", "div", "ed", "eds", "e.g", "eq", "esp", "est", "etc", "ext", "fig", "fla", "fri",
    "ft", "hwy", "i.e", "ill", "inc", "ind", "jr", "kan", "ky", "la", "ltd", "mass", "mich", "minn", "miss", "mo",
    "mon", "mont", "nat", "neb", "nev", "no", "nos", "okla", "op", "ore", "p", "pa", "para", "plc", "pp", "pt", "pty",
    "rd", "s.a", "sat", "sec", "st", "sun", "tenn", "tex", "thu", "thurs", "tue", "tues", "univ", "v", "va", "viz",
    "vol", "vols", "vs", "vt", "wash", "wed", "wis", "wyo",
];

/// Whether `word` (lower case, without its point) is a title that is abbreviated before a name.
pub fn is_title_abbreviation(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether `word` (lower case, without its point) is an abbreviated month.
pub fn is_month_abbreviation(word: &str) -> bool {
    lexicon::time::MONTHS_ABBREVIATED.contains(word)
}

/// Whether `word` (lower case, without its point) is a known abbreviation of any kind.
pub(super) fn is_abbreviation(word: &str) -> bool {
    static ALL: LazyLock<WordSet> = LazyLock::new(|| {
        let others = [TITLES, OTHERS].concat().into_iter();
        others.chain(lexicon::time::MONTHS_ABBREVIATED.iter()).collect()
    });
    ALL.contains(word)
}
