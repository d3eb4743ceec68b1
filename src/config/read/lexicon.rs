//! The table `[lexicon]`: words that the newsroom adds to the lists by which facts are found.

use super::super::keys;
use super::super::layer::Partial;
use super::{KeyName, LayerReader, Value, meant};
use crate::lexicon::OwnList;

impl LayerReader {
    /// Reads `[lexicon]`.
    pub(super) fn lexicon(&mut self, value: Value, settings: &mut Partial) {
        let table = self.table(value, "`lexicon` must be a table: [lexicon]");
        self.lists(table, settings);
    }

    /// Reads lists of words, each under its name.
    pub(super) fn lists<'t>(
        &mut self,
        table: impl IntoIterator<Item = (KeyName<'t>, Value<'t>)>,
        settings: &mut Partial,
    ) {
        for (key, value) in table {
            let name: &str = key.get_ref().as_ref();
            let Some(list) = OwnList::ALL.into_iter().find(|list| list.as_str() == name) else {
                self.mistake(key.span(), format!("unknown key `{name}` in [lexicon]{}", meant(name, keys::LEXICON)));
                continue;
            };
            for word in self.strings(value) {
                let text = word.get_ref().trim();
                if text.is_empty() {
                    self.mistake(word.span(), "an empty string means nothing");
                } else if !list.has_phrases() && text.contains(char::is_whitespace) {
                    self.mistake(
                        word.span(),
                        format!("`{text}` is more than one word, and `{name}` takes single words"),
                    );
                } else {
                    settings.lexicon.push((list, self.sourced(text.to_owned(), &word.span())));
                }
            }
        }
    }
}
