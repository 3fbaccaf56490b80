//! A comparison as a Word document: the newer report with the changes of the older one tracked.

use std::collections::HashMap;

use xunzhang::precedent::{ComparedSentence, Comparison, Edit, Op, Pair, Status};
use xunzhang::search::FullDocument;

use super::labels::{summary, titled};
use super::report_parts::{ReportPart, report_parts};
use crate::cli::messages::{Lang, say};
use crate::cli::output::Error;
use crate::cli::output::tracked::{Tracked, Version, tracked};

/// The document. Accepting all changes gives the text of the newer report, rejecting all that of the older.
///
/// # Errors
/// That the archive can't be written.
pub(super) fn document(
    compared: &Comparison,
    (old, new): (&FullDocument, &FullDocument),
    lang: Lang,
) -> Result<Vec<u8>, Error> {
    let from = compared.old.title.as_str();
    let title = say!(
        lang,
        "compare-tracked",
        from,
        to = compared.new.title.as_str()
    );
    let facts = [
        titled(&compared.old),
        titled(&compared.new),
        summary(compared, lang),
    ];
    let author = lang.text("citation-author");
    tracked(&title, &facts, author, pieces(compared, old, new))
}

/// Both reports as one row of pieces.
fn pieces(compared: &Comparison, old: &FullDocument, new: &FullDocument) -> Vec<Tracked> {
    let olds = numbered(compared, |pair| (&pair.old, &pair.merged));
    let news = numbered(compared, |pair| (&pair.new, &pair.split));
    let (olds, news) = (report_parts(old, &olds), report_parts(new, &news));
    let at = |parts: &[ReportPart]| -> HashMap<usize, usize> {
        let numbers = parts.iter().enumerate();
        numbers
            .filter_map(|(at, part)| Some((part.sentence?, at)))
            .collect()
    };
    let (old_at, new_at) = (at(&olds), at(&news));
    let mut out = Pieces::default();
    let (mut from, mut to) = (0, 0);
    for pair in &compared.pairs {
        // What was moved is deleted where it was and inserted where it is.
        let keeps_order = matches!(pair.status, Status::Kept | Status::Changed);
        let Some((old, new)) = pair
            .old
            .as_ref()
            .zip(pair.new.as_ref())
            .filter(|_| keeps_order)
        else {
            continue;
        };
        let (Some(&old_start), Some(&new_start)) =
            (old_at.get(&old.sentence), new_at.get(&new.sentence))
        else {
            continue;
        };
        out.gap(&olds[from..old_start], &news[to..new_start]);
        (from, to) = (
            old_start + 1 + pair.merged.len(),
            new_start + 1 + pair.split.len(),
        );
        out.both(pair, &olds[old_start..from], &news[new_start..to]);
    }
    out.gap(&olds[from..], &news[to..]);
    out.pieces
}

/// The sentences of one report in order.
fn numbered<'a>(
    compared: &'a Comparison,
    of: fn(&'a Pair) -> (&'a Option<ComparedSentence>, &'a Vec<ComparedSentence>),
) -> Vec<&'a ComparedSentence> {
    let all = compared.pairs.iter().map(of);
    let all = all.flat_map(|(first, rest)| first.iter().chain(rest));
    let mut all: Vec<&ComparedSentence> = all.collect();
    all.sort_by_key(|one| one.sentence);
    all
}

#[derive(Default)]
struct Pieces {
    pieces: Vec<Tracked>,
    /// Whether the older version has a paragraph already, and the newer.
    begun: (bool, bool),
}

impl Pieces {
    fn text(&mut self, version: Version, text: &str, is_heading: bool) {
        if !text.is_empty() {
            self.pieces
                .push(Tracked::Text(version, text.to_owned(), is_heading));
        }
    }

    /// Ends the paragraph before a part that opens one, in the versions that have something before it.
    fn opening(&mut self, version: Version) {
        let has = |of: Version| version == Version::Both || version == of;
        let (old, new) = (has(Version::Old), has(Version::New));
        let ended = match (old && self.begun.0, new && self.begun.1) {
            (true, true) => Some(Version::Both),
            (true, false) => Some(Version::Old),
            (false, true) => Some(Version::New),
            (false, false) => None,
        };
        self.pieces.extend(ended.map(Tracked::Break));
        self.begun = (self.begun.0 || old, self.begun.1 || new);
    }

