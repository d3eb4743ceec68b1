//! Words in two pieces, and two that lost or moved the space between them.

use crate::checks::wording::{listed, with_capitals_of};
use crate::prose::{Paragraph, Passage};
use crate::rules::{Hit, Rule};

/// Words with a space too many, too few or in the wrong place.
pub(super) fn pieces(rule: &Rule, p: &Paragraph, passage: Passage, right: &str) -> Hit {
    let written = p.slice(passage.span);
    let right = with_capitals_of(written, right);
    let message = "“{found}” has a space too many, too few or in the wrong place: {use} may be meant";
    let hit = Hit::at(passage).message(message).arg("found", written).arg("use", listed(std::slice::from_ref(&right)));
    hit.replace(passage, right, rule.fix)
}

/// A word in two pieces.
pub(super) fn broken(rule: &Rule, p: &Paragraph, passage: Passage) -> Hit {
    let written = p.slice(passage.span);
    let whole: String = written.chars().filter(|c| c.is_alphabetic()).collect();
    let hit = Hit::at(passage).message(format!("A hyphen breaks “{whole}”, as at the end of a line in another layout"));
    hit.replace(passage, whole, rule.fix)
}
