//! Bringing a story's facts and its ledger together: which tick is whose, what changed since, what is gone.

use std::collections::HashMap;

use super::identity::plain_key;
use super::ledger::{Ledger, LedgerEntry, State};
use super::{Fact, FactSheet, words};

/// Where a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactStatus {
    /// Nobody looked at it.
    Open,
    /// Somebody found it right.
    Checked,
    /// It was checked, and its words or what its sentence says of it changed since.
    Changed,
    /// Somebody found it wrong, and it still is so.
    Wrong,
    /// People differ over it.
    Disputed,
    /// The author is to be asked.
    Ask,
}

impl FactStatus {
    /// All, in the order in which they are counted.
    pub const ALL: [FactStatus; 6] = [
        FactStatus::Checked,
        FactStatus::Changed,
        FactStatus::Disputed,
        FactStatus::Wrong,
        FactStatus::Ask,
        FactStatus::Open,
    ];

    /// The word for it in JSON and in options.
    pub fn as_str(self) -> &'static str {
        match self {
            FactStatus::Open => "open",
            FactStatus::Checked => "checked",
            FactStatus::Changed => "changed",
            FactStatus::Wrong => "wrong",
            FactStatus::Disputed => "disputed",
            FactStatus::Ask => "ask",
        }
    }

    /// The word for it in reports for people.
    pub fn described(self) -> &'static str {
        match self {
            FactStatus::Ask => "to ask",
            status => status.as_str(),
        }
    }

    /// The status that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// Where one fact is, and by which entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Index of its entry in the ledger.
    pub entry: Option<usize>,
    /// Where it is.
    pub status: FactStatus,
}

/// A story's facts, held to its ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standings {
    /// One for each fact of the sheet, in its order.
    pub standings: Vec<Standing>,
    /// Indexes of entries whose fact is gone from the story, ascending.
    pub lost: Vec<usize>,
}

impl Standings {
    /// How many facts are so.
    pub fn count(&self, status: FactStatus) -> usize {
        self.standings.iter().filter(|standing| standing.status == status).count()
    }

    /// The count for a line above the headline: `31 of 112 checked · 4 changed · 2 disputed`.
    pub fn summary(&self) -> String {
        let mut summary = format!("{} of {} checked", self.count(FactStatus::Checked), self.standings.len());
        for status in [FactStatus::Changed, FactStatus::Disputed, FactStatus::Wrong, FactStatus::Ask] {
            match self.count(status) {
                0 => {}
                count => summary.push_str(&format!(" · {count} {}", status.described())),
            }
        }
        summary
    }
}

/// How alike two sentences must be for the same words in them to be the same fact.
const SAME: f64 = 0.45;

/// How alike what is around two facts of a kind must be for one to be what the other was changed to.
const EDITED: f64 = 0.5;

/// Holds `sheet` to `ledger`.
///
/// A mark stays with its words: the entry of a fact is one of the same kind and the same words, in the sentence most like
/// the one that was checked. What is left over on both sides is paired by what is around it, and such a fact has changed.
/// No mark passes to other words.
pub fn stand(sheet: &FactSheet, ledger: &Ledger) -> Standings {
    let facts: Vec<ComparedWords> = sheet.facts.iter().map(ComparedWords::of_fact).collect();
    let entries: Vec<ComparedWords> = ledger.entries.iter().map(ComparedWords::of_entry).collect();
    let mut by_words: HashMap<(u8, &str), Vec<usize>> = HashMap::new();
    for (at, fact) in facts.iter().enumerate() {
        by_words.entry((sheet.facts[at].kind as u8, fact.key.as_str())).or_default().push(at);
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, entry) in ledger.entries.iter().enumerate() {
        let alike = by_words.get(&(entry.kind as u8, entries[at].key.as_str()));
        for &fact in alike.into_iter().flatten() {
            let same = sheet.facts[fact].id == entry.id;
            let likeness = alikeness(&entries[at].sentence, &facts[fact].sentence);
            if same || entry.kind.is_same_everywhere() || likeness >= SAME {
                pairs.push((likeness + if same { 0.5 } else { 0.0 }, at, fact));
            }
        }
    }
    let mut entry_of: Vec<Option<usize>> = vec![None; facts.len()];
    let mut fact_of: Vec<Option<usize>> = vec![None; entries.len()];
    pair(pairs, &mut entry_of, &mut fact_of);
    let same_words: Vec<bool> = entry_of.iter().map(Option::is_some).collect();

    let mut pairs = Vec::new();
    for (at, entry) in ledger.entries.iter().enumerate().filter(|(at, _)| fact_of[*at].is_none()) {
        for (number, fact) in sheet.facts.iter().enumerate() {
            if entry_of[number].is_some() || fact.kind.family() != entry.kind.family() {
                continue;
            }
            // What stood beside it is nothing that it was changed to.
            if count(&facts[number].words, &entries[at].around) >= count(&facts[number].words, &facts[number].sentence)
            {
                continue;
            }
            let mut likeness = match entry.kind.is_of_sentence() || entry.kind == super::FactKind::Quote {
                true => alikeness(&entries[at].words, &facts[number].words),
                false => alikeness(&entries[at].around, &facts[number].around),
            };
            // Whoever else the sentence names is nobody else's new name.
            let is_name = entry.kind.family() == super::FactKind::Name.family();
            let is_beside = entries[at].before == facts[number].before || entries[at].behind == facts[number].behind;
            let shares_words = || alikeness(&entries[at].words, &facts[number].words) > 0.0;
            // A fuller name may stand first in another sentence than the short one did.
            if is_name && entry.kind == fact.kind && is_part(&entries[at].words, &facts[number].words) {
                likeness = likeness.max(EDITED);
            }
            if likeness >= EDITED && (!is_name || is_beside || shares_words()) {
                let beside = f64::from(u8::from(entries[at].before == facts[number].before))
                    + f64::from(u8::from(entries[at].behind == facts[number].behind))
                    + f64::from(u8::from(entry.kind == fact.kind));
                pairs.push((likeness + beside * 0.2, at, number));
            }
        }
    }
    pair(pairs, &mut entry_of, &mut fact_of);

    let standing = |(number, fact): (usize, &Fact)| {
        let Some(at) = entry_of[number] else {
            let status = if fact.marked { FactStatus::Checked } else { FactStatus::Open };
            return Standing { entry: None, status };
        };
        let entry = &ledger.entries[at];
        let kept = same_words[number] && (entry.kind.is_same_everywhere() || entries[at].sense == facts[number].sense);
        let status = match (entry.state, kept) {
            (State::Checked, true) => FactStatus::Checked,
            (State::Checked | State::Wrong, false) => FactStatus::Changed,
            (State::Wrong, true) => FactStatus::Wrong,
            (State::Disputed, _) => FactStatus::Disputed,
            (State::Ask, _) => FactStatus::Ask,
            (State::Open, _) if fact.marked => FactStatus::Checked,
            (State::Open, _) => FactStatus::Open,
        };
        Standing { entry: Some(at), status }
    };
    let standings = sheet.facts.iter().enumerate().map(standing).collect();
    let is_decided = |at: usize| ledger.entries[at].state != State::Open;
    let lost = (0..entries.len()).filter(|&at| fact_of[at].is_none() && is_decided(at)).collect();
    Standings { standings, lost }
}

