//! `copydesk init`: looks at the stories of a folder and writes settings that fit them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::arguments::InitOptions;
use super::{CLEAN, TROUBLE, complain, replace};
use crate::config::FILE_NAME;
use crate::files;
use crate::markup::{self, BlockKind, Format};
use crate::story::{Surroundings, published};
use crate::text::counted;

/// The most stories that are looked into, and the most bytes of one: a guess needs no more.
const STORIES: usize = 400;
const LONGEST: u64 = 1 << 20;

/// How many photos without a single credit show that the house credits none.
const UNCREDITED: usize = 8;

/// Words that are spelled in one way in the United States and in another in Britain.
const SPELLINGS: &[(&str, &str)] = &[
    ("center", "centre"),
    ("color", "colour"),
    ("defense", "defence"),
    ("favor", "favour"),
    ("harbor", "harbour"),
    ("honor", "honour"),
    ("labor", "labour"),
    ("neighbor", "neighbour"),
    ("organization", "organisation"),
    ("percent", "per cent"),
    ("program", "programme"),
    ("theater", "theatre"),
    ("traveled", "travelled"),
];

/// Files by which other tools for prose are known.
const OTHERS: &[(&str, &str)] = &[
    (".vale.ini", "Vale"),
    ("_vale.ini", "Vale"),
    (".proselintrc", "proselint"),
    ("proselint.json", "proselint"),
    (".textlintrc", "textlint"),
    (".textlintrc.json", "textlint"),
    (".ltex.json", "LTeX"),
];

/// Files by which a book of documentation is known.
const BOOKS: &[&str] = &["mkdocs.yml", "book.toml", "docusaurus.config.js", "docusaurus.config.ts", "conf.py"];

/// What was seen in the folder.
#[derive(Debug, Default, PartialEq)]
struct SeenFolder {
    plain: usize,
    markdown: usize,
    html: usize,
    other_markup: usize,
    with_date: usize,
    images: usize,
    /// Photos in the stories, and those of them that somebody is credited for.
    photos: usize,
    credited: usize,
    american: usize,
    british: usize,
    others: Vec<&'static str>,
    book: Option<&'static str>,
    git: bool,
}

impl SeenFolder {
    fn stories(&self) -> usize {
        self.plain + self.markdown + self.html + self.other_markup
    }

    fn is_british(&self) -> bool {
        self.british >= 3 && self.british > 3 * self.american
    }

    fn is_american(&self) -> bool {
        self.american >= 3 && self.american > 3 * self.british
    }
}

/// Writes the settings, and says what was decided and why.
pub fn run(options: &InitOptions) -> u8 {
    let folder = options.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    if !folder.is_dir() {
        complain(format_args!("{}: no such folder", folder.display()));
        return TROUBLE;
    }
    let file = folder.join(FILE_NAME);
    if file.exists() && !options.force {
        complain(format_args!("{} already exists; --force overwrites it", file.display()));
        return TROUBLE;
    }
    let seen = look(&folder);
    let (settings, reasons) = decide(&seen);
    if let Err(error) = replace::write(&file, settings.as_bytes()) {
        complain(format_args!("{}: {}", file.display(), files::why(&error)));
        return TROUBLE;
    }
    anstream::println!("wrote {}", file.display());
    for reason in reasons {
        anstream::println!("- {reason}");
    }
    CLEAN
}

