//! The forms of a wording, each with the occurrences that are its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::precedent::error::Result;
use crate::precedent::variant::Found;
use crate::search::{Scope, Spot};
use crate::text::pattern::Pattern;
use crate::text::units::Units;

/// A form with the passages in which it is counted.
pub(super) struct Counted {
    pub(super) found: Found,
    pub(super) row: Vec<String>,
    pub(super) is_wording: bool,
    /// Each with the number of its own occurrences, at least one; by document id and number.
    pub(super) spots: Vec<Spot>,
    /// Occurrences inside longer forms.
    pub(super) inside: u64,
}

impl Counted {
    pub(super) fn occurrences(&self) -> u64 {
        self.spots.iter().map(|spot| u64::from(spot.places)).sum()
    }
}

/// The forms that occur by themselves; the wording, of the units `wording`, is counted wherever it occurs.
pub(super) fn counted(
    found: Vec<Found>,
    wording: &Units,
    scope: &Scope<'_>,
) -> Result<Vec<Counted>> {
    let row = |units: &Units| -> Vec<String> { units.texts().map(str::to_owned).collect() };
    let wording = row(wording);
    let mut forms: Vec<Counted> = found
        .into_iter()
        .map(|found| Counted {
            row: row(&found.units),
            is_wording: row(&found.units) == wording,
            spots: found.spots.clone(),
            inside: 0,
            found,
        })
        .collect();
    let holders: Vec<Vec<usize>> = (0..forms.len()).map(|ord| longer(&forms, ord)).collect();
    let mut own = Vec::with_capacity(forms.len());
    for (form, holders) in forms.iter().zip(holders) {
        let holders: Vec<&Counted> = holders.into_iter().map(|ord| &forms[ord]).collect();
        own.push(outside(form, &holders, scope)?);
    }
    for (form, (spots, inside)) in forms.iter_mut().zip(own) {
        (form.spots, form.inside) = (spots, inside);
    }
    forms.retain(|form| !form.spots.is_empty());
    Ok(forms)
}

/// The forms whose units contain those of form `ord`; none for the wording.
fn longer(forms: &[Counted], ord: usize) -> Vec<usize> {
    let form = &forms[ord];
    if form.is_wording {
        return Vec::new();
    }
    let is_longer = |other: &&Counted| {
        let mut windows = other.row.windows(form.row.len().max(1));
        other.row.len() > form.row.len() && windows.any(|window| window == form.row)
    };
    let all = forms.iter().enumerate();
    all.filter(|(_, other)| is_longer(other))
        .map(|(ord, _)| ord)
        .collect()
}

/// The passages with the occurrences of a form outside of the forms that contain it, and the number of those inside.
fn outside(form: &Counted, holders: &[&Counted], scope: &Scope<'_>) -> Result<(Vec<Spot>, u64)> {
    // Only a passage that holds one of the longer forms is read.
    let read: BTreeSet<(&str, u32)> = holders
        .iter()
        .flat_map(|holder| &holder.spots)
        .map(|spot| (&*spot.document, spot.number))
        .collect();
    let is_read = |spot: &Spot| read.contains(&(&*spot.document, spot.number));
    let shared: Vec<Spot> = form
        .spots
        .iter()
        .filter(|spot| is_read(spot))
        .cloned()
        .collect();
    let texts = scope.texts(&shared)?;
    let mut places: BTreeMap<(&str, u32), u32> = BTreeMap::new();
    let mut inside = 0;
    for (spot, text) in shared.iter().zip(&texts) {
        let n = n_outside(&form.row, holders, &Units::new(text));
        inside += u64::from(spot.places.saturating_sub(n));
        places.insert((&*spot.document, spot.number), n);
    }
    let spots = form.spots.iter().filter_map(|spot| {
        let own = places.get(&(&*spot.document, spot.number)).copied();
        let places = own.unwrap_or(spot.places);
        let mut spot = spot.clone();
        spot.places = places;
        (places > 0).then_some(spot)
    });
    Ok((spots.collect(), inside))
}

fn n_outside(row: &[String], holders: &[&Counted], units: &Units) -> u32 {
    let places = |row: &[String]| -> Vec<Range<usize>> {
        let pattern = Pattern {
            rows: vec![row.to_vec()],
            gaps: Vec::new(),
        };
        let found = pattern.find(units).into_iter();
        found.map(|place| place.units()).collect()
    };
    let held: Vec<Range<usize>> = holders
        .iter()
        .flat_map(|holder| places(&holder.row))
        .collect();
    let own = places(row).into_iter();
    let own = own.filter(|place| {
        let mut held = held.iter();
        !held.any(|held| held.start <= place.start && place.end <= held.end)
    });
    own.count() as u32
}
