//! `acronym-*`: acronyms that the reader cannot resolve, or that the story explains for nothing, wrongly or twice.

use std::collections::{HashMap, HashSet};

use crate::dictionary::{self, Forms};
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::person::context::is_saying;
use crate::story::{Organisation, Story};
use crate::text::{Span, are_comparable};

/// The checks of this file, as rules name them.
pub(super) const CHECKS: &[Check] = &[
    Check::new("acronym-before-name", Run::Story(before_name), &[]),
    Check::new("acronym-full-again", Run::Story(full_again), &[]),
    Check::new("acronym-letters", Run::Story(letters), &[]),
    Check::new("acronym-slip", Run::Story(slip), &[]),
    Check::new("acronym-twice", Run::Story(twice), &[]),
    Check::new("acronym-unexplained", Run::Story(unexplained), &[]),
    Check::new("acronym-unused", Run::Story(unused), &[]),
];

/// Whether the passage is running text: headlines and captions are read before and beside it.
fn in_body(story: &Story, passage: Passage) -> bool {
    let kind = story.paragraph(passage.paragraph()).kind;
    kind.is_body() && kind != BlockKind::BlockQuote
}

/// Acronyms that are never spelled out and that readers cannot be expected to know.
pub(super) fn unexplained(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut asked: Vec<(&str, Passage)> = Vec::new();
    for organisation in story.organisations {
        let (None, Some(acronym)) = (&organisation.name, &organisation.acronym) else { continue };
        let first = organisation.acronym_mentions.iter().find(|m| in_body(story, **m));
        // `WKRB`, `KQSZ`: American stations are called by four letters of which the first is one of two.
        let is_station = acronym.len() == 4 && acronym.starts_with(['K', 'W']);
        let explained = organisation.well_known
            || is_station
            || !(SHORTEST..=LONGEST).contains(&acronym.len())
            || acronym.contains('-');
        // Behind a link, readers find what it stands for.
        let is_linked = || organisation.acronym_mentions.iter().any(|m| story.is_in_link(*m));
        // `MPI`, `the GCC project`: of formats and programs, readers who need them know the letters or do without.
        let is_body = || organisation.acronym_mentions.iter().any(|m| in_body(story, *m) && is_a_body(story, *m));
        let first = first.filter(|m| !explained && stands_alone(story, **m) && !is_linked() && is_body());
        asked.extend(first.map(|&first| (acronym.as_str(), first)));
    }
    let spelled_out = spelled_out(story, asked.iter().map(|&(acronym, _)| acronym).collect());
    for (acronym, first) in asked.into_iter().filter(|(acronym, _)| !spelled_out.contains(acronym)) {
        out.push(Hit::at(first).arg("found", story.slice(first)).insert(
            first,
            first.span.end,
            format!(" [what does {acronym} stand for?]"),
            "Ask what it stands for",
            Applicability::Query,
        ));
    }
}

/// Those of `acronyms` that are the first letters of words with capitals that follow each other in the story, small words left
/// out: what no bracket joins to an acronym spells it out as well, “the Harbor Safety League” the HSL.
fn spelled_out<'a>(story: &Story, acronyms: Vec<&'a str>) -> HashSet<&'a str> {
    let mut all = HashSet::new();
    if acronyms.is_empty() {
        return all;
    }
    let begins = |letter: char| acronyms.iter().any(|acronym| acronym.starts_with(letter));
    for paragraph in story.paragraphs.iter().map(|read| &read.paragraph) {
        for (start, token) in paragraph.tokens.iter().enumerate().filter(|(_, token)| token.capital) {
            if paragraph.slice(token.span).chars().next().is_some_and(begins) {
                all.extend(acronyms.iter().filter(|acronym| is_spelled_out_at(paragraph, start, acronym)));
            }
        }
    }
    all
}

/// Whether the words from token `at` on begin with the letters of the acronym.
fn is_spelled_out_at(paragraph: &Paragraph, mut at: usize, acronym: &str) -> bool {
    acronym.chars().enumerate().all(|(number, letter)| {
        while number > 0 && matches!(paragraph.low(at), "of" | "for" | "the" | "and" | "in" | "on" | "to" | "&" | "-") {
            at += 1;
        }
        let word = paragraph.word(at);
        at += 1;
        word.starts_with(letter) && (word.contains(char::is_lowercase) || word == "&")
    })
}

/// Letters of an acronym that is asked about: shorter ones stand for too much, longer ones are words.
const SHORTEST: usize = 3;
const LONGEST: usize = 5;

