//! Records: a header of eight bytes, and data, which in a container are records ([MS-PPT] 2.3.1).

/// Kinds of records.
pub(super) mod kind {
    pub(in super::super) const DOCUMENT: u16 = 0x03e8;
    pub(in super::super) const NOTES_ATOM: u16 = 0x03f1;
    pub(in super::super) const SLIDE_PERSIST: u16 = 0x03f3;
    pub(in super::super) const DRAWING: u16 = 0x040c;
    pub(in super::super) const PLACEHOLDER: u16 = 0x0bc3;
    pub(in super::super) const OUTLINE_REFERENCE: u16 = 0x0f9e;
    pub(in super::super) const TEXT_HEADER: u16 = 0x0f9f;
    pub(in super::super) const TEXT_CHARS: u16 = 0x0fa0;
    pub(in super::super) const TEXT_BYTES: u16 = 0x0fa8;
    pub(in super::super) const STRING: u16 = 0x0fba;
    pub(in super::super) const SLIDE_NUMBER: u16 = 0x0fd8;
    pub(in super::super) const HEADERS_FOOTERS: u16 = 0x0fd9;
    pub(in super::super) const LIST: u16 = 0x0ff0;
    pub(in super::super) const USER_EDIT: u16 = 0x0ff5;
    /// The first and last of the marks for dates, headers and footers.
    pub(in super::super) const MARKS: std::ops::RangeInclusive<u16> = 0x0ff7..=0x0ffa;
    pub(in super::super) const GROUP: u16 = 0xf003;
    pub(in super::super) const SHAPE: u16 = 0xf004;
    pub(in super::super) const OPTIONS: u16 = 0xf00b;
    pub(in super::super) const TEXTBOX: u16 = 0xf00d;
    pub(in super::super) const CHILD_ANCHOR: u16 = 0xf00f;
    pub(in super::super) const CLIENT_DATA: u16 = 0xf011;
    pub(in super::super) const MORE_OPTIONS: u16 = 0xf122;
}

/// A record; of a truncated one, the present part.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) instance: u16,
    pub(super) is_container: bool,
    pub(super) data: &'a [u8],
}

impl<'a> Record<'a> {
    /// The record that begins at `at`; `None` where a header does not fit.
    pub(super) fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let rest = bytes.get(at..)?;
        let (head, rest) = rest.split_at_checked(8)?;
        let len = u32_at(head, 4)? as usize;
        Some(Self {
            kind: u16::from_le_bytes([head[2], head[3]]),
            instance: u16::from_le_bytes([head[0], head[1]]) >> 4,
            is_container: head[0] & 0xf == 0xf,
            // The length of a damaged record may point past the end.
            data: &rest[..len.min(rest.len())],
        })
    }
}

/// The consecutive records in `data`.
pub(super) fn records(data: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let record = Record::at(data, at)?;
        at += 8 + record.data.len();
        Some(record)
    })
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

pub(super) fn utf16(data: &[u8]) -> String {
    let units = data
        .as_chunks::<2>()
        .0
        .iter()
        .map(|&two| u16::from_le_bytes(two));
    String::from_utf16_lossy(&units.collect::<Vec<u16>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(kind: u16, instance: u16, version: u8, data: &[u8]) -> Vec<u8> {
        let head = instance << 4 | u16::from(version);
        let len = (data.len() as u32).to_le_bytes();
        [&head.to_le_bytes()[..], &kind.to_le_bytes(), &len, data].concat()
    }

    #[test]
    fn a_record_has_kind_instance_and_data() {
        let bytes = record(kind::SHAPE, 0x123, 0xf, b"abc");
        let found = Record::at(&bytes, 0).expect("a record");
        assert_eq!(
            (found.kind, found.instance, found.is_container, found.data),
            (kind::SHAPE, 0x123, true, &b"abc"[..])
        );
        assert!(Record::at(&bytes, 4).is_none() && Record::at(&bytes, 99).is_none());
        // The length of a cut record leads past the end.
        let cut = Record::at(&bytes[..9], 0).expect("a record");
        assert_eq!(cut.data, b"a");
        assert!(
            !Record::at(&record(1, 0, 0xe, b""), 0)
                .expect("a record")
                .is_container
        );
    }

    proptest! {
        #[test]
        fn records_follow_each_other(list in prop::collection::vec((any::<u16>(), prop::collection::vec(any::<u8>(), 0..9)), 0..6)) {
            let bytes: Vec<u8> = list.iter().flat_map(|(kind, data)| record(*kind, 0, 0, data)).collect();
            let found: Vec<(u16, Vec<u8>)> = records(&bytes).map(|record| (record.kind, record.data.to_vec())).collect();
            prop_assert_eq!(found, list);
        }

        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(records(&bytes).count() <= bytes.len() / 8);
            utf16(&bytes);
        }
    }
}
