//! Inflection of English verbs and nouns, for phrases such as `{insist} of`.

use super::inflection;

/// The forms of a verb or noun, each in a fixed place, so that a replacement takes the same form as what it replaces.
pub type InflectedForms = Vec<String>;

/// The forms of verb `base`: base, third person, past, participle, -ing. Regular and participle may be equal.
pub fn verb(base: &str) -> InflectedForms {
    if base == "be" {
        return ["be", "is", "was", "been", "being", "are", "were"].map(str::to_owned).to_vec();
    }
    // A phrasal head such as “hand over” inflects in its first word.
    if let Some((head, rest)) = base.split_once(' ') {
        return verb(head).into_iter().map(|form| format!("{form} {rest}")).collect();
    }
    let (past, participle) = match inflection::IRREGULAR_VERBS.iter().find(|entry| entry.0 == base) {
        Some(entry) => (entry.1.to_owned(), entry.2.to_owned()),
        None => (past(base), past(base)),
    };
    vec![base.to_owned(), plural_like(base), past, participle, gerund(base)]
}

/// The forms of noun `base`: singular, plural.
pub fn noun(base: &str) -> InflectedForms {
    if let Some((rest, head)) = base.rsplit_once(' ') {
        return noun(head).into_iter().map(|form| format!("{rest} {form}")).collect();
    }
    let plural = match base {
        "child" => "children".to_owned(),
        "person" => "people".to_owned(),
        "foot" => "feet".to_owned(),
        "tooth" => "teeth".to_owned(),
        "life" | "wife" | "knife" => format!("{}ves", &base[..base.len() - 2]),
        "criterion" => "criteria".to_owned(),
        _ => match base.strip_suffix("man") {
            Some(stem) if !matches!(base, "human" | "german" | "roman" | "talisman") => format!("{stem}men"),
            _ => plural_like(base),
        },
    };
    vec![base.to_owned(), plural]
}

/// Adds -s as both verbs and nouns do.
fn plural_like(base: &str) -> String {
    if let Some(stem) = ends_in_consonant_y(base) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end))
        || matches!(base, "go" | "do" | "forgo" | "undergo" | "veto" | "hero" | "echo");
    if base == "have" {
        "has".to_owned()
    } else if base.ends_with('z') && doubles(base) {
        format!("{base}zes")
    } else if hisses {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        format!("{base}d")
    } else if let Some(stem) = ends_in_consonant_y(base) {
        format!("{stem}ied")
    } else if doubles(base) {
        format!("{base}{}ed", &base[base.len() - 1..])
    } else {
        format!("{base}ed")
    }
}

fn gerund(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        format!("{stem}ying")
    } else if base.ends_with('e')
        && !base.ends_with("ee")
        && !base.ends_with("oe")
        && !base.ends_with("ye")
        && base.len() > 2
    {
        format!("{}ing", &base[..base.len() - 1])
    } else if doubles(base) {
        format!("{base}{}ing", &base[base.len() - 1..])
    } else {
        format!("{base}ing")
    }
}

fn ends_in_consonant_y(base: &str) -> Option<&str> {
    let stem = base.strip_suffix('y')?;
    let before = stem.chars().last()?;
    (!is_vowel(before)).then_some(stem)
}

/// Whether the last consonant is doubled: one short syllable that ends consonant, vowel, consonant, or a listed verb.
fn doubles(base: &str) -> bool {
    if inflection::DOUBLING.contains(base) {
        return true;
    }
    if inflection::NOT_DOUBLING.contains(base) || !base.is_ascii() {
        return false;
    }
    let letters = base.as_bytes();
    let [.., before, vowel, last] = letters else { return false };
    // The *u* of `quip` is no vowel.
    let vowels = letters
        .iter()
        .zip(b"-".iter().chain(letters))
        .filter(|&(&c, &before)| is_vowel(c as char) && (before, c) != (b'q', b'u'));
    let one_syllable = vowels.count() == 1;
    let before = if letters.ends_with(&[b'q', b'u', *vowel, *last]) { b'q' } else { *before };
    let shape = !is_vowel(before as char) && is_vowel(*vowel as char) && !is_vowel(*last as char);
    one_syllable && shape && !matches!(last, b'w' | b'x' | b'y')
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_inflect() {
        assert_eq!(verb("insist"), ["insist", "insists", "insisted", "insisted", "insisting"]);
        assert_eq!(verb("accuse"), ["accuse", "accuses", "accused", "accused", "accusing"]);
        assert_eq!(verb("plan"), ["plan", "plans", "planned", "planned", "planning"]);
        assert_eq!(verb("refer"), ["refer", "refers", "referred", "referred", "referring"]);
        assert_eq!(verb("visit"), ["visit", "visits", "visited", "visited", "visiting"]);
        assert_eq!(verb("comply"), ["comply", "complies", "complied", "complied", "complying"]);
        assert_eq!(verb("write"), ["write", "writes", "wrote", "written", "writing"]);
        assert_eq!(verb("quip")[2..], ["quipped", "quipped", "quipping"]);
        assert_eq!(verb("quiz"), ["quiz", "quizzes", "quizzed", "quizzed", "quizzing"]);
        assert_eq!(verb("demur")[2], "demurred");
        assert_eq!(verb("agree"), ["agree", "agrees", "agreed", "agreed", "agreeing"]);
        assert_eq!(verb("hand over")[2], "handed over");
    }

    #[test]
    fn nouns_inflect() {
        assert_eq!(noun("policeman"), ["policeman", "policemen"]);
        assert_eq!(noun("inquiry"), ["inquiry", "inquiries"]);
        assert_eq!(noun("press release"), ["press release", "press releases"]);
    }
}
