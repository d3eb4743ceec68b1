//! A surname that nobody has introduced.

use std::cell::LazyCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{copy_mentions, in_copy, mention_at, mention_to};
use crate::checks::spelling::is_in_marks;
use crate::dictionary;
use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, Token, TokenKind, has_possessive_s};
use crate::rules::{Hit, Rule};
use crate::story::person::context::{is_inverted, is_saying, stands_free, tokens_around};
use crate::story::person::{Gender, MentionForm, is_given_name};
use crate::story::{ParagraphFacts, Person, Story};
use crate::text::Span;

/// `names-first-reference`: the first reference in the body by surname alone.
pub(in crate::checks) fn first_reference(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if story.paragraphs_of(BlockKind::Paragraph).next().is_none() {
        return;
    }
    let lead = lead(story);
    // Most people are introduced as they should be, so surnames that several bear are seldom asked for.
    let shared: LazyCell<FxHashSet<&str>, _> = LazyCell::new(|| {
        let mut seen = FxHashSet::default();
        story.people.iter().map(|person| person.surname.as_str()).filter(|surname| !seen.insert(*surname)).collect()
    });
    for person in story.people {
        let hit = match person.given.is_empty() {
            true => never_full(story, person),
            false => before_full(story, person, |surname| shared.contains(surname), lead),
        };
        let Some(hit) = hit else { continue };
        let surname = person.surname.to_lowercase();
        if !is_single_name(rule, &surname) && !story.house.introduces(&surname) {
            out.push(hit);
        }
    }
    unknown(rule, story, lead, out);
}

/// A paragraph of fewer words may be a headline or a heading that the markup does not show.
const HEADING: usize = 15;

/// Words of the shortest paragraph that is certainly no headline and no summary.
const LEAD: usize = 25;

/// The number of the first paragraph that is certainly copy. Plain text may put headline and summary before it as
/// sentences of their own, and these name people by their surnames.
fn lead(story: &Story) -> u32 {
    let long = story.paragraphs_where(|entry| entry.kind == BlockKind::Paragraph && entry.words as usize >= HEADING);
    let is_lead = |read: &ParagraphFacts| read.paragraph.word_count() >= LEAD || read.paragraph.sentences.len() > 1;
    long.into_iter().find(|(_, read)| is_lead(read)).map_or(0, |(number, _)| number as u32)
}

/// A person whose full name comes later, or only outside the body.
fn before_full(story: &Story, person: &Person, is_shared: impl Fn(&str) -> bool, lead: u32) -> Option<Hit> {
    let first = copy_mentions(story, person).next()?;
    if first.form != MentionForm::Surname || first.passage.paragraph < lead {
        return None;
    }
    // A full name in any block before it, a quote or list as well, has introduced the person.
    let full = |m: &&crate::story::person::Mention| m.form == MentionForm::Full;
    let earlier = person.mentions.iter().filter(full).find(|m| m.passage < first.passage);
    let kind = earlier.map(|m| story.kind(m.passage.paragraph()));
    if kind.is_some_and(|kind| !matches!(kind, BlockKind::Headline | BlockKind::Caption)) {
        return None;
    }
    let later = person.mentions.iter().filter(full).find(|m| m.passage > first.passage && in_copy(story, m.passage));
    let full = later.or(earlier)?;
    let paragraph = story.paragraph(first.passage.paragraph());
    // A heading that the markup does not show is followed by what it speaks of.
    let is_heading = paragraph.word_count() < HEADING && full.passage.paragraph <= first.passage.paragraph + 2;
    if is_heading && full.passage > first.passage {
        return None;
    }
    if !stands_free(paragraph, first.passage.span)
        || is_inverted(paragraph, first.passage.span)
        || is_cited(paragraph, first.passage.span)
        || is_of_firm(paragraph, first.passage.span)
        || is_in_marks(story, first.passage) && !story.is_in_link(first.passage)
        || is_shared(&person.surname)
        || is_of_thing(story, person)
        || first.title.is_none() && is_of_institution(paragraph, person, first.passage.span)
    {
        return None;
    }
    if first.title.is_none()
        && (belongs_to_more(paragraph, first.passage.span) || is_named_so(paragraph, first.passage.span))
    {
        return None;
    }
    let mut hit = Hit::at(first.passage)
        .arg("found", story.slice(first.passage))
        .arg("name", person.name.clone())
        .message("“{found}” comes without first name, which the story gives elsewhere: “{name}”")
        .related(full.passage, "the full name appears here");
    if first.title.is_some() {
        hit = hit.at_most(Severity::Hint);
    } else if later.is_none() || earlier.is_some() {
        hit = hit.at_most(Severity::Query);
    }
    let text = format!("{} ", person.given);
    let title = format!("Replace with “{}{}”", text, story.slice(first.passage));
    Some(hit.insert(first.passage, first.passage.span.start, text, title, Applicability::Suggested))
}

