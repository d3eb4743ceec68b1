//! Reading equations.

use super::{Equation, EquationPart, FigureKind, Formula, Relation};
use crate::text::ShapeSet;

/// The most parts of a sentence: they are gone through by recursion.
const LONGEST: usize = 40;

/// The most numbers, names and signs of an expression, for the same reason.
const LONGEST_EXPRESSION: usize = 60;

impl Equation {
    /// Reads an equation.
    ///
    /// # Errors
    ///
    /// Says which part of it is wrong, and what may be there.
    pub fn parse(source: &str) -> Result<Self, String> {
        let (look, rest) = source.split_once("=>").ok_or("an equation needs `=>` and what must hold")?;
        let (holds, says) = rest.split_once(';').map_or((rest, ""), |(holds, says)| (holds, says.trim()));
        let parts = words(look).into_iter().map(part).collect::<Result<Vec<_>, _>>()?;
        if parts.len() > LONGEST {
            return Err(format!("an equation has at most {LONGEST} parts before `=>`, and this one {}", parts.len()));
        }
        if !matches!(
            parts.first(),
            Some(EquationPart::First | EquationPart::Figure { .. } | EquationPart::Words { optional: false, .. })
        ) {
            return Err("an equation starts with a figure or a word that must be there".to_owned());
        }
        let (told, relation, expression) = relation(holds.trim())?;
        let known = |name: char| {
            parts.iter().any(|part| matches!(part, EquationPart::Figure { name: own, .. } if *own == name))
        };
        let mut unknown = (!known(told)).then_some(told);
        let mut missing = |name: char| unknown = unknown.or((!known(name)).then_some(name));
        expression.figures(&mut missing);
        if let Relation::UpTo(upper) = &relation {
            upper.figures(&mut missing);
        }
        named(says).for_each(missing);
        match unknown {
            Some(name) => Err(format!("there is no figure `{name}` in the sentence")),
            None => {
                let figures = parts.iter().filter(|part| matches!(part, EquationPart::Figure { .. })).count();
                let goes_on = parts.iter().any(|part| matches!(part, EquationPart::End));
                Ok(Self { parts, told, relation, expression, figures, goes_on, says: says.to_owned() })
            }
        }
    }
}

/// The names of figures in braces.
fn named(says: &str) -> impl Iterator<Item = char> {
    says.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .filter(|(name, _)| name.len() == 1)
        .flat_map(|(name, _)| name.chars())
}

