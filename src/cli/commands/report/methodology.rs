//! What a report says of itself: the collection, the filters, the rules of counting, warnings.

use xunzhang::query::{Dates, Years};
use xunzhang::report::keywords::{Note, Repeated};
use xunzhang::report::tally::MAX_PAIRED;
use xunzhang::search::{DocumentFilter, Filter, Within};
use xunzhang::text::negation::words::{DENYING, FIXED, FORBIDDING, PREFIX};

use super::tables::{MAX_TOGETHER, Sheet, Told};
use crate::cli::messages::{Lang, say};
use crate::cli::output::table::{Cell, Table};

impl<'a> Told<'a> {
    /// What was counted, and how.
    pub(super) fn about(&self) -> Table<'a> {
        let rules = self.rules().into_iter();
        let rules = rules.map(|rule| ("about-rule", Cell::Text(rule)));
        let warnings = self.warnings().into_iter();
        let warnings = warnings.map(|warning| ("about-note", Cell::Text(warning)));
        let facts = self.facts().into_iter().chain(rules).chain(warnings);
        let rows = facts.map(|(key, value)| vec![Cell::text(self.lang.text(key)), value]);
        let header = self.header(["table-item", "table-value"]);
        self.table(Sheet::About, header).with(rows.collect())
    }

    /// What was counted: names and values.
    fn facts(&self) -> [(&'static str, Cell); 10] {
        let tally = self.tally;
        let dates = tally.documents.iter().filter_map(|document| document.date);
        let n_documents = tally.documents.len();
        let n_undated = n_documents - dates.clone().count();
        // A later version may count by other rules: the version is a part of the method.
        let tool = concat!("xunzhang ", env!("CARGO_PKG_VERSION"));
        [
            ("about-tool", Cell::text(tool)),
            ("about-fingerprint", Cell::text(&tally.fingerprint)),
            ("table-documents", Cell::Count(n_documents as u64)),
            ("table-passages", Cell::Count(tally.passages())),
            ("table-characters", Cell::Count(tally.characters())),
            ("about-first", Cell::date(dates.clone().min())),
            ("about-last", Cell::date(dates.max())),
            ("about-undated", Cell::Count(n_undated as u64)),
            (
                "about-filter",
                Cell::Text(described(self.filter, self.lang)),
            ),
            ("about-entries", Cell::Count(tally.entries.len() as u64)),
        ]
    }

    fn rules(&self) -> Vec<String> {
        let keys = [
            "rule-counts",
            "rule-overlaps",
            "rule-passages",
            "rule-rates",
            "rule-evidence",
        ];
        let mut out = keys.map(|key| self.lang.text(key).to_owned()).to_vec();
        // With `--no-negation` no hit was classified, and the rules would describe numbers that are not there.
        if self
            .tally
            .entries
            .iter()
            .any(|entry| entry.negated.is_some())
        {
            let (denying, forbidding, fixed) = (DENYING, FORBIDDING, FIXED);
            out.push(say!(
                self.lang,
                "rule-negation",
                denying,
                prefix = PREFIX,
                fixed
            ));
            out.push(say!(self.lang, "rule-prohibition", forbidding));
        }
        out
    }

    /// What the reader of the numbers must know.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let mut out = Vec::new();
        for note in self.notes {
            out.push(match note {
                Note::Split { line, text, n } => say!(self.lang, "report-split", line, text, n),
                Note::Together { line, text } => say!(self.lang, "report-together", line, text),
                Note::Sheets(names) => {
                    let names = names.join(&say!(self.lang, "trend-list"));
                    say!(self.lang, "report-sheets", names)
                }
                Note::Unread(names) => {
                    let names = names.join(&say!(self.lang, "trend-list"));
                    say!(self.lang, "report-unread", names)
                }
            });
        }
        for repeated in &self.tally.repeated {
            let Repeated { line, text, first } = repeated;
            out.push(say!(self.lang, "report-repeated", line, text, first));
        }
        if self.tally.pairs.is_none() {
            out.push(say!(self.lang, "report-unpaired", most = MAX_PAIRED));
        }
        if self.tally.entries.len() > MAX_TOGETHER {
            out.push(say!(self.lang, "report-pairs-cut", most = MAX_TOGETHER));
        }
        out
    }
}

