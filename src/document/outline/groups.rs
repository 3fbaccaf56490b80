//! Headings or list items: decided for all items of a list together.
//!
//! A single item is rarely conclusive: `5、负责审批工作。` is a duty in a list of duties and would be a heading if
//! its text came below. So labelled paragraphs are grouped with their siblings, each votes for one reading by
//! its shape and by what follows it, and the majority decides.

use std::collections::HashMap;

use super::forms::Form;
use super::label::Label;
use super::statement::{Ending, Shape, ending, is_topic_line, is_topic_sentence};

/// A labelled paragraph among its siblings.
pub(super) struct Item<'a> {
    /// Its label.
    pub(super) label: Label<'a>,
    /// The text after the label.
    pub(super) shape: Shape<'a>,
    /// Its parent; items of one form under one parent are siblings.
    pub(super) parent: Option<usize>,
    /// Whether text or an item of its own follows below it.
    pub(super) has_content: bool,
    /// Whether it is in a list of terms.
    pub(super) in_glossary: bool,
    /// Whether it is inside a statute's article.
    pub(super) in_article: bool,
}

/// What a labelled paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// A heading, alone on its line.
    Line(&'a str),
    /// A heading followed by text on its line.
    RunIn(&'a str),
    /// An item of a list, or body text.
    Text,
}

/// The vote of one item in its group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    Heading,
    Text,
    Unsure,
}

/// Maximum length of the first sentence of an item whose siblings are headings, in characters.
const MAX_AMONG_HEADINGS: usize = 100;
/// Maximum length of a heading inside an article, in characters.
const MAX_IN_ARTICLE: usize = 16;
/// Maximum length of a sentence of the form `关于……，……` that is a heading as a whole, in characters.
const MAX_ABOUT: usize = 45;

/// The verdict on each item.
pub(super) fn verdicts<'a>(items: &[Item<'a>]) -> Vec<Verdict<'a>> {
    let mut verdicts = vec![Verdict::Text; items.len()];
    for group in groups(items) {
        if is_stray(items, &group) {
            continue;
        }
        let last = group.last();
        let voices: Vec<Voice> = group
            .iter()
            .map(|ord| voice(&items[*ord], Some(ord) == last))
            .collect();
        for (ord, verdict) in group.iter().zip(count(items, &group, &voices)) {
            verdicts[*ord] = verdict;
        }
    }
    verdicts
}

/// The verdicts on the items of one group; in a tie the first item decides.
fn count<'a>(items: &[Item<'a>], group: &[usize], voices: &[Voice]) -> Vec<Verdict<'a>> {
    let n = |wanted: Voice| voices.iter().filter(|&&voice| voice == wanted).count();
    let (n_headings, n_texts) = (n(Voice::Heading), n(Voice::Text));
    let is_tie = n_headings > 0 && n_headings == n_texts;
    if n_headings <= n_texts && !(is_tie && voices[0] == Voice::Heading) {
        return vec![Verdict::Text; group.len()];
    }
    // `第一，` opens an argument, whose first sentence is often long.
    let is_argument = items[group[0]].label.form == Form::Ordinal;
    // Twice as many headings as texts carry the doubtful items along; a narrow majority does not.
    let is_clear = n_headings >= n_texts * if is_argument { 1 } else { 2 };
    let verdict = |(&ord, voice): (&usize, &Voice)| match voice {
        Voice::Heading | Voice::Unsure => as_heading(&items[ord]),
        Voice::Text if is_clear => among_headings(&items[ord]),
        Voice::Text => Verdict::Text,
    };
    group.iter().zip(voices).map(verdict).collect()
}

