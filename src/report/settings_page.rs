//! The page of settings: every key of `copydesk.toml`, from the table that the program reads them by.

use std::fmt::Write as _;

use crate::config::{DATE, HOUSE, KEYS, Key, LEXICON, PERSON, PLACE, PROFILES, RULE};

const START: &str = "# Settings

`copydesk.toml` is beside the stories, or in any folder above them; the nearest one counts. This page is generated:
`copydesk config --keys`.

```toml
packs = [\"core\", \"ap\"]
exclude = [\"archive/**\"]
fail-on = \"error\"

[house]
terms = [\"cease fire\"]
people = [{ name = \"Dale Finch\", title = \"Mayor\" }]
places = [{ name = \"Port Ellery\", not = [\"Ellery Harbor\"], in = \"Ore.\" }]

[lexicon]
titles = [\"Taoiseach\"]

[rules]
\"time/relative-weekday\" = \"off\"
\"sources/*\" = \"hint\"
\"structure/long-lead\" = { severity = \"query\", params = { most = 40 } }

[[override]]
paths = [\"opinion/**\"]
profile = \"magazine\"
rules = { \"claims/*\" = \"off\" }
```

`copydesk init` writes such a file, `copydesk config STORY` shows what is in force for a story and where each value came
from. Mistakes are reported with line and column, and the rest is used.

What comes later wins: the profile, then what `extends` names, then the file itself, then its overrides in their order,
then the editor's own settings, then the command line. Lists of words and globs add up.
";

/// The page, in Markdown.
pub fn settings_page() -> String {
    let mut page = String::from(START);
    page.push_str("\n## Keys at the top\n\n");
    table(&mut page, KEYS);
    page.push_str("\nKeys marked with * are allowed in an `[[override]]` as well.\n\n## `[house]`\n\n");
    table(&mut page, HOUSE);
    page.push_str("\nA person is a name, or a table:\n\n");
    pairs(&mut page, PERSON);
    page.push_str("\nA place is a name, or a table:\n\n");
    pairs(&mut page, PLACE);
    page.push_str("\n## `[lexicon]`\n\n");
    table(&mut page, LEXICON);
    page.push_str("\n## `[date]`\n\n");
    table(&mut page, DATE);
    page.push_str("\n## A rule's table\n\n");
    pairs(&mut page, RULE);
    page.push_str("\nParams hold for all stories, so they are not allowed in an override.\n\n## Profiles\n\n");
    for profile in PROFILES {
        let _ = writeln!(page, "- `{}`: {}", profile.name, profile.meaning);
    }
    page
}

fn table(page: &mut String, keys: &[Key]) {
    page.push_str("| key | what it is for | without it |\n|---|---|---|\n");
    for key in keys {
        let star = if key.by_path { "*" } else { "" };
        let _ = writeln!(page, "| `{}`{star} | {} | {} |", key.name, key.meaning, key.default);
    }
}

fn pairs(page: &mut String, pairs: &[(&str, &str)]) {
    page.push_str("| key | what it is for |\n|---|---|\n");
    for (name, meaning) in pairs {
        let _ = writeln!(page, "| `{name}` | {meaning} |");
    }
}
