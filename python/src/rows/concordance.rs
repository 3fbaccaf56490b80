//! The lines of a concordance, read when they are needed.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::types::{UInt16Type, UInt32Type, UInt64Type};
use self_cell::self_cell;
use xunzhang::index::Index;
use xunzhang::parallel;
use xunzhang::query::Node;
use xunzhang::search::{
    Concordance, ConcordanceLine, ConcordanceOptions, ConcordanceRow, Group, Searcher,
};
use xunzhang::task::Task;

use super::shared::{path, text};
use crate::columns::Columns;
use crate::run::threads;
use crate::table::{Rows, json};

type Held<'a> = Concordance<'a>;
type Asked<'a> = Searcher<'a>;

self_cell!(
    /// An index and the concordance of a query in it.
    struct Open {
        owner: Arc<Index>,
        #[covariant]
        dependent: Asked,
    }
);

self_cell!(
    /// A concordance with the index that its lines are read from.
    struct Whole {
        owner: Open,
        #[covariant]
        dependent: Held,
    }
);

/// The concordance of `node`.
///
/// # Errors
/// Those of [`Searcher::concordance`].
pub(crate) fn concordance(
    index: Arc<Index>,
    node: &Node,
    options: &ConcordanceOptions,
    task: &Task<'_>,
) -> xunzhang::Result<Lines> {
    let most = options.most.unwrap_or(usize::MAX);
    // Progress is not passed on: a task for as long as the lines are read would have to hold the caller's callback.
    let cancel = task.cancel.clone();
    let open = Open::new(index, |index| {
        Searcher::new(index).with_task(Task {
            cancel,
            ..Task::default()
        })
    });
    let whole = Whole::try_new(open, |open| {
        let concordance = open.borrow_dependent().concordance(node, options);
        concordance.map_err(xunzhang::Error::from)
    })?;
    let len = whole.borrow_dependent().len().min(most);
    Ok(Lines { whole, len })
}

/// The lines that are shown.
pub(crate) struct Lines {
    whole: Whole,
    len: usize,
}

/// Lines that a thread reads at once.
const PART: usize = 1_000;

/// Lines with the headings above them.
type LineInSection = (ConcordanceLine, Vec<xunzhang::search::SectionRef>);

impl Lines {
    /// The concordance.
    pub(crate) fn concordance(&self) -> &Concordance<'_> {
        self.whole.borrow_dependent()
    }

    fn lines(&self, rows: Range<usize>) -> xunzhang::Result<Vec<LineInSection>> {
        let parts = rows.clone().step_by(PART);
        let parts = parts.map(|start| start..rows.end.min(start + PART));
        let read = parallel::map(parts.collect(), threads(), |part| self.part(part));
        let read = read.into_iter().collect::<xunzhang::Result<Vec<_>>>()?;
        Ok(read.into_iter().flatten().collect())
    }

    fn part(&self, rows: Range<usize>) -> xunzhang::Result<Vec<LineInSection>> {
        let concordance = self.concordance();
        let mut out: Vec<LineInSection> = Vec::with_capacity(rows.len());
        for ord in rows {
            let line = concordance.line(ord)?;
            let is_beside = |(other, _): &&LineInSection| other.place == line.place;
            let section = match out.last().filter(is_beside) {
                // Headings take longer to read than all else, and frequent words are in a passage many times.
                Some((other, section)) if other.number == line.number => section.clone(),
                _ => concordance.section(&line)?,
            };
            out.push((line, section));
        }
        Ok(out)
    }
}

impl Rows for Lines {
    fn len(&self) -> usize {
        self.len
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        let lines = self.lines(rows)?;
        let all = || lines.iter().map(|(line, _)| line);
        let documents = || all().map(|line| &line.document);
        let number = |value: usize| Some(value as u32);
        Ok(Columns::default()
            .category("document", documents().map(|one| Some(&one.id)))
            .category("title", documents().map(|one| Some(&one.title)))
            .category("date", documents().map(|one| text(one.date)))
            .number::<UInt16Type>(
                "year",
                documents().map(|one| one.date.map(|date| date.year)),
            )
            .category("kind", documents().map(|one| one.kind.as_ref()))
            .category("issuer", documents().map(|one| one.issuer.as_ref()))
            .category("collection", documents().map(|one| Some(&one.collection)))
            .category(
                "section",
                lines.iter().map(|(_, section)| Some(path(section))),
            )
            // A passage with a frequent word has several lines.
            .category("place", all().map(|line| Some(&line.place)))
            .number::<UInt32Type>("line", all().map(|line| Some(line.line)))
            .number::<UInt32Type>("number", all().map(|line| Some(line.number)))
            .number::<UInt32Type>("start", all().map(|line| number(line.span.0)))
            .number::<UInt32Type>("end", all().map(|line| number(line.span.1)))
            .text("left", all().map(|line| Some(&line.left)))
            .category("hit", all().map(|line| Some(&line.hit)))
            .text("right", all().map(|line| Some(&line.right))))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        let lines = self.lines(rows)?.into_iter();
        Ok(json(&lines.map(ConcordanceRow::from).collect::<Vec<_>>()))
    }
}

/// The columns of a frequency list.
pub(crate) fn groups(groups: &[Group]) -> Columns {
    let all = || groups.iter();
    Columns::default()
        .text("key", all().map(|one| one.key.as_ref()))
        .number::<UInt64Type>("occurrences", all().map(|one| Some(one.occurrences)))
        .number::<UInt64Type>("documents", all().map(|one| Some(one.documents)))
}
