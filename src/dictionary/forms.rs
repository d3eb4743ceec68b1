//! What words can be, and their forms.

use super::entry;
use crate::lexicon::{inflect, inflection};

/// What a word can be, each a bit: a noun in the singular, `n`, or plural, `p`, or one that is not counted, `m`; a verb as the
/// dictionary has it, `v`, with -s, `s`, past, `d`, participle, `e`, or -ing, `g`; an adjective, `a`, its comparative, `c`, or
/// superlative, `t`; an adverb, `r`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(pub(super) u16);

impl Forms {
    /// The letters, in the order of the bits.
    pub const LETTERS: &str = super::packed::FORMS;

    /// What these letters stand for; `None` when one of them stands for nothing.
    pub fn of(letters: &str) -> Option<Self> {
        letters
            .chars()
            .try_fold(Self::default(), |forms, letter| Some(Self(forms.0 | 1 << Self::LETTERS.find(letter)?)))
    }

    /// All that is not among these.
    pub fn others(self) -> Self {
        Self(!self.0)
    }

    /// Whether it can be any of `others`.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    fn can_be(self, letter: char) -> bool {
        Self::LETTERS.find(letter).is_some_and(|at| self.0 >> at & 1 == 1)
    }
}

/// What the word `low` can be; nothing for a word that is not known.
pub fn forms(low: &str) -> Forms {
    entry(low).map(super::Entry::forms).unwrap_or_default()
}

/// A form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A verb as the dictionary has it: `go`.
    Base,
    /// `goes`.
    Third,
    /// `went`.
    Past,
    /// `gone`.
    Participle,
    /// `going`.
    Gerund,
    /// Of a noun, `boy`.
    Singular,
    /// `boys`.
    Plural,
}

impl Form {
    /// The form with this name, as rules have it.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "base" => Self::Base,
            "third" => Self::Third,
            "past" => Self::Past,
            "participle" => Self::Participle,
            "gerund" => Self::Gerund,
            "singular" => Self::Singular,
            "plural" => Self::Plural,
            _ => return None,
        })
    }

    /// This form of `word`, which is in lower case; `None` where the dictionary does not have it.
    pub fn of(self, word: &str) -> Option<String> {
        let (place, letter) = match self {
            Self::Singular => return singular(word),
            Self::Plural => return plural(word),
            Self::Base => (0, 'v'),
            Self::Third => (1, 's'),
            Self::Past => (2, 'd'),
            Self::Participle => (3, 'e'),
            Self::Gerund => (4, 'g'),
        };
        let form = inflect::verb(&base(word)?).into_iter().nth(place)?;
        (forms(&form).can_be(letter) || matches!(&*form, "has" | "does" | "is")).then_some(form)
    }
}

/// The verb that `word` is a form of.
fn base(word: &str) -> Option<String> {
    if forms(word).can_be('v') {
        return Some(word.to_owned());
    }
    let irregular = inflection::IRREGULAR_VERBS.iter().find(|verb| verb.1 == word || verb.2 == word);
    if let Some(verb) = irregular {
        return Some(verb.0.to_owned());
    }
    let stems = ["ing", "ed", "es", "s", "d"].iter().filter_map(|ending| word.strip_suffix(ending));
    let tries = stems.flat_map(|stem| {
        let undoubled = stem.char_indices().last().map(|(at, _)| stem[..at].to_owned());
        let with_y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        [Some(stem.to_owned()), Some(format!("{stem}e")), with_y, undoubled].into_iter().flatten()
    });
    tries.into_iter().find(|base| forms(base).can_be('v') && inflect::verb(base).iter().any(|form| form == word))
}

/// The plural of a noun that is counted.
fn plural(word: &str) -> Option<String> {
    if !forms(word).can_be('n') {
        return None;
    }
    let irregular = inflection::IRREGULAR_PLURALS.iter().find(|noun| noun.0 == word).map(|noun| noun.1.to_owned());
    irregular.or_else(|| inflect::noun(word).pop()).filter(|plural| forms(plural).can_be('p'))
}

fn singular(word: &str) -> Option<String> {
    let irregular = inflection::IRREGULAR_PLURALS.iter().find(|noun| noun.1 == word).map(|noun| noun.0.to_owned());
    irregular.or_else(|| {
        let (s, es, ies) = (word.strip_suffix('s'), word.strip_suffix("es"), word.strip_suffix("ies"));
        let men = word.strip_suffix("men").map(|stem| format!("{stem}man"));
        let tries = [ies.map(|stem| format!("{stem}y")), s.map(str::to_owned), es.map(str::to_owned), men];
        tries.into_iter().flatten().find(|single| forms(single).can_be('n') && plural(single).as_deref() == Some(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_what_they_can_be() {
        let can_be = |word: &str, letters: &str| forms(word).has(Forms::of(letters).expect("letters"));
        assert!(can_be("went", "d") && !can_be("went", "nev"));
        assert!(can_be("families", "p") && !can_be("families", "ns"));
        assert!(can_be("information", "m") && !can_be("player", "m"));
        assert_eq!(forms("qwerty"), Forms::default());
        assert_eq!(Forms::of("q"), None);
    }

    #[test]
    fn forms_are_made_where_they_exist() {
        for (form, word, is) in [
            (Form::Participle, "went", Some("gone")),
            (Form::Participle, "announce", Some("announced")),
            (Form::Base, "stopped", Some("stop")),
            (Form::Base, "carries", Some("carry")),
            (Form::Base, "ran", Some("run")),
            (Form::Third, "have", Some("has")),
            (Form::Past, "begun", Some("began")),
            (Form::Plural, "child", Some("children")),
            (Form::Plural, "county", Some("counties")),
            (Form::Singular, "women", Some("woman")),
            (Form::Singular, "agencies", Some("agency")),
            (Form::Singular, "crises", Some("crisis")),
            (Form::Base, "mayor", None),
        ] {
            assert_eq!(form.of(word).as_deref(), is, "{form:?} of {word}");
        }
    }
}