/// Pairs entries and facts, the likest first, each once.
fn pair(mut pairs: Vec<(f64, usize, usize)>, entry_of: &mut [Option<usize>], fact_of: &mut [Option<usize>]) {
    // Of equals, the first entry has the first fact.
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    for (_, entry, fact) in pairs {
        if fact_of[entry].is_none() && entry_of[fact].is_none() {
            fact_of[entry] = Some(fact);
            entry_of[fact] = Some(entry);
        }
    }
}

/// The words of a fact and of its sentence, ready to be compared.
struct ComparedWords {
    key: String,
    /// Those of the fact, sorted.
    words: Vec<String>,
    /// Those of the sentence, sorted.
    sentence: Vec<String>,
    /// Those of the sentence without the fact's, sorted.
    around: Vec<String>,
    /// The word before the fact, and the word behind it.
    before: Option<String>,
    behind: Option<String>,
    /// The words of the sentence that turn what it says, sorted.
    sense: Vec<String>,
}

impl ComparedWords {
    fn of_fact(fact: &Fact) -> Self {
        Self::new(&fact.words, &fact.sentence)
    }

    fn of_entry(entry: &LedgerEntry) -> Self {
        Self::new(&entry.words, &entry.sentence)
    }

    fn new(words: &str, sentence: &str) -> Self {
        let key = plain_key(words);
        let all = plain_key(sentence);
        let split = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let at = all.find(&key).filter(|_| !key.is_empty());
        let (left, right) = at.map_or((all.as_str(), ""), |at| (&all[..at], &all[at + key.len()..]));
        let before = at.and_then(|_| left.split(' ').rfind(|word| !word.is_empty())).map(str::to_owned);
        let behind = right.split(' ').find(|word| !word.is_empty()).map(str::to_owned);
        let mut around = split(left);
        around.extend(split(right));
        // The possessive of a word is the word.
        let (mut words, mut sentence) = (split(&key), split(&all));
        let sense = |word: &&String| words::is_of_sense(word) || words::is_of_sense(&word.replace('’', "'"));
        let mut sense: Vec<String> = sentence.iter().filter(sense).cloned().collect();
        for list in [&mut words, &mut sentence, &mut around, &mut sense] {
            list.sort();
        }
        Self { key, words, sentence, around, before, behind, sense }
    }
}

/// How often these words, all of them, can be among those of `list`.
fn count(words: &[String], list: &[String]) -> usize {
    words.iter().map(|word| list.iter().filter(|other| *other == word).count()).min().unwrap_or(0)
}

/// Whether all words of one of two lists are in the other.
fn is_part(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

/// How many words two sorted lists share, from 0 to 1: twice the shared ones over all (Dice's coefficient).
fn alikeness(one: &[String], other: &[String]) -> f64 {
    let (mut at, mut beside, mut shared) = (0, 0, 0usize);
    while let (Some(a), Some(b)) = (one.get(at), other.get(beside)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => beside += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                at += 1;
                beside += 1;
            }
        }
    }
    match one.len() + other.len() {
        0 => 1.0,
        all => (2 * shared) as f64 / all as f64,
    }
}
