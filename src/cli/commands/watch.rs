//! `xunzhang watch [PATH]...`

use std::io::Write;
use std::time::{Duration, Instant};

use xunzhang::index::{Error, UpdateOptions, update};
use xunzhang::source::watch::{Changes, Patience};
use xunzhang::source::{self, walk};

use crate::cli::commands::index;
use crate::cli::messages;
use crate::cli::messages::say;
use crate::cli::session::Session;

/// How long is waited before what failed is tried again.
// The lock of another run lasts seconds; a shorter pause would only repeat the note about it.
const RETRY: Duration = Duration::from_secs(3);
/// How long a wait lasts; then it begins anew.
const LONG: Duration = Duration::from_secs(3600);

#[derive(clap::Args)]
// Clap names a group by its structure, and both of these are called `Arguments`.
#[group(skip)]
pub(crate) struct Arguments {
    #[command(flatten)]
    index: index::Arguments,
}

impl Arguments {
    /// Runs until it is ended from outside, which it may be at any moment.
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let mut options = self.index.options(session)?;
        // Watching starts before the first update, so that no change is missed between them.
        let mut changes = Some(self.watch(session)?);
        loop {
            if !self.bring_up_to_date(session, &options, out)? {
                std::thread::sleep(RETRY);
                changes = None;
                continue;
            }
            // To rebuild is meant once: at every change it would read the whole collection.
            options.rebuild = false;
            match &changes {
                Some(changes) => while !changes.wait(Patience::default(), LONG) {},
                // A root that was away is watched anew, and looked at again.
                None => {
                    changes = self.watch(session).ok();
                    // Without a watch, the next look is a moment later and not at once.
                    if changes.is_none() {
                        std::thread::sleep(RETRY);
                    }
                }
            }
        }
    }

    fn watch(&self, session: &Session) -> anyhow::Result<Changes> {
        let roots = self.index.paths(session).into_iter();
        let roots: &Vec<_> = &roots.map(|place| place.path).collect();
        if let Some(missing) = roots.iter().find(|root| !root.exists()) {
            return Err(walk::Error::MissingRoot(missing.clone()).into());
        }
        Changes::watch(roots, &session.index).map_err(|source| {
            source::Error::Io {
                path: roots.first().cloned().unwrap_or_default(),
                action: source::Action::Watch,
                source,
            }
            .into()
        })
    }

    /// Updates once and prints what changed; false if it has to be tried again.
    fn bring_up_to_date(
        &self,
        session: &Session,
        options: &UpdateOptions,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let started = Instant::now();
        let summary = match update(&session.index, &self.index.paths(session), options, &|_| {}) {
            Ok(summary) => summary,
            // All of these may pass: another run has the lock, too many files are open, a disk is full or away.
            Err(
                error @ (Error::Locked(_)
                | Error::TooManyFiles(_)
                | Error::Unwritten { .. }
                | Error::Source(_)),
            ) => {
                session.note(&messages::explain(&error.into(), session.lang));
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        };
        let seconds = started.elapsed().as_secs_f64();
        let (added, changed, removed) = (summary.added, summary.changed, summary.removed);
        let (documents, skipped) = (summary.documents, summary.skipped.len());
        let line = say!(
            session.lang,
            "watch-summary",
            documents,
            added,
            changed,
            removed,
            skipped,
            seconds = format!("{seconds:.1}")
        );
        writeln!(out, "{line}")?;
        // A pipe holds lines back, and a log should have this one at once.
        out.flush()?;
        Ok(true)
    }
}