/// Whether the group is a single article or point, which numbers nothing: `第一条` in a quotation.
fn is_stray(items: &[Item<'_>], group: &[usize]) -> bool {
    let is_article = |item: &&Item<'_>| item.label.form == Form::Article;
    match items[group[0]].label.form {
        Form::Point => group.len() < 2,
        // A single article in the whole document is a quotation; under its chapter, among others, it is one.
        Form::Article if group.len() < 2 => items.iter().filter(is_article).take(2).count() < 2,
        _ => false,
    }
}

/// Items of one form under one parent, up to where their numbers restart.
fn groups(items: &[Item<'_>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut open: HashMap<(Option<usize>, Form), usize> = HashMap::new();
    for (ord, item) in items.iter().enumerate() {
        let key = (item.parent, item.label.form);
        let continues = open.get(&key).copied().filter(|&group| {
            groups[group]
                .last()
                .is_some_and(|&last| items[last].label.ordinal < item.label.ordinal)
        });
        match continues {
            Some(group) => groups[group].push(ord),
            None => {
                open.insert(key, groups.len());
                groups.push(vec![ord]);
            }
        }
    }
    groups
}

fn voice(item: &Item<'_>, is_last: bool) -> Voice {
    // Rules in order of certainty: articles always head, clauses never, then the shape votes.
    if item.label.form == Form::Article {
        return Voice::Heading;
    }
    if item.in_article && !is_heading_in_article(item) || ends_in_clause(item) {
        return Voice::Text;
    }
    let is_structural = is_structural(item.label.form);
    let holds = match item.shape {
        Shape::Empty => item.has_content,
        // Chapters have short titles; a sentence with a stop after 第一章 cites one.
        Shape::Alone { title, ending } if is_structural => {
            ending == Ending::Open && is_topic_line(title, ending)
        }
        Shape::Alone { title, ending } => {
            let is_topic =
                is_topic_line(title, ending) && (!item.in_glossary || ending == Ending::Open);
            // The last item of a list may lack its text, as the document ends.
            if is_topic && !item.has_content && is_last {
                return Voice::Unsure;
            }
            is_topic && item.has_content
        }
        Shape::RunIn { title } => !item.in_glossary && !is_structural && is_topic_sentence(title),
        // `①某人：《某书》……` is a note.
        Shape::Colon { .. } => !item.in_glossary && item.label.form != Form::Mark,
        Shape::Glued { .. } => true,
    };
    if holds { Voice::Heading } else { Voice::Text }
}

/// Clauses of an article end with a stop; a few words without one are a heading.
fn is_heading_in_article(item: &Item<'_>) -> bool {
    let Shape::Alone {
        title,
        ending: Ending::Open,
    } = item.shape
    else {
        return false;
    };
    item.has_content && title.chars().count() <= MAX_IN_ARTICLE
}

/// `；` at the end makes a list; `，` at the end of several sentences is a slip for the stop.
fn ends_in_clause(item: &Item<'_>) -> bool {
    let rest = item.label.rest;
    ending(rest) == Ending::Clause && (is_alone(&item.shape) || rest.ends_with(['；', ';']))
}

fn as_heading<'a>(item: &Item<'a>) -> Verdict<'a> {
    if item.label.form == Form::Article {
        return article(item);
    }
    match item.shape {
        Shape::Empty => Verdict::Line(""),
        Shape::Alone { title, .. } => Verdict::Line(title),
        Shape::RunIn { title } | Shape::Colon { title } | Shape::Glued { title } => {
            Verdict::RunIn(title)
        }
    }
}

/// A sentence longer than usual among headings; `关于增产措施，……` is cut at the comma.
fn among_headings<'a>(item: &Item<'a>) -> Verdict<'a> {
    if item.in_article || item.in_glossary || ends_in_clause(item) {
        return Verdict::Text;
    }
    // Siblings are headings, so that length alone no longer decides; several clauses still do.
    let (title, verdict) = match item.shape {
        Shape::RunIn { title } => (title, Verdict::RunIn(title)),
        Shape::Alone { title, ending } => match ending {
            Ending::Open => (title, Verdict::Line(title)),
            Ending::Stop if item.has_content => (title, Verdict::Line(title)),
            _ => (title, Verdict::Text),
        },
        _ => return Verdict::Text,
    };
    let n_chars = title.chars().count();
    let about = title.split_once('，').map(|(about, _)| about);
    match about.filter(|about| about.starts_with("关于")) {
        Some(about) if n_chars > MAX_ABOUT || verdict == Verdict::Text => Verdict::RunIn(about),
        _ if n_chars <= MAX_AMONG_HEADINGS && !title.contains(['；', '：']) => verdict,
        _ => Verdict::Text,
    }
}

/// An article's title is only the one in brackets, or a few words alone on its line as in contracts.
fn article<'a>(item: &Item<'a>) -> Verdict<'a> {
    let rest = item.label.rest;
    if let Some((title, body)) = rest
        .strip_prefix('【')
        .and_then(|rest| rest.split_once('】'))
    {
        return if body.trim().is_empty() {
            Verdict::Line(title)
        } else {
            Verdict::RunIn(title)
        };
    }
    match item.shape {
        Shape::Empty => Verdict::Line(""),
        Shape::Alone {
            title,
            ending: Ending::Open,
        } if item.has_content && title.chars().count() <= 30 && !title.contains('，') => {
            // A comma or more words make the line a provision without a stop.
            Verdict::Line(title)
        }
        _ => Verdict::RunIn(""),
    }
}

