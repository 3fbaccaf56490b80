//! Finds what a passage of a draft cites.

use std::ops::Range;

use super::brackets::{Enclosed, bracketed, sentence_ordinals};
use super::mention::{Mention, Mentioned};
use super::reference;
use crate::document::outline::Form;
use crate::document::outline::label::lex;
use crate::precedent::figure::figures;
use crate::text::punctuation::{NUMBER_CLOSES, NUMBER_OPENS, is_stop, separates_clauses};
use crate::text::units::{Units, is_single_unit};

/// Characters before a title in which its year is looked for: `2018年修正的《`.
const YEAR_BEFORE: usize = 10;
/// Characters after a title in which its year is looked for: `》（2018年修正）`.
const YEAR_AFTER: usize = 14;
/// Words between a year and a title that make it the year of the document.
const OF_YEAR: [&str; 10] = [
    "修订", "修正", "修改", "公布", "发布", "印发", "颁布", "出台", "通过", "制定",
];
/// The longest word of an issuer in the number of a document: 京政办发, 沪府规.
const MAX_ISSUER: usize = 8;
/// Words before the number of a document that do not belong to it.
const BEFORE_NUMBER: [&str; 20] = [
    "根据", "按照", "依照", "依据", "贯彻", "落实", "执行", "参照", "印发", "转发", "文件", "下发",
    "以及", "即", "见", "和", "与", "及", "以", "的",
];
/// A report that is named without brackets, with its year before it.
const REPORT: &str = "政府工作报告";
/// Characters of the draft before a figure that say of what it is, and the fewest of one clause.
const SUBJECT: usize = 16;
const SHORT_SUBJECT: usize = 4;
/// Han characters before an article that may name a law.
const MAX_NAME: usize = 40;

/// A passage that is read.
struct Reading<'a> {
    ord: usize,
    text: &'a str,
    chars: Vec<char>,
    sentences: Vec<usize>,
    /// Characters that belong to a mention already.
    taken: Vec<bool>,
    out: Vec<Mention>,
}

/// The mentions of passage `ord` of a draft, in order.
pub(super) fn mentions(ord: usize, text: &str) -> Vec<Mention> {
    let chars: Vec<char> = text.chars().collect();
    let enclosed = bracketed(&chars);
    let mut reading = Reading {
        ord,
        text,
        sentences: sentence_ordinals(&chars, &enclosed),
        taken: vec![false; chars.len()],
        chars,
        out: Vec::new(),
    };
    // A draft that is itself a regulation numbers its articles; these are no citations.
    if let Some(label) = lex(text).filter(|label| label.form == Form::Article) {
        let n_before = text.len() - label.rest.len();
        let n_chars = text[..n_before].chars().count();
        reading.taken[..n_chars].fill(true);
    }
    for one in enclosed {
        let item = match one.enclosed {
            Enclosed::Title => Mentioned::Title {
                year: reading.year_of(&one.span),
            },
            Enclosed::Quotation => Mentioned::Quotation,
        };
        let outer = one.span.start - 1..one.span.end + 1;
        // A single character in quotation marks is an emphasis.
        let has_words = Units::new(&reading.cut(one.span.clone())).len() > 1;
        if has_words {
            reading.push(one.span, item);
        }
        reading.taken[outer].fill(true);
    }
    reading.numbers();
    reading.articles();
    reading.reports();
    reading.figures();
    reading.out.sort_by_key(|one| one.span.start);
    reading.out
}

