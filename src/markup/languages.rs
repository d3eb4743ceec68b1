//! Which blocks are in another language than English.

use super::{Alone, Document, MetadataOrigin};
use crate::text::language::{Verdict, is_foreign_tag, judge};

/// Names under which front matter and pages say the language of the whole text, in lower case.
const KEYS: [&str; 10] = [
    "lang",
    "language",
    "locale",
    "language-code",
    "language_code",
    "languagecode",
    "content-language",
    "og:locale",
    "inlanguage",
    "dc.language",
];

/// Marks the blocks of `document` that are not English: all where the text says so of itself, else those whose words show
/// it, and with them what is among them and has too few words to tell. `alone` is what is known of each block by itself, where
/// anything is.
pub(super) fn mark(document: &mut Document, alone: &[Alone]) {
    let declared = document.metadata.iter().filter(|entry| KEYS.contains(&entry.key.as_str())).find_map(|entry| {
        let known = is_foreign_tag(&entry.value);
        // What a page's head says of a page comes from a template more often than what an author wrote over a story.
        known.filter(|_| matches!(entry.origin, MetadataOrigin::FrontMatter | MetadataOrigin::Meta))
    });
    if declared == Some(true) {
        document.blocks.iter_mut().for_each(|block| block.foreign = true);
        return;
    }
    let (mut own, mut foreign, mut others) = (Vec::with_capacity(document.blocks.len()), 0, 0);
    for (number, block) in document.blocks.iter().enumerate() {
        let verdict = match alone.get(number) {
            _ if block.foreign => Verdict::Foreign,
            Some(alone) => alone.language,
            None => judge(&block.prose),
        };
        match verdict {
            Verdict::Foreign => foreign += block.prose.len(),
            Verdict::English => others += block.prose.len(),
            Verdict::Unclear => {}
        }
        own.push(verdict);
    }
    if foreign == 0 {
        return;
    }
    let mostly = foreign > 2 * others;
    for (block, verdict) in document.blocks.iter_mut().zip(own) {
        block.foreign = verdict == Verdict::Foreign || (mostly && verdict == Verdict::Unclear);
    }
}

/// Whether a block with this prose could be marked.
pub(super) fn may_be_foreign(prose: &str) -> bool {
    judge(prose) == Verdict::Foreign
}

#[cfg(test)]
mod tests {
    use super::super::{Format, parse};

    fn foreign(source: &str, format: Format) -> Vec<bool> {
        parse(source, format).blocks.iter().map(|block| block.foreign).collect()
    }

    #[test]
    fn tags_and_words_say_which_blocks_are_foreign() {
        let spanish = "La obra sigue parada desde mayo, y nadie sabe por qué.";
        let english = "The work has been at a standstill since May, and nobody knows why.";
        assert_eq!(foreign(&format!("---\ntitle: Plan\nlang: es\n---\n\n{english}\n"), Format::Markdown), [true, true]);
        assert_eq!(foreign(&format!("{english}\n\n{spanish}\n"), Format::Markdown), [false, true]);
        assert_eq!(
            foreign(&format!("# Obra parada\n\n{spanish}\n\n{spanish}\n"), Format::Markdown),
            [true, true, true]
        );
        let page = format!("<html lang=\"en\"><body><p>{english}</p><p lang=\"fr\">Bonjour, madame.</p></body></html>");
        assert_eq!(foreign(&page, Format::Html), [false, true]);
    }
}
