//! Tables in plain text: drawn with box characters or with `+ - |` (`drawing`), or set in columns by tabs.

mod drawing;

use crate::document::{Line, Row, Style};
use crate::source::clean::starts_label;
use crate::text::visible::n_visible;

/// The lines of a text with the rows of its tables marked, and the number of its visible characters. The bars
/// between cells of a drawn table are its frame, and are not counted.
pub(super) fn find(lines: Vec<Line>) -> (Vec<Line>, u64) {
    let mut n_tables = 0;
    let (mut lines, n_read) = drawing::find(lines, &mut n_tables);
    find_tabs(&mut lines, &mut n_tables);
    (lines, n_read)
}

/// Maximum number of characters of a cell that is data rather than text.
const SHORT: usize = 40;

/// Marks runs of lines that are set in columns by tabs as rows: consecutive lines, at least two of them with
/// as many tabs as the next, and few with a cell that is a text by itself.
fn find_tabs(lines: &mut [Line], n_tables: &mut u32) {
    let mut at = 0;
    while at < lines.len() {
        let n_lines = lines[at..]
            .iter()
            .take_while(|line| is_tabbed(line))
            .count();
        let (above, run) = lines[..at + n_lines].split_at_mut(at);
        if is_table(run) && !is_contents(above, run) {
            *n_tables += 1;
            let texts: Vec<Vec<String>> = run.iter().map(cells_of).collect();
            for (ord, line) in run.iter_mut().enumerate() {
                line.style = Style::Row(Row {
                    table: *n_tables,
                    is_header: ord == 0 && is_header(&texts),
                });
            }
        }
        at += n_lines.max(1);
    }
}

