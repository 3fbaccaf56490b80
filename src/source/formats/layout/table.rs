//! Tables: cells in rows, regardless of how they were found.

/// A table of a page, or its part on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// The cells, the same number in each row.
    pub(super) rows: Vec<Vec<String>>,
    /// Number of header rows.
    pub(super) n_header: usize,
    /// Whether words that head columns identify these rows, and not only the figures below.
    pub(super) is_named: bool,
    /// The left edges of its columns.
    pub(super) lefts: Vec<f32>,
    pub(super) size: f32,
    /// Number of removed hyphens of broken words.
    pub(super) n_hyphens: u64,
    /// Whether the text of each cell of the last row reaches its edge, so that it may continue on the next
    /// page; empty without ruling lines.
    pub(super) ends_full: Vec<bool>,
}

impl Table {
    /// Whether `next`, at the top of a page, continues this table: it has its columns, and no header but the
    /// same again.
    pub(super) fn continues_in(&self, next: &Self) -> bool {
        // Edges move by less than a character from page to page.
        let is_near = |(one, other): (&f32, &f32)| (one - other).abs() < self.size;
        self.lefts.len() == next.lefts.len()
            && self.lefts.iter().zip(&next.lefts).all(is_near)
            && (!next.is_named || self.n_repeated_in(next) > 0)
    }

    /// Whether `row`, the first one on the next page, is the rest of the last row.
    pub(super) fn is_cut_before(&self, row: &[String]) -> bool {
        // The first column (序号, 项目) is never split; its cell is empty in the rest of a row.
        let begins_blank = row.first().is_some_and(String::is_empty);
        let mut filled = row
            .iter()
            .zip(&self.ends_full)
            .filter(|(cell, _)| !cell.is_empty());
        begins_blank
            && row.len() == self.ends_full.len()
            && row.iter().any(|cell| !cell.is_empty())
            && filled.all(|(_, ends_full)| *ends_full)
    }

    /// The number of rows at the top of `next` that repeat the header.
    pub(super) fn n_repeated_in(&self, next: &Self) -> usize {
        let pairs = self.rows.iter().take(self.n_header).zip(&next.rows);
        pairs.take_while(|(one, other)| one == other).count()
    }
}

/// Maximum length of a column heading, in characters.
const MAX_HEADING: usize = 24;
/// Maximum number of header rows of a table.
const MAX_HEADER_ROWS: usize = 3;

/// Words that head columns; two of them among short cells make the row a header.
const HEADINGS: [&str; 34] = [
    "序号",
    "编号",
    "项目",
    "名称",
    "项目名称",
    "内容",
    "主要内容",
    "单位",
    "备注",
    "数量",
    "金额",
    "指标",
    "指标名称",
    "姓名",
    "性别",
    "职务",
    "职称",
    "时间",
    "日期",
    "责任单位",
    "牵头单位",
    "完成时限",
    "预算数",
    "决算数",
    "合计",
    "科目编码",
    "科目名称",
    "代码",
    "类别",
    "地区",
    "年份",
    "比重",
    "单价",
    "规格",
];

impl Table {
    /// The first rows alone, for comparison with a part on a later page.
    pub(super) fn headings(&self, n_header: usize) -> Self {
        Self {
            rows: self.rows[..n_header].to_vec(),
            n_header,
            lefts: self.lefts.clone(),
            size: self.size,
            ..Self::default()
        }
    }
}

/// The number of header rows of a table, by evidence: words that head columns, which is returned too, or
/// short cells without figures above columns of figures.
pub(super) fn header(rows: &[Vec<String>]) -> (usize, bool) {
    let [first, rest @ ..] = rows else {
        return (0, false);
    };
    if rest.is_empty() || !can_head(first) {
        return (0, false);
    }
    let mut n_rows = 1;
    while n_rows < MAX_HEADER_ROWS && n_rows < rest.len() && is_second_header(&rows[n_rows], first)
    {
        n_rows += 1;
    }
    let filled = first.iter().find(|cell| !cell.is_empty());
    let is_named = rows[..n_rows].iter().any(|row| names_columns(row))
        || filled.is_some_and(|cell| squeezed(cell) == "序号");
    // The first column, which names the rows, does not count.
    let is_header =
        is_named || (1..first.len()).any(|column| is_of_figures(&rows[n_rows..], column));
    (if is_header { n_rows } else { 0 }, is_named)
}

