//! What something is said of, as words that can be compared: whoever writes of the same thing uses some of the same words.

use super::words_in;
use crate::prose::{Paragraph, TokenKind};
use crate::story::checkable::words::{is_large_number, is_no_subject, is_opener, is_small_number};
use crate::text::{Span, hash};

/// Words before and behind an amount that stand beside it.
const BESIDE: usize = 7;

/// The most small words between an amount and the word on which it hangs.
const MOST_TO_HOOK: usize = 3;

/// A word of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// The hash of its stem.
    stem: u64,
    /// A name or a year tells more than another word.
    weight: u8,
    /// It stands right beside the amount.
    is_near: bool,
    /// It is, or is a part of, a name.
    is_name: bool,
    is_number: bool,
    /// Which of the names right beside the amount it is a part of; 0 for none.
    run: u8,
    /// It is the last word of that name, which stands for the whole: `the observatory`.
    ends_run: bool,
}

/// The words that tell what an amount is said of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Subject {
    /// By their stems, each once.
    words: Vec<Word>,
    /// The stem of the word on which the amount hangs: `boiler` of `the boiler is 28 years old`, `employ` of `employs 410
    /// people`, `vote` of `a vote of 84-61`.
    hook: Option<u64>,
    /// The stems of the two words that tell something behind the amount.
    behind: Option<[u64; 2]>,
}

/// How much two subjects have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shared {
    /// The weight of the words that stand right beside both amounts.
    pub near: u32,
    /// The weight of all words that both have.
    pub all: u32,
    /// The weight of the words of the subject that has fewer.
    pub of: u32,
    /// The weight of all words of the first.
    pub own: u32,
    /// How many words both have, without numbers.
    pub words: u32,
    /// Both have a name in common.
    pub names: bool,
    /// The weight of the names right beside the first, and that of those among them which the second has as well.
    pub near_names: (u32, u32),
    /// Both hang on the same word.
    pub same_hook: bool,
    /// The two words behind both are the same: `24 employees who will lose their jobs`.
    pub same_behind: bool,
    /// The second names nobody and nothing.
    pub of_unnamed: bool,
    /// Both have names, and none is in both: they are said of others.
    pub of_others: bool,
    /// Each has a name that the other lacks: two polls of one candidate, of whom each has another rival.
    pub each_has_its_own: bool,
}

impl Shared {
    /// Takes a name that both have as well: that of who says both.
    pub fn add_name(&mut self) {
        self.near += 2;
        self.all += 2;
        self.words += 1;
        self.names = true;
        self.of_others = false;
        self.near_names.1 = self.near_names.0;
    }
}

impl Subject {
    /// The words round `span` in its sentence.
    pub fn around(paragraph: &Paragraph, span: Span) -> Self {
        let sentence = paragraph.sentence_at(span.start).map_or(span, |sentence| sentence.span);
        let own = paragraph.tokens_in(span);
        // Where most words have capitals, as in a heading, they say nothing.
        let (capitals, all) = words_in(paragraph, sentence)
            .filter(|(_, low)| low.len() >= 4)
            .fold((0, 0), |(capitals, all), (at, _)| (capitals + usize::from(paragraph.tokens[at].capital), all + 1));
        let is_heading = capitals * 2 > all;
        let (hook, behind) = (hook(paragraph, own.start), behind(paragraph, own.end));
        let mut subject = Self { hook, behind, ..Self::default() };
        // Who told it is not what it is said of, and what begins another clause tells of something else.
        let told = attribution(paragraph, sentence).filter(|told| !told.contains(&own.start)).unwrap_or_default();
        let another = (own.end..paragraph.tokens_in(sentence).end).find(|&at| parts_clauses(paragraph.low(at)));
        let (mut run, mut last) = (0u8, None);
        for (at, low) in words_in(paragraph, sentence).filter(|(at, _)| !own.contains(at) && !told.contains(at)) {
            let token = &paragraph.tokens[at];
            let is_name = token.capital && !paragraph.opens_sentence(at) && !is_heading;
            let distance = if at < own.start { own.start - at } else { at + 1 - own.end };
            let is_number = token.kind == TokenKind::Number;
            // A name goes on in the next word, and begins anew behind another.
            if is_name && last.is_none_or(|last| last + 1 != at) {
                run = run.saturating_add(1);
            }
            last = is_name.then_some(at).or(last);
            let before = subject.words.len();
            let is_near = distance <= BESIDE && !(is_name && another.is_some_and(|another| another < at));
            subject.push(low, is_name, is_number, is_near);
            if let Some(word) = subject.words.get_mut(before).filter(|_| is_name) {
                word.run = run;
                word.ends_run = !paragraph.tokens.get(at + 1).is_some_and(|next| next.capital);
            }
        }
        subject.in_order()
    }

