//! Images: alternative text, and pictures that no camera took.

use super::place;
use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::rules::{Hit, HitPlace, Rule};
use crate::story::{Photo, Story};

/// `photos-altered`: a made or altered picture that the caption does not call so.
pub(in crate::checks) fn altered(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let credit = photo.credit.as_ref().map(|credit| credit.passage);
        let words: Vec<String> =
            [photo.caption, credit].into_iter().flatten().map(|p| story.slice(p).to_lowercase()).collect();
        let says_so = words.iter().any(|text| {
            lexicon::photos::LABELS_OF_GENERATED.iter().any(|label| text.contains(label))
                || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "ai")
        });
        if says_so {
            continue;
        }
        let file = photo.metadata.as_ref().and_then(|m| m.digital_source.as_deref()).filter(|s| is_made(s));
        if let Some(source) = file {
            let Some(place) = place(story, photo) else { continue };
            let kind = source.rsplit('/').next().unwrap_or(source);
            out.push(
                Hit::of(place)
                    .arg("found", kind)
                    .message("The image file says it is not a plain photo ({found}), and the caption does not")
                    .assumed(Some("from the image file’s IPTC digital source type".to_owned())),
            );
            continue;
        }
        let generator = lexicon::photos::GENERATORS
            .iter()
            .find(|name| credit.is_some_and(|credit| story.slice(credit).to_lowercase().contains(*name)));
        if let (Some(name), Some(credit)) = (generator, credit) {
            let low = story.slice(credit).to_lowercase();
            // Only where lower case keeps the length do offsets agree.
            let at = low.find(name).filter(|_| low.len() == story.slice(credit).len()).unwrap_or(0);
            let mut passage = credit;
            passage.span.start += at as u32;
            passage.span.end = passage.span.start + name.len() as u32;
            if !credit.span.contains(passage.span) {
                passage = credit;
            }
            out.push(Hit::at(passage).arg("found", story.slice(passage)));
        }
    }
}

/// IPTC digital source types of pictures that are made, put together or changed by a machine.
///
/// See <https://cv.iptc.org/newscodes/digitalsourcetype/>.
fn is_made(source: &str) -> bool {
    let kind = source.rsplit('/').next().unwrap_or(source).to_ascii_lowercase();
    kind.contains("algorithmic") || kind.starts_with("composite") || kind == "virtualrecording" || kind == "digitalart"
}

/// `photos-alt-missing`: an image whose alternative text is missing or is the file's name.
pub(in crate::checks) fn alt_missing(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some(image) = photo.image.and_then(|image| story.document.images.get(image)) else { continue };
        let alt = image.alt.as_deref().map(str::trim);
        // Spacers, buttons and charts show nothing that a camera took.
        // A template takes the words of a lead image from its caption, unless the front matter has a place for them.
        let front = story.document.front_matter.as_ref();
        let in_front = image.alt.is_none() && front.is_some_and(|front| front.contains(&image.range.start));
        if image.graphic || in_front {
            continue;
        }
        let file_name = alt.is_some_and(|alt| is_file_name(alt, &image.src));
        if !file_name && !alt.is_none_or(str::is_empty) {
            continue;
        }
        let mut hit = Hit::of(HitPlace::Source(image.range.clone()));
        hit = if file_name {
            hit.arg("found", alt.unwrap_or_default())
                .message("“{found}” is a file name: say in the alternative text what the photo shows")
        } else {
            hit.at_most(Severity::Hint)
        };
        if let (Some(_), Some(text)) = (alt, alt_of_caption(story, photo)) {
            let edit = (HitPlace::Source(image.alt_range.clone()), text);
            hit = hit.fix("Take the alternative text from the caption", Applicability::Suggested, vec![edit]);
        }
        out.push(hit);
    }
}

/// The name of an image's file, without folders and what is behind a `?`.
pub(super) fn name_of_file(src: &str) -> &str {
    let path = src.split(['?', '#']).next().unwrap_or(src);
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// `IMG_1234.jpg`, or the name of the file itself with or without its ending.
pub(super) fn is_file_name(alt: &str, src: &str) -> bool {
    let name = name_of_file(src);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let low = alt.to_ascii_lowercase();
    let image = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif", ".heic"];
    // A file may be called by one plain word that describes it.
    let plain_word = stem.chars().all(char::is_alphabetic);
    let spaceless = !alt.is_empty() && !alt.contains(char::is_whitespace);
    // `JamesJoanna` of `jamesjoanna.jpg`: publishing systems write names of files in small letters, and cut long ones.
    let same = stem.to_ascii_lowercase().starts_with(&low) && low.len() > 3;
    let built = alt.contains(['_', '-']) || alt.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    spaceless && (same && built || image.iter().any(|end| low.ends_with(end)) || (alt == stem && !plain_word))
}

/// The caption, if it can be as an attribute and in square brackets without being escaped.
fn alt_of_caption(story: &Story, photo: &Photo) -> Option<String> {
    let text = story.slice(photo.caption?);
    let plain = !text.contains(['"', '[', ']', '<', '>', '\\', '\n', '\u{FFFC}', '&']);
    plain.then(|| text.to_owned())
}