/// Whether most of a row are words that head columns: in a form labels and values alternate, so that at most
/// half of a row could be headings.
fn names_columns(row: &[String]) -> bool {
    let n_words = n_words(row);
    n_words >= 2 && n_words * 2 > row.iter().filter(|cell| !cell.is_empty()).count()
}

/// Whether six filled cells in ten of a column are figures.
fn is_of_figures(rows: &[Vec<String>], column: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.get(column));
    let cells: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
    let n_figures = cells.iter().filter(|cell| is_figure(cell)).count();
    cells.len() >= 2 && n_figures * 10 >= cells.len() * 6
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Whether the cells of a row may be column headings.
fn can_head(row: &[String]) -> bool {
    let mut n_filled = 0;
    for cell in row.iter().filter(|cell| !cell.is_empty()) {
        n_filled += 1;
        // Sentences, figures and labels of forms are not column headings.
        let is_long = cell.chars().nth(MAX_HEADING).is_some();
        if is_long || is_figure(cell) || cell.ends_with(['。', '；', '：', ':']) {
            return false;
        }
    }
    n_filled >= 2
}

/// Whether a row is a second header row below `first`, whose headings span it: the first row has empty cells,
/// and this row has headings only there, or more of them.
fn is_second_header(row: &[String], first: &[String]) -> bool {
    let n_filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let leaves_room = first.iter().any(String::is_empty);
    let begins_blank = row.first().is_some_and(String::is_empty);
    leaves_room
        && can_head(row)
        && (begins_blank || n_filled(row) > n_filled(first) && n_words(row) >= 2)
}

/// The number of cells that are words that head columns.
fn n_words(row: &[String]) -> usize {
    let is_word = |cell: &&String| HEADINGS.contains(&&*squeezed(cell));
    row.iter().filter(is_word).count()
}

/// Whether a cell is a figure: `1,200.5`, `-3.2%`, `(12)`, `—`.
pub(super) fn is_figure(cell: &str) -> bool {
    let mut n_digits = 0;
    for ch in cell.chars() {
        match ch {
            '0'..='9' | '０'..='９' => n_digits += 1,
            '.' | ',' | '，' | '%' | '％' | '-' | '－' | '—' | '–' | '+' | '(' | ')' | '/'
            | '‰' | '*' | '≥' | '≤' | '±' => {}
            ch if ch.is_whitespace() => {}
            _ => return false,
        }
    }
    // A dash or slash alone is an empty figure.
    n_digits > 0 || matches!(cell.trim(), "—" | "-" | "－" | "——" | "/")
}

#[cfg(test)]
mod tests {
    use super::header;

    #[track_caller]
    fn check(rows: &[&str], expected: usize) {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.split('|').map(str::to_owned).collect())
            .collect();
        assert_eq!(header(&rows).0, expected);
    }

    #[test]
    fn column_headings_by_evidence() {
        check(
            &["指标|去年|今年", "产值|1,200.5|1,310.2", "税收|12%|13%"],
            1,
        );
        check(&["序号|村名", "1|柳树村", "2|石桥村"], 1);
        check(
            &[
                "项目|收入||支出",
                "|本年|上年|",
                "产值|1.5|1.3|2",
                "税收|1|2|3",
            ],
            2,
        );
        check(&["姓名|李某|性别|女", "单位|石桥村|电话|12345"], 0);
        check(&["产值|12|13", "税收|1|2"], 0);
        check(&["项目|预算数"], 0);
    }
}
