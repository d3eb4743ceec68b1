//! Findings as a JUnit report: a suite a story. Only findings that make the run fail are failures, so that the report
//! and the exit code say the same; the others are in the suite's output.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::xml::clean;
use super::{CheckedStory, ReportedFinding};
use crate::finding::Severity;

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn junit(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let suites: Vec<Suite> = stories.iter().map(|story| Suite::new(story, show)).collect();
    let tests: usize = suites.iter().map(Suite::tests).sum();
    let failures: usize = suites.iter().map(|suite| suite.failures.len()).sum();
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element("testsuites").with_attributes([
        ("name", "copydesk"),
        ("tests", &tests.to_string()),
        ("failures", &failures.to_string()),
        ("errors", "0"),
    ]);
    root.write_inner_content(|xml| suites.iter().try_for_each(|suite| suite.write(xml)))?;
    writeln!(out)
}

struct Suite<'s> {
    story: &'s CheckedStory,
    failures: Vec<ReportedFinding<'s>>,
    others: Vec<ReportedFinding<'s>>,
}

impl<'s> Suite<'s> {
    fn new(story: &'s CheckedStory, show: Severity) -> Self {
        let fails = |found: &ReportedFinding| story.fail_on.is_some_and(|level| found.finding.severity >= level);
        let (failures, others) = ReportedFinding::all(story, show).into_iter().partition(fails);
        Self { story, failures, others }
    }

    /// A story without failures is one test, and it passed.
    fn tests(&self) -> usize {
        self.failures.len().max(1)
    }

    fn write(&self, xml: &mut Writer<impl Write>) -> io::Result<()> {
        let name = clean(&self.story.name);
        let suite = xml.create_element("testsuite").with_attributes([
            ("name", &*name),
            ("tests", &self.tests().to_string()),
            ("failures", &self.failures.len().to_string()),
            ("errors", "0"),
        ]);
        suite.write_inner_content(|xml| {
            if self.failures.is_empty() {
                let case = [("name", "nothing that fails the run"), ("classname", &*name)];
                xml.create_element("testcase").with_attributes(case).write_empty()?;
            }
            self.failures.iter().try_for_each(|found| failure(xml, &name, found))?;
            if !self.others.is_empty() {
                let lines: Vec<String> = self.others.iter().map(line).collect();
                let text = lines.join("\n");
                xml.create_element("system-out").write_text_content(BytesText::new(&clean(&text)))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn failure(xml: &mut Writer<impl Write>, class: &str, found: &ReportedFinding) -> io::Result<()> {
    let ReportedFinding { finding, start, .. } = found;
    let case = format!("{} at {}:{}", finding.rule, start.line, start.column);
    let (message, text) = (found.sentence(), line(found));
    let test = xml.create_element("testcase").with_attributes([("name", &*clean(&case)), ("classname", class)]);
    test.write_inner_content(|xml| {
        xml.create_element("failure")
            .with_attributes([("type", finding.severity.as_str()), ("message", &*clean(&message))])
            .write_text_content(BytesText::new(&clean(&text)))?;
        Ok(())
    })?;
    Ok(())
}

fn line(found: &ReportedFinding) -> String {
    let ReportedFinding { story, finding, start, .. } = found;
    let (severity, place) = (finding.severity.as_str(), format!("{}:{}:{}", story.name, start.line, start.column));
    format!("{place}: {severity}[{}]: {}", finding.rule, found.sentence())
}
