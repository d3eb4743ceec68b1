//! Phrases that name a source, in one paragraph.

use super::{LocalSource, SourceKind, lists};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, TokenKind, has_possessive_s, without_possessive};
use crate::story::person::is_given_name;
use crate::story::quote;
use crate::story::trigger_words::{TriggerWords, Triggers};
use crate::text::Span;

/// How far from a source its word of saying may be, in tokens: “people familiar with the talks in Harbor said”.
const REACH: usize = 9;

pub(super) fn find(paragraph: &Paragraph, triggers: &TriggerWords, quotes: &quote::LocalQuotes) -> Vec<LocalSource> {
    match paragraph.kind {
        BlockKind::SourceLine => return source_line(paragraph),
        kind if kind.is_body() || matches!(kind, BlockKind::Dek | BlockKind::Caption) => {}
        _ => return Vec::new(),
    }
    let mut found: Vec<LocalSource> = Vec::new();
    let mut quoted = quotes.quoted.iter().peekable();
    let mut free_from = 0;
    for at in triggers.of_kind(Triggers::SOURCE | Triggers::OUTLET | Triggers::VAGUE | Triggers::NO_AGENT) {
        let kinds = triggers.at(at);
        if at < free_from {
            continue;
        }
        let Some(span) = paragraph.tokens.get(at).map(|token| token.span) else { continue };
        while quoted.next_if(|q| q.span.end <= span.start).is_some() {}
        if quoted.peek().is_some_and(|q| q.span.start <= span.start) {
            continue;
        }
        let mut readers = READERS.iter().filter(|(wanted, _)| kinds.any_of(*wanted));
        if let Some((source, last)) = readers.find_map(|(_, read)| read(paragraph, at)) {
            free_from = last + 1;
            found.push(source);
        }
    }
    found
}

fn is_word(paragraph: &Paragraph, at: usize) -> bool {
    paragraph.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
}

fn is_capital(paragraph: &Paragraph, at: usize) -> bool {
    paragraph.tokens.get(at).is_some_and(|t| t.capital)
}

/// The index of the word `according` when “according to” governs the words that start at `first`.
fn according(paragraph: &Paragraph, first: usize) -> Option<usize> {
    let mut at = first;
    while at > 0 && lexicon::sources::SENTENCE_OPENINGS.contains(paragraph.low(at - 1)) {
        at -= 1;
    }
    let to = at.checked_sub(2)?;
    (paragraph.low(to + 1) == "to" && paragraph.low(to) == "according").then_some(to)
}

/// The word of saying that follows token `last`, with an adverb or an auxiliary between at most.
fn saying_after(paragraph: &Paragraph, last: usize) -> Option<usize> {
    let mut at = last + 1;
    for _ in 0..2 {
        let skip = lexicon::sources::BEFORE_SAYING.contains(paragraph.low(at));
        at += usize::from(skip);
    }
    let comes = lists::is_saying(paragraph.low(at)) && is_word(paragraph, at);
    // “a report states” but not “officials state department”; “the claims” is a noun.
    (comes && !is_capital(paragraph, at)).then_some(at)
}

/// The word of saying right before token `first`: `said`, past the article. The source, which ends with token `last`, must
/// end its clause: in “said allies were worried” the allies say nothing.
fn saying_before(paragraph: &Paragraph, first: usize, last: usize) -> Option<usize> {
    let goes_on = matches!(paragraph.low(last + 1), "who" | "close" | "familiar" | "briefed" | "in" | "at" | "with");
    if is_word(paragraph, last + 1) && !goes_on {
        return None;
    }
    let skip = usize::from(first > 0 && matches!(paragraph.low(first - 1), "the" | "a" | "an" | "one"));
    let at = first.checked_sub(1 + skip)?;
    lexicon::saying::OF_ORGANISATIONS.contains(paragraph.low(at)).then_some(at)
}

/// Start of the noun phrase that ends at token `at`: past adjectives and capitalised words before it.
fn phrase_start(paragraph: &Paragraph, at: usize) -> usize {
    let mut first = at;
    while let Some(before) = first.checked_sub(1).filter(|_| at - first < 4) {
        let fits = is_word(paragraph, before)
            && (lists::stands_before_people(paragraph.low(before))
                || (is_capital(paragraph, before) && !opens_with_stop(paragraph.low(before))));
        if !fits {
            break;
        }
        first = before;
    }
    first
}

