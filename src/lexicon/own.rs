//! What a newsroom adds to the lists of the lexicon: the table `[lexicon]` of its settings.
//!
//! The readers of facts ask for words in hundreds of places, of one paragraph and of nothing else. What holds for one story
//! is therefore put in force for the thread that reads it, for as long as it reads.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::inflect;

/// A list that a newsroom may add to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OwnList {
    /// Verbs by which somebody says something, in the form that endings are put to.
    VerbsOfSaying,
    /// What people are or do, as it is before a name.
    Titles,
    /// Wire and photo agencies.
    Agencies,
    /// Given names.
    GivenNames,
    /// Words that show a name to be that of an organisation.
    Organisations,
}

impl OwnList {
    /// All of them.
    pub const ALL: [OwnList; 5] =
        [Self::VerbsOfSaying, Self::Titles, Self::Agencies, Self::GivenNames, Self::Organisations];

    /// The key of the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerbsOfSaying => "verbs-of-saying",
            Self::Titles => "titles",
            Self::Agencies => "agencies",
            Self::GivenNames => "given-names",
            Self::Organisations => "organisations",
        }
    }

    /// Whether it holds names of several words; the others are looked up word by word.
    pub fn has_phrases(self) -> bool {
        self == Self::Agencies
    }
}

/// Which form of its verb a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerbForm {
    /// `intone`, `intones`: may be a noun or an infinitive.
    Present,
    /// `intoned`.
    Past,
    /// `intoning`.
    Gerund,
}

/// The forms of the verb `base`; of forms that are alike, the last counts.
pub(crate) fn forms_of(base: &str) -> impl Iterator<Item = (String, VerbForm)> {
    use VerbForm::{Gerund, Past, Present};
    let [past, participle] = [2, 3].map(|at| (at, Past));
    let order = [past, participle, (4, Gerund), (1, Present), (0, Present)];
    let forms = inflect::verb(base);
    order.into_iter().filter_map(move |(at, kind)| Some((forms.get(at)?.clone(), kind)))
}

/// The words that a newsroom added, in lower case.
#[derive(Debug, Default, PartialEq)]
pub struct OwnWords {
    verbs: FxHashMap<String, VerbForm>,
    titles: FxHashSet<String>,
    agencies: FxHashSet<String>,
    given_names: FxHashSet<String>,
    organisations: FxHashSet<String>,
}

impl OwnWords {
    /// Arranges the words of each list.
    pub fn new<'w>(words: impl IntoIterator<Item = (OwnList, &'w str)>) -> Self {
        let mut own = Self::default();
        for (list, word) in words {
            // The text is looked at with straight apostrophes and without points at the end.
            let word = word.to_lowercase().replace('’', "'");
            let word = word.trim_end_matches('.');
            match list {
                OwnList::VerbsOfSaying => own.verbs.extend(forms_of(word)),
                OwnList::Titles => own.titles.extend([word.to_owned()]),
                OwnList::Agencies => own.agencies.extend([word.strip_prefix("the ").unwrap_or(word).to_owned()]),
                OwnList::GivenNames => own.given_names.extend([word.to_owned()]),
                OwnList::Organisations => own.organisations.extend([word.to_owned()]),
            }
        }
        own
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Puts these words in force on this thread, until what is returned is dropped.
    pub(crate) fn in_force(self: &Arc<Self>) -> HeldWords {
        let before = IN_FORCE.with(|words| words.replace((!self.is_empty()).then(|| Arc::clone(self))));
        ANY.set(!self.is_empty());
        HeldWords(before)
    }
}

thread_local! {
    /// Whether there are any, which most newsrooms have not: the only thing that most look-ups ask.
    static ANY: Cell<bool> = const { Cell::new(false) };
    static IN_FORCE: RefCell<Option<Arc<OwnWords>>> = const { RefCell::new(None) };
}

/// As long as it lives, words are in force; it holds those that were before them.
#[derive(Debug)]
pub(crate) struct HeldWords(Option<Arc<OwnWords>>);

impl Drop for HeldWords {
    fn drop(&mut self) {
        ANY.set(self.0.is_some());
        IN_FORCE.with(|words| words.replace(self.0.take()));
    }
}

fn ask<T>(question: impl FnOnce(&OwnWords) -> Option<T>) -> Option<T> {
    if !ANY.get() {
        return None;
    }
    IN_FORCE.with_borrow(|words| words.as_deref().and_then(question))
}

/// The form of a verb of saying that `word` (lower case) is.
pub(crate) fn verb_of_saying(word: &str) -> Option<VerbForm> {
    ask(|own| own.verbs.get(word).copied())
}

/// Whether `word` (lower case, without its point) is a title.
pub(crate) fn is_title(word: &str) -> bool {
    ask(|own| own.titles.contains(word).then_some(())).is_some()
}

/// Whether `name` (lower case, without `the`) is an agency.
pub(crate) fn is_agency(name: &str) -> bool {
    ask(|own| own.agencies.contains(name).then_some(())).is_some()
}

/// Whether `name` (lower case) is a given name.
pub(crate) fn is_given_name(name: &str) -> bool {
    ask(|own| own.given_names.contains(name).then_some(())).is_some()
}

/// Whether a name with `word` (lower case) is an organisation’s.
pub(crate) fn is_of_organisations(word: &str) -> bool {
    ask(|own| own.organisations.contains(word).then_some(())).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_force_as_long_as_they_are_asked_for() {
        let own = Arc::new(OwnWords::new([(OwnList::VerbsOfSaying, "spit"), (OwnList::Titles, "Taoiseach")]));
        assert!(!is_title("taoiseach"));
        {
            let _outer = own.in_force();
            assert!(is_title("taoiseach") && !is_given_name("taoiseach"));
            assert_eq!(verb_of_saying("spitting"), Some(VerbForm::Gerund));
            let none = Arc::new(OwnWords::default());
            {
                let _inner = none.in_force();
                assert!(!is_title("taoiseach"));
            }
            assert!(is_title("taoiseach"));
        }
        assert!(!is_title("taoiseach"));
    }
}
