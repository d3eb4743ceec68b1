//! Reading rule files. A mistake is reported with its line and column, and the other rules are kept.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::guard::Guards;
use super::schema::{PhraseEntry, RuleEntry};
use super::{Matcher, Pattern, Phrase, Rule, RuleSet, Scope, phrase};
use crate::checks::{self, Check, Run};
use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::text::LineIndex;

/// A rule file, whether carried inside or a newsroom's own.
#[derive(Clone, Copy, Debug)]
pub struct RuleFile<'a> {
    /// The pack it belongs to.
    pub pack: &'a str,
    /// Its path, for messages.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
    /// Whether its patterns are compiled at once, so that mistakes in them are reported. The packs that the program
    /// carries are tested before they ship, so theirs are compiled when they are needed.
    pub eager: bool,
}

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column in Unicode scalar values.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// What came of reading rule files.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The rules that are whole.
    pub rules: RuleSet,
    /// The mistakes in the others.
    pub problems: Vec<RuleProblem>,
}

/// Reads rule files. A rule whose id was seen before is a mistake, whichever file it stands in.
pub fn load<'a>(files: impl IntoIterator<Item = RuleFile<'a>>) -> Loaded {
    let mut reading = Reading::default();
    for file in files {
        reading.file(file);
    }
    let matcher = Matcher::new(&reading.rules, &reading.needs).unwrap_or_else(|message| {
        reading.problems.push(RuleProblem { file: String::new(), line: 1, column: 1, message });
        Matcher::default()
    });
    Loaded { rules: RuleSet::new(reading.rules, matcher), problems: reading.problems }
}

/// A mistake at a place of the file that is being read.
type Mistake = (std::ops::Range<usize>, String);

#[derive(Default)]
struct Reading {
    rules: Vec<Rule>,
    needs: Vec<(u32, String)>,
    /// File and line of each id.
    seen: HashMap<String, (String, usize)>,
    problems: Vec<RuleProblem>,
}

impl Reading {
    fn file(&mut self, file: RuleFile) {
        let lines = OnceLock::new();
        let (table, errors) = DeTable::parse_recoverable(file.text);
        let mut mistakes: Vec<Mistake> =
            errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message().to_owned())).collect();
        for (key, value) in table.into_inner() {
            if key.get_ref() != "rule" {
                let message = format!("unknown key `{}`; a rule file holds [[rule]] entries", key.get_ref());
                mistakes.push((key.span(), message));
                continue;
            }
            let span = value.span();
            let DeValue::Array(entries) = value.into_inner() else {
                mistakes.push((span, "`rule` must be written as [[rule]]".to_owned()));
                continue;
            };
            for entry in entries {
                if let Err(mistake) = self.entry(file, entry, &lines) {
                    mistakes.push(mistake);
                }
            }
        }
        let lines = lines.get_or_init(|| LineIndex::new(file.text));
        for (range, message) in mistakes {
            let at = lines.line_column(range.start, file.text);
            self.problems.push(RuleProblem { file: file.name.to_owned(), line: at.line, column: at.column, message });
        }
    }

    fn entry(&mut self, file: RuleFile, entry: Spanned<DeValue>, lines: &OnceLock<LineIndex>) -> Result<(), Mistake> {
        let whole = entry.span();
        let entry = RuleEntry::deserialize(ValueDeserializer::from(entry))
            .map_err(|e| (e.span().unwrap_or(whole.clone()), e.message().to_owned()))?;
        let id = entry.id.get_ref().clone();
        let line = lines.get_or_init(|| LineIndex::new(file.text)).line_of(entry.id.span().start) + 1;
        if !is_id(&id) {
            return Err((
                entry.id.span(),
                format!("`{id}` is no rule id; write topic/name in lower case with hyphens"),
            ));
        }
        if let Some((other, at)) = self.seen.get(&id) {
            return Err((entry.id.span(), format!("`{id}` is already the id of a rule ({other}, line {at})")));
        }
        let index = self.rules.len() as u32;
        let needs: Vec<(u32, String)> = entry.needs.iter().map(|need| (index, need.clone())).collect();
        let rule = build(entry, file, line)?;
        self.seen.insert(id, (file.name.to_owned(), line));
        self.needs.extend(needs);
        self.rules.push(rule);
        Ok(())
    }
}

