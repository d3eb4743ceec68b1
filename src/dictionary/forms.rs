//! What words can be, and their forms.

use std::cell::RefCell;

use super::entry;
use crate::lexicon::{inflect, inflection};
use crate::text::hash;

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

    /// A bit for each letter.
    pub fn bits(self) -> u16 {
        self.0
    }

    fn can_be(self, letter: char) -> bool {
        Self::LETTERS.find(letter).is_some_and(|at| self.0 >> at & 1 == 1)
    }
}

/// What the word `low` can be; nothing for a word that is not known. What was asked of late is remembered, since rules of
/// grammar ask the same of the same words, and most words of a text are few.
pub fn forms(low: &str) -> Forms {
    let own = || entry(low).map(super::Entry::forms).unwrap_or_default();
    // The hash tells words of up to so many letters apart.
    if low.len() > 16 {
        return own();
    }
    let key = hash(low.as_bytes());
    SEEN.with_borrow_mut(|seen| {
        let Some(place) = seen.get_mut(key as usize % REMEMBERED) else { return Forms::default() };
        if place.0 != key {
            *place = (key, own());
        }
        place.1
    })
}

/// So many words are remembered, a word in each place that its hash gives.
const REMEMBERED: usize = 4096;

thread_local! {
    static SEEN: RefCell<Vec<(u64, Forms)>> = RefCell::new(vec![(0, Forms::default()); REMEMBERED]);
}

/// A form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordForm {
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
    /// Of an adjective, `quickly`.
    Adverb,
    /// Of an adverb in -ly, `quick`.
    Adjective,
    /// Of an adjective, `quicker`.
    Comparative,
    /// `quickest`.
    Superlative,
}

impl WordForm {
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
            "adverb" => Self::Adverb,
            "adjective" => Self::Adjective,
            "comparative" => Self::Comparative,
            "superlative" => Self::Superlative,
            _ => return None,
        })
    }

    /// This form of `word`, which is in lower case; `None` where the dictionary does not have it.
    pub fn of(self, word: &str) -> Option<String> {
        let (place, letter) = match self {
            Self::Singular => return singular(word),
            Self::Plural => return plural(word),
            Self::Adverb => return adverb(word),
            Self::Adjective => return adjective(word),
            Self::Comparative => return compared(word, "r", 'c'),
            Self::Superlative => return compared(word, "st", 't'),
            Self::Base => (0, 'v'),
            Self::Third => (1, 's'),
            Self::Past => (2, 'd'),
            Self::Participle => (3, 'e'),
            Self::Gerund => (4, 'g'),
        };
        let form = inflect::verb(&base(word)?).into_iter().nth(place)?;
        (forms(&form).can_be(letter) || matches!(&*form, "has" | "does" | "is" | "being" | "having" | "doing"))
            .then_some(form)
    }
}

/// The verb that `word` is a form of.
fn base(word: &str) -> Option<String> {
    if word == "be" || forms(word).can_be('v') {
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

/// The adverb in -ly of an adjective.
fn adverb(word: &str) -> Option<String> {
    let forms_of = forms(word);
    if !forms_of.can_be('a') && !forms_of.can_be('e') {
        return None;
    }
    let made = match word {
        "good" => return Some("well".to_owned()),
        _ if word.ends_with("ic") => format!("{word}ally"),
        _ if word.ends_with("le") && !word.ends_with("ole") => format!("{}y", word.strip_suffix('e')?),
        _ if word.ends_with('y') => format!("{}ily", word.strip_suffix('y')?),
        _ if word.ends_with("ll") => format!("{word}y"),
        _ => format!("{word}ly"),
    };
    let tries = [made, format!("{word}ly")];
    tries.into_iter().find(|adverb| forms(adverb).can_be('r'))
}

/// The comparative or superlative of an adjective that has one in a word.
fn compared(word: &str, ending: &str, letter: char) -> Option<String> {
    if !forms(word).can_be('a') {
        return None;
    }
    let irregular = match word {
        "good" => Some(["better", "best"]),
        "bad" => Some(["worse", "worst"]),
        _ => None,
    };
    if let Some([comparative, superlative]) = irregular {
        return Some(if letter == 'c' { comparative } else { superlative }.to_owned());
    }
    let last = word.chars().last()?;
    let tries = [
        word.ends_with('e').then(|| format!("{word}{ending}")),
        word.strip_suffix('y').map(|stem| format!("{stem}ie{ending}")),
        Some(format!("{word}e{ending}")),
        Some(format!("{word}{last}e{ending}")),
    ];
    tries.into_iter().flatten().find(|formed| forms(formed).can_be(letter))
}

/// The adjective that an adverb in -ly is made of.
fn adjective(word: &str) -> Option<String> {
    if word == "well" {
        return Some("good".to_owned());
    }
    let stem = word.strip_suffix("ly")?;
    let tries = [
        Some(stem.to_owned()),
        stem.strip_suffix('i').map(|stem| format!("{stem}y")),
        Some(format!("{stem}le")),
        stem.strip_suffix("al").map(str::to_owned),
        Some(format!("{stem}l")),
    ];
    tries.into_iter().flatten().find(|single| forms(single).can_be('a') && adverb(single).as_deref() == Some(word))
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
            (WordForm::Participle, "went", Some("gone")),
            (WordForm::Participle, "announce", Some("announced")),
            (WordForm::Base, "stopped", Some("stop")),
            (WordForm::Base, "carries", Some("carry")),
            (WordForm::Base, "ran", Some("run")),
            (WordForm::Third, "have", Some("has")),
            (WordForm::Past, "begun", Some("began")),
            (WordForm::Plural, "child", Some("children")),
            (WordForm::Plural, "county", Some("counties")),
            (WordForm::Singular, "women", Some("woman")),
            (WordForm::Singular, "agencies", Some("agency")),
            (WordForm::Singular, "crises", Some("crisis")),
            (WordForm::Base, "mayor", None),
            (WordForm::Adverb, "extreme", Some("extremely")),
            (WordForm::Adverb, "easy", Some("easily")),
            (WordForm::Adverb, "good", Some("well")),
            (WordForm::Adverb, "mayor", None),
            (WordForm::Adjective, "terribly", Some("terrible")),
            (WordForm::Adjective, "quickly", Some("quick")),
            (WordForm::Adjective, "family", None),
            (WordForm::Comparative, "big", Some("bigger")),
            (WordForm::Comparative, "happy", Some("happier")),
            (WordForm::Comparative, "bad", Some("worse")),
            (WordForm::Superlative, "large", Some("largest")),
            (WordForm::Superlative, "expensive", None),
        ] {
            assert_eq!(form.of(word).as_deref(), is, "{form:?} of {word}");
        }
    }
}
