//! In which language something is written: by its tag (`es`, `pt-BR`), and by its words.
//!
//! Copydesk reads English. What is plainly something else is told apart here, so that its words are left alone. A short
//! stretch is judged by its function words, which no detector of letters can do in six words; a longer one that has none
//! that are known here by the letters that are together ([`whatlang`]).

use std::sync::LazyLock;

use super::{Span, WordMap};
use crate::lexicon::{WordList, languages};

/// What the words of a stretch say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is English.
    English,
    /// It is in another language.
    Foreign,
    /// Too few words tell: a name, a label, a list.
    Unclear,
}

/// What a word tells of the language of its sentence.
#[derive(Clone, Copy, PartialEq)]
enum Tells {
    /// An English function word that is none elsewhere.
    English,
    /// A function word of another language, which is no English word.
    Foreign,
    /// The same, but one that is in names that English sentences hold: `de la Cruz`.
    Particle,
}

static WORDS: LazyLock<WordMap<Tells>> = LazyLock::new(|| {
    let list = |words: &'static WordList, tells| words.iter().map(move |word| (word, tells));
    // Of a word that comes more than once the last value stands: an English word is none of another language.
    WordMap::new(
        list(&languages::OTHERS, Tells::Foreign)
            .chain(list(&languages::IN_NAMES, Tells::Particle))
            .chain(list(&languages::ENGLISH, Tells::English)),
    )
});

/// ISO 639-1 codes of languages that newsrooms write in, without English.
const CODES: &str = "af am ar az be bg bn bs ca cs cy da de el eo es et eu fa fi fo fr fy ga gd gl gu ha he hi hr ht hu hy \
    id ig is it ja ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no or pa pl ps pt ro ru rw \
    sd si sk sl so sq sr sv sw ta te tg th tk tl tr tt uk ur uz vi xh yi yo zh zu";

/// Whether `tag` names a language, and another one than English: `Some(true)` for `es`, `pt-BR` and `zh_Hans`,
/// `Some(false)` for `en-GB`; `None` for what is no tag (BCP 47).
pub(crate) fn is_foreign_tag(tag: &str) -> Option<bool> {
    let tag = tag.trim();
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let rest_is_tag = tag.len() <= 20
        && tag[primary.len()..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'@'));
    if !rest_is_tag {
        return None;
    }
    match primary.as_str() {
        "en" | "eng" | "english" => Some(false),
        "spanish" | "french" | "german" | "portuguese" | "italian" | "chinese" | "japanese" | "arabic" | "russian" => {
            Some(true)
        }
        code if code.len() == 2 && CODES.split_ascii_whitespace().any(|known| known == code) => Some(true),
        code if code.len() == 3 => whatlang::Lang::from_code(code).map(|_| true),
        _ => None,
    }
}

