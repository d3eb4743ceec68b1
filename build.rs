//! Lists the rule packs in `rules/` so that the program carries them inside: one table, file by file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let mut table = String::from("&[\n");
    for pack in sorted(&root.join("rules"))?.into_iter().filter(|path| path.is_dir()) {
        for file in sorted(&pack)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")) {
            let (pack, name) = (file_name(&pack), format!("rules/{}/{}", file_name(&pack), file_name(&file)));
            writeln!(table, "    PackFile {{ pack: {pack:?}, name: {name:?}, text: include_str!({file:?}) }},")
                .map_err(io::Error::other)?;
        }
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("packs.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