    /// These words, all of them as near as can be.
    pub fn of_words<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut subject = Self::default();
        for text in words {
            for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
                let low = word.to_lowercase();
                subject.push(&low, false, low.starts_with(|c: char| c.is_ascii_digit()), true);
            }
        }
        subject.in_order()
    }

    /// With the words of `other`.
    pub fn with(mut self, other: &Self) -> Self {
        self.words.extend(&other.words);
        self.in_order()
    }

    /// Takes a word (lower case) that tells something.
    fn push(&mut self, low: &str, is_name: bool, is_number: bool, is_near: bool) {
        // Another figure beside it, such as a year, tells as much as a name.
        let digits: String = low.chars().filter(|c| *c != ',').collect();
        let low = if is_number { &digits } else { low };
        let tells = match is_number {
            true => digits.len() >= 3,
            false => {
                low.chars().count() >= 3
                    && !is_opener(low)
                    && !is_no_subject(low)
                    && !is_small_number(low)
                    && !is_large_number(low)
            }
        };
        if tells {
            self.words.push(Word {
                stem: hash(stem(low).as_bytes()),
                weight: 1 + u8::from(is_name || is_number),
                is_near,
                is_name,
                is_number,
                run: 0,
                ends_run: false,
            });
        }
    }

    fn in_order(mut self) -> Self {
        // Of the same word, the one that tells more stands first.
        self.words.sort_by_key(|word| (word.stem, std::cmp::Reverse((word.is_near, word.weight))));
        self.words.dedup_by_key(|word| word.stem);
        self
    }

    /// What it has in common with `other`.
    pub fn shared(&self, other: &Self) -> Shared {
        let mut shared = Shared::default();
        let names = |subject: &Self| subject.words.iter().filter(|word| word.is_name).count();
        let mut both = 0;
        let mut others = other.words.iter().peekable();
        for word in &self.words {
            while others.next_if(|other| other.stem < word.stem).is_some() {}
            if let Some(same) = others.next_if(|other| other.stem == word.stem) {
                let weight = u32::from(word.weight.max(same.weight));
                shared.all += weight;
                shared.names |= word.is_name || same.is_name;
                both += usize::from(word.is_name && same.is_name);
                shared.words += u32::from(!word.is_number);
                if word.is_near && same.is_near {
                    shared.near += weight;
                }
            }
        }
        shared.near_names = self.near_names(other);
        shared.same_hook = self.hook.is_some() && self.hook == other.hook;
        shared.same_behind = self.behind.is_some() && self.behind == other.behind;
        let (own_names, other_names) = (names(self), names(other));
        shared.of_others = !shared.names && own_names > 0 && other_names > 0;
        shared.of_unnamed = other_names == 0;
        shared.each_has_its_own = own_names > both && other_names > both;
        shared.own = self.weight();
        shared.of = shared.own.min(other.weight());
        shared
    }

    /// The weight of the names right beside the amount, and of those among them that `other` has. Who writes `the observatory` may
    /// mean the Alder Hill Observatory.
    fn near_names(&self, other: &Self) -> (u32, u32) {
        let near = || self.words.iter().filter(|word| word.is_name && word.is_near);
        let is_shared = |word: &Word| other.words.binary_search_by_key(&word.stem, |other| other.stem).is_ok();
        let stands_for_all = |run: u8| near().any(|word| word.run == run && word.ends_run && is_shared(word));
        near().fold((0, 0), |(all, shared), word| {
            let weight = u32::from(word.weight);
            let is_told = is_shared(word) || word.run != 0 && stands_for_all(word.run);
            (all + weight, shared + if is_told { weight } else { 0 })
        })
    }

    /// How much all its words tell.
    pub fn weight(&self) -> u32 {
        self.words.iter().map(|word| u32::from(word.weight)).sum()
    }

    /// Whether `word` (lower case) is one of its words.
    pub fn has(&self, word: &str) -> bool {
        self.has_stem(&stem(word))
    }

    /// Whether a word with this stem is one of its words.
    pub fn has_stem(&self, stem: &str) -> bool {
        let stem = hash(stem.as_bytes());
        self.words.binary_search_by_key(&stem, |word| word.stem).is_ok()
    }
}