/// Whether a file's name says that its text is in another language: `index.es.md`, `story.pt-br.html`.
pub(crate) fn is_foreign_path(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut parts = name.rsplit('.');
    let (Some(_), Some(tag), Some(_)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    primary.len() == 2 && is_foreign_tag(tag) == Some(true)
}

/// Whether `word`, in lower case, is a function word of another language, and none of English or of names.
pub(crate) fn is_foreign_word(word: &str) -> bool {
    WORDS.get(word) == Some(Tells::Foreign)
}

/// Whether `word`, in lower case, is one of another language that names have as well: `la`, `van`.
pub(crate) fn is_particle(word: &str) -> bool {
    WORDS.get(word) == Some(Tells::Particle)
}

/// How many words, at least, letters are asked of.
const LEAST_WORDS: usize = 8;

/// What the words of `text` say of its language.
pub(crate) fn judge(text: &str) -> Verdict {
    let (mut words, mut small, mut english, mut foreign, mut particles) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let (mut latin, mut other) = (0_usize, 0_usize);
    let mut low = String::new();
    for word in text.split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty()) {
        let first = word.chars().next().unwrap_or(' ');
        let letters = if word.is_ascii() { word.len() } else { word.chars().count() };
        if is_latin(first) {
            latin += letters;
        } else {
            other += if first.is_alphabetic() { letters } else { 0 };
            continue;
        }
        words += 1;
        small += usize::from(first.is_lowercase());
        // `UN`, `EL`: an acronym, or a headline in capitals, tells nothing.
        if word.chars().nth(1).is_some_and(char::is_uppercase) {
            continue;
        }
        low.clear();
        if word.is_ascii() {
            low.push_str(word);
            low.make_ascii_lowercase();
        } else {
            low.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
        }
        match WORDS.get(&low) {
            Some(Tells::English) => english += 1,
            Some(Tells::Foreign) => foreign += 1,
            Some(Tells::Particle) => particles += 1,
            // `l'eau`, `qu'il`, `dell'arte`: the part before the apostrophe is a word of its own.
            None => foreign += usize::from(is_elided(&low)),
        }
        // Most texts end here: enough words were seen.
        if words >= 16 && english * 4 >= words && foreign * 3 <= english {
            return Verdict::English;
        }
    }
    if other > latin && other >= 2 {
        return Verdict::Foreign;
    }
    if english > 0 && english * 5 >= words && english > foreign {
        return if words >= 4 { Verdict::English } else { Verdict::Unclear };
    }
    if foreign >= 1
        && foreign + particles >= 2
        && foreign + particles > 2 * english
        && (foreign + particles) * 8 >= words
    {
        return Verdict::Foreign;
    }
    if words >= LEAST_WORDS && small * 2 > words && english * 12 < words {
        let detected = whatlang::detect(text).filter(|info| info.is_reliable() && info.lang() != whatlang::Lang::Eng);
        if detected.is_some() {
            return Verdict::Foreign;
        }
    }
    Verdict::Unclear
}

/// Whether `word`, in lower case, begins with a word that lost its vowel: French `l'`, `d'`, `qu'`, Italian `dell'`.
fn is_elided(word: &str) -> bool {
    let Some((before, after)) = word.split_once('\'') else { return false };
    after.chars().count() >= 2
        && matches!(
            before,
            "l" | "d" | "qu" | "c" | "n" | "s" | "j" | "m" | "dell" | "all" | "nell" | "dall" | "sull" | "un"
        )
        && !matches!(after, "re" | "ll" | "ve")
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'À'..='ɏ' | 'Ḁ'..='ỿ')
}

/// Bytes on either side of a finding that tell its language where no mark is nearer: what has no marks at all is judged as well, and
/// must not be judged whole for each finding in it.
const FARTHEST: usize = 512;

/// Whether `span` of `text`, which is English on the whole, is in words of another language: a title, a line of a
/// song, words in quotation marks.
///
/// The words are those around it up to the next mark that may open or close such a stretch.
pub(crate) fn is_in_foreign_words(text: &str, span: Span) -> bool {
    let bound = |c: char| {
        matches!(
            c,
            '.' | '!'
                | '?'
                | ':'
                | ';'
                | '('
                | ')'
                | '['
                | ']'
                | '"'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '「'
                | '」'
                | '\n'
                | '—'
                | '–'
        )
    };
    let (Some(before), Some(inside), Some(behind)) =
        (text.get(..span.start()), text.get(span.range()), text.get(span.end()..))
    else {
        return false;
    };
    let near = before.ceil_char_boundary(before.len().saturating_sub(FARTHEST));
    let start =
        before[near..].char_indices().rev().find(|(_, c)| bound(*c)).map_or(near, |(at, c)| near + at + c.len_utf8());
    let behind = &behind[..behind.floor_char_boundary(FARTHEST)];
    let end = span.end() + behind.find(bound).unwrap_or(behind.len());
    if inside.chars().all(|c| !c.is_alphabetic()) && start >= span.start() && end <= span.end() {
        return false;
    }
    // Marks of other languages, and words that say so, are round words of theirs: `(in Spanish): “Nadie sabe.”`
    let marked = text[..start].ends_with(['«', '„', '「', '『'])
        || text[..start].ends_with(['“', '"'])
            && says_foreign(text[..start].trim_end_matches(['“', '"', ' ', ':', ',', ')']));
    text.get(start..end).is_some_and(|stretch| match judge(stretch) {
        Verdict::Foreign => true,
        Verdict::Unclear => marked,
        Verdict::English => false,
    })
}

