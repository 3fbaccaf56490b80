//! The lists of a Word document: `word/numbering.xml`, and the numbers of its paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::formats::numbering::{Counters, Form, Level, form_by_code};
use crate::source::xml::{Node, Tag, Walk};

/// The list of a paragraph and its level in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ListPosition {
    /// The list; 0 means explicitly none.
    pub(super) list: Option<u32>,
    /// The level, from 0.
    pub(super) level: Option<usize>,
}

impl ListPosition {
    /// These values, completed by those of `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            list: self.list.or(other.list),
            level: self.level.or(other.level),
        }
    }
}

/// A list as paragraphs refer to it: levels of its own, or those of an abstract list.
#[derive(Default)]
struct List {
    definition: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

impl List {
    /// Its nine levels: an override replaces a level of the abstract list (ECMA-376 17.9.8).
    fn levels_over(&self, definition: Option<&BTreeMap<usize, Level>>) -> Vec<Level> {
        let level = |ord| {
            let own = self.levels.get(&ord);
            let level = own.or_else(|| definition?.get(&ord));
            level.cloned().unwrap_or_default()
        };
        (0..9).map(level).collect()
    }
}

/// All lists, and their current numbers.
#[derive(Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<u32, BTreeMap<usize, Level>>,
    /// The level that each paragraph style is linked to.
    style_levels: BTreeMap<(u32, String), usize>,
    /// Definitions that refer to a list style, and the style's name.
    links: BTreeMap<u32, String>,
    /// Definitions that list styles refer to.
    linked: BTreeMap<String, u32>,
    lists: BTreeMap<u32, List>,
    counters: Counters,
    begun: BTreeSet<u32>,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn read(text: &str) -> Self {
        let mut numbering = Self::default();
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.next_start() {
            match tag.name() {
                // `listDef`, `list` and `ilfo` are the names in Word 2003 XML.
                "abstractNum" | "listDef" => {
                    let id = tag.number("abstractNumId").or(tag.number("listDefId"));
                    numbering.definition(&mut walk, id.unwrap_or_default(), &closing(&tag));
                }
                "num" | "list" => {
                    let id = tag.number("numId").or(tag.number("ilfo"));
                    let list = list(&mut walk, &closing(&tag));
                    numbering.lists.insert(id.unwrap_or_default(), list);
                }
                _ => {}
            }
        }
        numbering
    }

    fn definition(&mut self, walk: &mut Walk<'_>, id: u32, end: &str) {
        let mut levels = BTreeMap::new();
        while let Some(node) = walk.next() {
            let tag = match node {
                Node::Start(tag) => tag,
                Node::End(name) if name == end => break,
                _ => continue,
            };
            let value = tag.attribute("val");
            match tag.name() {
                "lvl" => {
                    let ord = tag.number("ilvl").unwrap_or_default();
                    let (level, style) = level(walk);
                    levels.insert(ord, level);
                    // Paragraphs of this style are at this level without saying so (ECMA-376 17.9.23).
                    let style = style.map(|style| ((id, style), ord));
                    self.style_levels.extend(style);
                }
                "numStyleLink" => self.links.extend(value.map(|name| (id, name))),
                "styleLink" => self.linked.extend(value.map(|name| (name, id))),
                _ => {}
            }
        }
        self.definitions.insert(id, levels);
    }

    /// The label of the next paragraph at `place`, whose style is `style`; empty if it has none.
    pub(super) fn next(&mut self, place: ListPosition, style: Option<&str>) -> String {
        // List 0 takes the number off a paragraph whose style has one (ECMA-376 17.9.18).
        let id = place.list.filter(|&id| id > 0);
        let Some((id, list)) = id.and_then(|id| Some((id, self.lists.get(&id)?))) else {
            return String::new();
        };
        let definition = self.definition_of(list);
        let tied = |style: &str| {
            let style = (definition, style.to_owned());
            self.style_levels.get(&style).copied()
        };
        let level = place.level.or_else(|| style.and_then(tied)).unwrap_or(0);
        // A start value applies once, at the first paragraph of the list.
        if self.begun.insert(id) {
            for (&level, &start) in &list.starts {
                // Lists of one definition share its counters, as in Word.
                self.counters.restart(u64::from(definition), level, start);
            }
        }
        let levels = list.levels_over(self.definitions.get(&definition));
        self.counters.next(u64::from(definition), &levels, level)
    }

    /// The definition of a list; a link leads to that of a list style (ECMA-376 17.9.21 and 17.9.27).
    fn definition_of(&self, list: &List) -> u32 {
        let linked = self.links.get(&list.definition);
        let linked = linked.and_then(|name| self.linked.get(name).copied());
        linked.unwrap_or(list.definition)
    }
}

