//! What must hold for any bytes, one function a reader: it does not panic, and what it says of the bytes is within them.

use std::io::BufReader;
use std::sync::{Arc, OnceLock};

use copydesk::analysis::{Analysis, Analyzer};
use copydesk::checks::load;
use copydesk::finding::Applicability;
use copydesk::markup::Format;
use copydesk::record::{Record, StoryLine};
use copydesk::rules::{PACKS, RuleFile, RuleSet};
use copydesk::settings::{RuleSetting, Settings};
use copydesk::story::{Surroundings, checkable};
use copydesk::{assets, config, fix, lsp};

/// Longer inputs find nothing that shorter ones do not, and take longer.
const LONGEST: usize = 4096;

/// What an input is given to.
pub type Target = fn(&[u8]);

/// By what each name runs its function.
pub const TARGETS: &[(&str, Target)] = &[
    ("plain", plain),
    ("markdown", markdown),
    ("html", html),
    ("front_matter", front_matter),
    ("ninjs", ninjs),
    ("archive", archive),
    ("settings", settings),
    ("rules", rules),
    ("images", images),
    ("framing", framing),
    ("edits", edits),
    ("fixes", fixes),
];

/// Every rule of the packs, all of them on.
fn desk() -> &'static (Arc<RuleSet>, Settings, Surroundings) {
    static DESK: OnceLock<(Arc<RuleSet>, Settings, Surroundings)> = OnceLock::new();
    DESK.get_or_init(|| {
        let rules = Arc::new(load(PACKS, []).rules);
        let on = |severity| RuleSetting { severity: Some(Some(severity)), message: None };
        let all = rules.rules.iter().map(|rule| (rule.id.to_string(), on(rule.severity))).collect();
        let date = Some(jiff::civil::date(2018, 2, 12));
        (rules, Settings { rules: all, ..Settings::default() }, Surroundings { date, ..Surroundings::default() })
    })
}

fn analyze(text: &str, format: Format) -> Analysis {
    let (rules, settings, around) = desk();
    Analyzer::new(Arc::clone(rules)).analyze(text, format, around, settings)
}

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(&data[..data.len().min(LONGEST)]).into_owned()
}

/// Reads and checks a story, and lists its facts.
fn story(text: &str, format: Format) {
    let analysis = analyze(text, format);
    for block in &analysis.document.blocks {
        assert!(text.get(block.range.clone()).is_some(), "a block outside of the text: {block:?}");
    }
    for finding in &analysis.findings {
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.range);
        for range in edits.chain([&finding.range]).chain(finding.related.iter().map(|related| &related.range)) {
            assert!(text.get(range.clone()).is_some(), "a place outside of the text: {finding:?}");
        }
    }
    let sheet = checkable::sheet(&analysis.story());
    for place in sheet.facts.iter().flat_map(|fact| &fact.places) {
        assert!(analysis.paragraphs[place.paragraph()].paragraph.text.get(place.span.range()).is_some());
    }
}

pub fn plain(data: &[u8]) {
    story(&text(data), Format::Plain);
}

pub fn markdown(data: &[u8]) {
    story(&text(data), Format::Markdown);
}

pub fn html(data: &[u8]) {
    story(&text(data), Format::Html);
}

