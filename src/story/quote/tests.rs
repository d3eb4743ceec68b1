//! Who says what, by construction.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Quote, QuoteKind};
use crate::markup::{self, Format};
use crate::prose::Paragraph;
use crate::story::{Facts, ParagraphFacts, Story, Surroundings};

fn with_story<T>(body: &str, then: impl FnOnce(&Story) -> T) -> T {
    let document = markup::parse(&format!("A headline\n\n{body}"), Format::Plain);
    let paragraphs: Vec<Arc<ParagraphFacts>> =
        document.blocks.iter().map(|b| Arc::new(ParagraphFacts::new(Paragraph::of_block(b)))).collect();
    let facts = Facts::link(&document, &paragraphs, &Surroundings::default(), Facts::default());
    then(&Story::new(&document, &paragraphs, &facts))
}

fn quotes<T>(body: &str, each: impl Fn(&Story, &Quote) -> T) -> Vec<T> {
    with_story(body, |story| story.quotes.iter().map(|q| each(story, q)).collect())
}

/// The speakers of the quotes of `body`, as written; `-` where there is none.
fn speakers(body: &str) -> Vec<String> {
    quotes(body, |story, q| q.speaker.as_ref().map_or("-".to_owned(), |s| story.slice(s.passage).to_owned()))
}

/// The people the speakers are.
fn people(body: &str) -> Vec<String> {
    quotes(body, |story, q| {
        q.speaker.as_ref().and_then(|s| s.person).map_or("-".to_owned(), |p| story.people[p].name.clone())
    })
}

fn cues(body: &str) -> Vec<String> {
    quotes(body, |story, q| q.cue.map_or("-".to_owned(), |c| story.slice(c).to_owned()))
}

fn kinds(body: &str) -> Vec<QuoteKind> {
    quotes(body, |_, q| q.kind)
}

#[test]
fn the_speaker_stands_before() {
    assert_eq!(speakers("Ruiz said, “We will rebuild the old bridge.”"), ["Ruiz"]);
    assert_eq!(speakers("Ruiz told reporters: “We will rebuild the old bridge.”"), ["Ruiz"]);
    assert_eq!(speakers("According to Ruiz, “the bridge was never really safe.”"), ["Ruiz"]);
    assert_eq!(speakers("Ruiz: “We will rebuild the old bridge.”"), ["Ruiz"]);
    assert_eq!(
        speakers("In a letter on Monday, the union wrote that “nobody was asked about the plan.”"),
        ["the union"]
    );
    assert_eq!(speakers("Tom Okafor, the mayor, said, “We will rebuild the old bridge.”"), ["Tom Okafor, the mayor"]);
    assert_eq!(speakers("Okafor, who was there, said “nobody wanted to leave.”"), ["Okafor"]);
    assert_eq!(speakers("Okafor stood up and said, “Nobody wanted to leave.”"), ["Okafor"]);
    assert_eq!(speakers("The bridge was described by Okafor as “an accident that waits to happen.”"), ["Okafor"]);
    assert_eq!(speakers("Ruiz left early, saying, “I have had enough of this.”"), ["Ruiz"]);
    assert_eq!(speakers("As Ruiz put it, “the river always wins in the end.”"), ["Ruiz"]);
    assert_eq!(speakers("Several wore yellow shirts with the words “Keep the old bridge open.”"), ["shirts"]);
}

#[test]
fn the_speaker_stands_behind() {
    assert_eq!(speakers("“We will rebuild it,” Ruiz said."), ["Ruiz"]);
    assert_eq!(speakers("“We will rebuild it,” said Tom Okafor, the mayor, on Monday."), ["Tom Okafor, the mayor"]);
    assert_eq!(speakers("“Will they ever rebuild it?” Ruiz asked."), ["Ruiz"]);
    assert_eq!(
        speakers("“We will rebuild it,” Dana Quill, a spokeswoman for the port, said."),
        ["Dana Quill, a spokeswoman for the port"]
    );
    assert_eq!(speakers("“No swimming beyond this point,” read the sign."), ["the sign"]);
    assert_eq!(speakers("“Nobody was asked about it,” according to the report."), ["the report"]);
    assert_eq!(speakers("“We will rebuild it,” he quickly added."), ["he"]);
    assert_eq!(speakers("“The river always wins.” — Ana Ruiz"), ["Ana Ruiz"]);
    // A dateline says nothing.
    for dateline in ["PORT ELLERY — ", "PORT ELLERY, Feb. 12, 2018 (CNS) – ", "Port Ellery (CNS) -- "] {
        let lead = "The harbor board put off a vote, saying it needs “more time to read the report.”";
        assert_eq!(speakers(&format!("{dateline}{lead}")), ["The harbor board"], "{dateline}");
    }
    // What leads to the quote says less than a verb of saying behind it.
    assert_eq!(speakers("The mayor’s answer: “We will rebuild it,” Ruiz said."), ["Ruiz"]);
    assert_eq!(speakers("Okafor: “We will rebuild it,” said Ana Ruiz, his deputy."), ["Ana Ruiz, his deputy"]);
    assert_eq!(speakers("Okafor: “We will rebuild it.” Ruiz said nothing."), ["Okafor"]);
    assert_eq!(speakers("Okafor said: “We will rebuild it,” and Ruiz said no."), ["Okafor"]);
}

