//! What a story was written from, on disk: which files it names, and their text, read once and kept while they stay as they
//! are.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::files;
use crate::ledgers;
use crate::markup::{Document, MetadataOrigin};
use crate::material::{self, LARGEST, Material};
use crate::stamp::Stamp;
use crate::story::checkable::Ledger;

/// The most files of a folder that are looked at.
const MOST_FILES: usize = 1_000;

/// The most bytes of sources that are read for one story.
const MOST_BYTES: u64 = 256 << 20;

/// How long the reading of one source may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The name of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceName {
    /// A path from the story's folder, or a person or a book.
    pub name: String,
    /// The story's front matter names it, so a file of this name must be there. A ledger may name what lies elsewhere.
    pub by_story: bool,
}

/// What is put behind the name of a story for the folder of its sources: `ferry.md.sources`.
pub const FOLDER_SUFFIX: &str = ".sources";

/// The sources of the story at `story`: those that it names in its front matter under `sources`, the folder of its name beside
/// it, and those of its ledger. Addresses on the web are none that could be read here.
pub fn named(story: Option<&Path>, document: &Document, ledger: Option<&Ledger>) -> Vec<SourceName> {
    let in_front = document.metadata.iter().filter(|entry| {
        let key = entry.key.split(['.', '[']).next().unwrap_or_default();
        entry.origin == MetadataOrigin::FrontMatter && matches!(key, "sources" | "source")
    });
    let in_front = in_front.flat_map(|entry| listed(&entry.value)).map(|name| SourceName { name, by_story: true });
    let mut names: Vec<SourceName> = in_front.collect();
    let beside = story.and_then(|story| {
        let folder = format!("{}{FOLDER_SUFFIX}", story.file_name()?.to_str()?);
        story.with_file_name(&folder).is_dir().then_some(folder)
    });
    names.extend(beside.map(|name| SourceName { name, by_story: false }));
    let of_ledger = ledger.into_iter().flat_map(|ledger| &ledger.entries).flat_map(|entry| &entry.sources);
    names.extend(of_ledger.map(|source| SourceName { name: source.name.clone(), by_story: false }));
    let mut seen = HashSet::new();
    names.retain(|source| !source.name.contains("://") && seen.insert(source.name.clone()));
    names
}

/// The names of a list that is on one line: `a.txt, b.srt`.
fn listed(value: &str) -> Vec<String> {
    let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
    let names = inner.split([',', '\n']).map(|name| name.trim().trim_start_matches("- ").trim_matches(['"', '\'']));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A file that holds a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceFile {
    /// What the story, or whoever asked, calls it.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// It was named itself, and not only found in a folder: then it is an error if it cannot be read.
    pub is_named: bool,
}

/// The files that `names`, which are paths from `folder`, stand for: the files themselves, and those of folders in the order
/// of their names, without hidden ones, ledgers and what is no source. A name of what is not there is a file that is missing where the
/// story names it and it has the ending of one, and else a person or a book.
pub fn files(folder: &Path, names: &[SourceName]) -> Vec<SourceFile> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for SourceName { name, by_story } in names {
        let path = folder.join(name);
        if path.is_file() || *by_story && material::can_read(&path) && !path.exists() {
            found.push(SourceFile { name: name.clone(), path, is_named: true });
            continue;
        }
        let entries = std::fs::read_dir(&path).into_iter().flatten().flatten().take(MOST_FILES);
        let mut inside: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        inside.sort();
        for file in inside {
            let path = path.join(&file);
            if !file.starts_with('.') && !file.ends_with(ledgers::SUFFIX) && material::can_read(&path) && path.is_file()
            {
                // In the story's own folder, the name of the file is enough.
                let name = match name.ends_with(FOLDER_SUFFIX) {
                    true => file,
                    false => format!("{}/{file}", name.trim_end_matches('/')),
                };
                found.push(SourceFile { name, path, is_named: false });
            }
        }
    }
    found.retain(|file| seen.insert(file.path.clone()));
    found
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// In the order of the files.
    pub materials: Vec<Arc<Material>>,
    /// The file of each.
    pub files: Vec<PathBuf>,
    /// What could not be read, and why.
    pub problems: Vec<String>,
}

/// What was read of a file, or why it could not be.
type ReadOutcome = Result<Arc<Material>, String>;

/// Sources that were read, kept until their files change.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: Mutex<HashMap<SourceFile, (Stamp, ReadOutcome)>>,
}

