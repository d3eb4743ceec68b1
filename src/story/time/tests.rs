//! Each family of expressions, on sentences of our own.

mod pairs_tests;
mod said_tests;

use std::sync::Arc;

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;
use crate::markup::BlockKind;
use crate::story::PublishedOrigin;
use crate::story::trigger_table;
use crate::story::{ParagraphFacts, Published};

fn published() -> Published {
    // A Monday.
    Published { date: jiff::civil::date(2018, 2, 12), origin: PublishedOrigin::Given, range: None }
}

fn times(text: &str) -> Vec<(String, TimeExpression)> {
    let read = Arc::new(ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text.to_owned())));
    let paragraphs = vec![read];
    let times = link(&paragraphs, Some(&published()), &mut LinkedTimes::default());
    let slice = |t: &TimeExpression| paragraphs[0].paragraph.slice(t.passage.span).to_owned();
    times.iter().map(|t| (slice(t), t.clone())).collect()
}

/// Text and value of each expression.
fn values(text: &str) -> Vec<(String, String)> {
    times(text).into_iter().map(|(text, t)| (text, t.value.unwrap_or_default())).collect()
}

#[track_caller]
fn check(text: &str, wanted: &[(&str, &str)]) {
    let found = values(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, wanted, "{text}");
}

fn only(text: &str) -> TimeExpression {
    let mut found = times(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0).1
}

fn day(text: &str) -> Option<Date> {
    let time = only(text);
    assert_eq!(time.from, time.to, "{text}");
    time.from
}

/// What the only expression is resolved to.
#[track_caller]
fn resolves(text: &str, value: &str) {
    assert_eq!(only(text).value.as_deref(), Some(value), "{text}");
}

#[test]
fn weekdays_lie_where_what_governs_them_puts_them() {
    // It is a Monday, Feb. 12.
    for (text, value) in [
        ("The fair starts Saturday.", "2018-02-17"),
        ("Schools open Tuesday.", "2018-02-13"),
        ("The bill goes to the Senate Friday.", "2018-02-16"),
        ("The event is Saturday.", "2018-02-17"),
        ("The hearing has been rescheduled for Tuesday.", "2018-02-13"),
        ("The vote was postponed until Friday.", "2018-02-16"),
        ("Among the first towns to join the pact on Friday were two ports.", "2018-02-09"),
        ("Council to vote Tuesday", "2018-02-13"),
        ("The board planned to leave Thursday.", "2018-02-15"),
        ("He was to speak Friday.", "2018-02-16"),
        ("Protesters planned a large march on Saturday.", "2018-02-17"),
        ("The board did not plan to remove the head on Thursday.", "2018-02-15"),
        ("The grandparents could not be located Wednesday.", "2018-02-07"),
        ("Ruiz would not comment Friday.", "2018-02-09"),
        ("The lawyers look for ways to get around Wednesday’s ruling.", "2018-02-07"),
        ("The man arrested Tuesday will appear in court.", "2018-02-06"),
        ("The board met Friday.", "2018-02-09"),
        ("The board will vote Friday.", "2018-02-16"),
    ] {
        resolves(text, value);
    }
}

#[test]
fn ordinal_weekdays_of_a_month() {
    resolves("The board picked a head on the first Tuesday in February.", "2018-02-06");
    resolves("The vote is the last Friday of this month.", "2018-02-23");
    resolves("They met on the third Monday of January 2018.", "2018-01-15");
    resolves("They meet on the second Monday of every month.", "XXXX-WXX-1");
    check("It rained on a Tuesday, as on the second Monday.", &[]);
}

