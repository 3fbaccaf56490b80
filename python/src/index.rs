//! An index, and what can be asked of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use pyo3::prelude::*;
use serde_json::json;
use xunzhang::index;
use xunzhang::precedent::{self, CheckOptions, CompareOptions};
use xunzhang::query::parse;
use xunzhang::report::keywords::from_words;
use xunzhang::report::tally::{Negated, TallyOptions, tally};
use xunzhang::report::trend;
use xunzhang::search::{
    ConcordanceOptions, DocumentRef, ListedDocument, SearchOptions, Searcher, place,
};
use xunzhang::source::{self, read_draft, typed_draft};

use crate::filter::Filter;
use crate::names;
use crate::read::{self, options_of_draft};
use crate::report::{Report, entries};
use crate::rows::{self, Passage, Point};
use crate::run::{run, threads};
use crate::table::{Table, json};

/// An open index: a snapshot, which later updates of its folder do not change.
#[pyclass(frozen, module = "xunzhang._native")]
pub(crate) struct Index {
    index: Arc<index::Index>,
}

/// What precedes the rows of an answer, as JSON, and the rows.
type Answer = (String, Table);

#[pymethods]
impl Index {
    /// Opens the index in a folder.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let index = run(py, None, |_| Ok(index::Index::open(&path)?))?;
        Ok(Self {
            index: Arc::new(index),
        })
    }

    /// What the index says of itself, as JSON.
    fn status(&self) -> String {
        let manifest = self.index.manifest();
        json(&json!({
            "index": self.index.dir().display().to_string(),
            "format": manifest.format,
            "fingerprint": manifest.fingerprint,
            "collections": manifest.collections,
            "files": manifest.files,
            "documents": manifest.documents,
            "passages": manifest.passages,
            "characters": manifest.characters,
            "bytes": manifest.bytes,
        }))
    }

    /// Ranked passages or documents.
    #[allow(clippy::too_many_arguments, reason = "the options of the command")]
    fn search(
        &self,
        py: Python<'_>,
        query: String,
        filter: &Filter,
        limit: usize,
        offset: usize,
        by: &str,
        sort: &str,
        context: u32,
        collapse: bool,
        explain: bool,
    ) -> PyResult<Answer> {
        let options = SearchOptions {
            limit,
            offset,
            by: names::by(py, by)?,
            sort: names::sort(py, sort)?,
            filter: filter.filter.clone(),
            collapse,
            context,
            explain,
            copy_places: true,
        };
        run(py, None, |task| {
            let node = parse(&query)?;
            let started = Instant::now();
            let searcher = Searcher::new(&self.index).with_task(task);
            let results = searcher.search(&node, &options)?;
            let exact = searcher.count(&node, &options.filter)?;
            let total = results.total;
            let head = json!({
                "query": query,
                "took_ms": started.elapsed().as_secs_f64() * 1e3,
                "total": {"passages": total.passages, "documents": total.documents, "exact": exact},
            });
            Ok((json(&head), Table::of(results.hits, rows::hits)))
        })
    }

    /// Occurrences, passages and documents of a query, as JSON.
    fn count(&self, py: Python<'_>, query: &str, filter: &Filter) -> PyResult<String> {
        run(py, None, |task| {
            let node = parse(query)?;
            let searcher = Searcher::new(&self.index).with_task(task);
            Ok(json(&searcher.count(&node, &filter.filter)?))
        })
    }

    /// Every occurrence of a query in its context.
    #[allow(clippy::too_many_arguments, reason = "the options of the command")]
    fn concordance(
        &self,
        py: Python<'_>,
        query: String,
        filter: &Filter,
        window: usize,
        sort: &str,
        group: Option<&str>,
        sample: Option<usize>,
        seed: u64,
        limit: Option<usize>,
    ) -> PyResult<(String, Table, Table)> {
        let options = ConcordanceOptions {
            filter: filter.filter.clone(),
            window,
            sort: names::line_order(py, sort)?,
            sample,
            seed,
            group: group.map(|text| names::grouping(py, text)).transpose()?,
            most: limit,
            threads: threads(),
        };
        run(py, None, |task| {
            let node = parse(&query)?;
            let lines = rows::concordance(Arc::clone(&self.index), &node, &options, &task)?;
            let concordance = lines.concordance();
            let head = json(&concordance.head(&query));
            let groups = Table::of(concordance.groups.clone(), rows::groups);
            Ok((head, Table::new(lines), groups))
        })
    }

    /// How others have put a wording.
    fn precedent(
        &self,
        py: Python<'_>,
        text: &str,
        filter: &Filter,
        min_similarity: f64,
        limit: usize,
        sources: usize,
    ) -> PyResult<(String, Table, Table)> {
        let options = precedent::Options {
            min_similarity: names::share(py, "min_similarity", min_similarity)?,
            limit,
            sources,
            filter: filter.filter.clone(),
            excluded: Vec::new(),
        };
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let found = precedent::find(&searcher, text, &options)?;
            let head = json!({
                "text": found.text,
                "template": found.template,
                "sentences": found.sentences,
            });
            let sources = rows::with_sources(found.variants.iter());
            let sources = Table::of(sources, rows::sources);
            Ok((
                json(&head),
                Table::of(found.variants, rows::variants),
                sources,
            ))
        })
    }

    /// Where a wording comes from.
    fn lineage(
        &self,
        py: Python<'_>,
        wording: &str,
        filter: &Filter,
        min_similarity: f64,
        limit: usize,
        uses: bool,
    ) -> PyResult<(String, Table, Table, Table)> {
        let options = precedent::LineageOptions {
            min_similarity: names::share(py, "min_similarity", min_similarity)?,
            limit,
            uses,
            filter: filter.filter.clone(),
        };
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let found = precedent::lineage(&searcher, wording, &options)?;
            let head = json!({
                "fingerprint": found.fingerprint,
                "wording": found.wording,
                "units": found.units,
                "rule": found.rule,
                "occurrences": found.occurrences,
                "documents": found.documents,
                "undated": found.undated,
                "first": found.first,
                "first_certain": found.first_certain,
                "peak": found.peak,
                "peak_rate": found.peak_rate,
                "last": found.last.map(|date| date.to_string()),
                "is_cut": found.is_cut,
                "successor": found.successor,
                "periods": found.periods,
                "points": found.points,
            });
            let spread = Table::of(rows::taken(&found), rows::taken_columns);
            let uses = Table::of(found.uses.unwrap_or_default(), rows::uses);
            Ok((
                json(&head),
                Table::of(found.forms, rows::forms),
                spread,
                uses,
            ))
        })
    }

    /// What fills the slots of a pattern.
    fn frame(
        &self,
        py: Python<'_>,
        pattern: &str,
        filter: &Filter,
        limit: Option<usize>,
    ) -> PyResult<(String, Table, Vec<Table>)> {
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let limit = limit.unwrap_or(usize::MAX);
            let found = precedent::frame(&searcher, pattern, &filter.filter, limit)?;
            let head = json!({
                "pattern": found.pattern,
                "matches": found.matches,
                "documents": found.documents,
            });
            let slots = found.slots.into_iter();
            let slots = slots
                .map(|rows| Table::of(rows, rows::frame_rows))
                .collect();
            Ok((json(&head), Table::of(found.rows, rows::frame_rows), slots))
        })
    }

    /// Two reports of the index, sentence by sentence.
    fn compare(&self, py: Python<'_>, old: &str, new: &str, filter: &Filter) -> PyResult<Answer> {
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let whole = |name: &str| searcher.whole(&searcher.resolve(name)?);
            let options = CompareOptions {
                filter: filter.filter.clone(),
                threads: threads(),
            };
            let found = precedent::compare(&searcher, whole(old)?, whole(new)?, &options)?;
            Ok(compared(found))
        })
    }

    /// Each report of a series compared with the one before it.
    fn compare_series(&self, py: Python<'_>, glob: &str, filter: &Filter) -> PyResult<Vec<Answer>> {
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let options = CompareOptions {
                filter: filter.filter.clone(),
                threads: threads(),
            };
            let found = precedent::compare_series(&searcher, glob, &options)?;
            Ok(found.series.into_iter().map(compared).collect())
        })
    }

    /// Counts of keywords.
    #[allow(clippy::too_many_arguments, reason = "the options of the command")]
    fn report(
        &self,
        py: Python<'_>,
        words: Vec<String>,
        lists: Vec<PathBuf>,
        filter: &Filter,
        excerpts: usize,
        negation: bool,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Report> {
        let options = TallyOptions {
            filter: filter.filter.clone(),
            excerpts,
            negation: match negation {
                true => Negated::Counted,
                false => Negated::Ignored,
            },
            ..TallyOptions::default()
        };
        let reading = read::options(py);
        run(py, progress, |task| {
            let keywords = entries(&words, &lists, &reading)?;
            let searcher = Searcher::new(&self.index).with_task(task);
            Ok(Report {
                tally: Arc::new(tally(&searcher, &keywords, &options)?),
            })
        })
    }

    /// Words over time.
    fn trend(
        &self,
        py: Python<'_>,
        words: Vec<String>,
        filter: &Filter,
        by: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(String, Table, Table)> {
        let by = names::period(py, by)?;
        let options = TallyOptions {
            filter: filter.filter.clone(),
            // A trend counts a word however it is used; to classify its hits would only take time.
            negation: Negated::Ignored,
            ..TallyOptions::default()
        };
        run(py, progress, |task| {
            let keywords = from_words(&words)?;
            let searcher = Searcher::new(&self.index).with_task(task);
            let trend = trend::trend(&tally(&searcher, &keywords, &options)?, by);
            let head = json!({
                "fingerprint": trend.fingerprint,
                "by": trend.by,
                "undated": trend.undated,
                "collections": trend.collections,
                "periods": trend.periods,
            });
            let points = Table::of(Point::all(&trend), rows::points);
            Ok((json(&head), points, Table::of(trend.words, rows::series)))
        })
    }

    /// A draft against the index: text, or the path of a file.
    #[allow(clippy::too_many_arguments, reason = "the options of the command")]
    fn check(
        &self,
        py: Python<'_>,
        text: Option<&str>,
        file: Option<PathBuf>,
        filter: &Filter,
        limit: usize,
        sources: usize,
        documents: usize,
        exclude: Vec<String>,
        min_similarity: f64,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(String, Table, Table, Table)> {
        let options = CheckOptions {
            variants: limit,
            sources,
            documents,
            min_similarity: names::share(py, "min_similarity", min_similarity)?,
            excluded: exclude,
            filter: filter.filter.clone(),
            threads: threads(),
        };
        let reading = options_of_draft(py);
        run(py, progress, |task| {
            let (title, passages) = match file {
                Some(path) => read_draft(&path, &reading, precedent::MAX_DRAFT)
                    .map_err(source::Error::unreadable(&path))?,
                None => typed_draft(text.unwrap_or_default()),
            };
            let searcher = Searcher::new(&self.index).with_task(task);
            // A mistyped id would leave out nothing, and the draft would match its own copy.
            for id in &options.excluded {
                searcher.document(id)?;
            }
            let check = precedent::check(&searcher, &title, &passages, &options)?;
            let head = json!({
                "title": check.title,
                "classes": check.classes,
                "characters": check.characters,
                "reused": check.reused,
                "distinctive": check.distinctive,
                "share": check.share,
                "min_similarity": check.min_similarity,
                "excluded": check.excluded,
            });
            let shares = Table::of(check.documents, rows::shares);
            Ok((
                json(&head),
                Table::of(check.sentences, rows::sentences),
                shares,
                Table::of(check.citations, rows::citations),
            ))
        })
    }

    /// The headings of a document.
    fn outline(&self, py: Python<'_>, document: &str) -> PyResult<Answer> {
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let id = searcher.resolve(document)?;
            let document = DocumentRef::from(searcher.document(&id)?);
            let headings = searcher.structure(&id)?.headings;
            let head = json!({"document": document});
            Ok((json(&head), Table::of(headings, rows::headings)))
        })
    }

    /// A document with its passages.
    fn read(&self, py: Python<'_>, document: &str) -> PyResult<Answer> {
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let whole = searcher.whole(&searcher.resolve(document)?)?;
            let id = whole.document.id.clone();
            let passages = whole.passages.into_iter().map(|passage| Passage {
                place: place(&id, passage.record.line),
                number: passage.number,
                line: passage.record.line,
                part: passage.record.part,
                section: passage.record.path.into_iter().map(Into::into).collect(),
                row: passage.record.row,
                ocr: passage.record.ocr,
                text: passage.text,
            });
            let head = json!({
                "document": DocumentRef::from(whole.document),
                "boilerplate": whole.structure.boilerplate,
            });
            Ok((json(&head), Table::of(passages.collect(), rows::passages)))
        })
    }

    /// The documents under a filter.
    fn documents(
        &self,
        py: Python<'_>,
        filter: &Filter,
        title: Option<&str>,
        sort: &str,
    ) -> PyResult<Table> {
        let order = names::order(py, sort)?;
        run(py, None, |task| {
            let searcher = Searcher::new(&self.index).with_task(task);
            let documents = searcher.documents(&filter.filter.documents, title, order)?;
            let documents = documents.into_iter().map(ListedDocument::from);
            Ok(Table::of(documents.collect(), rows::documents))
        })
    }
}

/// The head of a comparison as JSON, and its pairs.
fn compared(found: precedent::Comparison) -> Answer {
    let head = json!({
        "old": found.old,
        "new": found.new,
        "summary": found.summary,
        "commitments": found.commitments,
    });
    (json(&head), Table::of(found.pairs, rows::pairs))
}