/// YAML and TOML before a story.
pub fn front_matter(data: &[u8]) {
    let text = text(data);
    for fence in ["---", "+++"] {
        let source = format!("{fence}\n{text}\n{fence}\n\nThe council met.\n");
        let document = copydesk::markup::parse(&source, Format::Markdown);
        for entry in &document.metadata {
            assert!(source.get(entry.range.clone()).is_some(), "{entry:?}");
        }
        for problem in &document.problems {
            assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
    }
}

/// Stories as data: findings are told in places of the JSON.
fn record(source: &str, record: Record) {
    let analysis = analyze(&record.text, Format::Plain);
    for finding in record.to_source(analysis.findings) {
        assert!(source.get(finding.range.clone()).is_some(), "{finding:?}");
    }
}

pub fn ninjs(data: &[u8]) {
    let source = text(data);
    if let Ok(read) = Record::ninjs(&source) {
        record(&source, read);
    }
}

/// A line of an archive.
pub fn archive(data: &[u8]) {
    let source = text(data);
    if let Ok(read) = StoryLine::read(&source).record {
        record(&source, read);
    }
}

/// `copydesk.toml`, and what its lists do to a story.
pub fn settings(data: &[u8]) {
    let text = text(data);
    let (parsed, _) = config::Config::parse("copydesk.toml", &text);
    let (rules, _, around) = desk();
    let path = std::path::Path::new("news/story.txt");
    let (house, dates) = parsed.house(path);
    let around = Surroundings { house, dates, ..around.clone() };
    let story = "Mayor Ana Ruiz met Tom Okafor in Port Ellery on Sunday, and insists of it.";
    Analyzer::new(Arc::clone(rules)).analyze(story, Format::Plain, &around, &parsed.settings(path, rules));
}

/// A rule file of a newsroom's own, and its rules on a story.
pub fn rules(data: &[u8]) {
    let text = text(data);
    let loaded = load([], [RuleFile { name: "own.toml", text: &text }]);
    let story = "Mayor Ana Ruiz said: “We won’t.” aaaaaaaaaaaaaaaaaaaaaaaaaaaa 1,200 the the";
    Analyzer::new(Arc::new(loaded.rules)).analyze(story, Format::Plain, &Surroundings::default(), &Settings::default());
}

/// EXIF, IPTC and XMP in JPEG, PNG, WebP and TIFF.
pub fn images(data: &[u8]) {
    let _ = assets::read_bytes(data);
}

/// The framing of the protocol: what is framed is found again behind whatever came before.
pub fn framing(data: &[u8]) {
    let mut bodies = lsp::framing::Bodies::new(BufReader::with_capacity(7, data));
    let before: usize = bodies.by_ref().map(|body| body.len()).sum();
    assert!(before <= data.len(), "more came out than went in");
    let message = br#"{"jsonrpc":"2.0","id":1,"method":"x"}"#;
    let sent = lsp::framing::framed(message);
    let found: Vec<Vec<u8>> = lsp::framing::Bodies::new(BufReader::new(&sent[..])).collect();
    assert_eq!(found, [message.to_vec()]);
}

/// Edits one after the other against a fresh look at what they make. The first byte names the format, the next three each an
/// edit: where, how much goes, and how much comes of the text's own end.
pub fn edits(data: &[u8]) {
    let Some((&[format, first @ ..], rest)) = data.split_first_chunk::<10>() else { return };
    let format = [Format::Plain, Format::Markdown, Format::Html][usize::from(format) % 3];
    let (rules, settings, around) = desk();
    let mut analyzer = Analyzer::new(Arc::clone(rules));
    let mut now = text(rest);
    let mut last = analyzer.analyze(&now, format, around, settings);
    for edit in first.chunks(3) {
        let [at, gone, come] = [edit[0], edit[1], edit[2]].map(usize::from);
        let start = now.floor_char_boundary(now.len() * at / 256);
        let end = now.ceil_char_boundary((start + gone % 64).min(now.len()));
        let from = now.floor_char_boundary(now.len().saturating_sub(come % 64));
        let edited = format!("{}{}{}", &now[..start], &now[from..], &now[end..]);
        last = analyzer.analyze_again((&now, last), &edited, format, around, settings);
        let fresh = analyze(&edited, format);
        assert_eq!(last.findings, fresh.findings, "after an edit of {now:?} to {edited:?}");
        assert_eq!(format!("{:?}", last.facts.quotes), format!("{:?}", fresh.facts.quotes));
        assert_eq!(format!("{:?}", last.facts.people), format!("{:?}", fresh.facts.people));
        now = edited;
    }
}

/// `--fix` twice is `--fix` once.
pub fn fixes(data: &[u8]) {
    let Some((&format, rest)) = data.split_first() else { return };
    let format = [Format::Plain, Format::Markdown, Format::Html][usize::from(format) % 3];
    let fixed = |text: String| {
        let check = |text: &str| analyze(text, format).findings;
        let edits = fix::until_done(&text, check(&text), Applicability::Safe, check);
        let edits: Vec<_> = edits.iter().collect();
        let mut edits = edits;
        fix::apply_edits(&text, &mut edits)
    };
    let once = fixed(text(rest));
    assert_eq!(fixed(once.clone()), once);
}
