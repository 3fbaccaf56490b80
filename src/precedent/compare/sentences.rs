//! The sentences of a report that are compared.

use super::plans::Plans;
use crate::document::{Part, Role};
use crate::precedent::pieces::{Piece, labelled};
use crate::search::{FullDocument, SectionRef, place};

/// A sentence of a report.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) place: String,
    /// Its passage, from 0.
    pub(super) passage: usize,
    pub(super) section: Vec<SectionRef>,
    pub(super) role: Option<Role>,
    /// Whether it says what is to be done; `None` without evidence.
    pub(super) is_plan: Option<bool>,
    pub(super) piece: Piece,
}

/// The sentences of the body in order; headings and title are no sentences.
pub(super) fn sentences(document: &FullDocument) -> Vec<Sentence> {
    let body = document.passages.iter();
    let body = body.filter(|passage| passage.record.part == Part::Body);
    let mut out = Vec::new();
    for (ord, passage) in body.enumerate() {
        let section = passage.record.path.iter().cloned();
        let section: Vec<SectionRef> = section.map(Into::into).collect();
        let mut plans = Plans::of(passage.record.role);
        for (_, piece) in labelled(&passage.text) {
            out.push(Sentence {
                place: place(&document.document.id, passage.record.line),
                passage: ord,
                section: section.clone(),
                role: passage.record.role,
                is_plan: plans.next(&piece.text),
                piece,
            });
        }
    }
    out
}