fn opens_with_stop(low: &str) -> bool {
    lexicon::sources::BEFORE_ORGANISATIONS.contains(low)
}

fn source(paragraph: &Paragraph, kind: SourceKind, first: usize, last: usize, cue: Option<Span>) -> LocalSource {
    LocalSource { span: paragraph.span_of(first, last), kind, cue, reason_given: None }
}

fn cue(paragraph: &Paragraph, at: usize) -> Option<Span> {
    paragraph.tokens.get(at).map(|t| t.span)
}

type SourceAt = Option<(LocalSource, usize)>;

/// What finds the phrase of which the token with this index is the main word.
type ReadSource = fn(&Paragraph, usize) -> SourceAt;

/// What finds phrases, and by which kind of word.
const READERS: [(Triggers, ReadSource); 7] = [
    (Triggers::SOURCE, people),
    (Triggers::SOURCE, anonymous),
    (Triggers::SOURCE, document),
    (Triggers::OUTLET, outlet),
    (Triggers::VAGUE, vague),
    (Triggers::SOURCE, organisation),
    (Triggers::NO_AGENT, no_agent),
];

/// Words by which [`no_agent`] starts.
pub(in crate::story) const NO_AGENT: &[&str] = &["reportedly", "allegedly", "is", "are", "was", "were", "been"];

/// `Palestinian officials said`, `according to two people familiar with the talks`, `critics argue`.
fn people(paragraph: &Paragraph, at: usize) -> SourceAt {
    let familiar = paragraph.low(at) == "people"
        && matches!(paragraph.low(at + 1), "familiar" | "close" | "briefed" | "knowledgeable" | "with");
    if !familiar && !lists::is_people(paragraph.low(at)) {
        return None;
    }
    // “officials Ana Ruiz and Tom Okafor” have names.
    if is_capital(paragraph, at + 1) && is_word(paragraph, at + 1) {
        return None;
    }
    let first = phrase_start(paragraph, at);
    let party = is_capital(paragraph, at)
        && matches!(paragraph.low(at), "republicans" | "democrats" | "conservatives" | "liberals");
    let cue_at = according(paragraph, first)
        .or_else(|| saying_after(paragraph, at))
        .or_else(|| if party { None } else { saying_before(paragraph, first, at) })
        .or_else(|| later_saying(paragraph, at))?;
    let source = source(paragraph, SourceKind::Unnamed, first, at, cue(paragraph, cue_at));
    Some((with_anonymity(paragraph, source, at, false), at.max(cue_at)))
}

/// `officials in Harbor said`, `sources close to the talks said`: the word of saying after what describes them.
fn later_saying(paragraph: &Paragraph, at: usize) -> Option<usize> {
    let describes = lexicon::sources::BEHIND_PEOPLE.contains(paragraph.low(at + 1));
    if !describes {
        return None;
    }
    let end = sentence_end(paragraph, at).min(at + REACH);
    let stop = |t: usize| {
        matches!(paragraph.word(t), "," | ";" | ":" | "“" | "\"" | "—" | "(")
            || matches!(paragraph.low(t), "who" | "that" | "which" | "and")
    };
    let verb =
        (at + 2..end).take_while(|&t| !stop(t)).find(|&t| lexicon::saying::OF_PEOPLE.contains(paragraph.low(t)))?;
    Some(verb)
}

/// One past the last token of the sentence that holds token `at`.
fn sentence_end(paragraph: &Paragraph, at: usize) -> usize {
    let start = paragraph.tokens.get(at).map_or(0, |t| t.span.start);
    let sentence = paragraph.sentence_at(start);
    sentence.map_or(paragraph.tokens.len(), |s| s.tokens().end)
}

