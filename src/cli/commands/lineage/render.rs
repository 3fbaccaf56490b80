//! A lineage in words: the answer in sentences, the rules, and the order in which its tree is read.

use xunzhang::document::Level;
use xunzhang::precedent::{Edit, Form, Lineage, MAX_USES, Op, Succession};
use xunzhang::report::trend::{Period, Point};
use xunzhang::search::Filter;

use crate::cli::commands::report::described;
use crate::cli::first_use::{marked, remarks};
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::cli::wording::percent;

/// Units of a wording that has few variants.
const SHORT: usize = 3;

/// A lineage with its filter, in the reader's language.
#[derive(Clone, Copy)]
pub(crate) struct LineageReport<'a> {
    /// What was found.
    pub(crate) lineage: &'a Lineage,
    /// The documents that were asked for.
    pub(crate) filter: &'a Filter,
    /// The language.
    pub(crate) lang: Lang,
}

/// A form in the tree.
pub(crate) struct Branch<'a> {
    /// Its ordinal among the forms.
    pub(crate) ord: usize,
    /// The form.
    pub(crate) form: &'a Form,
    /// For each ancestor from the root whether more of its children follow; then whether more siblings of this one do.
    pub(crate) follows: Vec<bool>,
}

impl LineageReport<'_> {
    /// The title of the answer.
    pub(crate) fn title(&self) -> String {
        say!(self.lang, "lineage-title", wording = self.lineage.wording)
    }

    /// The answer: uses, first use, peak, successor.
    pub(crate) fn answer(&self) -> Vec<String> {
        let (lineage, lang) = (self.lineage, self.lang);
        if lineage.occurrences == 0 {
            return vec![match lineage.forms.is_empty() {
                true => lang.text("lineage-none").to_owned(),
                false => lang.text("lineage-forms-only").to_owned(),
            }];
        }
        let mut out = vec![self.counts()];
        if let Some(used) = &lineage.first {
            let (title, document) = (&used.title, &used.document);
            out.push(say!(lang, "trend-first-in", title, document));
        }
        let (first, certain) = (lineage.first.as_ref(), lineage.first_certain.as_ref());
        out.extend(remarks(first, certain, lang));
        out.extend(self.peak());
        out.extend(self.successor());
        out
    }

    fn counts(&self) -> String {
        let (lineage, lang) = (self.lineage, self.lang);
        let unknown = || "–".to_owned();
        let used = lineage.first.as_ref();
        let first = used.map_or_else(unknown, |first| marked(&first.date, Some(first)));
        let last = lineage.last.map_or_else(unknown, |date| date.to_string());
        let times = say!(lang, "n-occurrences", n = lineage.occurrences);
        let documents = say!(lang, "n-documents", n = lineage.documents);
        let undated = grouped(lineage.undated);
        say!(
            lang,
            "lineage-counts",
            times,
            documents,
            undated,
            first,
            last
        )
    }

    /// The year with most occurrences, and the one with the highest rate.
    fn peak(&self) -> Option<String> {
        let (lineage, lang) = (self.lineage, self.lang);
        let (peak, highest) = (lineage.peak.as_ref()?, lineage.peak_rate.as_ref()?);
        let rate = |point: &Point| format!("{:.2}", point.per_10k.unwrap_or(0.0));
        let year = &peak.period;
        let times = say!(lang, "n-occurrences", n = peak.occurrences);
        let peak_rate = rate(peak);
        if peak.period == highest.period {
            return Some(say!(
                lang,
                "lineage-peak-one",
                year,
                times,
                rate = peak_rate
            ));
        }
        Some(say!(
            lang,
            "lineage-peak",
            year,
            times,
            rate = peak_rate,
            other = highest.period,
            highest = rate(highest)
        ))
    }

    /// What came after the wording, and what can't be decided.
    fn successor(&self) -> Vec<String> {
        let (lineage, lang) = (self.lineage, self.lang);
        let successor = &lineage.successor;
        let form = successor.form.and_then(|ord| lineage.forms.get(ord));
        let year = lineage.periods.last().map_or("", |period| &period.period);
        let mut out = vec![match (successor.status, form) {
            (Succession::Found, Some(form)) => {
                let since = form.first.map(|date| date.year.to_string());
                let since = since.unwrap_or_default();
                let own = say!(lang, "n-occurrences", n = successor.occurrences);
                let of_wording = say!(lang, "n-occurrences", n = successor.of_wording);
                let text = &form.text;
                say!(
                    lang,
                    "lineage-successor-found",
                    text,
                    since,
                    own,
                    of_wording
                )
            }
            (Succession::InUse, _) => say!(lang, "lineage-successor-in-use", year),
            (Succession::Undecided, _) => lang.text("lineage-successor-undecided").to_owned(),
            _ => lang.text("lineage-successor-none").to_owned(),
        }];
        if successor.status == Succession::Found && successor.in_use {
            out.push(say!(lang, "lineage-still-in-use", year));
        }
        out
    }

    /// The rules by which the forms were found and counted, and what they leave open.
    pub(crate) fn method(&self) -> Vec<String> {
        let (lineage, lang) = (self.lineage, self.lang);
        let least = percent(lineage.rule.min_similarity);
        let mut out = vec![say!(lang, "lineage-rule", least)];
        let marks = |ch: char| !ch.is_alphanumeric() && !ch.is_whitespace();
        if lineage.wording.contains(marks) {
            out.push(say!(lang, "lineage-read-as", units = lineage.units));
        }
        if lineage.units.chars().count() <= SHORT {
            out.push(lang.text("lineage-short").to_owned());
        }
        if lineage.is_cut {
            out.push(say!(lang, "lineage-cut", limit = lineage.rule.limit));
        }
        if lineage
            .uses
            .as_ref()
            .is_some_and(|uses| uses.len() == MAX_USES)
        {
            out.push(say!(lang, "lineage-uses-cut", shown = MAX_USES));
        }
        let keys = [
            "lineage-own-rule",
            "lineage-tree-rule",
            "lineage-successor-rule",
            "lineage-level-rule",
        ];
        out.extend(keys.map(|key| lang.text(key).to_owned()));
        out
    }

    /// Under which filter, from when to when, in how many documents.
    pub(crate) fn scope(&self) -> String {
        let periods = &self.lineage.periods;
        let documents: u64 = periods.iter().map(|period| period.documents).sum();
        let span = match (periods.first(), periods.last()) {
            (Some(first), Some(last)) => format!("{}–{}", first.period, last.period),
            _ => "–".to_owned(),
        };
        let filter = match self.filter.is_empty() {
            true => String::new(),
            false => described(self.filter, self.lang),
        };
        let documents = say!(self.lang, "lineage-dated-documents", n = documents);
        let thin = periods
            .iter()
            .filter(|period| Period::is_gap(period))
            .count();
        let gaps = match thin {
            0 => String::new(),
            n => say!(self.lang, "lineage-gaps", n),
        };
        let parts = [filter, span, documents, gaps].into_iter();
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    /// The forms in the order of the tree: each before those that go back to it, roots and siblings in order of their first dates.
    pub(crate) fn branches(&self) -> Vec<Branch<'_>> {
        let mut out = Vec::new();
        self.grow(None, &[], &mut out);
        out
    }

    fn grow<'a>(&'a self, parent: Option<usize>, follows: &[bool], out: &mut Vec<Branch<'a>>) {
        let forms = self.lineage.forms.iter().enumerate();
        let of_parent = |form: &Form| form.parent.as_ref().map(|edge| edge.form) == parent;
        let children: Vec<(usize, &Form)> = forms.filter(|(_, form)| of_parent(form)).collect();
        for (place, &(ord, form)) in children.iter().enumerate() {
            let more = place + 1 < children.len();
            let follows: Vec<bool> = follows.iter().copied().chain([more]).collect();
            // An edge goes to an earlier form, so that no form is its own ancestor.
            let branch = Branch {
                ord,
                form,
                follows: follows.clone(),
            };
            out.push(branch);
            self.grow(Some(ord), &follows, out);
        }
    }
}

