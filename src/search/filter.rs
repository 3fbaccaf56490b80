//! Filters: what a search is restricted to beside its query.

use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use super::Searcher;
use super::documents::DocumentFilter;
use crate::index::RECOGNIZED;
use crate::query::Restriction;
use crate::search::Result;
use crate::text::pattern::Pattern;

/// Restrictions; the default restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Documents to look in.
    pub documents: DocumentFilter,
    /// Text that some heading on the section path holds.
    pub section: Option<String>,
    /// Role of the section.
    pub role: Option<String>,
    /// Parts to look in.
    pub within: Within,
    /// Whether passages are left out that character recognition has read.
    pub without_ocr: bool,
}

/// Parts of a document to look in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
        let Filter {
            documents,
            section,
            role,
            within,
            without_ocr,
        } = filter;
        let heading = section.as_deref().and_then(Pattern::phrase);
        let of_section = [
            heading.map(Restriction::Heading),
            role.clone().map(Restriction::Role),
        ];
        let of_section = of_section.into_iter().flatten().map(|one| vec![one]);
        let mut clauses = vec![(Occur::Must, query)];
        for alternatives in documents.restrictions().into_iter().chain(of_section) {
            let any = alternatives.iter().map(|one| planner.restriction(one));
            let any = any.collect::<std::result::Result<Vec<_>, _>>()?;
            let any = ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), 0.0);
            clauses.push((Occur::Must, Box::new(any)));
        }
        let body = Term::from_field_text(self.index.fields.part, "body");
        let body = ConstScoreQuery::new(
            Box::new(TermQuery::new(body, IndexRecordOption::Basic)),
            0.0,
        );
        match within {
            Within::All => {}
            Within::Body => clauses.push((Occur::Must, Box::new(body))),
            Within::Headings => clauses.push((Occur::MustNot, Box::new(body))),
        }
        if *without_ocr {
            let recognized = Term::from_field_text(self.index.fields.ocr, RECOGNIZED);
            let recognized = TermQuery::new(recognized, IndexRecordOption::Basic);
            clauses.push((Occur::MustNot, Box::new(recognized)));
        }
        let only = clauses.len() == 1;
        match clauses.pop() {
            Some((_, query)) if only => Ok(query),
            last => {
                clauses.extend(last);
                Ok(Box::new(BooleanQuery::new(clauses)))
            }
        }
    }
}
