//! Spelling: misspellings that are listed, words that are in no dictionary, British and American spellings.

mod beside;
mod lower_case;
mod pieces;
mod programs;
mod sure;
mod title;

use std::cell::LazyCell;

use rustc_hash::{FxHashMap, FxHashSet};

use self::lower_case::{LowerCase, OPENING};
use self::pieces::{broken, pieces};
use self::sure::{VERY_COMMON, likely, sureness};
use self::title::is_title_word;
use super::phrase::typographic;
use super::program_words::words_of_programs;
use super::wording::{listed, with_capitals_of};
use crate::dictionary::{self, Suggestion, WordForm};
use crate::finding::Severity;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::cues::odd_words::{OddWord, Oddity};
use crate::story::paragraph_index::Signs;
use crate::story::person::context::{first_name, is_inverted, surname_of};
use crate::story::person::is_given_name;
use crate::story::{ParagraphFacts, Story};
use crate::text::{Span, are_anagrams};

/// The checks of this file, as rules name them.
pub(super) const CHECKS: &[Check] = &[
    Check::new("misspelling", Run::Story(misspelling), &[]),
    Check::new(
        "spelling-variety",
        Run::Paragraph(variety),
        &[choice("variety", &["american", "british"], "the spelling in force: american or british")],
    ),
    Check::new("unknown-word", Run::Story(unknown_word), &[]),
];

/// `misspelling`: misspellings of which it is known what they stand for.
pub(super) fn misspelling(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let words = || {
        let paragraphs = story.paragraphs_with(Signs::MISSPELLING);
        paragraphs.flat_map(|(number, read)| {
            read.cues.odd_words().iter().filter(|odd| odd.is_listed()).map(move |odd| (number, read, odd))
        })
    };
    // What has a capital of its own somewhere is a name, wherever it stands.
    let names: FxHashSet<u64> =
        words().filter(|(_, _, odd)| odd.capital && !odd.placed).map(|(_, _, odd)| odd.word).collect();
    let surnames = LazyCell::new(|| surnames(story));
    let in_front_matter = LazyCell::new(|| beside::named_in_front_matter(story));
    let mut uses: FxHashMap<u64, u32> = FxHashMap::default();
    for (_, _, odd) in words() {
        *uses.entry(odd.word).or_default() += 1;
    }
    let is_often = |odd: &OddWord| uses.get(&odd.word).is_some_and(|&count| count >= OFTEN);
    let is_cited = |(_, read, odd): &(usize, &ParagraphFacts, &OddWord)| beside::opens_list_of_authors(read, odd);
    let authors: FxHashSet<u64> = words().filter(is_cited).map(|(_, _, odd)| odd.word).collect();
    for (number, read, odd) in words() {
        let written = read.paragraph.slice(odd.span);
        let low = written.to_ascii_lowercase();
        // `Febuary` and `Bangaldesh` stand for names themselves.
        let for_a_name = dictionary::corrections(&low).all(stands_for_a_name);
        let is_ours = story.house.introduces(&low) || story.house.dictionary().has(&low);
        let is_name = names.contains(&odd.word) && !for_a_name;
        // A story that has the right word as well has no name of these letters: the Working Gorup among other groups.
        let has_right_one = || {
            low.len() >= LONG
                && beside::is_in_title(&read.paragraph, odd)
                && dictionary::corrections(&low).all(|word| has_word(story, word))
        };
        let is_doubtful = is_name && !has_right_one();
        let is_author = odd.capital
            && (authors.contains(&odd.word)
                || is_inverted(&read.paragraph, odd.span)
                || !for_a_name && (surnames.contains(&low) || in_front_matter.contains(written)));
        let is_foreign = odd.beside_odd && is_in_marks(story, Passage::new(number, odd.span));
        if is_without_g(&read.paragraph, odd.span) || beside::is_no_slip(read, odd) {
            continue;
        }
        if is_author
            || is_foreign
            || beside::is_still_lifes(&read.paragraph, odd)
            || is_beheaded(&read.paragraph, odd.span)
        {
            continue;
        }
        if is_ours || is_doubtful && !is_title_word(&read.paragraph, odd) {
            continue;
        }
        let mut words: Vec<String> =
            dictionary::corrections(&low).map(|word| with_capitals_of(written, word)).collect();
        add_possessive(&mut words, written, &read.paragraph);
        let passage = Passage::new(number, odd.span);
        let mut hit = Hit::at(passage).arg("found", written).arg("use", listed(&words));
        // `trippin` may be said so, and who writes a word thrice means it.
        if is_doubtful
            || odd.capital && !odd.placed && !for_a_name
            || odd.capital && beside::is_first_name(&read.paragraph, odd.span)
            || beside::is_said(written)
            || is_often(odd)
            || beside::is_among_odd_words(&read.paragraph, odd.span)
        {
            hit = hit.at_most(Severity::Query);
        }
        for word in words {
            hit = hit.replace(passage, typographic(word, &read.paragraph.text), rule.fix);
        }
        out.push(hit);
    }
}

