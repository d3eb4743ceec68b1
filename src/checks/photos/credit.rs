//! Credits: whether there is one, what it leaves open, and whether the image file says otherwise.

use rustc_hash::FxHashSet;

use super::image::{is_file_name, name_of_file};
use super::owner::{has_form_of_name, is_name, leads_to_owner, names_owner, says_whose_all_are};
use super::{creator, edit, from_the_file, owner, place, point, written};
use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::markup::{BlockKind, says_drawn};
use crate::prose::Passage;
use crate::rules::{Hit, HitPlace, Rule};
use crate::story::photo::{Credit, OwnerKind};
use crate::story::{Photo, Story};
use crate::text::Span;

/// What stands for a photographer whom nobody named yet.
const WHO: &str = "[photographer]";

/// `photos-no-credit`: a photo or caption that names nobody.
pub(in crate::checks) fn no_credit(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // “Photos by Ana Ruiz”, once, is the credit of all.
    let of_all = story.photos.iter().filter_map(|photo| photo.credit.as_ref()).any(|credit| is_of_all(story, credit))
        || story.photos.iter().any(|photo| photo.credit.is_none()) && says_whose_all_are(story);
    let src = |photo: &Photo| Some(story.document.images.get(photo.image?)?.src.as_str());
    let credited: FxHashSet<&str> =
        story.photos.iter().filter(|photo| photo.credit.is_some()).filter_map(src).collect();
    let (first, mut seen) = (out.len(), FxHashSet::default());
    for photo in story.photos {
        // What front matter and copy both show is one picture.
        let name = src(photo).map(name_of_file);
        let is_shown_before = name.is_some_and(|name| !seen.insert(name)) && photo.credit.is_none();
        let known = is_shown_before
            || photo.credit.is_none() && (of_all || src(photo).is_some_and(|src| credited.contains(src)));
        if known || is_ornament(story, photo) {
            continue;
        }
        match &photo.credit {
            None => out.extend(without_credit(story, photo)),
            Some(credit) if names_nobody(credit) && stands_apart(story, credit) => {
                out.push(of_nobody(story, photo, credit))
            }
            Some(_) => {}
        }
    }
    // Where none of several pictures has a credit, they may be drawings all of them, or be credited in a place that no mark shows.
    let count = out.len() - first;
    if credited.is_empty() && count >= SEVERAL {
        // The one that asks most stands for all.
        let severity = |hit: &Hit| hit.at_most.unwrap_or(Severity::Error);
        let most = out[first..].iter().map(severity).max();
        let at = out[first..].iter().position(|hit| Some(severity(hit)) == most).unwrap_or_default();
        out.swap(first, first + at);
        out.truncate(first + 1);
        let told =
            out.pop().map(|hit| hit.message(format!("None of {count} pictures names a photographer or an agency")));
        out.extend(told);
    }
}

/// So many pictures without a credit are no oversight.
const SEVERAL: usize = 3;

/// Whether the credit is in a caption or alone: brackets at the end of other paragraphs may hold anything.
fn stands_apart(story: &Story, credit: &Credit) -> bool {
    matches!(story.paragraph(credit.passage.paragraph()).kind, BlockKind::Caption | BlockKind::Credit)
}

/// `Photos by Ana Ruiz`, `All images: Ana Ruiz` as a block of its own.
fn is_of_all(story: &Story, credit: &Credit) -> bool {
    let plural = credit.label.is_some_and(|label| {
        let label = story.paragraph(credit.passage.paragraph()).slice(label).to_lowercase();
        ["photos", "photographs", "images", "pictures", "photography"].iter().any(|word| label.ends_with(word))
    });
    plural && !names_nobody(credit) && story.paragraph(credit.passage.paragraph()).kind == BlockKind::Credit
}

fn names_nobody(credit: &Credit) -> bool {
    credit.photographer.is_none() && credit.agency.is_none() && credit.via.is_none()
}

