//! What the words of one paragraph say of how names are written: articles, possessives, letters with marks, offices.

use crate::lexicon;
use crate::prose::{Paragraph, Token, TokenKind};
use crate::story::ParagraphFacts;
use crate::story::person::is_role;
use crate::story::trigger_words::Triggers;
use crate::text::{Span, has_byte};

/// Whether a letter of `text` bears a mark, as in `Erdoğan`.
pub(crate) fn has_marked_letters(text: &str) -> bool {
    // The letters of the table start with one of these bytes, which few characters of English copy do.
    has_byte(text.as_bytes(), |byte| matches!(byte, 0xC3..=0xC9)) && text.chars().any(|c| plain(c) != c)
}

/// Whether a name or another word has a capital inside, and small letters: `DiBona`.
pub(crate) fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// The letter without its mark: `ğ` → `g`. Letters that are no Latin ones stay.
pub(crate) fn plain(c: char) -> char {
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

/// A name with an Arabic article.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) span: Span,
    /// As written: `al-Assad`.
    pub(crate) form: String,
    /// The name alone, in lower case.
    pub(crate) name: String,
}

/// All names with an Arabic article in one paragraph.
pub(crate) fn articles(paragraph: &Paragraph) -> Vec<Article> {
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

/// The possessive of a word with a capital that ends in -s.
#[derive(Debug)]
pub(crate) struct Possessive {
    pub(crate) name: String,
    pub(crate) span: Span,
    /// `Abbas’s`, and not `Abbas’`.
    pub(crate) full: bool,
}

/// All of them in one paragraph.
pub(crate) fn possessives(read: &ParagraphFacts) -> Vec<Possessive> {
    let paragraph = &read.paragraph;
    let words = paragraph.tokens.iter().enumerate().filter(|(_, token)| token.capital);
    words.filter_map(|(at, token)| possessive(read, at, token.span)).collect()
}

fn possessive(read: &ParagraphFacts, at: usize, word_span: Span) -> Option<Possessive> {
    let paragraph = &read.paragraph;
    let word = paragraph.word(at);
    if let Some(name) = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")) {
        return name.ends_with('s').then(|| Possessive { name: name.to_owned(), span: word_span, full: true });
    }
    let mark = paragraph.tokens.get(at + 1).filter(|mark| word.ends_with('s') && !mark.spaced)?;
    // `the Abbas’` of a whole family is a plural, and a mark that closes a quote is no apostrophe.
    let plural = at.checked_sub(1).is_some_and(|before| paragraph.low(before) == "the");
    let goes_on = paragraph.tokens.get(at + 2).is_some_and(|t| t.spaced && t.kind == TokenKind::Word);
    if !matches!(paragraph.word(at + 1), "’" | "'") || plural || !goes_on {
        return None;
    }
    let mut closing =
        read.quotes.quoted.iter().flat_map(|q| [q.inner.end].into_iter().chain(q.nested.iter().map(|n| n.end - 1)));
    let span = Span { start: word_span.start, end: mark.span.end };
    (!closing.any(|end| end == mark.span.start)).then(|| Possessive { name: word.to_owned(), span, full: false })
}

/// `the President of Russia`: a title that describes takes no capital.
pub(crate) fn offices(paragraph: &Paragraph) -> Vec<Span> {
    let mut found = Vec::new();
    for at in 1..paragraph.tokens.len() {
        if !paragraph.tokens[at].capital || !matches!(paragraph.low(at - 1), "the") {
            continue;
        }
        let first = paragraph.low(at);
        let office = lexicon::checks::OFFICES.iter().filter(|office| office.starts_with(first)).find_map(|office| {
            let fits = office.split(' ').enumerate().all(|(n, word)| paragraph.low(at + n) == word);
            fits.then(|| office.split(' ').count())
        });
        let Some(words) = office else { continue };
        let last = at + words - 1;
        let of_somewhere = paragraph.low(last + 1) == "of"
            && (paragraph.low(last + 2) == "the" || paragraph.tokens.get(last + 2).is_some_and(|t| t.capital));
        // `the President of the Council Award` goes on with capitals, and is a name.
        if of_somewhere && paragraph.low(at) != "secretary" {
            found.push(paragraph.span_of(at, last));
        }
    }
    found
}

/// How many words may be between an office and the capital of the name.
const OFFICE_TO_NAME: usize = 3;

/// Whether an office in small letters is right before a word with a capital.
pub(crate) fn has_small_office(read: &ParagraphFacts) -> bool {
    let tokens = &read.paragraph.tokens;
    read.triggers.of_kind(Triggers::OFFICE).any(|at| {
        let behind = tokens.get(at + 1..).unwrap_or_default();
        tokens.get(at).is_some_and(|token| !token.capital)
            && behind.iter().take(OFFICE_TO_NAME).any(|token| token.capital || token.joined)
    })
}

/// The last words of offices, by which [`has_small_office`] finds them.
pub(crate) fn words_of_offices() -> impl Iterator<Item = &'static str> {
    lexicon::checks::OFFICES.iter().filter_map(|office| office.split(' ').next_back())
}

/// Whether a role in small letters is before a comma and what may be a name.
pub(crate) fn has_role_and_comma(paragraph: &Paragraph) -> bool {
    // What tokens are shows for nearly all places that the words need not be looked at.
    paragraph.tokens.windows(3).enumerate().any(|(at, three)| match three {
        [role, comma, name] => {
            comma.kind == TokenKind::Punct
                && !role.capital
                && (name.capital || name.joined)
                && paragraph.low(at + 1) == ","
                && is_role(paragraph.low(at))
        }
        _ => false,
    })
}
