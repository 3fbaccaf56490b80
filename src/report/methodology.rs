//! What a report says of itself: the collection, the filters, the rules of counting, warnings.

use super::negation::{HARMLESS, WORDS};
use super::table::{Cell, Language, Sheet, Table};
use super::tables::{MAX_TOGETHER, Told};
use super::tally::MAX_PAIRED;
use crate::search::{Filter, Within};

impl<'a> Told<'a> {
    /// What was counted, and how.
    pub fn about(&self) -> Table<'a> {
        let pick = |zh: &str, en: &str| self.language.pick(zh, en).to_owned();
        let mut rows: Vec<(String, Cell)> = vec![
            (
                pick("工具", "Tool"),
                Cell::Text(concat!("xunzhang ", env!("CARGO_PKG_VERSION")).into()),
            ),
            (
                pick("索引指纹", "Index fingerprint"),
                Cell::text(&self.tally.fingerprint),
            ),
            (
                pick("文档数", "Documents"),
                Cell::Count(self.tally.documents.len() as u64),
            ),
            (
                pick("段落数", "Passages"),
                Cell::Count(self.tally.passages()),
            ),
            (
                pick("字数", "Characters"),
                Cell::Count(self.tally.characters()),
            ),
        ];
        let dates = || {
            self.tally
                .documents
                .iter()
                .filter_map(|document| document.date)
        };
        rows.push((
            pick("最早文档", "First document"),
            Cell::date(dates().min()),
        ));
        rows.push((pick("最晚文档", "Last document"), Cell::date(dates().max())));
        let undated = self.tally.documents.len() - dates().count();
        rows.push((
            pick("未注日期的文档", "Undated documents"),
            Cell::Count(undated as u64),
        ));
        rows.push((
            pick("筛选", "Filter"),
            Cell::Text(described(self.filter, self.language)),
        ));
        rows.push((
            pick("词条数", "Entries"),
            Cell::Count(self.tally.entries.len() as u64),
        ));
        for rule in self.rules() {
            rows.push((pick("规则", "Rule"), Cell::Text(rule)));
        }
        for warning in self.warnings() {
            rows.push((pick("注意", "Note"), Cell::Text(warning)));
        }
        let header = self.header(&[("项目", "Item"), ("内容", "Value")]);
        let rows = rows.into_iter();
        let rows = rows.map(|(item, value)| vec![Cell::Text(item), value]);
        Table::new(Sheet::About, header, rows.collect())
    }

    fn rules(&self) -> Vec<String> {
        let pick = |zh: &str, en: &str| self.language.pick(zh, en).to_owned();
        let mut out = vec![
            pick(
                "逐字计数：两边先归一化（全半角、大小写、繁简、零宽字符），每个汉字为一个单位，连续的字母数字为一个单位；空白和句内标点不计，句末标点（。！？）断开。不依赖分词，可用逐段扫描复核。",
                "Exact counts by units: both sides are normalized (width, case, script, zero-width characters); each Han character is a unit, each run of letters and digits is one; white space and punctuation inside a sentence are ignored, a sentence end (。！？) stops a match. No segmentation is involved; a scan of every passage gives the same numbers.",
            ),
            pick(
                "同一词条的不同说法相互重叠时只计最长的一处，等长取前一处；同一说法的每个起点都计。",
                "Of overlapping places of different alternatives of one entry the longest counts once, of equal ones the first; every start of one and the same alternative counts.",
            ),
            pick(
                "段落是一个自然段（超过 1,000 字的在句末切开）；标题和单独成行的小标题也是段落。不同表述：归一化后文字相同的段落只算一个。共现：同一段落中两个词条都有。",
                "A passage is a paragraph (one of over 1,000 characters is cut at sentence ends); titles and headings on lines of their own are passages too. Distinct wordings: passages of the same normalized text are one. Co-occurrence: passages that hold both entries.",
            ),
            pick(
                "每万字 = 次数 ÷ 筛选范围内全部段落的字数 × 10,000；按章节作用（--role）筛选时，分母只是该类段落的字数。首见、末见是有日期的文档中最早和最晚的日期。",
                "Per 10,000 characters: occurrences by the characters of all passages under the filter; under a section role (--role) these are the passages of that role alone. First and last are the dates of the first and last dated document.",
            ),
        ];
        if self
            .tally
            .entries
            .iter()
            .any(|entry| entry.negated.is_some())
        {
            out.push(format!(
                "{}{}{}{}",
                self.language.pick(
                    "否定语境：同一分句中（以，；：和句末为界）命中之前出现下列词语之一：",
                    "Negated: before the hit, in the same clause (bounded by ，；： and sentence ends), one of: ",
                ),
                WORDS.join(" "),
                self.language.pick("；下列词语不算：", "; not counted as such: "),
                HARMLESS.join(" "),
            ));
        }
        out
    }

    /// What the reader of the numbers must know.
    pub fn warnings(&self) -> Vec<String> {
        let mut out = Vec::new();
        for repeated in &self.tally.repeated {
            let super::keywords::Repeated { line, text, first } = repeated;
            out.push(match self.language {
                Language::Zh => format!("第 {line} 行的“{text}”与第 {first} 行重复，只计一次"),
                Language::En => {
                    format!("line {line}: `{text}` is on line {first} already and is counted once")
                }
            });
        }
        if self.tally.pairs.is_none() {
            out.push(match self.language {
                Language::Zh => format!("词条超过 {MAX_PAIRED} 条，未统计共现"),
                Language::En => format!("over {MAX_PAIRED} entries: co-occurrence is not counted"),
            });
        }
        if self.tally.entries.len() > MAX_TOGETHER {
            out.push(match self.language {
                Language::Zh => format!("共现表只列次数最多的 {MAX_TOGETHER} 条，全部见 JSON"),
                Language::En => format!("the table of co-occurrence shows the {MAX_TOGETHER} most frequent entries; JSON has all"),
            });
        }
        out
    }
}

/// The filter in words.
pub(super) fn described(filter: &Filter, language: Language) -> String {
    let Filter {
        kind,
        years,
        path,
        section,
        role,
        within,
        without_ocr,
    } = filter;
    let mut out: Vec<String> = Vec::new();
    let mut add = |zh: &str, en: &str, value: Option<String>| {
        out.extend(value.map(|value| format!("{} {value}", language.pick(zh, en))));
    };
    add("文种", "kind", kind.clone());
    add(
        "年份",
        "year",
        years
            .as_ref()
            .map(|years| format!("{}..{}", years.start(), years.end())),
    );
    add("路径", "path", path.clone());
    add("标题含", "section", section.clone());
    add("章节作用", "role", role.clone());
    add(
        "只看",
        "in",
        match within {
            Within::All => None,
            Within::Body => Some(language.pick("正文", "body").to_owned()),
            Within::Headings => Some(language.pick("标题", "headings").to_owned()),
        },
    );
    if *without_ocr {
        let without = language.pick("不含文字识别（OCR）的段落", "without OCR");
        out.push(without.to_owned());
    }
    if out.is_empty() {
        return language
            .pick("无（全部文档）", "none (all documents)")
            .to_owned();
    }
    out.join(language.pick("；", "; "))
}
