//! `consistency`: one story, one form.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::paragraph_hits::ParagraphHits;
use super::wording::with_capitals_of;
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Check, Engine, Hit, Rule, Run, VariantMatch, phrase};
use crate::story::{ParagraphShift, Story};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] =
    &[Check::new("consistency", Run::Engine(Engine::Variants), &[]).says(&["found", "use"]).reads(&["variants"])];

/// Where each form of each group is, over the whole story.
#[derive(Debug, Default)]
pub struct Variants {
    /// By rule and group: the matches with their paragraphs, in reading order.
    groups: BTreeMap<(u32, u32), Vec<(u32, VariantMatch)>>,
}

impl Variants {
    /// Collects what the paragraphs' scans found.
    pub fn collect(paragraphs: &[Arc<ParagraphHits>]) -> Self {
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (number, hits) in paragraphs.iter().enumerate() {
            for &found in &hits.variants {
                groups.entry((found.rule, found.group)).or_default().push((number as u32, found));
            }
        }
        Self { groups }
    }

    /// Takes those of edited paragraphs from their scans again.
    pub(crate) fn follow(&mut self, shift: &ParagraphShift, paragraphs: &[Arc<ParagraphHits>]) {
        let part = shift.part();
        for matches in self.groups.values_mut() {
            if shift.renumbers() {
                matches.iter_mut().for_each(|(paragraph, _)| *paragraph = shift.number(*paragraph));
            }
            let ahead = |end: usize| matches.partition_point(|(paragraph, _)| (*paragraph as usize) < end);
            let old = ahead(part.start)..ahead(part.end);
            matches.drain(old);
        }
        for (number, hits) in paragraphs.iter().enumerate().take(part.end).skip(part.start) {
            for &found in &hits.variants {
                let matches = self.groups.entry((found.rule, found.group)).or_default();
                let behind = matches.partition_point(|(paragraph, _)| *paragraph as usize <= number);
                matches.insert(behind, (number as u32, found));
            }
        }
    }
}

/// Adds a hit for each form that is rarer than another of its group; of equally common ones the first used is kept.
pub(super) fn run(rule: &Rule, index: u32, variants: &Variants, story: &Story, out: &mut Vec<Hit>) {
    for (&(_, group), matches) in variants.groups.range((index, 0)..=(index, u32::MAX)) {
        let forms = &rule.variants[group as usize];
        let mut in_scope = longest(matches);
        in_scope.retain(|(paragraph, found)| {
            let passage = Passage { paragraph: *paragraph, span: found.span };
            rule.scope.holds(story.paragraph(passage.paragraph()).kind)
                && !is_spelled_as_it_is(story, passage)
                && !is_another_name(story, passage)
        });
        let mut counts = vec![0usize; forms.len()];
        in_scope.iter().for_each(|(_, found)| counts[found.form as usize] += 1);
        let Some(kept) = most_common(&counts, &in_scope) else { continue };
        let Some((paragraph, first)) = in_scope.iter().find(|(_, found)| found.form == kept) else { continue };
        let first = Passage { paragraph: *paragraph, span: first.span };
        for (paragraph, found) in in_scope.iter().filter(|(_, found)| found.form != kept) {
            let passage = Passage { paragraph: *paragraph, span: found.span };
            let written = story.slice(passage);
            let text =
                with_capitals_of(written, &same_form(&forms[found.form as usize], &forms[kept as usize], written));
            let hit = Hit::at(passage)
                .arg("found", written)
                .arg("use", format!("“{text}”"))
                .related(first, format!("“{}” appears here", story.slice(first)));
            out.push(hit.replace(passage, text, rule.fix));
        }
    }
}

/// Whether the words are a part of an address or a handle, which are spelled as they are: `HealthCare.gov`, `@ceasefire`.
fn is_spelled_as_it_is(story: &Story, passage: Passage) -> bool {
    let paragraph = story.paragraph(passage.paragraph());
    let before = paragraph.text.get(..passage.span.start()).unwrap_or_default();
    before.ends_with(['@', '#', '_']) || paragraph.is_in_address(passage.span)
}

/// Whether the words are told as another name of the same thing: `also known as Myanmar`, `formerly Swaziland`, `Burma/Myanmar`.
fn is_another_name(story: &Story, passage: Passage) -> bool {
    let text = &story.paragraph(passage.paragraph()).text;
    let before = text.get(..passage.span.start()).unwrap_or_default();
    let behind = text.get(passage.span.end()..).unwrap_or_default();
    if before.ends_with('/') || behind.starts_with('/') {
        return true;
    }
    let before = before.trim_end_matches([' ', '“', '‘', '"', '\'']);
    lexicon::checks::OTHER_NAMES.iter().any(|told| before.ends_with(told))
}

/// The matches that no longer one of the group covers, in reading order: “cease-fire line” covers “cease-fire”.
fn longest(matches: &[(u32, VariantMatch)]) -> Vec<&(u32, VariantMatch)> {
    let mut matches: Vec<_> = matches.iter().collect();
    matches.sort_by_key(|(paragraph, found)| (*paragraph, found.span.start, std::cmp::Reverse(found.span.end)));
    let mut kept: Vec<&(u32, VariantMatch)> = Vec::with_capacity(matches.len());
    for found in matches {
        // Ends of those kept rise with their starts, so the last one reaches farthest.
        let covered = kept
            .last()
            .is_some_and(|last| last.0 == found.0 && last.1.span != found.1.span && last.1.span.contains(found.1.span));
        if !covered {
            kept.push(found);
        }
    }
    kept
}

fn most_common(counts: &[usize], in_order: &[&(u32, VariantMatch)]) -> Option<u32> {
    let most = *counts.iter().max()?;
    if counts.iter().filter(|&&count| count > 0).count() < 2 {
        return None;
    }
    in_order.iter().map(|(_, found)| found.form).find(|&form| counts[form as usize] == most)
}

/// `to` in the inflected form in which `from` was written.
fn same_form(from: &str, to: &str, written: &str) -> String {
    let lower = crate::prose::Folded::new(written).lower;
    let literals = phrase::literals(from).unwrap_or_default();
    match literals.iter().position(|literal| literal.to_lowercase() == lower) {
        Some(number) => phrase::fill(to, &phrase::expansion(from, number), false),
        None => to.to_owned(),
    }
}
