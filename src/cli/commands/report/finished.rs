//! A report that has been counted, and the files of it.

use std::io::Cursor;

use xunzhang::report::keywords::Note;
use xunzhang::report::tally::Tally;
use xunzhang::search::Filter;
use xunzhang::source::mark::{Form, stamp, stamp_json};

use super::json::write_json;
use super::page::page;
use super::tables::Told;
use crate::cli::messages::Lang;
use crate::cli::output::csv::{archive, csv};
use crate::cli::output::markdown::markdown;
use crate::cli::output::workbook::workbook;

/// A report that has been counted, in no language yet.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The numbers.
    pub(crate) tally: Tally,
    /// What was counted.
    pub(crate) filter: Filter,
    /// How the list of keywords was read.
    pub(crate) notes: Vec<Note>,
}

impl Finished {
    /// The report in a language.
    pub(crate) fn told(&self, lang: Lang) -> Told<'_> {
        Told {
            tally: &self.tally,
            filter: &self.filter,
            notes: &self.notes,
            lang,
        }
    }

    /// The file that the command writes with `-o`; of CSV the summary.
    ///
    /// # Errors
    /// Those of the writer of the form.
    pub(crate) fn file(&self, form: Form, lang: Lang) -> anyhow::Result<Vec<u8>> {
        let told = self.told(lang);
        if form == Form::Json {
            let mut out = Cursor::new(Vec::new());
            stamp_json(&mut out, |out| write_json(&told, out))?;
            return Ok(out.into_inner());
        }
        Ok(stamp(form, &told.bytes(form)?))
    }
}

impl Told<'_> {
    /// The bytes of a form without its mark; those of JSON are written piece by piece.
    pub(super) fn bytes(&self, form: Form) -> anyhow::Result<Vec<u8>> {
        let lang = self.lang;
        Ok(match form {
            Form::Workbook => workbook(&self.tables(), lang)?,
            Form::Page => page(self).into_bytes(),
            Form::Markdown => {
                markdown(lang.text("report-title"), &self.tables(), lang).into_bytes()
            }
            Form::Archive => archive(&self.tables())?,
            _ => csv(&self.summary()),
        })
    }
}