fn look(folder: &Path) -> SeenFolder {
    let mut seen = SeenFolder { git: folder.join(".git").exists(), ..SeenFolder::default() };
    seen.others = OTHERS.iter().filter(|(file, _)| folder.join(file).exists()).map(|(_, tool)| *tool).collect();
    seen.others.dedup();
    seen.book = BOOKS.iter().copied().find(|file| folder.join(file).exists());
    for entry in WalkBuilder::new(folder).require_git(false).sort_by_file_path(Path::cmp).build().flatten() {
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        if matches!(extension.as_deref(), Some("jpg" | "jpeg" | "png" | "webp" | "tif" | "tiff")) {
            seen.images += 1;
        }
        let Some(format) = Format::of_path(path) else { continue };
        match format {
            Format::Plain => seen.plain += 1,
            Format::Markdown | Format::Mdx => seen.markdown += 1,
            Format::Html => seen.html += 1,
            Format::AsciiDoc | Format::Rst | Format::Org => seen.other_markup += 1,
        }
        let short = entry.metadata().is_ok_and(|metadata| metadata.len() <= LONGEST);
        if seen.stories() <= STORIES
            && short
            && let Ok(text) = std::fs::read_to_string(path)
        {
            read(path.strip_prefix(folder).unwrap_or(path), &text, format, &mut seen);
        }
    }
    seen
}

/// Looks at the story of this text at `path`, as seen from the folder.
fn read(path: &Path, text: &str, format: Format, seen: &mut SeenFolder) {
    let document = markup::parse(text, format);
    // What `facts` and `--check` go by.
    let around = Surroundings { path: Some(path.to_string_lossy().into_owned()), ..Surroundings::default() };
    seen.with_date += usize::from(published::find(&document, &around).is_some());
    let photos = document.images.iter().filter(|image| !image.graphic);
    seen.photos += photos.clone().count();
    let credits = document.blocks.iter().filter(|block| {
        block.kind == BlockKind::Credit || (block.kind == BlockKind::Caption && markup::ends_in_credit(&block.prose))
    });
    seen.credited += photos.filter(|image| image.credit.is_some()).count() + credits.count();
    for block in &document.blocks {
        let prose = block.prose.to_lowercase();
        for word in prose.split(|c: char| !c.is_alphabetic()) {
            seen.american += usize::from(SPELLINGS.iter().any(|(american, _)| *american == word));
            seen.british += usize::from(SPELLINGS.iter().any(|(_, british)| *british == word));
        }
        seen.british += prose.matches("per cent ").count();
    }
}

