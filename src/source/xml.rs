//! XML as the office formats use it: elements by local name, text with its references resolved, malformed
//! input tolerated.
//!
//! Only the five entities of XML itself and character references are expanded, so that a document cannot grow
//! by its own definitions; nothing outside the text is fetched. Parsing is by event, without recursion, so
//! that depth costs nothing.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::decode;

/// A start, an end, or a piece of text.
pub(super) enum Node<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// The element of this local name ends, an empty one too.
    End(String),
    /// Text, as written or from a reference.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The name with its prefix.
    pub(super) fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The value of the first attribute of this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            // Without checks for duplicate attributes, which damaged files have.
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(resolved(&found.value))
    }

    /// The value of the first attribute of this local name that has a prefix.
    pub(super) fn prefixed_attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| {
            attribute.key.prefix().is_some() && attribute.key.local_name().into_inner() == name
        })?;
        Some(resolved(&found.value))
    }

    /// The attribute as a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// `value` with references resolved; unknown ones are kept as written.
fn resolved(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let named = after.split_once(';');
        match named.and_then(|(name, tail)| Some((reference(name)?, tail))) {
            Some((text, tail)) => {
                out.push_str(&text);
                rest = tail;
            }
            None => {
                // A lone `&` is text.
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    let Some(code) = name.strip_prefix('#') else {
        return resolve_xml_entity(name).map(str::to_owned);
    };
    // XML requires a small x, but the other occurs.
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}

/// The text of an XML part, in any encoding.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    decode::decode(bytes).text
}

/// A traversal of a document.
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    is_damaged: bool,
    is_over: bool,
}

impl<'a> Walk<'a> {
    /// A traversal from the start of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        // Each of these settings lets a malformed document be read on instead of ending at its first error.
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            depth: 0,
            is_damaged: false,
            is_over: false,
        }
    }

    /// The next node; `None` at the end, and where the text stops being XML.
    pub(super) fn next(&mut self) -> Option<Node<'a>> {
        while !self.is_over {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    return Some(Node::Start(Tag(tag)));
                }
                Ok(Event::End(tag)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Node::End(tag.local_name().into_inner().to_owned()));
                }
                Ok(Event::Text(text)) => return Some(Node::Text(text.xml10_content())),
                Ok(Event::CData(text)) => return Some(Node::Text(text.xml10_content())),
                Ok(Event::GeneralRef(name)) => {
                    let name = name.into_inner();
                    // An unknown entity is kept as written; definitions of the document are not followed.
                    let text = reference(&name).unwrap_or_else(|| format!("&{name};"));
                    return Some(Node::Text(Cow::Owned(text)));
                }
                Ok(Event::Eof) => {
                    // Open elements at the end mean that the document is cut off.
                    self.is_damaged |= self.depth > 0;
                    self.is_over = true;
                }
                // Comments, declarations and instructions.
                Ok(_) => {}
                Err(_) => {
                    self.is_damaged = true;
                    self.is_over = true;
                }
            }
        }
        None
    }

    /// The next start of an element; `None` at the end.
    pub(super) fn next_start(&mut self) -> Option<Tag<'a>> {
        loop {
            if let Node::Start(tag) = self.next()? {
                return Some(tag);
            }
        }
    }

    /// Skips the rest of the element whose start tag was read.
    pub(super) fn skip(&mut self) {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next().is_some() {}
    }

    /// All text inside the element whose start tag was read.
    pub(super) fn inner_text(&mut self) -> String {
        let outside = self.depth.saturating_sub(1);
        let mut out = String::new();
        while self.depth > outside {
            match self.next() {
                Some(Node::Text(text)) => out.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        out
    }

    /// Whether the text is cut off or stopped being XML.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, is_damaged: bool) {
        let mut walk = Walk::new(text);
        let mut out = String::new();
        while let Some(node) = walk.next() {
            match node {
                Node::Start(tag) if tag.name() == "skip" => walk.skip(),
                Node::Start(tag) => out.push_str(&format!(
                    "<{}{}>",
                    tag.name(),
                    tag.attribute("v").unwrap_or_default()
                )),
                Node::End(name) => out.push_str(&format!("</{name}>")),
                Node::Text(text) => out.push_str(&text),
            }
        }
        assert_eq!(out, expected);
        assert_eq!(walk.is_damaged(), is_damaged);
    }

    #[test]
    fn names_attributes_references() {
        check(
            "<w:a x:v='&lt;1&#x4e00;&b;'>甲&amp;乙&#20057;<b/><skip>无<skip/></skip>丙</w:a>",
            "<a<1一&b;>甲&乙乙<b></b>丙</a>",
            false,
        );
        check("<a><![CDATA[<甲>]]></a>", "<a><甲></a>", false);
    }

    #[test]
    fn entities_are_not_expanded() {
        check(
            "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c SYSTEM \"file:///etc/hostname\">]><a>&b;&c;</a>",
            "<a>&b;&c;</a>",
            false,
        );
    }

    #[test]
    fn keeps_the_text_of_truncated_xml() {
        check("<a>甲<b>乙</b><b>丙", "<a>甲<b>乙</b><b>丙", true);
        check("<a>甲<b x=", "<a>甲", true);
        let deep = "<a>".repeat(200_000);
        let mut walk = Walk::new(&deep);
        walk.next();
        walk.skip();
        assert!(walk.is_damaged());
    }
}