/// Whether the words around the acronym take it for a body of people: it has an article and no noun behind it (`the ZKRV met`), it
/// owns something, or it speaks.
fn is_a_body(story: &Story, mention: Passage) -> bool {
    let paragraph = story.paragraph(mention.paragraph());
    let at = paragraph.token_at(mention.span.start);
    let next = paragraph.low(at + 1);
    let has_article = at.checked_sub(1).is_some_and(|before| paragraph.low(before) == "the");
    let follows = paragraph.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word && token.spaced);
    let is_noun = || {
        let of = |letters: &str| Forms::of(letters).is_some_and(|forms| dictionary::forms(next).has(forms));
        let is_small = lexicon::checks::AUXILIARIES.contains(next)
            || lexicon::inflection::SMALL_WORDS.contains(next)
            || next.len() < 3
            || lexicon::checks::BESIDE_ACRONYMS.contains(next);
        follows && !is_small && (of("n") || of("m") || of("p")) && !of("s") && !of("d")
    };
    is_saying(next) || paragraph.is_possessive(at) || has_article && !is_noun()
}

/// Whether the acronym is a name by itself, and not a part of one (`SRTV News`, `NHC/SRTV`), an agency in a dateline, or
/// explained in words that were not read as a name (`Amis du Port, or ADP`).
fn stands_alone(story: &Story, mention: Passage) -> bool {
    let paragraph = story.paragraph(mention.paragraph());
    let at = paragraph.token_at(mention.span.start);
    let back = |n: usize| at.checked_sub(n).map_or("", |b| paragraph.low(b));
    let glued = matches!(back(1), "/" | "[" | "(" | "&" | "@" | "#" | "or")
        || matches!(paragraph.low(at + 1), "/" | "&" | "-" | "(");
    let named = paragraph.tokens.get(at + 1).is_some_and(|t| t.capital && t.kind == TokenKind::Word);
    // “Ana Ruiz, MLIS, editor”: a degree.
    let degree = back(1) == ","
        && at >= 2
        && paragraph.tokens.get(at - 2).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
        && matches!(paragraph.low(at + 1), "," | ";" | "");
    !glued && !named && !degree
}

/// Acronyms used before the place that introduces them.
pub(super) fn before_name(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for organisation in story.organisations.iter().filter(|o| !o.well_known) {
        let (Some(introduced), Some(name)) = (organisation.introduced, &organisation.name) else { continue };
        let first = organisation.acronym_mentions.iter().find(|m| in_body(story, **m));
        let Some(&first) = first.filter(|m| (m.paragraph, m.span.end) < (introduced.paragraph, introduced.span.start))
        else {
            continue;
        };
        // The full name may have come before as well, without the brackets.
        let named = organisation.full_mentions.iter().any(|m| *m < first && in_body(story, *m));
        if !named && in_body(story, introduced) {
            out.push(
                Hit::at(first)
                    .arg("found", story.slice(first))
                    .arg("name", name.as_str())
                    .related(introduced, "it is explained only here"),
            );
        }
    }
}

/// Acronyms that are introduced and never used.
pub(super) fn unused(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for organisation in story.organisations {
        let (Some(introduced), Some(_)) = (organisation.introduced, &organisation.acronym) else { continue };
        let inside = |m: &&Passage| m.paragraph == introduced.paragraph && introduced.span.contains(m.span);
        let mut own = organisation.acronym_mentions.iter().filter(inside);
        let (Some(own), None) = (own.next(), own.next()) else { continue };
        if organisation.acronym_mentions.len() > 1 || !in_body(story, introduced) {
            continue;
        }
        let text = &story.paragraph(introduced.paragraph()).text;
        let bracketed = text.get(..own.span.start()).is_some_and(|before| before.ends_with(" ("))
            && text.get(own.span.end()..).is_some_and(|after| after.starts_with(')'));
        let mut hit = Hit::at(*own).arg("found", story.slice(*own));
        if bracketed {
            let bracket = Span::new(own.span.start() - 2, own.span.end() + 1);
            let edit = (HitPlace::Prose(Passage { paragraph: own.paragraph, span: bracket }), String::new());
            hit = hit.fix("Delete the brackets", rule.fix, vec![edit]);
        }
        out.push(hit);
    }
}

