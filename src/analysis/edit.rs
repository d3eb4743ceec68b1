//! The analysis of a text after an edit inside one paragraph, made of the one before it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::findings::{self, Dependency, Judge};
use super::{Analysis, Analyzer, Settings};
use crate::finding::Finding;
use crate::markup::{self, Document, Format};
use crate::story::{Followed, ParagraphEdit, Story, Surroundings, Window};
use crate::suppress;
use crate::text::{Shift, SourceRange};

/// What ends a line.
const BREAKS: [char; 2] = ['\n', '\r'];

/// A text that was edited, and what it is checked by.
pub(super) struct Edited<'e> {
    /// The text before.
    pub before: &'e str,
    /// The text now.
    pub source: &'e str,
    /// What became of it, once it was taken apart as a whole.
    pub document: Option<Document>,
    /// The analysis has the document of this text already.
    pub taken: bool,
    pub format: Format,
    pub around: &'e Surroundings,
    pub settings: &'e Settings,
}

impl Analyzer {
    /// Makes `last` the analysis of the edited text. `None` when that must be checked as a whole: then `last` is good for
    /// nothing but its links.
    pub(super) fn follow(&mut self, last: &mut Analysis, edited: &mut Edited) -> Option<()> {
        if last.silenced || last.tired || !self.has_kept(last) {
            return None;
        }
        let Edited { source, around, .. } = *edited;
        let (number, shift) =
            edited_block(edited.before, source, &last.document, Shift::between(edited.before, source))?;
        let old_end = last.document.blocks.get(number)?.range.end;
        self.follow_document(last, edited, number, &shift)?;
        let block = last.document.blocks.get(number)?;
        // How far a link is from what it may be the source of is seen from other paragraphs.
        if Window::sees_link(&last.document.links, &(shift.from..shift.now)) || suppress::has_mark(&block.prose) {
            return None;
        }
        let (now, hits) = self.read_block(block, &BTreeSet::new());
        if !hits.tired.is_empty() {
            return None;
        }
        *self.kept.get_mut(number)? = (Arc::clone(&now), Arc::clone(&hits));
        *last.hits.get_mut(number)? = hits;
        let read = std::mem::replace(last.paragraphs.get_mut(number)?, now);
        let now = last.paragraphs.get(number)?;
        let prose = Shift::between(&read.paragraph.text, &now.paragraph.text);
        let edit =
            ParagraphEdit { document: &last.document, paragraphs: &last.paragraphs, number, before: &read, prose };
        let followed = last.facts.follow(&edit, around)?;
        last.variants.follow(number, &last.hits);
        // What is found in a paragraph may depend on the words of the next one.
        let part = followed.part.start.saturating_sub(1)..followed.part.end.max(number + 1);
        let blocks = last.document.blocks.get(part.clone())?;
        let behind = if part.end == number + 1 { old_end } else { blocks.last()?.range.end + shift.until - shift.now };
        let old = blocks.first()?.range.start..behind;
        self.follow_findings(last, edited, &Followed { part, ..followed }, &shift, &old)
    }

    /// Brings the findings up to date, when the facts of the paragraphs in `followed` changed, which had the bytes `old`.
    fn follow_findings(
        &self,
        last: &mut Analysis,
        edited: &Edited,
        followed: &Followed,
        shift: &Shift,
        old: &SourceRange,
    ) -> Option<()> {
        let unlike = places_before(&last.document, &followed.unlike, shift);
        let is_unlike = |finding: &Finding| {
            let at = unlike.partition_point(|range| range.end <= finding.range.start);
            unlike.get(at).is_some_and(|range| range.start <= finding.range.start)
        };
        let story = Story::new(&last.document, &last.paragraphs, &last.facts);
        let judge = Judge::new(&self.rules, edited.settings, edited.source, story);
        let is_fiction = story.reads_as_fiction();
        let same_quotes = followed.same_quotes && is_fiction == std::mem::replace(&mut last.is_fiction, is_fiction);
        let stays = |finding: &Finding| match judge.depends_on(finding) {
            Dependency::Paragraph => finding.range.start < old.start || old.end < finding.range.start,
            Dependency::Quotes => same_quotes,
            Dependency::AlikeQuotes => !is_unlike(finding),
            Dependency::Story => false,
        };
        last.findings.retain(|finding| !judge.is_once(finding) && stays(finding));
        last.once.retain(stays);
        let mut all = last.findings.iter_mut().chain(&mut last.once);
        all.try_for_each(|finding| follow_finding(finding, shift))?;
        let mut found = judge.hits_of_paragraphs(&last.hits, followed.part.clone());
        if !same_quotes {
            judge.hits_of_quotes(&mut found);
            judge.hits_of_alike_quotes(|number| followed.unlike.contains(&number), &mut found);
        }
        judge.hits_of_story(&last.variants, &mut found);
        let mut all = std::mem::take(&mut last.findings);
        all.append(&mut last.once);
        all.extend(judge.findings(found));
        findings::sort(&mut all);
        // What was found in the story now may say what a paragraph that was not edited says already.
        judge.drop_told_twice(&mut all);
        (last.once, last.findings) = all.into_iter().partition(|finding| judge.is_once(finding));
        let mut first = last.once.clone();
        judge.once_a_story(&mut first);
        last.findings.extend(first);
        findings::sort(&mut last.findings);
        Some(())
    }

