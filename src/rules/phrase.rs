//! Phrases with inflection and alternatives, expanded into plain literals.

use super::inflect;

/// How many literals one phrase may stand for; more is surely a mistake, and would slow every run down.
const MOST_EXPANSIONS: usize = 400;

/// One literal that a phrase stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// In the case it was written in.
    pub text: String,
    /// For each `{…}`: which form of the word this literal has.
    pub forms: Vec<usize>,
    /// For each `(…|…)`: which alternative it has.
    pub groups: Vec<String>,
}

/// A piece of a phrase as written.
enum Piece<'p> {
    Text(&'p str),
    /// `{lemma}` or `{lemma|n}`.
    Word(&'p str),
    /// `(a|b)`.
    Choice(&'p str),
}

/// Every literal that `find` stands for.
///
/// # Errors
///
/// Says what is wrong with the phrase: a bracket left open, nothing to find, too many alternatives.
pub fn expand(find: &str) -> Result<Vec<Expansion>, String> {
    // Most phrases of the long word lists are plain words.
    if !find.contains(['{', '(']) && !find.trim().is_empty() {
        return Ok(vec![Expansion { text: find.trim().to_owned(), forms: Vec::new(), groups: Vec::new() }]);
    }
    let mut expansions = vec![Expansion { text: String::new(), forms: Vec::new(), groups: Vec::new() }];
    for piece in pieces(find)? {
        let options = match piece {
            Piece::Text(text) => vec![text.to_owned()],
            Piece::Word(word) => forms(word),
            Piece::Choice(choice) => choice.split('|').map(str::to_owned).collect(),
        };
        // Asked before they are made: two long choices would fill the memory.
        if expansions.len() * options.len() > MOST_EXPANSIONS {
            return Err(format!("`{find}` stands for more than {MOST_EXPANSIONS} phrases; split it"));
        }
        expansions = extend(&expansions, &options, |expansion, index, option| match piece {
            Piece::Text(_) => {}
            Piece::Word(_) => expansion.forms.push(index),
            Piece::Choice(_) => expansion.groups.push(option.to_owned()),
        });
    }
    for expansion in &mut expansions {
        expansion.text = expansion.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if expansions.iter().any(|e| e.text.is_empty()) {
        return Err(format!("`{find}` may match nothing at all"));
    }
    // The first of equal literals stays: a past that looks like its participle is told apart when it is replaced.
    let mut seen = std::collections::HashSet::new();
    expansions.retain(|e| seen.insert(e.text.clone()));
    Ok(expansions)
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
/// `after_auxiliary`: a form of *have* or *be* stands before the phrase, so that a past form is a participle.
pub fn fill(template: &str, found: &Expansion, after_auxiliary: bool) -> String {
    let mut text = String::new();
    let mut word = 0;
    let Ok(pieces) = pieces(template) else { return template.to_owned() };
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(&fill_groups(plain, &found.groups)),
            Piece::Choice(choice) => text.push_str(&format!("({choice})")),
            Piece::Word(lemma) => {
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
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

fn extend(sofar: &[Expansion], options: &[String], note: impl Fn(&mut Expansion, usize, &str)) -> Vec<Expansion> {
    let mut longer = Vec::with_capacity(sofar.len() * options.len());
    for expansion in sofar {
        for (index, option) in options.iter().enumerate() {
            let mut next = expansion.clone();
            next.text.push_str(option);
            note(&mut next, index, option);
            longer.push(next);
        }
    }
    longer
}

fn pieces(phrase: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = phrase;
    while let Some(open) = rest.find(['{', '(']) {
        if open > 0 {
            pieces.push(Piece::Text(&rest[..open]));
        }
        let (close, is_word) = if rest[open..].starts_with('{') { ('}', true) } else { (')', false) };
        let inside = &rest[open + 1..];
        let Some(end) = inside.find(close) else { return Err(format!("`{phrase}` has no `{close}` for its bracket")) };
        let content = &inside[..end];
        match (is_word, content.contains('|')) {
            (true, _) if content.is_empty() => return Err(format!("`{phrase}` has empty braces")),
            (true, _) => pieces.push(Piece::Word(content)),
            (false, true) => pieces.push(Piece::Choice(content)),
            // Brackets without alternatives are plain text, as in `501(c)3`.
            (false, false) => pieces.push(Piece::Text(&rest[open..open + end + 2])),
        }
        rest = &inside[end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(find: &str) -> Vec<String> {
        expand(find).expect("the phrase is well formed").into_iter().map(|e| e.text).collect()
    }

    #[test]
    fn inflection_and_alternatives_expand() {
        assert_eq!(texts("{insist} of"), ["insist of", "insists of", "insisted of", "insisting of"]);
        assert_eq!(texts("in (the|) close proximity"), ["in the close proximity", "in close proximity"]);
        assert_eq!(texts("501(c)3"), ["501(c)3"]);
    }

    #[test]
    fn replacements_take_the_form_that_was_found() {
        let found = &expand("{insist} of").expect("well formed")[2];
        assert_eq!(fill("{consist} of", found, false), "consisted of");
        assert_eq!(fill("{write} on", found, false), "wrote on");
        assert_eq!(fill("{write} on", found, true), "written on");
        let found = &expand("off of (the|a)").expect("well formed")[1];
        assert_eq!(fill("off $1", found, false), "off a");
    }

    #[test]
    fn mistakes_are_said() {
        assert!(expand("{insist of").is_err());
        assert!(expand("(|)").is_err());
    }
}
