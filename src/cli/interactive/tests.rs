//! Whole sessions: stories in a folder, what is typed, and what is in the files afterwards.

mod sessions;

use std::fs;

use clap::{Args as _, FromArgMatches as _};

use super::*;
use crate::cli::arguments::CheckOptions;

const RULES: &str = r#"
[[rule]]
id = "house/bridge"
title = "Name of the bridge"
check = "phrase"
severity = "warning"
fix = "safe"
message = "Its name is {use}"
why = "It was named after the engineer."
phrases = [{ find = "harbor bridge", use = ["Finch Bridge"] }]

[[rule]]
id = "house/verb"
title = "A wrong preposition"
check = "phrase"
severity = "hint"
message = "“{found}” should be {use}"
why = "The verb takes another word."
phrases = [{ find = "insists of", use = ["insists on", "consists of"] }]

[[rule]]
id = "house/old"
title = "An old harbor"
check = "pattern"
severity = "hint"
message = "Write “{use}”"
why = "All harbors are old."
pattern = '\bold harbor\b'
use = ["harbor"]

[[rule]]
id = "house/percent"
title = "Percent"
check = "phrase"
severity = "hint"
once = true
fix = "safe"
message = "In one word"
why = "The dictionary spells it so."
phrases = [{ find = "per cent", use = ["percent"] }]

[[rule]]
id = "house/via"
title = "Second-hand"
check = "pattern"
severity = "query"
message = "Who took it?"
why = "Somebody owns it."
pattern = '\bphoto (?P<mark>via)(?= Lantern Press)'

[[rule]]
id = "suppression/unused"
title = "A mark for nothing"
check = "suppression"
severity = "hint"
message = "unused {rules}"
why = "It hides the next."
scope = ["all"]

[[rule]]
id = "house/pier"
title = "Which pier"
check = "pattern"
severity = "query"
message = "Which one?"
why = "There are two."
pattern = '\bferry pier\b'
use = ["[which?] ferry pier"]

[[rule]]
id = "house/left"
title = "Left over"
check = "phrase"
severity = "error"
message = "A question is still open"
why = "Readers must not see it."
phrases = [{ find = "check against recording" }]

[[rule]]
id = "house/who"
title = "A quote of nobody"
check = "unattributed"
severity = "warning"
message = "Who said this?"
why = "Readers want to know."

[[rule]]
id = "house/credit"
title = "A photo of nobody"
check = "photos-no-credit"
severity = "warning"
message = "Who took this?"
why = "Photographers want to be named."
scope = ["all"]
"#;

/// A newsroom of its own.
struct Newsroom(tempfile::TempDir);

impl Newsroom {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        fs::create_dir_all(folder.path().join(".copydesk/rules")).expect("the folder takes folders");
        let newsroom = Self(folder);
        newsroom.write(".copydesk/rules/house.toml", RULES);
        newsroom.write("copydesk.toml", "packs = []\n");
        for (name, text) in files {
            newsroom.write(name, text);
        }
        newsroom
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("the folder takes files");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    /// Exit code and what is shown when `answers` are typed.
    fn answer(&self, answers: &str) -> (u8, String) {
        self.session(&[], &mut answers.as_bytes())
    }

    fn session(&self, arguments: &[&str], input: &mut impl BufRead) -> (u8, String) {
        let command = CheckOptions::augment_args(clap::Command::new("check"));
        let matches = command.get_matches_from([&["check"], arguments].concat());
        let options = CheckOptions::from_arg_matches(&matches).expect("the arguments are right");
        let scope = FindingScope::of(&options, &[]).expect("the scope is right");
        let mut output = anstream::StripStream::new(Vec::new());
        let paths = [self.0.path().to_owned()];
        let code = ask(&options, &paths, &scope, input, &mut output).expect("a vector takes everything");
        let shown = String::from_utf8(output.into_inner()).expect("it is text");
        // Names are as short as in a folder that one works in.
        (code, shown.replace(&format!("{}/", self.0.path().display()), ""))
    }
}

