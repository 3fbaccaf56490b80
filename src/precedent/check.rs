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

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::ops::Range;

use super::checked::{COMMON_TITLES, Check, Checked, Class, NEAR, Rarity};
use super::citations::citations;
use super::draft_passage::DraftPassage;
use super::error::{Error, Result};
use super::marks::Marks;
use super::options::Options;
use super::pieces::{Piece, clauses, cut, labelled};
use super::totals::{Outcome, total};
use super::variant::Found;
use super::variants::Lookup;
use crate::document::Passage;
use crate::parallel;
use crate::query::Leaf;
use crate::search::{Filter, Scope, Searcher, text_of_passages};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// Maximum length of a draft, in characters.
pub const MAX_DRAFT: usize = 200_000;
/// The number of most similar variants of a sentence that figures are based on, however many are shown.
pub const COUNTED: usize = 5;
/// Minimum number of units of a reused run.
pub const MIN_RUN: usize = 4;
/// Minimum number of units of a clause that is looked up by itself.
pub const MIN_CLAUSE: usize = 8;
/// How much less similar than the best variant of a sentence another one may be to be shown: beside a verbatim source,
/// sentences that share half of the words are noise.
const NOISE: f64 = 0.2;
/// Options of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckOptions {
    /// Maximum number of variants shown for a sentence.
    pub variants: usize,
    /// Maximum number of sources shown for a variant; if there are more, the last one shown is the newest.
    pub sources: usize,
    /// Maximum number of documents in the totals.
    pub documents: usize,
    /// Minimum similarity of a variant, from 0 to 1: that of a loose one as a rule.
    pub min_similarity: f64,
    /// Ids of documents to leave out. One whose text is the draft itself is left out in any case.
    pub excluded: Vec<String>,
    /// The documents to search.
    pub filter: Filter,
    /// Number of threads.
    pub threads: NonZeroUsize,
}

/// Looks up every sentence of a draft, given as its passages, then what it cites; progress is in sentences, then in citations.
///
/// # Errors
/// [`Error::NoUnits`] if it contains no unit, [`Error::TextTooLong`] above [`MAX_DRAFT`] characters,
/// [`crate::query::Error::BadGlob`] if a path is not a pattern, [`crate::index::Error::Cancelled`],
/// [`crate::index::Error::Engine`] if the index can't be read.
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
    let mut lookup_options = Options {
        min_similarity: options.min_similarity,
        limit: options.variants,
        sources: options.sources,
        filter: options.filter.clone(),
        excluded: options.excluded.clone(),
    };
    for own in itself(&scope, draft, &sentences)? {
        if !lookup_options.excluded.contains(&own) {
            lookup_options.excluded.push(own);
        }
    }
    let checker = Checker {
        lookup: Lookup::new(&scope, &lookup_options, COUNTED),
    };
    let outcomes = checker.all(&sentences, (searcher, options.threads))?;
    let check = total(searcher, title, outcomes, options.documents)?;
    let threads = options.threads;
    Ok(Check {
        citations: citations((searcher, &scope), title, draft, &lookup_options, threads)?,
        min_similarity: options.min_similarity,
        excluded: lookup_options.excluded,
        ..check
    })
}

/// The documents of the index whose text below the title is that of the draft: they hold its longest sentence.
fn itself(scope: &Scope<'_>, draft: &[Passage], sentences: &[Sentence]) -> Result<Vec<String>> {
    let longest = sentences.iter().max_by_key(|it| it.piece.units.len());
    let (Some(text), Some(longest)) = (text_of_passages(draft), longest) else {
        return Ok(Vec::new());
    };
    let pattern = Pattern {
        rows: vec![longest.piece.units.texts().map(str::to_owned).collect()],
        gaps: Vec::new(),
    };
    let spots = scope.places_of(&Leaf::Pattern(pattern))?;
    let mut out = Vec::new();
    for spots in spots.chunk_by(|a, b| a.document == b.document) {
        if scope.text_of_document(&spots[0])? == Some(text) {
            out.push(spots[0].document.to_string());
        }
    }
    Ok(out)
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
    let pieces = labelled(&passage.text).into_iter();
    pieces.map(move |(label, piece)| Sentence {
        label,
        passage: place,
        piece,
    })
}

struct Checker<'a> {
    lookup: Lookup<'a>,
}

