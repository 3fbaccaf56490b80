//! Long work that a page starts and then shows: how far it is, its end, and its result while it is kept.
//!
//! Jobs are in memory alone: what is uploaded or pasted is removed with its job. Their ids are too long to guess.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use xunzhang::precedent::Check;
use xunzhang::task::{Cancel, Progress, Task};

use super::parameters::Parameters;
use super::problem::Problem;
use crate::cli::commands::report::Finished;
use crate::cli::messages::Lang;

/// Jobs that are kept; a new one replaces the oldest that has ended.
const MOST: usize = 16;
/// How long a job is kept after its end: a draft should not stay in memory over night.
const KEPT: Duration = Duration::from_secs(30 * 60);
/// Hexadecimal digits of an id: 128 bits.
const ID: usize = 32;

/// What a job makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Report,
    Check,
}

/// What a job has made.
#[derive(Debug)]
pub(super) enum Outcome {
    Report(Box<Finished>),
    Check(Box<Check>),
}

/// What a job is to do, on a thread of its own.
pub(super) type Work = Box<dyn FnOnce(&Task<'_>) -> anyhow::Result<Outcome> + Send>;

/// How far a job is.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// Others come first.
    Waiting,
    Running(Progress),
    Done(Arc<Outcome>),
    Failed(Arc<Problem>),
    Cancelled,
}

impl State {
    /// Whether it stays as it is.
    pub(super) fn is_final(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Running(_))
    }
}

/// What a job is requested with.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) kind: Kind,
    /// The parameters of its form.
    pub(super) parameters: Parameters,
    /// The language of the request, in which a failure is reported.
    pub(super) lang: Lang,
    /// Fingerprint of the index that it is about.
    pub(super) fingerprint: String,
}

/// A job.
pub(super) struct Job {
    pub(super) id: String,
    pub(super) order: Order,
    cancel: Cancel,
    state: watch::Sender<State>,
    ended: Mutex<Option<Instant>>,
}

impl Kind {
    /// The path of its form, which its jobs are below.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Report => "/report",
            Self::Check => "/check",
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A result may be of any size.
        f.debug_tuple("Job").field(&self.id).finish()
    }
}

impl Job {
    fn new(order: Order, mut id: String) -> Self {
        id.truncate(ID);
        Self {
            id,
            order,
            cancel: Cancel::default(),
            state: watch::Sender::new(State::Waiting),
            ended: Mutex::default(),
        }
    }

    /// Its page.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.order.kind.path(), self.id)
    }

    /// How far it is.
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// How far it is, from now on.
    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Ends it early; one that has ended stays as it is.
    pub(super) fn cancel(&self) {
        self.cancel.cancel();
        self.set(State::Cancelled);
    }

    /// Waits for its end, but no longer than `patience`.
    pub(super) async fn ended_within(&self, patience: Duration) {
        let mut state = self.watch();
        let ended = state.wait_for(State::is_final);
        // Its page says how far it is if this takes too long.
        let _ = tokio::time::timeout(patience, ended).await;
    }

    /// Does the work, on the thread that calls; `None` if it was cancelled before.
    pub(super) fn run(&self, work: Work) -> Option<anyhow::Result<Outcome>> {
        if self.cancel.is_cancelled() {
            return None;
        }
        // A watcher sees the latest value only, so that a slow one holds nothing up.
        let progress = |progress| self.set(State::Running(progress));
        progress(Progress::default());
        Some(work(&Task {
            progress: &progress,
            cancel: self.cancel.clone(),
        }))
    }

    /// Notes what came of the work.
    pub(super) fn finish(&self, done: Option<anyhow::Result<Outcome>>) {
        self.set(match done {
            Some(Ok(outcome)) => State::Done(Arc::new(outcome)),
            None => State::Cancelled,
            Some(Err(_)) if self.cancel.is_cancelled() => State::Cancelled,
            Some(Err(error)) => State::Failed(Arc::new(Problem::of(&error, self.order.lang))),
        });
    }

    fn set(&self, state: State) {
        let is_final = state.is_final();
        let is_set = self.state.send_if_modified(|current| {
            let is_open = !current.is_final();
            if is_open {
                *current = state;
            }
            is_open
        });
        if is_set && is_final {
            *lock(&self.ended) = Some(Instant::now());
        }
    }

    fn is_over(&self, now: Instant) -> bool {
        let ended = *lock(&self.ended);
        ended.is_some_and(|ended| now.duration_since(ended) >= KEPT)
    }
}

/// The jobs that are kept, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Jobs(Mutex<VecDeque<Arc<Job>>>);

impl Jobs {
    /// Adds a job that waits, under the first digits of `id`, which are too many to guess; `None` if there are too many that have not
    /// ended.
    pub(super) fn add(&self, order: Order, id: String) -> Option<Arc<Job>> {
        let job = Arc::new(Job::new(order, id));
        let mut kept = lock(&self.0);
        if kept.len() >= MOST {
            let ended = kept.iter().position(|job| job.state().is_final())?;
            kept.remove(ended);
        }
        kept.push_back(Arc::clone(&job));
        Some(job)
    }

    /// The job of a kind with this id.
    pub(super) fn get(&self, kind: Kind, id: &str) -> Option<Arc<Job>> {
        let kept = lock(&self.0);
        let mut all = kept.iter();
        let found = all.find(|job| job.order.kind == kind && job.id == id);
        found.map(Arc::clone)
    }

    /// Drops what was kept long enough.
    pub(super) fn sweep(&self) {
        self.sweep_at(Instant::now());
    }