fn closing(tag: &Tag<'_>) -> String {
    tag.name().to_owned()
}

fn list(walk: &mut Walk<'_>, end: &str) -> List {
    let mut list = List::default();
    let mut at = 0;
    while let Some(node) = walk.next() {
        let tag = match node {
            Node::Start(tag) => tag,
            Node::End(name) if name == end => break,
            _ => continue,
        };
        match tag.name() {
            "abstractNumId" | "ilst" => list.definition = tag.number("val").unwrap_or_default(),
            "lvlOverride" => at = tag.number("ilvl").unwrap_or_default(),
            "startOverride" => {
                list.starts
                    .extend(tag.number("val").map(|start| (at, start)));
            }
            "lvl" => {
                list.levels.insert(at, level(walk).0);
            }
            _ => {}
        }
    }
    list
}

/// A level, and the paragraph style that it is linked to.
fn level(walk: &mut Walk<'_>) -> (Level, Option<String>) {
    let mut level = Level {
        start: 1,
        ..Level::default()
    };
    let mut style = None;
    while let Some(node) = walk.next() {
        match node {
            Node::Start(tag) if tag.name() == "pStyle" => {
                style = Some(tag.attribute("val").unwrap_or_default());
            }
            Node::Start(tag) => apply(&tag, &mut level),
            Node::End(name) if name == "lvl" => break,
            _ => {}
        }
    }
    (level, style)
}

/// Applies a property of a level.
fn apply(tag: &Tag<'_>, level: &mut Level) {
    let value = tag.attribute("val").unwrap_or_default();
    match tag.name() {
        "start" => level.start = value.parse().unwrap_or(1),
        "numFmt" if value == "custom" => {
            level.form = custom(&tag.attribute("format").unwrap_or_default());
        }
        "numFmt" => level.form = form(&value),
        "nfc" => level.form = form_by_code(value.parse().unwrap_or_default()),
        "lvlText" => level.template = value,
        // All levels of the number are shown as decimals (ECMA-376 17.9.4).
        "isLgl" => level.is_legal = super::switch::is_on(&value),
        // ECMA-376 17.9.10.
        "lvlRestart" => level.restarts_below = value.parse().ok(),
        _ => {}
    }
}

/// ECMA-376 17.18.59, `ST_NumberFormat`.
fn form(name: &str) -> Form {
    match name {
        "bullet" | "none" => Form::Mark,
        "decimalZero" => Form::DecimalZero,
        "decimalFullWidth" | "decimalFullWidth2" => Form::FullWidth,
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => Form::Han,
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Form::HanDigits,
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Form::HanLegal,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Form::Circle,
        "decimalEnclosedParen" => Form::Parenthesis,
        "decimalEnclosedFullstop" => Form::Stop,
        "ideographTraditional" => Form::Stem,
        "ideographZodiac" => Form::Branch,
        "upperRoman" => Form::UpperRoman,
        "lowerRoman" => Form::LowerRoman,
        "upperLetter" => Form::UpperLetter,
        "lowerLetter" => Form::LowerLetter,
        _ => Form::Decimal,
    }
}

/// A format defined by its first numbers: `001, 002, ...`.
fn custom(first: &str) -> Form {
    if first.starts_with('0') {
        Form::DecimalZero
    } else {
        Form::Decimal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "<w:numbering><w:abstractNum w:abstractNumId='3'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:pStyle w:val='1'/><w:lvlText w:val='%1、'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:numFmt w:val='chineseCounting'/><w:pStyle w:val='2'/><w:lvlText w:val='（%2）'/></w:lvl></w:abstractNum>\
        <w:num w:numId='7'><w:abstractNumId w:val='3'/></w:num>\
        <w:num w:numId='8'><w:abstractNumId w:val='3'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>";

    #[test]
    fn paragraphs_are_numbered() {
        let mut numbering = Numbering::read(PART);
        let mut check = |list, level, style, expected: &str| {
            let place = ListPosition {
                list: Some(list),
                level,
            };
            assert_eq!(numbering.next(place, style), expected);
        };
        check(7, Some(0), None, "一、");
        check(7, Some(1), None, "（一）");
        check(7, None, Some("2"), "（二）");
        check(7, None, Some("1"), "二、");
        check(8, Some(0), None, "五、");
        check(8, Some(0), None, "六、");
        check(0, Some(0), None, "");
        check(9, Some(0), None, "");
    }
}
