//! `release-line`: “FOR IMMEDIATE RELEASE” in a story.

use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("release-line", Run::Story(run), &[])];

/// So many paragraphs behind the line may hold the press contact.
const HEAD: usize = 5;

/// Adds a hit for each such line, but in a page that is the press release itself: there the press contact is below it.
fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for &(number, token) in story.places_of("immediate").iter() {
        let (number, at) = (number as usize, token as usize);
        let p = story.paragraph(number);
        if at == 0 || p.word(at) != "IMMEDIATE" || p.word(at - 1) != "FOR" || p.word(at + 1) != "RELEASE" {
            continue;
        }
        let mut head = story.paragraphs.iter().skip(number).take(HEAD);
        if !head.any(|read| is_press_contact(&read.paragraph.text)) {
            let passage = Passage::new(number, p.span_of(at - 1, at + 1));
            out.push(Hit::at(passage).arg("found", story.slice(passage)));
        }
    }
}

/// `Contact: Ana Ruiz, 555-0100, press@harbor.example`.
fn is_press_contact(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.to_ascii_lowercase().contains("contact") && (text.contains('@') || digits >= 7)
}
