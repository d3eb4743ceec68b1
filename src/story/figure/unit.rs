//! Units: money, measures, per cents.

use super::FigureUnit;
use super::atoms::FigureAtom;
use super::number::Number;

/// An enum whose variants are called by short forms.
macro_rules! short_forms {
    ($(#[$about:meta])* $name:ident { $($variant:ident => $short:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the short form beside each says which one it is")]
        pub enum $name {
            $($variant,)*
        }

        impl $name {
            /// The short form, as fact sheets have it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $short,)*
                }
            }
        }
    };
}

short_forms! {
    /// A currency, by its ISO 4217 code; cents are those of any currency.
    Currency {
        UsDollar => "USD",
        CanadianDollar => "CAD",
        AustralianDollar => "AUD",
        NewZealandDollar => "NZD",
        HongKongDollar => "HKD",
        SingaporeDollar => "SGD",
        Real => "BRL",
        Euro => "EUR",
        Pound => "GBP",
        Yen => "JPY",
        Rupee => "INR",
        Rouble => "RUB",
        Shekel => "ILS",
        Won => "KRW",
        Lira => "TRY",
        Hryvnia => "UAH",
        Naira => "NGN",
        Franc => "CHF",
        Yuan => "CNY",
        Rand => "ZAR",
        Cent => "¢",
    }
}

short_forms! {
    /// A unit of measurement.
    Measure {
        SquareMile => "sq mi",
        SquareFoot => "sq ft",
        SquareYard => "sq yd",
        SquareKilometre => "km²",
        SquareMetre => "m²",
        CubicFoot => "cu ft",
        CubicYard => "cu yd",
        CubicMetre => "m³",
        Fahrenheit => "°F",
        Celsius => "°C",
        Degree => "°",
        Mile => "mi",
        Kilometre => "km",
        Metre => "m",
        Centimetre => "cm",
        Millimetre => "mm",
        Foot => "ft",
        Inch => "in",
        Yard => "yd",
        Acre => "ac",
        Hectare => "ha",
        Pound => "lb",
        Ounce => "oz",
        Kilogram => "kg",
        Gram => "g",
        Milligram => "mg",
        Ton => "ton",
        Tonne => "t",
        Litre => "l",
        Gallon => "gal",
        Barrel => "bbl",
        MilesPerHour => "mph",
        KilometresPerHour => "km/h",
        FeetPerSecond => "ft/s",
        Knot => "kn",
        Watt => "W",
        Kilowatt => "kW",
        Megawatt => "MW",
        Gigawatt => "GW",
        KilowattHour => "kWh",
        Megabyte => "MB",
        Gigabyte => "GB",
        Terabyte => "TB",
    }
}

fn low<'a>(atoms: &[FigureAtom<'a>], at: usize) -> &'a str {
    atoms.get(at).map_or("", |a| a.low)
}

/// The currency that is at `at` before a number, and the index of the number.
pub(super) fn currency(atoms: &[FigureAtom], at: usize) -> Option<(Currency, usize)> {
    let word = low(atoms, at);
    // `US$20`, `C$5`: the letters are glued to the sign.
    let sign = atoms.get(at + 1).filter(|a| a.glued && a.low == "$");
    let (code, next) = match (word, sign) {
        ("us" | "u.s.", Some(_)) => (Currency::UsDollar, at + 2),
        ("c" | "ca" | "cdn" | "can", Some(_)) => (Currency::CanadianDollar, at + 2),
        ("a" | "au", Some(_)) => (Currency::AustralianDollar, at + 2),
        ("nz", Some(_)) => (Currency::NewZealandDollar, at + 2),
        ("hk", Some(_)) => (Currency::HongKongDollar, at + 2),
        ("s", Some(_)) => (Currency::SingaporeDollar, at + 2),
        ("r", Some(_)) => (Currency::Real, at + 2),
        ("$", _) => (Currency::UsDollar, at + 1),
        ("€", _) => (Currency::Euro, at + 1),
        ("£", _) => (Currency::Pound, at + 1),
        ("¥", _) => (Currency::Yen, at + 1),
        ("₹", _) => (Currency::Rupee, at + 1),
        ("₽", _) => (Currency::Rouble, at + 1),
        ("₪", _) => (Currency::Shekel, at + 1),
        ("₩", _) => (Currency::Won, at + 1),
        ("₺", _) => (Currency::Lira, at + 1),
        ("₴", _) => (Currency::Hryvnia, at + 1),
        ("₦", _) => (Currency::Naira, at + 1),
        ("usd", _) => (Currency::UsDollar, at + 1),
        ("eur", _) => (Currency::Euro, at + 1),
        ("gbp", _) => (Currency::Pound, at + 1),
        ("chf", _) => (Currency::Franc, at + 1),
        _ => return None,
    };
    atoms.get(next).filter(|a| a.number).map(|_| (code, next))
}

