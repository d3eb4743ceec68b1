//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::markup::{self, Format};
use crate::prose::Paragraph;
use crate::story::{Read, Story, Surroundings};

#[derive(Parser)]
#[command(name = "copydesk", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The fact sheet of a story.
    Facts {
        path: PathBuf,
        #[arg(long)]
        date: Option<jiff::civil::Date>,
        #[arg(long, default_value = "json")]
        format: String,
    },
}

/// Runs the program.
pub fn run() -> ExitCode {
    let Command::Facts { path, date, .. } = Arguments::parse().command;
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("copydesk: {}: {error}", path.display());
            return ExitCode::from(2);
        }
    };
    let document = markup::parse(&text, Format::of_path(&path).unwrap_or(Format::Plain));
    let paragraphs: Vec<Arc<Read>> =
        document.blocks.iter().map(|block| Arc::new(Read::new(Paragraph::of_block(block)))).collect();
    let around = Surroundings { date, path: Some(path.display().to_string()), ..Surroundings::default() };
    let story = Story::link(&document, &paragraphs, &around);
    println!("{}", crate::report::facts_json(&story, &text));
    ExitCode::SUCCESS
}
