//! The profiles: settings for a kind of text, as files of settings in `profiles/`.

use std::sync::OnceLock;

use super::layer::Layer;
use super::read::{self, ReadAs};

/// A profile as it is carried inside.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// Its settings, as TOML.
    pub text: &'static str,
}

/// The profile that holds where none is named.
pub const STANDARD: &str = "news";

/// All profiles.
pub static PROFILES: &[Profile] = &[
    Profile { name: "news", meaning: "news stories", text: include_str!("../../profiles/news.toml") },
    Profile {
        name: "magazine",
        meaning: "features, portraits and essays: facts, names and quotes as in news, the form free",
        text: include_str!("../../profiles/magazine.toml"),
    },
    Profile {
        name: "docs",
        meaning: "documentation, handbooks and reports: words, numbers and names, no sourcing and no dates",
        text: include_str!("../../profiles/docs.toml"),
    },
];

/// The names of all profiles.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|profile| profile.name)
}

/// What the profile `name` says; that of the standard one when there is none of this name.
pub(super) fn layer(name: &str) -> &'static Layer {
    static LAYERS: OnceLock<Vec<Layer>> = OnceLock::new();
    static NOTHING: OnceLock<Layer> = OnceLock::new();
    let layers = LAYERS.get_or_init(|| {
        PROFILES.iter().map(|profile| read::read(profile.name, profile.text, ReadAs::Profile(profile.name)).0).collect()
    });
    let at = PROFILES.iter().position(|profile| profile.name == name).unwrap_or(0);
    layers.get(at).unwrap_or_else(|| NOTHING.get_or_init(Layer::default))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::all_rules;

    #[test]
    fn the_profiles_have_no_mistakes_and_name_rules_that_there_are() {
        let rules = all_rules();
        for profile in PROFILES {
            let (layer, problems) = read::read(profile.name, profile.text, ReadAs::Profile(profile.name));
            assert_eq!(problems, [], "{}", profile.name);
            assert!(layer.settings.packs.is_some() && layer.settings.fail_on.is_some(), "{}", profile.name);
            for entry in &layer.settings.rules {
                assert!(rules.has(&entry.id), "{}: {}", profile.name, entry.id);
            }
        }
    }
}
