//! From a source text to findings, with each paragraph's work kept for the next time.
//!
//! What must always hold: the result is the same as if nothing had been kept.

mod edit;
pub mod examples;
mod findings;
mod guard;
mod left_alone;
mod likelier;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::checks::{self, ParagraphHits, Variants};
use crate::finding::Finding;
use crate::lexicon::OwnWords;
use crate::lexicon::own::HeldWords;
use crate::markup::{self, Block, BlockKind, Document, Format};
use crate::prose::Paragraph;
use crate::rules::RuleSet;
use crate::settings::{RuleSetting, Settings};
use crate::story::{Facts, ParagraphFacts, Story, Surroundings};
use crate::suppress;
use crate::text::language::is_foreign_path;
use edit::Edited;
use findings::Judge;

/// A story that was read and checked.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Its blocks, images, links and metadata.
    pub document: Document,
    /// One for each block.
    pub paragraphs: Vec<Arc<ParagraphFacts>>,
    /// What they say together.
    pub facts: Facts,
    /// Sorted by where they start, then by severity, then by rule.
    pub findings: Vec<Finding>,
    /// What was found in each paragraph by itself.
    hits: Vec<Arc<ParagraphHits>>,
    /// The forms of consistency rules in all paragraphs.
    variants: Variants,
    /// All findings of rules that report once a story.
    once: Vec<Finding>,
    /// Something in the text silences findings.
    silenced: bool,
    /// The pattern of some rule took too many steps.
    tired: bool,
    /// It reads as fiction does, of whose quotes less is asked.
    is_fiction: bool,
    /// Whether it is told in a dialect.
    is_in_dialect: bool,
}

impl Analysis {
    /// The story with its facts.
    pub fn story(&self) -> Story<'_> {
        Story::new(&self.document, &self.paragraphs, &self.facts)
    }
}

/// The longest text, in bytes, in which a build for debugging compares each edit with a reading from scratch.
const COMPARED: usize = if cfg!(debug_assertions) { 16 * 1024 } else { 0 };

/// What is kept of a paragraph: its reading and what was found in it.
type KeptParagraph = (Arc<ParagraphFacts>, Arc<ParagraphHits>);

/// Reads and checks stories, and keeps what it worked out for each paragraph.
#[derive(Debug)]
pub struct Analyzer {
    rules: Arc<RuleSet>,
    /// Of the last story, block by block.
    kept: Vec<KeptParagraph>,
    /// The words of the house that were in force for it.
    words: Arc<OwnWords>,
    /// What settings said of rules for it.
    set: HashMap<String, RuleSetting>,
    /// By that, the rules that are on, by their index: the others are not run.
    on: Vec<bool>,
    /// What the prose of each block makes it.
    alone: Vec<markup::Alone>,
    /// The longest text, in bytes, of which an edit that was followed is compared with a reading from scratch.
    compared: usize,
}

impl Analyzer {
    /// An analyzer for these rules.
    pub fn new(rules: Arc<RuleSet>) -> Self {
        let on = which_are_on(&rules, &Settings::default());
        let (kept, words, set, alone) = (Vec::new(), Arc::default(), HashMap::new(), Vec::new());
        Self { rules, kept, words, set, on, alone, compared: COMPARED }
    }

    /// Compares each edit that is followed in a text of fewer than `longest` bytes with a reading from scratch from now on, and
    /// panics where they differ. A build for debugging does so in short texts unless it is told otherwise.
    pub fn compare(&mut self, longest: usize) {
        self.compared = longest;
    }

    /// Its rules.
    pub fn rules(&self) -> &Arc<RuleSet> {
        &self.rules
    }

    /// Reads and checks `source`.
    pub fn analyze(&mut self, source: &str, format: Format, around: &Surroundings, settings: &Settings) -> Analysis {
        let _words = self.put_in_force(around, settings);
        let document = self.parse(source, format);
        self.check(source, document, around, settings, Facts::default())
    }

