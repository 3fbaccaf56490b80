//! Where a query is found: in one document, passage by passage, and in how many places of each document.

use std::ops::Range;

use serde::Serialize;
use tantivy::{DocAddress, DocId};

use super::highlight::highlights;
use super::reading::{DocumentRun, Evaluated};
use super::{Filter, Searcher, place};
use crate::query::Node;
use crate::search::Result;
use crate::search::scan::columns::strings;

/// A passage of a document that matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Its number in the document.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// Where it is: [`place`].
    pub place: String,
    /// Half-open ranges of characters of its original text that match, ascending, apart, as of a hit; empty if it matches by
    /// what it is, as under `kind:总结`.
    pub highlights: Vec<(usize, usize)>,
}

/// A document that holds what is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentMarks {
    /// Its id.
    pub id: String,
    /// Occurrences in it, as a count has them; 0 in the ranked reading.
    pub occurrences: u64,
    /// Passages of it that match.
    pub passages: u64,
}

impl Searcher<'_> {
    /// Every passage of the document that matches `node` under `filter`, in order: by the exact reading, or by the ranked one if
    /// that finds none in this document.
    ///
    /// # Errors
    /// [`crate::search::Error::NoDocument`] if the index has no such document; otherwise as for [`Searcher::count`].
    pub fn marks(&self, node: &Node, filter: &Filter, document: &str) -> Result<Vec<Mark>> {
        let own = self.address_of(document)?;
        let mut docs = self.exact_within(node, filter, own)?;
        if docs.is_empty() {
            docs = self.ranked_within(node, filter, own)?;
        }
        let segment = self.snapshot.segment_reader(own.segment_ord);
        let column = |name: &str| segment.fast_fields().u64(name).map_err(self.engine());
        let (numbers, lines) = (column("number")?, column("line")?);
        let marks = docs.into_iter().map(|doc| {
            let text = self.text_at(DocAddress::new(own.segment_ord, doc))?;
            let line = lines.first(doc).unwrap_or(0) as u32;
            Ok(Mark {
                number: numbers.first(doc).unwrap_or(0) as u32,
                line,
                place: place(document, line),
                highlights: highlights(node, &text, self),
            })
        });
        marks.collect()
    }

    /// The documents that hold what `node` finds under `filter`, in order of their ids: by the exact reading, or by the ranked
    /// one if that finds nothing.
    ///
    /// # Errors
    /// As for [`Searcher::count`].
    pub fn documents_with(&self, node: &Node, filter: &Filter) -> Result<Vec<DocumentMarks>> {
        let Evaluated {
            matches,
            occurrences,
            ..
        } = self.evaluated(node, filter)?;
        let mut runs = self.by_document(&matches, &occurrences)?;
        let mut documents = Vec::with_capacity(runs.len());
        for (ord, segment) in self.snapshot.segment_readers().iter().enumerate() {
            let rest = runs.split_off(runs.partition_point(|run| run.segment <= ord));
            let ids = segment
                .fast_fields()
                .str("document")
                .map_err(self.engine())?;
            let Some(ids) = ids else { continue };
            let of_run = |run: DocumentRun| Some((ids.ords().first(run.first)?, run));
            let mut here: Vec<(u64, DocumentRun)> = runs.into_iter().filter_map(of_run).collect();
            runs = rest;
            // Ids lie in compressed blocks: in order, each block is unpacked once.
            here.sort_unstable_by_key(|&(ord, _)| ord);
            let ords: Vec<u64> = here.iter().map(|&(ord, _)| ord).collect();
            let ids = strings(&ids, &ords).map_err(self.engine())?;
            documents.extend(
                ids.into_iter()
                    .zip(here)
                    .map(|(id, (_, run))| DocumentMarks {
                        id: id.to_string(),
                        occurrences: run.occurrences,
                        passages: run.ords.len() as u64,
                    }),
            );
        }
        documents.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(documents)
    }

    /// The passages of the document with this record that match by the exact reading.
    fn exact_within(&self, node: &Node, filter: &Filter, own: DocAddress) -> Result<Vec<DocId>> {
        let range = self.passages_of(own)?;
        let query = self.filtered(self.planner().counted(node)?, filter)?;
        let weight = self.unscored(query.as_ref())?;
        let segment = self.snapshot.segment_reader(own.segment_ord);
        let mut scorer = weight.scorer(segment, 1.0).map_err(self.engine())?;
        if scorer.doc() < range.start {
            scorer.seek(range.start);
        }
        let mut docs = Vec::new();
        while range.contains(&scorer.doc()) {
            docs.push(scorer.doc());
            scorer.advance();
        }
        self.index.parts().check().map_err(self.engine())?;
        Ok(docs)
    }

    /// The same by the ranked reading; what that finds depends on how much it finds in all documents.
    fn ranked_within(&self, node: &Node, filter: &Filter, own: DocAddress) -> Result<Vec<DocId>> {
        let mut found = self.ranked(node, filter)?;
        let mut docs = found.swap_remove(own.segment_ord as usize);
        let range = self.passages_of(own)?;
        docs.retain(|doc| range.contains(doc));
        Ok(docs)
    }

    /// Where the passages of the document with this record are stored.
    fn passages_of(&self, own: DocAddress) -> Result<Range<DocId>> {
        let columns = &self.columns()?[own.segment_ord as usize];
        Ok(columns.groups.around(own.doc_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::query::parse;
    use crate::search::{Error, FullDocument, Within};

    const FILES: [(&str, &str); 4] = [
        (
            "乙.txt",
            "白苇县水渠总结\n一、水渠\n修水渠三条，水渠通水。\n修路两条。\n二、道路\n护水，渠道长。\n",
        ),
        ("甲/二.txt", "关于修渠的通知\n各村整修水渠。\n"),
        ("甲/一.txt", "道路总结\n各村整修道路。\n"),
        ("丙.txt", "随想\n一二三\n"),
    ];

    fn index(folder: &std::path::Path) -> Index {
        let (corpus, dir) = (folder.join("corpus"), folder.join("index"));
        std::fs::create_dir_all(corpus.join("甲")).expect("a folder");
        // Two updates for two segments, the second with a document of the first again.
        for files in [&FILES[..2], &FILES[..]] {
            for (name, text) in files {
                std::fs::write(corpus.join(name), text).expect("a file");
            }
            update(
                &dir,
                std::slice::from_ref(&corpus),
                &UpdateOptions::default(),
                &|_| {},
            )
            .expect("an index");
            std::fs::write(corpus.join(FILES[1].0), "通知\n另文。\n").expect("a file");
        }
        Index::open(&dir).expect("the index")
    }

    /// Line and marked text of each passage.
    fn marked(searcher: &Searcher, query: &str, filter: &Filter, id: &str) -> Vec<(u32, String)> {
        let node = parse(query).expect("a query");
        let marks = searcher.marks(&node, filter, id).expect("marks");
        let passages = searcher.passages(id, |_| true).expect("passages");
        let marked = marks.into_iter().map(|mark| {
            assert_eq!(mark.place, format!("{id}:{}", mark.line));
            let passage = passages.iter().find(|one| one.number == mark.number);
            let passage = passage.expect("a passage of the document");
            assert_eq!(passage.record.line, mark.line);
            let chars: Vec<char> = passage.text.chars().collect();
            let parts = mark.highlights.iter();
            let parts = parts.map(|&(start, end)| chars[start..end].iter().collect::<String>());
            (mark.line, parts.collect::<Vec<_>>().join("|"))
        });
        marked.collect()
    }

    fn lines(marked: &[(u32, String)]) -> Vec<(u32, &str)> {
        let marked = marked.iter();
        marked.map(|(line, text)| (*line, text.as_str())).collect()
    }

    #[test]
    fn every_passage_of_the_document_is_marked_in_order() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let any = Filter::default();
        let of = |query: &str, filter: &Filter| marked(&searcher, query, filter, "乙.txt");
        let exact = [(1, "水渠"), (2, "水渠"), (3, "水渠|水渠"), (6, "水，渠")];
        assert_eq!(lines(&of("水渠", &any)), exact);
        let body = Filter {
            within: Within::Body,
            ..Filter::default()
        };
        assert_eq!(lines(&of("\"水渠\"", &body)), exact[2..]);
        assert_eq!(lines(&of("水渠 -通水", &body)), exact[3..]);
        // No passage has the words as they are written: those with their parts.
        let parts = of("两条水渠", &any);
        assert!(lines(&parts).contains(&(3, "水渠|水渠")), "{parts:?}");
        // A passage that matches by its heading alone has no mark.
        assert_eq!(lines(&of("heading:道路", &any)), [(6, "")]);
        assert_eq!(of("\"无此\"", &any), []);
    }

    #[test]
    fn an_unknown_document_is_an_error() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let node = parse("水渠").expect("a query");
        let marks = searcher.marks(&node, &Filter::default(), "乙");
        assert!(matches!(marks, Err(Error::NoDocument(_))));
    }

    #[test]
    fn documents_are_in_order_of_their_ids_with_the_numbers_of_a_count() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        let with = |query: &str| {
            let node = parse(query).expect("a query");
            let filter = Filter::default();
            let documents = searcher.documents_with(&node, &filter).expect("documents");
            let count = searcher.count(&node, &filter).expect("a count");
            if count.passages > 0 {
                let sum = |of: fn(&DocumentMarks) -> u64| documents.iter().map(of).sum::<u64>();
                let sums = (sum(|one| one.occurrences), sum(|one| one.passages));
                assert_eq!(sums, (count.occurrences, count.passages));
                assert_eq!(documents.len() as u64, count.documents);
            }
            let shown = documents.into_iter();
            let shown = shown.map(|one| (one.id, one.occurrences, one.passages));
            shown.collect::<Vec<_>>()
        };
        let of = |id: &str, occurrences, passages| (id.to_owned(), occurrences, passages);
        assert_eq!(
            with("道路 OR 水渠"),
            [
                of("乙.txt", 6, 5),
                of("甲/一.txt", 2, 2),
                of("甲/二.txt", 1, 1)
            ]
        );
        assert_eq!(with("“(水|)渠”")[0], of("乙.txt", 5, 4));
        // Nothing is exact: the ranked reading, which counts no places.
        let ranked = with("两条水渠");
        assert!(ranked.contains(&of("甲/二.txt", 0, 2)), "{ranked:?}");
        assert_eq!(with("\"无此\""), []);
    }

    #[test]
    fn the_passages_are_those_of_the_whole_document() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = index(folder.path());
        let searcher = Searcher::new(&index);
        for (id, _) in FILES {
            let FullDocument { passages, .. } = searcher.whole(id).expect("the document");
            let node = parse("NOT \"无此\"").expect("a query");
            let marks = searcher
                .marks(&node, &Filter::default(), id)
                .expect("marks");
            let numbers: Vec<u32> = marks.iter().map(|mark| mark.number).collect();
            let expected: Vec<u32> = passages.iter().map(|passage| passage.number).collect();
            assert_eq!(numbers, expected, "{id}");
        }
    }
}
