//! The elements of a page: blocks, headings, and which of them are displayed.

use scraper::node::Element;

use crate::document::Reason;

/// How an element is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// Text.
    Text,
    /// Text that is not part of the report.
    Aside(Reason),
    /// Nothing.
    Nothing,
}

/// How an element is displayed, unless an ancestor decides otherwise.
pub(super) fn show(element: &Element) -> Show {
    let name = element.name();
    if UNSEEN.contains(&name) {
        return Show::Nothing;
    }
    if name == "del" || is_hidden(element) {
        return Show::Aside(Reason::Hidden);
    }
    // A phonetic reading is printed above its word, and the word must be found without it.
    if matches!(name, "rt" | "rtc") || matches!(name, "select" | "button" | "nav") {
        return Show::Aside(Reason::Frame);
    }
    // Word and LibreOffice write the page header and footer into the text.
    if name == "div" && matches!(element.attr("title"), Some("header" | "footer")) {
        return Show::Aside(Reason::RunningHead);
    }
    Show::Text
}

/// Elements that are not displayed. `title`, the name of a drawing, is only a tooltip.
const UNSEEN: [&str; 16] = [
    "script", "style", "noscript", "template", "head", "iframe", "object", "datalist", "audio",
    "video", "canvas", "map", "rp", "desc", "defs", "title",
];

/// Whether an element is hidden by its attributes.
fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().replace(' ', "");
    element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("mso-hide:all")
}

/// Whether an element and its content are text of the page.
pub(super) fn is_shown(element: &Element) -> bool {
    show(element) == Show::Text
}

/// The level of a heading element.
pub(super) fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether an element separates the text before and after it into different lines.
pub(super) fn ends_block(name: &str) -> bool {
    let is_part = matches!(
        name,
        "tr" | "td" | "th" | "li" | "ul" | "ol" | "menu" | "pre" | "textarea" | "nav" | "select"
    );
    is_part || is_block(name)
}

/// Whether an element begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "main",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "option",
];
