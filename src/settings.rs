//! What settings say of rules and of parts of a story, for one file: what the analysis asks, whoever read it from where.

use std::collections::HashMap;

use crate::finding::Severity;
use crate::markup::BlockKind;
use crate::rules::Rule;

/// What settings say of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleSetting {
    /// `Some(None)`: off. `None`: as the rule says.
    pub severity: Option<Option<Severity>>,
    /// Instead of the rule's message.
    pub message: Option<String>,
}

/// What settings say of the rules, for one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// By rule id.
    pub rules: HashMap<String, RuleSetting>,
    /// Words of the house: a finding about exactly these words is dropped. In lower case.
    pub accepted: Vec<String>,
    /// Parts of the story in which nothing is reported.
    pub skip: Vec<Part>,
}

impl Settings {
    /// How much findings of `rule` matter; `None` when it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        match self.rules.get(&*rule.id).and_then(|setting| setting.severity) {
            Some(set) => set,
            None => rule.enabled.then_some(rule.severity),
        }
    }

    /// What findings of `rule` say, with its placeholders.
    pub fn message<'r>(&'r self, rule: &'r Rule) -> &'r str {
        self.rules.get(&*rule.id).and_then(|setting| setting.message.as_deref()).unwrap_or(&rule.message)
    }
}

/// A part of a story in which nothing is to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What is between quotation marks.
    Quotes,
    /// The front matter.
    FrontMatter,
    /// Blocks of a kind.
    Block(BlockKind),
}

impl Part {
    /// All parts.
    pub fn all() -> impl Iterator<Item = Part> {
        [Part::Quotes, Part::FrontMatter].into_iter().chain(BlockKind::ALL.into_iter().map(Part::Block))
    }

    /// The word for it in settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Quotes => "quotes",
            Part::FrontMatter => "front-matter",
            Part::Block(kind) => kind.as_str(),
        }
    }
}
