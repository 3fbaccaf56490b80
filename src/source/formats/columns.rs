//! Which rows at the top of a table are its header rows, where the format does not say.
//!
//! The evidence is below: a column of numbers under a word, or a row of words that head columns in all kinds
//! of tables (`序号`, `责任单位`). Without evidence, no row is a header.

use crate::text::normalize::normalize;

/// Number of rows from the top that are examined.
pub(super) const DEPTH: usize = 40;
/// Number of rows from the top in which the header may begin: titles and units of measure precede it.
const MAX_ABOVE: usize = 5;
/// Maximum number of header rows.
const MAX_ROWS: usize = 3;
/// Maximum length of a column heading, in characters.
const MAX_HEADING: usize = 30;

/// Words that head columns.
const WORDS: &str = "序号 编号 项目 名称 指标 地区 年份 年度 月份 类别 类型 单位 姓名 性别 时间 日期 内容 备注 任务 事项 部门 职务 电话 地址 金额 \
                     数量 合计 总计 面积 人口 收入 支出 比重 增速 责任单位 牵头单位 责任人 完成时限 标题 文号 来源";
/// Minimum number of cells of a row that must be such words, or end in one, if there are no numbers below.
const MIN_WORDS: usize = 2;

/// The ordinals of the header rows among `rows`, the first ones of a table.
pub(super) fn headings(rows: &[Vec<String>]) -> std::ops::Range<usize> {
    let first = rows
        .iter()
        .take(MAX_ABOVE)
        // A row of one cell is a title or a unit of measure above the header.
        .position(|row| n_filled(row) > 1);
    let Some(first) = first.filter(|&first| may_head(&rows[first])) else {
        return 0..0;
    };
    let n_heads = rows[first..]
        .iter()
        .take(MAX_ROWS)
        .take_while(|row| may_head(row))
        .count();
    // The smallest number of header rows that has numbers below: a second row of words may be data.
    let by_numbers = (1..=n_heads).find(|&n_rows| heads_numbers(&rows[first..], n_rows));
    if let Some(n_rows) = by_numbers {
        return first..first + n_rows;
    }
    let has_body = rows.len() > first + 1;
    if has_body && n_words(&rows[first]) >= MIN_WORDS {
        return first..first + 1;
    }
    0..0
}

/// Whether every cell may be a heading: short, not a sentence, not a number other than a year.
fn may_head(row: &[String]) -> bool {
    let may = |cell: &String| {
        let is_short = cell.chars().nth(MAX_HEADING).is_none();
        is_short && !cell.ends_with(['。', '；', '：']) && (!is_number(cell) || is_year(cell))
    };
    n_filled(row) > 0 && row.iter().all(may)
}

/// Whether the first `n_rows` are above numbers: in some column with a heading two thirds of the filled cells
/// below are numbers, and they are not all years.
fn heads_numbers(rows: &[Vec<String>], n_rows: usize) -> bool {
    let (heads, body) = rows.split_at(n_rows);
    let n_columns = heads.iter().map(Vec::len).max().unwrap_or(0);
    // The row below must not be a header row itself.
    let begins_body = body
        .first()
        .is_some_and(|row| row.iter().any(|cell| is_number(cell) && !is_year(cell)));
    begins_body
        && (0..n_columns).any(|column| {
            let has_head = heads
                .iter()
                .any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
            let cells = body.iter().filter_map(|row| row.get(column));
            let cells: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
            let n_numbers = cells.iter().filter(|cell| is_number(cell)).count();
            let all_years = cells.iter().all(|cell| is_year(cell));
            // Two thirds, as figures are replaced by notes (`未统计`) in some rows.
            has_head && !all_years && n_numbers * 3 >= cells.len() * 2
        })
}

fn n_filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

fn n_words(row: &[String]) -> usize {
    let is_word = |cell: &&String| {
        let cell = normalize(cell);
        let cell: String = cell.chars().filter(|ch| !ch.is_whitespace()).collect();
        !cell.is_empty() && WORDS.split_whitespace().any(|word| cell.ends_with(word))
    };
    row.iter().filter(is_word).count()
}

/// Whether a cell is a number, with a percent or currency sign, or replaces one: `12,345.67`, `-8.5%`, `—`.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    let has_digit = cell.bytes().any(|byte| byte.is_ascii_digit());
    let is_part = |ch: char| ch.is_ascii_digit() || "+-.,%‰ ¥￥$()（）−－，".contains(ch);
    let is_dash = |ch: char| matches!(ch, '-' | '—' | '－' | '–');
    !cell.is_empty() && (has_digit && cell.chars().all(is_part) || cell.chars().all(is_dash))
}

/// `2019`, `2019年`.
fn is_year(cell: &str) -> bool {
    let cell = cell.trim().trim_end_matches('年');
    let is_number = cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit());
    is_number && (cell.starts_with("19") || cell.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[&str], expected: std::ops::Range<usize>) {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.split('|').map(str::to_owned).collect())
            .collect();
        assert_eq!(headings(&rows), expected);
    }

    #[test]
    fn words_over_numbers() {
        check(&["医院|床位", "县医院|500", "中医院|300"], 0..1);
        check(&["地区|2019|2020", "甲县|1.5|2%", "乙县|—|3,000"], 0..1);
        check(
            &[
                "全县产值|",
                "单位：万元|",
                "厂|产值||说明",
                "|一季度|二季度|",
                "甲厂|3|4|新建",
            ],
            2..4,
        );
        check(&["甲县|500", "乙县|300"], 0..0);
        check(&["年份|产值", "2009|12"], 0..1);
    }

    #[test]
    fn words_that_head_columns() {
        check(&["序号|任务|责任单位", "一|修路|交通局"], 0..1);
        check(&["姓名|张三", "单位|交通局"], 0..0);
        check(&["姓名|性别", "张三|男"], 0..1);
        check(&["序号|任务"], 0..0);
        check(&["修路|交通局", "治水|水利局"], 0..0);
    }
}
