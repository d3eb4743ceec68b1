//! What site generators put into Markdown that is no prose: shortcodes, tags, comments, attribute lists, code of modules.
//!
//! A Markdown parser would read quotation marks, asterisks and links inside them. They are masked with letters of the
//! same length before the parse, so that all offsets stay, and become placeholders afterwards.

use std::borrow::Cow;

use super::builder::PLACEHOLDER;
use crate::text::SourceRange;

/// Longest shortcode, in bytes. What is longer was opened by mistake and would hide copy.
const LONGEST: usize = 2000;

/// Longest expression of MDX that stands for words, in characters.
const LONGEST_EXPRESSION: usize = 80;

/// Longest stretch between the tags of a block that is not read, in bytes.
const LONGEST_BLOCK: usize = 100_000;

/// Tags of Liquid, Nunjucks and Hugo whose content is code, a comment or data.
const UNREAD: &[&str] = &[
    "highlight",
    "raw",
    "comment",
    "code",
    "codeblock",
    "verbatim",
    "math",
    "katex",
    "latex",
    "mermaid",
    "plantuml",
    "graphviz",
    "schema",
    "stylesheet",
    "javascript",
    "style",
    "css",
    "js",
    "chart",
    "gist",
    "tweet",
    "instagram",
];

/// What is no prose in the Markdown of site generators from byte `from` on, in order: shortcodes and tags (`{{ … }}`,
/// `{% … %}`, with what is between the tags of code and comments), comments (`{# … #}`, `{/* … */}`, `%% … %%`), attribute
/// lists (`{: .left }`, `{width=50%}` behind an image), embeds (`![[a.jpg]]`), lines of modules (`import`, `export`) and
/// of containers (`:::tip`).
///
/// In MDX expressions as well: `{props.title}`.
pub(super) fn find(source: &str, from: usize, is_mdx: bool) -> Vec<SourceRange> {
    let mut found = tags(source, from..source.len());
    others(source, from, &mut found);
    if is_mdx {
        expressions(source, from, &mut found);
    }
    lines(source, from, &mut found);
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|range| {
        let apart = range.start >= end;
        end = end.max(if apart { range.end } else { 0 });
        apart
    });
    found
}

/// Shortcodes and tags: `{{< … >}}`, `{{% … %}}`, `{{ … }}` and `{% … %}`.
pub(super) fn tags(source: &str, within: SourceRange) -> Vec<SourceRange> {
    let from = within.start;
    let bytes = source.get(..within.end).unwrap_or(source).as_bytes();
    let mut found = Vec::new();
    let mut at = from;
    // Where each closing mark is next: looked up once for each, so that many openings cost no more than one.
    let mut next_close = [Some(from), Some(from)];
    while let Some(open) = memchr::memchr(b'{', &bytes[at.min(bytes.len())..]).map(|found| at + found) {
        at = open + 1;
        let which = match bytes.get(open + 1) {
            Some(b'{') => 0,
            Some(b'%') => 1,
            _ => continue,
        };
        let closing = ["}}", "%}"][which];
        while let Some(close) = next_close[which].filter(|close| *close < open + 2) {
            let start = close.max(open + 2);
            next_close[which] =
                memchr::memmem::find(&bytes[start.min(bytes.len())..], closing.as_bytes()).map(|f| start + f);
        }
        let Some(close) = next_close[which] else { continue };
        let end = close + 2;
        let inside = &source[open..end];
        let has_blank_line = inside.contains("\n\n") || inside.contains("\n\r\n");
        if (inside.len() > LONGEST || has_blank_line) && !holds_copy(inside) {
            continue;
        }
        let end = end_of_unread(source, inside, end).unwrap_or(end);
        found.push(open..end);
        at = end;
    }
    found
}

