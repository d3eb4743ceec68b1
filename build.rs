//! Reads the rule packs in `rules/` and packs them so that the program, which carries them inside, need not read TOML
//! each time it starts, and makes tables of the lists of words in `lexicon/`. A file that is no rule file or no lexicon ends
//! the build and says where it is wrong.

// The definitions are the program's own; the build script uses a part of them.
#[allow(dead_code)]
#[path = "src/finding/level.rs"]
mod finding;
#[path = "src/lexicon/form.rs"]
mod lexicon;
#[allow(dead_code)]
#[path = "src/rules/schema.rs"]
mod schema;
#[allow(dead_code)]
#[path = "src/text/words.rs"]
mod words;

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
    fs::write(out.join("lexicon.rs"), lexicon_tables(&root.join("lexicon/en"))?)
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
