//! Findings as a report of Checkstyle, which many review tools read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::xml::clean;
use super::{CheckedStory, ReportedFinding};
use crate::finding::Severity;

/// The version of Checkstyle whose format this is; readers expect one.
const FORMAT: &str = "8.0";

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn checkstyle(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element("checkstyle").with_attribute(("version", FORMAT));
    root.write_inner_content(|xml| stories.iter().try_for_each(|story| file(xml, story, show)))?;
    writeln!(out)
}

fn file(xml: &mut Writer<impl Write>, story: &CheckedStory, show: Severity) -> io::Result<()> {
    let file = xml.create_element("file").with_attribute(("name", &*clean(&story.name)));
    file.write_inner_content(|xml| {
        for found in ReportedFinding::all(story, show) {
            let ReportedFinding { finding, start, .. } = &found;
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Query | Severity::Hint => "info",
            };
            let (message, source) = (found.sentence(), format!("copydesk.{}", finding.rule));
            let attributes = [
                ("line", &*start.line.to_string()),
                ("column", &start.column.to_string()),
                ("severity", severity),
                ("message", &clean(&message)),
                ("source", &clean(&source)),
            ];
            xml.create_element("error").with_attributes(attributes).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