#[test]
fn days_told_from_other_days() {
    resolves("The hearing will be held a week from Tuesday.", "2018-02-20");
    resolves("It happened two weeks ago Tuesday.", "2018-01-23");
    resolves("The bridge fell three years ago this month.", "2015-02");
    resolves("The shop opened 20 years ago today.", "1998-02-12");
    resolves("The board will meet next week on Tuesday.", "2018-02-20");
    resolves("The board will meet Tuesday of next week.", "2018-02-20");
    resolves("The fair was held the weekend of Feb. 3.", "2018-W05-WE");
    resolves("The board met over the weekend.", "2018-W06-WE");
    check("The fair runs from Friday to Sunday.", &[("Friday", "2018-02-16"), ("Sunday", "2018-02-18")]);
    check("The fair ran from Friday to Sunday.", &[("Friday", "2018-02-09"), ("Sunday", "2018-02-11")]);
}

#[test]
fn months_and_holidays_lie_where_a_finite_verb_puts_them() {
    resolves("The firm cut 40 jobs in March.", "2017-03");
    resolves("The trial will begin in January.", "2019-01");
    resolves("The shop opened on Presidents Day.", "2017-02-20");
    resolves("She quit after the clerk, who stepped down in March.", "2017-03");
}

#[test]
fn what_governs_a_time_of_day_governs_its_weekday() {
    for (text, day) in [
        ("The board extended its deadline until 9 a.m. Tuesday.", "2018-02-13"),
        ("The board extended its deadline until noon Tuesday.", "2018-02-13"),
        ("The crew will leave early (4 a.m. Thursday), the mayor said.", "2018-02-15"),
        ("The crew left the pier at 9 a.m. Friday.", "2018-02-09"),
    ] {
        let days = values(text);
        assert_eq!(days.last().map(|(_, value)| value.as_str()), Some(day), "{text}: {days:?}");
    }
}

#[test]
fn hours_lengths_and_ends_as_people_say_them() {
    resolves("He left at 4 in the morning.", "XXXX-XX-XXT04:00");
    resolves("The bar closes at eleven at night.", "XXXX-XX-XXT23:00");
    resolves("It ended a years-old feud.", "PXY");
    resolves("It ended a six year legal fight.", "P6Y");
    check("The show “60 Minutes” told of it.", &[]);
    check("She sold before 2010 or after 2018.", &[("2010", "2010"), ("2018", "2018")]);
    check(
        "The blast came at 10:35 a.m. (0735 GMT) Friday, police said.",
        &[("10:35 a.m.", "2018-02-09T10:35"), ("0735 GMT", "2018-02-09T07:35"), ("Friday", "2018-02-09")],
    );
    resolves("A summit was set for Harbor City in April.", "2018-04");
    check("In March, a week after the fire, the mayor left.", &[("March", "2017-03"), ("a week", "P1W")]);
    resolves("They left over Labor Day weekend 2015.", "2015-W36-WE");
    resolves("They marched as Presidents Day week began.", "2018-W08");
}

#[test]
fn years_of_two_figures_and_of_firms() {
    resolves("The firm lost money in fiscal 2017.", "FY2017");
    resolves("It took 2 1/2 years.", "P2.5Y");
    resolves("It took a year and a half.", "P1.5Y");
    check("The fee covers 01/04/2013 to 31/03/2014.", &[("01/04/2013", "2013-04-01"), ("31/03/2014", "2014-03-31")]);
    check("Sales fell from a year earlier.", &[("a year earlier", "2017")]);
    check("The Herald Sun, 12 March 2015, has it.", &[("12 March 2015", "2015-03-12")]);
}

#[test]
fn a_time_of_day_has_the_day_behind_it() {
    check("They met at 10 p.m. Friday.", &[("10 p.m.", "2018-02-09T22:00"), ("Friday", "2018-02-09")]);
    check("They met at 5 p.m. on Friday.", &[("5 p.m.", "2018-02-09T17:00"), ("Friday", "2018-02-09")]);
}

#[test]
fn old_years_do_not_overrule_a_date_that_is_given() {
    let text = "The pier opened in 1908. It burned in 1921, 1933 and 1947, and was sold in 1962 and 1971. Last year the board closed it.";
    let last = times(text).pop().expect("there are times");
    assert_eq!((last.0.as_str(), last.1.value.as_deref()), ("Last year", Some("2017")));
}