#[test]
fn a_question_shows_the_finding_its_choices_and_what_was_done() {
    let newsroom = Newsroom::new(&[("a.txt", "It insists of the harbor bridge.\n")]);
    let (code, shown) = newsroom.answer("2\n1\ny\n");
    assert_eq!(newsroom.read("a.txt"), "It consists of the Finch Bridge.\n");
    assert_eq!(code, CLEAN);
    let expected = "\
Type a number or a letter, then Enter. ? explains them.

hint[house/verb]: “insists of” should be “insists on” or “consists of”
 --> a.txt:1:4
  |
1 | It insists of the harbor bridge.
  |    ^^^^^^^^^^
  1  Replace with “insists on”
  2  Replace with “consists of”
a.txt, 2 left. Answer [1-2, e, s, r, i, f, a, y, w, q, x, ?]: Done: Replace with “consists of”.

warning[house/bridge]: Its name is “Finch Bridge”
 --> a.txt:1:20
  |
1 | It consists of the harbor bridge.
  |                    ^^^^^^^^^^^^^
  1  Replace with “Finch Bridge”
a.txt, 1 left. Answer [1, e, s, r, i, f, a, y, u, w, q, x, ?]: Done: Replace with “Finch Bridge”.

That was all. Write 1 file? [y, n, u]: a.txt is written, with 2 changes.
";
    assert_eq!(shown, expected);
}

#[test]
fn what_is_skipped_stays_and_a_rule_is_skipped_in_all_stories() {
    let newsroom = Newsroom::new(&[
        ("a.txt", "The harbor bridge. It insists of the harbor bridge.\n"),
        ("b.txt", "The harbor bridge. It insists of it.\n"),
    ]);
    let (code, shown) = newsroom.answer("s\n1\nr\n1\nyes\n");
    assert_eq!(newsroom.read("a.txt"), "The harbor bridge. It insists on the harbor bridge.\n");
    assert_eq!(newsroom.read("b.txt"), "The harbor bridge. It insists on it.\n");
    assert_eq!(code, FINDINGS, "the skipped ones are there still");
    assert_eq!(shown.matches("Answer [").count(), 4, "{shown}");
}

#[test]
fn marks_are_put_where_each_format_has_them() {
    let newsroom = Newsroom::new(&[
        ("a.md", "---\r\ntitle: A pier\r\n---\r\n\r\nThe ferry.\r\n\r\n- One harbor bridge.\r\n"),
        ("b.txt", "The harbor bridge met.\n"),
        ("c.html", "<h1>A pier</h1>\n<p>The harbor bridge.</p>\n"),
        ("d.md", "# A pier\n\nThe harbor bridge.\n\nThe harbor bridge.\n"),
        ("e.txt", "The harbor bridge.\n\nThe harbor bridge.\n"),
        ("f.txt", "The board has a photo via Lantern Press, and more.\n"),
    ]);
    let (code, shown) = newsroom.answer("i\ni\nignore\nf\nfile\ni\ny\n");
    let list = "---\r\ntitle: A pier\r\n---\r\n\r\nThe ferry.\r\n\r\n- <!-- copydesk-ignore house/bridge -->\r\n  One harbor bridge.\r\n";
    assert_eq!(newsroom.read("a.md"), list);
    assert_eq!(newsroom.read("b.txt"), "The harbor bridge (CQ) met.\n");
    let page = "<h1>A pier</h1>\n<p><!-- copydesk-ignore house/bridge --> The harbor bridge.</p>\n";
    assert_eq!(newsroom.read("c.html"), page);
    let whole = "<!-- copydesk-ignore-file house/bridge -->\n# A pier\n\nThe harbor bridge.\n\nThe harbor bridge.\n";
    assert_eq!(newsroom.read("d.md"), whole);
    assert_eq!(newsroom.read("e.txt"), "The harbor bridge.\n\nThe harbor bridge.\n");
    let settings = "packs = []\n\n[[override]]\npaths = [\"e.txt\"]\nrules = { \"house/bridge\" = \"off\" }\n";
    assert_eq!(newsroom.read("copydesk.toml"), settings);
    // Directly behind “via” it would tear the words apart that the rule knows, and silence nothing.
    assert_eq!(newsroom.read("f.txt"), "The board has a photo via Lantern Press (CQ), and more.\n");
    assert_eq!(code, CLEAN);
    assert_eq!(newsroom.answer(""), (CLEAN, "There is nothing to write.\n".to_owned()), "{shown}");
}

#[test]
fn words_of_the_house_are_asked_about_once() {
    let newsroom = Newsroom::new(&[
        ("a.txt", "The harbor bridge. The Harbor Bridge.\n"),
        ("b.txt", "It insists of the harbor bridge.\n"),
    ]);
    let (code, shown) = newsroom.answer("a\nq\n");
    assert_eq!(newsroom.read("copydesk.toml"), "accept = [\"harbor bridge\"]\npacks = []\n");
    assert_eq!(shown.matches("house/bridge]").count(), 1, "{shown}");
    assert_eq!(code, CLEAN);
    // A hint of a coded check or a pattern is no wording, so there it is not offered.
    newsroom.write("a.txt", "An old harbor.\n");
    let (_, shown) = newsroom.answer("a\nx\n");
    assert!(shown.contains("Answer [1, e, s, r, i, f, y, w, q, x, ?]: That is not one of the answers"), "{shown}");
}

