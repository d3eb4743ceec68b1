use proptest::prelude::*;

use super::*;

fn story(blocks: &[(BlockKind, &str)]) -> Vec<Arc<ParagraphFacts>> {
    blocks.iter().map(|&(kind, text)| Arc::new(ParagraphFacts::new(Paragraph::new(kind, text.to_owned())))).collect()
}

fn linked(text: &str) -> Vec<(Option<String>, Option<String>, bool)> {
    let found = link(&story(&[(BlockKind::Paragraph, text)]));
    found.into_iter().map(|o| (o.name, o.acronym, o.introduced.is_some())).collect()
}

fn entry(name: &str, acronym: &str, introduced: bool) -> (Option<String>, Option<String>, bool) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (some(name), some(acronym), introduced)
}

#[test]
fn introductions_in_either_order() {
    let name = "Harbor Fishing Council";
    for text in [
        "The Harbor Fishing Council (HFC) met. The HFC left.",
        "The HFC, or Harbor Fishing Council, met.",
        "The Harbor Fishing Council, or HFC, met.",
        "The HFC (Harbor Fishing Council) met.",
    ] {
        assert_eq!(linked(text), [entry(name, "HFC", true)], "{text}");
    }
    assert_eq!(linked("It is a rare bay disease (RBD), and RBD spreads."), [entry("rare bay disease", "RBD", true)]);
}

#[test]
fn initials_match_without_an_introduction() {
    let text = "The Board of Harbor Pilots met. The BHP’s chairwoman left.";
    assert_eq!(linked(text), [entry("Board of Harbor Pilots", "BHP", false)]);
}

#[test]
fn a_misfit_is_told() {
    let found = link(&story(&[(BlockKind::Paragraph, "The Harbor Fishing Council (HFX) met.")]));
    assert_eq!(found.len(), 1);
    assert!(found[0].introduced.is_some() && !found[0].fits);
}

#[test]
fn full_names() {
    for (text, name) in [
        ("He joined the Department of Health and Human Services in May.", "Department of Health and Human Services"),
        ("In May the Food and Drug Administration said so.", "Food and Drug Administration"),
        ("The United Nations’ envoy left.", "United Nations"),
        ("The Harbor Port Authority’s head left.", "Harbor Port Authority"),
    ] {
        assert_eq!(linked(text), [entry(name, "", false)], "{text}");
    }
    assert_eq!(linked("Harbor University and Dale College merged.").len(), 2);
    assert_eq!(linked("The court met. Ana Ruiz left the University."), []);
}

#[test]
fn points_plurals_and_possessives_are_stripped() {
    let found = link(&story(&[(BlockKind::Paragraph, "The U.N. met. The UN’s envoy told NGOs. An NGO left.")]));
    let counts: Vec<_> = found.iter().map(|o| (o.acronym.as_deref(), o.acronym_mentions.len(), o.well_known)).collect();
    assert_eq!(counts, [(Some("UN"), 2, true), (Some("NGO"), 2, true)]);
}

#[test]
fn other_capitals_are_no_acronyms() {
    for text in [
        "World War II ended, and Super Bowl XLII began.",
        "It opens at 8 p.m. EST in Harbor, TX, on Monday.",
        "Shares of Harbor (NYSE: HRBX) fell.",
        "J.D. Ruiz spoke to WXYZ in N.Y. on Monday.",
        "We will NEVER stop, he said.",
        "MIAMI (Harbor News) — The port opened.",
        "BREAKING HARBOR ALERT: the port opened today, they said there.",
        "Sen. Ana Ruiz (D-TX) left.",
    ] {
        assert_eq!(linked(text), [], "{text}");
    }
    let shouted = story(&[(BlockKind::Headline, "PORT OPENS IN HFC DEAL"), (BlockKind::Heading, "More on XQZ")]);
    assert_eq!(link(&shouted), []);
}

#[test]
fn a_headline_counts_when_the_body_knows_the_acronym() {
    let found = link(&story(&[
        (BlockKind::Headline, "HFC opens port"),
        (BlockKind::Paragraph, "The Harbor Fishing Council (HFC) opened it."),
    ]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].acronym_mentions.len(), 2);
}

proptest! {
    #[test]
    fn any_text_is_safe(
        text in "(Harbor|Council|of|and|the|or|U\\.N\\.|HC|ICC|UN’s|NGOs|\\(|\\)|,|’|-|é|Trans-Pacific|AFL-CIO| ){0,30}"
    ) {
        let story = story(&[(BlockKind::Headline, text.as_str()), (BlockKind::Paragraph, text.as_str())]);
        for organisation in link(&story) {
            let mentions = organisation.full_mentions.iter().chain(&organisation.acronym_mentions);
            for passage in mentions.chain(&organisation.introduced) {
                prop_assert!(story[passage.paragraph()].paragraph.text.get(passage.span.range()).is_some());
            }
        }
    }
}