/// Whether an apostrophe stands for the `g` of the word on `span`: `dancin’`.
fn is_without_g(p: &Paragraph, span: Span) -> bool {
    let behind = p.text.get(span.end()..).unwrap_or_default();
    behind.starts_with(['\'', '’']) && beside::is_said(p.slice(span))
}

/// The surnames, in lower case, of all whose first name is one that people have.
fn surnames(story: &Story) -> FxHashSet<String> {
    story.people.iter().filter(|person| is_given_name(&first_name(person))).map(surname_of).collect()
}

/// A misspelling of so many letters is hardly a name that looks like a word of the story.
const LONG: usize = 5;

/// Names rarer than this are surnames as well: `Deutch`, for `Deutsch`.
const RARE_NAME: u8 = 20;

/// Whether what a misspelling stands for is a name that many know.
fn stands_for_a_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        || dictionary::entry(word).is_some_and(|entry| entry.is_name() && entry.class() <= RARE_NAME)
}

/// Whether the story has this word, in lower case or not.
fn has_word(story: &Story, word: &str) -> bool {
    has_written(story, word, |_, _| true)
}

/// Whether the story has this word where `counts` holds.
fn has_written(story: &Story, word: &str, counts: impl Fn(&Paragraph, usize) -> bool) -> bool {
    let low = word.to_ascii_lowercase();
    let holds = |read: &ParagraphFacts| {
        let p = &read.paragraph;
        (0..p.tokens.len()).any(|at| p.low(at) == low && counts(p, at))
    };
    story.paragraphs_holding(&low).any(|(_, read)| holds(read))
}

/// What is in force of two spellings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variety {
    American,
    British,
}

/// `spelling-variety`: words that the other side of the ocean spells so.
pub(super) fn variety(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let odd_words = read.cues.odd_words();
    if odd_words.is_empty() {
        return;
    }
    let wanted = match rule.text("variety") {
        Some("british") => Variety::British,
        _ => Variety::American,
    };
    for odd in odd_words {
        let is_other = match odd.kind {
            Oddity::American => wanted == Variety::British,
            Oddity::British => wanted == Variety::American,
            _ => false,
        };
        let written = p.slice(odd.span);
        // With a capital it may be a name's: the Labor Department.
        if !is_other || odd.capital {
            continue;
        }
        let Some(other) = dictionary::other_spelling(&written.to_ascii_lowercase()) else { continue };
        let word = with_capitals_of(written, other);
        let hit = Hit::in_paragraph(odd.span).arg("found", written).arg("use", listed(std::slice::from_ref(&word)));
        out.push(hit.replace(Passage::new(0, odd.span), word, rule.fix));
    }
}

/// A word that is so often in a story is one of its words.
const OFTEN: u32 = 3;

/// The class of words so common that one who wrote another word twice may still have meant them.
const COMMON: u8 = 14;

