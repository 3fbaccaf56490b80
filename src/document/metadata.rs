//! Fields about a document that its page prints: the block above a text on a site (索引号 … 发布日期), and the marks
//! of a red head (份号, 密级, 紧急程度, 签发人). They give title, date, issuer and number before they are set aside.

use super::blank::{is_blank, squeeze};
use super::outline::{is_salutation, label};

/// What a block states about its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// The title, and the line that contains it.
    pub(super) title: Option<(String, usize)>,
    /// The title of a line `标题：…` above the text outside a block; used only where no title is printed.
    pub(super) lone_title: Option<(String, usize)>,
    /// The date of the text, else the date of publication, as printed.
    pub(super) date: Option<String>,
    /// The body that issued it.
    pub(super) issuer: Option<String>,
    /// The body that published it on the site.
    pub(super) publisher: Option<String>,
    /// The kind of document.
    pub(super) kind: Option<String>,
}

/// The fields of a document, and whether each of its lines is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) fields: Fields,
    /// Ordinals of lines that consist of fields only, in order.
    pub(super) lines: Vec<usize>,
}

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PageField {
    Title,
    Date,
    /// The date of publication, used if there is no other evidence of a date.
    Published,
    Issuer,
    Publisher,
    Kind,
    Other,
}

/// Labels by field, without blanks; a label that also occurs in report text is in no list.
const LABELS: [(PageField, &str); 7] = [
    (
        PageField::Title,
        "标题 信息名称 文件名称 公文名称 文件标题 信息标题 公文标题",
    ),
    (
        PageField::Date,
        "成文日期 发文日期 印发日期 制发日期 成文时间 发文时间 印发时间 签发日期",
    ),
    (
        PageField::Published,
        "发布日期 发布时间 公开日期 公开时间 生成日期 生成时间 公布日期 更新日期 更新时间",
    ),
    (
        PageField::Issuer,
        "发文机关 发文单位 发文机构 制定机关 印发机关 制发机关 成文机关 制发单位",
    ),
    (
        PageField::Publisher,
        "发布机构 发布机关 发布单位 公开主体 公开机构 公开责任部门 责任部门 公开单位",
    ),
    (PageField::Kind, "公文种类 文种 体裁分类"),
    (
        PageField::Other,
        "索引号 信息索引 信息索引号 索引码 主题分类 主题词 信息分类 组配分类 服务对象 公开形式 公开方式 公开范围 公开时限 公开程序 \
         公开类别 公开属性 有效性 效力状态 时效性 时效状态 是否有效 关键词 内容概述 信息来源 生效日期 施行日期 实施日期 废止日期 失效日期 \
         有效期 语种 载体类型 发文字号 文号 发文文号 发布文号 文件编号 文件字号 统一编号 登记号 规范性文件编号 统一登记号 所属主题 \
         所属分类 份号 密级 保密期限 紧急程度 缓急 签发人 会签人",
    ),
];

/// Lines from the top in which a block begins, and from the end.
const HEAD: usize = 40;
const TAIL: usize = 16;
/// Maximum length of a value, in characters.
const MAX_VALUE: usize = 120;
/// Minimum number of fields of a block without a mark that only pages have.
const MIN_FIELDS: usize = 3;

/// Labels that only occur on pages of sites and in red heads, not in reports.
const SITE_MARKS: [&str; 13] = [
    "索引号:",
    "信息索引:",
    "索引码:",
    "主题分类:",
    "组配分类:",
    "信息分类:",
    "体裁分类:",
    "发文字号:",
    "文号:",
    "签发人:",
    "份号:",
    "密级:",
    "紧急程度:",
];

/// Whether the line begins the text: a label, a salutation, or a paragraph.
fn begins_text(text: &str) -> bool {
    // A shorter sentence may be the value of a field (内容概述：…。).
    const PARAGRAPH: usize = 40;
    let is_paragraph = text.contains('。') && text.chars().nth(PARAGRAPH).is_some();
    is_paragraph || is_salutation(text) || label::lex(text).is_some()
}

/// Whether the line begins with the label of a field.
pub(super) fn begins_with_label(text: &str) -> bool {
    fields(text).next().is_some()
}

