//! The words of saying, and the small words that show where a clause begins and ends.

use std::sync::LazyLock;

use crate::lexicon;
use crate::text::{WordMap, WordSet};

/// How strongly a verb shows that somebody says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Saying {
    /// Says something when a quote stands beside it: `blasted`, `offered`, `read`.
    Weak,
    /// Says something by itself: `said`, `told`, `tweeted`.
    Strong,
}

/// A verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// How strongly.
    pub saying: Saying,
    /// `saying`, `adding`: the subject stands elsewhere in the sentence.
    pub participle: bool,
    /// `say`, `state`, `report`: the form may be a noun or an infinitive.
    pub plain: bool,
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
            let stem = verb.strip_suffix('e').unwrap_or(verb);
            let doubled = doubles(verb);
            let (past, participle) = match verb.strip_suffix('y') {
                Some(stem) if !verb.ends_with("ay") && !verb.ends_with("ey") => {
                    (format!("{stem}ied"), format!("{verb}ing"))
                }
                _ if doubled => {
                    let last = &verb[verb.len() - 1..];
                    (format!("{verb}{last}ed"), format!("{verb}{last}ing"))
                }
                _ if verb.ends_with("ee") => (format!("{verb}d"), format!("{verb}ing")),
                _ => (format!("{stem}ed"), format!("{stem}ing")),
            };
            let third = match verb.strip_suffix('y') {
                Some(stem) if !verb.ends_with("ay") && !verb.ends_with("ey") => format!("{stem}ies"),
                _ if verb.ends_with("sh") || verb.ends_with("ch") || verb.ends_with("ss") => format!("{verb}es"),
                _ => format!("{verb}s"),
            };
            cues.push((past, Cue { saying, participle: false, plain: false }));
            cues.push((participle, Cue { saying, participle: true, plain: false }));
            cues.push((third, Cue { saying, participle: false, plain: true }));
            cues.push((verb.to_owned(), Cue { saying, participle: false, plain: true }));
        }
    }
    for &(form, strong, participle, plain) in IRREGULAR {
        let saying = if strong { Saying::Strong } else { Saying::Weak };
        cues.push((form.to_owned(), Cue { saying, participle, plain }));
    }
    WordMap::new(cues)
});

/// Verbs that double their last letter before an ending.
fn doubles(verb: &str) -> bool {
    matches!(
        verb,
        "admit"
            | "brag"
            | "quip"
            | "snap"
            | "sob"
            | "rap"
            | "tag"
            | "pan"
            | "dub"
            | "jab"
            | "nod"
            | "slam"
            | "rebut"
            | "refer"
            | "sum"
            | "blog"
            | "demur"
            | "submit"
            | "tut"
    )
}

/// The verb of saying that `word` (lower case) is a form of.
pub(crate) fn cue(word: &str) -> Option<Cue> {
    CUES.get(word)
}

/// Whether `word` (lower case) says something by itself: `said`, `tweeted`.
pub(crate) fn is_strong(word: &str) -> bool {
    cue(word).is_some_and(|c| c.saying == Saying::Strong)
}

macro_rules! word_set {
    ($(#[$doc:meta])* $name:ident, $words:literal) => {
        $(#[$doc])*
        pub(crate) fn $name(word: &str) -> bool {
            static WORDS: LazyLock<WordSet> = LazyLock::new(|| $words.split_whitespace().collect());
            WORDS.contains(word)
        }
    };
}

word_set!(
    /// Auxiliaries and other verbs that may stand between a subject and its verb of saying.
    is_auxiliary,
    "am is are was were be been being has have had do does did will would can could may might must shall should isn't wasn't aren't weren't
     hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't shouldn't he's she's it's gets got"
);
word_set!(
    /// Adverbs without `-ly` that may stand between a subject and its verb, or before it.
    is_adverb,
    "also then later once often never still now again just even always sometimes soon ever too not first instead
     himself herself themselves itself both all all-but further once twice rather perhaps maybe yet already there here almost recently simply
     famously however meanwhile though today yesterday tonight"
);
word_set!(
    /// Prepositions and subordinators: a stretch that begins with one holds no subject before the next comma.
    is_preposition,
    "about above across after against ahead along alongside although amid among around as asked at because before behind below beneath beside
     besides between beyond but by concerning considering despite down during except following for from given if in inside into
     like near of off on once onto out outside over past per regarding since so than that though through throughout till to toward
     towards under unless unlike until up upon via when whenever where whereas whether while with within without yet and or nor"
);
word_set!(
    /// Words that a new clause begins with.
    starts_clause,
    "that but and because while when as if after before although though since so where whereas which who whom whose whether until unless or
     then than what how why"
);
word_set!(
    /// Subject pronouns and what stands for a speaker alone.
    is_subject_pronoun,
    "he she they i we it you one someone somebody everyone everybody many some others another both who most several few none neither
     either nobody all this these those"
);
word_set!(
    /// Words that open a noun phrase.
    is_determiner,
    "a an the his her its their my our your this that these those one some many several both two three four five six seven eight nine ten
     another other such no each every most few"
);
word_set!(
    /// Common verbs in forms that their endings do not show.
    is_plain_verb,
    "went took made came got gave held ran stood sat saw left kept began met put won lost led drew sent brought bought built caught
     chose fell fought grew hit knew laid lay let paid rose sold set shook shot showed slept spent spread stole struck taught threw
     wore wrote broke drove ate flew forgot froze hid hung meant read rode sang sank spoke sprang swam tore woke says goes does has makes
     takes comes gets gives holds runs stands sits sees keeps begins wants needs seems looks plans hopes thinks knows believes
     became become becomes felt heard thought found turned did"
);

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
