//! Small documents, packed as word processors pack theirs.

use super::*;

/// An archive of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let empty = rawzip::ZipArchiveWriter::new(Vec::new()).finish().expect("an empty archive is written");
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    // An empty archive has no local file, so its bytes start with the end of the table.
    Package::open(&empty).and_then(|package| package.with_parts(&parts)).expect("it is packed")
}

fn docx(body: &str) -> Vec<u8> {
    let styles = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
        <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Kicker"><w:name w:val="House kicker"/><w:basedOn w:val="berschrift1"/></w:style>
        <w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>"#;
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="math"><w:body>{body}</w:body></w:document>"#
    );
    packed(&[("word/styles.xml", styles), ("word/document.xml", &document)])
}

fn read(bytes: &[u8]) -> Vec<(Role, String)> {
    let manuscript = Manuscript::read(bytes).expect("it is a document");
    manuscript.paragraphs.into_iter().map(|paragraph| (paragraph.role, paragraph.text)).collect()
}

#[test]
fn words_of_a_docx_are_read_and_what_is_none_is_not() {
    let bytes = docx(
        r#"<w:p><w:pPr><w:pStyle w:val="Kicker"/></w:pPr><w:r><w:t>Ferries</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Contents</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Fish &amp; </w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom><w:ins><w:r><w:rPr><w:b/></w:rPr><w:t>chips</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>
        <w:p/>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br/><w:br/><w:t>c</w:t></w:r></w:p>"#,
    );
    let expected = [
        (Role::Heading(1), "Ferries"),
        (Role::Body, "Fish & chips"),
        (Role::ListItem, "One"),
        (Role::Cell, "Cell"),
        (Role::Body, "a\u{2028}b"),
        (Role::Body, "c"),
    ];
    assert_eq!(read(&bytes), expected.map(|(role, text)| (role, text.to_owned())));
}

#[test]
fn a_text_box_is_a_paragraph_of_its_own_and_read_once() {
    let bytes = docx(
        r#"<w:p><w:r><w:t>Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>behind</w:t></w:r></w:p>"#,
    );
    assert_eq!(read(&bytes), [(Role::Body, "Box".to_owned()), (Role::Body, "Before behind".to_owned())]);
}

#[test]
fn words_of_an_odt_are_read_and_what_is_none_is_not() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="b">
        <office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>
        <office:body><office:text><text:tracked-changes><text:p>gone</text:p><text:p>gone, too</text:p></text:tracked-changes>
        <text:p text:style-name="P1">Ferries</text:p><text:h text:outline-level="2">Why</text:h>
        <text:p>Fish  &amp;<text:s text:c="2"/>chips<office:annotation><text:p>check</text:p></office:annotation><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Mostly cod.</text:p></text:note-body></text:note>
        daily</text:p><text:list><text:list-item><text:p>One</text:p></text:list-item></text:list></office:text></office:body>
        </office:document-content>"#;
    let bytes = packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]);
    let expected = [
        (Role::Title, "Ferries"),
        (Role::Heading(2), "Why"),
        (Role::Body, "Fish &  chips daily"),
        (Role::ListItem, "One"),
        (Role::Note, "Mostly cod."),
    ];
    assert_eq!(read(&bytes), expected.map(|(role, text)| (role, text.to_owned())));
}

#[test]
fn what_is_no_document_is_told() {
    let told = |bytes: &[u8]| Manuscript::read(bytes).expect_err("it is none").to_string();
    assert_eq!(told(b"%PDF-1.4"), "not an office document");
    assert!(told(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0]).starts_with("an old Word document"));
    assert!(told(&packed(&[("a.txt", "words")])).contains("neither"));
    let whole = docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>");
    assert!(told(&whole[..whole.len() / 2]).contains("damaged"));
    assert!(told(&docx("<w:p><w:r></w:p>")).contains("damaged"));
    // No byte that is changed makes it panic.
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        let _ = Manuscript::read(&bytes);
    }
}

#[test]
fn a_part_that_grows_too_large_is_not_unpacked() {
    let bomb = "0".repeat((64 << 20) + 2);
    let bytes = packed(&[("word/document.xml", &bomb)]);
    assert!(bytes.len() < 1 << 20);
    let error = Manuscript::read(&bytes).expect_err("it is too large").to_string();
    assert!(error.contains("larger than the 64 MB"), "{error}");
}

#[test]
fn comments_stand_round_their_words_and_all_else_stays() {
    let bytes = docx(
        r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Fish &amp; cold chips</w:t></w:r><w:r><w:t>, hot</w:t><w:tab/><w:t>tea</w:t></w:r></w:p><w:p><w:r><w:t>End</w:t></w:r></w:p>"#,
    );
    let text = "Fish & cold chips, hot\ttea";
    let at = |words: &str| text.find(words).map(|at| at..at + words.len()).expect("it is there");
    let comment = |paragraph, range, text: &str| OfficeComment { paragraph, range, text: text.to_owned() };
    let comments = [
        comment(0, at("Fish & cold chips"), "whole run"),
        comment(0, at("cold"), "inside <a> run\nand more"),
        comment(0, at("chips, hot"), "over runs"),
        comment(0, at("\t"), "a tab"),
        comment(1, 0..0, "a paragraph"),
    ];
    let reviewed = with_comments(&bytes, &comments, "copydesk").expect("they are written");
    assert_eq!(read(&reviewed), read(&bytes));
    let package = Package::open(&reviewed).expect("it is an archive");
    let document = package.text("word/document.xml").expect("it is whole").expect("it is there");
    let mut reader = quick_xml::reader::NsReader::from_str(&document);
    // What is between the marks of each comment are its words.
    let mut open: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut said = Vec::new();
    loop {
        use quick_xml::events::Event;
        match reader.read_event().expect("it is well formed") {
            Event::Empty(tag) if tag.local_name().as_ref() == "commentRangeStart" => {
                open.insert(attribute(&tag, "id").expect("it has one"), String::new());
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "commentRangeEnd" => {
                said.extend(open.remove_entry(&attribute(&tag, "id").expect("it has one")));
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "tab" => {
                open.values_mut().for_each(|words| words.push('\t'));
            }
            Event::Text(words) => open.values_mut().for_each(|own| own.push_str(&words)),
            Event::GeneralRef(_) => open.values_mut().for_each(|own| own.push('&')),
            Event::Eof => break,
            _ => {}
        }
    }
    said.sort();
    let expected = ["Fish & cold chips", "cold", "chips, hot", "\t", "End"];
    assert_eq!(said, (0..5).map(|id: usize| (id.to_string(), expected[id].to_owned())).collect::<Vec<_>>());
    let comments_part = package.text("word/comments.xml").expect("it is whole").expect("it is there");
    assert!(comments_part.contains("inside &lt;a&gt; run"), "{comments_part}");
    // More comments go beside those that are there.
    let again = with_comments(&reviewed, &[comment(1, 0..3, "again")], "copydesk").expect("they are written");
    let part = Package::open(&again).and_then(|package| package.text("word/comments.xml")).expect("it is whole");
    assert_eq!(part.map(|part| part.matches("<w:comment ").count()), Some(6));
}
