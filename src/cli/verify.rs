//! `xunzhang verify`

use std::io::Write;

use clap::ValueEnum;
use xunzhang::index::{Flaw, Verification, verify};

use super::language::{Lang, say};
use super::output::json_line;
use super::progress::Bar;
use super::session::Session;
use super::table::grouped;
use super::terminal::printable;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// The index is not whole.
#[derive(Debug, thiserror::Error)]
#[error("the index is damaged; build it anew with `xunzhang index --rebuild FOLDER`")]
pub(super) struct Damaged;

impl Arguments {
    pub(super) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let bar = Bar::new(session);
        let verification = verify(&session.index, &|progress| bar.show(progress));
        bar.clear();
        let verification = verification?;
        match self.format {
            Format::Json => write!(out, "{}", json_line(&verification)?)?,
            Format::Text => print(session.lang, &verification, out)?,
        }
        if !verification.problems.is_empty() {
            // What was found goes out before the error.
            out.flush()?;
            return Err(Damaged.into());
        }
        Ok(true)
    }
}

fn print(lang: Lang, verification: &Verification, out: &mut dyn Write) -> anyhow::Result<()> {
    for flaw in &verification.problems {
        writeln!(out, "{}", printable(&sentence(lang, flaw)))?;
    }
    let Verification {
        files,
        documents,
        passages,
        problems,
    } = verification;
    let [files, documents, passages] = [files, documents, passages].map(|&n| grouped(n));
    let n = problems.len();
    let line = if n == 0 {
        say!(
            lang,
            "完好：{files} 个文件校验和无误，{documents} 篇文档齐全，{passages} 段都能由自己的文字找到",
            "sound: {files} files have their checksums, {documents} documents are whole, {passages} passages are found by their own text"
        )
    } else {
        say!(
            lang,
            "有 {n} 处问题；查了 {files} 个文件、{documents} 篇文档、{passages} 段",
            "problems: {n}; looked at {files} files, {documents} documents, {passages} passages"
        )
    };
    writeln!(out, "{line}")?;
    Ok(())
}

fn sentence(lang: Lang, flaw: &Flaw) -> String {
    match flaw {
        Flaw::DamagedFile(name) => say!(
            lang,
            "文件 {name} 与校验和不符",
            "the file {name} does not have its checksum"
        ),
        Flaw::MissingFile(name) => {
            say!(lang, "缺少文件 {name}", "the file {name} is missing")
        }
        Flaw::Count {
            what,
            manifest,
            found,
        } => {
            let zh = match *what {
                "files" => "文件",
                "documents" => "文档",
                "passages" => "段落",
                _ => "字符",
            };
            say!(
                lang,
                "{zh}：清单记 {manifest}，实有 {found}",
                "{what}: the manifest says {manifest}, there are {found}"
            )
        }
        Flaw::Passages {
            document,
            expected,
            found,
        } => say!(
            lang,
            "{document}：应有 {expected} 段，实有 {found} 段",
            "{document}: {expected} passages expected, {found} found"
        ),
        Flaw::NotFindable { document, number } => say!(
            lang,
            "{document}:{number}：用自己的文字找不到",
            "{document}:{number}: not found by its own text"
        ),
    }
}
