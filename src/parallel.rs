//! One ordered parallel map for everything that divides work among threads and waits for it.

use std::num::NonZeroUsize;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// `f` of each item in the order of the items, computed by at most `threads` threads. A thread takes the next item when
/// it is done with one, so that items of very different cost keep all of them busy. Empty without items.
///
/// # Panics
/// If `f` does.
pub fn map<T: Send, R: Send>(
    items: Vec<T>,
    threads: NonZeroUsize,
    f: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let threads = threads.get().min(items.len());
    let pool = match threads {
        0 | 1 => None,
        // Where the system gives no more threads, the caller's own does all the work.
        _ => ThreadPoolBuilder::new().num_threads(threads).build().ok(),
    };
    match pool {
        Some(pool) => pool.install(|| items.into_par_iter().with_max_len(1).map(&f).collect()),
        None => items.into_iter().map(f).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for threads in [1, 2, 7, 100] {
            let threads = NonZeroUsize::new(threads).expect("not zero");
            for n in [0, 1, 5, 300] {
                let squares = map((0..n).collect(), threads, |x: u32| {
                    // The first items take longest.
                    std::thread::sleep(std::time::Duration::from_micros(u64::from(n - x)));
                    x * x
                });
                assert_eq!(squares, (0..n).map(|x| x * x).collect::<Vec<_>>());
            }
        }
    }
}
