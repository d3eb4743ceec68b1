//! Units: money, measures, per cents.

use super::Unit;
use super::atoms::Atom;
use super::number::Number;

fn low<'a>(atoms: &[Atom<'a>], at: usize) -> &'a str {
    atoms.get(at).map_or("", |a| a.low)
}

/// The currency that stands at `at` before a number, and the index of the number.
pub(super) fn currency(atoms: &[Atom], at: usize) -> Option<(&'static str, usize)> {
    let word = low(atoms, at);
    // `US$20`, `C$5`: the letters are glued to the sign.
    let sign = atoms.get(at + 1).filter(|a| a.glued && a.low == "$");
    let (code, next) = match (word, sign) {
        ("us" | "u.s.", Some(_)) => ("USD", at + 2),
        ("c" | "ca" | "cdn" | "can", Some(_)) => ("CAD", at + 2),
        ("a" | "au", Some(_)) => ("AUD", at + 2),
        ("nz", Some(_)) => ("NZD", at + 2),
        ("hk", Some(_)) => ("HKD", at + 2),
        ("s", Some(_)) => ("SGD", at + 2),
        ("r", Some(_)) => ("BRL", at + 2),
        ("$", _) => ("USD", at + 1),
        ("€", _) => ("EUR", at + 1),
        ("£", _) => ("GBP", at + 1),
        ("¥", _) => ("JPY", at + 1),
        ("₹", _) => ("INR", at + 1),
        ("₽", _) => ("RUB", at + 1),
        ("₪", _) => ("ILS", at + 1),
        ("₩", _) => ("KRW", at + 1),
        ("₺", _) => ("TRY", at + 1),
        ("₴", _) => ("UAH", at + 1),
        ("₦", _) => ("NGN", at + 1),
        ("usd", _) => ("USD", at + 1),
        ("eur", _) => ("EUR", at + 1),
        ("gbp", _) => ("GBP", at + 1),
        ("chf", _) => ("CHF", at + 1),
        _ => return None,
    };
    atoms.get(next).filter(|a| a.number).map(|_| (code, next))
}

/// The unit that stands at the end of `number`, and the index of the atom after it.
pub(super) fn after(atoms: &[Atom], number: &Number) -> Option<(Unit, usize)> {
    let at = number.next;
    let word = low(atoms, at);
    match (word, low(atoms, at + 1)) {
        ("percentage", "point" | "points") => return Some((Unit::PercentagePoints, at + 2)),
        ("percent" | "%" | "pct", _) => return Some((Unit::Percent, at + 1)),
        ("per", "cent") => return Some((Unit::Percent, at + 2)),
        _ => {}
    }
    if number.value.fract() == 0.0
        && number.factor == 1.0
        && let Some(next) = years_old(atoms, at)
    {
        return Some((Unit::Age, next));
    }
    if let Some(code) = money(word, number) {
        return Some((Unit::Money(code.to_owned()), at + 1));
    }
    measure(atoms, at).map(|(unit, next)| (Unit::Measure(unit.to_owned()), next))
}

/// `year-old`, `years old`, `years of age`.
fn years_old(atoms: &[Atom], at: usize) -> Option<usize> {
    if !matches!(low(atoms, at), "year" | "years") {
        return None;
    }
    match (low(atoms, at + 1), low(atoms, at + 2)) {
        ("old" | "olds", _) => Some(at + 2),
        ("of", "age") => Some(at + 3),
        _ => None,
    }
}

fn money(word: &str, number: &Number) -> Option<&'static str> {
    let large = number.factor >= 1000.0;
    Some(match word {
        "dollar" | "dollars" => "USD",
        "euro" | "euros" => "EUR",
        // A weight unless the sum is of a size that only money has.
        "pounds" if large => "GBP",
        "yen" => "JPY",
        "yuan" | "renminbi" => "CNY",
        "rupee" | "rupees" => "INR",
        "ruble" | "rubles" | "rouble" | "roubles" => "RUB",
        "shekel" | "shekels" => "ILS",
        "rand" => "ZAR",
        "hryvnia" | "hryvnias" => "UAH",
        "naira" => "NGN",
        // “two won” is more often a verb.
        "won" if large => "KRW",
        "cents" => "¢",
        _ => return None,
    })
}

