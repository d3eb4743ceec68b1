//! What must hold for any story: the result does not depend on what was kept, fixes settle, and no input is fatal.

use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::checks::load;
use copydesk::finding::Applicability;
use copydesk::fix;
use copydesk::markup::Format;
use copydesk::rules::{PACKS, RuleSet};
use copydesk::settings::{RuleSetting, Settings};
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
    "Le maire a annoncé un plan, dont il a une idée.",
    "<p lang=\"fr\">Bonjour, madame.</p>",
    "{/* no */}",
    "{: .left }",
    "Doors open at 7 PM, on Apr 16.",
    "<div class=\"ad-box\"><p>Buy</p></div>",
];

/// How many stories a property is tried on: `usual`, or what `PROPTEST_CASES` says, for a longer look by hand.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

fn rules() -> Arc<RuleSet> {
    Arc::new(load(PACKS, []).rules)
}

fn around() -> Surroundings {
    Surroundings { date: Some(jiff::civil::date(2018, 2, 12)), ..Surroundings::default() }
}

/// Settings under which no rule is off.
fn all_rules(rules: &RuleSet) -> Settings {
    let on = |severity| RuleSetting { severity: Some(Some(severity)), message: None };
    let rules = rules.rules.iter().map(|rule| (rule.id.to_string(), on(rule.severity))).collect();
    Settings { rules, ..Settings::default() }
}

fn story() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.join(" "))
}

fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(&Format::ALL[..])
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

/// Sentences whose facts meet: quotes taken up again, people named in full and by surname, days that stand for others.
const NEWS: &[&str] = &[
    "Ferry Plan Divides Port Ellery, Says Finch",
    "Mayor Dale Finch said the ferry would leave in December.",
    "“We heard nothing from the harbor board until the boats had gone,” Ana Ruiz said.",
    "“We heard nothing from the harbor board until the ships had gone,” he said.",
    "“We heard nothing from the harbor board until the boats had gone,” said Tom Okafor.",
    "“The council never asked us what the old pier was for.",
    "“Nobody did,” she added. “It is too early to say.”",
    "Ruiz, 42, met president Okafor and the President of the council in May.",
    "Mayor Finch and Ms. Ruis spoke on Sunday; it closed in 1911, and the next month it burned.",
    "In 1912 it was rebuilt. In May 1913 and on June 4 it burned again.",
    "Three men died in 480 B.C., and two men were killed.",
    "The Port Ellery Ferry Company (PEFC) lost $1.2 million; the PEFC said $1.2 billion.",
    "The killer, Tom Okafor, was arrested on Tuesday, Feb. 20.",
    "A jury found him guilty.",
    "Le maire a annoncé un plan, dont il a une idée.",
    "“We will hear from the harbor board soon,” the mayor said.",
    "Erdoğan met Erdogan and Omar al-Tahir, and later Omar Al Tahir.",
    "From May 2 to June 5 fares rise 5 percent, after 5% in 2017 and last year.",
    "Copyright 2018 The Courier. All rights reserved.",
    "By Ana Ruiz, staff writer",
    "Feb. 12, 2018",
    "Four towns — Ellery, Gale and Kestrel 😀 — voted.",
    "Tom Okafor echoed:",
    "“The old boats went on and on",
    "“A study found that ferries are safe.” Another survey says so too.",
    "Officials said it was the largest in history because the law says so.",
    "The ferry, a 20-year-old boat, left at 8 p.m. EDT on Feb. 2, on Sunday, Feb. 12 and on Easter, April 1.",
];

