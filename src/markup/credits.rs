//! Photo credits inside a caption or alone: “(Photo: Ana Ruiz)”, “Photo by Ana Ruiz”, “AP Photo/Ana Ruiz”.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

// Letters are Latin ones by their ranges: classes of all of Unicode, repeated a counted number of times, take longer to
// compile than a story to read.

/// Words that open a credit in brackets, in lower case. “(Photo: …)”, “(Courtesy of …)”, “(AP Photo/…)”.
static IN_BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?:
            (?i: (?: (?:ap|afp|upi|reuters|epa|getty|file|handout|submitted|courtesy|contributed|staff|pool|official|provided|archive)\s+ )?
                 (?: photo(?:s|graph|graphs|graphy)? | image(?:s)? | picture(?:s)? | credit(?:s)? | illustration | graphic | screenshot | screen\ grab )
                 \s* (?: : | / | (?:were\ |was\ )?(?:taken\ |shot\ )?by\b | via\b | courtesy\b | from\b | credit\b | $ ) )
          | (?i: (?: photo\s+)? courtesy (?: \s+of | : | / ) | credit: | getty\ images | file\ photo )
          | [A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ.'’\ -]{2,40} \s* / \s* (?: AP | AFP | UPI | EPA | Reuters | REUTERS | Getty | Shutterstock | iStock | Flickr | Unsplash | Wikimedia )
              (?: \s+ (?:Images|Photo|Commons|News) | \s+via\s [A-Za-zÀ-ɏ\ ]+ | \s+Images\ via\ [A-Za-zÀ-ɏ\ ]+ )? $
        )",
    )
    .ok()
});

/// A credit without brackets at the end of a caption, or alone.
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?: ^ | [.!?”’)\x22\]] \s+ | \n \s* ) (
            (?: (?:AP|AFP|UPI|EPA|REUTERS|Reuters|Getty|File|Handout|Courtesy|Submitted|Staff|Pool) \s+ )?
            (?: [A-ZÀ-ÖØ-Þ][a-z]+ \s+ ){0,2}
            (?: Photo | Photos | Photograph | Photographs | Photography | Image | Images | Picture | Credit | PHOTO | PHOTOS | Illustration | Video )
            (?: \s+credit )?
            (?: \s* [:/] \s* | \s+ (?: (?:were\s+|was\s+)?(?:taken\s+|shot\s+)?by | via | courtesy\s+of | courtesy ) \s*:?\s+ ) ©?\s? [A-ZÀ-ÖØ-Þ] (?: [^.!?\n] | \.[a-z] | \b[A-Z]\. ){1,90} \.?
          | (?: Photo\s+ )? Courtesy \s* (?: of\s | : | / ) \s* [A-ZÀ-ÖØ-Þ] [^.!?\n]{1,80}
          | [A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ.'’-]+ \s [A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ.'’\ -]{1,30} \s* / \s*
              (?: AP | AFP | UPI | EPA | Reuters | REUTERS | Getty\ Images | [A-Za-zÀ-ɏ\ ]{0,20} \s via \s (?:AP|Getty\ Images|Reuters) )
        ) \s* $",
    )
    .ok()
});

/// Parts of the words by which a credit without brackets opens.
static OPENS_CREDIT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("hoto|PHOTO|redit|mage|icture|ourtesy").ok());

/// Longest block, in bytes, in which a credit is looked for: captions are short.
const LONGEST: usize = 1200;

