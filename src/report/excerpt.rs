//! Lines of a story with marks below them, cut at words so that they fit the terminal.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::text::{LineColumn, LineIndex, SourceRange, picture_of, plain_line};

/// The fewest columns of an excerpt, however narrow the terminal.
const NARROWEST: usize = 40;

/// Bytes on each side of the mark that are looked at; a terminal shows fewer.
const CONTEXT: usize = 2048;

/// A word so long is cut where the line ends.
const LONGEST_WORD: usize = 16;

/// What is shown before a mark that leaves no room for more.
const BEFORE: usize = 12;

/// Sets off the frame of an excerpt.
pub(super) const FRAME: &str = "\x1b[1m\x1b[94m";
/// Ends what a colour was for.
pub(super) const PLAIN: &str = "\x1b[0m";

/// A place in a story that is shown.
pub(super) struct Excerpt<'a> {
    /// The story's name, its text and the lines of that.
    pub name: &'a str,
    pub text: &'a str,
    pub lines: &'a LineIndex,
    /// What is marked, in bytes of `text`.
    pub range: &'a SourceRange,
    /// What is said beside the mark.
    pub label: &'a str,
    /// The mark, a column of it, and its colour.
    pub mark: char,
    pub colour: &'a str,
}

impl Excerpt<'_> {
    /// Where it starts.
    pub fn place(&self) -> LineColumn {
        self.lines.line_column(self.range.start, self.text)
    }

    /// Writes where it is, behind `arrow`, the line and the marks, beside numbers of `gutter` columns, within `width` columns.
    pub fn write(&self, arrow: &str, gutter: usize, width: usize, out: &mut String) {
        let LineColumn { line, column } = self.place();
        let name = plain_line(self.name);
        let _ = writeln!(out, "{:gutter$}{FRAME}{arrow}{PLAIN} {name}:{line}:{column}", "");
        let bar = format!("{FRAME}{:gutter$} |{PLAIN}", "");
        let room = width.max(NARROWEST).saturating_sub(gutter + 3);
        let (shown, at, length) = self.cut(room);
        let _ = writeln!(out, "{bar}\n{FRAME}{line:<gutter$} |{PLAIN} {shown}");
        let marks: String = std::iter::repeat_n(self.mark, length).collect();
        let _ = write!(out, "{bar} {:at$}{}{marks}", "", self.colour);
        let label = plain_line(self.label);
        if label.is_empty() {
            let _ = writeln!(out, "{PLAIN}");
        } else if at + length + 1 + label.width() <= room {
            let _ = writeln!(out, " {label}{PLAIN}");
        } else {
            // Below the mark, moved left as far as it must be.
            let indent = at.min(room.saturating_sub(label.width()));
            let _ = writeln!(out, "{PLAIN}\n{bar} {:indent$}{}{label}{PLAIN}", "", self.colour);
        }
    }

    /// What is shown of the line in `room` columns, with the column at which the mark starts and how many it has.
    ///
    /// Of what goes on in another line, the part in the first one is marked.
    fn cut(&self, room: usize) -> (String, usize, usize) {
        let text = self.text;
        let line = self.lines.range(self.lines.line_of(self.range.start), text);
        let end = line.end.min(text.ceil_char_boundary(self.range.start.saturating_add(CONTEXT)));
        let start = line.start.max(text.floor_char_boundary(self.range.start.saturating_sub(CONTEXT)));
        let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let ended = slice(self.range.start, end).trim_end_matches(['\n', '\r']).len() + self.range.start;
        let marked = self.range.end.clamp(self.range.start, ended);
        let (before, inside, after) = (
            Shown::of(slice(start, self.range.start)),
            Shown::of(slice(self.range.start, marked)),
            Shown::of(slice(marked, ended)),
        );
        let (whole_before, whole_after) = (start == line.start, end == line.end);
        // The line from its start, if the mark ends in it; else a part with the mark in its middle.
        let full = before.width + inside.width + after.width;
        if whole_before && whole_after && full <= room {
            return (format!("{}{}{}", before.text, inside.text, after.text), before.width, inside.width.max(1));
        }
        let label = if self.label.is_empty() { 0 } else { self.label.width() + 1 };
        let wanted = inside.width + label.min(room / 2).max(2);
        let left = if whole_before && before.width + wanted < room {
            before.width
        } else if inside.width + BEFORE >= room {
            BEFORE.min(before.width)
        } else {
            // What is left over on the right goes to the left.
            let spare = room.saturating_sub(inside.width + 2);
            (spare / 2).max(spare.saturating_sub(after.width)).min(spare.saturating_sub(label.min(spare / 2)))
        };
        let head = if whole_before && before.width <= left { before.text } else { before.last(left) };
        let at = head.width();
        let is_cut = inside.width > room.saturating_sub(at);
        if is_cut {
            let inside = inside.first(room.saturating_sub(at));
            let length = inside.width();
            return (format!("{head}{inside}"), at, length);
        }
        let rest = room.saturating_sub(at + inside.width);
        let tail = if whole_after && after.width <= rest { after.text } else { after.first(rest) };
        (format!("{head}{}{tail}", inside.text), at, inside.width.max(1))
    }
}

