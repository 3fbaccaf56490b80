//! The counting itself: what a thread sums up over its documents, and how the sums become one.

use serde::{Deserialize, Serialize};

use super::counts::{Counted, EntryTally, Excerpt, MAX_PAIRED, Pair, Tally};
use super::options::{Negated, TallyOptions};
use super::packed;
use crate::document::{Date, Role};
use crate::report::keywords::{Entry, Keywords};
use crate::report::program::{Found, Program};
use crate::search::{ScannedDocument, ScannedPassage, SectionRef};
use crate::text::negation::Polarity;
use crate::text::units::Units;

/// Characters of an excerpt on either side of the hit.
const AROUND: usize = 40;

/// What the counting of a passage needs to know.
pub(super) struct Counter<'a> {
    pub(super) program: &'a Program,
    pub(super) documents: &'a [Counted],
    pub(super) options: &'a TallyOptions,
    /// The number of entries.
    pub(super) n: usize,
}

/// Roles, and one more for sections without.
const N_ROLES: usize = Role::ALL.len() + 1;

/// What a run of documents gave.
pub(super) struct Run {
    pub(super) entries: Vec<EntryRun>,
    /// For each pair of entries, the larger number's row first, the passages that hold both.
    pub(super) pairs: Vec<u32>,
    found: Found,
    polarities: Vec<Polarity>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct EntryRun {
    passages: u64,
    negated: u64,
    prohibited: u64,
    first: Option<Date>,
    last: Option<Date>,
    #[serde(with = "packed::list")]
    shapes: Vec<u64>,
    #[serde(with = "packed::pairs")]
    by_document: Vec<(usize, u64)>,
    by_role: [u64; N_ROLES],
    excerpts: Vec<Excerpt>,
}

impl Counter<'_> {
    pub(super) fn count(
        &self,
        run: &mut Run,
        document: &ScannedDocument,
        passages: &[ScannedPassage],
    ) {
        let at = self
            .documents
            .binary_search_by(|other| other.id.as_str().cmp(&document.id));
        // Both come from the same snapshot.
        let Ok(at) = at else { return };
        let title = &self.documents[at].title;
        for passage in passages {
            self.program.find(document, title, passage, &mut run.found);
            if !run.found.entries.is_empty() {
                self.count_passage(run, (at, document.date), passage);
            }
        }
    }

    fn count_passage(
        &self,
        run: &mut Run,
        (document, date): (usize, Option<Date>),
        passage: &ScannedPassage,
    ) {
        if self.options.negation == Negated::Counted {
            self.program.polarities(&mut run.found, &mut run.polarities);
        }
        let role = passage
            .role
            .and_then(|role| Role::ALL.iter().position(|&other| other == role));
        let role = role.unwrap_or(N_ROLES - 1);
        for (ord, (entry, spans)) in run.found.entries.iter().enumerate() {
            let n = spans.len() as u64;
            let tally = &mut run.entries[*entry as usize];
            tally.passages += 1;
            tally.shapes.push(passage.shape);
            tally.by_role[role] += n;
            let polarities = run.polarities.get(spans.clone()).unwrap_or_default();
            tally.negated += number(polarities, Polarity::Denied);
            tally.prohibited += number(polarities, Polarity::Forbidden);
            // Passages of a document follow each other, so that only the last one counted can be this.
            match tally.by_document.last_mut() {
                Some((last, occurrences)) if *last == document => *occurrences += n,
                _ => {
                    tally.by_document.push((document, n));
                    tally.first = earlier(tally.first, date);
                    tally.last = tally.last.max(date);
                }
            }
            if self.n <= MAX_PAIRED {
                // Half a square: entries ascend, so that the smaller number is always the column.
                let row = *entry as usize * (*entry as usize + 1) / 2;
                for (other, _) in &run.found.entries[..ord] {
                    run.pairs[row + *other as usize] += 1;
                }
            }
            // No more than asked for: an excerpt unpacks the text and the record of its passage.
            let missing = self.options.excerpts.saturating_sub(tally.excerpts.len());
            if missing > 0 && n > 0 {
                let spans = run.found.spans[spans.clone()].iter().take(missing);
                let spans: Vec<_> = spans
                    .enumerate()
                    .map(|(i, span)| (span.start, span.end, polarities.get(i).copied()))
                    .collect();
                tally
                    .excerpts
                    .extend(excerpts((*entry as usize, document), passage, &spans));
            }
        }
    }
}

