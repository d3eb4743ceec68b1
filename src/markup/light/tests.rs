//! What is found in AsciiDoc, reStructuredText and Org, and where it is.

use crate::markup::{BlockKind, Document, Format, parse};

/// Kinds and prose of the blocks; `￼` is what is no prose.
fn read(source: &str, format: Format) -> (Document, Vec<(BlockKind, String)>) {
    let document = parse(source, format);
    let blocks = document.blocks.iter().map(|block| (block.kind, block.prose.replace('\u{FFFC}', "@"))).collect();
    (document, blocks)
}

fn assert_blocks(source: &str, format: Format, expected: &[(BlockKind, &str)]) -> Document {
    let (document, blocks) = read(source, format);
    let expected: Vec<(BlockKind, String)> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
    assert_eq!(blocks, expected, "{source}");
    document
}

fn comments(document: &Document) -> Vec<&str> {
    document.comments.iter().map(|comment| comment.text.trim()).collect()
}

fn dated(source: &str, format: Format) -> String {
    let place = parse(source, format).date_place.expect("there is room");
    let mut text = source.to_owned();
    text.replace_range(place.range.clone(), &place.text("2018-02-12"));
    let again = parse(&text, format);
    let date = again.metadata.iter().find(|entry| entry.key == "date").map(|entry| entry.value.as_str());
    assert_eq!(date, Some("2018-02-12"), "{text}");
    text
}

use BlockKind::*;
use Format::{AsciiDoc, Org, Rst};

#[test]
fn blocks_of_asciidoc() {
    let source = "= Ferry stays\nAna Ruiz <ana@pier.example>\nv1.0, 2018-02-12\n:toc: left\n\n\
        // copydesk-ignore words/cliche\nThe ferry stays\nfor a year.\n\n== Repairs\n\n* One thing\n** Two things,\n   and more\n\n\
        . First\n+\nAttached.\n\nPier:: where it lands\n\n[quote, Tom Lee]\nWe will stay.\n\n____\nIt was late.\n____\n\n\
        NOTE: The pier is shut.\n\n.A title\n====\nInside it.\n====\n\n[source,rust]\n----\nlet pier = 1;\n\nlet quay = 2;\n----\n\n\
        ....\nliteral\n....\n\n indented literal\n\n|===\n|who |what\n\n|Ana\n|the pier\nand the quay\n|===\n\n\
        ////\nhidden\n////\n\n.The pier at dusk.\nimage::pier.jpg[The pier,300]\n\ninclude::other.adoc[]\n\n'''\n\nThe end.\n";
    let document = assert_blocks(
        source,
        AsciiDoc,
        &[
            (Headline, "Ferry stays"),
            (Byline, "Ana Ruiz"),
            (Paragraph, "The ferry stays\nfor a year."),
            (Heading, "Repairs"),
            (ListItem, "One thing"),
            (ListItem, "Two things,\nand more"),
            (ListItem, "First"),
            (ListItem, "Attached."),
            (ListItem, "Pier"),
            (ListItem, "where it lands"),
            (BlockQuote, "We will stay."),
            (BlockQuote, "It was late."),
            (Note, "The pier is shut."),
            (Heading, "A title"),
            (Paragraph, "Inside it."),
            (Table, "who"),
            (Table, "what"),
            (Table, "Ana"),
            (Table, "the pier\nand the quay"),
            (Caption, "The pier at dusk."),
            (Paragraph, "The end."),
        ],
    );
    assert_eq!(comments(&document), ["copydesk-ignore words/cliche", "hidden"]);
    assert!(document.metadata.iter().any(|entry| entry.key == "date" && entry.value == "2018-02-12"));
    let image = &document.images[0];
    assert_eq!((image.src.as_str(), image.alt.as_deref()), ("pier.jpg", Some("The pier")));
    assert_eq!(document.code, "let pier = 1;  let quay = 2; literal indented literal ");
}

