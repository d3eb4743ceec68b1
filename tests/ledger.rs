//! The ledger of a story: ticks stay with their words through edits, moves, merges and many hands at once.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::checks::load;
use copydesk::markup::Format;
use copydesk::settings::Settings;
use copydesk::story::Surroundings;
use copydesk::story::checkable::{
    self as facts, Fact, FactMark, FactSheet, FactStatus, Ledger, LedgerEntry, LedgerSource, State,
};

/// A story with facts of many kinds, some of them in the same words.
const STORY: &str = "Council votes 5-2 to keep the ferry

GALE BAY — The town council voted 5-2 on Monday to spend $4.2 million on a new ferry, the third in 11 years.

Mayor Ana Ruiz, 44, said the old boat would be sold for $90,000. “It has had a good life,” Ruiz said.

The ferry carries nearly half of the 6,400 people who work in Port Ellery, according to a 2016 survey.

Councilman Dale Finch, 61, who voted against the plan, said the town could not afford it. His brother, Otto Finch, runs the \
only taxi company in Gale Bay.

“Four million is four million,” Finch said. “We have one road, and it has holes in it.”

The plan would cost each household $90,000 over 30 years, Finch said, though the mayor’s office puts it at $1,100.

One in six residents is older than 65. The ferry was built in 1987 by Marston & Sons, which closed in 1999.

A hearing will be held at 7 p.m. on Feb. 20 at Grace Hall, 118 Canal Street.
";

fn sheet(text: &str) -> FactSheet {
    let rules = Arc::new(load([], []).rules);
    let around = Surroundings { date: Some(jiff::civil::date(2018, 2, 13)), ..Surroundings::default() };
    let analysis = Analyzer::new(rules).analyze(text, Format::Plain, &around, &Settings::default());
    facts::sheet(&analysis.story())
}

fn tick() -> FactMark {
    FactMark {
        state: Some(State::Checked),
        by: Some("Ana".to_owned()),
        on: Some(jiff::civil::date(2018, 2, 13)),
        ..FactMark::default()
    }
}

/// The ledger in which all facts of `text` are ticked.
fn all_ticked(text: &str) -> String {
    let sheet = sheet(text);
    let all: Vec<usize> = (0..sheet.facts.len()).collect();
    facts::write("", &sheet, &all, &tick()).expect("it is written")
}

/// The status of the one fact with these words.
fn status(text: &str, ledger: &str, words: &str) -> Option<FactStatus> {
    let sheet = sheet(text);
    let desk = facts::stand(&sheet, &Ledger::parse(ledger));
    let at = sheet.facts.iter().position(|fact| fact.words == words)?;
    Some(desk.standings[at].status)
}

/// Numbers that look random and are the same each time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

#[test]
fn an_edit_turns_a_tick_and_undoing_it_brings_it_back() {
    let ledger = all_ticked(STORY);
    let sheet = sheet(STORY);
    assert!(sheet.facts.len() >= 40, "{} facts", sheet.facts.len());
    let desk = facts::stand(&sheet, &Ledger::parse(&ledger));
    assert_eq!(desk.count(FactStatus::Checked), sheet.facts.len());
    assert_eq!(status(STORY, &ledger, "$4.2 million"), Some(FactStatus::Checked));
    let edited = STORY.replace("$4.2 million", "$4.5 million");
    assert_eq!(status(&edited, &ledger, "$4.5 million"), Some(FactStatus::Changed));
    let edited = STORY.replace("voted 5-2 on Monday to spend", "did not vote 5-2 on Monday to spend");
    assert_eq!(status(&edited, &ledger, "$4.2 million"), Some(FactStatus::Changed), "a “not” turns what is said");
    let edited = STORY.replace("It has had a good life", "It had a very good life");
    assert_eq!(status(&edited, &ledger, "“It had a very good life,”"), Some(FactStatus::Changed));
    // What stands beside a fact that was cut is not what it was changed to.
    let monday = "The board voted on Monday to keep the ferry, which has crossed the bay since 1931.\n";
    let year = self::sheet(monday).facts.iter().position(|fact| fact.words == "1931").expect("it is there");
    let one = facts::write("", &self::sheet(monday), &[year], &tick()).expect("written");
    let cut = monday.replace(" since 1931", "");
    assert_eq!(status(&cut, &one, "Monday"), Some(FactStatus::Open));
    assert_eq!(status(&monday.replace("1931", "1913"), &one, "1913"), Some(FactStatus::Changed));
    // A name that is spelled otherwise is another name.
    let edited = STORY.replace("Otto Finch", "Otho Finch");
    assert_eq!(status(&edited, &ledger, "Otho Finch"), Some(FactStatus::Changed));
    assert_eq!(status(STORY, &ledger, "Otto Finch"), Some(FactStatus::Checked));
}

