//! The fact sheet as JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::facts_kinds::{Sheet, SheetFact};
use crate::story::{FactLists, Story};
use crate::text::SourceRange;

/// The facts of `story` as JSON, with its places as `place` writes them.
pub fn facts_with_ranges<R: Serialize>(story: &Story, place: impl Fn(&SourceRange) -> R) -> Value {
    let sheet = Sheet { story, place };
    let mut all = Map::from_iter([("published".to_owned(), json!(sheet.published()))]);
    // A kind of fact that is missing here does not compile.
    let FactLists { quotes, times, people, figures, photos, organisations, sources, claims } = story.lists();
    list(quotes, &sheet, &mut all);
    list(times, &sheet, &mut all);
    list(people, &sheet, &mut all);
    list(figures, &sheet, &mut all);
    list(photos, &sheet, &mut all);
    list(organisations, &sheet, &mut all);
    list(sources, &sheet, &mut all);
    list(claims, &sheet, &mut all);
    Value::Object(all)
}

fn list<T: SheetFact, R: Serialize, F: Fn(&SourceRange) -> R>(
    facts: &[T],
    sheet: &Sheet<F>,
    all: &mut Map<String, Value>,
) {
    all.insert(T::KEY.to_owned(), Value::Array(T::all_json(facts, sheet)));
}