/// Reads the fields of a document; `is_text` decides whether a line may be set aside, which rows of tables
/// never are.
pub(super) fn read(texts: &[&str], is_text: impl Fn(usize) -> bool) -> Metadata {
    let mut metadata = Metadata::default();
    let text_start = texts
        .iter()
        .position(|text| begins_text(text))
        .unwrap_or(texts.len());
    // Only the ends of the document are searched: a report about open data lists the same labels in its text.
    let is_near = |ord: usize| ord < HEAD || ord + TAIL >= texts.len();
    let mut at = 0;
    while at < texts.len() {
        let run = (at..texts.len()).take_while(|&ord| is_near(ord) && is_fields(texts, ord));
        let run: Vec<usize> = run.collect();
        if run.is_empty() {
            at += 1;
            continue;
        }
        at += run.len();
        let found: Vec<(usize, PageField, &str)> = run
            .iter()
            .flat_map(|&ord| fields(texts[ord]).map(move |(field, value)| (ord, field, value)))
            .collect();
        let has_mark = run.iter().any(|&ord| {
            SITE_MARKS
                .iter()
                .any(|mark| squeeze(texts[ord]).contains(mark))
        });
        let is_above = run[0] < text_start;
        // Two fields with a mark of a site, or three without one, above the text; one label alone is too
        // often a sentence of the report.
        if has_mark && (is_above || found.len() > 1) || is_above && found.len() >= MIN_FIELDS {
            for &(ord, field, value) in &found {
                metadata.fields.take(field, value, ord);
            }
            metadata
                .lines
                .extend(run.into_iter().filter(|&ord| is_text(ord)));
        } else if let [(ord, PageField::Title, value)] = found[..]
            && is_above
        {
            // A page may print the title as `标题：…` and nothing else; the line stays text.
            metadata.fields.lone_title = Some((value.to_owned(), ord));
        }
    }
    metadata
        .lines
        .extend(red_head_marks(texts).filter(|&ord| is_text(ord)));
    metadata.lines.sort_unstable();
    metadata.lines.dedup();
    metadata
}

impl Fields {
    fn take(&mut self, field: PageField, value: &str, line: usize) {
        let value = value.trim_matches(is_blank);
        if matches!(value, "" | "无" | "暂无" | "空" | "-" | "—" | "——" | "/") {
            return;
        }
        let slot = match field {
            PageField::Title => {
                self.title.get_or_insert((value.to_owned(), line));
                return;
            }
            PageField::Date => {
                // 成文日期 replaces an earlier publication date; the other fields keep their first value.
                self.date = Some(value.to_owned());
                return;
            }
            PageField::Published => &mut self.date,
            PageField::Issuer => &mut self.issuer,
            PageField::Publisher => &mut self.publisher,
            PageField::Kind => &mut self.kind,
            PageField::Other => return,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
}

/// Whether the line consists of fields only: it begins with a known label and a colon, or its cells are
/// labels and values.
fn is_fields(texts: &[&str], ord: usize) -> bool {
    let text = texts[ord];
    // A line may have two fields; sentences have marks that values do not.
    let is_short = text.chars().nth(MAX_VALUE * 2).is_none();
    is_short && !text.contains(['。', '；', '，']) && fields(text).next().is_some()
}

/// The labelled values of a line, in order; empty if it does not begin with a label.
fn fields(text: &str) -> impl Iterator<Item = (PageField, &str)> {
    let places = labels(text);
    let begins = places.first().is_some_and(|(start, ..)| *start == 0);
    let n = if begins { places.len() } else { 0 };
    (0..n).map(move |at| {
        // A value ends where the next label begins.
        let (_, from, field) = places[at];
        let to = places.get(at + 1).map_or(text.len(), |next| next.0);
        (
            field,
            text[from..to].trim_matches(|ch: char| is_blank(ch) || matches!(ch, '|' | '【' | '】')),
        )
    })
}

/// The labels of a line: the start of each, the start of its value, and its field. A label begins the line or
/// follows a blank, and a colon or a tab ends it.
fn labels(text: &str) -> Vec<(usize, usize, PageField)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, ch) in text.char_indices() {
        let ends = matches!(ch, '：' | ':' | '\t');
        if ends && let Some((from, field)) = label_before(text, start, at) {
            found.push((from, at + ch.len_utf8(), field));
        }
        if ends {
            // After a colon that ends no known label the value goes on, but a label cannot reach back over
            // it.
            start = at + ch.len_utf8();
        }
    }
    found
}

