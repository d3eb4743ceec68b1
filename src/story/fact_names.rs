//! The names of kinds of facts, as programs and people read them. They are written down, so that a variant may be renamed
//! in the code without breaking anybody, and a new one does not compile before it has a name.

use super::claim::ClaimKind;
use super::figure::{Bound, FigureUnit, RangeEnd};
use super::person::{Gender, MentionForm};
use super::photo::OwnerKind;
use super::quote::{Basis, QuoteKind};
use super::source::SourceKind;
use super::time::TimeKind;

/// What is called by a word in fact sheets.
pub trait FactName {
    /// The word. Programs know it, so it never changes.
    fn fact_name(&self) -> &str;
}

/// Writes the names of an enum's variants down.
macro_rules! names {
    ($($kind:ident { $($variant:ident => $name:literal,)* })*) => {
        $(impl FactName for $kind {
            fn fact_name(&self) -> &str {
                match self {
                    $($kind::$variant => $name,)*
                }
            }
        })*
    };
}

names! {
    QuoteKind {
        Direct => "direct",
        Partial => "partial",
        Scare => "scare",
        Title => "title",
    }
    Basis {
        Ahead => "ahead",
        Behind => "behind",
        Running => "running",
        SentenceBefore => "sentencebefore",
        Continued => "continued",
        ParagraphBefore => "paragraphbefore",
        Signed => "signed",
        Paraphrase => "paraphrase",
        Nearby => "nearby",
        Nothing => "nothing",
    }
    TimeKind {
        Date => "date",
        Weekday => "weekday",
        Relative => "relative",
        Period => "period",
        Season => "season",
        Duration => "duration",
        Repeated => "repeated",
        Clock => "clock",
        Vague => "vague",
    }
    Gender {
        Male => "male",
        Female => "female",
        Unknown => "unknown",
    }
    MentionForm {
        Full => "full",
        Surname => "surname",
        Given => "given",
        Title => "title",
        Pronoun => "pronoun",
    }
    Bound {
        About => "about",
        Below => "below",
        Above => "above",
        AtLeast => "atleast",
        AtMost => "atmost",
    }
    RangeEnd {
        Low => "low",
        High => "high",
    }
    OwnerKind {
        Agency => "agency",
        Library => "library",
        Platform => "platform",
        Other => "other",
    }
    SourceKind {
        Named => "named",
        Unnamed => "unnamed",
        Anonymous => "anonymous",
        Outlet => "outlet",
        Document => "document",
        Organisation => "organisation",
        Vague => "vague",
        NoAgent => "noagent",
    }
    ClaimKind {
        Superlative => "superlative",
        Statistic => "statistic",
        Study => "study",
        Law => "law",
        History => "history",
        Cause => "cause",
        Comparison => "comparison",
        Prediction => "prediction",
        Sequence => "sequence",
        Health => "health",
        Absolute => "absolute",
        Amount => "amount",
        Act => "act",
        Trend => "trend",
    }
}

impl FactName for FigureUnit {
    /// What a figure measures: the currency's code, the short form of a measure, or the name of the kind.
    fn fact_name(&self) -> &str {
        match self {
            FigureUnit::Money(currency) => currency.as_str(),
            FigureUnit::Measure(measure) => measure.as_str(),
            FigureUnit::Count => "count",
            FigureUnit::Percent => "percent",
            FigureUnit::PercentagePoints => "percentagepoints",
            FigureUnit::Age => "age",
            FigureUnit::Ordinal => "ordinal",
            FigureUnit::Fraction => "fraction",
        }
    }
}
