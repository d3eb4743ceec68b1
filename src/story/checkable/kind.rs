//! The kinds of facts, and what they are called.

use std::fmt;

/// What kind of thing a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A person's or another name: its spelling.
    Name,
    /// What somebody is: `state fire marshal`.
    Title,
    /// How old somebody is.
    Age,
    /// How two people belong together: `her nephew`.
    Relation,
    /// An organisation's name.
    Organisation,
    /// A place.
    Place,
    /// A date or a time of day.
    Date,
    /// A length of time.
    Duration,
    /// A number with its unit and what it counts.
    Figure,
    /// A part of a whole: `27 percent`, `one in six`, `nearly half`.
    Share,
    /// A place in an order: `second-largest`, `the 94th minute`.
    Rank,
    /// The score of a game.
    Score,
    /// How a vote came out.
    Vote,
    /// One thing held against another.
    Comparison,
    /// Records, firsts and superlatives.
    Record,
    /// What led to what.
    Cause,
    /// Words in quotation marks.
    Quote,
    /// What somebody is reported to have said, without quotation marks.
    Reported,
    /// What a caption says.
    Caption,
    /// Who took a photo and whose it is.
    Credit,
    /// A street, an e-mail or web address, a telephone number.
    Address,
    /// The title of a book, a film, a study, a newspaper.
    Work,
    /// Where a link leads.
    Link,
    /// What a study, a poll or a report found.
    Study,
    /// What a law or a treaty says.
    Law,
    /// What came before what.
    Order,
    /// What is said of illness and medicine.
    Health,
    /// What will be.
    Prediction,
    /// `always`, `never`, `nobody`.
    Absolute,
}

impl FactKind {
    /// All kinds, in the order in which a checker asks: who, where, when, how much, what was said.
    pub const ALL: [FactKind; 29] = [
        FactKind::Name,
        FactKind::Title,
        FactKind::Age,
        FactKind::Relation,
        FactKind::Organisation,
        FactKind::Place,
        FactKind::Date,
        FactKind::Duration,
        FactKind::Figure,
        FactKind::Share,
        FactKind::Rank,
        FactKind::Score,
        FactKind::Vote,
        FactKind::Comparison,
        FactKind::Record,
        FactKind::Cause,
        FactKind::Quote,
        FactKind::Reported,
        FactKind::Caption,
        FactKind::Credit,
        FactKind::Address,
        FactKind::Work,
        FactKind::Link,
        FactKind::Study,
        FactKind::Law,
        FactKind::Order,
        FactKind::Health,
        FactKind::Prediction,
        FactKind::Absolute,
    ];

    /// The word for it in the ledger, in JSON and in options.
    pub fn as_str(self) -> &'static str {
        match self {
            FactKind::Name => "name",
            FactKind::Title => "title",
            FactKind::Age => "age",
            FactKind::Relation => "relation",
            FactKind::Organisation => "organisation",
            FactKind::Place => "place",
            FactKind::Date => "date",
            FactKind::Duration => "duration",
            FactKind::Figure => "figure",
            FactKind::Share => "share",
            FactKind::Rank => "rank",
            FactKind::Score => "score",
            FactKind::Vote => "vote",
            FactKind::Comparison => "comparison",
            FactKind::Record => "record",
            FactKind::Cause => "cause",
            FactKind::Quote => "quote",
            FactKind::Reported => "reported",
            FactKind::Caption => "caption",
            FactKind::Credit => "credit",
            FactKind::Address => "address",
            FactKind::Work => "work",
            FactKind::Link => "link",
            FactKind::Study => "study",
            FactKind::Law => "law",
            FactKind::Order => "order",
            FactKind::Health => "health",
            FactKind::Prediction => "prediction",
            FactKind::Absolute => "absolute",
        }
    }

    /// What it is called in reports for people.
    pub fn described(self) -> &'static str {
        match self {
            FactKind::Date => "date or time",
            FactKind::Duration => "length of time",
            FactKind::Rank => "place in an order",
            FactKind::Record => "record or first",
            FactKind::Reported => "reported speech",
            FactKind::Work => "title of a work",
            FactKind::Study => "finding of a study",
            FactKind::Order => "order of events",
            FactKind::Absolute => "always or never",
            kind => kind.as_str(),
        }
    }

    /// What several of it are called.
    pub fn plural(self) -> String {
        match self {
            FactKind::Date => "dates and times".to_owned(),
            FactKind::Duration => "lengths of time".to_owned(),
            FactKind::Rank => "places in an order".to_owned(),
            FactKind::Record => "records and firsts".to_owned(),
            FactKind::Work => "titles of works".to_owned(),
            FactKind::Study => "findings of studies".to_owned(),
            FactKind::Order => "orders of events".to_owned(),
            FactKind::Address => "addresses".to_owned(),
            FactKind::Health => "statements on health".to_owned(),
            FactKind::Reported | FactKind::Absolute => self.described().to_owned(),
            kind => format!("{}s", kind.described()),
        }
    }

    /// The kind that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether the same words are the same fact wherever they stand: a name is spelled the same in every sentence.
    pub fn is_same_everywhere(self) -> bool {
        matches!(
            self,
            FactKind::Name
                | FactKind::Title
                | FactKind::Organisation
                | FactKind::Place
                | FactKind::Address
                | FactKind::Work
                | FactKind::Link
                | FactKind::Credit
        )
    }

    /// Whether the fact is what a whole clause or sentence says, in which other facts stand.
    pub fn is_of_sentence(self) -> bool {
        matches!(
            self,
            FactKind::Reported
                | FactKind::Caption
                | FactKind::Comparison
                | FactKind::Record
                | FactKind::Cause
                | FactKind::Study
                | FactKind::Law
                | FactKind::Order
                | FactKind::Health
                | FactKind::Prediction
                | FactKind::Absolute
        )
    }

    /// Kinds that an edit may turn into each other: `27 percent` into `a third`.
    pub(super) fn family(self) -> u8 {
        match self {
            FactKind::Name | FactKind::Organisation | FactKind::Place | FactKind::Work => 1,
            FactKind::Figure
            | FactKind::Share
            | FactKind::Duration
            | FactKind::Age
            | FactKind::Rank
            | FactKind::Score
            | FactKind::Vote
            | FactKind::Date => 2,
            kind => 3 + kind as u8,
        }
    }

    /// Of two kinds that claim the same words, the one with the higher rank has them; 0 for kinds that share words with any.
    pub(super) fn precedence(self) -> u8 {
        match self {
            FactKind::Address => 9,
            FactKind::Date => 8,
            FactKind::Age => 7,
            FactKind::Vote => 6,
            FactKind::Score => 5,
            FactKind::Share => 4,
            FactKind::Duration => 3,
            FactKind::Rank => 2,
            FactKind::Figure => 1,
            _ => 0,
        }
    }
}

impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
