//! Lines that are known by their form: bylines, datelines, notes, source lines.

use std::sync::LazyLock;

use super::{Openings, has_inner_stop, start_of};
use crate::lexicon;
use crate::text::find_date;

/// “By Ana Ruiz”, “By Ana Ruiz and Tom Okafor, Staff Writers”, “By Ana Ruiz | The Courier”.
pub(super) fn is_byline(text: &str) -> bool {
    let text = text.trim_start_matches(['—', '–', '-', ' ']);
    // “Review by Ana Ruiz”, “Interview by Ana Ruiz”.
    let kind = ["Review ", "Interview ", "Story ", "Report ", "Words "];
    let text =
        kind.iter().find_map(|kind| text.strip_prefix(kind)).filter(|rest| rest.starts_with("by ")).unwrap_or(text);
    let Some(rest) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")).or_else(|| text.strip_prefix("by "))
    else {
        return false;
    };
    if rest.len() > 160 || rest.contains(['“', '"', '?', '!', ';']) {
        return false;
    }
    // “by ruiz | February 12, 2018 18:53”: an account has no capital, and the day tells the line.
    if let Some((who, day)) = rest.split_once(" | ")
        && (1..=4).contains(&who.split_whitespace().count())
        && find_date(day).is_some_and(|(_, range)| range.start == 0 && day.len() < range.end + 12)
    {
        return true;
    }
    let names =
        rest.trim_start_matches(':').trim().split([',', '|', '•', '·', '/', '\n', '(']).next().unwrap_or_default();
    let names = names.trim_end_matches('.');
    let after = &rest[rest.find(names).map_or(0, |at| at + names.len())..];
    // “By Monday morning, the crew …” is a sentence: it has words in lower case after the comma.
    let lower =
        after.split_whitespace().filter(|word| word.starts_with(char::is_lowercase) && !is_name_particle(word)).count();
    let lower_limit = if text.ends_with('.') { 0 } else { 3 };
    is_names(names) && lower <= lower_limit && after.split_whitespace().count() <= 14
}

/// “Ana Ruiz”, “ANA RUIZ and Tom van den Berg”: two or more names that are not a place in the calendar.
pub(super) fn is_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=12).contains(&words.len()) {
        return false;
    }
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let well = words.iter().all(|word| {
        let inner = word.trim_end_matches([',', '.']);
        (inner.starts_with(char::is_uppercase)
            && !inner.contains(|c: char| c.is_ascii_digit())
            && !is_calendar_word(inner))
            || is_name_particle(inner)
            || matches!(inner, "and" | "&" | "with" | "AND")
    });
    well && capitals >= 2
}

fn is_name_particle(word: &str) -> bool {
    lexicon::structure::NAME_PARTICLES.contains(word)
}

fn is_calendar_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    // “May” is a name more often than a month.
    word != "may" && lexicon::time::MONTHS.contains(&word)
        || lexicon::time::WEEKDAYS.contains(&word)
        || matches!(&*word, "morning" | "noon" | "election" | "christmas" | "the" | "then")
}

/// “KESTREL BAY, Feb. 12, 2018 (CNS) —”, “Kestrel Bay, Feb. 12, 2018”, “Published Feb. 12, 2018”: a line of its own.
pub(super) fn is_dateline(text: &str) -> bool {
    if text.len() > 110 {
        return false;
    }
    let bare = text.trim_end_matches(['—', '–', '-', ' ', '.', ':']);
    let dashed = bare.len() < text.trim_end().len() && text.trim_end().ends_with(['—', '–', '-']);
    let Some((_, range)) = find_date(bare) else {
        let agency = bare.ends_with(')') && bare.contains(" (");
        let place = bare.split(['(', ',']).next().unwrap_or_default().trim();
        let letters = place.chars().filter(|c| c.is_alphabetic()).count();
        return dashed
            && letters >= 3
            && !place.chars().any(char::is_lowercase)
            && (agency || bare.split_whitespace().count() <= 6);
    };
    let (before, after) = (&bare[..range.start], &bare[range.end..]);
    let before_ok = before.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty() || word.starts_with(char::is_uppercase) || lexicon::structure::IN_DATELINES.contains(word)
    }) && before.split_whitespace().count() <= 7;
    // A time, an agency, or “Updated …” may follow; words in lower case make it a sentence.
    let after_ok = after.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != ':');
        !word.starts_with(char::is_lowercase)
            || matches!(word, "at" | "a.m" | "p.m" | "am" | "pm" | "on" | "by" | "updated" | "and" | "page" | "pages")
    }) && after.split_whitespace().count() <= 10;
    // “Ruiz was born Feb. 12, 1958” has a verb; “Feb. 12, 2018” in a list of titles has a stop before it.
    before_ok && after_ok && !has_inner_stop(before) && !before.contains(['(', '—', '–'])
}

static NOTES: LazyLock<Openings> = LazyLock::new(|| Openings::of(lexicon::structure::NOTES.iter()));

/// A correction, an editor's note or an update.
pub(super) fn is_note(text: &str) -> bool {
    if !NOTES.may_open(text) {
        return false;
    }
    let start = start_of(text, 48);
    lexicon::structure::NOTES.iter().any(|note| start.starts_with(note)) || is_dated_update(&start)
}

/// “Update 11/29/2018:”, “Updated Feb. 12, 2018, 8 a.m. —”: what was added on another day than that of publication. `start` is in
/// lower case.
fn is_dated_update(start: &str) -> bool {
    let Some(rest) = ["updated", "update", "correction"].iter().find_map(|word| start.strip_prefix(word)) else {
        return false;
    };
    let Some(end) = rest.find([':', '—', '–']).filter(|end| rest.starts_with(' ') && *end < 32) else {
        return false;
    };
    let mut words = rest[..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_of_date = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit())
            || is_calendar_word(word)
            || lexicon::time::MONTHS_ABBREVIATED.contains(word)
            || matches!(word, "may" | "at" | "on" | "a" | "p" | "m" | "am" | "pm" | "th" | "st" | "nd" | "rd")
    };
    rest[..end].contains(|c: char| c.is_ascii_digit()) && words.all(is_of_date)
}

/// “(Reuters, staff)”, “Sources: …”, “… contributed to this report.”
pub(super) fn is_source_line(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let trimmed = text.trim_end_matches('.');
    let lower = trimmed.to_lowercase();
    if lexicon::structure::CONTRIBUTED
        .iter()
        .any(|words| lower.ends_with(words) || (lower.contains(words) && lower.len() < 160))
    {
        return true;
    }
    if let Some(rest) = lower.strip_prefix("source:").or_else(|| lower.strip_prefix("sources:")) {
        return rest.split_whitespace().count() <= 15;
    }
    let Some(inner) = trimmed.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return false };
    if inner.len() > 140 || inner.contains(['(', ')', '.', '?', '!', '“', '"', ':']) {
        return false;
    }
    let items: Vec<&str> =
        inner.split([',', '/', ';', '&']).flat_map(|item| item.split(" and ")).map(str::trim).collect();
    let named = |item: &&str| {
        let known = lexicon::structure::IN_BYLINES.contains(item.to_lowercase().as_str());
        let words = item.split_whitespace().count();
        let capital = item.chars().skip(usize::from(words == 1)).any(char::is_uppercase);
        let first = item.starts_with(char::is_uppercase);
        known
            || ((1..=4).contains(&words)
                && (capital || first)
                && item.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’')))
    };
    let agency = |item: &&str| lexicon::media::IN_BYLINES.contains(item);
    let all = items.iter().all(named);
    all && (items.len() >= 2 || items.iter().any(agency))
}