/// The parts of a sentence, with blanks between them; those in brackets may have blanks inside.
fn words(look: &str) -> Vec<&str> {
    let (mut depth, mut last) = (0, ' ');
    let parts = look.split(|c: char| {
        match c {
            // A bracket of the sentence itself is written `<(>`.
            '(' if last != '<' => depth += 1,
            ')' if last != '<' => depth -= 1,
            _ => {}
        }
        last = c;
        depth == 0 && c == ' '
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn part(word: &str) -> Result<EquationPart, String> {
    match word {
        "_" => return Ok(EquationPart::Gap { most: 6, commas: false }),
        "__" => return Ok(EquationPart::Gap { most: 12, commas: true }),
        "." => return Ok(EquationPart::End),
        "<first>" => return Ok(EquationPart::First),
        _ => {}
    }
    if let Some((name, kind)) = word.split_once(':')
        && let (Some(name), 1) = (name.chars().next(), name.len())
        && name.is_ascii_uppercase()
    {
        return Ok(EquationPart::Figure { name, kind: figure_kind(kind)? });
    }
    let (word, optional) = word.strip_suffix('?').filter(|word| !word.is_empty()).map_or((word, false), |w| (w, true));
    let bracket =
        word.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).filter(|inner| ["(", ")"].contains(inner));
    if let Some(bracket) = bracket {
        return Ok(of_phrases(vec![vec![bracket.to_owned()]], optional));
    }
    let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(word);
    let mut phrases: Vec<Vec<String>> =
        inner.split('|').map(|phrase| phrase.split(' ').map(str::to_owned).collect()).collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    Ok(of_phrases(phrases, optional))
}

fn of_phrases(phrases: Vec<Vec<String>>, optional: bool) -> EquationPart {
    let firsts = ShapeSet::of(phrases.iter().filter_map(|phrase| phrase.first()).map(String::as_str));
    EquationPart::Words { phrases, firsts, optional }
}

fn figure_kind(kind: &str) -> Result<FigureKind, String> {
    Ok(match kind {
        "n" => FigureKind::Count,
        "$" => FigureKind::Money,
        "%" => FigureKind::Percent,
        "p" => FigureKind::Points,
        "s" => FigureKind::Share,
        "f" => FigureKind::Fraction,
        "m" => FigureKind::Measure,
        "u" => FigureKind::Same,
        "v" => FigureKind::SameUnit,
        "d" => FigureKind::Number,
        "o" => FigureKind::Ordinal,
        "y" => FigureKind::Year,
        _ => match kind.strip_prefix('d').filter(|end| end.starts_with('-')) {
            Some(end) => FigureKind::Compound(end.to_owned()),
            None => return Err(format!("`{kind}` is no kind of figure; choose from n $ % p s f m u v d o y d-word")),
        },
    })
}

/// `C = 100 * A / B`, `A in B - 1 .. B`.
fn relation(holds: &str) -> Result<(char, Relation, Formula), String> {
    let wrong = || format!("`{holds}` needs a relation: `A = …`, `A <= …`, `A >= …` or `A in … .. …`");
    let (told, rest) = holds.split_once(' ').ok_or_else(wrong)?;
    let (sign, rest) = rest.split_once(' ').ok_or_else(wrong)?;
    let mut letters = told.chars();
    let (Some(told), None) = (letters.next(), letters.next()) else { return Err(wrong()) };
    let (rest, relation) = match sign {
        "=" => (rest, Relation::Equal),
        "<=" => (rest, Relation::AtMost),
        ">=" => (rest, Relation::AtLeast),
        "in" => {
            let (lower, upper) = rest.split_once("..").ok_or_else(wrong)?;
            (lower, Relation::UpTo(Parser::new(upper).all()?))
        }
        _ => return Err(wrong()),
    };
    Ok((told, relation, Parser::new(rest).all()?))
}

/// Reads expressions: sums of products of numbers, names and what is in brackets.
struct Parser<'s> {
    tokens: Vec<&'s str>,
    at: usize,
    left: usize,
}

/// The deepest brackets.
const DEEPEST: usize = 20;

impl<'s> Parser<'s> {
    fn new(text: &'s str) -> Self {
        let mut tokens = Vec::new();
        for word in text.split_whitespace() {
            let mut rest = word;
            while !rest.is_empty() {
                let is_sign = |c: char| "+-*/()".contains(c);
                let end = if rest.starts_with(is_sign) { 1 } else { rest.find(is_sign).unwrap_or(rest.len()) };
                tokens.push(&rest[..end]);
                rest = &rest[end..];
            }
        }
        Self { tokens, at: 0, left: DEEPEST }
    }

    fn all(mut self) -> Result<Formula, String> {
        if self.tokens.len() > LONGEST_EXPRESSION {
            return Err(format!("an expression has at most {LONGEST_EXPRESSION} numbers, names and signs"));
        }
        let expression = self.sum()?;
        match self.tokens.get(self.at) {
            Some(rest) => Err(format!("`{rest}` is too much in the equation")),
            None => Ok(expression),
        }
    }

    fn sum(&mut self) -> Result<Formula, String> {
        self.chain(["+", "-"], Self::product)
    }

    fn product(&mut self) -> Result<Formula, String> {
        self.chain(["*", "/"], Self::atom)
    }

    /// Terms with one of these signs between.
    fn chain(&mut self, signs: [&str; 2], term: fn(&mut Self) -> Result<Formula, String>) -> Result<Formula, String> {
        let mut left = term(self)?;
        while let Some(sign) = self.tokens.get(self.at).copied().filter(|sign| signs.contains(sign)) {
            self.at += 1;
            left = both(left, sign, term(self)?);
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Formula, String> {
        let token = self.tokens.get(self.at).copied().ok_or("the equation ends where a number or a name is missing")?;
        self.at += 1;
        if token == "(" {
            self.left = self.left.checked_sub(1).ok_or("the equation has too many brackets inside each other")?;
            let inner = self.sum()?;
            return match self.tokens.get(self.at).copied() {
                Some(")") => {
                    self.at += 1;
                    Ok(inner)
                }
                _ => Err("the equation lacks a `)`".to_owned()),
            };
        }
        if token == "NOW" {
            return Ok(Formula::Now);
        }
        let mut letters = token.chars();
        match (letters.next(), letters.next(), token.parse::<f64>()) {
            (Some(name), None, Err(_)) if name.is_ascii_uppercase() => Ok(Formula::Figure(name)),
            (.., Ok(number)) => Ok(Formula::Number(number)),
            _ => Err(format!("`{token}` is neither a number nor the name of a figure")),
        }
    }
}

fn both(left: Formula, sign: &str, right: Formula) -> Formula {
    Formula::Both(Box::new(left), sign.chars().next().unwrap_or('+'), Box::new(right))
}
