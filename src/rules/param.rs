//! What a rule may set of its check.

use super::equation::Equation;
use super::sequence::Sequence;
use crate::markup::BlockKind;

/// A param of a check: `most = 40`.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// What rule files call it.
    pub name: &'static str,
    /// What it takes.
    pub kind: ParamKind,
    /// What it means, for the rule's page.
    pub meaning: &'static str,
}

/// What a param takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// One of these words. It makes the rule what it is, so settings do not change it.
    Choice(&'static [&'static str]),
    /// A whole number from this on.
    Number {
        /// The least that makes sense.
        least: i64,
    },
    /// A list of words.
    Words,
    /// A list of kinds of block: `["byline", "credit"]`.
    Blocks,
    /// A list of [`Sequence`]s. They make the rule what it is, so settings do not change them.
    Sequences,
    /// A list of [`Equation`]s. They make the rule what it is, so settings do not change them.
    Equations,
    /// Any text.
    Text,
}

/// A param that chooses what the check looks for.
pub(crate) const fn choice(name: &'static str, of: &'static [&'static str], meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Choice(of), meaning }
}

/// A param that is a number of `least` or more.
pub(crate) const fn number(name: &'static str, least: i64, meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Number { least }, meaning }
}

/// A param that is a list of words.
pub(crate) const fn words(name: &'static str, meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Words, meaning }
}

/// A param that is a list of kinds of block.
pub(crate) const fn blocks(name: &'static str, meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Blocks, meaning }
}

/// A param that is a list of sequences of words.
pub(crate) const fn sequences(name: &'static str, meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Sequences, meaning }
}

/// A param that is a list of equations.
pub(crate) const fn equations(name: &'static str, meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Equations, meaning }
}

/// A param that is a text.
pub(crate) const fn text(name: &'static str, meaning: &'static str) -> Param {
    Param { name, kind: ParamKind::Text, meaning }
}

impl Param {
    /// Whether a newsroom may set it in `copydesk.toml`, for a rule that others wrote.
    pub fn is_setting(&self) -> bool {
        !matches!(self.kind, ParamKind::Choice(_) | ParamKind::Sequences | ParamKind::Equations)
    }

    /// Whether it takes `value`.
    ///
    /// # Errors
    ///
    /// Says what it takes instead.
    pub fn check(&self, value: &toml::Value) -> Result<(), String> {
        let fits = match self.kind {
            ParamKind::Sequences => all_are(value, |source| Sequence::parse(source).map(|_| ()))?,
            ParamKind::Equations => all_are(value, |source| Equation::parse(source).map(|_| ()))?,
            ParamKind::Choice(of) => value.as_str().is_some_and(|text| of.contains(&text)),
            ParamKind::Number { least } => value.as_integer().is_some_and(|number| number >= least),
            ParamKind::Words => value.as_array().is_some_and(|list| list.iter().all(toml::Value::is_str)),
            ParamKind::Blocks => {
                value.as_array().is_some_and(|list| list.iter().all(|kind| kind.as_str().is_some_and(is_block)))
            }
            ParamKind::Text => value.is_str(),
        };
        if fits { Ok(()) } else { Err(format!("the param `{}` takes {}", self.name, self.kind)) }
    }
}

/// Whether a value is a list of texts, all of which can be read; else which of them cannot, and why.
fn all_are(value: &toml::Value, read: impl Fn(&str) -> Result<(), String>) -> Result<bool, String> {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    for source in list.iter().filter_map(toml::Value::as_str) {
        read(source).map_err(|message| format!("in `{source}`: {message}"))?;
    }
    Ok(value.is_array() && list.iter().all(toml::Value::is_str))
}

fn is_block(name: &str) -> bool {
    BlockKind::ALL.iter().any(|kind| kind.as_str() == name)
}

impl std::fmt::Display for ParamKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ParamKind::Choice(of) => write!(f, "one of {}", of.join(", ")),
            ParamKind::Number { least } => write!(f, "a whole number, {least} or more"),
            ParamKind::Sequences => f.write_str("a list of sequences of words"),
            ParamKind::Equations => f.write_str("a list of equations"),
            ParamKind::Words => f.write_str("a list of words"),
            ParamKind::Blocks => {
                let known: Vec<&str> = BlockKind::ALL.iter().map(|kind| kind.as_str()).collect();
                write!(f, "a list of kinds of block: {}", known.join(", "))
            }
            ParamKind::Text => f.write_str("a text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_held_against_what_a_param_takes() {
        let check = |param: Param, value: &str| {
            let table: toml::Table = toml::from_str(&format!("value = {value}")).expect("it is TOML");
            param.check(table.get("value").expect("it is there"))
        };
        let most = number("most", 1, "");
        assert_eq!(check(most, "40"), Ok(()));
        assert_eq!(check(most, "0"), Err("the param `most` takes a whole number, 1 or more".to_owned()));
        assert!(check(most, "\"40\"").is_err());
        assert_eq!(check(words("verbs", ""), "[\"said\"]"), Ok(()));
        assert!(check(words("verbs", ""), "[1]").is_err());
        assert!(check(choice("kind", &["a", "b"], ""), "\"c\"").is_err_and(|said| said.ends_with("one of a, b")));
        assert!(check(text("ask", ""), "[]").is_err());
    }
}
