//! `Abbas’s` and `Abbas’` in one story.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::paragraph_index::Signs;

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
        for found in &read.cues.rare().possessives {
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
                    .related(kept, format!("“{}” appears here", story.slice(kept)))
                    .replace(passage, text.clone(), rule.fix),
            );
        }
    }
}
