//! Finding the facts of a story, paragraph by paragraph.

use std::collections::{HashMap, HashSet};

use super::said::{claims, clause_end, is_title, quotes, reported, with_determiner, with_multiple};
use super::titles::{is_said, roles, up_to_preposition, without_lead};
use super::{FactKind, FoundFact, names, numbers, numerals, patterns, whose, words};
use crate::dictionary;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind, without_possessive};
use crate::story::evidence::{counts_kin, is_maiden};
use crate::story::person::MentionForm;
use crate::story::quote::QuoteKind;

use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// All places that hold facts, in reading order.
pub(super) fn all(story: &Story) -> Vec<FoundFact> {
    let common: HashSet<&str> = story
        .paragraphs
        .iter()
        .flat_map(|read| {
            let paragraph = &read.paragraph;
            (0..paragraph.tokens.len()).filter(|&at| !paragraph.tokens[at].capital).map(|at| paragraph.low(at))
        })
        .collect();
    let cues_of_quotes: HashSet<Passage> = story.quotes.iter().filter_map(|quote| quote.cue).collect();
    let named = named_organisations(story);
    let mut named = named.as_slice();
    let same = whose::one_each(story);
    let mut found = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        let (own, behind) = named.split_at(named.partition_point(|(passage, _)| passage.paragraph() <= number));
        named = behind;
        of_paragraph(story, number, (read, own), (&common, &cues_of_quotes, &same), &mut found);
    }
    photos(story, &mut found);
    links(story, &mut found);
    drop_held(story, &mut found);
    drop_doubtful(story, &mut found);
    name_alike(story, &mut found);
    for found in &mut found {
        found.person = found.person.map(|person| same.get(person).copied().unwrap_or(person));
    }
    found.sort_by_key(|found| (found.passage, found.kind));
    found.dedup_by(|one, other| one.kind == other.kind && one.passage == other.passage);
    found
}

/// The sentences that no fact touches. Captions and credits are facts as a whole, so they do not count here.
pub(super) fn sentences_without(story: &Story, found: &[FoundFact]) -> Vec<Passage> {
    let mut without = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        if !read.paragraph.kind.is_body()
            && !matches!(read.paragraph.kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading)
        {
            continue;
        }
        let first = found.partition_point(|found| found.passage.paragraph() < number);
        let own: Vec<&FoundFact> =
            found.iter().skip(first).take_while(|found| found.passage.paragraph() == number).collect();
        for sentence in &read.paragraph.sentences {
            let words = sentence.tokens().any(|at| read.paragraph.tokens[at].kind != TokenKind::Punct);
            if words && !own.iter().any(|found| found.passage.span.overlaps(sentence.span)) {
                without.push(Passage::new(number, sentence.span));
            }
        }
    }
    without
}

