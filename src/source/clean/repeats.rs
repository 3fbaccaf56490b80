//! A text that occurs several times in its file is kept once.
//!
//! Pages saved by a program that walks nested boxes contain the whole text once for each box, with more or
//! less of the page's boilerplate around it. A copy is a run of long lines that all occurred before, in the
//! same order, and make up a good part of the distinct text of the file; a few new lines inside a run
//! (boilerplate) do not end it. Short paragraphs that a report repeats never make such a run.

use std::collections::{HashMap, HashSet};

use crate::document::{Line, Reason, Style};

/// Minimum length of a long line, in characters without blanks.
const LONG_LINE: usize = 20;
/// Maximum number of consecutive new long lines inside a copy.
const MAX_NEW_LINES: usize = 2;
/// Minimum size of a copy in characters: if it has three lines or more, and if it has fewer.
const MIN_COPY: [usize; 2] = [150, 300];
/// Minimum share of the file's distinct text in a copy, in percent.
const MIN_SHARE: usize = 40;

/// A long line.
struct Long {
    /// Its ordinal in the lines.
    line: usize,
    /// The ordinal of the first long line with the same text.
    first: usize,
    n_chars: usize,
}

/// A run of long lines seen before, as ordinals of long lines, the last included.
struct RepeatedRun {
    start: usize,
    last: usize,
    n_lines: usize,
    n_chars: usize,
}

/// Turns later copies of the text into boilerplate; returns the number of its occurrences, 1 if it is not
/// repeated.
pub(super) fn keep_first(lines: &mut [Line]) -> usize {
    let keys: Vec<String> = lines.iter().map(key).collect();
    let longs = long_lines(&keys);
    // Measured against distinct text, so that the share does not shrink with the number of copies (44 files
    // of one corpus hold their text six times).
    let distinct: usize = longs
        .iter()
        .enumerate()
        .filter(|(ord, long)| long.first == *ord)
        .map(|(_, long)| long.n_chars)
        .sum();
    let copies: Vec<RepeatedRun> = runs(&longs)
        .into_iter()
        .filter(|run| is_copy(run, distinct))
        .collect();
    if copies.is_empty() {
        return 1;
    }
    // The first copy ends where its last line is first seen; other text may be a remainder of a copy only
    // after that.
    let first_end = longs[longs[copies[0].last].first].line;
    let mut drop = dropped(&keys, &longs, &copies, first_end);
    drop_glued(lines, first_end, &mut drop);
    for (line, _) in lines.iter_mut().zip(drop).filter(|(_, drop)| *drop) {
        if is_text(line) {
            line.style = Style::Boilerplate(Reason::RepeatedText);
        }
    }
    copies.len() + 1
}

/// Whether the line may be part of a copy: rows of tables repeat by nature, and boilerplate is not part of
/// the text.
fn is_text(line: &Line) -> bool {
    !matches!(line.style, Style::Row(_) | Style::Boilerplate(_))
}

/// The key by which copies of a line are equal.
fn key(line: &Line) -> String {
    let chars = line.text.chars().filter(|ch| !ch.is_whitespace());
    if is_text(line) {
        chars.collect()
    } else {
        String::new()
    }
}

fn long_lines(keys: &[String]) -> Vec<Long> {
    let mut longs: Vec<Long> = Vec::new();
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    for (line, key) in keys.iter().enumerate() {
        let n_chars = key.chars().count();
        if n_chars < LONG_LINE {
            continue;
        }
        let first = *firsts.entry(key).or_insert(longs.len());
        longs.push(Long {
            line,
            first,
            n_chars,
        });
    }
    longs
}

/// Maximal runs of lines seen before whose originals have the same order before the run.
fn runs(longs: &[Long]) -> Vec<RepeatedRun> {
    let mut runs: Vec<RepeatedRun> = Vec::new();
    let mut open: Option<RepeatedRun> = None;
    for (ord, long) in longs.iter().enumerate() {
        let is_new = long.first == ord;
        match &mut open {
            // A few new lines are the page's boilerplate between two parts of the copy.
            Some(run) if is_new && ord - run.last <= MAX_NEW_LINES => {}
            // The original must lie before the run and its lines in the same order: a repeated refrain does
            // not.
            Some(run)
                if !is_new && long.first < run.start && long.first > longs[run.last].first =>
            {
                run.last = ord;
                run.n_lines += 1;
                run.n_chars += long.n_chars;
            }
            _ => {
                runs.extend(open.take());
                open = (!is_new).then_some(RepeatedRun {
                    start: ord,
                    last: ord,
                    n_lines: 1,
                    n_chars: long.n_chars,
                });
            }
        }
    }
    runs.extend(open);
    runs
}

