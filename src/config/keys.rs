//! The keys of `copydesk.toml`: one table, from which come the JSON schema, the page of settings, what the editor
//! completes, and what a misspelt key may have meant.

use crate::finding::Severity;

/// A key of `copydesk.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: KeyKind,
    /// What it is for, in Markdown.
    pub meaning: &'static str,
    /// What holds without it, in Markdown.
    pub default: &'static str,
    /// Whether an `[[override]]` may set it for some paths.
    pub by_path: bool,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    /// One of the profiles.
    Profile,
    /// Packs and files.
    Extends,
    /// Names of packs.
    Packs,
    /// Globs of paths.
    Globs,
    /// Words, as they are written.
    Words,
    /// A severity, or `never`.
    FailOn,
    /// Parts of a story.
    Parts,
    /// Where the publication date may be.
    DateSources,
    /// A day: `2018-02-12`.
    Date,
    /// People, each a name or a table with name and title.
    People,
    /// Places, each a name or a table.
    Places,
    /// A folder.
    Folder,
    /// A table of these keys.
    Table(&'static [Key]),
    /// Rule ids and topics, each with a severity or a table.
    Rules,
    /// Settings for some paths.
    Overrides,
}

/// The keys at the top of the file.
pub const KEYS: &[Key] = &[
    Key {
        name: "profile",
        kind: KeyKind::Profile,
        meaning: "The kind of text, which decides where the settings start: `news`, `magazine` or `docs`.",
        default: "`news`",
        by_path: true,
    },
    Key {
        name: "extends",
        kind: KeyKind::Extends,
        meaning: "What these settings build on, in order: a pack (`\"british\"`), a file of settings \
                  (`\"../house/desk.toml\"`), or a folder with a `copydesk.toml` and rules of its own. Paths start at \
                  the folder of the file that names them. What comes later wins, and this file comes last; lists of \
                  words and globs add up.",
        default: "nothing",
        by_path: false,
    },
    Key {
        name: "packs",
        kind: KeyKind::Packs,
        meaning: "The packs of rules in use.",
        default: "those of the profile: `[\"core\"]`",
        by_path: false,
    },
    Key {
        name: "exclude",
        kind: KeyKind::Globs,
        meaning: "Globs of files that a walk through folders leaves out. A file that is named by itself is checked all \
                  the same.",
        default: "none; ignore files count as well",
        by_path: false,
    },
    Key {
        name: "ledgers",
        kind: KeyKind::Folder,
        meaning: "The folder in which what was decided about facts is kept, from the folder of `copydesk.toml`: the ledger of \
                  `news/ferry.md` is `LEDGERS/news/ferry.md.facts.toml`.",
        default: "beside each story",
        by_path: false,
    },
    Key {
        name: "fail-on",
        kind: KeyKind::FailOn,
        meaning: "The lowest severity that makes `copydesk --check` end with exit code 1, or `never`.",
        default: "`warning`",
        by_path: true,
    },
    Key {
        name: "skip",
        kind: KeyKind::Parts,
        meaning: "Parts of a story in which nothing is reported: `quotes` (what is between quotation marks), \
                  `front-matter`, or a kind of block as in a rule’s `scope`, such as `caption` or `boilerplate`. \
                  Code is never read.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "accept",
        kind: KeyKind::Words,
        meaning: "Words that are never flagged, whatever a rule says of them or of a part of them. The same as \
                  `terms` in `[house]`.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "house",
        kind: KeyKind::Table(HOUSE),
        meaning: "What the house knows: its terms, names, people and places.",
        default: "nothing",
        by_path: true,
    },
    Key {
        name: "lexicon",
        kind: KeyKind::Table(LEXICON),
        meaning: "Words that the house adds to the lists by which facts are found. Files in `.copydesk/lexicon` may hold them as well, each with the keys of this table.",
        default: "nothing",
        by_path: true,
    },
    Key {
        name: "date",
        kind: KeyKind::Table(DATE),
        meaning: "Where the publication date comes from.",
        default: "see its keys",
        by_path: true,
    },
    Key {
        name: "rules",
        kind: KeyKind::Rules,
        meaning: "Rules by id (`\"words/wordy\"`) or topic (`\"words/*\"`): a severity or `\"off\"`, or a table with \
                  `severity`, `message` and `params`. A rule named by itself wins over its topic.",
        default: "as the rules say",
        by_path: true,
    },
    Key {
        name: "override",
        kind: KeyKind::Overrides,
        meaning: "Settings for some paths only: `paths` is a list of globs from the folder of `copydesk.toml`; every \
                  other key is as at the top. Later overrides win over earlier ones.",
        default: "none",
        by_path: false,
    },
];