#[test]
fn what_limits_something_to_come_has_not_begun() {
    // It is a Monday in winter.
    for (text, value) in [
        ("The pier must be mended before winter, Finch said.", "2018-WI"),
        ("The town needs a new ferry by summer, Finch said.", "2018-SU"),
        ("They hope to finish by spring.", "2018-SP"),
        ("Repairs should be done by Christmas.", "2018-12-25"),
        ("The city asked the board to finish the bridge by Christmas.", "2018-12-25"),
        ("The board voted to keep the pier closed until winter.", "2018-WI"),
        ("The bridge is closed until winter.", "2018-WI"),
        ("By winter, the board has to decide.", "2018-WI"),
        ("The board wants an answer by Friday.", "2018-02-16"),
        ("The ferry will not run before February.", "2019-02"),
        ("The board wants to finish by early winter.", "2018-WI"),
        ("“The operators insist on building the pier before winter,” Finch said.", "2018-WI"),
    ] {
        assert_eq!(only(text).value.as_deref(), Some(value), "{text}");
    }
    // What was done was done before that.
    for (text, value) in [
        ("The pier was finished before winter.", "2017-WI"),
        ("The town raised fares before Christmas.", "2017-12-25"),
        ("By Friday, the water had gone.", "2018-02-09"),
        ("They managed to finish it before winter.", "2017-WI"),
        ("The ferry ran to the island until December.", "2017-12"),
        ("The ferry will not run in winter.", "2017-WI"),
    ] {
        assert_eq!(only(text).value.as_deref(), Some(value), "{text}");
    }
}

#[test]
fn dates_in_words() {
    check("The bridge opened on Feb. 20, 2018.", &[("Feb. 20, 2018", "2018-02-20")]);
    check("The bridge opened on 20 February 2018.", &[("20 February 2018", "2018-02-20")]);
    check("It opened on the 20th of February, 2017, at last.", &[("the 20th of February, 2017", "2017-02-20")]);
    check("It opened 03rd Jan 2019.", &[("03rd Jan 2019", "2019-01-03")]);
    check("She was born May twenty nine, 1950.", &[("May twenty nine, 1950", "1950-05-29")]);
    check("He left in March 2016 and came back in June.", &[("March 2016", "2016-03"), ("June", "2017-06")]);
}

#[test]
fn dates_in_figures_keep_both_readings() {
    check("Filed 2018-02-20 by Ana Ruiz.", &[("2018-02-20", "2018-02-20")]);
    check("Filed 20.02.2018 in Bonn.", &[("20.02.2018", "2018-02-20")]);
    let time = only("Filed 03/04/2018 by the clerk.");
    assert_eq!(time.value.as_deref(), Some("2018-03-04"));
    assert_eq!(time.alternatives, [(jiff::civil::date(2018, 4, 3), jiff::civil::date(2018, 4, 3))]);
    assert!(only("Filed 2/20/2018 by the clerk.").alternatives.is_empty());
}

#[test]
fn impossible_days_are_marked() {
    assert!(only("They meet on Feb. 30.").impossible);
    assert!(only("They met on Feb. 29, 2018.").impossible);
    assert!(!only("They met on Feb. 29, 2016.").impossible);
}

#[test]
fn a_weekday_that_disagrees_with_its_date_gives_both_days() {
    let time = only("The council meets Monday, Feb. 20, 2018.");
    assert_eq!(time.from, Some(jiff::civil::date(2018, 2, 20)));
    assert_eq!(time.alternatives, [(jiff::civil::date(2018, 2, 19), jiff::civil::date(2018, 2, 19))]);
    assert!(only("The council meets Tuesday, Feb. 20, 2018.").alternatives.is_empty());
}

