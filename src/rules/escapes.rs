//! Classes of characters in patterns, made those of Latin script.
//!
//! The classes of all of Unicode are many times slower to compile and to run. What rules match is English copy with its
//! typographic marks folded, so `\d` is a digit from 0 to 9, `\w` a letter of Latin script, such a digit or `_`, and `\b` a
//! place between ASCII letters and digits and others.

/// `pattern` with `\d` and `\w` for Latin script.
pub(super) fn latin(pattern: &str) -> String {
    replaced(pattern, |escape, in_class| match (escape, in_class) {
        ('d', false) => Some("[0-9]"),
        ('d', true) => Some("0-9"),
        ('w', false) => Some("[0-9A-Za-z_À-ɏ]"),
        ('w', true) => Some("0-9A-Za-z_À-ɏ"),
        _ => None,
    })
}

/// `pattern` with word boundaries that look at ASCII only.
pub(super) fn ascii_boundaries(pattern: &str) -> String {
    replaced(pattern, |escape, in_class| (escape == 'b' && !in_class).then_some(r"(?-u:\b)"))
}

/// `pattern` with what `instead` gives for escapes, each of which it is told by the character behind the backslash and
/// whether it stands in a class. An escaped backslash is an escape of its own, so `\\d` stays as it is.
fn replaced(pattern: &str, instead: impl Fn(char, bool) -> Option<&'static str>) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut classes = 0_usize;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let Some(escape) = chars.next() else {
                text.push(c);
                break;
            };
            match instead(escape, classes > 0) {
                Some(other) => text.push_str(other),
                None => text.extend([c, escape]),
            }
            continue;
        }
        text.push(c);
        match c {
            '[' => {
                classes += 1;
                // A bracket that closes stands for itself at the start of a class.
                text.extend(chars.next_if_eq(&'^'));
                text.extend(chars.next_if_eq(&']'));
            }
            ']' => classes = classes.saturating_sub(1),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_one_by_one() {
        assert_eq!(latin(r"\d+"), "[0-9]+");
        assert_eq!(latin(r"[\d.]\w"), "[0-9.][0-9A-Za-z_À-ɏ]");
        assert_eq!(latin(r"\\d \\\d [^]\d]"), r"\\d \\[0-9] [^]0-9]");
        assert_eq!(latin(r"\"), r"\");
        assert_eq!(ascii_boundaries(r"\bat\b \\b [\b]"), r"(?-u:\b)at(?-u:\b) \\b [\b]");
    }
}
