//! Checks which parts of a draft occur elsewhere already.
//!
//! Every sentence is looked up as [`find`](super::find()) does, and classed by its most similar variant. A
//! character counts as **reused** if it is in a run of at least [`MIN_RUN`] units that the sentence shares
//! with some variant, or if the whole sentence is verbatim. A sentence without any variant is looked up once
//! more, clause by clause: a clause of at least [`MIN_CLAUSE`] units that occurs verbatim elsewhere is reused
//! too. All numbers are based on the [`COUNTED`] most similar variants of a sentence, however many are shown.
//!
//! **Set phrases** are distinguished from text taken from a source by rarity: wording that occurs in at least
//! [`COMMON_TITLES`] different texts is common. Documents of the same title are taken for versions of one
//! text and count once, and so do documents whose passages are all the same except for the title.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::pieces::{Piece, clauses, pieces};
use super::variants::{Found, Lookup, Variant};
use super::{Options, cut};
use crate::document::outline::label::lex;
use crate::document::{Part, Passage};
use crate::parallel;
use crate::precedent::{Error, Result};
use crate::search::{DocumentRef, Filter, Scope, Searcher};
use crate::text::units::Units;

/// Maximum length of a draft, in characters.
pub const MAX_DRAFT: usize = 200_000;
/// The number of most similar variants of a sentence that figures are based on, however many are shown.
pub const COUNTED: usize = 5;
/// Similarity from which a sentence is near to a precedent.
pub const NEAR: f64 = 0.8;
/// Similarity from which it is loosely similar.
pub const LOOSE: f64 = 0.5;
/// Minimum number of units of a reused run.
pub const MIN_RUN: usize = 4;
/// Minimum number of units of a clause that is looked up by itself.
pub const MIN_CLAUSE: usize = 8;
/// Number of different texts from which a wording is common.
pub const COMMON_TITLES: usize = 5;

/// Options of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckOptions {
    /// Maximum number of variants shown for a sentence.
    pub variants: usize,
    /// Maximum number of sources shown for a variant; if there are more, the last one shown is the newest.
    pub sources: usize,
    /// Maximum number of documents in the totals.
    pub documents: usize,
    /// The documents to search.
    pub filter: Filter,
    /// Number of threads.
    pub threads: NonZeroUsize,
}

/// The result of checking a draft against the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Title of the draft.
    pub title: String,
    /// Its sentences in order.
    pub sentences: Vec<Checked>,
    /// Number of sentences of each class.
    pub classes: Classes,
    /// Letters, digits and Han characters of the draft, without marks and blanks.
    pub characters: u64,
    /// The number of reused ones, each counted once.
    pub reused: u64,
    /// The number of reused ones in wording that is not common.
    pub distinctive: u64,
    /// `reused` over `characters`, from 0 to 1.
    pub share: f64,
    /// Documents that share wording with the draft: those with the most distinctive characters first, then
    /// with the most reused ones, then by id.
    pub documents: Vec<DocumentShare>,
}

/// Number of sentences by class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Classes {
    /// Word for word in the index.
    pub verbatim: usize,
    /// With a variant of similarity [`NEAR`].
    pub near: usize,
    /// With a variant of similarity [`LOOSE`].
    pub loose: usize,
    /// Without a variant.
    pub none: usize,
}

/// How close a sentence is to a precedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Its units occur consecutively in the index.
    Verbatim,
    /// Its most similar variant reaches [`NEAR`].
    Near,
    /// It reaches [`LOOSE`].
    Loose,
    /// No variant reaches [`LOOSE`].
    None,
}

/// Whether wording is common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rarity {
    /// It occurs in one text.
    Single,
    /// It occurs in fewer than [`COMMON_TITLES`] texts.
    Rare,
    /// It occurs in more: a set phrase.
    Common,
}