/// `unknown-word`: words in no dictionary that are near one which is.
pub(super) fn unknown_word(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let words = || {
        story.paragraphs_with(Signs::UNKNOWN_WORD).flat_map(|(number, read)| {
            read.cues.odd_words().iter().filter(|odd| odd.is_unknown()).map(move |odd| (number, read, odd))
        })
    };
    // How often each is in the story, and whether it does with a capital of its own.
    let mut uses: FxHashMap<u64, (u32, bool)> = FxHashMap::default();
    for (_, _, odd) in words() {
        let known = uses.entry(odd.word).or_default();
        *known = (known.0 + 1, known.1 || odd.capital && !odd.placed);
    }
    let (mut about_programs, mut of_programs) = (None, None);
    let lower_case = LazyCell::new(|| LowerCase::of(story));
    let mixes = LazyCell::new(|| beside::mixes_languages(story));
    for (number, read, odd) in words().filter(|(_, _, odd)| !odd.beside_odd) {
        // Most names are there often, and that is told without a look at their letters.
        let (count, named) = uses.get(&odd.word).copied().unwrap_or_default();
        if count >= OFTEN {
            continue;
        }
        let p = &read.paragraph;
        if let Oddity::Pieces { right, if_named } = &odd.kind {
            let (name, passage) = (right.split(' ').next_back().unwrap_or_default(), Passage::new(number, odd.span));
            let is_named = || !if_named || has_written(story, name, |p, at| p.word(at) == name);
            if !is_in_marks(story, passage) && !beside::is_no_slip(read, odd) && is_named() {
                out.push(pieces(rule, p, passage, right));
            }
            continue;
        }
        let is_of_title = odd.capital && is_title_word(p, odd);
        let is_of_story = || odd.capital && is_word_of_story(story, &lower_case, p, odd);
        // `the s(ecurity)` is a word with a part in brackets.
        if odd.capital && !is_of_title && !is_word_that_opens(p, odd) && !is_of_story()
            || is_half_bracketed(p, odd.span)
            || is_beheaded(p, odd.span)
            || beside::is_no_slip(read, odd)
        {
            continue;
        }
        let written = p.slice(odd.span);
        let is_ours = story.house.introduces(written) || story.house.dictionary().has(&written.to_lowercase());
        if named && !is_of_title && !is_of_story() || is_ours {
            continue;
        }
        let is_marked = is_in_marks(story, Passage::new(number, odd.span));
        if is_marked && !(is_plain_slip(p, odd) && story.is_in_link(Passage::new(number, odd.span))) {
            continue;
        }
        if let Some(ours) = story.house.dictionary().near(&written.to_lowercase()) {
            out.push(offering(rule, p, Passage::new(number, odd.span), &[with_capitals_of(written, ours)]));
            continue;
        }
        let of_code = *about_programs.get_or_insert_with(|| programs::is_about_programs(story.document));
        if of_code && programs::may_name_a_program(&written.to_lowercase(), odd.suggestions(p)) {
            continue;
        }
        if of_programs.get_or_insert_with(|| words_of_programs(story.document)).contains(&odd.word) {
            continue;
        }
        if matches!(odd.kind, Oddity::Broken) {
            out.push(broken(rule, p, Passage::new(number, odd.span)));
            continue;
        }
        let suggestions = odd.suggestions(p);
        let Some(mut sureness) = sureness(suggestions, written) else { continue };
        // Next to code a word one letter from a rare one, as *regtest* is from *retest*, may name a part of a program.
        let is_rare = |first: &Suggestion| of_code && first.class > COMMON_BESIDE_CODE && !first.text.contains(' ');
        if is_marked
            || *mixes
            || beside::is_said(written)
            || sureness > Severity::Query && beside::is_among_odd_words(p, odd.span)
            || suggestions.first().is_some_and(|first| !is_inside(written, first) || is_rare(first))
        {
            sureness = sureness.min(Severity::Query);
        }
        if odd.capital {
            sureness = Severity::Query;
            let is_slip = if is_of_title { keeps_its_ends } else { is_mistyped };
            if count > 1 || !suggestions.first().is_some_and(|first| is_slip(written, first)) {
                continue;
            }
        }
        // Hardly anybody slips twice in one way.
        if count > 1 {
            sureness = Severity::Query;
            if !suggestions.first().is_some_and(|first| first.slips == 1 && first.class <= COMMON) {
                continue;
            }
        }
        let (span, words, is_possessive) = words_for(p, odd, suggestions);
        // No plural ends so.
        if is_possessive && !odd.capital && count == 1 {
            sureness = Severity::Warning;
        }
        out.push(offering(rule, p, Passage::new(number, span), &words).at_most(sureness));
    }
}

/// The words that may be meant by an unknown one, the span that they stand for, and whether a possessive is the first of them. Behind
/// `childrens'` the mark goes with the word.
fn words_for(p: &Paragraph, odd: &OddWord, suggestions: &[Suggestion]) -> (Span, Vec<String>, bool) {
    let (written, mut span) = (p.slice(odd.span), odd.span);
    let mut words: Vec<String> = likely(suggestions).iter().map(|word| with_capitals_of(written, word)).collect();
    let is_possessive = add_possessive(&mut words, written, p);
    let mark = p.text[span.end()..].chars().next().filter(|mark| is_possessive && matches!(mark, '\'' | '’'));
    if let Some(mark) = mark {
        words.truncate(1);
        span.end += mark.len_utf8() as u32;
    }
    (span, words, is_possessive)
}

