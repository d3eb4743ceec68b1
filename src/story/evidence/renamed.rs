//! Who bore another name: `Anna Ruiz, born Anna Keller`, `Martha Odom, née Lindgren`, `formerly known as`.

use crate::lexicon::people;
use crate::prose::{Paragraph, TokenKind};
use crate::story::person::Name;

/// Two surnames of one person, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Renamed {
    /// The first word of the given name.
    pub given: String,
    /// The surname that is told first.
    pub surname: String,
    /// The other one.
    pub other: String,
}

impl Renamed {
    /// The other surname of who has this one.
    pub fn other_than(&self, surname: &str) -> Option<&str> {
        match surname {
            _ if surname == self.surname => Some(&self.other),
            _ if surname == self.other => Some(&self.surname),
            _ => None,
        }
    }
}

/// Whether the word at `at` tells a maiden name: `née`.
pub(crate) fn is_maiden(paragraph: &Paragraph, at: usize) -> bool {
    people::BEFORE_MAIDEN_NAMES.contains(paragraph.low(at))
}

/// The most words between two names of one person: `, 61, who was formerly known as`.
const MOST_BETWEEN: usize = 9;

/// What a paragraph, in which these are the `names`, says of other names of people.
pub(crate) fn renamed(paragraph: &Paragraph, names: &[Name]) -> Vec<Renamed> {
    let known = names.iter().filter(|name| name.given.is_some());
    known.filter_map(|name| of_name(paragraph, names, name)).collect()
}

fn of_name(paragraph: &Paragraph, names: &[Name], name: &Name) -> Option<Renamed> {
    let first = paragraph.tokens_in(name.span).end;
    // Nothing but ages, marks and small words stands between.
    let is_between = |at: &usize| {
        let is_word = paragraph.tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Word);
        let low = paragraph.low(*at);
        !is_word && low != "." || people::BETWEEN_NAMES.contains(low)
    };
    let cue = (first..first + MOST_BETWEEN)
        .take_while(|at| *at == first || is_between(&(at - 1)))
        .find(|&at| is_maiden(paragraph, at) || people::BEFORE_OTHER_NAMES.contains(paragraph.low(at)))?;
    let is_apart = matches!(paragraph.low(first), "," | "(" | "-" | "who");
    let low = |name: &Name| paragraph.slice(name.surname).to_lowercase();
    let given = |name: &Name| {
        let given = name.given.map_or(String::new(), |given| paragraph.slice(given).to_lowercase());
        given.split_whitespace().next().unwrap_or_default().to_owned()
    };
    let known_as = paragraph.low(cue + 1) == "known" && paragraph.low(cue + 2) == "as";
    let next = if known_as { cue + 3 } else { cue + 1 };
    let start = paragraph.tokens.get(next)?.span.start;
    let other = names.iter().find(|other| other.span.start == start);
    let other = match other {
        Some(other) if is_maiden(paragraph, cue) || other.given.is_some() && given(other) == given(name) => low(other),
        None if is_maiden(paragraph, cue) && paragraph.tokens[next].capital => paragraph.bare_low(next).to_owned(),
        _ => return None,
    };
    let surname = low(name);
    (is_apart && other != surname).then(|| Renamed { given: given(name), surname, other })
}
