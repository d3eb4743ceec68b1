//! Reads the rule packs in `rules/` and packs them so that the program, which carries them inside, need not read TOML
//! each time it starts, and makes tables of the lists of words in `lexicon/`. A file that is no rule file or no lexicon ends
//! the build and says where it is wrong.

// The definitions are the program's own; the build script uses a part of them.
#[allow(dead_code)]
#[path = "src/finding/level.rs"]
mod finding;
#[path = "src/lexicon/form.rs"]
mod lexicon;
#[path = "src/dictionary/packed.rs"]
mod packed;
#[allow(dead_code)]
#[path = "src/rules/schema.rs"]
mod schema;
#[allow(dead_code)]
#[path = "src/text/words.rs"]
mod words;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use schema::{PackedRule, RuleEntry};
use serde::Deserialize;
use toml::Spanned;

/// A rule file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<RuleEntry>,
}

/// The same file, of which only the places of the ids are read.
#[derive(Deserialize)]
struct Ids {
    rule: Vec<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: Spanned<String>,
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=lexicon");
    println!("cargo::rerun-if-changed=dictionary");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut table = String::from("&[\n");
    for pack in sorted(&root.join("rules"))?.into_iter().filter(|path| path.is_dir()) {
        for file in sorted(&pack)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")) {
            let (pack, name) = (file_name(&pack), format!("rules/{}/{}", file_name(&pack), file_name(&file)));
            let packed = out.join(format!("{pack}-{}", file_name(&file.with_extension("rules"))));
            fs::write(&packed, pack_rules(&file, &name)?)?;
            writeln!(table, "    PackFile {{ pack: {pack:?}, name: {name:?}, packed: include_bytes!({packed:?}) }},")
                .map_err(io::Error::other)?;
        }
    }
    table.push_str("]\n");
    fs::write(out.join("packs.rs"), table)?;
    fs::write(out.join("lexicon.rs"), lexicon_tables(&root.join("lexicon/en"))?)?;
    pack_dictionary(&root.join("dictionary"), &out)
}

/// The Rust of the lists of words, a module a file.
fn lexicon_tables(folder: &Path) -> io::Result<String> {
    let files = sorted(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml"));
    let modules = files.map(|file| {
        let name = file_name(&file.with_extension(""));
        let wrong = |error| io::Error::other(format!("lexicon/en/{name}.toml: {error}"));
        lexicon::module(&name, &fs::read_to_string(&file)?).map_err(wrong)
    });
    modules.collect()
}

/// Packs the lists of `dictionary` so that words are looked up where they lie in the program. `dictionary/make.py` says what
/// stands in the lists.
fn pack_dictionary(lists: &Path, out: &Path) -> io::Result<()> {
    let mut values: HashMap<String, u64> = HashMap::new();
    for (word, told) in rows(&lists.join("words.txt"))? {
        let class = told.trim_start_matches(|mark: char| mark.is_ascii_alphabetic());
        let class: u64 = class.parse().map_err(io::Error::other)?;
        let marks =
            if told.starts_with('n') { packed::NAME } else { 0 } | if told.starts_with('r') { packed::RARE } else { 0 };
        values.insert(word, class.min(packed::CLASS) | marks);
    }
    for (word, letters) in rows(&lists.join("forms.txt"))? {
        let forms =
            letters.chars().filter_map(|letter| packed::FORMS.find(letter)).fold(0, |forms, at| forms | 1 << at);
        values.entry(word).and_modify(|value| *value |= forms << packed::FORMS_AT);
    }
    // Each spelling with the other one; the star marks one that is right on both sides of the ocean.
    let mut twins = Texts::default();
    for (american, british) in rows(&lists.join("spellings.txt"))? {
        for (word, other, mark) in [(&american, &british, packed::AMERICAN), (&british, &american, packed::BRITISH)] {
            if let Some(value) = values.get_mut(word.as_str()).filter(|_| !word.ends_with('*')) {
                *value |= mark;
                twins.add(word.clone(), other.trim_end_matches('*'))?;
            }
        }
    }
    let mut corrections = Texts::default();
    for (word, meant) in rows(&lists.join("corrections.txt"))? {
        corrections.add(word, &meant)?;
    }
    let is_common = |value: u64| {
        value & packed::CLASS <= packed::COMMON
            && value & (packed::NAME | packed::RARE | packed::AMERICAN | packed::BRITISH) == 0
    };
    let mut hashes: Vec<u64> = values
        .iter()
        .filter(|(word, value)| is_common(**value) && !corrections.has(word))
        .map(|(word, _)| words::hash(word.as_bytes()))
        .collect();
    hashes.sort_unstable();
    let write = |name: &str, bytes: Vec<u8>| fs::write(out.join(name), bytes);
    write("common.table", packed::common_table(&hashes))?;
    let told = packed::by_frequency(values.values().copied());
    let places: HashMap<u64, u64> = told.iter().copied().zip(0..).collect();
    let words = values.into_iter().map(|(word, value)| (word, places[&value])).collect();
    write("words.fst", packed::map(words).map_err(io::Error::other)?)?;
    write("words.values", packed::values(&told))?;
    for (name, texts) in [("corrections", corrections), ("twins", twins)] {
        write(&format!("{name}.txt"), texts.blob.into_bytes())?;
        write(&format!("{name}.fst"), packed::map(texts.places).map_err(io::Error::other)?)?;
    }
    Ok(())
}

/// Texts for words: one after the other, each behind its length in one byte, and each text once.
#[derive(Default)]
struct Texts {
    blob: String,
    known: HashMap<String, u64>,
    places: Vec<(String, u64)>,
}

impl Texts {
    fn add(&mut self, word: String, text: &str) -> io::Result<()> {
        let place = match self.known.get(text) {
            Some(place) => *place,
            None => {
                let place = self.blob.len() as u64;
                let length = u8::try_from(text.len()).ok().filter(u8::is_ascii);
                self.blob.push(length.ok_or_else(|| io::Error::other(format!("too long: {text}")))?.into());
                self.blob.push_str(text);
                self.known.insert(text.to_owned(), place);
                place
            }
        };
        self.places.push((word, place));
        Ok(())
    }

    fn has(&self, word: &str) -> bool {
        self.places.binary_search_by(|(own, _)| own.as_str().cmp(word)).is_ok()
    }
}

/// The two columns of a list; lines that start with `#` say what it is.
fn rows(list: &Path) -> io::Result<Vec<(String, String)>> {
    let text = fs::read_to_string(list)?;
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let (word, told) = line.split_once('\t')?;
        Some((word.to_owned(), told.to_owned()))
    };
    let wrong = |line: &str| io::Error::other(format!("{}: no tab in {line:?}", list.display()));
    rows.map(|line| row(line).ok_or_else(|| wrong(line))).collect()
}

/// The rules of `file`, each with the line of its id.
fn pack_rules(file: &Path, name: &str) -> io::Result<Vec<u8>> {
    let text = fs::read_to_string(file)?;
    let wrong = |error: toml::de::Error| io::Error::other(format!("{name}: {error}"));
    let rules = toml::from_str::<RuleFile>(&text).map_err(wrong)?.rule;
    let ids = toml::from_str::<Ids>(&text).map_err(wrong)?.rule;
    let line = |id: Id| 1 + text.bytes().take(id.id.span().start).filter(|&byte| byte == b'\n').count();
    let packed: Vec<PackedRule> =
        rules.into_iter().zip(ids).map(|(entry, id)| PackedRule { line: line(id), entry }).collect();
    rmp_serde::to_vec(&packed).map_err(io::Error::other)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
