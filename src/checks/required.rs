//! `required`: what every story of the house must have.

use crate::markup::{BlockKind, ends_in_credit};
use crate::rules::{Check, Hit, HitPlace, Rule, RuleEntry, Run, blocks, number, words};
use crate::story::Story;
use crate::story::published::opening_dateline;

use super::pattern::each_match;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "required",
    Run::Story(run),
    &[
        blocks("blocks", "kinds of block, one of which must be there: `[\"byline\"]`"),
        words(
            "keys",
            "keys of the front matter or of the page’s metadata, one of which must have a value: `[\"author\"]`",
        ),
        number("least-words", 1, "stories with fewer words need none"),
    ],
)
.says(&["what"])
.fits(fits)
.reads(&["pattern"])
.of_form()];

fn fits(entry: &RuleEntry) -> Result<(), String> {
    let named = entry.params.contains_key("blocks") || entry.params.contains_key("keys") || entry.pattern.is_some();
    let message = "the check `required` needs to know what: params = { blocks = [\"byline\"] }, params = { keys = [\"author\"] }, \
                   or a `pattern`; with several, one of them is enough";
    if named { Ok(()) } else { Err(message.to_owned()) }
}

/// One of the blocks, keys and words that the rule names must be there.
fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let least = rule.count("least-words").unwrap_or(1);
    if !story.words_at_least(|_| true, least) {
        return;
    }
    if rule.strings("blocks").any(|kind| has_block(story, kind)) || has_words(rule, story) {
        return;
    }
    let entries = || {
        let keys: Vec<String> = rule.strings("keys").map(str::to_lowercase).collect();
        story.document.metadata.iter().filter(move |entry| keys.contains(&entry.key))
    };
    if entries().any(|entry| !entry.value.trim().is_empty()) {
        return;
    }
    // A key without a value is where it is to be written.
    let place = entries().next().map_or(HitPlace::Story, |entry| HitPlace::Source(entry.range.clone()));
    let blocks = rule.strings("blocks").map(|kind| format!("a {}", kind.replace('-', " ")));
    let keys = rule.strings("keys").map(|key| format!("`{key}`"));
    let what: Vec<String> = blocks.chain(keys).collect();
    out.push(Hit::of(place).arg("what", what.join(" or ")));
}

fn has_block(story: &Story, kind: &str) -> bool {
    let of_kind = story.document.blocks.iter().any(|block| block.kind.as_str() == kind);
    // Some are inside a block of another kind.
    let inside = || match kind {
        "dateline" => story
            .document
            .blocks
            .iter()
            .find(|block| block.kind == BlockKind::Paragraph)
            .is_some_and(|block| opening_dateline(&block.prose).is_some()),
        "credit" => {
            story.document.blocks.iter().any(|block| block.kind == BlockKind::Caption && ends_in_credit(&block.prose))
        }
        _ => false,
    };
    of_kind || inside()
}

fn has_words(rule: &Rule, story: &Story) -> bool {
    let Some(pattern) = &rule.pattern else { return false };
    let (mut found, mut there) = (false, false);
    for read in story.paragraphs.iter().filter(|read| rule.scope.holds(read.paragraph.kind)) {
        // Where the pattern takes too many steps, nobody can say that it is missing.
        found |= each_match(pattern, &read.paragraph, |_, _| there = true).is_err() || there;
        if found {
            break;
        }
    }
    found
}