/// The filter in words.
pub(crate) fn described(filter: &Filter, lang: Lang) -> String {
    // Taken apart field by field, so that a filter that is added later can't be left out of the description.
    let Filter {
        documents,
        section,
        roles,
        within,
        without_ocr,
    } = filter;
    let DocumentFilter {
        collections,
        kinds,
        issuers,
        years,
        dates,
        paths,
    } = documents;
    let years = years.as_ref().map(Years::to_string);
    let dates = (*dates != Dates::default()).then(|| dates.to_string());
    let any = |values: &[String]| (!values.is_empty()).then(|| values.join(" | "));
    let (collections, kinds) = (any(collections), any(kinds));
    let (issuers, paths, roles) = (any(issuers), any(paths), any(roles));
    let named = [
        ("filter-collection", collections.as_deref()),
        ("filter-kind", kinds.as_deref()),
        ("filter-issuer", issuers.as_deref()),
        ("filter-year", years.as_deref()),
        ("filter-dates", dates.as_deref()),
        ("filter-path", paths.as_deref()),
        ("filter-section", section.as_deref()),
        ("filter-role", roles.as_deref()),
        (
            "filter-within",
            match within {
                Within::All => None,
                Within::Body => Some(lang.text("filter-body")),
                Within::Headings => Some(lang.text("filter-headings")),
            },
        ),
    ];
    let named = named.into_iter();
    let named = named.filter_map(|(key, value)| Some(format!("{} {}", lang.text(key), value?)));
    let mut out: Vec<String> = named.collect();
    if *without_ocr {
        out.push(lang.text("filter-without-ocr").to_owned());
    }
    // Said in words: an empty cell could as well mean that the filter was not recorded.
    match out.is_empty() {
        true => lang.text("filter-none").to_owned(),
        false => out.join(&say!(lang, "filter-separator")),
    }
}

#[cfg(test)]
mod tests {
    use xunzhang::document::Date;

    use super::*;

    fn full() -> Filter {
        let text = |text: &str| vec![text.to_owned()];
        Filter {
            documents: DocumentFilter {
                collections: vec!["甲".to_owned(), "乙".to_owned()],
                kinds: text("总结"),
                issuers: text("水利局"),
                years: Some((2005..=2010).into()),
                dates: Dates {
                    since: Date::new(2006, Some(3), None),
                    until: None,
                },
                paths: text("旧/**"),
            },
            section: Some("修渠".to_owned()),
            roles: text("问题"),
            within: Within::Body,
            without_ocr: true,
        }
    }

    #[test]
    fn every_restriction_is_in_the_description() {
        for lang in [Lang::Zh, Lang::En] {
            let said = described(&full(), lang);
            let values = [
                "甲 | 乙",
                "总结",
                "水利局",
                "2005",
                "2006-03",
                "旧/**",
                "修渠",
                "问题",
            ];
            for value in values
                .into_iter()
                .chain([lang.text("filter-body"), lang.text("filter-without-ocr")])
            {
                assert!(said.contains(value), "{value}: {said}");
            }
            let headings = Filter {
                within: Within::Headings,
                ..Filter::default()
            };
            assert!(described(&headings, lang).contains(lang.text("filter-headings")));
        }
    }

    #[test]
    fn a_restriction_that_is_not_there_is_not_named() {
        let alone = Filter {
            without_ocr: true,
            ..Filter::default()
        };
        assert_eq!(
            described(&alone, Lang::Zh),
            Lang::Zh.text("filter-without-ocr")
        );
        let kinds = Filter {
            documents: DocumentFilter {
                kinds: vec!["总结".to_owned()],
                ..DocumentFilter::default()
            },
            ..Filter::default()
        };
        assert_eq!(
            described(&kinds, Lang::Zh),
            format!("{} 总结", Lang::Zh.text("filter-kind"))
        );
        // No filter is a fact as well.
        assert_eq!(
            described(&Filter::default(), Lang::Zh),
            Lang::Zh.text("filter-none")
        );
    }
}
