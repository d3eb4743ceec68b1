//! What something costs.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::recipe::Recipe;

/// The processor time of this thread that `work` takes; where the system does not tell it, the time.
pub fn processor_time(work: impl FnOnce()) -> Duration {
    let (start, began) = (of_thread(), Instant::now());
    work();
    match (start, of_thread()) {
        (Some(start), Some(end)) => end.saturating_sub(start),
        _ => began.elapsed(),
    }
}

/// The processor time of this thread so far. Linux tells it in a file, so that no call is needed that Rust holds unsafe.
fn of_thread() -> Option<Duration> {
    // The kernel brings the count up to date when it looks for another thread to run.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The instructions that the recipe takes at each size, as Valgrind counts them; `None` where that is not asked for, or there
/// is no Valgrind.
pub fn instructions<const N: usize>(recipe: &Recipe, sizes: [usize; N]) -> Option<[u64; N]> {
    std::env::var_os("GROWTH_COUNTED")?;
    let mut counts = [0; N];
    for (count, size) in counts.iter_mut().zip(sizes) {
        let run = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*growth_is_counted_here*"])
            .arg(std::env::current_exe().ok()?)
            .arg("--nocapture")
            .env("GROWTH_RECIPE", recipe.written())
            .env("GROWTH_SIZE", size.to_string())
            .output()
            .ok()?;
        let said = String::from_utf8_lossy(&run.stderr);
        let collected = said.lines().find_map(|line| line.split_once("Collected : "))?.1;
        *count = collected.trim().parse().ok()?;
    }
    Some(counts)
}