/// Whether the name is that of a cited work’s author: `(Ruiz, 1997)`, `Ruiz (1997)`.
fn is_cited(paragraph: &Paragraph, span: Span) -> bool {
    let (_, after) = tokens_around(paragraph, span);
    let year = paragraph.low(after + 1);
    matches!(paragraph.low(after), "," | "(") && year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether somebody or something else bears the name: `a dog named Ruiz`, `(Harbor City, Jackson, Bristol)`.
fn is_named_so(paragraph: &Paragraph, span: Span) -> bool {
    let (first, after) = tokens_around(paragraph, span);
    let Some(before) = first.checked_sub(1) else { return false };
    let capital = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.capital);
    let listed = paragraph.low(before) == ","
        && paragraph.low(after) == ","
        && before.checked_sub(1).is_some_and(capital)
        && capital(after + 1);
    listed || matches!(paragraph.low(before), "named" | "called" | "nicknamed")
}

/// Whether the name opens that of a firm: `Ruiz, Finch & Okafor`.
fn is_of_firm(paragraph: &Paragraph, span: Span) -> bool {
    let (_, after) = tokens_around(paragraph, span);
    let capital = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.capital);
    let opens =
        paragraph.low(after) == "," && capital(after + 1) && paragraph.low(after + 2) == "&" && capital(after + 3);
    opens || paragraph.low(after) == "&" && capital(after + 1)
}

/// Whether what looks like a full name is rather a firm's: `Harbor-based Nordex`, `BridgeHead Software` in a story that
/// has the word in small letters too.
fn is_of_thing(story: &Story, person: &Person) -> bool {
    let low = person.surname.to_lowercase();
    let given = person.given.to_lowercase();
    let is_word = || dictionary::entry(&low).is_some_and(|entry| entry.is_common());
    given.ends_with("-based")
        || !is_given_name(given.split(' ').next().unwrap_or_default()) && is_word() && is_common(story, &low)
}

/// Whether initials that look like a given name are rather an institution's: “UC Berkeley” and “UT Austin” are campuses, and the second
/// word alone is a town. “JD Ruiz” is known by what Ruiz says.
fn is_of_institution(paragraph: &Paragraph, person: &Person, alone: Span) -> bool {
    let (first, after) = tokens_around(paragraph, alone);
    let says = is_saying(paragraph.low(after))
        || first.checked_sub(1).is_some_and(|at| matches!(paragraph.low(at), "said" | "says"));
    person.given.len() > 1 && person.given.bytes().all(|byte| byte.is_ascii_uppercase()) && !says
}

/// Whether the name is the end of a longer one, or one of several under one title: `German Ruiz`, `Harbor TV’s Ruiz`,
/// `Presidents Finch and Ruiz`.
fn belongs_to_more(paragraph: &Paragraph, span: Span) -> bool {
    let (first, _) = tokens_around(paragraph, span);
    let capital = |at: usize| {
        let word = paragraph.tokens.get(at).filter(|t| t.kind == TokenKind::Word && t.capital);
        word.is_some() && !paragraph.opens_sentence(at)
    };
    let Some(before) = first.checked_sub(1) else { return false };
    let joined = matches!(paragraph.low(before), "and" | ",") && before >= 2;
    let many = joined && capital(before - 1) && capital(before - 2) && paragraph.low(before - 2).ends_with('s');
    capital(before) || many || paragraph.is_possessive(before)
}

