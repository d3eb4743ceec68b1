//! Phrases with inflection and alternatives, expanded into plain literals.

use crate::lexicon::inflect;

/// How many literals one phrase may stand for; more is surely a mistake, and would slow every run down.
const MOST_LITERALS: usize = 400;

/// How many bytes these literals may have together. The longest phrases of the packs stand for two thousand.
const MOST_BYTES: usize = 64 * 1024;

/// Which of the literals that a phrase stands for was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expansion {
    /// For each `{…}`: which form of the word this literal has.
    pub forms: Vec<usize>,
    /// For each `(…|…)`: which alternative it has.
    pub groups: Vec<String>,
}

/// A piece of a phrase as written.
enum PhrasePiece<'p> {
    Text(&'p str),
    /// `{lemma}` or `{lemma|n}`.
    Word(&'p str),
    /// `(a|b)`.
    Choice(&'p str),
}

/// Every literal that `find` stands for, in the case it was written in. The last bracket turns fastest.
///
/// A past that looks like its participle counts as the past; the two are told apart when the phrase is replaced.
///
/// # Errors
///
/// Says what is wrong with the phrase: a bracket left open, nothing to find, too many alternatives.
pub fn literals(find: &str) -> Result<Vec<String>, String> {
    // Most phrases have no brackets, and all are expanded whenever the program starts.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'' | b' ');
    let tidy = |bytes: &[u8]| bytes.split(|&byte| byte == b' ').all(|word| !word.is_empty());
    if find.bytes().all(plain) && tidy(find.as_bytes()) {
        return Ok(vec![find.to_owned()]);
    }
    let mut literals = vec![String::new()];
    for piece in pieces(find)? {
        let options = match piece {
            PhrasePiece::Text(text) => {
                if literals.iter().map(|literal| literal.len() + text.len()).sum::<usize>() > MOST_BYTES {
                    return Err(too_long(find));
                }
                literals.iter_mut().for_each(|literal| literal.push_str(text));
                continue;
            }
            PhrasePiece::Word(word) => distinct_forms(word).into_iter().map(|(_, form)| form).collect(),
            PhrasePiece::Choice(choice) => choice.split('|').map(str::to_owned).collect::<Vec<_>>(),
        };
        // Asked before they are made: two long choices would fill the memory.
        if literals.len() * options.len() > MOST_LITERALS {
            return Err(format!("`{find}` stands for more than {MOST_LITERALS} phrases; split it"));
        }
        let bytes = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
        if bytes(&literals) * options.len() + bytes(&options) * literals.len() > MOST_BYTES {
            return Err(too_long(find));
        }
        literals = with_each(&literals, &options);
    }
    for literal in &mut literals {
        // An alternative that is nothing leaves two spaces, or one at an end.
        if literal.contains("  ") || literal.starts_with(' ') || literal.ends_with(' ') {
            *literal = literal.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        }
        if is_nothing(literal) {
            return Err(format!("`{find}` may match nothing at all"));
        }
    }
    Ok(literals)
}

fn too_long(find: &str) -> String {
    let start: String = find.chars().take(40).collect();
    format!("`{start}…` stands for more text than {} kB; split it", MOST_BYTES / 1024)
}

/// What is in the brackets of literal `number` of `find`.
pub fn expansion(find: &str, number: usize) -> Expansion {
    let mut expansion = Expansion::default();
    let mut rest = number;
    for piece in pieces(find).unwrap_or_default().into_iter().rev() {
        match piece {
            PhrasePiece::Text(_) => {}
            PhrasePiece::Word(word) => {
                let forms = distinct_forms(word);
                expansion.forms.push(forms[rest % forms.len()].0);
                rest /= forms.len();
            }
            PhrasePiece::Choice(choice) => {
                let options: Vec<&str> = choice.split('|').collect();
                expansion.groups.push(options[rest % options.len()].to_owned());
                rest /= options.len();
            }
        }
    }
    expansion.forms.reverse();
    expansion.groups.reverse();
    expansion
}

/// Whether nothing is left of `text` once it is folded: a zero-width space alone would be found everywhere.
fn is_nothing(text: &str) -> bool {
    text.trim().is_empty() || (!text.is_ascii() && crate::prose::Folded::new(text).lower.trim().is_empty())
}

/// Whether `template` is well formed, as [`fill`] needs it.
///
/// # Errors
///
/// Says which bracket was left open.
pub fn check_template(template: &str) -> Result<(), String> {
    pieces(template).map(|_| ())
}

/// `template` with each `{…}` in the form and each `$n` with the alternative of `found`.
///
/// `after_auxiliary`: a form of *have* or *be* is before the phrase, so that a past form is a participle.
pub fn fill(template: &str, found: &Expansion, after_auxiliary: bool) -> String {
    let mut text = String::new();
    let mut word = 0;
    let Ok(pieces) = pieces(template) else { return template.to_owned() };
    for piece in pieces {
        match piece {
            PhrasePiece::Text(plain) => text.push_str(&fill_groups(plain, &found.groups)),
            PhrasePiece::Choice(choice) => text.push_str(&format!("({choice})")),
            PhrasePiece::Word(lemma) => {
                let forms = forms(lemma);
                let mut form = found.forms.get(word).copied().unwrap_or(0);
                if form == 2 && after_auxiliary && forms.len() > 3 {
                    form = 3;
                }
                // Only *be* tells *are* and *were* apart.
                let form = if form < forms.len() { form } else { [0, 0, 0, 0, 0, 0, 2][form.min(6)] };
                text.push_str(forms.get(form).map_or(lemma, String::as_str));
                word += 1;
            }
        }
    }
    crate::text::single_spaced(&text)
}

fn fill_groups(plain: &str, groups: &[String]) -> String {
    let mut text = plain.to_owned();
    for (index, group) in groups.iter().enumerate() {
        text = text.replace(&format!("${}", index + 1), group);
    }
    text
}

fn forms(word: &str) -> Vec<String> {
    match word.split_once('|') {
        Some((noun, "n")) => inflect::noun(noun),
        _ => inflect::verb(word),
    }
}

/// The forms of `word` that are spelled differently, each with its number.
fn distinct_forms(word: &str) -> Vec<(usize, String)> {
    let mut distinct: Vec<(usize, String)> = Vec::new();
    for (number, form) in forms(word).into_iter().enumerate() {
        if distinct.iter().all(|(_, known)| *known != form) {
            distinct.push((number, form));
        }
    }
    distinct
}

/// Each of `sofar` with each of `options` behind it.
fn with_each(sofar: &[String], options: &[String]) -> Vec<String> {
    let mut longer = Vec::with_capacity(sofar.len() * options.len());
    for start in sofar {
        longer.extend(options.iter().map(|option| [start.as_str(), option].concat()));
    }
    longer
}

fn pieces(phrase: &str) -> Result<Vec<PhrasePiece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = phrase;
    while let Some(open) = rest.find(['{', '(']) {
        if open > 0 {
            pieces.push(PhrasePiece::Text(&rest[..open]));
        }
        let (close, is_word) = if rest[open..].starts_with('{') { ('}', true) } else { (')', false) };
        let inside = &rest[open + 1..];
        let Some(end) = inside.find(close) else { return Err(format!("`{phrase}` has no `{close}` for its bracket")) };
        let content = &inside[..end];
        match (is_word, content.contains('|')) {
            (true, _) if content.is_empty() => return Err(format!("`{phrase}` has empty braces")),
            (true, _) => pieces.push(PhrasePiece::Word(content)),
            (false, true) => pieces.push(PhrasePiece::Choice(content)),
            // Brackets without alternatives are plain text, as in `501(c)3`.
            (false, false) => pieces.push(PhrasePiece::Text(&rest[open..open + end + 2])),
        }
        rest = &inside[end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(PhrasePiece::Text(rest));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(find: &str) -> Vec<String> {
        literals(find).expect("the phrase is well formed")
    }

    #[test]
    fn inflection_and_alternatives_expand() {
        assert_eq!(texts("{insist} of"), ["insist of", "insists of", "insisted of", "insisting of"]);
        assert_eq!(texts("in (the|) close proximity"), ["in the close proximity", "in close proximity"]);
        assert_eq!(texts("501(c)3"), ["501(c)3"]);
    }

    #[test]
    fn replacements_take_the_form_that_was_found() {
        let found = expansion("{insist} of", 2);
        assert_eq!(fill("{consist} of", &found, false), "consisted of");
        assert_eq!(fill("{write} on", &found, false), "wrote on");
        assert_eq!(fill("{write} on", &found, true), "written on");
        let found = expansion("off of (the|a)", 1);
        assert_eq!(fill("off $1", &found, false), "off a");
    }

    #[test]
    fn a_literal_knows_what_stands_in_its_brackets() {
        let find = "{insist} (on|upon) {go} (a|the) way";
        for (number, literal) in texts(find).iter().enumerate() {
            let found = expansion(find, number);
            assert_eq!(&fill("{insist} $1 {go} $2 way", &found, false), literal);
        }
    }

    #[test]
    fn mistakes_are_said() {
        assert!(literals("{insist of").is_err());
        assert!(literals("(|)").is_err());
        assert!(literals("\u{200B}").is_err());
        let long = format!("({})", vec!["a"; 300].join("|"));
        assert!(literals(&format!("{long} {long}")).is_err());
    }
}
