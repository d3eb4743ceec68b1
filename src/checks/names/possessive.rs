//! `Abbas’s` and `Abbas’` in one story.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::checks::Hit;
use crate::prose::{Passage, TokenKind};
use crate::rules::Rule;
use crate::story::gist::Signs;
use crate::story::{Read, Story};
use crate::text::Span;

/// The possessive of a word with a capital that ends in -s.
#[derive(Debug)]
pub(in crate::checks) struct Possessive {
    name: String,
    span: Span,
    /// `Abbas’s`, and not `Abbas’`.
    full: bool,
}

/// All of them in one paragraph.
pub(in crate::checks) fn possessives(read: &Read) -> Vec<Possessive> {
    let paragraph = &read.paragraph;
    let words = paragraph.tokens.iter().enumerate().filter(|(_, token)| token.capital);
    words.filter_map(|(at, token)| possessive(read, at, token.span)).collect()
}

fn possessive(read: &Read, at: usize, word_span: Span) -> Option<Possessive> {
    let paragraph = &read.paragraph;
    let word = paragraph.word(at);
    if let Some(name) = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")) {
        return name.ends_with('s').then(|| Possessive { name: name.to_owned(), span: word_span, full: true });
    }
    let mark = paragraph.tokens.get(at + 1).filter(|mark| word.ends_with('s') && !mark.spaced)?;
    // `the Abbas’` of a whole family is a plural, and a mark that closes a quote is no apostrophe.
    let plural = at.checked_sub(1).is_some_and(|before| paragraph.low(before) == "the");
    let goes_on = paragraph.tokens.get(at + 2).is_some_and(|t| t.spaced && t.kind == TokenKind::Word);
    if !matches!(paragraph.word(at + 1), "’" | "'") || plural || !goes_on {
        return None;
    }
    let mut closing =
        read.quotes.quoted.iter().flat_map(|q| [q.inner.end].into_iter().chain(q.nested.iter().map(|n| n.end - 1)));
    let span = Span { start: word_span.start, end: mark.span.end };
    (!closing.any(|end| end == mark.span.start)).then(|| Possessive { name: word.to_owned(), span, full: false })
}

/// `names-possessive-s`: the possessive of one name in -s, written in two ways; the rarer is found.
pub(in crate::checks) fn possessive_s(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let names: FxHashSet<&str> =
        story.people.iter().map(|person| person.surname.as_str()).filter(|name| name.ends_with('s')).collect();
    if names.is_empty() {
        return;
    }
    // By name: the places of `Abbas’s`, then of `Abbas’`.
    let mut places: BTreeMap<&str, (Vec<Passage>, Vec<Passage>)> = BTreeMap::new();
    for (number, read) in story.paragraphs_with(Signs::POSSESSIVE_OF_S) {
        for found in &read.kept.rare().possessives {
            let Some(name) = names.get(found.name.as_str()) else { continue };
            let (full, short) = places.entry(name).or_default();
            let places = if found.full { full } else { short };
            places.push(Passage::new(number, found.span));
        }
    }
    for (name, (full, short)) in places {
        let (Some(&first_full), Some(&first_short)) = (full.first(), short.first()) else { continue };
        let keep_full = full.len() > short.len() || full.len() == short.len() && first_full < first_short;
        let (kept, wrong) = if keep_full { (first_full, short) } else { (first_short, full) };
        let mark = if story.slice(kept).contains('’') { "’" } else { "'" };
        let text = format!("{name}{mark}{}", if keep_full { "s" } else { "" });
        for passage in wrong {
            out.push(
                Hit::at(passage)
                    .arg("found", story.slice(passage))
                    .arg("use", format!("“{text}”"))
                    .related(kept, format!("“{}” stands here", story.slice(kept)))
                    .replace(passage, text.clone(), rule.fix),
            );
        }
    }
}
