//! Labels: the number of a heading or a list item, read at the start of a line.
//!
//! ```text
//! label    = statute | part | ordinal | capital | han | paren | half | arabic | decimal | mark | point | named
//! statute  = "第" numeral ("编" | "篇" | "章" | "节" | "条" ["之" han])      第三章  第15条  第十五条之一
//! part     = "第" numeral "部分"                                             第一部分
//! ordinal  = "第" han ("，" | "、" | ",")                                    第一，
//! capital  = capital-numeral stop                                           壹、
//! han      = han-numeral stop | han-numeral (alone on its line)             一、  一．  一
//! paren    = ("（" | "(") numeral ("）" | ")") ["、"]                        （一） (1) ㈠ ⑴
//! half     = numeral ("）" | ")")                                           1） 一)
//! arabic   = arabic-numeral ("." | "．" | "、")                              1. 1、 ⒈
//! decimal  = arabic-numeral ("." arabic-numeral)+ ["."]                     1.1  1.1.1
//! mark     = "①" … "⑳"
//! point    = han-numeral ("是" | "要")                                       一是  二要
//! named    = han{2,4} numeral "："                                           应用一：
//!          | ["任务"] ("专栏" | "附件" | "附表" | "附录") numeral [stop]           专栏1  附件2：
//! stop     = "、" | "." | "．"
//! numeral  = han-numeral | arabic-numeral
//! ```
//!
//! Blanks may precede a label, and occur inside its brackets and between `第` and its unit, where a dash may
//! be a misrecognized 一 (`第二十-条`). A label that continues as a reference (`（一）中所说`, `第三条规定的`) or as a count
//! (`一、二级市场`, `1.5亿元`) is rejected.

use super::forms::Form;
use super::{forms, numeral};
use crate::document::blank::{is_blank, starts_with_any, trim_start};

/// A label and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// Its kind.
    pub form: Form,
    /// Its number; of a decimal the last one.
    pub ordinal: u32,
    /// As printed, without blanks around it.
    pub text: &'a str,
    /// The rest of the line, without blanks before it.
    pub rest: &'a str,
}

impl<'a> Label<'a> {
    /// The word of a named label (`应用`); empty for other forms.
    pub(super) fn name(&self) -> &'a str {
        let end = self
            .text
            .char_indices()
            .find(|&(at, _)| numeral::any(&self.text[at..]).is_some());
        match (self.form, end) {
            (Form::Named, Some((end, _))) => self.text[..end].trim_end_matches(is_blank),
            _ => "",
        }
    }
}

/// Whether the line opens with a label, so that it begins a paragraph of its own.
pub fn starts_heading(line: &str) -> bool {
    lex(line).is_some()
}

/// Reads the label at the start of `line`; `None` if it has none.
pub fn lex(line: &str) -> Option<Label<'_>> {
    let text = trim_start(line);
    let (form, ordinal, len) = forms::read(text)?;
    let (label, rest) = text.split_at(len);
    // `第十七条，承租人……`: a slip for the blank.
    let slip = rest.strip_prefix('，').filter(|_| form == Form::Article);
    let rest = slip.unwrap_or(rest);
    let label = Label {
        form,
        ordinal,
        text: label.trim_end_matches(is_blank),
        rest: trim_start(rest),
    };
    (!continues(&label, rest)).then_some(label)
}

/// Continuations of 第X条 in a sentence that refers to it.
const AFTER_ARTICLE: &str = "规定 規定 第 、 和第 至第 或第 或者第 以及 的 之规定 所称 所稱 所列 所规定 所述 中的 中所 中规定 ） 》 ”";
/// Continuations of 第X章 and similar labels.
const AFTER_PART: &str =
    "规定 規定 第 、 和第 至第 或第 的 所列 所称 以及 之 ， , ） 》 ” 中的 中规定";
/// Continuations of `（一）`.
const AFTER_BRACKET: &str = "中所 中的 中提 中规定 中， 所述 所列 所称 所说 所指 项规定 项的 项所 项、 项至 項規定 款 \
                             至（ 至( 和（ 和( 和第 、（ 、( 的 ） ， 。";

