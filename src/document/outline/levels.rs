//! Levels: how the headings of one document nest.
//!
//! Headings are read in order against a stack of open ones. A heading becomes a sibling of the open heading
//! whose number it continues, else goes where its form was placed earlier in this document, else follows the
//! usual order of forms (编 部分 章 节 条, 壹、 一、 （一） 1. 1.1 （1） 1） ①). Numbers may jump and restart. Forms without
//! a usual place (第一， 一是 应用一：, unlabelled lines) go under the innermost open heading.
//!
//! In statutes the level of 编 章 节 条 is their rank among those that occur, so that 条 is always deepest.

use super::forms::Form;

/// The kind of a heading; headings of one kind may be siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Styled by the source; its level.
    Styled(u8),
    /// A label of this form.
    Labelled(Form),
    /// A topic line without label.
    Topic(Reach),
    /// A sentence on a line of its own above the paragraph that it introduces.
    Statement,
    /// A sentence that opens its paragraph, among parallel ones; nothing nests under it.
    Opening,
    /// A sentence above others that introduce paragraphs, the first of which follows it on its line.
    Theme,
}

/// How far an unlabelled topic line extends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Over numbered headings: a part of the report.
    Part,
    /// Over its own text only: 前言, or a line between a heading and the numbers under it.
    Leaf,
    /// Closes everything that was open: an attachment, a glossary, 结束语.
    Apart,
}

/// A heading as far as nesting is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeadingEntry<'a> {
    /// Its kind.
    pub(super) kind: Kind,
    /// Its number; 0 without label.
    pub(super) ordinal: u32,
    /// The form of its label, which a styled heading may have too.
    pub(super) form: Option<Form>,
    /// The word of a named label.
    pub(super) name: &'a str,
    /// Whether it directly follows the entry before it, and that entry is alone on its line.
    pub(super) adjacent: bool,
}

