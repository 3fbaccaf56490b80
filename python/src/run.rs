//! Work away from the interpreter: without its lock, with progress, and ended by Ctrl-C.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use xunzhang::task::{Cancel, Progress, Task};

use crate::error::failed;

/// How often progress is passed on and signals are looked for: a person takes less than a tenth of a second for at once.
const POLL: Duration = Duration::from_millis(50);

/// As many threads as there are processors.
pub(crate) fn threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Runs `work` on a thread of its own while this one waits without the interpreter's lock. `progress` is called on this thread,
/// with what is done and the total. What it raises ends the work, and so does a signal.
pub(crate) fn run<T, F>(py: Python<'_>, progress: Option<&Bound<'_, PyAny>>, work: F) -> PyResult<T>
where
    T: Send,
    F: FnOnce(Task<'_>) -> xunzhang::Result<T> + Send,
{
    let latest: Mutex<Option<Progress>> = Mutex::new(None);
    let cancel = Cancel::default();
    let report = |now| *latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    let pass_on = || {
        let now = latest.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (progress, now) {
            (Some(progress), Some(now)) => progress.call1((now.done, now.total)).map(drop),
            _ => Ok(()),
        }
    };
    let task = Task {
        progress: &report,
        cancel: cancel.clone(),
    };
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let worker = scope.spawn(move || {
            // The other end waits until this thread ends.
            let _ = sender.send(work(task));
        });
        // A receiver is for one thread, and the closures below may in principle be called on another one.
        let receiver = Mutex::new(receiver);
        let wait = || {
            let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.recv_timeout(POLL)
        };
        loop {
            match py.detach(wait) {
                Ok(outcome) => {
                    pass_on()?;
                    return outcome.map_err(|error| failed(py, error));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(error) = py.check_signals().and_then(|()| pass_on()) {
                        cancel.cancel();
                        // What the work says of its end is not what the caller wants to know.
                        let _ = py.detach(|| worker.join());
                        return Err(error);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => match py.detach(|| worker.join()) {
                    Err(panic) => resume_unwind(panic),
                    // It sends its outcome before it ends.
                    Ok(()) => {
                        return Err(PyRuntimeError::new_err("the work ended without an outcome"));
                    }
                },
            }
        }
    })
}
