//! What goes into the engine: a record's fields, some of them shared by many records, counted while they wait.
//!
//! The engine queues ten thousand groups of records before it makes a writer wait, which may be a whole
//! collection. A [`ByteSemaphore`] bounds what waits by its size instead.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::zone::Zone;

/// A record on its way into the index.
#[derive(Debug)]
pub(super) struct Entry {
    values: Vec<(Field, Content)>,
    /// Texts, for the parts of a segment that are our own.
    texts: Vec<ZoneText>,
    /// Held, not read: it leaves the gate when the record is dropped.
    _pass: Option<Arc<Permit>>,
}

/// A text of a record.
#[derive(Debug)]
struct ZoneText {
    zone: Zone,
    text: Box<str>,
    /// Its units, as [`super::analyzer`] writes them.
    units: Box<str>,
}

#[derive(Debug)]
enum Content {
    Text(Box<str>),
    Name(&'static str),
    Shared(Arc<str>),
    Number(u64),
    Signed(i64),
}

/// Capacity for the fields of most passages.
// A vector that grows by doubling would hold up to twice as many, times all records that wait. Records that are smaller while
// they wait took a file of 100 MB from 1,398 to 1,282 MB at the peak.
const USUAL_FIELDS: usize = 18;

impl Default for Entry {
    fn default() -> Self {
        Self {
            values: Vec::with_capacity(USUAL_FIELDS),
            texts: Vec::new(),
            _pass: None,
        }
    }
}

impl Entry {
    pub(super) fn add_text(&mut self, field: Field, text: impl Into<Box<str>>) {
        self.values.push((field, Content::Text(text.into())));
    }

    /// Adds a text that the program holds.
    pub(super) fn add_name(&mut self, field: Field, name: &'static str) {
        self.values.push((field, Content::Name(name)));
    }

    /// Adds a text that other records hold as well.
    pub(super) fn add_shared(&mut self, field: Field, text: &Arc<str>) {
        self.values.push((field, Content::Shared(Arc::clone(text))));
    }

    pub(super) fn add_u64(&mut self, field: Field, number: u64) {
        self.values.push((field, Content::Number(number)));
    }

    pub(super) fn add_i64(&mut self, field: Field, number: i64) {
        self.values.push((field, Content::Signed(number)));
    }

    /// Adds the text of a zone, and its units.
    pub(super) fn add_zone(&mut self, zone: Zone, text: impl Into<Box<str>>, units: Box<str>) {
        let text = text.into();
        self.texts.push(ZoneText { zone, text, units });
    }

    /// The text of a zone.
    pub(super) fn text(&self, zone: Zone) -> Option<&str> {
        self.zone(zone).map(|zone| &*zone.text)
    }

    /// The units of a zone, as they were added.
    pub(super) fn units(&self, zone: Zone) -> Option<&str> {
        self.zone(zone).map(|zone| &*zone.units)
    }

    fn zone(&self, zone: Zone) -> Option<&ZoneText> {
        self.texts.iter().find(|text| text.zone == zone)
    }

    /// The same record, counted at a gate until it is written.
    pub(super) fn with_pass(self, pass: &Arc<Permit>) -> Self {
        let _pass = Some(Arc::clone(pass));
        Self { _pass, ..self }
    }
}

/// A field's content as the engine reads it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf<'a>(&'a Content);

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Content::Text(text) => ReferenceValueLeaf::Str(text),
            Content::Name(name) => ReferenceValueLeaf::Str(name),
            Content::Shared(text) => ReferenceValueLeaf::Str(text),
            Content::Number(number) => ReferenceValueLeaf::U64(*number),
            Content::Signed(number) => ReferenceValueLeaf::I64(*number),
        })
    }
}

impl Document for Entry {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Leaves<'a>;

    fn iter_fields_and_values(&self) -> Leaves<'_> {
        Leaves(self.values.iter())
    }
}

/// The fields of an [`Entry`].
pub(super) struct Leaves<'a>(std::slice::Iter<'a, (Field, Content)>);

impl<'a> Iterator for Leaves<'a> {
    type Item = (Field, Leaf<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (field, content) = self.0.next()?;
        Some((*field, Leaf(content)))
    }
}

/// Limits the bytes of records that wait to be written.
#[derive(Debug)]
pub(super) struct ByteSemaphore {
    limit: usize,
    waiting: Mutex<usize>,
    left: Condvar,
}

/// What a group of records counts at its gate, until the last of them is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    gate: Arc<ByteSemaphore>,
    size: usize,
}

impl ByteSemaphore {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            limit,
            waiting: Mutex::new(0),
            left: Condvar::new(),
        })
    }

    /// Waits until `size` bytes are free; anything larger than the whole capacity passes alone.
    pub(super) fn enter(self: &Arc<Self>, size: usize) -> Arc<Permit> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // What is larger than the limit passes when nothing else waits: refused, it could never be written.
        let is_full = |waiting: &mut usize| *waiting > 0 && *waiting + size > self.limit;
        let free = self.left.wait_while(waiting, is_full);
        *free.unwrap_or_else(PoisonError::into_inner) += size;
        Arc::new(Permit {
            gate: Arc::clone(self),
            size,
        })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut waiting = self
            .gate
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *waiting -= self.size;
        // All, since the first to wake may be too large for what has become free while another fits.
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_gate_opens_when_something_leaves() {
        let gate = ByteSemaphore::new(100);
        let first = gate.enter(60);
        let waiting = || *gate.waiting.lock().expect("no panic");
        std::thread::scope(|scope| {
            let late = scope.spawn(|| gate.enter(300).size);
            std::thread::sleep(std::time::Duration::from_millis(50));
            assert_eq!(waiting(), 60);
            let entry = Entry::default().with_pass(&first);
            drop(first);
            assert_eq!(waiting(), 60);
            drop(entry);
            assert_eq!(late.join().expect("no panic"), 300);
        });
        assert_eq!(waiting(), 0);
    }
}
