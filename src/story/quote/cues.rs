//! The words of saying, and the small words that show where a clause begins and ends.

use std::sync::LazyLock;

use crate::lexicon;
use crate::lexicon::own::{self, VerbForm, forms_of};
use crate::text::WordMap;

/// How strongly a verb shows that somebody says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Saying {
    /// Says something when a quote is beside it: `blasted`, `offered`, `read`.
    Weak,
    /// Says something by itself: `said`, `told`, `tweeted`.
    Strong,
}

/// A verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// How strongly.
    pub saying: Saying,
    /// `saying`, `adding`: the subject is elsewhere in the sentence.
    pub participle: bool,
    /// `say`, `state`, `report`: the form may be a noun or an infinitive.
    pub plain: bool,
}

impl Cue {
    fn of(saying: Saying, form: VerbForm) -> Self {
        Self { saying, participle: form == VerbForm::Gerund, plain: form == VerbForm::Present }
    }
}

/// Forms that no rule makes: `(form, strong, participle, plain)`.
const IRREGULAR: &[(&str, bool, bool, bool)] = &[
    ("said", true, false, false),
    ("says", true, false, false),
    ("say", true, false, true),
    ("saying", true, true, false),
    ("told", true, false, false),
    ("tells", true, false, false),
    ("tell", true, false, true),
    ("telling", true, true, false),
    ("wrote", true, false, false),
    ("writes", true, false, false),
    ("write", true, false, true),
    ("writing", true, true, false),
    ("written", true, false, false),
    ("swore", true, false, false),
    ("thought", true, false, false),
    ("thinks", true, false, false),
    ("think", true, false, true),
    ("thinking", false, true, false),
    ("felt", false, false, false),
    ("feels", false, false, false),
    ("believed", false, false, false),
    ("believes", false, false, false),
    ("believe", false, false, true),
    ("read", false, false, true),
    ("reads", false, false, false),
    ("reading", false, true, false),
    ("found", false, false, false),
    ("finds", false, false, false),
    ("spoke", false, false, false),
    ("speaks", false, false, false),
    ("speaking", false, true, false),
    ("began", false, false, false),
    ("begins", false, false, false),
    ("begin", false, false, true),
    ("went", false, false, false),
    ("goes", false, false, false),
    ("shot", false, false, false),
    ("put", false, false, true),
    ("puts", false, false, false),
    ("putting", false, true, false),
    ("sang", false, false, false),
    ("heard", false, false, false),
    ("took", false, false, false),
    ("gave", false, false, false),
    ("made", false, false, false),
    ("saw", false, false, false),
    ("sees", false, false, false),
    ("laid", false, false, false),
    ("hit", false, false, false),
    ("showed", false, false, false),
    ("shows", false, false, false),
    ("spat", true, false, false),
    ("quoth", true, false, false),
    ("reportedly", false, false, false),
    ("led", false, false, false),
    ("drew", false, false, false),
    ("sent", false, false, false),
    ("meant", false, false, false),
    ("came", false, false, false),
    ("kept", false, false, false),
    ("took", false, false, false),
    ("hosted", false, false, false),
    ("used", false, false, false),
    ("uses", false, false, false),
    ("using", false, true, false),
];

static CUES: LazyLock<WordMap<Cue, String>> = LazyLock::new(|| {
    let mut cues: Vec<(String, Cue)> = Vec::new();
    for (verbs, saying) in [(&lexicon::saying::WEAK, Saying::Weak), (&lexicon::saying::STRONG, Saying::Strong)] {
        for verb in verbs.iter() {
            for (form, kind) in forms_of(verb) {
                cues.push((form, Cue::of(saying, kind)));
            }
        }
    }
    for &(form, strong, participle, plain) in IRREGULAR {
        let saying = if strong { Saying::Strong } else { Saying::Weak };
        cues.push((form.to_owned(), Cue { saying, participle, plain }));
    }
    WordMap::new(cues)
});

/// The verb of saying that `word` (lower case) is a form of.
pub(crate) fn cue(word: &str) -> Option<Cue> {
    CUES.get(word).or_else(|| own::verb_of_saying(word).map(|form| Cue::of(Saying::Strong, form)))
}

/// Whether `word` (lower case) says something by itself: `said`, `tweeted`.
pub(crate) fn is_strong(word: &str) -> bool {
    cue(word).is_some_and(|c| c.saying == Saying::Strong)
}

/// Auxiliaries and other verbs that may be between a subject and its verb of saying.
pub(crate) fn is_auxiliary(word: &str) -> bool {
    lexicon::grammar::AUXILIARIES_BEFORE_SAYING.contains(word)
}

/// Adverbs without `-ly` that may be between a subject and its verb, or before it.
pub(crate) fn is_adverb(word: &str) -> bool {
    lexicon::grammar::ADVERBS_PLAIN.contains(word)
}

/// Prepositions and subordinators: a stretch that begins with one holds no subject before the next comma.
pub(crate) fn is_preposition(word: &str) -> bool {
    lexicon::grammar::PREPOSITIONS_AND_SUBORDINATORS.contains(word)
}

/// Words that a new clause begins with.
pub(crate) fn starts_clause(word: &str) -> bool {
    lexicon::grammar::CLAUSE_STARTERS.contains(word)
}

/// Subject pronouns and what stands for a speaker alone.
pub(crate) fn is_subject_pronoun(word: &str) -> bool {
    lexicon::grammar::SUBJECT_PRONOUNS.contains(word)
}

/// Words that open a noun phrase.
pub(crate) fn is_determiner(word: &str) -> bool {
    lexicon::grammar::NOUN_PHRASE_OPENERS.contains(word)
}

/// Common verbs in forms that their endings do not show.
pub(crate) fn is_plain_verb(word: &str) -> bool {
    lexicon::grammar::VERBS_IRREGULAR_FORMS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_saying_in_all_their_forms() {
        for word in [
            "said",
            "replied",
            "quipped",
            "agreed",
            "argues",
            "noting",
            "tweeted",
            "urged",
            "replies",
            "wrote",
            "admitting",
        ] {
            assert!(is_strong(word), "{word}");
        }
        assert!(cue("blasting").is_some_and(|c| c.participle && c.saying == Saying::Weak));
        assert!(cue("table").is_none());
    }
}
