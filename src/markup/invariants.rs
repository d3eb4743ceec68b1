//! What every document must keep to, whatever the source: tested with arbitrary text and markup.

use proptest::prelude::*;

use super::*;

/// What every document must keep to, whatever the source.
fn check(source: &str, format: Format) {
    let document = parse(source, format);
    let on_boundary = |range: &SourceRange| source.get(range.clone()).is_some();
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.range.start >= end && !block.range.is_empty(), "{:?} overlaps or is out of order", block.range);
        assert!(on_boundary(&block.range), "{:?} cuts a character", block.range);
        assert_eq!(block.prose.trim(), &*block.prose);
        assert!(block.image.is_none_or(|image| image < document.images.len()));
        end = block.range.end;
        if block.map.segments.is_empty() {
            assert_eq!(*block.prose, source[block.range.clone()]);
        }
        let mut prose = 0;
        let mut last = 0;
        for segment in &block.map.segments {
            assert!(segment.prose == prose && segment.source >= last, "{segment:?} leaves a gap or goes back");
            prose += segment.prose_len;
            last = segment.source + segment.source_len;
            let of_source = block.range.start + segment.source as usize..block.range.start + last as usize;
            assert!(of_source.end <= block.range.end && on_boundary(&of_source));
            if segment.verbatim() {
                let of_prose = segment.prose as usize..prose as usize;
                assert_eq!(block.prose[of_prose], source[of_source]);
            }
        }
        assert!(block.map.segments.is_empty() || prose as usize == block.prose.len());
    }
    let ranges = [
        document.images.iter().flat_map(|i| [&i.range, &i.src_range, &i.alt_range]).collect::<Vec<_>>(),
        document.links.iter().flat_map(|l| [&l.range, &l.target_range]).collect(),
        document.metadata.iter().map(|m| &m.range).collect(),
        document.comments.iter().map(|c| &c.range).collect(),
        document.problems.iter().map(|p| &p.range).collect(),
    ];
    assert!(ranges.iter().flatten().all(|range| on_boundary(range)));
}

/// What readers of markup trip over.
const PIECES: &[&str] = &[
    "word ",
    "Ana Ruiz said. ",
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "é😀",
    "“",
    "\"",
    "'",
    " ",
    "\t",
    "\0",
    "\u{2028}",
    "\u{FEFF}",
    "---\n",
    "+++\n",
    "title: ",
    "key = ",
    "[a]\n",
    "- ",
    "* ",
    "1. ",
    "> ",
    "# ",
    "## ",
    "===\n",
    "| a | b |\n|---|---|\n",
    "`",
    "```\n",
    "$",
    "**",
    "_",
    "~~",
    "![alt](",
    "](",
    "[",
    "]",
    ")",
    "[^1]",
    "[^1]: ",
    "<p>",
    "</p>",
    "<div class=\"byline\">",
    "</div>",
    "<br>",
    "<br><br>",
    "<!--",
    "-->",
    "<img src=a.jpg alt='x'>",
    "<a href=\"u\">",
    "</a>",
    "<script>",
    "</script>",
    "<script type=\"application/ld+json\">",
    "{\"headline\": \"x\"}",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<td>",
    "<li>",
    "<h1>",
    "</h1>",
    "<time datetime=\"2018-02-12\">",
    "&amp;",
    "&nbsp;",
    "&#8217;",
    "&bogus;",
    "&",
    "\\",
    "\\*",
    "{{< figure src=\"a\" caption=\"b c\" >}}",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "{{",
    "}}",
    "{/* x */}",
    "= ",
    "----\n",
    "====\n",
    "____\n",
    "|===\n",
    "[source]\n",
    "image::a.jpg[b]\n",
    "https://pier.example[",
    "// x\n",
    ".. ",
    ".. note:: ",
    ".. image:: a.jpg\n",
    ":date: ",
    "::\n\n    ",
    "+--+--+\n",
    "==  ==\n",
    "``",
    "`_",
    ":ref:`",
    "|a|",
    "#+TITLE: ",
    "#+BEGIN_SRC\n",
    "#+END_SRC\n",
    "#+BEGIN_QUOTE\n",
    ":END:\n",
    "[[",
    "][",
    "]]",
    "# x\n",
    "  - ",
    "term:: ",
    "--",
    "<",
    ">",
    "<article>",
    "<pre>",
    "</pre>",
    "<meta name=\"date\" content=\"2018-02-12\">",
    "By Ana Ruiz\n",
    "(Photo: Ana Ruiz)\n",
    "\u{FFFC}",
    "(Reuters, staff)\n",
];

/// Sources made of it.
fn fragments() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_taken_apart(source in any::<String>()) {
        Format::ALL.iter().for_each(|format| check(&source, *format));
    }

    #[test]
    fn any_markup_is_taken_apart(source in fragments()) {
        Format::ALL.iter().for_each(|format| check(&source, *format));
    }
}

#[test]
fn deep_nesting_ends() {
    for piece in [
        ">",
        "> ",
        "<div>",
        "[",
        "![",
        "- ",
        "* a\n ",
        "**a",
        "<",
        "`",
        "&",
        "{{<",
        "<!--",
        "(",
        "$",
        "[^",
        "<a href=x>",
        "<blockquote><p>a",
        "- \n ",
        "[[",
        "``",
        "** ",
        "....\n",
        "====\n____\n",
        ".. note::\n ",
        "#+begin_quote\n",
        "https:[",
        ":a:`",
        "\"`",
        "::\n\n",
    ] {
        // Deep enough to exhaust the stack of a reader that recurses, and to hang one that looks at each pair.
        let source = piece.repeat(200_000 / piece.len());
        for format in Format::ALL {
            check(&source, format);
        }
    }
}

#[test]
fn a_tag_with_thousands_of_attributes_is_a_tag() {
    for attribute in ["b=\"c\" ", "b=\"c\"\n ", "b=\"c>\" ", "b=\" c\" ", "b=\"c\"", "é=\"c\" ", "b='c' ", "b=c ", "b "]
    {
        let source = format!("<p {}>Text of the story.</p>", attribute.repeat(20_000));
        check(&source, Format::Html);
        let document = parse(&source, Format::Html);
        assert_eq!(document.blocks.iter().map(|b| &*b.prose).collect::<Vec<_>>(), ["Text of the story."]);
    }
}
