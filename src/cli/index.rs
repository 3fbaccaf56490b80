//! `xunzhang index [PATH]...`

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use xunzhang::index::{Dictionary, UpdateOptions, update};
use xunzhang::source::ReadOptions;
use xunzhang::source::records::FieldMap;
use xunzhang::source::walk::Exclude;

use super::session::Session;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files and folders.
    #[arg(default_value = "corpus")]
    paths: Vec<PathBuf>,
    /// Read every file anew.
    #[arg(long)]
    rebuild: bool,
    /// Threads [default: one for each processor].
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Megabytes held back before they are written.
    #[arg(long, value_name = "MB", default_value_t = 200)]
    memory: usize,
    /// User dictionary in jieba's format; may be repeated.
    #[arg(long, value_name = "FILE")]
    dict: Vec<PathBuf>,
    /// Files to leave out; may be repeated.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Columns of records, as in `text=full_text,title=标题`.
    #[arg(long, value_name = "MAP")]
    map: Option<FieldMap>,
    /// A file that gives no document makes the exit status 2.
    #[arg(long)]
    strict: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let started = std::time::Instant::now();
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = self.jobs.unwrap_or(processors).clamp(1, 64);
        let options = UpdateOptions {
            rebuild: self.rebuild,
            jobs: jobs.min(8),
            memory: (self.memory << 20).max(jobs.min(8) * (16 << 20)),
            dictionary: dictionary(&self.dict)?,
            exclude: Exclude::new(&self.exclude)?,
            read: ReadOptions {
                map: self.map.unwrap_or_default(),
                ..ReadOptions::default()
            },
        };
        let summary = update(&session.index, &self.paths, &options, &|_| {})?;
        let seconds = started.elapsed().as_secs_f64();
        for skipped in &summary.skipped {
            session.note(&format!("skipped {}: {}", skipped.path, skipped.reason));
        }
        if self.json {
            let mut json = serde_json::to_value(&summary)?;
            json["seconds"] = seconds.into();
            writeln!(out, "{json}")?;
        } else {
            writeln!(
                out,
                "{} documents, {} passages, {} characters; {} added, {} changed, {} removed, {} files skipped; {seconds:.1} s, {:.1} MB/s",
                summary.documents,
                summary.passages,
                summary.characters,
                summary.added,
                summary.changed,
                summary.removed,
                summary.skipped.len(),
                summary.read_bytes as f64 / 1e6 / seconds,
            )?;
        }
        if self.strict && !summary.skipped.is_empty() {
            anyhow::bail!("{} files were skipped", summary.skipped.len());
        }
        Ok(true)
    }
}

fn dictionary(files: &[PathBuf]) -> anyhow::Result<Option<Dictionary>> {
    let mut dictionary = Dictionary::default();
    for file in files {
        let bytes = std::fs::read(file)
            .with_context(|| format!("the dictionary {} cannot be read", file.display()))?;
        let text = String::from_utf8(bytes)
            .with_context(|| format!("the dictionary {} is not UTF-8", file.display()))?;
        xunzhang::text::words::Segmenter::new(&text)
            .with_context(|| format!("the dictionary {}", file.display()))?;
        dictionary.files.push(file.display().to_string());
        dictionary.text.push_str(&text);
        dictionary.text.push('\n');
    }
    Ok((!files.is_empty()).then_some(dictionary))
}
