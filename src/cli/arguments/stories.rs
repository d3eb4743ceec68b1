//! Which stories, how they are read, and where settings come from: what several commands take.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::project::ProjectOptions;

/// Which stories.
#[derive(Args)]
pub struct FilesArguments {
    /// Stories and folders of stories; `-` for standard input. Default: this folder
    #[arg(value_name = "PATH")]
    pub(super) given: Vec<PathBuf>,
    /// Read more paths from this file, one a line or with NUL between them; `-` for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
}

impl FilesArguments {
    /// All paths that are named; this folder when none was to be named.
    ///
    /// # Errors
    ///
    /// Says why the list cannot be read.
    pub fn paths(&self) -> Result<Vec<PathBuf>, String> {
        self.paths_or(Path::new("."))
    }

    /// All paths that are named; `none` when none was to be named.
    ///
    /// # Errors
    ///
    /// Says why the list cannot be read.
    pub fn paths_or(&self, none: &Path) -> Result<Vec<PathBuf>, String> {
        let mut paths = self.given.clone();
        match &self.files_from {
            Some(list) => paths.extend(listed(list).map_err(|error| format!("{}: {error}", list.display()))?),
            None if paths.is_empty() => paths.push(none.to_owned()),
            None => {}
        }
        Ok(paths)
    }
}

/// The paths that stand in the file `list`.
fn listed(list: &Path) -> std::io::Result<Vec<PathBuf>> {
    let text = match list.as_os_str() == "-" {
        true => std::io::read_to_string(std::io::stdin().lock())?,
        false => std::fs::read_to_string(list)?,
    };
    let separator = if text.contains('\0') { '\0' } else { '\n' };
    let names = text.split(separator).map(|name| if separator == '\n' { name.trim_end_matches('\r') } else { name });
    // In a list, `-` is the name of a file: standard input may be the list itself.
    let names = names.filter(|name| !name.is_empty()).map(|name| if name == "-" { "./-" } else { name });
    Ok(names.map(PathBuf::from).collect())
}

/// How stories are read.
#[derive(Args)]
pub struct ReadingOptions {
    /// The publication date, against which `Sunday` and `last month` are read
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<Date>,
    /// Take this day where a story names no publication date; without a value, the day it is now
    #[arg(long, value_name = "YYYY-MM-DD", num_args = 0..=1, require_equals = true, default_missing_value = "now", value_parser = today)]
    pub today: Option<Date>,
    /// What the stories are written in; without it, their names tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input: Option<InputFormat>,
    /// The name that standard input would have as a file; it decides the format
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

/// What stories are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Plain text
    Plain,
    /// Markdown
    Markdown,
    /// HTML
    Html,
    /// An IPTC ninjs document a file
    Ninjs,
    /// An archive with a story a line: JSON objects with body, and id, title, date and format
    Jsonl,
}

/// Where settings and rules come from.
#[derive(Args)]
pub struct ProjectArguments {
    /// Use this file of settings, and look for no other
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no settings and no rules of the newsroom's own
    #[arg(long)]
    pub no_config: bool,
    /// Use these rule packs, whatever the settings say
    #[arg(long, value_name = "PACK", value_delimiter = ',')]
    pub packs: Vec<String>,
}

impl ProjectArguments {
    /// The same, as the rest of the program takes it.
    pub fn options(&self) -> ProjectOptions {
        ProjectOptions { config: self.config.clone(), no_config: self.no_config, packs: self.packs.clone() }
    }
}

fn today(text: &str) -> Result<Date, String> {
    match text {
        "now" => Ok(jiff::Zoned::now().date()),
        _ => text.parse().map_err(|error| format!("{error}")),
    }
}