impl Checker<'_> {
    /// The outcomes of all sentences in order.
    fn all(
        &self,
        sentences: &[Sentence],
        (searcher, threads): (&Searcher<'_>, NonZeroUsize),
    ) -> Result<Vec<Outcome>> {
        // What a sentence costs is known when it is done; all weigh the same.
        let steps = searcher.task.begin(sentences.len(), sentences.len() as u64);
        // Sentences differ in cost by orders of magnitude: fixed shares would leave threads idle.
        let sentences = sentences.iter().collect();
        let outcomes = parallel::try_map(sentences, threads, |sentence| -> Result<Outcome> {
            let outcome = self.one(sentence)?;
            steps.done(1);
            Ok(outcome)
        })?;
        // The threads may all have been at their last sentences.
        searcher.go_on()?;
        Ok(outcomes)
    }

    fn one(&self, sentence: &Sentence) -> Result<Outcome> {
        let Sentence {
            label,
            passage,
            piece,
        } = sentence;
        let mut found = self.lookup.variants(piece)?;
        let similarity = found.first().map_or(0.0, |first| first.variant.similarity);
        let class = Class::of(similarity, self.lookup.min_similarity());
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
        found.retain(|found| found.variant.similarity >= similarity - NOISE);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Part;
    use crate::precedent::checked::{Classes, LOOSE};
    use crate::precedent::test_index::with_documents;

    fn passage(number: u32, text: &str) -> Passage {
        Passage {
            number,
            line: number,
            part: Part::Body,
            text: text.to_owned(),
            section: None,
            opened: None,
            row: None,
            is_recognized: false,
        }
    }

    fn options() -> CheckOptions {
        CheckOptions {
            variants: 3,
            sources: 3,
            documents: 10,
            min_similarity: LOOSE,
            excluded: Vec::new(),
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

    /// The variants of each sentence of a draft checked with these options, by similarity.
    fn variants_of(
        files: &[(&str, &str)],
        draft: &[Passage],
        options: &CheckOptions,
    ) -> (Check, Vec<Vec<f64>>) {
        let check = with_documents(files, |searcher| check(searcher, "稿", draft, options));
        let check = check.expect("the draft can be checked");
        let sentences = check.sentences.iter();
        let similarities = sentences
            .map(|sentence| sentence.variants.iter().map(|it| it.similarity).collect())
            .collect();
        (check, similarities)
    }

    #[test]
    fn the_draft_itself_and_documents_asked_for_are_left_out() {
        let text = "塬上村2020年工作总结\n全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。";
        let files = [
            ("甲.txt", text),
            (
                "乙.txt",
                "乙村总结\n全乡修路三百里，架桥六座，山货出山再不靠肩挑背扛。",
            ),
        ];
        let mut title = passage(1, "塬上村2020年工作总结");
        title.part = Part::Title;
        let body = passage(2, "全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。");
        let (check, _) = variants_of(&files, &[title.clone(), body.clone()], &options());
        assert_eq!(check.excluded, ["甲.txt"]);
        assert_eq!(check.sentences[1].class, Class::Near);
        // Another text under the same title is not the draft.
        let other = passage(
            2,
            "全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。水渠通水。",
        );
        let (check, _) = variants_of(&files, &[title, other], &options());
        assert!(check.excluded.is_empty());
        assert_eq!(check.sentences[1].class, Class::Verbatim);
        let options = CheckOptions {
            excluded: vec!["甲.txt".into(), "乙.txt".into()],
            ..options()
        };
        let (check, _) = variants_of(&files, &[body], &options);
        assert_eq!((check.sentences[0].class, check.reused), (Class::None, 0));
    }

    #[test]
    fn sentences_that_differ_in_punctuation_only_are_verbatim() {
        let files = [(
            "甲.txt",
            "甲村总结\n一年来，全乡修路三百里。架桥五座！山货出山，再不靠肩挑背扛。",
        )];
        let draft = [passage(
            1,
            "全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。",
        )];
        let (check, _) = variants_of(&files, &draft, &options());
        let sentence = &check.sentences[0];
        assert_eq!(
            (sentence.class, sentence.similarity),
            (Class::Verbatim, 1.0)
        );
        assert_eq!(check.reused, check.characters);
        let variant = &sentence.variants[0];
        assert_eq!((variant.occurrences, variant.sources.len()), (1, 1));
        assert_eq!(
            variant.text,
            "全乡修路三百里。架桥五座！山货出山，再不靠肩挑背扛"
        );
        // Short runs across a sentence end are chance.
        let draft = [passage(1, "三百里架桥。")];
        let (check, _) = variants_of(&files, &draft, &options());
        assert_ne!(check.sentences[0].class, Class::Verbatim);
    }

    #[test]
    fn much_less_similar_variants_are_noise_and_the_floor_holds() {
        let files = [
            (
                "甲.txt",
                "甲村总结\n全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。",
            ),
            ("乙.txt", "乙村总结\n全乡修路三百里，架桥五座，百姓称便。"),
        ];
        let draft = [passage(
            1,
            "全乡修路三百里，架桥五座，山货出山再不靠肩挑背扛。",
        )];
        let (_, similarities) = variants_of(&files, &draft, &options());
        assert_eq!(similarities, [[1.0]]);
        let options = CheckOptions {
            min_similarity: 0.9,
            ..options()
        };
        let draft = [passage(1, "全乡修路三百里，架桥五座，百姓个个称便。")];
        let (check, similarities) = variants_of(&files, &draft, &options);
        let least = similarities[0].iter().copied().fold(1.0, f64::min);
        assert!(least >= 0.9, "{similarities:?}");
        assert_eq!(check.min_similarity, 0.9);
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
            // The fourth is much less similar than the first: noise.
            assert_eq!(check.sentences[0].variants.len(), variants.min(3));
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
