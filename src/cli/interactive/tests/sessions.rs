//! What holds for whole sessions: others write meanwhile, everything is taken back, little is asked about.

use std::cell::Cell;
use std::io::{BufReader, Read};

use super::*;

/// Answers, before the last of which somebody else writes the file.
struct Meanwhile<'a> {
    answers: Vec<&'a str>,
    write: Box<dyn Fn() + 'a>,
    next: Cell<usize>,
}

impl Read for Meanwhile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let next = self.next.get();
        let Some(answer) = self.answers.get(next) else { return Ok(0) };
        if next + 1 == self.answers.len() {
            (self.write)();
        }
        self.next.set(next + 1);
        buffer[..answer.len()].copy_from_slice(answer.as_bytes());
        Ok(answer.len())
    }
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_not_lost_and_neither_are_the_answers() {
    let newsroom = Newsroom::new(&[("a.txt", "The harbor bridge.\n"), ("b.txt", "The harbor bridge.\n")]);
    let theirs = "The harbor bridge is closed.\n";
    let write = Box::new(|| newsroom.write("a.txt", theirs));
    let mut input = BufReader::new(Meanwhile { answers: vec!["1\n", "1\n", "y\n"], write, next: Cell::new(0) });
    let (code, shown) = newsroom.session(&[], &mut input);
    assert_eq!(newsroom.read("a.txt"), theirs);
    assert_eq!(newsroom.read("b.txt"), "The Finch Bridge.\n", "the rest goes on");
    assert_eq!(code, TROUBLE);
    assert!(shown.contains("-The harbor bridge.\n+The Finch Bridge.\n"), "as a patch: {shown}");
}

#[test]
fn only_what_counts_is_asked_about() {
    let newsroom = Newsroom::new(&[("a.txt", "It insists of the harbor bridge.\n")]);
    let (_, shown) = newsroom.session(&["--show", "warning"], &mut "q\n".as_bytes());
    assert!(shown.contains("a.txt, 1 left. Answer") && !shown.contains("house/verb"), "{shown}");
    let (code, shown) = newsroom.session(&["--show", "error"], &mut "".as_bytes());
    assert_eq!((code, shown.as_str()), (FINDINGS, "There is nothing to write.\n"), "what is not shown still counts");
    let file = newsroom.path("a.txt");
    let mut permissions = fs::metadata(&file).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("it is ours");
    let (code, shown) = newsroom.answer("1\n");
    assert_eq!((code, shown.as_str()), (TROUBLE, "There is nothing to write.\n"), "nobody is asked for nothing");
}

#[test]
fn whatever_is_answered_can_be_taken_back() {
    const ANSWERS: [&str; 17] =
        ["1", "1", "2", "3", "4", "5", "e", "own “words” <b>", "s", "r", "i", "f", "a", "?", "", "y", "u"];
    let plain = include_str!("../../../../examples/ferry-terminal.txt");
    let page: String = plain.lines().map(|line| format!("<p>{}</p>\n", line.replace('&', "&amp;"))).collect();
    let list = plain.replace("\n\n", "\r\n\r\n- ");
    let mut written = 0;
    for seed in 0..12_u64 {
        let newsroom = Newsroom::new(&[]);
        newsroom.write("copydesk.toml", "packs = [\"core\", \"ap\"]\n");
        let (name, story) = [("a.txt", plain), ("a.html", &page), ("a.md", &list)][seed as usize % 3];
        newsroom.write(name, story);
        // A linear congruential generator (the constants of Knuth's MMIX): the same answers on every machine.
        let mut random = seed;
        let mut answers: Vec<&str> = Vec::new();
        for _ in 0..60 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            answers.push(ANSWERS[(random >> 33) as usize % ANSWERS.len()]);
        }
        // More than there are answers, because some of them answer what is asked within a question.
        answers.extend(["u"; 70]);
        answers.push("q");
        let (_, shown) = newsroom.session(&["--date", "2018-02-12"], &mut answers.join("\n").as_bytes());
        if shown.contains("is written") {
            // “y” came when all was answered.
            written += 1;
            continue;
        }
        assert_eq!(newsroom.read(name), story, "seed {seed}: {shown}");
        assert_eq!(newsroom.read("copydesk.toml"), "packs = [\"core\", \"ap\"]\n", "seed {seed}: {shown}");
        assert!(shown.ends_with("There is nothing to write.\n"), "seed {seed}: {shown}");
    }
    assert!(written < 6, "most sessions are taken back");
}

