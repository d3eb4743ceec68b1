//! What the profiles say, read once.

use std::sync::OnceLock;

use super::layer::Layer;
use super::profiles::PROFILES;
use super::read::{self, ReadAs};

/// What the profile `name` says; that of the standard one when there is none of this name.
pub(super) fn of(name: &str) -> &'static Layer {
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
