//! Who is who: every mention of a person or an organisation, and new names for them.

use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, Location, Position, PrepareRenameResponse};

use super::document::View;
use crate::finding::Edit;
use crate::markup::Format;
use crate::prose::Passage;
use crate::story::person::{Mention, MentionForm};
use crate::story::{Organisation, Person, Story};
use crate::text::{Span, on_one_line, single_spaced};

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

/// The places where an organisation is named, in reading order.
pub fn passages(organisation: &Organisation) -> Vec<Passage> {
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

/// Whose name, or a part of it, is at a position. Pronouns and titles name nobody.
enum NamedThing<'s> {
    Person(&'s Person, &'s Mention),
    /// With the mention, and whether that is the acronym.
    Organisation(&'s Organisation, Passage, bool),
}

impl NamedThing<'_> {
    fn passage(&self) -> Passage {
        match self {
            NamedThing::Person(_, mention) => mention.passage,
            NamedThing::Organisation(_, passage, _) => *passage,
        }
    }
}

fn named<'s>(view: &View, story: &'s Story, at: Position) -> Option<NamedThing<'s>> {
    let offset = view.offset(at);
    let holds = |passage: Passage| {
        let range = view.source_of(passage);
        range.start <= offset && offset <= range.end
    };
    let person = story.people.iter().find_map(|person| {
        let mention = person.mentions.iter().find(|mention| is_name(mention) && holds(mention.passage))?;
        Some(NamedThing::Person(person, mention))
    });
    let organisation = |organisation: &'s Organisation| {
        let full = organisation.full_mentions.iter().map(|&passage| (passage, false));
        let mut all = full.chain(organisation.acronym_mentions.iter().map(|&passage| (passage, true)));
        let (passage, is_acronym) = all.find(|(passage, _)| holds(*passage))?;
        Some(NamedThing::Organisation(organisation, passage, is_acronym))
    };
    person.or_else(|| story.organisations.iter().find_map(organisation))
}

fn is_name(mention: &Mention) -> bool {
    matches!(mention.form, MentionForm::Full | MentionForm::Surname | MentionForm::Given)
}

/// What would be renamed at a position.
pub fn prepare_rename(view: &View, at: Position) -> Option<PrepareRenameResponse> {
    let story = view.story();
    let passage = named(view, &story, at)?.passage();
    let placeholder = on_one_line(story.slice(passage)).into_owned();
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: view.place(passage), placeholder })
}

