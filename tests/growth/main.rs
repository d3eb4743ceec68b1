//! Nothing grows faster than the text.
//!
//! Recipes are made by chance: a unit of one to four pieces, again and again, with something before and behind it. Texts are
//! grown from each, and all that is done with a story is done with them. A recipe is suspected when time grows by more
//! than [`MOST`] at doubling over two doublings, and told when further doublings or instructions bear it out.
//!
//! What finds suspects is the processor time of this thread, because that costs nothing: virtual machines have no counters
//! of instructions, and Valgrind takes fifty times as long. Time wavers, so one measurement convicts nobody: the least of
//! several must grow by as much over two further doublings, up to sixteen times the text. With `GROWTH_COUNTED=1` the
//! verdict is Valgrind's instead: this program is run under it with the suspect, and the instructions of all that is done
//! are counted, the same number on each run. That takes minutes for each suspect, so it is for a look by hand.
//!
//! `cargo test --test growth` tries what was found once, and some recipes of a seed that never changes. By hand:
//!
//! ```text
//! GROWTH_SECONDS=3600 GROWTH_SEED=7 cargo test --test growth -- --nocapture
//! GROWTH_RECIPE='["plain","","“a”"," ",""]' cargo test --test growth -- --nocapture
//! ```
//!
//! The second shows what one recipe costs at each size, and what of it each step.

mod clock;
mod recipe;
mod work;

use std::time::{Duration, Instant};

use clock::processor_time;
use recipe::{Pieces, Random, Recipe};
use work::Desk;

/// Times by which the cost may grow when a text doubles: a logarithm and a colder cache are within.
const MOST: f64 = 2.3;
/// Bytes of the smallest text.
const SMALLEST: usize = 16 * 1024;
/// Seconds that the run of all tests spends on recipes by chance.
const SHORT_RUN: u64 = 20;
/// What takes no longer is not measurable.
const LEAST: Duration = Duration::from_millis(4);
/// No single text takes longer, whatever its growth.
const LONGEST: Duration = Duration::from_secs(120);

/// Recipes that once grew faster than the text: with what is here each was four times as much at doubling.
const FOUND: &str = include_str!("found.txt");

#[test]
fn nothing_grows_faster_than_the_text() {
    let desk = Desk::new();
    if let Some(recipe) = variable("GROWTH_RECIPE") {
        let recipe = Recipe::read(&recipe).expect("a recipe as it was printed");
        match variable("GROWTH_SIZE") {
            // Under Valgrind: once, and nothing else.
            Some(size) => {
                desk.growth_is_counted_here(&recipe.text(size.parse().expect("a number of bytes")), recipe.format)
            }
            None => desk.explain(&recipe),
        }
        return;
    }
    let by_hand = variable("GROWTH_SECONDS").map(|seconds| seconds.parse().expect("a number of seconds"));
    let seed = variable("GROWTH_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let from = variable("GROWTH_FROM").map_or(SMALLEST, |size| size.parse().expect("a number of bytes"));
    let known = FOUND.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let known = known.map(|line| Recipe::read(line).unwrap_or_else(|| panic!("no recipe: {line}")));
    let (pieces, mut random) = (Pieces::read(), Random(seed));
    let mut until = None;
    let by_chance = std::iter::from_fn(|| {
        let until = *until.get_or_insert_with(|| Instant::now() + Duration::from_secs(by_hand.unwrap_or(SHORT_RUN)));
        (Instant::now() < until).then(|| Recipe::random(&pieces, &mut random))
    });
    let mut tried = 0;
    let mut told = Vec::new();
    for recipe in known.chain(by_chance) {
        tried += 1;
        if let Some(growth) = growth(&desk, &recipe, from) {
            println!("{growth}  {}", recipe.written());
            told.push(recipe.written());
        }
    }
    println!("{tried} recipes of seed {seed}, {} of which grow faster than the text", told.len());
    assert!(told.is_empty(), "these grow faster than the text:\n{}", told.join("\n"));
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// How the cost of a recipe's texts grows, in words, where that is faster than the texts.
fn growth(desk: &Desk, recipe: &Recipe, from: usize) -> Option<String> {
    let time = |size: usize, times: usize| {
        let text = recipe.text(size);
        (0..times).map(|_| processor_time(|| desk.work(&text, recipe.format))).min().unwrap_or_default()
    };
    let grows = |less: Duration, more: Duration, doublings: i32| {
        more.as_secs_f64() > less.max(LEAST / 4).as_secs_f64() * MOST.powi(doublings)
    };
    let (first, third) = (time(from, 1), time(4 * from, 1));
    if third > LONGEST {
        return Some(format!("{} KiB take {:.0} s", 4 * from / 1024, third.as_secs_f64()));
    }
    if third < LEAST || !grows(first, third, 2) || !grows(time(from, 3), time(4 * from, 2), 2) {
        return None;
    }
    if let Some(counts) = clock::instructions(recipe, [from, 2 * from, 4 * from]) {
        let faster = counts[2] as f64 > counts[0] as f64 * MOST.powi(2);
        return faster.then(|| format!("million instructions: {:?}", counts.map(|count| count / 1_000_000)));
    }
    let mut times = vec![third];
    for doubling in 3..5 {
        let last = *times.last()?;
        let now = time(from << doubling, if last < Duration::from_secs(4) { 3 } else { 1 });
        times.push(now);
        if now > LONGEST {
            break;
        }
        if !grows(last, now, 1) {
            return None;
        }
    }
    Some(format!("from {} KiB on: {times:.2?}", 4 * from / 1024))
}
