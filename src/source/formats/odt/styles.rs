//! Styles of an OpenDocument text: headings, and the labels of lists.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Style;
use crate::source::formats::numbering::{Form, Level};
use crate::source::xml::{Node, Tag, Walk};

/// Paragraph and list styles by name.
#[derive(Default)]
pub(super) struct Styles {
    paragraphs: BTreeMap<String, Paragraph>,
    /// The levels of each list style, with the key of its counter.
    lists: BTreeMap<String, (u64, Vec<Level>)>,
    outline: Vec<Level>,
    /// Styles of characters, paragraphs and sections that are not displayed.
    hidden: BTreeSet<String>,
}

#[derive(Default)]
struct Paragraph {
    title: bool,
    level: Option<u8>,
    parent: Option<String>,
}

/// Maximum length of a chain of styles derived from each other.
const MAX_DEPTH: usize = 20;

impl Styles {
    /// Reads the styles of all `parts`.
    pub(super) fn read(parts: &[&str]) -> Self {
        let mut styles = Self::default();
        for part in parts {
            styles.read_part(part);
        }
        styles
    }

    fn read_part(&mut self, part: &str) {
        let mut walk = Walk::new(part);
        // `text-properties` is a child of the style that it belongs to.
        let mut latest = String::new();
        while let Some(tag) = walk.next_start() {
            let name = || tag.attribute("name").unwrap_or_default();
            match tag.name() {
                // The text follows the styles.
                "body" => break,
                "style" => {
                    latest = name();
                    self.add_paragraph(&tag);
                }
                "text-properties" if tag.attribute("display").as_deref() == Some("none") => {
                    self.hidden.insert(std::mem::take(&mut latest));
                }
                "list-style" => {
                    let key = self.lists.len() as u64 + 1;
                    let levels = levels(&mut walk, "list-style");
                    self.lists.insert(name(), (key, levels));
                }
                "outline-style" => self.outline = levels(&mut walk, "outline-style"),
                _ => {}
            }
        }
    }

    fn add_paragraph(&mut self, tag: &Tag<'_>) {
        if tag
            .attribute("family")
            .is_none_or(|family| family != "paragraph")
        {
            return;
        }
        let name = tag.attribute("name").unwrap_or_default();
        let shown = tag
            .attribute("display-name")
            .unwrap_or_else(|| name.clone());
        let paragraph = Paragraph {
            title: matches!(&*shown, "Title" | "标题"),
            level: tag.number("default-outline-level"),
            parent: tag.attribute("parent-style-name"),
        };
        self.paragraphs.insert(name, paragraph);
    }

    /// Whether text in the style called `name` is hidden.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.hidden.contains(name)
    }

    /// The style that the paragraph style `name` implies.
    pub(super) fn style(&self, name: &str) -> Style {
        // A style without a level inherits its parent's; the chain is bounded, as a damaged file may have a
        // cycle.
        let mut name = name;
        for _ in 0..MAX_DEPTH {
            let Some(paragraph) = self.paragraphs.get(name) else {
                break;
            };
            if paragraph.title {
                return Style::Title;
            }
            if let Some(level @ 1..=9) = paragraph.level {
                return Style::Heading(level);
            }
            match &paragraph.parent {
                Some(parent) => name = parent,
                None => break,
            }
        }
        Style::Plain
    }

    /// The key and the levels of the list style called `name`.
    pub(super) fn list(&self, name: &str) -> Option<(u64, &[Level])> {
        let (key, levels) = self.lists.get(name)?;
        Some((*key, levels))
    }

    /// The key and the levels of the numbers of headings.
    pub(super) fn outline(&self) -> (u64, &[Level]) {
        (0, &self.outline)
    }
}

/// The levels of the list style whose start tag was read, in order.
fn levels(walk: &mut Walk<'_>, end: &str) -> Vec<Level> {
    let mut levels = Vec::new();
    while let Some(node) = walk.next() {
        let tag = match node {
            Node::Start(tag) => tag,
            Node::End(name) if name == end => break,
            _ => continue,
        };
        // Numbers, bullets and the outline have elements of different names.
        if tag.name().contains("-level-style") {
            // ODF has ten levels.
            let ord = tag.number("level").unwrap_or(1usize).clamp(1, 10);
            levels.resize_with(levels.len().max(ord), Level::default);
            levels[ord - 1] = level(&tag, ord);
        }
    }
    levels
}

