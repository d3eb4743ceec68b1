//! From what checks hit to findings: the rule's words and severity, the quotation guard, places in the source.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::guard::{guarded_fixes, never_silent_in_quotes};
use super::left_alone::{StandardEnglish, is_left_alone};
use super::likelier::severity_left;
use crate::checks::{self, ParagraphHits, Variants};
use crate::finding::{Applicability, Edit, Finding, Fix, Related, Severity};
use crate::markup::BlockKind;
use crate::prose::Paragraph;
use crate::rules::{Engine, Hit, HitFix, HitPlace, InQuotes, Rule, RuleSet, Run};
use crate::settings::{Part, Settings};
use crate::story::Story;
use crate::text::{SourceRange, on_one_line, plain_line};

/// What is said of a rule whose pattern takes too many steps.
const TIRED: &str = "the pattern of this rule takes too many steps in this story, so the rule was left out; \
    write it with fewer `*` and `+` inside each other and inside look-around";

/// What decides about the hits in one story.
pub(super) struct Judge<'s> {
    rules: &'s RuleSet,
    settings: &'s Settings,
    source: &'s str,
    story: Story<'s>,
    english: StandardEnglish,
}

/// What may change a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dependency {
    /// Its paragraph, and what holds for the whole story.
    Paragraph,
    /// The quotes.
    Quotes,
    /// Its quote, and an earlier one of much the same words.
    AlikeQuotes,
    /// Anything.
    Story,
}

impl<'s> Judge<'s> {
    pub(super) fn new(rules: &'s RuleSet, settings: &'s Settings, source: &'s str, story: Story<'s>) -> Self {
        Self { rules, settings, source, english: StandardEnglish::of(&story), story }
    }

    /// Whether the story is told in a dialect.
    pub(super) fn is_in_dialect(&self) -> bool {
        self.english.is_in_dialect
    }

    /// Rule number `rule` with its severity, when it is on. Few of a newsroom's rules are ever asked for in one story.
    fn rule_on(&self, rule: u32) -> Option<(&'s Rule, Severity)> {
        let rule = self.rules.rules.get(rule as usize)?;
        Some((rule, self.settings.severity(rule)?))
    }

    fn is_on(&self, rule: u32) -> bool {
        self.rule_on(rule).is_some()
    }

    /// What is found in some of the paragraphs, of which `found` tells what each says by itself.
    pub(super) fn hits_of_paragraphs(&self, found: &[Arc<ParagraphHits>], part: Range<usize>) -> Vec<(u32, Hit)> {
        let mut hits = Vec::new();
        for (number, found) in found.iter().enumerate().take(part.end).skip(part.start) {
            let numbered = |(rule, hit): &(u32, Hit)| (*rule, hit.clone().in_paragraph_number(number as u32));
            hits.extend(found.hits.iter().filter(|(rule, _)| self.is_on(*rule)).map(numbered));
        }
        checks::check_facts(self.rules, &self.story.window(part), |rule| self.is_on(rule), &mut hits);
        hits
    }

    /// Of rules whose pattern took too many steps in some paragraph, leaves that alone to be told: what was found of them
    /// until then is no more than a part.
    pub(super) fn tell_tired(&self, tired: &BTreeSet<u32>, hits: &mut Vec<(u32, Hit)>) {
        if tired.is_empty() {
            return;
        }
        hits.retain(|(rule, _)| !tired.contains(rule));
        let told = |&rule: &u32| (rule, Hit::story().message(TIRED));
        hits.extend(tired.iter().filter(|&&rule| self.is_on(rule)).map(told));
    }

    /// Adds what the quotes show together.
    pub(super) fn hits_of_quotes(&self, hits: &mut Vec<(u32, Hit)>) {
        checks::check_quotes(self.rules, &self.story, |rule| self.is_on(rule), hits);
    }

    /// Adds what quotes of much the same words show, for the later ones in paragraphs that are wanted.
    pub(super) fn hits_of_alike_quotes(&self, is_wanted: impl Fn(usize) -> bool, hits: &mut Vec<(u32, Hit)>) {
        checks::check_alike_quotes(self.rules, &self.story, is_wanted, |rule| self.is_on(rule), hits);
    }

    /// Adds what only the whole story shows. `variants` are those of all its paragraphs.
    pub(super) fn hits_of_story(&self, variants: &Variants, hits: &mut Vec<(u32, Hit)>) {
        checks::check_story(self.rules, &self.story, variants, |rule| self.is_on(rule), hits);
    }

