//! Texts in which much is found, in every kind of document: the stories of these tests, the pages of the book, and the bad
//! examples of all rules, put together as stories.

use std::fs;
use std::path::Path;

use copydesk::checks::load;
use copydesk::markup::Format;
use copydesk::rules::PACKS;

/// A document as an editor opens it.
pub struct Text {
    /// What it was made of, for whoever reads of a failure.
    pub name: String,
    /// The ending of its file.
    pub ending: &'static str,
    /// The editor's name for its language.
    pub language: &'static str,
    /// Its text.
    pub text: String,
}

/// How many examples stand in one text.
const TOGETHER: usize = 6;

/// The longest page of the book that is taken, in bytes.
const LONGEST_PAGE: usize = 4_000;

/// How paragraphs become a document.
type Dress = fn(&[String]) -> String;

/// The kinds of documents: ending, language, and how paragraphs are dressed.
const KINDS: &[(&str, &str, Dress)] = &[
    ("txt", "plaintext", plain),
    ("txt", "plaintext", plain_with_front_matter),
    ("md", "markdown", markdown),
    ("md", "markdown", markdown_in_containers),
    ("mdx", "mdx", mdx),
    ("html", "html", page),
    ("html", "html", fragment),
    ("adoc", "asciidoc", asciidoc),
    ("rst", "restructuredtext", rst),
    ("org", "org", org),
];

/// All of them, with the pack that is on beside the core.
pub fn all() -> Vec<(&'static str, Text)> {
    let mut texts = Vec::new();
    for (number, (name, text)) in stories().into_iter().enumerate() {
        let paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
        // Each story in some of the kinds, and each kind with some of the stories.
        for (ending, language, dress) in KINDS.iter().skip(number % 3).step_by(3) {
            let name = format!("{name} as {language}");
            texts.push(("ap", Text { name, ending, language, text: dress(&paragraphs) }));
        }
    }
    for (name, text) in pages() {
        texts.push(("ap", Text { name, ending: "md", language: "markdown", text }));
    }
    let rules = load(PACKS, []).rules;
    for pack in ["ap", "british"] {
        let is_in = |of: &str| of == pack || pack == "ap" && of == "core";
        let mut by_format: [Vec<String>; 3] = Default::default();
        for rule in rules.rules.iter().filter(|rule| is_in(&rule.pack)) {
            for example in &rule.examples {
                // What must open a document cannot stand among others.
                let Some(bad) = example.bad.as_deref().filter(|bad| !bad.starts_with(['-', '+'])) else { continue };
                let text = bad.replace(['⟦', '⟧'], "");
                let format = example.format.as_deref().and_then(Format::of_name).unwrap_or(Format::Plain);
                by_format[match format {
                    Format::Markdown | Format::Mdx => 1,
                    Format::Html => 2,
                    _ => 0,
                }]
                .push(text);
            }
        }
        let [plain, markdown, html] = by_format;
        for (number, paragraphs) in plain.chunks(TOGETHER).enumerate() {
            let (ending, language, dress) = KINDS[number % KINDS.len()];
            let name = format!("examples {number} of {pack} as {language}");
            texts.push((pack, Text { name, ending, language, text: dress(paragraphs) }));
        }
        for (number, paragraphs) in markdown.chunks(TOGETHER).enumerate() {
            let name = format!("Markdown {number} of {pack}");
            let text = paragraphs.join("\n\n") + "\n";
            texts.push((pack, Text { name, ending: "md", language: "markdown", text }));
        }
        for (number, paragraphs) in html.chunks(TOGETHER).enumerate() {
            let name = format!("HTML {number} of {pack}");
            let text = paragraphs.join("\n") + "\n";
            texts.push((pack, Text { name, ending: "html", language: "html", text }));
        }
    }
    texts
}

fn stories() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("examples/ferry-terminal.txt")];
    let listed = fs::read_dir(root.join("tests/lsp/stories")).expect("the stories are there");
    paths.extend(listed.map(|entry| entry.expect("it can be read").path()));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("a story"))
    };
    paths.iter().map(read).collect()
}

fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = Vec::new();
    for folder in ["docs", "docs/editors", "docs/commands"] {
        for entry in fs::read_dir(root.join(folder)).expect("the book is there") {
            let path = entry.expect("it can be read").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).expect("a page");
                if text.len() <= LONGEST_PAGE {
                    pages.push((path.display().to_string(), text));
                }
            }
        }
    }
    pages.sort();
    pages
}

fn plain(paragraphs: &[String]) -> String {
    paragraphs.join("\n\n") + "\n"
}

fn plain_with_front_matter(paragraphs: &[String]) -> String {
    format!("---\ntitle: The council insists of a pier\ndate: 2018-02-12\n---\n\n{}", plain(paragraphs))
}