/// The bytes of the credit that ends `text`, brackets included; `None` when there is none.
pub(super) fn trailing_credit(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end();
    if text.len() > LONGEST {
        return None;
    }
    let unstopped = text.strip_suffix('.').unwrap_or(text);
    if let Some(close) = unstopped.chars().last().filter(|c| matches!(c, ')' | ']')) {
        let open = if close == ')' { '(' } else { '[' };
        let at = unstopped.rfind(open)?;
        let inner = unstopped[at + 1..unstopped.len() - 1].trim();
        // “Credit: Ana Ruiz (CC BY 2.0)”: the licence goes with the credit before it.
        if is_licence(inner)
            && let Some(credit) = trailing_credit(&text[..at])
        {
            return Some(credit.start..text.len());
        }
        return LazyLock::force(&IN_BRACKETS).as_ref()?.is_match(inner).then_some(at..text.len());
    }
    // Most paragraphs end here: the pattern is only worth its time near a word that opens a credit.
    let tail = &text[text.floor_char_boundary(text.len().saturating_sub(160))..];
    let stroke = memchr::memchr(b'/', tail.as_bytes()).is_some();
    if !stroke && LazyLock::force(&OPENS_CREDIT).as_ref().is_some_and(|words| !words.is_match(tail)) {
        return None;
    }
    let offset = text.len() - tail.len();
    // `^` in the pattern means the start of the block, so a cut tail may not match there.
    let found = LazyLock::force(&BARE).as_ref()?.captures(tail)?;
    let (whole, credit) = (found.get(0)?, found.get(1)?);
    if offset > 0 && whole.start() == 0 && credit.start() == 0 {
        return None;
    }
    Some(offset + credit.start()..offset + credit.end())
}

/// Whether a licence or a permission is all that brackets hold.
fn is_licence(inner: &str) -> bool {
    let low = inner.to_ascii_lowercase();
    ["cc ", "cc-", "cc0", "creative commons", "public domain", "used with permission", "with permission"]
        .iter()
        .any(|start| low.starts_with(start))
}

/// Whether `text`, right under a photo, is nothing but its owner: `Nora Blake for The Herald`, `© Nora Blake`,
/// `Nora Blake / The Herald`, `Nora Blake | The Herald`.
pub(super) fn is_bare_credit(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    if text.len() > 80 || text.contains('\n') {
        return false;
    }
    if let Some(owner) = text.strip_prefix('©') {
        return owner.trim_start().starts_with(char::is_uppercase);
    }
    let Some((name, owner)) = [" for ", " / ", "/", " | "].iter().find_map(|mark| text.split_once(mark)) else {
        return false;
    };
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let small = |word: &str| matches!(word, "the" | "of" | "and" | "de" | "van" | "von" | "&" | "for");
    let all = |part: &str| part.split_whitespace().all(|word| capital(word) || small(word));
    (2..=4).contains(&name.split_whitespace().count())
        && all(name)
        && name.split_whitespace().filter(|word| capital(word)).count() >= 2
        && (1..=5).contains(&owner.split_whitespace().count())
        && all(owner)
        && owner.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(text: &str) -> Option<&str> {
        trailing_credit(text).map(|range| &text[range])
    }

    #[test]
    fn credits_end_a_caption() {
        for (text, expected) in [
            ("The ferry leaves. (Photo: via Wire, file)", "(Photo: via Wire, file)"),
            ("The ferry leaves. (AP Photo/Ana Ruiz)", "(AP Photo/Ana Ruiz)"),
            ("The ferry leaves. (Ana Ruiz/Reuters)", "(Ana Ruiz/Reuters)"),
            ("The ferry leaves. [Photo courtesy of the port]", "[Photo courtesy of the port]"),
            ("The ferry leaves. Photo by Ana Ruiz", "Photo by Ana Ruiz"),
            ("The ferry leaves. Credit: Ana Ruiz for the Courier", "Credit: Ana Ruiz for the Courier"),
            ("Photo: Ana Ruiz", "Photo: Ana Ruiz"),
            ("The ferry. Credit: Ana Ruiz (CC BY 2.0).", "Credit: Ana Ruiz (CC BY 2.0)."),
            ("The ferry. Credit: ©Ana T. Ruiz/USAID", "Credit: ©Ana T. Ruiz/USAID"),
            ("Ana Ruiz / Getty Images", "Ana Ruiz / Getty Images"),
        ] {
            assert_eq!(credit(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn body_copy_has_no_credit() {
        for text in [
            "He showed a photo by the late mayor.",
            "The picture was taken on Sunday (photographs were not allowed)",
            "The town gave him credit for the bridge.",
            "Ruiz, who ran for the Senate (and lost)",
            "The store sells photo frames and/or albums",
        ] {
            assert_eq!(credit(text), None, "{text}");
        }
    }
}