#[test]
fn other_words_are_typed_and_read_again() {
    let newsroom = Newsroom::new(&[("a.txt", "It insists of it at the harbor bridge.\r\n")]);
    // Nothing typed leaves the question; what is typed is looked at like everything else.
    let (_, shown) = newsroom.answer("e\n\ne\ndemands the harbor bridge, and\n1\n1\ny\n");
    assert_eq!(newsroom.read("a.txt"), "It demands the Finch Bridge, and it at the Finch Bridge.\r\n");
    assert!(shown.contains("Instead of “insists of” (nothing: as it is): Done: “insists of” became"), "{shown}");
    assert!(shown.contains("-> a.txt:1:16\n"), "{shown}");
}

#[test]
fn a_json_document_stays_one() {
    let newsroom = Newsroom::new(&[]);
    let ninjs = |verb: &str| {
        format!(
            "{{\"uri\": \"tag:a\", \"type\": \"text\", \"headline\": \"A pier\", \"body_text\": \"It {verb} it.\"}}\n"
        )
    };
    newsroom.write("b.json", &ninjs("insists of"));
    let run = |answers: &str| {
        let command = CheckOptions::augment_args(clap::Command::new("check"));
        let options = CheckOptions::from_arg_matches(&command.get_matches_from(["check"])).expect("it is right");
        let mut output = anstream::StripStream::new(Vec::new());
        let (paths, scope) = ([newsroom.path("b.json")], FindingScope::default());
        ask(&options, &paths, &scope, &mut answers.as_bytes(), &mut output).expect("a vector takes everything");
        String::from_utf8(output.into_inner()).expect("it is text")
    };
    let shown = run("e\nis “in” \\ \"of\"\ny\n");
    assert_eq!(newsroom.read("b.json"), ninjs("is “in” \\\\ \\\"of\\\""), "{shown}");
    newsroom.write("b.json", &ninjs("insists of"));
    run("i\nq\n");
    assert_eq!(newsroom.read("b.json"), ninjs("insists of (CQ)"));
}

#[test]
fn answers_are_taken_back_one_by_one_in_all_stories_and_settings() {
    let files = [("a.txt", "The harbor bridge.\n"), ("b.txt", "It insists of the harbor bridge.\n")];
    let newsroom = Newsroom::new(&files);
    // Both stories are changed, and all is taken back up to the first question.
    let (_, shown) = newsroom.answer("1\n1\n1\nu\nu\nu\na\ne\nu\n2\nu\nu\ns\nr\nu\nu\ns\ns\ns\n");
    for (name, text) in files {
        assert_eq!(newsroom.read(name), text, "{shown}");
    }
    assert_eq!(newsroom.read("copydesk.toml"), "packs = []\n", "{shown}");
    assert!(shown.ends_with("There is nothing to write.\n"), "{shown}");
    // Where nothing was answered yet, it is not offered.
    let (_, shown) = newsroom.answer("u\nq\n");
    assert!(shown.contains("That is not one of the answers"), "{shown}");
}

#[test]
fn quitting_keeps_what_was_decided_or_drops_it() {
    let before = "The harbor bridge. The harbor bridge.\n";
    let after = "The Finch Bridge. The harbor bridge.\n";
    for (answers, text, code, said) in [
        ("1\nq\n", after, FINDINGS, "a.txt is written, with 1 change.\n"),
        ("1\n", after, FINDINGS, "a.txt is written, with 1 change.\n"),
        ("1\nx\n", before, FINDINGS, "Nothing was written.\n"),
        ("1\nw\nx\n", after, FINDINGS, "Nothing more was written.\n"),
        ("1\n1\nn\n", before, FINDINGS, "Nothing was written.\n"),
        ("1\n1\nhm\nu\nq\n", after, FINDINGS, "a.txt is written, with 1 change.\n"),
        ("1\n1\n", "The Finch Bridge. The Finch Bridge.\n", CLEAN, "a.txt is written, with 2 changes.\n"),
    ] {
        let newsroom = Newsroom::new(&[("a.txt", before)]);
        let (exit, shown) = newsroom.answer(answers);
        assert_eq!(newsroom.read("a.txt"), text, "{answers:?}");
        assert_eq!(exit, code, "{answers:?}");
        assert!(shown.ends_with(said), "{answers:?}: {shown}");
    }
    // Stories that nobody came to are counted.
    let newsroom = Newsroom::new(&[("a.txt", before), ("b.txt", before), ("c.txt", before)]);
    let (_, shown) = newsroom.answer("q\n");
    assert!(shown.ends_with("There is nothing to write.\n2 stories were not looked at.\n"), "{shown}");
}

