//! A passage as it is shown: cut around what was found in it, wrapped, the finds in colour.

use std::collections::BTreeSet;
use std::ops::Range;

use super::paint::{Ink, Paint};
use super::terminal::{printable, wrap};

/// A text to show and what is marked in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The text, with `…` where it is cut.
    pub(crate) text: String,
    /// Half-open ranges of its bytes, ascending.
    pub(crate) marks: Vec<Range<usize>>,
}

/// How deep the text is cut at a place; less is shallower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// After a comma or colon.
    Clause,
    /// After a semicolon, which in reports often separates whole statements.
    Statement,
    /// After a sentence, and at both ends of the text.
    Sentence,
}

/// A run of characters that ends with punctuation.
struct Clause {
    range: Range<usize>,
    /// What is before it.
    before: Break,
    /// What is after it.
    after: Break,
}

impl Excerpt {
    /// The whole text; `marks` are ranges of characters.
    pub(crate) fn whole(text: &str, marks: &[(usize, usize)]) -> Self {
        let chars: Vec<char> = printable(text).chars().collect();
        Self::of(&chars, inked(&chars), marks)
    }

    /// About `budget` characters of the text where most different marks are.
    ///
    /// Begins at the start of a sentence if that fits, is cut between clauses if they are short enough, and is whole if
    /// little would be left out.
    pub(crate) fn around(text: &str, marks: &[(usize, usize)], budget: usize) -> Self {
        let chars: Vec<char> = printable(text).chars().collect();
        let inked = inked(&chars);
        // An ellipsis in the place of less than that saves a line at most, and hides how the text ends.
        if inked.len() <= budget + budget / 4 {
            return Self::of(&chars, inked, marks);
        }
        let range = window(&chars, marks, budget);
        Self::of(
            &chars,
            range.start.max(inked.start)..range.end.min(inked.end),
            marks,
        )
    }

    /// The text in lines of at most `cells`, what is unmarked in `ink`.
    pub(crate) fn lines(&self, cells: usize, paint: Paint, ink: Ink) -> Vec<String> {
        let lines = wrap(&self.text, cells).into_iter();
        lines.map(|line| self.painted(line, paint, ink)).collect()
    }

    fn of(chars: &[char], range: Range<usize>, marks: &[(usize, usize)]) -> Self {
        let mut text = String::new();
        let inked = inked(chars);
        if range.start > inked.start {
            text.push('…');
        }
        let mut starts = Vec::with_capacity(range.len() + 1);
        for &ch in &chars[range.clone()] {
            starts.push(text.len());
            text.push(ch);
        }
        starts.push(text.len());
        if range.end < inked.end {
            text.push('…');
        }
        let inside = marks.iter().filter_map(|&(start, end)| {
            let (start, end) = (start.max(range.start), end.min(range.end));
            (start < end).then(|| starts[start - range.start]..starts[end - range.start])
        });
        let marks = inside.collect();
        Self { text, marks }
    }

    fn painted(&self, line: Range<usize>, paint: Paint, ink: Ink) -> String {
        let mut out = String::new();
        let mut at = line.start;
        for mark in &self.marks {
            let (start, end) = (mark.start.max(at), mark.end.min(line.end));
            if start < end {
                out += &paint.ink(ink, &self.text[at..start]);
                out += &paint.ink(Ink::Hit, &self.text[start..end]);
                at = end;
            }
        }
        out + &paint.ink(ink, &self.text[at..line.end])
    }
}

/// The characters to show of a text that is longer than `budget`.
fn window(chars: &[char], marks: &[(usize, usize)], budget: usize) -> Range<usize> {
    let clauses = clauses(chars);
    let Some((first, last)) = best_run(chars, &clauses, marks, budget) else {
        return fallback(chars, marks, budget);
    };
    let (mut first, mut last) = (first, last);
    let fits =
        |first: usize, last: usize| clauses[last].range.end - clauses[first].range.start <= budget;
    let opening = |least: Break| (0..=first).rev().find(|&ord| clauses[ord].before >= least);
    // A sentence is best read from its beginning, and from that of a statement if the whole is too long.
    let openings = [Break::Sentence, Break::Statement]
        .into_iter()
        .filter_map(opening);
    if let Some(opening) = openings.into_iter().find(|&opening| fits(opening, last)) {
        first = opening;
    }
    // First the end of the last sentence that fits, then, with what is left, that of a statement.
    for least in [Break::Sentence, Break::Statement] {
        let ends = last + 1..clauses.len();
        let fitting = ends.take_while(|&end| fits(first, end));
        last = fitting
            .filter(|&end| clauses[end].after >= least)
            .last()
            .unwrap_or(last);
    }
    // What is still left shows whole statements before the run.
    let starts = (0..first).rev().take_while(|&start| fits(start, last));
    let whole = |&start: &usize| clauses[start].before >= Break::Statement;
    first = starts.filter(whole).last().unwrap_or(first);
    // Short of two thirds, half a statement is better than none.
    while last + 1 < clauses.len()
        && clauses[last].range.end - clauses[first].range.start < budget * 2 / 3
        && fits(first, last + 1)
    {
        last += 1;
    }
    clauses[first].range.start..clauses[last].range.end
}