/// A unit of measurement at `at` in its short form, and the index after it.
fn measure(atoms: &[Atom], at: usize) -> Option<(&'static str, usize)> {
    let word = low(atoms, at);
    let (second, third) = (low(atoms, at + 1), low(atoms, at + 2));
    let unit = match word {
        "square" | "sq" | "cubic" => {
            let unit = match (word, second) {
                ("square" | "sq", "mile" | "miles") => "sq mi",
                ("square" | "sq", "foot" | "feet" | "ft") => "sq ft",
                ("square" | "sq", "yard" | "yards") => "sq yd",
                ("square" | "sq", "kilometer" | "kilometers" | "kilometre" | "kilometres" | "km") => "km²",
                ("square" | "sq", "meter" | "meters" | "metre" | "metres" | "m") => "m²",
                ("cubic", "foot" | "feet") => "cu ft",
                ("cubic", "yard" | "yards") => "cu yd",
                ("cubic", "meter" | "meters" | "metre" | "metres") => "m³",
                _ => return None,
            };
            return Some((unit, at + 2));
        }
        "degree" | "degrees" => {
            return Some(match second {
                "fahrenheit" | "f" => ("°F", at + 2),
                "celsius" | "centigrade" | "c" => ("°C", at + 2),
                _ => ("°", at + 1),
            });
        }
        "°" => {
            return Some(match second {
                "f" => ("°F", at + 2),
                "c" => ("°C", at + 2),
                _ => ("°", at + 1),
            });
        }
        "mile" | "miles" | "mi" => "mi",
        "kilometer" | "kilometers" | "kilometre" | "kilometres" | "km" | "kms" => "km",
        "meter" | "meters" | "metre" | "metres" => "m",
        "centimeter" | "centimeters" | "centimetre" | "centimetres" | "cm" => "cm",
        "millimeter" | "millimeters" | "millimetre" | "millimetres" | "mm" => "mm",
        "foot" | "feet" | "ft" | "ft." => "ft",
        "inch" | "inches" => "in",
        "yard" | "yards" => "yd",
        "acre" | "acres" => "ac",
        "hectare" | "hectares" | "ha" => "ha",
        "pound" | "pounds" | "lb" | "lbs" | "lb." | "lbs." => "lb",
        "ounce" | "ounces" | "oz" => "oz",
        "kilogram" | "kilograms" | "kilo" | "kilos" | "kg" => "kg",
        "gram" | "grams" => "g",
        "milligram" | "milligrams" | "mg" => "mg",
        "ton" | "tons" => "ton",
        "tonne" | "tonnes" => "t",
        "liter" | "liters" | "litre" | "litres" => "l",
        "gallon" | "gallons" => "gal",
        "barrel" | "barrels" => "bbl",
        "mph" => "mph",
        "kph" | "kmh" => "km/h",
        "knots" => "kn",
        "watt" | "watts" => "W",
        "kilowatt" | "kilowatts" | "kw" => "kW",
        "megawatt" | "megawatts" | "mw" => "MW",
        "gigawatt" | "gigawatts" | "gw" => "GW",
        "kwh" => "kWh",
        "megabyte" | "megabytes" | "mb" => "MB",
        "gigabyte" | "gigabytes" | "gb" => "GB",
        "terabyte" | "terabytes" | "tb" => "TB",
        _ => return None,
    };
    // `mi` and other short forms inside capitals (`MB`, `Ha`) are taken after a number only, which is where we are.
    let speed = matches!((unit, second, third), ("mi" | "km" | "ft", "per" | "an" | "a", "hour" | "second"))
        || (unit == "km" && second == "/" && third == "h");
    if speed {
        let per_hour = third != "second";
        let speed = match unit {
            "mi" if per_hour => "mph",
            "km" if per_hour => "km/h",
            "ft" if !per_hour => "ft/s",
            _ => return Some((unit, at + 1)),
        };
        return Some((speed, at + 3));
    }
    Some((unit, at + 1))
}
