//! What checks find, and what can be done about it.

use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::text::{SourceRange, Span};

/// Where a hit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HitPlace {
    /// In the prose. Checks of one paragraph leave the paragraph's number 0; the analysis fills it in.
    Prose(Passage),
    /// In the source outside the prose: an image, a link, the front matter.
    Source(SourceRange),
    /// The story as a whole.
    Story,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where.
    pub place: HitPlace,
    /// What the placeholders of the rule's message stand for.
    pub args: Vec<(&'static str, String)>,
    /// Instead of the rule's message; placeholders are filled in as well.
    pub message: Option<String>,
    /// Not more than this, where the check is less sure than usual.
    pub at_most: Option<Severity>,
    /// What it took for granted.
    pub assumed: Option<String>,
    /// Other places that explain it.
    pub related: Vec<(HitPlace, String)>,
    /// What can be done, best first.
    pub fixes: Vec<HitFix>,
}

/// A fix of a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct HitFix {
    /// For a menu: “Replace with ‘insists on’”.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The replacements; an empty span is an insertion.
    pub edits: Vec<(HitPlace, String)>,
}

impl Hit {
    /// A hit at `span` of a paragraph, for checks of one paragraph.
    pub fn in_paragraph(span: Span) -> Self {
        Self::at(Passage::new(0, span))
    }

    /// A hit at `passage`.
    pub fn at(passage: Passage) -> Self {
        Self::of(HitPlace::Prose(passage))
    }

    /// A hit about the story as a whole.
    pub fn story() -> Self {
        Self::of(HitPlace::Story)
    }

    /// A hit at `place`.
    pub fn of(place: HitPlace) -> Self {
        Self {
            place,
            args: Vec::new(),
            message: None,
            at_most: None,
            assumed: None,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// With `value` for the placeholder `{name}`.
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// With another message than the rule's.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// With a severity of `severity` at most.
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.at_most = Some(severity);
        self
    }

    /// With what it took for granted.
    pub fn assumed(mut self, assumed: Option<String>) -> Self {
        self.assumed = assumed;
        self
    }

    /// With another place that explains it.
    pub fn related(mut self, passage: Passage, message: impl Into<String>) -> Self {
        self.related.push((HitPlace::Prose(passage), message.into()));
        self
    }

    /// With a fix of several edits.
    pub fn fix(
        mut self,
        title: impl Into<String>,
        applicability: Applicability,
        edits: Vec<(HitPlace, String)>,
    ) -> Self {
        self.fixes.push(HitFix { title: title.into(), applicability, edits });
        self
    }

    /// With a fix that replaces `passage` by `text`.
    pub fn replace(self, passage: Passage, text: impl Into<String>, applicability: Applicability) -> Self {
        let text = text.into();
        let title = match text.is_empty() {
            true => "Delete".to_owned(),
            false if text == " " => "Leave one space".to_owned(),
            // Quotation marks by themselves are hard to read within such.
            false if text.contains(['“', '”', '"']) && !text.contains(char::is_alphanumeric) => {
                format!("Replace with {text}")
            }
            false => format!("Replace with “{text}”"),
        };
        self.fix(title, applicability, vec![(HitPlace::Prose(passage), text)])
    }

    /// With a fix that inserts `text` at byte `at` of the prose of the paragraph of `near`.
    pub fn insert(
        self,
        near: Passage,
        at: u32,
        text: impl Into<String>,
        title: impl Into<String>,
        applicability: Applicability,
    ) -> Self {
        let place = HitPlace::Prose(Passage { paragraph: near.paragraph, span: Span { start: at, end: at } });
        self.fix(title, applicability, vec![(place, text.into())])
    }

    /// The same hit in paragraph number `paragraph`.
    pub(crate) fn in_paragraph_number(mut self, paragraph: u32) -> Self {
        let renumber = |place: &mut HitPlace| {
            if let HitPlace::Prose(passage) = place {
                passage.paragraph = paragraph;
            }
        };
        renumber(&mut self.place);
        self.related.iter_mut().for_each(|(place, _)| renumber(place));
        self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|(place, _)| renumber(place));
        self
    }
}
