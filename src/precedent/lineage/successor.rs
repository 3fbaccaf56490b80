//! What may have come after a wording.

use std::cmp::Reverse;

use super::history::{Form, Succession, Successor};
use super::years::most_used;
use crate::text::units::Units;

/// Minimum number of documents with a successor: one alone is a turn of phrase.
const MIN_DOCUMENTS: u64 = 2;

/// The successor among the forms; `last` is the last year with text.
pub(super) fn successor(forms: &[Form], last: Option<u16>) -> Successor {
    let none = |status, in_use| Successor {
        status,
        form: None,
        occurrences: 0,
        of_wording: 0,
        in_use,
    };
    let wording = forms.iter().find(|form| form.is_wording);
    let years = wording.map_or(&[][..], |form| &form.years);
    let (Some(peak), Some(last)) = (most_used(years), last) else {
        return none(Succession::Undecided, false);
    };
    let since = |years: &[(u16, u64)], first: u16| -> u64 {
        let later = years.iter().filter(|(year, _)| *year >= first);
        later.map(|&(_, n)| n).sum()
    };
    let in_use = years.iter().any(|&(year, _)| year == last);
    let total: u64 = years.iter().map(|&(_, n)| n).sum();
    let units = |form: &Form| -> String { Units::new(&form.text).texts().collect() };
    let own_units = wording.map(units).unwrap_or_default();
    let later = forms.iter().enumerate().filter_map(|(ord, form)| {
        let first = form.first?.year;
        let (own, of_wording) = (since(&form.years, first), since(years, first));
        let is_later = !form.is_wording && first > peak && form.documents >= MIN_DOCUMENTS;
        // A wording that is used as much as ever was not followed by anything.
        let is_instead = own > of_wording && of_wording < total - of_wording;
        // A part of the wording is not another one.
        let is_successor = is_later && is_instead && !own_units.contains(&units(form));
        is_successor.then_some((ord, own, of_wording))
    });
    match later.max_by_key(|&(ord, own, _)| (own, Reverse(ord))) {
        Some((form, occurrences, of_wording)) => Successor {
            status: Succession::Found,
            form: Some(form),
            occurrences,
            of_wording,
            in_use,
        },
        None if peak >= last => none(Succession::Undecided, in_use),
        None if in_use => none(Succession::InUse, in_use),
        None => none(Succession::None, in_use),
    }
}
