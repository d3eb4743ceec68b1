//! Reading image files, on a thread of its own: a slow disk must not hold up a keystroke.

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use super::document::Wanted;
use super::event::Event;
use crate::assets::ImageCache;

/// Starts the thread; what it reads comes as events.
pub fn start(cache: Arc<ImageCache>, events: Sender<Event>) -> Sender<Wanted> {
    let (sender, wanted) = mpsc::channel::<Wanted>();
    let read = move || {
        for Wanted { uri, story, sources } in wanted {
            let found = cache.of_story(&sources, &story);
            if events.send(Event::ImagesRead { uri, sources, found }).is_err() {
                return;
            }
        }
    };
    // Without the thread, stories are checked without what their images say of themselves.
    let _ = std::thread::Builder::new().name("images".to_owned()).spawn(read);
    sender
}
