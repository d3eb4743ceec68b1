//! Rules: loading packs of TOML files, and one matcher for all their phrases.

mod check;
mod equation;
mod escapes;
pub mod guard;
mod hit;
mod load;
mod lookaround;
mod matcher;
mod param;
pub mod phrase;
pub mod schema;
mod sequence;
mod substrings;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

pub use check::{Check, Engine, Fits, Lack, Run};
pub(crate) use equation::{Equation, EquationPart, FigureKind, Interval, Relation};
pub use hit::{Hit, HitFix, HitPlace};
pub use load::{Loaded, OWN_PACK, RuleFile, RuleProblem, load};
pub use matcher::{Matcher, PhraseMatch, Scan, VariantMatch};
pub use param::{Param, ParamKind};
pub(crate) use param::{blocks, choice, equations, number, sequences, text, words};
pub use schema::{ExampleEntry, InQuotes, RuleEntry, RuleFileSchema};
pub use sequence::{SequenceMatch, Sequences};

use crate::finding::{Applicability, Severity};
use crate::markup::BlockKind;
use crate::text::nearest;
use guard::Guards;
pub(crate) use guard::article;

/// A file of a pack that the program carries inside.
#[derive(Clone, Copy, Debug)]
pub struct PackFile {
    /// The pack's name, `core`.
    pub pack: &'static str,
    /// The path in this repository, for messages.
    pub name: &'static str,
    /// The rules that are in it, as the build script packed them: [`schema::PackedRule`]s in MessagePack.
    pub packed: &'static [u8],
}

/// The packs that the program carries inside, file by file.
pub static PACKS: &[PackFile] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The names of the packs that the program carries inside.
pub fn pack_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = PACKS.iter().map(|file| file.pack).collect();
    names.dedup();
    names
}

/// The id that was meant by `word`, which is none: the one that has this name behind its topic, or one that is nearly the same.
pub fn meant<'i>(word: &str, ids: impl Iterator<Item = &'i str>) -> Option<&'i str> {
    let ids: Vec<&str> = ids.collect();
    let name = word.rsplit('/').next();
    let named = ids.iter().copied().find(|id| id.split('/').nth(1) == name);
    named.or_else(|| nearest(word, ids.iter().copied()))
}

/// The kinds of block a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(u32);

impl Scope {
    /// Every kind.
    pub const ALL: Scope = Scope(u32::MAX);

    /// The empty scope.
    pub const NONE: Scope = Scope(0);

    /// With `kind` added.
    pub fn with(self, kind: BlockKind) -> Scope {
        Scope(self.0 | 1 << kind as u32)
    }

    /// Whether a rule with this scope reads blocks of `kind`.
    pub fn holds(self, kind: BlockKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

/// A rule, ready to run.
#[derive(Debug)]
pub struct Rule {
    /// `topic/name`.
    pub id: Arc<str>,
    /// A few words for lists.
    pub title: String,
    /// Which check it runs.
    pub check: &'static Check,
    /// How much a finding matters, unless settings say otherwise.
    pub severity: Severity,
    /// What a finding says.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// Whether it runs unless settings say otherwise.
    pub enabled: bool,
    /// Whether a story gets only the first of its findings, with the number of the others.
    pub once: bool,
    /// Whether that is the first of each message.
    pub by_message: bool,
    /// The kinds of block it reads.
    pub scope: Scope,
    /// What it does inside direct quotes.
    pub quotes: InQuotes,
    /// Who may apply its replacements.
    pub fix: Applicability,
    /// Whether capitals must agree.
    pub case: bool,
    /// For `phrase`.
    pub phrases: Vec<Phrase>,
    /// For `pattern`, and for checks of what patterns find.
    pub pattern: Option<Pattern>,
    /// For `conditional`: what must be in the story as well.
    pub then: Option<Pattern>,
    /// For `consistency`: groups of forms, each form as written.
    pub variants: Vec<Vec<String>>,
    /// Settings of a coded check.
    pub params: BTreeMap<String, toml::Value>,
    /// The equations among them, read when they are first needed.
    equations: OnceLock<Vec<Equation>>,
    /// Web pages.
    pub links: Vec<String>,
    /// What it finds and what it leaves alone.
    pub examples: Vec<ExampleEntry>,
    /// The pack it belongs to.
    pub pack: String,
    /// The file it is in.
    pub file: String,
    /// 1-based line of its id in that file.
    pub line: usize,
}

impl Rule {
    /// The strings of the list `name` in the rule's params.
    pub fn strings(&self, name: &str) -> impl Iterator<Item = &str> {
        self.params.get(name).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
    }

    /// The equations in the rule's params.
    pub(crate) fn equations(&self) -> &[Equation] {
        self.equations
            .get_or_init(|| self.strings("equations").filter_map(|source| Equation::parse(source).ok()).collect())
    }

    /// The whole number `name` in the rule's params.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.params.get(name).and_then(toml::Value::as_integer)
    }

    /// The whole number `name` in the rule's params, where it is not negative.
    pub fn count(&self, name: &str) -> Option<usize> {
        usize::try_from(self.integer(name)?).ok()
    }

    /// The text `name` in the rule's params.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name).and_then(toml::Value::as_str)
    }
}

/// One phrase of a rule.
#[derive(Debug)]
pub struct Phrase {
    /// Candidates, likeliest first.
    pub uses: Vec<String>,
    /// Instead of the rule's message.
    pub message: Option<String>,
    /// Who may apply the candidates.
    pub fix: Applicability,
    /// What must or must not be beside it.
    pub guards: Guards,
    /// What is looked for, as written; see [`phrase::literals`].
    pub find: String,
}