    /// What may change the finding.
    pub(super) fn depends_on(&self, finding: &Finding) -> Dependency {
        let Some(rule) = self.rules.get(&finding.rule) else { return Dependency::Story };
        match rule.check.run {
            Run::Story(_) => Dependency::Story,
            Run::Engine(Engine::Variants) => Dependency::Story,
            Run::Quotes(_) => Dependency::Quotes,
            Run::AlikeQuotes(_) => Dependency::AlikeQuotes,
            Run::Engine(_) | Run::Paragraph(_) | Run::Local(_) => Dependency::Paragraph,
        }
    }

    /// Whether the finding's rule reports once a story.
    pub(super) fn is_once(&self, finding: &Finding) -> bool {
        self.rules.get(&finding.rule).is_some_and(|rule| rule.once)
    }

    /// The findings, in order, before anything in the text silences them.
    pub(super) fn findings(&self, hits: Vec<(u32, Hit)>) -> Vec<Finding> {
        let (story, settings) = (&self.story, self.settings);
        let mut findings = Vec::with_capacity(hits.len());
        for (rule, hit) in hits {
            let rule = self.rule_on(rule);
            if let Some((rule, severity)) =
                rule.and_then(|(rule, own)| Some((rule, self.english.left(rule, own, &hit, story)?)))
            {
                findings.extend(finding(rule, severity, hit, story, settings));
            }
        }
        findings
            .retain(|finding| !is_accepted(finding, self.source, settings) && !is_skipped(finding, story, settings));
        sort(&mut findings);
        findings.dedup_by(|b, a| a.rule == b.rule && a.range == b.range && a.message == b.message);
        drop_inner_wording(self.rules, self.source, &mut findings);
        self.drop_told_twice(&mut findings);
        findings
    }

    /// Of two findings about the same words that would put the same words there, leaves one, since they say one thing; so it
    /// does of two listed wordings at one place that can offer nothing, as where the words are partly in italics.
    ///
    /// The more severe one stays, then the one that offers less else, then the first. What depends on its paragraph alone
    /// never gives way to what needs the story, which may come and go without that paragraph.
    pub(super) fn drop_told_twice(&self, findings: &mut Vec<Finding>) {
        let depends: Vec<Dependency> = findings.iter().map(|finding| self.depends_on(finding)).collect();
        let is_listed =
            |finding: &Finding| self.rules.get(&finding.rule).is_some_and(|rule| rule.check.is_of_listed_words());
        let mut told = vec![false; findings.len()];
        for (at, finding) in findings.iter().enumerate() {
            let near =
                (0..at).rev().take_while(|&other| findings[other].range.start + LONGEST_PHRASE > finding.range.start);
            for other in near {
                let before = &findings[other];
                if told[at] || told[other] || before.rule == finding.rule {
                    continue;
                }
                let offers_nothing = before.range == finding.range
                    && before.fixes.is_empty()
                    && finding.fixes.is_empty()
                    && is_listed(before)
                    && is_listed(finding);
                if !offers_nothing && !writes_the_same(self.source, before, finding) {
                    continue;
                }
                let weight = |finding: &Finding| (finding.severity, std::cmp::Reverse(finding.fixes.len()));
                let later_stays = weight(finding) > weight(before);
                match (depends[other], depends[at]) {
                    (Dependency::Paragraph, Dependency::Paragraph) | (Dependency::Story, Dependency::Story) => {
                        told[if later_stays { other } else { at }] = true;
                    }
                    (Dependency::Paragraph, Dependency::Story) => told[at] = finding.severity <= before.severity,
                    (Dependency::Story, Dependency::Paragraph) => told[other] = before.severity <= finding.severity,
                    _ => {}
                }
            }
        }
        let mut told = told.into_iter();
        findings.retain(|_| !told.next().unwrap_or(false));
    }

    /// Of findings of rules that report once a story, those that are shown.
    pub(super) fn once_a_story(&self, findings: &[Finding]) -> Vec<Finding> {
        once_a_story(self.rules, findings)
    }
}

/// Whether the finding is in a part of the story in which the settings want none.
fn is_skipped(finding: &Finding, story: &Story, settings: &Settings) -> bool {
    let at = finding.range.start;
    settings.skip.iter().any(|part| match part {
        Part::Quotes => story.quotes.iter().any(|quote| {
            let block = &story.document.blocks[quote.passage.paragraph()];
            // Marks belong to the copy: where one is missing, that is reported.
            let inner = block.to_source(quote.inner);
            inner.start <= at && finding.range.end <= inner.end
        }),
        Part::FrontMatter => {
            // What is about the whole story is shown where its text starts, and that may be the title.
            finding.range.start < finding.range.end
                && story.document.front_matter.as_ref().is_some_and(|front| front.contains(&at))
        }
        Part::Block(kind) => {
            let after = story.document.blocks.partition_point(|block| block.range.end < at);
            story.document.blocks.get(after).is_some_and(|block| block.kind == *kind && block.range.start <= at)
        }
    })
}