/// Whether nobody would credit it: a drawing by its name, size, place or description, or a picture whose own markup names its
/// owner.
fn is_ornament(story: &Story, photo: &Photo) -> bool {
    let caption = photo.caption.map(|caption| story.slice(caption));
    if caption
        .is_some_and(|caption| names_owner(caption) || says_drawn(caption) || !caption.contains(char::is_alphabetic))
    {
        return true;
    }
    let Some(image) = photo.image.and_then(|image| story.document.images.get(image)) else {
        // Where the format holds images, a caption without one is under a chart, a table or a video.
        return story.document.holds_images;
    };
    // Cameras and agencies give JPEG; a PNG that nothing is said of is a screenshot or a drawing.
    let path = image.src.split(['?', '#']).next().unwrap_or_default();
    let people = |caption: Passage| {
        let read = story.paragraphs.get(caption.paragraph());
        read.is_some_and(|read| {
            read.names.names.iter().any(|name| name.given.is_some() && caption.span.contains(name.span))
        })
    };
    let bare = path.to_ascii_lowercase().ends_with(".png") && !photo.caption.is_some_and(people);
    let alt = image.alt.as_deref().unwrap_or_default();
    // “Figure 2: The process shown in …” under a drawing.
    let next = story.document.blocks.iter().find(|block| block.range.start >= image.range.end);
    let is_numbered = |name: &str| {
        let low = name.to_ascii_lowercase();
        let number = ["figure", "fig"].iter().find_map(|label| low.strip_prefix(label));
        number.is_some_and(|rest| rest.trim_start_matches(['-', '_', '.']).starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_under_figure = next.is_some_and(|block| {
        let number = ["Figure ", "Fig. ", "Fig "].iter().find_map(|label| block.prose.strip_prefix(label));
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    });
    let is_figure = is_under_figure || is_numbered(name_of_file(path)) && !photo.caption.is_some_and(people);
    // `harbor-photo-credit-ana-ruiz.jpg`
    let in_path = path.to_ascii_lowercase().replace('_', "-").contains("photo-credit-");
    image.graphic
        || is_figure
        || leads_to_owner(story, image)
        || image.credit.is_some()
        || bare
        || in_path
        || names_owner(alt)
}

fn without_credit(story: &Story, photo: &Photo) -> Option<Hit> {
    let mut hit = Hit::of(place(story, photo)?);
    if is_handout(story, photo) {
        hit = hit.at_most(Severity::Hint);
    }
    // `title="Harbor_Launch"` is the name of a file.
    let is_name_of_file = |caption: &Passage| {
        let text = story.slice(*caption);
        text.contains('_') && !text.contains(char::is_whitespace)
    };
    let Some(caption) = photo.caption.filter(|caption| !is_name_of_file(caption)) else {
        // Of a picture that no word describes nobody knows whether it is a photo; that the words are missing is told already.
        let image = photo.image.and_then(|image| story.document.images.get(image))?;
        return image.alt.as_deref().is_some_and(|alt| says_something(alt, &image.src)).then_some(hit);
    };
    let (names, known) = credit_names(photo);
    let text = format!(" (Photo: {names})");
    let title = format!("Add the credit “{}”", text.trim_start());
    let (hit, applicability) = match known {
        2 => (hit.assumed(from_the_file()), Applicability::Suggested),
        1 => (hit.assumed(from_the_file()), Applicability::Query),
        _ => (hit, Applicability::Query),
    };
    Some(hit.insert(caption, caption.span.end, text, title, applicability))
}

/// Whether an alternative text describes the picture: it is not empty, no name of a file, and no word for any picture.
fn says_something(alt: &str, src: &str) -> bool {
    let low = alt.trim().to_ascii_lowercase();
    // `c54650b7278f88a3`: a name that a program gave.
    let is_hash = low.len() >= 16 && low.bytes().all(|byte| byte.is_ascii_hexdigit());
    // `doc1`, `img0`: a name and a number.
    let is_counted = low.len() <= 8
        && low.trim_end_matches(|c: char| c.is_ascii_digit()).bytes().all(|byte| byte.is_ascii_lowercase())
        && low.ends_with(|c: char| c.is_ascii_digit());
    low.contains(char::is_alphabetic)
        && !is_hash
        && !is_counted
        && !lexicon::photos::PLACEHOLDERS.contains(low.as_str())
        && !is_file_name(alt.trim(), src)
}

/// Parts of file names by which stock photos are known whose libraries ask for no credit.
const FREE_LIBRARIES: &[&str] = &["unsplash", "pexels", "pixabay"];

/// Whether it is likely a portrait that its owner gave, or a picture that no camera took: nothing is said but the person's
/// name, or the words beside it tell who they are; or it is a PNG, or a library's that asks for no credit.
fn is_handout(story: &Story, photo: &Photo) -> bool {
    let Some(image) = photo.image.and_then(|image| story.document.images.get(image)) else { return false };
    let path = image.src.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let alt = image.alt.as_deref().unwrap_or_default().trim();
    let caption = photo.caption.map_or("", |caption| story.slice(caption));
    // `headshot of Ana Ruiz`, `Dr. Ana Ruiz`, `Ana Ruiz, editor`: who it is, and beside it what they do.
    let kinds = ["Dr. ", "Dr ", "headshot of ", "head shot of ", "portrait of "];
    let plain = kinds.iter().fold(alt, |alt, kind| match alt.get(..kind.len()) {
        Some(start) if start.eq_ignore_ascii_case(kind) => &alt[kind.len()..],
        _ => alt,
    });
    let who = plain.split(',').next().unwrap_or(plain).trim();
    let next = story.document.blocks.iter().find(|block| block.range.start >= image.range.end);
    let beside = if caption.is_empty() { next.map_or("", |block| &block.prose) } else { caption };
    let is_biography = has_form_of_name(who)
        && beside.trim_start_matches("Dr. ").trim_start_matches("Dr ").strip_prefix(who).is_some_and(|rest| {
            let mut words = rest.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
            matches!(words.next(), Some("is" | "was" | "has" | "on" | "works" | "leads" | "joined" | "serves"))
        });
    path.ends_with(".png")
        || FREE_LIBRARIES.iter().any(|library| path.contains(library))
        || path.split(|c: char| !c.is_ascii_alphabetic()).any(|word| lexicon::photos::PORTRAITS.contains(word))
        || is_name(if caption.is_empty() { who } else { caption.trim() })
        || is_biography
}

fn of_nobody(story: &Story, photo: &Photo, credit: &Credit) -> Hit {
    let passage = credit.passage;
    let hit = Hit::at(passage).arg("found", story.slice(passage)).message("The credit “{found}” names nobody");
    let inside = story.slice(passage).starts_with(['(', '[']) && credit.label.is_none();
    if !inside {
        return hit;
    }
    let (names, known) = credit_names(photo);
    let applicability = if known == 2 { Applicability::Suggested } else { Applicability::Query };
    let hit = if known > 0 { hit.assumed(from_the_file()) } else { hit };
    let text = format!("Photo: {names}, ");
    hit.insert(passage, passage.span.start + 1, text, format!("Name “{names}”"), applicability)
}

/// `photographer/agency` with what the file says, and how much of it the file says: 0, 1 or 2 names.
fn credit_names(photo: &Photo) -> (String, usize) {
    let metadata = photo.metadata.as_ref();
    match (creator(metadata), owner(metadata)) {
        // A credit line that holds the photographer's name is whole.
        (Some(creator), Some(owner)) if owner.contains(creator) => (owner.to_owned(), 2),
        (Some(creator), Some(owner)) => (format!("{creator}/{owner}"), 2),
        (Some(creator), None) => (format!("{creator}/[agency]"), 1),
        (None, Some(owner)) => (format!("{WHO}/{owner}"), 1),
        (None, None) => (format!("{WHO}/[agency]"), 0),
    }
}

/// The credit that the image file gives in whole: `Photo: Ana Ruiz/Reuters`.
pub fn credit_line(photo: &Photo) -> Option<String> {
    let (names, known) = credit_names(photo);
    (known == 2).then(|| format!("Photo: {names}"))
}

/// `photos-no-photographer`: an agency without the person who took the photo.
pub(in crate::checks) fn no_photographer(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some(credit) = photo.credit.as_ref().filter(|c| c.photographer.is_none()) else { continue };
        let (Some(agency), Some(kind)) = (credit.agency, credit.owner) else { continue };
        let paragraph = credit.passage.paragraph;
        let passage = Passage { paragraph, span: agency };
        let hit = match kind {
            OwnerKind::Agency => Hit::at(passage),
            // Stock libraries often ask for no more than their own name.
            OwnerKind::Library => Hit::at(passage).at_most(Severity::Hint),
            // The file knows who took it, whoever the owner is.
            OwnerKind::Other if creator(photo.metadata.as_ref()).is_some() => Hit::at(passage),
            // A police department's or a family's photo has no photographer to name, and a platform has no photo.
            OwnerKind::Platform | OwnerKind::Other => continue,
        };
        // The question was asked, and to ask it once more would only write it again.
        if story.slice(credit.passage).contains(WHO) {
            out.push(hit.arg("found", story.slice(passage)));
            continue;
        }
        let metadata = photo.metadata.as_ref();
        let who = creator(metadata);
        let mut edits = vec![name_edit(story, credit, agency, who.unwrap_or(WHO))];
        let mut complete = who.is_some();
        if let Some((span, text, known)) = missing_date(photo) {
            edits.push(edit(paragraph, span, text));
            complete &= known;
        }
        edits.sort_by_key(|(place, _)| match place {
            HitPlace::Prose(passage) => passage.span.start,
            _ => 0,
        });
        let title = format!("Replace with “{}”", after(story, credit.passage, &edits));
        let applicability = if complete { Applicability::Suggested } else { Applicability::Query };
        let hit = hit.arg("found", story.slice(passage)).fix(title, applicability, edits);
        out.push(if who.is_some() { hit.assumed(from_the_file()) } else { hit });
    }
}

/// `via Wafa` → `NAME/Wafa`, `AP Photo` → `AP Photo/NAME`.
fn name_edit(story: &Story, credit: &Credit, agency: Span, name: &str) -> (HitPlace, String) {
    let paragraph = credit.passage.paragraph;
    if let Some(label) = credit.label
        && label.start >= agency.end
    {
        return edit(paragraph, point(label.end), format!("/{name}"));
    }
    let owner = story.slice(Passage { paragraph, span: agency });
    let start = credit.via.filter(|via| via.end <= agency.start).map_or(agency.start, |via| via.start);
    edit(paragraph, Span { start, end: agency.end }, format!("{name}/{owner}"))
}

/// The text at `passage` after `edits`, which are in order and lie in it.
fn after(story: &Story, passage: Passage, edits: &[(HitPlace, String)]) -> String {
    let text = &story.paragraph(passage.paragraph()).text;
    let mut result = String::new();
    let mut at = passage.span.start();
    for (place, new) in edits {
        let HitPlace::Prose(edit) = place else { continue };
        result.push_str(text.get(at..edit.span.start()).unwrap_or(""));
        result.push_str(new);
        at = edit.span.end();
    }
    result.push_str(text.get(at..passage.span.end()).unwrap_or(""));
    result
}

/// Where and how the date goes that a file photo lacks, and whether the image file knows it.
fn missing_date(photo: &Photo) -> Option<(Span, String, bool)> {
    let credit = photo.credit.as_ref()?;
    let file = credit.file?;
    if credit.date.is_some() || photo.caption_date.is_some() {
        return None;
    }
    let taken = photo.metadata.as_ref().and_then(|m| m.taken);
    let date = taken.map_or("[date taken]".to_owned(), written);
    // `file photo`: the date goes before both.
    let before_label = credit.label.is_some_and(|label| label.start > file.start && label.start <= file.end + 1);
    let (at, text) = if before_label { (file.start, format!("{date} ")) } else { (file.end, format!(" {date}")) };
    Some((point(at), text, taken.is_some()))
}

/// `photos-file-undated`: an old photo, and nobody knows how old.
pub(in crate::checks) fn file_undated(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some((span, text, known)) = missing_date(photo) else { continue };
        let Some(credit) = &photo.credit else { continue };
        let Some(file) = credit.file else { continue };
        let passage = Passage { paragraph: credit.passage.paragraph, span: file };
        let title = format!("Insert “{}”", text.trim());
        let applicability = if known { Applicability::Suggested } else { Applicability::Query };
        let hit =
            Hit::at(passage).arg("found", story.slice(passage)).insert(passage, span.start, text, title, applicability);
        out.push(if known { hit.assumed(from_the_file()) } else { hit });
    }
}

