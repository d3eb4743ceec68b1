//! The formats that stories come in: their names, and how a comment is written in each.

use std::path::Path;

/// The format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one paragraph a line or hard-wrapped with blank lines between.
    Plain,
    /// CommonMark with front matter, footnotes, tables and shortcodes.
    Markdown,
    /// Markdown with components and expressions, in which `<!-- -->` is a mistake.
    Mdx,
    /// A whole page or a fragment from a content management system.
    Html,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    Rst,
    /// Org, the outlines of Emacs.
    Org,
}

/// How a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentForm {
    /// Between two marks, on a line of its own or among words.
    Between(&'static str, &'static str),
    /// Behind a mark, on a line of its own.
    Line(&'static str),
    /// Behind a mark, on a line of its own with blank lines around it.
    Block(&'static str),
}

impl CommentForm {
    /// The comment that says `text`, without a line break.
    pub fn written(self, text: &str) -> String {
        match self {
            CommentForm::Between(open, close) => format!("{open} {text} {close}"),
            CommentForm::Line(mark) | CommentForm::Block(mark) => format!("{mark} {text}"),
        }
    }
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 7] =
        [Format::Plain, Format::Markdown, Format::Mdx, Format::Html, Format::AsciiDoc, Format::Rst, Format::Org];

    /// The format a file name's extension stands for; `None` when it is not one that holds stories.
    pub fn of_path(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Plain),
            "md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd" => Some(Format::Markdown),
            "mdx" => Some(Format::Mdx),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "adoc" | "asciidoc" => Some(Format::AsciiDoc),
            "rst" => Some(Format::Rst),
            "org" => Some(Format::Org),
            _ => None,
        }
    }

    /// The format of a name: an editor's language id, a media type, or what settings and examples call it.
    pub fn of_name(name: &str) -> Option<Format> {
        match name.to_ascii_lowercase().as_str() {
            "plain" | "plaintext" | "text" | "text/plain" | "txt" => Some(Format::Plain),
            "markdown" | "md" | "text/markdown" | "quarto" | "rmd" => Some(Format::Markdown),
            "mdx" | "text/mdx" => Some(Format::Mdx),
            "html" | "xhtml" | "text/html" | "application/xhtml+xml" => Some(Format::Html),
            "asciidoc" | "adoc" | "text/asciidoc" => Some(Format::AsciiDoc),
            "rst" | "restructuredtext" | "text/x-rst" => Some(Format::Rst),
            "org" | "text/org" => Some(Format::Org),
            _ => None,
        }
    }

    /// Its name in settings and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Mdx => "mdx",
            Format::Html => "html",
            Format::AsciiDoc => "asciidoc",
            Format::Rst => "rst",
            Format::Org => "org",
        }
    }

    /// What it is called in messages.
    pub fn described(self) -> &'static str {
        match self {
            Format::Plain => "plain text",
            Format::Markdown => "Markdown",
            Format::Mdx => "MDX",
            Format::Html => "HTML",
            Format::AsciiDoc => "AsciiDoc",
            Format::Rst => "reStructuredText",
            Format::Org => "Org",
        }
    }

    /// How a comment is written in it; `None` where there are none.
    pub fn comments(self) -> Option<CommentForm> {
        match self {
            Format::Plain => None,
            Format::Markdown | Format::Html => Some(CommentForm::Between("<!--", "-->")),
            Format::Mdx => Some(CommentForm::Between("{/*", "*/}")),
            Format::AsciiDoc => Some(CommentForm::Line("//")),
            Format::Rst => Some(CommentForm::Block("..")),
            Format::Org => Some(CommentForm::Line("#")),
        }
    }

    /// Whether it is read as Markdown.
    pub fn is_markdown(self) -> bool {
        matches!(self, Format::Markdown | Format::Mdx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_found_by_the_names_that_it_gives_itself() {
        for format in Format::ALL {
            assert_eq!(Format::of_name(format.as_str()), Some(format));
        }
        assert_eq!(Format::of_path(Path::new("news/a.MDX")), Some(Format::Mdx));
        assert_eq!((Format::of_path(Path::new("a.toml")), Format::of_name("toml")), (None, None));
    }
}