/// The parent of each entry, `None` at the top.
pub(super) fn nest(entries: &[HeadingEntry<'_>]) -> Vec<Option<usize>> {
    let mut open = OpenHeadings {
        entries,
        stack: Vec::new(),
        parents: Vec::new(),
    };
    (0..entries.len()).map(|ord| open.add(ord)).collect()
}

/// The level of each entry, from 1.
pub(super) fn levels(entries: &[HeadingEntry<'_>], parents: &[Option<usize>]) -> Vec<u8> {
    let mut ranks: Vec<Form> = entries
        .iter()
        .filter_map(|entry| statute(entry.kind))
        .collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut levels: Vec<u8> = Vec::with_capacity(entries.len());
    for (entry, &parent) in entries.iter().zip(parents) {
        // Inside a statute the parent's level does not count: levels are ranks, so that an article directly
        // under a volume is as deep as one under a section.
        let mut above = parent;
        let rank = statute(entry.kind).and_then(|form| ranks.binary_search(&form).ok());
        while let Some(ord) =
            above.filter(|&ord| rank.is_some() && statute(entries[ord].kind).is_some())
        {
            above = parents[ord];
        }
        let base = above.map_or(0, |ord| levels[ord]);
        levels.push(base.saturating_add(1 + rank.unwrap_or(0) as u8));
    }
    levels
}

struct OpenHeadings<'a> {
    entries: &'a [HeadingEntry<'a>],
    /// Ordinals of the open entries, outermost first.
    stack: Vec<usize>,
    /// For each kind and name met, the kind of its last parent.
    parents: Vec<(Kind, &'a str, Option<Kind>)>,
}

impl<'a> OpenHeadings<'a> {
    fn add(&mut self, ord: usize) -> Option<usize> {
        let entry = self.entries[ord];
        let keep = self.place(&entry);
        self.stack.truncate(keep);
        let parent = self.stack.last().copied();
        let above = parent.map(|parent| self.entries[parent].kind);
        match self
            .parents
            .iter_mut()
            .find(|(kind, name, _)| (*kind, *name) == (entry.kind, entry.name))
        {
            Some(known) => known.2 = above,
            None => self.parents.push((entry.kind, entry.name, above)),
        }
        self.stack.push(ord);
        parent
    }

    /// How many of the open entries stay open around the new one.
    fn place(&self, entry: &HeadingEntry<'_>) -> usize {
        match entry.kind {
            Kind::Styled(level) => {
                // A styled heading closes what is not a shallower styled one: the author's styles outrank
                // numbers.
                self.pop_while(|kind| !matches!(kind, Kind::Styled(above) if above < level))
            }
            Kind::Topic(Reach::Apart) => 0,
            Kind::Topic(_) => self.place_of_topic(),
            Kind::Statement | Kind::Opening => self.pop_while(is_floating),
            Kind::Theme => self.pop_while(|kind| is_floating(kind) || kind == Kind::Theme),
            Kind::Labelled(form) => self.place_of_label(entry, form),
        }
    }

    fn place_of_topic(&self) -> usize {
        // A topic line closes down to the previous topic line, its sibling.
        self.stack
            .iter()
            .rposition(|&ord| {
                matches!(
                    self.entries[ord].kind,
                    Kind::Topic(Reach::Part | Reach::Leaf)
                )
            })
            .unwrap_or_else(|| {
                let closes = [Kind::Theme, Kind::Labelled(Form::Article)];
                self.pop_while(|kind| is_floating(kind) || closes.contains(&kind))
            })
    }

    fn place_of_label(&self, entry: &HeadingEntry<'_>, form: Form) -> usize {
        match self.sibling(entry) {
            Sibling::At(at) => return at,
            Sibling::Nested => return self.stack.len(),
            Sibling::None => {}
        }
        let known = self
            .parents
            .iter()
            .find(|(kind, name, _)| (*kind, *name) == (entry.kind, entry.name));
        // The document's own order matters only where it differs from the usual one.
        // 1. over （一） instead of the reverse: once a document has nested them so, it does so throughout.
        if let Some((_, _, Some(above @ Kind::Labelled(unusual)))) = known
            && *unusual > form
            && !is_floating(*above)
            && !is_floating(entry.kind)
            && let Some(at) = self
                .stack
                .iter()
                .rposition(|&ord| self.entries[ord].kind == *above)
        {
            return at + 1;
        }
        self.usual_place(entry, form)
    }

    fn sibling(&self, entry: &HeadingEntry<'_>) -> Sibling {
        let same = |&at: &usize| {
            let open = &self.entries[self.stack[at]];
            (open.kind, open.name) == (entry.kind, entry.name)
        };
        let depths = || (0..self.stack.len()).rev().filter(same);
        let ordinal = |at: usize| self.entries[self.stack[at]].ordinal;
        if let Some(at) = self.styled_predecessor(entry) {
            return Sibling::At(at);
        }
        let Some(deepest) = depths().next() else {
            return Sibling::None;
        };
        // The deepest open heading whose number it continues; two lists of one form may be open at once.
        if let Some(at) = depths().find(|&at| ordinal(at) + 1 == entry.ordinal) {
            return Sibling::At(at);
        }
        // A first item under 第一， or 应用一： begins a list inside it, although the form is already open further
        // out.
        let top = self.entries[self.stack[self.stack.len() - 1]].kind;
        let holds_numbers = matches!(top, Kind::Labelled(Form::Ordinal | Form::Named));
        if entry.ordinal == 1 && deepest + 1 < self.stack.len() && holds_numbers {
            return Sibling::Nested;
        }
        // Numbers may jump: a larger number still continues the list.
        Sibling::At(
            depths()
                .find(|&at| ordinal(at) < entry.ordinal)
                .unwrap_or(deepest),
        )
    }

    /// The open styled heading whose number a plain line continues: the source styled only some of a list.
    fn styled_predecessor(&self, entry: &HeadingEntry<'_>) -> Option<usize> {
        self.stack.iter().rposition(|&ord| {
            let open = &self.entries[ord];
            matches!(open.kind, Kind::Styled(_))
                && open.form == entry.form
                && open.ordinal + 1 == entry.ordinal
        })
    }

    fn usual_place(&self, entry: &HeadingEntry<'_>, form: Form) -> usize {
        self.pop_while(|kind| match (kind, form) {
            (Kind::Topic(Reach::Leaf) | Kind::Statement | Kind::Theme, _) => {
                !is_floating(entry.kind)
            }
            (Kind::Topic(_), _) => form == Form::Capital,
            (Kind::Opening, _) => true,
            (Kind::Styled(_), _) => false,
            // Points hold no other headings, and the floating forms close nothing.
            (Kind::Labelled(Form::Point), _) => true,
            (_, Form::Ordinal | Form::Point | Form::Named) => false,
            (Kind::Labelled(Form::Ordinal | Form::Named), _) => entry.ordinal != 1,
            (
                Kind::Labelled(Form::Han | Form::Capital | Form::Bare | Form::Division),
                Form::Article,
            ) => false,
            // The usual order is that of the enum `Form`. A first item directly below a line nests under it,
            // even against the order.
            (Kind::Labelled(above), _) => above >= form && !(entry.ordinal == 1 && entry.adjacent),
        })
    }

    fn pop_while(&self, closes: impl Fn(Kind) -> bool) -> usize {
        self.stack
            .iter()
            .rposition(|&ord| !closes(self.entries[ord].kind))
            .map_or(0, |at| at + 1)
    }
}

enum Sibling {
    /// Sibling of the open entry at this depth.
    At(usize),
    /// It restarts under the innermost open entry.
    Nested,
    None,
}

/// Whether the kind has no usual place among the forms.
fn is_floating(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Statement | Kind::Opening | Kind::Labelled(Form::Ordinal | Form::Point | Form::Named)
    )
}

fn statute(kind: Kind) -> Option<Form> {
    match kind {
        Kind::Labelled(form @ (Form::Volume | Form::Chapter | Form::Section | Form::Article)) => {
            Some(form)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
