//! Finds the main text of a page by the distribution of sentences and links.
//!
//! For each block the characters of sentences, of links and in total are counted. The main text is the
//! innermost element with most of the page's sentences, widened while that adds more sentences than links;
//! the page's title is searched for in front of it. Inside it, blocks that are mostly links are set aside, as
//! is everything around it. A page without sentences is taken whole, except for its links.

use std::collections::{HashMap, HashSet};

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use super::elements::{ends_block, is_shown};
use super::lines::{Destination, Writer};
use crate::document::{Line, Reason};

/// Character counts of a part of a page.
#[derive(Clone, Copy, Default)]
struct Extent {
    all: usize,
    in_links: usize,
    n_links: usize,
    /// Outside of links, in blocks with a full stop or several commas.
    in_sentences: usize,
}

impl Extent {
    fn add(&mut self, other: Self) {
        self.all += other.all;
        self.in_links += other.in_links;
        self.n_links += other.n_links;
        self.in_sentences += other.in_sentences;
    }

    /// A list of links: menus, related articles, a toolbar.
    fn is_links(self) -> bool {
        // A single link is a reference in a text; two that make up half of a block without a sentence are
        // navigation.
        self.in_sentences == 0 && self.n_links >= 2 && self.in_links * 2 > self.all
    }
}

/// The lines of the page, and the number of its visible characters; everything except the main text and the
/// title in front of it, which is one of `titles`, is boilerplate.
pub(super) fn lines(html: &Html, titles: &[String]) -> (Vec<Line>, u64) {
    let page = PageExtents::measure(html);
    let root = html.tree.root();
    let main = page.main(root);
    let mut kept: HashSet<NodeId> = page
        .front(root, main, titles)
        .iter()
        .map(|node| node.id())
        .collect();
    kept.insert(main.id());
    let root_element = root.children().find(|node| node.value().is_element());
    let root_id = root_element.map(|node| node.id());
    // Lists of links are set aside even inside the main text; the root is set aside unless a part is kept.
    let place = |node: NodeRef<'_, Node>| match () {
        () if page.extent(node).is_links() => Some(Destination::Aside(Reason::Frame)),
        () if kept.contains(&node.id()) => Some(Destination::Text),
        () if Some(node.id()) == root_id => Some(Destination::Aside(Reason::Frame)),
        () => None,
    };
    let mut writer = Writer::default();
    writer.read(root, &place);
    writer.finish()
}

struct PageExtents {
    extents: HashMap<NodeId, Extent>,
}

/// The block being measured.
#[derive(Default)]
struct MeasuredBlock {
    text: String,
    extent: Extent,
}

impl PageExtents {
    fn measure(html: &Html) -> Self {
        let mut measure = Measure::default();
        let mut hidden = None;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if hidden.is_none() => match node.value() {
                    // Text counts for the innermost block; inline elements do not divide it.
                    Node::Text(text) => measure.block.add(text, measure.n_anchors > 0),
                    Node::Element(element) if is_shown(element) => {
                        measure.open(node.id(), element);
                    }
                    Node::Element(_) => hidden = Some(node.id()),
                    _ => {}
                },
                Edge::Close(node) if hidden == Some(node.id()) => hidden = None,
                Edge::Close(node) if hidden.is_none() => {
                    if let Node::Element(element) = node.value() {
                        measure.close(element);
                    }
                }
                _ => {}
            }
        }
        Self {
            extents: measure.extents,
        }
    }

    fn extent(&self, node: NodeRef<'_, Node>) -> Extent {
        self.extents.get(&node.id()).copied().unwrap_or_default()
    }

    /// The element with the main text.
    fn main<'a>(&self, root: NodeRef<'a, Node>) -> NodeRef<'a, Node> {
        let is_named = |node: &NodeRef<'_, Node>, is_wanted: fn(&str) -> bool| {
            let element = node.value().as_element();
            element.is_some_and(|element| is_wanted(element.name()))
        };
        let mut nodes = root.descendants();
        let body = nodes.find(|node| is_named(node, |name| name == "body"));
        let body = body.unwrap_or(root);
        let all = self.extent(body).in_sentences;
        if all == 0 {
            return body;
        }
        let mut main = body;
        // Three fifths of all sentences: the inner element loses a summary or a quotation at most.
        while let Some(inner) = main.children().find(|child| {
            is_named(child, holds_blocks) && self.extent(*child).in_sentences * 5 > all * 3
        }) {
            main = inner;
        }
        self.widened(main, root)
    }

    /// The outermost element around `main` that adds more sentences than links: this brings back the first
    /// paragraphs where each is in a box of its own.
    fn widened<'a>(
        &self,
        mut main: NodeRef<'a, Node>,
        root: NodeRef<'a, Node>,
    ) -> NodeRef<'a, Node> {
        let above = main.ancestors().take_while(|node| node.id() != root.id());
        for outer in above {
            let (inside, around) = (self.extent(main), self.extent(outer));
            let sentences = around.in_sentences - inside.in_sentences;
            let links = around.in_links - inside.in_links;
            if sentences > links {
                main = outer;
            }
        }
        main
    }

    /// The elements before `main` from the title on, if there is one.
    fn front<'a>(
        &self,
        root: NodeRef<'a, Node>,
        main: NodeRef<'a, Node>,
        titles: &[String],
    ) -> Vec<NodeRef<'a, Node>> {
        let around: HashSet<NodeId> = main.ancestors().map(|node| node.id()).collect();
        let mut before: Vec<NodeRef<'a, Node>> = Vec::new();
        let mut inside = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if node.id() == main.id() => break,
                Edge::Open(node) if inside.is_none() && !around.contains(&node.id()) => {
                    inside = Some(node.id());
                    if node.value().as_element().is_some_and(is_shown) {
                        before.push(node);
                    }
                }
                Edge::Close(node) if inside == Some(node.id()) => inside = None,
                _ => {}
            }
        }
        // The last match before the text: the title may also be in the menu above.
        let titled = before.iter().rposition(|node| holds_title(*node, titles));
        match titled {
            Some(at) => before.split_off(at),
            None => Vec::new(),
        }
    }
}

