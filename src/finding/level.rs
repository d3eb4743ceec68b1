//! How much a finding matters, and who may apply a fix. The build script reads rule files with these, too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// All of them, the least first.
    pub const ALL: [Severity; 4] = [Severity::Hint, Severity::Query, Severity::Warning, Severity::Error];

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