/// The characters between the blanks at both ends.
fn inked(chars: &[char]) -> Range<usize> {
    let start = chars.iter().position(|ch| !ch.is_whitespace());
    let end = chars.iter().rposition(|ch| !ch.is_whitespace());
    start.unwrap_or(0)..end.map_or(0, |end| end + 1)
}

/// The first and last clause of the run within `budget` that holds most different marks, then most marks; without marks
/// the first clause if it fits.
fn best_run(
    chars: &[char],
    clauses: &[Clause],
    marks: &[(usize, usize)],
    budget: usize,
) -> Option<(usize, usize)> {
    if marks.is_empty() {
        let first = clauses.first()?;
        return (first.range.len() <= budget).then_some((0, 0));
    }
    let within = |range: &Range<usize>| {
        let range = range.clone();
        let meets = move |mark: &&(usize, usize)| mark.0 < range.end && mark.1 > range.start;
        marks.iter().filter(meets)
    };
    let is_marked = |ord: &usize| within(&clauses[*ord].range).next().is_some();
    let mut best = None;
    // A run begins and ends at a marked clause; what is around it is added afterwards.
    for first in (0..clauses.len()).filter(is_marked) {
        let start = clauses[first].range.start;
        let fitting = (first..clauses.len())
            .take_while(|&last| clauses[last].range.end - start <= budget)
            .filter(is_marked);
        let Some(last) = fitting.last() else {
            continue;
        };
        let run = start..clauses[last].range.end;
        let different: BTreeSet<&[char]> = within(&run)
            .map(|&(start, end)| &chars[start..end.min(chars.len())])
            .collect();
        // All words of a query once say more than one of them five times.
        let worth = (different.len(), within(&run).count());
        // Of equal runs the first: a reader looks for the beginning of a matter.
        if best.is_none_or(|(best, _)| worth > best) {
            best = Some((worth, (first, last)));
        }
    }
    best.map(|(_, run)| run)
}

/// Characters around the first mark, wherever clauses end.
fn fallback(chars: &[char], marks: &[(usize, usize)], budget: usize) -> Range<usize> {
    let first = marks.first().map_or(0, |mark| mark.0);
    // Some text is before the mark, so that its clause can be read; near the end of the text more is.
    let start = first
        .saturating_sub(budget / 4)
        .min(chars.len().saturating_sub(budget));
    start..(start + budget).min(chars.len())
}

/// How deep the text is cut after a mark; `None` for what is no punctuation between clauses.
fn depth(ch: char) -> Option<Break> {
    match ch {
        '。' | '！' | '？' | '!' | '?' => Some(Break::Sentence),
        '；' | ';' => Some(Break::Statement),
        // `、` is left out: it joins the items of a list, which a cut would tear apart.
        '，' | '：' | ',' | ':' => Some(Break::Clause),
        _ => None,
    }
}

/// The clauses of a text, which cover it.
fn clauses(chars: &[char]) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::new();
    let (mut start, mut before) = (0, Break::Sentence);
    while start < chars.len() {
        let (end, after) = end_of_clause(chars, start);
        out.push(Clause {
            range: start..end,
            before,
            after,
        });
        (start, before) = (end, after);
    }
    // The end of the text is as good a place to stop as that of a sentence.
    if let Some(last) = out.last_mut() {
        last.after = Break::Sentence;
    }
    out
}

