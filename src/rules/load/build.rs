//! Making a rule of its entry, which says what is wrong with the first of its values that is.

use std::sync::{Arc, OnceLock};

use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::rules::guard::Guards;
use crate::rules::param::ParamKind;
use crate::rules::schema::{InQuotes, PhraseEntry, RuleEntry};
use crate::rules::{Check, Engine, Pattern, Phrase, Rule, Run, Scope, phrase};

/// What is wrong with an entry, and in which of its values.
#[derive(Debug)]
pub(super) struct Fault {
    /// The value's key.
    pub key: &'static str,
    /// Which of the values, when there are several.
    pub item: Option<ListValue>,
    pub message: String,
}

/// One of the values that are in a list or a table.
#[derive(Debug)]
pub(super) enum ListValue {
    Nth(usize),
    Named(String),
}

impl Fault {
    pub fn at(key: &'static str, message: String) -> Self {
        Self { key, item: None, message }
    }

    fn in_list(key: &'static str, item: usize, message: String) -> Self {
        Self { key, item: Some(ListValue::Nth(item)), message }
    }

    fn in_table(key: &'static str, name: &str, message: String) -> Self {
        Self { key, item: Some(ListValue::Named(name.to_owned())), message }
    }
}

/// Where a rule is.
#[derive(Clone, Copy)]
pub(super) struct RulePlace<'a> {
    pub pack: &'a str,
    pub file: &'a str,
    /// 1-based line of its id.
    pub line: usize,
}

/// Makes a rule of its entry, or says what is wrong with the first of its values that is.
pub(super) fn build(
    checks: &'static [&'static [Check]],
    mut entry: RuleEntry,
    place: RulePlace,
    eager: bool,
) -> Result<Rule, Fault> {
    let check = named_check(checks, &entry.check)?;
    check_params(&entry, check, eager)?;
    check_keys(&entry, check, eager)?;
    let in_story = entry.params.get("in").and_then(toml::Value::as_str) == Some("story");
    let check = check.in_story.filter(|_| in_story).unwrap_or(check);
    let phrases = std::mem::take(&mut entry.phrases);
    let phrases = phrases.into_iter().enumerate().map(|(number, phrase)| {
        build_phrase(phrase, entry.fix, eager).map_err(|message| Fault::in_list("phrases", number, message))
    });
    let phrases = phrases.collect::<Result<_, _>>()?;
    let pattern = match &entry.pattern {
        Some(source) => Some(build_pattern(source, &entry, eager).map_err(|message| Fault::at("pattern", message))?),
        None => None,
    };
    let then = match &entry.then {
        Some(source) => Some(build_then(source, &entry, eager).map_err(|message| Fault::at("then", message))?),
        None => None,
    };
    check_variants(&entry.variants)?;
    Ok(Rule {
        id: Arc::from(entry.id),
        scope: scope(entry.scope.as_deref(), check).map_err(|message| Fault::at("scope", message))?,
        title: entry.title,
        check,
        severity: entry.severity,
        message: entry.message,
        why: entry.why,
        enabled: entry.enabled,
        once: entry.once,
        by_message: entry.by_message,
        quotes: if check.of_form && entry.quotes == InQuotes::Guard { InQuotes::Allow } else { entry.quotes },
        fix: entry.fix,
        case: entry.case,
        phrases,
        pattern,
        then,
        variants: entry.variants,
        params: entry.params,
        equations: OnceLock::new(),
        links: entry.links,
        examples: entry.examples,
        pack: place.pack.to_owned(),
        file: place.file.to_owned(),
        line: place.line,
    })
}

/// The check that a rule names.
fn named_check(checks: &'static [&'static [Check]], name: &str) -> Result<&'static Check, Fault> {
    checks.iter().copied().flatten().find(|check| check.name == name).ok_or_else(|| {
        let near = crate::text::nearest(name, checks.iter().copied().flatten().map(|check| check.name));
        let others = "; choose from phrase, pattern, consistency, required, conditional, occurrence, length, readability, \
                      capitals and the other coded checks (docs/rules/checks.md)";
        let hint = near.map_or(others.to_owned(), |near| format!("; did you mean `{near}`?"));
        Fault::at("check", format!("there is no check `{name}`{hint}"))
    })
}