/// The stem of the word on which the amount that starts at token `first` hangs: the one before it, or before a form of `to be` or
/// a small word.
fn hook(paragraph: &Paragraph, first: usize) -> Option<u64> {
    let mut at = first.checked_sub(1)?;
    // `was built in 1957`, `is now 28 years old`, `of more than 400`
    for _ in 0..MOST_TO_HOOK {
        let low = paragraph.low(at);
        if paragraph.tokens.get(at).is_none_or(|token| token.kind != TokenKind::Word) {
            return None;
        }
        if !is_opener(low) && !is_no_subject(low) {
            return Some(hash(stem(low).as_bytes()));
        }
        at = at.checked_sub(1)?;
    }
    None
}

/// The stems of the two words that tell something behind an amount, whose last token is before `at`, before any mark.
fn behind(paragraph: &Paragraph, at: usize) -> Option<[u64; 2]> {
    let tokens = paragraph.tokens.get(at..)?.iter().enumerate();
    let words = tokens.take_while(|(_, token)| token.kind == TokenKind::Word).map(|(number, _)| at + number);
    let mut told = words.map(|at| paragraph.low(at)).filter(|low| !is_opener(low) && !is_no_subject(low));
    let mut next = || told.next().map(|low| hash(stem(low).as_bytes()));
    Some([next()?, next()?])
}

/// The tokens of `according to …` in a sentence: to its end, or to the first comma where it opens the sentence.
fn attribution(paragraph: &Paragraph, sentence: Span) -> Option<std::ops::Range<usize>> {
    let tokens = paragraph.tokens_in(sentence);
    let is = |at: usize| paragraph.low(at) == "according" && paragraph.low(at + 1) == "to";
    let start = tokens.clone().find(|&at| is(at))?;
    let comma = || (start..tokens.end).find(|&at| paragraph.low(at) == ",");
    let end = if start == tokens.start { comma() } else { None };
    Some(start..end.unwrap_or(tokens.end))
}

/// Whether a word or mark (lower case) parts a clause from the one before it.
fn parts_clauses(low: &str) -> bool {
    matches!(low, "," | ";" | "—" | "and" | "or") || crate::lexicon::grammar::CLAUSE_STARTERS.contains(low)
}

/// What is left of a word (lower case) without its most common endings: `vote` and `voted`, `ferry` and `ferries` have the same.
pub(crate) fn stem(word: &str) -> String {
    let bare = crate::prose::without_possessive(word);
    let without = |ending: &str, least: usize| bare.strip_suffix(ending).filter(|rest| rest.chars().count() >= least);
    let stem = if let Some(rest) = without("ies", 2) {
        format!("{rest}y")
    } else if let Some(rest) = without("ing", 3).or_else(|| without("ed", 3)) {
        rest.to_owned()
    } else {
        without("s", 3).filter(|rest| !rest.ends_with('s')).unwrap_or(bare).to_owned()
    };
    let stem = stem.strip_suffix('e').filter(|rest| rest.chars().count() >= 3).unwrap_or(&stem);
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;

    #[test]
    fn the_same_thing_is_told_by_the_same_words() {
        for (one, other) in
            [("vote", "voted"), ("ferry", "ferries"), ("houses", "house"), ("building", "builds"), ("ruiz’s", "ruiz")]
        {
            assert_eq!(stem(one), stem(other));
        }
        for (one, other) in [("glass", "glad"), ("ring", "red"), ("news", "newt")] {
            assert_ne!(stem(one), stem(other));
        }
    }

    #[test]
    fn names_and_years_tell_more() {
        let around = |text: &str, words: &str| {
            let paragraph = Paragraph::new(BlockKind::Paragraph, text.to_owned());
            let start = text.find(words).expect("it is there");
            Subject::around(&paragraph, Span::new(start, start + words.len()))
        };
        let story = around("The council voted to spend $4.5 million on a ferry for Gale Bay in 2018.", "$4.5 million");
        let source = around("In 2018 the council spends $4.2 million on the ferry.", "$4.2 million");
        let shared = story.shared(&source);
        assert_eq!((shared.all, shared.of), (5, 5), "{story:?} {source:?}");
        let other = around("Nobody paid $4.2 million for the mill.", "$4.2 million");
        assert_eq!(story.shared(&other).all, 0);
    }
}
