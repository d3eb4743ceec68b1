//! One name in two forms: with and without diacritics, `al-` and `Al `.

use std::collections::BTreeMap;
use std::ops::Range;

use super::in_quotes;
use crate::checks::Hit;
use crate::prose::{Paragraph, Passage, Token, TokenKind};
use crate::rules::Rule;
use crate::story::gist::Signs;
use crate::story::{Read, Story};
use crate::text::{Span, has_byte};

/// Where each way of writing one name stands, in reading order.
type Forms = BTreeMap<String, Vec<Passage>>;

/// Adds a hit for each place of a form that is rarer than another; of equally common ones `prefer` decides, then the
/// first used stays.
fn rarer(story: &Story, rule: &Rule, forms: &Forms, prefer: impl Fn(&str) -> bool, out: &mut Vec<Hit>) {
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
                    .related(first, format!("“{kept}” stands here"))
                    .replace(passage, kept.clone(), rule.fix),
            );
        }
    }
}

/// `names-diacritics`: `Erdogan` beside `Erdoğan`.
pub(in crate::checks) fn diacritics(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // By the name in plain letters. Most stories have no letter with a mark at all.
    let mut words: BTreeMap<String, Forms> = BTreeMap::new();
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
fn capitals(read: &Read, tokens: Range<usize>) -> impl Iterator<Item = (&str, Span)> {
    let paragraph = &read.paragraph;
    tokens.filter_map(|at| {
        let token = paragraph.tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.capital)?;
        let span = paragraph.without_possessive(token.span);
        let bare = paragraph.slice(span);
        let telling = bare.chars().count() >= 4 && !bare.chars().all(char::is_uppercase);
        telling.then_some((bare, span))
    })
}

/// Whether a letter of `text` bears a mark, as in `Erdoğan`.
pub(in crate::checks) fn has_marked_letters(text: &str) -> bool {
    // The letters of the table start with one of these bytes, which few characters of English copy do.
    has_byte(text.as_bytes(), |byte| matches!(byte, 0xC3..=0xC9)) && text.chars().any(|c| plain(c) != c)
}

/// The letter without its mark: `ğ` → `g`. Letters that are no Latin ones stay.
fn plain(c: char) -> char {
    const LETTERS: &[(char, &str)] = &[
        ('A', "ÀÁÂÃÄÅĀĂĄ"),
        ('C', "ÇĆĈĊČ"),
        ('D', "ĎĐ"),
        ('E', "ÈÉÊËĒĔĖĘĚ"),
        ('G', "ĜĞĠĢ"),
        ('I', "ÌÍÎÏĨĪĬĮİ"),
        ('K', "Ķ"),
        ('L', "ĹĻĽŁ"),
        ('N', "ÑŃŅŇ"),
        ('O', "ÒÓÔÕÖØŌŎŐ"),
        ('R', "ŔŖŘ"),
        ('S', "ŚŜŞŠȘ"),
        ('T', "ŢŤȚ"),
        ('U', "ÙÚÛÜŨŪŬŮŰŲ"),
        ('Y', "ÝŸ"),
        ('Z', "ŹŻŽ"),
        ('a', "àáâãäåāăą"),
        ('c', "çćĉċč"),
        ('d', "ďđ"),
        ('e', "èéêëēĕėęě"),
        ('g', "ĝğġģ"),
        ('i', "ìíîïĩīĭįı"),
        ('k', "ķ"),
        ('l', "ĺļľł"),
        ('n', "ñńņň"),
        ('o', "òóôõöøōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťț"),
        ('u', "ùúûüũūŭůűų"),
        ('y', "ýÿ"),
        ('z', "źżž"),
    ];
    // All letters of the table lie in Latin-1 and the two Latin blocks behind it; quotation marks and dashes do not.
    if !('\u{C0}'..='\u{24F}').contains(&c) {
        return c;
    }
    LETTERS.iter().find(|(_, marked)| marked.contains(c)).map_or(c, |(plain, _)| *plain)
}

/// `names-particle`: `al-Assad` beside `Al Assad`.
pub(in crate::checks) fn particle(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut names: BTreeMap<String, Forms> = BTreeMap::new();
    for (number, read) in story.paragraphs_with(Signs::ARABIC_ARTICLE) {
        let paragraph = &read.paragraph;
        // A headline sets capitals as it likes.
        if !(paragraph.kind.is_body() || paragraph.kind == crate::markup::BlockKind::Caption) {
            continue;
        }
        for article in &read.kept.rare().articles {
            let places = names.entry(article.name.clone()).or_default().entry(article.form.clone()).or_default();
            places.push(Passage::new(number, article.span));
        }
    }
    for forms in names.values() {
        rarer(story, rule, forms, |_| false, out);
    }
}

/// A name with an Arabic article.
#[derive(Debug)]
pub(in crate::checks) struct Article {
    span: Span,
    /// As written: `al-Assad`.
    form: String,
    /// The name alone, in lower case.
    name: String,
}

/// All names with an Arabic article in one paragraph.
pub(in crate::checks) fn articles(paragraph: &Paragraph) -> Vec<Article> {
    let text = paragraph.text.as_bytes();
    let candidates = paragraph.tokens.iter().enumerate().filter(|(_, token)| may_have_article(text, token));
    candidates.filter_map(|(at, _)| arabic_article(paragraph, at)).collect()
}

/// Whether a token of `text` may be an article or start with one: a look at two bytes, which nearly all words do not pass.
fn may_have_article(text: &[u8], token: &Token) -> bool {
    let start = token.span.start();
    if token.joined {
        return [start + 2, start + 3].into_iter().any(|at| text.get(at) == Some(&b'-'));
    }
    token.span.len() == 2 && matches!(text.get(start..start + 2), Some(b"Al" | b"al" | b"El" | b"el"))
}

/// `al-Assad`, `Al Assad` at token `at` inside a sentence.
fn arabic_article(paragraph: &Paragraph, at: usize) -> Option<Article> {
    let is_article = |low: &str| matches!(low, "al" | "el" | "ad" | "as" | "ash" | "ul");
    let token = paragraph.tokens.get(at)?;
    let word = paragraph.word(at);
    let span = paragraph.without_possessive(token.span);
    let bare = paragraph.slice(span);
    let before = at.checked_sub(1).and_then(|at| paragraph.tokens.get(at));
    if paragraph.opens_sentence(at) || before.is_some_and(|t| t.kind == TokenKind::Punct) {
        return None;
    }
    if let Some((article, name)) = bare.split_once('-') {
        let fits = is_article(&article.to_lowercase()) && name.starts_with(char::is_uppercase) && !name.contains('-');
        // `al-Qaida` and `al-Shabab` are spelt by their own rules, in other checks.
        return fits.then(|| Article { span, form: bare.to_owned(), name: name.to_lowercase() });
    }
    // `Al Gore`: only after a given name is `Al` an article.
    let next = paragraph.tokens.get(at + 1).filter(|t| t.kind == TokenKind::Word && t.capital && t.spaced)?;
    if !matches!(word, "Al" | "al" | "El" | "el") || !before.is_some_and(|t| t.capital) {
        return None;
    }
    let name = paragraph.without_possessive(next.span);
    let span = token.span.to(name);
    let name = paragraph.slice(name);
    Some(Article { span, form: format!("{word} {name}"), name: name.to_lowercase() })
}
