//! The quotation guard: nothing between quotation marks is changed without a person.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{HitFix, HitPlace};
use crate::story::Story;
use crate::story::quote::Quoted;
use crate::text::Span;

/// What can be done about words inside a quote: nothing without a person's choice.
pub(super) fn guarded_fixes(story: &Story, passage: Passage, quoted: &Quoted, fixes: Vec<HitFix>) -> Vec<HitFix> {
    let number = passage.paragraph();
    let edit = |start: u32, end: u32, text: &str| {
        let span = Span { start, end };
        (HitPlace::Prose(Passage::new(number, span)), text.to_owned())
    };
    let written = story.slice(passage);
    let end = passage.span.end;
    let mut choices = vec![HitFix {
        title: format!("Ask the reporter to check “{written}” against the recording"),
        applicability: Applicability::Query,
        edits: vec![edit(end, end, " [check against recording]")],
    }];
    for fix in fixes {
        let to = match &fix.edits[..] {
            [(_, text)] if !text.is_empty() => format!(" to “{text}”"),
            _ => format!(": {}", fix.title),
        };
        let title = format!("Correct the transcription{to}");
        choices.push(HitFix {
            title,
            applicability: fix.applicability.max(Applicability::Suggested),
            edits: fix.edits,
        });
    }
    choices.push(HitFix {
        title: format!("Keep “{written}” and mark it [sic]"),
        applicability: Applicability::Suggested,
        edits: vec![edit(end, end, " [sic]")],
    });
    if quoted.closed {
        choices.push(HitFix {
            title: "Paraphrase: take off the quotation marks".to_owned(),
            applicability: Applicability::Query,
            edits: vec![
                edit(quoted.span.start, quoted.inner.start, "[paraphrase: "),
                edit(quoted.inner.end, quoted.span.end, "]"),
            ],
        });
    }
    choices
}

/// No rule, whatever it says of itself, changes words between quotation marks without a person.
pub(super) fn never_silent_in_quotes(story: &Story, mut fix: HitFix) -> HitFix {
    let touches_words = |(place, _): &(HitPlace, String)| match place {
        HitPlace::Prose(passage) => story.paragraphs.get(passage.paragraph()).is_some_and(|read| {
            let (start, end) = (passage.span.start, passage.span.end);
            read.quotes.quoted.iter().any(|q| start < q.inner.end && end > q.inner.start)
        }),
        HitPlace::Source(_) | HitPlace::Story => false,
    };
    if fix.edits.iter().any(touches_words) {
        fix.applicability = fix.applicability.max(Applicability::Suggested);
    }
    fix
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analyzer;
    use crate::checks::load;
    use crate::finding::Applicability;
    use crate::fix;
    use crate::markup::Format;
    use crate::rules::RuleFile;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    const RULE: &str = r#"
[[rule]]
id = "house/pier"
title = "t"
check = "phrase"
severity = "warning"
fix = "safe"
message = "pier"
why = "w"
phrases = [{ find = "old pier", use = ["new pier"] }]
"#;

    #[test]
    fn what_somebody_said_is_a_person_s_to_change() {
        let rules = load([], [RuleFile { name: "own.toml", text: RULE }]).rules;
        let mut analyzer = Analyzer::new(rules.into());
        let mut findings =
            |text: &str| analyzer.analyze(text, Format::Plain, &Surroundings::default(), &Settings::default()).findings;
        let text = "“It is an old pier,” Ana Ruiz said.";
        let found = findings(text);
        let choices: Vec<(&str, Applicability)> =
            found[0].fixes.iter().map(|fix| (fix.title.as_str(), fix.applicability)).collect();
        assert_eq!(
            choices,
            [
                ("Ask the reporter to check “old pier” against the recording", Applicability::Query),
                ("Correct the transcription to “new pier”", Applicability::Suggested),
                ("Keep “old pier” and mark it [sic]", Applicability::Suggested),
                ("Paraphrase: take off the quotation marks", Applicability::Query),
            ]
        );
        assert_eq!(fix::apply(text, &found, Applicability::Safe), (text.to_owned(), 0));
        let text = "It is the old pier, Ana Ruiz said.";
        let fixed = fix::apply(text, &findings(text), Applicability::Safe);
        assert_eq!(fixed, ("It is the new pier, Ana Ruiz said.".to_owned(), 1));
    }
}
