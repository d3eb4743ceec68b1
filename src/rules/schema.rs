//! What may be in a rule file. `docs/writing-rules.md` is the same for people.
//!
//! The build script reads the packs that the program carries by the same definitions, so this file stands alone but for
//! the levels of findings.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::{Applicability, Severity};

/// A rule file, for its JSON schema; the loader takes it apart itself, so that one mistake costs one rule.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rules of copydesk")]
pub struct RuleFileSchema {
    /// The rules.
    #[allow(dead_code)] // Only its type is used.
    rule: Vec<RuleEntry>,
}

/// One `[[rule]]` of a rule file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleEntry {
    /// `topic/name`, unique over all packs.
    #[schemars(regex(pattern = r"^[a-z0-9-]+/[a-z0-9-]+$"))]
    pub id: String,
    /// A few words for lists.
    pub title: String,
    /// `phrase`, `pattern`, `consistency`, `required`, `conditional`, `occurrence`, `length`, `readability`, `capitals`, or
    /// the name of another coded check.
    pub check: String,
    /// How much a finding matters.
    pub severity: Severity,
    /// What a finding says; `{name}` is filled in by the check.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// Whether it runs unless a newsroom says otherwise.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether a story gets only the first of its findings, with the number of the others.
    #[serde(default)]
    pub once: bool,
    /// With `once`: whether a story gets the first finding of each message, rather than of the rule.
    #[serde(default)]
    pub by_message: bool,
    /// Which kinds of block it reads.
    pub scope: Option<Vec<String>>,
    /// What it does inside direct quotes.
    #[serde(default)]
    pub quotes: InQuotes,
    /// Who may apply its replacements.
    #[serde(default = "suggested")]
    pub fix: Applicability,
    /// Whether capitals must agree.
    #[serde(default)]
    pub case: bool,
    /// For `check = "phrase"`.
    #[serde(default)]
    pub phrases: Vec<PhraseEntry>,
    /// For `check = "pattern"`, `required`, `conditional` and `occurrence`: the regular expression.
    pub pattern: Option<String>,
    /// For `check = "conditional"`: the regular expression of what must be in the story as well.
    pub then: Option<String>,
    /// For `check = "pattern"`: replacements of the match.
    #[serde(default, rename = "use")]
    pub uses: Vec<String>,
    /// For `check = "pattern"`: literals, one of which must occur.
    #[serde(default)]
    pub needs: Vec<String>,
    /// For `check = "pattern"`: match the folded text (the default) or the text as written.
    #[serde(default = "yes")]
    pub fold: bool,
    /// One of these must be directly before the match.
    #[serde(default)]
    pub before: Vec<String>,
    /// None of these may be directly before it.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// One of these must be directly after it.
    #[serde(default)]
    pub after: Vec<String>,
    /// None of these may be directly after it.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// For `check = "consistency"`: groups of forms that should not are side by side.
    #[serde(default)]
    pub variants: Vec<Vec<String>>,
    /// Settings of a coded check.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub params: BTreeMap<String, toml::Value>,
    /// Web pages.
    #[serde(default)]
    pub links: Vec<String>,
    /// What it finds and what it leaves alone.
    #[serde(default, rename = "example")]
    pub examples: Vec<ExampleEntry>,
}

/// A rule of a pack that the program carries inside, as the build script packs it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PackedRule {
    /// 1-based line of its id in the rule file.
    pub line: usize,
    /// What the rule file says.
    pub entry: RuleEntry,
}

/// One phrase of a rule.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PhraseEntry {
    /// What is looked for.
    pub find: String,
    /// What may be instead, likeliest first.
    #[serde(default, rename = "use")]
    pub uses: Vec<String>,
    /// Instead of the rule's message.
    pub message: Option<String>,
    /// Instead of the rule's applicability.
    pub fix: Option<Applicability>,
    /// One of these must be directly before the match.
    #[serde(default)]
    pub before: Vec<String>,
    /// None of these may be directly before it.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// One of these must be directly after it.
    #[serde(default)]
    pub after: Vec<String>,
    /// None of these may be directly after it.
    #[serde(default)]
    pub not_after: Vec<String>,
}

/// One example of a rule.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleEntry {
    /// Text with the finding marked ⟦so⟧.
    pub bad: Option<String>,
    /// Text that the rule leaves alone.
    pub good: Option<String>,
    /// The text after each fix, in order.
    #[serde(default)]
    pub fixed: Vec<String>,
    /// The message, exactly.
    pub message: Option<String>,
    /// Publication date.
    pub date: Option<String>,
    /// `plain` (default), `markdown`, `mdx`, `html`, `asciidoc`, `rst` or `org`.
    pub format: Option<String>,
    /// What image files say of themselves, by their place as written in the text.
    #[serde(default)]
    pub images: BTreeMap<String, ExampleImage>,
    /// People whom the newsroom's settings name.
    #[serde(default)]
    pub people: Vec<ExamplePerson>,
    /// Places that the newsroom's settings name.
    #[serde(default)]
    pub places: Vec<ExamplePlace>,
    /// The story's ledger, as TOML.
    pub ledger: Option<String>,
    /// What the story was written from, as the text of a file `source.txt`.
    pub source: Option<String>,
}

/// A place that the newsroom's settings name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExamplePlace {
    /// What the house calls it.
    pub name: String,
    /// Other names, which the house does not use.
    #[serde(default)]
    pub not: Vec<String>,
    /// The state or country that follows it in a dateline.
    #[serde(rename = "in")]
    pub within: Option<String>,
    /// Whether it needs none.
    #[serde(default)]
    pub alone: bool,
}

/// Somebody whom the newsroom's settings name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExamplePerson {
    /// First name and surname.
    pub name: String,
    /// The title before the name.
    pub title: Option<String>,
}

/// What an image file of an example says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleImage {
    /// Who took it.
    pub creator: Option<String>,
    /// The credit line it asks for.
    pub credit: Option<String>,
    /// The day it was taken: `2017-02-03`.
    pub taken: Option<String>,
    /// IPTC’s digital source type.
    pub digital_source: Option<String>,
}

/// What a rule does inside direct quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum InQuotes {
    /// One severity lower, and the fix becomes a choice of ask, correct the transcription, `[sic]`, paraphrase.
    #[default]
    Guard,
    /// Says nothing.
    Skip,
    /// Looks only there.
    Only,
    /// The rule is about the marks themselves or about facts round them; no guard.
    Allow,
}

fn yes() -> bool {
    true
}

fn suggested() -> Applicability {
    Applicability::Suggested
}
