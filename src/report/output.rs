//! Where results go: files by their extension, written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::delimited::{archive, csv};
use super::json::json;
use super::markdown::markdown;
use super::page::page;
use super::tables::Told;
use super::workbook::workbook;
use crate::{Error, Result};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    path: PathBuf,
    form: Form,
}

/// What it is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An Excel workbook.
    Workbook,
    /// A page.
    Page,
    /// CSV: one table in the file, the others beside it.
    Csv,
    /// All tables as CSV in one archive.
    Archive,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
    /// A chart.
    Svg,
}

impl Form {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Page => "html",
            Self::Csv => "csv",
            Self::Archive => "zip",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Svg => "svg",
        }
    }
}

/// The forms of a report.
pub const REPORT_FORMS: [Form; 6] = [
    Form::Workbook,
    Form::Page,
    Form::Csv,
    Form::Archive,
    Form::Json,
    Form::Markdown,
];

impl Output {
    /// The file of that name, if its extension is that of one of `forms` and it can be written there.
    ///
    /// # Errors
    /// [`Error::BadOutput`] if the extension is another, the path is a folder, or its folder does not exist or can't
    /// be written to.
    pub fn new(path: &Path, forms: &[Form]) -> Result<Self> {
        let bad = |reason: String| Error::BadOutput {
            path: path.into(),
            reason,
        };
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        let form = forms
            .iter()
            .find(|form| extension.as_deref() == Some(form.extension()));
        let Some(&form) = form else {
            let known: Vec<String> = forms
                .iter()
                .map(|form| format!(".{}", form.extension()))
                .collect();
            return Err(bad(format!("expected an extension of {}", known.join(" "))));
        };
        if path.is_dir() {
            return Err(bad("it is a folder; name a file in it".into()));
        }
        let probe = Draft::open(path).map_err(|error| bad(error.to_string()))?;
        drop(probe);
        Ok(Self {
            path: path.into(),
            form,
        })
    }

    /// What it is written as.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the report; a kill leaves the old file or the new one. CSV has the summary in the file itself and each
    /// other table in one beside it, `NAME-TABLE.csv`.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written, [`Error::Workbook`] if the library refuses.
    pub fn write_report(&self, told: &Told) -> Result<()> {
        let language = told.language;
        let bytes = match self.form {
            Form::Workbook => workbook(&told.tables(), language)?,
            Form::Page => page(told).into_bytes(),
            Form::Json => json(told).into_bytes(),
            Form::Markdown => markdown(&told.tables(), language).into_bytes(),
            Form::Archive => archive(&told.tables(), language)?,
            Form::Csv => {
                let tables = told.tables();
                for table in tables.iter().skip(1) {
                    write_whole(&self.beside(table.sheet.name(language)), &csv(table))?;
                }
                tables.first().map(csv).unwrap_or_default()
            }
            Form::Svg => Vec::new(),
        };
        self.write(&bytes)
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written.
    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        write_whole(&self.path, bytes)
    }

    fn beside(&self, name: &str) -> PathBuf {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!("{stem}-{name}.csv"))
    }
}

/// Writes a file whole or not at all: under a name of its own first.
///
/// # Errors
/// [`Error::Io`] if it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::Io {
        path: path.into(),
        action: "written",
        source,
    };
    let mut draft = Draft::open(path).map_err(failed)?;
    draft.finish(bytes).map_err(failed)
}

/// A file under a name of its own until it is whole; removed if it never is.
struct Draft<'a> {
    file: std::fs::File,
    own: PathBuf,
    path: &'a Path,
}

impl<'a> Draft<'a> {
    fn open(path: &'a Path) -> std::io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let own = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = std::fs::File::create(&own)?;
        Ok(Self { file, own, path })
    }

    fn finish(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_all()?;
        std::fs::rename(&self.own, self.path)
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        // After the rename there is nothing to remove.
        let _ = std::fs::remove_file(&self.own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_told_before_the_work() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let told = |name: &str| {
            let error =
                Output::new(&folder.path().join(name), &REPORT_FORMS).expect_err("an error");
            let Error::BadOutput { reason, .. } = error else {
                panic!("{error}");
            };
            reason
        };
        assert_eq!(
            told("a.doc"),
            "expected an extension of .xlsx .html .csv .zip .json .md"
        );
        assert_eq!(
            told("report"),
            "expected an extension of .xlsx .html .csv .zip .json .md"
        );
        std::fs::create_dir(folder.path().join("b.xlsx")).expect("a folder");
        assert_eq!(told("b.xlsx"), "it is a folder; name a file in it");
        assert!(told("无/c.json").starts_with("No such file"));
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.JSON");
        std::fs::write(&path, "旧").expect("a file");
        let output = Output::new(&path, &REPORT_FORMS).expect("an output");
        assert_eq!(std::fs::read_to_string(&path).expect("the file"), "旧");
        output.write("新".as_bytes()).expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("the file"), "新");
        assert_eq!(
            std::fs::read_dir(folder.path())
                .expect("the folder")
                .count(),
            1
        );
    }
}