/// A sentence of the draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// The label before it, as in `（一）`, which is not compared.
    pub label: Option<String>,
    /// Its text.
    pub text: String,
    /// The passage of the draft that contains it.
    pub passage: DraftPassage,
    /// Half-open range of characters in that passage.
    pub span: (usize, usize),
    /// How close it is to a precedent.
    pub class: Class,
    /// Whether its wording is common: of all variants of at least [`NEAR`] together, or of the most similar
    /// one alone.
    pub rarity: Option<Rarity>,
    /// Similarity of the most similar variant, 0 without one.
    pub similarity: f64,
    /// Variants, the most similar first.
    pub variants: Vec<Variant>,
    /// Clauses of a sentence without variants that occur verbatim elsewhere.
    pub parts: Vec<Variant>,
    /// Half-open ranges of characters in the sentence that are reused.
    pub reused: Vec<(usize, usize)>,
}

/// A passage of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DraftPassage {
    /// Its number.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// Its part of the document.
    pub part: Part,
}

/// What the draft shares with one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentShare {
    /// The document.
    pub document: DocumentRef,
    /// Number of sentences with wording of it.
    pub sentences: usize,
    /// Characters of the draft in that wording, each counted once.
    pub reused: u64,
    /// Those in wording that is not common.
    pub distinctive: u64,
    /// `reused` over all characters of the draft.
    pub share: f64,
}

/// The contribution of one sentence to the totals.
struct Outcome {
    checked: Checked,
    characters: u64,
    reused: u64,
    /// Number of units reused from each document.
    by_document: BTreeMap<Arc<str>, u64>,
}

/// Looks up every sentence of a draft, given as its passages.
///
/// # Errors
/// [`Error::NoUnits`] if it contains no unit, [`Error::TextTooLong`] above [`MAX_DRAFT`] characters,
/// [`crate::query::Error::BadGlob`] if a path is not a pattern, [`crate::index::Error::Engine`] if the index can't be read.
pub fn check(
    searcher: &Searcher<'_>,
    title: &str,
    draft: &[Passage],
    options: &CheckOptions,
) -> Result<Check> {
    let n_chars = draft
        .iter()
        .map(|passage| passage.text.chars().count())
        .sum();
    if n_chars > MAX_DRAFT {
        return Err(Error::TextTooLong {
            n_chars,
            limit: MAX_DRAFT,
        });
    }
    let sentences: Vec<Sentence> = draft.iter().flat_map(sentences_of).collect();
    if sentences.is_empty() {
        return Err(Error::NoUnits);
    }
    let scope = Scope::new(searcher, &options.filter)?;
    let lookup_options = Options {
        min_similarity: LOOSE,
        limit: options.variants,
        sources: options.sources,
        filter: options.filter.clone(),
    };
    let checker = Checker {
        lookup: Lookup::new(&scope, &lookup_options, COUNTED),
    };
    let outcomes = checker.all(&sentences, options.threads)?;
    total(searcher, title, outcomes, options.documents)
}

/// A sentence to look up.
struct Sentence {
    label: Option<String>,
    passage: DraftPassage,
    piece: Piece,
}

/// The sentences of a passage; a label at its start belongs to the first.
fn sentences_of(passage: &Passage) -> impl Iterator<Item = Sentence> {
    let place = DraftPassage {
        number: passage.number,
        line: passage.line,
        part: passage.part,
    };
    let label = lex(&passage.text);
    let rest = label
        .as_ref()
        .map_or(passage.text.as_str(), |label| label.rest);
    // Spans count from the start of the passage, the label included.
    let n_before = passage.text.chars().count() - rest.chars().count();
    let mut label = label.map(|label| label.text.to_owned());
    pieces(rest).into_iter().map(move |piece| Sentence {
        label: label.take(),
        passage: place,
        piece: Piece {
            span: piece.span.start + n_before..piece.span.end + n_before,
            ..piece
        },
    })
}

struct Checker<'a> {
    lookup: Lookup<'a>,
}