fn of_paragraph(
    story: &Story,
    number: usize,
    (read, named): (&ParagraphFacts, &[(Passage, usize)]),
    (common, cues_of_quotes, same): (&HashSet<&str>, &HashSet<Passage>, &[usize]),
    out: &mut Vec<FoundFact>,
) {
    let paragraph = &read.paragraph;
    let passage = |span: Span| Passage::new(number, span);
    let first = out.len();
    people(story, number, read, out);
    let mut taken = numerals::numerals(story, number, read);
    let is_address = |span: Span| taken.iter().any(|f| f.kind == FactKind::Address && f.passage.span.overlaps(span));
    remove(out, first, |found| is_address(found.passage.span));
    let numeric: Vec<Span> = taken.iter().map(|found| found.passage.span).collect();
    for sentence in &paragraph.sentences {
        let left = numbers::left(paragraph, *sentence, &numeric);
        let kind = |span| if numbers::is_year(paragraph, span) { FactKind::Date } else { FactKind::Figure };
        taken.extend(left.into_iter().map(|span| FoundFact::new(kind(span), passage(span))));
    }
    // Whom somebody is the president of, and where they work, has a name of its own.
    let own_words = |found: &FoundFact| match found.kind {
        FactKind::Title => up_to_preposition(paragraph, found.passage.span),
        _ => found.passage.span,
    };
    let mut known: Vec<Span> = out[first..].iter().map(own_words).collect();
    ages(paragraph, &known, &mut taken);
    let is_of_person = |found: &&mut FoundFact| {
        found.kind == FactKind::Age || found.kind == FactKind::Figure && counts_kin(paragraph, found.passage.span)
    };
    for found in taken.iter_mut().filter(is_of_person) {
        found.person = whose::person_of(story, number, found.passage.span, same);
    }
    let of_times = |span: Span| {
        taken.iter().any(|found| {
            matches!(found.kind, FactKind::Date | FactKind::Address | FactKind::Rank)
                && found.passage.span.overlaps(span)
        })
    };
    known.extend(organisations(story, read, named, &mut |found| out.push(found)));
    let in_work = |span: Span| {
        read.quotes.quoted.iter().any(|quoted| {
            quoted.inner.contains(span)
                && (quoted.kind == QuoteKind::Title || is_title(paragraph, quoted.inner, quoted.words))
        })
    };
    let in_capitals = is_in_capitals(paragraph);
    let mut named_here: Vec<Span> = Vec::new();
    for sentence in &paragraph.sentences {
        for run in names::runs(paragraph, *sentence, common) {
            // `Szabo's Bakery` holds the name of a person, and is another name.
            let is_known =
                known.iter().any(|span| span.overlaps(run.span) && (span.contains(run.span) || !run.possessive));
            let is_capitalised_only = in_capitals && run.kind == FactKind::Name && is_ordinary(paragraph, run.span);
            if !is_known && !of_times(run.span) && !in_work(run.span) && !is_capitalised_only {
                named_here.push(run.span);
                let mut found = FoundFact::new(run.kind, passage(run.span));
                if run.doubtful || in_capitals {
                    found.meaning = Some(DOUBTFUL.to_owned());
                }
                out.push(found);
            }
        }
        let mut beside = roles(paragraph, *sentence, &known);
        beside.retain(|span| !out[first..].iter().any(|f| f.kind == FactKind::Title && f.passage.span.overlaps(*span)));
        out.extend(beside.into_iter().map(|span| FoundFact::new(FactKind::Title, passage(span))));
    }
    // The number of a road is a part of its name.
    taken.retain(|found| {
        found.kind != FactKind::Figure || !named_here.iter().any(|name| name.contains(found.passage.span))
    });
    quotes(story, number, same, out);
    reported(story, number, read, (cues_of_quotes, same), out);
    claims(read, number, out);
    patterned(paragraph, number, first, out);
    // The first Friday of a month is a day, and no record.
    let days: Vec<Span> =
        taken.iter().filter(|found| found.kind == FactKind::Date).map(|found| found.passage.span).collect();
    let is_day = |span: Span| days.iter().any(|day| (day.start..day.end).contains(&span.start));
    remove(out, first, |found| found.kind == FactKind::Record && is_day(found.passage.span));
    out.append(&mut taken);
    drop_records_ranks(paragraph, first, out);
    for count in drop_counted(paragraph, first, out) {
        let person = whose::person_of(story, number, count, same);
        out[first..].iter_mut().filter(|found| found.passage.span == count).for_each(|found| found.person = person);
    }
}

/// What patterns show of relations, comparisons, records, causes and bodies; `first` is the first of the paragraph's facts.
fn patterned(paragraph: &Paragraph, number: usize, first: usize, out: &mut Vec<FoundFact>) {
    let clause = |span: Span| Span { end: clause_end(paragraph, span).max(span.end), ..span };
    let mut shown: Vec<(FactKind, Span)> = Vec::new();
    patterns::find(paragraph, |kind, span| match kind {
        FactKind::Comparison | FactKind::Record | FactKind::Cause => shown.push((kind, clause(span))),
        FactKind::Relation => shown.push((kind, with_determiner(paragraph, span))),
        FactKind::Organisation => shown.push((kind, span)),
        _ => {}
    });
    for (kind, span) in shown {
        let Some(span) = (if kind == FactKind::Comparison { compared(paragraph, span) } else { Some(span) }) else {
            continue;
        };
        let span = if kind == FactKind::Comparison { with_multiple(paragraph, span) } else { span };
        let is_named = |found: &FoundFact| kind == FactKind::Organisation && found.kind.family() == kind.family();
        let again = out[first..]
            .iter()
            .any(|found| (found.kind == kind || is_named(found)) && found.passage.span.overlaps(span));
        if !again {
            out.push(FoundFact::new(kind, Passage::new(number, span)));
        }
    }
}

/// Takes out of the facts from `first` on what is `unwanted`. Those before are of other paragraphs, and not looked at for each.
fn remove(out: &mut Vec<FoundFact>, first: usize, unwanted: impl Fn(&FoundFact) -> bool) {
    let mut own = out.split_off(first);
    own.retain(|found| !unwanted(found));
    out.append(&mut own);
}

