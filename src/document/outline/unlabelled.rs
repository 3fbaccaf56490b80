//! Headings without a label: topic lines (`结束语`, `关于外交工作`); single sentences are read in `chains`.
//!
//! A topic line is short, has no stop, follows a finished paragraph, and precedes a paragraph or a numbered
//! heading.

use super::chains::{MIN_TEXT, chained_sentences};
use super::forms::Form;
use super::known_lines::{MAX_TOPIC, is_attachment_marker, is_han, is_salutation, named_part};
use super::label::Label;
use super::levels::{Kind, Reach};
use super::numeral;
use super::openings::{parallel_openings, themes};
use super::paragraph::{PagePart, Paragraph};
use super::statement::{Ending, ending, is_provision, is_topic_line};
use crate::document::blank::{contains_any, is_blank, starts_with_any};
use crate::document::front;
use crate::document::line::Style;

/// Maximum length of a topic line with a comma in it, in characters.
const MAX_WITH_COMMA: usize = 24;
/// Maximum length of the title of an attachment, in characters.
const MAX_ATTACHMENT: usize = 50;

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
    // In this order: chains are bounded by topics and themes, and openings must not be in a chain.
    for at in themes(paragraphs, labels) {
        kinds[at] = Some(Kind::Theme);
    }
    let chained = chained_sentences(paragraphs, labels, &kinds);
    let openings = parallel_openings(paragraphs, labels, &kinds);
    let statements = chained.into_iter().map(|at| (at, Kind::Statement));
    let openings = openings.into_iter().map(|at| (at, Kind::Opening));
    for (at, kind) in statements.chain(openings) {
        kinds[at] = Some(kind);
    }
    kinds
}

struct Around<'a> {
    paragraphs: &'a [Paragraph<'a>],
    labels: &'a [Option<Label<'a>>],
    at: usize,
}

impl Around<'_> {
    fn topic(&self) -> Option<Reach> {
        let this = self.paragraphs[self.at];
        let is_text =
            matches!(this.place, PagePart::Body | PagePart::Front) && this.style == Style::Plain;
        if !is_text || self.labels[self.at].is_some() {
            return None;
        }
        // 前言 in a contents page or a list introduces nothing.
        let part = named_part(this.text).filter(|_| self.introduces());
        part.or_else(|| self.attachment())
            .or_else(|| self.plain_topic(this))
    }

    /// The title of an attachment, under `附件1`.
    fn attachment(&self) -> Option<Reach> {
        let is_marked = self
            .before()
            .is_some_and(|before| is_attachment_marker(before.text));
        let text = self.paragraphs[self.at].text;
        (is_marked && looks_like_topic(text, MAX_ATTACHMENT) && self.after().is_some())
            .then_some(Reach::Apart)
    }

    fn plain_topic(&self, this: Paragraph<'_>) -> Option<Reach> {
        // Letter-spaced lines are set apart by their look, so that they need no finished paragraph before
        // them.
        let is_spaced = this.is_spaced && !self.names_speaker();
        let max = if this.text.contains('，') {
            MAX_WITH_COMMA
        } else {
            MAX_TOPIC
        };
        if this.place == PagePart::Front && !is_spaced || !looks_like_topic(this.text, max) {
            return None;
        }
        let begins = || is_spaced || self.comes_after_text() || self.opens_a_row();
        (self.introduces() && begins()).then(|| self.reach())
    }

    /// Whether the line follows one that ends in a colon (`要抓好以下工作：`) and, with its paragraph below, is the
    /// first of several parallel ones.
    fn opens_a_row(&self) -> bool {
        let is_plain = |p: &Paragraph<'_>| p.place == PagePart::Body && p.style == Style::Plain;
        let announces =
            |before: Paragraph<'_>| is_plain(&before) && ending(before.text) == Ending::Colon;
        let is_unlabelled = |at: usize| self.labels.get(at).is_some_and(Option::is_none);
        let is_topic = |at: usize| {
            let topic = |p: &Paragraph<'_>| is_plain(p) && looks_like_topic(p.text, MAX_TOPIC);
            is_unlabelled(at) && self.paragraphs.get(at).is_some_and(topic)
        };
        let is_paragraph = |at: usize| {
            let text = |p: &Paragraph<'_>| {
                ending(p.text) == Ending::Stop && p.text.chars().nth(MIN_TEXT).is_some()
            };
            is_unlabelled(at) && self.paragraphs.get(at).is_some_and(text)
        };
        // Line, paragraph, line, paragraph: two of them are enough after an announcement.
        self.before().is_some_and(announces)
            && [1, 3].iter().all(|&below| is_paragraph(self.at + below))
            && is_topic(self.at + 2)
    }

    /// Whether the line names the speaker, as one above the salutation does.
    fn names_speaker(&self) -> bool {
        let text = self.paragraphs[self.at].text;
        let greets = self.after().is_some_and(|after| is_salutation(after.text));
        greets || front::names_speaker(text)
    }

    /// Directly between a heading and the numbers under it, it is their sibling.
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
            .find(|p| !p.is_boilerplate())
            .copied()
    }

    fn after(&self) -> Option<Paragraph<'_>> {
        self.paragraphs[self.at + 1..]
            .iter()
            .find(|p| !p.is_boilerplate())
            .copied()
    }

    /// Whether the text before the line is finished.
    fn comes_after_text(&self) -> bool {
        let Some(before) = self.before() else {
            return true;
        };
        if before.place != PagePart::Body || before.style != Style::Plain {
            return before.place == PagePart::Title || before.style != Style::Plain;
        }
        let is_heading = self.at > 0
            && self.labels[self.at - 1]
                .is_some_and(|label| is_topic_line(label.rest, ending(label.rest)));
        // A signature's date ends a document that another one follows.
        ending(before.text) == Ending::Stop || is_heading || ends_in_date(before.text)
    }

    /// Whether a paragraph or a number follows.
    fn introduces(&self) -> bool {
        let next = self.paragraphs[self.at + 1..]
            .iter()
            .position(|p| !p.is_boilerplate());
        let Some(next) = next.map(|offset| self.at + 1 + offset) else {
            return false;
        };
        match self.labels[next] {
            // A point (一是) continues the text of its paragraph, it does not begin a part.
            Some(label) => !matches!(label.form, Form::Point),
            None => {
                let text = self.paragraphs[next].text;
                let is_long = text.chars().take(MIN_TEXT).count() == MIN_TEXT;
                // The line was the first half of a wrapped sentence.
                let continues =
                    text.starts_with(['是', '，', '、', '）', '：', '；', '。', '的', '》', '”']);
                is_long && !continues && matches!(ending(text), Ending::Stop | Ending::Colon)
                    || is_salutation(text)
            }
        }
    }
}

