//! Headings without a label: topic lines (`结束语`, `关于外交工作`) and sentences that stand alone above the
//! paragraph they introduce (`推动开放型经济加快发展。`).
//!
//! A topic line is short, has no stop, comes after a finished paragraph, and a paragraph or a numbered heading
//! follows it. Sentences alone are common in speeches; only a chain of them, each with its paragraph, counts.

use super::label::{Form, Label};
use super::levels::{Kind, Reach};
use super::statement::{Ending, ending, first_sentence, is_provision, is_topic_line, without_stop};
use super::{Paragraph, Place};
use crate::document::Style;
use crate::document::blank::{is_blank, squeeze, trim};

/// Longest topic line, in characters.
const MAX_TOPIC: usize = 30;
/// Longest topic line with a comma in it, in characters.
const MAX_WITH_COMMA: usize = 24;
/// Longest title of an attachment, in characters.
const MAX_ATTACHMENT: usize = 50;
/// Longest sentence that introduces a paragraph, in characters.
const MAX_STATEMENT: usize = 40;
/// Longest such sentence outside a chain, in characters.
const MAX_UNCHAINED: usize = 26;
/// Shortest paragraph that a topic line introduces, in characters.
const MIN_TEXT: usize = 36;
/// Most paragraphs between two sentences of a chain.
const MAX_TEXTS: usize = 3;
/// Fewest sentences that make a chain.
const MIN_CHAIN: usize = 2;
/// Where this many sentences stand in chains, the document sets its points so, and one alone counts too.
const MANY: usize = 5;

