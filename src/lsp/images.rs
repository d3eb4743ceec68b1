//! Reading image files, on a thread of its own: a slow disk must not hold up a keystroke.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use tower_lsp::ls_types::Uri;

use super::desk::{Desk, Job};
use crate::assets::ImageCache;
use crate::story::ImageMetadata;

/// The images of a document.
#[derive(Debug)]
pub struct Wanted {
    /// The document.
    pub uri: Uri,
    /// Its file.
    pub story: PathBuf,
    /// The images as the story names them.
    pub sources: Vec<String>,
}

/// Starts the thread; what it reads comes to the desk as jobs.
pub fn start(cache: Arc<ImageCache>, jobs: Sender<Job>) -> Sender<Wanted> {
    let (sender, wanted) = mpsc::channel::<Wanted>();
    let read = move || {
        for Wanted { uri, story, sources } in wanted {
            let found = cache.of_story(&sources, &story);
            if jobs.send(Box::new(move |desk| desk.images_read(&uri, &sources, found))).is_err() {
                return;
            }
        }
    };
    // Without the thread, stories are checked without what their images say of themselves.
    let _ = std::thread::Builder::new().name("images".to_owned()).spawn(read);
    sender
}

impl Desk {
    /// Takes over what the image files of a document say, unless it has other images by now.
    fn images_read(&mut self, uri: &Uri, sources: &[String], found: HashMap<String, ImageMetadata>) {
        if self.document(uri).is_some_and(|document| document.set_images(sources, found)) {
            self.check_soon(uri);
            self.refresh();
        }
    }
}
