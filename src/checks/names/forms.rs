//! One name in two forms: with and without diacritics, `al-` and `Al `.

use std::collections::BTreeMap;
use std::ops::Range;

use super::in_quotes;
use crate::prose::{Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::cues::names::{has_marked_letters, plain};
use crate::story::paragraph_index::Signs;
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// Where each way of writing one name is, in reading order.
type NameForms = BTreeMap<String, Vec<Passage>>;

/// Adds a hit for each place of a form that is rarer than another; of equally common ones `prefer` decides, then the
/// first used stays.
fn rarer(story: &Story, rule: &Rule, forms: &NameForms, prefer: impl Fn(&str) -> bool, out: &mut Vec<Hit>) {
    if forms.len() < 2 {
        return;
    }
    let best = forms
        .iter()
        .max_by_key(|(form, places)| (places.len(), prefer(form), places.first().map(|p| std::cmp::Reverse(*p))));
    let Some((kept, places)) = best else { return };
    let Some(&first) = places.first() else { return };
    for (form, places) in forms.iter().filter(|(form, _)| *form != kept) {
        for &passage in places.iter().filter(|&&p| !in_quotes(story, p)) {
            out.push(
                Hit::at(passage)
                    .arg("found", form.clone())
                    .arg("use", format!("“{kept}”"))
                    .related(first, format!("“{kept}” appears here"))
                    .replace(passage, kept.clone(), rule.fix),
            );
        }
    }
}

/// `names-diacritics`: `Erdogan` beside `Erdoğan`.
pub(in crate::checks) fn diacritics(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // By the name in plain letters. Most stories have no letter with a mark at all.
    let mut words: BTreeMap<String, NameForms> = BTreeMap::new();
    for (number, read) in story.paragraphs_with(Signs::MARKED_LETTER) {
        for (bare, span) in capitals(read, 0..read.paragraph.tokens.len()) {
            if has_marked_letters(bare) {
                let forms = words.entry(bare.chars().map(plain).collect()).or_default();
                forms.entry(bare.to_owned()).or_default().push(Passage::new(number, span));
            }
        }
    }
    for (word, mut forms) in words {
        let mut places = Vec::new();
        for &(number, at) in story.places_of(&word.to_lowercase()).iter() {
            let Some(read) = story.paragraphs.get(number as usize) else { continue };
            let own = capitals(read, at as usize..at as usize + 1).filter(|(bare, _)| *bare == word);
            places.extend(own.map(|(_, span)| Passage::new(number as usize, span)));
        }
        if !places.is_empty() {
            forms.insert(word, places);
        }
        rarer(story, rule, &forms, has_marked_letters, out);
    }
}

/// Of some tokens the longer words with a capital, without possessive endings, and not those in capitals all through.
fn capitals(read: &ParagraphFacts, tokens: Range<usize>) -> impl Iterator<Item = (&str, Span)> {
    let paragraph = &read.paragraph;
    tokens.filter_map(|at| {
        let token = paragraph.tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.capital)?;
        let span = paragraph.without_possessive(token.span);
        let bare = paragraph.slice(span);
        let telling = bare.chars().count() >= 4 && !bare.chars().all(char::is_uppercase);
        telling.then_some((bare, span))
    })
}

/// `names-particle`: `al-Assad` beside `Al Assad`.
pub(in crate::checks) fn particle(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut names: BTreeMap<String, NameForms> = BTreeMap::new();
    for (number, read) in story.paragraphs_with(Signs::ARABIC_ARTICLE) {
        let paragraph = &read.paragraph;
        // A headline sets capitals as it likes.
        if !(paragraph.kind.is_body() || paragraph.kind == crate::markup::BlockKind::Caption) {
            continue;
        }
        for article in &read.cues.rare().articles {
            let places = names.entry(article.name.clone()).or_default().entry(article.form.clone()).or_default();
            places.push(Passage::new(number, article.span));
        }
    }
    for forms in names.values() {
        rarer(story, rule, forms, |_| false, out);
    }
}
