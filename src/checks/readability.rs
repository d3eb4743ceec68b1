//! `readability`: stories that are harder to read than the house wants.

use crate::prose::{Passage, TextStatistics, words_of};
use crate::rules::{Check, Hit, Rule, RuleEntry, Run, choice, number};
use crate::story::Story;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "readability",
    Run::Story(run),
    &[
        choice(
            "measure",
            &["flesch-kincaid", "gunning-fog", "coleman-liau", "reading-ease"],
            "flesch-kincaid (the default), gunning-fog and coleman-liau, which are grades of school, or reading-ease",
        ),
        number("most", 1, "the highest grade"),
        number("least", 1, "the lowest reading ease"),
        number("least-words", 1, "texts with fewer words are not measured (100 unless you say)"),
    ],
)
.says(&["grade", "most", "least"])
.fits(fits)
.of_form()];

/// Where a text is shorter, one long name decides.
const LEAST_WORDS: usize = 100;

fn fits(entry: &RuleEntry) -> Result<(), String> {
    let ease = entry.params.get("measure").and_then(toml::Value::as_str) == Some("reading-ease");
    match (ease, entry.params.contains_key("most"), entry.params.contains_key("least")) {
        (true, _, false) => Err("the higher a reading ease, the better: params = { least = 50 }".to_owned()),
        (false, false, _) => Err("the check `readability` needs the highest grade: params = { most = 10 }".to_owned()),
        _ => Ok(()),
    }
}

fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let least_words = rule.count("least-words").unwrap_or(LEAST_WORDS);
    if !story.words_at_least(|kind| rule.scope.holds(kind) && kind.is_body(), least_words) {
        return;
    }
    let is_read = |kind: crate::markup::BlockKind| rule.scope.holds(kind) && kind.is_body();
    let body = || {
        story.paragraphs.iter().enumerate().filter(|(_, read)| is_read(read.paragraph.kind) && !read.paragraph.foreign)
    };
    let counts = body().fold(TextStatistics::default(), |counts, (_, read)| {
        counts.and(*read.cues.statistics.get_or_init(|| TextStatistics::of(&read.paragraph)))
    });
    let measure = match rule.text("measure") {
        Some("gunning-fog") => counts.gunning_fog(),
        Some("coleman-liau") => counts.coleman_liau(),
        Some("reading-ease") => counts.reading_ease(),
        _ => counts.flesch_kincaid(),
    };
    let bound = |name: &str| rule.integer(name).map(|bound| bound as f64);
    let Some(grade) = measure.map(|measure| (measure * 10.0).round() / 10.0) else { return };
    let is_hard = bound("most").is_some_and(|most| grade > most) || bound("least").is_some_and(|least| grade < least);
    if !is_hard {
        return;
    }
    let text = |name: &str| rule.integer(name).map(|bound| bound.to_string()).unwrap_or_default();
    let hit = Hit::story().arg("grade", format!("{grade:.1}")).arg("most", text("most")).arg("least", text("least"));
    // The longest sentence is where to start.
    let sentences =
        body().flat_map(|(number, read)| read.paragraph.sentences.iter().map(move |sentence| (number, read, sentence)));
    let longest = sentences
        .max_by_key(|(number, read, sentence)| (words_of(&read.paragraph, **sentence), std::cmp::Reverse(*number)));
    out.push(match longest {
        Some((number, read, sentence)) => {
            let words = words_of(&read.paragraph, *sentence);
            hit.related(Passage::new(number, sentence.span), format!("the longest sentence, {words} words"))
        }
        None => hit,
    });
}
