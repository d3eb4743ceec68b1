//! Slips that people make: sentences of our own with one each, and what they should be.
//!
//! `tests/slips/read.tsv` holds those on which rules were tried, `tests/slips/aside.tsv` as many that were written on the same
//! day, parted from them by lot and only counted; `read-wide.tsv` and `aside-wide.tsv` are a second such pair, of 64 kinds.
//! `read-editors.tsv` and `aside-editors.tsv` are a third, of what editors change; `read-web.tsv` and `aside-web.tsv` a fourth, of
//! mails, reviews and answers, and of the long tail of grammar and usage; `read-plain.tsv` and `aside-plain.tsv` a fifth, of short
//! plain sentences as news and the web have them; `read-beats.tsv` and `aside-beats.tsv` a sixth, of drafts from the council, the
//! court, sport, schools, business, the weather and obituaries; `read-spelling.tsv` and `aside-spelling.tsv` a seventh, of
//! misspelled, joined and split words and of names that a short story spells in two ways; `read-everyday.tsv` has slips of everyday grammar, all of them tuned on. `siblings.tsv` holds more of the kinds that were
//! missed, all of them tuned on. `sums-read.tsv` and `sums-aside.tsv` hold figures that do not go together; which of them is wrong is
//! mostly open, so it counts that they are found. How many are found, by kind:
//! `cargo test --test slips -- --nocapture`.

use std::collections::BTreeMap;
use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::checks::load;
use copydesk::finding::{Finding, Severity};
use copydesk::fix::apply_edits;
use copydesk::markup::Format;
use copydesk::rules::PACKS;
use copydesk::settings::Settings;
use copydesk::story::Surroundings;

/// What was counted of sentences with a slip, and of the same without it.
#[derive(Default)]
struct Count {
    slips: usize,
    found: usize,
    mended: usize,
    stopped_at: usize,
}

/// Counts by kind, and all together.
fn counted(tsv: &str) -> (BTreeMap<String, Count>, Count) {
    let packs = PACKS.iter().filter(|file| file.pack == "core");
    let mut analyzer = Analyzer::new(Arc::new(load(packs, []).rules));
    let around = Surroundings { date: Some(jiff::civil::date(2018, 2, 13)), ..Surroundings::default() };
    let mut findings = |text: &str| analyzer.analyze(text, Format::Plain, &around, &Settings::default()).findings;
    let (mut kinds, mut all) = (BTreeMap::<String, Count>::new(), Count::default());
    for line in tsv.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let [wrong, right, kind] = parts[..] else { panic!("three parts: {line}") };
        // A story of several paragraphs stands on one line.
        let [wrong, right] = [wrong, right].map(|text| text.replace("\\n", "\n\n"));
        let (of_wrong, of_right) = (findings(&wrong), findings(&right));
        let is_new = |finding: &&Finding| {
            of_right.iter().all(|other| (&other.rule, &other.message) != (&finding.rule, &finding.message))
        };
        let mends = |finding: &Finding| {
            finding.fixes.iter().any(|fix| apply_edits(&wrong, &mut fix.edits.iter().collect::<Vec<_>>()) == right)
        };
        let (found, mended) = (of_wrong.iter().filter(is_new).count() > 0, of_wrong.iter().any(mends));
        for count in [kinds.entry(kind.to_owned()).or_default(), &mut all] {
            count.slips += 1;
            count.found += usize::from(found);
            count.mended += usize::from(mended);
            count.stopped_at += usize::from(of_right.iter().any(|finding| finding.severity != Severity::Hint));
        }
    }
    (kinds, all)
}

/// Counts a set and prints it by kind.
fn shown(name: &str, tsv: &str) -> Count {
    let (kinds, all) = counted(tsv);
    for (kind, count) in kinds.iter().map(|(kind, count)| (kind.as_str(), count)).chain([(name, &all)]) {
        let Count { slips, found, mended, stopped_at } = count;
        println!("{kind}: {found} of {slips} found, {mended} mended; {stopped_at} right sentences stopped at");
    }
    all
}

