//! How checks put what they found into words.

/// Capitals of `model` put on `text`: `Insists of` makes `insists on` start with a capital, `INSISTS OF` all of it.
pub fn with_capitals_of(model: &str, text: &str) -> String {
    let letters = || model.chars().filter(|c| c.is_alphabetic());
    let shouted = letters().count() > 1 && letters().all(char::is_uppercase);
    if shouted {
        return text.to_uppercase();
    }
    let first_is_capital = model.chars().next().is_some_and(char::is_uppercase);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first_is_capital => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// `a`, `“a” or “b”`, `“a”, “b” or “c”`: candidates for a message.
pub fn listed(candidates: &[String]) -> String {
    let marked: Vec<String> = candidates.iter().map(|c| format!("“{c}”")).collect();
    match marked.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