/// Of findings of rules that report `once`, in order, the first of each rule, or of each of its messages, with the number of the others
/// and their safe fixes.
///
/// This comes after suppression, so that each comment that ignores a finding still has one to ignore.
fn once_a_story(rules: &RuleSet, findings: &[Finding]) -> Vec<Finding> {
    let mut groups: HashMap<(&str, Option<String>), usize> = HashMap::new();
    let mut told: Vec<(&Finding, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let by_message = rules.get(&finding.rule).is_some_and(|rule| rule.by_message);
        match groups.entry((&finding.rule, by_message.then(|| finding.message.to_lowercase()))) {
            Entry::Occupied(group) => told[*group.get()].1.push(finding),
            Entry::Vacant(group) => {
                group.insert(told.len());
                told.push((finding, Vec::new()));
            }
        }
    }
    told.into_iter().map(|(first, others)| with_others(first, &others)).collect()
}

/// A finding that stands for others, too.
fn with_others(first: &Finding, others: &[&Finding]) -> Finding {
    let mut finding = first.clone();
    if others.is_empty() {
        return finding;
    }
    finding.more = others.len();
    finding.message.push_str(&format!(" (and {} more like it in this story)", others.len()));
    let safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
    let mut rest = others.iter().filter_map(|other| other.fixes.first()).filter(safe).peekable();
    match finding.fixes.first_mut() {
        Some(first) if safe(&&*first) => first.edits.extend(rest.flat_map(|fix| fix.edits.iter().cloned())),
        // Words between quotation marks are not changed without a person; the others still may be.
        _ => {
            if let Some(title) = rest.peek().map(|fix| format!("{}, wherever it is safe", fix.title)) {
                let edits = rest.flat_map(|fix| fix.edits.iter().cloned()).collect();
                finding.fixes.push(Fix { title, applicability: Applicability::Safe, edits });
            }
        }
    }
    finding
}

/// Sorts findings by where they start, then by severity, then by rule.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let by_place = (a.range.start, b.severity, a.range.end).cmp(&(b.range.start, a.severity, b.range.end));
        by_place.then_with(|| a.rule.cmp(&b.rule))
    });
}

fn is_accepted(finding: &Finding, source: &str, settings: &Settings) -> bool {
    if settings.accepted.is_empty() {
        return false;
    }
    let text = source.get(finding.range.clone()).unwrap_or_default().to_lowercase();
    settings.accepted.contains(&text)
}

/// Findings about the same words start within so many bytes of each other.
const LONGEST_PHRASE: usize = 200;

/// What is at `whole` after a fix of one edit inside it.
fn written(source: &str, fix: &Fix, whole: &SourceRange) -> Option<String> {
    let [edit] = &fix.edits[..] else { return None };
    let before = source.get(whole.start..edit.range.start)?;
    Some(format!("{before}{}{}", edit.text, source.get(edit.range.end..whole.end)?))
}

/// Whether the findings are about the same words, and what one offers first is among what the other offers.
fn writes_the_same(source: &str, one: &Finding, other: &Finding) -> bool {
    if one.range.start >= other.range.end || other.range.start >= one.range.end {
        return false;
    }
    let whole = one.range.start.min(other.range.start)..one.range.end.max(other.range.end);
    let texts = |finding: &Finding| finding.fixes.iter().map(|fix| written(source, fix, &whole)).collect::<Vec<_>>();
    let (one, other) = (texts(one), texts(other));
    let first_is_in = |one: &[Option<String>], other: &[Option<String>]| matches!(one.first(), Some(first @ Some(_)) if other.contains(first));
    first_is_in(&one, &other) || first_is_in(&other, &one)
}