#[test]
fn help_and_the_reason_of_a_rule_leave_the_question_open() {
    let newsroom = Newsroom::new(&[("a.txt", "It insists of it.\n")]);
    let (_, shown) = newsroom.answer("?\ny\nnonsense\n\n9\nq\n");
    assert!(shown.contains("  1-2: do what is listed at that number\n  e or edit: write other words"), "{shown}");
    assert!(shown.contains("# house/verb\n\n**A wrong preposition.** The verb takes another word."), "{shown}");
    assert_eq!(shown.matches("That is not one of the answers; ? explains them.").count(), 3, "{shown}");
    assert_eq!(shown.matches("--> a.txt").count(), 2, "it is shown again behind the long page only: {shown}");
}

#[test]
fn words_of_a_quotation_change_only_when_they_were_said() {
    let story = "“The council insists of it,” she said.\n";
    let newsroom = Newsroom::new(&[("a.txt", story)]);
    // The choices: ask, two corrections, [sic], paraphrase.
    let (_, shown) = newsroom.answer("2\nn\n2\n\ne\ninsists upon\nno\nq\n");
    assert_eq!(newsroom.read("a.txt"), story);
    assert!(shown.contains("In a quotation: “The council insists of it,”\n"), "{shown}");
    let plainly = "This changes the words of a quotation.\n  from: “The council insists of it,”\n  to:   “The council insists upon it,”\nWere these the words? [y, n]: ";
    assert!(shown.contains(plainly), "{shown}");
    newsroom.answer("2\ny\nq\n");
    assert_eq!(newsroom.read("a.txt"), "“The council insists on it,” she said.\n");
    // A mark of the desk changes no words, so nothing is asked; and neither the words nor the mark are asked about again.
    newsroom.write("a.txt", story);
    let (code, shown) = newsroom.answer("1\ny\n");
    assert_eq!(newsroom.read("a.txt"), "“The council insists of [check against recording] it,” she said.\n");
    assert_eq!(shown.matches("Answer [").count(), 1, "{shown}");
    assert_eq!(code, FINDINGS, "an open question is an error still");
}

#[test]
fn overlapping_fixes_and_rules_that_speak_once_come_out_right() {
    let newsroom = Newsroom::new(&[
        ("a.txt", "😀 The old harbor bridge.\n"),
        ("b.txt", "One per cent, two per cent.\n\nThree per cent.\n"),
    ]);
    let (code, shown) = newsroom.answer("1\n1\n1\ny\n");
    assert_eq!(newsroom.read("a.txt"), "😀 The Finch Bridge.\n", "{shown}");
    assert_eq!(newsroom.read("b.txt"), "One percent, two percent.\n\nThree percent.\n", "{shown}");
    assert!(shown.contains("  1  Replace with “percent” (3 places)\n"), "{shown}");
    assert_eq!(code, CLEAN);
    // Behind one that is silenced the next speaks.
    newsroom.write("b.txt", "One per cent, two per cent.\n");
    let (_, shown) = newsroom.answer("i\n1\ny\n");
    assert!(shown.contains("In one word (and 1 more like it in this story)\n"), "{shown}");
    assert_eq!(newsroom.read("b.txt"), "One per cent (CQ), two percent.\n", "{shown}");
}

#[test]
fn where_no_mark_may_stand_none_is_put() {
    let story = "---\ntitle: The harbor bridge\n---\n\nIt rains.\n";
    let newsroom = Newsroom::new(&[("a.md", story)]);
    let (_, shown) = newsroom.answer("i\nq\n");
    assert!(shown.contains("That cannot be done: no mark would silence only this finding; f ignores"), "{shown}");
    assert_eq!(newsroom.read("a.md"), story);
}

#[test]
fn a_choice_that_the_rule_finds_again_is_asked_about_once() {
    let newsroom = Newsroom::new(&[("a.txt", "The ferry pier is closed. It insists of it.\n")]);
    let (_, shown) = newsroom.answer("1\ns\nu\nu\n1\n1\ny\n");
    assert_eq!(newsroom.read("a.txt"), "The [which?] ferry pier is closed. It insists on it.\n", "{shown}");
    // Undoing brings the question back; the choice itself does not.
    assert_eq!(shown.matches("query[house/pier]").count(), 2, "{shown}");
}
