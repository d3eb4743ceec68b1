//! Which stories, how they are read, and where settings come from: what several commands take.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::environment::FromEnvironment;
use crate::config::Sourced;
use crate::files;
use crate::project::{ProjectOptions, Projects};
use crate::walk;

/// Which stories.
#[derive(Args)]
pub struct FilesArguments {
    /// Stories and folders of stories; `-` for standard input. Default: this folder
    #[arg(value_name = "PATH")]
    pub(super) given: Vec<PathBuf>,
    /// Read more paths from this file, one a line or with NUL between them; `-` for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Leave out files that the settings exclude, even when they are named; for hooks, which name every file
    #[arg(long, conflicts_with = "no_config")]
    force_exclude: bool,
}

impl FilesArguments {
    /// All paths that are named; this folder when none was to be named.
    ///
    /// # Errors
    ///
    /// Says why the list cannot be read.
    pub fn paths(&self, project: &ProjectArguments) -> Result<Vec<PathBuf>, String> {
        let mut paths = self.paths_or(Path::new("."))?;
        if self.force_exclude {
            let mut projects = Projects::new(project.options());
            paths.retain(|path| {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                path.is_dir() || !walk::is_excluded(path, &projects.of_folder(folder))
            });
        }
        Ok(paths)
    }

    /// All paths that are named; `none` when none was to be named.
    ///
    /// # Errors
    ///
    /// Says why the list cannot be read.
    pub fn paths_or(&self, none: &Path) -> Result<Vec<PathBuf>, String> {
        let mut paths = self.given.clone();
        match &self.files_from {
            Some(list) => {
                paths.extend(listed(list).map_err(|error| format!("{}: {}", list.display(), files::why(&error)))?)
            }
            None if paths.is_empty() => paths.push(none.to_owned()),
            None => {}
        }
        Ok(paths)
    }
}

/// The paths that are in the file `list`.
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

/// When stories are published.
#[derive(Args)]
pub struct DayOptions {
    /// The publication date, against which `Sunday` and `last month` are read
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, env = "COPYDESK_DATE", hide_env_values = true)]
    pub date: Option<Date>,
    /// Use this date where a story gives no publication date; without a value, today's
    #[arg(long, value_name = "YYYY-MM-DD", num_args = 0..=1, require_equals = true, default_missing_value = "now", value_parser = today, env = "COPYDESK_TODAY", hide_env_values = true)]
    pub today: Option<Date>,
}

/// How stories are read.
#[derive(Args)]
pub struct ReadingOptions {
    #[command(flatten)]
    pub day: DayOptions,
    /// What the stories are written in; without it, their file names decide
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input: Option<InputFormat>,
    /// The file name to assume for standard input; it decides the format
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
    /// MDX: Markdown with components
    Mdx,
    /// HTML
    Html,
    /// AsciiDoc
    Asciidoc,
    /// reStructuredText
    Rst,
    /// Org
    Org,
    /// An IPTC ninjs document a file
    Ninjs,
    /// An archive with a story a line: JSON objects with body, and id, title, date and format
    Jsonl,
}

/// Where settings and rules come from.
#[derive(Args)]
pub struct ProjectArguments {
    /// Which of these came from variables; it is first, because clap takes values out as it goes.
    #[command(flatten)]
    environment: FromEnvironment,
    /// Use this file of settings, and look for no other
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", env = "COPYDESK_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// Use no settings and no rules of the newsroom's own
    #[arg(long)]
    pub no_config: bool,
    /// Use these rule packs, whatever the settings say
    #[arg(long, value_name = "PACK", value_delimiter = ',', env = "COPYDESK_PACKS", hide_env_values = true)]
    pub packs: Vec<String>,
}

impl ProjectArguments {
    /// The file of settings that was named, and where.
    pub fn named_config(&self) -> Option<Sourced<&Path>> {
        let origin = self.environment.origin("config", "--config", "COPYDESK_CONFIG");
        self.config.as_deref().map(|value| Sourced { value, origin })
    }

    /// The same, as the rest of the program takes it.
    pub fn options(&self) -> ProjectOptions {
        let packs = (!self.packs.is_empty()).then(|| Sourced {
            value: self.packs.clone(),
            origin: self.environment.origin("packs", "--packs", "COPYDESK_PACKS"),
        });
        ProjectOptions { config: self.config.clone(), no_config: self.no_config, packs }
    }
}

fn today(text: &str) -> Result<Date, String> {
    match text {
        "now" => Ok(jiff::Zoned::now().date()),
        _ => day(text),
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "there is no such day; a day is written YYYY-MM-DD, such as 2018-02-12".to_owned())
}
