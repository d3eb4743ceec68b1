//! What a person may answer to a finding.

use std::io::{self, Write};

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The finding's fix with this index.
    Choice(usize),
    Other(Other),
}

/// An answer that is not one of the finding's own choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    OwnWords,
    Skip,
    SkipRule,
    IgnoreHere,
    IgnoreInFile,
    Accept,
    Why,
    Undo,
    Write,
    Quit,
    Leave,
    Help,
}

/// Letter, word and meaning of each.
const OTHERS: [(&str, &str, Other, &str); 12] = [
    ("e", "edit", Other::OwnWords, "write other words there, which you type next"),
    ("s", "skip", Other::Skip, "skip it"),
    ("r", "rule", Other::SkipRule, "skip it and all others of its rule, in this run"),
    ("i", "ignore", Other::IgnoreHere, "ignore it here from now on: a comment before it, in plain text (CQ) after it"),
    (
        "f",
        "file",
        Other::IgnoreInFile,
        "ignore its rule in this file: a comment, for plain text a line in copydesk.toml",
    ),
    ("a", "accept", Other::Accept, "add its words to those of the house, in copydesk.toml"),
    ("y", "why", Other::Why, "explain the rule"),
    ("u", "undo", Other::Undo, "take the last answer back"),
    ("w", "write", Other::Write, "write what was decided up to here, and go on"),
    ("q", "quit", Other::Quit, "quit, and write what was decided (Ctrl-D does the same)"),
    ("x", "exit", Other::Leave, "quit, and write nothing (Ctrl-C does the same)"),
    ("?", "help", Other::Help, "show this"),
];

/// What may be answered to one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// How many choices the finding has.
    pub choices: usize,
    /// What is not offered.
    pub without: Vec<Other>,
}

impl Offered {
    fn others(&self) -> impl Iterator<Item = &'static (&'static str, &'static str, Other, &'static str)> {
        OTHERS.iter().filter(|(.., other, _)| !self.without.contains(other))
    }

    /// The answer that a line is: a number, a letter or a word. `None` where it is none of those that are offered.
    pub fn read(&self, line: &str) -> Option<Answer> {
        let line = line.trim().to_lowercase();
        if let Ok(number) = line.parse::<usize>() {
            return (1..=self.choices).contains(&number).then(|| Answer::Choice(number - 1));
        }
        let other = self.others().find(|(letter, word, ..)| line == *letter || line == *word);
        other.map(|(_, _, other, _)| Answer::Other(*other))
    }

    /// All answers in short: `1-3, e, s, ?`.
    pub fn short(&self) -> String {
        let numbers = match self.choices {
            0 => None,
            1 => Some("1".to_owned()),
            most => Some(format!("1-{most}")),
        };
        let letters = self.others().map(|(letter, ..)| (*letter).to_owned());
        numbers.into_iter().chain(letters).collect::<Vec<String>>().join(", ")
    }

    /// Says what each answer does.
    pub fn explain(&self, out: &mut impl Write) -> io::Result<()> {
        match self.choices {
            0 => {}
            1 => writeln!(out, "  1: do what is listed at that number")?,
            most => writeln!(out, "  1-{most}: do what is listed at that number")?,
        }
        for (letter, word, _, meaning) in self.others() {
            let names = if letter == word { (*letter).to_owned() } else { format!("{letter} or {word}") };
            writeln!(out, "  {names}: {meaning}")?;
        }
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_letters_and_words_are_answers_when_they_are_offered() {
        let offered = Offered { choices: 2, without: vec![Other::Accept, Other::Undo] };
        for (line, answer) in [
            ("1\n", Some(Answer::Choice(0))),
            (" 2 ", Some(Answer::Choice(1))),
            ("0", None),
            ("3", None),
            ("", None),
            ("s", Some(Answer::Other(Other::Skip))),
            ("SKIP\r\n", Some(Answer::Other(Other::Skip))),
            ("?", Some(Answer::Other(Other::Help))),
            ("a", None),
            ("undo", None),
            ("-1", None),
            ("ss", None),
        ] {
            assert_eq!(offered.read(line), answer, "{line:?}");
        }
        assert_eq!(offered.short(), "1-2, e, s, r, i, f, y, w, q, x, ?");
        assert_eq!(Offered { choices: 0, without: Vec::new() }.short(), "e, s, r, i, f, a, y, u, w, q, x, ?");
    }

    #[test]
    fn no_two_answers_are_called_the_same() {
        let mut names: Vec<&str> = OTHERS.iter().flat_map(|(letter, word, ..)| [*letter, *word]).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
