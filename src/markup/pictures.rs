//! Pictures that are no photos, and credits in an image's own markup.
//!
//! A chart, a map, a logo or a screenshot has no photographer. What a picture is shows in its name, its size, the words
//! that describe it and the element around it.

use super::credits::trailing_credit;
use crate::lexicon;

/// Kinds of files that hold drawings, and those that pages are decorated with.
const DRAWN: &[&str] = &[".svg", ".gif", ".ico", ".eps", ".pdf", ".bmp"];

/// Kinds of files that hold photos.
const PHOTOS: &[&str] = &[".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".tif"];

/// Most pixels, in one direction, of a picture that is a mark beside the text.
const SMALL: u32 = 64;
/// Most pixels in both.
const SMALL_BOTH: u32 = 120;

/// Whether the file at `src` holds no photo, by its name.
pub(super) fn is_drawn(src: &str) -> bool {
    let low = src.trim().to_ascii_lowercase();
    if low.starts_with("data:") {
        return true;
    }
    // The address that a template puts together may be any picture of the site, unless it names one.
    if low.contains("{{") {
        return DRAWN.iter().any(|end| low.contains(end)) || !PHOTOS.iter().any(|end| low.contains(end));
    }
    let path = low.split(['?', '#']).next().unwrap_or(&low);
    // A site's own name says nothing of its pictures, unless it holds nothing but one kind: `avatars.example.com`.
    let (host, path) = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None => ("", path),
    };
    if host.split('.').next().is_some_and(|name| name.trim_end_matches(|c: char| c.is_ascii_digit()) == "avatars") {
        return true;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    DRAWN.iter().any(|end| name.ends_with(end))
        || lexicon::photos::DRAWINGS_IN_NAMES.iter().any(|part| name.contains(part))
        || lexicon::photos::ORNAMENTS.iter().any(|word| name.contains(word))
        || path.split(|c: char| !c.is_ascii_alphabetic()).any(|word| lexicon::photos::NAMES_OF_GRAPHICS.contains(word))
}

/// Whether a picture in a link to `target` stands for what the link leads to. A link to a larger picture does not count.
pub(super) fn is_teaser(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or(target).to_ascii_lowercase();
    // Where nothing but `#` or a script is, a template's own picture opens something.
    !PHOTOS.iter().any(|end| path.contains(end))
}

/// Whether names of classes say that what is in the element is no photo.
pub(super) fn is_drawn_class(classes: &str) -> bool {
    let low = classes.to_ascii_lowercase();
    low.split_ascii_whitespace().take(12).any(|class| {
        let said = class.split(['-', '_']).any(|word| lexicon::photos::CLASSES_OF_DRAWINGS.contains(word));
        said || class == "thumbnail"
    })
}

/// Whether a picture of these sizes, as the markup gives them, is a mark beside the text.
pub(super) fn is_small(width: Option<&str>, height: Option<&str>) -> bool {
    let pixels = |value: Option<&str>| {
        let value = value?.trim();
        let digits = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
        let unit = value.get(digits..)?.trim();
        (unit.is_empty() || unit == "px").then(|| value.get(..digits)?.parse::<u32>().ok()).flatten()
    };
    match (pixels(width), pixels(height)) {
        (Some(width), Some(height)) => width.max(height) <= SMALL_BOTH || width.min(height) <= 2,
        (Some(one), None) | (None, Some(one)) => one <= SMALL,
        (None, None) => false,
    }
}

/// Whether a description says that the picture is none a camera took: `Map of the closures`, `Bar chart: jobs by year`.
pub(crate) fn says_drawn(text: &str) -> bool {
    let text = text.trim();
    let sentence = text.find(['.', '!', '?', '\n']).map_or(text, |at| &text[..at]);
    let words: Vec<String> = sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != ':').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    // `harborwatch.org`: a page.
    let is_host = |text: &str| [".org", ".com", ".net", ".gov", ".edu"].iter().any(|end| text.ends_with(end));
    if !text.contains(char::is_whitespace) && is_host(text) {
        return true;
    }
    let is_noun = |word: &str| lexicon::photos::NOUNS_OF_GRAPHICS.contains(word.trim_end_matches(':'));
    if words.iter().any(|word| lexicon::photos::DRAWINGS.contains(word.trim_end_matches(':')))
        || sentence.to_lowercase().contains("screen shot")
    {
        return true;
    }
    // “You can see the lines of code from the top two authors”: whoever is shown a picture of a program is told what to look at.
    let low = text.to_lowercase();
    if lexicon::photos::SHOWN_TO_READERS.iter().any(|words| low.contains(words)) {
        return true;
    }
    (0..words.len().min(6)).any(|at| is_noun(&words[at]) && is_of_noun(&words, at))
}