/// The settings, and what was decided in words.
fn decide(seen: &SeenFolder) -> (String, Vec<String>) {
    let mut text = String::from(
        "# Settings of copydesk for the stories in this folder and below.\n\
         # `copydesk config --keys` explains every key; `copydesk config STORY` shows what is in force.\n\n",
    );
    let mut reasons = Vec::new();
    reasons.push(match seen.stories() {
        0 => "no stories are here yet: the settings are for news".to_owned(),
        stories => {
            let kinds = [
                (seen.markdown, "Markdown"),
                (seen.html, "HTML"),
                (seen.plain, "plain text"),
                (seen.other_markup, "other markup"),
            ];
            let there: Vec<_> = kinds.iter().filter(|(count, _)| *count > 0).collect();
            let stories = counted(stories, "story", "stories");
            match &there[..] {
                [(_, kind)] => format!("{stories} in {kind}"),
                several => {
                    let parts: Vec<String> = several.iter().map(|(count, kind)| format!("{count} in {kind}")).collect();
                    format!("{stories}: {}", parts.join(", "))
                }
            }
        }
    });
    match seen.book {
        Some(book) => {
            text.push_str("profile = \"docs\"\n");
            reasons.push(format!("profile docs, because {book} is here"));
        }
        None => text.push_str("# profile = \"magazine\"           # news (the default), magazine or docs\n"),
    }
    if seen.is_british() {
        text.push_str("packs = [\"core\", \"british\"]\n");
        reasons.push(format!("pack british: {} British spellings, {} American", seen.british, seen.american));
    } else if seen.is_american() && seen.book.is_none() {
        text.push_str("packs = [\"core\", \"ap\"]\n");
        reasons.push(format!("pack ap: {} American spellings, {} British", seen.american, seen.british));
    } else {
        text.push_str(
            "packs = [\"core\"]               # add \"ap\" for US news style, \"british\" for British usage\n",
        );
        reasons.push("pack core alone: the spelling shows neither American nor British".to_owned());
    }
    text.push_str(
        "fail-on = \"warning\"            # what makes `copydesk --check` end with exit code 1\n\
         # exclude = [\"archive/**\"]     # stories that a walk leaves out\n",
    );
    text.push_str("\n[house]\nterms = []                     # words of the house, never flagged\n");
    text.push_str("# names = [\"WikiFinch\"]         # names that need no introduction\n");
    text.push_str("# people = [{ name = \"Dale Finch\", title = \"Mayor\" }]\n");
    text.push_str("# places = [{ name = \"Port Ellery\", not = [\"Ellery Harbor\"], in = \"Ore.\" }]\n");
    let dated = seen.with_date * 2 >= seen.stories().min(STORIES) && seen.stories() > 0;
    let _ = writeln!(
        text,
        "\n[date]\n{}",
        if dated {
            "# The stories name their publication dates: in their metadata, dateline, byline or file name."
        } else {
            "# Few stories name their publication date; with `date: 2018-02-12` in the front matter, “Sunday” can be read."
        }
    );
    text.push_str("# sources = [\"front-matter\", \"page\", \"dateline\", \"byline\", \"path\"]\n");
    let of = seen.stories().min(STORIES);
    if of > 0 {
        reasons.push(format!("{} of the {of} that were read say when they were published", seen.with_date));
    }
    text.push_str("\n[rules]\n# \"time/relative-weekday\" = \"off\"\n# \"sources/*\" = \"hint\"\n");
    if seen.photos >= UNCREDITED && seen.credited == 0 {
        text.push_str("\"photos/no-credit\" = \"off\"        # no photo of these stories has a credit\n");
        reasons
            .push(format!("photos/no-credit is off: none of the {} photos in the stories has a credit", seen.photos));
    } else if seen.images == 0 && seen.stories() > 0 {
        text.push_str("# No photos are here. Where another system keeps them, their credits are there as well:\n");
        text.push_str("# \"photos/*\" = \"off\"\n");
    } else if seen.images > 0 {
        reasons.push(format!("{} photos: credits are held against what the files say of themselves", seen.images));
    }
    for other in &seen.others {
        reasons.push(format!(
            "{other} is set up here; copydesk goes beside it: it reads who says what, when and how much"
        ));
    }
    reasons.push(match seen.git {
        true => "next: `copydesk --check`; on an old archive first `copydesk baseline`, or `--since main`".to_owned(),
        false => "next: `copydesk --check`; on an old archive first `copydesk baseline`".to_owned(),
    });
    (text, reasons)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn what_is_written_can_be_read() {
        let cases = [
            SeenFolder::default(),
            SeenFolder { british: 40, plain: 3, ..SeenFolder::default() },
            SeenFolder { american: 40, markdown: 3, with_date: 3, images: 2, git: true, ..SeenFolder::default() },
            SeenFolder { markdown: 9, photos: 12, ..SeenFolder::default() },
            SeenFolder { book: Some("book.toml"), markdown: 1, others: vec!["Vale"], ..SeenFolder::default() },
        ];
        for seen in cases {
            let (text, reasons) = decide(&seen);
            let (config, problems) = Config::parse(FILE_NAME, &text);
            assert_eq!(problems, [], "{text}");
            assert!(!reasons.is_empty() && config.packs().value.contains(&"core".to_owned()));
        }
        let packs = |seen: SeenFolder| Config::parse(FILE_NAME, &decide(&seen).0).0.packs().value;
        assert_eq!(packs(SeenFolder { british: 40, plain: 3, ..SeenFolder::default() }), ["core", "british"]);
        let credits = |seen: SeenFolder| decide(&seen).0.contains("\n\"photos/no-credit\" = \"off\"");
        assert!(credits(SeenFolder { markdown: 9, photos: 12, ..SeenFolder::default() }));
        assert!(!credits(SeenFolder { markdown: 9, photos: 12, credited: 1, ..SeenFolder::default() }));
        assert_eq!(packs(SeenFolder { british: 9, american: 9, plain: 3, ..SeenFolder::default() }), ["core"]);
    }
}
