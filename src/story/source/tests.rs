use proptest::prelude::*;

use super::*;
use crate::markup::BlockKind;

fn found(kind: BlockKind, text: &str) -> Vec<(String, SourceKind, Option<bool>)> {
    let read = ParagraphFacts::new(Paragraph::new(kind, text.to_owned()));
    let name = |s: &LocalSource| (read.paragraph.slice(s.span).to_owned(), s.kind, s.reason_given);
    read.sources.sources.iter().map(name).collect()
}

fn body(text: &str) -> Vec<(String, SourceKind, Option<bool>)> {
    found(BlockKind::Paragraph, text)
}

#[test]
fn each_kind_of_source() {
    use SourceKind::*;
    for (text, name, kind) in [
        ("On Monday, Utopian officials said the port is safe.", "Utopian officials", Unnamed),
        ("The port is safe, critics argue.", "critics", Unnamed),
        ("The port is safe, according to two senior officials.", "two senior officials", Unnamed),
        ("Sources close to the talks said the port is safe.", "Sources", Unnamed),
        ("People familiar with the talks said so.", "People", Unnamed),
        ("The port is safe, Reuters reported.", "Reuters", Outlet),
        ("The port is safe, according to The Washington Post.", "The Washington Post", Outlet),
        ("The port is safe, according to a report by the Harbor Council.", "a report by the Harbor Council", Document),
        ("A study published in May found the port safe.", "A study", Document),
        ("Court records show the port was sold.", "Court records", Document),
        ("Media reports said the port is safe.", "Media reports", Vague),
        ("The port is safe, according to social media.", "social media", Vague),
        ("The port is safe, police said.", "police", Organisation),
        ("It was reported that the port is safe.", "It was reported", NoAgent),
        ("The port is believed to be safe.", "is believed", NoAgent),
    ] {
        let sources = body(text);
        assert_eq!(sources.len(), 1, "{text}: {sources:?}");
        assert_eq!((sources[0].0.as_str(), sources[0].1), (name, kind), "{text}");
    }
}

#[test]
fn an_anonymous_source_and_its_reason() {
    let anonymous = |text: &str| body(text).first().map(|s| (s.1, s.2));
    for (text, reason) in [
        ("A senior official who asked not to be named because the talks are secret said so.", true),
        ("An aide said so, speaking on condition of anonymity.", false),
        ("A city official said so.", false),
    ] {
        assert_eq!(anonymous(text), Some((SourceKind::Anonymous, Some(reason))), "{text}");
    }
}

#[test]
fn what_is_no_source() {
    for text in [
        "Officials Ana Ruiz and Tom Okafor said so.",
        "“Critics say so,” Ana Ruiz said.",
        "The experts left the port.",
        "She was reported to the police by a neighbor.",
        "He posted it on social media.",
        "He read the report and left.",
        "A source of water is near the port.",
        "He said allies were worried.",
        "Those who oppose critics who say so left.",
    ] {
        assert_eq!(body(text), [], "{text}");
    }
}

#[test]
fn a_source_line_gives_its_items() {
    let items: Vec<_> = found(BlockKind::SourceLine, "(Harbor News, PC, Social Media)")
        .into_iter()
        .map(|(name, kind, _)| (name, kind))
        .collect();
    let expected =
        [("Harbor News", SourceKind::Outlet), ("PC", SourceKind::Outlet), ("Social Media", SourceKind::Vague)];
    assert_eq!(items, expected.map(|(name, kind)| (name.to_owned(), kind)));
}

#[test]
fn a_name_beside_a_word_of_saying() {
    let read =
        ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, "The port is safe, Ruiz said. Ruiz left.".to_owned()));
    let at = |from: usize| read.paragraph.text[from..].find("Ruiz").map_or(0, |at| from + at);
    let cue = |start: usize| cue_beside(&read, Span::new(start, start + 4)).map(|c| read.paragraph.slice(c));
    assert_eq!((cue(at(0)), cue(at(25))), (Some("said"), None));
}

proptest! {
    #[test]
    fn any_text_is_safe(
        text in "(officials|A|source|said|according|to|the|The|Post|Reuters|report|by|found|it|was|believed|[,.(“”]|é| ){0,30}"
    ) {
        for kind in [BlockKind::Paragraph, BlockKind::SourceLine] {
            let read = ParagraphFacts::new(Paragraph::new(kind, text.clone()));
            for source in &read.sources.sources {
                prop_assert!(read.paragraph.text.get(source.span.range()).is_some());
            }
        }
    }
}
