//! Names and sentences about citations that every form of a check shares.

use xunzhang::precedent::{
    ALTERED, Check, Citation, CitationKind, CitationStatus, MIN_QUOTATION, NewerEdition, Relation,
    Remark,
};

use crate::cli::messages::{Lang, say};

/// The name of a kind.
pub(crate) fn kind_name(kind: CitationKind, lang: Lang) -> &'static str {
    lang.text(match kind {
        CitationKind::Quotation => "citation-quotation",
        CitationKind::Title => "citation-title",
        CitationKind::Article => "citation-article",
        CitationKind::Number => "citation-number",
        CitationKind::Figure => "citation-figure",
    })
}

/// The name of a status.
pub(crate) fn status_name(status: CitationStatus, lang: Lang) -> &'static str {
    lang.text(match status {
        CitationStatus::Verbatim => "citation-verbatim",
        CitationStatus::Altered => "citation-altered",
        CitationStatus::NotFound => "citation-not-found",
        CitationStatus::Ambiguous => "citation-ambiguous",
    })
}

/// The name of a status in files.
// Never translated: the style sheets select by these names.
pub(crate) fn status_key(status: CitationStatus) -> &'static str {
    match status {
        CitationStatus::Verbatim => "verbatim",
        CitationStatus::Altered => "altered",
        CitationStatus::NotFound => "not_found",
        CitationStatus::Ambiguous => "ambiguous",
    }
}

/// The colour of a status: those of sentences, the strongest for what is altered.
// Never translated, as [`status_key`].
pub(crate) fn status_tint(status: CitationStatus) -> &'static str {
    match status {
        CitationStatus::Verbatim => "none",
        CitationStatus::Altered => "verbatim",
        CitationStatus::NotFound => "near",
        CitationStatus::Ambiguous => "loose",
    }
}

/// What a remark says.
pub(crate) fn remark_text(remark: Remark, lang: Lang) -> &'static str {
    lang.text(match remark {
        Remark::SourceMissing => "citation-source-missing",
        Remark::OtherSource => "citation-other-source",
        Remark::OtherArticle => "citation-other-article",
        Remark::OtherPart => "citation-other-part",
        Remark::OtherEdition => "citation-other-edition",
        Remark::Exists => "citation-exists",
        Remark::ContentMissing => "citation-content-missing",
        Remark::NoSuchArticle => "citation-no-such-article",
        Remark::NoSuchPart => "citation-no-such-part",
        Remark::NoSource => "citation-no-source",
        Remark::TooShort => "citation-too-short",
        Remark::OtherFigure => "citation-other-figure",
        Remark::SeveralDocuments => "citation-several-documents",
        Remark::EditionsDiffer => "citation-editions-differ",
        Remark::SeveralWordings => "citation-several-wordings",
    })
}

/// What amended or replaced the source later.
pub(crate) fn newer_text(newer: &NewerEdition, lang: Lang) -> String {
    let date = newer.date.map(|date| date.to_string()).unwrap_or_default();
    let (title, place) = (newer.document.title.as_str(), newer.place.as_str());
    match (newer.relation, newer.holds) {
        (Relation::Revised, Some(true)) => say!(lang, "citation-revised-holds", date, title, place),
        (Relation::Revised, Some(false)) => {
            say!(lang, "citation-revised-lacks", date, title, place)
        }
        (Relation::Revised, None) => say!(lang, "citation-revised", date, title, place),
        (Relation::Amended, _) => say!(lang, "citation-amended", date, title, place),
        (Relation::Repealed, _) => say!(lang, "citation-repealed", date, title, place),
    }
}

/// Which source the draft names, and what a figure is of; empty without either.
pub(crate) fn claimed(citation: &Citation, lang: Lang) -> String {
    let named = citation.named.as_deref();
    let named = named.map(|title| say!(lang, "citation-named", title));
    let subject = citation.subject.as_deref().map(str::trim);
    let subject = subject.filter(|subject| !subject.is_empty());
    let subject = subject.map(|subject| say!(lang, "citation-of", subject));
    let parts: Vec<String> = subject.into_iter().chain(named).collect();
    parts.join("  ")
}

/// How many citations there are of each status.
pub(crate) fn citation_summary(check: &Check, lang: Lang) -> String {
    let n_of = |status| {
        check
            .citations
            .iter()
            .filter(|one| one.status == status)
            .count()
    };
    let n = check.citations.len();
    if n == 0 {
        return lang.text("citation-none").to_owned();
    }
    let [verbatim, altered, not_found, ambiguous] = CitationStatus::ALL.map(n_of);
    say!(
        lang,
        "citation-heading",
        n,
        verbatim,
        altered,
        not_found,
        ambiguous
    )
}

/// How citations are checked.
pub(crate) fn citation_method(lang: Lang) -> String {
    say!(
        lang,
        "citation-method",
        altered = ALTERED,
        min = MIN_QUOTATION
    )
}

/// Whether the draft's own figure, which is in no source: it is counted, not listed, where a person reads along.
pub(crate) fn is_own_figure(citation: &Citation) -> bool {
    citation.kind == CitationKind::Figure
        && citation.status == CitationStatus::NotFound
        && citation.named.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_for_people_differ_and_keys_are_those_of_json() {
        for status in CitationStatus::ALL {
            let json = serde_json::to_string(&status).expect("a name");
            assert_eq!(json, format!("\"{}\"", status_key(status)));
        }
        for lang in [Lang::Zh, Lang::En] {
            let remarks: std::collections::BTreeSet<&str> = Remark::ALL
                .iter()
                .map(|&remark| remark_text(remark, lang))
                .collect();
            assert_eq!(remarks.len(), Remark::ALL.len());
            let kinds: std::collections::BTreeSet<&str> = CitationKind::ALL
                .iter()
                .map(|&kind| kind_name(kind, lang))
                .collect();
            assert_eq!(kinds.len(), CitationKind::ALL.len());
            let names: std::collections::BTreeSet<&str> = CitationStatus::ALL
                .iter()
                .map(|&status| status_name(status, lang))
                .collect();
            assert_eq!(names.len(), CitationStatus::ALL.len());
        }
    }
}