/// What changed, in short: `扶→脱`, `+全面`, `−新`.
pub(crate) fn change(diff: &[Edit]) -> String {
    let steps = diff.iter().filter_map(|Edit { op, from, to }| match op {
        Op::Equal => None,
        Op::Insert => Some(format!("+{to}")),
        Op::Delete => Some(format!("−{from}")),
        Op::Replace => Some(format!("{from}→{to}")),
    });
    steps.collect::<Vec<_>>().join(" ")
}

/// The name of a level.
pub(crate) fn level_name(level: Option<Level>, lang: Lang) -> &'static str {
    match level {
        Some(Level::National) => lang.text("level-national"),
        Some(Level::Province) => lang.text("level-province"),
        Some(Level::City) => lang.text("level-city"),
        Some(Level::County) => lang.text("level-county"),
        Some(Level::Township) => lang.text("level-township"),
        None => lang.text("level-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_what_was_put_in_and_taken_out() {
        let edit = |op, from: &str, to: &str| Edit {
            op,
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let diff = [
            edit(Op::Replace, "扶", "脱"),
            edit(Op::Equal, "贫", "贫"),
            edit(Op::Insert, "", "攻坚"),
            edit(Op::Delete, "新", ""),
        ];
        assert_eq!(change(&diff), "扶→脱 +攻坚 −新");
        assert_eq!(change(&[]), "");
    }
}