/// `First in the state to run on batteries` is one thing to check, and not a place in an order as well; `first` is the first of the
/// paragraph's facts.
fn drop_records_ranks(paragraph: &Paragraph, first: usize, out: &mut Vec<FoundFact>) {
    let of_kind = |kind: FactKind| move |found: &&FoundFact| found.kind == kind;
    let records: Vec<Span> = out[first..].iter().filter(of_kind(FactKind::Record)).map(|f| f.passage.span).collect();
    remove(out, first, |found| {
        let own = found.passage.span;
        let opens = |record: &Span| {
            record.contains(own)
                && paragraph.text.get(record.start()..own.start()).is_some_and(|before| matches!(before, "" | "the "))
        };
        found.kind == FactKind::Rank && records.iter().any(opens)
    });
}

/// Who somebody is among brothers and sisters is one fact with its count, and no record: `the youngest of four sisters`. `first` is
/// the first of the paragraph's facts; where such facts stand is returned.
fn drop_counted(paragraph: &Paragraph, first: usize, out: &mut Vec<FoundFact>) -> Vec<Span> {
    let is_count = |span: Span| {
        let mut tokens = paragraph.tokens_in(span);
        tokens.any(|at| paragraph.low(at) == "of" && at > 0 && paragraph.tokens[at].span.start > span.start)
            && paragraph.tokens_in(span).any(|at| numbers::is_numeral(paragraph, at))
    };
    let own = out[first..].iter().filter(|found| found.kind == FactKind::Relation);
    let counts: Vec<Span> = own.map(|found| found.passage.span).filter(|span| is_count(*span)).collect();
    if counts.is_empty() {
        return counts;
    }
    remove(out, first, |found| {
        let is_part = matches!(found.kind, FactKind::Figure | FactKind::Rank | FactKind::Record | FactKind::Share);
        is_part && counts.iter().any(|count| count.overlaps(found.passage.span))
    });
    counts
}

/// A comparison from the word that compares: `after more jobs than ever`. `None` where only a figure is bounded, as by `more than 50`.
fn compared(paragraph: &Paragraph, span: Span) -> Option<Span> {
    let own = paragraph.tokens_in(span);
    let than = own.clone().find(|&at| paragraph.low(at) == "than");
    let Some(than) =
        than.filter(|_| words::is_no_comparative(paragraph.low(own.start)) || is_bound(paragraph, own.start))
    else {
        return Some(span);
    };
    let first = (own.start..than).find(|&at| {
        let low = paragraph.low(at);
        matches!(low, "more" | "less" | "fewer" | "worse") || low.ends_with("er") && !words::is_no_comparative(low)
    })?;
    let start = paragraph.tokens.get(first)?.span.start;
    (!is_bound(paragraph, first)).then_some(Span { start, ..span })
}

/// Whether `more than` or the like at token `at` bounds the number behind it.
fn is_bound(paragraph: &Paragraph, at: usize) -> bool {
    matches!(paragraph.low(at), "more" | "less" | "fewer" | "lower" | "higher" | "longer" | "later" | "earlier")
        && paragraph.low(at + 1) == "than"
        && (numbers::is_numeral(paragraph, at + 2)
            || matches!(paragraph.low(at + 2), "a" | "an") && numbers::is_numeral(paragraph, at + 3))
        && paragraph.low(at + 3) != "times"
}

/// The sign of a name that may have its capital from the start of its sentence only.
const DOUBTFUL: &str = "\u{0}";

