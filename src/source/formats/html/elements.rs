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

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    /// The first element of a page.
    fn shown(html: &str) -> Show {
        let html = Html::parse_fragment(html);
        let nodes = html.root_element().descendants();
        let mut elements = nodes.filter_map(|node| node.value().as_element());
        let inner = elements.find(|element| element.name() != "html");
        show(inner.expect("an element"))
    }

    #[test]
    fn what_a_browser_hides_is_no_text() {
        let hidden = Show::Aside(Reason::Hidden);
        let frame = Show::Aside(Reason::Frame);
        let head = Show::Aside(Reason::RunningHead);
        let cases = [
            ("<p>甲</p>", Show::Text),
            ("<span>甲</span>", Show::Text),
            ("<p hidden>甲</p>", hidden),
            ("<p style='color: red'>甲</p>", Show::Text),
            ("<p style='display : none'>甲</p>", hidden),
            ("<span style='mso-hide:all'>甲</span>", hidden),
            ("<del>甲</del>", hidden),
            ("<nav>甲</nav>", frame),
            ("<select><option>甲</select>", frame),
            ("<button>甲</button>", frame),
            ("<div title=header>甲</div>", head),
            ("<div title=footer>甲</div>", head),
            ("<div title=园区>甲</div>", Show::Text),
            ("<p title=header>甲</p>", Show::Text),
            ("<script>甲</script>", Show::Nothing),
            ("<style hidden>甲</style>", Show::Nothing),
            ("<iframe>甲</iframe>", Show::Nothing),
            ("<video>甲</video>", Show::Nothing),
        ];
        for (html, expected) in cases {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn names_tell_headings_and_blocks() {
        for (name, expected) in [("h1", Some(1)), ("h6", Some(6)), ("h7", None), ("h0", None)] {
            assert_eq!(level(name), expected, "{name}");
        }
        assert_eq!((level("hr"), level("h"), level("h12")), (None, None, None));
        for name in ["p", "div", "h3", "table", "caption"] {
            assert!(is_block(name) && ends_block(name), "{name}");
        }
        // Cells and items separate lines, but the writer opens them itself.
        for name in ["td", "tr", "li", "ul", "pre", "nav"] {
            assert!(!is_block(name) && ends_block(name), "{name}");
        }
        for name in ["span", "a", "br", "b", "font"] {
            assert!(!is_block(name) && !ends_block(name), "{name}");
        }
    }
}
