//! Words with capitals, one after the other: where a title ends in them, and where a name starts.

use super::super::Gender;
use super::super::given::gender_of;
use super::super::lists::{NameWord, class_of, is_role};
use super::words::{
    MAX_WORDS, bare_low, has_honorific_after, has_second_syllable, is_acronym, is_particle, is_slipped_title,
    modifiers_start, speaks, starts_sentence,
};
use crate::lexicon::{grammar, places};
use crate::prose::Paragraph;
use crate::text::Span;

/// Where a name's title stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Title {
    /// It has none.
    None,
    /// At the start of the run, and what it says of gender: `Mayor Ana Ruiz`.
    Inside(Gender),
    /// In small letters before the run: `mayor Ana Ruiz`.
    Ahead,
    /// Before a comma: `The mayor, Ana Ruiz, spoke`.
    Apposed,
}

/// Words with capitals, one after the other, among which a name may be.
pub(super) struct NameRun<'p> {
    paragraph: &'p Paragraph,
    start: usize,
    end: usize,
    pub starts_sentence: bool,
    /// Each word is asked for several times.
    classes: [Option<NameWord>; 3 * MAX_WORDS],
}

impl<'p> NameRun<'p> {
    pub fn new(paragraph: &'p Paragraph, start: usize, end: usize) -> Self {
        let mut classes = [None; 3 * MAX_WORDS];
        classes.iter_mut().zip(start..end).for_each(|(class, i)| *class = class_of(bare_low(paragraph, i)));
        Self { paragraph, start, end, starts_sentence: starts_sentence(paragraph, start), classes }
    }

    fn class(&self, i: usize) -> Option<NameWord> {
        match i.checked_sub(self.start).and_then(|at| self.classes.get(at)) {
            Some(class) if i < self.end => *class,
            _ => class_of(bare_low(self.paragraph, i)),
        }
    }

    pub fn given(&self, i: usize) -> Option<Gender> {
        gender_of(bare_low(self.paragraph, i))
    }

    /// The title in the words up to `last`, and the word behind it: the last word for a role or an honorific that a name
    /// follows. `Billie Jean King` has her surname there.
    pub fn title(&self, last: usize) -> (Title, usize) {
        let Self { paragraph, start, .. } = *self;
        let (mut title, mut first) = (Title::None, start);
        for i in start..last.saturating_sub(1) {
            // The nickname in `Tom “Duke” Okafor` is no title.
            if i > start && !paragraph.tokens[i].spaced {
                continue;
            }
            let Some(class @ (NameWord::Honorific(gender) | NameWord::Role(gender))) = self.class(i) else {
                continue;
            };
            let surname_here = i > start && self.given(i - 1).is_some() && class != NameWord::Honorific(gender);
            if !surname_here {
                (title, first) = (Title::Inside(gender), i + 1);
            }
        }
        // `Senater Dale Finch`: a slip of the keyboard hides no title.
        let unknown = || self.class(start).is_none() && self.given(start).is_none() && self.given(start + 1).is_some();
        if title == Title::None && self.end - start >= 3 && unknown() && is_slipped_title(bare_low(paragraph, start)) {
            return (Title::Inside(Gender::Unknown), start + 1);
        }
        (title, first)
    }

    /// The word at or behind `first` with which the name starts: what stands before it is no part of it, as `Texas`,
    /// `Yesterday`, `FBI`.
    pub fn skip_ahead(&self, mut first: usize, last: usize) -> usize {
        while first + 1 < last {
            // `Park Geun-hye`: the family's name stands first, whatever else it is.
            if (first > self.start || !self.starts_sentence) && has_second_syllable(self.paragraph, first + 1) {
                break;
            }
            let next_plain = self.class(first + 1).is_none() || is_particle(self.paragraph, first + 1);
            let unknown = self.given(first).is_none();
            let strange = match self.class(first) {
                None => is_acronym(self.paragraph, first),
                Some(NameWord::NoName) => unknown || self.starts_sentence && first == self.start || !next_plain,
                Some(NameWord::Particle) => false,
                Some(_) => unknown || !next_plain,
            };
            if !strange {
                break;
            }
            first += 1;
        }
        first
    }