impl Checker<'_> {
    /// The outcomes of all sentences in order.
    fn all(&self, sentences: &[Sentence], threads: NonZeroUsize) -> Result<Vec<Outcome>> {
        // Sentences differ in cost by orders of magnitude: fixed shares would leave threads idle.
        let sentences = sentences.iter().collect();
        parallel::map(sentences, threads, |sentence| self.one(sentence))
            .into_iter()
            .collect()
    }

    fn one(&self, sentence: &Sentence) -> Result<Outcome> {
        let Sentence {
            label,
            passage,
            piece,
        } = sentence;
        let found = self.lookup.variants(piece)?;
        let similarity = found.first().map_or(0.0, |first| first.variant.similarity);
        let class = match similarity {
            1.0.. => Class::Verbatim,
            NEAR.. => Class::Near,
            LOOSE.. => Class::Loose,
            _ => Class::None,
        };
        // By clause only where nothing else was found: a clause inside a variant is covered by its runs.
        let parts = if class == Class::None {
            self.parts(piece)?
        } else {
            Vec::new()
        };
        let counted = || found.iter().filter(|found| self.lookup.is_counted(found));
        // Only the counted variants mark characters, so that the share does not depend on how many are shown.
        let mut marks = Marks::new(piece.units.len());
        for found in counted() {
            let runs = found.alignment.runs.iter();
            // Shorter runs are words and set phrases; in a verbatim sentence every run counts.
            let long = runs.filter(|run| run.len >= MIN_RUN || found.variant.similarity == 1.0);
            marks.add(long.map(|run| run.from..run.from + run.len), found);
        }
        for (clause, found) in &parts {
            marks.add(std::iter::once(clause.clone()), found);
        }
        // Rarity is that of close variants together: one source may write `办理延期手续`, another `办理延期的手续`.
        // Without a close one, the best variant alone decides.
        let n_close = counted()
            .filter(|found| found.variant.similarity >= NEAR)
            .count();
        let telling = counted()
            .take(n_close.max(1))
            .chain(parts.iter().map(|(_, found)| found));
        let rarity = self.rarity(telling)?;
        Ok(Outcome {
            characters: marks.weigh(piece, |_| true),
            reused: marks.weigh(piece, |ord| marks.reused[ord]),
            by_document: marks.by_document(piece),
            checked: Checked {
                label: label.clone(),
                text: piece.text.clone(),
                passage: *passage,
                span: (piece.span.start, piece.span.end),
                class,
                rarity,
                similarity,
                variants: self.lookup.shown(found)?,
                parts: parts.into_iter().map(|(_, found)| found.variant).collect(),
                reused: marks.spans(piece),
            },
        })
    }

    /// The clauses of a sentence that occur verbatim elsewhere.
    fn parts(&self, piece: &Piece) -> Result<Vec<(Range<usize>, Found)>> {
        let mut out = Vec::new();
        for clause in clauses(&piece.text, &piece.units) {
            if clause.len() < MIN_CLAUSE {
                continue;
            }
            let span = piece.units.span(clause.clone());
            let text = cut(&piece.text, span.clone());
            let part = Piece {
                span,
                units: Units::new(&text),
                text,
            };
            if let Some(found) = self.lookup.verbatim_with_sources(&part)? {
                out.push((clause, found));
            }
        }
        Ok(out)
    }

    /// How common some wordings are together; `None` without any.
    fn rarity<'f>(&self, found: impl Iterator<Item = &'f Found>) -> Result<Option<Rarity>> {
        let mut titles = BTreeSet::new();
        let mut texts = BTreeSet::new();
        let mut n_texts = 0;
        for spots in found.flat_map(|found| found.spots.chunk_by(|a, b| a.document == b.document)) {
            // Titles first, as they are cached: the text of a document is read only under a new title.
            let is_new_title = titles.insert(self.lookup.document(&spots[0])?.title.clone());
            if !is_new_title {
                continue;
            }
            let text = self.lookup.text_of(&spots[0])?;
            // A copy under another title is the same text; one without text below its title counts by its
            // title alone.
            n_texts += usize::from(text.is_none_or(|text| texts.insert(text)));
            if n_texts >= COMMON_TITLES {
                return Ok(Some(Rarity::Common));
            }
        }
        Ok(match n_texts {
            0 => None,
            1 => Some(Rarity::Single),
            _ => Some(Rarity::Rare),
        })
    }
}

