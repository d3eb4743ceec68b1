//! Quotes held to transcripts: planted word for word, changed by one word, and not there at all.

use copydesk::material::{DifferenceKind, Material, QuoteStatus, check_quote};

/// Numbers that look random and are the same each time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }
}

const SUBJECTS: &[&str] = &[
    "the council",
    "the ferry",
    "our budget",
    "this harbor",
    "the mayor",
    "my family",
    "that bridge",
    "the company",
    "every child",
    "the old mill",
    "our school",
    "the union",
    "the new road",
    "a good neighbor",
    "the whole town",
    "the fire chief",
    "their plan",
];
const VERBS: &[&str] = &[
    "needs",
    "carries",
    "cannot lose",
    "will repair",
    "paid for",
    "never saw",
    "wants",
    "opened",
    "remembers",
    "closed",
    "did not ask for",
    "has counted",
    "would sell",
    "built",
    "promised",
    "owes us",
];
const OBJECTS: &[&str] = &[
    "a second engine",
    "forty new jobs",
    "the river path",
    "three winters of work",
    "an honest answer",
    "the east pier",
    "nine boats",
    "more time",
    "a better roof",
    "the people of the valley",
    "two million dollars",
    "its own workers",
    "the last train",
    "a plan",
    "cleaner water",
    "the northern line",
    "our patience",
];
const TAILS: &[&str] = &[
    "before the snow comes",
    "and everybody knows it",
    "because nobody listened",
    "since I was a boy",
    "whatever the state says",
    "after all these years",
    "in front of the whole board",
    "if we are lucky",
    "without a single complaint",
    "as long as it lasts",
    "on the day of the storm",
    "from here to Port Ellery",
    "and I would do it again",
    "at the end of the month",
];
const OTHERS: &[&str] =
    &["purple", "elephants", "thirteen", "quietly", "violins", "Tuesday", "marble", "perhaps", "seldom", "copper"];

fn sentence(dice: &mut Dice) -> String {
    let number = 100 + dice.roll(900);
    format!(
        "{} {} {} and {} {} {} {} {}",
        dice.of(SUBJECTS),
        dice.of(VERBS),
        dice.of(OBJECTS),
        dice.of(SUBJECTS),
        dice.of(VERBS),
        number,
        dice.of(OBJECTS),
        dice.of(TAILS)
    )
}

/// A transcript of these sentences: labels, time codes, fillers, and lines that break anywhere.
fn transcript(sentences: &[String], dice: &mut Dice) -> String {
    let mut text = String::new();
    for (number, sentence) in sentences.iter().enumerate() {
        if number % 7 == 0 {
            text.push_str(&format!("\n\n[{:02}:{:02}:{:02}] ", number / 360, number / 6 % 60, number * 10 % 60));
            text.push_str(if number % 2 == 0 { "RUIZ: " } else { "Dale Finch: " });
        }
        for word in sentence.split(' ') {
            if dice.roll(12) == 0 {
                text.push_str(["um, ", "uh ", "er, "][dice.roll(3)]);
            }
            text.push_str(word);
            text.push(if dice.roll(11) == 0 { '\n' } else { ' ' });
        }
        text.pop();
        text.push_str(". ");
    }
    text
}

#[test]
fn planted_quotes_are_told_apart() {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let sentences: Vec<String> = (0..2_200).map(|_| sentence(&mut dice)).collect();
    let text = transcript(&sentences, &mut dice);
    let material = [Material::read("council.txt", text.as_bytes()).expect("it is read")];
    assert!(material[0].word_count() >= 30_000, "{} words", material[0].word_count());
    let (mut verbatim, mut differing, mut absent) = (0, 0, 0);
    let mut wrong: Vec<String> = Vec::new();
    for sentence in sentences.iter().take(1_000) {
        let quote = format!("{}{},", sentence[..1].to_uppercase(), &sentence[1..]);
        let found = check_quote(&quote, &material);
        verbatim += usize::from(found.status == QuoteStatus::Verbatim && found.place.is_some());
        if found.status != QuoteStatus::Verbatim {
            wrong.push(format!("{quote}: {found:?}"));
        }
    }
    for (number, sentence) in sentences.iter().skip(1_000).take(1_000).enumerate() {
        let mut words: Vec<&str> = sentence.split(' ').collect();
        // Not at the edges, where a quote may begin and end as it likes.
        let at = 1 + dice.roll(words.len() - 2);
        let other = dice.of(OTHERS);
        let kind = match number % 3 {
            0 => {
                words[at] = other;
                DifferenceKind::Changed
            }
            1 => {
                words.remove(at);
                DifferenceKind::Dropped
            }
            _ => {
                words.insert(at, other);
                DifferenceKind::Added
            }
        };
        let found = check_quote(&words.join(" "), &material);
        let right = found.status == QuoteStatus::Differs && found.differences.iter().any(|d| d.kind == kind);
        differing += usize::from(right);
        if !right {
            wrong.push(format!("{kind:?} {}: {found:?}", words.join(" ")));
        }
    }
    for _ in 0..200 {
        let words: Vec<&str> = (0..12)
            .map(|n| {
                if n % 3 == 0 {
                    dice.of(OTHERS)
                } else {
                    dice.of(&["the", "a", "runs", "of", "sings", "green", "over", "winter"])
                }
            })
            .collect();
        let found = check_quote(&words.join(" "), &material);
        absent += usize::from(found.status == QuoteStatus::NotFound);
        if found.status != QuoteStatus::NotFound {
            wrong.push(format!("not there: {}: {found:?}", words.join(" ")));
        }
    }
    println!("verbatim {verbatim} of 1,000, changed {differing} of 1,000, not there {absent} of 200");
    let shown: Vec<&String> = wrong.iter().take(8).collect();
    assert_eq!(verbatim, 1_000, "{shown:#?}");
    assert!(differing >= 990, "{differing} of 1,000: {shown:#?}");
    assert!(absent >= 198, "{absent} of 200: {shown:#?}");
}