#[test]
fn parts_are_kept_as_written() {
    let text = "Late December, Mayor Dale Finch left; he returned Tues., Sept. 4th.";
    let paragraph = Paragraph::new(BlockKind::Paragraph, text.to_owned());
    let local = read(&paragraph, &trigger_table::of(&paragraph));
    let [late, date] = local.expressions.as_slice() else { panic!("{local:?}") };
    assert!(late.opens_sentence && late.preposition.is_none());
    assert_eq!(late.written.portion.map(|(p, _)| p), Some(Portion::Late));
    let month = date.written.month.expect("a month is written");
    assert!(month.abbreviated && month.point && month.number == 9);
    assert!(date.written.day.is_some_and(|d| d.ordinal && d.value == 4));
    assert!(date.written.weekday.is_some_and(|w| w.abbreviated && w.number == 2));
}

#[test]
fn weekdays_go_by_the_tense() {
    let date = jiff::civil::date;
    assert_eq!(day("The council met Friday."), Some(date(2018, 2, 9)));
    assert_eq!(day("The council met on Monday."), Some(date(2018, 2, 12)));
    assert_eq!(day("The council will meet Friday."), Some(date(2018, 2, 16)));
    assert_eq!(day("The council is scheduled to meet Friday."), Some(date(2018, 2, 16)));
    assert_eq!(day("She arrived last Wednesday."), Some(date(2018, 2, 7)));
    let time = only("On Sunday, Ana Ruiz left the city.");
    assert_eq!(time.assumed.as_deref(), Some("published 2018-02-12 (given); past tense, so the Sunday before"));
    check("They met Thursday night.", &[("Thursday night", "2018-02-08TNI")]);
    check("They met Tuesday’s deadline.", &[("Tuesday", "2018-02-06")]);
}

#[test]
fn dates_without_a_year_stay_near() {
    let date = jiff::civil::date;
    assert_eq!(day("Voters were told of the March 6 primary."), Some(date(2018, 3, 6)));
    assert_eq!(day("He was born on Nov. 3."), Some(date(2017, 11, 3)));
    assert_eq!(day("They must file by Jan. 31."), Some(date(2018, 1, 31)));
    assert_eq!(day("She lost a brother in the Sept. 11 attacks."), Some(date(2001, 9, 11)));
}

#[test]
fn days_weeks_and_months_around_publication() {
    check("He left yesterday and votes tomorrow.", &[("yesterday", "2018-02-11"), ("tomorrow", "2018-02-13")]);
    check("They met last week.", &[("last week", "2018-W06")]);
    check("Sales fell last month and this year.", &[("last month", "2018-01"), ("this year", "2018")]);
    check("It closed two years ago.", &[("two years ago", "2016")]);
    check("It closed three days ago.", &[("three days ago", "2018-02-09")]);
    check("It reopens in two weeks.", &[("in two weeks", "2018-02-26")]);
    check("Sales fell over the past three months.", &[("the past three months", "P3M")]);
}

#[test]
fn the_text_is_followed() {
    check(
        "The dam broke on May 3, 2011. Two days later the army came. The following day it rained.",
        &[("May 3, 2011", "2011-05-03"), ("Two days later", "2011-05-05"), ("The following day", "2011-05-06")],
    );
    check("It opened in 1998. That year, rents rose.", &[("1998", "1998"), ("That year", "1998")]);
}

#[test]
fn history_is_read_by_its_own_dates() {
    let text = "In 1911 the mill burned. It was rebuilt in 1912, and in May 1913 it burned again. On June 4 the owner \
                fled. The next month he was found. In 1914 the war began; by 1915 it was lost. In November 1916 it rained. \
                In January the river rose.";
    let found = values(text);
    let value = |wanted: &str| found.iter().find(|(text, _)| text == wanted).map(|(_, value)| value.as_str());
    assert_eq!(value("June 4"), Some("1913-06-04"));
    assert_eq!(value("The next month"), Some("1913-07"));
    assert_eq!(value("January"), Some("1917-01"));
}

