//! `conversion` and `false-precision`: the same measure in two systems, “10 miles (16 kilometers)”.

use super::{decimals, interval, with_value};
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, sentences, written};
use crate::story::figure::{Bound, FigureUnit, LocalFigure, Measure, RangeEnd};

/// How far desks round in a conversion, as a share of the value.
const ROUNDED: f64 = 0.05;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Speed,
}

/// Dimension, size in SI units, and whether the unit is metric. Definitions: NIST Special Publication 811, appendix B.
fn unit(measure: Measure) -> Option<(Dimension, f64, bool)> {
    Some(match measure {
        Measure::Inch => (Dimension::Length, 0.0254, false),
        Measure::Foot => (Dimension::Length, 0.3048, false),
        Measure::Yard => (Dimension::Length, 0.9144, false),
        Measure::Mile => (Dimension::Length, 1609.344, false),
        Measure::Millimetre => (Dimension::Length, 0.001, true),
        Measure::Centimetre => (Dimension::Length, 0.01, true),
        Measure::Metre => (Dimension::Length, 1.0, true),
        Measure::Kilometre => (Dimension::Length, 1000.0, true),
        Measure::SquareFoot => (Dimension::Area, 0.092_903_04, false),
        Measure::SquareYard => (Dimension::Area, 0.836_127_36, false),
        Measure::Acre => (Dimension::Area, 4_046.856_422_4, false),
        Measure::SquareMile => (Dimension::Area, 2_589_988.110_336, false),
        Measure::SquareMetre => (Dimension::Area, 1.0, true),
        Measure::Hectare => (Dimension::Area, 10_000.0, true),
        Measure::SquareKilometre => (Dimension::Area, 1e6, true),
        Measure::CubicFoot => (Dimension::Volume, 0.028_316_846_592, false),
        Measure::CubicYard => (Dimension::Volume, 0.764_554_857_984, false),
        Measure::Gallon => (Dimension::Volume, 0.003_785_411_784, false),
        Measure::Litre => (Dimension::Volume, 0.001, true),
        Measure::CubicMetre => (Dimension::Volume, 1.0, true),
        Measure::Ounce => (Dimension::Mass, 0.028_349_523_125, false),
        Measure::Pound => (Dimension::Mass, 0.453_592_37, false),
        Measure::Gram => (Dimension::Mass, 0.001, true),
        Measure::Kilogram => (Dimension::Mass, 1.0, true),
        Measure::MilesPerHour => (Dimension::Speed, 0.447_04, false),
        Measure::KilometresPerHour => (Dimension::Speed, 1.0 / 3.6, true),
        _ => return None,
    })
}

/// The imperial gallon against the US gallon: a British story means the larger one.
const IMPERIAL_GALLON: f64 = 4.546_09 / 3.785_411_784;

/// A measure and, right after it, the same in another system, that are not equal.
pub(in crate::checks) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 2) {
        for (at, pair) in sentence.figures.windows(2).enumerate() {
            let [last, first] = pair else { continue };
            if !says_again(&sentence, last, first) || is_compound(&sentence, at) {
                continue;
            }
            let ranges = (last.range == Some(RangeEnd::High), first.range == Some(RangeEnd::Low));
            match ranges {
                (false, false) if last.range.is_none() && first.range.is_none() => {
                    out.extend(compare(rule, &sentence, last, first));
                }
                // “10 to 15 miles (16 to 24 km)”: low with low, high with high.
                (true, true) => {
                    let low = at.checked_sub(1).and_then(|low| sentence.figures.get(low));
                    let (Some(low), Some(high)) = (low, sentence.figures.get(at + 2)) else { continue };
                    out.extend(compare(rule, &sentence, low, first));
                    out.extend(compare(rule, &sentence, last, high));
                }
                _ => {}
            }
        }
    }
}

/// Whether the second figure says the first again: in brackets right after it, or as `, or about 6 miles` and `, nearly 1,000
/// feet`, where the words say that it is another way to put it.
fn says_again(sentence: &FigureSentence, first: &LocalFigure, second: &LocalFigure) -> bool {
    let mark = sentence.next(first);
    let Some(head) = sentence.head(second) else { return false };
    match sentence.low(mark) {
        "(" => head == mark,
        "," => second.approximate && (head == mark || head == mark + 1 && sentence.low(head) == "or"),
        _ => false,
    }
}

/// Whether the measure is the second half of one such as `6 feet 2 inches`.
fn is_compound(sentence: &FigureSentence, at: usize) -> bool {
    let (Some(before), Some(figure)) =
        (at.checked_sub(1).and_then(|b| sentence.figures.get(b)), sentence.figures.get(at))
    else {
        return false;
    };
    let gap = sentence.first(figure).saturating_sub(sentence.next(before));
    matches!((&before.unit, &figure.unit), (FigureUnit::Measure(_), FigureUnit::Measure(_)))
        && figure.range.is_none()
        && gap <= 2
}

