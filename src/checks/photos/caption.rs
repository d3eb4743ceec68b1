//! Captions: their date, their tense, who is where, and their end.

use super::{from_the_file, written};
use crate::finding::Applicability;
use crate::lexicon::{self, inflect};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::{Photo, Story};

/// `photos-no-date`: something happens in the photo, and nothing says when.
///
/// File photos are the business of `photos-file-undated`.
pub(in crate::checks) fn no_date(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let (Some(caption), Some(verb)) = (photo.caption, photo.present_verb) else { continue };
        let dated = photo.caption_date.is_some() || photo.credit.as_ref().is_some_and(|c| c.date.is_some());
        if dated || is_file(photo) {
            continue;
        }
        let stop = u32::from(story.slice(caption).ends_with('.'));
        let at = caption.span.end - stop;
        let hit = Hit::at(verb).arg("found", story.slice(verb));
        out.push(match photo.metadata.as_ref().and_then(|m| m.taken) {
            Some(taken) => {
                let date = written(taken);
                let title = format!("Add “{date}”");
                hit.assumed(from_the_file()).insert(caption, at, format!(", {date}"), title, Applicability::Suggested)
            }
            None => hit.insert(caption, at, " [on which day?]", "Ask for the date", Applicability::Query),
        });
    }
}

fn is_file(photo: &Photo) -> bool {
    photo.credit.as_ref().is_some_and(|credit| credit.file.is_some())
}

/// `photos-file-present-tense`: an old photo told as if it were today. A date makes the present tense harmless.
pub(in crate::checks) fn file_present_tense(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let (Some(verb), Some(credit)) = (photo.present_verb, &photo.credit) else { continue };
        if !is_file(photo) || credit.date.is_some() || photo.caption_date.is_some() {
            continue;
        }
        let found = story.slice(verb);
        let mut hit = Hit::at(verb).arg("found", found);
        if let Some(past) = past(found) {
            hit = hit.replace(verb, past, Applicability::Suggested);
        }
        if let Some(file) = credit.file {
            hit = hit.related(Passage { paragraph: credit.passage.paragraph, span: file }, "a file photo");
        }
        out.push(hit);
    }
}

/// `heads` → `headed`, `is speaking` → `was speaking`.
fn past(verb: &str) -> Option<String> {
    let low = verb.to_lowercase();
    for (be, was) in [("is ", "was "), ("are ", "were ")] {
        if let Some(rest) = low.strip_prefix(be) {
            return Some(format!("{was}{rest}"));
        }
    }
    let stem = |end: &str, put: &str| low.strip_suffix(end).map(|stem| format!("{stem}{put}"));
    let bases = [stem("ies", "y"), stem("es", ""), stem("s", ""), Some(low.clone())];
    bases.into_iter().flatten().find_map(|base| {
        let forms = inflect::verb(&base);
        let known = base == low || forms.get(1) == Some(&low);
        known.then(|| forms.get(2).cloned()).flatten()
    })
}

/// Number words that captions count people with.
const COUNTS: &[(&str, usize)] =
    &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8)];

/// `photos-left-right-count`: `from left` with one name, or with more or fewer names than the caption counts people.
pub(in crate::checks) fn left_right_count(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for photo in story.photos {
        let Some(caption) = photo.caption else { continue };
        let Some(read) = story.paragraphs.get(caption.paragraph()) else { continue };
        let paragraph = &read.paragraph;
        let tokens = paragraph.tokens_in(caption.span);
        let Some(at) = tokens.clone().find(|&at| is_from_left(paragraph, at)) else { continue };
        let named = read.names.names.iter().filter(|n| caption.span.contains(n.span) && n.given.is_some()).count();
        let singles = read.names.names.iter().any(|n| caption.span.contains(n.span) && n.given.is_none());
        let counted = tokens.clone().find_map(|at| {
            let count = COUNTS.iter().find(|(word, _)| *word == paragraph.low(at))?.1;
            let noun = (at + 1..at + 4).any(|at| lexicon::photos::COUNTED.contains(paragraph.low(at)));
            noun.then_some(count)
        });
        // Names of one word may be people or not, so nothing is counted when there are any.
        let wrong = match counted {
            Some(count) => !singles && named > 0 && named != count,
            None => !singles && named == 1,
        };
        if !wrong {
            continue;
        }
        let passage = Passage::new(caption.paragraph(), paragraph.span_of(at, at + 1));
        let message = match counted {
            Some(count) => format!("The caption counts {count} and names {named}: who is missing, or one too many?"),
            None => format!("“{}” needs more than one name", story.slice(passage)),
        };
        out.push(Hit::at(passage).message(message));
    }
}

fn is_from_left(paragraph: &Paragraph, at: usize) -> bool {
    let next = paragraph.low(at + 1);
    match paragraph.low(at) {
        "from" => matches!(next, "left" | "right") && !matches!(paragraph.low(at + 2), "of" | "field" | "wing"),
        "left" => next == "to" && paragraph.low(at + 2) == "right",
        _ => false,
    }
}

/// A caption of fewer words is a label and needs no point.
const SENTENCE: usize = 5;

/// `photos-caption-stop`: one caption ends without a point, most of the others with one.
pub(in crate::checks) fn stop(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut closed = 0;
    let mut open = Vec::new();
    for caption in story.photos.iter().filter_map(|photo| photo.caption) {
        let paragraph = story.paragraph(caption.paragraph());
        if paragraph.kind != BlockKind::Caption {
            continue;
        }
        let tokens = paragraph.tokens_in(caption.span);
        let words = tokens.clone().filter(|&at| paragraph.tokens.get(at).is_some_and(|t| t.kind != TokenKind::Punct));
        if words.count() < SENTENCE {
            continue;
        }
        match story.slice(caption).trim_end_matches(['”', '"', '’', '\'', ')']).chars().next_back() {
            Some('.' | '!' | '?' | '…') => closed += 1,
            Some(c) if c.is_alphanumeric() => open.push(caption),
            _ => {}
        }
    }
    if closed <= open.len() {
        return;
    }
    for caption in open {
        let paragraph = story.paragraph(caption.paragraph());
        let last = paragraph.tokens_in(caption.span).end.saturating_sub(1);
        let passage = Passage::new(caption.paragraph(), paragraph.span_of(last, last));
        let hit = Hit::at(passage).arg("found", story.slice(passage));
        out.push(hit.insert(caption, caption.span.end, ".", "Add a point", Applicability::Safe));
    }
}

#[cfg(test)]
mod tests {
    use super::past;

    #[test]
    fn verbs_go_to_the_past() {
        for (verb, expected) in [
            ("heads", "headed"),
            ("meets", "met"),
            ("watches", "watched"),
            ("carries", "carried"),
            ("flies", "flew"),
            ("leaves", "left"),
            ("are waiting", "were waiting"),
            ("march", "marched"),
        ] {
            assert_eq!(past(verb).as_deref(), Some(expected), "{verb}");
        }
    }
}