    /// The same, after an edit: `last` is the analysis of the text `before` it, with the same surroundings and settings.
    pub fn analyze_again(
        &mut self,
        (before, mut last): (&str, Analysis),
        source: &str,
        format: Format,
        around: &Surroundings,
        settings: &Settings,
    ) -> Analysis {
        let _words = self.put_in_force(around, settings);
        let mut edited = Edited { before, source, document: None, format, around, settings, taken: false };
        if self.follow(&mut last, &mut edited).is_some() {
            if source.len() < self.compared {
                let fresh = Analyzer::new(Arc::clone(&self.rules)).analyze(source, format, around, settings);
                assert_eq!(last.findings, fresh.findings, "findings after an edit of {before:?}");
                assert_eq!(last.document, fresh.document, "blocks after an edit of {before:?}");
                let facts = |analysis: &Analysis| format!("{:?}", analysis.story().lists());
                assert_eq!(facts(&last), facts(&fresh), "facts after an edit of {before:?}");
            }
            return last;
        }
        let document = match edited.document {
            Some(document) => document,
            None if edited.taken => last.document,
            None => self.parse(source, format),
        };
        self.check(source, document, around, settings, last.facts)
    }

    /// Reads and checks `document`, which was made from `source`.
    pub fn analyze_document(
        &mut self,
        source: &str,
        document: Document,
        around: &Surroundings,
        settings: &Settings,
    ) -> Analysis {
        let _words = self.put_in_force(around, settings);
        self.alone = Vec::new();
        self.check(source, document, around, settings, Facts::default())
    }

    /// Reads by these settings and the words of the house from here on, and forgets what was read by others.
    fn put_in_force(&mut self, around: &Surroundings, settings: &Settings) -> HeldWords {
        if self.set != settings.rules {
            self.set.clone_from(&settings.rules);
            let on = which_are_on(&self.rules, settings);
            if self.on != on {
                (self.kept, self.alone) = (Vec::new(), Vec::new());
            }
            self.on = on;
        }
        let words = around.house.words();
        if self.words != *words {
            self.words = Arc::clone(words);
            (self.kept, self.alone) = (Vec::new(), Vec::new());
        }
        words.in_force()
    }

    fn parse(&mut self, source: &str, format: Format) -> Document {
        let last = self.kept.iter().zip(&self.alone).map(|((read, _), alone)| (&*read.paragraph.text, *alone));
        let (document, alone) = markup::parse_again(source, format, &last.collect::<Vec<_>>());
        self.alone = alone;
        document
    }

    fn check(
        &mut self,
        source: &str,
        mut document: Document,
        around: &Surroundings,
        settings: &Settings,
        last: Facts,
    ) -> Analysis {
        if around.path.as_deref().is_some_and(is_foreign_path) {
            document.blocks.iter_mut().for_each(|block| block.foreign = true);
        }
        self.kept = self.read(&document.blocks);
        // The prose is held once, by the block and by what was read from it.
        for (block, (read, _)) in document.blocks.iter_mut().zip(&self.kept) {
            block.prose = Arc::clone(&read.paragraph.text);
        }
        let paragraphs: Vec<Arc<ParagraphFacts>> = self.kept.iter().map(|(read, _)| Arc::clone(read)).collect();
        let hits: Vec<Arc<ParagraphHits>> = self.kept.iter().map(|(_, hits)| Arc::clone(hits)).collect();
        let facts = Facts::link(&document, &paragraphs, around, last);
        let story = Story::new(&document, &paragraphs, &facts);
        let judge = Judge::new(&self.rules, settings, source, story);
        let tired: BTreeSet<u32> = hits.iter().flat_map(|hits| hits.tired.iter().copied()).collect();
        let mut found = judge.hits_of_paragraphs(&hits, 0..paragraphs.len());
        judge.tell_tired(&tired, &mut found);
        let variants = Variants::collect(&hits);
        judge.hits_of_quotes(&mut found);
        judge.hits_of_alike_quotes(|_| true, &mut found);
        judge.hits_of_story(&variants, &mut found);
        let mut findings = judge.findings(found);
        let once = findings.iter().filter(|finding| judge.is_once(finding)).cloned().collect();
        let silenced = suppress::apply(source, &story, &self.rules, settings, &mut findings);
        findings::sort(&mut findings);
        let (told_once, mut findings): (Vec<Finding>, _) =
            findings.into_iter().partition(|finding| judge.is_once(finding));
        findings.extend(judge.once_a_story(&told_once));
        findings::sort(&mut findings);
        let (tired, is_fiction, is_in_dialect) = (!tired.is_empty(), story.reads_as_fiction(), judge.is_in_dialect());
        Analysis {
            document,
            paragraphs,
            facts,
            findings,
            hits,
            variants,
            once,
            silenced,
            tired,
            is_fiction,
            is_in_dialect,
        }
    }