/// Names of one unit, each with the name of another that was meant.
type Twins = &'static [(&'static str, &'static str)];

/// Units whose names are mistaken for one another, with the name of the other: `100 feet (30.5 miles)` means meters.
const MISTAKEN: &[(Measure, Measure, Twins)] = &[
    (Measure::Mile, Measure::Metre, &[("miles", "meters"), ("mile", "meter")]),
    (Measure::Mile, Measure::Kilometre, &[("miles", "kilometers"), ("mile", "kilometer"), ("mi", "km")]),
    (Measure::Kilometre, Measure::Metre, &[("kilometers", "meters"), ("kilometres", "metres"), ("km", "m")]),
    (Measure::Metre, Measure::Kilometre, &[("meters", "kilometers"), ("metres", "kilometres"), ("m", "km")]),
    (Measure::Metre, Measure::Mile, &[("meters", "miles"), ("metres", "miles")]),
    (Measure::Kilometre, Measure::Mile, &[("kilometers", "miles"), ("kilometres", "miles"), ("km", "miles")]),
    (Measure::Inch, Measure::Centimetre, &[("inches", "centimeters"), ("inch", "centimeter")]),
    (Measure::Centimetre, Measure::Inch, &[("centimeters", "inches"), ("centimetres", "inches"), ("cm", "inches")]),
    (
        Measure::Centimetre,
        Measure::Millimetre,
        &[("centimeters", "millimeters"), ("centimetres", "millimetres"), ("cm", "mm")],
    ),
    (
        Measure::Millimetre,
        Measure::Centimetre,
        &[("millimeters", "centimeters"), ("millimetres", "centimetres"), ("mm", "cm")],
    ),
    (Measure::Foot, Measure::Metre, &[("feet", "meters"), ("foot", "meter")]),
    (Measure::Metre, Measure::Foot, &[("meters", "feet"), ("metres", "feet")]),
    (Measure::Pound, Measure::Kilogram, &[("pounds", "kilograms"), ("pound", "kilogram")]),
    (Measure::Kilogram, Measure::Pound, &[("kilograms", "pounds"), ("kilogrammes", "pounds"), ("kg", "pounds")]),
    (Measure::Gram, Measure::Kilogram, &[("grams", "kilograms"), ("g", "kg")]),
    (Measure::Kilogram, Measure::Gram, &[("kilograms", "grams"), ("kg", "g")]),
    (Measure::Gallon, Measure::Litre, &[("gallons", "liters"), ("gallon", "liter")]),
    (Measure::Litre, Measure::Gallon, &[("liters", "gallons"), ("litres", "gallons")]),
    (Measure::Acre, Measure::Hectare, &[("acres", "hectares"), ("acre", "hectare")]),
    (Measure::Hectare, Measure::Acre, &[("hectares", "acres"), ("hectare", "acre")]),
    (Measure::MilesPerHour, Measure::KilometresPerHour, &[("mph", "kph")]),
    (Measure::KilometresPerHour, Measure::MilesPerHour, &[("kph", "mph"), ("km/h", "mph")]),
];

/// The number is right and the name of its unit is not.
fn wrong_unit(rule: &Rule, sentence: &FigureSentence, given: &LocalFigure, converted: &LocalFigure) -> Option<Hit> {
    let (FigureUnit::Measure(from), FigureUnit::Measure(to)) = (given.unit, converted.unit) else { return None };
    let metric = |measure: Measure| unit(measure).map(|(_, _, metric)| metric);
    let text = sentence.text(converted);
    let low = text.to_ascii_lowercase();
    let (written, right) = MISTAKEN.iter().filter(|(wrong, _, _)| *wrong == to).find_map(|&(_, meant, names)| {
        let fits = metric(from) != metric(meant)
            && unit(from).zip(unit(meant)).is_some_and(|(one, other)| one.0 == other.0)
            && measure(sentence, (from, meant), given, converted).is_none();
        let name = names.iter().find(|(written, _)| low.ends_with(written));
        name.filter(|_| fits)
    })?;
    let start = text.len() - written.len();
    let fixed = format!("{}{right}", &text[..start]);
    let hit = Hit::in_paragraph(converted.span).arg("found", text).arg("given", sentence.text(given));
    Some(hit.arg("actual", fixed.clone()).replace(Passage::new(0, converted.span), fixed, rule.fix))
}