fn level(tag: &Tag<'_>, ord: usize) -> Level {
    let format = tag.attribute("num-format").unwrap_or_default();
    let is_number = !tag.name().ends_with("bullet") && !format.is_empty();
    Level {
        start: tag.number("start-value").unwrap_or(1),
        form: if is_number { form(&format) } else { Form::Mark },
        template: if is_number {
            template(tag, ord)
        } else {
            String::new()
        },
        is_legal: false,
        restarts_below: None,
    }
}

/// How the number of a level is written, with `%1` for the number of the first level and so on.
fn template(tag: &Tag<'_>, ord: usize) -> String {
    // `%1%.%2%` is our `%1.%2`.
    if let Some(template) = tag.attribute("num-list-format") {
        return (1..=10).fold(template, |template, ord| {
            template.replace(&format!("%{ord}%"), &format!("%{ord}"))
        });
    }
    // Older files give a prefix, a suffix and the number of levels shown.
    let n_shown: usize = tag.number("display-levels").unwrap_or(1).clamp(1, ord);
    let numbers = (ord + 1 - n_shown..=ord).map(|ord| format!("%{ord}"));
    let numbers = numbers.collect::<Vec<_>>().join(".");
    let around = |name: &str| tag.attribute(name).unwrap_or_default();
    format!("{}{numbers}{}", around("num-prefix"), around("num-suffix"))
}

/// ODF 1.3, 19.500: the format is given by the first of the numbers, or the first few.
fn form(format: &str) -> Form {
    match format.chars().next() {
        Some('a') => Form::LowerLetter,
        Some('A') => Form::UpperLetter,
        Some('i') => Form::LowerRoman,
        Some('I') => Form::UpperRoman,
        Some('一') => Form::Han,
        Some('壹' | '壱') => Form::HanLegal,
        Some('甲') => Form::Stem,
        Some('子') => Form::Branch,
        Some('①') => Form::Circle,
        Some('⑴') => Form::Parenthesis,
        Some('１') => Form::FullWidth,
        Some('0') => Form::DecimalZero,
        _ => Form::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(xml: &str, ord: usize) -> Level {
        let mut walk = Walk::new(xml);
        level(&walk.next_start().expect("an element"), ord)
    }

    #[test]
    fn numbers_of_levels_are_written_by_their_template() {
        let cases = [
            ("num-format='1' num-list-format='%1%.%2%'", 2, "%1.%2"),
            ("num-format='一' num-list-format='（%3%）'", 3, "（%3）"),
            // Older files: a prefix, a suffix and how many levels are shown.
            ("num-format='1' num-suffix='.'", 1, "%1."),
            (
                "num-format='1' num-prefix='（' num-suffix='）' display-levels='2'",
                2,
                "（%1.%2）",
            ),
            ("num-format='1' display-levels='9'", 3, "%1.%2.%3"),
            ("num-format='1' display-levels='0'", 3, "%3"),
        ];
        for (attributes, ord, expected) in cases {
            let level = of(&format!("<list-level-style-number {attributes}/>"), ord);
            assert_eq!(level.template, expected, "{attributes}");
            assert_eq!(level.start, 1);
        }
        assert_eq!(
            of(
                "<list-level-style-number num-format='1' start-value='7'/>",
                1
            )
            .start,
            7
        );
    }

    #[test]
    fn bullets_and_levels_without_a_format_have_no_number() {
        for xml in [
            "<list-level-style-bullet num-format='1' num-suffix='.'/>",
            "<list-level-style-number num-format='' num-suffix='.'/>",
            "<list-level-style-number num-suffix='.'/>",
        ] {
            let level = of(xml, 1);
            assert_eq!((level.form, &*level.template), (Form::Mark, ""), "{xml}");
        }
    }

    #[test]
    fn styles_hide_text_by_the_properties_inside_them() {
        let styles = Styles::read(&[
            "<styles><style name='甲'><text-properties display='none'/></style><style name='乙'><text-properties/></style></styles>",
            "<content><style name='丙'><text-properties display='none'/></style><body><style name='丁'><text-properties display='none'/></style></body></content>",
        ]);
        let hidden = ["甲", "乙", "丙", "丁"].map(|name| styles.hides(name));
        // The text follows the styles: what it contains is not a style.
        assert_eq!(hidden, [true, false, true, false]);
    }
}