/// Where the clause that starts here ends, and how deep the cut after it is: quotation marks and brackets that close, and
/// the end of the sentence inside them, belong to it.
fn end_of_clause(chars: &[char], start: usize) -> (usize, Break) {
    let is_closing = |ch: char| matches!(ch, '”' | '’' | '」' | '』' | '）' | ')' | '》');
    let mark = (start..chars.len()).find_map(|at| Some((at, depth(chars[at])?)));
    let Some((mark, mut after)) = mark else {
        return (chars.len(), Break::Sentence);
    };
    let mut end = mark + 1;
    while let Some(&next) = chars.get(end)
        && (is_closing(next) || depth(next) == Some(Break::Sentence))
    {
        after = depth(next).unwrap_or(after).max(after);
        end += 1;
    }
    (end, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "云栖园区地处江湾。全年招商三十项，落地十二项；其中失地农民就业四百人，安置率上升。下一步继续推进。";

    #[track_caller]
    fn check(words: &[&str], budget: usize, expected: &str) {
        let marks: Vec<(usize, usize)> = words
            .iter()
            .map(|word| {
                let start = TEXT[..TEXT.find(word).unwrap()].chars().count();
                (start, start + word.chars().count())
            })
            .collect();
        let excerpt = Excerpt::around(TEXT, &marks, budget);
        assert_eq!(excerpt.text, expected);
        let marked: Vec<&str> = excerpt
            .marks
            .iter()
            .map(|mark| &excerpt.text[mark.clone()])
            .collect();
        assert_eq!(marked, words);
    }

    #[test]
    fn begins_with_the_sentence_where_there_is_room() {
        check(
            &["安置"],
            36,
            "…全年招商三十项，落地十二项；其中失地农民就业四百人，安置率上升。…",
        );
        check(
            &["失地农民", "安置"],
            20,
            "…其中失地农民就业四百人，安置率上升。…",
        );
    }

    #[test]
    fn short_texts_are_whole_and_long_clauses_cut_hard() {
        check(&["招商"], 40, TEXT);
        check(&["失地农民"], 8, "…其中失地农民就业…");
        assert_eq!(Excerpt::whole("　　甲乙\t", &[(2, 3)]).text, "甲乙");
        check(&[], 9, "云栖园区地处江湾。…");
    }

    #[test]
    fn marks_are_painted_across_lines() {
        let excerpt = Excerpt::whole("甲乙丙丁", &[(1, 3)]);
        assert_eq!(excerpt.lines(4, Paint::Plain, Ink::Text), ["甲乙", "丙丁"]);
        let hit = |text| Paint::Coloured.ink(Ink::Hit, text);
        assert_eq!(
            excerpt.lines(4, Paint::Coloured, Ink::Text),
            [format!("甲{}", hit("乙")), format!("{}丁", hit("丙"))]
        );
    }

    #[test]
    fn control_characters_keep_their_places() {
        let excerpt = Excerpt::whole("甲\t乙", &[(2, 3)]);
        assert_eq!(excerpt.text, "甲 乙");
        assert_eq!(&excerpt.text[excerpt.marks[0].clone()], "乙");
    }

    fn cut_at(text: &str) -> Vec<(String, Break, Break)> {
        let chars: Vec<char> = text.chars().collect();
        let clauses = clauses(&chars).into_iter();
        clauses
            .map(|clause| {
                (
                    chars[clause.range].iter().collect(),
                    clause.before,
                    clause.after,
                )
            })
            .collect()
    }

    #[test]
    fn closing_marks_belong_to_the_clause_before_them() {
        use Break::{Clause, Sentence, Statement};
        let of = |text: &str, before, after| (text.to_owned(), before, after);
        assert_eq!(
            cut_at("“修渠。”清淤，架桥；（修路！）种树"),
            [
                of("“修渠。”", Sentence, Sentence),
                of("清淤，", Sentence, Clause),
                of("架桥；", Clause, Statement),
                of("（修路！）", Statement, Sentence),
                of("种树", Sentence, Sentence),
            ]
        );
        // So do further marks of the sentence's end, which make a deeper cut of a shallow one.
        for (whole, n) in [("修渠！？清淤", 2), ("修渠，”。清淤", 2), ("。", 1)] {
            assert_eq!(cut_at(whole).len(), n, "{whole}");
        }
        // The items of a list are not torn apart, and the end of the text is that of a sentence.
        assert_eq!(
            cut_at("修渠、清淤，"),
            [of("修渠、清淤，", Sentence, Sentence)]
        );
        assert_eq!(cut_at(""), []);
    }

    #[test]
    fn all_words_once_say_more_than_one_of_them_often() {
        let text = "修渠修渠修渠修渠修渠修渠。今年各乡镇天气都很好。清淤以后又修渠三里。";
        let places = |word: &str| -> Vec<(usize, usize)> {
            let n = word.chars().count();
            let found = text
                .match_indices(word)
                .map(|(at, _)| text[..at].chars().count());
            found.map(|at| (at, at + n)).collect()
        };
        let mut marks = [places("修渠"), places("清淤")].concat();
        marks.sort_unstable();
        let excerpt = Excerpt::around(text, &marks, 14);
        assert!(excerpt.text.contains("清淤以后又修渠"), "{}", excerpt.text);
    }

    proptest::proptest! {
        #[test]
        fn an_excerpt_is_a_part_of_the_text_with_its_marks(
            text in "[修渠清淤，。；“” ]{0,120}",
            at in 0_usize..120,
            budget in 8_usize..40,
        ) {
            let n = text.chars().count();
            let marks: Vec<(usize, usize)> = if at + 2 <= n { vec![(at, at + 2)] } else { Vec::new() };
            let excerpt = Excerpt::around(&text, &marks, budget);
            let inner = excerpt.text.trim_matches('…');
            proptest::prop_assert!(text.contains(inner), "{}", inner);
            let most = budget + budget / 4;
            proptest::prop_assert!(inner.chars().count() <= most, "{} {}", inner, budget);
            let wanted: String = text.chars().skip(at).take(2).collect();
            for mark in &excerpt.marks {
                let marked = &excerpt.text[mark.clone()];
                proptest::prop_assert!(!marked.is_empty() && wanted.contains(marked), "{} {}", marked, wanted);
            }
        }
    }
}
