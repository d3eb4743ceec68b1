//! All that one story was written from, with what was worked out about its quotes and facts.

use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::checkable::Held;
use super::evidence::Evidence;
use crate::material::{Material, QuoteCheck, check_quote};

/// Quotes that are kept before all are forgotten, and facts: each keystroke in one makes another one.
const MOST_KEPT: usize = 2_000;

/// What a story was written from, in the order in which it names it.
#[derive(Debug, Default)]
pub struct Library {
    materials: Vec<Arc<Material>>,
    /// What the material says of quotes, by their words. That depends on nothing else, so what is kept changes nothing.
    checked: Mutex<FxHashMap<String, Arc<QuoteCheck>>>,
    /// What each source says that facts can be held to; read when it is first asked for.
    evidence: OnceLock<Vec<Evidence>>,
    /// What was found about facts, by all that it depends on.
    held: Mutex<FxHashMap<String, Arc<Held>>>,
}

impl Library {
    /// A library of these sources.
    pub fn new(materials: Vec<Arc<Material>>) -> Self {
        Self { materials, ..Self::default() }
    }

    /// Reads now what facts will be held to, which takes a while for a long source.
    pub fn prepare(&self) {
        self.evidence();
    }

    /// What each source says that facts can be held to.
    pub(crate) fn evidence(&self) -> &[Evidence] {
        self.evidence.get_or_init(|| self.materials.iter().map(|material| Evidence::of(material)).collect())
    }

    /// What is kept of the fact with this key, or else what `work` finds.
    pub(crate) fn held(&self, key: String, work: impl FnOnce() -> Held) -> Arc<Held> {
        let kept = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&key) {
            return Arc::clone(known);
        }
        let held = Arc::new(work());
        let mut kept = kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&held));
        held
    }

    /// Holds the quote `text`, without its marks, to all sources.
    pub fn check_quote(&self, text: &str) -> Arc<QuoteCheck> {
        let kept = || self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(text) {
            return Arc::clone(known);
        }
        let check = Arc::new(check_quote(text, &self.materials));
        let mut kept = kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(text.to_owned(), Arc::clone(&check));
        check
    }

    /// Whether what somebody with this name says is somewhere under it: under the label of a transcript, in a message.
    /// A surname is enough, whatever its case.
    pub fn has_words_of(&self, name: &str) -> bool {
        let last = |name: &str| name.split_whitespace().last().map(str::to_lowercase);
        let wanted = last(name);
        wanted.is_some() && self.materials.iter().flat_map(|m| m.speakers()).any(|label| last(label) == wanted)
    }
}

impl Deref for Library {
    type Target = [Arc<Material>];

    fn deref(&self) -> &Self::Target {
        &self.materials
    }
}
