//! `length`: sentences, paragraphs, headlines and stories that are too long or too short.

use crate::prose::{Paragraph, Sentence, TokenKind, words_of};
use crate::rules::{Check, Hit, Param, Rule, RuleEntry, Run, choice, number};
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

const UNITS: &[&str] = &["words", "characters", "sentences", "paragraphs"];

const PARAMS: &[Param] = &[
    choice(
        "in",
        &["sentence", "paragraph", "story"],
        "what is measured: a sentence, a paragraph (the default; with `scope = [\"headline\"]`, a headline) or the story",
    ),
    choice("unit", UNITS, "in what: words (the default), characters with blanks, sentences, or paragraphs of a story"),
    number("most", 1, "how long it may be"),
    number("least", 1, "how long it must be"),
];

const SAYS: &[&str] = &["count", "most", "least"];

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] =
    &[Check::new("length", Run::Paragraph(run), PARAMS).says(SAYS).fits(fits).of_form().in_story(&IN_STORY)];

static IN_STORY: Check = Check::new("length", Run::Story(in_story), PARAMS).says(SAYS).fits(fits).of_form();

fn fits(entry: &RuleEntry) -> Result<(), String> {
    if !entry.params.contains_key("most") && !entry.params.contains_key("least") {
        return Err("the check `length` needs a bound: params = { most = 30 }, or least".to_owned());
    }
    let param = |name: &str| entry.params.get(name).and_then(toml::Value::as_str);
    let (of, unit) = (param("in").unwrap_or("paragraph"), param("unit").unwrap_or("words"));
    match (of, unit) {
        ("sentence", "sentences" | "paragraphs") | ("paragraph", "paragraphs") => {
            Err(format!("a {of} is not measured in {unit}"))
        }
        _ => Ok(()),
    }
}

fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let paragraph = &read.paragraph;
    let unit = rule.text("unit").unwrap_or("words");
    if rule.text("in") == Some("sentence") {
        for sentence in &paragraph.sentences {
            let own = std::slice::from_ref(sentence);
            out.extend(measured(rule, paragraph, own, sentence.span, unit));
        }
    } else {
        let whole = Span::new(0, paragraph.text.len());
        out.extend(measured(rule, paragraph, &paragraph.sentences, whole, unit));
    }
}

/// Measures the story by its body.
fn in_story(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let body =
        || story.paragraphs.iter().map(|read| &read.paragraph).filter(|p| rule.scope.holds(p.kind) && p.kind.is_body());
    let count: usize = match rule.text("unit") {
        Some("characters") => body().map(|p| characters(&p.text)).sum(),
        Some("sentences") => body().map(|p| p.sentences.len()).sum(),
        Some("paragraphs") => body().count(),
        _ => body().map(Paragraph::word_count).sum(),
    };
    let over = rule.count("most").is_some_and(|most| count > most);
    let under = rule.count("least").is_some_and(|least| count < least);
    if count > 0 && (over || under) {
        out.push(counted(rule, Hit::story(), count));
    }
}

/// What is too long or too short. The first word that is too many is marked, or the first of all.
fn measured(rule: &Rule, paragraph: &Paragraph, sentences: &[Sentence], span: Span, unit: &str) -> Option<Hit> {
    let words = || paragraph.tokens_in(span).filter(|&at| paragraph.tokens[at].kind != TokenKind::Punct);
    let word = |at: usize| paragraph.span_of(at, at);
    let first = words().next()?;
    let text = paragraph.slice(span);
    let count = match unit {
        "characters" => characters(text),
        "sentences" => sentences.iter().filter(|sentence| words_of(paragraph, **sentence) > 0).count(),
        _ => words().count(),
    };
    if let Some(most) = rule.count("most").filter(|&most| count > most) {
        let place = match unit {
            "characters" => {
                let over =
                    text.char_indices().filter(|(_, c)| *c != PLACEHOLDER).nth(most).map_or(text.len(), |(at, _)| at);
                words().find(|&at| paragraph.tokens[at].span.end() > span.start() + over).or(words().next_back())
            }
            "sentences" => sentences
                .iter()
                .filter(|sentence| words_of(paragraph, **sentence) > 0)
                .nth(most)
                .and_then(|sentence| sentence.tokens().find(|&at| paragraph.tokens[at].kind != TokenKind::Punct)),
            _ => words().nth(most),
        };
        return place.map(|at| counted(rule, Hit::in_paragraph(word(at)), count));
    }
    let under = rule.count("least").is_some_and(|least| count < least);
    under.then(|| counted(rule, Hit::in_paragraph(word(first)), count))
}

/// What stands for a picture or code in the prose.
const PLACEHOLDER: char = '\u{FFFC}';

fn characters(text: &str) -> usize {
    text.chars().filter(|c| *c != PLACEHOLDER).count()
}

/// The hit with what was counted and the bounds of the rule.
pub(super) fn counted(rule: &Rule, hit: Hit, count: usize) -> Hit {
    let bound = |name: &str| rule.integer(name).map(|bound| bound.to_string()).unwrap_or_default();
    hit.arg("count", count.to_string()).arg("most", bound("most")).arg("least", bound("least"))
}
