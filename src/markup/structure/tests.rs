//! What kinds blocks are given.

use super::super::{Format, parse};
use super::*;

fn kinds(source: &str) -> Vec<BlockKind> {
    parse(source, Format::Plain).blocks.iter().map(|block| block.kind).collect()
}

const BODY: &str =
    "The Kestrel Bay council voted on Tuesday to keep the ferry in service until the new bridge opens to traffic.\n";

#[test]
fn the_parts_of_a_plain_story() {
    use BlockKind::*;
    let source = format!(
        "Council keeps the ferry\n\nRepairs to cost $2 million\n\nBy Ana Ruiz and Tom Okafor, Staff Writers\n\nKestrel Bay, Feb. 12, 2018\n\n\
         The ferry leaves the east bank on Monday. (Photo: Ana Ruiz)\n\n{BODY}\n{BODY}\nAn old boat\n\n{BODY}\nCorrection: The vote was on Tuesday.\n\n\
         (Reuters, staff)\n\n(The Courier is a registered 501(c)(3) organization; donations are welcome.)\nOur New Book: Ferries of the Bay\n"
    );
    assert_eq!(
        kinds(&source),
        [
            Headline,
            Dek,
            Byline,
            Dateline,
            Caption,
            Paragraph,
            Paragraph,
            Heading,
            Paragraph,
            Note,
            SourceLine,
            Boilerplate,
            Boilerplate
        ]
    );
}

#[test]
fn a_caption_told_by_its_credit_belongs_to_the_image_above() {
    let source = format!("![](a.jpg)\n\nThe ferry leaves. (Photo: Ana Ruiz)\n\n{BODY}\nPhoto by Tom Okafor\n");
    let document = parse(&source, Format::Markdown);
    let images: Vec<_> = document.blocks.iter().map(|block| (block.kind, block.image)).collect();
    assert_eq!(images, [(BlockKind::Caption, Some(0)), (BlockKind::Paragraph, None), (BlockKind::Credit, None)]);
}

#[test]
fn a_sentence_alone_is_a_paragraph() {
    assert_eq!(kinds("The ferry stays."), [BlockKind::Paragraph]);
    assert_eq!(kinds("The ferry stays"), [BlockKind::Paragraph]);
}

#[test]
fn house_text_and_bylines() {
    for text in [
        "Follow Ana Ruiz on Twitter @anaruizexample.",
        "Sign up for our morning newsletter.",
        "Copyright 2018 The Courier. All rights reserved.",
        "This story was originally published by The Courier.",
        "READ MORE: Ferry repairs begin",
    ] {
        assert_eq!(kind_alone(text), Some(BlockKind::Boilerplate), "{text}");
    }
    for text in [
        "By Ana Ruiz",
        "By ANA RUIZ | The Courier",
        "By Ana Ruiz, Tom Okafor and Lee van der Meer",
        "By Ana Ruiz, staff writer",
    ] {
        assert_eq!(kind_alone(text), Some(BlockKind::Byline), "{text}");
    }
}

#[test]
fn body_copy_stays_body_copy() {
    for text in [
        "By Monday Morning, the crew had left.",
        "By Tuesday the water had gone.",
        "Follow the money, she said.",
        "Support for the ferry grew on the east bank.",
        "This story begins on a cold morning.",
        "More on that later.",
        "Copyright law does not cover recipes, Ruiz said.",
        "She was born on Feb. 12, 1958.",
        "Feb. 12, 2018, was the day the ferry sank.",
        "“Read more,” he told the class.",
        "Update the plan, the council said.",
    ] {
        assert_eq!(kind_alone(text), None, "{text}");
    }
    let source =
        format!("{BODY}\n{BODY}\n(Applause)\n\n{BODY}\nA charity said donations to its 501(c)(3) arm rose.\n\n{BODY}");
    assert!(kinds(&source).iter().all(|kind| *kind == BlockKind::Paragraph));
}