    /// Reads and checks each block by itself. What was kept of a block with the same kind and prose is taken again.
    ///
    /// An edit leaves the blocks before it and after it as they were, so those are found by comparing from both ends.
    /// Between them, paragraphs may have moved, so what was kept there is looked up by its prose.
    fn read(&self, blocks: &[Block]) -> Vec<KeptParagraph> {
        let same = |((read, _), block): &(&KeptParagraph, &Block)| {
            (read.paragraph.kind, read.paragraph.foreign) == (block.kind, block.foreign)
                && read.paragraph.text == block.prose
        };
        let before = self.kept.iter().zip(blocks).take_while(same).count();
        let (kept_before, kept) = self.kept.split_at(before);
        let blocks = &blocks[before..];
        let after = kept.iter().rev().zip(blocks.iter().rev()).take_while(same).count();
        let (kept_between, kept_after) = kept.split_at(kept.len() - after);
        let mut known: FxHashMap<(BlockKind, bool, &str), KeptParagraph> = FxHashMap::default();
        for kept in kept_between {
            let paragraph = &kept.0.paragraph;
            known.insert((paragraph.kind, paragraph.foreign, &paragraph.text), kept.clone());
        }
        let mut all = Vec::with_capacity(before + blocks.len());
        all.extend_from_slice(kept_before);
        let kept = kept_before.iter().chain(kept_after);
        let mut tired: BTreeSet<u32> = kept.flat_map(|(_, hits)| hits.tired.iter().copied()).collect();
        for block in &blocks[..blocks.len() - after] {
            let read = known
                .entry((block.kind, block.foreign, &block.prose))
                .or_insert_with(|| self.read_block(block, &tired));
            tired.extend(&read.1.tired);
            all.push(read.clone());
        }
        all.extend_from_slice(kept_after);
        self.catch_up(&mut all);
        all
    }

    /// Looks for the patterns that were left out because they had taken too many steps in a paragraph that is gone.
    fn catch_up(&self, all: &mut [KeptParagraph]) {
        if all.iter().all(|(_, hits)| hits.left_out.is_empty()) {
            return;
        }
        let mut tired: BTreeSet<u32> = all.iter().flat_map(|(_, hits)| hits.tired.iter().copied()).collect();
        for (read, hits) in all {
            if !hits.left_out.iter().all(|rule| tired.contains(rule)) {
                *hits = Arc::new(checks::check_paragraph(&self.rules, &self.on, read, &tired));
                tired.extend(&hits.tired);
            }
        }
    }

    /// Reads and checks one block by itself. The patterns of `tired` rules are left out.
    fn read_block(&self, block: &Block, tired: &BTreeSet<u32>) -> KeptParagraph {
        let read = Arc::new(ParagraphFacts::new(Paragraph::of_block(block)));
        let found = Arc::new(checks::check_paragraph(&self.rules, &self.on, &read, tired));
        (read, found)
    }
}

/// For each rule, whether it is on.
fn which_are_on(rules: &RuleSet, settings: &Settings) -> Vec<bool> {
    rules.rules.iter().map(|rule| settings.severity(rule).is_some()).collect()
}
