//! Reading a photo credit, and finding it in a caption.

use super::{Credit, OwnerKind, agencies};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::text::Span;

/// Longest credit that is looked for, in tokens: what is longer is prose.
const LONGEST: usize = 40;

/// The credit of paragraph number `index`: the whole of a credit block, the end of a caption, and the brackets that end
/// another short paragraph when they say that they hold a photo's credit.
pub(super) fn find(paragraph: &Paragraph, index: usize) -> Option<Credit> {
    let count = paragraph.tokens.len();
    match paragraph.kind {
        BlockKind::Credit if (1..=LONGEST).contains(&count) => {
            let credit = parse(paragraph, index, 0, count);
            Some(credit)
        }
        BlockKind::Caption => bracketed(paragraph, index).or_else(|| trailing(paragraph, index)),
        BlockKind::Paragraph if count <= 4 * LONGEST => bracketed(paragraph, index).filter(|c| c.label.is_some()),
        _ => None,
    }
}

/// The brackets at the end of the paragraph.
fn bracketed(paragraph: &Paragraph, index: usize) -> Option<Credit> {
    let mut end = paragraph.tokens.len();
    if end > 0 && paragraph.word(end - 1) == "." {
        end -= 1;
    }
    let last = end.checked_sub(1)?;
    let open = match paragraph.word(last) {
        ")" => "(",
        "]" => "[",
        _ => return None,
    };
    let close = paragraph.word(last);
    let mut depth = 0usize;
    for at in (last.saturating_sub(LONGEST)..=last).rev() {
        let word = paragraph.word(at);
        depth += usize::from(word == close);
        if word != open {
            continue;
        }
        depth = depth.saturating_sub(1);
        if depth == 0 {
            let credit = parse(paragraph, index, at, end);
            return credit.is_likely(paragraph).then_some(credit);
        }
    }
    None
}

/// A credit without brackets behind the last sentence of a caption: `Photo: Ana Ruiz`, `Ana Ruiz/Reuters`.
fn trailing(paragraph: &Paragraph, index: usize) -> Option<Credit> {
    let count = paragraph.tokens.len();
    let from = count.saturating_sub(LONGEST);
    // A label with its colon or `by` opens a credit wherever it stands, a sentence or a line may.
    let mut starts: Vec<usize> = (from..count).filter(|&at| opens_credit(paragraph, at)).take(1).collect();
    if let Some(last) = paragraph.sentences.last()
        && last.tokens().start >= from
    {
        starts.push(last.tokens().start);
    }
    let line = (from + 1..count).rev().find(|&at| {
        let (Some(before), Some(token)) = (paragraph.tokens.get(at - 1), paragraph.tokens.get(at)) else {
            return false;
        };
        let gap = paragraph.text.get(before.span.end()..token.span.start()).unwrap_or("");
        gap.contains('\n') || matches!(paragraph.word(at - 1), "|")
    });
    starts.extend(line);
    starts.into_iter().find_map(|start| {
        let credit = parse(paragraph, index, start, count);
        let whole = start == 0 && paragraph.sentences.len() > 1;
        (!whole && credit.is_certain(paragraph)).then_some(credit)
    })
}

/// `Photo:`, `Photo by`, `Photo courtesy of`, `Credit:`, `AP Photo/` at token `at`.
fn opens_credit(paragraph: &Paragraph, at: usize) -> bool {
    let next = paragraph.low(at + 1);
    let label = is_label(paragraph.low(at)) && paragraph.tokens.get(at).is_some_and(|t| t.capital);
    let agency = paragraph.word(at).chars().all(|c| c.is_ascii_uppercase() || c == '-');
    if paragraph.word(at) == "©" {
        return paragraph.tokens.get(at + 1).is_some_and(|token| token.capital || token.kind == TokenKind::Number);
    }
    if paragraph.low(at) == "courtesy" && matches!(next, "of" | ":") {
        return true;
    }
    let taken = matches!(next, "taken" | "shot") && paragraph.low(at + 2) == "by";
    label && (taken || matches!(next, ":" | "by" | "courtesy" | "via" | "credit" | "/"))
        || (agency && at + 2 < paragraph.tokens.len() && next == "photo" && paragraph.low(at + 2) == "/")
}