/// A person with a title whose given name the story never says.
fn never_full(story: &Story, person: &Person) -> Option<Hit> {
    let mention = copy_mentions(story, person).next()?;
    let title = mention.title.filter(|title| title.end <= mention.passage.span.start)?;
    let paragraph = story.paragraph(mention.passage.paragraph());
    // `Mr.` and `his daughter` are used of people whom the story has introduced in its own way, often by a first name.
    let formal = paragraph.slice(title).starts_with(char::is_uppercase)
        && !["Mr", "Ms", "Mrs", "Miss", "Dr"].contains(&paragraph.slice(title).trim_end_matches('.'));
    let low = person.surname.to_lowercase();
    // “Developer Sessions”, “Last Man Standing”: words with capitals that make a name of a thing.
    let word = ["s", "ing", "tion", "ment"].iter().any(|end| low.ends_with(end))
        && dictionary::entry(&low).is_some_and(|entry| entry.is_common());
    // “Student Survey”, “Clerk Salary”, “Student Move-In”: nobody of that name is spoken of again.
    let plain = |part: &str| dictionary::entry(part).is_some_and(|entry| entry.is_common() && !entry.is_name());
    let is_thing = word
        || lexicon::checks::NOT_SURNAMES.contains(&low)
        || !lexicon::checks::SURE_TITLES.contains(&paragraph.slice(title).to_lowercase())
            && person.mentions.len() == 1
            && (plain(&low) || low.contains('-') && low.split('-').all(plain));
    if !formal || is_thing || is_given_name(&low) {
        return None;
    }
    let low = paragraph.slice(title).to_lowercase();
    let single = low.split_whitespace().any(|word| lexicon::checks::SINGLE_NAME_TITLES.contains(word));
    if single || !stands_free(paragraph, mention.passage.span) || is_full_in_a_heading(story, &person.surname) {
        return None;
    }
    let start = mention.passage.span.start;
    Some(
        Hit::at(mention.passage)
            .arg("found", story.slice(mention.passage))
            .message("The story never gives the first name of “{found}”")
            .at_most(Severity::Hint)
            .insert(mention.passage, start, "[FIRST NAME] ", "Ask for the first name", Applicability::Query),
    )
}

/// Whether a heading, in which names are not read because all words may have capitals, has the surname behind a first name.
fn is_full_in_a_heading(story: &Story, surname: &str) -> bool {
    let low = surname.to_lowercase();
    let is_given = |p: &Paragraph, at: usize| {
        let is_name = |token: &Token| token.capital && token.kind == TokenKind::Word && !token.abbreviation;
        p.tokens.get(at).is_some_and(is_name) && (is_given_name(p.low(at)) || dictionary::entry(p.low(at)).is_none())
    };
    story.places_of(&low).iter().any(|&(number, at)| {
        let (p, at) = (story.paragraph(number as usize), at as usize);
        p.low(at) == low && at.checked_sub(1).is_some_and(|before| is_given(p, before))
    })
}

fn is_single_name(rule: &Rule, low: &str) -> bool {
    lexicon::checks::SINGLE_NAMES.contains(low) || rule.strings("single-names").any(|name| name.to_lowercase() == low)
}

/// How sure it is that a word is a person's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NameEvidence {
    None,
    Some,
    Strong,
}

/// Surnames that belong to nobody in the story's facts, with evidence that they are people's.
fn unknown(rule: &Rule, story: &Story, lead: u32, out: &mut Vec<Hit>) {
    let in_copy = || story.lone_names.surnames().filter(|lone| lone.passage.paragraph >= lead);
    // By the hash of the word: the best evidence of all its places.
    let mut shown: FxHashMap<u64, NameEvidence> = FxHashMap::default();
    for lone in in_copy().filter(|lone| lone.may_be_shown) {
        let evidence = evidence(story, lone.passage);
        if evidence > NameEvidence::None {
            let best = shown.entry(lone.word).or_insert(evidence);
            *best = evidence.max(*best);
        }
    }
    let mut words: FxHashMap<String, (Passage, NameEvidence)> = FxHashMap::default();
    for lone in in_copy() {
        if shown.is_empty() {
            break;
        }
        // It is reported at its first place.
        let Some(evidence) = shown.remove(&lone.word) else { continue };
        let word = story.slice(lone.passage).to_lowercase();
        if !is_single_name(rule, &word) && !story.house.introduces(&word) && !is_given_name(&word) {
            words.insert(word, (lone.passage, evidence));
        }
    }
    if words.is_empty() {
        return;
    }
    for (word, (passage, evidence)) in &words {
        if is_common(story, word) {
            continue;
        }
        let found = story.slice(*passage);
        let mut hit = Hit::at(*passage).arg("found", found);
        if *evidence < NameEvidence::Strong {
            hit = hit.at_most(Severity::Query);
        }
        let title = format!("Ask for the first name and title of {found}");
        out.push(hit.insert(*passage, passage.span.start, "[FIRST NAME, TITLE] ", title, Applicability::Query));
    }
}

/// Whether a mention of somebody whose given name the story knows starts at token `at`.
fn starts_person(story: &Story, paragraph: &Paragraph, number: usize, at: usize) -> bool {
    let start = paragraph.tokens.get(at).map(|token| token.span.start);
    start.and_then(|start| mention_at(story, number, start)).is_some_and(|(_, person)| has_given(story, person))
}

/// Whether such a mention ends with token `at`.
fn ends_person(story: &Story, paragraph: &Paragraph, number: usize, at: usize) -> bool {
    let end = paragraph.tokens.get(at).map(|token| token.span.end);
    end.and_then(|end| mention_to(story, number, end)).is_some_and(|(_, person)| has_given(story, person))
}