fn markdown(paragraphs: &[String]) -> String {
    format!("---\ntitle: The council insists of a pier\n---\n\n# A headline\n\n{}", plain(paragraphs))
}

/// Whether a paragraph has one line, and no sign that a table or a list would take for its own.
fn is_simple(paragraph: &str) -> bool {
    !paragraph.contains(['\n', '|']) && paragraph.starts_with(char::is_alphabetic)
}

fn markdown_in_containers(paragraphs: &[String]) -> String {
    let dressed = paragraphs.iter().enumerate().map(|(number, paragraph)| match number % 6 {
        0 if is_simple(paragraph) => format!("- One thing.\n- {paragraph}\n- Another thing."),
        1 => paragraph.lines().map(|line| format!("> {line}\n")).collect::<String>(),
        2 if is_simple(paragraph) => format!("| who | what |\n|---|---|\n| Ana | {paragraph} |\n| Tom | it |"),
        3 if is_simple(paragraph) => format!("## {paragraph}"),
        4 if is_simple(paragraph) => format!("1. One thing.\n\n   {paragraph}\n\n2. Another thing."),
        _ => paragraph.clone(),
    });
    dressed.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn mdx(paragraphs: &[String]) -> String {
    let dressed = paragraphs.iter().enumerate().map(|(number, paragraph)| match number % 4 {
        0 => format!("<Note>\n\n{paragraph}\n\n</Note>"),
        1 if is_simple(paragraph) => format!("- One thing.\n- {paragraph}"),
        2 if is_simple(paragraph) => format!("### {paragraph}"),
        _ => paragraph.clone(),
    });
    let body = dressed.collect::<Vec<_>>().join("\n\n");
    format!("---\ntitle: A pier\n---\nimport Note from \"../note\"\n\n# A headline\n\n{body}\n")
}

fn asciidoc(paragraphs: &[String]) -> String {
    let dressed = paragraphs.iter().enumerate().map(|(number, paragraph)| match number % 5 {
        0 if is_simple(paragraph) => format!("* One thing.\n* {paragraph}\n* Another thing."),
        1 => format!("____\n{paragraph}\n____"),
        2 if is_simple(paragraph) => format!("== {paragraph}"),
        3 if is_simple(paragraph) => format!("NOTE: {paragraph}"),
        _ => paragraph.clone(),
    });
    format!("= A headline\nAna Ruiz\n\n{}\n", dressed.collect::<Vec<_>>().join("\n\n"))
}

fn rst(paragraphs: &[String]) -> String {
    let dressed = paragraphs.iter().enumerate().map(|(number, paragraph)| match number % 5 {
        0 if is_simple(paragraph) => format!("- One thing.\n- {paragraph}\n- Another thing."),
        1 if is_simple(paragraph) => format!(".. note:: Mind this.\n\n   {paragraph}"),
        2 if is_simple(paragraph) => format!("{paragraph}\n{}", "-".repeat(paragraph.chars().count())),
        3 if is_simple(paragraph) => format!("Term\n   {paragraph}"),
        _ => paragraph.clone(),
    });
    format!("==========\nA headline\n==========\n\n{}\n", dressed.collect::<Vec<_>>().join("\n\n"))
}

fn org(paragraphs: &[String]) -> String {
    let dressed = paragraphs.iter().enumerate().map(|(number, paragraph)| match number % 5 {
        0 if is_simple(paragraph) => format!("- One thing.\n- {paragraph}\n- Another thing."),
        1 => format!("#+BEGIN_QUOTE\n{paragraph}\n#+END_QUOTE"),
        2 if is_simple(paragraph) => format!("* {paragraph}"),
        3 if is_simple(paragraph) => format!("| Ana | {paragraph} |"),
        _ => paragraph.clone(),
    });
    format!("#+TITLE: A headline\n\n{}\n", dressed.collect::<Vec<_>>().join("\n\n"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn fragment(paragraphs: &[String]) -> String {
    let dressed = paragraphs.iter().enumerate().map(|(number, paragraph)| {
        let text = escaped(paragraph);
        match number % 5 {
            0 => format!("<ul><li>One thing.</li><li>{text}</li></ul>\n"),
            1 => format!("<blockquote>\n<p>{text}</p>\n</blockquote>\n"),
            2 => format!("<table><tr><td>Ana</td><td>{text}</td></tr></table>\n"),
            _ => text.split("\n\n").map(|part| format!("<p>{part}</p>\n")).collect(),
        }
    });
    dressed.collect()
}

fn page(paragraphs: &[String]) -> String {
    let body: String =
        paragraphs.iter().flat_map(|p| p.split("\n\n")).map(|part| format!("<p>{}</p>\n", escaped(part))).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>A pier</title>\n</head>\n<body>\n<article>\n<h1>A pier</h1>\n\
         {body}</article>\n</body>\n</html>\n"
    )
}
