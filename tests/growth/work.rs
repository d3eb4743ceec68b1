//! All that is done with a story.

use std::sync::Arc;
use std::time::Duration;

use copydesk::analysis::{Analysis, Analyzer};
use copydesk::checks::load;
use copydesk::finding::{Applicability, Severity};
use copydesk::fix;
use copydesk::markup::Format;
use copydesk::report::{self, CheckedStory};
use copydesk::rules::{PACKS, RuleSet};
use copydesk::settings::{RuleSetting, Settings};
use copydesk::story::{Surroundings, checkable};

use crate::clock::processor_time;
use crate::recipe::Recipe;

/// Rules and settings under which no rule is off.
pub struct Desk {
    rules: Arc<RuleSet>,
    settings: Settings,
    around: Surroundings,
}

impl Desk {
    pub fn new() -> Self {
        let rules = Arc::new(load(PACKS, []).rules);
        let on = |severity| RuleSetting { severity: Some(Some(severity)), message: None };
        let all = rules.rules.iter().map(|rule| (rule.id.to_string(), on(rule.severity))).collect();
        let settings = Settings { rules: all, ..Settings::default() };
        let around = Surroundings { date: Some(jiff::civil::date(2018, 2, 12)), ..Surroundings::default() };
        Self { rules, settings, around }
    }

    /// All of it, one step after the other.
    pub fn work(&self, text: &str, format: Format) {
        self.steps(text, format, |_, step| step());
    }

    /// The same, by a name that Valgrind knows.
    #[inline(never)]
    pub fn growth_is_counted_here(&self, text: &str, format: Format) {
        self.work(text, format);
    }

    /// Prints what each step takes at each size.
    pub fn explain(&self, recipe: &Recipe) {
        println!("{}", recipe.written());
        for size in (14..).map(|bits| 1 << bits) {
            let text = recipe.text(size);
            let mut all = Duration::ZERO;
            let mut told = String::new();
            self.steps(&text, recipe.format, |name, step| {
                let time = processor_time(step);
                all += time;
                told.push_str(&format!("  {name} {:.3}", time.as_secs_f64()));
            });
            println!("{:6} KiB {:8.3} s {told}", size / 1024, all.as_secs_f64());
            if all > Duration::from_secs(10) || size >= 1 << 22 {
                break;
            }
        }
    }

    fn steps(&self, text: &str, format: Format, mut step: impl FnMut(&'static str, &mut dyn FnMut())) {
        let mut analyzer = Analyzer::new(Arc::clone(&self.rules));
        let mut analysis = Analysis::default();
        step("check", &mut || analysis = analyzer.analyze(text, format, &self.around, &self.settings));
        step("facts", &mut || {
            checkable::sheet(&analysis.story());
        });
        let mut fixed = String::new();
        step("fix", &mut || fixed = fix::apply(text, &analysis.findings, Applicability::Suggested).0);
        let story = self.checked(text, &analysis, &fixed);
        step("report", &mut || {
            let mut out = std::io::sink();
            report::json(std::slice::from_ref(&story), Severity::Hint, &mut out).expect("a sink takes all");
            report::diff(std::slice::from_ref(&story), &mut out).expect("a sink takes all");
        });
        let middle = (text.len() / 2..).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        let edited = format!("{}x{}", &text[..middle], &text[middle..]);
        step("edit", &mut || {
            let last = std::mem::take(&mut analysis);
            analysis = analyzer.analyze_again((text, last), &edited, format, &self.around, &self.settings);
        });
    }

    fn checked(&self, text: &str, analysis: &Analysis, fixed: &str) -> CheckedStory {
        CheckedStory {
            office: None,
            name: "story".to_owned(),
            from_stdin: false,
            source: text.to_owned(),
            words: 0,
            findings: analysis.findings.clone(),
            fail_on: None,
            fixed: Some(fixed.to_owned()),
            fixes: 0,
            known: 0,
            facts: None,
            rules: Arc::clone(&self.rules),
        }
    }
}
