//! A document with all that can be read of it, from the index or from a file.

use std::ops::RangeInclusive;

use crate::document::Document;
use crate::index::{DocumentRecord, PassageRecord, Structure};
use crate::search::{Error, Result};
use crate::search::{Searcher, StoredPassage};

/// A document, its headings and boilerplate, and its passages.
#[derive(Clone, Debug, PartialEq)]
pub struct FullDocument {
    /// What is listed of it.
    pub document: DocumentRecord,
    /// Its headings and boilerplate.
    pub structure: Structure,
    /// Its passages in order, all or some.
    pub passages: Vec<StoredPassage>,
}

impl FullDocument {
    /// A document that is in no index, under the name `id`, in the form that the index gives.
    pub fn of(id: &str, document: &Document) -> Self {
        let passages = document.passages.iter().map(|passage| StoredPassage {
            number: passage.number,
            record: PassageRecord::new(document, passage),
            text: passage.text.clone(),
        });
        Self {
            document: DocumentRecord::new(id, "", document),
            structure: Structure::new(document),
            passages: passages.collect(),
        }
    }

    /// The numbers of the passages at a line, from 1: those that begin there, else the one that it is in or follows. `None` beyond
    /// the last line on which anything begins.
    pub fn at_line(&self, line: u32) -> Option<RangeInclusive<u32>> {
        let passages = self.passages.iter();
        if line == 0 || line > self.last_line() {
            return None;
        }
        let at = passages
            .clone()
            .filter(|passage| passage.record.line == line);
        let numbers = at.map(|passage| passage.number);
        if let (Some(first), Some(last)) = (numbers.clone().min(), numbers.max()) {
            return Some(first..=last);
        }
        let before = passages.filter(|passage| passage.record.line < line);
        let number = before.map(|passage| passage.number).max().unwrap_or(1);
        Some(number..=number)
    }

    /// The last line on which a passage or boilerplate begins; 0 without any.
    pub fn last_line(&self) -> u32 {
        let starts = self.passages.iter().map(|passage| passage.record.line);
        let others = self.structure.boilerplate.iter().map(|line| line.line);
        starts.chain(others).max().unwrap_or(0)
    }

    /// The same with the passages of these numbers only, and with the boilerplate between them.
    pub fn within(mut self, numbers: &RangeInclusive<u32>) -> Self {
        self.passages
            .retain(|passage| numbers.contains(&passage.number));
        let lines = self.passages.iter().map(|passage| passage.record.line);
        let (first, last) = (lines.clone().min(), lines.max());
        self.structure
            .boilerplate
            .retain(|line| first < Some(line.line) && Some(line.line) < last);
        self
    }
}

impl Searcher<'_> {
    /// The document of this id with all its passages.
    ///
    /// # Errors
    /// [`Error::NoDocument`] if the index has no such document.
    pub fn whole(&self, id: &str) -> Result<FullDocument> {
        Ok(FullDocument {
            document: self.document(id)?,
            structure: self.structure(id)?,
            passages: self.passages(id, |_| true)?,
        })
    }

    /// The id that `name` means: itself, else the only one that ends in it as a path does, else the only one that
    /// holds it.
    ///
    /// # Errors
    /// [`Error::NoDocument`] if no id holds it, [`Error::AmbiguousDocument`] if several do.
    pub fn resolve(&self, name: &str) -> Result<String> {
        if self.document(name).is_ok() {
            return Ok(name.to_owned());
        }
        let ids = self.index.fields.id;
        let holding = self.index.terms(ids, |id| id.contains(name))?.into_iter();
        // Ids of removed documents stay among the terms for a while.
        let holding: Vec<String> = holding.filter(|id| self.document(id).is_ok()).collect();
        let is_end = |id: &&String| {
            let before = id.strip_suffix(name);
            before.is_some_and(|before| before.ends_with('/'))
        };
        let ending: Vec<&String> = holding.iter().filter(is_end).collect();
        match (ending.as_slice(), holding.as_slice()) {
            ([only], _) => Ok((*only).clone()),
            (_, [only]) => Ok(only.clone()),
            (_, []) => Err(Error::NoDocument(name.to_owned())),
            _ => Err(Error::AmbiguousDocument {
                name: name.to_owned(),
                candidates: holding,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, UpdateOptions, update};
    use crate::source::{ReadOptions, read};

    const REPORT: &str = "青禾镇水利工作总结\n时间:2019-03-05 08:00:00\n一、基本情况\n（一）修渠有序。各村整修水渠。\n打印本页\n二、打算\n继续整修。\n";

    #[test]
    fn a_line_names_the_passages_that_it_is_in() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("总结.txt");
        std::fs::write(&file, REPORT).expect("a file");
        let mut found = Vec::new();
        read(&file, &ReadOptions::default(), |record| {
            found.push(FullDocument::of("总结.txt", &record.document));
        })
        .expect("the file");
        let at = |line| found[0].at_line(line);
        // Line 2 is metadata and 5 is page boilerplate, each after the passage of the line before it.
        let numbers = (0..9).map(at).collect::<Vec<_>>();
        let one = |number: u32| Some(number..=number);
        let expected = [
            None,
            one(1),
            one(1),
            one(2),
            one(3),
            one(3),
            one(4),
            one(5),
            None,
        ];
        assert_eq!(numbers, expected);
    }

    #[test]
    fn index_and_file_give_the_same() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir_all(corpus.join("2019")).expect("a folder");
        let file = corpus.join("2019/总结.txt");
        std::fs::write(&file, REPORT).expect("a file");
        std::fs::write(corpus.join("总结二.txt"), "另一篇总结\n修路。\n").expect("a file");
        update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
        let index = Index::open(&dir).expect("the index");
        let searcher = Searcher::new(&index);
        let mut stored = searcher.whole("2019/总结.txt").expect("the document");
        // A file in no index is in no collection.
        stored.document.collection.clear();
        let mut direct = Vec::new();
        read(&file, &ReadOptions::default(), |record| {
            direct.push(FullDocument::of("2019/总结.txt", &record.document));
        })
        .expect("the file");
        assert_eq!(direct, std::slice::from_ref(&stored));
        let numbers: Vec<u32> = stored
            .passages
            .iter()
            .map(|passage| passage.number)
            .collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        let lines = |whole: &FullDocument| -> Vec<u32> {
            whole
                .structure
                .boilerplate
                .iter()
                .map(|line| line.line)
                .collect()
        };
        assert_eq!(lines(&stored), [2, 5]);
        let part = stored.within(&(3..=4));
        assert_eq!(part.passages.len(), 2);
        assert_eq!(lines(&part), [5]);

        let resolved = |name: &str| searcher.resolve(name).ok();
        assert_eq!(resolved("总结.txt").as_deref(), Some("2019/总结.txt"));
        assert_eq!(resolved("二").as_deref(), Some("总结二.txt"));
        assert!(matches!(
            searcher.resolve("总结"),
            Err(Error::AmbiguousDocument { name, candidates })
                if name == "总结" && candidates == ["2019/总结.txt", "总结二.txt"]
        ));
        assert!(matches!(
            searcher.resolve("通知"),
            Err(Error::NoDocument(name)) if name == "通知"
        ));
    }
}
