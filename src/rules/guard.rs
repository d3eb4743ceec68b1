//! What must or must not be beside a match.

use crate::dictionary::WordForm;
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::text::Span;

/// The guards of a phrase or pattern.
#[derive(Clone, Debug, Default)]
pub struct Guards {
    before: Vec<GuardItem>,
    not_before: Vec<GuardItem>,
    after: Vec<GuardItem>,
    not_after: Vec<GuardItem>,
}

#[derive(Clone, Debug)]
enum GuardItem {
    /// Lower-case words in order.
    Words(Vec<String>),
    Class(WordClass),
}

/// A class of words, as guards and sequences name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordClass {
    Start,
    End,
    Punct,
    Gerund,
    NounPhrase,
    Determiner,
    Pronoun,
    Preposition,
    Be,
    Modal,
    Verb,
    Name,
    Number,
    Time,
    /// A newspaper, broadcaster or platform of one word: `on CNN`.
    Outlet,
    Adverb,
    Plural,
    /// A noun for several people or things, which takes either verb: `team`, `majority`.
    Collective,
    /// A noun for one person, which takes *who*: `teacher`; the same for several.
    Person,
    People,
    /// A noun for a thing that nobody would call *who*, one or several: `bridge`, `reports`.
    Thing,
    /// A unit, many of which are one amount: `three miles is far`.
    Measure,
    /// A noun in the plural that is a surname as well: `Banks`.
    Surname,
    /// A word that takes *a*, not *an*.
    Consonant,
    /// A word behind which a clause may stand: `said`, `whether`.
    Telling,
    Word,
}

const CLASSES: &[(&str, WordClass)] = &[
    ("<start>", WordClass::Start),
    ("<end>", WordClass::End),
    ("<punct>", WordClass::Punct),
    ("<gerund>", WordClass::Gerund),
    ("<noun-phrase>", WordClass::NounPhrase),
    ("<determiner>", WordClass::Determiner),
    ("<pronoun>", WordClass::Pronoun),
    ("<preposition>", WordClass::Preposition),
    ("<be>", WordClass::Be),
    ("<modal>", WordClass::Modal),
    ("<verb>", WordClass::Verb),
    ("<name>", WordClass::Name),
    ("<number>", WordClass::Number),
    ("<time>", WordClass::Time),
    ("<outlet>", WordClass::Outlet),
    ("<adverb>", WordClass::Adverb),
    ("<plural>", WordClass::Plural),
    ("<collective>", WordClass::Collective),
    ("<person>", WordClass::Person),
    ("<people>", WordClass::People),
    ("<thing>", WordClass::Thing),
    ("<measure>", WordClass::Measure),
    ("<surname>", WordClass::Surname),
    ("<consonant>", WordClass::Consonant),
    ("<telling>", WordClass::Telling),
    ("<word>", WordClass::Word),
];

impl WordClass {
    /// The class with this name, `<in brackets>`.
    pub(super) fn named(name: &str) -> Option<Self> {
        CLASSES.iter().find(|class| class.0 == name).map(|class| class.1)
    }

    /// Whether it is a list of nouns, none of which a name is: *Queens* is no queens.
    pub(super) fn is_of_nouns(self) -> bool {
        matches!(self, Self::Person | Self::People | Self::Thing | Self::Measure)
    }

    /// Whether token `at` is of it.
    pub(super) fn holds(self, paragraph: &Paragraph, at: usize) -> bool {
        is(self, paragraph, at)
    }
}

impl Guards {
    /// Reads the four lists of a rule.
    ///
    /// # Errors
    ///
    /// Names the first class that does not exist.
    pub fn new(
        before: &[String],
        not_before: &[String],
        after: &[String],
        not_after: &[String],
    ) -> Result<Self, String> {
        let items = |list: &[String]| list.iter().map(|text| item(text)).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            before: items(before)?,
            not_before: items(not_before)?,
            after: items(after)?,
            not_after: items(not_after)?,
        })
    }

    /// Whether a match at `span` of `paragraph` may be.
    pub fn allow(&self, paragraph: &Paragraph, span: Span) -> bool {
        if self.before.is_empty() && self.not_before.is_empty() && self.after.is_empty() && self.not_after.is_empty() {
            return true;
        }
        let tokens = paragraph.tokens_in(span);
        let before = |item: &GuardItem| is_before(item, paragraph, tokens.start);
        let after = |item: &GuardItem| is_after(item, paragraph, tokens.end);
        (self.before.is_empty() || self.before.iter().any(before))
            && !self.not_before.iter().any(before)
            && (self.after.is_empty() || self.after.iter().any(after))
            && !self.not_after.iter().any(after)
    }
}