/// Which units of a sentence are reused, and from which documents.
struct Marks {
    reused: Vec<bool>,
    documents: BTreeMap<Arc<str>, Vec<bool>>,
}

impl Marks {
    fn new(n_units: usize) -> Self {
        Self {
            reused: vec![false; n_units],
            documents: BTreeMap::new(),
        }
    }

    fn add(&mut self, runs: impl Iterator<Item = Range<usize>>, found: &Found) {
        let runs: Vec<Range<usize>> = runs.collect();
        let n_units = self.reused.len();
        let mark = |marks: &mut Vec<bool>| {
            for run in &runs {
                marks[run.clone()].fill(true);
            }
        };
        if runs.is_empty() {
            return;
        }
        mark(&mut self.reused);
        for spots in found.spots.chunk_by(|a, b| a.document == b.document) {
            let document = Arc::clone(&spots[0].document);
            mark(
                self.documents
                    .entry(document)
                    .or_insert_with(|| vec![false; n_units]),
            );
        }
    }

    /// Characters of the units selected by `counts`.
    fn weigh(&self, piece: &Piece, counts: impl Fn(usize) -> bool) -> u64 {
        let units = piece.units.items().iter().enumerate();
        let counted = units.filter(|&(ord, _)| counts(ord));
        counted
            .map(|(_, unit)| u64::from(unit.end - unit.start))
            .sum()
    }

    fn by_document(&self, piece: &Piece) -> BTreeMap<Arc<str>, u64> {
        let weights = self.documents.iter();
        let weights = weights
            .map(|(document, marks)| (Arc::clone(document), self.weigh(piece, |ord| marks[ord])));
        weights.collect()
    }

    /// The reused units as ranges of characters, including the marks between them.
    fn spans(&self, piece: &Piece) -> Vec<(usize, usize)> {
        let ords: Vec<usize> = (0..self.reused.len())
            .filter(|&ord| self.reused[ord])
            .collect();
        let rows = ords.chunk_by(|a, b| a + 1 == *b);
        let span = |row: &[usize]| {
            let span = piece.units.span(row[0]..row[row.len() - 1] + 1);
            (span.start, span.end)
        };
        rows.map(span).collect()
    }
}