/// Of two findings by listed words of which one covers the other, the longer stands: it knows more of the context. Of two at one
/// place the first stands, which is the more severe one.
///
/// Findings are sorted, so the one that covers others comes first or starts with them. In “We insists of the date” the verb is a
/// slip of its own, which the longer finding does not mend, so both stand.
fn drop_inner_wording(rules: &RuleSet, source: &str, findings: &mut Vec<Finding>) {
    let is_of = |finding: &Finding, kind: fn(&Rule) -> bool| rules.get(&finding.rule).is_some_and(kind);
    let is_listed = |finding: &Finding| is_of(finding, |rule| rule.check.is_of_listed_words());
    // Where something listed says what is wrong, the model's judgement of a word in it adds nothing.
    let is_judged = |finding: &Finding| is_of(finding, |rule| rule.check.judges);
    let wording: Vec<(SourceRange, Arc<str>)> =
        findings.iter().filter(|f| is_listed(f)).map(|f| (f.range.clone(), Arc::clone(&f.rule))).collect();
    let is_sequence = |finding: &Finding| is_of(finding, |rule| rule.check.is_of(Engine::Sequences));
    let is_another_slip = |finding: &Finding| {
        let before = findings.partition_point(|other| other.range.start + LONGEST_PHRASE < finding.range.start);
        let near = findings[before..].iter().take_while(|other| other.range.start <= finding.range.start);
        let mut longer = near
            .filter(|other| is_listed(other) && other.rule != finding.rule)
            .filter(|other| other.range.end >= finding.range.end && other.range.len() >= finding.range.len())
            .peekable();
        longer.peek().is_some()
            && longer.all(|other| {
                let theirs: Vec<_> = other.fixes.iter().filter_map(|fix| written(source, fix, &other.range)).collect();
                let mut own = finding.fixes.iter().filter_map(|fix| written(source, fix, &other.range));
                // What the longer one rewrites is no slip of its own: “apart of this” is “a part of this”, not “apart from”.
                let found = |range: &SourceRange| source.get(range.clone()).unwrap_or_default();
                let mut rewritten = theirs.iter().filter(|text| !text.contains(found(&other.range)));
                let stays = rewritten.any(|text| text.contains(found(&finding.range)));
                other.range != finding.range && stays && !own.any(|text| theirs.contains(&text))
            })
    };
    let others: Vec<bool> = findings.iter().map(|finding| is_sequence(finding) && is_another_slip(finding)).collect();
    let mut others = others.into_iter();
    let mut seen = 0;
    findings.retain(|finding| {
        let is_other = others.next().unwrap_or_default();
        let is_judged = is_judged(finding);
        let is_listed = is_listed(finding);
        if !is_listed && !is_judged {
            return true;
        }
        let own = seen;
        seen += usize::from(is_listed);
        if is_other {
            return true;
        }
        // Longer findings that cover this one start at most a phrase's length before it.
        let before = wording.partition_point(|(range, _)| range.start + LONGEST_PHRASE < finding.range.start);
        let covering =
            wording.iter().enumerate().skip(before).take_while(|(_, (range, _))| range.start <= finding.range.start);
        let minds = |rule: &str| rules.get(rule).is_some_and(|rule| rule.case);
        !covering.into_iter().any(|(number, (range, rule))| {
            if *rule == finding.rule || range.end < finding.range.end {
                return false;
            }
            if *range == finding.range && is_listed && minds(rule) != minds(&finding.rule) {
                return minds(rule);
            }
            range.len() > finding.range.len() || is_judged || *range == finding.range && number < own
        })
    });
}

fn finding(rule: &Rule, severity: Severity, hit: Hit, story: &Story, settings: &Settings) -> Option<Finding> {
    if let HitPlace::Prose(passage) = hit.place
        && !rule.scope.holds(story.paragraph(passage.paragraph()).kind)
    {
        return None;
    }
    if let HitPlace::Prose(passage) = hit.place
        && is_left_alone(rule, story, passage)
    {
        return None;
    }
    let severity = hit.at_most.map_or(severity, |most| most.min(severity));
    let severity = severity_left(rule, severity, &hit, story);
    let quoted = match hit.place {
        HitPlace::Prose(passage) => {
            story.paragraphs.get(passage.paragraph()).and_then(|read| read.quotes.around(passage.span))
        }
        _ => None,
    };
    let guarded = match (rule.quotes, quoted) {
        (InQuotes::Skip, Some(_)) | (InQuotes::Only, None) => return None,
        (InQuotes::Guard, Some(quoted)) => Some(quoted),
        _ => None,
    };
    if let (Some(_), HitPlace::Prose(passage)) = (guarded, &hit.place)
        && is_marked_sic(story.paragraph(passage.paragraph()).text.get(passage.span.end()..))
    {
        return None;
    }
    if let HitPlace::Prose(passage) = &hit.place
        && is_quoted_sic(story.paragraph(passage.paragraph()), passage.span.end())
    {
        return None;
    }
    let own = hit.message.as_deref().filter(|_| !settings_override(rule, settings)).map(on_one_line);
    let message = render(own.as_deref().unwrap_or(settings.message(rule)), &hit.args);
    let mut message = plain_line(&message).into_owned();
    let (severity, fixes) = match (guarded, &hit.place) {
        (Some(quoted), HitPlace::Prose(passage)) => {
            message.push_str(" (inside a quote: ask before you change it)");
            (severity.lowered(), guarded_fixes(story, *passage, quoted, hit.fixes))
        }
        _ => (severity, hit.fixes),
    };
    let fixes = fixes.into_iter().map(|fix| never_silent_in_quotes(story, fix));
    Some(Finding {
        rule: Arc::clone(&rule.id),
        severity,
        range: source_range(story, &hit.place),
        message,
        assumed: hit.assumed.map(|assumed| plain_line(&assumed).into_owned()),
        more: 0,
        related: hit
            .related
            .into_iter()
            .map(|(place, message)| Related {
                range: source_range(story, &place),
                message: plain_line(&message).into_owned(),
            })
            .collect(),
        fixes: fixes.filter_map(|fix| source_fix(story, fix)).collect(),
    })
}