    /// The title before the run, when a name begins with it and ends before token `last`.
    pub fn title_ahead(&self, last: usize) -> Title {
        let Self { paragraph, start, end, .. } = *self;
        if start > 0 && paragraph.tokens[start].spaced && is_role(paragraph.low(start - 1)) {
            return Title::Ahead;
        }
        let article = |word: &str| grammar::ARTICLES_AND_POSSESSIVES.contains(word);
        let apposed = last - start >= 2
            && start >= 3
            && paragraph.word(start - 1) == ","
            && matches!(paragraph.word(end), "," | "." | ";" | ")" | "")
            && is_role(paragraph.low(start - 2))
            && (3..=5).any(|back| start >= back && article(paragraph.low(start - back)));
        if apposed { Title::Apposed } else { Title::None }
    }

    /// Whether the words `first..last` may be those of one name: one noun of organisations makes the whole run one.
    pub fn fits(&self, first: usize, last: usize, titled: bool) -> bool {
        let words = last - first;
        let family_first = words == 2 && has_second_syllable(self.paragraph, first + 1);
        (first..last).all(|i| match self.class(i) {
            _ if family_first && i == first => true,
            None => !is_acronym(self.paragraph, i),
            Some(NameWord::Particle) => true,
            Some(NameWord::Role(_) | NameWord::Modifier | NameWord::Honorific(_)) => words > 1,
            Some(NameWord::Place) => words > 1 && (i == first || self.given(first).is_some() || titled),
            Some(NameWord::Organisation) => {
                words > 1
                    && i > first
                    && i + 1 == last
                    && (titled || words == 2 && self.given(first).is_some() && speaks(self.paragraph, self.end))
            }
            Some(NameWord::NoName) => self.given(i).is_some() && words > 1,
            Some(NameWord::Demonym) => words > 1 && i + 1 == last && (titled || self.given(first).is_some()),
        })
    }

    /// Whether the word at `at` is the first of the name of a place: `New York City Mayor`.
    fn opens_place(&self, at: usize) -> bool {
        places::PLACE_HEADS.contains(self.paragraph.low(at))
            && !matches!(
                self.class(at + 1),
                Some(NameWord::Role(_) | NameWord::Honorific(_) | NameWord::Demonym | NameWord::Modifier)
            )
    }

    /// The words of the title of a name that starts at token `first`.
    pub fn title_span(&self, title: Title, first: usize) -> Option<Span> {
        let Self { paragraph, start, .. } = *self;
        let role = |at: usize| Span { start: modifiers_start(paragraph, at), end: paragraph.tokens[at].span.end };
        match title {
            Title::Apposed => Some(role(start - 2)),
            Title::Ahead => Some(role(start - 1)),
            Title::Inside(_) if first > start => {
                // `But Mr.`, `When Sen.`: what opens the sentence is no part of the title, and honorifics have no modifiers.
                let mut head = start;
                while head + 1 < first
                    && (self.class(head) == Some(NameWord::NoName) && !self.opens_place(head)
                        || has_honorific_after(paragraph, head, first))
                {
                    head += 1;
                }
                let bare = matches!(self.class(head), Some(NameWord::Honorific(_))) || head > start;
                let from = if bare { paragraph.tokens[head].span.start } else { modifiers_start(paragraph, start) };
                Some(Span { start: from, end: paragraph.tokens[first - 1].span.end })
            }
            Title::Inside(_) | Title::None => None,
        }
    }
}

/// Where the surname starts in the name `first..last`: its particles belong to it.
pub(super) fn surname_start(paragraph: &Paragraph, first: usize, last: usize) -> usize {
    let mut surname = last - 1;
    while surname > first + 1 && is_particle(paragraph, surname - 1) {
        surname -= 1;
    }
    let particle = surname > first && is_particle(paragraph, surname - 1);
    if particle && (surname - 1 > first || !paragraph.tokens[surname - 1].capital) { surname - 1 } else { surname }
}
