//! What is found in Markdown, and where it is.

use super::*;
use crate::text::Span;

fn blocks(source: &str) -> Vec<(BlockKind, String)> {
    parse(source).blocks.into_iter().map(|block| (block.kind, block.prose.to_string())).collect()
}

#[test]
fn an_image_tag_on_a_line_of_its_own_opens_a_paragraph_of_markdown() {
    let document = parse("<img src='pier.jpg' alt='The pier'>\nThe [pier](https://pier.example/) stays.\n");
    let prose: Vec<&str> = document.blocks.iter().map(|block| &*block.prose).collect();
    assert_eq!(prose, ["\u{FFFC}\nThe pier stays."]);
    assert_eq!((document.images.len(), document.links.len()), (1, 1));
    // A rule ends nothing but itself.
    let document = parse("One.\n\n<hr>\n## Jobs\n\n<hr />\nSee [two](https://pier.example/).\n");
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!((kinds[1], document.links.len()), (BlockKind::Heading, 1), "{kinds:?}");
    // What is HTML stays that.
    let document = parse("<img src='pier.jpg'>\n<p>The [pier](https://pier.example/) stays.</p>\n");
    assert_eq!((document.images.len(), document.links.len()), (1, 0));
}

#[test]
fn dollars_around_a_link_are_money() {
    let text = "Bikes under $1000 are exempt. [Staff propose](https://example.org/8d/$file/P-10.pdf) to extend it.";
    assert_eq!(blocks(text)[0].1, "Bikes under $1000 are exempt. Staff propose to extend it.");
}

#[test]
fn kinds_of_blocks() {
    use BlockKind::*;
    let source = "# Ferry stays\n\nThe *old* ferry [stays](https://example.org/f).\n\n## Repairs\n\n- First\n- Second\n\n> We will **not** leave.\n\n\
                  | a | b |\n|---|---|\n| c | d |\n\n[^1]: A note.\n\n```\ncode\n```\n\nText[^1] with `code`.\n";
    let found = blocks(source);
    let kinds: Vec<_> = found.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [Headline, Paragraph, Heading, ListItem, ListItem, BlockQuote, Table, Table, Table, Table, Footnote, Paragraph]
    );
    assert_eq!(found[1].1, "The old ferry stays.");
    assert_eq!(found[11].1, "Text with \u{FFFC}.");
}

#[test]
fn links_escapes_and_entities_are_mapped() {
    let source = "Tom \\& Ana &amp; *Lee* pay \\*nothing* for [the *ferry*](https://example.org/a \"t\").\n";
    let document = parse(source);
    let block = &document.blocks[0];
    assert_eq!(&*block.prose, "Tom & Ana & Lee pay *nothing* for the ferry.");
    let link = &document.links[0];
    assert_eq!((link.text.as_str(), &source[link.target_range.clone()]), ("the ferry", "https://example.org/a"));
    let at = |word: &str| block.prose.find(word).map(|at| Span::new(at, at + word.len())).expect("it is there");
    assert_eq!(&source[block.to_source(at("Lee"))], "Lee");
    assert_eq!(&source[block.to_source(Span::new(4, 5))], "\\&");
    assert_eq!(&source[block.to_source(Span::new(10, 11))], "&amp;");
    assert!(!block.map.is_verbatim(at("*nothing")));
    assert!(block.map.is_verbatim(at("nothing")));
}

#[test]
fn words_around_a_line_break_are_one_stretch_however_lines_end() {
    for line_break in ["\n", "\r\n", "\r"] {
        let source = format!("It insists{line_break}of rain.\n");
        let block = &parse(&source).blocks[0];
        assert!(block.map.is_verbatim(Span::new(0, block.prose.len())), "{line_break:?}");
    }
}