fn compare(rule: &Rule, sentence: &FigureSentence, given: &LocalFigure, converted: &LocalFigure) -> Option<Hit> {
    let (FigureUnit::Measure(from), FigureUnit::Measure(to)) = (given.unit, converted.unit) else { return None };
    let is_same_system = unit(from).zip(unit(to)).is_some_and(|(one, other)| one.2 == other.2);
    if is_same_system {
        return wrong_unit(rule, sentence, given, converted);
    }
    let expected = match (from, to) {
        (Measure::Fahrenheit, Measure::Celsius) | (Measure::Celsius, Measure::Fahrenheit) => {
            temperature(sentence, given, converted)?
        }
        units => measure(sentence, units, given, converted)?,
    };
    if let Some(hit) = wrong_unit(rule, sentence, given, converted) {
        return Some(hit);
    }
    let text = sentence.text(converted);
    let places = if expected.abs() < 10.0 { decimals(text).max(1) } else { decimals(text) };
    let number = written(expected, places);
    let mut hit = Hit::in_paragraph(converted.span)
        .arg("found", text)
        .arg("given", sentence.text(given))
        .arg("actual", number.clone());
    if let Some(start) = text.find(|c: char| c.is_ascii_digit())
        && expected >= 0.0
        && !sentence.is_negative(converted)
    {
        let length =
            text[start..].find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len() - start);
        let scale = super::scale_of(text);
        let fixed = if scale > 1.0 {
            with_value(text, expected)
        } else {
            Some(format!("{}{number}{}", &text[..start], &text[start + length..]))
        };
        if let Some(fixed) = fixed {
            hit = hit.replace(Passage::new(0, converted.span), fixed, rule.fix);
        }
    }
    Some(hit)
}

/// The right value, when the one that is shown cannot be it.
fn measure(
    sentence: &FigureSentence,
    (from, to): (Measure, Measure),
    given: &LocalFigure,
    converted: &LocalFigure,
) -> Option<f64> {
    let (from_dimension, from_size, from_metric) = unit(from)?;
    let (to_dimension, to_size, to_metric) = unit(to)?;
    if from_dimension != to_dimension || from_metric == to_metric {
        return None;
    }
    let mut factors = vec![from_size / to_size];
    if from == Measure::Gallon {
        factors.push(from_size / to_size * IMPERIAL_GALLON);
    }
    if to == Measure::Gallon {
        factors.push(from_size / to_size / IMPERIAL_GALLON);
    }
    let (low, high) = interval(sentence.text(given), given, ROUNDED);
    let (shown_low, shown_high) = interval(sentence.text(converted), converted, ROUNDED);
    // Even a precise conversion is often rounded to two figures.
    let slack = converted.value * 0.02;
    let fits = |factor: &f64| low * factor <= shown_high + slack && high * factor >= shown_low - slack;
    (!factors.iter().any(fits)).then(|| given.value * factors[0])
}

/// The right temperature, when the one that is shown is neither it nor the same difference of temperatures.
fn temperature(sentence: &FigureSentence, given: &LocalFigure, converted: &LocalFigure) -> Option<f64> {
    let below = |figure: &LocalFigure| sentence.is_negative(figure) || sentence.low(sentence.next(figure)) == "below";
    let signed = |figure: &LocalFigure| if below(figure) { -figure.value } else { figure.value };
    let (given_value, shown) = (signed(given), signed(converted));
    let fahrenheit = given.unit == FigureUnit::Measure(Measure::Fahrenheit);
    let (point, difference) = if fahrenheit {
        ((given_value - 32.0) / 1.8, given_value / 1.8)
    } else {
        (given_value * 1.8 + 32.0, given_value * 1.8)
    };
    let slack = if given.approximate || converted.approximate { 4.0 } else { 2.0 };
    let off = |expected: f64| (expected - shown).abs() > slack;
    // A lost minus sign is not certain enough: the sign may be in a form that was not read.
    (off(point) && off(difference) && off(-point)).then_some(point)
}

/// “About 62.14 miles”.
pub(in crate::checks) fn false_precision(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 1) {
        for figure in sentence.figures {
            let text = sentence.text(figure);
            let rough = figure.bound == Some(Bound::About) && figure.range.is_none();
            let precise = decimals(text) >= 2 || (decimals(text) == 1 && figure.value / super::scale_of(text) >= 100.0);
            let measured = matches!(figure.unit, FigureUnit::Measure(_) | FigureUnit::Percent);
            if !rough || !precise || !measured || figure.in_words {
                continue;
            }
            let shown = figure.value / super::scale_of(text);
            let rounded = written(shown, usize::from(shown < 10.0));
            let Some(start) = text.find(|c: char| c.is_ascii_digit()) else { continue };
            let length = text[start..]
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
                .unwrap_or(text.len() - start);
            let fixed = format!("{}{rounded}{}", &text[..start], &text[start + length..]);
            out.push(Hit::in_paragraph(figure.span).arg("found", text).arg("use", fixed.clone()).replace(
                Passage::new(0, figure.span),
                fixed,
                rule.fix,
            ));
        }
    }
}
