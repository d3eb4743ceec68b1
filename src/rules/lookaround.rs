//! Taking look-around out of a regular expression.

/// `pattern` without its look-around and word boundaries; `None` where it has no look-around, or is written in a way in
/// which it cannot be told.
///
/// These are conditions on what is beside a match and take no text themselves, so what is left matches wherever
/// the whole pattern does, and in more places.
pub fn without(pattern: &str) -> Option<String> {
    // In verbose mode, brackets in comments open nothing.
    if pattern.contains("(?x") || pattern.contains(r"\Q") {
        return None;
    }
    let mut rest = pattern;
    let mut widened = String::with_capacity(pattern.len());
    let mut found = false;
    let mut classes = 0_usize;
    while let Some(c) = rest.chars().next() {
        let piece = match c {
            '\\' => {
                let escape = &rest[..1 + rest[1..].chars().next()?.len_utf8()];
                // An empty group in its place keeps a quantifier from reaching for what is before it.
                widened.push_str(if classes == 0 && matches!(escape, r"\b" | r"\B") { "(?:)" } else { escape });
                rest = &rest[escape.len()..];
                continue;
            }
            '(' if classes == 0 && ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|open| rest.starts_with(open)) => {
                found = true;
                widened.push_str("(?:)");
                rest = &rest[group_end(rest)?..];
                continue;
            }
            '[' => {
                classes += 1;
                // A bracket that closes stands for itself at the start of a class.
                ["[^]", "[]", "["].iter().find(|open| rest.starts_with(**open)).map_or(1, |open| open.len())
            }
            ']' => {
                classes = classes.saturating_sub(1);
                1
            }
            _ => c.len_utf8(),
        };
        widened.push_str(&rest[..piece]);
        rest = &rest[piece..];
    }
    found.then_some(widened)
}

/// Where the group that `pattern` starts with ends.
fn group_end(pattern: &str) -> Option<usize> {
    let (mut depth, mut classes) = (0_usize, 0_usize);
    let mut chars = pattern.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => {
                classes += 1;
                chars.next_if(|&(_, next)| next == '^');
                chars.next_if(|&(_, next)| next == ']');
            }
            ']' => classes = classes.saturating_sub(1),
            '(' if classes == 0 => depth += 1,
            ')' if classes == 0 => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::load;
    use crate::rules::PACKS;

    #[test]
    fn conditions_go_and_the_rest_stays() {
        let widened = |pattern: &str| without(pattern).unwrap_or_default();
        assert_eq!(widened(r"\bover (?=\$?\d)"), r"(?:)over (?:)");
        assert_eq!(widened(r"(?<!\w)a[()\]](?!(?:b|[)]))+c"), r"(?:)a[()\]](?:)+c");
        assert_eq!(widened(r"[](?=]x(?=y)\(?=z"), r"[](?=]x(?:)\(?=z");
        assert_eq!(widened(r"[^]\[(]x(?<=(y\)))"), r"[^]\[(]x(?:)");
        assert_eq!(widened("é(?=[[:alpha:](])(é)"), "é(?:)(é)");
    }

    #[test]
    fn a_pattern_without_look_around_is_left_alone() {
        for pattern in [r"\bover [(?=]", r"\(?=", "(?x) a (?=b)", "a(?=b", "(?P<m>a)"] {
            assert_eq!(without(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_is_left_matches_each_example_that_the_pattern_matches() {
        let rules = load(PACKS, []).rules.rules;
        let mut widened = 0;
        for rule in &rules {
            let Some(pattern) = &rule.pattern else { continue };
            widened += usize::from(without(&pattern.source).is_some());
            for text in rule.examples.iter().filter_map(|example| example.bad.as_deref()) {
                let text = text.replace(['⟦', '⟧'], "");
                let folded = crate::prose::Folded::new(&text).text;
                assert!(pattern.may_match(if pattern.fold { &folded } else { &text }), "{text}");
            }
        }
        assert!(widened > 20, "{widened} patterns with look-around");
    }
}
