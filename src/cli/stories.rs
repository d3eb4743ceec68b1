//! Finding stories on disk and reading them.

use std::collections::HashSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::files::{self, NotUtf8};
use crate::markup::Format;
use crate::office::{Manuscript, OfficeFormat};
use crate::project::Projects;
use crate::walk;

/// A story to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoryPath {
    /// Standard input, with the name it would have as a file.
    Stdin(Option<PathBuf>),
    /// A file.
    File(PathBuf),
}

impl StoryPath {
    /// What reports call it.
    pub fn shown(&self) -> String {
        match self {
            StoryPath::Stdin(Some(name)) => name.display().to_string(),
            StoryPath::Stdin(None) => "<stdin>".to_owned(),
            StoryPath::File(path) => match path.strip_prefix("./") {
                Ok(below) if !below.as_os_str().is_empty() => below.display().to_string(),
                _ => path.display().to_string(),
            },
        }
    }

    /// Its name as a file, when it has one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            StoryPath::Stdin(name) => name.as_deref(),
            StoryPath::File(path) => Some(path),
        }
    }

    /// The folder whose settings are for it.
    pub fn folder(&self) -> PathBuf {
        let parent = self.path().and_then(Path::parent).filter(|parent| !parent.as_os_str().is_empty());
        parent.map_or_else(|| PathBuf::from("."), Path::to_owned)
    }

    /// Its format, by its name; plain text when the name does not tell.
    pub fn format(&self) -> Format {
        self.path().and_then(Format::of_path).unwrap_or(Format::Plain)
    }

    /// Which word processor's format it is in, by its name.
    pub fn office(&self) -> Option<OfficeFormat> {
        self.path().and_then(OfficeFormat::of_path)
    }

    /// Its text.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read, and what to do.
    pub fn read(&self) -> Result<String, String> {
        let mut bytes = Vec::new();
        let read = match self {
            StoryPath::Stdin(_) => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
            StoryPath::File(path) => std::fs::read(path).map(|read| bytes = read),
        };
        read.map_err(|error| format!("{}: {}", self.shown(), files::why(&error)))?;
        self.decode(bytes)
    }

    /// The text that `bytes`, which are the story's, stand for; of a document of a word processor, a paragraph a line.
    ///
    /// # Errors
    ///
    /// Says where they are no UTF-8, or what they are, and what to do.
    pub fn decode(&self, bytes: Vec<u8>) -> Result<String, String> {
        if self.office().is_some() {
            let manuscript = Manuscript::read(&bytes).map_err(|error| format!("{}: {error}", self.shown()))?;
            return Ok(manuscript.text());
        }
        if let Some((kind, advice)) = files::kind(&bytes) {
            let shown = self.shown();
            return Err(format!("{shown}: this is {kind}, which copydesk does not read as a story; {advice}"));
        }
        files::decode(bytes)
            .map_err(|NotUtf8 { line, column, message }| format!("{}:{line}:{column}: {message}", self.shown()))
    }
}

/// The stories at `paths` in a fixed order, and what went wrong on the way.
pub fn find(paths: &[PathBuf], stdin_name: Option<&Path>, projects: &mut Projects) -> (Vec<StoryPath>, Vec<String>) {
    let mut stories = Vec::new();
    let mut troubles = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            stories.push(StoryPath::Stdin(stdin_name.map(Path::to_owned)));
        } else if path.is_dir() {
            let before = stories.len();
            walk(path, projects, &mut stories, &mut troubles);
            if stories.len() == before {
                let message = "no stories here (.txt, .md, .html and the like that no ignore file leaves out)";
                troubles.push(format!("{}: {message}", path.display()));
            }
        } else {
            match path.try_exists() {
                Ok(true) => stories.push(StoryPath::File(path.clone())),
                Ok(false) => troubles.push(format!("{}: no such file or folder", path.display())),
                Err(error) => troubles.push(format!("{}: {}", path.display(), files::why(&error))),
            }
        }
    }
    stories.sort();
    drop_repeated(&mut stories);
    (stories, troubles)
}

/// Keeps the first of several names for one file: it is read once, and `--fix` must not write it twice at a time.
fn drop_repeated(stories: &mut Vec<StoryPath>) {
    let mut seen = HashSet::new();
    stories.retain(|story| match story {
        StoryPath::Stdin(_) => seen.insert(None),
        StoryPath::File(path) => seen.insert(Some(std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()))),
    });
}

fn walk(folder: &Path, projects: &mut Projects, stories: &mut Vec<StoryPath>, troubles: &mut Vec<String>) {
    let project = projects.of_folder(folder);
    for found in walk::stories(folder, &project, troubles) {
        match found {
            Ok(story) => stories.push(StoryPath::File(story)),
            Err(trouble) => troubles.push(trouble),
        }
    }
}