/// Whether a tag includes a file and hands it copy of several paragraphs: `{% include box.html text="…" %}`. Its quotation
/// marks are in pairs, and none of what it holds opens another tag, so that it is closed where it seems to be.
fn holds_copy(inside: &str) -> bool {
    let head = inside.trim_start_matches(['{', '%', '<', '-']).trim_start();
    let includes = ["include", "render", "figure"]
        .iter()
        .any(|name| head.strip_prefix(name).is_some_and(|rest| rest.starts_with(['_', ' ', '\n', '\r', '\t'])));
    includes
        && inside.len() <= LONGEST_BLOCK
        && memchr::memchr_iter(b'"', inside.as_bytes()).count().is_multiple_of(2)
        && !inside[2..].contains("{%")
        && !inside[2..].contains("{{")
}

/// Where the block ends that the tag `inside`, which ends at byte `end`, opens, when what is in it is not read.
fn end_of_unread(source: &str, inside: &str, end: usize) -> Option<usize> {
    let head = inside.trim_start_matches(['{', '%', '<', '-']).trim_start();
    let name = head.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
    if !UNREAD.contains(&name) || inside.ends_with("/>}}") || inside.ends_with("/%}}") {
        return None;
    }
    let window = source.get(end..source.floor_char_boundary((end + LONGEST_BLOCK).min(source.len())))?;
    window.match_indices('{').take(2_000).find_map(|(at, _)| {
        let tag = window.get(at..)?;
        let close = tag.find(['}', '\n'])?;
        let inner = tag.get(1..close)?.trim_matches(['{', '%', '<', '>', '-', ' ', '\t']);
        let ends = inner.strip_prefix("end").is_some_and(|rest| rest == name)
            || inner.strip_prefix('/').is_some_and(|rest| rest.trim() == name);
        let len = if tag.get(close..)?.starts_with("}}") { 2 } else { 1 };
        ends.then_some(end + at + close + len)
    })
}

/// Comments, attribute lists, embeds and formulas.
fn others(source: &str, from: usize, found: &mut Vec<SourceRange>) {
    let bytes = source.as_bytes();
    let mut at = from;
    while let Some(open) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'{', b'%', b'[', rest)) {
        let open = at + open;
        at = open + 1;
        let before = source[..open].chars().next_back();
        let rest = &source[open..source.floor_char_boundary((open + LONGEST).min(source.len()))];
        let until = |closing: &str| rest.get(2..)?.find(closing).map(|len| 2 + len + closing.len());
        let len = if rest.starts_with("{/*") {
            until("*/}")
        } else if rest.starts_with("{# ") || rest.starts_with("{#-") || rest.starts_with("{#\n") {
            until("#}")
        } else if rest.starts_with("{::comment}") {
            until("{:/comment}").or_else(|| until("{:/}"))
        } else if rest.starts_with("{:") {
            until("}").filter(|len| !rest[..*len].contains('\n'))
        } else if rest.starts_with('{') && matches!(before, Some(')' | ']' | '`')) {
            until("}").filter(|len| is_attribute_list(&rest[1..len - 1]))
        } else if rest.starts_with("%%") && before.is_none_or(char::is_whitespace) {
            until("%%").filter(|len| *len > 4 && !rest[..*len].contains("\n\n"))
        } else if rest.starts_with("%>") {
            let open = source[..open].rfind("<%").filter(|start| open - start < LONGEST);
            if let Some(start) = open.filter(|start| !source[*start..].starts_with("<%%")) {
                found.push(start..at + 1);
            }
            None
        } else if rest.starts_with("[[") && before == Some('!') {
            until("]]").filter(|len| !rest[..*len].contains('\n'))
        } else {
            None
        };
        if let Some(len) = len {
            let start = if rest.starts_with("[[") { open - 1 } else { open };
            found.push(start..open + len);
            at = open + len;
        }
    }
}

/// Expressions that stand for what the page shows: a name, a path of names, a blank. What is longer is code of a component.
fn expressions(source: &str, from: usize, found: &mut Vec<SourceRange>) {
    for open in memchr::memchr_iter(b'{', &source.as_bytes()[from..]).map(|at| from + at) {
        let rest = source.get(open + 1..).unwrap_or_default();
        let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$' | '[' | ']' | '(' | ')');
        let name: usize = rest.chars().take(LONGEST_EXPRESSION).take_while(is_part).map(char::len_utf8).sum();
        let len = if rest.starts_with("\" \"}") { 3 } else { name };
        let is_escaped = source[..open].ends_with('\\');
        if len > 0 && !is_escaped && rest.get(len..).is_some_and(|rest| rest.starts_with('}')) {
            found.push(open..open + len + 2);
        }
    }
}