fn cells_of(line: &Line) -> Vec<String> {
    line.text
        .split('\t')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// Whether a tab separates two texts of the line, the first of which is more than the label of a heading or
/// an item.
fn is_tabbed(line: &Line) -> bool {
    if line.style != Style::Plain {
        return false;
    }
    let text = line.text.trim();
    let Some((first, rest)) = text.split_once('\t') else {
        return false;
    };
    // `一、\t概况` has a label of at most eight characters and one tab.
    let is_label = first.chars().count() <= 8
        && starts_label(first)
        && !starts_label_with_text(first)
        && !rest.trim_start().contains('\t');
    !is_label
}

/// Whether text follows the label that `text` begins with.
fn starts_label_with_text(text: &str) -> bool {
    let mark = ['、', '．', '.', '）', ')', '】', ']', '条', '章', '节'];
    let after = text.trim().rsplit(mark).next().unwrap_or_default();
    !after.is_empty() && text.contains(mark)
}

fn is_table(run: &[Line]) -> bool {
    let n_tabs = |line: &Line| line.text.matches('\t').count();
    let is_even = run.windows(2).any(|two| n_tabs(&two[0]) == n_tabs(&two[1]));
    let is_short = |line: &&Line| {
        let mut cells = line.text.split('\t');
        cells.all(|cell| cell.trim().chars().nth(SHORT).is_none())
    };
    // Six lines in ten have short cells only: notes and totals may be longer.
    is_even && run.iter().filter(is_short).count() * 10 >= run.len() * 6
}

/// Whether the run is a table of contents: under its heading, or with leaders, and with non-decreasing page
/// numbers.
fn is_contents(above: &[Line], run: &[Line]) -> bool {
    let mut above = above
        .iter()
        .rev()
        .filter(|line| !line.text.trim().is_empty());
    let is_headed = above.next().is_some_and(|line| {
        let text: String = line.text.chars().filter(|ch| !ch.is_whitespace()).collect();
        matches!(&*text, "目录" | "目次" | "目錄")
    });
    let has_leaders = |line: &Line| line.text.contains("…") || line.text.contains("....");
    if !is_headed && !run.iter().all(has_leaders) {
        return false;
    }
    let page = |line: &Line| -> Option<u32> {
        let last = line.text.trim_end().rsplit('\t').next()?;
        let digits = last.trim_matches(|ch: char| !ch.is_ascii_digit());
        digits.parse().ok()
    };
    let pages: Option<Vec<u32>> = run.iter().map(page).collect();
    pages.is_some_and(|pages| pages.is_sorted())
}

/// Whether the first of `rows` names the columns: it has no figure, and a row below does.
fn is_header(rows: &[Vec<String>]) -> bool {
    let Some((first, below)) = rows.split_first() else {
        return false;
    };
    let has_figure = |row: &Vec<String>| row.iter().any(|cell| is_figure(cell));
    !has_figure(first) && below.iter().any(has_figure)
}

/// Whether a cell is a figure, with or without a unit, but not a year.
fn is_figure(cell: &str) -> bool {
    let is_year =
        |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let n_digits = cell.chars().filter(char::is_ascii_digit).count();
    let n_chars = cell.chars().count();
    n_digits > 0
        // Half of the characters: `12.5万元` counts, `第3季度销售额` does not.
        && n_digits * 2 >= n_chars
        && !cell.ends_with(['年', '月', '日', '、', '）', ')'])
        && !is_year(cell)
}

/// Number of visible characters of a line.
fn n_seen(line: &Line) -> u64 {
    n_visible(&line.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Reason;
    use crate::source::clean::line_ends::split;

    /// Rows as `table|cells`, a header as `table#cells`, other lines as they are, drawings as `-`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (lines, n_read) = find(split(text));
        let shown = |line: &Line| match line.style {
            Style::Row(Row { table, is_header }) => {
                let mark = if is_header { '#' } else { '|' };
                format!("{table}{mark}{}", line.text)
            }
            Style::Boilerplate(Reason::Symbols) => "-".to_owned(),
            _ => line.text.clone(),
        };
        let actual: Vec<String> = lines.iter().map(shown).collect();
        assert_eq!(actual, expected);
        assert_eq!(n_read, lines.iter().map(n_seen).sum::<u64>());
    }

    #[test]
    fn cells_broken_over_drawn_lines() {
        check(
            "一、收支\n┌───┬───┬──┐\n│ 项目 │ 金额 │增幅│\n├───┼───┼──┤\n│土地出│2345万│3.5%│\n│让收入│元　　│　　│\n├───┼───┼──┤\n│其他　│67万元│-1% │\n└───┴───┴──┘\n二、说明",
            &[
                "一、收支",
                "-",
                "1#项目\t金额\t增幅",
                "-",
                "1|土地出让收入\t2345万元\t3.5%",
                "-",
                "1|其他\t67万元\t-1%",
                "-",
                "二、说明",
            ],
        );
    }

    #[test]
    fn lines_between_two_rules_that_are_rows() {
        check(
            "项目│数量│备注\n──┼──┼──\n水库│12│新建\n河堤│350│修缮",
            &[
                "1#项目\t数量\t备注",
                "-",
                "1|水库\t12\t新建",
                "1|河堤\t350\t修缮",
            ],
        );
        check(
            "+------+-----+\n| 姓名 | 职务 |\n+------+-----+\n|王小明|副局长|\n|李大山|办公室主任|\n+------+-----+",
            &[
                "-",
                "1|姓名\t职务",
                "-",
                "1|王小明\t副局长",
                "1|李大山\t办公室主任",
                "-",
            ],
        );
        check(
            "＋－－＋－－＋\n｜名称｜数量｜\n＋－－＋－－＋\n｜水库｜12　｜\n＋－－＋－－＋",
            &["-", "1#名称\t数量", "-", "1|水库\t12", "-"],
        );
    }

    #[test]
    fn cells_over_several_rows() {
        check(
            "┏━━┳━━┳━━┓\n┃乡镇┃作物┃亩数┃\n┣━━╋━━╋━━┫\n┃　　┃小麦┃1200┃\n┃甲乡┣━━╋━━┫\n┃　　┃玉米┃ 800┃\n┗━━┻━━┻━━┛",
            &[
                "-",
                "1#乡镇\t作物\t亩数",
                "-",
                "1|甲乡\t小麦\t1200",
                "1|\t玉米\t800",
                "-",
            ],
        );
    }

    #[test]
    fn columns_by_tabs() {
        check(
            "办理结果\t自然人\t企业\n（一）予以公开\t80\t20\n1.重复申请\t5\t6\n三、问题\n质量有待提升。",
            &[
                "1#办理结果\t自然人\t企业",
                "1|（一）予以公开\t80\t20",
                "1|1.重复申请\t5\t6",
                "三、问题",
                "质量有待提升。",
            ],
        );
        check("甲县\t12\n乙县\t8\n", &["1|甲县\t12", "1|乙县\t8"]);
    }

    #[test]
    fn text_that_is_not_a_table() {
        for text in [
            "目　录\n一、总体要求\t1\n二、主要任务\t4",
            "一、总体要求……\t1\n二、主要任务……\t4",
            "一、\t总体要求\n（一）\t指导思想",
            "1.\t加强领导，落实责任。\n2.\t加强检查，务求实效。",
            "\t全年工作平稳。\n\t各项指标完成。",
            "联系人：\t某人",
            "首页 | 新闻 | 公告\n首页 | 公开",
            "甲│乙",
            "a || b\nc || d",
        ] {
            let (lines, _) = find(split(text));
            assert!(
                lines.iter().all(|line| line.style == Style::Plain),
                "{text}"
            );
        }
    }
}