/// A word that opens a sentence is a name only where it is one elsewhere.
fn drop_doubtful(story: &Story, found: &mut Vec<FoundFact>) {
    let low = |found: &FoundFact| story.slice(found.passage).to_lowercase();
    let is_doubtful = |found: &FoundFact| found.meaning.as_deref() == Some(DOUBTFUL);
    let sure: HashSet<String> = found
        .iter()
        .filter(|found| !is_doubtful(found))
        .filter(|found| {
            matches!(found.kind, FactKind::Name | FactKind::Organisation | FactKind::Place | FactKind::Work)
        })
        .flat_map(|found| low(found).split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    found.retain(|found| !is_doubtful(found) || low(found).split_whitespace().all(|word| sure.contains(word)));
    found.iter_mut().filter(|found| is_doubtful(found)).for_each(|found| found.meaning = None);
}

/// What is a place or an organisation once is so wherever the story names it: `ALDERTON, N.H.`, and `Alderton, a town of 3,900`.
fn name_alike(story: &Story, found: &mut [FoundFact]) {
    let low = |found: &FoundFact| story.slice(found.passage).to_lowercase();
    let sure = found.iter().filter(|found| matches!(found.kind, FactKind::Place | FactKind::Organisation));
    let kinds: HashMap<String, FactKind> = sure.map(|found| (low(found), found.kind)).collect();
    for found in found.iter_mut().filter(|found| found.kind == FactKind::Name && found.person.is_none()) {
        if let Some(&kind) = kinds.get(&low(found)) {
            found.kind = kind;
        }
    }
}

/// What a longer name of the same place holds is no fact of its own: `U.S.` of `U.S. District Court`.
fn drop_held(story: &Story, found: &mut Vec<FoundFact>) {
    let mut wholes: HashMap<usize, Vec<(FactKind, Span)>> = HashMap::new();
    for found in found.iter() {
        if matches!(found.kind, FactKind::Organisation | FactKind::Title | FactKind::Work | FactKind::Address) {
            wholes.entry(found.passage.paragraph()).or_default().push((found.kind, found.passage.span));
        }
    }
    found.retain(|found| {
        let is_part = matches!(found.kind, FactKind::Organisation | FactKind::Place)
            || found.kind == FactKind::Name && found.person.is_none();
        // `Columbia University's Institute` names two.
        let behind =
            story.paragraph(found.passage.paragraph()).text.get(found.passage.span.end()..).unwrap_or_default();
        let is_part = is_part && !behind.starts_with(['\'', '’']);
        // Who employs somebody is more than a part of a title: `professor at Cornell University`.
        let is_country = || found.key.as_deref().is_some_and(|key| words::is_country(key.trim_end_matches('.')));
        let holds = |(kind, whole): &(FactKind, Span)| {
            whole.contains(found.passage.span)
                && *whole != found.passage.span
                && (*kind != FactKind::Title || is_country())
        };
        !(is_part && wholes.get(&found.passage.paragraph()).is_some_and(|all| all.iter().any(holds)))
    });
}

/// Names and titles of people.
fn people(story: &Story, number: usize, read: &ParagraphFacts, out: &mut Vec<FoundFact>) {
    let mut own: Vec<(usize, Passage)> = story.people_at(number).collect();
    own.sort_unstable();
    for (index, passage) in own {
        let Some((person, mention)) =
            story.people.get(index).and_then(|person| Some((person, person.mention_at(passage)?)))
        else {
            continue;
        };
        if matches!(mention.form, MentionForm::Pronoun | MentionForm::Title) {
            continue;
        }
        let key = Some(person.name.to_lowercase());
        let words = Some(person.name.clone());
        out.push(FoundFact { key, words, person: Some(index), ..FoundFact::new(FactKind::Name, mention.passage) });
        let title = mention.title.map(|title| without_lead(&read.paragraph, title));
        if let Some(title) = title.filter(|title| is_said(&read.paragraph, *title)) {
            let words = read.paragraph.slice(title).to_lowercase();
            let key = Some(format!("{} {words}", person.name.to_lowercase()));
            let passage = Passage { span: title, ..mention.passage };
            let meaning = Some(format!("of {}", person.name));
            out.push(FoundFact { key, person: Some(index), meaning, ..FoundFact::new(FactKind::Title, passage) });
        }
    }
}

/// Whether all words of `span` are in the dictionary as other words than names.
fn is_ordinary(paragraph: &Paragraph, span: Span) -> bool {
    let ends = |at: &usize| paragraph.tokens[*at].span.end <= span.end;
    (paragraph.token_at(span.start)..paragraph.tokens.len())
        .take_while(ends)
        .all(|at| dictionary::entry(without_possessive(paragraph.low(at))).is_some_and(|entry| !entry.is_name()))
}

/// Whether most of its words have capitals, as in some headlines: a capital says nothing of a name there.
fn is_in_capitals(paragraph: &Paragraph) -> bool {
    if !matches!(paragraph.kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading | BlockKind::Boilerplate) {
        return false;
    }
    let long = |token: &&crate::prose::Token| token.kind == TokenKind::Word && token.span.len() >= 4;
    let (all, capitals) = paragraph
        .tokens
        .iter()
        .filter(long)
        .fold((0, 0), |(all, capitals), token| (all + 1, capitals + usize::from(token.capital)));
    // A headline of three words may be in capitals by its house's style, too.
    let least = if paragraph.kind == BlockKind::Headline { 3 } else { 4 };
    all >= least && capitals * 10 >= all * 7
}

/// Numbers between commas behind a name, which the reader of figures took for amounts: `Rao, 44, and`.
fn ages(paragraph: &Paragraph, names: &[Span], taken: &mut [FoundFact]) {
    for found in taken.iter_mut().filter(|found| found.kind == FactKind::Figure) {
        let tokens = paragraph.tokens_in(found.passage.span);
        let at = tokens.start;
        let number = tokens.len() == 1 && paragraph.tokens[at].kind == TokenKind::Number;
        let age = number && paragraph.word(at).parse::<u8>().is_ok_and(|age| (1..=120).contains(&age));
        let ends = matches!(paragraph.low(at + 1), "," | "." | ";" | ")");
        // The desk's own `(CQ)` may stand between.
        let is_marked = at >= 5 && paragraph.low(at - 3) == "cq" && paragraph.low(at - 2) == ")";
        let name = if is_marked { at - 5 } else { at.saturating_sub(2) };
        let named = at >= 2
            && matches!(paragraph.low(at - 1), "," | "(")
            && (names.iter().any(|name_span| name_span.overlaps(paragraph.tokens[name].span))
                || at >= 3 && is_maiden(paragraph, at - 3));
        if age && ends && named {
            found.kind = FactKind::Age;
        }
    }
}

/// Where organisations are named, with their index: paragraph by paragraph, in each by organisation.
fn named_organisations(story: &Story) -> Vec<(Passage, usize)> {
    let of_each = story.organisations.iter().enumerate().flat_map(|(index, organisation)| {
        let mentions = organisation.full_mentions.iter().chain(&organisation.acronym_mentions);
        mentions.map(move |&passage| (passage, index))
    });
    let mut all: Vec<(Passage, usize)> = of_each.collect();
    all.sort_by_key(|(passage, _)| passage.paragraph());
    all
}

/// Organisations' names in one paragraph, in which they are `named`; what they stand on is returned.
fn organisations(
    story: &Story,
    read: &ParagraphFacts,
    named: &[(Passage, usize)],
    out: &mut impl FnMut(FoundFact),
) -> Vec<Span> {
    let mut spans = Vec::new();
    for &(passage, index) in named {
        let Some(organisation) = story.organisations.get(index) else { continue };
        let name = organisation.name.as_deref().or(organisation.acronym.as_deref()).unwrap_or_default();
        // `(CQ)` and `TK` are the desk's own marks.
        if words::is_no_name(&name.to_lowercase()) {
            continue;
        }
        let last = read.paragraph.tokens_in(passage.span).last().map_or("", |at| read.paragraph.low(at));
        // Streets and rivers are among the names that such nouns end.
        let written = name.to_lowercase().replace(' ', "-");
        let is_place = words::is_place_noun(last) || words::is_country(written.trim_end_matches('.'));
        let kind = if is_place { FactKind::Place } else { FactKind::Organisation };
        out(FoundFact {
            key: Some(name.to_lowercase()),
            words: Some(name.to_owned()),
            ..FoundFact::new(kind, passage)
        });
        spans.push(passage.span);
    }
    spans
}

/// Captions and credits.
fn photos(story: &Story, out: &mut Vec<FoundFact>) {
    for photo in story.photos {
        if let Some(caption) = photo.caption.filter(|caption| !caption.span.is_empty()) {
            out.push(FoundFact::new(FactKind::Caption, caption));
        }
        if let Some(credit) = &photo.credit {
            out.push(FoundFact::new(FactKind::Credit, credit.passage));
        }
    }
}

/// Links, by the words that are linked.
fn links(story: &Story, out: &mut Vec<FoundFact>) {
    for link in &story.document.links {
        // Blocks stand in the order of the source and do not overlap.
        let behind = story.document.blocks.partition_point(|block| block.range.start <= link.range.start);
        let holds =
            |number: &usize| story.document.blocks.get(*number).is_some_and(|block| link.range.start < block.range.end);
        let Some(number) = behind.checked_sub(1).filter(holds) else { continue };
        let paragraph = story.paragraph(number);
        let block = &story.document.blocks[number];
        // Tokens stand in the order of the source.
        let from = paragraph.tokens.partition_point(|token| block.to_source(token.span).start < link.range.start);
        let behind = paragraph.tokens.get(from..).unwrap_or_default();
        let own = behind.iter().take_while(|token| block.to_source(token.span).end <= link.range.end);
        let Some(span) = own.map(|token| token.span).reduce(|first, last| first.to(last)) else { continue };
        let meaning = Some(format!("leads to {}", link.target));
        let key = Some(link.target.clone());
        out.push(FoundFact { key, meaning, ..FoundFact::new(FactKind::Link, Passage::new(number, span)) });
    }
}
