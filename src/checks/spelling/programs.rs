//! Stories about programs, whose words no dictionary has: what tells them, and which words they may use.

use super::is_garbled;
use crate::dictionary::Suggestion;
use crate::lexicon::programs;
use crate::markup::Document;

/// Whether a story shows code or leads to where it is kept.
pub(super) fn is_about_programs(document: &Document) -> bool {
    let is_host = |target: &str| {
        let rest = target.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        programs::HOSTS.contains(host.strip_prefix("www.").unwrap_or(host))
    };
    !document.code.is_empty() || document.links.iter().any(|link| is_host(&link.target))
}

/// The longest names of programs, and of what is in them, that look like slips: `redb`, `exprs`, `coords`.
const SHORT_NAME: usize = 6;

/// Whether a word in a story about programs may be the name of one, or a word of those who write them: it is known as such,
/// it is short, or a letter before or behind a word made it: `rmarkdown`.
pub(super) fn may_name_a_program(low: &str, suggestions: &[Suggestion]) -> bool {
    let is_bare = |first: &Suggestion| low.get(1..) == Some(&*first.text);
    // Names leave letters out, but not of words that everybody uses: “curous”, “stubed”.
    let is_slip = |first: &Suggestion| low.len() == SHORT_NAME && is_garbled(low, first);
    low.len() <= SHORT_NAME && !suggestions.first().is_some_and(is_slip)
        || programs::WORDS.contains(low)
        || suggestions.first().is_some_and(is_bare)
}
