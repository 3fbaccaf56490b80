//! Hits of a search.

use arrow_array::types::{Float32Type, UInt32Type, UInt64Type};
use xunzhang::search::{Hit, Neighbour, place};

use super::shared::{name, of_documents, path, small};
use crate::columns::Columns;

/// The columns of hits.
pub(crate) fn hits(hits: &[Hit]) -> Columns {
    let all = || hits.iter();
    let texts = |beside: &[Neighbour]| beside.iter().map(|one| one.text.clone()).collect();
    let columns = small(Columns::default(), "rank", all().map(|hit| hit.rank))
        .number::<Float32Type>("score", all().map(|hit| Some(hit.score)));
    let columns = of_documents(columns, all().map(|hit| &hit.document))
        .text("section", all().map(|hit| Some(path(&hit.section))))
        .text("place", all().map(|hit| Some(&hit.place)))
        .number::<UInt32Type>("line", all().map(|hit| Some(hit.passage.line)))
        .number::<UInt32Type>("number", all().map(|hit| Some(hit.passage.number)))
        .text("part", all().map(|hit| Some(name(hit.passage.part))))
        .flag("ocr", all().map(|hit| Some(hit.passage.ocr)))
        .text("text", all().map(|hit| Some(&hit.passage.text)))
        .spans("highlights", all().map(|hit| &*hit.passage.highlights));
    let columns = small(columns, "copies", all().map(|hit| hit.copies));
    columns
        .texts("copy_sources", all().map(copies))
        .texts("before", all().map(|hit| texts(&hit.before)))
        .texts("after", all().map(|hit| texts(&hit.after)))
        .number::<UInt64Type>("matching", all().map(|hit| hit.matching))
}

/// The places of a hit's copies.
fn copies(hit: &Hit) -> Vec<String> {
    let copies = hit.copy_sources.iter();
    let copies = copies.map(|copy| match &copy.place {
        Some(place) => place.clone(),
        // Without a place it has its passage's number.
        None => place(&copy.document, copy.number),
    });
    copies.collect()
}
