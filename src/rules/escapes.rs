//! Classes of characters in patterns, made those of Latin script.
//!
//! The classes of all of Unicode are many times slower to compile and to run. What rules match is English copy with its
//! typographic marks folded, so `\d` is a digit from 0 to 9, `\w` a letter of Latin script, such a digit or `_`, and `\b` a
//! place between ASCII letters and digits and others.
//!
//! Where they are is read off the syntax tree. Its parser knows no look-around, back-references or atomic groups, so each of
//! these is first replaced by something as long that it knows.

use std::ops::Range;

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSetItem, Error, ErrorKind, Visitor, visit};

/// `pattern` with `\d` and `\w` for Latin script. What cannot be parsed stays as it is.
pub(super) fn latin(pattern: &str) -> String {
    replaced(pattern, |escape| match escape {
        Escape::Digit { in_class: false } => Some("[0-9]"),
        Escape::Digit { in_class: true } => Some("0-9"),
        Escape::Word { in_class: false } => Some("[0-9A-Za-z_À-ɏ]"),
        Escape::Word { in_class: true } => Some("0-9A-Za-z_À-ɏ"),
        Escape::Boundary => None,
    })
}

/// `pattern` with word boundaries that look at ASCII only. What cannot be parsed stays as it is.
pub(super) fn ascii_boundaries(pattern: &str) -> String {
    replaced(pattern, |escape| (escape == Escape::Boundary).then_some(r"(?-u:\b)"))
}

/// How much that the parser does not know a pattern may have: each costs a turn of the parser.
const MOST_UNKNOWN: usize = 200;

/// An escape that means more in Unicode than in Latin script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    /// `\d`, in square brackets or not.
    Digit { in_class: bool },
    /// `\w`, in square brackets or not.
    Word { in_class: bool },
    /// `\b`.
    Boundary,
}

/// `pattern` with what `instead` gives for its escapes.
fn replaced(pattern: &str, instead: impl Fn(Escape) -> Option<&'static str>) -> String {
    let mut text = pattern.to_owned();
    let Some(escapes) = escapes(pattern) else { return text };
    for (range, escape) in escapes.into_iter().rev() {
        if let Some(instead) = instead(escape) {
            text.replace_range(range, instead);
        }
    }
    text
}

/// The escapes of a pattern in ascending order, with their bytes; `None` where it cannot be parsed.
fn escapes(pattern: &str) -> Option<Vec<(Range<usize>, Escape)>> {
    let mut known = pattern.to_owned();
    // Each turn replaces one thing that the parser does not know.
    for _ in 0..MOST_UNKNOWN {
        match Parser::new().parse(&known) {
            Ok(tree) => return visit(&tree, Escapes::default()).ok(),
            Err(error) => {
                let (range, instead) = substitute(&known, &error)?;
                known.replace_range(range, instead);
            }
        }
    }
    None
}

/// Something as long that the parser knows, for what it stumbled over.
fn substitute(pattern: &str, error: &Error) -> Option<(Range<usize>, &'static str)> {
    let range = error.span().start.offset..error.span().end.offset;
    let instead = match (error.kind(), pattern.get(range.clone())?) {
        (ErrorKind::UnsupportedLookAround, "(?=" | "(?!") => "(?:",
        (ErrorKind::UnsupportedLookAround, "(?<=" | "(?<!") => "(?i:",
        (ErrorKind::FlagUnrecognized, ">") => ":",
        (ErrorKind::UnsupportedBackreference | ErrorKind::EscapeUnrecognized, escape) if escape.len() == 2 => r"\.",
        _ => return None,
    };
    Some((range, instead))
}

/// Collects the escapes of a tree.
#[derive(Default)]
struct Escapes(Vec<(Range<usize>, Escape)>);

impl Escapes {
    fn add_class(&mut self, class: &ClassPerl, in_class: bool) {
        let escape = match class.kind {
            ClassPerlKind::Digit => Escape::Digit { in_class },
            ClassPerlKind::Word => Escape::Word { in_class },
            ClassPerlKind::Space => return,
        };
        if !class.negated {
            self.0.push((class.span.start.offset..class.span.end.offset, escape));
        }
    }
}

impl Visitor for Escapes {
    type Output = Vec<(Range<usize>, Escape)>;
    type Err = ();

    fn finish(self) -> Result<Self::Output, ()> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
        match ast {
            Ast::ClassPerl(class) => self.add_class(class, false),
            Ast::Assertion(assertion) if assertion.kind == AssertionKind::WordBoundary => {
                self.0.push((assertion.span.start.offset..assertion.span.end.offset, Escape::Boundary));
            }
            _ => {}
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), ()> {
        if let ClassSetItem::Perl(class) = item {
            self.add_class(class, true);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::load;
    use crate::rules::PACKS;

    #[test]
    fn classes_are_of_latin_script_and_escaped_backslashes_stay() {
        assert_eq!(latin(r"\d+"), "[0-9]+");
        assert_eq!(latin(r"[\d.]\w"), "[0-9.][0-9A-Za-z_À-ɏ]");
        assert_eq!(latin(r"\\d \\\d [^]\d]"), r"\\d \\[0-9] [^]0-9]");
        assert_eq!(latin(r"\D [^\W]"), r"\D [^\W]");
        assert_eq!(latin(r"(?x) a # \d ["), r"(?x) a # \d [", "a comment");
        assert_eq!(latin(r"\"), r"\");
        assert_eq!(ascii_boundaries(r"\bat\b \\b"), r"(?-u:\b)at(?-u:\b) \\b");
    }

    #[test]
    fn what_the_parser_does_not_know_is_passed_over() {
        assert_eq!(latin(r"(?<![\w.])(\d)\1(?!\d)"), r"(?<![0-9A-Za-z_À-ɏ.])([0-9])\1(?![0-9])");
        assert_eq!(latin(r"(?<=a)(?=b\d)(?>\d)\k<x>"), r"(?<=a)(?=b[0-9])(?>[0-9])\k<x>");
    }

    #[test]
    fn all_patterns_of_the_packs_are_parsed() {
        for rule in &load(PACKS, []).rules.rules {
            let pattern = rule.pattern.as_ref().map(|pattern| pattern.source.as_str());
            assert!(pattern.is_none_or(|pattern| escapes(pattern).is_some()), "{}", rule.id);
        }
    }
}
