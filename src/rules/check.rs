//! What a check is: its name, how it runs, the params it takes. The checks themselves are in [`crate::checks`].

use super::hit::Hit;
use super::schema::RuleEntry;
use super::{Param, Rule};
use crate::story::quote::Alike;
use crate::story::{ParagraphFacts, Story, Window};
use crate::text::nearest;

/// A kind of check.
#[derive(Debug)]
pub struct Check {
    /// What rules call it.
    pub name: &'static str,
    /// How it runs.
    pub run: Run,
    /// The params it takes.
    pub params: &'static [Param],
    /// What its findings say that the story lacks, where something else may know it.
    pub lacks: Option<Lack>,
    /// It judges a word by the words around it, which adds nothing where a listed phrase says what is wrong.
    pub judges: bool,
    /// The placeholders of messages, where it is known which there are.
    pub says: Option<&'static [&'static str]>,
    /// What must hold for a rule that names it, beyond the params by themselves.
    pub fits: Option<Fits>,
    /// The keys of its rules that it looks at and most checks do not. One that runs by the rule engine needs the first.
    pub reads: &'static [&'static str],
    /// It is about the form of the text and not about its words, so that quotes are not guarded from it.
    pub of_form: bool,
    /// The check that runs instead where the param `in` says `story`.
    pub in_story: Option<&'static Check>,
}

/// Says what a rule lacks for its check, or has too much.
pub type Fits = fn(&RuleEntry) -> Result<(), String>;

/// What a story may lack that is known elsewhere, so that it can be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Who says a quote: the story names people.
    Speaker,
    /// Who took a photo: its file may say so.
    Credit,
    /// When it was published: whoever checks it may say so.
    Date,
}

impl Check {
    /// A check that rules call `name`.
    pub const fn new(name: &'static str, run: Run, params: &'static [Param]) -> Self {
        let (lacks, judges, says, fits, of_form, in_story) = (None, false, None, None, false, None);
        Self { name, run, params, lacks, judges, says, fits, reads: &[], of_form, in_story }
    }

    /// The same, whose messages may hold these placeholders and no others.
    pub const fn says(self, placeholders: &'static [&'static str]) -> Self {
        Self { says: Some(placeholders), ..self }
    }

    /// The same, which only rules may name that fit.
    pub const fn fits(self, fits: Fits) -> Self {
        Self { fits: Some(fits), ..self }
    }

    /// The same, which looks at these keys of its rules.
    pub const fn reads(self, keys: &'static [&'static str]) -> Self {
        Self { reads: keys, ..self }
    }

    /// The same, which is about the form of the text and not about its words.
    pub const fn of_form(self) -> Self {
        Self { of_form: true, ..self }
    }

    /// The same, for which `check` runs where the param `in` says `story`.
    pub const fn in_story(self, check: &'static Check) -> Self {
        Self { in_story: Some(check), ..self }
    }

    /// The same, whose findings say that this is lacking.
    pub const fn lacking(self, lack: Lack) -> Self {
        Self { lacks: Some(lack), ..self }
    }

    /// The same, which judges a word by the words around it.
    pub const fn judging(self) -> Self {
        Self { judges: true, ..self }
    }

    /// The param with this name.
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Whether what it finds are words that its rules list: phrases and sequences.
    pub fn is_of_listed_words(&self) -> bool {
        self.is_of(Engine::Phrases) || self.is_of(Engine::Sequences)
    }

    /// Whether it runs by this part of the rule engine.
    pub fn is_of(&self, engine: Engine) -> bool {
        matches!(self.run, Run::Engine(own) if own == engine)
    }

    /// Says that it has no param `name`, and which it has.
    pub fn no_param(&self, name: &str) -> String {
        let known: Vec<&str> = self.params.iter().map(|param| param.name).collect();
        if let Some(near) = nearest(name, known.iter().copied()) {
            return format!("the check `{}` has no param `{name}`; did you mean `{near}`?", self.name);
        }
        match known[..] {
            [] => format!("the check `{}` has no params", self.name),
            _ => format!("the check `{}` has no param `{name}`; it has {}", self.name, known.join(", ")),
        }
    }
}

/// How a check runs.
#[derive(Clone, Copy)]
pub enum Run {
    /// By the rule engine, for all rules at once.
    Engine(Engine),
    /// On one paragraph at a time, with nothing but what that paragraph says; results are cached with it.
    Paragraph(fn(&Rule, &ParagraphFacts, &mut Vec<Hit>)),
    /// On some of the story's paragraphs with their facts, as far as a [`Window`] lets it see.
    Local(fn(&Rule, &Window, &mut Vec<Hit>)),
    /// On the quotes of the whole story: on their places, words and speakers, on the mentions of people and the sentences
    /// that hold these, and on nothing else.
    Quotes(fn(&Rule, &Story, &mut Vec<Hit>)),
    /// On two quotes of much the same words: on these with their speakers, and on nothing else.
    AlikeQuotes(fn(&Rule, &Story, &Alike) -> Option<Hit>),
    /// On the facts of the whole story.
    Story(fn(&Rule, &Story, &mut Vec<Hit>)),
}

/// What the rule engine looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Phrases.
    Phrases,
    /// A regular expression.
    Pattern,
    /// Sequences of words.
    Sequences,
    /// Groups of forms of which a story should use one.
    Variants,
    /// Marks that silence nothing.
    Suppressions,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Run::Engine(_) => "Engine",
            Run::Paragraph(_) => "Paragraph",
            Run::Local(_) => "Local",
            Run::Quotes(_) => "Quotes",
            Run::AlikeQuotes(_) => "AlikeQuotes",
            Run::Story(_) => "Story",
        })
    }
}