/// `photos-no-agency`: a photographer's name without the house the photo comes from.
pub(in crate::checks) fn no_agency(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some(credit) = photo.credit.as_ref().filter(|c| c.agency.is_none() && c.via.is_none()) else { continue };
        let Some(name) = credit.photographer else { continue };
        let passage = Passage { paragraph: credit.passage.paragraph, span: name };
        // `Ana Ruiz unsplash`: the library is there, without a mark before it.
        let last = story.slice(passage).split_whitespace().next_back().unwrap_or_default().to_lowercase();
        if FREE_LIBRARIES.contains(&&*last) {
            continue;
        }
        let hit = Hit::at(passage).arg("found", story.slice(passage));
        let hit = match owner(photo.metadata.as_ref()) {
            Some(owner) => {
                let title = format!("Add “{owner}”");
                let hit = hit.assumed(from_the_file());
                hit.insert(passage, name.end, format!("/{owner}"), title, Applicability::Suggested)
            }
            None => hit.insert(passage, name.end, "/[agency]", "Ask for the agency or owner", Applicability::Query),
        };
        out.push(hit);
    }
}

/// `photos-second-hand`: whoever passed the photo on need not own it.
pub(in crate::checks) fn second_hand(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some(credit) = &photo.credit else { continue };
        // `Ana Ruiz/Harbor Police via AP`: the agency has asked already.
        if credit.photographer.is_some() && credit.owner == Some(OwnerKind::Agency) {
            continue;
        }
        let platform = credit.agency.filter(|_| credit.owner == Some(OwnerKind::Platform));
        let Some(span) = credit.via.or(platform) else { continue };
        let paragraph = credit.passage.paragraph;
        let passage = Passage { paragraph, span };
        let whole = credit.agency.map_or(span, |agency| span.to(agency));
        let found = story.slice(Passage { paragraph, span: whole });
        out.push(Hit::at(passage).arg("found", found).insert(
            passage,
            whole.end,
            " [rights cleared?]",
            "Ask who owns the photo",
            Applicability::Query,
        ));
    }
}

