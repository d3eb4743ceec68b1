//! What a newsroom's folder, a story or its neighbours can do at worst.
//!
//! Each test tries it. SECURITY.md says in a table who is trusted with what.

use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::analysis::{Analysis, Analyzer};
use copydesk::checks::load;
use copydesk::markup::Format;
use copydesk::rules::{RuleFile, RuleSet};
use copydesk::settings::Settings;
use copydesk::story::Surroundings;

/// Rules of a newsroom's own with these patterns, `own/p0` and so on.
fn patterns(patterns: &[&str]) -> Arc<RuleSet> {
    let rule = |(number, pattern): (usize, &&str)| {
        format!(
            "[[rule]]\nid = \"own/p{number}\"\ntitle = \"T\"\ncheck = \"pattern\"\nseverity = \"warning\"\n\
             message = \"found it\"\nwhy = \"w\"\npattern = '{pattern}'\n"
        )
    };
    let text: String = patterns.iter().enumerate().map(rule).collect();
    let loaded = load([], [RuleFile { name: "own.toml", text: &text }]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    Arc::new(loaded.rules)
}

fn told(analysis: &Analysis) -> Vec<(&str, &str)> {
    analysis.findings.iter().map(|finding| (&*finding.rule, &*finding.message)).collect()
}

/// A back-reference behind a repeated repetition: each letter more doubles the steps.
const ENDLESS: &str = r"(\w|\w\w)+\1;";

#[test]
fn a_pattern_that_takes_too_many_steps_is_told_once_and_hangs_nothing() {
    let rules = patterns(&[ENDLESS, r"\bpier\b"]);
    let hard = "a pier aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!;\n\n";
    let numbered: String = (0..400).map(|number| hard.replace('!', &format!("!{number}!"))).collect();
    let story = format!("bb;\n\n{numbered}cc;");
    let started = Instant::now();
    let mut analyzer = Analyzer::new(rules);
    let analyze = |analyzer: &mut Analyzer, text: &str| {
        analyzer.analyze(text, Format::Plain, &Surroundings::default(), &Settings::default())
    };
    let analysis = analyze(&mut analyzer, &story);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    let (endless, others): (Vec<_>, Vec<_>) = told(&analysis).into_iter().partition(|(rule, _)| *rule == "own/p0");
    assert_eq!(endless.len(), 1, "{endless:?}");
    assert!(endless[0].1.contains("takes too many steps"), "{endless:?}");
    assert_eq!(others.len(), 400, "the other rule finds what it finds");
    // What was left out is looked for once nothing is in its way, as if the rest had never been there.
    let easy = "bb;\n\ncc;\n\na pier.";
    let again = analyze(&mut analyzer, easy);
    let rules = Arc::clone(analyzer.rules());
    let fresh = Analyzer::new(rules).analyze(easy, Format::Plain, &Surroundings::default(), &Settings::default());
    assert_eq!(told(&again), told(&fresh));
    assert_eq!(told(&again), [("own/p0", "found it"), ("own/p0", "found it"), ("own/p1", "found it")]);
}

#[test]
fn edits_round_a_pattern_that_takes_too_many_steps_tell_what_a_fresh_look_tells() {
    let rules = patterns(&[ENDLESS]);
    let hard = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!;";
    let texts = [
        "One bb; two.",
        "One bb; two.\n\nAnd cc; too.",
        &format!("One bb; two.\n\n{hard}\n\nAnd cc; too."),
        &format!("One bb; twos.\n\n{hard}\n\nAnd cc; too."),
        "One bb; twos.\n\nNone!\n\nAnd cc; too.",
        "One bb; twos.\n\nNone!",
    ];
    let mut analyzer = Analyzer::new(Arc::clone(&rules));
    let (around, settings) = (Surroundings::default(), Settings::default());
    let mut last = (String::new(), analyzer.analyze("", Format::Plain, &around, &settings));
    for text in texts {
        let before = std::mem::take(&mut last.0);
        let now = analyzer.analyze_again((&before, last.1), text, Format::Plain, &around, &settings);
        let fresh = Analyzer::new(Arc::clone(&rules)).analyze(text, Format::Plain, &around, &settings);
        assert_eq!(told(&now), told(&fresh), "{text}");
        last = (text.to_owned(), now);
    }
}