fn total(
    searcher: &Searcher<'_>,
    title: &str,
    outcomes: Vec<Outcome>,
    limit: usize,
) -> Result<Check> {
    let mut out = Check {
        title: title.to_owned(),
        sentences: Vec::with_capacity(outcomes.len()),
        classes: Classes::default(),
        characters: 0,
        reused: 0,
        distinctive: 0,
        share: 0.0,
        documents: Vec::new(),
    };
    // Distinctive and all reused characters, and sentences.
    let mut documents: BTreeMap<Arc<str>, (u64, u64, usize)> = BTreeMap::new();
    for Outcome {
        checked,
        characters,
        reused,
        by_document,
    } in outcomes
    {
        let is_common = checked.rarity == Some(Rarity::Common);
        out.characters += characters;
        out.reused += reused;
        // Characters of common wording are reused but say nothing about where the draft comes from.
        out.distinctive += if is_common { 0 } else { reused };
        *match checked.class {
            Class::Verbatim => &mut out.classes.verbatim,
            Class::Near => &mut out.classes.near,
            Class::Loose => &mut out.classes.loose,
            Class::None => &mut out.classes.none,
        } += 1;
        for (document, reused) in by_document {
            let share = documents.entry(document).or_default();
            share.0 += if is_common { 0 } else { reused };
            share.1 += reused;
            share.2 += 1;
        }
        out.sentences.push(checked);
    }
    let of_draft = |reused: u64| reused as f64 / out.characters.max(1) as f64;
    out.share = of_draft(out.reused);
    let mut ranked: Vec<_> = documents.into_iter().collect();
    // Distinctive characters first, so that a document full of set phrases does not head the list.
    ranked.sort_by(|(a, x), (b, y)| (y.0, y.1).cmp(&(x.0, x.1)).then_with(|| a.cmp(b)));
    ranked.truncate(limit);
    let describe = |(id, (distinctive, reused, sentences)): (Arc<str>, _)| {
        Ok(DocumentShare {
            document: searcher.document(&id)?.into(),
            sentences,
            reused,
            distinctive,
            share: of_draft(reused),
        })
    };
    out.documents = ranked.into_iter().map(describe).collect::<Result<_>>()?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::tests::with_documents;
    use super::*;

    fn passage(number: u32, text: &str) -> Passage {
        Passage {
            number,
            line: number,
            part: Part::Body,
            text: text.to_owned(),
            section: None,
            row: None,
            is_recognized: false,
        }
    }

    fn options() -> CheckOptions {
        CheckOptions {
            variants: 3,
            sources: 3,
            documents: 10,
            filter: Filter::default(),
            threads: NonZeroUsize::MIN.saturating_add(1),
        }
    }

    /// Five reports of different titles that share a set phrase, one of which has more.
    fn documents() -> Vec<(String, String)> {
        let places = ["云岭乡", "荷塘村", "白鹭镇", "青石寨", "柳湾屯"];
        let file = |(ord, place): (usize, &&str)| {
            let own = [
                "全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。",
                "村民养蜂。",
                "渔家晒盐。",
                "老人编筐。",
                "作坊酿醋。",
            ][ord];
            let text = format!("{place}201{ord}年工作总结\n各项任务圆满完成。{own}");
            (format!("{ord}.txt"), text)
        };
        places.iter().enumerate().map(file).collect()
    }

    fn checked(draft: &[&str]) -> Result<Check> {
        let files = documents();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let draft: Vec<Passage> = (1..)
            .zip(draft)
            .map(|(number, text)| passage(number, text))
            .collect();
        with_documents(&files, |searcher| check(searcher, "稿", &draft, &options()))
    }

    #[test]
    fn sentences_are_classed_and_totalled() {
        let draft = [
            "各项任务圆满完成。全乡修路三百里，架桥六座，山货出山再不靠肩挑背扛。",
            "全镇修路三百里，通电三村。今夜月色真好！",
            "（三）这里先说几句闲话，山货出山再不靠肩挑背扛，别的从略不提也罢了吧诸位乡亲父老。",
        ];
        let check = checked(&draft).expect("the draft can be checked");
        let rows: Vec<_> = check
            .sentences
            .iter()
            .map(|s| {
                (
                    s.passage.number,
                    s.span,
                    s.class,
                    s.rarity,
                    s.reused.clone(),
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                (
                    1,
                    (0, 9),
                    Class::Verbatim,
                    Some(Rarity::Common),
                    vec![(0, 8)]
                ),
                (
                    1,
                    (9, 34),
                    Class::Near,
                    Some(Rarity::Single),
                    vec![(0, 10), (11, 24)]
                ),
                (2, (0, 13), Class::Loose, Some(Rarity::Single), vec![(2, 7)]),
                (2, (13, 20), Class::None, None, vec![]),
                (3, (3, 41), Class::None, Some(Rarity::Single), vec![(9, 20)]),
            ]
        );
        let labels: Vec<_> = check
            .sentences
            .iter()
            .filter_map(|s| s.label.as_deref())
            .collect();
        assert_eq!(labels, ["（三）"]);
        assert_eq!(
            check.classes,
            Classes {
                verbatim: 1,
                near: 1,
                loose: 1,
                none: 2
            }
        );
        // Marks are not counted: 8 + 22 + 11 + 6 + 35 characters, of which 8 + 21 + 5 + 0 + 11.
        assert_eq!(
            (check.characters, check.reused, check.distinctive),
            (82, 45, 37)
        );
        let documents: Vec<_> = check
            .documents
            .iter()
            .map(|d| (d.document.id.as_str(), d.sentences, d.reused, d.distinctive))
            .collect();
        assert_eq!(
            documents,
            [
                ("0.txt", 4, 45, 37),
                ("1.txt", 1, 8, 0),
                ("2.txt", 1, 8, 0),
                ("3.txt", 1, 8, 0),
                ("4.txt", 1, 8, 0)
            ]
        );
        let sources: Vec<&str> = check.sentences[0].variants[0]
            .sources
            .iter()
            .map(|s| s.document.id.as_str())
            .collect();
        assert_eq!(
            sources,
            ["0.txt", "1.txt", "4.txt"],
            "the last one is the newest"
        );
    }

    #[test]
    fn one_text_under_several_titles_counts_once() {
        let body = "各项任务圆满完成。\n渔家晒盐。";
        let mut files = documents();
        files.truncate(3);
        for (ord, place) in ["石桥村", "塬上镇", "沙洲里"].iter().enumerate() {
            files.push((format!("副{ord}.txt"), format!("{place}工作总结\n{body}")));
        }
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let draft = [passage(1, "各项任务圆满完成。")];
        let check = with_documents(&files, |searcher| check(searcher, "稿", &draft, &options()));
        let check = check.expect("the draft can be checked");
        // Six titles, and four texts.
        assert_eq!(check.sentences[0].variants[0].documents, 6);
        assert_eq!(check.sentences[0].rarity, Some(Rarity::Rare));
    }

    #[test]
    fn what_is_shown_changes_no_number() {
        let files = [
            (
                "甲.txt",
                "甲村总结\n全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。",
            ),
            (
                "乙.txt",
                "乙村总结\n全乡修渠三百里，架桥六座，山货出山再不靠肩挑背扛，百姓称便。",
            ),
            (
                "丙.txt",
                "丙村总结\n全乡修路四百里，架桥五座，山货下山再不靠肩挑背扛。",
            ),
            (
                "丁.txt",
                "丁村总结\n我们全乡修路三百里，筑坝五座，货物出山再不靠肩挑背扛。",
            ),
        ];
        let draft = [passage(
            1,
            "全乡修路三百里，架桥七座，山货出山再不靠肩挑背扛，百姓称便。",
        )];
        let checked = |variants| {
            let options = CheckOptions {
                variants,
                sources: variants,
                ..options()
            };
            let check = with_documents(&files, |searcher| check(searcher, "稿", &draft, &options));
            let check = check.expect("the draft can be checked");
            assert_eq!(check.sentences[0].variants.len(), variants.min(4));
            let Check {
                classes,
                characters,
                reused,
                distinctive,
                documents,
                ..
            } = check;
            let documents: Vec<_> = documents
                .into_iter()
                .map(|shared| (shared.document.id, shared.reused, shared.distinctive))
                .collect();
            (classes, characters, reused, distinctive, documents)
        };
        let expected = checked(4);
        for variants in [1, 2, 3, 20] {
            assert_eq!(checked(variants), expected, "{variants}");
        }
    }

    #[test]
    fn nothing_to_check_is_an_error() {
        assert!(matches!(checked(&[]), Err(Error::NoUnits)));
        assert!(matches!(checked(&["……"]), Err(Error::NoUnits)));
        let long = "塬".repeat(MAX_DRAFT + 1);
        assert!(matches!(
            checked(&[&long]),
            Err(Error::TextTooLong {
                n_chars: 200_001,
                ..
            })
        ));
    }
}