fn is_copy(run: &RepeatedRun, distinct: usize) -> bool {
    // Few lines need more characters: two paragraphs may be quoted, a whole text is not.
    let least = MIN_COPY[usize::from(run.n_lines < 3)];
    run.n_chars >= least && run.n_chars * 100 >= distinct * MIN_SHARE
}

/// Minimum length of a sequence of short lines that is a copy by itself.
const MIN_SEQUENCE: usize = 3;

/// Which lines are dropped: everything from a copy's first to its last long line, repeated lines around it,
/// and sequences of lines that occurred in the same sequence before. A single line that another text has as
/// well (`各科室：`, `特此报告。`) is not a copy.
fn dropped(keys: &[String], longs: &[Long], copies: &[RepeatedRun], first_end: usize) -> Vec<bool> {
    let mut drop = vec![false; keys.len()];
    for run in copies {
        drop[longs[run.start].line..=longs[run.last].line].fill(true);
    }
    let texts = Texts::new(keys);
    for run in copies {
        texts.drop_around(
            longs[run.start].line,
            longs[run.last].line,
            first_end,
            &mut drop,
        );
    }
    texts.drop_rows(first_end, &mut drop);
    texts.drop_between(first_end, &mut drop);
    drop
}

/// The non-blank lines.
struct Texts {
    /// Their ordinals among all lines.
    lines: Vec<usize>,
    /// For each, the first with the same text, as an ordinal of these.
    firsts: Vec<usize>,
}

impl Texts {
    fn new(keys: &[String]) -> Self {
        let lines: Vec<usize> = (0..keys.len())
            .filter(|&line| !keys[line].is_empty())
            .collect();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let texts = lines.iter().enumerate();
        let firsts = texts
            .map(|(ord, &line)| *seen.entry(&keys[line]).or_insert(ord))
            .collect();
        Self { lines, firsts }
    }

    fn is_seen(&self, ord: usize) -> bool {
        self.firsts[ord] < ord
    }

    /// Marks the lines directly above and below a copy that are above and below its original, in the same
    /// order.
    fn drop_around(&self, start: usize, last: usize, first_end: usize, drop: &mut [bool]) {
        let (Ok(start), Ok(last)) = (
            self.lines.binary_search(&start),
            self.lines.binary_search(&last),
        ) else {
            return;
        };
        let mut original = self.firsts[last];
        for ord in last + 1..self.lines.len() {
            let line = self.lines[ord];
            if drop[line] || !self.is_seen(ord) || self.firsts[ord] <= original {
                break;
            }
            (original, drop[line]) = (self.firsts[ord], true);
        }
        let mut original = self.firsts[start];
        for ord in (0..start).rev() {
            let line = self.lines[ord];
            // Lines of the first copy itself are never dropped.
            if line <= first_end || drop[line] || !self.is_seen(ord) || self.firsts[ord] >= original
            {
                break;
            }
            (original, drop[line]) = (self.firsts[ord], true);
        }
    }

    /// Marks lines that were seen before and lie between lines of copies: a heading that the table of
    /// contents has as well is out of order in its copy.
    fn drop_between(&self, first_end: usize, drop: &mut [bool]) {
        let mut start = self.lines.partition_point(|&line| line <= first_end);
        while start < self.lines.len() {
            let rest = &self.lines[start..];
            let continues =
                |(ord, line): (usize, &usize)| self.is_seen(start + ord) && !drop[*line];
            let n = rest
                .iter()
                .enumerate()
                .position(|at| !continues(at))
                .unwrap_or(rest.len());
            let is_after = start
                .checked_sub(1)
                .is_some_and(|ord| drop[self.lines[ord]]);
            let is_before = rest.get(n).is_some_and(|&line| drop[line]);
            if n > 0 && is_after && is_before {
                rest[..n].iter().for_each(|&line| drop[line] = true);
            }
            start += n.max(1);
        }
    }

