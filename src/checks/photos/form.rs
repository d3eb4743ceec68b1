//! One story, one form of credit.

use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::photo::Credit;

/// How a credit is written.
#[derive(Clone, Copy, PartialEq)]
enum CreditForm {
    /// `Photo: Ana Ruiz`.
    Colon,
    /// `Photo by Ana Ruiz`.
    By,
    /// `AP Photo/Ana Ruiz`.
    AgencyFirst,
    /// `Ana Ruiz/Reuters`.
    Bare,
}

impl CreditForm {
    fn as_str(self) -> &'static str {
        match self {
            CreditForm::Colon => "Photo: NAME",
            CreditForm::By => "Photo by NAME",
            CreditForm::AgencyFirst => "AGENCY Photo/NAME",
            CreditForm::Bare => "NAME/AGENCY",
        }
    }
}

/// `photos-credit-form`: credits written in two ways; the rarer is found, of equally common ones the later.
pub(in crate::checks) fn credit_form(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let forms: Vec<(CreditForm, Passage)> =
        story.photos.iter().filter_map(|p| p.credit.as_ref()).map(|c| (form(story, c), c.passage)).collect();
    let count = |form: CreditForm| forms.iter().filter(|(f, _)| *f == form).count();
    let counts =
        [CreditForm::Colon, CreditForm::By, CreditForm::AgencyFirst, CreditForm::Bare].map(|form| (form, count(form)));
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let is_most = |form: CreditForm| counts.iter().any(|&(f, count)| f == form && count == most);
    let Some(&(kept, first)) = forms.iter().find(|(form, _)| is_most(*form)) else { return };
    for (form, passage) in forms.iter().filter(|(form, _)| *form != kept) {
        out.push(
            Hit::at(*passage)
                .arg("found", form.as_str())
                .arg("kept", kept.as_str())
                .related(first, format!("“{}” appears here", story.slice(first))),
        );
    }
}

fn form(story: &Story, credit: &Credit) -> CreditForm {
    let Some(label) = credit.label else { return CreditForm::Bare };
    let paragraph = story.paragraph(credit.passage.paragraph());
    let last = paragraph.tokens_in(label).end;
    match paragraph.low(last) {
        "©" => CreditForm::Bare,
        ":" => CreditForm::Colon,
        "by" => CreditForm::By,
        _ if credit.agency.is_some_and(|agency| agency.end <= label.start) => CreditForm::AgencyFirst,
        _ => CreditForm::Colon,
    }
}