impl Credit {
    /// Whether brackets at the end of a caption with these parts are a credit.
    fn is_likely(&self, paragraph: &Paragraph) -> bool {
        let known = matches!(self.owner, Some(OwnerKind::Agency | OwnerKind::Library | OwnerKind::Platform));
        let slashed = self.photographer.is_some() && self.agency.is_some();
        let courtesy = self.via.is_some() && self.agency.is_some();
        let file_only =
            self.file.is_some_and(|f| paragraph.tokens_in(self.passage.span).len() <= 3 + paragraph.tokens_in(f).len());
        self.label.is_some() || known || slashed || courtesy || file_only
    }

    /// Whether text without brackets with these parts can be nothing but a credit: no word is left over.
    fn is_certain(&self, paragraph: &Paragraph) -> bool {
        let parts = [self.label, self.photographer, self.agency, self.via, self.file, self.date];
        let rest = paragraph.tokens_in(self.passage.span).filter(|&at| {
            let Some(token) = paragraph.tokens.get(at) else { return false };
            let joins = matches!(
                paragraph.low(at),
                "by" | "taken" | "shot" | "for" | "from" | "the" | "and" | "of" | "on" | "in"
            );
            token.kind != TokenKind::Punct && !joins && !parts.iter().flatten().any(|p| p.contains(token.span))
        });
        let rest: Vec<usize> =
            rest.filter(|&at| agencies::kind(paragraph.low(at)).is_none_or(|kind| kind == OwnerKind::Other)).collect();
        let known = matches!(self.owner, Some(OwnerKind::Agency | OwnerKind::Library));
        // “joblake, iStock, Thinkstock”: stock libraries know photographers by the names of their accounts.
        let first = paragraph.tokens_in(self.passage.span).start;
        let account = known && rest == [first] && matches!(paragraph.low(first + 1), "," | "/" | "|");
        self.is_likely(paragraph) && (rest.is_empty() || account)
    }
}

fn is_label(word: &str) -> bool {
    lexicon::photos::CREDIT_LABELS.contains(word)
}

/// What the words after a marker are.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// A name is the photographer, anything else the owner.
    Plain,
    /// After `by`: the photographer.
    By,
    /// After `via`, `courtesy of`, `for`: the owner.
    Owner,
}

