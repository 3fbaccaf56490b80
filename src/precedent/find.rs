//! Variants of every sentence of a text.

use serde::Serialize;

use super::error::Result;
use super::options::Options;
use super::pieces::pieces_within;
use super::template::{self, Part};
use super::variant::{Found, Variant};
use super::variants::Lookup;
use crate::search::{Scope, Searcher};

/// Maximum length of a text that [`find`] accepts, in characters.
pub const MAX_TEXT: usize = 10_000;

/// The number of most similar variants of a sentence that its template is based on, however many are shown.
const IN_TEMPLATE: usize = 10;

/// How others have put a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Precedents {
    /// The text that was looked up.
    pub text: String,
    /// The variants of all its sentences: sentence by sentence, each by similarity, then occurrences, then text.
    pub variants: Vec<Variant>,
    /// The units that the variants share, and the fillers of the gaps, sentence after sentence; empty if no
    /// sentence has two variants.
    pub template: Vec<Part>,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sentence {
    /// Its text.
    pub text: String,
    /// Half-open range of characters in the whole text.
    pub span: (usize, usize),
    /// What its variants share; empty if it has fewer than two.
    pub template: Vec<Part>,
}

/// Looks for variants of every sentence of `text`.
///
/// # Errors
/// [`super::Error::NoUnits`] if it contains no unit, [`super::Error::TextTooLong`] above [`MAX_TEXT`] characters,
/// [`crate::query::Error::BadGlob`] if a path is not a pattern, [`crate::index::Error::Engine`] if the index can't be read.
pub fn find(searcher: &Searcher<'_>, text: &str, options: &Options) -> Result<Precedents> {
    let pieces = pieces_within(text, MAX_TEXT)?;
    let scope = Scope::new(searcher, &options.filter)?;
    let lookup = Lookup::new(&scope, options, IN_TEMPLATE);
    let mut out = Precedents {
        text: text.to_owned(),
        variants: Vec::new(),
        template: Vec::new(),
        sentences: Vec::new(),
    };
    for (ord, piece) in pieces.iter().enumerate() {
        let found = lookup.variants(piece)?;
        let counted: Vec<&Found> = found
            .iter()
            .filter(|found| lookup.is_counted(found))
            .collect();
        // The template is made of the counted variants, so that `-n` does not change it.
        let template = template::template(piece, &counted);
        let shown = lookup.shown(found)?;
        out.variants
            .extend(shown.into_iter().map(|variant| Variant {
                sentence: ord,
                ..variant
            }));
        out.template.extend(template.iter().cloned());
        out.sentences.push(Sentence {
            text: piece.text.clone(),
            span: (piece.span.start, piece.span.end),
            template,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::precedent::test_index::with_documents;
    use crate::precedent::{Edit, Error, Filler, Op, align};
    use crate::search::DocumentFilter;
    use crate::search::Filter;
    use crate::text::units::Units;

    const DOCUMENTS: [(&str, &str); 4] = [
        (
            "甲.txt",
            "云岭乡2011年工作总结\n一、基本做法\n坚持以安全生产为底线，做到学习、工作两不误。全乡修路三百里。\n二、问题\n全乡修路三百里，仍有缺口。",
        ),
        (
            "乙.txt",
            "云岭乡2015年工作总结\n一、基本做法\n我们坚持以防汛抗旱为底线，做到工作学习两不误。",
        ),
        (
            "丙.txt",
            "云岭乡2018年工作总结\n一、主要措施\n坚持以防汛抗旱为底线，做到学习,工作两不误！",
        ),
        ("丁.txt", "荷塘村植树简讯\n春天种下杨柳千株。"),
    ];

    /// Variants as text, similarity in hundredths, occurrences, documents, first and last date.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, u32, u64, u64, &str, &str)]) -> Precedents {
        let found = with_documents(&DOCUMENTS, |searcher| {
            find(searcher, text, &Options::default())
        });
        let found = found.expect("the text can be looked for");
        let iso = |date: Option<crate::document::Date>| {
            date.map(|date| date.to_string()).unwrap_or_default()
        };
        let actual: Vec<_> = found
            .variants
            .iter()
            .map(|v| {
                (
                    v.text.clone(),
                    (v.similarity * 100.0) as u32,
                    v.occurrences,
                    v.documents,
                    iso(v.first),
                    iso(v.last),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(text, similarity, n, documents, first, last)| {
                (
                    text.to_owned(),
                    similarity,
                    n,
                    documents,
                    first.to_owned(),
                    last.to_owned(),
                )
            })
            .collect();
        assert_eq!(actual, expected);
        found
    }

    #[test]
    fn a_fragment_is_found_verbatim_with_all_its_occurrences() {
        let found = check("修路，三百里", &[("修路三百里", 100, 2, 1, "2011", "2011")]);
        let sources: Vec<_> = found.variants[0]
            .sources
            .iter()
            .map(|s| {
                (
                    s.document.id.as_str(),
                    s.passage.number,
                    s.passage.line,
                    s.span,
                    s.section[0].title.as_str(),
                )
            })
            .collect();
        assert_eq!(
            sources,
            [
                ("甲.txt", 3, 3, (24, 29), "基本做法"),
                ("甲.txt", 5, 5, (2, 7), "问题")
            ]
        );
    }

    #[test]
    fn a_variants_similarity_does_not_depend_on_its_context() {
        let text = "坚持以招商引资为底线";
        let around = [
            ("", "。"),
            ("我们", "，做到工作学习两不误。"),
            (
                "去年全乡上下招商，坚持以项目",
                "，以人为本，以底线思维招商引资，不断进取。",
            ),
            ("为底线，", "为底线，招商引资。"),
        ];
        let mut similarities = Vec::new();
        for (before, behind) in around {
            let file = format!("云岭乡总结\n{before}坚持以防汛抗旱为底线{behind}\n");
            let options = Options {
                min_similarity: 0.1,
                ..Options::default()
            };
            let found = with_documents(&[("甲.txt", &file)], |searcher| {
                find(searcher, text, &options)
            });
            for variant in found.expect("the text can be looked for").variants {
                let [text, other] = [text, &variant.text].map(Units::new);
                let texts = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
                let alone = align(&texts(&text), &texts(&other)).similarity();
                assert_eq!(variant.similarity, alone, "{file}");
                if variant.text == "坚持以防汛抗旱为底线" {
                    similarities.push(variant.similarity);
                }
            }
        }
        assert!(similarities.len() > 1 && similarities.iter().all(|&one| one == similarities[0]));
    }

    #[test]
    fn a_variant_of_a_sentence_ends_where_the_sentence_ends() {
        let file = "云岭乡规定\n逾期未提出书面申请的，由受理机关依照前款规定另行办理延期手续。申请人可以查询。\n";
        for text in [
            "逾期未提书面申请的，由受理机关依前款规定另行办理延期。",
            "逾期提出书面申请的，由机关依照前款规定另行办理延",
            "未提出书面申请的，由受理机关依照前款规定办理延期手",
        ] {
            let found = with_documents(&[("甲.txt", file)], |searcher| {
                find(searcher, text, &Options::default())
            });
            let variants = found.expect("the text can be looked for").variants;
            assert_eq!(
                variants[0].text,
                "逾期未提出书面申请的，由受理机关依照前款规定另行办理延期手续"
            );
        }
    }

    #[test]
    fn the_template_does_not_depend_on_how_many_variants_are_shown() {
        let template = |limit| {
            let options = Options {
                limit,
                ..Options::default()
            };
            let found = with_documents(&DOCUMENTS, |searcher| {
                find(searcher, "学习、工作两不误", &options)
            });
            let found = found.expect("the text can be looked for");
            assert!(found.variants.len() <= limit);
            found.template
        };
        assert!(!template(10).is_empty());
        assert_eq!(template(1), template(10));
    }

    #[test]
    fn clauses_in_another_order_are_a_variant() {
        let found = check(
            "学习、工作两不误",
            &[
                ("学习、工作两不误", 100, 2, 2, "2011", "2018"),
                ("工作学习两不误", 97, 1, 1, "2015", "2015"),
            ],
        );
        let edit = |op, from: &str, to: &str| Edit {
            op,
            from: from.to_owned(),
            to: to.to_owned(),
        };
        assert_eq!(
            found.variants[1].diff,
            [
                edit(Op::Insert, "", "工作"),
                edit(Op::Equal, "学习、", "学习"),
                edit(Op::Delete, "工作", ""),
                edit(Op::Equal, "两不误", "两不误"),
            ]
        );
    }

    #[test]
    fn a_template_shows_what_fills_the_slot() {
        let found = check(
            "坚持以招商引资为底线",
            &[
                ("坚持以防汛抗旱为底线", 60, 2, 2, "2015", "2018"),
                ("坚持以安全生产为底线", 60, 1, 1, "2011", "2011"),
            ],
        );
        let filler = |text: &str, occurrences| Filler {
            text: text.to_owned(),
            occurrences,
        };
        let fixed = |text: &str| Part::Fixed {
            text: text.to_owned(),
        };
        let slot = Part::Slot {
            slot: vec![filler("防汛抗旱", 2), filler("安全生产", 1)],
        };
        assert_eq!(found.template, [fixed("坚持以"), slot, fixed("为底线")]);
    }

    #[test]
    fn a_text_is_answered_sentence_by_sentence() {
        let found = check(
            "全乡修路三百里。春天种下杨柳百株！",
            &[
                ("全乡修路三百里", 100, 2, 1, "2011", "2011"),
                ("春天种下杨柳千株", 87, 1, 1, "", ""),
            ],
        );
        let ords: Vec<usize> = found
            .variants
            .iter()
            .map(|variant| variant.sentence)
            .collect();
        assert_eq!(ords, [0, 1]);
        assert_eq!(found.sentences[1].span, (8, 17));
    }

    #[test]
    fn filters_restrict_what_is_counted() {
        let options = Options {
            filter: Filter {
                documents: DocumentFilter {
                    years: Some((2016..=2020).into()),
                    ..DocumentFilter::default()
                },
                ..Filter::default()
            },
            ..Options::default()
        };
        let found = with_documents(&DOCUMENTS, |searcher| {
            find(searcher, "坚持以防汛抗旱为底线", &options)
        });
        let counts = found
            .expect("it can be looked for")
            .variants
            .iter()
            .map(|v| v.occurrences)
            .collect::<Vec<_>>();
        assert_eq!(counts, [1]);
    }

    #[test]
    fn nothing_to_look_for_is_an_error() {
        with_documents(&DOCUMENTS[3..], |searcher| {
            let error = |text: &str| {
                find(searcher, text, &Options::default())
                    .map(|_| ())
                    .unwrap_err()
            };
            for text in ["", "，。！", " \n"] {
                assert!(matches!(error(text), Error::NoUnits), "{text:?}");
            }
            assert!(matches!(
                error(&"塬".repeat(1_000_000)),
                Error::TextTooLong {
                    n_chars: 1_000_000,
                    limit: 10_000
                }
            ));
        });
    }
}