#[test]
fn parts_of_one_speech_share_their_speaker() {
    assert_eq!(speakers("“We tried,” Ruiz said. “It was too late for us.”"), ["Ruiz", "Ruiz"]);
    assert_eq!(speakers("Ruiz called it “a mess” and “a waste of public money.”"), ["Ruiz", "Ruiz"]);
    assert_eq!(speakers("“We tried.” “It was too late,” said Ruiz."), ["Ruiz", "Ruiz"]);
    assert_eq!(speakers("“We tried,” Ruiz said. Okafor replied, “You did nothing at all.”"), ["Ruiz", "Okafor"]);
}

#[test]
fn speech_runs_over_paragraphs() {
    let body = "“We tried everything we could, Ruiz said.\n\n“It was too late for all of us.”";
    assert_eq!(quotes(body, |_, q| q.continued), [false, true]);
    assert_eq!(
        speakers("Ruiz said: “We tried everything we could.\n\n“It was too late for all of us.”"),
        ["Ruiz", "Ruiz"]
    );
    assert_eq!(speakers("Ruiz spoke to the council:\n\n“It was too late for all of us.”"), ["Ruiz"]);
    assert_eq!(speakers("“We tried,” Ruiz said.\n\n“It was too late for all of us.”"), ["Ruiz", "Ruiz"]);
}

#[test]
fn cues_are_words_or_a_colon() {
    assert_eq!(cues("Ruiz tweeted, “We will rebuild the old bridge.”"), ["tweeted"]);
    assert_eq!(cues("Ruiz: “We will rebuild the old bridge.”"), [":"]);
    assert_eq!(cues("According to Ruiz, “it was never really safe.”"), ["According"]);
}

#[test]
fn pronouns_stand_for_people_when_only_one_fits() {
    assert_eq!(people("Mayor Ana Ruiz met Tom Okafor.\n\n“We will rebuild it,” she said."), ["Ana Ruiz"]);
    let two = "Carl Dunn met Tom Okafor.\n\n“We will rebuild it,” he said.";
    assert_eq!(people(two), ["-"]);
    assert_eq!(quotes(two, |_, q| q.speaker.as_ref().map_or(0, |s| s.candidates.len())), [2]);
    assert_eq!(people("Mayor Ana Ruiz met Tom Okafor.\n\n“We will rebuild it,” the mayor said."), ["Ana Ruiz"]);
    assert_eq!(people("Ana Ruiz came.\n\n“We will rebuild it,” Ruiz said."), ["Ana Ruiz"]);
}

#[test]
fn a_pronoun_is_the_subject_of_the_sentence_before() {
    let walk = "Carl Dunn met Tom Okafor on Monday. Okafor walked to the river.";
    assert_eq!(people(&format!("{walk}\n\n“We will rebuild it,” he said.")), ["Tom Okafor"]);
    assert_eq!(people(&format!("{walk} He said “nobody will pay for it.”")), ["Tom Okafor"]);
}

#[test]
fn a_line_of_its_own_names_the_speaker() {
    let quote = "“We are late, and nobody told the people who live here.”";
    let lead = "The board met on Monday.\n\n";
    assert_eq!(speakers(&format!("{lead}{quote}\n\n— Ana Ruiz, mayor of Salem")), ["Ana Ruiz"]);
    assert_eq!(speakers(&format!("{lead}{quote}\n\n- Ana Ruiz\n\nThe vote is in March.")), ["Ana Ruiz"]);
    assert_eq!(
        people(&format!("{lead}From the desk of Nora Blake, analyst at Harbor Research.\n\n{quote}")),
        ["Nora Blake"]
    );
    assert_eq!(speakers(&format!("{lead}{quote}\n\nThe vote is in March.")), ["-"]);
    assert_eq!(speakers(&format!("{lead}{quote}\n\n- oil\n\n- paint")), ["-"]);
}

#[test]
fn what_was_paraphrased_before_is_said_by_the_same() {
    let told = "The board met. Mayor Ana Ruiz said in a statement that they were glad.";
    let quote = "“When an officer moves on, the file has to move along.”";
    assert_eq!(people(&format!("{told}\n\n{quote}")), ["Ana Ruiz"]);
    assert_eq!(quotes(&format!("{told}\n\n{quote}"), |_, q| q.basis), [super::Basis::ParagraphBefore]);
    let said = "The board met. Mayor Ana Ruiz said the repair would wait.";
    assert_eq!(quotes(&format!("{said}\n\n{quote}"), |_, q| q.basis), [super::Basis::Paraphrase]);
}