/// Text as a terminal shows it.
struct Shown {
    text: String,
    /// In columns.
    width: usize,
}

impl Shown {
    fn of(text: &str) -> Self {
        let text: String = text.chars().map(|c| if c == '\t' { ' ' } else { picture_of(c).unwrap_or(c) }).collect();
        let width = text.width();
        Self { text, width }
    }

    /// The start of it in at most `room` columns with a mark of what is cut off, at a blank if there is one near.
    fn first(&self, room: usize) -> String {
        let mut width = 0;
        let fits = |(_, c): &(usize, char)| {
            width += c.width().unwrap_or(0);
            width < room
        };
        let end = self.text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
        let kept = self.text.get(..end).unwrap_or_default();
        let blank = kept.rfind(' ').filter(|blank| kept.len() - blank <= LONGEST_WORD);
        let kept = blank.map_or(kept, |blank| kept.get(..=blank).unwrap_or(kept));
        if room == 0 { String::new() } else { format!("{kept}…") }
    }

    /// The end of it, in the same way.
    fn last(&self, room: usize) -> String {
        let mut width = 0;
        let fits = |(_, c): &(usize, char)| {
            width += c.width().unwrap_or(0);
            width < room
        };
        let start = self.text.char_indices().rev().take_while(fits).last().map_or(self.text.len(), |(at, _)| at);
        let kept = self.text.get(start..).unwrap_or_default();
        let blank = kept.find(' ').filter(|blank| *blank <= LONGEST_WORD);
        let kept = blank.map_or(kept, |blank| kept.get(blank..).unwrap_or(kept));
        if room == 0 { String::new() } else { format!("…{kept}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt of what ⟦ and ⟧ are around in `text`, without colours.
    fn shown(text: &str, label: &str, width: usize) -> String {
        let (start, end) = (text.find('⟦').expect("a start"), text.find('⟧').expect("an end") - '⟦'.len_utf8());
        let text = text.replace(['⟦', '⟧'], "");
        let lines = LineIndex::new(&text);
        let (name, range) = ("a.txt", start..end);
        let excerpt = Excerpt { name, text: &text, lines: &lines, range: &range, label, mark: '^', colour: "" };
        let mut out = String::new();
        excerpt.write("-->", 1, width, &mut out);
        out.replace(FRAME, "").replace(PLAIN, "").trim_end().to_owned()
    }

    #[test]
    fn lines_are_cut_at_words_on_both_sides() {
        let text = "The ferry board met for the first time since the storm and put off the ⟦vote⟧ on the new fares until the spring.";
        assert_eq!(
            shown(text, "", 60),
            " --> a.txt:1:72\n  |\n1 | … storm and put off the vote on the new fares until …\n  |                         ^^^^"
        );
        assert_eq!(
            shown("It met ⟦today⟧.", "when?", 60),
            " --> a.txt:1:8\n  |\n1 | It met today.\n  |        ^^^^^ when?"
        );
        // A label that does not fit beside the mark stands below it.
        let label = "the same story writes it with a point here";
        assert_eq!(
            shown("It met at the harbor ⟦today⟧.", label, 56),
            format!(
                " --> a.txt:1:22\n  |\n1 | It met at the harbor today.\n  |                      ^^^^^\n  |           {label}"
            )
        );
    }

    #[test]
    fn nothing_is_wider_than_the_terminal() {
        let words = "é ferry 船 boats-of-the-harbor to-day\t a ".repeat(20);
        for from in (0..words.len()).filter(|&at| words.is_char_boundary(at)) {
            for to in [from, from + 3, from + 40, from + 200] {
                let to = words.floor_char_boundary(to.min(words.len()));
                let text = format!("{}⟦{}⟧{}", &words[..from], &words[from..to], &words[to..]);
                for (label, width) in [("", 40), ("which day is this?", 60), ("", 80)] {
                    let shown = shown(&text, label, width);
                    assert!(shown.lines().all(|line| line.width() <= width), "{width}:\n{shown}");
                }
            }
        }
    }

    #[test]
    fn a_place_far_into_a_long_line_keeps_its_column() {
        let shown = shown(&format!("{}⟦utilize⟧ it.\n", "é ".repeat(4096)), "", 80);
        assert!(shown.contains("a.txt:1:8193") && shown.contains("utilize it."), "{shown}");
    }
}