    fn sweep_at(&self, now: Instant) {
        lock(&self.0).retain(|job| !job.is_over(now));
    }

    /// Ends all of them.
    pub(super) fn cancel_all(&self) {
        lock(&self.0).iter().for_each(|job| job.cancel());
    }
}

/// What another thread left is whole: each change is one assignment.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::cli::session::Session;
    use crate::web::app::App;
    use crate::web::guard::{Guard, random};
    use crate::web::job_routes::start;

    fn app() -> Arc<App> {
        let address = "127.0.0.1:1".parse().expect("an address");
        let guard = Guard::new(address, Vec::new(), None).expect("a guard");
        Arc::new(App::new(Session::for_tests(), guard))
    }

    fn order() -> Order {
        Order {
            kind: Kind::Report,
            parameters: Parameters::default(),
            lang: Lang::Zh,
            fingerprint: "渠".to_owned(),
        }
    }

    fn outcome() -> Outcome {
        let finished = Finished {
            tally: xunzhang::report::tally::Tally {
                fingerprint: String::new(),
                entries: Vec::new(),
                repeated: Vec::new(),
                documents: Vec::new(),
                pairs: None,
                excerpts: Vec::new(),
            },
            filter: xunzhang::search::Filter::default(),
            notes: Vec::new(),
        };
        Outcome::Report(Box::new(finished))
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Runtime::new().expect("a runtime")
    }

    async fn ended(job: &Job) -> State {
        job.ended_within(Duration::from_secs(20)).await;
        job.state()
    }

    #[test]
    fn work_is_done_one_after_the_other_and_seen() {
        runtime().block_on(async {
            let app = app();
            let (go, wait) = mpsc::channel::<()>();
            let first = start(
                &app,
                order(),
                Box::new(move |task| {
                    let progress = Progress {
                        done: 3,
                        total: 4,
                        ..Progress::default()
                    };
                    (task.progress)(progress);
                    wait.recv().expect("told to go on");
                    Ok(outcome())
                }),
            );
            let first = first.expect("a job");
            let seen = first
                .watch()
                .wait_for(|state| matches!(state, State::Running(progress) if progress.done == 3))
                .await
                .is_ok();
            assert!(seen);
            let second = start(&app, order(), Box::new(|_| Ok(outcome()))).expect("a job");
            assert!(matches!(second.state(), State::Waiting));
            go.send(()).expect("it waits");
            assert!(matches!(ended(&second).await, State::Done(_)));
            assert!(matches!(ended(&first).await, State::Done(_)));
            assert!(app.jobs.get(Kind::Report, &first.id).is_some());
            assert!(app.jobs.get(Kind::Check, &first.id).is_none());
        });
    }

    #[test]
    fn a_cancelled_job_ends_and_others_run() {
        runtime().block_on(async {
            let app = app();
            let (begun, begins) = mpsc::channel();
            let work: Work = Box::new(move |task| {
                begun.send(()).expect("somebody waits");
                while !task.cancel.is_cancelled() {
                    std::thread::yield_now();
                }
                Err(xunzhang::index::Error::Cancelled.into())
            });
            let running = start(&app, order(), work).expect("a job");
            tokio::task::spawn_blocking(move || begins.recv())
                .await
                .expect("no panic")
                .expect("begun");
            let waiting = start(&app, order(), Box::new(|_| panic!("it was cancelled")));
            let waiting = waiting.expect("a job");
            waiting.cancel();
            running.cancel();
            assert!(matches!(ended(&running).await, State::Cancelled));
            let next = start(&app, order(), Box::new(|_| Ok(outcome()))).expect("a job");
            assert!(matches!(ended(&next).await, State::Done(_)));
            assert!(matches!(waiting.state(), State::Cancelled));
            // What has ended stays as it is.
            next.cancel();
            assert!(matches!(next.state(), State::Done(_)));
        });
    }

    #[test]
    fn an_error_and_a_panic_are_failures() {
        runtime().block_on(async {
            let app = app();
            let works: [Work; 2] = [
                Box::new(|_| anyhow::bail!("水渠不通")),
                Box::new(|_| panic!("a fault")),
            ];
            for (work, detail) in works.into_iter().zip(["水渠不通", ""]) {
                let job = start(&app, order(), work).expect("a job");
                let State::Failed(problem) = ended(&job).await else {
                    panic!("{:?}", job.state());
                };
                assert!(problem.detail.contains(detail), "{problem:?}");
            }
        });
    }

    fn add(jobs: &Jobs) -> Option<Arc<Job>> {
        jobs.add(order(), random().expect("bits"))
    }

    #[test]
    fn the_oldest_that_has_ended_makes_room() {
        let jobs = Jobs::default();
        let all: Vec<Arc<Job>> = (0..MOST).filter_map(|_| add(&jobs)).collect();
        assert_eq!(all.len(), MOST);
        // What has not ended is not dropped for another.
        assert!(add(&jobs).is_none());
        all[3].finish(Some(Ok(outcome())));
        all[5].cancel();
        assert!(add(&jobs).is_some());
        let kept = |job: &Job| jobs.get(Kind::Report, &job.id).is_some();
        assert!(!kept(&all[3]) && kept(&all[5]) && kept(&all[0]));
        jobs.sweep_at(Instant::now() + KEPT);
        assert!(!kept(&all[5]) && kept(&all[0]));
        jobs.cancel_all();
        assert!(matches!(all[0].state(), State::Cancelled));
        let ids: std::collections::BTreeSet<&str> = all.iter().map(|job| &*job.id).collect();
        assert!(ids.len() == MOST && ids.iter().all(|id| id.len() == ID));
    }
}
