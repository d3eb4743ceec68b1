//! `Abbas’s` and `Abbas’` in one story.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::checks::Hit;
use crate::prose::{Passage, Vocabulary};
use crate::rules::Rule;
use crate::story::Story;
use crate::story::gist::Gist;
use crate::text::Span;

/// `names-possessive-s`: the possessive of one name in -s, written in two ways; the rarer is found.
pub(in crate::checks) fn possessive_s(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let names: FxHashSet<&str> =
        story.people.iter().map(|person| person.surname.as_str()).filter(|name| name.ends_with('s')).collect();
    if names.is_empty() {
        return;
    }
    // By name: the places of `Abbas’s`, then of `Abbas’`.
    let mut places: BTreeMap<&str, (Vec<Passage>, Vec<Passage>)> = BTreeMap::new();
    let words: Vec<Vocabulary> = names.iter().map(|name| Vocabulary::of(&name.to_lowercase())).collect();
    let matters = |gist: &Gist| words.iter().any(|&word| gist.vocabulary.may_hold(word));
    for (number, read) in story.paragraphs_where(matters) {
        let paragraph = &read.paragraph;
        let marks: FxHashSet<u32> = read
            .quotes
            .quoted
            .iter()
            .flat_map(|q| [q.inner.end].into_iter().chain(q.nested.iter().map(|n| n.end - 1)))
            .collect();
        for (at, token) in paragraph.tokens.iter().enumerate().filter(|(_, t)| t.capital) {
            let word = paragraph.word(at);
            let full = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s"));
            if let Some(name) = full.and_then(|name| names.get(name)) {
                places.entry(name).or_default().0.push(Passage::new(number, token.span));
                continue;
            }
            let (Some(name), Some(mark)) = (names.get(word), paragraph.tokens.get(at + 1)) else { continue };
            let apostrophe = matches!(paragraph.word(at + 1), "’" | "'") && !mark.spaced;
            // `the Abbas’` of a whole family is a plural, and a mark that closes a quote is no apostrophe.
            let plural = at.checked_sub(1).is_some_and(|before| paragraph.low(before) == "the");
            let goes_on =
                paragraph.tokens.get(at + 2).is_some_and(|t| t.spaced && t.kind == crate::prose::TokenKind::Word);
            if apostrophe && goes_on && !plural && !marks.contains(&mark.span.start) {
                let span = Span { start: token.span.start, end: mark.span.end };
                places.entry(name).or_default().1.push(Passage::new(number, span));
            }
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