#[test]
fn honest_cuts_are_silent_and_others_are_not() {
    let text = "RUIZ: Well, we did not promise a new ferry, and I said so at the time, but the old one is not safe any more.\n";
    let material = [Material::read("council.txt", text.as_bytes()).expect("it is read")];
    let status = |quote: &str| check_quote(quote, &material).status;
    for honest in [
        "We did not promise a new ferry … but the old one is not safe any more.",
        "We did not promise a new ferry, and [Finch] said so at the time",
        "we did not promise a new [boat], and I said so at the time",
        "the old one is not safe [sic] any more",
        "we did not promise a new ferry",
        "We didn’t promise a new ferry, and I said so at the time",
    ] {
        assert_eq!(status(honest), QuoteStatus::Verbatim, "{honest}");
    }
    let text = "TALLIS: I do not like this, I do not like it at all, but I like the alternative even less. We keep the boat. I \
        cannot say for how long. We pay for it, not with borrowed money, and we will go on, if we do not run dry, until spring.\n";
    let minutes = [Material::read("minutes.txt", text.as_bytes()).expect("it is read")];
    for honest in [
        "I do not like this … but I like the alternative even less.",
        "We keep the boat. … We pay for it, not with borrowed money",
    ] {
        assert_eq!(check_quote(honest, &minutes).status, QuoteStatus::Verbatim, "{honest}");
    }
    for turned in [
        "We pay for it … and we will go on, if we do not run dry",
        "not with borrowed money, and we will go on … until spring",
        "I do … like it at all, but I like the alternative even less",
    ] {
        let found = check_quote(turned, &minutes);
        let kinds: Vec<DifferenceKind> = found.differences.iter().map(|difference| difference.kind).collect();
        assert_eq!(kinds, [DifferenceKind::TurnedByCut], "{turned}");
    }
    let cut = check_quote("We did … promise a new ferry", &material);
    assert_eq!(cut.status, QuoteStatus::Differs);
    assert_eq!(cut.differences[0].kind, DifferenceKind::TurnedByCut);
    assert_eq!(cut.differences[0].source, "not");
    let dropped = check_quote("We did promise a new ferry, and I said so at the time", &material);
    assert_eq!((dropped.status, dropped.differences[0].source.as_str()), (QuoteStatus::Differs, "not"));
    assert_eq!(status("The board will meet again in the spring"), QuoteStatus::NotFound);
}

#[test]
fn numbers_in_words_are_those_in_digits() {
    let text = "OKONJO: We did it for three hundred and twelve thousand dollars and a lot of soup. It drew four point two million people.\n";
    let material = [Material::read("hearing.txt", text.as_bytes()).expect("it is read")];
    let status = |quote: &str| check_quote(quote, &material).status;
    assert_eq!(status("We did it for $312,000 and a lot of soup."), QuoteStatus::Verbatim);
    assert_eq!(status("It drew 4.2 million people."), QuoteStatus::Verbatim);
    assert_eq!(status("We did it for $321,000 and a lot of soup."), QuoteStatus::Differs);
}

/// Sentences that begin alike are many in a long transcript, and no two of them are one that was changed.
#[test]
fn what_begins_alike_was_not_changed() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let openings =
        ["This is not a matter of", "I have never seen anything like", "You do not want to be", "We are going to do"];
    let sentences: Vec<String> =
        (0..2_000).map(|number| format!("{} {}", openings[number % 4], sentence(&mut dice))).collect();
    let text = transcript(&sentences, &mut dice);
    let material = [Material::read("council.txt", text.as_bytes()).expect("it is read")];
    for quote in ["This is not a hard race,", "I have never seen anything worse.", "You do not want to be there,"] {
        assert_eq!(check_quote(quote, &material).status, QuoteStatus::NotFound, "{quote}");
    }
    // What is told by as few words in a short source is told well enough.
    let short = [Material::read("notes.txt", b"RUIZ: This is not a hard day for us.\n").expect("it is read")];
    assert_eq!(check_quote("This is not a hard race for us,", &short).status, QuoteStatus::Differs);
}

