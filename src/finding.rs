//! What a check says: findings and the fixes that go with them.

mod level;

use std::sync::Arc;

pub use level::{Applicability, Severity};

use crate::text::SourceRange;

/// One replacement in the source text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// UTF-8 bytes of the source that are replaced; empty for an insertion.
    pub range: SourceRange,
    /// What is there afterwards.
    pub text: String,
}

/// A titled list of edits. They do not overlap, and are applied together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the editor reads in a menu, such as “Replace with ‘insists on’”.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The changes, in ascending order of position.
    pub edits: Vec<Edit>,
}

/// A second place that explains a finding, such as the first mention of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// UTF-8 bytes of the source.
    pub range: SourceRange,
    /// Why this place matters to the finding.
    pub message: String,
}

/// One result of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Id of the rule, such as `quotes/unattributed`.
    pub rule: Arc<str>,
    /// How much it matters, after settings and the quotation guard.
    pub severity: Severity,
    /// UTF-8 bytes of the source that the finding is about. Empty for a finding about the whole story.
    pub range: SourceRange,
    /// One sentence without a full stop.
    pub message: String,
    /// What the finding assumed, above all the publication date and where that came from.
    pub assumed: Option<String>,
    /// How many more places it stands for, of a rule that reports once a story.
    pub more: usize,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What can be done, best first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// How many of `findings` are of the same rule.
    pub fn count_of_rule(&self, findings: &[Finding]) -> usize {
        findings.iter().filter(|found| found.rule == self.rule).count()
    }
}
