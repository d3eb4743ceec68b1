//! People: names, titles, first and later references.

mod again;
pub(crate) mod context;
mod given;
mod index;
mod link;
pub(crate) mod lists;
mod lone;
mod names;
pub(crate) mod pronoun;
pub(crate) mod spelling;
mod word_keys;

pub(crate) use again::Renumbered;
pub(super) use again::{NOBODY, People, follow};
pub(crate) use given::gender_of;
pub use index::NameIndex;
pub(crate) use lists::is_role;
pub(crate) use lone::LoneNames;
pub(crate) use spelling::Spelling;

use super::ParagraphEdit;
use super::trigger_words::TriggerWords;
use crate::prose::{Paragraph, Passage};
use crate::text::{Shift, Span};

/// What a paragraph says of people by itself.
#[derive(Debug, Default)]
pub struct LocalNames {
    /// Words that may name people, in order. They do not overlap.
    pub names: Vec<Name>,
    /// `he`, `him`, `her` and their like, in order, with the gender they stand for.
    pub pronouns: Vec<(Span, Gender)>,
}

/// Words that may name somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name without title and possessive ending, with `Jr.`.
    pub span: Span,
    /// Given names and initials; `None` when one name stands alone.
    pub given: Option<Span>,
    /// The last name with its particles, or the one name that stands alone.
    pub surname: Span,
    /// `Jr.`, `III`.
    pub suffix: Option<Span>,
    /// The title before it, or the apposition after it.
    pub title: Option<Span>,
    /// What the title says: `Mr.`, `spokeswoman`.
    pub title_gender: Gender,
    /// What the given name says.
    pub given_gender: Gender,
    /// Title, given name, age or apposition show that this is a person.
    pub sure: bool,
    /// Full names only: it says something or a `who` follows, which organisations do as well.
    pub hinted: bool,
}

impl Name {
    /// The name after `shift`; `None` when that changed a part of it.
    fn moved(&self, shift: &Shift) -> Option<Self> {
        Some(Self {
            span: shift.span(self.span)?,
            given: moved(self.given, shift)?,
            surname: shift.span(self.surname)?,
            suffix: moved(self.suffix, shift)?,
            title: moved(self.title, shift)?,
            ..self.clone()
        })
    }

    fn single(span: Span) -> Self {
        Self {
            span,
            given: None,
            surname: span,
            suffix: None,
            title: None,
            title_gender: Gender::Unknown,
            given_gender: Gender::Unknown,
            sure: false,
            hinted: false,
        }
    }
}

/// Grammatical gender, as the story's own words show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// `he`, `Mr.`, a man's given name.
    Male,
    /// `she`, `Ms.`, a woman's given name.
    Female,
    /// Not known.
    Unknown,
}

/// How a mention names the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// Given name and surname.
    Full,
    /// Surname alone.
    Surname,
    /// Given name alone.
    Given,
    /// A title without a name: `the president`.
    Title,
    /// `he`, `her`.
    Pronoun,
}

/// One mention of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name alone, without title and possessive ending.
    pub passage: Passage,
    /// The title before or after it, in the same paragraph.
    pub title: Option<Span>,
    /// How it names the person.
    pub form: MentionForm,
    /// It is between quotation marks.
    pub quoted: bool,
}

/// A person of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The hash of the part of the surname by which names are looked up.
    key: u32,
    /// The fullest form of the name in the story: `Majdi Khalidi`.
    pub name: String,
    /// Given name, with middle names and initials; empty when the story never gives one.
    pub given: String,
    /// Surname with its particles (`al-Assad`, `van der Berg`) and without `Jr.`.
    pub surname: String,
    /// Titles as written, in order of first use.
    pub titles: Vec<String>,
    /// As the story shows it.
    pub gender: Gender,
    /// In reading order.
    pub mentions: Vec<Mention>,
}

impl Person {
    /// Their mention at `passage`.
    pub(crate) fn mention_at(&self, passage: Passage) -> Option<&Mention> {
        let at = self.mentions.binary_search_by_key(&passage, |mention| mention.passage).ok()?;
        self.mentions.get(at)
    }

    /// Moves the mentions in edited paragraphs; `None` when one of them was edited itself.
    fn follow(&mut self, edit: &ParagraphEdit) -> Option<()> {
        let part = edit.shift.part();
        let first = self.mentions.partition_point(|mention| mention.passage.paragraph() < part.start);
        let own = self.mentions.iter_mut().skip(first);
        for mention in own.take_while(|mention| part.contains(&mention.passage.paragraph())) {
            let (shift, _, now) = edit.of_words()?;
            let shift = &shift;
            mention.passage.span = shift.span(mention.passage.span)?;
            mention.title = moved(mention.title, shift)?;
            mention.quoted = now.quotes.around(mention.passage.span).is_some();
        }
        Some(())
    }
}

/// What may be missing, after `shift`; `None` when that changed a part of it.
fn moved(span: Option<Span>, shift: &Shift) -> Option<Option<Span>> {
    match span {
        Some(span) => shift.span(span).map(Some),
        None => Some(None),
    }
}

/// Whether `name` (lower case) is on the list of given names.
pub(crate) fn is_given_name(name: &str) -> bool {
    given::gender_of(name).is_some()
}

/// What a paragraph says of people by itself.
pub(super) fn read(paragraph: &Paragraph, triggers: &TriggerWords) -> LocalNames {
    names::find(paragraph, triggers)
}

/// The pronouns that stand for one person.
pub(super) const PRONOUNS: &[(&str, Gender)] = &[
    ("he", Gender::Male),
    ("his", Gender::Male),
    ("him", Gender::Male),
    ("himself", Gender::Male),
    ("she", Gender::Female),
    ("her", Gender::Female),
    ("hers", Gender::Female),
    ("herself", Gender::Female),
];
