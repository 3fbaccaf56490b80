//! A lineage as a page that is one file.

use super::render::LineageReport;
use crate::cli::output::page::{SCRIPT, STYLE, escaped, foot, head, write_table};

impl LineageReport<'_> {
    /// The answer and the tree first, then the numbers, and how they are made.
    pub(crate) fn page(&self) -> String {
        let (lineage, lang) = (self.lineage, self.lang);
        let title = self.title();
        let mut out = head(&title, lang, STYLE);
        let about = |text: &str| format!("<p class=\"about\">{}</p>\n", escaped(text));
        out.push_str(&format!("<h1>{}</h1>\n", escaped(&title)));
        out.push_str(&about(&self.scope()));
        for line in self.answer() {
            out.push_str(&format!("<p class=\"answer\">{}</p>\n", escaped(&line)));
        }
        out.push_str(&self.svg());
        let [levels, issuers, collections] = self.spread_tables();
        let uses = lineage.uses.as_ref().map(|_| self.uses_table());
        let tables = [
            self.forms_table(),
            levels,
            issuers,
            collections,
            self.years_table(),
        ];
        for table in tables.iter().chain(&uses) {
            out.push_str(&format!("<h2>{}</h2>\n", escaped(&table.name)));
            write_table(table, lang, &mut out);
        }
        out.push_str(&format!("<h2>{}</h2>\n", lang.text("sheet-about")));
        // The fingerprint identifies the index by which the numbers can be made again.
        let fingerprint = format!("{} {}", lang.text("about-fingerprint"), lineage.fingerprint);
        for note in self.method().iter().chain([&fingerprint]) {
            out.push_str(&about(note));
        }
        out.push_str(&foot(Some(SCRIPT)));
        out
    }
}