/// The edits that give the person or organisation at a position a new name in all its forms.
///
/// A new full name of a person changes full names, surnames and given names alike; a new surname leaves the given name,
/// and the other way round. An organisation's name and its acronym are kept apart: each changes where it is itself,
/// and `New Name (NN)` changes both.
///
/// # Errors
///
/// Says why it cannot be renamed.
pub fn rename(view: &View, at: Position, new: &str) -> Result<Vec<Edit>, String> {
    let story = view.story();
    let named = named(view, &story, at).ok_or("nobody is named here")?;
    let new = single_spaced(new);
    if !new.chars().any(char::is_alphabetic) {
        return Err("a name has letters".to_owned());
    }
    let renamed = match named {
        NamedThing::Person(person, mention) => renamed_person(&story, person, mention.form, &new)?,
        NamedThing::Organisation(organisation, _, is_acronym) => {
            renamed_organisation(&story, organisation, is_acronym, &new)?
        }
    };
    let mut edits = Vec::new();
    for (passage, text) in
        renamed.into_iter().filter(|(passage, text)| on_one_line(story.slice(*passage)) != on_one_line(text))
    {
        let block = story.document.blocks.get(passage.paragraph()).ok_or("the text changed")?;
        let range = view.source_of(passage);
        let is_html = view.document.format() == Some(Format::Html);
        // An accent that is written `&eacute;` is replaced with the name around it.
        let has_tags = || !is_html || view.source().get(range.clone()).is_none_or(|old| old.contains('<'));
        if !block.map.is_verbatim(passage.span) && has_tags() {
            let line = view.place(passage).start.line + 1;
            return Err(format!("markup runs through the name in line {line}; change it there by hand"));
        }
        edits.extend(possessive(view, passage, story.slice(passage), &text));
        edits.push(Edit { range, text: if is_html { escaped(&text) } else { text } });
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits.dedup_by(|a, b| a.range == b.range);
    Ok(edits)
}

/// The “s” that a name needs behind its apostrophe when it no longer ends in one: Rios’ car, Smith’s car.
fn possessive(view: &View, passage: Passage, old: &str, new: &str) -> Option<Edit> {
    let ends_in_s = |name: &str| name.ends_with(['s', 'S']);
    if !ends_in_s(old) || ends_in_s(new) {
        return None;
    }
    let read = view.checked.analysis.paragraphs.get(passage.paragraph())?;
    let mark = passage.span.end();
    let mut behind = read.paragraph.text.get(mark..)?.chars();
    let apostrophe = behind.next().filter(|c| matches!(c, '\'' | '’'))?;
    if behind.next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let end = mark + apostrophe.len_utf8();
    let closes = |span: Span| span.end() == end;
    if read.quotes.quoted.iter().any(|quoted| closes(quoted.span) || quoted.nested.iter().any(|&span| closes(span))) {
        return None;
    }
    // Behind the mark itself, which an entity may stand for.
    let at = view.source_of(Passage::new(passage.paragraph(), Span::new(mark, end))).end;
    let s = if new.chars().any(char::is_lowercase) { "s" } else { "S" };
    Some(Edit { range: at..at, text: s.to_owned() })
}

/// `name` as the text of an HTML page.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Each mention of a person by name, with its new text.
fn renamed_person(
    story: &Story,
    person: &Person,
    form: MentionForm,
    new: &str,
) -> Result<Vec<(Passage, String)>, String> {
    let (given, surname) = match (form, new.rsplit_once(' ')) {
        (MentionForm::Full, Some((given, surname))) => (given, surname),
        (MentionForm::Full, None) => return Err("a full name has a given name and a surname".to_owned()),
        (MentionForm::Given, _) => (new, &*person.surname),
        _ => (&*person.given, new),
    };
    let renamed = |mention: &Mention| {
        let text = match mention.form {
            MentionForm::Surname => surname.to_owned(),
            MentionForm::Given => given.to_owned(),
            _ => full_name(story.slice(mention.passage), person, given, surname),
        };
        (mention.passage, text)
    };
    Ok(person.mentions.iter().filter(|mention| is_name(mention)).map(renamed).collect())
}

/// Each mention of an organisation that changes, with its new text.
fn renamed_organisation(
    story: &Story,
    organisation: &Organisation,
    is_acronym: bool,
    new: &str,
) -> Result<Vec<(Passage, String)>, String> {
    let both = new.strip_suffix(')').and_then(|new| new.split_once(" (")).filter(|_| !is_acronym);
    let (name, acronym) = match both {
        Some((name, acronym)) => (Some(name), Some(acronym)),
        None if is_acronym => (None, Some(new)),
        None => (Some(new), None),
    };
    if acronym.is_some_and(|acronym| acronym.contains(' ')) {
        return Err("an acronym is one word; rename the full name where it appears".to_owned());
    }
    let full = organisation.full_mentions.iter().zip(std::iter::repeat(name));
    let short = organisation.acronym_mentions.iter().zip(std::iter::repeat(acronym));
    let full = full.filter_map(|(&passage, name)| Some((passage, in_case_of(story.slice(passage), name?))));
    let short = short.filter_map(|(&passage, acronym)| Some((passage, with_points_of(story.slice(passage), acronym?))));
    Ok(full.chain(short).collect())
}

/// `new` in capitals where `old` was.
fn in_case_of(old: &str, new: &str) -> String {
    if old.chars().any(char::is_lowercase) { new.to_owned() } else { new.to_uppercase() }
}

/// `new` with points where `old` had them: `U.N.`
fn with_points_of(old: &str, new: &str) -> String {
    let pointed = old.ends_with('.') && !new.contains('.');
    if pointed { new.chars().flat_map(|letter| [letter, '.']).collect() } else { new.to_owned() }
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