#[test]
fn what_is_gone_is_told_and_pruned() {
    let ledger = all_ticked(STORY);
    let short = STORY.replace("One in six residents is older than 65. ", "");
    let sheet = sheet(&short);
    let lost = facts::stand(&sheet, &Ledger::parse(&ledger)).lost;
    assert!(!lost.is_empty());
    let (pruned, gone) = facts::prune(&ledger, &sheet).expect("it is a ledger");
    let count = gone.len();
    assert_eq!(count, lost.len());
    assert!(facts::stand(&sheet, &Ledger::parse(&pruned)).lost.is_empty());
    assert_eq!(Ledger::parse(&pruned).entries.len() + count, Ledger::parse(&ledger).entries.len());
}

#[test]
fn other_blocks_and_comments_stay_as_they_are() {
    let first = "# Ask Dale about the road.\n\n[[fact]] # mine\nkind = \"figure\"\nwords = \"$1,100\"\nsentence = \"The plan would cost each household $90,000 over 30 years, Finch said, though the mayor’s office puts it at $1,100.\"\nstate   = \"ask\"   # twice\nowner = \"Ana\"\n";
    let sheet = sheet(STORY);
    let figure = |words: &str| sheet.facts.iter().position(|fact| fact.words == words).expect("it is there");
    let second =
        facts::write(first, &sheet, &[figure("$4.2 million"), figure("Grace Hall")], &tick()).expect("written");
    assert!(second.contains(first.trim_start_matches("# Ask Dale about the road.\n\n").trim_end()), "{second}");
    let at = |words: &str| second.find(&format!("words = \"{words}\"")).expect("it is there");
    assert!(
        at("$4.2 million") < at("$1,100") && at("$1,100") < at("Grace Hall"),
        "in the order of the story: {second}"
    );
    let third = facts::write(&second, &sheet, &[figure("$1,100")], &tick()).expect("written");
    assert!(third.contains("state   = \"checked\"   # twice\nowner = \"Ana\"\n"), "{third}");
    let source = FactMark { sources: vec![LedgerSource::parse("budget.xlsx#B7")], ..FactMark::default() };
    let fourth = facts::write(&third, &sheet, &[figure("$1,100")], &source).expect("written");
    assert!(fourth.contains("{ in = \"budget.xlsx\", at = \"B7\" }"), "{fourth}");
    let reopened = FactMark { reopen: true, ..FactMark::default() };
    let fifth = facts::write(&fourth, &sheet, &[figure("Grace Hall")], &reopened).expect("written");
    assert_eq!(Ledger::parse(&fifth).entries.len(), 2);
    // A source alone decides nothing.
    let sourced = facts::write(&fifth, &sheet, &[figure("Grace Hall")], &source).expect("written");
    let ledger = Ledger::parse(&sourced);
    assert_eq!(ledger.entries.iter().filter(|entry| entry.state == State::Open).count(), 1, "{sourced}");
    let desk = facts::stand(&sheet, &ledger);
    assert_eq!(desk.standings[figure("Grace Hall")].status, facts::FactStatus::Open);
    assert!(facts::write("[[fact", &sheet, &[0], &tick()).is_err(), "what is no ledger is not written over");
}

/// A random change of the story that leaves most of it alone.
///
/// What is written anew has a number of its own, so that no two sentences are taken for each other.
fn changed(text: &str, edit: usize, dice: &mut Dice) -> String {
    let mut paragraphs: Vec<String> = text.trim_end().split("\n\n").map(str::to_owned).collect();
    let at = 1 + dice.roll(paragraphs.len() - 1);
    match dice.roll(6) {
        0 => {
            let other = 1 + dice.roll(paragraphs.len() - 1);
            paragraphs.swap(at, other);
        }
        1 => {
            let words: Vec<&str> = paragraphs[at].split_whitespace().collect();
            let width = 4 + dice.roll(12);
            let lines: Vec<String> = words.chunks(width).map(|line| line.join(" ")).collect();
            paragraphs[at] = lines.join("\n");
        }
        2 => paragraphs.insert(at, format!("The harbor held {} boats.", 20_000 + edit)),
        3 if paragraphs.len() > 6 => {
            paragraphs.remove(at);
        }
        4 => paragraphs[at] = format!("{} The pier has {} gulls.", paragraphs[at], 50_000 + edit),
        _ => {
            let digits: Vec<(usize, char)> =
                paragraphs[at].char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
            if let Some(&(place, _)) = digits.get(dice.roll(digits.len())) {
                paragraphs[at].replace_range(place..=place, &(1 + dice.roll(9)).to_string());
            }
        }
    }
    format!("{}\n", paragraphs.join("\n\n"))
}