/// The unit that is at the end of `number`, and the index of the atom after it.
pub(super) fn after(atoms: &[FigureAtom], number: &Number) -> Option<(FigureUnit, usize)> {
    let at = number.next;
    let word = low(atoms, at);
    match (word, low(atoms, at + 1)) {
        ("percentage", "point" | "points") => return Some((FigureUnit::PercentagePoints, at + 2)),
        ("percent" | "%" | "pct", _) => return Some((FigureUnit::Percent, at + 1)),
        ("per", "cent") => return Some((FigureUnit::Percent, at + 2)),
        _ => {}
    }
    if number.value.fract() == 0.0
        && number.factor == 1.0
        && let Some(next) = years_old(atoms, at)
    {
        return Some((FigureUnit::Age, next));
    }
    if let Some(currency) = money(word, number) {
        return Some((FigureUnit::Money(currency), at + 1));
    }
    measure(atoms, at).map(|(unit, next)| (FigureUnit::Measure(unit), next))
}

/// `year-old`, `years old`, `years of age`.
fn years_old(atoms: &[FigureAtom], at: usize) -> Option<usize> {
    if !matches!(low(atoms, at), "year" | "years") {
        return None;
    }
    match (low(atoms, at + 1), low(atoms, at + 2)) {
        ("old" | "olds", _) => Some(at + 2),
        ("of", "age") => Some(at + 3),
        _ => None,
    }
}

fn money(word: &str, number: &Number) -> Option<Currency> {
    let large = number.factor >= 1000.0;
    Some(match word {
        "dollar" | "dollars" => Currency::UsDollar,
        "euro" | "euros" => Currency::Euro,
        // A weight unless the sum is of a size that only money has.
        "pounds" if large => Currency::Pound,
        "yen" => Currency::Yen,
        "yuan" | "renminbi" => Currency::Yuan,
        "rupee" | "rupees" => Currency::Rupee,
        "ruble" | "rubles" | "rouble" | "roubles" => Currency::Rouble,
        "shekel" | "shekels" => Currency::Shekel,
        "rand" => Currency::Rand,
        "hryvnia" | "hryvnias" => Currency::Hryvnia,
        "naira" => Currency::Naira,
        // “two won” is more often a verb.
        "won" if large => Currency::Won,
        "cents" => Currency::Cent,
        _ => return None,
    })
}