/// Whether the form numbers parts of a whole document, which have short titles.
fn is_structural(form: Form) -> bool {
    matches!(
        form,
        Form::Volume | Form::Division | Form::Chapter | Form::Section
    )
}

/// Whether a heading of this shape is alone on its line.
pub(super) fn is_alone(shape: &Shape<'_>) -> bool {
    matches!(shape, Shape::Empty | Shape::Alone { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::outline::label::lex;
    use crate::document::outline::statement::shape;

    /// An item with text below it, if `has_content`.
    fn item(line: &str, has_content: bool) -> Item<'_> {
        let label = lex(line).expect(line);
        Item {
            label,
            shape: shape(label.rest),
            parent: None,
            has_content,
            in_glossary: false,
            in_article: false,
        }
    }

    fn verdicts_of<'a>(lines: &[(&'a str, bool)]) -> Vec<Verdict<'a>> {
        let items: Vec<Item<'a>> = lines.iter().map(|(line, has)| item(line, *has)).collect();
        verdicts(&items)
    }

    #[test]
    fn duties_are_a_list_and_headings_have_their_text_below() {
        let lines = ["1、负责审批工作。", "2、负责档案工作。"];
        assert_eq!(
            verdicts_of(&lines.map(|line| (line, false))),
            [Verdict::Text; 2]
        );
        assert_eq!(
            verdicts_of(&lines.map(|line| (line, true))),
            [Verdict::Line("负责审批工作"), Verdict::Line("负责档案工作")]
        );
        // The last may lack its text, as the document ends.
        assert_eq!(
            verdicts_of(&[(lines[0], true), (lines[1], false)]),
            [Verdict::Line("负责审批工作"), Verdict::Line("负责档案工作")]
        );
    }

    #[test]
    fn clauses_are_items_and_first_sentences_are_headings() {
        assert_eq!(
            verdicts_of(&[("（一）编制年度预算；", true), ("（二）审批用地；", true)]),
            [Verdict::Text; 2]
        );
        assert_eq!(
            verdicts_of(&[
                ("（一）班子重视。年初以来多次开会。", false),
                ("（二）措施有力。多次检查。", false)
            ]),
            [Verdict::RunIn("班子重视"), Verdict::RunIn("措施有力")]
        );
        assert_eq!(
            verdicts_of(&[("（一）适用范围：本文件适用于园区企业。", false)]),
            [Verdict::RunIn("适用范围")]
        );
    }

    #[test]
    fn a_single_article_or_point_numbers_nothing() {
        assert_eq!(
            verdicts_of(&[("第一条 为了园区制定本办法。", false)]),
            [Verdict::Text]
        );
        assert_eq!(
            verdicts_of(&[
                ("第一条 为了园区制定本办法。", false),
                ("第二条【范围】本办法适用于园区。", false)
            ]),
            [Verdict::RunIn(""), Verdict::RunIn("范围")]
        );
        assert_eq!(
            verdicts_of(&[("一是班子重视。多次开会。", false)]),
            [Verdict::Text]
        );
    }

    #[test]
    fn groups_end_where_numbers_restart() {
        let lines = ["1、甲", "2、甲", "（一）甲", "3、甲", "1、甲", "（二）甲"];
        let items: Vec<Item<'_>> = lines.iter().map(|line| item(line, true)).collect();
        assert_eq!(groups(&items), [vec![0, 1, 3], vec![2, 5], vec![4]]);
    }

    #[test]
    fn a_clear_majority_takes_long_siblings_along() {
        let long = format!(
            "（三）{}。多次开会。",
            "园区各项工作扎实推进，".repeat(5) + "成效明显"
        );
        let lines = [
            ("（一）班子重视。多次开会。", false),
            ("（二）措施有力。多次检查。", false),
            (long.as_str(), false),
        ];
        assert!(
            matches!(verdicts_of(&lines)[2], Verdict::RunIn(title) if title.ends_with("成效明显"))
        );
        // One heading against one text: the first decides, and the long one stays text.
        assert_eq!(
            verdicts_of(&[lines[0], ("（二）编制年度预算；", true)])[1],
            Verdict::Text
        );
    }

    #[test]
    fn about_is_cut_at_its_comma() {
        let about = format!(
            "（三）关于增产措施，{}。多次开会。",
            "各地要因地制宜，".repeat(8)
        );
        let lines = [
            ("（一）班子重视。多次开会。", false),
            ("（二）措施有力。多次检查。", false),
            (about.as_str(), false),
        ];
        assert_eq!(verdicts_of(&lines)[2], Verdict::RunIn("关于增产措施"));
    }
}