fn number(polarities: &[Polarity], of: Polarity) -> u64 {
    let those = polarities.iter().filter(|polarity| **polarity == of);
    those.count() as u64
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn excerpts(
    (entry, document): (usize, usize),
    passage: &ScannedPassage,
    spans: &[(u32, u32, Option<Polarity>)],
) -> Vec<Excerpt> {
    let text = passage.text();
    let units = Units::new(&text);
    // Spans are ordinals of characters; a text is cut by them many times.
    let chars: Vec<char> = text.chars().collect();
    let record = passage.record();
    let (line, path) = record.map_or((0, Vec::new()), |record| (record.line, record.path));
    let section: Vec<SectionRef> = path.into_iter().map(Into::into).collect();
    let out = spans.iter().map(|&(start, end, polarity)| {
        let span = units.span(start as usize..end as usize);
        let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        Excerpt {
            entry,
            document,
            number: passage.number,
            line,
            part: passage.part,
            section: section.clone(),
            span: (span.start, span.end),
            before: text(span.start.saturating_sub(AROUND), span.start),
            hit: text(span.start, span.end),
            after: text(span.end, (span.end + AROUND).min(chars.len())),
            negated: polarity.map(|polarity| polarity == Polarity::Denied),
            prohibited: polarity.map(|polarity| polarity == Polarity::Forbidden),
        }
    });
    out.collect()
}

impl Run {
    pub(super) fn new(n: usize) -> Self {
        let n_pairs = if n <= MAX_PAIRED { n * (n + 1) / 2 } else { 0 };
        Self {
            entries: vec![EntryRun::default(); n],
            pairs: vec![0; n_pairs],
            found: Found::default(),
            polarities: Vec::new(),
        }
    }
}

/// The sums of all runs, which are in order of their documents.
pub(super) fn sum(runs: Vec<Run>) -> Run {
    let mut runs = runs.into_iter();
    let Some(mut sum) = runs.next() else {
        return Run::new(0);
    };
    for run in runs {
        let pairs = sum.pairs.iter_mut().zip(run.pairs);
        pairs.for_each(|(sum, more)| *sum += more);
        let entries = std::mem::take(&mut sum.entries).into_iter();
        let entries = entries.zip(run.entries);
        sum.entries = entries.map(|(one, more)| one.merge(more)).collect();
    }
    sum
}

/// The numbers of all runs, which are in order of their documents.
pub(super) fn finish(
    runs: Vec<Run>,
    (fingerprint, keywords): (&str, &Keywords),
    (documents, options): (Vec<Counted>, &TallyOptions),
) -> Tally {
    let n = keywords.entries.len();
    let mut pairs: Vec<u32> = Vec::new();
    let mut of_entries: Vec<Vec<EntryRun>> = (0..n).map(|_| Vec::new()).collect();
    for run in runs {
        // The table of the first run is kept for the sums: each is up to 32 MB.
        if pairs.is_empty() {
            pairs = run.pairs;
        } else {
            let sums = pairs.iter_mut().zip(run.pairs);
            sums.for_each(|(sum, more)| *sum += more);
        }
        for (of_entry, part) in of_entries.iter_mut().zip(run.entries) {
            of_entry.push(part);
        }
    }
    let finished = finish_entries(of_entries, &keywords.entries, options);
    let (entries, excerpts): (Vec<_>, Vec<_>) = finished.into_iter().unzip();
    Tally {
        fingerprint: fingerprint.to_owned(),
        entries,
        repeated: keywords.repeated.clone(),
        documents,
        pairs: (n <= MAX_PAIRED).then(|| pairs_of(n, &pairs)),
        excerpts: excerpts.into_iter().flatten().collect(),
    }
}

/// The numbers of the entries, which are shared out among the threads: with many hits their sums take as long as a
/// fifth of the scan.
fn finish_entries(
    of_entries: Vec<Vec<EntryRun>>,
    entries: &[Entry],
    options: &TallyOptions,
) -> Vec<(EntryTally, Vec<Excerpt>)> {
    // By shares of neighbours: each thread's results come out in the order of the list.
    let share = entries.len().div_ceil(options.threads.get()).max(1);
    let mut of_entries = of_entries.into_iter();
    let finished: Vec<Vec<_>> = std::thread::scope(|scope| {
        let shares = entries.chunks(share).map(|entries| {
            let parts: Vec<Vec<EntryRun>> = of_entries.by_ref().take(share).collect();
            let finish = move || {
                let entries = entries.iter().zip(parts);
                entries
                    .map(|(entry, parts)| EntryRun::finish(parts, entry, options))
                    .collect()
            };
            scope.spawn(finish)
        });
        let handles: Vec<_> = shares.collect();
        let join = |handle: std::thread::ScopedJoinHandle<'_, _>| {
            let done = handle.join();
            done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        handles.into_iter().map(join).collect()
    });
    finished.into_iter().flatten().collect()
}

/// The pairs of `n` entries that meet in some passage; `sums` is half a square of passages.
fn pairs_of(n: usize, sums: &[u32]) -> Vec<Pair> {
    let passages = |first: usize, second: usize| {
        let passages = sums.get(second * (second + 1) / 2 + first);
        u64::from(passages.copied().unwrap_or(0))
    };
    let all = (0..n).flat_map(|first| (first + 1..n).map(move |second| (first, second)));
    let pairs = all.map(|(first, second)| Pair {
        first,
        second,
        passages: passages(first, second),
    });
    pairs.filter(|pair| pair.passages > 0).collect()
}

impl EntryRun {
    /// Calls documents by the places that `places` gives them.
    pub(super) fn renumber(&mut self, places: &[usize]) {
        for (document, _) in &mut self.by_document {
            *document = places[*document];
        }
        self.by_document.sort_unstable();
        for excerpt in &mut self.excerpts {
            excerpt.document = places[excerpt.document];
        }
        // The excerpts of a document are in order, and all of one part.
        self.excerpts.sort_by_key(|excerpt| excerpt.document);
    }

    /// Leaves out what is not needed of a part for the sum of several.
    pub(super) fn shrink(&mut self, options: &TallyOptions) {
        self.shapes.sort_unstable();
        self.shapes.dedup();
        self.excerpts.truncate(options.excerpts);
    }

    /// Adds the numbers of the documents after these.
    fn merge(mut self, more: Self) -> Self {
        self.passages += more.passages;
        self.negated += more.negated;
        self.prohibited += more.prohibited;
        self.first = earlier(self.first, more.first);
        self.last = self.last.max(more.last);
        self.shapes.extend(more.shapes);
        self.by_document.extend(more.by_document);
        for (role, more) in self.by_role.iter_mut().zip(more.by_role) {
            *role += more;
        }
        self.excerpts.extend(more.excerpts);
        self
    }

    fn finish(
        parts: Vec<Self>,
        entry: &Entry,
        options: &TallyOptions,
    ) -> (EntryTally, Vec<Excerpt>) {
        let mut sum = parts.into_iter().reduce(Self::merge).unwrap_or_default();
        sum.excerpts.truncate(options.excerpts);
        let excerpts = std::mem::take(&mut sum.excerpts);
        (sum.tally(entry, options.negation), excerpts)
    }

    fn tally(mut self, entry: &Entry, negation: Negated) -> EntryTally {
        self.shapes.sort_unstable();
        // Sorted and deduplicated at the end: a set for each entry would be searched at each hit.
        self.shapes.dedup();
        let roles = Role::ALL.into_iter().map(Some).chain([None]);
        let by_role = roles
            .zip(self.by_role)
            .filter(|&(_, occurrences)| occurrences > 0);
        let occurrences = self.by_document.iter().map(|(_, occurrences)| occurrences);
        EntryTally {
            entry: entry.text.clone(),
            group: entry.group.clone(),
            occurrences: occurrences.sum(),
            passages: self.passages,
            documents: self.by_document.len() as u64,
            first: self.first,
            last: self.last,
            distinct: self.shapes.len() as u64,
            negated: (negation == Negated::Counted).then_some(self.negated),
            prohibited: (negation == Negated::Counted).then_some(self.prohibited),
            by_role: by_role.collect(),
            by_document: self.by_document,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_date_of_two_is_that_of_a_dated_document() {
        let date = |year| Date::new(year, None, None);
        assert_eq!(earlier(date(2010), date(2009)), date(2009));
        assert_eq!(earlier(None, date(2009)), date(2009));
        assert_eq!(earlier(date(2009), None), date(2009));
        assert_eq!(earlier(None, None), None);
    }

    #[test]
    fn pairs_are_those_that_meet() {
        // Half a square by rows: of the entries 0 to 2 each with itself and those before it.
        let sums = [9, 2, 9, 0, 5, 9];
        let pair = |first, second, passages| Pair {
            first,
            second,
            passages,
        };
        assert_eq!(pairs_of(3, &sums), [pair(0, 1, 2), pair(1, 2, 5)]);
        // Without any document there is no table.
        assert_eq!(pairs_of(3, &[]), []);
        assert_eq!(pairs_of(0, &sums), []);
    }

    #[test]
    fn polarities_are_counted_by_kind() {
        let polarities = [Polarity::Denied, Polarity::Forbidden, Polarity::Denied];
        assert_eq!(number(&polarities, Polarity::Denied), 2);
        assert_eq!(number(&polarities, Polarity::Forbidden), 1);
        assert_eq!(number(&[], Polarity::Denied), 0);
    }
}
