//! Options that environment variables set: how they give way to the command line, and which they were.

use std::ffi::OsString;

use clap::builder::{Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue, Error};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use crate::config::Origin;

/// Reads `arguments`, and the variables for what they do not say.
///
/// clap by itself would let a variable be in conflict with an option of the command line, and would take an empty
/// variable, which pipelines set for an input that nobody gave, for a value. So the command line is read alone first;
/// it wins over variables, and an empty variable says nothing.
///
/// # Errors
///
/// clap's own, which hold help as well. A bad value names the variable that it came from.
pub fn read(command: Command, arguments: &[OsString]) -> Result<ArgMatches, Error> {
    let alone = command.clone().mut_subcommands(|sub| sub.mut_args(|arg| arg.env(Resettable::Reset)));
    let given = match alone.try_get_matches_from(arguments) {
        Ok(given) => given,
        Err(error) if error.use_stderr() => return Err(error),
        // Help names the variables.
        Err(_) => return command.try_get_matches_from(arguments),
    };
    let Some((name, given)) = given.subcommand() else { return command.try_get_matches_from(arguments) };
    let command = command.mut_subcommand(name, |sub| {
        let idle: Vec<_> =
            sub.get_arguments().filter(|arg| is_idle(arg, &sub, given)).map(|a| a.get_id().clone()).collect();
        sub.mut_args(|arg| if idle.contains(arg.get_id()) { arg.env(Resettable::Reset) } else { arg })
    });
    let names = variables(command.find_subcommand(name));
    command.try_get_matches_from(arguments).map_err(|mut error| {
        // The command line alone was sound.
        let option = match error.get(ContextKind::InvalidArg) {
            // It is written `--date <YYYY-MM-DD>`.
            Some(ContextValue::String(option)) => option.split([' ', '[', '=']).next().unwrap_or_default().to_owned(),
            _ => return error,
        };
        if let Some((_, variable)) = names.into_iter().find(|(known, _)| *known == option) {
            let tip = StyledStr::from(format!("this is the environment variable {variable}"));
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
        }
        error
    })
}

/// Whether the variable of `arg` has nothing to say: it is empty, or in conflict with what was `given`.
fn is_idle(arg: &Arg, command: &Command, given: &ArgMatches) -> bool {
    let Some(variable) = arg.get_env() else { return false };
    if std::env::var_os(variable).is_none_or(|value| value.is_empty()) {
        return true;
    }
    let is_given = |other: &Arg| given.value_source(other.get_id().as_str()) == Some(ValueSource::CommandLine);
    let excludes = |one: &Arg, other: &Arg| {
        command.get_arg_conflicts_with(one).iter().any(|conflict| conflict.get_id() == other.get_id())
    };
    command.get_arguments().any(|other| is_given(other) && (excludes(arg, other) || excludes(other, arg)))
}

/// The options of a command that have a variable, each with its variable.
fn variables(command: Option<&Command>) -> Vec<(String, String)> {
    let named = |arg: &Arg| Some((format!("--{}", arg.get_long()?), arg.get_env()?.to_string_lossy().into_owned()));
    command.into_iter().flat_map(Command::get_arguments).filter_map(named).collect()
}

/// Which options of a command came from environment variables.
#[derive(Clone, Debug, Default)]
pub struct FromEnvironment(Vec<String>);

impl FromEnvironment {
    /// Whether the option with this id did.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|known| known == id)
    }

    /// Where the value of an option came from, as `copydesk config` shows it.
    pub fn origin(&self, id: &str, option: &'static str, variable: &'static str) -> Origin {
        if self.has(id) { Origin::Environment(variable) } else { Origin::CommandLine(option) }
    }
}

impl FromArgMatches for FromEnvironment {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let set = |id: &&clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::EnvVariable);
        Ok(Self(matches.ids().filter(set).map(ToString::to_string).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for FromEnvironment {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}