#[test]
fn periods() {
    check("By early 1941 it was over.", &[("early 1941", "1941")]);
    check("In the mid-1990s rents rose.", &[("the mid-1990s", "199")]);
    check("Rents rose in the ’90s.", &[("the ’90s", "199")]);
    check("Rents rose in the nineties.", &[("the nineties", "199")]);
    check("A house of the 19th century.", &[("the 19th century", "18")]);
    check("It fell in 480 B.C. to the fleet.", &[("480 B.C.", "BC0480")]);
    check("The summer of 2017 was dry.", &[("The summer of 2017", "2017-SU")]);
    check("Profit fell in the third quarter of 2017.", &[("the third quarter of 2017", "2017-Q3")]);
    check("It ends at the end of the year.", &[("the end of the year", "2018")]);
}

#[test]
fn an_order_of_events_is_not_vague() {
    check("She soon found the key.", &[]);
    check("She left soon after the vote.", &[]);
    check("The road will reopen soon.", &[("soon", "FUTURE_REF")]);
    check("They built it in seven weeks.", &[("seven weeks", "P7W")]);
}

#[test]
fn durations_repetition_and_clock() {
    check("The strike lasted three days.", &[("three days", "P3D")]);
    check("He signed a 10-year lease.", &[("10-year", "P10Y")]);
    check("The board meets every Monday.", &[("every Monday", "XXXX-WXX-1")]);
    check("The doors open at 8:30 p.m. EST, he said.", &[("8:30 p.m. EST", "XXXX-XX-XXT20:30")]);
    check("It was quiet until noon.", &[("noon", "XXXX-XX-XXT12:00")]);
    check("He recently moved.", &[("recently", "PAST_REF")]);
}

#[test]
fn holidays() {
    check("Shops close on Christmas Eve.", &[("Christmas Eve", "2017-12-24")]);
    check("They met on Thanksgiving 2016.", &[("Thanksgiving 2016", "2016-11-24")]);
    check("Shops were full on Black Friday.", &[("Black Friday", "2017-11-24")]);
}

#[test]
fn numbers_and_names_that_are_no_time() {
    for text in [
        "About 2,000 people came.",
        "She won 2018 votes.",
        "It cost $1990 then.",
        "See page 1945 of the report.",
        "Flight 1549 landed.",
        "They may march in august company.",
        "April Jones spoke for the board.",
        "Theresa May said no.",
        "The second runner fell.",
        "The 19-year-old driver fled.",
        "The sun sat low.",
        "The Daily Bugle wrote so.",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}

#[test]
fn without_a_publication_date_nothing_is_guessed() {
    let read = Arc::new(ParagraphFacts::new(Paragraph::new(
        BlockKind::Paragraph,
        "They met Monday, Feb. 5, and last week.".to_owned(),
    )));
    let times = link(&[read], None, &mut LinkedTimes::default());
    assert!(times.iter().all(|t| t.from.is_none() && t.assumed.is_none()), "{times:?}");
}

#[test]
fn words_that_could_nest_do_not_exhaust_the_stack() {
    for piece in
        ["the first half of ", "the first week of ", "early in the end of ", "two days after ", "last this next "]
    {
        let paragraph = Paragraph::new(BlockKind::Paragraph, piece.repeat(20_000));
        let local = read(&paragraph, &trigger_table::of(&paragraph));
        assert!(local.expressions.len() <= 20_000);
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order(text in "(Feb\\.|May|last|the|end of|20th|1990|2018|-|–|’|'|,|/|week|two|days|later|from|to|é|😀|9999|0|\u{200b}| | ){0,24}") {
        let paragraph = Paragraph::new(BlockKind::Paragraph, text.clone());
        let mut last = 0;
        for expression in &read(&paragraph, &trigger_table::of(&paragraph)).expressions {
            prop_assert!(expression.span.start() >= last && !expression.span.is_empty());
            prop_assert!(text.is_char_boundary(expression.span.start()) && text.is_char_boundary(expression.span.end()));
            last = expression.span.end();
        }
        let paragraphs = [Arc::new(ParagraphFacts::new(paragraph))];
        link(&paragraphs, Some(&published()), &mut LinkedTimes::default());
        link(&paragraphs, None, &mut LinkedTimes::default());
    }

    #[test]
    fn any_characters_do_not_panic(text in "\\PC{0,60}") {
        let paragraphs = [Arc::new(ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text)))];
        link(&paragraphs, Some(&published()), &mut LinkedTimes::default());
    }
}