fn news() -> impl Strategy<Value = String> {
    let paragraph = prop::collection::vec(prop::sample::select(NEWS), 1..3).prop_map(|sentences| sentences.join(" "));
    prop::collection::vec(paragraph, 1..14).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

/// A letter or two, a cut, a pasted paragraph or story, or `None` to undo what was done last.
fn keystroke() -> impl Strategy<Value = Option<RandomEdit>> {
    let typed =
        (0usize..=1000, Just(0), "[a-z0-9 .,“”’\\n😀]{1,2}|Ruiz |Tom |Mayor |Ms. |Quill |he |Today|in 1911|said ")
            .prop_map(Some);
    let cut = (0usize..=1000, 0usize..=300, Just(String::new())).prop_map(Some);
    let pasted = (0usize..=1000, Just(0), prop_oneof![prop::sample::select(NEWS).prop_map(str::to_owned), news()]);
    let replaced = (Just(0), Just(1000), news()).prop_map(Some);
    prop_oneof![6 => typed, 2 => cut, 2 => pasted.prop_map(Some), 1 => replaced, 2 => Just(None)]
}

/// Which paragraph is edited, and how: broken in two, joined to the next one, taken out, or others put before it.
#[derive(Clone, Debug)]
enum Break {
    InTwo(usize),
    Join,
    Out,
    Before(String),
}

fn breaks() -> impl Strategy<Value = (usize, Break)> {
    let item = prop::sample::select(NEWS).prop_map(|sentence| format!("- {sentence}"));
    let paragraphs =
        prop::collection::vec(prop_oneof![3 => prop::sample::select(NEWS).prop_map(str::to_owned), 1 => item], 1..4);
    let edit = prop_oneof![
        3 => (0usize..=1000).prop_map(Break::InTwo),
        3 => Just(Break::Join),
        1 => Just(Break::Out),
        2 => paragraphs.prop_map(|paragraphs| Break::Before(paragraphs.join("\n\n"))),
    ];
    (0usize..20, edit)
}

fn broken(text: &str, (number, edit): &(usize, Break)) -> String {
    let mut paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    let at = number % paragraphs.len();
    match edit {
        Break::InTwo(part) => {
            let own = paragraphs[at].clone();
            let middle = own.floor_char_boundary(own.len() * part / 1000);
            // A person breaks a line between two words.
            let middle = own[..middle].rfind(' ').unwrap_or(middle);
            paragraphs.splice(at..=at, [own[..middle].to_owned(), own[middle..].trim_start().to_owned()]);
        }
        Break::Join if at + 1 < paragraphs.len() => {
            let next = paragraphs.remove(at + 1);
            paragraphs[at] += " ";
            paragraphs[at] += &next;
        }
        Break::Join | Break::Out => _ = paragraphs.remove(at),
        Break::Before(others) => paragraphs.insert(at, others.clone()),
    }
    paragraphs.join("\n\n")
}

fn apply(text: &str, (at, length, new): &RandomEdit) -> String {
    let start = text.floor_char_boundary(text.len() * at / 1000);
    let end = text.floor_char_boundary((start + text.len() * length / 1000).min(text.len()));
    format!("{}{new}{}", &text[..start], &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(96), failure_persistence: None, ..ProptestConfig::default() })]

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

    /// Stories with many facts that hang together over paragraphs, typed in letter by letter, cut, pasted and undone.
    #[test]
    fn what_was_linked_changes_nothing(
        first in news(), edits in prop::collection::vec(keystroke(), 1..24), format in format(), wide in any::<bool>(),
    ) {
        let rules = rules();
        let settings = all_rules(&rules);
        let mut kept = Analyzer::new(Arc::clone(&rules));
        let mut text = if wide { first.replace('\n', "\r\n") } else { first };
        let mut before = String::new();
        let mut incremental = kept.analyze(&text, format, &around(), &settings);
        for edit in &edits {
            let next = match edit {
                Some(edit) => apply(&text, edit),
                None => before,
            };
            before = std::mem::replace(&mut text, next);
            incremental = kept.analyze_again((&before, incremental), &text, format, &around(), &settings);
            let scratch = Analyzer::new(Arc::clone(&rules)).analyze(&text, format, &around(), &settings);
            prop_assert_eq!(&incremental.findings, &scratch.findings);
            prop_assert_eq!(&incremental.document, &scratch.document);
            let (kept, new) = (incremental.story(), scratch.story());
            prop_assert_eq!(kept.times, new.times);
            prop_assert_eq!(kept.people, new.people);
            prop_assert_eq!(kept.organisations, new.organisations);
            prop_assert_eq!(kept.quotes, new.quotes);
            prop_assert_eq!(kept.figures, new.figures);
            prop_assert_eq!(kept.photos, new.photos);
            prop_assert_eq!(kept.sources, new.sources);
            prop_assert_eq!(kept.claims, new.claims);
        }
    }

    /// Stories whose paragraphs are broken, joined, taken out and put in.
    #[test]
    fn what_was_numbered_anew_changes_nothing(
        first in news(), edits in prop::collection::vec(breaks(), 1..16),
        format in prop_oneof![3 => Just(Format::Plain), 2 => Just(Format::Markdown), 1 => format()],
    ) {
        let rules = rules();
        let settings = all_rules(&rules);
        let mut kept = Analyzer::new(Arc::clone(&rules));
        let mut text = first;
        let mut incremental = kept.analyze(&text, format, &around(), &settings);
        for edit in &edits {
            let now = broken(&text, edit);
            let before = std::mem::replace(&mut text, now);
            incremental = kept.analyze_again((&before, incremental), &text, format, &around(), &settings);
            let scratch = Analyzer::new(Arc::clone(&rules)).analyze(&text, format, &around(), &settings);
            prop_assert_eq!(&incremental.findings, &scratch.findings);
            prop_assert_eq!(&incremental.document, &scratch.document);
            let (kept, new) = (incremental.story(), scratch.story());
            prop_assert_eq!(format!("{:?}", kept.lists()), format!("{:?}", new.lists()));
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

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(24), failure_persistence: None, ..ProptestConfig::default() })]

    /// A sentence written at the end of a paragraph, or into a line of its own, and taken back letter by letter.
    #[test]
    fn what_is_written_changes_nothing(
        story in news(), at in any::<prop::sample::Index>(), sentence in prop::sample::select(NEWS), own_line in any::<bool>(),
    ) {
        let rules = rules();
        let settings = all_rules(&rules);
        let ends: Vec<usize> = story.match_indices("\n\n").map(|(end, _)| end).chain([story.len()]).collect();
        let end = ends[at.index(ends.len())];
        let gap = if own_line { "\n\n" } else { " " };
        let mut kept = Analyzer::new(Arc::clone(&rules));
        let (mut text, mut written) = (story.clone(), String::new());
        let mut incremental = kept.analyze(&text, Format::Plain, &around(), &settings);
        let letters = gap.chars().chain(sentence.chars()).map(Some);
        for letter in letters.chain([None; 12]) {
            match letter {
                Some(letter) => written.push(letter),
                None => _ = written.pop(),
            }
            let now = format!("{}{written}{}", &story[..end], &story[end..]);
            incremental = kept.analyze_again((&text, incremental), &now, Format::Plain, &around(), &settings);
            text = now;
            let scratch = Analyzer::new(Arc::clone(&rules)).analyze(&text, Format::Plain, &around(), &settings);
            prop_assert_eq!(&incremental.findings, &scratch.findings);
            prop_assert_eq!(&incremental.document, &scratch.document);
            prop_assert_eq!(incremental.story().quotes, scratch.story().quotes);
        }
    }
}

