//! `conditional`: if one thing is in the story, another must be there as well.

use rustc_hash::FxHashSet;

use crate::prose::Passage;
use crate::rules::{Check, Hit, Pattern, Rule, RuleEntry, Run, choice, words};
use crate::story::Story;

use super::pattern::each_match;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "conditional",
    Run::Story(run),
    &[
        choice("where", &["story", "before"], "where the other must be: anywhere in the story, or before"),
        words("except", "what needs nothing else, as it is written"),
    ],
)
.says(&["found"])
.fits(fits)
.reads(&["pattern", "then"])
.of_form()];

fn fits(entry: &RuleEntry) -> Result<(), String> {
    match (&entry.pattern, &entry.then) {
        (Some(_), Some(_)) => Ok(()),
        _ => Err(
            "the check `conditional` needs `pattern`, what a story may say, and `then`, what it must say if it does"
                .to_owned(),
        ),
    }
}

/// What `then` finds: where, and what is in its group.
struct KnownGroup {
    passage: Passage,
    key: Option<String>,
}

/// The first of each of the things that `pattern` finds and `then` does not explain.
///
/// Where both patterns have a group, it must hold the same words in both: each acronym needs its own long form.
fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let (Some(pattern), Some(then)) = (&rule.pattern, &rule.then) else { return };
    let known = all(then, story, rule.case);
    let before = rule.text("where") == Some("before");
    let except: FxHashSet<&str> = rule.strings("except").collect();
    let mut told: FxHashSet<Option<String>> = FxHashSet::default();
    for (number, read) in story.paragraphs.iter().enumerate() {
        if !rule.scope.holds(read.paragraph.kind) || read.paragraph.foreign {
            continue;
        }
        // Where a pattern takes too many steps, what was found until then counts.
        let _ = each_match(pattern, &read.paragraph, |span, groups| {
            let passage = Passage::new(number, span);
            let written = read.paragraph.slice(span);
            let key = groups.key().map(|key| in_case(key, rule.case));
            let excepted = except.contains(written) || groups.key().is_some_and(|key| except.contains(key));
            let explains = |known: &KnownGroup| {
                let in_time = !before || known.passage <= passage || overlaps(known.passage, passage);
                let same = key.is_none() || known.key.is_none() || known.key == key;
                in_time && same
            };
            if !excepted && !known.iter().any(explains) && told.insert(key) {
                out.push(Hit::at(passage).arg("found", written));
            }
        });
    }
}

fn all(pattern: &Pattern, story: &Story, case: bool) -> Vec<KnownGroup> {
    let mut known = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        let _ = each_match(pattern, &read.paragraph, |span, groups| {
            let key = groups.key().map(|key| in_case(key, case));
            known.push(KnownGroup { passage: Passage::new(number, span), key });
        });
    }
    known
}

fn in_case(key: &str, case: bool) -> String {
    if case { key.to_owned() } else { key.to_lowercase() }
}

/// The long form with the acronym in brackets is where the acronym is explained.
fn overlaps(one: Passage, other: Passage) -> bool {
    one.paragraph == other.paragraph && one.span.overlaps(other.span)
}
