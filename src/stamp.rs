//! By what it is told that a file must be read again.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

/// When a file was changed last, and its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    modified: Option<SystemTime>,
    /// Its length in bytes.
    pub length: u64,
}

impl Stamp {
    /// The stamp of the file of which the system says this.
    pub fn of(file: &Metadata) -> Self {
        Self { modified: file.modified().ok(), length: file.len() }
    }

    /// The stamp of the file at `path`; `None` where there is none.
    pub fn at(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|file| Self::of(&file))
    }
}
