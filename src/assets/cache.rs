//! What image files said of themselves, kept until they change.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{paths, read_image};
use crate::stamp::Stamp;
use crate::story::ImageMetadata;

/// With more files than this everything is forgotten: a newsroom's archive must not fill the memory.
const MOST: usize = 10_000;

/// Image files that were read, by path, each with its time of change and length then.
#[derive(Debug, Default)]
pub struct ImageCache {
    files: Mutex<HashMap<PathBuf, (Stamp, Option<ImageMetadata>)>>,
}

impl ImageCache {
    /// The images of the story at `story_path` that are files on this machine, by their `sources` as written.
    ///
    /// A file is read when it was not read before or has changed since. What cannot be read is left out.
    pub fn of_story(&self, sources: &[String], story_path: &Path) -> HashMap<String, ImageMetadata> {
        let mut images = HashMap::new();
        for source in sources {
            if images.contains_key(source) {
                continue;
            }
            let Some(path) = paths::resolve(source, story_path) else { continue };
            if let Some(metadata) = self.read(path) {
                images.insert(source.clone(), metadata);
            }
        }
        images
    }

    fn read(&self, path: PathBuf) -> Option<ImageMetadata> {
        let stamp = Stamp::at(&path)?;
        // A thread that panicked here left nothing half done.
        let lock = || self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((known, metadata)) = lock().get(&path)
            && *known == stamp
        {
            return metadata.clone();
        }
        let metadata = read_image(&path).ok();
        let mut files = lock();
        if files.len() >= MOST {
            files.clear();
        }
        files.insert(path, (stamp, metadata.clone()));
        metadata
    }
}
