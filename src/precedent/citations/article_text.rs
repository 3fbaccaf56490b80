//! The articles of a law: which passages are their paragraphs (款) and items (项).

use std::ops::Range;

use super::read_passage::ReadPassage;
use super::reference::{self, ArticleNumber, ArticleReference};
use crate::document::Part;
use crate::document::outline::Form;
use crate::document::outline::label::lex;

/// An article of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArticleText {
    pub(super) number: ArticleNumber,
    /// Its passages, ordinals in the document.
    pub(super) passages: Range<usize>,
    /// Its paragraphs in order.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A paragraph of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its passages, those of its items included.
    pub(super) passages: Range<usize>,
    /// The number and the passages of each item.
    pub(super) items: Vec<(u32, Range<usize>)>,
}

/// The articles of a document in order.
///
/// An article begins with its label at the start of a passage and ends at the next article or heading. A passage after the
/// first is a paragraph of its own, one that begins with （一） an item of the paragraph before it, and one of the same line as the
/// passage before it continues that one.
pub(super) fn articles(passages: &[ReadPassage]) -> Vec<ArticleText> {
    let mut out: Vec<ArticleText> = Vec::new();
    let mut is_open = false;
    for (ord, passage) in passages.iter().enumerate() {
        let text = passage.stored.text.as_str();
        let label = lex(text);
        let article = label.as_ref().filter(|label| label.form == Form::Article);
        let here = ord..ord + 1;
        if let Some(number) = article.and_then(|label| reference::article(label.text)) {
            out.push(ArticleText {
                number: number.0,
                passages: here.clone(),
                paragraphs: vec![Paragraph {
                    passages: here,
                    items: Vec::new(),
                }],
            });
            is_open = true;
            continue;
        }
        if passage.stored.record.part != Part::Body {
            is_open = false;
        }
        let Some(article) = out.last_mut().filter(|_| is_open) else {
            continue;
        };
        article.passages.end = here.end;
        let item = label.filter(|label| matches!(label.form, Form::HanParen | Form::ArabicParen));
        let before = &passages[ord - 1].stored.record;
        let continues = before.line == passage.stored.record.line;
        let Some(paragraph) = article.paragraphs.last_mut() else {
            continue;
        };
        match (continues, item) {
            (true, _) => {
                paragraph.passages.end = here.end;
                if let Some((_, item)) = paragraph.items.last_mut() {
                    item.end = here.end;
                }
            }
            (false, Some(item)) => {
                paragraph.passages.end = here.end;
                paragraph.items.push((item.ordinal, here));
            }
            (false, None) => article.paragraphs.push(Paragraph {
                passages: here,
                items: Vec::new(),
            }),
        }
    }
    out
}

impl ArticleText {
    /// The passages of the paragraph and item that a reference names: those of the article if it names none, `None` if there is no
    /// such paragraph or item. An item without a paragraph may be in any.
    pub(super) fn part(&self, reference: &ArticleReference) -> Option<Range<usize>> {
        let paragraph = match reference.paragraph {
            Some(number) => Some(self.paragraphs.get((number as usize).checked_sub(1)?)?),
            None => None,
        };
        let Some(item) = reference.item else {
            return Some(paragraph.map_or(self.passages.clone(), |it| it.passages.clone()));
        };
        let mut items = match paragraph {
            Some(paragraph) => paragraph.items.iter().collect::<Vec<_>>(),
            None => self.paragraphs.iter().flat_map(|it| &it.items).collect(),
        }
        .into_iter();
        items
            .find(|(number, _)| *number == item)
            .map(|(_, at)| at.clone())
    }

    /// The reference to the narrowest part that holds a passage, with as much as another reference has.
    pub(super) fn reference_to(&self, passage: usize, like: &ArticleReference) -> ArticleReference {
        let at = self
            .paragraphs
            .iter()
            .position(|it| it.passages.contains(&passage));
        let item = at.and_then(|at| {
            let mut items = self.paragraphs[at].items.iter();
            items
                .find(|(_, range)| range.contains(&passage))
                .map(|(number, _)| *number)
        });
        ArticleReference {
            article: self.number,
            paragraph: at
                .map(|at| at as u32 + 1)
                .filter(|_| like.paragraph.is_some()),
            item: item.filter(|_| like.item.is_some()),
        }
    }
}