/// Whether `text` ends in `in Spanish`, `in French`.
fn says_foreign(text: &str) -> bool {
    languages::NAMES.iter().any(|language| {
        text.strip_suffix(language).is_some_and(|rest| rest.ends_with(" in ") || rest.ends_with("(in "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_say_whether_a_text_is_english() {
        for (tag, foreign) in [
            ("es", Some(true)),
            ("pt-BR", Some(true)),
            ("zh_Hans", Some(true)),
            ("fil", None),
            ("spa", Some(true)),
            ("Spanish", Some(true)),
            ("en", Some(false)),
            ("en-GB", Some(false)),
            ("en_US.UTF-8", Some(false)),
            ("python", None),
            ("go", None),
            ("", None),
        ] {
            assert_eq!(is_foreign_tag(tag), foreign, "{tag}");
        }
        assert!(is_foreign_path("content/news/index.es.md") && is_foreign_path("a.pt-br.html"));
        assert!(!is_foreign_path("content/es/index.md") && !is_foreign_path("v1.2.md") && !is_foreign_path("a.en.md"));
    }

    #[test]
    fn words_say_whether_a_text_is_english() {
        for text in [
            "Le maire a annoncé un plan, dont il a une idée.",
            "Le maire a annoncé un plan et une taxe",
            "O prefeito disse que a opinião mudou e a ideia é boa.",
            "El pueblo sería responsable de la obra. Llegó a un acuerdo con la empresa.",
            "Der Bürgermeister hat einen Plan und eine Idee.",
            "Starosta oznámil nový plán a lidé z města mu tleskali celé odpoledne.",
            "市長は新しい計画を発表した。",
            "Мэр объявил о новом плане.",
            "L'eau de la ville n'est pas potable",
        ] {
            assert_eq!(judge(text), Verdict::Foreign, "{text}");
        }
        for text in [
            "The mayor announced a plan for the bridge.",
            "Juan de la Cruz of El Paso met Maria del Mar at La Scala on the first day of May.",
            "Council keeps ferry",
            "Smith, Jones, de Boer, van Dijk, Garcia, Lopez",
            "Sales rose 4 percent",
            "City approves data center plan near river despite objections",
        ] {
            assert_ne!(judge(text), Verdict::Foreign, "{text}");
        }
    }

    #[test]
    fn foreign_words_inside_english_ones_are_seen() {
        let text = "Ana Ruiz read from the play: Le roi a une idée, et il a un plan. Then she left a note.";
        let at = |part: &str| text.find(part).map(|at| Span::new(at, at + part.len())).expect("it is there");
        assert!(is_in_foreign_words(text, at("a une")));
        assert!(!is_in_foreign_words(text, at("a note")));
        for text in ["She said: «Llegamos tarde y nadie lo sabe».", "He said (in Spanish): “Nadie sabe.”"] {
            let start = text.find("adie").map_or(0, |at| at - 1);
            assert!(is_in_foreign_words(text, Span::new(start, start + 5)), "{text}");
        }
        let text = "She said: «We came late and nobody knows why it is so».";
        assert!(!is_in_foreign_words(text, Span::new(14, 18)));
    }

    #[test]
    fn english_contractions_lost_no_vowel() {
        assert!(is_elided("l'eau") && is_elided("qu'il") && is_elided("dell'arte"));
        assert!(!is_elided("they're") && !is_elided("l'a") && !is_elided("c'll") && !is_elided("eau"));
    }

    #[test]
    fn few_words_are_another_language_s_where_the_story_says_so() {
        let text = "She said softly: “Nadie sabe.”";
        let at = text.find("Nadie").expect("it is there");
        assert!(!is_in_foreign_words(text, Span::new(at, at + 5)));
    }
}
