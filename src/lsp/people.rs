//! Who is who: every mention of a person or an organisation, and new names for them.

use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, Location, Position, PrepareRenameResponse};

use super::document::View;
use crate::finding::Edit;
use crate::prose::Passage;
use crate::story::person::{Mention, MentionForm};
use crate::story::{Organisation, Person, Story};

/// The mentions of whoever is named at a position, in reading order; the first introduces them.
fn mentions(view: &View, story: &Story, at: Position) -> Option<Vec<Passage>> {
    let offset = view.offset(at);
    let holds = |passage: &Passage| {
        let range = view.source_of(*passage);
        range.start <= offset && offset <= range.end
    };
    let of_people = story.people.iter().map(|person| person.mentions.iter().map(|m| m.passage).collect());
    let of_organisations = story.organisations.iter().map(passages);
    let mut all: Vec<Vec<Passage>> = of_people.chain(of_organisations).collect();
    let found = all.iter().position(|mentions| mentions.iter().any(holds))?;
    Some(all.swap_remove(found))
}

fn passages(organisation: &Organisation) -> Vec<Passage> {
    let mut all: Vec<Passage> =
        organisation.full_mentions.iter().chain(&organisation.acronym_mentions).copied().collect();
    all.sort();
    all.dedup();
    all
}

/// All mentions of whoever is named at a position.
pub fn highlights(view: &View, at: Position) -> Option<Vec<DocumentHighlight>> {
    let mentions = mentions(view, &view.story(), at)?;
    let kind = Some(DocumentHighlightKind::TEXT);
    Some(mentions.into_iter().map(|mention| DocumentHighlight { range: view.place(mention), kind }).collect())
}

/// Where whoever is named at a position is introduced.
pub fn definition(view: &View, at: Position) -> Option<Location> {
    let mentions = mentions(view, &view.story(), at)?;
    mentions.first().map(|first| Location::new(view.document.uri.clone(), view.place(*first)))
}

/// All mentions of whoever is named at a position, with or without the first.
pub fn references(view: &View, at: Position, with_first: bool) -> Option<Vec<Location>> {
    let mentions = mentions(view, &view.story(), at)?;
    let later = mentions.into_iter().skip(usize::from(!with_first));
    Some(later.map(|mention| Location::new(view.document.uri.clone(), view.place(mention))).collect())
}

/// The person whose name, or a part of it, stands at a position, and that mention. Pronouns and titles name nobody.
fn named<'s>(view: &View, story: &'s Story, at: Position) -> Option<(&'s Person, &'s Mention)> {
    let offset = view.offset(at);
    story.people.iter().find_map(|person| {
        let mention = person.mentions.iter().find(|mention| {
            let range = view.source_of(mention.passage);
            is_name(mention) && range.start <= offset && offset <= range.end
        })?;
        Some((person, mention))
    })
}

fn is_name(mention: &Mention) -> bool {
    matches!(mention.form, MentionForm::Full | MentionForm::Surname | MentionForm::Given)
}

/// What would be renamed at a position.
pub fn prepare_rename(view: &View, at: Position) -> Option<PrepareRenameResponse> {
    let story = view.story();
    let (_, mention) = named(view, &story, at)?;
    let placeholder = story.slice(mention.passage).to_owned();
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: view.place(mention.passage), placeholder })
}

/// The edits that give the person at a position a new name in all its forms.
///
/// A new full name changes full names, surnames and given names alike; a new surname leaves the given name, and the
/// other way round.
///
/// # Errors
///
/// Says why the person cannot be renamed.
pub fn rename(view: &View, at: Position, new: &str) -> Result<Vec<Edit>, String> {
    let story = view.story();
    let (person, mention) = named(view, &story, at).ok_or("nobody is named here")?;
    let new = new.split_whitespace().collect::<Vec<_>>().join(" ");
    if !new.chars().any(char::is_alphabetic) {
        return Err("a name has letters".to_owned());
    }
    let (given, surname) = match (mention.form, new.rsplit_once(' ')) {
        (MentionForm::Full, Some((given, surname))) => (given, surname),
        (MentionForm::Full, None) => return Err("a full name has a given name and a surname".to_owned()),
        (MentionForm::Given, _) => (&*new, &*person.surname),
        _ => (&*person.given, &*new),
    };
    let blocks = &story.document.blocks;
    let mut edits = Vec::new();
    for mention in person.mentions.iter().filter(|mention| is_name(mention)) {
        let old = story.slice(mention.passage);
        let renamed = match mention.form {
            MentionForm::Surname => surname.to_owned(),
            MentionForm::Given => given.to_owned(),
            _ => full_name(old, person, given, surname),
        };
        if renamed == old {
            continue;
        }
        let block = blocks.get(mention.passage.paragraph()).ok_or("the text changed")?;
        if !block.map.is_verbatim(mention.passage.span) {
            let line = view.place(mention.passage).start.line + 1;
            return Err(format!("markup runs through the name in line {line}; change it there by hand"));
        }
        edits.push(Edit { range: view.source_of(mention.passage), text: renamed });
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits.dedup_by(|a, b| a.range == b.range);
    Ok(edits)
}

/// A full name as it was written, with its parts changed: a middle initial or `Jr.` stays.
fn full_name(old: &str, person: &Person, given: &str, surname: &str) -> String {
    let Some(at) = old.rfind(&*person.surname).filter(|_| !person.surname.is_empty()) else {
        return format!("{given} {surname}");
    };
    let (before, after) = (&old[..at], &old[at + person.surname.len()..]);
    let first = match before.strip_prefix(&*person.given) {
        Some(rest) if !person.given.is_empty() => format!("{given}{rest}"),
        _ if given == person.given => before.to_owned(),
        _ => format!("{given} "),
    };
    format!("{first}{surname}{after}")
}
