//! The checks that rules use: one file each, and [`ALL`] lists them.
//!
//! A check finds [`Hit`](crate::rules::Hit)s; the rule says how much they matter and in which words. Checks know nothing of settings,
//! suppression or the quotation guard: [`crate::analysis`] does that for all of them alike.

mod acronyms;
mod allegedly;
mod article;
mod attribution_tense;
mod attribution_verb;
mod claim;
mod consistency;
mod crime_label;
mod dates;
mod front_matter;
mod glued_boilerplate;
mod headline_quote;
mod holiday_date;
mod house;
mod house_places;
mod impossible_date;
mod late_attribution;
mod lead;
mod link_target;
mod minor_named;
mod month_form;
mod month_without_year;
mod names;
mod numbers;
mod numeric_date;
mod paragraph_hits;
mod pattern;
mod photos;
mod phrase;
mod publication_date;
mod quote_attributed_twice;
mod quote_comma;
mod quote_edits;
mod quote_mark_style;
mod quote_nesting;
mod quote_pairs;
mod quote_pronoun;
mod quote_repeated;
mod quote_resumed;
mod relative_date;
mod running;
mod since_duration;
mod single_source;
mod source_kind;
mod tense_date;
mod time_zone;
mod unattributed;
mod unnamed_study;
mod vague_time;
mod weekday_date;
mod wording;
mod year_arithmetic;

pub use consistency::Variants;
pub use numbers::{ComputedChange, computed_changes};
pub use paragraph_hits::ParagraphHits;
pub use photos::credit_line;
pub use running::{check_alike_quotes, check_facts, check_paragraph, check_quotes, check_story};
pub use unattributed::attribution;
pub use wording::with_capitals_of;

use crate::rules::{self, Check, Loaded, PackFile, RuleFile, Run, choice, number, text, words};

