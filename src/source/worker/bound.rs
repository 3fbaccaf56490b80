//! The limits that the system sets to a process that reads.

use std::process::Child;

/// Limits the memory of this process.
#[cfg(unix)]
pub(super) fn limit_memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = Rlimit {
        current: Some(bytes),
        maximum: getrlimit(Resource::As).maximum,
    };
    // Where the limit cannot be set, the time limit remains.
    let _ = setrlimit(Resource::As, limit);
}

/// Elsewhere the parent limits it, see [`Bound`].
#[cfg(not(unix))]
pub(super) fn limit_memory(_bytes: u64) {}

/// What bounds a process from outside, as long as it is held.
///
/// On Windows a job object: it limits the memory, and ends the process when this one ends, even if it is killed. Elsewhere
/// nothing: the process limits itself.
pub(super) struct Bound {
    #[cfg(windows)]
    #[cfg_attr(not(test), expect(dead_code, reason = "held, not read"))]
    job: Option<win32job::Job>,
}

impl Bound {
    /// Bounds `child` to `memory` bytes; where the system refuses, its time limit remains.
    // The child waits for its first file meanwhile, so that nothing is read without bounds.
    #[cfg_attr(
        not(windows),
        expect(unused_variables, reason = "only Windows has job objects")
    )]
    pub(super) fn new(child: &Child, memory: u64) -> Self {
        Self {
            #[cfg(windows)]
            job: job(child, memory),
        }
    }
}

#[cfg(windows)]
fn job(child: &Child, memory: u64) -> Option<win32job::Job> {
    use std::os::windows::io::AsRawHandle;
    /// `JOB_OBJECT_LIMIT_PROCESS_MEMORY` of the system's headers: the limit below counts.
    const PROCESS_MEMORY: u32 = 0x100;
    let mut limits = win32job::ExtendedLimitInfo::new();
    limits.limit_kill_on_job_close();
    limits.0.BasicLimitInformation.LimitFlags |= PROCESS_MEMORY;
    limits.0.ProcessMemoryLimit = usize::try_from(memory).unwrap_or(usize::MAX);
    let job = win32job::Job::create_with_limit_info(&mut limits).ok()?;
    job.assign_process(child.as_raw_handle().cast()).ok()?;
    Some(job)
}

#[cfg(all(test, windows))]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_process_ends_with_what_bounds_it() {
        let mut child = Command::new("cmd.exe")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("a shell that waits for its input");
        let bound = Bound::new(&child, 1 << 30);
        assert!(bound.job.is_some());
        assert!(child.try_wait().expect("a status").is_none());
        drop(bound);
        let started = Instant::now();
        while child.try_wait().expect("a status").is_none() {
            assert!(started.elapsed() < Duration::from_secs(20));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