/// Paragraphs without an anchor are not read at all, so each expression must have one; see [`anchors`].
#[test]
fn each_expression_has_an_anchor() {
    let anchorless = |text: &str| {
        let paragraph = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let triggers = trigger_table::of(&paragraph);
        let text = text::AtomText::new(&paragraph, &triggers);
        let holds =
            |atom: &atoms::Atom| triggers.at(atom.token as usize).any_of(Triggers::TIME_ANCHOR | Triggers::NAMED_DAY);
        // The month of `18 and 19 June` is its anchor, too.
        let found = recognise::all(&text).into_iter().filter(|(_, found)| found.written.month.is_none());
        let mut found = found.map(|(at, found)| at..found.end);
        found.find(|atoms| !text.atoms[atoms.clone()].iter().any(holds))
    };
    let rules = crate::checks::load(crate::rules::PACKS, []).rules.rules;
    let examples = rules.iter().flat_map(|rule| &rule.examples);
    let texts: Vec<String> = examples
        .flat_map(|example| [&example.bad, &example.good])
        .flatten()
        .map(|text| text.replace(['⟦', '⟧'], ""))
        .chain(
            [
                "In the past, at that time and for the time being, these days were the near future.",
                "The final day of the first half of last year came in nineteen eighty-six, or by mid-Feb. at the latest.",
                "It was the latter half of the year two thousand and eight, ca. 480 B.C., at this moment and in that period.",
                "From the second to the third of May they sang on Easter Monday, every night, a full year, recently and now.",
            ]
            .map(str::to_owned),
        )
        .collect();
    assert!(texts.iter().filter(|text| !times(text).is_empty()).count() > 100);
    for text in &texts {
        assert_eq!(anchorless(text), None, "{text}");
    }
}

#[test]
fn units_are_counted_together_and_before_which_ones() {
    check("She left 2 weeks and 2 days ago.", &[("2 weeks and 2 days ago", "2018-01-27")]);
    let weeks = only("The three next weeks are busy.");
    assert_eq!((weeks.from, weeks.to), (Some(jiff::civil::date(2018, 2, 13)), Some(jiff::civil::date(2018, 3, 5))));
    resolves("The trail closes the week after next.", "2018-W09");
}

#[test]
fn a_toll_behind_a_day_leaves_the_day() {
    resolves("The bombings on Jan. 7 killed 259 people.", "2018-01-07");
    resolves("Storms in January left 7 killed.", "2018-01");
}

#[test]
fn the_nearest_day_with_its_weekday_gives_the_year() {
    // Feb. 13 was a Monday in the year before.
    resolves("The board meets Tuesday, Feb. 13.", "2018-02-13");
    resolves("The board met on Thursday, March 1.", "2018-03-01");
}

#[test]
fn history_beside_what_happens_now_goes_on_from_its_own_dates() {
    let years = "It opened in 1918, grew in 1922, 1925, 1928, 1931, 1934 and 1937, and burned on May 3, 1938.";
    let found = values(&format!("{years} On June 9 the council met."));
    assert_eq!(found.last(), Some(&("June 9".to_owned(), "1938-06-09".to_owned())));
    // Once something of today was named, days are of today.
    let found = values(&format!("{years} The council met Friday. On Jan. 9 it had met already."));
    assert_eq!(found.last(), Some(&("Jan. 9".to_owned(), "2018-01-09".to_owned())));
}