/// The kind of each paragraph that is an unlabelled heading.
pub(super) fn unlabelled(
    paragraphs: &[Paragraph<'_>],
    labels: &[Option<Label<'_>>],
) -> Vec<Option<Kind>> {
    let around = |at| Around {
        paragraphs,
        labels,
        at,
    };
    let mut kinds: Vec<Option<Kind>> = (0..paragraphs.len())
        .map(|at| around(at).topic().map(Kind::Topic))
        .collect();
    for chain in chains(paragraphs, labels, &kinds) {
        for at in chain {
            kinds[at] = Some(Kind::Statement);
        }
    }
    kinds
}

/// Whether the line names what stands before or behind the numbered parts, as 前言 and 结束语 do.
pub(in crate::document) fn names_part(text: &str) -> bool {
    named_part(text).is_some()
}

fn named_part(text: &str) -> Option<Reach> {
    const PRELUDES: [&str; 10] = [
        "前言",
        "引言",
        "序言",
        "导言",
        "导语",
        "摘要",
        "内容提要",
        "内容摘要",
        "编者按",
        "绪论",
    ];
    const APART: [&str; 7] = ["结束语", "结语", "后记", "附录", "附则", "尾声", "附件"];
    if text.chars().take(MAX_TOPIC + 1).count() > MAX_TOPIC {
        return None;
    }
    let name = squeeze(without_stop(text));
    if PRELUDES.contains(&name.as_str()) {
        return Some(Reach::Leaf);
    }
    (APART[..6].contains(&name.as_str()) || is_glossary(text)).then_some(Reach::Apart)
}

/// Whether the heading is that of a list of terms.
pub(super) fn is_glossary(title: &str) -> bool {
    let name = squeeze(without_stop(title));
    [
        "名词解释",
        "注释",
        "名词说明",
        "术语",
        "术语解释",
        "用语解释",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// `附件`, `附件1`, `附表二：` alone on the line.
pub(super) fn is_attachment_marker(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('附') else {
        return false;
    };
    let rest = rest.trim_start_matches(['件', '录', '表', '图', '註', '注']);
    text.chars().take(9).count() < 9
        && rest.chars().all(|ch| {
            is_blank(ch)
                || ch.is_ascii_digit()
                || "一二三四五六七八九十：:.-—０１２３４５６７８９".contains(ch)
        })
}

struct Around<'a> {
    paragraphs: &'a [Paragraph<'a>],
    labels: &'a [Option<Label<'a>>],
    at: usize,
}

impl Around<'_> {
    fn topic(&self) -> Option<Reach> {
        let this = self.paragraphs[self.at];
        if this.style != Style::Plain
            || self.labels[self.at].is_some()
            || !matches!(this.place, Place::Body | Place::Front)
        {
            return None;
        }
        let name = named_part(this.text);
        if name.is_some() && self.introduces() {
            return name;
        }
        if self
            .before()
            .is_some_and(|before| is_attachment_marker(before.text))
        {
            let is_title = looks_like_topic(this.text, MAX_ATTACHMENT) && self.after().is_some();
            return is_title.then_some(Reach::Apart);
        }
        let is_spaced = is_letter_spaced(this.text);
        let max = if this.text.contains('，') {
            MAX_WITH_COMMA
        } else {
            MAX_TOPIC
        };
        if this.place == Place::Front && !is_spaced || !looks_like_topic(this.text, max) {
            return None;
        }
        (self.introduces() && (is_spaced || self.comes_after_text())).then(|| self.reach())
    }

    /// Directly between a heading and the numbers under it, it stands beside them.
    fn reach(&self) -> Reach {
        let after_heading = self.at > 0
            && self.labels[self.at - 1].is_some_and(|label| ending(label.rest) == Ending::Open);
        let before_number = self.labels.get(self.at + 1).is_some_and(Option::is_some);
        if after_heading && before_number {
            Reach::Leaf
        } else {
            Reach::Part
        }
    }

    fn before(&self) -> Option<Paragraph<'_>> {
        self.paragraphs[..self.at]
            .iter()
            .rev()
            .find(|p| p.place != Place::Furniture)
            .copied()
    }

    fn after(&self) -> Option<Paragraph<'_>> {
        self.paragraphs[self.at + 1..]
            .iter()
            .find(|p| p.place != Place::Furniture)
            .copied()
    }

    /// Whether what stands before is finished.
    fn comes_after_text(&self) -> bool {
        let Some(before) = self.before() else {
            return true;
        };
        if before.place != Place::Body || before.style != Style::Plain {
            return before.place == Place::Title || before.style != Style::Plain;
        }
        let is_heading = self.at > 0
            && self.labels[self.at - 1]
                .is_some_and(|label| is_topic_line(label.rest, ending(label.rest)));
        ending(before.text) == Ending::Stop || is_heading || ends_in_date(before.text)
    }

    /// Whether a paragraph or a number follows.
    fn introduces(&self) -> bool {
        let next = self.paragraphs[self.at + 1..]
            .iter()
            .position(|p| p.place != Place::Furniture);
        let Some(next) = next.map(|offset| self.at + 1 + offset) else {
            return false;
        };
        match self.labels[next] {
            Some(label) => !matches!(label.form, Form::Point),
            None => {
                let text = self.paragraphs[next].text;
                let is_long = text.chars().take(MIN_TEXT).count() == MIN_TEXT;
                let goes_on =
                    text.starts_with(['是', '，', '、', '）', '：', '；', '。', '的', '》', '”']);
                is_long && !goes_on && matches!(ending(text), Ending::Stop | Ending::Colon)
                    || is_salutation(text)
            }
        }
    }
}

/// `各位代表：`, `同志们！`
pub(in crate::document) fn is_salutation(text: &str) -> bool {
    let n_chars = text.chars().take(31).count();
    let calls = [
        "各位",
        "同志们",
        "尊敬的",
        "同志們",
        "女士们",
        "代表们",
        "全体",
    ]
    .iter()
    .any(|word| text.starts_with(word));
    n_chars <= 30 && calls && text.ends_with(['：', ':', '！', '!', '，', ','])
}

fn looks_like_topic(text: &str, max: usize) -> bool {
    let words = text.chars().filter(|&ch| !is_blank(ch));
    let (n_chars, n_han) = words.fold((0, 0), |(all, han), ch| {
        (all + 1, han + usize::from(is_han(ch)))
    });
    const STRANGERS: [&str; 12] = [
        "电话",
        "联系人",
        "邮编",
        "地址",
        "来源",
        "作者",
        "记者",
        "编辑",
        "摄",
        "：",
        ":",
        "www",
    ];
    (2..=max).contains(&n_chars)
        && n_han * 10 >= n_chars * 6
        && ending(text) == Ending::Open
        && !text.contains(['。', '；', '！', '？', '|', '<', '>', '=', '\t'])
        && !text.starts_with([
            '—', '-', '－', '（', '(', '·', '*', '《', '注', '图', '圖', '表', '，', '、', '）',
            '是',
        ])
        && !STRANGERS.iter().any(|word| text.contains(word))
        && !["以上", "上述", "如", "但", "并", "其中"]
            .iter()
            .any(|word| text.starts_with(word))
        && !is_provision(text)
        && !is_attachment_marker(text)
        && !(n_chars <= 3 && super::numeral::any(text).is_some())
        && !text.ends_with(['“', '（', '《', '—', '…'])
        && !text
            .chars()
            .nth(1)
            .is_some_and(|ch| matches!(ch, '、' | '.'))
        && !ends_in_date(text)
        && !text
            .chars()
            .all(|ch| ch.is_ascii_punctuation() || ch.is_ascii_digit())
}