/// Whether the text after the label shows that it is part of a sentence.
fn continues(label: &Label<'_>, after: &str) -> bool {
    match label.form {
        Form::Article => starts_with_any(after, AFTER_ARTICLE),
        Form::Chapter | Form::Section | Form::Volume | Form::Division => {
            starts_with_any(after, AFTER_PART)
        }
        Form::HanParen | Form::ArabicParen | Form::HanHalf | Form::ArabicHalf | Form::Mark => {
            starts_with_any(after, AFTER_BRACKET)
        }
        Form::Han | Form::Arabic => counts_on(label.ordinal, after),
        Form::Bare | Form::Capital => false,
        // The other forms need a title on their line: `一是` alone is no heading.
        _ => label.rest.is_empty(),
    }
}

/// Whether the next number follows immediately, as in `一、二级市场` and `三、四月`.
fn counts_on(ordinal: u32, after: &str) -> bool {
    match numeral::han(after).filter(|&(next, _)| next == ordinal + 1) {
        // A blank after the second number sets it apart as a title.
        Some((_, len)) => !after[len..].starts_with(is_blank),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Form, u32, &str, &str)>) {
        assert_eq!(
            lex(line).map(|l| (l.form, l.ordinal, l.text, l.rest)),
            expected,
            "{line}"
        );
    }

    #[test]
    fn reads_every_form() {
        use Form::*;
        for (line, form, ordinal, label) in [
            ("一、园区概况", Han, 1, "一、"),
            ("　　十二．园区概况", Han, 12, "十二．"),
            ("（三）园区概况", HanParen, 3, "（三）"),
            ("( 三 ) 园区概况", HanParen, 3, "( 三 )"),
            ("(三)园区概况", HanParen, 3, "(三)"),
            ("㈢园区概况", HanParen, 3, "㈢"),
            ("(三）、园区概况", HanParen, 3, "(三）、"),
            ("1.园区概况", Arabic, 1, "1."),
            ("１２、园区概况", Arabic, 12, "１２、"),
            ("（1）园区概况", ArabicParen, 1, "（1）"),
            ("1)园区概况", ArabicHalf, 1, "1)"),
            ("一）园区概况", HanHalf, 1, "一）"),
            ("②园区概况", Mark, 2, "②"),
            ("第三编 园区概况", Volume, 3, "第三编"),
            ("第 三 章 园区概况", Chapter, 3, "第 三 章"),
            ("第 二 十 条 园区概况", Article, 20, "第 二 十 条"),
            ("第二十-条 园区概况", Article, 21, "第二十-条"),
            ("第二節 園區概況", Section, 2, "第二節"),
            ("第十五条之一 园区概况", Article, 15, "第十五条之一"),
            ("第15条 园区概况", Article, 15, "第15条"),
            ("第十七条，园区概况", Article, 17, "第十七条"),
            ("第一部分 园区概况", Division, 1, "第一部分"),
            ("第二，园区概况", Ordinal, 2, "第二，"),
            ("参、园区概况", Capital, 3, "参、"),
            ("1.2 园区概况", Decimal(2), 2, "1.2"),
            ("1.2.3园区概况", Decimal(3), 3, "1.2.3"),
            ("一是园区概况", Point, 1, "一是"),
            ("二要园区概况", Point, 2, "二要"),
            ("任务三：园区概况", Named, 3, "任务三："),
            ("专栏 2 园区概况", Named, 2, "专栏 2"),
            ("附件1：园区概况", Named, 1, "附件1："),
            ("1.2 人才概况", Decimal(2), 2, "1.2"),
        ] {
            let rest = if line.contains("人才") {
                "人才概况"
            } else if line.contains('園') {
                "園區概況"
            } else {
                "园区概况"
            };
            check(line, Some((form, ordinal, label, rest)));
        }
        check("<U+00A0>　四", Some((Bare, 4, "四", "")));
    }

    #[test]
    fn skips_references_and_counts() {
        for line in [
            "（一）中所说的情形",
            "（二）、（三）两项",
            "（一）和（二）的情形",
            "（三）项规定的情形",
            "第三条规定的情形",
            "第三条的园区",
            "第三条、第四条所列园区",
            "一、二级市场并存",
            "三、四月份开工",
            "1.5亿元投入园区",
            "2.5",
            "2009年园区概况",
            "（2009）园区概况",
            "2009.8.20",
            "一方面园区扩大",
            "第三方机构评估",
            "第一—三条 园区概况",
            "上午9:30开会",
            "园区概况",
            "",
        ] {
            check(line, None);
        }
    }
}