/// The label that ends at `end`, not before `start`: known labels may have blanks inside (`标　　题`).
fn label_before(text: &str, start: usize, end: usize) -> Option<(usize, PageField)> {
    // Read backwards, the shortest known label with a blank before it wins; no label in the list is longer.
    const MAX_CHARS: usize = 8;
    let piece = &text[start..end];
    let mut n_chars = 0;
    for (at, ch) in piece.char_indices().rev() {
        if is_blank(ch) {
            continue;
        }
        n_chars += 1;
        if n_chars > MAX_CHARS {
            return None;
        }
        let before = piece[..at].chars().next_back();
        let is_apart =
            before.is_none_or(|ch| is_blank(ch) || matches!(ch, '|' | '【' | '[' | '；'));
        if n_chars >= 2
            && is_apart
            && let Some(field) = field_of(&piece[at..])
        {
            return Some((start + at, field));
        }
    }
    None
}

fn field_of(label: &str) -> Option<PageField> {
    let label = squeeze(label);
    let is_label = |labels: &&str| labels.split_ascii_whitespace().any(|known| known == label);
    let found = LABELS.iter().find(|(_, labels)| is_label(labels));
    found.map(|(field, _)| *field)
}

/// Marks above a red head: a copy number, a classification, an urgency (GB/T 9704-2012, 7.2.1 to 7.2.3).
fn red_head_marks(texts: &[&str]) -> impl Iterator<Item = usize> {
    const DEPTH: usize = 6;
    let is_copy_number =
        |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_class = |text: &str| {
        let text = squeeze(text);
        ["绝密", "机密", "秘密"].iter().any(|class| {
            text.strip_prefix(class)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('★'))
        })
    };
    let is_urgency =
        |text: &str| matches!(&*squeeze(text), "特急" | "加急" | "平急" | "急件" | "特提");
    let top = &texts[..texts.len().min(DEPTH)];
    let is_marked = top.iter().any(|text| is_class(text) || is_urgency(text));
    let marks: Vec<usize> = (0..top.len())
        .filter(|&ord| {
            let text = top[ord];
            // Six digits alone may be anything; a copy number needs another mark beside it.
            is_class(text) || is_urgency(text) || is_marked && is_copy_number(text)
        })
        .collect();
    marks.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lines: &[usize], fields: Fields) {
        let texts: Vec<&str> = text.lines().collect();
        let metadata = read(&texts, |_| true);
        assert_eq!((&*metadata.lines, metadata.fields), (lines, fields));
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn takes_the_fields_of_page_blocks() {
        check(
            "索引号：AB-1　主题分类：水利\n发文机关：某县人民政府\n标　　题：某县的意见\n成文日期：2022年5月9日\n发布日期：2022年5月16日\n某县的意见\n正文。",
            &[0, 1, 2, 3, 4],
            Fields {
                title: Some(("某县的意见".to_owned(), 2)),
                date: text("2022年5月9日"),
                issuer: text("某县人民政府"),
                ..Fields::default()
            },
        );
        check(
            "发布机构：暂无\n索 引 号：1\n发布日期：2022-05-16\n正文。",
            &[0, 1, 2],
            Fields {
                date: text("2022-05-16"),
                ..Fields::default()
            },
        );
    }

    #[test]
    fn takes_the_marks_of_a_red_head() {
        check(
            "000012\n机密★10年\n特急\n某县人民政府文件\n签发人：某某\n关于修路的通知",
            &[0, 1, 2, 4],
            Fields::default(),
        );
    }

    #[test]
    fn keeps_text() {
        check("发文机关：某市教育局\n正文。", &[], Fields::default());
        check("一、时间\n成文日期：以印发为准。", &[], Fields::default());
        check("关键词：水利；道路；教育", &[], Fields::default());
        check("123456\n某县总结", &[], Fields::default());
        check(
            "标题：某县总结\n正文。",
            &[],
            Fields {
                lone_title: Some(("某县总结".to_owned(), 0)),
                ..Fields::default()
            },
        );
        check(
            "一、内容\n服务对象：老年人\n公开范围：全县\n责任部门：县政府办公室",
            &[],
            Fields::default(),
        );
        check(
            "某县格式\n一、版面\n标题：二号宋体字",
            &[],
            Fields::default(),
        );
    }
}
