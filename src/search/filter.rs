//! Filters: what a search is restricted to beside its query.

use serde::{Deserialize, Serialize};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use super::Searcher;
use super::documents::DocumentFilter;
use crate::index::RECOGNIZED;
use crate::query::Restriction;
use crate::search::Result;
use crate::text::pattern::Pattern;

/// Restrictions; the default restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Documents to look in.
    pub documents: DocumentFilter,
    /// Text that some heading on the section path holds.
    pub section: Option<String>,
    /// Roles of the section, any of them.
    pub roles: Vec<String>,
    /// Parts to look in.
    pub within: Within,
    /// Whether passages are left out that character recognition has read.
    pub without_ocr: bool,
}

/// Parts of a document to look in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Within {
    /// All passages.
    #[default]
    All,
    /// Passages of body text.
    Body,
    /// Titles and headings on lines of their own.
    Headings,
}

impl Filter {
    /// Whether it restricts anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Searcher<'_> {
    /// `query` under `filter`; the filter adds nothing to a score.
    pub(super) fn filtered(
        &self,
        query: Box<dyn Query>,
        filter: &Filter,
    ) -> Result<Box<dyn Query>> {
        let planner = self.planner();
        let mut clauses = vec![(Occur::Must, query)];
        for alternatives in filter.alternatives() {
            let any = alternatives.iter().map(|one| planner.restriction(one));
            let any = any.collect::<std::result::Result<Vec<_>, _>>()?;
            let any = ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), 0.0);
            clauses.push((Occur::Must, Box::new(any)));
        }
        let has_value = |field, value: &str| {
            let term = Term::from_field_text(field, value);
            TermQuery::new(term, IndexRecordOption::Basic)
        };
        let body = has_value(self.index.fields.part, "body");
        let body = ConstScoreQuery::new(Box::new(body), 0.0);
        match filter.within {
            Within::All => {}
            Within::Body => clauses.push((Occur::Must, Box::new(body))),
            // Titles are headings too: what is no body is one of the two.
            Within::Headings => clauses.push((Occur::MustNot, Box::new(body))),
        }
        if filter.without_ocr {
            let recognized = has_value(self.index.fields.ocr, RECOGNIZED);
            clauses.push((Occur::MustNot, Box::new(recognized)));
        }
        Ok(conjunction(clauses))
    }
}

impl Filter {
    /// What restricts passages: one of each list must hold.
    fn alternatives(&self) -> Vec<Vec<Restriction>> {
        // A section without a unit, as of marks alone, restricts nothing: it names no text that a heading could hold.
        let heading = self.section.as_deref().and_then(Pattern::phrase);
        let of_role = self.roles.iter().cloned().map(Restriction::Role);
        let of_section = [
            heading.map(Restriction::Heading).into_iter().collect(),
            of_role.collect::<Vec<_>>(),
        ];
        let of_section = of_section.into_iter().filter(|any| !any.is_empty());
        let of_document = self.documents.restrictions().into_iter();
        of_document.chain(of_section).collect()
    }
}

