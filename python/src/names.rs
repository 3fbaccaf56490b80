//! Values of arguments that are one of a few names, and shares.

use pyo3::prelude::*;
use xunzhang::report::trend;
use xunzhang::search::{By, Grouping, GroupingProblem, LineOrder, Order, Sort};

use crate::cli::value::BadValue;
use crate::error::{bad_argument, bad_value};

/// What `by` of a search names.
pub(crate) fn by(py: Python<'_>, name: &str) -> PyResult<By> {
    match name {
        "passage" => Ok(By::Passage),
        "document" => Ok(By::Document),
        _ => Err(bad_argument(py, "by", "expected passage or document")),
    }
}

/// What `sort` of a search names.
pub(crate) fn sort(py: Python<'_>, name: &str) -> PyResult<Sort> {
    match name {
        "score" => Ok(Sort::Score),
        "date" => Ok(Sort::Date),
        "-date" => Ok(Sort::DateDescending),
        "path" => Ok(Sort::Path),
        _ => Err(bad_argument(
            py,
            "sort",
            "expected score, date, -date or path",
        )),
    }
}

/// What `sort` of a list of documents names.
pub(crate) fn order(py: Python<'_>, name: &str) -> PyResult<Order> {
    match name {
        "path" => Ok(Order::Path),
        "date" => Ok(Order::Date),
        "-date" => Ok(Order::DateDescending),
        _ => Err(bad_argument(py, "sort", "expected path, date or -date")),
    }
}

/// What `sort` of a concordance names.
pub(crate) fn line_order(py: Python<'_>, name: &str) -> PyResult<LineOrder> {
    match name {
        "path" => Ok(LineOrder::Path),
        "date" => Ok(LineOrder::Date),
        "left" => Ok(LineOrder::Left),
        "right" => Ok(LineOrder::Right),
        "hit" => Ok(LineOrder::Hit),
        _ => Err(bad_argument(
            py,
            "sort",
            "expected path, date, left, right or hit",
        )),
    }
}

/// What `group` of a concordance names.
pub(crate) fn grouping(py: Python<'_>, text: &str) -> PyResult<Grouping> {
    text.parse().map_err(|problem| {
        let problem = match problem {
            GroupingProblem::Unknown => BadValue::Group,
            GroupingProblem::Units => BadValue::GroupUnits,
        };
        bad_value(py, "group", &problem)
    })
}

/// What `by` of a trend names.
pub(crate) fn period(py: Python<'_>, name: &str) -> PyResult<trend::By> {
    match name {
        "year" => Ok(trend::By::Year),
        "month" => Ok(trend::By::Month),
        "decade" => Ok(trend::By::Decade),
        _ => Err(bad_argument(py, "by", "expected year, month or decade")),
    }
}

/// A share from 0 to 1.
pub(crate) fn share(py: Python<'_>, argument: &str, share: f64) -> PyResult<f64> {
    match (0.0..=1.0).contains(&share) {
        true => Ok(share),
        false => Err(bad_value(py, argument, &BadValue::Share)),
    }
}