/// A unit of measurement at `at` in its short form, and the index after it.
fn measure(atoms: &[FigureAtom], at: usize) -> Option<(Measure, usize)> {
    let word = low(atoms, at);
    let (second, third) = (low(atoms, at + 1), low(atoms, at + 2));
    let unit = match word {
        "square" | "sq" | "cubic" => {
            let unit = match (word, second) {
                ("square" | "sq", "mile" | "miles") => Measure::SquareMile,
                ("square" | "sq", "foot" | "feet" | "ft") => Measure::SquareFoot,
                ("square" | "sq", "yard" | "yards") => Measure::SquareYard,
                ("square" | "sq", "kilometer" | "kilometers" | "kilometre" | "kilometres" | "km") => {
                    Measure::SquareKilometre
                }
                ("square" | "sq", "meter" | "meters" | "metre" | "metres" | "m") => Measure::SquareMetre,
                ("cubic", "foot" | "feet") => Measure::CubicFoot,
                ("cubic", "yard" | "yards") => Measure::CubicYard,
                ("cubic", "meter" | "meters" | "metre" | "metres") => Measure::CubicMetre,
                _ => return None,
            };
            return Some((unit, at + 2));
        }
        "degree" | "degrees" => {
            return Some(match second {
                "fahrenheit" | "f" => (Measure::Fahrenheit, at + 2),
                "celsius" | "centigrade" | "c" => (Measure::Celsius, at + 2),
                _ => (Measure::Degree, at + 1),
            });
        }
        "°" => {
            return Some(match second {
                "f" => (Measure::Fahrenheit, at + 2),
                "c" => (Measure::Celsius, at + 2),
                _ => (Measure::Degree, at + 1),
            });
        }
        "mile" | "miles" | "mi" => Measure::Mile,
        "kilometer" | "kilometers" | "kilometre" | "kilometres" | "km" | "kms" => Measure::Kilometre,
        "meter" | "meters" | "metre" | "metres" => Measure::Metre,
        "centimeter" | "centimeters" | "centimetre" | "centimetres" | "cm" => Measure::Centimetre,
        "millimeter" | "millimeters" | "millimetre" | "millimetres" | "mm" => Measure::Millimetre,
        "foot" | "feet" | "ft" | "ft." => Measure::Foot,
        "inch" | "inches" => Measure::Inch,
        "yard" | "yards" => Measure::Yard,
        "acre" | "acres" => Measure::Acre,
        "hectare" | "hectares" | "ha" => Measure::Hectare,
        "pound" | "pounds" | "lb" | "lbs" | "lb." | "lbs." => Measure::Pound,
        "ounce" | "ounces" | "oz" => Measure::Ounce,
        "kilogram" | "kilograms" | "kilo" | "kilos" | "kg" => Measure::Kilogram,
        "gram" | "grams" => Measure::Gram,
        "milligram" | "milligrams" | "mg" => Measure::Milligram,
        "ton" | "tons" => Measure::Ton,
        "tonne" | "tonnes" => Measure::Tonne,
        "liter" | "liters" | "litre" | "litres" => Measure::Litre,
        "gallon" | "gallons" => Measure::Gallon,
        "barrel" | "barrels" => Measure::Barrel,
        "mph" => Measure::MilesPerHour,
        "kph" | "kmh" => Measure::KilometresPerHour,
        "knots" => Measure::Knot,
        "watt" | "watts" => Measure::Watt,
        "kilowatt" | "kilowatts" | "kw" => Measure::Kilowatt,
        "megawatt" | "megawatts" | "mw" => Measure::Megawatt,
        "gigawatt" | "gigawatts" | "gw" => Measure::Gigawatt,
        "kwh" => Measure::KilowattHour,
        "megabyte" | "megabytes" | "mb" => Measure::Megabyte,
        "gigabyte" | "gigabytes" | "gb" => Measure::Gigabyte,
        "terabyte" | "terabytes" | "tb" => Measure::Terabyte,
        _ => return None,
    };
    // `mi` and other short forms inside capitals (`MB`, `Ha`) are taken after a number only, which is where we are.
    let per = matches!(second, "per" | "an" | "a");
    let speed = match (unit, third) {
        (Measure::Mile, "hour") if per => Measure::MilesPerHour,
        (Measure::Kilometre, "hour") if per => Measure::KilometresPerHour,
        (Measure::Kilometre, "h") if second == "/" => Measure::KilometresPerHour,
        (Measure::Foot, "second") if per => Measure::FeetPerSecond,
        _ => return Some((unit, at + 1)),
    };
    Some((speed, at + 3))
}
