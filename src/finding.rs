//! What a check says: findings and the fixes that go with them.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::SourceRange;

/// How much a finding matters, from least to most.
///
/// In LSP these are Hint, Information, Warning and Error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A preference of style.
    Hint,
    /// A person must answer: the tool can find the place but cannot decide.
    Query,
    /// Should change before publication.
    Warning,
    /// Certain, and must not be published.
    Error,
}

impl Severity {
    /// The word used in rule files, settings and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Query => "query",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// One level lower; a hint stays a hint.
    pub fn lowered(self) -> Severity {
        match self {
            Severity::Error => Severity::Warning,
            Severity::Warning => Severity::Query,
            Severity::Query | Severity::Hint => Severity::Hint,
        }
    }
}

/// Who may apply a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Cannot change what the story says; `--fix` applies it.
    Safe,
    /// Probably right; a person picks it.
    Suggested,
    /// Inserts a marker that a person must answer, such as `[who said this?]`.
    Query,
}

/// One replacement in the source text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// UTF-8 bytes of the source that are replaced; empty for an insertion.
    pub range: SourceRange,
    /// What stands there afterwards.
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
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What can be done, best first.
    pub fixes: Vec<Fix>,
}
