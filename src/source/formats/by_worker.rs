//! Reads a file in a separate process, if there are any.

use super::source::Source;
use super::workbook;
use crate::source::raw::{PagePicture, Raw, TableRow};
use crate::source::skip::Skip;
use crate::source::worker::{Reply, Request, RequestKind};

/// Reads the documents of `source` in a process; calls `each` once for each. `None` if no process is to read it,
/// or none can be started.
pub(super) fn documents(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Raw),
) -> Option<Result<(), Skip>> {
    send(RequestKind::Documents, bytes, source, &mut |reply| {
        if let Reply::Document(raw) = reply {
            each(*raw);
        }
    })
}

/// Reads the rows of the sheets of a workbook, in a process if there are any.
///
/// # Errors
/// [`Skip`] if nothing can be read.
pub(in crate::source) fn list_sheets(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(TableRow),
) -> Result<(), Skip> {
    let read = send(RequestKind::ListSheets, bytes, source, &mut |reply| {
        if let Reply::Row(row) = reply {
            each(row);
        }
    });
    read.unwrap_or_else(|| workbook::list_sheets(bytes, each))
}

/// Renders the pages of a document without text in a process, like [`documents`].
pub(super) fn pictures(
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(PagePicture),
) -> Option<Result<(), Skip>> {
    send(RequestKind::Pictures, bytes, source, &mut |reply| {
        if let Reply::Picture(page) = reply {
            each(page.picture);
        }
    })
}

fn send(
    wanted: RequestKind,
    bytes: &[u8],
    source: &Source<'_>,
    each: &mut dyn FnMut(Reply),
) -> Option<Result<(), Skip>> {
    let options = source.options;
    let workers = options.workers.as_ref()?;
    let request = Request {
        wanted,
        name: source.name.to_owned(),
        len: bytes.len(),
        map: options.map.clone(),
        max_bytes: options.max_bytes,
        max_unpacked: source.max_unpacked,
        max_text: options.max_text,
        max_memory: workers.max_memory(),
    };
    workers.send(&request, bytes, each)
}
