//! What is said in few words: times again and again, quarters, halves, sides of today, and the year that a story is at.

use jiff::civil::date;

use super::*;

#[test]
fn what_comes_again_has_the_length_between() {
    for (text, value) in [
        ("The pier is swept daily.", "P1D"),
        ("The board meets weekly.", "P1W"),
        ("Fees rise every year.", "P1Y"),
        ("They vote every other week.", "P2W"),
        ("They vote every four years.", "P4Y"),
        ("The board meets every Monday.", "XXXX-WXX-1"),
        ("The board meets Mondays.", "XXXX-WXX-1"),
        ("It floods every October.", "XXXX-10"),
        ("It floods every spring.", "XXXX-SP"),
        ("They marched every May 3.", "XXXX-05-03"),
        ("The bell rings every night.", "XXXX-XX-XXTNI"),
    ] {
        resolves(text, value);
    }
    check("The band Happy Mondays played.", &[]);
}

#[test]
fn quarters_and_halves_are_of_the_year_where_business_is_told() {
    resolves("Profit rose in the third quarter.", "2017-Q3");
    resolves("The firm said fourth-quarter sales fell.", "2017-Q4");
    resolves("Exports rose in the first half.", "2017-H1");
    resolves("Investors expect growth to slow in the second half.", "2018-H2");
    check("She scored twice in the third quarter.", &[]);
    check("They led by two goals in the first half.", &[]);
    // A firm's own year is nobody else's.
    let fiscal = only("Profit rose in the fiscal third quarter.");
    assert_eq!((fiscal.value, fiscal.from), (None, None));
}

#[test]
fn earlier_and_later_are_sides_of_today() {
    // It is a Monday, Feb. 12.
    for (text, from, to) in [
        ("The mill burned earlier this year.", date(2018, 1, 1), date(2018, 2, 11)),
        ("The mill burned earlier this month.", date(2018, 2, 1), date(2018, 2, 11)),
        ("The mill will open later this year.", date(2018, 2, 12), date(2018, 12, 31)),
        ("The mill will open later this week.", date(2018, 2, 12), date(2018, 2, 18)),
        ("The mill burned later in 1943.", date(1943, 9, 1), date(1943, 12, 31)),
    ] {
        let time = only(text);
        assert_eq!((time.from, time.to), (Some(from), Some(to)), "{text}");
    }
}

#[test]
fn halves_of_units_are_lengths() {
    resolves("It took half an hour.", "PT30M");
    resolves("It was the worst flood in half a century.", "P50Y");
    resolves("The half-hour talk began.", "PT30M");
    resolves("He ran it for a half-century.", "P50Y");
    check("Half the town came.", &[]);
}

#[test]
fn days_of_a_month_that_is_pointed_at() {
    resolves("The board will meet on the 21st of this month.", "2018-02-21");
    resolves("The board met on the 3rd of last month.", "2018-01-03");
    assert!(only("The board will meet on the 31st of this month.").impossible);
    resolves("It opens on the first day of May.", "2018-05-01");
    resolves("He quit on the last day of 2016.", "2016-12-31");
    resolves("It rained in the last month of 2016.", "2016-12");
    resolves("It rained in the last week of May 2016.", "P1W");
}

#[test]
fn times_ahead_and_behind_by_their_distance() {
    resolves("The ferry returns in two years' time.", "2020");
    resolves("The ferry returns in a week’s time.", "2018-02-19");
    resolves("The mill burned two decades ago.", "1998");
    resolves("The mill burned a century ago.", "1918");
    let hours = only("Twelve people fell ill in the past 24 hours.");
    assert_eq!((hours.from, hours.to), (Some(date(2018, 2, 11)), Some(date(2018, 2, 12))));
    resolves("The bridge must open no later than 2020.", "2020");
    check("More than 2020 came.", &[]);
}

#[test]
fn hours_of_the_world_and_parts_of_named_days() {
    resolves("At 0900 GMT, the rocket rose.", "XXXX-XX-XXT09:00");
    resolves("Friday morning’s vote failed.", "2018-02-09TMO");
    resolves("Filed 20180131 by the clerk.", "2018-01-31");
    check("Case 20189931 was closed.", &[]);
}

#[test]
fn what_is_now_or_to_come_is_vague() {
    check("The current mayor spoke of future fees.", &[("current", "PRESENT_REF"), ("future", "FUTURE_REF")]);
    check("The current was strong.", &[]);
    check("They teach current affairs.", &[]);
    check("They talked of the future of the pier.", &[("the future", "FUTURE_REF")]);
}

#[test]
fn holidays_in_small_letters_where_nothing_else_is_meant() {
    resolves("The town will prepare for labor day weekend.", "2018-W35-WE");
    resolves("When is the next easter?", "2018-04-01");
}

#[test]
fn a_verb_is_helped_only_by_what_stands_before_it() {
    for (text, value) in [
        ("She returned to Salem and cut the fee on Friday.", "2018-02-09"),
        ("He guessed what they were up to and closed the pier Friday.", "2018-02-09"),
        ("The crews were sent to the flooded streets on Friday.", "2018-02-09"),
        ("The fee will only be cut on Friday.", "2018-02-16"),
        ("The plan is to be voted on Friday.", "2018-02-16"),
    ] {
        resolves(text, value);
    }
}