    /// Brings the document up to date after an edit of block number `number`.
    fn follow_document(
        &mut self,
        last: &mut Analysis,
        edited: &mut Edited,
        number: usize,
        shift: &Shift,
    ) -> Option<()> {
        let is_followed = edited.format == Format::Plain
            && markup::follow(edited.source, &mut last.document, (number, shift), &mut self.alone).is_some();
        if !is_followed {
            let document = edited.document.insert(self.parse(edited.source, edited.format));
            if !last.document.is_edited_in(document, number, shift) {
                return None;
            }
            last.document = edited.document.take()?;
        }
        edited.taken = true;
        Some(())
    }

    /// Whether what is kept is that of `last`, and not of a text that was only tried.
    fn has_kept(&self, last: &Analysis) -> bool {
        let same = |(kept, read): (&super::KeptParagraph, &Arc<_>)| Arc::ptr_eq(&kept.0, read);
        self.kept.len() == last.paragraphs.len() && self.kept.iter().zip(&last.paragraphs).all(same)
    }
}

/// The number of the block in which an edit was made, and the edit. What was typed or deleted behind a block, with nothing but
/// white space before it, is an edit of that block and of the white space.
fn edited_block(before: &str, source: &str, document: &Document, shift: Shift) -> Option<(usize, Shift)> {
    let is_white = |text: Option<&str>| text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_whitespace()));
    let behind = document.blocks.partition_point(|block| block.range.end <= shift.from).checked_sub(1);
    let behind = behind.and_then(|number| Some((number, document.blocks.get(number)?.range.end)));
    // A line break more or less between two blocks. Which of several was typed cannot be told, so all are taken.
    if let Some((number, end)) = behind {
        let next = document.blocks.get(number + 1).map(|block| block.range.start);
        let is_apart =
            |gap: Option<&str>| is_white(gap) && gap.is_some_and(|gap| next.is_none() || gap.contains(BREAKS));
        let next = next.unwrap_or(before.len());
        let now = (next + shift.now).checked_sub(shift.until)?;
        if shift.until <= next && is_apart(before.get(end..next)) && is_apart(source.get(end..now)) {
            return Some((number, Shift { from: end, until: next, now }));
        }
    }
    let number = document.blocks.partition_point(|block| block.range.end < shift.from);
    let is_inside = |range: &SourceRange| range.start <= shift.from && shift.until <= range.end;
    if document.blocks.get(number).is_some_and(|block| is_inside(&block.range)) {
        return Some((number, shift));
    }
    // Blanks at the end of a line are in no block, and there words are typed.
    let (number, end) = behind?;
    let gap = before.get(end..shift.until)?;
    (is_white(Some(gap)) && !gap.contains(BREAKS)).then_some((number, Shift { from: end, ..shift }))
}

/// The bytes that these blocks had before the edit, with its own for the edited one.
fn places_before(document: &Document, numbers: &BTreeSet<usize>, shift: &Shift) -> Vec<SourceRange> {
    let before = |at: usize| if at >= shift.now { at - shift.now + shift.until } else { at.min(shift.from) };
    let blocks = numbers.iter().filter_map(|&number| document.blocks.get(number));
    blocks.map(|block| before(block.range.start)..before(block.range.end)).collect()
}