/// Whether the picture is what the noun at `at` of its description names.
fn is_of_noun(words: &[String], at: usize) -> bool {
    let Some(noun) = words.get(at) else { return false };
    let last = at + 1 == words.len();
    let leads_on = words.get(at + 1).is_some_and(|next| {
        lexicon::photos::BEHIND_NOUNS_OF_GRAPHICS.contains(next.as_str())
            || next.starts_with(|c: char| c.is_ascii_digit())
    });
    // In “A man holds a map” the map is not what the words are about.
    let articles = words.iter().take(at).skip(1).any(|word| matches!(word.as_str(), "a" | "an" | "the"));
    let opens = at <= 2 || !articles;
    opens && (noun.ends_with(':') || leads_on || last)
}

/// The credit at the end of an alternative text or a title.
pub(super) fn credit_in(text: &str) -> Option<String> {
    trailing_credit(text).map(|range| text[range].to_owned())
}

/// Names of attributes in which a photo's owner stands, in lower case.
pub(super) const CREDIT_ATTRIBUTES: &[&str] = &[
    "data-credit",
    "data-photo-credit",
    "data-image-credit",
    "data-caption-credit",
    "data-photographer",
    "data-copyright",
    "data-attribution",
    "data-byline",
    "data-source-credit",
    "credit",
    "photographer",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sizes_tell_drawings_from_photos() {
        for src in [
            "https://avatars2.example.com/u/705?s=72",
            "/img/map.png",
            "/logos/a.jpg",
            "jobs-chart.png",
            "data:image/png;base64,x",
            "a.svg?v=2",
            "screenshot3.png",
        ] {
            assert!(is_drawn(src), "{src}");
        }
        for src in
            ["/img/ferry.jpg", "https://maps.example.org/uploads/mayor.jpg", "/2018/02/IMG_1234.JPG", "coverage.jpg"]
        {
            assert!(!is_drawn(src), "{src}");
        }
        assert!(is_small(None, Some("27")) && is_small(Some("1"), Some("1")) && is_small(Some("96px"), Some("96")));
        assert!(!is_small(Some("100%"), None) && !is_small(Some("600"), Some("90")) && !is_small(Some("6.5in"), None));
    }

    #[test]
    fn descriptions_tell_drawings_from_photos() {
        for text in [
            "Map of the bridge closures",
            "Bar chart: jobs by year",
            "An illustration of people at desks",
            "Screenshot of the county website",
            "Figure 3",
            "The county’s new logo",
            "A graphic illustration of a file",
            "A matrix with four fields",
            "In one view, the page lets you see a year",
            "HarborWatch.org",
            "The crew’s petition (39 pp., 365 kb, PDF)",
            "List of the ten worst piers",
        ] {
            assert!(says_drawn(text), "{text}");
        }
        for text in [
            "Mayor Ana Ruiz speaks at the bridge",
            "A man holds a map",
            "The charter school in May",
            "Ana Ruiz, left, with the cover artist",
            "Ana Ruiz reads a letter from a fan",
            "",
        ] {
            assert!(!says_drawn(text), "{text}");
        }
    }
}