fn is_han(ch: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&ch) || matches!(ch, '“' | '”' | '、' | '〇')
}

/// `報　告　事　項`; of fewer characters it may be a name.
fn is_letter_spaced(text: &str) -> bool {
    let mut words = text.split(is_blank).filter(|word| !word.is_empty());
    text.chars().filter(|&ch| is_han(ch)).count() >= 4
        && words.all(|word| word.chars().count() == 1)
}

fn ends_in_date(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')']);
    text.ends_with('日') && text.contains('月') && text.chars().take(40).count() < 40
}

/// Chains of sentences alone on a line, each followed by its own text, without a number between them.
fn chains(
    paragraphs: &[Paragraph<'_>],
    labels: &[Option<Label<'_>>],
    kinds: &[Option<Kind>],
) -> Vec<Vec<usize>> {
    let mut chains = vec![Chain::default()];
    let mut n_texts = 0;
    for at in 0..paragraphs.len() {
        if is_statement(paragraphs, labels, at) {
            if n_texts > MAX_TEXTS {
                chains.push(Chain::default());
            }
            if let Some(chain) = chains.last_mut() {
                chain.is_loose |= !chain.sentences.is_empty() && n_texts > 1;
                chain.sentences.push(at);
            }
            n_texts = 0;
        } else if labels[at].is_some()
            || kinds[at].is_some()
            || paragraphs[at].style != Style::Plain
        {
            chains.push(Chain::default());
        } else if paragraphs[at].place == Place::Body {
            n_texts += 1;
        }
    }
    let is_long = |chain: &Chain| chain.sentences.len() >= MIN_CHAIN + usize::from(chain.is_loose);
    let n_chained: usize = chains
        .iter()
        .filter(|chain| is_long(chain))
        .map(|chain| chain.sentences.len())
        .sum();
    let is_short = |&at: &usize| paragraphs[at].text.chars().count() <= MAX_UNCHAINED;
    let taken = chains.into_iter().filter(|chain| {
        is_long(chain) || n_chained >= MANY && chain.sentences.iter().all(is_short)
    });
    taken.map(|chain| chain.sentences).collect()
}

#[derive(Default)]
struct Chain {
    /// Ordinals of the sentences.
    sentences: Vec<usize>,
    /// Whether some sentence has several paragraphs.
    is_loose: bool,
}

fn is_statement(paragraphs: &[Paragraph<'_>], labels: &[Option<Label<'_>>], at: usize) -> bool {
    let is_plain = |p: &Paragraph<'_>| p.place == Place::Body && p.style == Style::Plain;
    let this = paragraphs[at];
    if !is_plain(&this)
        || labels[at].is_some()
        || this.text.chars().take(MAX_STATEMENT + 1).count() > MAX_STATEMENT
    {
        return false;
    }
    let text = trim(this.text);
    let begins_text =
        at == 0 || ending(paragraphs[at - 1].text) == Ending::Stop || labels[at - 1].is_some();
    let next = paragraphs
        .get(at + 1)
        .filter(|next| is_plain(next) && labels[at + 1].is_none());
    let is_sentence = text.ends_with('。')
        && first_sentence(text) == text.len()
        && !text.starts_with(['—', '“', '（', '注', '现'])
        && is_topic_line(without_stop(text), Ending::Stop)
        && !text.contains(['：', ':', '%']);
    is_sentence && begins_text && next.is_some_and(|next| is_long_text(next.text, text))
}

/// A paragraph of its own that is much longer than the sentence above it.
fn is_long_text(next: &str, above: &str) -> bool {
    let n_above = above.chars().count();
    next.chars().take(2 * n_above.max(MIN_TEXT)).count() == 2 * n_above.max(MIN_TEXT)
}