#[test]
fn no_tick_is_lost_and_none_is_on_other_words() {
    // `COPYDESK_EDITS=10000` tries as many as are tried by hand before a release.
    let edits = std::env::var("COPYDESK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(150);
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut text, mut ledger) = (STORY.to_owned(), all_ticked(STORY));
    for edit in 0..edits {
        let before = sheet(&text);
        let stood = facts::stand(&before, &Ledger::parse(&ledger));
        let is_checked = |at: usize| stood.standings[at].status == FactStatus::Checked;
        let told = |fact: &Fact| (fact.kind, fact.words.clone(), fact.sentence.clone());
        let checked: HashSet<_> =
            (0..before.facts.len()).filter(|&at| is_checked(at)).map(|at| told(&before.facts[at])).collect();
        text = changed(&text, edit, &mut dice);
        let after = sheet(&text);
        let read = Ledger::parse(&ledger);
        let stands = facts::stand(&after, &read);
        for (fact, standing) in after.facts.iter().zip(&stands.standings) {
            if standing.status == FactStatus::Checked {
                let entry = standing.entry.map(|at| &read.entries[at]).expect("nothing else ticks here");
                assert_eq!(
                    LedgerEntry::of(fact).words.to_lowercase(),
                    entry.words.to_lowercase(),
                    "edit {edit}: {text}"
                );
            }
            // What nobody touched stands as it stood; of two facts in the same words and sentence, either may.
            if checked.contains(&told(fact)) {
                let alike = after.facts.iter().filter(|other| told(other) == told(fact)).count();
                assert!(
                    standing.status == FactStatus::Checked || alike > 1,
                    "edit {edit}: {fact:?} {standing:?}\n{text}"
                );
            }
        }
        // Now and then somebody goes through the story again.
        if edit % 25 == 24 {
            let open: Vec<usize> =
                (0..after.facts.len()).filter(|&at| stands.standings[at].status != FactStatus::Checked).collect();
            ledger = facts::write(&ledger, &after, &open, &tick()).expect("it is written");
            ledger = facts::prune(&ledger, &after).expect("it is a ledger").0;
            let desk = facts::stand(&after, &Ledger::parse(&ledger));
            assert_eq!(desk.count(FactStatus::Checked), after.facts.len(), "{}", desk.summary());
        }
        if text.len() > 6000 {
            text = STORY.to_owned();
        }
    }
}

#[test]
fn two_people_s_work_is_merged() {
    let sheet = sheet(STORY);
    let mut dice = Dice(7);
    for _ in 0..40 {
        let mut base_marks: Vec<usize> = Vec::new();
        let (mut mine, mut theirs): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for at in 0..sheet.facts.len() {
            match dice.roll(5) {
                0 => base_marks.push(at),
                1 => mine.push(at),
                2 => theirs.push(at),
                3 => {
                    mine.push(at);
                    theirs.push(at);
                }
                _ => {}
            }
        }
        let base = facts::write("", &sheet, &base_marks, &tick()).expect("written");
        let ours = facts::write(&base, &sheet, &mine, &tick()).expect("written");
        let dispute = FactMark { state: Some(State::Disputed), by: Some("Dale".to_owned()), ..tick() };
        let other = facts::write(&base, &sheet, &theirs, &dispute).expect("written");
        let merged = facts::merge(&base, &ours, &other).expect("they are ledgers");
        let read = Ledger::parse(&merged);
        assert_eq!(read.problems, []);
        let desk = facts::stand(&sheet, &read);
        for (at, standing) in desk.standings.iter().enumerate() {
            let wanted = match (theirs.contains(&at), mine.contains(&at) || base_marks.contains(&at)) {
                (true, _) => FactStatus::Disputed,
                (false, true) => FactStatus::Checked,
                (false, false) => FactStatus::Open,
            };
            assert_eq!(standing.status, wanted, "{}\n{merged}", sheet.facts[at].words);
        }
        assert_eq!(read.entries.len(), desk.standings.iter().filter(|standing| standing.entry.is_some()).count());
    }
}

/// What git makes of two people's work on a text; `None` where it sees a conflict.
fn merged_by_git(folder: &Path, [ours, base, theirs]: [&str; 3]) -> Option<String> {
    let names = ["ours", "base", "theirs"];
    for (name, text) in names.iter().zip([ours, base, theirs]) {
        std::fs::write(folder.join(name), text).expect("it is written");
    }
    let git = Command::new("git").arg("merge-file").arg("-p").args(names).current_dir(folder).output();
    let done = git.expect("git runs");
    done.status.success().then(|| String::from_utf8(done.stdout).expect("it is UTF-8"))
}