/// `a senior official who asked not to be named because …`
fn anonymous(paragraph: &Paragraph, at: usize) -> SourceAt {
    if !lists::is_person(paragraph.low(at)) || is_capital(paragraph, at + 1) {
        return None;
    }
    let first = phrase_start(paragraph, at);
    let article = first.checked_sub(1).filter(|&a| matches!(paragraph.low(a), "a" | "an" | "one" | "another"))?;
    if has_name_beside(paragraph, article, at) {
        return None;
    }
    let spoken = according(paragraph, first)
        .or_else(|| saying_after(paragraph, at))
        .or_else(|| saying_before(paragraph, first, at))
        .or_else(|| later_saying(paragraph, at));
    let source_found = source(paragraph, SourceKind::Anonymous, first, at, spoken.and_then(|c| cue(paragraph, c)));
    let source_found = with_anonymity(paragraph, source_found, at, spoken.is_some());
    // Without a word of saying only a clause about the name makes it a source.
    (spoken.is_some() || source_found.reason_given.is_some()).then(|| (source_found, at.max(spoken.unwrap_or(at))))
}

/// Whether somebody has a name after all: “Ana Ruiz, a strategist at the bank told the paper” lacks its second comma only, and of a
/// witness the next sentence may say who it is, “The witness, Ana Ruiz, …” or “Ana Ruiz, 34, …”.
fn has_name_beside(paragraph: &Paragraph, article: usize, at: usize) -> bool {
    let is_name = |at: usize| is_capital(paragraph, at) && is_word(paragraph, at);
    let is_apposed = article >= 3
        && paragraph.low(article - 1) == ","
        && is_name(article - 2)
        && is_name(article - 3)
        && matches!(paragraph.low(at + 1), "at" | "of" | "with" | "for" | "from" | "in");
    let next = sentence_end(paragraph, at);
    let behind = next..sentence_end(paragraph, next).min(next + REACH);
    let is_told = |t: usize| {
        paragraph.low(t) == "the"
            && paragraph.low(t + 1) == paragraph.low(at)
            && paragraph.low(t + 2) == ","
            && is_name(t + 3)
    };
    let is_introduced = || {
        is_given_name(paragraph.low(next))
            && is_name(next + 1)
            && paragraph.low(next + 2) == ","
            && paragraph.low(next + 3).bytes().all(|byte| byte.is_ascii_digit())
    };
    is_apposed || next < paragraph.tokens.len() && (is_introduced() || behind.into_iter().any(is_told))
}

/// Notes whether the sentence says why the source is not named. `always`: also when it does not speak of names.
fn with_anonymity(paragraph: &Paragraph, mut source: LocalSource, at: usize, always: bool) -> LocalSource {
    let end = sentence_end(paragraph, at).min(at + 40);
    let clause = (at..end).find(|&t| {
        matches!(
            (paragraph.low(t), paragraph.low(t + 1)),
            ("anonymity", _) | ("anonymously", _) | ("not", "named") | ("be", "named" | "identified") | ("to", "name")
        )
    });
    if clause.is_none() && !always {
        return source;
    }
    // Who is not allowed to speak has a reason, even where the sentence says nothing of names.
    let unauthorized = (at..end).any(|t| paragraph.low(t) == "not" && paragraph.low(t + 1).starts_with("authori"));
    let reason = unauthorized
        || clause.is_some_and(|clause| {
            (clause..end).any(|t| {
                matches!(
                    (paragraph.low(t), paragraph.low(t + 1)),
                    ("because" | "citing" | "fearing", _)
                        | ("for", "fear")
                        | ("due", "to")
                        | ("not", "authorized" | "authorised")
                        | ("so", "as")
                        | ("to", "discuss" | "speak" | "describe" | "protect" | "avoid")
                )
            })
        });
    source.reason_given = Some(reason);
    source
}

