//! A passage of a cited document with its units and figures.

use std::ops::Range;
use std::sync::OnceLock;

use super::mention::Mentioned;
use super::mentions::mentions;
use crate::document::outline::label::lex;
use crate::precedent::figure::FigureSpan;
use crate::search::StoredPassage;
use crate::text::units::Units;

pub(super) struct ReadPassage {
    pub(super) stored: StoredPassage,
    pub(super) units: Units,
    /// Of a passage with a label the text after it, with its units, and the number of units before it.
    after_label: Option<(String, Units, usize)>,
    figures: OnceLock<Vec<ReadFigure>>,
}

/// A figure of a passage.
pub(super) struct ReadFigure {
    pub(super) figure: FigureSpan,
    /// Half-open range of its characters.
    pub(super) span: Range<usize>,
    pub(super) text: String,
    /// Units of what it is of.
    pub(super) subject: Vec<String>,
}

impl ReadPassage {
    pub(super) fn new(stored: StoredPassage) -> Self {
        let units = Units::new(&stored.text);
        let after_label = lex(&stored.text).map(|label| {
            let rest = Units::new(label.rest);
            let n_label = units.len().saturating_sub(rest.len());
            (label.rest.to_owned(), rest, n_label)
        });
        Self {
            units,
            after_label,
            stored,
            figures: OnceLock::new(),
        }
    }

    /// Its text and units without its label, and the number of units before them.
    pub(super) fn body(&self) -> (&str, &Units, usize) {
        match &self.after_label {
            Some((text, units, n_label)) => (text, units, *n_label),
            None => (&self.stored.text, &self.units, 0),
        }
    }

    /// Its figures in order, read at the first call.
    pub(super) fn figures(&self) -> &[ReadFigure] {
        self.figures.get_or_init(|| {
            let figures = mentions(0, &self.stored.text)
                .into_iter()
                .filter_map(|one| match one.item {
                    Mentioned::Figure { figure, subject } => Some(ReadFigure {
                        figure,
                        subject: Units::new(&subject).texts().map(str::to_owned).collect(),
                        span: one.span,
                        text: one.text,
                    }),
                    _ => None,
                });
            figures.collect()
        })
    }
}
