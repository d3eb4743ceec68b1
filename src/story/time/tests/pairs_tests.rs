//! Two dates that share a month or a century, and the ends of ranges.

use super::*;

#[test]
fn ranges() {
    for text in
        ["The fair runs from May 2 to 5, 2018.", "The fair ran May 2–5, 2018.", "It ran between May 2 and 5, 2018."]
    {
        check(text, &[("May 2", "2018-05-02"), ("5, 2018", "2018-05-05")]);
    }
    check("It ran 2-5 May 2018.", &[("2", "2018-05-02"), ("5 May 2018", "2018-05-05")]);
    check("It ran from 2 to 5 May 2018.", &[("2", "2018-05-02"), ("5 May 2018", "2018-05-05")]);
    check("It ran from the 2nd to the 5th of May.", &[("the 2nd", "2017-05-02"), ("the 5th of May", "2017-05-05")]);
    check("He led the union (1990-95).", &[("1990", "1990"), ("95", "1995")]);
    check("The 2016–17 season was short.", &[("2016", "2016"), ("17", "2017")]);
    let found = times("The fair ran May 2–5, 2017.");
    assert_eq!(found.iter().map(|(_, t)| t.until).collect::<Vec<_>>(), [Some(1), None]);
}

#[test]
fn two_whole_dates_are_two_expressions_and_a_pair() {
    let found = times("The fair ran from May 2 to June 5, 2017, and will again.");
    let [(_, first), (_, last)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((first.value.as_deref(), last.value.as_deref()), (Some("2017-05-02"), Some("2017-06-05")));
    assert_eq!((first.until, last.until), (Some(1), None));
    let found = times("He led the union between 2001 and 2009.");
    assert_eq!(found.iter().map(|(_, t)| t.until).collect::<Vec<_>>(), [Some(1), None]);
    check("It was a drought (October–March 2016).", &[("October", "2015-10"), ("March 2016", "2016-03")]);
}

#[test]
fn the_second_of_two_days_takes_the_month_of_the_first() {
    check("It met on April 24 and 25, 2016.", &[("April 24", "2016-04-24"), ("25, 2016", "2016-04-25")]);
    check("It met on 18 and 19 June 2016.", &[("18", "2016-06-18"), ("19 June 2016", "2016-06-19")]);
    check("On Jan. 3 and 40 others came.", &[("Jan. 3", "2018-01-03")]);
    check("It ran Nov. 18-Dec. 19, 2015.", &[("Nov. 18", "2015-11-18"), ("Dec. 19, 2015", "2015-12-19")]);
}
