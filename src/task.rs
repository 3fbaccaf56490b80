//! Long work as its caller sees it: how far it is, and a way to end it early.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How far work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items that are done: files of an update, documents of a scan, sentences of a draft.
    pub done: usize,
    /// All items.
    pub total: usize,
    /// What of the work is done, in units of its own, since items differ in size.
    pub work: u64,
    /// All of the work.
    pub all_work: u64,
}

/// Ends work from any thread. Clones are one: work that has one of them ends when any is cancelled.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Ends the work at the next moment when it looks.
    pub fn cancel(&self) {
        // A thread that looks after another one saw the work end must see it too.
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the work is to end.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How long work is watched, and ended.
///
/// Progress comes from any thread of the work, but from one at a time, and it never goes back; work that is not
/// cancelled reports its total in the end. What scans a collection twice reports two pieces of work, one after the other.
#[derive(Clone)]
pub struct Task<'a> {
    /// Called at the start, and after each item; it should be quick, as the work waits for it.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Ends the work.
    pub cancel: Cancel,
}

impl Default for Task<'_> {
    /// Work without a watcher.
    fn default() -> Self {
        Self {
            progress: &|_| {},
            cancel: Cancel::default(),
        }
    }
}

impl fmt::Debug for Task<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Task").field(&self.cancel).finish()
    }
}

impl<'a> Task<'a> {
    /// Work on `total` items, `all_work` in all.
    pub(crate) fn begin(&self, total: usize, all_work: u64) -> Steps<'a> {
        let start = Progress {
            total,
            all_work,
            ..Progress::default()
        };
        (self.progress)(start);
        Steps {
            progress: self.progress,
            latest: Mutex::new(start),
        }
    }
}

/// Counts what is done, on several threads.
pub(crate) struct Steps<'a> {
    progress: &'a (dyn Fn(Progress) + Sync),
    latest: Mutex<Progress>,
}

impl Steps<'_> {
    /// Reports one more item, which was so much work.
    pub(crate) fn done(&self, work: u64) {
        // Reported under the lock: otherwise the reports of several threads would overtake each other.
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.done += 1;
        latest.work += work;
        (self.progress)(*latest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_several_threads_are_reported_in_order() {
        let seen = Mutex::new(Vec::new());
        let task = Task {
            progress: &|progress| seen.lock().expect("no panic").push(progress),
            ..Task::default()
        };
        let steps = task.begin(300, 900);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| (0..100).for_each(|_| steps.done(3)));
            }
        });
        let seen = seen.into_inner().expect("no panic");
        let expected = (0..=300).map(|done| Progress {
            done,
            total: 300,
            work: 3 * done as u64,
            all_work: 900,
        });
        assert!(seen.into_iter().eq(expected));
    }

    #[test]
    fn a_clone_cancels_the_work() {
        let task = Task::default();
        let cancel = task.cancel.clone();
        assert!(!task.cancel.is_cancelled());
        cancel.cancel();
        assert!(task.cancel.is_cancelled());
        assert!(!Task::default().cancel.is_cancelled());
    }
}
