//! Whether the people of a caption are the people of the story.

use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::person::MentionForm;
use crate::story::person::context::{first_name, surname_of};
use crate::story::person::spelling::near;
use crate::story::{Person, Story};

/// A body of fewer paragraphs is a photo's own text, not a story that a photo goes with.
const STORY: usize = 3;

/// `photos-name-not-in-story`: somebody in a caption whom the story spells otherwise, or does not name.
pub(in crate::checks) fn name_not_in_story(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let captions = story.paragraphs_of(BlockKind::Caption).next().is_some();
    let body = story.index.iter().filter(|entry| entry.kind.is_body());
    if !captions || body.count() < STORY {
        return;
    }
    let in_body = |person: &Person| {
        person.mentions.iter().any(|m| {
            let kind = story.kind(m.passage.paragraph());
            kind.is_body() || kind == BlockKind::Headline
        })
    };
    for (at, person) in story.people.iter().enumerate().filter(|(_, person)| !in_body(person)) {
        let Some(mention) = person.mentions.iter().find(|m| m.form == MentionForm::Full) else { continue };
        let passage = mention.passage;
        if !in_caption(story, passage) {
            continue;
        }
        let hit = Hit::at(passage).arg("found", story.slice(passage));
        let others = story.spelling.alike(at).into_iter().filter_map(|at| story.people.get(at));
        let alike = others.into_iter().find(|other| in_body(other) && is_slip(person, other));
        out.push(match alike {
            Some(other) => {
                let hit = hit
                    .arg("name", other.name.clone())
                    .message("The story writes “{name}” for “{found}”")
                    .replace(passage, other.name.clone(), Applicability::Suggested);
                match other.mentions.first() {
                    Some(first) => hit.related(first.passage, "so in the story"),
                    None => hit,
                }
            }
            None => hit.at_most(Severity::Query),
        });
    }
}

fn is_slip(person: &Person, other: &Person) -> bool {
    let same_first = first_name(person) == first_name(other);
    let same_last = surname_of(person) == surname_of(other);
    same_first && near(&surname_of(person), &surname_of(other))
        || same_last && near(&first_name(person), &first_name(other))
}

/// Whether `passage` lies in a caption, outside the credit.
fn in_caption(story: &Story, passage: Passage) -> bool {
    let opens_credit = || {
        let before = story.paragraph(passage.paragraph()).text[..passage.span.start()].to_lowercase();
        lexicon::photos::OPENING_CREDITS.iter().any(|words| before.contains(words))
    };
    story.kind(passage.paragraph()) == BlockKind::Caption
        && !opens_credit()
        && !story
            .photos
            .iter()
            .filter_map(|photo| photo.credit.as_ref())
            .any(|credit| credit.passage.paragraph == passage.paragraph && credit.passage.span.overlaps(passage.span))
}
