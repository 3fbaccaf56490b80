//! One ordered parallel map for everything that divides work among threads and waits for it.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

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

/// Items of a thread that [`stream`] computes before it hands their results over: enough that threads which are done early
/// wait for little, few enough that the results of a block need no memory to speak of.
const PER_THREAD: usize = 32;

/// [`map`] whose results are handed to `take` in order, a block of them at a time, so that not all are held at once.
///
/// # Errors
/// The first of `take`; later blocks are not computed.
///
/// # Panics
/// If `f` does.
pub fn stream<T: Send, R: Send, E>(
    items: impl IntoIterator<Item = T>,
    threads: NonZeroUsize,
    f: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut items = items.into_iter();
    loop {
        let block: Vec<T> = items.by_ref().take(threads.get() * PER_THREAD).collect();
        if block.is_empty() {
            return Ok(());
        }
        map(block, threads, &f)
            .into_iter()
            .try_for_each(&mut take)?;
    }
}

/// [`map`] of what can fail.
///
/// # Errors
/// The error of the first item in order that fails; items after it that no thread has begun are not computed.
pub fn try_map<T: Send, R: Send, E: Send>(
    items: Vec<T>,
    threads: NonZeroUsize,
    f: impl Fn(T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    // Items before the first failure are always computed, so that the error does not depend on threads.
    let first_failed = AtomicUsize::new(usize::MAX);
    let numbered = items.into_iter().enumerate().collect();
    let results = map(numbered, threads, |(ord, item)| {
        if ord > first_failed.load(Ordering::Relaxed) {
            return None;
        }
        let result = f(item);
        if result.is_err() {
            first_failed.fetch_min(ord, Ordering::Relaxed);
        }
        Some(result)
    });
    results.into_iter().flatten().collect()
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

    #[test]
    fn streamed_results_come_in_order_until_one_is_refused() {
        let threads = NonZeroUsize::new(3).expect("not zero");
        let n_computed = AtomicUsize::new(0);
        let square = |x: usize| {
            n_computed.fetch_add(1, Ordering::Relaxed);
            x * x
        };
        let mut taken = Vec::new();
        let all: Result<(), ()> = stream(0..500, threads, square, |y| {
            taken.push(y);
            Ok(())
        });
        assert_eq!(all, Ok(()));
        assert_eq!(taken, (0..500).map(|x| x * x).collect::<Vec<_>>());
        n_computed.store(0, Ordering::Relaxed);
        let refused = stream(0..500, threads, square, |y| {
            if y == 49 { Err(y) } else { Ok(()) }
        });
        assert_eq!(refused, Err(49));
        // The block of the refused result, and none after it.
        assert_eq!(n_computed.load(Ordering::Relaxed), 3 * PER_THREAD);
    }

    #[test]
    fn the_first_error_in_order_is_returned_and_ends_the_work() {
        for threads in [1, 2, 7] {
            let threads = NonZeroUsize::new(threads).expect("not zero");
            let n_computed = AtomicUsize::new(0);
            let outcome = try_map((0..500).collect(), threads, |x: u32| {
                n_computed.fetch_add(1, Ordering::Relaxed);
                // The second failure comes first in time.
                std::thread::sleep(std::time::Duration::from_micros(if x == 3 {
                    3000
                } else {
                    50
                }));
                if x == 3 || x == 5 { Err(x) } else { Ok(x) }
            });
            assert_eq!(outcome, Err(3));
            assert!(n_computed.load(Ordering::Relaxed) < 500);
            let all: Result<Vec<u32>, ()> = try_map((0..9).collect(), threads, Ok);
            assert_eq!(all, Ok((0..9).collect()));
        }
    }
}
