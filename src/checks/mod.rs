//! The checks that rules use: one file each, and [`ALL`] lists them.
//!
//! A check finds [`Hit`](crate::rules::Hit)s; the rule says how much they matter and in which words. Checks know nothing of settings,
//! suppression or the quotation guard: [`crate::analysis`] does that for all of them alike.

mod acronyms;
mod allegedly;
mod article;
mod attribution_tense;
mod attribution_verb;
mod capitals;
mod claim;
mod clock_length;
mod conditional;
mod confusable;
mod consistency;
mod crime_label;
mod dates;
mod doubled_phrase;
mod doubled_word;
mod facts;
mod front_matter;
mod glued_boilerplate;
mod headline_quote;
mod holiday_date;
mod house;
mod house_places;
mod impossible_date;
mod late_attribution;
mod lead;
mod left_out;
mod length;
mod link_target;
mod material;
mod minor_named;
mod missing_space;
mod month_abbreviated;
mod month_form;
mod month_without_year;
mod names;
mod no_end_mark;
mod numbers;
mod numeric_date;
mod occurrence;
mod paragraph_hits;
mod pattern;
mod period;
mod photos;
mod phrase;
mod program_words;
mod publication_date;
mod quote_attributed_twice;
mod quote_comma;
mod quote_edits;
mod quote_mark_style;
mod quote_mismatched;
mod quote_nesting;
mod quote_pairs;
mod quote_pronoun;
mod quote_repeated;
mod quote_resumed;
mod readability;
mod relative_date;
mod release_line;
mod required;
mod running;
mod sequence;
mod since_duration;
mod single_source;
mod source_kind;
mod spelling;
mod street_form;
mod subject_verb;
mod tense_date;
mod time_form;
mod time_zone;
mod unattributed;
mod unlikely_preposition;
mod unnamed_study;
mod vague_time;
mod weekday_date;
mod wording;
mod year_arithmetic;

pub use consistency::Variants;
pub use facts::{counts_kind, finds_unchecked};
pub use numbers::{ComputedChange, Sum, computed_changes, sums};
pub use paragraph_hits::ParagraphHits;
pub use photos::credit_line;
pub use running::{check_alike_quotes, check_facts, check_paragraph, check_quotes, check_story};
pub use unattributed::attribution;
pub use wording::with_capitals_of;

use crate::rules::{self, Check, Engine, Loaded, PackFile, RuleFile, Run};

/// All checks that rules may name, file by file.
pub static ALL: &[&[Check]] = &[
    acronyms::CHECKS,
    allegedly::CHECKS,
    article::CHECKS,
    attribution_tense::CHECKS,
    attribution_verb::CHECKS,
    capitals::CHECKS,
    claim::CHECKS,
    clock_length::CHECKS,
    conditional::CHECKS,
    confusable::CHECKS,
    consistency::CHECKS,
    crime_label::CHECKS,
    doubled_phrase::CHECKS,
    doubled_word::CHECKS,
    facts::CHECKS,
    front_matter::CHECKS,
    glued_boilerplate::CHECKS,
    headline_quote::CHECKS,
    holiday_date::CHECKS,
    house::CHECKS,
    house_places::CHECKS,
    impossible_date::CHECKS,
    late_attribution::CHECKS,
    lead::CHECKS,
    left_out::CHECKS,
    length::CHECKS,
    link_target::CHECKS,
    material::CHECKS,
    minor_named::CHECKS,
    missing_space::CHECKS,
    month_abbreviated::CHECKS,
    month_form::CHECKS,
    month_without_year::CHECKS,
    names::CHECKS,
    no_end_mark::CHECKS,
    numbers::CHECKS,
    numeric_date::CHECKS,
    occurrence::CHECKS,
    pattern::CHECKS,
    period::CHECKS,
    photos::CHECKS,
    phrase::CHECKS,
    publication_date::CHECKS,
    quote_attributed_twice::CHECKS,
    quote_comma::CHECKS,
    quote_edits::CHECKS,
    quote_mark_style::CHECKS,
    quote_mismatched::CHECKS,
    quote_nesting::CHECKS,
    quote_pairs::CHECKS,
    quote_pronoun::CHECKS,
    quote_repeated::CHECKS,
    quote_resumed::CHECKS,
    readability::CHECKS,
    relative_date::CHECKS,
    release_line::CHECKS,
    required::CHECKS,
    sequence::CHECKS,
    since_duration::CHECKS,
    single_source::CHECKS,
    source_kind::CHECKS,
    spelling::CHECKS,
    tense_date::CHECKS,
    street_form::CHECKS,
    subject_verb::CHECKS,
    time_form::CHECKS,
    time_zone::CHECKS,
    unattributed::CHECKS,
    unlikely_preposition::CHECKS,
    unnamed_study::CHECKS,
    vague_time::CHECKS,
    weekday_date::CHECKS,
    year_arithmetic::CHECKS,
    SUPPRESSION,
];

/// The findings about marks that silence nothing, which the analysis makes itself.
const SUPPRESSION: &[Check] = &[Check::new("suppression", Run::Engine(Engine::Suppressions), &[])];

/// All checks, one after the other.
pub fn all() -> impl Iterator<Item = &'static Check> {
    ALL.iter().copied().flatten()
}

/// Reads files of packs, and then those of the newsroom, whose rules may name all checks; see [`rules::load`].
pub fn load<'a>(packs: impl IntoIterator<Item = &'a PackFile>, own: impl IntoIterator<Item = RuleFile<'a>>) -> Loaded {
    rules::load(ALL, packs, own)
}
