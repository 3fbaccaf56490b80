//! Streams that are read in bounded pieces, whatever their content: lines, records, other encodings.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use encoding_rs::Decoder;

/// Reads up to and including the next `\n` into `line`, which is cleared first; returns the number of bytes
/// consumed.
///
/// A line of over `limit` bytes is consumed but not kept.
pub(super) fn read_line(
    stream: &mut impl BufRead,
    line: &mut Vec<u8>,
    limit: usize,
) -> io::Result<usize> {
    line.clear();
    let mut taken = 0;
    loop {
        let buffer = match stream.fill_buf() {
            // EINTR: a signal interrupted the read, which is simply repeated.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
        let n = end.unwrap_or(buffer.len());
        taken += n;
        match taken <= limit {
            true => line.extend_from_slice(&buffer[..n]),
            // Released as soon as the limit is passed: a file without line ends must not be held in memory.
            false => *line = Vec::new(),
        }
        stream.consume(n);
        if n == 0 || end.is_some() {
            return Ok(taken);
        }
    }
}

/// A stream that yields a limited number of bytes and then fails with [`Spent`], until it is refilled.
pub(super) struct Metered<R> {
    stream: R,
    left: Rc<Cell<usize>>,
}

/// Why a [`Metered`] stream fails.
#[derive(Debug, thiserror::Error)]
#[error("more than may be read at once")]
pub(super) struct Spent;

impl<R: Read> Metered<R> {
    /// The stream, and the number of bytes that it may still yield.
    pub(super) fn new(stream: R, limit: usize) -> (Self, Rc<Cell<usize>>) {
        let left = Rc::new(Cell::new(limit));
        let metered = Self {
            stream,
            left: Rc::clone(&left),
        };
        (metered, left)
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other(Spent));
        }
        // An error instead of an end of file: a caller would take a shortened record for a whole one.
        let n = buffer.len().min(left);
        let n = self.stream.read(&mut buffer[..n])?;
        self.left.set(left - n);
        Ok(n)
    }
}

/// A stream in another encoding, as UTF-8.
pub(super) struct Transcoded<R> {
    stream: R,
    decoder: Decoder,
    text: Vec<u8>,
    /// The part of `text` that is not consumed yet.
    ready: std::ops::Range<usize>,
    is_done: bool,
}

/// Number of bytes decoded at a time.
const CHUNK: usize = 64 << 10;

impl<R: BufRead> Transcoded<R> {
    /// Reads `stream`, positioned after its byte order mark, with `decoder`.
    pub(super) fn new(stream: R, decoder: Decoder) -> Self {
        Self {
            stream,
            decoder,
            text: vec![0; CHUNK],
            ready: 0..0,
            is_done: false,
        }
    }
}

impl<R: BufRead> BufRead for Transcoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // A chunk may decode to nothing (half of a character), hence the loop; an empty read makes the
        // decoder flush its state.
        while self.ready.is_empty() && !self.is_done {
            let bytes = self.stream.fill_buf()?;
            let is_last = bytes.is_empty();
            let (result, n_read, n_written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.text, is_last);
            self.stream.consume(n_read);
            self.ready = 0..n_written;
            self.is_done = is_last && result == encoding_rs::CoderResult::InputEmpty;
        }
        Ok(&self.text[self.ready.clone()])
    }

    fn consume(&mut self, n: usize) {
        self.ready.start = (self.ready.start + n).min(self.ready.end);
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buffer.len());
        buffer[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn a_long_line_is_skipped() {
        let text = format!("甲\n{}\n乙", "长".repeat(50_000));
        let mut stream = BufReader::with_capacity(7, text.as_bytes());
        let mut line = Vec::new();
        let mut lines = Vec::new();
        loop {
            let taken = read_line(&mut stream, &mut line, 1_000).expect("a line");
            if taken == 0 {
                break;
            }
            lines.push((taken, String::from_utf8_lossy(&line).into_owned()));
        }
        assert_eq!(
            lines,
            [
                (4, "甲\n".to_owned()),
                (150_001, String::new()),
                (3, "乙".to_owned())
            ]
        );
    }

    #[test]
    fn a_metered_stream_fails_when_its_bytes_are_spent() {
        let (mut stream, left) = Metered::new(&b"0123456789"[..], 4);
        let mut buffer = [0; 3];
        assert_eq!(stream.read(&mut buffer).expect("bytes"), 3);
        assert_eq!(stream.read(&mut buffer).expect("bytes"), 1);
        let error = stream.read(&mut buffer).expect_err("no bytes are left");
        assert!(error.get_ref().is_some_and(|error| error.is::<Spent>()));
        left.set(9);
        assert_eq!(stream.read(&mut buffer).expect("bytes"), 3);
    }

    #[test]
    fn another_encoding_is_decoded_in_pieces() {
        let text = "各科室认真开展工作。\n".repeat(9_000);
        let (bytes, ..) = encoding_rs::GB18030.encode(&text);
        let stream = BufReader::with_capacity(101, &*bytes);
        let decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
        let mut out = String::new();
        Transcoded::new(stream, decoder)
            .read_to_string(&mut out)
            .expect("text");
        assert_eq!(out, text);
    }
}
