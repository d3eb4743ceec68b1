//! What one file of settings says, each value with its place.

use std::sync::Arc;

use globset::GlobSet;
use jiff::civil::Date;

use crate::finding::Severity;
use crate::lexicon::OwnList;
use crate::settings::Part;
use crate::story::{DateSource, HousePerson, HousePlace};
use crate::text::SourceRange;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// A profile.
    Profile(&'static str),
    /// A file of settings.
    File {
        /// Its path, as a person would write it.
        file: Arc<str>,
        /// 1-based line.
        line: usize,
        /// In what part of the settings.
        part: FilePart,
    },
    /// An option of the command line: `--packs`.
    CommandLine(&'static str),
    /// An environment variable: `COPYDESK_PACKS`.
    Environment(&'static str),
}

/// In what part of the settings a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePart {
    /// In `copydesk.toml`, for every story.
    Own,
    /// In a file that `extends` names.
    Extended,
    /// In an `[[override]]` for some paths.
    Override,
}

impl Origin {
    /// The word that programs know it by.
    pub fn kind(&self) -> &'static str {
        match self {
            Origin::Default => "default",
            Origin::Profile(_) => "profile",
            Origin::File { part: FilePart::Own, .. } => "file",
            Origin::File { part: FilePart::Extended, .. } => "extends",
            Origin::File { part: FilePart::Override, .. } => "override",
            Origin::CommandLine(_) => "command-line",
            Origin::Environment(_) => "environment",
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Profile(name) => write!(f, "profile {name}"),
            Origin::File { file, line, part: FilePart::Override } => write!(f, "{file}:{line} (override)"),
            Origin::File { file, line, .. } => write!(f, "{file}:{line}"),
            Origin::CommandLine(option) => f.write_str(option),
            Origin::Environment(variable) => f.write_str(variable),
        }
    }
}

/// A value, and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value that nobody set.
    pub fn default_of(value: T) -> Self {
        Self { value, origin: Origin::Default }
    }
}

/// What is said of a rule or topic.
#[derive(Clone, Debug)]
pub struct RuleLine {
    /// The rule's id, or `topic/*`.
    pub id: String,
    /// Where its value is.
    pub origin: Origin,
    /// The bytes of the id in its file.
    pub at: SourceRange,
    /// `Some(None)`: off.
    pub severity: Option<Option<Severity>>,
    /// Instead of the rule's message.
    pub message: Option<String>,
    /// By name, with the bytes of the value.
    pub params: Vec<(String, toml::Value, SourceRange)>,
}

/// Settings that may be at the top of a file and in an override; what is not said is `None` or empty.
#[derive(Clone, Debug, Default)]
pub struct Partial {
    /// `profile`.
    pub profile: Option<Sourced<&'static str>>,
    /// `packs`.
    pub packs: Option<Sourced<Vec<String>>>,
    /// `fail-on`; `None` in it is `never`.
    pub fail_on: Option<Sourced<Option<Severity>>>,
    /// `skip`.
    pub skip: Option<Sourced<Vec<Part>>>,
    /// `accept`, and `terms` of the house.
    pub terms: Vec<Sourced<String>>,
    /// `names` of the house.
    pub names: Vec<Sourced<String>>,
    /// `dictionary` of the house: files.
    pub dictionary: Vec<Sourced<String>>,
    /// `people` of the house.
    pub people: Vec<Sourced<HousePerson>>,
    /// `places` of the house.
    pub places: Vec<Sourced<HousePlace>>,
    /// What is added to lists of the lexicon.
    pub lexicon: Vec<(OwnList, Sourced<String>)>,
    /// `sources` of the date.
    pub date_sources: Option<Sourced<Vec<DateSource>>>,
    /// `default` of the date.
    pub date_default: Option<Sourced<Date>>,
    /// In the order of the file, topics first, so that a rule named by itself wins over its topic.
    pub rules: Vec<RuleLine>,
}

/// Settings for some paths.
#[derive(Clone, Debug)]
pub struct Override {
    /// The paths.
    pub paths: GlobSet,
    /// What holds for them.
    pub settings: Partial,
}

/// Something that a file builds upon.
#[derive(Clone, Debug, PartialEq)]
pub struct Extended {
    /// As written: a pack, a file or a folder.
    pub name: String,
    /// Where it is in the file.
    pub at: SourceRange,
    /// The same.
    pub origin: Origin,
}

/// What one file of settings says.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The file, as a person would write it.
    pub file: Arc<str>,
    /// Its text, for the places of mistakes that show later.
    pub text: Arc<str>,
    /// What holds for every story.
    pub settings: Partial,
    /// In the order of the file.
    pub overrides: Vec<Override>,
    /// `exclude`.
    pub exclude: Vec<Sourced<String>>,
    /// `ledgers`.
    pub ledgers: Option<Sourced<String>>,
    /// `extends`, in order.
    pub extends: Vec<Extended>,
}
