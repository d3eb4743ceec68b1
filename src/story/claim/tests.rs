use proptest::prelude::*;

use super::*;
use crate::markup::BlockKind;

fn kinds(text: &str) -> Vec<ClaimKind> {
    let read = ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text.to_owned()));
    read.claims.claims.iter().flat_map(|c| c.kinds.iter().map(|(kind, _)| *kind)).collect()
}

#[test]
fn each_kind_has_its_cue() {
    use ClaimKind::*;
    for (text, kind) in [
        ("Harbor is the largest port on the coast.", Superlative),
        ("She is the first woman to lead the port.", Superlative),
        ("It closed for the first time since the flood.", Superlative),
        ("Some 27 percent of the voters stayed home.", Statistic),
        ("A new study found that the port is safe.", Study),
        ("Resolution 242 asks for a safe port.", Law),
        ("In 1987 the council closed the old port.", History),
        ("The vote passed, allowing pilots to join the union.", Cause),
        ("The flood led to a shortage of bread.", Cause),
        ("Rents are twice as high as in Dale.", Comparison),
        ("The bridge will cost a fortune to keep.", Prediction),
        ("The drug cures cancer in a week or so.", Health),
        ("The mayor never opened the old port.", Absolute),
        ("A third of them stayed in the old port.", Amount),
        ("We have thrown away billions of dollars on the port.", Amount),
        ("Finch voted against the plan for the port.", Act),
        ("This council raised the minimum wage for the pilots.", Act),
        ("The government cut taxes for the owners of the port.", Act),
        ("The price of bread has risen since the flood.", Trend),
        ("It has more pilots and ships than any other port.", Comparison),
    ] {
        assert!(kinds(text).contains(&kind), "{text}: {:?}", kinds(text));
    }
}

#[test]
fn the_firsts_that_are_no_superlatives() {
    for text in [
        "The first lady visited the port of Harbor.",
        "First responders went to the port at once.",
        "It was the first time he spoke to them.",
        "At first she stayed at the port alone.",
        "Is Harbor the largest port on the coast?",
        "“Harbor is the largest port in the world,” she said of it.",
        "He paid more than 50 people to come.",
        "Harbor is one of the largest ports on the coast.",
        "The poll results that show it are in the 2016 report.",
        "She met the pilots after lunch on Tuesday in Harbor.",
        "She would rather stay than leave the port.",
        "She was raised in a house by the port.",
        "He passed away in the old house by the port.",
        "If we voted for the plan, the port would close.",
        "The council should cut taxes for the port.",
        "We will never forget the people of the old port.",
        "We are late because of our love for the port.",
        "It is the greatest threat to the nation.",
        "H.R. 1538 speaks of the pilots of the port.",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_source_halves_the_score() {
    let story = |text: &str| {
        let paragraphs = [Arc::new(ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text.to_owned())))];
        let locals = paragraphs[0].sources.sources.iter();
        let sources: Vec<Source> = locals
            .map(|s| Source {
                passage: Passage::new(0, s.span),
                kind: s.kind,
                cue: None,
                person: None,
                reason_given: None,
            })
            .collect();
        link(&paragraphs, &sources).remove(0)
    };
    let bare = story("Harbor is the largest port on the coast.");
    let sourced = story("Harbor is the largest port on the coast, officials said.");
    assert!(!bare.sourced && sourced.sourced);
    assert_eq!((bare.score, sourced.score), (0.5, 0.25));
    let vague = story("Harbor is reportedly the largest port on the coast.");
    assert!(!vague.sourced);
}

proptest! {
    #[test]
    fn any_text_is_safe(text in "(the|first|largest|more|than|will|cost|study|found|Act|In 1987|after|27 percent|of|no|one|[,.“”?]|é| ){0,30}") {
        let read = Arc::new(ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text)));
        for claim in link(std::slice::from_ref(&read), &[]) {
            prop_assert!(read.paragraph.text.get(claim.passage.span.range()).is_some());
            prop_assert!(claim.score > 0.0 && claim.score <= 1.0 && !claim.kinds.is_empty());
        }
    }
}
