//! `copydesk completions` and `copydesk man`: what shells and `man` want to know of the command line.

use std::io::{self, Write as _};
use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, ValueHint};
use clap_complete::{Generator as _, Shell};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::arguments::{CompletionsOptions, ManOptions, description};
use super::{CLEAN, TROUBLE, complain, finish};
use crate::checks::load;
use crate::config::fail_levels;
use crate::finding::Severity;
use crate::rules::{PACKS, pack_names};

/// Prints the script by which a shell completes.
pub fn completions(options: &CompletionsOptions) -> u8 {
    let mut command = completed(options.shell);
    command.set_bin_name("copydesk");
    command.build();
    let mut script = Vec::new();
    let generated = options.shell.try_generate(&command, &mut script);
    if options.shell == Shell::Fish {
        script.extend(fish_words(&command).into_bytes());
    }
    finish(generated.and_then(|()| io::stdout().lock().write_all(&script)))
}

/// What clap leaves out for fish: the words that arguments without a name take, such as ids of rules.
fn fish_words(command: &Command) -> String {
    let mut lines = String::new();
    for sub in command.get_subcommands() {
        for argument in sub.get_positionals() {
            let words: Vec<String> =
                argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            if !words.is_empty() {
                lines.push_str(&format!(
                    "complete -c copydesk -n \"__fish_copydesk_using_subcommand {}\" -f -a \"{}\"\n",
                    sub.get_name(),
                    words.join(" ")
                ));
            }
        }
    }
    lines
}

/// The commands, with the words that shells are to offer where the program itself takes any.
fn completed(shell: Shell) -> Command {
    let rules = load(PACKS, []).rules;
    let mut ids: Vec<PossibleValue> =
        rules.rules.iter().map(|rule| PossibleValue::new(rule.id.to_string()).help(rule.title.to_string())).collect();
    ids.sort_by(|a, b| a.get_name().cmp(b.get_name()));
    description().mut_subcommands(|sub| {
        let sub = match sub.get_name() {
            "explain" => sub.mut_arg("id", |arg| arg.value_parser(PossibleValuesParser::new(ids.clone()))),
            "rules" => sub.mut_arg("prefix", |arg| arg.value_parser(PossibleValuesParser::new(ids.clone()))),
            // Bash alone takes the option for the command that it stands for.
            "check" if shell == Shell::Bash => sub.visible_alias("--check"),
            "man" => sub.mut_arg("command", |arg| arg.value_parser(PossibleValuesParser::new(names()))),
            _ => sub,
        };
        sub.mut_args(|arg| match arg.get_id().as_str() {
            "fail_on" => arg.value_parser(PossibleValuesParser::new(fail_levels())),
            "show" => arg.value_parser(PossibleValuesParser::new(Severity::ALL.map(Severity::as_str))),
            "packs" => arg.value_parser(PossibleValuesParser::new(pack_names())),
            // No file is a day, or a revision.
            "date" | "today" | "since" | "session" | "socket" => arg.value_hint(ValueHint::Other),
            _ => arg,
        })
    })
}

/// The names of all commands.
fn names() -> Vec<String> {
    description().get_subcommands().map(|sub| sub.get_name().to_owned()).collect()
}

/// Prints a manual page, or writes all of them.
pub fn man(options: &ManOptions) -> u8 {
    if let Some(folder) = &options.dir {
        return match write_pages(folder) {
            Ok(()) => CLEAN,
            Err(error) => {
                complain(format_args!("{}: {error}", folder.display()));
                TROUBLE
            }
        };
    }
    let wanted = match options.command.as_deref() {
        None => "copydesk.1".to_owned(),
        Some(name) if names().iter().any(|known| known == name) => format!("copydesk-{name}.1"),
        Some(name) => {
            complain(format_args!("there is no command `{name}`; choose from {}", names().join(", ")));
            return TROUBLE;
        }
    };
    let page = pages().and_then(|pages| {
        let page = pages.into_iter().find(|(name, _)| *name == wanted);
        page.map(|(_, page)| page).ok_or_else(|| io::Error::other(format!("there is no page {wanted}")))
    });
    finish(page.and_then(|page| io::stdout().lock().write_all(&page)))
}

fn write_pages(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, page) in pages()? {
        std::fs::write(folder.join(name), page)?;
    }
    Ok(())
}

/// All pages, each with the name of its file: that of the program, and one for each command.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut whole = description().disable_help_subcommand(true);
    whole.build();
    let mut pages = vec![page(&whole, true)?];
    for sub in whole.get_subcommands() {
        pages.push(page(sub, false)?);
    }
    Ok(pages)
}

fn page(command: &Command, whole: bool) -> io::Result<(String, Vec<u8>)> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    // The third is the day, which a page leaves open; the library would leave it out, so that the version stood there.
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    writeln!(page, ".TH {} 1 \"\" \"copydesk {}\" copydesk", name.to_uppercase(), env!("CARGO_PKG_VERSION"))?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut rest = Roff::new();
    if whole {
        man.render_subcommands_section(&mut page)?;
        environment(&mut rest, command);
        exit_status(&mut rest);
        files(&mut rest);
    } else {
        if command.get_name() == "check" {
            exit_status(&mut rest);
        }
        rest.control("SH", ["SEE ALSO"]);
        rest.text([bold("copydesk"), roman("(1)")]);
    }
    rest.to_writer(&mut page)?;
    Ok((man.get_filename(), page))
}

fn environment(roff: &mut Roff, command: &Command) {
    roff.control("SH", ["ENVIRONMENT"]);
    roff.text([roman(
        "Options win over these variables, and these over the settings; an empty variable says nothing.",
    )]);
    let mut variables: Vec<(String, String)> = command
        .get_subcommands()
        .flat_map(Command::get_arguments)
        .filter_map(|arg| Some((arg.get_env()?.to_string_lossy().into_owned(), arg.get_long()?.to_owned())))
        .collect();
    variables.sort();
    variables.dedup();
    for (variable, option) in variables {
        item(roff, &variable, &format!("As --{option}."));
    }
    item(roff, "NO_COLOR, CLICOLOR=0, TERM=dumb", "No colours.");
    item(roff, "CLICOLOR_FORCE", "Colours even where there is no terminal.");
}

fn exit_status(roff: &mut Roff) {
    roff.control("SH", ["EXIT STATUS"]);
    item(roff, "0", "All is well: nothing was found that makes a run fail.");
    item(roff, "1", "Something was found, at or over the severity of --fail-on.");
    item(
        roff,
        "2",
        "The work could not be done: a file that is not there, a mistake in the settings or the arguments.",
    );
}

fn files(roff: &mut Roff) {
    roff.control("SH", ["FILES"]);
    item(roff, "copydesk.toml", "The settings, beside the stories or in a folder above them.");
    item(roff, ".copydesk/rules/*.toml", "Rules of the newsroom's own.");
}

fn item(roff: &mut Roff, term: &str, meaning: &str) {
    roff.control("TP", []);
    roff.text([bold(term)]);
    roff.text([roman(meaning)]);
}
