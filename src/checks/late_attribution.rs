//! `late-attribution`: a speaker named only after several sentences of a quote.

use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::quote::{Basis, QuoteKind};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("late-attribution", Run::Local(run), &[])];

/// So many sentences before the speaker are too many.
const MOST_SENTENCES: usize = 3;

/// Adds a hit at each attribution behind a quote of three or more sentences.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for quote in
        window.quotes.iter().filter(|q| q.kind == QuoteKind::Direct && q.basis == Basis::Behind && !q.continued)
    {
        let p = window.paragraph(quote.passage.paragraph());
        let stops = p.tokens_in(quote.inner).filter(|&at| matches!(p.word(at), "." | "?" | "!")).count();
        let (Some(cue), Some(speaker)) = (quote.cue, &quote.speaker) else { continue };
        if stops + 1 >= MOST_SENTENCES && cue.paragraph == speaker.passage.paragraph {
            let mut passage = cue;
            passage.span = passage.span.to(speaker.passage.span);
            out.push(Hit::at(passage).arg("count", (stops + 1).to_string()));
        }
    }
}
