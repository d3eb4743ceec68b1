//! What must hold for any story: the result does not depend on what was kept, fixes settle, and no input is fatal.

use std::sync::Arc;

use copydesk::analysis::{Analyzer, Settings};
use copydesk::finding::Applicability;
use copydesk::fix;
use copydesk::markup::Format;
use copydesk::rules::{PACKS, RuleFile, RuleSet, load};
use copydesk::story::Surroundings;
use proptest::prelude::*;

/// Pieces of copy that set checks off, and characters that break offsets.
const PIECES: &[&str] = &[
    "The council insists of meeting on Sunday.",
    "“We will not leave this bridge to anyone,” she said.",
    "“We will not leave this bridge to anyone.”",
    "'No one asked us,' said Tom Okafor.",
    "Mayor Dale Finch met Ana Ruiz in late December.",
    "(Photo: via Lantern Press, file)",
    "rose 25 percent to $130 million from $100 million",
    "Tuesday, Feb. 20, 2017",
    "501(c)3",
    "the the",
    "😀 é e\u{301} \u{2028}",
    "<!-- copydesk-ignore all -->",
    "(CQ)",
    "# Bridge Opens",
    "> “Quoted.”",
    "![](img.jpg)",
    "---\ndate: 2018-02-12\n---\n",
    "{{< figure src=\"a.jpg\" >}}",
    "<p>One &amp; two<br>three",
    "\"",
    "”",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\t",
    "TK",
];

fn rules() -> Arc<RuleSet> {
    let files = PACKS.iter().map(|f| RuleFile { pack: f.pack, name: f.name, text: f.text, eager: false });
    Arc::new(load(files).rules)
}

fn around() -> Surroundings {
    Surroundings { date: Some(jiff::civil::date(2018, 2, 12)), ..Surroundings::default() }
}

fn story() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.join(" "))
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(&[Format::Plain, Format::Markdown, Format::Html][..])
}

/// An edit: where (as parts of the text's length, in thousandths), and what is put there.
type RandomEdit = (usize, usize, String);

fn edits() -> impl Strategy<Value = Vec<RandomEdit>> {
    let piece = prop_oneof![
        Just(String::new()),
        prop::sample::select(PIECES).prop_map(str::to_owned),
        "[ -~]{0,4}",
        prop::collection::vec(prop::sample::select(PIECES), 3..9).prop_map(|pieces| pieces.join("\n\n")),
    ];
    prop::collection::vec((0usize..=1000, 0usize..=120, piece), 1..12)
}

fn apply(text: &str, (at, length, new): &RandomEdit) -> String {
    let start = text.floor_char_boundary(text.len() * at / 1000);
    let end = text.floor_char_boundary((start + text.len() * length / 1000).min(text.len()));
    format!("{}{new}{}", &text[..start], &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_kept_changes_nothing(first in story(), edits in edits(), format in format()) {
        let rules = rules();
        let settings = Settings::default();
        let mut kept = Analyzer::new(Arc::clone(&rules));
        let mut text = first;
        for edit in &edits {
            kept.analyze(&text, format, &around(), &settings);
            text = apply(&text, edit);
            let incremental = kept.analyze(&text, format, &around(), &settings);
            let scratch = Analyzer::new(Arc::clone(&rules)).analyze(&text, format, &around(), &settings);
            prop_assert_eq!(&incremental.findings, &scratch.findings);
            prop_assert_eq!(&incremental.document, &scratch.document);
        }
    }

    #[test]
    fn findings_and_edits_lie_on_character_boundaries(text in story(), format in format()) {
        let analysis = Analyzer::new(rules()).analyze(&text, format, &around(), &Settings::default());
        let ranges = analysis.findings.iter().flat_map(|finding| {
            let edits = finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| &edit.range));
            let related = finding.related.iter().map(|related| &related.range);
            std::iter::once(&finding.range).chain(related).chain(edits)
        });
        for range in ranges {
            prop_assert!(text.get(range.clone()).is_some(), "{:?} of {:?}", range, text);
        }
    }

    #[test]
    fn safe_fixes_settle_and_change_no_quoted_word(text in story(), format in format()) {
        let mut analyzer = Analyzer::new(rules());
        let fixed = fix_all(&mut analyzer, &text, format);
        prop_assert_eq!(&fix_all(&mut analyzer, &fixed, format), &fixed);
    }

    #[test]
    fn any_text_is_read(text in any::<String>(), format in format()) {
        Analyzer::new(rules()).analyze(&text, format, &around(), &Settings::default());
    }
}

fn fix_all(analyzer: &mut Analyzer, text: &str, format: Format) -> String {
    let mut text = text.to_owned();
    for _ in 0..20 {
        let findings = analyzer.analyze(&text, format, &around(), &Settings::default()).findings;
        let (fixed, applied) = fix::apply(&text, &findings, Applicability::Safe);
        if applied == 0 || fixed == text {
            return fixed;
        }
        text = fixed;
    }
    panic!("fixes do not settle: {text:?}");
}

/// The words between curly marks stay as they are, whatever is wrong with them.
#[test]
fn no_safe_fix_touches_what_a_speaker_said() {
    let text = "“The the council insists of  it’s 501(c)3 plan in Feb 20th , 2018,” Ruiz said.";
    let mut analyzer = Analyzer::new(rules());
    let fixed = fix_all(&mut analyzer, text, Format::Plain);
    let inside = |text: &str| text.split(['“', '”']).nth(1).map(str::to_owned);
    assert_eq!(inside(&fixed), inside(text));
}