/// What stands in prose for `code`: a blank for the expression that writes one, else a character that is no word.
pub(super) fn stand_in(source: &str, code: &SourceRange) -> &'static str {
    if source.get(code.clone()) == Some("{\" \"}") { " " } else { PLACEHOLDER }
}

/// Whether `inner` is a list of attributes: `width="6.5in" height=3`, `.left #map`.
fn is_attribute_list(inner: &str) -> bool {
    !inner.contains('\n') && (inner.trim_start().starts_with(['.', '#']) || inner.contains('='))
}

/// Lines that are code of a module or open and close a container.
fn lines(source: &str, from: usize, found: &mut Vec<SourceRange>) {
    let mut opens_paragraph = true;
    let mut module: Option<SourceRange> = None;
    let mut start = from;
    for line in source.get(from..).unwrap_or_default().split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let text = line.trim_end();
        if text.trim().is_empty() {
            found.extend(module.take());
            opens_paragraph = true;
            continue;
        }
        if let Some(module) = &mut module {
            module.end = range.end;
        } else if opens_paragraph && is_module(text) {
            module = Some(range);
        } else if text.starts_with(":::") {
            found.push(range);
        }
        opens_paragraph = false;
    }
    found.extend(module);
}

/// `import Chart from "../chart"`, `export const meta = {`.
fn is_module(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let quoted = rest.trim_end_matches([';', ' ']).ends_with(['"', '\'']);
        return quoted && (rest.contains(" from ") || rest.starts_with(['"', '\'']));
    }
    line.strip_prefix("export ").is_some_and(|rest| {
        ["const ", "default ", "let ", "var ", "function ", "async ", "{"].iter().any(|word| rest.starts_with(word))
    })
}

/// What is between the marks of the comment at `code`; `None` for what is no comment of MDX.
pub(super) fn mdx_comment<'a>(source: &'a str, code: &SourceRange) -> Option<&'a str> {
    source.get(code.clone())?.strip_prefix("{/*")?.strip_suffix("*/}")
}

/// Whether a comment of MDX has its line to itself and opens what is there, so that to Markdown the line is blank.
fn is_blank_line(source: &str, code: &SourceRange) -> bool {
    if mdx_comment(source, code).is_none() {
        return is_above_definitions(source, code);
    }
    let before = &source[..code.start];
    let marks = |c: char| matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit() || c.is_whitespace();
    if !line_before(source, code).all(marks) || !line_behind(source, code).all(char::is_whitespace) {
        return false;
    }
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let prefix = &before[line..];
    let above = before[..line].lines().next_back().unwrap_or_default();
    let is_quoted = |line: &str| line.trim_start().starts_with('>');
    prefix.contains(['-', '*', '+', '.', ')'])
        || above.chars().all(|c| c == '>' || c.is_whitespace())
        || is_quoted(prefix) && !is_quoted(above)
}

/// Whether the tag is alone on its line and the next one defines the target of links: `[report]: https://…`. What the tag
/// stands for ends its paragraph, and a definition cannot interrupt one.
fn is_above_definitions(source: &str, code: &SourceRange) -> bool {
    if !line_before(source, code).all(char::is_whitespace) || !line_behind(source, code).all(char::is_whitespace) {
        return false;
    }
    let next = source[code.end..].split('\n').nth(1).unwrap_or_default();
    next.starts_with('[')
        && next.split_once("]: ").is_some_and(|(_, target)| target.starts_with(['/', '#']) || target.contains("://"))
}

/// The characters before the tag on its line, from the nearest on. There may be thousands of tags on one, so whoever asks stops early.
fn line_before(source: &str, code: &SourceRange) -> impl Iterator<Item = char> {
    source[..code.start].chars().rev().take_while(|&c| c != '\n')
}