#[test]
fn words_of_asciidoc() {
    let source = "The *old* _ferry_ `runs` for **re**pairs, see https://pier.example[the pier] and xref:quay.adoc[the quay].\n\n\
        She said, \"`We stay,`\" at {place}.footnote:[Not now.] It's 2 * 3 * 4, snake_case_name; use --fix -- or not.\n\nPress kbd:[Ctrl] +\nnow, <<a,here>>.\n";
    let document = assert_blocks(
        source,
        AsciiDoc,
        &[
            (Paragraph, "The old ferry @ for repairs, see the pier and the quay."),
            (Paragraph, "She said, “We stay,” at @. It's 2 * 3 * 4, snake_case_name; use --fix — or not."),
            (Paragraph, "Press @ \nnow, here."),
        ],
    );
    assert_eq!(
        (document.links[0].text.as_str(), document.links[0].target.as_str()),
        ("the pier", "https://pier.example")
    );
    let old = document.blocks[0].to_source(crate::text::Span::new(4, 7));
    assert_eq!(&source[old], "old");
}

#[test]
fn blocks_of_restructuredtext() {
    let source = "============\nFerry stays\n============\n\n:date: 2018-02-12\n\n.. copydesk-ignore words/cliche\n\nThe ferry stays\nfor a year.\n\n\
        Repairs\n-------\n\n- One thing\n- Two things,\n  and more\n\n  Attached.\n\n    A quotation.\n\n1. First\n2. Second\n\nTerm\n    Its definition.\n\n\
        As follows::\n\n    code here\n\n    more\n\nQuoted next.\n\n   We will stay.\n\n.. note:: The pier is shut\n   for now.\n\n.. image:: pier.jpg\n   :alt: The pier\n\n\
        .. figure:: quay.jpg\n\n   The quay at dusk.\n\n.. code-block:: rust\n\n   let pier = 1;\n\n.. [1] A footnote.\n.. _pier: https://pier.example\n\n\
        +-----+------+\n| who | what |\n+=====+======+\n| Ana | pier |\n+-----+------+\n\n=====  =====\nwho    what\n=====  =====\nTom    quay\n=====  =====\n\n----\n\nThe end.\n";
    let document = assert_blocks(
        source,
        Rst,
        &[
            (Headline, "Ferry stays"),
            (Paragraph, "The ferry stays\nfor a year."),
            (Heading, "Repairs"),
            (ListItem, "One thing"),
            (ListItem, "Two things,\nand more"),
            (ListItem, "Attached."),
            (ListItem, "A quotation."),
            (ListItem, "First"),
            (ListItem, "Second"),
            (ListItem, "Term"),
            (ListItem, "Its definition."),
            (Paragraph, "As follows:"),
            (Paragraph, "Quoted next."),
            (BlockQuote, "We will stay."),
            (Note, "The pier is shut\nfor now."),
            (Caption, "The quay at dusk."),
            (Footnote, "A footnote."),
            (Table, "who"),
            (Table, "what"),
            (Table, "Ana"),
            (Table, "pier"),
            (Table, "who"),
            (Table, "what"),
            (Table, "Tom"),
            (Table, "quay"),
            (Paragraph, "The end."),
        ],
    );
    assert_eq!(comments(&document), ["copydesk-ignore words/cliche"]);
    assert_eq!(document.images.len(), 2);
    assert_eq!(document.images[0].alt.as_deref(), Some("The pier"));
    assert!(document.code.contains("code here") && document.code.contains("let pier = 1;"), "{}", document.code);
}

#[test]
fn words_of_restructuredtext() {
    let source = "The *old* **ferry** ``runs``, see `the pier <https://pier.example>`_ and :ref:`the quay <quay>` or `Quay`_ [1]_.\n\n\
        A |name| and 2 * 3 \\* 4, a ref_ and :file:`a.txt`, snake_case.\n";
    let document = assert_blocks(
        source,
        Rst,
        &[
            (Paragraph, "The old ferry @, see the pier and the quay or Quay."),
            (Paragraph, "A @ and 2 * 3 * 4, a ref and @, snake_case."),
        ],
    );
    assert_eq!(
        (document.links[0].text.as_str(), document.links[0].target.as_str()),
        ("the pier", "https://pier.example")
    );
}