fn item(text: &str) -> Result<GuardItem, String> {
    if !text.starts_with('<') {
        return Ok(GuardItem::Words(text.to_lowercase().split_whitespace().map(str::to_owned).collect()));
    }
    match CLASSES.iter().find(|(name, _)| *name == text) {
        Some(&(_, class)) => Ok(GuardItem::Class(class)),
        None => {
            let names: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
            Err(format!("there is no class `{text}`; choose from {}", names.join(", ")))
        }
    }
}

/// Whether `item` is directly before token `at`.
fn is_before(item: &GuardItem, paragraph: &Paragraph, at: usize) -> bool {
    match item {
        GuardItem::Words(words) => {
            at >= words.len() && words.iter().enumerate().all(|(i, word)| paragraph.low(at - words.len() + i) == word)
        }
        GuardItem::Class(WordClass::Start) => starts_sentence(paragraph, at),
        GuardItem::Class(class) => at > 0 && is(*class, paragraph, at - 1),
    }
}

/// Whether `item` is at token `at`, the first after the match.
fn is_after(item: &GuardItem, paragraph: &Paragraph, at: usize) -> bool {
    match item {
        GuardItem::Words(words) => words.iter().enumerate().all(|(i, word)| paragraph.low(at + i) == word),
        GuardItem::Class(WordClass::End) => {
            at >= paragraph.tokens.len() || matches!(paragraph.low(at), "." | "!" | "?" | "\"")
        }
        GuardItem::Class(class) => at < paragraph.tokens.len() && is(*class, paragraph, at),
    }
}

/// Whether only quotation marks and brackets are between token `at` and the start of its sentence.
fn starts_sentence(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let Some(sentence) = paragraph.sentence_at(token.span.start) else { return true };
    (sentence.first as usize..at).all(|i| paragraph.tokens[i].kind == TokenKind::Punct)
}

/// Whether token `at` is of `class`.
fn is(class: WordClass, paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let low = paragraph.low(at);
    match class {
        WordClass::Punct => token.kind == TokenKind::Punct,
        WordClass::Collective => lexicon::grammar::COLLECTIVES.contains(low),
        WordClass::Person => is_person(low),
        WordClass::People => singular(low).is_some_and(|one| is_person(&one)),
        WordClass::Thing => {
            let things = &lexicon::nouns::THINGS;
            things.contains(low) || singular(low).is_some_and(|one| things.contains(&one))
        }
        WordClass::Measure => lexicon::nouns::MEASURES.contains(low),
        WordClass::Surname => lexicon::people::SURNAMES_LIKE_PLURALS.contains(low),
        WordClass::Consonant => article(low) == "a",
        WordClass::Telling => lexicon::grammar::TELLING.contains(low),
        WordClass::Word => token.kind != TokenKind::Punct,
        WordClass::Number => token.kind == TokenKind::Number || lexicon::grammar::NUMBER_WORDS.contains(low),
        WordClass::Gerund => {
            token.kind == TokenKind::Word
                && low.len() > 4
                && low.ends_with("ing")
                && !lexicon::grammar::NOT_GERUNDS.contains(low)
        }
        WordClass::Determiner => lexicon::grammar::DETERMINERS.contains(low),
        WordClass::Pronoun => lexicon::grammar::PRONOUNS.contains(low),
        WordClass::Preposition => lexicon::grammar::PREPOSITIONS.contains(low),
        WordClass::Be => lexicon::grammar::BE.contains(low),
        WordClass::Modal => lexicon::grammar::MODALS.contains(low),
        WordClass::Verb => {
            lexicon::grammar::BE.contains(low)
                || lexicon::grammar::MODALS.contains(low)
                || lexicon::grammar::VERBS_COMMON.contains(low)
        }
        WordClass::Name => {
            token.capital
                && !starts_sentence(paragraph, at)
                && !lexicon::grammar::DETERMINERS.contains(low)
                && !lexicon::grammar::PRONOUNS.contains(low)
        }
        WordClass::Time => is_time(paragraph, at),
        WordClass::Outlet => lexicon::media::OUTLETS.contains(low) || lexicon::media::PLATFORMS.contains(low),
        WordClass::Adverb => token.kind == TokenKind::Word && low.len() > 4 && low.ends_with("ly"),
        WordClass::Plural => {
            token.kind == TokenKind::Word
                && low.len() > 3
                && low.ends_with('s')
                && !["ss", "us", "is", "'s"].iter().any(|end| low.ends_with(end))
        }
        WordClass::NounPhrase => {
            !is_time(paragraph, at)
                && (lexicon::grammar::DETERMINERS.contains(low)
                    || lexicon::grammar::PRONOUNS.contains(low)
                    || lexicon::grammar::NUMBER_WORDS.contains(low)
                    || token.kind == TokenKind::Number
                    || (token.capital && token.kind == TokenKind::Word))
        }
        WordClass::Start | WordClass::End => false,
    }
}

