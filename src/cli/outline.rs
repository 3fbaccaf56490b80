//! `xunzhang outline FILE`

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::json;
use xunzhang::source::{self, ReadOptions};

use super::session::Session;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file.
    file: PathBuf,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    pub(super) fn run(self, _session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let mut records = Vec::new();
        source::read(&self.file, &ReadOptions::default(), |record| {
            records.push(record.document)
        })
        .map_err(|skip| anyhow::anyhow!("{} {skip}", self.file.display()))?;
        let mut found = false;
        for document in &records {
            found |= !document.sections.is_empty();
            match self.format {
                Format::Json => {
                    let headings = document.sections.iter().map(|section| {
                        json!({"line": section.line, "level": section.level, "label": section.label, "title": section.title, "run_in": section.run_in})
                    });
                    let date = document.date.map(|(date, _)| date.to_string());
                    let head = json!({"title": document.title, "date": date, "kind": document.kind, "issuer": document.issuer});
                    writeln!(
                        out,
                        "{}",
                        json!({"document": head, "headings": headings.collect::<Vec<_>>()})
                    )?;
                }
                Format::Text => {
                    writeln!(out, "{}", document.title)?;
                    for section in &document.sections {
                        let indent = "  ".repeat(usize::from(section.level));
                        let label = section.label.as_deref().unwrap_or_default();
                        writeln!(out, "{:>6}{indent}{label}{}", section.line, section.title)?;
                    }
                }
            }
        }
        Ok(found)
    }
}
