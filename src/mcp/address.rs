//! Addresses of documents as URIs: `xunzhang://doc/ID`, of an index beside the first with `?index=NAME`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const START: &str = "xunzhang://doc/";
const INDEX: &str = "?index=";
/// Characters that RFC 3986 leaves as they are; a slash of an id is encoded, so that it does not divide the URI.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The template of the addresses (RFC 6570).
pub(super) const TEMPLATE: &str = "xunzhang://doc/{id}";
/// The same where there are several indexes.
pub(super) const TEMPLATE_OF_INDEX: &str = "xunzhang://doc/{id}{?index}";

/// A document of an index.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) id: String,
    /// The name of the index; none of the first.
    pub(super) index: Option<String>,
}

impl Address {
    /// Reads a URI; `None` if it does not address a document.
    pub(super) fn read(uri: &str) -> Option<Self> {
        let rest = uri.strip_prefix(START)?;
        let (id, index) = match rest.rsplit_once(INDEX) {
            Some((id, index)) => (id, Some(decoded(index)?)),
            None => (rest, None),
        };
        let id = decoded(id).filter(|id| !id.is_empty())?;
        Some(Self { id, index })
    }

    /// Its URI.
    pub(super) fn uri(&self) -> String {
        let id = utf8_percent_encode(&self.id, &ENCODED);
        match &self.index {
            Some(index) => format!("{START}{id}{INDEX}{}", utf8_percent_encode(index, &ENCODED)),
            None => format!("{START}{id}"),
        }
    }
}

fn decoded(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for (id, index) in [
            ("青柳县/2009年工作总结.txt", None),
            ("通报.jsonl#岚扶组〔2019〕15号", Some("法规")),
            ("a b?c=d%20&e", Some("甲 乙")),
        ] {
            let address = Address {
                id: id.to_owned(),
                index: index.map(str::to_owned),
            };
            assert_eq!(Address::read(&address.uri()), Some(address));
        }
        // As people type it.
        let typed = Address::read("xunzhang://doc/青柳县/总结.txt").expect("an address");
        assert_eq!(typed.id, "青柳县/总结.txt");
    }

    #[test]
    fn other_addresses_are_none() {
        for uri in [
            "",
            "xunzhang://doc/",
            "file:///etc/passwd",
            "xunzhang://doc/%ff",
            "xunzhang:doc/a",
        ] {
            assert_eq!(Address::read(uri), None, "{uri}");
        }
    }
}