/// Maximum length of an element that is the title or little more, in characters.
const MAX_TITLE: usize = 200;

fn holds_title(node: NodeRef<'_, Node>, titles: &[String]) -> bool {
    let mut text = String::new();
    let mut has_heading = false;
    for inner in node.descendants() {
        match inner.value() {
            Node::Text(piece) => text.push_str(&squeeze(piece)),
            Node::Element(element) => has_heading |= element.name() == "h1",
            _ => {}
        }
        // In bytes: four for each character at most.
        if text.len() > MAX_TITLE * 4 {
            return false;
        }
    }
    has_heading || titles.iter().any(|title| text.starts_with(title.as_str()))
}

impl MeasuredBlock {
    fn add(&mut self, text: &str, in_link: bool) {
        let n_chars = text.chars().filter(|ch| !ch.is_whitespace()).count();
        self.extent.all += n_chars;
        if in_link {
            self.extent.in_links += n_chars;
        } else {
            self.text.push_str(text);
        }
    }

    fn finish(&mut self, open: &mut [(NodeId, Extent)]) {
        let block = std::mem::take(self);
        let mut extent = block.extent;
        let n_commas = block.text.matches(['，', '、', '；', ',']).count();
        // A full stop or three commas make a sentence: menus and lists of names have neither.
        if block.text.contains('。') || n_commas >= 3 {
            extent.in_sentences = extent.all - extent.in_links;
        }
        if let Some((_, innermost)) = open.last_mut() {
            innermost.add(extent);
        }
    }
}

/// Elements whose content may be the main text, rather than a paragraph of it.
fn holds_blocks(name: &str) -> bool {
    const HOLDERS: [&str; 17] = [
        "article", "body", "center", "div", "dl", "fieldset", "form", "html", "main", "section",
        "table", "tbody", "td", "tr", "ul", "ol", "span",
    ];
    HOLDERS.contains(&name)
}

pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// The extents of elements while a page is read.
#[derive(Default)]
struct Measure {
    extents: HashMap<NodeId, Extent>,
    /// The open elements, innermost last.
    open: Vec<(NodeId, Extent)>,
    /// The block that collects text.
    block: MeasuredBlock,
    /// Number of open links.
    n_anchors: usize,
}

impl Measure {
    fn open(&mut self, id: NodeId, element: &Element) {
        if ends_block(element.name()) {
            self.block.finish(&mut self.open);
        }
        if is_link(element) {
            self.n_anchors += 1;
            self.block.extent.n_links += 1;
        }
        self.open.push((id, Extent::default()));
    }

    fn close(&mut self, element: &Element) {
        if ends_block(element.name()) {
            self.block.finish(&mut self.open);
        }
        if is_link(element) {
            self.n_anchors = self.n_anchors.saturating_sub(1);
        }
        if let Some((id, extent)) = self.open.pop() {
            self.extents.insert(id, extent);
            if let Some((_, outer)) = self.open.last_mut() {
                outer.add(extent);
            }
        }
    }
}

fn is_link(element: &Element) -> bool {
    element.name() == "a" && element.attr("href").is_some()
}
