//! Findings as diagnostics.

use std::hash::{Hash, Hasher};
use std::str::FromStr;

use rustc_hash::{FxHashMap, FxHasher};
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Uri,
};

use super::client::{Abilities, SECTION};
use super::document::{View, client_range};
use crate::finding::{Finding, Severity};
use crate::rules::{Rule, RuleProblem};
use crate::suppress;
use crate::text::{Buffer, LineIndex, PositionEncoding};

/// The most diagnostics that are sent for one document: nobody reads more, and encoding them is the dearest step.
const MOST: usize = 1000;

/// A small name for a finding, which stays the same while the text around it changes.
pub type FindingId = u32;

/// The ids of all findings, in their order.
pub fn ids(view: &View) -> Vec<FindingId> {
    let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
    let id = |finding: &Finding| {
        let mut hasher = FxHasher::default();
        let text = view.source().get(finding.range.clone()).unwrap_or_default();
        (&*finding.rule, &*finding.message, text).hash(&mut hasher);
        let name = fold(hasher.finish());
        // The second of several that are alike gets a name of its own.
        let earlier = seen.entry(name).or_default();
        *earlier += 1;
        let mut hasher = FxHasher::default();
        (name, *earlier).hash(&mut hasher);
        fold(hasher.finish())
    };
    view.findings().iter().map(id).collect()
}

/// 32 bits, because JavaScript's numbers hold no 64.
fn fold(hash: u64) -> u32 {
    (hash >> 32) as u32 ^ hash as u32
}

/// The diagnostics of a document's findings that are `told`, which has an entry for each of them; those without one are told too. When there are too many,
/// those that matter most are kept, in the order of the text.
pub fn all(view: &View, abilities: &Abilities, told: &[bool]) -> Vec<Diagnostic> {
    let lines = LineIndex::new(view.source());
    let view = &view.with_lines(&lines);
    let findings = view.findings();
    let is_told = |at: usize| told.get(at).is_none_or(|&told| told);
    let mut left = fitting(findings.iter().enumerate().filter(|&(at, _)| is_told(at)).map(|(_, finding)| finding));
    let numbered = findings.iter().zip(ids(view)).enumerate();
    let numbered = numbered.filter(|&(at, _)| is_told(at)).map(|(_, numbered)| numbered);
    let sent = numbered.filter(|(finding, _)| {
        let left = &mut left[finding.severity as usize];
        let fits = *left > 0;
        *left -= usize::from(fits);
        fits
    });
    // Most rules find more than one thing, and an address is parsed each time that it is made.
    let mut pages: FxHashMap<&str, Option<CodeDescription>> = FxHashMap::default();
    let mut all = Vec::new();
    for (finding, id) in sent {
        let page = pages.entry(&finding.rule).or_insert_with(|| page_of(view, finding, abilities));
        all.push(Diagnostic { code_description: page.clone(), ..without_page(view, finding, id, abilities) });
    }
    all
}

/// How many findings of each severity are sent: the most severe have the first places under the cap.
fn fitting<'f>(findings: impl Iterator<Item = &'f Finding> + Clone) -> [usize; 4] {
    let mut room = MOST;
    let mut fitting = [0; 4];
    for severity in [Severity::Error, Severity::Warning, Severity::Query, Severity::Hint] {
        let count = findings.clone().filter(|finding| finding.severity == severity).count().min(room);
        fitting[severity as usize] = count;
        room -= count;
    }
    fitting
}

/// One finding as a diagnostic.
pub fn one(view: &View, finding: &Finding, id: FindingId, abilities: &Abilities) -> Diagnostic {
    let code_description = page_of(view, finding, abilities);
    Diagnostic { code_description, ..without_page(view, finding, id, abilities) }
}

/// The page of the finding's rule, for clients that show it.
fn page_of(view: &View, finding: &Finding, abilities: &Abilities) -> Option<CodeDescription> {
    let rule = view.document.project.rules.get(&finding.rule);
    rule.filter(|_| abilities.code_description).and_then(page)
}

fn without_page(view: &View, finding: &Finding, id: FindingId, abilities: &Abilities) -> Diagnostic {
    let message = match &finding.assumed {
        Some(assumed) => format!("{} ({assumed})", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location::new(view.document.uri.clone(), view.range(&related.range)),
        message: related.message.clone(),
    });
    let related: Vec<_> = if abilities.related { related.collect() } else { Vec::new() };
    let unnecessary = abilities.unnecessary && suppress::is_about_marks(&view.document.project.rules, finding);
    Diagnostic {
        range: view.range(&finding.range),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        code_description: None,
        source: Some(SECTION.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: abilities.diagnostic_data.then(|| id.into()),
    }
}

/// What is wrong with a settings or rule file whose text is `text`.
pub fn of_problem(problem: &RuleProblem, text: &str, encoding: PositionEncoding) -> Diagnostic {
    let lines = LineIndex::new(text);
    let line = lines.range(problem.line.saturating_sub(1), text);
    let written = text.get(line.clone()).unwrap_or_default();
    let column = written.char_indices().nth(problem.column.saturating_sub(1)).map_or(written.len(), |(at, _)| at);
    let end = written.trim_end().len().max(column);
    let range = line.start + column..line.start + end;
    Diagnostic {
        range: client_range(&Buffer::new(text, 0), &range, encoding),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SECTION.to_owned()),
        message: problem.message.clone(),
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Query => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// Where a rule is explained: its page in the project's repository, or the first link it names.
fn page(rule: &Rule) -> Option<CodeDescription> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let topic = rule.id.split('/').next().unwrap_or_default();
    let address = if repository.is_empty() {
        rule.links.first()?.clone()
    } else {
        // A heading's anchor is its text without punctuation.
        format!("{repository}/blob/main/docs/rules/{topic}.md#{}", rule.id.replace('/', ""))
    };
    Some(CodeDescription { href: Uri::from_str(&address).ok()? })
}