#[test]
fn merges_by_git_lose_no_tick() {
    let rounds = std::env::var("COPYDESK_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(40);
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let told = |fact: &Fact| (fact.kind, fact.words.clone(), fact.sentence.clone());
    let (mut text, mut ledger) = (STORY.to_owned(), String::new());
    let (mut texts_merged, mut ledgers_merged) = (0, 0);
    for round in 0..rounds {
        // Each of two people edits the story and ticks some of what is open in it.
        let mut work = |by: &str, number: usize| {
            let text = changed(&text, number, &mut dice);
            let sheet = sheet(&text);
            let desk = facts::stand(&sheet, &Ledger::parse(&ledger));
            let open = (0..sheet.facts.len()).filter(|&at| desk.standings[at].status == FactStatus::Open);
            let chosen: Vec<usize> = open.filter(|_| dice.roll(4) == 0).collect();
            let mark = FactMark { by: Some(by.to_owned()), ..tick() };
            let ledger = facts::write(&ledger, &sheet, &chosen, &mark).expect("it is written");
            let desk = facts::stand(&sheet, &Ledger::parse(&ledger));
            let checked: HashSet<_> = sheet
                .facts
                .iter()
                .zip(&desk.standings)
                .filter(|(_, standing)| standing.status == FactStatus::Checked)
                .map(|(fact, _)| told(fact))
                .collect();
            (text, ledger, checked)
        };
        let (our_text, our_ledger, ours) = work("Ana", 2 * round);
        let (their_text, their_ledger, theirs) = work("Dale", 2 * round + 1);
        // Where both touched a line, ours counts, as people resolve it.
        let merged = merged_by_git(folder.path(), [&our_text, &text, &their_text]);
        texts_merged += usize::from(merged.is_some());
        let merged_text = merged.unwrap_or(our_text);
        let by_git = merged_by_git(folder.path(), [&our_ledger, &ledger, &their_ledger]);
        ledgers_merged += usize::from(by_git.is_some());
        let merged_ledger =
            by_git.unwrap_or_else(|| facts::merge(&ledger, &our_ledger, &their_ledger).expect("they are ledgers"));
        let read = Ledger::parse(&merged_ledger);
        assert_eq!(read.problems, [], "round {round}: {merged_ledger}");
        let sheet = sheet(&merged_text);
        let desk = facts::stand(&sheet, &read);
        for (fact, standing) in sheet.facts.iter().zip(&desk.standings) {
            if standing.status == FactStatus::Checked {
                let entry = standing.entry.map(|at| &read.entries[at]).expect("nothing else ticks here");
                assert_eq!(LedgerEntry::of(fact).words.to_lowercase(), entry.words.to_lowercase(), "round {round}");
            }
            let was_checked = ours.contains(&told(fact)) || theirs.contains(&told(fact));
            // Where both came to the same words in two places, the one tick is at one of them.
            let is_ticked_elsewhere = || {
                let mut others = sheet.facts.iter().zip(&desk.standings);
                others.any(|(other, standing)| {
                    (other.kind, &other.words) == (fact.kind, &fact.words) && standing.status == FactStatus::Checked
                })
            };
            assert!(
                !was_checked || standing.status == FactStatus::Checked || is_ticked_elsewhere(),
                "round {round}: {fact:?} {standing:?}\n{merged_text}\n{merged_ledger}"
            );
        }
        (text, ledger) = (merged_text, merged_ledger);
        if text.len() > 6000 {
            (text, ledger) = (STORY.to_owned(), String::new());
        }
    }
    println!("{rounds} rounds: git merged {texts_merged} stories and {ledgers_merged} ledgers by itself");
    assert!(texts_merged > 0 && ledgers_merged > 0, "git merges some of them by itself");
}

fn copydesk(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let program = Command::new(env!("CARGO_BIN_EXE_copydesk")).current_dir(folder).args(arguments).output();
    program.expect("the program runs")
}

#[test]
fn many_hands_at_once_lose_no_tick() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("story.txt"), STORY).expect("it is written");
    let sheet = sheet(STORY);
    let ids: Vec<String> = sheet.facts.iter().take(24).map(|fact| fact.id.clone()).collect();
    std::thread::scope(|scope| {
        for id in &ids {
            let folder = folder.path();
            scope.spawn(move || {
                let done = copydesk(folder, &["facts", "tick", "story.txt", id, "--by", "Ana", "--on", "2018-02-13"]);
                assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            });
        }
    });
    let text = std::fs::read_to_string(folder.path().join("story.txt.facts.toml")).expect("the ledger is there");
    let ticked: HashSet<String> = Ledger::parse(&text).entries.into_iter().map(|entry| entry.id).collect();
    assert_eq!(ticked, ids.into_iter().collect());
}