/// Acronyms with one letter that the name beside them does not give.
pub(super) fn letters(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for organisation in story.organisations.iter().filter(|o| !o.fits && !o.well_known) {
        let (Some(name), Some(acronym), Some(introduced)) =
            (&organisation.name, &organisation.acronym, organisation.introduced)
        else {
            continue;
        };
        // `UX` of User Experience takes the sound of its second letter.
        let initial = |word: &str| {
            let first = word.chars().next().filter(|c| c.is_uppercase())?;
            Some(if word.starts_with("Ex") && acronym.contains('X') { 'X' } else { first })
        };
        let capitals: String = name.split([' ', '-', '\u{a0}']).filter_map(initial).collect();
        // An acronym of other letters comes from another language or from older names; one wrong letter is a slip.
        let slip = acronym.chars().count() == capitals.chars().count()
            && acronym.len() > 2
            && are_comparable(acronym, &capitals)
            && strsim::damerau_levenshtein(acronym, &capitals) == 1;
        let own = organisation
            .acronym_mentions
            .iter()
            .find(|m| m.paragraph == introduced.paragraph && introduced.span.contains(m.span));
        if let Some(&own) = own.filter(|_| slip) {
            out.push(Hit::at(own).arg("found", story.slice(own)).arg("name", name.as_str()).arg("letters", capitals));
        }
    }
}

/// An acronym that nobody explains is established once it is there so often.
const OFTEN_ENOUGH: usize = 3;

/// One that nobody explains is told from an acronym of one other letter once it is there so often.
const WELL_ESTABLISHED: usize = 6;

/// Acronyms one slip from one that the story explains: `GAS` for `GSA`, `HEERS` for `HSERS`; and full names one letter from one
/// that the story uses more often.
pub(super) fn slip(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let established =
        |o: &&Organisation| o.acronym_mentions.len() >= if o.introduced.is_some() { 2 } else { OFTEN_ENOUGH };
    let established = story.organisations.iter().filter(established);
    for (organisation, acronym) in established.filter_map(|o| Some((o, o.acronym.as_deref()?))) {
        let is_explained = organisation.introduced.is_some();
        let is_own =
            |text: &str| story.organisations.iter().any(|o| o.acronym.as_deref() == Some(text) && o.name.is_some());
        // Two letters exchanged. What they make may be a word, which then is in capitals.
        let letters: Vec<char> = acronym.chars().collect();
        for at in 1..letters.len().min(8) {
            let mut swapped = letters.clone();
            swapped.swap(at - 1, at);
            let swapped: String = swapped.into_iter().collect();
            if letters.len() < 3 || swapped == acronym || is_own(&swapped) {
                continue;
            }
            let places = story.places_of(&swapped.to_lowercase());
            // What nobody explained may be another acronym, or a word.
            let may_be_another = || {
                letters.len() < 4 && !organisation.well_known
                    || places.len() * 2 > organisation.acronym_mentions.len()
                    || dictionary::entry(&swapped.to_lowercase()).is_some()
                    || lexicon::organisations::ACRONYMS_KNOWN.contains(swapped.as_str())
            };
            if !is_explained && may_be_another() {
                continue;
            }
            for &(number, token) in places.iter() {
                let paragraph = story.paragraph(number as usize);
                let span = paragraph.tokens.get(token as usize).map(|token| paragraph.without_possessive(token.span));
                let written = span.filter(|span| paragraph.slice(*span) == swapped);
                let shouted = !paragraph.text.contains(char::is_lowercase);
                if let Some(span) = written.filter(|_| !shouted) {
                    out.push(slip_of(
                        rule,
                        story,
                        Passage::new(number as usize, span),
                        acronym,
                        organisation.introduced,
                    ));
                }
            }
        }
        // Another letter, in an acronym that occurs once and that nothing explains.
        if !is_explained && organisation.acronym_mentions.len() < WELL_ESTABLISHED {
            continue;
        }
        for other in story.organisations.iter().filter(|o| o.name.is_none() && !o.well_known) {
            let (Some(text), [place]) = (other.acronym.as_deref(), &other.acronym_mentions[..]) else { continue };
            let near = text.len() == acronym.len()
                && text.len() >= 4
                && text.chars().zip(acronym.chars()).filter(|(a, b)| a != b).count() == 1;
            if near && stands_alone(story, *place) && in_body(story, *place) {
                out.push(slip_of(rule, story, *place, acronym, organisation.introduced));
            }
        }
    }
    for (one, name) in story.organisations.iter().filter_map(|o| Some((o, o.name.as_deref()?))) {
        let [place] = &one.full_mentions[..] else { continue };
        if one.introduced.is_some() || !in_body(story, *place) {
            continue;
        }
        // Several of a kind are no slip: “past User Schools”.
        let is_slip = |other: &str| {
            other != name
                && other.split(' ').count() == name.split(' ').count()
                && name.split(' ').count() > 2
                && other.split(' ').zip(name.split(' ')).filter(|(a, b)| a != b).all(|(a, b)| is_slip_of_word(a, b))
                && other.split(' ').zip(name.split(' ')).filter(|(a, b)| a != b).count() == 1
                && name.strip_suffix('s') != Some(other)
        };
        let known =
            story.organisations.iter().find(|o| o.full_mentions.len() > 1 && o.name.as_deref().is_some_and(is_slip));
        if let Some((known, right)) = known.and_then(|known| Some((known, known.name.as_deref()?))) {
            out.push(slip_of(rule, story, *place, right, known.full_mentions.first().copied()));
        }
    }
}

