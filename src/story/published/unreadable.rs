//! Publication dates that are in the front matter and cannot be read.

use jiff::civil::Date;

use super::normal;
use crate::markup::{Document, MetadataEntry, MetadataOrigin, is_date_key};
use crate::text::{self, SourceRange};

/// A publication date in the front matter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableDate<'d> {
    /// As it is written.
    pub value: &'d str,
    /// Its source bytes.
    pub range: SourceRange,
    /// What is wrong with it.
    pub fault: DateFault,
}

/// Why a publication date cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It is one of these two days: `02/12/2018`.
    Ambiguous([Date; 2]),
    /// It stands for no day: `31.13.2018`.
    NoDay,
    /// It names a month or a year and no day: `February 2018`.
    Incomplete,
    /// A template's `YYYY-MM-DD` that nobody filled in.
    Unfilled,
}

/// The publication dates of the front matter that cannot be read; `own_key` is the newsroom's own key for them.
///
/// Words such as `soon` or `true` are what some publishing systems want there, and what a template puts in is not known
/// yet, so neither is a mistake.
pub fn unreadable<'d>(document: &'d Document, own_key: Option<&str>) -> Vec<UnreadableDate<'d>> {
    let own_key = own_key.map(|key| normal(&key.to_lowercase()));
    let is_date = |entry: &&MetadataEntry| {
        entry.origin == MetadataOrigin::FrontMatter
            && (is_date_key(&entry.key) || own_key.as_ref().is_some_and(|key| normal(&entry.key) == *key))
    };
    let unreadable = |entry: &'d MetadataEntry| {
        let value = entry.value.trim();
        Some(UnreadableDate { value, range: entry.range.clone(), fault: fault(value)? })
    };
    document.metadata.iter().filter(is_date).filter_map(unreadable).collect()
}

/// What is wrong with a publication date; `None` where nothing is, or where it is not meant as one.
fn fault(value: &str) -> Option<DateFault> {
    if text::parse_date(value).is_some() || value.contains(['{', '<', '$', '`']) {
        return None;
    }
    if let [first, second] = text::date_readings(value)[..] {
        return Some(DateFault::Ambiguous([first, second]));
    }
    let letters = value.to_ascii_lowercase();
    if letters.contains("yy") && letters.bytes().all(|byte| b"ymd-/. ".contains(&byte)) {
        return Some(DateFault::Unfilled);
    }
    let numbers: Vec<&str> = value.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let has_word = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    match numbers[..] {
        [] => None,
        // A count of seconds or milliseconds, as computers write times.
        [only] if only.len() == 10 || only.len() == 13 => None,
        [only] if only.len() == 8 => Some(DateFault::NoDay),
        [_] => Some(DateFault::Incomplete),
        [_, _] if !has_word => Some(DateFault::Incomplete),
        _ => Some(DateFault::NoDay),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::markup::{Format, parse};

    #[test]
    fn dates_that_cannot_be_read_are_told() {
        let faults = |source: &str, own: Option<&str>| -> Vec<(String, DateFault)> {
            let document = parse(source, Format::Markdown);
            let found = unreadable(&document, own);
            found.into_iter().map(|date| (source[date.range].to_owned(), date.fault)).collect()
        };
        let source =
            "---\ndate: 02/12/2018\npublished: '31.13.2018'\npubdate: 2018-02\ngo-live: Feb. 30, 2018\n---\nBody.\n";
        let ambiguous = DateFault::Ambiguous([date(2018, 2, 12), date(2018, 12, 2)]);
        let all = [
            ("02/12/2018", ambiguous),
            ("31.13.2018", DateFault::NoDay),
            ("2018-02", DateFault::Incomplete),
            ("Feb. 30, 2018", DateFault::NoDay),
        ];
        let all = all.map(|(value, fault)| (value.to_owned(), fault));
        assert_eq!(faults(source, Some("Go_Live")), all);
        assert_eq!(faults(source, None), all[..3]);
        let one =
            |value: &str| faults(&format!("---\ndate: \"{value}\"\n---\nBody.\n"), None).pop().map(|(_, fault)| fault);
        for value in ["20181301", "12.2.18", "2018-02-30T08:00:00Z", "13/13/2018 8:30"] {
            assert_eq!(one(value), Some(DateFault::NoDay), "{value}");
        }
        for value in ["2018", "February 2018", "Spring 2018", "2 days ago"] {
            assert_eq!(one(value), Some(DateFault::Incomplete), "{value}");
        }
        assert_eq!(one("YYYY-MM-DD"), Some(DateFault::Unfilled));
        for value in ["Feb. 12, 2018", "31.12.2018", "", "true", "draft", "{{ .Date }}", "1518393600", "soon"] {
            assert_eq!(one(value), None, "{value}");
        }
    }
}
