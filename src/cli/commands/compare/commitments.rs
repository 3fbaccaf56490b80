//! What became of the figures that the older report sets for the next year, as a table and as a person reads it in a terminal.

use std::fmt::Write;

use xunzhang::precedent::{Change, Commitment, CommitmentStatus, Reason, StatedFigure};

use crate::cli::messages::{Lang, say};
use crate::cli::output::columns;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::{printable, truncate, width, wrap};

/// Column of the first of both places in [`table`], and how many there are up to the second one.
pub(super) const OLD_PLACE: usize = 5;
pub(super) const N_SHOWN: usize = 7;
/// The fewest cells of a measure: four Han characters.
const NARROWEST: usize = 9;

/// A line for each commitment in order of the older report: what came of it, why it is undecided, the measure, both figures, both
/// places, both sentences.
pub(super) fn table<'a>(
    commitments: impl IntoIterator<Item = &'a Commitment>,
    lang: Lang,
) -> Table<'static> {
    let header = [
        "compare-commitment-status",
        "compare-commitment-reason",
        "compare-commitment-measure",
        "compare-commitment-target",
        "compare-commitment-outcome",
        "compare-commitment-old-place",
        "compare-commitment-new-place",
        "compare-commitment-old",
        "compare-commitment-new",
    ];
    let header = header.map(|name| lang.text(name).to_owned()).to_vec();
    let name = lang.text("compare-commitments");
    let rows = commitments.into_iter().map(|one| row(one, lang)).collect();
    Table::new("commitments", name, Layout::Lines { names: 3 }, header).with(rows)
}

fn row(one: &Commitment, lang: Lang) -> Vec<Cell> {
    let outcome = one.outcome.as_ref();
    let reason = one.reason.map(|reason| reason_name(reason, lang));
    vec![
        Cell::text(status_name(one.status, lang)),
        Cell::optional(reason),
        Cell::text(&one.target.measure),
        Cell::text(&figure(&one.target)),
        outcome.map_or(Cell::Empty, |one| Cell::text(&figure(one))),
        Cell::text(&one.target.place),
        Cell::optional(outcome.map(|one| &*one.place)),
        Cell::text(&one.target.text),
        Cell::optional(outcome.map(|one| &*one.text)),
    ]
}

/// The same in the width of a terminal: the reason beside the status, and lines for places, whose documents are at the head of the
/// comparison.
fn in_terminal(commitments: &[Commitment], cells: usize, lang: Lang) -> Table<'static> {
    let header = [
        "compare-commitment-status",
        "compare-commitment-measure",
        "compare-commitment-target",
        "compare-commitment-outcome",
        "compare-commitment-old-line",
        "compare-commitment-new-line",
    ];
    let header = header.map(|name| lang.text(name).to_owned()).to_vec();
    let row = |one: &Commitment| -> [String; 6] {
        let status = status_name(one.status, lang);
        let status = match one.reason {
            Some(reason) => format!("{status}: {}", reason_name(reason, lang)),
            None => status.to_owned(),
        };
        let outcome = one.outcome.as_ref();
        let stated = outcome.filter(|one| one.value.is_some());
        [
            status,
            one.target.measure.clone(),
            figure(&one.target),
            stated.map(figure).unwrap_or_default(),
            line(&one.target).to_owned(),
            outcome.map(line).unwrap_or_default().to_owned(),
        ]
    };
    let mut rows: Vec<[String; 6]> = commitments.iter().map(row).collect();
    // A figure that is cut is another one: only what it is of gives way.
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| width(&row[column]));
        cells.chain([width(&header[column])]).max().unwrap_or(0)
    };
    let others: usize = [0, 2, 3, 4, 5].map(widest).iter().sum();
    let left = cells.saturating_sub(others + 2 * 5).max(NARROWEST);
    for row in &mut rows {
        row[1] = truncate(&printable(&row[1]), left);
    }
    let rows = rows
        .iter()
        .map(|row| row.each_ref().map(|text| Cell::text(text)).to_vec());
    let name = lang.text("compare-commitments");
    Table::new("commitments", name, Layout::Lines { names: 2 }, header).with(rows.collect())
}

/// A figure with a sign where it is a change, so that 3% and a fall by 3% differ.
fn figure(one: &StatedFigure) -> String {
    match (one.change, one.value) {
        (_, None) => one.measure.clone(),
        (Change::Amount, _) => one.figure.clone(),
        (Change::Up, _) => format!("↑{}", one.figure),
        (Change::Down, _) => format!("↓{}", one.figure),
    }
}

fn line(one: &StatedFigure) -> &str {
    one.place.rsplit_once(':').map_or("", |(_, line)| line)
}

/// How many there are of each status.
pub(super) fn summary(commitments: &[Commitment], lang: Lang) -> String {
    let count = |status| {
        let those = commitments.iter().filter(|one| one.status == status);
        those.count()
    };
    say!(
        lang,
        "compare-commitments-summary",
        all = commitments.len(),
        met = count(CommitmentStatus::Met),
        missed = count(CommitmentStatus::Missed),
        unmentioned = count(CommitmentStatus::NotMentioned),
        undecided = count(CommitmentStatus::Undecided)
    )
}

/// The table with the number of each status before it; nothing without commitments.
pub(super) fn print(
    out: &mut String,
    commitments: &[Commitment],
    session: &Session,
) -> std::fmt::Result {
    if commitments.is_empty() {
        return Ok(());
    }
    let lang = session.lang;
    writeln!(
        out,
        "\n{}",
        session
            .paint
            .ink(Ink::Heading, lang.text("compare-commitments"))
    )?;
    let said = summary(commitments, lang);
    for range in wrap(&said, session.width) {
        writeln!(out, "{}", &said[range])?;
    }
    let table = in_terminal(commitments, session.width, lang);
    let all: Vec<usize> = (0..table.header.len()).collect();
    for line in columns::of_table(&table, &all, session.width, session.paint) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The name of a status.
pub(crate) fn status_name(status: CommitmentStatus, lang: Lang) -> &'static str {
    lang.text(match status {
        CommitmentStatus::Met => "compare-commitment-met",
        CommitmentStatus::Missed => "compare-commitment-missed",
        CommitmentStatus::NotMentioned => "compare-commitment-not-mentioned",
        CommitmentStatus::Undecided => "compare-commitment-undecided",
    })
}

/// Why a commitment is undecided.
fn reason_name(reason: Reason, lang: Lang) -> &'static str {
    lang.text(match reason {
        Reason::LongerPeriod => "compare-commitment-longer-period",
        Reason::OtherPeriod => "compare-commitment-other-period",
        Reason::OtherUnit => "compare-commitment-other-unit",
        Reason::OtherMeasure => "compare-commitment-other-measure",
        Reason::OnlyAbout => "compare-commitment-only-about",
        Reason::NoBound => "compare-commitment-no-bound",
        Reason::OutcomeRounded => "compare-commitment-outcome-rounded",
        Reason::InWords => "compare-commitment-in-words",
    })
}
