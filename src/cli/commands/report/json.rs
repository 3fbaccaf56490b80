//! A report as JSON, with the names of the product's contract.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use xunzhang::report::numbers::{Cooccurrence, CountedCollection, Entries, Excerpts};
use xunzhang::text::printable::escape_json;

use super::tables::Told;

#[derive(Serialize)]
struct Report<'a> {
    fingerprint: &'a str,
    collection: Collection,
    entries: Entries<'a>,
    cooccurrence: Option<Cooccurrence<'a>>,
    excerpts: Excerpts<'a>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Collection {
    #[serde(flatten)]
    counted: CountedCollection,
    filter: String,
}

/// Writes strings as [`escape_json`] has them.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        writer.write_all(escape_json(fragment).as_bytes())
    }
}

/// Writes the report as one JSON object and a line feed, in many small pieces. Rates and shares have six decimals.
///
/// # Errors
/// Those of `out`.
pub(super) fn write_json(told: &Told, mut out: impl Write) -> io::Result<()> {
    let tally = told.tally;
    let report = Report {
        fingerprint: &tally.fingerprint,
        collection: Collection {
            counted: CountedCollection::new(tally),
            filter: super::methodology::described(told.filter, told.lang),
        },
        entries: Entries::new(tally),
        // `null` and no empty list: over the limit pairs are not counted.
        cooccurrence: tally.pairs.as_deref().map(|pairs| Cooccurrence {
            entries: &tally.entries,
            pairs,
        }),
        excerpts: Excerpts {
            tally,
            excerpts: &tally.excerpts,
        },
        warnings: told.warnings(),
    };
    // A formatter of its own: to escape the text afterwards it would have to be whole in memory.
    report.serialize(&mut serde_json::Serializer::with_formatter(
        &mut out, Printable,
    ))?;
    out.write_all(b"\n")
}
