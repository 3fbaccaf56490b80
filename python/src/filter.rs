//! Where to look: the filters of the command line, with its names and its ways of writing.

use pyo3::prelude::*;
use xunzhang::document::{Date, Role};
use xunzhang::query::{Dates, Years, YearsProblem, read_date};
use xunzhang::search::{DocumentFilter, Within};
use xunzhang::text::pattern::Pattern;

use crate::cli::value::BadValue;
use crate::error::{bad_argument, bad_value};

/// Where to look.
#[pyclass(frozen, module = "xunzhang._native")]
#[derive(Clone)]
pub(crate) struct Filter {
    pub(crate) filter: xunzhang::search::Filter,
}

#[pymethods]
impl Filter {
    #[new]
    #[pyo3(signature = (*, collection, kind, issuer, year, since, until, path, section, role, in_, no_ocr))]
    #[allow(clippy::too_many_arguments, reason = "the filters of the command line")]
    fn new(
        py: Python<'_>,
        collection: Vec<String>,
        kind: Vec<String>,
        issuer: Vec<String>,
        year: Vec<String>,
        since: Option<String>,
        until: Option<String>,
        path: Vec<String>,
        section: Option<String>,
        role: Vec<String>,
        in_: &str,
        no_ocr: bool,
    ) -> PyResult<Self> {
        let years = year.iter().map(|text| years(py, text));
        let years = years.collect::<PyResult<Vec<Years>>>()?;
        let documents = DocumentFilter {
            collections: collection,
            kinds: kind,
            issuers: issuer,
            years: years.into_iter().reduce(Years::and),
            dates: Dates {
                since: date(py, "since", since)?,
                until: date(py, "until", until)?,
            },
            paths: path,
        };
        let roles = role.iter().map(|text| role_named(py, text));
        let filter = xunzhang::search::Filter {
            documents,
            section: section.map(|text| section_named(py, text)).transpose()?,
            roles: roles.collect::<PyResult<_>>()?,
            within: within(py, in_)?,
            without_ocr: no_ocr,
        };
        Ok(Self { filter })
    }
}

fn years(py: Python<'_>, text: &str) -> PyResult<Years> {
    Years::parse(text).map_err(|problem| {
        let problem = match problem {
            YearsProblem::NotYears => BadValue::Years,
            YearsProblem::Reversed => BadValue::YearsReversed,
        };
        bad_value(py, "year", &problem)
    })
}

fn date(py: Python<'_>, argument: &str, text: Option<String>) -> PyResult<Option<Date>> {
    let read = |text: String| {
        let date = read_date(&text);
        date.ok_or_else(|| bad_value(py, argument, &BadValue::Date))
    };
    text.map(read).transpose()
}

fn role_named(py: Python<'_>, text: &str) -> PyResult<String> {
    let role = Role::named(text).map(|role| role.name().to_owned());
    role.ok_or_else(|| bad_value(py, "role", &BadValue::Role))
}

fn section_named(py: Python<'_>, text: String) -> PyResult<String> {
    // Headings are compared by units: without any the filter would match nothing.
    match Pattern::phrase(&text) {
        Some(_) => Ok(text),
        None => Err(bad_value(py, "section", &BadValue::Section)),
    }
}

fn within(py: Python<'_>, name: &str) -> PyResult<Within> {
    match name {
        "all" => Ok(Within::All),
        "body" => Ok(Within::Body),
        "headings" => Ok(Within::Headings),
        _ => Err(bad_argument(py, "in_", "expected body, headings or all")),
    }
}
