//! The table `[house]`: words, names, people and places of the newsroom.

use serde::Deserialize;
use toml::de::{DeValue, ValueDeserializer};

use super::super::keys;
use super::super::layer::{FilePart, Partial, Sourced};
use super::{LayerReader, Value, meant};
use crate::story::{HousePerson, HousePlace};

/// Somebody of the house: a name, or a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum PersonValue {
    Name(String),
    Table(PersonTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonTable {
    name: String,
    title: Option<String>,
}

/// A place of the house: a name, or a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum PlaceValue {
    Name(String),
    Table(PlaceTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceTable {
    name: String,
    #[serde(default)]
    not: Vec<String>,
    r#in: Option<String>,
    #[serde(default)]
    alone: bool,
}

impl LayerReader {
    /// Reads `[house]`.
    pub(super) fn house(&mut self, value: Value, settings: &mut Partial) {
        for (key, value) in self.table(value, "`house` must be a table: [house]") {
            match key.get_ref().as_ref() {
                "terms" => settings.terms.extend(self.sourced_strings(value)),
                "names" => settings.names.extend(self.sourced_strings(value)),
                "dictionary" if self.part == FilePart::Override => {
                    self.mistake(key.span(), "`dictionary` holds for all stories; write it in [house] at the top");
                }
                "dictionary" => settings.dictionary.extend(self.sourced_strings(value)),
                "people" => settings.people.extend(self.people(value)),
                "places" => settings.places.extend(self.places(value)),
                other => {
                    self.mistake(key.span(), format!("unknown key `{other}` in [house]{}", meant(other, keys::HOUSE)))
                }
            }
        }
    }

    fn people(&mut self, value: Value) -> Vec<Sourced<HousePerson>> {
        let span = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            self.mistake(span, "`people` must be a list of names, or of { name = \"…\", title = \"…\" }");
            return Vec::new();
        };
        let mut people = Vec::new();
        for entry in entries {
            let at = entry.span();
            let person = match PersonValue::deserialize(ValueDeserializer::from(entry)) {
                Ok(PersonValue::Name(name)) => HousePerson { name, title: None },
                Ok(PersonValue::Table(PersonTable { name, title })) => HousePerson { name, title },
                Err(_) => {
                    self.mistake(at, "a person is a name or { name = \"…\", title = \"…\" }");
                    continue;
                }
            };
            if person.name.trim().is_empty() {
                self.mistake(at, "a person needs a name");
                continue;
            }
            people.push(self.sourced(person, &at));
        }
        people
    }

    fn places(&mut self, value: Value) -> Vec<Sourced<HousePlace>> {
        let span = value.span();
        let form = "{ name = \"…\", not = [\"…\"], in = \"…\", alone = true }";
        let DeValue::Array(entries) = value.into_inner() else {
            self.mistake(span, format!("`places` must be a list of names, or of {form}"));
            return Vec::new();
        };
        let mut places = Vec::new();
        for entry in entries {
            let at = entry.span();
            let place = match PlaceValue::deserialize(ValueDeserializer::from(entry)) {
                Ok(PlaceValue::Name(name)) => HousePlace { name, ..HousePlace::default() },
                Ok(PlaceValue::Table(PlaceTable { name, not, r#in, alone })) => {
                    HousePlace { name, not, within: r#in, alone }
                }
                Err(_) => {
                    self.mistake(at, format!("a place is a name, or {form}"));
                    continue;
                }
            };
            if place.name.trim().is_empty() {
                self.mistake(at, "a place needs a name");
                continue;
            }
            if let Some(same) = place.not.iter().find(|other| other.to_lowercase() == place.name.to_lowercase()) {
                self.mistake(at.clone(), format!("`{same}` is what the house calls it; `not` lists its other names"));
            }
            places.push(self.sourced(place, &at));
        }
        places
    }
}