/// Edits that once left behind what they changed elsewhere.
#[test]
fn what_hangs_on_an_edit_from_afar_is_found_again() {
    let pairs = [
        // What a fix says of the attribution: the words between pronoun and verb.
        (
            "Tom Okafor met Dale Finch.\n\nThey left. “We will hear from the board soon,” he said.",
            "Tom Okafor met Dale Finch.\n\nThey left. “We will hear from the board soon,” he then said.",
        ),
        // A second mayor, many paragraphs before the mayor speaks.
        (
            "Mayor Dale Finch came.\n\nMayor Dale Finch left.\n\nIt rained.\n\nIt snowed.\n\nIt hailed.\n\nThe wind rose.\n\nIt \
             fell.\n\n“We will hear from the harbor board soon,” the mayor said.",
            "Mayor Dale Finch came.\n\nMayor Dale Finc left.\n\nIt rained.\n\nIt snowed.\n\nIt hailed.\n\nThe wind rose.\n\nIt \
             fell.\n\n“We will hear from the harbor board soon,” the mayor said.",
        ),
        // A role of somebody who is named elsewhere, and whom `the mayor` may mean from now on.
        (
            "Dale Finch, 42, came.\n\nDale Finch left.\n\n“We will hear from the harbor board soon,” the mayor said.",
            "Dale Finch, 42, came.\n\nMayor Dale Finch left.\n\n“We will hear from the harbor board soon,” the mayor said.",
        ),
        // Two who are named in one sentence, and no longer are.
        (
            "Tom Okafor met an old friend. The friend knew Dale Finch.\n\nThey left. “We will hear from the harbor board soon,” he said.",
            "Tom Okafor met an old friend, the friend knew Dale Finch.\n\nThey left. “We will hear from the harbor board soon,” he said.",
        ),
    ];
    let rules = rules();
    let (settings, around) = (all_rules(&rules), around());
    for (before, now) in pairs.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        let mut kept = Analyzer::new(Arc::clone(&rules));
        let last = kept.analyze(before, Format::Plain, &around, &settings);
        let followed = kept.analyze_again((before, last), now, Format::Plain, &around, &settings);
        let again = Analyzer::new(Arc::clone(&rules)).analyze(now, Format::Plain, &around, &settings);
        assert_eq!(followed.findings, again.findings, "{now}");
        assert_eq!(followed.story().quotes, again.story().quotes, "{now}");
    }
}