/// Whether what is behind quoted words says that they were said so.
fn is_marked_sic(behind: Option<&str>) -> bool {
    let mark = behind.and_then(|behind| behind.trim_start().get(..5));
    mark.is_some_and(|mark| mark.eq_ignore_ascii_case("[sic]") || mark.eq_ignore_ascii_case("(sic)"))
}

/// Whether a block quotation says at its end that all of it is as it was written, and `at` is before that.
fn is_quoted_sic(paragraph: &Paragraph, at: usize) -> bool {
    let end = paragraph.text.get(at..).unwrap_or_default().trim_end();
    let mark = end.len().checked_sub("[sic]".len()).and_then(|from| end.get(from..));
    paragraph.kind == BlockKind::BlockQuote && is_marked_sic(mark)
}

/// Whether the edit would write what is there already, such as a note that was put in before.
fn is_there(story: &Story, (place, text): &(HitPlace, String)) -> bool {
    let HitPlace::Prose(passage) = place else { return false };
    let (prose, span) = (&*story.paragraph(passage.paragraph()).text, passage.span);
    let stands_around = prose.get(span.end()..).is_some_and(|behind| behind.starts_with(&**text))
        || prose.get(..span.start()).is_some_and(|before| before.ends_with(&**text));
    prose.get(span.range()).is_some_and(|own| own == text) || span.is_empty() && stands_around
}

fn settings_override(rule: &Rule, settings: &Settings) -> bool {
    settings.rules.get(&*rule.id).is_some_and(|setting| setting.message.is_some())
}

/// `template` with its `{name}`s filled in. A name that the check does not give is left as it is, and so are braces in
/// what is filled in: those are the story's.
fn render(template: &str, args: &[(&'static str, String)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, from)) = rest.find('{').map(|open| rest.split_at(open)) {
        text.push_str(before);
        let name = from.find('}').and_then(|close| from.get(1..close));
        let value = name.and_then(|name| args.iter().find(|(known, _)| *known == name));
        let (filled, length) = match value {
            Some((name, value)) => (on_one_line(value), name.len() + 2),
            None => ("{".into(), 1),
        };
        text.push_str(&filled);
        rest = from.get(length..).unwrap_or_default();
    }
    text + rest
}

fn source_range(story: &Story, place: &HitPlace) -> SourceRange {
    match place {
        HitPlace::Prose(passage) => passage.to_source(&story.document.blocks),
        HitPlace::Source(range) => range.clone(),
        HitPlace::Story => {
            let start = story.document.blocks.first().map_or(0, |block| block.range.start);
            start..start
        }
    }
}

/// The fix in source offsets; `None` when an edit would tear markup apart, or all that it writes is there.
fn source_fix(story: &Story, fix: HitFix) -> Option<Fix> {
    if !fix.edits.is_empty() && fix.edits.iter().all(|edit| is_there(story, edit)) {
        return None;
    }
    let mut edits = Vec::with_capacity(fix.edits.len());
    for (place, text) in fix.edits {
        if let HitPlace::Prose(passage) = &place
            && !story.document.blocks.get(passage.paragraph())?.map.is_verbatim(passage.span)
        {
            return None;
        }
        edits.push(Edit { range: source_range(story, &place), text });
    }
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let apart = edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
    apart.then(|| Fix { title: plain_line(&fix.title).into_owned(), applicability: fix.applicability, edits })
}
