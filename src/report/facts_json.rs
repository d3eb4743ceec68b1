//! The fact sheet as JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::facts_kinds::{Sheet, SheetFact, each_kind};
use crate::story::Story;
use crate::text::SourceRange;

/// The facts of `story` as JSON, with its places as `place` writes them.
pub fn facts_with_ranges<R: Serialize>(story: &Story, place: impl Fn(&SourceRange) -> R) -> Value {
    let sheet = Sheet { story, place };
    let published = ("published".to_owned(), json!(sheet.published()));
    Value::Object(std::iter::once(published).chain(each_kind!(story, list(&sheet))).collect())
}

/// The facts of one kind under their key.
fn list<T: SheetFact, R: Serialize, F: Fn(&SourceRange) -> R>(facts: &[T], sheet: &Sheet<F>) -> (String, Value) {
    (T::KEY.to_owned(), Value::Array(T::all_json(facts, sheet)))
}
