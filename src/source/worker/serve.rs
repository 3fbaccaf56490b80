//! The side of the process that reads.

use std::io::{BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::bound::limit_memory;
use super::protocol::{PageBytes, Reply, Request, RequestKind};
use crate::source::formats::{self, Source};
use crate::source::options::ReadOptions;
use crate::source::skip::Skip;

/// Reads files sent by [`Workers`](super::Workers) over `input`, until it ends. For a process that does nothing
/// else: its memory is limited, and panics are silent.
///
/// # Errors
/// If the input is not what [`Workers`](super::Workers) send, or the other side is gone.
pub fn serve(input: impl Read, output: impl Write) -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|_| ()));
    let mut input = BufReader::new(input);
    let mut output = std::io::BufWriter::new(output);
    let mut header = Vec::new();
    loop {
        header.clear();
        if input.read_until(b'\n', &mut header)? == 0 {
            return Ok(());
        }
        let request: Request = serde_json::from_slice(&header)?;
        limit_memory(request.max_memory);
        // The memory is limited first: the length alone may exceed it.
        let mut bytes = vec![0; request.len];
        input.read_exact(&mut bytes)?;
        answer(&request, &bytes, &mut output)?;
        output.flush()?;
    }
}

/// Reads one file and writes what is wanted from it, then the outcome.
fn answer(request: &Request, bytes: &[u8], output: &mut impl Write) -> std::io::Result<()> {
    let mut written = Ok(());
    let mut send = |reply: &Reply| {
        if written.is_ok() {
            written = write(output, reply);
        }
    };
    let options = options(request);
    let source = Source::new(&request.name, &options);
    let outcome = catch_unwind(AssertUnwindSafe(|| match request.wanted {
        RequestKind::Documents => formats::read_here(bytes, &source, &mut |raw| {
            send(&Reply::Document(Box::new(raw)))
        }),
        RequestKind::ListSheets => {
            formats::list_sheets_here(bytes, &mut |row| send(&Reply::Row(row)))
        }
        RequestKind::Pictures => formats::pictures(bytes, &source, &mut |picture| {
            let len = picture.bytes.len();
            send(&Reply::Picture(PageBytes { picture, len }));
        }),
    }));
    // A panic costs the file, not the process; an overflow or abort ends it, which the other side
    // notices.
    send(&match outcome {
        Ok(Ok(())) => Reply::Done,
        Ok(Err(skip)) => Reply::Skipped(skip),
        Err(_) => Reply::Skipped(Skip::Crashed),
    });
    written
}

fn options(request: &Request) -> ReadOptions {
    ReadOptions {
        map: request.map.clone(),
        max_bytes: request.max_bytes,
        max_unpacked: request.max_unpacked,
        max_text: request.max_text,
        // This is the separate process already, and the caller recognizes pictures.
        workers: None,
        ocr: None,
        // The sending process has checked for its own files.
        reads_own: true,
    }
}

fn write(output: &mut impl Write, reply: &Reply) -> std::io::Result<()> {
    let line = match serde_json::to_vec(reply) {
        Ok(line) => line,
        Err(_) => serde_json::to_vec(&Reply::Skipped(Skip::Crashed))?,
    };
    output.write_all(&line)?;
    output.write_all(b"\n")?;
    match reply {
        Reply::Picture(page) => output.write_all(&page.picture.bytes),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::records::FieldMap;

    #[test]
    fn files_are_served_one_after_the_other() {
        let request = |name: &str, bytes: &[u8]| {
            let request = Request {
                wanted: RequestKind::Documents,
                name: name.to_owned(),
                len: bytes.len(),
                map: FieldMap::default(),
                max_bytes: 1 << 20,
                max_unpacked: 1 << 20,
                max_text: 1 << 20,
                max_memory: 1 << 40,
            };
            let header = serde_json::to_string(&request).expect("a header");
            [header.as_bytes(), b"\n", bytes].concat()
        };
        let input = [
            request("a.html", "<p>园区</p>".as_bytes()),
            request("b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ]
        .concat();
        let mut output = Vec::new();
        serve(&*input, &mut output).expect("replies");
        let _ = std::panic::take_hook();
        let replies: Vec<Reply> = output
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("a reply"))
            .collect();
        assert!(matches!(&replies[0], Reply::Document(raw) if raw.lines[0].text == "园区"));
        assert!(matches!(replies[1], Reply::Done));
        assert!(matches!(&replies[2], Reply::Skipped(Skip::Damaged { .. })));
        assert_eq!(replies.len(), 3);
    }
}
