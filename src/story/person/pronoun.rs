//! For whom `he` or `she` stands, of those who were named before.

use super::Gender;
use crate::prose::Paragraph;
use crate::text::Span;

/// The last `he` or `she` before `span` in its `sentence`, by its gender. `pronouns` are those of the paragraph.
pub(crate) fn subject_before(
    paragraph: &Paragraph,
    pronouns: &[(Span, Gender)],
    (sentence, span): (Span, Span),
) -> Option<Gender> {
    let mut own = pronouns.iter().filter(|(at, _)| sentence.contains(*at) && at.end <= span.start);
    let is_subject = |at: Span| matches!(paragraph.low(paragraph.token_at(at.start)), "he" | "she");
    own.rfind(|(at, _)| is_subject(*at)).map(|(_, gender)| *gender)
}

/// For whom a pronoun stands, where a reader would not doubt: the only one named before whom it fits, or the only one whom the
/// last sentence with names has. `named` are those whom it fits, the nearest first, each with the sentence in which that is.
///
/// Of two of one name, as `are_namesakes` says, the one whom the pronoun fits by what the text says is meant: `is_known`.
pub(crate) fn antecedent<W: Clone + PartialEq, S: PartialEq>(
    named: impl Iterator<Item = (W, S)>,
    is_known: impl Fn(&W) -> bool,
    are_namesakes: impl Fn(&W, &W) -> bool,
) -> Option<W> {
    let mut candidates: Vec<W> = Vec::new();
    let mut last: Option<(S, Vec<W>)> = None;
    for (who, sentence) in named {
        if !candidates.contains(&who) {
            candidates.push(who.clone());
        }
        match &mut last {
            None => last = Some((sentence, vec![who])),
            Some((of, people)) if *of == sentence && !people.contains(&who) => people.push(who),
            Some(_) => {}
        }
    }
    if let [one, other] = &candidates[..]
        && are_namesakes(one, other)
        && is_known(one) != is_known(other)
    {
        return Some(if is_known(one) { one.clone() } else { other.clone() });
    }
    match (&candidates[..], last) {
        ([only], _) => Some(only.clone()),
        (_, Some((_, people))) if people.len() == 1 => people.into_iter().next(),
        _ => None,
    }
}
