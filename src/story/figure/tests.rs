use proptest::prelude::*;

use super::*;
use crate::markup::BlockKind;
use crate::story::trigger_table;

fn figures(text: &str) -> Vec<(String, f64, FigureUnit, Option<String>)> {
    let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
    let local = read(&p, &trigger_table::of(&p), &time::LocalTimes::default());
    let noun = |f: &LocalFigure| f.noun.map(|n| p.slice(n).to_owned());
    local.figures.iter().map(|f| (p.slice(f.span).to_owned(), f.value, f.unit, noun(f))).collect()
}

fn one(text: &str) -> (String, f64, FigureUnit, Option<String>) {
    let mut found = figures(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

fn local(text: &str) -> LocalFigure {
    let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
    read(&p, &trigger_table::of(&p), &time::LocalTimes::default()).figures.remove(0)
}

#[test]
fn numbers_in_digits_and_words() {
    for (text, span, value) in [
        ("The fire left twelve families homeless.", "twelve", 12.0),
        ("She sold two dozen eggs.", "two dozen", 24.0),
        ("Half a million voters came.", "Half a million", 500_000.0),
        ("It has 1.2 billion users.", "1.2 billion", 1.2e9),
        ("They drank 3½ bottles.", "3½", 3.5),
        ("They drank 3 1/2 bottles.", "3 1/2", 3.5),
        ("Some twenty-one boats sank.", "twenty-one", 21.0),
        ("He wrote one hundred and twenty letters.", "one hundred and twenty", 120.0),
        ("They sold two and a half million copies.", "two and a half million", 2.5e6),
        ("The hall seats 1,200 guests.", "1,200", 1200.0),
        ("A dozen goats escaped.", "A dozen", 12.0),
    ] {
        let found = one(text);
        assert_eq!((found.0.as_str(), found.1, found.2), (span, value, FigureUnit::Count), "{text}");
    }
}

#[test]
fn units_and_money() {
    for (text, span, value, unit) in [
        ("It cost $3.5 million.", "$3.5 million", 3.5e6, FigureUnit::Money(Currency::UsDollar)),
        ("It cost €5m.", "€5m", 5e6, FigureUnit::Money(Currency::Euro)),
        ("It cost US$20 a head.", "US$20", 20.0, FigureUnit::Money(Currency::UsDollar)),
        ("It cost C$5.", "C$5", 5.0, FigureUnit::Money(Currency::CanadianDollar)),
        ("They paid 20 euros.", "20 euros", 20.0, FigureUnit::Money(Currency::Euro)),
        ("Prices rose 5 per cent.", "5 per cent", 5.0, FigureUnit::Percent),
        ("Prices rose 27%.", "27%", 27.0, FigureUnit::Percent),
        ("The lead grew 2 percentage points.", "2 percentage points", 2.0, FigureUnit::PercentagePoints),
        ("The road is 10 km long.", "10 km", 10.0, FigureUnit::Measure(Measure::Kilometre)),
        ("It was 98 °F in the shade.", "98 °F", 98.0, FigureUnit::Measure(Measure::Fahrenheit)),
        ("He drove 70 mph.", "70 mph", 70.0, FigureUnit::Measure(Measure::MilesPerHour)),
        ("He drove 70 miles per hour.", "70 miles per hour", 70.0, FigureUnit::Measure(Measure::MilesPerHour)),
        ("They ran a 2.5-mile race.", "2.5-mile", 2.5, FigureUnit::Measure(Measure::Mile)),
        ("The 42-year-old left.", "42-year-old", 42.0, FigureUnit::Age),
        ("Ana Ruiz, 42, left.", "42", 42.0, FigureUnit::Age),
        ("The third-largest lake dried up.", "third", 3.0, FigureUnit::Ordinal),
        ("One in four children is poor.", "One in four", 0.25, FigureUnit::Fraction),
        ("Nine out of 10 dentists left.", "Nine out of 10", 0.9, FigureUnit::Fraction),
        ("They need a two-thirds majority.", "two-thirds", 2.0 / 3.0, FigureUnit::Fraction),
    ] {
        let found = one(text);
        assert_eq!((found.0.as_str(), found.1, found.2), (span, value, unit), "{text}");
    }
}

#[test]
fn the_counted_noun() {
    for (text, noun) in [
        ("The fire killed 12 young people.", Some("people")),
        ("Police arrested 12 Israeli soldiers in May.", Some("soldiers")),
        ("Some 27 percent of the voters stayed home.", Some("voters")),
        ("The 12-member board met.", Some("member")),
        ("The blast left 12 dead.", Some("dead")),
        ("It employs 40 arms dealers.", Some("dealers")),
        ("All 12 were at home.", None),
    ] {
        assert_eq!(one(text).3.as_deref(), noun, "{text}");
    }
}

#[test]
fn rounding_is_half_of_the_last_digit() {
    assert_eq!(local("It cost $3.5 million.").rounding, 50_000.0);
    assert_eq!(local("It has 1,200 rooms.").rounding, 0.5);
    assert_eq!(local("It has two dozen rooms.").rounding, 6.0);
}

#[test]
fn bounds() {
    for (text, bound) in [
        ("It cost about $5.", Some(Bound::About)),
        ("It cost nearly $5.", Some(Bound::Below)),
        ("It cost more than $5.", Some(Bound::Above)),
        ("It cost no more than $5.", Some(Bound::AtMost)),
        ("It cost at least $5.", Some(Bound::AtLeast)),
        ("It cost up to $5.", Some(Bound::AtMost)),
        ("It cost $5 or more.", Some(Bound::AtLeast)),
        ("It cost $5.", None),
    ] {
        let figure = local(text);
        assert_eq!((figure.bound, figure.approximate), (bound, bound.is_some()), "{text}");
    }
}

#[test]
fn ranges_share_unit_and_multiplier() {
    for (text, low, high, unit) in [
        ("It costs $5 million to $10 million.", 5e6, 10e6, FigureUnit::Money(Currency::UsDollar)),
        ("It costs $5-10 million.", 5e6, 10e6, FigureUnit::Money(Currency::UsDollar)),
        ("Prices rose 5-10 percent.", 5.0, 10.0, FigureUnit::Percent),
        ("Prices rose 5 to 10 percent.", 5.0, 10.0, FigureUnit::Percent),
        ("Between 500 and 2,000 people came.", 500.0, 2000.0, FigureUnit::Count),
    ] {
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let f = read(&p, &trigger_table::of(&p), &time::LocalTimes::default()).figures;
        assert_eq!(f.len(), 2, "{text}: {f:?}");
        assert_eq!((f[0].value, f[1].value), (low, high), "{text}");
        assert_eq!((f[0].range, f[1].range), (Some(RangeEnd::Low), Some(RangeEnd::High)), "{text}");
        assert_eq!((&f[0].unit, &f[1].unit), (&unit, &unit), "{text}");
    }
    let p = Paragraph::new(BlockKind::Paragraph, "Rent rose from $5 to $10.".to_owned());
    assert!(read(&p, &trigger_table::of(&p), &time::LocalTimes::default()).figures.iter().all(|f| f.range.is_none()));
}

#[test]
fn dates_scores_labels_and_pronouns_are_no_figures() {
    for text in [
        "In 2016 she left.",
        "On Feb. 20, 2018, she left.",
        "On 20 February she left.",
        "It runs May 2 to 5 in town.",
        "The doors open at 8 a.m. and 8:30 p.m.",
        "They won 3-2.",
        "Call 555-0134 or (212) 555-0134.",
        "It is a 501(c)(3) group.",
        "See page 4 of Section 8.",
        "They took Flight 370 on Highway 61.",
        "He lives at 12 Main Street.",
        "Send it to Springfield, Ill. 62701.",
        "It began in the 1990s and the mid-40s.",
        "One of the men left, and no one saw the other one.",
        "At first she stayed.",
        "She served three years.",
        "He waited 15 extra minutes.",
        "It is a two-way street.",
        "Put one foot before the other.",
        "The two met.",
        "The First Lady spoke on Second Avenue.",
        "COVID-19 hit the F-16 crews.",
        "It happened on 9/11.",
        "The 2016-17 season ended.",
    ] {
        assert_eq!(figures(text), [], "{text}");
    }
}

proptest! {
    #[test]
    fn spans_lie_in_the_prose(
        text in "([a-z]{1,6}|[0-9]{1,4}|\\$|€|½|-|–|,|\\.|million|one in |half a |percent|two|-year-old|hundred|and a half| ){0,30}"
    ) {
        let p = Paragraph::new(BlockKind::Paragraph, text);
        let mut end = 0;
        for figure in read(&p, &trigger_table::of(&p), &time::LocalTimes::default()).figures {
            prop_assert!(figure.span.start >= end && figure.span.end() <= p.text.len());
            prop_assert!(p.text.is_char_boundary(figure.span.start()) && p.text.is_char_boundary(figure.span.end()));
            prop_assert!(figure.value.is_finite() && figure.rounding >= 0.0);
            end = figure.span.end;
        }
    }
}