/// Makes sure that the check takes the params of the rule. What sequences of our own say is left to tests: there are many.
fn check_params(entry: &RuleEntry, check: &Check, eager: bool) -> Result<(), Fault> {
    for (name, value) in &entry.params {
        let Some(param) = check.param(name) else {
            return Err(Fault::in_table("params", name, check.no_param(name)));
        };
        if eager || !matches!(param.kind, ParamKind::Sequences | ParamKind::Equations) {
            param.check(value).map_err(|message| Fault::in_table("params", name, message))?;
        }
    }
    Ok(())
}

/// Makes sure that the keys are there that the check needs, and in a rule that people wrote none that it does not look at.
fn check_keys(entry: &RuleEntry, check: &Check, eager: bool) -> Result<(), Fault> {
    let keys = [
        ("phrases", !entry.phrases.is_empty()),
        ("pattern", entry.pattern.is_some()),
        ("then", entry.then.is_some()),
        ("use", !entry.uses.is_empty()),
        ("needs", !entry.needs.is_empty()),
        ("variants", !entry.variants.is_empty()),
    ];
    let needed = check.reads.first().filter(|_| matches!(check.run, Run::Engine(_)));
    if let Some(key) = needed.filter(|key| !keys.contains(&(**key, true))) {
        return Err(Fault::at("check", format!("the check `{}` needs `{key}`", check.name)));
    }
    if let Some(fits) = check.fits {
        fits(entry).map_err(|message| Fault::at("check", message))?;
    }
    if eager {
        if let Some((key, _)) = keys.into_iter().find(|(key, is_there)| *is_there && !check.reads.contains(key)) {
            return Err(Fault::at(key, format!("the check `{}` does not look at `{key}`", check.name)));
        }
        check_placeholders(entry, check)?;
    }
    if check.is_of(Engine::Phrases) && eager {
        let guards = [
            ("before", &entry.before),
            ("not-before", &entry.not_before),
            ("after", &entry.after),
            ("not-after", &entry.not_after),
        ];
        if let Some((key, _)) = guards.into_iter().find(|(_, words)| !words.is_empty()) {
            let message = format!("`{key}` belongs to each phrase: {{ find = \"…\", {key} = [\"…\"] }}");
            return Err(Fault::at(key, message));
        }
    }
    Ok(())
}

/// Makes sure that messages hold no placeholder that the check does not fill in.
fn check_placeholders(entry: &RuleEntry, check: &Check) -> Result<(), Fault> {
    let wrong = |message: &str| wrong_placeholder(message, check.says?);
    if let Some(message) = wrong(&entry.message) {
        return Err(Fault::at("message", message));
    }
    for (number, phrase) in entry.phrases.iter().enumerate() {
        if let Some(message) = phrase.message.as_deref().and_then(wrong) {
            return Err(Fault::in_list("phrases", number, message));
        }
    }
    Ok(())
}

/// What is wrong with the first placeholder of `message` that is none of `known`.
fn wrong_placeholder(message: &str, known: &[&str]) -> Option<String> {
    let name = placeholders(message).find(|name| !known.contains(name))?;
    let near = crate::text::nearest(name, known.iter().copied());
    let others = known.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ");
    Some(match near {
        Some(near) => format!("there is no `{{{name}}}` to fill in; did you mean `{{{near}}}`?"),
        None if known.is_empty() => format!("there is no `{{{name}}}` to fill in"),
        None => format!("there is no `{{{name}}}` to fill in; choose from {others}"),
    })
}

impl Rule {
    /// What is wrong with the placeholders of `message`, which a house sets instead of the rule's own.
    ///
    /// Many coded checks fill in more than their own rules say, so of these only what looks like a slip is told.
    pub fn wrong_placeholder(&self, message: &str) -> Option<String> {
        let own = || placeholders(&self.message).chain(["found", "use"]).collect::<Vec<_>>();
        match self.check.says {
            Some(known) => wrong_placeholder(message, known),
            None => wrong_placeholder(message, &own()).filter(|fault| fault.contains("did you mean")),
        }
    }
}

