//! Doing what commands ask for.

use std::io::Write as _;
use std::str::FromStr as _;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempPath;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, Position, Range, Uri, WorkspaceEdit};

use super::{Desk, not_open};
use crate::lsp::actions::Action;
use crate::lsp::asking::Question;
use crate::lsp::commands::{
    ADD_SOURCE, ADD_TERM, APPLY, CHECK_FACTS, EXPLAIN, FACT_SHEET, IGNORE, INSERT_DATE, MARK_FACTS, NEXT_FACT, SET_DATE,
};
use crate::lsp::diagnostics;
use crate::lsp::document::View;
use crate::lsp::language::SHEET_NAME;
use crate::report;

#[derive(Deserialize)]
struct AddTerm {
    uri: Uri,
    term: String,
}

#[derive(Deserialize)]
struct Ignore {
    uri: Uri,
    position: Position,
    /// Which of several findings at the position.
    rule: Option<String>,
    #[serde(rename = "where")]
    scope: IgnoredWhere,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum IgnoredWhere {
    Here,
    File,
    Project,
}

#[derive(Deserialize)]
struct InsertDate {
    uri: Uri,
    date: Option<String>,
}

#[derive(Deserialize)]
struct SetDate {
    uri: Option<Uri>,
    date: Option<String>,
}

impl Desk {
    /// Does a command.
    ///
    /// # Errors
    ///
    /// Says why it cannot be done.
    pub fn execute(&mut self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let argument = params.arguments.into_iter().next().unwrap_or_default();
        match params.command.as_str() {
            APPLY => {
                let edit = self.carried(argument)?;
                self.apply(edit)
            }
            ADD_TERM => {
                let AddTerm { uri, term } = read(argument)?;
                let term = term.trim().to_owned();
                if term.is_empty() {
                    return Err(Error::invalid_params("there are no words to add"));
                }
                self.carry_out(&uri, &Action::AddTerm { term })
            }
            MARK_FACTS => self.mark_facts(&read(argument)?),
            ADD_SOURCE => self.add_source(read(argument)?),
            NEXT_FACT => self.next_fact(&read(argument)?),
            CHECK_FACTS => self.check_facts(if argument.is_null() { None } else { Some(read(argument)?) }),
            IGNORE => {
                let asked: Ignore = read(argument)?;
                let id = self.look(&asked.uri, |view| finding_at(view, asked.position, asked.rule.as_deref()))?;
                let id = id.ok_or_else(|| Error::invalid_params("there is no such finding here"))?;
                let chosen = match asked.scope {
                    IgnoredWhere::Here => Action::IgnoreHere { id },
                    IgnoredWhere::File => Action::IgnoreInFile { id },
                    IgnoredWhere::Project => Action::IgnoreInProject { id },
                };
                self.carry_out(&asked.uri, &chosen)
            }
            INSERT_DATE => {
                let asked: InsertDate = read(argument)?;
                let date = match asked.date {
                    Some(date) => parse_date(&date)?,
                    None => {
                        let known = self.look(&asked.uri, |view| view.published())?;
                        known.map_or(self.today, |published| published.date)
                    }
                };
                self.carry_out(&asked.uri, &Action::InsertDate { date: date.to_string() })
            }
            SET_DATE => {
                let asked: SetDate = read(argument)?;
                let date = asked.date.as_deref().map(parse_date).transpose()?;
                self.set_date(asked.uri, date);
                Ok(None)
            }
            FACT_SHEET => {
                let uri = argument.as_str().and_then(|uri| Uri::from_str(uri).ok()).ok_or_else(not_open)?;
                let sheet = self.look(&uri, fact_sheet)?;
                if self.abilities.shows_documents
                    && let Ok(file) = to_file(&sheet)
                    && let Some(uri) = Uri::from_file_path(&file)
                {
                    self.life.keep(file);
                    self.ask(Question::Show(uri, None));
                }
                Ok(Some(sheet.into()))
            }
            EXPLAIN => {
                let id = argument.as_str().unwrap_or_default();
                // Without an open document no project was read yet.
                let project = self.project(None);
                let rule = self.projects.all().chain([&project]).find_map(|project| project.rules.get(id));
                let rule = rule.ok_or_else(|| Error::invalid_params(format!("there is no rule `{id}`")))?;
                Ok(Some(report::explain(rule).into()))
            }
            other => Err(Error::invalid_params(format!("there is no command `{other}`"))),
        }
    }

    fn carry_out(&mut self, uri: &Uri, chosen: &Action) -> Result<Option<Value>> {
        self.look(uri, |_| ())?;
        let edit =
            self.edit(uri, chosen).ok_or_else(|| Error::invalid_params("there is nothing that this would change"))?;
        self.apply(edit)
    }

    /// Asks the client to make an edit.
    fn apply(&mut self, edit: WorkspaceEdit) -> Result<Option<Value>> {
        if !self.abilities.applies_edits {
            let mut error = Error::invalid_request();
            error.message = "this client makes no edits that a server asks for".into();
            return Err(error);
        }
        self.ask(Question::Apply(Box::new(edit)));
        Ok(None)
    }
}

fn read<T: DeserializeOwned>(argument: Value) -> Result<T> {
    serde_json::from_value(argument).map_err(|error| Error::invalid_params(error.to_string()))
}

fn parse_date(text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::invalid_params(format!("`{text}` is not a date; write it as YYYY-MM-DD")))
}

/// The finding at a position, of `rule` when that is given: the narrowest of several.
fn finding_at(view: &View, at: Position, rule: Option<&str>) -> Option<diagnostics::FindingId> {
    let at = view.bytes(Range::new(at, at)).start;
    let here = view.findings().iter().zip(diagnostics::ids(view)).filter(|(finding, _)| {
        finding.range.start <= at && at <= finding.range.end && rule.is_none_or(|rule| *finding.rule == *rule)
    });
    here.min_by_key(|(finding, _)| finding.range.len()).map(|(_, id)| id)
}

/// The fact sheet of a story.
fn fact_sheet(view: &View) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = report::facts_text(&view.story(), view.source(), Clone::clone, None, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// Writes a text into a file of its own that the client can show.
fn to_file(text: &str) -> std::io::Result<TempPath> {
    let mut file = tempfile::Builder::new().prefix(SHEET_NAME).suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    Ok(file.into_temp_path())
}