#[test]
fn only_the_rules_that_are_named_are_asked_about() {
    let newsroom = Newsroom::new(&[("a.txt", "The old harbor insists of it.\n")]);
    let (_, shown) = newsroom.session(&["--rule", "house/old"], &mut "1\ny\n".as_bytes());
    assert_eq!(newsroom.read("a.txt"), "The harbor insists of it.\n", "{shown}");
    assert_eq!(shown.matches("Answer [").count(), 1, "{shown}");
    let (code, shown) = newsroom.session(&["--rule", "house/verbs"], &mut "".as_bytes());
    assert_eq!((code, shown.as_str()), (TROUBLE, "There is nothing to write.\n"));
}

#[test]
fn a_quote_can_be_given_to_a_speaker_of_the_story() {
    let text = "Mayor Dale Finch spoke on the bridge, and Ana Ruiz, a spokeswoman for the harbor, was there.\n\n\
        “We will not leave this bridge to anyone,” Finch said.\n\n\
        Some left early. The market closed at noon.\n\n\
        “It opens next month and it will stay open for years.”\n";
    let newsroom = Newsroom::new(&[("a.txt", text)]);
    let (code, shown) = newsroom.answer("3\ny\n");
    assert!(shown.contains("\n  2  Attribute it to Finch\n  3  Attribute it to Ruiz\na.txt, 1 left."), "{shown}");
    // A comma for the last point changes no words, so nobody is asked whether these were the words.
    assert_eq!(newsroom.read("a.txt"), text.replace("for years.”", "for years,” Ruiz said."), "{shown}");
    assert_eq!(code, CLEAN);
}

#[test]
fn a_photo_can_be_credited_as_its_file_says() {
    let markdown = "# Bridge Opens\n\n![Walkers on the bridge](bridge.jpg)\n\nThe bridge opened.\n";
    let page = "<h1>Bridge Opens</h1>\n<img src=\"bridge.jpg\" alt=\"Walkers\">\n<p>The bridge opened.</p>\n";
    let figure = "<h1>Bridge Opens</h1>\n<figure>\n<a href=\"/bridge\"><img src=\"bridge.jpg\" alt=\"Walkers\"></a>\n\
        </figure>\n<p>The bridge opened.</p>\n";
    let newsroom = Newsroom::new(&[("a.md", markdown), ("b.html", page), ("c.html", figure)]);
    let xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
        <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:ps='http://ns.adobe.com/photoshop/1.0/' \
        ps:Credit='Reuters'><dc:creator><rdf:Seq><rdf:li>Ana Ruiz</rdf:li></rdf:Seq></dc:creator></rdf:Description>\
        </rdf:RDF></x:xmpmeta>";
    let content = [b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat();
    let length = u16::try_from(content.len() + 2).expect("it is short").to_be_bytes();
    let image = [&[0xFF, 0xD8, 0xFF, 0xE1], &length[..], &content, &[0xFF, 0xD9]].concat();
    fs::write(newsroom.path("bridge.jpg"), image).expect("the folder takes files");
    let (code, shown) = newsroom.answer("1\n1\n1\ny\n");
    assert!(shown.contains("\n  1  Add the credit “Photo: Ana Ruiz/Reuters” from the image file\n"), "{shown}");
    assert_eq!(newsroom.read("a.md"), markdown.replace("jpg)\n", "jpg)\n\n*Photo: Ana Ruiz/Reuters*\n"), "{shown}");
    assert_eq!(newsroom.read("b.html"), page.replace("rs\">\n", "rs\">\n<p>Photo: Ana Ruiz/Reuters</p>\n"), "{shown}");
    let credited = "<figcaption>Photo: Ana Ruiz/Reuters</figcaption>\n</figure>";
    assert_eq!(newsroom.read("c.html"), figure.replace("</figure>", credited), "{shown}");
    assert_eq!(code, CLEAN, "{shown}");
}