#[test]
fn images_and_their_captions() {
    let source = "![A ferry](ferry.jpg \"The ferry leaves.\")\n\n![](b.jpg)\n*The east bank.*\n\n![c](c.jpg)\n\n*The west bank.*\n\nText ![d](d.jpg) here.\n\n\
                  {{< figure src=\"e.jpg\" caption=\"The *new* bridge.\" >}}\n";
    let document = parse(source);
    let captions: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.image, &*b.prose)).collect();
    assert_eq!(
        captions,
        [
            (BlockKind::Caption, Some(0), "The ferry leaves."),
            (BlockKind::Caption, Some(1), "The east bank."),
            (BlockKind::Caption, Some(2), "The west bank."),
            (BlockKind::Paragraph, None, "Text \u{FFFC} here."),
            (BlockKind::Caption, Some(4), "The *new* bridge."),
        ]
    );
    assert_eq!(document.images[0].alt.as_deref(), Some("A ferry"));
    assert_eq!(&source[document.images[0].src_range.clone()], "ferry.jpg");
    assert_eq!(document.images[4].src, "e.jpg");
}

#[test]
fn money_is_no_formula_and_shortcodes_are_placeholders() {
    let source = "It costs $5-$6 million, or $x^2$.\n\n{{< ad \"a*b\" >}}\n\nSee {{% ref \"*x*\" %}} and *go*.\n";
    assert_eq!(
        blocks(source),
        [
            (BlockKind::Paragraph, "It costs $5-$6 million, or \u{FFFC}.".to_owned()),
            (BlockKind::Paragraph, "See \u{FFFC} and go.".to_owned()),
        ]
    );
}

#[test]
fn comments_breaks_and_the_title() {
    let source = "---\ntitle: Ferry stays\n---\n# Ferry stays\n\n<!-- copydesk: off -->\n\nOne<br>two <!-- here --> three\nfour.\n\n# Else\n";
    let document = parse(source);
    let texts: Vec<_> = document.comments.iter().map(|c| c.text.trim()).collect();
    assert_eq!(texts, ["copydesk: off", "here"]);
    use BlockKind::*;
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [Headline, Headline, Paragraph, Heading]);
    assert_eq!(&*document.blocks[2].prose, "One\ntwo  three\nfour.");
}

#[test]
fn expressions_and_comments_of_mdx_are_no_prose() {
    let source = "import Note from \"./note\"\n\n# The pier\n\n{/* copydesk: here */}\nIt costs {price} dollars{/* all */}, \\{not more}.\n\n<Note>\n\nSee {props.name}.\n\n</Note>\n";
    let document = parse_mdx(source);
    let prose: Vec<&str> = document.blocks.iter().map(|block| &*block.prose).collect();
    assert_eq!(prose, ["The pier", "It costs \u{FFFC} dollars, {not more}.", "See \u{FFFC}."]);
    let comments: Vec<&str> = document.comments.iter().map(|comment| comment.text.trim()).collect();
    assert_eq!(comments, ["copydesk: here", "all"]);
    let source = "<p>\n  The “pier”{\" \"}\n  <a href=\"/p\">\n    {\" \"}\n    stays\n  </a>\n</p>\n";
    let document = parse_mdx(source);
    assert_eq!(&*document.blocks[0].prose, "The “pier” stays");
}

#[test]
fn markdown_goes_on_behind_a_closing_tag() {
    for source in [
        "<div class=\"box\">The box</div>See the [plan](/plan) here.\n",
        "<figure>\n<img src=\"a.jpg\" alt=\"A\">\n</figure>\nSee the [plan](/plan) here.\n",
        "<figure markdown>\n\nSee the [plan](/plan) here.\n\n</figure>\n",
    ] {
        let document = parse(source);
        assert_eq!(document.links.iter().map(|link| link.target.as_str()).collect::<Vec<_>>(), ["/plan"], "{source}");
        let last = document.blocks.last().map(|block| &*block.prose);
        assert_eq!(last, Some("See the plan here."), "{source}");
    }
    let nested = parse("<div><div>One</div> is [no](link)\n</div>\n");
    assert!(nested.links.is_empty());
}
