//! What goes wrong with a request, as people and programs get it.

use std::sync::Arc;

use anyhow::Error;
use axum::http::StatusCode;
use serde::Serialize;
use xunzhang::query::SyntaxError;
use xunzhang::{index, search};

use super::answer::{Answer, PROBLEM};
use super::parameters::UnknownParameter;
use crate::cli::fault::Fault;
use crate::cli::messages::{Lang, explain, say, usage_sentence};

/// A problem as RFC 9457 has it, with where it is in a query.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    #[serde(serialize_with = "code")]
    pub(super) status: StatusCode,
    /// What the status means.
    title: &'static str,
    /// What is wrong and what can be done.
    pub(super) detail: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    place: Option<PlaceInQuery>,
}

#[derive(Debug, Serialize)]
struct PlaceInQuery {
    query: String,
    /// 0-based ordinal of the offending character.
    at: usize,
}

fn code<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// A problem with its sentence.
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            title: status.canonical_reason().unwrap_or_default(),
            detail: detail.into(),
            place: None,
        }
    }

    /// What an error of a command is to who sent the request.
    pub(super) fn of(error: &Error, lang: Lang) -> Self {
        let place = error.chain().find_map(syntax);
        Self {
            place,
            ..Self::new(status(error), sentence(error, lang))
        }
    }

    /// That too much is going on.
    pub(super) fn busy(lang: Lang) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, say!(lang, "web-busy"))
    }

    /// The answer for programs.
    pub(super) fn json(&self) -> Answer {
        // Numbers and strings alone, which can always be written.
        let body = serde_json::to_vec(self).unwrap_or_default();
        Answer::new(PROBLEM, body).with_status(self.status)
    }
}

/// What an error of a command, or of its arguments, is to who sent the request.
pub(crate) fn sentence(error: &Error, lang: Lang) -> String {
    match (error.downcast_ref(), error.downcast_ref()) {
        (Some(error), _) => usage_sentence(error, lang),
        (_, Some(UnknownParameter { name })) => say!(lang, "web-unknown-parameter", name),
        _ => explain(error, lang),
    }
}

fn syntax(cause: &(dyn std::error::Error + 'static)) -> Option<PlaceInQuery> {
    use xunzhang::query::Error;
    let of = |error: &SyntaxError| PlaceInQuery {
        query: error.query.clone(),
        at: error.at,
    };
    match cause.downcast_ref::<Error>() {
        Some(Error::Syntax(error)) => Some(of(error)),
        _ => cause.downcast_ref().map(of),
    }
}

/// Most errors are in what was typed; those of the index and the system are not.
fn status(error: &Error) -> StatusCode {
    for cause in error.chain() {
        let shared = cause
            .downcast_ref::<Arc<index::Error>>()
            .map(|error| &**error);
        if let Some(error) = cause.downcast_ref().or(shared) {
            return match error {
                index::Error::NoIndex(_) | index::Error::Unfinished(_) => {
                    StatusCode::SERVICE_UNAVAILABLE
                }
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
        }
        if let Some(search::Error::NoDocument(_)) = cause.downcast_ref() {
            return StatusCode::NOT_FOUND;
        }
        if cause.is::<std::io::Error>() || cause.is::<Fault>() {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
    }
    StatusCode::BAD_REQUEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_a_query_has_its_place() {
        let error = xunzhang::query::parse("水渠 (修路").expect_err("an open bracket");
        let problem = Problem::of(&error.into(), Lang::Zh);
        assert_eq!(problem.status, StatusCode::BAD_REQUEST);
        let json: serde_json::Value = serde_json::to_value(&problem).expect("json");
        assert_eq!(json["query"], "水渠 (修路");
        assert_eq!(json["at"], 3);
        assert_eq!(json["status"], 400);
    }

    #[test]
    fn what_is_missing_is_not_found() {
        let error = search::Error::NoDocument("渠".to_owned());
        assert_eq!(status(&error.into()), StatusCode::NOT_FOUND);
        let error = index::Error::NoIndex("渠".into());
        assert_eq!(status(&error.into()), StatusCode::SERVICE_UNAVAILABLE);
    }
}
