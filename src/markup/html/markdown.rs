//! Markdown in an element of HTML that says so: `<figcaption markdown="span">by [Ana Ruiz](https://ruiz.example)</figcaption>`.

use super::super::Link;
use crate::text::SourceRange;

/// The bytes at `range` of `source` that are words, without the marks of emphasis and links, and the links.
pub(super) fn words_and_links(source: &str, range: SourceRange) -> (Vec<SourceRange>, Vec<Link>) {
    let (mut marks, mut links): (Vec<SourceRange>, _) = (Vec::new(), Vec::new());
    // Where brackets are open.
    let mut opened: Vec<usize> = Vec::new();
    for (at, byte) in source.as_bytes()[range.clone()].iter().enumerate() {
        let at = range.start + at;
        match byte {
            b'*' => marks.push(at..at + 1),
            b'[' => opened.push(at),
            b']' => {
                let Some(open) = opened.pop() else { continue };
                let Some(len) = length_of_target(&source[at + 1..range.end]) else { continue };
                let end = at + 1 + len;
                let target_range = at + 2..end - 1;
                let (target, text) = (source[target_range.clone()].to_owned(), source[open + 1..at].replace('*', ""));
                links.push(Link { range: open..end, target, target_range, text });
                marks.extend([open..open + 1, at..end]);
            }
            _ => {}
        }
    }
    marks.sort_by_key(|mark| mark.start);
    let mut words = Vec::with_capacity(marks.len() + 1);
    let mut plain = range.start;
    for mark in marks.into_iter().filter(|mark| mark.start < mark.end) {
        if plain < mark.start {
            words.push(plain..mark.start);
        }
        plain = plain.max(mark.end);
    }
    if plain < range.end {
        words.push(plain..range.end);
    }
    (words, links)
}

/// No address is so long. Where thousands of brackets are opened, each would be looked for to the end.
const LONGEST_TARGET: usize = 2048;

/// How long `(…)` is, with which `rest` begins; an address may have brackets in pairs.
fn length_of_target(rest: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, byte) in rest.bytes().take(LONGEST_TARGET).enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            b' ' | b'\n' | b'<' => return None,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_emphasis_are_marks() {
        let source = "by [*Ana* Ruiz](https://a.example/(b)) [sic] ](c";
        let (words, links) = words_and_links(source, 0..source.len());
        assert_eq!(words.into_iter().map(|part| &source[part]).collect::<String>(), "by Ana Ruiz [sic] ](c");
        assert_eq!(links.len(), 1);
        assert_eq!((&*links[0].target, &*links[0].text), ("https://a.example/(b)", "Ana Ruiz"));
    }
}