/// Every check, by name.
pub static ALL: &[Check] = &[
    Check { name: "acronym-before-name", run: Run::Story(acronyms::before_name), params: &[] },
    Check { name: "acronym-full-again", run: Run::Story(acronyms::full_again), params: &[] },
    Check { name: "acronym-letters", run: Run::Story(acronyms::letters), params: &[] },
    Check { name: "acronym-twice", run: Run::Story(acronyms::twice), params: &[] },
    Check { name: "acronym-unexplained", run: Run::Story(acronyms::unexplained), params: &[] },
    Check { name: "acronym-unused", run: Run::Story(acronyms::unused), params: &[] },
    Check { name: "age-differs", run: Run::Story(numbers::age::run), params: &[] },
    Check { name: "allegedly", run: Run::Paragraph(allegedly::run), params: &[] },
    Check { name: "article", run: Run::Paragraph(article::run), params: &[] },
    Check { name: "attribution-tense", run: Run::Story(attribution_tense::run), params: &[] },
    Check {
        name: "attribution-verb",
        run: Run::Local(attribution_verb::run),
        params: &[words("verbs", "the forms that are found, in lower case")],
    },
    Check { name: "average-total", run: Run::Paragraph(numbers::average::run), params: &[] },
    Check { name: "bound-side", run: Run::Paragraph(numbers::ratio::side), params: &[] },
    Check { name: "casualties", run: Run::Story(numbers::casualties::run), params: &[] },
    Check { name: "change-direction", run: Run::Paragraph(numbers::change_checks::direction), params: &[] },
    Check { name: "change-multiple", run: Run::Paragraph(numbers::change_checks::multiple), params: &[] },
    Check {
        name: "claim",
        run: Run::Local(claim::run),
        params: &[choice(
            "kind",
            &[
                "absolute",
                "cause",
                "comparison",
                "health",
                "history",
                "law",
                "prediction",
                "sequence",
                "statistic",
                "superlative",
            ],
            "the kind of claim: absolute, cause, comparison, health, history, law, prediction, sequence, statistic or superlative",
        )],
    },
    Check { name: "consistency", run: Run::Engine, params: &[] },
    Check { name: "conversion", run: Run::Paragraph(numbers::conversion::run), params: &[] },
    Check { name: "count-listed", run: Run::Local(numbers::listed::run), params: &[] },
    Check { name: "crime-label", run: Run::Story(crime_label::run), params: &[] },
    Check { name: "false-precision", run: Run::Paragraph(numbers::conversion::false_precision), params: &[] },
    Check { name: "front-matter", run: Run::Story(front_matter::run), params: &[] },
    Check { name: "glued-boilerplate", run: Run::Story(glued_boilerplate::run), params: &[] },
    Check {
        name: "headline-quote",
        run: Run::Story(headline_quote::run),
        params: &[choice(
            "kind",
            &["scare", "missing"],
            "scare: the story says the words itself without marks; missing: the story does not have the words",
        )],
    },
    Check { name: "holiday-date", run: Run::Local(holiday_date::run), params: &[] },
    Check {
        name: "house",
        run: Run::Story(house::run),
        params: &[choice("kind", &["name", "title"], "name (one slip from a name of the house) or title")],
    },
    Check {
        name: "house-place",
        run: Run::Story(house_places::run),
        params: &[choice(
            "kind",
            &["name", "dateline", "alone"],
            "name (one that the house does not use), dateline (its state or country is missing) or alone (it needs none)",
        )],
    },
    Check { name: "impossible-date", run: Run::Local(impossible_date::run), params: &[] },
    Check { name: "isbn", run: Run::Paragraph(numbers::isbn::run), params: &[] },
    Check { name: "late-attribution", run: Run::Local(late_attribution::run), params: &[] },
    Check {
        name: "lead",
        run: Run::Story(lead::run),
        params: &[
            choice(
                "fault",
                &["no-time", "no-day", "long"],
                "no-time, no-day (an announced event without its day) or long",
            ),
            number("most", 1, "how many words the first sentence may have"),
        ],
    },
    Check {
        name: "link-target",
        run: Run::Story(link_target::run),
        params: &[choice(
            "fault",
            &["shortener", "tracking", "text", "local", "two-targets"],
            "shortener, tracking, text (`here`), local or two-targets",
        )],
    },
    Check { name: "million-billion", run: Run::Story(numbers::scale::run), params: &[] },
    Check { name: "minor-named", run: Run::Story(minor_named::run), params: &[] },
    Check { name: "month-form", run: Run::Story(month_form::run), params: &[] },
    Check {
        name: "month-without-year",
        run: Run::Local(month_without_year::run),
        params: &[choice("kind", &["preposition"], "`preposition`: only find the lost preposition")],
    },
    Check { name: "names-courtesy-title", run: Run::Story(names::courtesy_title), params: &[] },
    Check { name: "names-diacritics", run: Run::Story(names::diacritics), params: &[] },
    Check { name: "names-false-title-commas", run: Run::Story(names::false_title_commas), params: &[] },
    Check {
        name: "names-first-reference",
        run: Run::Story(names::first_reference),
        params: &[words("single-names", "people whom everybody knows by one name")],
    },
    Check { name: "names-full-again", run: Run::Story(names::full_again), params: &[] },
    Check { name: "names-gender-pronoun", run: Run::Story(names::gender_pronoun), params: &[] },
    Check { name: "names-headline-name", run: Run::Story(names::headline_name), params: &[] },
    Check { name: "names-particle", run: Run::Story(names::particle), params: &[] },
    Check { name: "names-possessive-s", run: Run::Story(names::possessive_s), params: &[] },
    Check { name: "names-same-surname", run: Run::Story(names::same_surname), params: &[] },
    Check { name: "names-spelling-differs", run: Run::Story(names::spelling_differs), params: &[] },
    Check { name: "names-title-again", run: Run::Story(names::title_again), params: &[] },
    Check { name: "names-title-case", run: Run::Story(names::title_case), params: &[] },
    Check { name: "names-title-differs", run: Run::Story(names::title_differs), params: &[] },
    Check { name: "numeric-date", run: Run::Local(numeric_date::run), params: &[] },
    Check { name: "parts-total", run: Run::Paragraph(numbers::total::parts), params: &[] },
    Check { name: "pattern", run: Run::Engine, params: &[] },
    Check { name: "percent-change", run: Run::Paragraph(numbers::change_checks::percent), params: &[] },
    Check { name: "percent-style", run: Run::Story(numbers::percent_style::run), params: &[] },
    Check { name: "percentage-points", run: Run::Paragraph(numbers::change_checks::points), params: &[] },
    Check { name: "photos-alt-missing", run: Run::Story(photos::alt_missing), params: &[] },
    Check { name: "photos-altered", run: Run::Story(photos::altered), params: &[] },
    Check { name: "photos-caption-stop", run: Run::Story(photos::stop), params: &[] },
    Check { name: "photos-credit-differs", run: Run::Story(photos::credit_differs), params: &[] },
    Check { name: "photos-credit-form", run: Run::Story(photos::credit_form), params: &[] },
    Check { name: "photos-file-present-tense", run: Run::Story(photos::file_present_tense), params: &[] },
    Check { name: "photos-file-undated", run: Run::Story(photos::file_undated), params: &[] },
    Check { name: "photos-left-right-count", run: Run::Story(photos::left_right_count), params: &[] },
    Check { name: "photos-name-not-in-story", run: Run::Story(photos::name_not_in_story), params: &[] },
    Check { name: "photos-no-agency", run: Run::Story(photos::no_agency), params: &[] },
    Check { name: "photos-no-credit", run: Run::Story(photos::no_credit), params: &[] },
    Check { name: "photos-no-date", run: Run::Story(photos::no_date), params: &[] },
    Check { name: "photos-no-photographer", run: Run::Story(photos::no_photographer), params: &[] },
    Check { name: "photos-second-hand", run: Run::Story(photos::second_hand), params: &[] },
    Check { name: "phrase", run: Run::Engine, params: &[] },
    Check { name: "publication-date", run: Run::Story(publication_date::run), params: &[] },
    Check { name: "quote-attributed-twice", run: Run::Paragraph(quote_attributed_twice::run), params: &[] },
    Check {
        name: "quote-comma",
        run: Run::Local(quote_comma::run),
        params: &[choice("fault", &["outside", "missing"], "outside (behind the marks) or missing")],
    },
    Check { name: "quote-comma-mixed", run: Run::Story(quote_comma::mixed), params: &[] },
    Check {
        name: "quote-edits",
        run: Run::Paragraph(quote_edits::run),
        params: &[
            choice("sign", &["ellipsis", "bracket"], "ellipsis or bracket"),
            number("least", 1, "how many are found in one quote"),
        ],
    },
    Check { name: "quote-mark-style", run: Run::Story(quote_mark_style::run), params: &[] },
    Check { name: "quote-nesting", run: Run::Paragraph(quote_nesting::run), params: &[] },
    Check {
        name: "quote-pairs",
        run: Run::Story(quote_pairs::run),
        params: &[choice("missing", &["closing", "opening"], "closing or opening")],
    },
    Check { name: "quote-pronoun", run: Run::Quotes(quote_pronoun::run), params: &[] },
    Check {
        name: "quote-repeated",
        run: Run::AlikeQuotes(quote_repeated::run),
        params: &[choice(
            "kind",
            &["same", "changed", "speakers"],
            "same (the same words twice), changed (nearly the same words) or speakers (the same words by two people)",
        )],
    },
    Check { name: "quote-resumed", run: Run::Story(quote_resumed::run), params: &[] },
    Check { name: "ratio-percent", run: Run::Paragraph(numbers::ratio::percent), params: &[] },
    Check {
        name: "relative-date",
        run: Run::Local(relative_date::run),
        params: &[choice(
            "kind",
            &["weekday", "day", "period", "next-weekday"],
            "`weekday`, `day`, `period` or `next-weekday`",
        )],
    },
    Check { name: "sentence-start-numeral", run: Run::Paragraph(numbers::sentence_start::run), params: &[] },
    Check { name: "shares-over-100", run: Run::Paragraph(numbers::total::shares), params: &[] },
    Check { name: "since-duration", run: Run::Local(since_duration::run), params: &[] },
    Check { name: "single-source", run: Run::Story(single_source::run), params: &[] },
    Check {
        name: "source-kind",
        run: Run::Local(source_kind::run),
        params: &[
            choice("kind", &["unnamed", "no-reason", "vague", "no-agent"], "unnamed, no-reason, vague or no-agent"),
            text("ask", "what a fix inserts, in square brackets"),
        ],
    },
    Check { name: "suppression", run: Run::Engine, params: &[] },
    Check { name: "tense-date", run: Run::Local(tense_date::run), params: &[] },
    Check { name: "time-zone", run: Run::Local(time_zone::run), params: &[] },
    Check { name: "unattributed", run: Run::Story(unattributed::run), params: &[] },
    Check { name: "unreadable-date", run: Run::Story(front_matter::date), params: &[] },
    Check { name: "unnamed-study", run: Run::Local(unnamed_study::run), params: &[] },
    Check { name: "vague-time", run: Run::Story(vague_time::run), params: &[] },
    Check { name: "vote-margin", run: Run::Paragraph(numbers::margin::run), params: &[] },
    Check { name: "weekday-date", run: Run::Local(weekday_date::run), params: &[] },
    Check { name: "year-arithmetic", run: Run::Local(year_arithmetic::run), params: &[] },
];

/// Reads files of packs, and then those of the newsroom, whose rules may name all checks; see [`rules::load`].
pub fn load<'a>(packs: impl IntoIterator<Item = &'a PackFile>, own: impl IntoIterator<Item = RuleFile<'a>>) -> Loaded {
    rules::load(ALL, packs, own)
}