/// Whether two words of a name are one letter apart, and not two words of their own such as `North` and `South`.
fn is_slip_of_word(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.chars().all(char::is_alphabetic);
    letters(a)
        && letters(b)
        && a.len().min(b.len()) >= 4
        && are_comparable(a, b)
        && strsim::osa_distance(a, b) == 1
        && a.chars().next() == b.chars().next()
}

fn slip_of(rule: &Rule, story: &Story, place: Passage, right: &str, known: Option<Passage>) -> Hit {
    let mut hit = Hit::at(place).arg("found", story.slice(place)).arg("other", right);
    if let Some(known) = known {
        hit = hit.related(known, format!("“{}” appears here", story.slice(known)));
    }
    hit.replace(place, right, rule.fix)
}

/// One acronym for two names, and two acronyms for one name.
pub(super) fn twice(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut by_acronym: HashMap<&str, &Organisation> = HashMap::new();
    let mut by_name: HashMap<String, &Organisation> = HashMap::new();
    let mut introduced: Vec<&Organisation> = story.organisations.iter().filter(|o| o.introduced.is_some()).collect();
    introduced.sort_by_key(|o| o.introduced);
    for organisation in introduced {
        let (Some(name), Some(acronym), Some(place)) =
            (&organisation.name, &organisation.acronym, organisation.introduced)
        else {
            continue;
        };
        let known = by_acronym.get(acronym.as_str()).copied().filter(|first| !is_same_name(first, organisation));
        let renamed = by_name.get(&name.to_lowercase()).copied().filter(|first| first.acronym != organisation.acronym);
        let message = match (known, renamed) {
            (Some(_), _) => "{acronym} stands for {name} here and for {first} earlier",
            (_, Some(_)) => "{name} is {acronym} here and {other} before",
            _ => {
                by_acronym.entry(acronym).or_insert(organisation);
                by_name.entry(name.to_lowercase()).or_insert(organisation);
                continue;
            }
        };
        let Some(first) = known.or(renamed) else { continue };
        let mut hit = Hit::at(with_bracket(story, place))
            .message(message)
            .arg("acronym", acronym.as_str())
            .arg("name", name.as_str())
            .arg("first", first.name.as_deref().unwrap_or_default())
            .arg("other", first.acronym.as_deref().unwrap_or_default());
        if let Some(before) = first.introduced {
            hit = hit.related(before, "introduced here");
        }
        out.push(hit);
    }
}

/// The introduction with the bracket that closes it.
fn with_bracket(story: &Story, mut place: Passage) -> Passage {
    let after = story.paragraph(place.paragraph()).text.get(place.span.end()..);
    place.span.end += u32::from(after.is_some_and(|after| after.starts_with(')')));
    place
}

/// Whether one of two names holds the other: `Harbor Authority` and `Springfield Harbor Authority` may be one body.
fn is_same_name(one: &Organisation, other: &Organisation) -> bool {
    let (Some(one), Some(other)) = (&one.name, &other.name) else { return true };
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let slips = || are_comparable(&one, &other) && strsim::levenshtein(&one, &other) <= 2;
    one.contains(&other) || other.contains(&one) || slips()
}

/// The full name again, after the acronym was introduced.
pub(super) fn full_again(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for organisation in story.organisations {
        let (Some(introduced), Some(acronym)) = (organisation.introduced, &organisation.acronym) else { continue };
        let again = organisation.full_mentions.iter().filter(|m| {
            in_body(story, **m)
                && (m.paragraph > introduced.paragraph
                    || (m.paragraph == introduced.paragraph && m.span.start > introduced.span.end))
        });
        for mention in again {
            out.push(
                Hit::at(*mention)
                    .arg("found", story.slice(*mention))
                    .arg("use", acronym.as_str())
                    .related(introduced, "introduced here")
                    .replace(*mention, acronym.as_str(), rule.fix),
            );
        }
    }
}