/// Whether somebody is called so.
fn is_person(low: &str) -> bool {
    use lexicon::people::{ROLES, ROLES_OF_MEN, ROLES_OF_WOMEN};
    let lists = [&lexicon::nouns::PERSONS, &ROLES, &ROLES_OF_MEN, &ROLES_OF_WOMEN];
    lists.iter().any(|list| list.contains(low)) && !lexicon::nouns::PERSONS_OR_THINGS.contains(low)
}

/// The singular of a plural.
fn singular(low: &str) -> Option<String> {
    WordForm::Singular.of(low).filter(|one| one != low)
}

/// `a` or `an`, by the sound that the word begins with, as far as letters tell.
pub(crate) fn article(low: &str) -> &'static str {
    use crate::lexicon::checks::{LIKE_YOU, SILENT_H, UNLIKE_YOU};
    let consonant =
        LIKE_YOU.iter().any(|start| low.starts_with(start)) && !UNLIKE_YOU.iter().any(|start| low.starts_with(start));
    let silent = SILENT_H.iter().any(|start| low.starts_with(start));
    if silent || low.starts_with(['a', 'e', 'i', 'o', 'u']) && !consonant { "an" } else { "a" }
}

/// A time phrase starts at token `at`: `Monday`, `1990`, `the past`, `three years`.
fn is_time(paragraph: &Paragraph, at: usize) -> bool {
    let low = paragraph.low(at);
    let next = paragraph.low(at + 1);
    if lexicon::grammar::TIMES.contains(low)
        || (low.len() == 4
            && (low.starts_with("19") || low.starts_with("20"))
            && low.bytes().all(|b| b.is_ascii_digit()))
    {
        return true;
    }
    let count = lexicon::grammar::NUMBER_WORDS.contains(low)
        || low == "several"
        || low == "many"
        || low.bytes().all(|b| b.is_ascii_digit());
    let determiner =
        matches!(low, "the" | "this" | "that" | "a" | "each" | "every" | "some" | "another" | "these" | "those");
    (count && lexicon::grammar::TIMES.contains(next) && next.ends_with('s'))
        || (determiner
            && (lexicon::grammar::TIMES.contains(next) && next != "course"
                || lexicon::grammar::TIMES_AFTER_DETERMINERS.contains(next))
            && !(low == "the" && matches!(next, "first" | "second")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;

    fn allows(text: &str, phrase: &str, after: &[&str], not_after: &[&str]) -> bool {
        let list = |items: &[&str]| items.iter().map(|&i| i.to_owned()).collect::<Vec<_>>();
        let guards = Guards::new(&[], &[], &list(after), &list(not_after)).expect("the classes exist");
        let at = text.find(phrase).expect("the phrase is there");
        guards.allow(&Paragraph::new(BlockKind::Paragraph, text.to_owned()), Span::new(at, at + phrase.len()))
    }

    #[test]
    fn classes_tell_contexts_apart() {
        assert!(allows("She insists of leaving.", "insists of", &["<gerund>"], &[]));
        assert!(!allows("He was accused for years of theft.", "accused for", &["<noun-phrase>"], &["<time>"]));
        assert!(!allows("He was accused for three years of theft.", "accused for", &["<noun-phrase>"], &["<time>"]));
        assert!(allows("He was accused for the theft.", "accused for", &["<noun-phrase>"], &["<time>"]));
        assert!(!allows("He insisted of course.", "insisted of", &["<word>"], &["course"]));
    }

    #[test]
    fn an_unknown_class_is_an_error() {
        assert!(Guards::new(&["<nonsense>".to_owned()], &[], &[], &[]).is_err());
    }
}
