//! What reading and checking a story costs: `cargo bench`.
//!
//! The story is made here, of the kinds of sentence that news is made of, so that the benchmark needs no files.

use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::checks::load;
use copydesk::markup::{self, Format};
use copydesk::material::{Material, check_quote};
use copydesk::prose::Paragraph;
use copydesk::rules::{PACKS, RuleFile, RuleSet};
use copydesk::settings::Settings;
use copydesk::story::Surroundings;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const PARAGRAPHS: &[&str] = &[
    "“We heard nothing from the harbor board until Tuesday, and by then the boats had gone,” Ana Ruiz said.",
    "Mayor Dale Finch told reporters on Sunday that fares would rise 5 percent to $2.10 from $2 next month.",
    "The terminal, which opened in late 2009, served about 1.2 million passengers last year, according to the board.",
    "Tom Okafor, a spokesman for the Port Ellery Ferry Company (PEFC), declined to comment.",
    "“It is too early to say,” she added. “We’ll know more once the state’s engineers have been here.”",
    "The council votes on Feb. 20, two weeks after the hearing, and the first of four piers closes in March.",
    "Officials said the old pier was unsafe; Finch’s adviser called the report “close to useless.”",
];

/// A story of about `words` words.
fn story(words: usize) -> String {
    let mut text = String::from("Ferry Terminal Plan Divides Port Ellery\n\n");
    let mut count = 0;
    for (number, paragraph) in PARAGRAPHS.iter().cycle().enumerate() {
        if count >= words {
            break;
        }
        // Each paragraph differs, so that nothing is saved by its text alone.
        text.push_str(&format!("{paragraph} It was item {number}.\n\n"));
        count += paragraph.split_whitespace().count() + 4;
    }
    text
}

fn rules(packs: &[&str]) -> Arc<RuleSet> {
    let files = PACKS.iter().filter(|file| packs.contains(&file.pack));
    Arc::new(load(files, []).rules)
}

fn around() -> Surroundings {
    Surroundings { date: Some(jiff::civil::date(2018, 2, 12)), ..Surroundings::default() }
}

/// Reading the packs, as each process does once.
#[divan::bench(args = ["core", "core+ap+british"])]
fn load_packs(packs: &str) -> Arc<RuleSet> {
    rules(&packs.split('+').collect::<Vec<_>>())
}

/// Looking for the phrases of `count` rules of a newsroom's own beside those of the packs: each in a story of 10,000
/// words, in which none of them stands.
#[divan::bench(args = [0, 100, 1_000, 10_000])]
fn phrase_rules(bencher: Bencher, count: usize) {
    let mut own = String::new();
    for number in 0..count {
        own.push_str(&format!(
            "[[rule]]\nid = \"own/rule-{number}\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"hint\"\n\
             message = \"m\"\nwhy = \"w\"\nphrases = [{{ find = \"the {number} winter ferries\" }}]\n"
        ));
    }
    let text = story(10_000);
    let core = PACKS.iter().filter(|file| file.pack == "core");
    let rules = Arc::new(load(core, [RuleFile { name: "own.toml", text: &own }]).rules);
    let paragraphs: Vec<Paragraph> =
        markup::parse(&text, Format::Plain).blocks.iter().map(Paragraph::of_block).collect();
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let scans = paragraphs.iter().map(|paragraph| rules.matcher.scan(&rules.rules, black_box(paragraph)));
        scans.map(|scan| scan.phrases.len()).sum::<usize>()
    });
}

/// A story never seen before, until its findings are there: what frees them comes later.
#[divan::bench(args = [1_000, 10_000, 170_000])]
fn cold(bencher: Bencher, words: usize) {
    let (text, rules) = (story(words), rules(&["core"]));
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut analyzer = Analyzer::new(Arc::clone(&rules));
        let analysis = analyzer.analyze(black_box(&text), Format::Plain, &around(), &Settings::default());
        (analyzer, analysis)
    });
}

/// One more letter in the middle of a story that was read before.
#[divan::bench(args = [1_000, 10_000, 170_000])]
fn keystroke(bencher: Bencher, words: usize) {
    let (text, rules) = (story(words), rules(&["core"]));
    let middle = text.len() / 2 + text[text.len() / 2..].find(" said").unwrap_or(0);
    let typed = format!("{}x{}", &text[..middle], &text[middle..]);
    let mut analyzer = Analyzer::new(rules);
    let mut turn = false;
    bencher.bench_local(|| {
        turn = !turn;
        let text = if turn { &typed } else { &text };
        analyzer.analyze(black_box(text), Format::Plain, &around(), &Settings::default()).findings.len()
    });
}

/// A quote of eighteen words held to a transcript of about 30,000, three hours of talk, once that is read: word for word, with a
/// word in it changed, and not there at all. Wanted are 5 ms.
#[divan::bench(args = ["verbatim", "differs", "not found"])]
fn quote_against_a_transcript(bencher: Bencher, kind: &str) {
    let material = [Material::read("hearing.txt", story(30_000).as_bytes()).expect("text is read")];
    let quote = match kind {
        "verbatim" => {
            "Fares would rise 5 percent to $2.10 from $2 next month. It was item 701. The terminal, which opened"
        }
        "differs" => {
            "Fares would rise 5 percent to $2.10 from $3 next month. It was item 701. The terminal, which opened"
        }
        _ => {
            "Purple elephants sing quietly over thirteen marble violins, and no copper winter runs green of the seldom heard"
        }
    };
    bencher.bench(|| check_quote(black_box(quote), &material));
}
