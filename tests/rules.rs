//! Every rule that the program carries: whole, explained, and right on each of its examples.

use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::analysis::examples;
use copydesk::checks::load;
use copydesk::rules::PACKS;

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