impl Shelf {
    /// Reads these files. One that cannot be read costs itself only.
    pub fn gather(&self, files: &[SourceFile]) -> Gathered {
        let mut gathered = Gathered::default();
        let mut bytes = 0;
        for file in files {
            match self.read(file, &mut bytes) {
                Ok(material) => {
                    gathered.materials.push(material);
                    gathered.files.push(file.path.clone());
                }
                Err(why) => gathered.problems.push(format!("{}: {why}", file.path.display())),
            }
        }
        gathered
    }

    fn read(&self, file: &SourceFile, bytes: &mut u64) -> Result<Arc<Material>, String> {
        let metadata = std::fs::metadata(&file.path)
            .map_err(|error| format!("the story names this source, but: {}", files::why(&error)))?;
        let stamp = Stamp::of(&metadata);
        *bytes += stamp.length;
        if stamp.length > LARGEST as u64 {
            return Err(format!("larger than the {} MB that are read", LARGEST >> 20));
        }
        if *bytes > MOST_BYTES {
            return Err(format!("the story’s sources are larger than the {} MB that are read", MOST_BYTES >> 20));
        }
        {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((known, material)) = kept.get(file)
                && *known == stamp
            {
                return material.clone();
            }
        }
        let read = std::fs::read(&file.path).map_err(|error| files::why(&error));
        let material = read.and_then(|bytes| read_in_time(&file.name, bytes)).map(Arc::new);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(file.clone(), (stamp, material.clone()));
        material
    }
}

/// Reads a source on a thread of its own, with a limit of time: its format may be read by a library that a file can lead
/// astray. A thread that is late is left alone.
fn read_in_time(name: &str, bytes: Vec<u8>) -> Result<Material, String> {
    let (sender, read) = mpsc::channel();
    let named = name.to_owned();
    let thread = std::thread::Builder::new().name("source".to_owned()).stack_size(32 << 20);
    let work = move || drop(sender.send(Material::read(&named, &bytes)));
    thread.spawn(work).map_err(|error| files::why(&error))?;
    match read.recv_timeout(PATIENCE) {
        Ok(material) => material,
        Err(RecvTimeoutError::Timeout) => Err(format!("it took longer than {} seconds to read", PATIENCE.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err("it is damaged".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stand_for_the_sources_in_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let notes = folder.path().join("notes");
        std::fs::create_dir(&notes).expect("it is made");
        for (name, text) in
            [("b.txt", "two"), ("a.pdf", ""), (".hidden.txt", ""), ("x.jpg", "\0"), ("b.txt.facts.toml", "")]
        {
            std::fs::write(notes.join(name), text).expect("it is written");
        }
        let names = ["notes/", "notes/b.txt", "Ana Ruiz", "J. P. Smith", "minutes.docx"];
        let names = names.map(|name| SourceName { name: name.to_owned(), by_story: true });
        let elsewhere = SourceName { name: "budget.xlsx".to_owned(), by_story: false };
        assert_eq!(files(folder.path(), &[elsewhere]), [], "a ledger may name what lies elsewhere");
        let found = files(folder.path(), &names);
        let named: Vec<&str> = found.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(named, ["notes/a.pdf", "notes/b.txt", "minutes.docx"]);
        let shelf = Shelf::default();
        let first = shelf.gather(&found);
        let missing = first.problems.iter().find(|problem| problem.contains("minutes.docx"));
        assert!(missing.is_some_and(|problem| problem.ends_with("no such file or folder")), "{:?}", first.problems);
        let again = shelf.gather(&found);
        assert!(Arc::ptr_eq(&first.materials[0], &again.materials[0]), "it is read once");
        std::fs::write(notes.join("b.txt"), "two words").expect("it is written");
        assert_eq!(shelf.gather(&found).materials[0].word_count(), 2);
    }

    #[test]
    fn the_folder_of_a_story_s_name_holds_its_sources() {
        let folder = tempfile::tempdir().expect("a folder");
        let story = folder.path().join("ferry.md");
        let document = crate::markup::parse("The ferry stays.", crate::markup::Format::Markdown);
        assert_eq!(named(Some(&story), &document, None), []);
        std::fs::create_dir(folder.path().join("ferry.md.sources")).expect("it is made");
        std::fs::write(folder.path().join("ferry.md.sources/call.txt"), "We keep it.").expect("it is written");
        let names = named(Some(&story), &document, None);
        assert_eq!(files(folder.path(), &names)[0].name, "call.txt");
    }

    #[test]
    fn lists_stand_on_one_line_or_several() {
        assert_eq!(listed("[a.txt, 'b c.srt']"), ["a.txt", "b c.srt"]);
        assert_eq!(listed("- a.txt\n- b.srt"), ["a.txt", "b.srt"]);
    }
}
