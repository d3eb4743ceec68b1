//! What styles make of paragraphs, by the names that word processors give their own.

use std::collections::HashMap;

use super::Role;

/// How far a style is followed to those that it is based on.
const MOST_STEPS: usize = 12;

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It has this role.
    Role(Role),
    /// It is no part of the text: a table of contents, a page's head or foot.
    LeftOut,
}

/// The styles of a document, by the ids that paragraphs name them by.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, ParagraphStyle>,
}

#[derive(Debug)]
struct ParagraphStyle {
    name: String,
    based_on: Option<String>,
}

impl Styles {
    /// Adds a style. Names of styles that come with the program are English whatever its language.
    pub(super) fn add(&mut self, id: String, name: &str, based_on: Option<String>) {
        let name = name.to_lowercase().replace('_', " ");
        self.by_id.insert(id, ParagraphStyle { name, based_on });
    }

    /// What the style `id` makes of a paragraph; `None` where it says nothing.
    pub(super) fn meaning(&self, id: &str) -> Option<Meaning> {
        let mut id = id;
        for _ in 0..MOST_STEPS {
            let Some(style) = self.by_id.get(id) else { return by_name(&id.to_lowercase()) };
            if let Some(meaning) = by_name(&style.name) {
                return Some(meaning);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}

/// What a style of this name, in lower case, makes of a paragraph.
fn by_name(name: &str) -> Option<Meaning> {
    let role = match name {
        "title" | "headline" => Role::Title,
        "subtitle" => Role::Subtitle,
        "caption" | "illustration" | "figure" => Role::Caption,
        "quote" | "intense quote" | "quotations" | "block text" | "block quotation" => Role::Quote,
        "footnote text" | "endnote text" | "footnote" | "endnote" => Role::Note,
        "header" | "footer" | "table of contents" | "contents heading" | "toc heading" => {
            return Some(Meaning::LeftOut);
        }
        _ if name.starts_with("toc ") || name.starts_with("contents ") => return Some(Meaning::LeftOut),
        _ if name.starts_with("list") => Role::ListItem,
        _ => {
            let level = name.strip_prefix("heading")?.trim();
            Role::Heading(if level.is_empty() { 1 } else { level.parse().ok()? })
        }
    };
    Some(Meaning::Role(role))
}