impl Reading<'_> {
    fn cut(&self, span: Range<usize>) -> String {
        self.chars[span].iter().collect()
    }

    fn push(&mut self, span: Range<usize>, item: Mentioned) {
        self.out.push(Mention {
            passage: self.ord,
            sentence: self.sentences[span.start],
            text: self.cut(span.clone()),
            span,
            item,
        });
    }

    fn take(&mut self, span: Range<usize>, item: Mentioned) {
        self.taken[span.clone()].fill(true);
        self.push(span, item);
    }

    fn is_free(&self, span: Range<usize>) -> bool {
        !self.taken[span].contains(&true)
    }

    /// The year at `at`, as in `2016年`, and where it ends.
    fn year_at(&self, at: usize) -> Option<(u16, usize)> {
        let digits = self.chars.get(at..at + 4)?;
        let is_alone = at == 0 || !self.chars[at - 1].is_numeric();
        let text: String = digits.iter().collect();
        let year = text
            .parse()
            .ok()
            .filter(|year| (1900..2100).contains(year))?;
        is_alone.then_some((year, at + 4))
    }

    /// The year of a title that is given with it.
    fn year_of(&self, title: &Range<usize>) -> Option<u16> {
        let open = title.start - 1;
        for at in open.saturating_sub(YEAR_BEFORE)..open {
            let Some((year, end)) = self.year_at(at) else {
                continue;
            };
            let between = self.cut(end..open);
            let after = between
                .strip_prefix('年')
                .or(Some(between.as_str()).filter(|_| at + 4 == open));
            // `2019年《` and `2019年修订的《` give its year, `2019年根据《` does not.
            if after.is_some_and(|after| {
                after.is_empty() || after == "的" || OF_YEAR.iter().any(|word| after.contains(word))
            }) {
                return Some(year);
            }
        }
        let after = title.end + 1..(title.end + 1 + YEAR_AFTER).min(self.chars.len());
        let after = self.chars.get(after)?;
        let bracket = after.first().is_some_and(|ch| matches!(ch, '（' | '('));
        let close = after.iter().position(|ch| matches!(ch, '）' | ')'))?;
        let inner: String = after[1.min(close)..close].iter().collect();
        let year: String = inner.chars().take(4).collect();
        let rest: String = inner.chars().skip(4).collect();
        let is_year = rest.is_empty()
            || rest.starts_with(['年', '版'])
            || OF_YEAR.iter().any(|word| rest.starts_with(word));
        let year = year.parse().ok().filter(|year| (1900..2100).contains(year));
        year.filter(|_| bracket && is_year)
    }

    /// Numbers of documents: 国发〔2015〕12号, with any brackets.
    fn numbers(&mut self) {
        for at in 0..self.chars.len() {
            if let Some(span) = self.number_at(at).filter(|span| self.is_free(span.clone())) {
                self.take(span, Mentioned::Number);
            }
        }
    }

    /// The number of a document whose bracket is at `at`.
    fn number_at(&self, at: usize) -> Option<Range<usize>> {
        let chars = &self.chars;
        let bracket = NUMBER_OPENS.iter().position(|open| *open == chars[at])?;
        let (_, mut end) = self.year_at(at + 1)?;
        if *chars.get(end)? != NUMBER_CLOSES[bracket] {
            return None;
        }
        end += 1;
        end += usize::from(chars.get(end) == Some(&'第'));
        let n_digits = chars[end..].iter().take_while(|ch| ch.is_numeric()).count();
        end += n_digits;
        if n_digits == 0 || n_digits > 6 || chars.get(end) != Some(&'号') {
            return None;
        }
        let before = chars[..at].iter().rev().take(MAX_ISSUER);
        let n_before = before
            .take_while(|&&ch| is_single_unit(ch) || ch.is_ascii_alphabetic())
            .count();
        let issuer = self.cut(at - n_before..at);
        // After the last word that does not belong to it.
        let lead = BEFORE_NUMBER
            .iter()
            .filter_map(|word| issuer.rfind(word).map(|at| at + word.len()));
        let lead = lead.max().unwrap_or(0);
        let n_lead = issuer[..lead].chars().count();
        (n_lead < n_before).then_some(at - n_before + n_lead..end + 1)
    }

    fn articles(&mut self) {
        let bytes: Vec<usize> = self.text.char_indices().map(|(byte, _)| byte).collect();
        for (at, byte) in bytes.into_iter().enumerate() {
            if self.chars[at] != '第' || self.taken[at] {
                continue;
            }
            let rest = &self.text[byte..];
            let Some((reference, len)) = reference::read(rest) else {
                continue;
            };
            let span = at..at + rest[..len].chars().count();
            let n_before = (0..at)
                .rev()
                .take(MAX_NAME)
                .take_while(|&ord| !self.taken[ord] && is_single_unit(self.chars[ord]))
                .count();
            let before = self.cut(at - n_before..at);
            self.take(span, Mentioned::Article { reference, before });
        }
    }

    /// Reports that are named without brackets.
    fn reports(&mut self) {
        let name: Vec<char> = REPORT.chars().collect();
        for at in 0..self.chars.len() {
            let span = at..at + name.len();
            if !self.chars[at..].starts_with(&name) || !self.is_free(span.clone()) {
                continue;
            }
            let clause = self.chars[..at].iter().rev().take(SUBJECT);
            let n_before = clause
                .take_while(|&&ch| !is_stop(ch) && !separates_clauses(ch))
                .count();
            let year = (at - n_before..at).rev().find_map(|start| {
                let (year, end) = self.year_at(start)?;
                (self.chars.get(end) == Some(&'年')).then_some(year)
            });
            if let Some(year) = year {
                self.push(span, Mentioned::Report { year });
            }
        }
    }

    fn figures(&mut self) {
        for figure in figures(&self.chars) {
            if self.is_free(figure.span.clone()) {
                let subject = self.subject(figure.span.start);
                let span = figure.span.clone();
                self.take(span, Mentioned::Figure { figure, subject });
            }
        }
    }

    /// The words before a figure, as far as the clause; of a short one, with those of the clauses before it in its sentence.
    fn subject(&self, at: usize) -> String {
        let sentence = self.sentences[at];
        let mut start = at;
        let mut n_units = 0;
        while start > 0
            && self.sentences[start - 1] == sentence
            && at - start < 3 * SUBJECT
            && n_units < SUBJECT
        {
            let ch = self.chars[start - 1];
            let ends_clause = separates_clauses(ch) || is_stop(ch);
            if ends_clause && n_units >= SHORT_SUBJECT {
                break;
            }
            n_units += usize::from(is_single_unit(ch));
            start -= 1;
        }
        self.cut(start..at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let name = |item: &Mentioned| match item {
            Mentioned::Quotation => "quotation".to_owned(),
            Mentioned::Title { year: None } => "title".to_owned(),
            Mentioned::Title { year: Some(year) } => format!("title {year}"),
            Mentioned::Report { year } => format!("report {year}"),
            Mentioned::Article { before, .. } => format!("article {before}"),
            Mentioned::Number => "number".to_owned(),
            Mentioned::Figure { subject, .. } => format!("figure {subject}"),
        };
        let found = mentions(0, text);
        let found: Vec<(String, String)> = found
            .iter()
            .map(|one| (one.text.clone(), name(&one.item)))
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|&(text, item)| (text.to_owned(), item.to_owned()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_kind_is_found() {
        check(
            "根据《云岭县水渠管护办法》（云政发〔2019〕12号）第三条第二款“谁用水、谁出工”的规定，全县修渠1,234公里。",
            &[
                ("云岭县水渠管护办法", "title"),
                ("云政发〔2019〕12号", "number"),
                ("第三条第二款", "article "),
                ("谁用水、谁出工", "quotation"),
                ("1,234公里", "figure 全县修渠"),
            ],
        );
    }

    #[test]
    fn numbers_have_any_brackets_and_no_word_before() {
        for text in [
            "云政发[2019]12号",
            "云政发（2019）第12号",
            "云政办发【2019】3号",
            "云政发［2019］12号",
        ] {
            check(&format!("依据{text}，办理"), &[(text, "number")]);
        }
        check("〔2019〕12号，云政发〔19〕12号，云政发〔2019〕号", &[]);
    }

    #[test]
    fn a_year_beside_a_title_is_its_year() {
        check("2019年《水渠办法》", &[("水渠办法", "title 2019")]);
        check("2019年修订的《水渠办法》", &[("水渠办法", "title 2019")]);
        check("《水渠办法》（2019年修正）", &[("水渠办法", "title 2019")]);
        check("《水渠办法》(2019修订)", &[("水渠办法", "title 2019")]);
        check("2019年根据《水渠办法》", &[("水渠办法", "title")]);
        check("2019年，《水渠办法》", &[("水渠办法", "title")]);
        check(
            "《水渠办法》（云政发〔2019〕2号）",
            &[("水渠办法", "title"), ("云政发〔2019〕2号", "number")],
        );
        check("2019年政府工作报告提出", &[("政府工作报告", "report 2019")]);
    }

    #[test]
    fn articles_have_what_is_before_them() {
        check(
            "依照水渠管护办法第三条，该办法第五条之一",
            &[
                ("第三条", "article 依照水渠管护办法"),
                ("第五条之一", "article 该办法"),
            ],
        );
        check("第三条 各村应当修渠。", &[]);
        check("第三条 依照第五条修渠。", &[("第五条", "article 依照")]);
    }

    #[test]
    fn a_short_clause_takes_its_subject_from_the_one_before() {
        check(
            "全县粮食产量达到12万吨、增长5%。",
            &[
                ("12万吨", "figure 全县粮食产量达到"),
                ("5%", "figure 全县粮食产量达到12万吨、增长"),
            ],
        );
        check("修渠有成。投入5亿元", &[("5亿元", "figure 投入")]);
    }
}