/// The pattern of a rule. Compiled when it is first needed, because most stories need few.
#[derive(Debug)]
pub struct Pattern {
    /// As written.
    pub source: String,
    /// Replacements.
    pub uses: Vec<String>,
    /// Whether it matches folded text.
    pub fold: bool,
    /// Whether it is gated by literals.
    pub gated: bool,
    /// What must or must not be beside it.
    pub guards: Guards,
    case: bool,
    compiled: OnceLock<Result<Regex, String>>,
    widened: OnceLock<Option<regex::Regex>>,
}

/// A compiled pattern.
#[derive(Debug)]
pub enum Regex {
    /// Linear time.
    Plain(regex::Regex),
    /// With look-around or back-references, stopped after a bounded number of steps.
    Fancy(Box<fancy_regex::Regex>),
}

/// How many steps a pattern with look-around may take in one paragraph.
const MOST_STEPS: usize = 200_000;

impl Pattern {
    /// The compiled pattern.
    ///
    /// # Errors
    ///
    /// Says why the pattern cannot be compiled.
    pub fn regex(&self) -> Result<&Regex, &str> {
        self.compiled.get_or_init(|| compile(&self.source, self.case)).as_ref().map_err(String::as_str)
    }

    /// Whether it may match somewhere in `text`. Patterns with look-around are slow to compile and to search for, so the
    /// rest of such a pattern is looked for first.
    pub fn may_match(&self, text: &str) -> bool {
        let widened = self.widened.get_or_init(|| {
            let widened = lookaround::without(&self.source)?;
            regex::RegexBuilder::new(&escapes::latin(&widened)).case_insensitive(!self.case).build().ok()
        });
        widened.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

fn compile(source: &str, case: bool) -> Result<Regex, String> {
    let latin = escapes::latin(source);
    match regex::RegexBuilder::new(&escapes::ascii_boundaries(&latin)).case_insensitive(!case).build() {
        Ok(regex) => Ok(Regex::Plain(regex)),
        Err(plain_error) => {
            let flags = if case { "" } else { "(?i)" };
            match fancy_regex::RegexBuilder::new(&format!("{flags}{latin}")).backtrack_limit(MOST_STEPS).build() {
                Ok(regex) => Ok(Regex::Fancy(Box::new(regex))),
                Err(_) => Err(last_line(&plain_error.to_string())),
            }
        }
    }
}

/// The regex crate draws a picture of the place; the line that says what is wrong comes last.
fn last_line(error: &str) -> String {
    error.lines().last().unwrap_or(error).trim_start_matches("error: ").to_owned()
}

/// All rules of the chosen packs with the matcher for their phrases.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// In the order of their files.
    pub rules: Vec<Rule>,
    /// Finds the phrases of all rules at once.
    pub matcher: Matcher,
    /// The sequences of all rules, read when they are first needed.
    sequences: OnceLock<Sequences>,
    /// The rules that look at each paragraph by itself, apart from phrases and patterns that the matcher asks for: their
    /// indexes in `rules`, ascending.
    pub(crate) of_paragraphs: Vec<u32>,
    /// The rules that look at more than one paragraph's words, ascending: a newsroom may have thousands of phrases, and no
    /// story goes through them all.
    pub(crate) of_stories: Vec<u32>,
    /// Where each rule is in `rules`.
    by_id: FxHashMap<Arc<str>, usize>,
}

impl RuleSet {
    fn new(rules: Vec<Rule>, matcher: Matcher) -> Self {
        let by_id = rules.iter().enumerate().map(|(at, rule)| (Arc::clone(&rule.id), at)).collect();
        let always = |pattern: &Pattern| !pattern.gated;
        let of_paragraph = |rule: &Rule| match rule.check.run {
            Run::Paragraph(_) => true,
            Run::Engine(_) => rule.pattern.as_ref().is_some_and(always),
            _ => false,
        };
        let of_paragraphs = (0..).zip(&rules).filter(|(_, rule)| of_paragraph(rule)).map(|(at, _)| at).collect();
        let of_story = |rule: &Rule| match rule.check.run {
            Run::Paragraph(_)
            | Run::Engine(Engine::Phrases | Engine::Pattern | Engine::Sequences | Engine::Suppressions) => false,
            Run::Engine(Engine::Variants) | Run::Local(_) | Run::Quotes(_) | Run::AlikeQuotes(_) | Run::Story(_) => {
                true
            }
        };
        let of_stories = (0..).zip(&rules).filter(|(_, rule)| of_story(rule)).map(|(at, _)| at).collect();
        Self { rules, matcher, sequences: OnceLock::new(), of_paragraphs, of_stories, by_id }
    }

    /// The sequences of words in the params of all rules. Those that are wrong were told when their rules were read.
    pub fn sequences(&self) -> &Sequences {
        self.sequences.get_or_init(|| Sequences::of(&self.rules))
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.get(*self.by_id.get(id)?)
    }

    /// Whether `pattern` names one of the rules, as [`names`] has it.
    pub fn has(&self, pattern: &str) -> bool {
        self.rules.iter().any(|rule| names(pattern, &rule.id))
    }
}

/// The topic of a rule, by its id: `words` of `words/wordy`.
pub fn topic_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(topic, _)| topic)
}

/// Whether `pattern`, the id of a rule or a topic such as `words/*`, names the rule `id`.
pub fn names(pattern: &str, id: &str) -> bool {
    match pattern.strip_suffix("/*") {
        Some(topic) => topic_of(id) == topic,
        None => pattern == id,
    }
}
