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
    ] {
        assert_eq!(status(honest), QuoteStatus::Verbatim, "{honest}");
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