/// A news story as the source: its quotes are parted by who says them, and may be shorter than ours.
#[test]
fn what_stands_round_the_quotes_of_a_source_is_no_part_of_them() {
    let source = "“No one is above the law,” Ruiz said in a statement. “The board must be dissolved by the council.” \
                  “And nobody,” Finch added, “will say that the ferry was late,” before he left the room.\n";
    let material = [Material::read("wire.txt", source.as_bytes()).expect("it is read")];
    let found = check_quote("No one is above the law. The board must be dissolved by the council.", &material);
    assert_eq!((found.status, found.differences), (QuoteStatus::Verbatim, vec![]));
    for quote in [
        "By the way, the board must be dissolved by the council.",
        "And nobody will say that the ferry was late, my friends",
    ] {
        let kinds: Vec<DifferenceKind> = check_quote(quote, &material).differences.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [DifferenceKind::Beyond], "{quote}");
    }
    let found = check_quote("No one is above the state. The board must be dissolved by the council.", &material);
    assert_eq!((found.status, found.differences.len()), (QuoteStatus::Differs, 1));
    assert_eq!(found.differences[0].source, "law");
}

#[test]
fn the_nearest_source_counts() {
    let read = |name: &str, text: &str| Material::read(name, text.as_bytes()).expect("it is read");
    let materials = [
        read("notes.md", "Finch: four million is a lot of money for us\n"),
        read("hearing.srt", "1\n00:14:05,000 --> 00:14:09,000\nFINCH: Four million\nis four million.\n"),
    ];
    let found = check_quote("Four million is four million,", &materials);
    assert_eq!((found.status, found.source), (QuoteStatus::Verbatim, Some(1)));
    assert_eq!(found.place.map(|place| place.to_string()).as_deref(), Some("00:14:05"));
    let found = check_quote("Four million is five million,", &materials);
    assert_eq!(found.status, QuoteStatus::Differs);
    assert_eq!((found.differences[0].quote.as_str(), found.differences[0].source.as_str()), ("five", "four"));
}

/// A PDF of these pages, each a list of lines, as simple as one can be.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut kids = Vec::new();
    for lines in pages {
        let text: String = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td\n")).collect();
        let stream = format!("BT /F1 12 Tf 72 720 Td\n{text}ET");
        let number = objects.len() + 1;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
        kids.push(format!("{number} 0 R"));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| file.push_str(&format!("{place:010} 00000 n \n")));
    file.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    file.into_bytes()
}

#[test]
fn quotes_are_found_on_pages_and_in_messages() {
    let pages: &[&[&str]] = &[
        &["Minutes of the Harbor Board"],
        &["Ruiz: We did not promise a new ferry, and I said so at the", "time, but the old one is not safe any more."],
    ];
    let mail = "From: Ana Ruiz <ana@example.org>\r\nSubject: ferry\r\n\r\nThe pier will be closed until somebody pays for it.\r\n";
    let material = [
        Material::read("minutes.pdf", &pdf(pages)).expect("it is read"),
        Material::read("ruiz.eml", mail.as_bytes()).expect("it is read"),
    ];
    let found = check_quote("we did not promise a new ferry, and I said so at the time", &material);
    assert_eq!((found.status, found.source), (QuoteStatus::Verbatim, Some(0)));
    assert_eq!(found.place.map(|place| place.to_string()).as_deref(), Some("page 2"));
    let found = check_quote("The pier will be closed until somebody pays for that.", &material);
    assert_eq!((found.status, found.source), (QuoteStatus::Differs, Some(1)));
    assert_eq!((found.differences[0].quote.as_str(), found.differences[0].source.as_str()), ("that", "it"));
}

#[test]
fn files_that_are_damaged_say_so_and_do_no_harm() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let whole = pdf(&[&["We keep the ferry."], &["And we pay for it."]]);
    let mut read = 0;
    for round in 0..100 {
        let mut bytes = whole.clone();
        for _ in 0..1 + dice.roll(round / 8 + 1) {
            let at = dice.roll(bytes.len());
            bytes[at] = dice.roll(256) as u8;
        }
        bytes.truncate(bytes.len() - round % 4 * dice.roll(20));
        for name in ["a.pdf", "a.docx", "a.odt", "a.ods", "a.xlsx", "a.eml"] {
            match Material::read(name, &bytes) {
                Ok(material) => read += usize::from(material.word_count() > 0),
                Err(why) => assert!(!why.trim().is_empty()),
            }
        }
    }
    assert!(read > 0, "some are read all the same");
    for (name, bytes, why) in [
        ("a.pdf", &pdf(&[&[]])[..], "text recognition"),
        ("a.pdf", b"hello", "not a PDF"),
        ("a.docx", b"\xD0\xCF\x11\xE0rest", "password"),
        ("a.doc", b"\xD0\xCF\x11\xE0\0rest", "save it as .docx"),
        ("a.xls", b"\xD0\xCF\x11\xE0\0rest", "save it as .xlsx"),
        ("a.mp3", b"ID3\0", "cannot read `.mp3`"),
    ] {
        let error = Material::read(name, bytes).err().unwrap_or_else(|| panic!("{name} is read"));
        assert!(error.contains(why), "{name}: {error}");
    }
}