/// Reads the tokens `start..end` as a credit.
fn parse(paragraph: &Paragraph, index: usize, start: usize, end: usize) -> Credit {
    let span = paragraph.span_of(start, end.max(start + 1) - 1);
    let mut credit = Credit {
        passage: Passage::new(index, span),
        label: None,
        photographer: None,
        agency: None,
        owner: None,
        via: None,
        file: None,
        date: None,
    };
    let mut mode = Mode::Plain;
    let mut open: Option<usize> = None;
    let mut at = start;
    while at < end {
        if let Some(after) = date_end(paragraph, at).map(|after| after.min(end)) {
            flush(paragraph, &mut credit, &mut open, at, mode);
            credit.date = Some(paragraph.span_of(at, after - 1));
            at = after;
            continue;
        }
        let (low, next) = (paragraph.low(at), paragraph.low(at + 1));
        let span = paragraph.span_of(at, at);
        let inside_name = open.is_some() && paragraph.tokens[at].capital;
        let marker = match low {
            "via" => Some((1, Mode::Owner, true)),
            "courtesy" => Some((if matches!(next, "of" | "to") { 2 } else { 1 }, Mode::Owner, true)),
            "provided" | "supplied" | "submitted" => {
                Some((if matches!(next, "by" | "to") { 2 } else { 1 }, Mode::Owner, true))
            }
            "handout" | "screenshot" | "screengrab" | "screencap" => Some((1, Mode::Owner, true)),
            "screen" if matches!(next, "grab" | "shot" | "capture") => Some((2, Mode::Owner, true)),
            "video" if matches!(next, "still" | "grab") => Some((2, Mode::Owner, true)),
            "still" if next == "from" || open.is_none() => Some((1, Mode::Owner, true)),
            "by" => Some((1, Mode::By, false)),
            "taken" | "shot" if next == "by" => Some((2, Mode::By, false)),
            "was" | "were" if matches!(next, "taken" | "shot") => Some((1, Mode::By, false)),
            "for" | "from" => Some((1, Mode::Owner, false)),
            _ => None,
        };
        if let Some((taken, new_mode, second_hand)) = marker {
            // `AFP via Getty Images` is how agencies pass photos on; only other hands make a photo second-hand.
            let had_agency = mode_agency(&credit, paragraph, open, at);
            flush(paragraph, &mut credit, &mut open, at, mode);
            if second_hand && !(had_agency && low == "via") {
                let last = (at + taken).min(end) - 1;
                credit.via = credit.via.or(Some(paragraph.span_of(at, last.max(at))));
            }
            mode = new_mode;
            at += taken;
            continue;
        }
        let separator =
            matches!(low, "/" | "," | ";" | ":" | "|" | "-" | "(" | ")" | "[" | "]" | "©" | "•" | "." | "\"")
                || matches!(low, "on" | "in" | "taken" | "dated");
        // `commons.wikimedia.org/wiki/File:Bridge.jpg`: a part of an address.
        let in_address =
            matches!(next, ":") && at > start && paragraph.low(at - 1) == "/" && !paragraph.tokens[at].spaced;
        let is_file = matches!(low, "file" | "files") && !in_address
            || (matches!(low, "archive" | "archives" | "archival") && (!inside_name || open.is_none()));
        if separator
            || is_file
            || (is_label(low) && !(inside_name && matches!(low, "images" | "pictures" | "photography")))
        {
            flush(paragraph, &mut credit, &mut open, at, mode);
            if is_file {
                credit.file = credit.file.or(Some(span));
            } else if !separator || low == "©" {
                credit.label = Some(credit.label.map_or(span, |label| label.to(span)));
            }
            // A slash or a comma ends what `by` and `via` govern.
            if matches!(low, "/" | "," | ";" | "|") {
                mode = Mode::Plain;
            }
        } else if open.is_none() && !(matches!(low, "the" | "a" | "an") && mode == Mode::Plain) {
            open = Some(at);
        }
        at += 1;
    }
    flush(paragraph, &mut credit, &mut open, end, mode);
    credit
}

/// Whether the words before a `via` are a known agency.
fn mode_agency(credit: &Credit, paragraph: &Paragraph, open: Option<usize>, end: usize) -> bool {
    let words = open.map(|open| name_of(paragraph, open, end));
    credit.owner == Some(OwnerKind::Agency) || words.is_some_and(|w| agencies::kind(&w) == Some(OwnerKind::Agency))
}

fn name_of(paragraph: &Paragraph, first: usize, end: usize) -> String {
    let words: Vec<&str> = (first..end).map(|at| paragraph.low(at)).collect();
    let name = words.join(" ");
    name.strip_prefix("the ").unwrap_or(&name).replace('.', "")
}