fn has_given(story: &Story, person: usize) -> bool {
    story.people.get(person).is_some_and(|person| !person.given.is_empty())
}

/// What the words round a name that stands alone say of it.
fn evidence(story: &Story, passage: Passage) -> NameEvidence {
    let Some(read) = story.paragraphs.get(passage.paragraph()) else { return NameEvidence::None };
    let paragraph = &read.paragraph;
    let number = passage.paragraph();
    let (first, after) = tokens_around(paragraph, passage.span);
    let back = |n: usize| first.checked_sub(n).map_or("", |at| paragraph.low(at));
    // `between Ruiz and Okafor`: only people and parties are there, and one of the two is a known person.
    let between = |known: usize| {
        known.checked_sub(1).is_some_and(|at| {
            let at = if starts_person(story, paragraph, number, known) { at } else { at.saturating_sub(1) };
            paragraph.low(at) == "between"
        })
    };
    let known_before =
        back(1) == "and" && first >= 2 && ends_person(story, paragraph, number, first - 2) && between(first - 2);
    let known_after =
        paragraph.low(after) == "and" && starts_person(story, paragraph, number, after + 1) && back(1) == "between";
    // `Okafor, 43, said`.
    let age = paragraph.low(after) == ","
        && paragraph.low(after + 2) == ","
        && paragraph.low(after + 1).parse::<u8>().is_ok_and(|age| (16..100).contains(&age));
    if known_before || known_after || age {
        return NameEvidence::Strong;
    }
    let says = is_saying(paragraph.low(after)) || matches!(back(1), "said" | "says");
    let who = paragraph.low(after) == "," && paragraph.low(after + 1) == "who";
    // `Critics said he`: a plural at the start of a sentence has its capital from there.
    if paragraph.opens_sentence(first) && paragraph.low(first).ends_with('s') {
        return NameEvidence::None;
    }
    // `The age of Millennials, who`: a group, not a person.
    let who = who && !paragraph.low(first).ends_with('s');
    let pronoun = says && he_or_she_follows(read, passage);
    if pronoun || who { NameEvidence::Some } else { NameEvidence::None }
}

/// Whether `he` or `she` follows in the same sentence, with no other name before it.
fn he_or_she_follows(read: &crate::story::ParagraphFacts, passage: Passage) -> bool {
    let Some(sentence) = read.paragraph.sentence_at(passage.span.start) else {
        return false;
    };
    let (names, pronouns) = (&read.names.names, &read.names.pronouns);
    let next = pronouns.partition_point(|(span, _)| span.start < passage.span.end);
    let Some(&(span, gender)) = pronouns.get(next) else { return false };
    let name = names.partition_point(|n| n.span.start <= passage.span.start);
    let other = names.get(name).is_some_and(|n| n.span.start < span.start);
    span.end <= sentence.span.end && gender != Gender::Unknown && !other
}

/// Whether the story also uses `word` (lower case) in small letters, in a longer name or after `the` and `in`: then it is a
/// word of the language, an organisation or a place rather than a person.
pub(super) fn is_common(story: &Story, word: &str) -> bool {
    story.places_of(word).iter().any(|&(number, at)| is_common_use(story, number as usize, at as usize))
}

fn is_common_use(story: &Story, number: usize, at: usize) -> bool {
    let paragraph = story.paragraph(number);
    // Capitals and neighbours say nothing in a headline.
    let says_nothing =
        matches!(paragraph.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Boilerplate | BlockKind::Byline);
    let Some(token) = paragraph.tokens.get(at).filter(|_| !says_nothing) else { return false };
    let before = at.checked_sub(1);
    let is_capital = |at: usize, needs_space: bool| {
        let token = paragraph.tokens.get(at);
        token.is_some_and(|t| t.kind == TokenKind::Word && t.capital && (t.spaced || !needs_space))
    };
    let is_known = |at: usize| ends_person(story, paragraph, number, at) || starts_person(story, paragraph, number, at);
    let owns = has_possessive_s(paragraph.low(at));
    let after_word = !owns && is_capital(at + 1, true) && !is_known(at + 1);
    let before_word = token.spaced
        && before.is_some_and(|at| is_capital(at, false) && !is_known(at) && !paragraph.opens_sentence(at));
    let preceding = before.map_or("", |at| paragraph.low(at));
    let place = matches!(preceding, "the" | "in" | "at" | "near" | "a" | "an" | "on" | "into" | "across" | "outside");
    let thing = lexicon::checks::THINGS_NAMED_AFTER_PEOPLE.contains(paragraph.low(at + 1));
    !token.capital || thing || after_word || before_word || place
}