/// The names in braces that are in a message: letters and hyphens, with no blank, so that braces of other kinds pass.
fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).filter(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'))
    })
}

/// Makes sure that each group has forms to choose from, all of them well written.
fn check_variants(groups: &[Vec<String>]) -> Result<(), Fault> {
    for (number, group) in groups.iter().enumerate() {
        for form in group {
            phrase::literals(form).map_err(|message| Fault::in_list("variants", number, message))?;
        }
        if group.len() < 2 {
            let message = "a group needs at least two forms".to_owned();
            return Err(Fault::in_list("variants", number, message));
        }
    }
    Ok(())
}

fn build_phrase(entry: PhraseEntry, fix: Applicability, eager: bool) -> Result<Phrase, String> {
    if eager {
        // A mistake that only shows when all phrases are put together would cost all rules, and nobody knew its place.
        phrase::literals(&entry.find)?;
    }
    for template in &entry.uses {
        // A bracket left open is found here and not when the replacement is needed.
        phrase::check_template(template)?;
    }
    Ok(Phrase {
        guards: Guards::new(&entry.before, &entry.not_before, &entry.after, &entry.not_after)?,
        find: entry.find,
        uses: entry.uses,
        message: entry.message,
        fix: entry.fix.unwrap_or(fix),
    })
}

fn build_pattern(source: &str, rule: &RuleEntry, eager: bool) -> Result<Pattern, String> {
    let pattern = Pattern {
        source: source.to_owned(),
        uses: rule.uses.clone(),
        fold: rule.fold,
        gated: !rule.needs.is_empty(),
        guards: Guards::new(&rule.before, &rule.not_before, &rule.after, &rule.not_after)?,
        case: rule.case,
        compiled: OnceLock::new(),
        widened: OnceLock::new(),
    };
    if eager && let Err(message) = pattern.regex() {
        return Err(format!("the pattern is not a regular expression: {message}"));
    }
    Ok(pattern)
}

/// The pattern of what must be in the story as well: without guards, and of the same case.
fn build_then(source: &str, rule: &RuleEntry, eager: bool) -> Result<Pattern, String> {
    let (fold, case) = (rule.fold, rule.case);
    let bare = Pattern {
        source: source.to_owned(),
        uses: Vec::new(),
        fold,
        gated: false,
        guards: Guards::default(),
        case,
        compiled: OnceLock::new(),
        widened: OnceLock::new(),
    };
    match eager.then(|| bare.regex()).transpose() {
        Err(message) => Err(format!("`then` is not a regular expression: {message}")),
        _ => Ok(bare),
    }
}

fn scope(names: Option<&[String]>, check: &Check) -> Result<Scope, String> {
    let Some(names) = names else {
        // A check of the whole story knows itself which blocks it speaks of.
        if matches!(check.run, Run::Local(_) | Run::Quotes(_) | Run::Story(_)) {
            return Ok(Scope::ALL);
        }
        let default = |kind: &BlockKind| {
            kind.is_body()
                || matches!(kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading)
                || matches!(kind, BlockKind::Caption | BlockKind::Footnote | BlockKind::Table)
        };
        return Ok(BlockKind::ALL.iter().filter(|k| default(k)).fold(Scope::NONE, |scope, &kind| scope.with(kind)));
    };
    let mut scope = Scope::NONE;
    for name in names {
        scope = match name.as_str() {
            "all" => Scope::ALL,
            "body" => BlockKind::ALL.iter().filter(|k| k.is_body()).fold(scope, |scope, &kind| scope.with(kind)),
            _ => match BlockKind::ALL.iter().find(|k| k.as_str() == name) {
                Some(&kind) => scope.with(kind),
                None => {
                    let known: Vec<&str> = BlockKind::ALL.iter().map(|k| k.as_str()).collect();
                    return Err(format!("there is no scope `{name}`; choose from all, body, {}", known.join(", ")));
                }
            },
        };
    }
    Ok(scope)
}
