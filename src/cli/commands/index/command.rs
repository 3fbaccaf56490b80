//! `xunzhang index [PATH]...`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use xunzhang::index::{
    Collection, CollectionRecord, UpdateOptions, collections, read_dictionary, read_synonyms,
    update,
};
use xunzhang::source::ReadOptions;
use xunzhang::source::records::FieldMap;
use xunzhang::source::walk::Exclude;

use super::{size, summary, warning};
use crate::cli::messages::say;
use crate::cli::ocr;
use crate::cli::progress::Bar;
use crate::cli::reader;
use crate::cli::session::Session;
use crate::cli::value::{BadValue, within};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders, each a collection that is called by its folder, or NAME=PATH [default: those that the index was built
    /// from, else `corpus`].
    #[arg(value_name = "PATH", value_parser = place)]
    paths: Vec<Collection>,
    /// Read every file anew, and drop what earlier runs indexed.
    #[arg(long)]
    rebuild: bool,
    /// Threads, from 1 to 64 [default: one for each processor, at most 8].
    #[arg(long, value_name = "N", value_parser = within::<u8>(1..=64))]
    jobs: Option<u8>,
    /// What may be held back before it is written, as in 200, 200MB, 1G; a bare number is megabytes.
    #[arg(long, value_name = "SIZE", default_value = "300MB", value_parser = size::parse)]
    memory: u64,
    /// User dictionary in jieba's format; may be repeated.
    #[arg(long, value_name = "FILE")]
    dict: Vec<PathBuf>,
    /// Words that mean the same, for queries; may be repeated.
    #[arg(long, value_name = "FILE")]
    synonyms: Vec<PathBuf>,
    /// Files or folders to leave out, as in '*.bak' or 'old/**'; may be repeated; kept for later runs until others are given.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Columns of records, as in text=full_text,title=标题; kept for later runs until another map is given.
    #[arg(long, value_name = "MAP")]
    map: Option<FieldMap>,
    /// Remove what folders gave that are gone, or empty, by now.
    #[arg(long)]
    prune: bool,
    /// Read pages without text (scans, text drawn as outlines) by a program for character recognition that is on this machine:
    /// RapidOCR or tesseract. Files with such pages that are in the index already are read again.
    #[arg(long)]
    ocr: bool,
    /// A file that gives no document makes the exit status 2.
    #[arg(long)]
    strict: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let started = Instant::now();
        let options = self.options(session)?;
        let bar = Bar::new(session);
        let paths = self.paths(session);
        let summary = update(&session.index, &paths, &options, &|progress| {
            bar.show(progress);
        });
        // Cleared before the error is returned, whose message would otherwise begin on the line of the bar.
        bar.clear();
        let summary = summary?;
        let seconds = started.elapsed().as_secs_f64();
        // Notes come before the summary, so that the summary is what remains in view.
        summary::note_skipped(session, &summary.skipped);
        warning::note(session, &summary.warnings);
        if self.json {
            summary::write_json(&summary, seconds, out)?;
        } else {
            summary::print(session.lang, &summary, seconds, out)?;
        }
        // What this program wrote is skipped by design; `--strict` is about files of the user.
        let n = summary.skipped.iter().filter(|file| !summary::is_own(file));
        let n = n.count() as u64;
        if self.strict && n > 0 {
            // The index is written; its summary is printed before the error.
            out.flush()?;
            let files = say!(session.lang, "n-files", n);
            anyhow::bail!(say!(session.lang, "index-strict", files));
        }
        Ok(true)
    }

    /// The files and folders: those given, else those of the index, else the sample reports' folder.
    pub(crate) fn paths(&self, session: &Session) -> Vec<Collection> {
        let mut paths = self.paths.clone();
        if paths.is_empty() {
            let folder = std::env::current_dir().unwrap_or_default();
            // The index stores absolute paths; below the current folder they are shown as people type them.
            let shown = |place: CollectionRecord| match Path::new(&place.path).strip_prefix(&folder)
            {
                Ok(below) if !below.as_os_str().is_empty() => PathBuf::from(below),
                _ => PathBuf::from(&place.path),
            };
            let known = collections(&session.index).into_iter();
            paths.extend(known.map(|place| Collection {
                // Without its name the collection would be called by its folder, and all its ids would change.
                name: Some(place.name.clone()),
                path: shown(place),
            }));
        }
        if paths.is_empty() {
            // The folder of the sample reports: without arguments the command works in a fresh copy of the project.
            paths.push(PathBuf::from("corpus").into());
        }
        paths
    }

    /// How the index is brought up to date.
    pub(crate) fn options(&self, session: &Session) -> anyhow::Result<UpdateOptions> {
        let default = UpdateOptions::default();
        let jobs = self.jobs.map_or(default.jobs, usize::from);
        let memory = size::within_reach(self.memory, jobs);
        Ok(UpdateOptions {
            rebuild: self.rebuild,
            prune: self.prune,
            jobs,
            memory,
            dictionary: read_dictionary(&self.dict)?,
            synonyms: read_synonyms(&self.synonyms)?,
            // Without patterns those of the last run are kept.
            exclude: match &*self.exclude {
                [] => None,
                patterns => Some(Exclude::new(patterns)?),
            },
            map: self.map.clone(),
            read: ReadOptions {
                max_text: memory / size::TEXT_SHARE,
                // Only with the flag: looking for a program starts others.
                ocr: self.ocr.then(|| ocr::recognizer(session)).flatten(),
                ..reader::options()
            },
            ..default
        })
    }
}

/// Reads `NAME=PATH`, or a path, which may have a `=` in it if something is there.
fn place(text: &str) -> Result<Collection, BadValue> {
    let is_there = || Path::new(text).symlink_metadata().is_ok();
    // Chinese input methods type the full-width sign.
    let Some((name, path)) = text.split_once(['=', '＝']).filter(|_| !is_there()) else {
        return Ok(PathBuf::from(text).into());
    };
    Collection::named(name, path.into()).ok_or(BadValue::Collection)
}
