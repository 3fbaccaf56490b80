//! A lineage as tables: its forms, who took it up, its years, its uses.

use xunzhang::document::Date;
use xunzhang::precedent::Adoption;

use super::render::{LineageReport, change, level_name};
use crate::cli::messages::Lang;
use crate::cli::output::table::{Cell, Layout, Table};

const LINES: Layout = Layout::Lines { names: 1 };

fn header<const N: usize>(keys: [&'static str; N], lang: Lang) -> Vec<String> {
    keys.map(|key| lang.text(key).to_owned()).to_vec()
}

fn date(date: Option<Date>) -> Cell {
    // As printed: a date that is a year alone is no day.
    Cell::optional(date.map(|date| date.to_string()).as_deref())
}

impl LineageReport<'_> {
    /// A line for each form, in order of first dates.
    pub(crate) fn forms_table(&self) -> Table<'static> {
        let (lineage, lang) = (self.lineage, self.lang);
        let header = header(
            [
                "lineage-form",
                "table-first",
                "table-last",
                "table-occurrences",
                "table-documents",
                "lineage-similarity",
                "lineage-parent",
                "lineage-parent-similarity",
                "lineage-change",
                "lineage-inside",
                "lineage-first-place",
            ],
            lang,
        );
        let rows = lineage.forms.iter().map(|form| {
            let parent = form.parent.as_ref();
            let name = parent.and_then(|edge| lineage.forms.get(edge.form));
            vec![
                Cell::text(&form.text),
                date(form.first),
                date(form.last),
                Cell::Count(form.occurrences),
                Cell::Count(form.documents),
                Cell::Share(form.similarity),
                Cell::optional(name.map(|form| &*form.text)),
                parent.map_or(Cell::Empty, |edge| Cell::Share(edge.similarity)),
                Cell::text(&parent.map(|edge| change(&edge.diff)).unwrap_or_default()),
                Cell::count(form.inside),
                Cell::text(&form.first_place),
            ]
        });
        Table::new("forms", lang.text("lineage-forms"), LINES, header).with(rows.collect())
    }

    /// Who took the wording up: by level, by issuer, by collection.
    pub(crate) fn spread_tables(&self) -> [Table<'static>; 3] {
        let (spread, lang) = (&self.lineage.spread, self.lang);
        let unknown = lang.text("lineage-no-issuer");
        let issuer = |name: &Option<String>| name.clone().unwrap_or_else(|| unknown.to_owned());
        [
            adoptions(("levels", "lineage-level"), &spread.levels, lang, |level| {
                level_name(*level, lang).to_owned()
            }),
            adoptions(("issuers", "table-issuer"), &spread.issuers, lang, issuer),
            adoptions(
                ("collections", "table-collection"),
                &spread.collections,
                lang,
                String::clone,
            ),
        ]
    }

    /// A line for each year.
    pub(crate) fn years_table(&self) -> Table<'static> {
        let (lineage, lang) = (self.lineage, self.lang);
        let header = header(
            [
                "trend-period",
                "table-documents",
                "table-characters",
                "trend-thin",
                "table-occurrences",
                "table-per-10k",
            ],
            lang,
        );
        let rows = lineage.periods.iter().zip(&lineage.points);
        let rows = rows.map(|(period, point)| {
            let is_marked = period.thin && !period.is_gap();
            vec![
                Cell::text(&period.period),
                Cell::Count(period.documents),
                Cell::Count(period.characters),
                Cell::text(if is_marked { "*" } else { "" }),
                match period.is_gap() {
                    true => Cell::Gap,
                    false => Cell::Count(point.occurrences),
                },
                point.per_10k.map_or(Cell::Gap, Cell::Rate),
            ]
        });
        Table::new("periods", lang.text("lineage-years"), LINES, header).with(rows.collect())
    }

    /// A line for each passage that has the wording; empty unless they were asked for.
    pub(crate) fn uses_table(&self) -> Table<'static> {
        let lang = self.lang;
        let header = header(
            [
                "table-place",
                "table-date",
                "lineage-level",
                "table-issuer",
                "table-collection",
                "table-occurrences",
            ],
            lang,
        );
        let rows = self.lineage.uses.iter().flatten().map(|used| {
            vec![
                Cell::text(&used.place),
                date(used.date),
                Cell::text(level_name(used.level, lang)),
                Cell::optional(used.issuer.as_deref()),
                Cell::text(&used.collection),
                Cell::Count(u64::from(used.occurrences)),
            ]
        });
        Table::new("uses", lang.text("lineage-uses"), LINES, header).with(rows.collect())
    }
}

fn adoptions<K>(
    (key, name): (&'static str, &'static str),
    adoptions: &[Adoption<K>],
    lang: Lang,
    shown: impl Fn(&K) -> String,
) -> Table<'static> {
    let header = header(
        [
            name,
            "table-first",
            "table-last",
            "table-occurrences",
            "table-documents",
            "lineage-first-place",
        ],
        lang,
    );
    let rows = adoptions.iter().map(|adoption| {
        vec![
            Cell::text(&shown(&adoption.of)),
            date(adoption.first),
            date(adoption.last),
            Cell::Count(adoption.occurrences),
            Cell::Count(adoption.documents),
            Cell::text(&adoption.first_place),
        ]
    });
    Table::new(key, lang.text(name), LINES, header).with(rows.collect())
}