/// The keys of `[house]`.
pub const HOUSE: &[Key] = &[
    Key {
        name: "terms",
        kind: KeyKind::Words,
        meaning: "Terms that are never flagged, whatever a rule says of them or of a part of them.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "names",
        kind: KeyKind::Words,
        meaning: "Names as the house writes them (companies, products, people known by one name): they need no \
                  introduction, and are never flagged.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "dictionary",
        kind: KeyKind::Words,
        meaning: "Files of words that the house uses, from the folder of the file that names them: a word a line, `#` \
                  before a remark; a Hunspell `.dic` file will do. Spelling rules know these words and their plurals, \
                  and suggest them for words one slip away.",
        default: "none",
        by_path: false,
    },
    Key {
        name: "people",
        kind: KeyKind::People,
        meaning: "People whom readers know, each a name or `{ name = \"…\", title = \"…\" }`: a surname alone introduces \
                  them well enough, a name one slip away is asked about (`house/person`), and so is a title that differs from this one (`house/title`).",
        default: "none",
        by_path: true,
    },
    Key {
        name: "places",
        kind: KeyKind::Places,
        meaning: "Places, each a name or `{ name = \"…\", not = [\"…\"], in = \"…\", alone = true }`: another name for \
                  it is found (`house/place`), and so is a dateline without its state or country (`house/dateline`), \
                  or with one that it does not need (`house/dateline-alone`).",
        default: "none",
        by_path: true,
    },
];

/// The keys of `[lexicon]`.
pub const LEXICON: &[Key] = &[
    Key {
        name: "verbs-of-saying",
        kind: KeyKind::Words,
        meaning: "Verbs that name the speaker of a quote, in the form that a dictionary lists: `josh`. Their other \
                  forms are known with them.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "titles",
        kind: KeyKind::Words,
        meaning: "What people are, as it is written before or after a name, each one word: `Taoiseach`.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "agencies",
        kind: KeyKind::Words,
        meaning: "Wire and photo agencies, as credits name them: `Harbour Pictures`.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "given-names",
        kind: KeyKind::Words,
        meaning: "Given names by which people are known, each one word: `Saoirse`.",
        default: "none",
        by_path: true,
    },
    Key {
        name: "organisations",
        kind: KeyKind::Words,
        meaning: "Words that show a name to be an organisation’s and nobody’s, each one word: `Stormont`.",
        default: "none",
        by_path: true,
    },
];

/// The keys of a place in `places`.
pub const PLACE: &[(&str, &str)] = &[
    ("name", "What the house calls it: `Port Ellery`."),
    ("not", "A list of other names for it, which the house does not use: `[\"Ellery Harbor\"]`."),
    ("in", "The state or country that follows it in a dateline, as it is written there: `Ore.`"),
    ("alone", "`true` where it needs no state or country in a dateline."),
];

/// The keys of `[date]`.
pub const DATE: &[Key] = &[
    Key {
        name: "sources",
        kind: KeyKind::DateSources,
        meaning: "Where to look for the publication date; the first place that has one counts: `front-matter` (under a usual \
                  key, such as `date`), `front-matter:KEY` (under a key of your own, such as `front-matter:go-live`, or \
                  `front-matter:web.online` inside a table), `page` (metadata of a web page), `dateline`, `byline`, `path` \
                  (the file’s name and folders). `--date` always wins.",
        default: "`[\"front-matter\", \"page\", \"dateline\", \"byline\", \"path\"]`",
        by_path: true,
    },
    Key {
        name: "default",
        kind: KeyKind::Date,
        meaning: "The publication date of a story that names none.",
        default: "none: copydesk asks such a story for its date",
        by_path: true,
    },
];

/// The keys of a person in `people`.
pub const PERSON: &[(&str, &str)] =
    &[("name", "First name and surname, as the house writes them."), ("title", "The title before the name: `Mayor`.")];

/// The keys of a rule’s table.
pub const RULE: &[(&str, &str)] = &[
    ("severity", "How much a finding matters; `off` turns the rule off."),
    ("message", "What a finding says, instead of the rule’s own words; `{found}` is replaced by the text found."),
    ("params", "Settings of the rule’s check; the rule’s page lists them."),
];

/// The words that the severity of a rule takes, the least first.
pub fn severities() -> Vec<&'static str> {
    ["off"].into_iter().chain(Severity::ALL.map(Severity::as_str)).collect()
}

/// The words that `fail-on` takes.
pub fn fail_levels() -> Vec<&'static str> {
    Severity::ALL.map(Severity::as_str).into_iter().chain(["never"]).collect()
}

/// The names of `keys`.
pub fn names(keys: &[Key]) -> impl Iterator<Item = &'static str> {
    keys.iter().map(|key| key.name)
}