/// The finding that each of `words` may be meant on `passage`.
fn offering(rule: &Rule, p: &Paragraph, passage: Passage, words: &[String]) -> Hit {
    let hit = Hit::at(passage).arg("found", p.slice(passage.span)).arg("use", listed(words));
    words.iter().fold(hit, |hit, word| hit.replace(passage, word.clone(), rule.fix))
}

/// Whether the first letter is apart, as where an acronym is explained in bold letters: “**S** uggesting”.
fn is_beheaded(p: &Paragraph, span: Span) -> bool {
    let Some(before) = p.token_at(span.start).checked_sub(1) else { return false };
    let letter = p.word(before);
    letter.len() == 1
        && letter.starts_with(|c: char| c.is_ascii_uppercase())
        && dictionary::entry(&(p.low(before).to_owned() + &p.slice(span).to_lowercase())).is_some()
}

/// Whether a bracket parts the word from letters that belong to it.
fn is_half_bracketed(p: &Paragraph, span: Span) -> bool {
    let (before, behind) = (&p.text[..span.start()], &p.text[span.end()..]);
    let ends_in_letter = |text: &str| text.ends_with(char::is_alphanumeric);
    before.strip_suffix(['(', '[']).is_some_and(ends_in_letter)
        || behind.strip_prefix([')', ']']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// Whether the slip is inside the word, or left its last letter out. Slang, names of programs and words that somebody built differ
/// from others at their ends: `mockney`, `riffy`, `systemd`, `intaking`.
fn is_inside(written: &str, meant: &Suggestion) -> bool {
    let low = written.to_ascii_lowercase();
    if let Some((first, second)) = meant.text.split_once(' ') {
        return first.len() > 3 || !second.ends_with("ing");
    }
    let (one, other) = (low.as_bytes(), meant.text.as_bytes());
    let is_built = low.strip_suffix("rs").is_some_and(|rest| meant.text.strip_suffix('s') == Some(rest));
    one.first() == other.first() && !is_built && (one.last() == other.last() || other.starts_with(one))
}

/// Puts “city's” first for “citys”, where that is no plural: it may lack its apostrophe. Whether it did.
fn add_possessive(words: &mut Vec<String>, written: &str, p: &Paragraph) -> bool {
    let low = written.to_lowercase();
    let Some(stem) = low.strip_suffix('s') else { return false };
    let plural = WordForm::Plural.of(stem).or_else(|| WordForm::Singular.of(stem).map(|_| stem.to_owned()));
    let is_added = plural.is_some_and(|plural| plural != low);
    if is_added {
        let possessive = with_capitals_of(written, &typographic(format!("{stem}'s"), &p.text));
        words.retain(|word| *word != possessive);
        words.insert(0, possessive);
    }
    is_added
}

/// A garbled form of a very common word may open a sentence with fewer letters than [`OPENING`], and a common one with two letters
/// swapped with fewer still.
const OPENING_COMMON: u32 = 6;
const OPENING_SWAPPED: u32 = 5;

/// The class of the rarest words that a misspelling beside code is surely meant for.
const COMMON_BESIDE_CODE: u8 = 13;

/// Whether the capital of an unknown word comes of the place alone, as far as one can tell: it opens a sentence of prose,
/// and goes on in lower case.
fn is_word_that_opens(p: &Paragraph, odd: &OddWord) -> bool {
    let next = p.tokens.get(p.token_at(odd.span.start) + 1);
    let letters = odd.span.end - odd.span.start;
    let is_common = |first: &Suggestion| {
        let written = p.slice(odd.span);
        let is_swapped = || first.class <= COMMON && are_anagrams(&first.text, &written.to_ascii_lowercase());
        let is_short_of = || letters >= OPENING_COMMON && first.class <= VERY_COMMON;
        (is_short_of() || is_swapped()) && is_garbled(written, first)
    };
    odd.placed
        && (letters >= OPENING || letters >= OPENING_SWAPPED && odd.suggestions(p).first().is_some_and(is_common))
        && !matches!(p.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Dek)
        && next.is_some_and(|next| !next.capital && (next.kind == TokenKind::Word || !next.spaced))
}

/// Whether a capital stands on a garbled form of a common word that the story has as well: `Coordniator` among coordinators.
fn is_word_of_story(story: &Story, lower_case: &LowerCase<'_>, p: &Paragraph, odd: &OddWord) -> bool {
    let written = p.slice(odd.span);
    if written.len() < OPENING as usize || !lower_case.may_have_lost(written) {
        return false;
    }
    // What has a capital elsewhere, too, is a name that is like this one: `Cristian`, `Christian`.
    let in_lower_case =
        |word: &str| has_written(story, word, |p, at| p.tokens.get(at).is_some_and(|token| !token.capital));
    let is_slip =
        |first: &Suggestion| is_garbled(written, first) && is_inside(written, first) && in_lower_case(&first.text);
    odd.suggestions(p).first().is_some_and(is_slip)
}

/// Whether a common word lost a letter or had two swapped. Names differ from words by another letter, or by one more.
fn is_garbled(written: &str, meant: &Suggestion) -> bool {
    let lost = meant.text.len() > written.len() || are_anagrams(&meant.text, &written.to_ascii_lowercase());
    meant.slips == 1 && meant.class <= COMMON && !meant.text.contains(' ') && lost
}

/// The same of a word that opens a sentence; in a long one any letter may be the slip, and two words may have lost their space.
fn is_mistyped(written: &str, meant: &Suggestion) -> bool {
    let is_long = written.len() > OPENING as usize && meant.class <= COMMON + 1;
    let are_two = || meant.text.split(' ').all(|word| word.len() > 2);
    is_garbled(written, meant) || meant.slips == 1 && is_long && is_inside(written, meant) && are_two()
}

/// Whether a common word lost a letter, doubled one or had two swapped between its first and its last one. Words of other
/// languages and brands differ from English ones at their ends: `Magazin`, `Informa`.
fn keeps_its_ends(written: &str, meant: &Suggestion) -> bool {
    let low = written.to_ascii_lowercase();
    let ends = |word: &str| (word.bytes().next(), word.bytes().last());
    let undoubled = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.dedup();
        letters
    };
    let is_doubled = || meant.slips == 1 && meant.class <= COMMON && undoubled(&low) == undoubled(&meant.text);
    ends(&low) == ends(&meant.text) && (is_garbled(&low, meant) || is_doubled())
}

/// Words of a stretch in italics before and behind the odd one.
const MARKED_WORDS: usize = 3;

/// Whether a word in lower case is a common one that lost a letter or has two swapped; names of programs in links differ otherwise.
fn is_plain_slip(p: &Paragraph, odd: &OddWord) -> bool {
    let written = p.slice(odd.span);
    let is_slip = |first: &Suggestion| is_garbled(written, first) && is_inside(written, first);
    !odd.capital && written.len() >= OPENING as usize && odd.suggestions(p).first().is_some_and(is_slip)
}

/// Whether the word at `passage` is in a few words that are marked up: in italics, as words of another language and titles are, or
/// in a link.
pub(super) fn is_in_marks(story: &Story, passage: Passage) -> bool {
    let Some(block) = story.document.blocks.get(passage.paragraph()) else { return false };
    let p = story.paragraph(passage.paragraph());
    let at = p.token_at(passage.span.start);
    let source = |at: usize| p.tokens.get(at).map(|token| block.to_source(token.span));
    // Between two tokens, the source has more than the prose.
    let is_seam = |first: usize, second: usize| {
        let (Some(one), Some(two)) = (p.tokens.get(first), p.tokens.get(second)) else { return false };
        let apart = (two.span.start - one.span.end) as usize;
        source(first).zip(source(second)).is_some_and(|(one, two)| two.start.saturating_sub(one.end) > apart)
    };
    let opens = |at: usize| match at.checked_sub(1) {
        Some(before) => is_seam(before, at),
        None => source(at).is_some_and(|own| block.range.start < own.start),
    };
    let closes = |at: usize| {
        if at + 1 < p.tokens.len() {
            is_seam(at, at + 1)
        } else {
            source(at).is_some_and(|own| own.end < block.range.end)
        }
    };
    (at.saturating_sub(MARKED_WORDS)..at + 1).any(opens) && (at..at + MARKED_WORDS + 1).any(closes)
}