#[test]
fn a_year_that_is_only_mentioned_does_not_move_the_story() {
    let old = "In 1911 the mill burned. In 1912 it was rebuilt, and in 1913 it burned again. On March 10, 1914, the owner \
               fled, who had hoped to sell it by 1916.";
    let found = values(&format!("{old} On March 11 he was found. In 1915 it was sold."));
    assert!(found.contains(&("March 11".to_owned(), "1914-03-11".to_owned())), "{found:?}");
    // A year that opens its sentence does.
    let found = values(&format!("{old} In 1916 the war went on. On March 11 he was found. In 1915 it was sold."));
    assert!(found.contains(&("March 11".to_owned(), "1916-03-11".to_owned())), "{found:?}");
    // Nor does the year before.
    let found =
        values(&format!("{old} It sold more than in the previous year. On March 11 he came. In 1915 it closed."));
    assert!(found.contains(&("March 11".to_owned(), "1914-03-11".to_owned())), "{found:?}");
}

#[test]
fn what_governs_a_day_may_be_a_noun_or_a_condition() {
    // It is a Monday, Feb. 12.
    for (text, value) in [
        ("Her victories in four towns on Tuesday will only speed that up.", "2018-02-06"),
        ("The slaughter early Sunday has changed the town.", "2018-02-11"),
        ("A win Tuesday would help her.", "2018-02-13"),
        ("He must not only win on Tuesday but also spend less.", "2018-02-13"),
        ("That would push the decision to Tuesday.", "2018-02-13"),
        ("If she wins the vote Tuesday, he will quit.", "2018-02-13"),
        ("Few expect him to back her when he speaks to backers on Thursday.", "2018-02-15"),
        ("She held a rally ahead of the vote on Saturday.", "2018-02-17"),
        ("It turned nasty ahead of New Salem’s Tuesday vote.", "2018-02-13"),
        ("The talk, put off due to the mill shooting on Friday, was short.", "2018-02-09"),
        ("He claims to have passed the test on Wednesday.", "2018-02-07"),
        ("In talking to reporters on Friday, she hedged.", "2018-02-09"),
        ("On Thursday, he hedged on whether he would help.", "2018-02-08"),
        ("While she is counting votes, Thursday’s poll was a warning.", "2018-02-08"),
        ("They are hailing the speech on Sunday.", "2018-02-11"),
        ("Earlier Friday, he says, she was well.", "2018-02-09"),
    ] {
        resolves(text, value);
    }
}

#[test]
fn a_day_right_behind_an_old_one_is_of_its_year() {
    check("He came on May 3, 2011. On May 9 he left.", &[("May 3, 2011", "2011-05-03"), ("May 9", "2011-05-09")]);
    check("He came on May 3, 2011. On July 9 he left.", &[("May 3, 2011", "2011-05-03"), ("July 9", "2017-07-09")]);
    check("He came on May 3, 2011. He will leave on May 9.", &[("May 3, 2011", "2011-05-03"), ("May 9", "2018-05-09")]);
}

#[test]
fn years_before_what_they_tell_of() {
    resolves("Output fell below 1990 levels.", "1990");
    resolves("The previous April was wet.", "2017-04");
    check(
        "It lasted 64 days from Nov. 21, 2012, to Jan. 24, 2013.",
        &[("64 days", "P64D"), ("Nov. 21, 2012", "2012-11-21"), ("Jan. 24, 2013", "2013-01-24")],
    );
    resolves("He left for present-day Salem.", "PRESENT_REF");
}

#[test]
fn years_that_own_and_are_owned() {
    resolves("Mrs. Ruiz’s 2008 campaign failed.", "2008");
    check("Mr. Ruiz’s 1987 Harbor Cavalier stood there.", &[]);
    resolves("It lost more than 2003’s $1 million.", "2003");
    resolves("Firms must pay from 2007 onwards.", "2007");
    check("They won by 2,003 votes.", &[]);
}

#[test]
fn the_period_that_the_text_is_at() {
    check("Rents fell in 2014. They had hoped to rise during the year.", &[("2014", "2014"), ("the year", "2014")]);
    check("Rents fell in May 2014. Fares rose in the month.", &[("May 2014", "2014-05"), ("the month", "2014-05")]);
    resolves("Rents fell in the final quarter of 2014.", "2014-Q4");
    resolves("Rents fell in the last quarter of 2014.", "2014-Q4");
    check("He was named player of the year for the week’s catch.", &[]);
}

#[test]
fn lengths_in_figures_with_a_comma_and_before_what_they_describe() {
    resolves("The cheese has been made for 6,000 years.", "P6000Y");
    resolves("Rents are at a near 30 year low.", "P30Y");
    resolves("It opened a quarter-century ago.", "1993");
    resolves("It stood for a quarter of a century.", "P25Y");
    check("A quarter of voters came.", &[]);
}