    fn part(&mut self, version: Version, part: &ReportPart) {
        if part.opens {
            self.opening(version);
        }
        self.text(version, &part.text, part.is_heading);
    }

    /// Parts of both reports between two sentences that both have: equal headings and what has no sentence stay.
    fn gap(&mut self, old: &[ReportPart], new: &[ReportPart]) {
        let mut from = 0;
        for part in new {
            let is_same = |other: &ReportPart| {
                other.sentence.is_none() && part.sentence.is_none() && other.text == part.text
            };
            match old[from..].iter().position(is_same) {
                Some(skipped) => {
                    let same = from + skipped;
                    old[from..same]
                        .iter()
                        .for_each(|part| self.part(Version::Old, part));
                    self.part(Version::Both, part);
                    from = same + 1;
                }
                None => self.part(Version::New, part),
            }
        }
        old[from..]
            .iter()
            .for_each(|part| self.part(Version::Old, part));
    }

    /// A sentence of both reports, what was split or merged as a whole.
    fn both(&mut self, pair: &Pair, old: &[ReportPart], new: &[ReportPart]) {
        let is_one = old.len() == 1 && new.len() == 1;
        let (Some(first), Some(other)) = (old.first(), new.first()) else {
            return;
        };
        match (first.opens, other.opens) {
            (true, true) => self.opening(Version::Both),
            (true, false) => self.opening(Version::Old),
            (false, true) => self.opening(Version::New),
            (false, false) => {}
        }
        if first.text == other.text && is_one {
            self.text(Version::Both, &first.text, false);
            return;
        }
        // Parts may be in paragraphs of their own: then both are whole.
        let has_breaks = old[1..].iter().chain(&new[1..]).any(|part| part.opens);
        if has_breaks {
            for (version, parts) in [(Version::Old, old), (Version::New, new)] {
                self.text(version, &parts[0].text, false);
                parts[1..].iter().for_each(|part| self.part(version, part));
            }
            return;
        }
        let whole = |parts: &[ReportPart]| -> String {
            parts.iter().map(|part| part.text.as_str()).collect()
        };
        let (from, to) = (whole(old), whole(new));
        self.edits(pair, (&from, &to));
    }

    /// The edits of a pair inside both texts; what is before and after them, such as labels and marks, is compared as a whole.
    fn edits(&mut self, pair: &Pair, (from, to): (&str, &str)) {
        let joined = |side: fn(&Edit) -> &str| -> String { pair.diff.iter().map(side).collect() };
        let (olds, news) = (joined(|edit| &edit.from), joined(|edit| &edit.to));
        let cut = from.split_once(&olds).zip(to.split_once(&news));
        let Some(((old_lead, old_rest), (new_lead, new_rest))) = cut.filter(|_| !olds.is_empty())
        else {
            self.text(Version::Old, from, false);
            self.text(Version::New, to, false);
            return;
        };
        self.replaced(old_lead, new_lead);
        for Edit { op, from, to } in &pair.diff {
            match op {
                Op::Equal => self.replaced(from, to),
                _ => {
                    self.text(Version::Old, from, false);
                    self.text(Version::New, to, false);
                }
            }
        }
        self.replaced(old_rest, new_rest);
    }

    /// Text of both, whose marks may differ: what both begin and end with stays.
    fn replaced(&mut self, from: &str, to: &str) {
        let same = from.chars().zip(to.chars()).take_while(|(a, b)| a == b);
        let lead: usize = same.map(|(ch, _)| ch.len_utf8()).sum();
        let (from, rest) = (&from[lead..], &to[lead..]);
        let same = from.chars().rev().zip(rest.chars().rev());
        let same = same.take_while(|(a, b)| a == b);
        let tail: usize = same.map(|(ch, _)| ch.len_utf8()).sum();
        self.text(Version::Both, &to[..lead], false);
        self.text(Version::Old, &from[..from.len() - tail], false);
        self.text(Version::New, &rest[..rest.len() - tail], false);
        self.text(Version::Both, &rest[rest.len() - tail..], false);
    }
}
