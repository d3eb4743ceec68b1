//! Every rule that the program carries: whole, explained, and right on each of its examples.

use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::analysis::examples;
use copydesk::checks::load;
use copydesk::finding::{Applicability, Finding, Severity};
use copydesk::fix::apply_edits;
use copydesk::markup::Format;
use copydesk::rules::{OWN_PACK, PACKS, RuleFile, RuleSet};
use copydesk::settings::{RuleSetting, Settings};
use copydesk::story::Surroundings;

#[test]
fn every_rule_is_right_on_its_examples() {
    let loaded = load(PACKS, []);
    assert_eq!(loaded.problems, []);
    let set = Arc::new(loaded.rules);
    assert!(!set.rules.is_empty());
    let mut analyzer = Analyzer::new(Arc::clone(&set));
    let mut failures = Vec::new();
    for rule in &set.rules {
        let place = format!("{} ({}:{})", rule.id, rule.file, rule.line);
        let has = |bad: bool| rule.examples.iter().any(|e| e.bad.is_some() == bad);
        if rule.why.trim().is_empty() || !has(true) || !has(false) {
            failures.push(format!("{place}: needs a `why`, a bad and a good example"));
        }
        let examples = rule.examples.iter().flat_map(|example| example.bad.iter().chain(&example.good));
        let mut written = [&rule.title, &rule.message, &rule.why].into_iter().chain(examples);
        if written.any(|words| words.starts_with("To do: ")) {
            failures.push(format!("{place}: what `scripts/new-check` wrote is still to be filled in"));
        }
        let mut has_fixes = false;
        let mut lists_fixes = false;
        for example in &rule.examples {
            match examples::run(&mut analyzer, rule, example) {
                Ok(outcome) => {
                    has_fixes |= outcome.has_fixes;
                    lists_fixes |= outcome.lists_fixes;
                }
                Err(message) => failures.push(format!("{place}:\n{message}")),
            }
        }
        if has_fixes && !lists_fixes {
            failures.push(format!("{place}: offers fixes, so one bad example must list them in `fixed`"));
        }
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

/// The rules that the pages show, which are those that a newsroom starts from.
#[test]
fn rules_of_the_pages_are_right_on_their_examples() {
    let mut kinds = std::collections::BTreeSet::new();
    for page in ["docs/writing-rules.md", "docs/coming-from-vale.md"] {
        let text = std::fs::read_to_string(page).expect("the page can be read");
        for block in text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let own = RuleFile { name: page, text: block };
            // What the page shows may be in a pack as well, under the same id.
            let renamed = block.replace("words/verb-preposition", "own/verb-preposition");
            let loaded = load(PACKS, [RuleFile { text: &renamed, ..own }]);
            assert_eq!(loaded.problems, [], "{block}");
            let set = Arc::new(loaded.rules);
            let mut analyzer = Analyzer::new(Arc::clone(&set));
            for rule in set.rules.iter().filter(|rule| rule.pack == OWN_PACK) {
                kinds.insert(rule.check.name);
                let has = |bad: bool| rule.examples.iter().any(|example| example.bad.is_some() == bad);
                assert!(has(true), "{page}: {} has no bad example", rule.id);
                for example in &rule.examples {
                    let run = examples::run(&mut analyzer, rule, example);
                    assert!(run.is_ok(), "{page}: {}:\n{}", rule.id, run.err().unwrap_or_default());
                }
            }
        }
    }
    for kind in ["phrase", "required", "conditional", "occurrence", "length", "readability", "capitals"] {
        assert!(kinds.contains(kind), "no page shows a rule of the kind `{kind}`");
    }
}

/// Every fix that no person must fill in, of every finding in the examples of all rules: with it the finding is gone, and at its
/// place stands nothing that the same rules would warn of.
#[test]
fn a_fix_leaves_nothing_to_say() {
    let set = Arc::new(load(PACKS, []).rules);
    let mut failures = Vec::new();
    // The two styles contradict each other, so one is off.
    for other in ["british", "ap"] {
        let settings = without_pack(&set, other);
        let mut analyzer = Analyzer::new(Arc::clone(&set));
        let is_tried = |pack: &str| if other == "british" { pack != other } else { pack == "british" };
        let rules = set.rules.iter().filter(|rule| is_tried(&rule.pack));
        for (rule, example) in rules.flat_map(|rule| rule.examples.iter().map(move |example| (rule, example))) {
            let Some(marked) = &example.bad else { continue };
            let text = marked.replace(['⟦', '⟧'], "");
            let format = example.format.as_deref().and_then(Format::of_name).unwrap_or(Format::Plain);
            let date = example.date.as_deref().unwrap_or("2018-02-12").parse().ok();
            let around = Surroundings { date, ..Surroundings::default() };
            let before = analyzer.analyze(&text, format, &around, &settings).findings;
            for finding in before.iter().filter(|finding| finding.rule == rule.id) {
                for fix in finding.fixes.iter().filter(|fix| fix.applicability != Applicability::Query) {
                    let fixed = apply_edits(&text, &mut fix.edits.iter().collect::<Vec<_>>());
                    let (Some(first), Some(last)) = (fix.edits.first(), fix.edits.last()) else { continue };
                    let end = (last.range.end + fixed.len()).saturating_sub(text.len());
                    let place = first.range.start..end;
                    let after = analyzer.analyze(&fixed, format, &around, &settings).findings;
                    let near = |old: &Finding| old.range.start <= last.range.end && first.range.start <= old.range.end;
                    let alike = |old: &Finding, new: &Finding| text[old.range.clone()] == fixed[new.range.clone()];
                    let known =
                        |new: &Finding| before.iter().any(|old| old.rule == new.rule && (near(old) || alike(old, new)));
                    let there = |new: &&Finding| new.range.start < place.end && place.start < new.range.end;
                    for new in after.iter().filter(there) {
                        if new.rule == rule.id && new.message == finding.message
                            || new.severity >= Severity::Warning && new.rule != rule.id && !known(new)
                        {
                            failures.push(format!("{}: {} => {fixed}: {}: {}", rule.id, text, new.rule, new.message));
                        }
                    }
                    if fixed == text {
                        failures.push(format!("{}: {}: the fix changes nothing", rule.id, text));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n"));
}

/// Settings under which the rules of a pack are off.
fn without_pack(set: &RuleSet, pack: &str) -> Settings {
    let off = RuleSetting { severity: Some(None), message: None };
    let rules = set.rules.iter().filter(|rule| rule.pack == pack);
    Settings { rules: rules.map(|rule| (rule.id.to_string(), off.clone())).collect(), ..Settings::default() }
}

#[test]
fn two_rules_that_offer_the_same_words_tell_it_once() {
    let set = Arc::new(load(PACKS, []).rules);
    let settings = without_pack(&set, "british");
    let mut analyzer = Analyzer::new(Arc::clone(&set));
    let around = Surroundings { date: "2018-02-12".parse().ok(), ..Surroundings::default() };
    let text = "Hillary Clinton came. Hilary Clinton left, and Hillary Clinton was here with Hillary Clinton.\n\n\
        The board allways met there. Thats what it said. It runned for alot of years, and teh end came.\n";
    let found = analyzer.analyze(text, Format::Plain, &around, &settings).findings;
    for words in ["Hilary", "allways", "Thats", "runned", "alot", "teh"] {
        let at = text.find(words).expect("it is there");
        let told = found.iter().filter(|finding| finding.range.contains(&at) && finding.severity >= Severity::Query);
        assert_eq!(told.count(), 1, "{words}: {found:#?}");
    }
}

#[test]
fn beside_code_a_word_near_a_rare_one_is_asked_about_only() {
    let set = Arc::new(load(PACKS, []).rules);
    let settings = without_pack(&set, "british");
    let mut analyzer = Analyzer::new(Arc::clone(&set));
    let mut severity = |text: &str| {
        let found = analyzer.analyze(text, Format::Markdown, &Surroundings::default(), &settings).findings;
        found.iter().find(|finding| &*finding.rule == "words/unknown-word").map(|finding| finding.severity)
    };
    let beside = "The [code](https://github.com/example/ferry) must recompille it first.";
    assert_eq!(severity(beside), Some(Severity::Query));
    assert_eq!(severity("We must recompille the ferry first."), Some(Severity::Warning));
}

/// The most severe finding of each rule in `text` with the packs that everybody has.
fn severities(text: &str, rule: &str) -> Vec<Severity> {
    let packs = PACKS.iter().filter(|file| file.pack == "core");
    let mut analyzer = Analyzer::new(Arc::new(load(packs, []).rules));
    let found = analyzer.analyze(text, Format::Plain, &Surroundings::default(), &Settings::default()).findings;
    found.iter().filter(|finding| &*finding.rule == rule).map(|finding| finding.severity).collect()
}

#[test]
fn each_wordy_phrase_is_told_once_a_story() {
    let packs = PACKS.iter().filter(|file| file.pack == "core");
    let mut analyzer = Analyzer::new(Arc::new(load(packs, []).rules));
    let text = "The board met in order to vote. In order to save money, it sat prior to noon.\n";
    let found = analyzer.analyze(text, Format::Plain, &Surroundings::default(), &Settings::default()).findings;
    let told = found.iter().filter(|finding| &*finding.rule == "words/wordy").map(|finding| finding.message.as_str());
    assert_eq!(told.collect::<Vec<_>>(), ["“to” is shorter (and 1 more like it in this story)", "“before” is shorter"]);
}

#[test]
fn words_that_the_sentence_finds_no_likelier_are_asked_about() {
    let rule = "grammar/homophone-beside";
    assert_eq!(severities("The new bridge had no affect on the traffic.", "words/confused"), [Severity::Warning]);
    let text = "She pressed her fork into the cake, sliced across it, and stabbed into the piece.";
    assert!(severities(text, rule).iter().all(|severity| *severity <= Severity::Query));
    // A rule on verbs asks where the word reads like a noun.
    let rule = "words/needless-preposition";
    assert_eq!(severities("The workers boycotted against the shop for a year.", rule), [Severity::Warning]);
    assert_eq!(severities("The workers wielded a boycott against the shop.", rule), [Severity::Query]);
}

#[test]
fn fiction_is_not_asked_for_days_and_speakers() {
    let tale = "She looked at him and he looked at her, and on Friday she left him her coat and her keys.\n\n\
        “You know that I will never come back to this house, do you?”\n\n\
        He held his breath. He had seen her leave him before, on Monday, and she had kissed him and told him he was the one she \
        would come home to, and he had believed her as he believed himself, with his eyes closed and his hands in his pockets.\n";
    assert!(severities(tale, "time/no-publication-date").iter().all(|severity| *severity <= Severity::Hint));
    assert!(severities(tale, "quotes/unattributed").iter().all(|severity| *severity <= Severity::Hint));
    let news = "The council voted on Friday to keep the ferry. The mayor, Ana Ruiz, said the vote on Monday was lost by one.\n";
    assert_eq!(severities(news, "time/no-publication-date"), [Severity::Query]);
}

#[test]
fn dialect_is_not_held_to_standard_grammar() {
    let dialect = "Me tell you, dem boys want de bridge. She been waiting for it, and dey know dat.\n\n\
        Listen, wha de mayor say is dis: he going to build it.\n";
    for rule in ["grammar/participle-alone", "grammar/missing-word", "words/misspelling"] {
        assert_eq!(severities(dialect, rule), [], "{rule}");
    }
    assert_eq!(
        severities("She been waiting for the bridge since May.\n", "grammar/participle-alone"),
        [Severity::Warning]
    );
}

#[test]
fn block_quotations_and_acronyms_are_asked_about_at_most() {
    let packs = PACKS.iter().filter(|file| file.pack == "core");
    let mut analyzer = Analyzer::new(Arc::new(load(packs, []).rules));
    let mut worst = |text: &str| {
        let found = analyzer.analyze(text, Format::Markdown, &Surroundings::default(), &Settings::default()).findings;
        found.iter().map(|finding| finding.severity).max()
    };
    assert_eq!(worst("The mill recieved the letter in the spring of that year.\n"), Some(Severity::Warning));
    assert_eq!(worst("> The mill recieved the letter in the spring of that year.\n"), Some(Severity::Query));
    assert_eq!(worst("They bought the Harbor Free School boys a new ball and a net.\n"), None);
}
