//! Reading what stories were written from, on a thread of its own: recordings' transcripts are long, and disks are slow.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use super::document::WantedSources;
use super::event::Event;
use crate::sources::{self, Shelf};
use crate::story::Library;

/// Starts the thread; what it reads comes as events.
pub fn start(events: Sender<Event>) -> Sender<WantedSources> {
    let (sender, wanted) = mpsc::channel::<WantedSources>();
    let read = move || {
        let shelf = Shelf::default();
        for WantedSources { uri, story, names } in wanted {
            let files = sources::files(story.parent().unwrap_or(Path::new("")), &names);
            let gathered = shelf.gather(&files);
            let library = Arc::new(Library::new(gathered.materials.clone()));
            library.prepare();
            if events.send(Event::SourcesRead { uri, names, gathered, library }).is_err() {
                return;
            }
        }
    };
    // Without the thread, stories are checked without what they were written from.
    let _ = std::thread::Builder::new().name("sources".to_owned()).spawn(read);
    sender
}