/// Ends the name that runs from `open` to `end`, and says what it is.
fn flush(paragraph: &Paragraph, credit: &mut Credit, open: &mut Option<usize>, end: usize, mode: Mode) {
    let Some(first) = open.take() else { return };
    if end <= first {
        return;
    }
    let mut last = end - 1;
    while last > first && matches!(paragraph.low(last), "." | "'" | "\"" | "&" | "and") {
        last -= 1;
    }
    let span = paragraph.span_of(first, last);
    let kind = agencies::kind(&name_of(paragraph, first, last + 1));
    let person = kind.is_none() && is_person(paragraph, first, last + 1);
    // `harbor.org`: an owner by its address.
    let is_site = |at: usize| {
        let (name, end) = paragraph.low(at).rsplit_once('.').unwrap_or_default();
        !name.is_empty() && (2..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let capital = (first..=last).any(|at| paragraph.tokens[at].capital || is_site(at));
    let by = mode == Mode::By && kind.is_none() && capital && !has_owner_word(paragraph, first, last + 1);
    if by || (mode == Mode::Plain && person) {
        if credit.photographer.is_none() {
            credit.photographer = Some(span);
        } else if credit.agency.is_none() {
            (credit.agency, credit.owner) = (Some(span), Some(OwnerKind::Other));
        }
        return;
    }
    if !capital && mode == Mode::Plain && kind.is_none() {
        return;
    }
    // `AFP/Getty Images`: both are the owner, when nothing else is between them.
    let joined = credit.agency.filter(|_| kind.is_some() && credit.owner == Some(OwnerKind::Agency));
    if credit.agency.is_none() || joined.is_some() {
        credit.agency = Some(joined.map_or(span, |agency| agency.to(span)));
        credit.owner = credit.owner.or(Some(kind.unwrap_or(OwnerKind::Other)));
    }
}

fn has_owner_word(paragraph: &Paragraph, first: usize, end: usize) -> bool {
    (first..end).any(|at| agencies::is_owner_word(paragraph.low(at).trim_end_matches('.')))
}

/// Two to four capitalised words (for several people joined by `and`, more), none of them an owner's word.
fn is_person(paragraph: &Paragraph, first: usize, end: usize) -> bool {
    let mut names = 0;
    for at in first..end {
        let Some(token) = paragraph.tokens.get(at) else { return false };
        let low = paragraph.low(at);
        if matches!(low, "and" | "&") {
            if names < 2 {
                return false;
            }
            names = 0;
            continue;
        }
        let particle = lexicon::photos::NAME_PARTICLES.contains(low);
        let apostrophe = low == "'";
        if token.kind != TokenKind::Word && !apostrophe || (!token.capital && !particle && !low.starts_with("al-")) {
            return false;
        }
        names += usize::from(token.kind == TokenKind::Word);
        if names > 4 {
            return false;
        }
    }
    // “U.S. Navy” and other abbreviations with points are no given names.
    let initials = paragraph.word(first).matches('.').count() > 1 && paragraph.low(first).starts_with("u.");
    names >= 2 && !initials && !has_owner_word(paragraph, first, end)
}

/// The end of a date that starts at token `at`: `Feb. 3, 2018`, `3 February 2018`, `2018-02-03`, `2/3/2018`, `2015`.
pub(super) fn date_end(paragraph: &Paragraph, at: usize) -> Option<usize> {
    let number =
        |at: usize| paragraph.tokens.get(at).filter(|t| t.kind == TokenKind::Number).map(|_| paragraph.low(at));
    let day = |at: usize| number(at).is_some_and(|d| d.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d)));
    let year = |at: usize| {
        number(at).is_some_and(|y| y.len() == 4 && y.parse::<u16>().is_ok_and(|y| (1800..2100).contains(&y)))
    };
    if is_month(paragraph, at) {
        let mut end = at + 1;
        end += usize::from(day(end));
        let comma = usize::from(paragraph.low(end) == ",");
        if year(end + comma) {
            end += comma + 1;
        }
        let lone_may = paragraph.low(at) == "may" && end == at + 1;
        return (!lone_may).then_some(end);
    }
    if day(at) && is_month(paragraph, at + 1) {
        let comma = usize::from(paragraph.low(at + 2) == ",");
        return Some(if year(at + 2 + comma) { at + 3 + comma } else { at + 2 });
    }
    let mark = paragraph.low(at + 1);
    if matches!(mark, "-" | "/") && paragraph.low(at + 3) == mark && number(at).is_some() && number(at + 4).is_some() {
        return number(at + 2).map(|_| at + 5);
    }
    year(at).then_some(at + 1)
}

fn is_month(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let low = paragraph.low(at).trim_end_matches('.');
    token.capital && crate::prose::is_month(low)
}

/// The span of the paragraph without its credit, trimmed; `None` when nothing is left.
pub(super) fn without(paragraph: &Paragraph, credit: Option<&Credit>) -> Option<Span> {
    let whole = Span::new(0, paragraph.text.len());
    let keep = match credit {
        Some(credit) if credit.passage.span.start == 0 => Span { start: credit.passage.span.end, end: whole.end },
        Some(credit) => Span { start: 0, end: credit.passage.span.start },
        None => whole,
    };
    let tokens = paragraph.tokens_in(keep);
    let last = tokens.clone().rev().find(|&at| !matches!(paragraph.word(at), "|" | "—" | "–" | "/" | "("))?;
    let words = tokens.clone().any(|at| paragraph.tokens.get(at).is_some_and(|t| t.kind != TokenKind::Punct));
    words.then(|| paragraph.span_of(tokens.start, last))
}
