//! What the readers of TOML say of a mistake, in words for people who write settings and rules.

use super::nearest;

/// `message`, which is what serde or the TOML reader says, in plainer words where there are some.
pub fn in_words(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let name = names.next().unwrap_or(rest);
        return format!("unknown key `{name}`{}", meant(name, &names.collect::<Vec<_>>()));
    }
    if message.starts_with("unknown variant `") {
        let name = names.next().unwrap_or_default();
        return format!("`{name}` is not one of the values allowed here{}", meant(name, &names.collect::<Vec<_>>()));
    }
    if message.starts_with("missing field `") {
        return format!("the key `{}` is missing", names.next().unwrap_or_default());
    }
    if let Some((_, expected)) = message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let expected = match expected {
            "a string" => "a text in quotation marks",
            "a sequence" => "a list: [\"…\", \"…\"]",
            "a boolean" => "true or false",
            "a map" => "a table: { name = value }",
            "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
            "struct PhraseEntry" => "a table: { find = \"…\", use = [\"…\"] }",
            other if other.starts_with("struct ") => "a table",
            other => other,
        };
        return format!("this must be {expected}");
    }
    message.to_owned()
}

/// What may have been meant by `name`, or what there is.
fn meant(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known.is_empty() => String::new(),
        None => format!("; choose from {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn what_serde_says_becomes_what_people_say() {
        for (said, words) in [
            ("unknown field `titl`, expected one of `id`, `title`", "unknown key `titl`; did you mean `title`?"),
            ("unknown field `xyz`, expected `id` or `title`", "unknown key `xyz`; choose from id, title"),
            ("missing field `check`", "the key `check` is missing"),
            ("invalid type: integer `3`, expected a string", "this must be a text in quotation marks"),
            (
                "unknown variant `loud`, expected one of `hint`, `error`",
                "`loud` is not one of the values allowed here; choose from hint, error",
            ),
            ("unclosed array, expected `]`", "unclosed array, expected `]`"),
        ] {
            assert_eq!(in_words(said), words);
        }
    }
}
