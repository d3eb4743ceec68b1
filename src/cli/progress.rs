//! What is said beside the report: a bar on a terminal while a run takes long, and with `--verbose` how it went.

use std::fmt::Display;
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::complain;

/// A run that is done by then shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How a run goes.
pub(super) struct Progress {
    started: Instant,
    verbose: bool,
    /// Whether a bar may be shown at all.
    attended: bool,
    bar: ProgressBar,
}

impl Progress {
    /// Of a run that says nothing of itself.
    pub(super) fn silent() -> Self {
        Self { started: Instant::now(), verbose: false, attended: false, bar: ProgressBar::hidden() }
    }

    /// Of a run whose report is printed at its end.
    pub(super) fn new(verbose: bool, quiet: bool) -> Self {
        Self { verbose, attended: !quiet && std::io::stderr().is_terminal(), ..Self::silent() }
    }

    /// How long the run has taken so far.
    pub(super) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// With `--verbose`, says what `message` gives.
    pub(super) fn tell<M: Display>(&self, message: impl FnOnce() -> M) {
        if self.verbose {
            self.bar.suspend(|| complain(message()));
        }
    }

    /// From now on, `stories` are to be read; `None` where nobody knows how many.
    pub(super) fn expect(&mut self, stories: Option<usize>) {
        // How far one story is cannot be shown.
        if !self.attended || stories == Some(1) {
            self.attended = false;
            return;
        }
        let (bar, template) = match stories {
            Some(count) => (ProgressBar::new(count as u64), "{bar:30} {pos} of {len} stories, {eta} left"),
            None => (ProgressBar::no_length(), "{spinner} {pos} stories, {per_sec}"),
        };
        bar.set_draw_target(ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar = bar;
    }

    /// One more story was read.
    pub(super) fn step(&self) {
        self.steps(1);
    }

    /// `count` more stories were read.
    pub(super) fn steps(&self, count: u64) {
        if self.attended && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(count);
    }

    /// Takes the bar away, so that the report has the terminal to itself.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