/// Marks that no topic line contains.
const ALIEN_MARKS: [char; 12] = [
    '。', '；', '！', '？', '|', '<', '>', '=', '\t', '：', ':', '…',
];
/// Words of metadata and credits.
const ALIEN_WORDS: &str = "电话 联系人 邮编 地址 来源 作者 记者 编辑 摄 www";
/// Openings of lines that continue a sentence, head a note or a figure, or are in brackets.
const ALIEN_OPENINGS: &str = "以上 上述 如 但 并 其中 — - － （ ( · * 《 注 图 圖 表 ， 、 ） 是";

fn looks_like_topic(text: &str, max: usize) -> bool {
    let words = without_year(text).chars().filter(|&ch| !is_blank(ch));
    let (n_chars, n_han) = words.fold((0, 0), |(all, han), ch| {
        (all + 1, han + usize::from(is_han(ch)))
    });
    // Six characters in ten are Han: a line of figures or of Latin letters is a cell or an address.
    (2..=max).contains(&n_chars)
        && n_han * 10 >= n_chars * 6
        && ending(text) == Ending::Open
        && !text.contains(ALIEN_MARKS)
        && !contains_any(text, ALIEN_WORDS)
        && !starts_with_any(text, ALIEN_OPENINGS)
        && !text.ends_with(['“', '（', '《', '—'])
        && !is_provision(text)
        && !is_attachment_marker(text)
        && !is_bare_label(text)
        && !ends_in_date(text)
}

/// `2026年重点工作` without the digits of the year, which are not figures; a year alone is left as it is.
fn without_year(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let is_year = digits == 4 && rest.starts_with('年') && rest.chars().nth(2).is_some();
    if is_year { rest } else { text }
}

/// `一是` and `二、三产业`: a label without a heading after it.
fn is_bare_label(text: &str) -> bool {
    let is_short = text.chars().take(4).count() <= 3;
    is_short && numeral::any(text).is_some()
        || text
            .chars()
            .nth(1)
            .is_some_and(|ch| matches!(ch, '、' | '.'))
}

fn ends_in_date(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')']);
    text.ends_with('日') && text.contains('月') && text.chars().take(40).count() < 40
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topic_lines_are_short_and_of_words() {
        for text in [
            "关于外交工作",
            "2026年重点工作",
            "结束语",
            "主要做法和成效",
            "“十五五”规划",
        ] {
            assert!(looks_like_topic(text, MAX_TOPIC), "{text}");
        }
        for text in [
            "园区平稳。",
            "联系人石青山",
            "如下情况",
            "GDP and 园区",
            "2026",
            "2026年",
            "一是",
            "二、三产业",
            "附件1",
            "请各单位落实",
            "投标人应当报名",
            "截至2026年3月1日",
            "《园区办法》",
            "时间：上午",
            "园",
            "注解",
            "园区概况（",
            "",
        ] {
            assert!(!looks_like_topic(text, MAX_TOPIC), "{text}");
        }
        assert!(looks_like_topic(&"园".repeat(30), MAX_TOPIC));
        assert!(!looks_like_topic(&"园".repeat(31), MAX_TOPIC));
    }

    #[test]
    fn a_year_before_words_is_no_figure() {
        for (text, expected) in [
            ("2026年重点工作", "年重点工作"),
            ("2026年", "2026年"),
            ("2026年底", "2026年底"),
            ("202年重点工作", "202年重点工作"),
            ("20260年重点", "20260年重点"),
            ("重点2026年", "重点2026年"),
        ] {
            assert_eq!(without_year(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_at_the_end_close_a_document() {
        assert!(ends_in_date("二〇二六年三月一日") && ends_in_date("某局（2026年3月1日）"));
        assert!(!ends_in_date("2026年3月") && !ends_in_date("纪念日") && !ends_in_date("月日记"));
        assert!(!ends_in_date(&format!("{}3月1日", "长".repeat(40))));
    }
}