/// `according to a report by …`, `a study published in … found`.
fn document(paragraph: &Paragraph, at: usize) -> SourceAt {
    let low = paragraph.low(at);
    if !lists::is_document(low) || is_capital(paragraph, at) {
        return None;
    }
    let mut first = at;
    while first > 0 && at - first < 5 && is_word(paragraph, first - 1) && !is_verb_or_joint(paragraph.low(first - 1)) {
        first -= 1;
    }
    let according =
        first.checked_sub(1).filter(|&to| to > 0 && paragraph.low(to) == "to" && paragraph.low(to - 1) == "according");
    let finds = lists::is_finding(paragraph.low(at + 1)) && !is_capital(paragraph, at + 1);
    let published = matches!(
        (paragraph.low(at + 1), paragraph.low(at + 2)),
        ("published" | "released" | "issued" | "commissioned", "in" | "by" | "on" | "last" | "this" | "earlier")
            | ("by" | "from" | "conducted", _)
    ) && later_finding(paragraph, at);
    if according.is_none() && !finds && !published {
        return None;
    }
    // `reports say` names nothing; `the reports` are some that were named before.
    let name: Vec<&str> = (first..=at).map(|t| paragraph.low(t)).collect();
    // `according to reports Mr. Ruiz filed`: those are papers.
    let filed =
        is_capital(paragraph, at + 1) || matches!(paragraph.low(at + 1), "filed" | "by" | "from" | "he" | "she");
    if low == "reports" && !filed && lists::is_vague(&name.join(" ")) {
        let cue_at = according.map_or(at + 1, |to| to - 1);
        return Some((source(paragraph, SourceKind::Vague, first, at, cue(paragraph, cue_at)), at));
    }
    let determined = according.is_some() || first < at || lexicon::sources::DOCUMENTS_PLURAL.contains(low);
    if !determined {
        return None;
    }
    let cue_at = according.map(|to| to - 1).or(finds.then_some(at + 1));
    let mut last = at;
    // The name behind `by` or `from` belongs to it.
    if matches!(paragraph.low(at + 1), "by" | "from") {
        let mut end = at + 2 + usize::from(matches!(paragraph.low(at + 2), "the" | "a"));
        while is_word(paragraph, end)
            && (is_capital(paragraph, end) || matches!(paragraph.low(end), "of" | "for"))
            && end < at + 10
        {
            end += 1;
        }
        if is_capital(paragraph, end - 1) {
            last = end - 1;
        }
    }
    Some((source(paragraph, SourceKind::Document, first, last, cue_at.and_then(|at| cue(paragraph, at))), last))
}

/// Whether a verb of finding is in the same clause, within reach.
fn later_finding(paragraph: &Paragraph, at: usize) -> bool {
    let end = sentence_end(paragraph, at).min(at + 2 * REACH);
    (at + 2..end).any(|t| lexicon::sources::FINDINGS_LATER.contains(paragraph.low(t)))
}

fn is_verb_or_joint(low: &str) -> bool {
    lists::is_saying(low) && low != "report" || lexicon::sources::JOINTS.contains(low)
}

