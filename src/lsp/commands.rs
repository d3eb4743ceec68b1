//! The names of the commands, for editors that bind keys and menus to them. `docs/language-server.md` describes them.

/// Adds a source to a fact.
pub const ADD_SOURCE: &str = "copydesk.addSource";
/// Adds words to those of the house.
pub const ADD_TERM: &str = "copydesk.addTerm";
/// Does what a code action does: takes what the action carries in its `data`.
pub const APPLY: &str = "copydesk.apply";
/// Starts the check of a story's facts.
pub const CHECK_FACTS: &str = "copydesk.checkFacts";
/// Gives the page, in Markdown, of the rule whose id it takes.
pub const EXPLAIN: &str = "copydesk.explainRule";
/// Gives the fact sheet of the document whose URI it takes, and shows it where the client can.
pub const FACT_SHEET: &str = "copydesk.factSheet";
/// Silences a finding.
pub const IGNORE: &str = "copydesk.ignore";
/// Writes the publication date into a story.
pub const INSERT_DATE: &str = "copydesk.insertDate";
/// Marks facts as checked, wrong, disputed, to be asked about, or open.
pub const MARK_FACTS: &str = "copydesk.markFacts";
/// Shows the next fact that needs somebody.
pub const NEXT_FACT: &str = "copydesk.nextFact";
/// Sets the publication date that stories are read against.
pub const SET_DATE: &str = "copydesk.setDate";

/// All commands.
pub const ALL: [&str; 11] = [
    ADD_SOURCE,
    ADD_TERM,
    APPLY,
    CHECK_FACTS,
    EXPLAIN,
    FACT_SHEET,
    IGNORE,
    INSERT_DATE,
    MARK_FACTS,
    NEXT_FACT,
    SET_DATE,
];