#[test]
fn a_quote_may_span_a_list() {
    let body =
        "The note says:\n\n“These tools belong to all:\n\n- the editor\n\n- the viewer\n\nNobody needs to ask us.”";
    assert_eq!(quotes(body, |_, q| (q.closed, q.continued)), [(false, false), (true, true)]);
}

#[test]
fn who_says_it_in_other_shapes() {
    for (body, speaker) in [
        ("Rep. Ana Ruiz (D., Lane) said the bill is “a mess from the start.”", "Rep. Ana Ruiz (D., Lane)"),
        ("“It is a mess,” Sen. Ana Ruiz (D-N.H.) said.", "Sen. Ana Ruiz (D-N.H.)"),
        ("“We are late,” Ana Ruiz recalled her father telling her in Salem.", "her father"),
        ("Ana Ruiz told the Herald that Dale Finch had called the plan “a mess from the start.”", "Dale Finch"),
        ("The plan is “a mess from the start,” in Dale Finch’s telling.", "Dale Finch"),
        ("In Finch’s words, “nobody needs a plan like this.”", "Finch"),
        ("In the words of Dale Finch, “nobody needs a plan like this.”", "Dale Finch"),
        ("“It is a mess” for the town and a gift to nobody, Finch said.", "Finch"),
        ("“It is a mess” for the town and a gift to nobody, said Dale Finch, the mayor.", "Dale Finch, the mayor"),
        ("“I doubt the plan” — it is dear — “will ever work at all,” Finch said.", "Finch"),
        ("Finch gave a reason: “It rained all day long,” Ruiz said.", "Ruiz"),
        ("A long count — Dale Finch: “It rained all day long.”", "Dale Finch"),
        ("In short, explained Dale Finch: “It rained all day long.”", "Dale Finch"),
        ("A woman held up a sign saying “Nobody asked us about it.”", "a sign"),
        ("Finch, during a stop in Salem, Ohio, said it was “a mess from the start.”", "Finch"),
        ("Ruiz is a delegate and in a letter thanked Finch for “an exciting campaign.”", "Ruiz"),
        ("Moreover, Finch noted a report that “nobody read the whole plan.”", "Finch"),
        ("A few days later, Finch turned round, telling the board that it was “a mess from the start.”", "Finch"),
        ("Kyle Brannigan, 34, who rents a flat, said “it is a mess for all of us.”", "Kyle Brannigan, 34"),
        ("“It is late.” The union said “nobody was asked about it.”", "-"),
        ("“It is late.” Finch said, twice, that he was tired. Ruiz agreed.", "-"),
    ] {
        assert_eq!(speakers(body).first().map(String::as_str), Some(speaker), "{body}");
    }
}

#[test]
fn an_aide_is_not_the_person_she_works_for() {
    let lead = "Tom Okafor and Ana Ruiz came.\n\n";
    for (said, person) in [
        ("Okafor adviser Ana Ruiz said", "Ana Ruiz"),
        ("Okafor’s lawyer, Ana Ruiz, said", "Ana Ruiz"),
        ("Okafor’s lawyer said", "-"),
        ("an aide to Okafor said", "-"),
        ("Ruiz, an adviser to Okafor, said", "Ana Ruiz"),
    ] {
        assert_eq!(people(&format!("{lead}“We will rebuild it,” {said}.")), [person], "{said}");
    }
}

#[test]
fn kinds_of_quotes() {
    use QuoteKind::{Direct, Partial, Scare, Title};
    assert_eq!(kinds("“We will rebuild the bridge,” Ruiz said."), [Direct]);
    assert_eq!(kinds("“No!” Ruiz said."), [Direct]);
    assert_eq!(kinds("Ruiz called the plan “close to worthless” on Monday."), [Partial]);
    assert_eq!(kinds("The “expert” left the room."), [Scare]);
    assert_eq!(kinds("She starred in the film “Rivers of Milltown” last year."), [Title]);
    assert_eq!(kinds("They met Tom “Duke” Okafor there."), [Title]);
    assert_eq!(kinds("Nobody used the word “flood” again."), [Title]);
}

proptest! {
    #[test]
    fn any_text_gives_quotes_in_order_with_spans_inside_their_paragraphs(
        text in "(“|”|\"|'|‘|’|—|:|, | said|Ruiz | he | told |according to |the mayor|who |and |\\.|\\?|\n|É|😀| to | by | was |[a-zA-Z ]){0,40}"
    ) {
        with_story(&text, |story| {
            let mut last = None;
            for q in story.quotes {
                prop_assert!(q.passage.span.contains(q.inner));
                prop_assert!(last.is_none_or(|l| l < q.passage));
                last = Some(q.passage);
                let places = [Some(q.passage), q.cue, q.speaker.as_ref().map(|s| s.passage)];
                for passage in places.into_iter().flatten() {
                    let text = &story.paragraph(passage.paragraph()).text;
                    prop_assert!(text.get(passage.span.range()).is_some());
                }
            }
            Ok(())
        })?;
    }
}