/// `Reuters reported`, `told Harbor News`, `according to The Washington Post`.
fn outlet(paragraph: &Paragraph, at: usize) -> SourceAt {
    if !is_capital(paragraph, at) || at > 0 && is_capital(paragraph, at - 1) && paragraph.low(at - 1) != "the" {
        return None;
    }
    let at = at + usize::from(paragraph.low(at) == "the" && is_capital(paragraph, at + 1));
    if !lists::opens_outlet(paragraph.low(at)) {
        return None;
    }
    let mut name = String::new();
    let mut last = None;
    for end in at..at + 4 {
        let joint = matches!(paragraph.low(end), "of" | "and" | "della");
        if !is_word(paragraph, end) || (!is_capital(paragraph, end) && !joint) {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        let low = paragraph.low(end);
        name.push_str(without_possessive(low));
        if lists::is_outlet(&name) || lists::is_outlet(&format!("the {name}")) {
            last = Some(end);
        }
    }
    let last = last?;
    // “Fox News Sunday”, “Reuters Institute”: a longer name is another thing.
    if is_capital(paragraph, last + 1) && is_word(paragraph, last + 1) || has_possessive_s(paragraph.low(last)) {
        return None;
    }
    let first = at - usize::from(at > 0 && paragraph.low(at - 1) == "the" && is_capital(paragraph, at - 1));
    let told = first
        .checked_sub(1)
        .map(|b| if paragraph.low(b) == "the" { b.saturating_sub(1) } else { b })
        .filter(|&b| matches!(paragraph.low(b), "told" | "telling" | "tells"));
    // “according to an NBC report” and “obtained by Reuters warns” have other sources.
    let before = first.checked_sub(1).map_or("", |b| paragraph.low(b));
    let ends = !is_word(paragraph, last + 1)
        || matches!(
            paragraph.low(last + 1),
            "on" | "in" | "and" | "but" | "which" | "that" | "as" | "at" | "last" | "this"
        );
    let governed = matches!(before, "by" | "of" | "for" | "in" | "to" | "with" | "from" | "on" | "at");
    let cue_at = according(paragraph, first)
        .filter(|_| ends)
        .or(told)
        .or_else(|| if governed { None } else { saying_after(paragraph, last) })?;
    Some((source(paragraph, SourceKind::Outlet, first, last, cue(paragraph, cue_at)), last.max(cue_at)))
}

/// `according to social media`, `rumors say`.
fn vague(paragraph: &Paragraph, at: usize) -> SourceAt {
    for name in lists::vague_from(paragraph.low(at)) {
        let stands_here = name.split(' ').enumerate().all(|(n, word)| paragraph.low(at + n) == word);
        if !stands_here || matches!(*name, "ai" | "agencies" | "media" | "wires") {
            continue;
        }
        let last = at + name.split(' ').count() - 1;
        // A platform reports nothing by itself: “Facebook said” is the company.
        let platform = lexicon::sources::PLATFORMS_AS_SOURCES.contains(name);
        let cue_at = according(paragraph, at).or_else(|| if platform { None } else { saying_after(paragraph, last) });
        // “Social media has added to the trouble” says nothing.
        let cue_at = cue_at.filter(|&cue| !platform && !matches!(paragraph.low(cue), "added" | "adds" | "add"))?;
        return Some((source(paragraph, SourceKind::Vague, at, last, cue(paragraph, cue_at)), last));
    }
    None
}

/// `the ministry said`, `police said`.
fn organisation(paragraph: &Paragraph, at: usize) -> SourceAt {
    if !lists::is_organisation(paragraph.low(at)) {
        return None;
    }
    let cue_at = saying_after(paragraph, at)?;
    let first = phrase_start(paragraph, at);
    let plain = lexicon::saying::PLAIN_OF_ORGANISATIONS.contains(paragraph.low(cue_at));
    plain.then(|| (source(paragraph, SourceKind::Organisation, first, at, cue(paragraph, cue_at)), cue_at))
}

/// `it was reported`, `is believed to`, `reportedly`: said by nobody.
fn no_agent(paragraph: &Paragraph, at: usize) -> SourceAt {
    let low = paragraph.low(at);
    if matches!(low, "reportedly" | "allegedly") {
        return Some((source(paragraph, SourceKind::NoAgent, at, at, None), at));
    }
    if !matches!(low, "is" | "are" | "was" | "were" | "been") {
        return None;
    }
    let verb = at + 1 + usize::from(matches!(paragraph.low(at + 1), "widely" | "also" | "now" | "generally" | "still"));
    let known = lexicon::saying::WITHOUT_AGENT.contains(paragraph.low(verb));
    if !known {
        return None;
    }
    let personal = matches!(paragraph.low(verb + 1), "to") && paragraph.low(verb) != "claimed";
    let impersonal = at > 0 && paragraph.low(at - 1) == "it" && !matches!(paragraph.low(verb + 1), "by" | "in" | "on");
    let agent = (verb + 1..verb + 5).any(|t| paragraph.low(t) == "by");
    ((personal || impersonal) && !agent).then(|| {
        let first = if impersonal { at - 1 } else { at };
        (source(paragraph, SourceKind::NoAgent, first, verb, None), verb)
    })
}

/// The items of “(Reuters, staff, Social Media)”.
fn source_line(paragraph: &Paragraph) -> Vec<LocalSource> {
    let mut found = Vec::new();
    let mut first = None;
    for at in 0..=paragraph.tokens.len() {
        let mark = !is_word(paragraph, at) && !matches!(paragraph.word(at), "&" | "’" | "'" | "-");
        let number = paragraph.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number);
        if !mark || number {
            first = first.or(Some(at));
            continue;
        }
        let Some(start) = first.take() else { continue };
        // “Source: Harbor News”, “With files from …” open the line and name nothing.
        if matches!(paragraph.word(at), ":") || matches!(paragraph.low(start), "source" | "sources") && start + 1 == at
        {
            continue;
        }
        let words: Vec<&str> = (start..at).map(|t| paragraph.low(t)).collect();
        let name = words.join(" ");
        let kind = if lists::is_vague(&name) { SourceKind::Vague } else { SourceKind::Outlet };
        found.push(source(paragraph, kind, start, at - 1, None));
    }
    found
}