/// Moves all places of a finding; `None` when the edit changed one of them.
fn follow_finding(finding: &mut Finding, shift: &Shift) -> Option<()> {
    let related = finding.related.iter_mut().map(|related| &mut related.range);
    let edits = finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.range);
    std::iter::once(&mut finding.range).chain(related).chain(edits).try_for_each(|range| {
        *range = shift.range(range)?;
        Some(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::load;
    use crate::rules::PACKS;

    /// A story as it is typed at one place, each state compared with a reading from scratch.
    fn type_in(story: &str, at: &str, typed: &str) {
        let mut analyzer = Analyzer::new(Arc::new(load(PACKS, []).rules));
        let (around, settings) = (Surroundings::default(), Settings::default());
        let mut before = story.to_owned();
        let mut last = analyzer.analyze(&before, Format::Plain, &around, &settings);
        let place = story.find(at).expect("the story has the place") + at.len();
        for end in typed.char_indices().map(|(start, c)| start + c.len_utf8()) {
            let now = format!("{}{}{}", &story[..place], &typed[..end], &story[place..]);
            last = analyzer.analyze_again((&before, last), &now, Format::Plain, &around, &settings);
            before = now;
        }
    }

    #[test]
    fn what_is_typed_is_read_as_from_scratch() {
        let story = "Ferry to stay\n\nBy Ana Ruiz\n\nKestrel Bay, Feb. 12, 2018\n\nThe council of Kestrel Bay voted on Tuesday to keep \
                     the old ferry in service, and the mayor said that the town would pay for it.\n\n- One boat\n- Two boats\n\n\
                     “We will not leave this bridge to anyone,” Mayor Dale Finch said on Monday, Feb. 12.\n\n(Photo: Ana Ruiz)\n";
        type_in(story, "Ferry to stay", " in service?");
        type_in(story, "By Ana Ruiz", " and Tom Okafor");
        type_in(story, "pay for it.", " “No,” Dale Finch said. He spoke for 5 percent.\n---\n");
        type_in(story, "- One boat", " left on Sunday\n3. ");
        type_in(story, "Feb. 12.", "\r\n\r\nCorrection: It was Tuesday.");
        type_in(story, "(Photo: Ana Ruiz", "/Reuters, file");
    }

    /// Whether an edit of a story of one paragraph, between two others, is followed.
    fn is_followed(before: &str, now: &str) -> bool {
        let story = |text: &str| {
            format!("Ferry to stay\n\nThe ferry stays in service.\n\n{text}\n\nDale Finch was not there.\n")
        };
        let (before, now) = (story(before), story(now));
        let mut analyzer = Analyzer::new(Arc::new(load(PACKS, []).rules));
        let (around, settings) = (Surroundings::default(), Settings::default());
        let mut last = analyzer.analyze(&before, Format::Plain, &around, &settings);
        let (format, around, settings) = (Format::Plain, &around, &settings);
        let mut edited =
            Edited { before: &before, source: &now, document: None, taken: false, format, around, settings };
        analyzer.follow(&mut last, &mut edited).is_some()
    }

    /// What is not followed is read as a whole, with the same result, so that nothing but this shows it.
    #[test]
    fn words_are_followed_and_other_edits_are_not() {
        let story = "Mayor Ana Ruiz met Tom Quill on Tuesday, and both insisted of a vote.";
        for now in [
            "Mayor Ana Ruiz met Tom Quill on Tuesday, and both insisted of an early vote.",
            "Mayor Ana Ruiz met Tom Quill, and both insisted of a vote.",
            "Mayor Ana Ruiz met Lucy Okafor on Tuesday, and both insisted of a vote.",
            "Mayor Ana Ruiz met Tom Quill on Tuesday, and both insisted of a vote. “We will go,” she said.",
        ] {
            assert!(is_followed(story, now), "{now}");
            assert!(is_followed(now, story), "back from: {now}");
        }
        for now in [
            "Mayor Ana Ruiz met Tom Quill on Tuesday,\n\nand both insisted of a vote.",
            "Mayor Ana Ruiz met Tom Quill on Tuesday (CQ), and both insisted of a vote.",
            "(Photo: Ana Ruiz met Tom Quill on Tuesday, and both insisted of a vote.)",
        ] {
            assert!(!is_followed(story, now), "{now}");
        }
    }
}