/// `photos-credit-differs`: the text names another photographer or owner than the image file.
pub(in crate::checks) fn credit_differs(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some(credit) = &photo.credit else { continue };
        let metadata = photo.metadata.as_ref();
        let paragraph = credit.passage.paragraph;
        let pairs = [
            (credit.photographer, creator(metadata), "photographer", Severity::Error),
            (credit.agency, owner(metadata), "owner", Severity::Query),
        ];
        for (span, in_file, what, at_most) in pairs {
            let (Some(span), Some(in_file)) = (span, in_file) else { continue };
            let passage = Passage { paragraph, span };
            let in_text = story.slice(passage);
            if share_a_word(in_text, in_file) {
                continue;
            }
            out.push(
                Hit::at(passage)
                    .at_most(at_most)
                    .arg("found", in_text)
                    .arg("what", what)
                    .arg("file", in_file)
                    .assumed(from_the_file())
                    .replace(passage, in_file, Applicability::Suggested),
            );
        }
    }
}

/// Whether two names have a word of three letters or more in common, or one is the other's initials: names are
/// written in many ways, and only what cannot be the same is worth a finding.
fn share_a_word(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2).map(str::to_lowercase).collect()
    };
    let initials = |text: &str| -> String {
        text.split(|c: char| !c.is_alphanumeric())
            .filter_map(|w| w.chars().next())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let known = words(b);
    let same = words(a).iter().any(|word| known.contains(word));
    let (short_a, short_b) = (initials(a), initials(b));
    // `Agence France-Presse` and `AFP`, `The Associated Press` and `AP`.
    let abbreviates =
        |initials: &str, other: &str| initials.len() > 1 && initials.trim_start_matches('t') == letters(other);
    same || letters(a) == letters(b) || abbreviates(&short_a, b) || abbreviates(&short_b, a)
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analyzer;
    use crate::checks::load;
    use crate::markup::Format;
    use crate::rules::PACKS;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    #[test]
    fn who_took_a_photo_is_asked_once() {
        let mut analyzer = Analyzer::new(load(PACKS, []).rules.into());
        let mut fixes = |credit: &str| {
            let text = format!("Pier opens\n\nMayor Dale Finch opened the pier. ({credit})\n\nThe pier is open.\n");
            let analysis = analyzer.analyze(&text, Format::Plain, &Surroundings::default(), &Settings::default());
            let found = analysis.findings.into_iter().find(|finding| &*finding.rule == "photos/no-photographer");
            found.map(|finding| finding.fixes.len())
        };
        assert_eq!(fixes("Photo: via Reuters, file"), Some(1));
        assert_eq!(fixes("Photo: [photographer]/Reuters, file [date taken]"), Some(0), "it is open still");
        assert_eq!(fixes("Photo: Ana Ruiz/Reuters, file"), None);
    }
}