/// What must hold of a set: the fewest slips that are mended, and the most right sentences that are stopped at, in a hundred.
fn holds(name: &str, tsv: &str, mended: usize, stopped_at: usize) {
    let all = shown(name, tsv);
    assert!(all.mended * 100 >= all.slips * mended, "{name}: {} of {} mended", all.mended, all.slips);
    assert!(all.stopped_at * 100 <= all.slips * stopped_at, "{name}: {} of {} stopped at", all.stopped_at, all.slips);
}

/// What must hold of a set of sums: the fewest that are found, in a hundred.
fn finds(name: &str, tsv: &str, least: usize) {
    let all = shown(name, tsv);
    assert!(all.found * 100 >= all.slips * least, "{name}: {} of {} found", all.found, all.slips);
    assert!(all.stopped_at <= 3, "{name}: {} right ones stopped at", all.stopped_at);
}

#[test]
fn sums_that_were_read_are_done() {
    finds("sums, read", include_str!("slips/sums-read.tsv"), 85);
}

#[test]
fn sums_that_were_put_aside_are_done() {
    finds("sums, aside", include_str!("slips/sums-aside.tsv"), 55);
}

#[test]
fn slips_that_were_read_are_mended() {
    holds("read", include_str!("slips/read.tsv"), 76, 3);
}

#[test]
fn slips_that_were_put_aside_are_mended() {
    holds("aside", include_str!("slips/aside.tsv"), 65, 4);
}

#[test]
fn slips_of_many_kinds_that_were_read_are_mended() {
    holds("read, many kinds", include_str!("slips/read-wide.tsv"), 85, 4);
}

#[test]
fn slips_of_many_kinds_that_were_put_aside_are_mended() {
    holds("aside, many kinds", include_str!("slips/aside-wide.tsv"), 68, 6);
}

#[test]
fn slips_that_editors_change_and_that_were_read_are_mended() {
    holds("read, editors", include_str!("slips/read-editors.tsv"), 65, 6);
}

#[test]
fn slips_that_editors_change_and_that_were_put_aside_are_mended() {
    holds("aside, editors", include_str!("slips/aside-editors.tsv"), 51, 12);
}

#[test]
fn slips_of_the_web_that_were_read_are_mended() {
    holds("read, web", include_str!("slips/read-web.tsv"), 90, 5);
}

#[test]
fn slips_of_the_web_that_were_put_aside_are_mended() {
    holds("aside, web", include_str!("slips/aside-web.tsv"), 70, 3);
}

#[test]
fn slips_of_plain_sentences_that_were_read_are_mended() {
    holds("read, plain", include_str!("slips/read-plain.tsv"), 95, 5);
}

#[test]
fn slips_of_everyday_grammar_are_mended() {
    holds("read, everyday", include_str!("slips/read-everyday.tsv"), 90, 3);
}

#[test]
fn slips_of_plain_sentences_that_were_put_aside_are_mended() {
    holds("aside, plain", include_str!("slips/aside-plain.tsv"), 72, 5);
}

#[test]
fn slips_of_drafts_that_were_read_are_mended() {
    holds("read, beats", include_str!("slips/read-beats.tsv"), 80, 5);
}

#[test]
fn slips_of_drafts_that_were_put_aside_are_mended() {
    holds("aside, beats", include_str!("slips/aside-beats.tsv"), 55, 15);
}

#[test]
fn slips_of_spelling_that_were_read_are_mended() {
    holds("read, spelling", include_str!("slips/read-spelling.tsv"), 86, 5);
}

#[test]
fn slips_of_spelling_that_were_put_aside_are_mended() {
    holds("aside, spelling", include_str!("slips/aside-spelling.tsv"), 80, 5);
}

#[test]
fn siblings_of_slips_that_were_missed_are_mended() {
    holds("siblings", include_str!("slips/siblings.tsv"), 75, 4);
}
