//! What the changes of a paragraph compute to, for whoever wants to see the sums beside the words.

use super::change::{FigureChange, changes};
use crate::story::ParagraphFacts;
use crate::story::figure::FigureUnit;
use crate::story::figure::sentence::{FigureSentence, sentences, written};
use crate::text::Span;

/// A change that was worked out from its two values.
#[derive(Clone, Debug, PartialEq)]
pub struct ComputedChange {
    /// The figure that says by how much, or the last of the two values where none does. Bytes of the paragraph's prose.
    pub at: Span,
    /// What the values give: `+5 percent`; for values in percent `+2 points, +40 percent`.
    pub change: String,
    /// The sum: `from 2 to 2.1`.
    pub sum: String,
}

/// The changes of a paragraph whose sentences give both values, in order.
pub fn computed_changes(read: &ParagraphFacts) -> Vec<ComputedChange> {
    let of_sentence = |sentence: FigureSentence| {
        changes(&sentence).iter().filter_map(|change| computed(&sentence, change)).collect::<Vec<_>>()
    };
    sentences(read, 2).flat_map(of_sentence).collect()
}

fn computed(sentence: &FigureSentence, change: &FigureChange) -> Option<ComputedChange> {
    let (from, to) = (change.from.value, change.to.value);
    if from <= 0.0 || from == to {
        return None;
    }
    let sign = if to > from { "+" } else { "−" };
    let percent = ((to / from - 1.0) * 100.0).abs();
    // One decimal tells 0.4 from none, and more is noise.
    let places = usize::from(percent < 100.0);
    let mut text = format!("{sign}{} percent", written(percent, places));
    if change.to.unit == FigureUnit::Percent {
        text = format!("{sign}{} points, {text}", written((to - from).abs(), 2));
    }
    let last = if change.from.span.start > change.to.span.start { change.from } else { change.to };
    Some(ComputedChange {
        at: change.by.unwrap_or(last).span,
        change: text,
        sum: format!("from {} to {}", sentence.text(change.from), sentence.text(change.to)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn computed(text: &str) -> Vec<(String, String)> {
        let read = ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text.to_owned()));
        let changes = computed_changes(&read);
        changes.into_iter().map(|c| (read.paragraph.slice(c.at).to_owned(), c.change)).collect()
    }

    fn one(at: &str, change: &str) -> Vec<(String, String)> {
        vec![(at.to_owned(), change.to_owned())]
    }

    #[test]
    fn changes_are_worked_out() {
        assert_eq!(computed("The fare rose 5 percent to $2.10 from $2."), one("5 percent", "+5 percent"));
        assert_eq!(
            computed("The budget fell from $130 million to $100 million."),
            one("$100 million", "−23.1 percent")
        );
        assert_eq!(computed("Turnout rose to 7 percent from 5 percent."), one("5 percent", "+2 points, +40 percent"));
        assert_eq!(computed("Sales quadrupled to 400 from 100."), one("100", "+300 percent"));
        assert_eq!(computed("It is open from 9 to 5 and costs $3."), []);
        assert_eq!(computed("The fare rose 5 percent."), []);
    }
}
