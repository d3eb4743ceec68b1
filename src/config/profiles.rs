//! The profiles: settings for a kind of text, as files of settings in `profiles/`.

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
