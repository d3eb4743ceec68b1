//! The analysis of a text after an edit of a few paragraphs, made of the one before it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::findings::{self, Dependency, Judge};
use super::{Analysis, Analyzer, Settings};
use crate::finding::Finding;
use crate::markup::{self, BlockKind, Document, EditedBlocks, Format};
use crate::story::{Followed, ParagraphEdit, ParagraphShift, Story, Surroundings, Window};
use crate::suppress;
use crate::text::{Shift, SourceRange};

/// What ends a line.
const BREAKS: [char; 2] = ['\n', '\r'];

/// How many blocks may be edited before it is better to check the whole text.
const MOST: usize = 64;

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
        let around = edited.around;
        let (blocks, shift, old) = self.follow_document(last, edited)?;
        let part = blocks.part();
        // How far a link is from what it may be the source of is seen from other paragraphs.
        if Window::sees_link(&last.document.links, &(shift.from..shift.now)) {
            return None;
        }
        let (mut now, mut hits) = (Vec::with_capacity(part.len()), Vec::with_capacity(part.len()));
        for block in last.document.blocks.get(part.clone())? {
            let (read, found) = self.read_block(block, &BTreeSet::new());
            if suppress::has_mark(&block.prose) || !found.tired.is_empty() {
                return None;
            }
            now.push(read);
            hits.push(found);
        }
        let part_before = blocks.part_before();
        self.kept.splice(part_before.clone(), now.iter().cloned().zip(hits.iter().cloned()));
        last.hits.splice(part_before.clone(), hits);
        let before: Vec<_> = last.paragraphs.splice(part_before, now).collect();
        let prose = match (&before[..], last.paragraphs.get(blocks.first)) {
            ([before], Some(now)) => Some(Shift::between(&before.paragraph.text, &now.paragraph.text)),
            _ => None,
        };
        let paragraphs = ParagraphShift::new(blocks, prose);
        let (document, all) = (&last.document, &last.paragraphs);
        let edit = ParagraphEdit { document, paragraphs: all, before: &before, shift: paragraphs };
        let followed = last.facts.follow(&edit, around)?;
        last.variants.follow(&paragraphs, &last.hits);
        let mut start = followed.part.start;
        // What is over a list may say how many items that has.
        let is_item =
            |number: usize| last.document.blocks.get(number).is_some_and(|block| block.kind == BlockKind::ListItem);
        while !blocks.of_words && start > 0 && is_item(start - 1) {
            start -= 1;
        }
        // What is found in a paragraph may depend on the words of the next one.
        let followed = Followed { part: start.saturating_sub(1)..followed.part.end.max(part.end), ..followed };
        let now = last.document.blocks.get(followed.part.clone())?;
        let (first, behind) = (now.first()?.range.start, now.last()?.range.end);
        let from = if followed.part.start == part.start { old.start } else { shift.before(first) };
        let until = if followed.part.end == part.end { old.end } else { shift.before(behind) };
        self.follow_findings(last, edited, &followed, &shift, &(from..until))
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
        if judge.is_in_dialect() != last.is_in_dialect {
            return None;
        }
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
        last.findings.extend(judge.once_a_story(&last.once));
        findings::sort(&mut last.findings);
        Some(())
    }

    /// Brings the document up to date. Gives the blocks that were edited, the edit, and the bytes that these blocks had before.
    fn follow_document(
        &mut self,
        last: &mut Analysis,
        edited: &mut Edited,
    ) -> Option<(EditedBlocks, Shift, SourceRange)> {
        let Edited { before, source, format, .. } = *edited;
        let shift = Shift::between(before, source);
        let bytes = |document: &Document, blocks: &EditedBlocks| {
            let blocks = document.blocks.get(blocks.part_before())?;
            Some(blocks.first()?.range.start..blocks.last()?.range.end)
        };
        if format == Format::Plain
            && let Some((number, shift)) = edited_block(before, source, &last.document, shift)
        {
            let blocks = EditedBlocks::of_words(number);
            let old = bytes(&last.document, &blocks)?;
            if markup::follow(source, &mut last.document, (number, &shift), &mut self.alone).is_some() {
                edited.taken = true;
                return Some((blocks, shift, old));
            }
        }
        let document = edited.document.insert(self.parse(source, format));
        let blocks =
            last.document.edited_blocks(document, &shift).filter(|blocks| blocks.before.max(blocks.now) <= MOST)?;
        let old = bytes(&last.document, &blocks)?;
        last.document = edited.document.take()?;
        edited.taken = true;
        Some((blocks, shift, old))
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
    let blocks = numbers.iter().filter_map(|&number| document.blocks.get(number));
    blocks.map(|block| shift.before(block.range.start)..shift.before(block.range.end)).collect()
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
            "(Photo: Ana Ruiz met Tom Quill on Tuesday, and both insisted of a vote.)",
            "Mayor Ana Ruiz met Tom Quill on Tuesday.\n\nBoth insisted of a vote.",
            "It rained on Monday.\n\nMayor Ana Ruiz met Tom Quill on Tuesday, and both insisted of a vote.\n\nAna Ruiz, who is 42, left.",
        ] {
            assert!(is_followed(story, now), "{now}");
            assert!(is_followed(now, story), "back from: {now}");
        }
        for now in [
            "Mayor Ana Ruiz met Tom Quill on Tuesday (CQ), and both insisted of a vote.",
            "The mayors [sic] met on Tuesday.\n\nBoth insisted of a vote (CQ).",
        ] {
            assert!(!is_followed(story, now), "{now}");
        }
    }
}