/// All of `clauses`; one clause alone is the query itself, as a conjunction would only add a layer.
fn conjunction(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    let only = clauses.len() == 1;
    match clauses.pop() {
        Some((_, query)) if only => query,
        last => {
            clauses.extend(last);
            Box::new(BooleanQuery::new(clauses))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Date, Part, Role};
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::Dates;
    use crate::search::{ScannedDocument, ScannedPassage, Scope};
    use std::num::NonZeroUsize;

    const FILES: [(&str, &str); 4] = [
        (
            "2009/甲.txt",
            "白苇县2009年工作总结\n一、取得的成效\n修渠三条。\n（一）水渠。整修水渠。\n二、存在的问题\n水渠失修。\n2009年12月3日\n",
        ),
        ("乙.txt", "关于修渠的通知\n各村整修水渠。\n2010年7月1日\n"),
        (
            "丙.jsonl",
            "{\"title\":\"水渠方案\",\"text\":\"先修东渠。\",\"date\":\"2019-03-05\",\"issuer\":\"青禾镇政府\"}\n{\"title\":\"道路办法\",\"text\":\"再修路。\"}\n",
        ),
        ("丁.txt", "记录\n水渠。\n"),
    ];

    type Predicate = fn(&ScannedDocument, &ScannedPassage<'_>) -> bool;

    fn of(documents: DocumentFilter) -> Filter {
        Filter {
            documents,
            ..Filter::default()
        }
    }

    fn cases() -> Vec<(Filter, Predicate)> {
        let any = DocumentFilter::default;
        let list = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
        let kinds = |values: &[&str]| {
            of(DocumentFilter {
                kinds: list(values),
                ..any()
            })
        };
        let paths = |values: &[&str]| {
            of(DocumentFilter {
                paths: list(values),
                ..any()
            })
        };
        let issuers = |values: &[&str]| {
            of(DocumentFilter {
                issuers: list(values),
                ..any()
            })
        };
        let collections = |values: &[&str]| {
            of(DocumentFilter {
                collections: list(values),
                ..any()
            })
        };
        let dates = Dates {
            since: Date::new(2010, None, None),
            until: Date::new(2019, Some(3), None),
        };
        let within = |within| Filter {
            within,
            ..Filter::default()
        };
        vec![
            (Filter::default(), |_, _| true),
            (kinds(&["总结"]), |document, _| {
                document.kind.as_deref() == Some("总结")
            }),
            (kinds(&["總結", " 通知 "]), |document, _| {
                matches!(document.kind.as_deref(), Some("总结" | "通知"))
            }),
            (kinds(&["诗"]), |_, _| false),
            (paths(&["2009/*", "丁.txt"]), |document, _| {
                document.id.starts_with("2009/") || document.id == "丁.txt"
            }),
            (issuers(&["青禾"]), |document, _| {
                document
                    .issuer
                    .as_deref()
                    .is_some_and(|issuer| issuer.contains("青禾"))
            }),
            (collections(&["CORPUS"]), |_, _| true),
            (collections(&["corpu"]), |_, _| false),
            (
                of(DocumentFilter {
                    years: Some((2009..=2010).into()),
                    ..any()
                }),
                |document, _| {
                    document
                        .date
                        .is_some_and(|date| (2009..=2010).contains(&date.year))
                },
            ),
            (of(DocumentFilter { dates, ..any() }), |document, _| {
                document
                    .date
                    .is_some_and(|date| (2010..=2019).contains(&date.year))
            }),
            (within(Within::Body), |_, passage| {
                passage.part == Part::Body
            }),
            (within(Within::Headings), |_, passage| {
                passage.part != Part::Body
            }),
            (
                Filter {
                    roles: vec!["成效".to_owned()],
                    ..Filter::default()
                },
                |_, passage| passage.role == Some(Role::Results),
            ),
            (
                Filter {
                    roles: vec!["成效".to_owned(), "问题".to_owned()],
                    ..Filter::default()
                },
                |_, passage| matches!(passage.role, Some(Role::Results | Role::Problems)),
            ),
            (
                Filter {
                    section: Some("存在的问题".to_owned()),
                    ..Filter::default()
                },
                |_, passage| {
                    passage
                        .headings()
                        .is_some_and(|headings| headings.contains("存在的问题"))
                },
            ),
            // Nothing is read by character recognition.
            (
                Filter {
                    without_ocr: true,
                    ..Filter::default()
                },
                |_, _| true,
            ),
            (
                Filter {
                    within: Within::Body,
                    roles: vec!["成效".to_owned()],
                    ..kinds(&["总结"])
                },
                |document, passage| {
                    passage.part == Part::Body
                        && passage.role == Some(Role::Results)
                        && document.kind.as_deref() == Some("总结")
                },
            ),
        ]
    }

    fn found(
        searcher: &Searcher,
        filter: &Filter,
        is_in: &(impl Fn(&ScannedDocument, &ScannedPassage<'_>) -> bool + Sync),
    ) -> Vec<(String, u32)> {
        let visit = |out: &mut Vec<(String, u32)>,
                     document: &ScannedDocument,
                     passages: &[ScannedPassage<'_>]| {
            let passages = passages.iter().filter(|passage| is_in(document, passage));
            out.extend(passages.map(|passage| (document.id.clone(), passage.number)));
            Ok(())
        };
        let runs = searcher.scan(filter, NonZeroUsize::MIN, Vec::new, visit);
        runs.expect("a scan").concat()
    }

    #[test]
    fn every_filter_takes_what_looking_at_each_passage_takes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir_all(corpus.join("2009")).expect("a folder");
        for (name, text) in FILES {
            std::fs::write(corpus.join(name), text).expect("a file");
        }
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let all = found(&searcher, &Filter::default(), &|_, _| true).len();
        let mut n_narrow = 0;
        for (filter, is_in) in cases() {
            let expected = found(&searcher, &Filter::default(), &is_in);
            assert_eq!(
                found(&searcher, &filter, &|_, _| true),
                expected,
                "{filter:?}"
            );
            n_narrow += usize::from(!expected.is_empty() && expected.len() < all);
            // A scope is the same passages, asked another way.
            let scope = Scope::new(&searcher, &filter).expect("a scope");
            let spots = scope
                .places_of(&crate::query::Leaf::Word("渠".to_owned()))
                .expect("places");
            let spots: Vec<(String, u32)> = spots
                .iter()
                .map(|spot| (spot.document.to_string(), spot.number))
                .collect();
            let holding = found(&searcher, &filter, &|_, passage| {
                passage.text().contains('渠')
            });
            assert_eq!(spots, holding, "{filter:?}");
        }
        // All but a few filters take something and leave something out.
        assert!(n_narrow >= 9, "{n_narrow}");
    }

    #[test]
    fn the_default_restricts_nothing() {
        assert!(Filter::default().is_empty());
        for (filter, _) in cases().into_iter().skip(1) {
            assert!(!filter.is_empty(), "{filter:?}");
        }
    }

    #[test]
    fn what_restricts_nothing_adds_no_clause() {
        let n_lists = |filter: &Filter| filter.alternatives().len();
        assert_eq!(n_lists(&Filter::default()), 0);
        let section = |text: &str| Filter {
            section: Some(text.to_owned()),
            ..Filter::default()
        };
        assert_eq!(n_lists(&section("成效")), 1);
        // Marks alone name no text that a heading could hold.
        assert_eq!(n_lists(&section("，。")), 0);
        let role = Filter {
            roles: vec!["成效".to_owned()],
            ..section("二、")
        };
        assert_eq!(n_lists(&role), 2);
    }

    #[test]
    fn a_single_clause_is_no_conjunction() {
        use tantivy::query::AllQuery;
        let all = || (Occur::Must, Box::new(AllQuery) as Box<dyn Query>);
        assert_eq!(format!("{:?}", conjunction(vec![all()])), "AllQuery");
        let both = format!("{:?}", conjunction(vec![all(), all()]));
        assert!(both.starts_with("BooleanQuery"), "{both}");
    }
}