fn is_id(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    id.split_once('/').is_some_and(|(topic, name)| part(topic) && part(name))
}

fn build(mut entry: RuleEntry, file: RuleFile, line: usize) -> Result<Rule, Mistake> {
    let check = checks::find(entry.check.get_ref()).ok_or_else(|| {
        let name = entry.check.get_ref();
        let near = crate::text::nearest(name, checks::ALL.iter().map(|c| c.name));
        let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        (entry.check.span(), format!("there is no check `{name}`{hint}"))
    })?;
    for (name, value) in &entry.params {
        let Some(param) = check.param(name) else {
            return Err((entry.check.span(), check.no_param(name)));
        };
        param.check(value.get_ref()).map_err(|message| (value.span(), message))?;
    }
    let wanted = match check.name {
        "phrase" => (entry.phrases.is_empty(), "phrases"),
        "pattern" => (entry.pattern.is_none(), "pattern"),
        "consistency" => (entry.variants.is_empty(), "variants"),
        _ => (false, ""),
    };
    if wanted.0 {
        return Err((entry.check.span(), format!("the check `{}` needs `{}`", check.name, wanted.1)));
    }
    let phrases = std::mem::take(&mut entry.phrases);
    let phrases = phrases.into_iter().map(|p| build_phrase(p, entry.fix)).collect::<Result<_, _>>()?;
    let pattern = match &entry.pattern {
        Some(source) => Some(build_pattern(source, &entry, file.eager)?),
        None => None,
    };
    for group in &entry.variants {
        for form in group.get_ref() {
            phrase::literals(form).map_err(|message| (group.span(), message))?;
        }
        if group.get_ref().len() < 2 {
            return Err((group.span(), "a group needs at least two forms".to_owned()));
        }
    }
    Ok(Rule {
        id: Arc::from(entry.id.into_inner()),
        scope: scope(entry.scope.as_ref(), check)?,
        title: entry.title,
        check,
        severity: entry.severity,
        message: entry.message,
        why: entry.why,
        enabled: entry.enabled,
        once: entry.once,
        quotes: entry.quotes,
        fix: entry.fix,
        case: entry.case,
        phrases,
        pattern,
        variants: entry.variants.into_iter().map(Spanned::into_inner).collect(),
        params: entry.params.into_iter().map(|(name, value)| (name, value.into_inner())).collect(),
        links: entry.links,
        examples: entry.examples.into_iter().map(Spanned::into_inner).collect(),
        pack: file.pack.to_owned(),
        file: file.name.to_owned(),
        line,
    })
}

fn build_phrase(spanned: Spanned<PhraseEntry>, fix: Applicability) -> Result<Phrase, Mistake> {
    let span = spanned.span();
    let entry = spanned.into_inner();
    let at = |message: String| (span.clone(), message);
    for template in &entry.uses {
        // A bracket left open is found here and not when the replacement is needed.
        phrase::check_template(template).map_err(at)?;
    }
    Ok(Phrase {
        guards: Guards::new(&entry.before, &entry.not_before, &entry.after, &entry.not_after).map_err(at)?,
        find: entry.find,
        uses: entry.uses,
        message: entry.message,
        fix: entry.fix.unwrap_or(fix),
    })
}

fn build_pattern(source: &Spanned<String>, rule: &RuleEntry, eager: bool) -> Result<Pattern, Mistake> {
    let at = |message: String| (source.span(), message);
    let pattern = Pattern {
        source: source.get_ref().clone(),
        uses: rule.uses.clone(),
        fold: rule.fold,
        gated: !rule.needs.is_empty(),
        guards: Guards::new(&rule.before, &rule.not_before, &rule.after, &rule.not_after).map_err(at)?,
        case: rule.case,
        compiled: OnceLock::new(),
    };
    if eager && let Err(message) = pattern.regex() {
        return Err(at(format!("the pattern is not a regular expression: {message}")));
    }
    Ok(pattern)
}

