//! Paragraph styles of a Word document: which is a heading of which level, which has automatic numbers.

use std::collections::BTreeMap;

use super::numbering::ListPosition;
use super::switch::is_on;
use crate::document::Style;
use crate::source::formats::style_names::{named, outline};
use crate::source::xml::{Node, Walk};

/// The paragraph styles by id.
#[derive(Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Definition>,
    /// The style of paragraphs that do not name one.
    default: Option<String>,
}

#[derive(Default)]
struct Definition {
    name: String,
    based_on: Option<String>,
    /// From 0; 9 is body text.
    outline_level: Option<u8>,
    place: ListPosition,
}

/// Maximum length of a chain of styles based on each other.
const MAX_DEPTH: usize = 20;

impl Styles {
    /// Reads `word/styles.xml`, or the `styles` element of Word 2003.
    pub(super) fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.next_start() {
            let is_paragraph = tag.attribute("type").is_none_or(|kind| kind == "paragraph");
            if tag.name() != "style" || !is_paragraph {
                continue;
            }
            let Some(id) = tag.attribute("styleId") else {
                continue;
            };
            if tag.attribute("default").is_some_and(|value| is_on(&value)) {
                styles.default = Some(id.clone());
            }
            styles.by_id.insert(id, definition(&mut walk));
        }
        styles
    }

    /// The style that the paragraph style `id` implies; the default paragraph style for `None`.
    pub(super) fn style(&self, id: Option<&str>) -> Style {
        // The nearest definition wins, its name before its outline level: a copy of `heading 1` may lack the
        // level.
        for definition in self.chain(id) {
            if let Some(style) = named(&definition.name) {
                return style;
            }
            if let Some(level) = definition.outline_level {
                return outline(level);
            }
        }
        // A style that is not defined here may still be a built-in one of Word.
        let is_known = id.is_none_or(|id| self.by_id.contains_key(id));
        id.filter(|_| !is_known).and_then(named).unwrap_or_default()
    }

    /// The automatic numbers of the style called `id`.
    pub(super) fn place(&self, id: Option<&str>) -> ListPosition {
        let mut place = ListPosition::default();
        for definition in self.chain(id) {
            place = place.or(definition.place);
        }
        place
    }

    /// The style, the one that it is based on, and so on.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Definition> {
        let first = id.or(self.default.as_deref());
        let next = |definition: &&'a Definition| self.by_id.get(definition.based_on.as_deref()?);
        std::iter::successors(first.and_then(|id| self.by_id.get(id)), next).take(MAX_DEPTH)
    }
}

fn definition(walk: &mut Walk<'_>) -> Definition {
    let mut definition = Definition::default();
    while let Some(node) = walk.next() {
        let tag = match node {
            Node::Start(tag) => tag,
            Node::End(name) if name == "style" => break,
            _ => continue,
        };
        let value = tag.attribute("val");
        match tag.name() {
            "name" if definition.name.is_empty() => definition.name = value.unwrap_or_default(),
            "basedOn" => definition.based_on = value,
            "outlineLvl" => definition.outline_level = tag.number("val"),
            "numId" | "ilfo" => definition.place.list = tag.number("val"),
            "ilvl" => definition.place.level = tag.number("val"),
            _ => {}
        }
    }
    definition
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_by_name_level_and_ancestor() {
        let styles = Styles::read(
            "<w:styles><w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
             <w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>\
             <w:style w:type='paragraph' w:styleId='b2'><w:name w:val='二级'/><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='4'/></w:numPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
             <w:style w:type='paragraph' w:styleId='c'><w:name w:val='三'/><w:basedOn w:val='b2'/><w:next w:val='a'/></w:style>\
             <w:style w:type='paragraph' w:styleId='d'><w:name w:val='标题'/></w:style>\
             <w:style w:type='paragraph' w:styleId='e'><w:name w:val='圈'/><w:basedOn w:val='e'/></w:style>\
             <w:style w:type='paragraph' w:styleId='f'><w:name w:val='文'/><w:basedOn w:val='1'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>\
             <w:style w:type='character' w:styleId='g'><w:name w:val='heading 1'/></w:style></w:styles>",
        );
        let check = |id: &str, expected| assert_eq!(styles.style(Some(id)), expected, "{id}");
        check("1", Style::Heading(1));
        check("b2", Style::Heading(2));
        check("c", Style::Heading(2));
        check("d", Style::Title);
        check("e", Style::Plain);
        check("f", Style::Plain);
        check("g", Style::Plain);
        check("Heading3", Style::Heading(3));
        assert_eq!(styles.style(None), Style::Plain);
        assert_eq!(
            (styles.place(Some("c")).list, styles.place(Some("c")).level),
            (Some(4), Some(1))
        );
    }
}