#[test]
fn blocks_of_org() {
    let source = "#+TITLE: Ferry stays\n#+DATE: <2018-02-12 Mon>\n#+OPTIONS: toc:nil\n\n# copydesk-ignore words/cliche\nThe ferry stays\nfor a year.\n\n\
        * TODO [#A] Repairs :news:\n:PROPERTIES:\n:ID: 1\n:END:\n- One thing\n- Two things,\n  and more\n  1. [X] Done\n- Pier :: where it lands\n\n#+BEGIN_QUOTE\nWe will stay.\n#+END_QUOTE\n\n\
        #+begin_src rust\nlet pier = 1;\n#+end_src\n: literal\n\n| who | what |\n|-----+------|\n| Ana | pier |\n\n#+CAPTION: The pier at dusk.\n[[file:pier.jpg]]\n\n-----\n\n[fn:1] A footnote.\n\n* COMMENT Not this\nhidden\n** nor this\n* The end\n";
    let document = assert_blocks(
        source,
        Org,
        &[
            (Headline, "Ferry stays"),
            (Paragraph, "The ferry stays\nfor a year."),
            (Heading, "Repairs"),
            (ListItem, "One thing"),
            (ListItem, "Two things,\nand more"),
            (ListItem, "Done"),
            (ListItem, "Pier"),
            (ListItem, "where it lands"),
            (BlockQuote, "We will stay."),
            (Table, "who"),
            (Table, "what"),
            (Table, "Ana"),
            (Table, "pier"),
            (Caption, "The pier at dusk."),
            (Footnote, "A footnote."),
            (Heading, "The end"),
        ],
    );
    assert_eq!(comments(&document), ["copydesk-ignore words/cliche"]);
    assert_eq!((document.images[0].src.as_str(), document.blocks[13].image), ("pier.jpg", Some(0)));
    assert!(document.metadata.iter().any(|entry| entry.key == "date" && entry.value.starts_with("2018-02-12")));
    assert_eq!(document.code, "let pier = 1; literal ");
}

#[test]
fn words_of_org() {
    let source =
        "The *old* /ferry/ ~runs~ at =10=, see [[https://pier.example][the pier]][fn:1], and/or 2*3*4 -- snake_case.\n";
    let document =
        assert_blocks(source, Org, &[(Paragraph, "The old ferry @ at @, see the pier, and/or 2*3*4 – snake_case.")]);
    assert_eq!(document.links[0].target, "https://pier.example");
    let document = parse("See [[file:quay.org::*Rain][the quay]] and [[file:~/notes.org][mine]].\n", Org);
    let targets: Vec<&str> = document.links.iter().map(|link| link.target.as_str()).collect();
    assert_eq!(targets, ["quay.org", "file:~/notes.org"]);
}

#[test]
fn the_date_goes_where_it_is_read() {
    assert_eq!(dated("= Rain\n\nIt rained.\n", AsciiDoc), "= Rain\n:revdate: 2018-02-12\n\nIt rained.\n");
    assert_eq!(dated("It rained.\n", AsciiDoc), ":revdate: 2018-02-12\n\nIt rained.\n");
    assert_eq!(dated("Rain\n====\n\nIt rained.\n", Rst), "Rain\n====\n\n:date: 2018-02-12\n\nIt rained.\n");
    assert_eq!(dated("It rained.\n", Rst), ":date: 2018-02-12\n\nIt rained.\n");
    assert_eq!(dated("#+TITLE: Rain\n\nIt rained.\n", Org), "#+DATE: 2018-02-12\n#+TITLE: Rain\n\nIt rained.\n");
}