/// Every kind with its name.
const KINDS: &[BlockKind] = &[
    BlockKind::Headline,
    BlockKind::Dek,
    BlockKind::Byline,
    BlockKind::Dateline,
    BlockKind::Heading,
    BlockKind::Paragraph,
    BlockKind::ListItem,
    BlockKind::BlockQuote,
    BlockKind::Caption,
    BlockKind::Credit,
    BlockKind::Table,
    BlockKind::Footnote,
    BlockKind::SourceLine,
    BlockKind::Boilerplate,
    BlockKind::Note,
];

fn scope(names: Option<&Spanned<Vec<String>>>, check: &Check) -> Result<Scope, Mistake> {
    let Some(names) = names else {
        // A check of the whole story knows itself which blocks it speaks of.
        if matches!(check.run, Run::Story(_)) {
            return Ok(Scope::ALL);
        }
        let default = |kind: &BlockKind| {
            kind.is_body()
                || matches!(kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading)
                || matches!(kind, BlockKind::Caption | BlockKind::Footnote | BlockKind::Table)
        };
        return Ok(KINDS.iter().filter(|k| default(k)).fold(Scope::NONE, |scope, &kind| scope.with(kind)));
    };
    let mut scope = Scope::NONE;
    for name in names.get_ref() {
        scope = match name.as_str() {
            "all" => Scope::ALL,
            "body" => KINDS.iter().filter(|k| k.is_body()).fold(scope, |scope, &kind| scope.with(kind)),
            _ => match KINDS.iter().find(|k| k.as_str() == name) {
                Some(&kind) => scope.with(kind),
                None => {
                    let known: Vec<&str> = KINDS.iter().map(|k| k.as_str()).collect();
                    let message = format!("there is no scope `{name}`; there are all, body, {}", known.join(", "));
                    return Err((names.span(), message));
                }
            },
        };
    }
    Ok(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<RuleProblem> {
        load([RuleFile { pack: "own", name: "own.toml", text, eager: true }]).problems
    }

    const WHOLE: &str = "[[rule]]\nid = \"own/a\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"hint\"\nmessage = \"m\"\nwhy = \"w\"\nphrases = [{ find = \"x\" }]\n";

    #[test]
    fn a_mistake_costs_one_rule_and_says_where() {
        let text = format!("{WHOLE}[[rule]]\nid = \"own/b\"\ntypo = 1\n{}", WHOLE.replace("own/a", "own/c"));
        let loaded = load([RuleFile { pack: "own", name: "own.toml", text: &text, eager: true }]);
        assert_eq!(loaded.rules.rules.iter().map(|r| &*r.id).collect::<Vec<_>>(), ["own/a", "own/c"]);
        let [problem] = &loaded.problems[..] else { panic!("{:?}", loaded.problems) };
        assert_eq!((problem.line, problem.column), (11, 1), "{problem:?}");
        assert!(problem.message.contains("typo"), "{problem:?}");
    }

    #[test]
    fn syntax_errors_duplicates_and_bad_patterns_are_mistakes() {
        assert!(problems(&format!("{WHOLE}[[rule]\n"))[0].line >= 9);
        let twice = problems(&format!("{WHOLE}{WHOLE}"));
        assert!(twice[0].message.contains("already the id of a rule (own.toml, line 2)"), "{twice:?}");
        let pattern =
            WHOLE.replace("phrases = [{ find = \"x\" }]", "pattern = '('").replace("\"phrase\"", "\"pattern\"");
        assert_eq!(problems(&pattern)[0].line, 8);
        assert!(problems(&WHOLE.replace("\"phrase\"", "\"phrse\""))[0].message.contains("did you mean `phrase`"));
    }

    #[test]
    fn the_packs_inside_have_no_mistakes() {
        let files = super::super::PACKS.iter();
        let loaded = load(files.map(|f| RuleFile { pack: f.pack, name: f.name, text: f.text, eager: true }));
        assert_eq!(loaded.problems, []);
    }
}
