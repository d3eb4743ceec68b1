//! Whose a picture is in words and links that are no credit line.

use crate::lexicon;
use crate::markup::Image;
use crate::story::Story;
use crate::story::person::is_given_name;

/// `Text and photographs by Ana Ruiz`, `Photos by Ana Ruiz unless otherwise noted`: a line or the end of a caption that says whose all
/// pictures of the story are.
pub(super) fn says_whose_all_are(story: &Story) -> bool {
    story.paragraphs.iter().any(|read| {
        let text = &read.paragraph.text;
        if text.len() > LONGEST_LINE {
            return false;
        }
        let low = text.to_lowercase();
        let labels = ["photos by ", "photographs by ", "photography by ", "pictures by ", "images by "];
        labels.iter().any(|label| {
            low.find(label).is_some_and(|at| {
                let with_text = ["and ", "& ", "/ ", "/"].iter().any(|and| low[..at].ends_with(and));
                with_text || low[at..].contains(" unless ")
            })
        })
    })
}

/// Longer paragraphs tell of pictures, in bytes.
const LONGEST_LINE: usize = 400;

/// Hosts of photos whose pages name who took them.
const PHOTO_HOSTS: &[&str] = &[
    "flickr.com/",
    "flic.kr/",
    "commons.wikimedia.org/",
    "unsplash.com/",
    "pexels.com/",
    "pixabay.com/",
    "500px.com/",
];

/// Whether the picture is the text of a link to the page of a library, which names its owner.
pub(super) fn leads_to_owner(story: &Story, image: &Image) -> bool {
    let links = &story.document.links;
    let behind = links.partition_point(|link| link.range.start <= image.range.start);
    let link = behind.checked_sub(1).and_then(|at| links.get(at));
    link.is_some_and(|link| {
        link.range.end >= image.range.end && PHOTO_HOSTS.iter().any(|host| link.target.contains(host))
    })
}

/// Whether a caption says in its own words whose the picture is: `The emir in 1911, by Sergei Prokudin`, `CC BY 3.0`.
pub(super) fn names_owner(caption: &str) -> bool {
    let low = caption.to_lowercase();
    // “Ana Ruiz / The Herald photo”
    let signed = low.ends_with(" photo") && low.contains('/');
    let by = low.rfind("by ").filter(|&at| low[..at].ends_with([' ', '\u{a0}'])).is_some_and(|at| {
        let before = low[..at].trim_end().rsplit(' ').next().unwrap_or_default();
        let before = before.trim_end_matches(['”', '"', '’', '\'']);
        let maker = before.ends_with([',', ';', ':', '.', ')']) || before.ends_with(|c: char| c.is_ascii_digit());
        // “…, by Ana Ruiz, 2015”
        let name = |name: &str| {
            let end = name.find([',', '(', '\n']).or_else(|| name.find(". ")).unwrap_or(name.len());
            has_form_of_name(name[..end].trim().trim_end_matches('.'))
        };
        (maker || lexicon::photos::WORKS.contains(before)) && caption.get(at + 3..).is_some_and(name)
    });
    // “Racing in the bay // Ana Ruiz”
    let parted = caption.rsplit_once(" // ").is_some_and(|(_, name)| has_form_of_name(name.trim()));
    by || signed
        || parted
        || ends_in_owner(caption)
        || lexicon::photos::OWNERS_IN_CAPTIONS.iter().any(|words| low.contains(words))
}

/// Whether brackets at the end of a caption hold nothing but a person's name or an outlet's letters: `(Ana Ruiz)`, `(via NPR)`.
fn ends_in_owner(caption: &str) -> bool {
    let text = caption.trim_end().trim_end_matches('.');
    let Some((before, owner)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) else { return false };
    let owner = owner.trim();
    let owner = owner.strip_prefix("via ").unwrap_or(owner);
    let is_short_form = (2..=5).contains(&owner.len()) && owner.bytes().all(|byte| byte.is_ascii_uppercase());
    // “the Student Action Council (SAC)” explains its letters.
    let initials = before.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
    let is_explained = || initials.collect::<String>().ends_with(owner);
    // “(Washington Post)”
    let last = owner.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_outlet = has_form_of_name(owner) && lexicon::photos::OWNER_WORDS.contains(last.as_str());
    is_name(owner) || is_outlet || is_short_form && !is_explained()
}

/// Whether `text` is nothing but the name of a person.
pub(super) fn is_name(text: &str) -> bool {
    has_form_of_name(text) && text.split_whitespace().next().is_some_and(|first| is_given_name(&first.to_lowercase()))
}

/// Whether `text` is two to four words with capitals.
pub(super) fn has_form_of_name(text: &str) -> bool {
    let words = || text.split_whitespace();
    let capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
    let initial = |word: &str| word.len() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase);
    (2..=4).contains(&words().count())
        && words().all(|word| capital(word) || initial(word))
        && !text.ends_with(['.', '!', '?'])
}