/// The same behind it.
fn line_behind(source: &str, code: &SourceRange) -> impl Iterator<Item = char> {
    source[code.end..].chars().take_while(|&c| c != '\n')
}

/// `source` with the shortcodes replaced by letters; line breaks in them stay. A comment of MDX on a line of its own leaves
/// blanks.
pub(super) fn mask<'a>(source: &'a str, shortcodes: &[SourceRange]) -> Cow<'a, str> {
    if shortcodes.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut masked = String::with_capacity(source.len());
    let mut at = 0;
    for range in shortcodes {
        masked.push_str(&source[at..range.start]);
        let filler = if is_blank_line(source, range) { ' ' } else { 'x' };
        let kept = |b: u8| if matches!(b, b'\n' | b'\r') { char::from(b) } else { filler };
        masked.extend(source[range.clone()].bytes().map(kept));
        at = range.end;
    }
    masked.push_str(&source[at..]);
    Cow::Owned(masked)
}

/// A named parameter of a shortcode: `caption="…"`.
#[derive(Debug, PartialEq)]
pub(super) struct Parameter<'a> {
    /// Its name.
    pub name: &'a str,
    /// Source bytes of its value, without quotation marks.
    pub range: SourceRange,
}

/// The named parameters of the shortcode at `range`, when it shows a figure; empty for others.
pub(super) fn figure_parameters<'a>(source: &'a str, range: &SourceRange) -> Vec<Parameter<'a>> {
    let text = &source[range.clone()];
    let head = text.trim_start_matches(['{', '%', '<', '-']).trim_start();
    let head = head.strip_prefix("include").map_or(head, str::trim_start);
    let name = head.split([' ', '\t', '\n', '.', '%', '<', '>']).next().unwrap_or_default().to_ascii_lowercase();
    if !["fig", "img", "image", "photo", "picture"].iter().any(|word| name.contains(word)) {
        return Vec::new();
    }
    let mut parameters = Vec::new();
    let mut at = 0;
    while let Some(equals) = text[at..].find('=').map(|found| at + found) {
        let before = text[at..equals].trim_end();
        let key =
            before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).next().unwrap_or_default();
        let rest = &text[equals + 1..];
        let mut start = equals + 1 + (rest.len() - rest.trim_start().len());
        let rest = &text[start..];
        let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let end = match mark {
            Some(mark) => {
                start += 1;
                match closing_mark(&text[start..], mark) {
                    Some(len) => start + len,
                    None => break,
                }
            }
            None => start + rest.find(|c: char| c.is_whitespace() || c == '>' || c == '%').unwrap_or(rest.len()),
        };
        if !key.is_empty() {
            parameters.push(Parameter { name: key, range: range.start + start..range.start + end });
        }
        at = (end + usize::from(mark.is_some())).min(text.len());
    }
    parameters
}

/// Bytes before the next `mark` that no backslash escapes.
fn closing_mark(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let closes = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_keep_their_length_when_masked() {
        let source = "a {{< x \"é\" >}} b {% y %} c {{ z }} d {{ open";
        let found = find(source, 0, false);
        assert_eq!(
            found.iter().map(|r| &source[r.clone()]).collect::<Vec<_>>(),
            ["{{< x \"é\" >}}", "{% y %}", "{{ z }}"]
        );
        let masked = mask(source, &found);
        assert_eq!(masked.len(), source.len());
        assert!(!masked.contains('"') && masked.ends_with("d {{ open"));
    }

    #[test]
    fn parameters_of_a_figure() {
        let source = r#"{{< figure src="a.jpg" caption="The \"old\" ferry" width=300 >}}"#;
        let found: Vec<_> =
            figure_parameters(source, &(0..source.len())).into_iter().map(|p| (p.name, &source[p.range])).collect();
        assert_eq!(found, [("src", "a.jpg"), ("caption", r#"The \"old\" ferry"#), ("width", "300")]);
        assert!(figure_parameters("{{< video src=\"a\" >}}", &(0..21)).is_empty());
    }
}