    /// Marks sequences of lines that occurred in the same sequence before.
    fn drop_rows(&self, first_end: usize, drop: &mut [bool]) {
        let mut start = self.lines.partition_point(|&line| line <= first_end);
        while start < self.lines.len() {
            let mut end = start + 1;
            if self.is_seen(start) {
                while end < self.lines.len() && self.firsts[end] == self.firsts[end - 1] + 1 {
                    end += 1;
                }
                if end - start >= MIN_SEQUENCE {
                    self.lines[start..end]
                        .iter()
                        .for_each(|&line| drop[line] = true);
                }
            }
            start = end;
        }
    }
}

/// Marks lines that concatenate earlier lines, as the text of an outer box does.
///
/// Nine tenths of such a line are blank-separated pieces seen before; the search begins after the end of the
/// first copy.
fn drop_glued(lines: &[Line], first_end: usize, drop: &mut [bool]) {
    let mut seen: HashSet<&str> = HashSet::new();
    for line in lines.iter().take(first_end + 1) {
        seen.extend(line.text.split_whitespace());
    }
    for (line, drop) in lines.iter().zip(drop).skip(first_end + 1) {
        let pieces = || line.text.split_whitespace();
        let n_bytes: usize = pieces().map(str::len).sum();
        let n_seen: usize = pieces()
            .filter(|piece| seen.contains(piece))
            .map(str::len)
            .sum();
        // A tenth is left for what the outer box adds, such as a title; a line of one piece is no
        // concatenation.
        *drop |= n_bytes > 0 && pieces().count() > 1 && n_seen * 10 >= n_bytes * 9;
        seen.extend(pieces());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::clean::line_ends::split;

    const TITLE: &str = "某局工作总结\n";

    fn report(from: usize, to: usize) -> String {
        (from..to)
            .map(|n| format!("第{n}项工作按照年初部署认真组织实施，各科室密切配合，取得了较好的成效，群众比较满意，今后还要坚持下去。\n"))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, copies: usize, kept: &str) {
        let mut lines = split(text);
        assert_eq!(keep_first(&mut lines), copies);
        let actual: String = lines
            .iter()
            .filter(|line| is_text(line))
            .map(|line| format!("{}\n", line.text))
            .collect();
        assert_eq!(actual, kept);
    }

    #[test]
    fn copies_are_dropped_with_their_boilerplate() {
        let once = format!("{TITLE}{}", report(0, 8));
        let page = format!("{TITLE}{}首页\n{}", report(0, 4), report(4, 8));
        check(
            &format!("{once}\n{page}打印\n{once}"),
            3,
            &format!("{once}\n打印\n"),
        );
        check(&format!("{once}{once}"), 2, &once);
        let glued = format!("打印\n{once}首页\n首页 某局工作总结 打印\n{once}");
        check(&glued, 2, &format!("打印\n{once}首页\n"));
    }

    #[test]
    fn single_lines_of_another_text_are_kept() {
        let once = format!("{TITLE}各科室：\n{}特此报告。\n附表\n", report(0, 8));
        let other = format!(
            "某局工作要点\n各科室：\n{}特此报告。\n{}附表\n",
            report(20, 22),
            report(22, 23)
        );
        check(
            &format!("{once}{once}{other}"),
            2,
            &format!("{once}{other}"),
        );
    }

    #[test]
    fn sequences_of_short_lines_are_copies() {
        let once = format!("首页\n要闻\n公开\n{TITLE}{}", report(0, 8));
        let foot = "新的一行\n首页\n要闻\n公开\n末行\n首页\n";
        check(
            &format!("{once}{once}{foot}"),
            2,
            &format!("{once}新的一行\n末行\n首页\n"),
        );
    }

    #[test]
    fn a_text_on_one_line_pasted_twice() {
        let line = report(0, 8).replace('\n', "");
        check(&format!("{line}\n\n{line}\n"), 2, &format!("{line}\n\n"));
    }

    #[test]
    fn repetitions_within_a_report_are_kept() {
        let text = format!("{}{}", report(0, 8), report(0, 2));
        check(&text, 1, &text);
        let two_reports = format!("{}{}", report(0, 4), report(3, 9));
        check(&two_reports, 1, &two_reports);
    }
}
