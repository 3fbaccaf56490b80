//! Numbers by year as bars, each a link, with a table of the same.

use maud::{Markup, html};

/// Height of the highest bar, and the width that the bars share, in units of the drawing.
const HEIGHT: f64 = 100.0;
const WIDTH: f64 = 1_000.0;
/// The lowest bar that is seen.
const LOWEST: f64 = 2.0;
/// Years that are drawn; a wrong date may be centuries away from all others.
const MAX_YEARS: u16 = 150;

/// A year with its number.
pub(super) struct Bar {
    pub(super) year: u16,
    pub(super) value: f64,
    /// The number as it is read.
    pub(super) shown: String,
    /// Where the year leads.
    pub(super) of_year: String,
    /// Where its number leads.
    pub(super) of_value: String,
    /// Whether it is the year that is chosen.
    pub(super) is_on: bool,
}

/// What the bars and the columns of the table are called.
pub(super) struct Names<'a> {
    pub(super) caption: &'a str,
    pub(super) year: &'a str,
    pub(super) value: &'a str,
}

/// Bars for `years`, which ascend; nothing without any.
pub(super) fn bars(years: &[Bar], names: &Names<'_>) -> Markup {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return html! {};
    };
    let is_drawn = last.year - first.year < MAX_YEARS && years.len() > 1;
    html! {
        figure.bars {
            @if is_drawn {
                // The table has the same links for the keyboard and for screen readers.
                (drawing(years, first.year, last.year))
                div.axis aria-hidden="true" { span { (first.year) } span { (last.year) } }
            }
            details open[!is_drawn] {
                summary { (names.caption) }
                table.years {
                    caption.visually-hidden { (names.caption) }
                    thead { tr { th scope="col" { (names.year) } th.n scope="col" { (names.value) } } }
                    tbody {
                        @for bar in years {
                            tr {
                                th scope="row" { a href=(bar.of_year) { (bar.year) } }
                                td.n { a href=(bar.of_value) { (bar.shown) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Years without a bar are gaps, which a reader has to see.
fn drawing(years: &[Bar], first: u16, last: u16) -> Markup {
    let step = WIDTH / f64::from(last - first + 1);
    let most = years.iter().map(|bar| bar.value).fold(0.0, f64::max);
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for bar in years {
                @let height = height(bar.value, most);
                @let x = f64::from(bar.year - first) * step;
                a href=(bar.of_year) tabindex="-1" class=[bar.is_on.then_some("on")] {
                    title { (bar.year) ": " (bar.shown) }
                    // As high as the drawing, so that a low bar can be hit.
                    rect.area x=(decimal(x)) y="0" width=(decimal(step)) height=(HEIGHT) {}
                    rect x=(decimal(x)) y=(decimal(HEIGHT - height)) width=(decimal(step * 0.85)) height=(decimal(height)) {}
                }
            }
        }
    }
}

/// A bar that is seen however small its share is.
fn height(value: f64, most: f64) -> f64 {
    let share = if most > 0.0 { value / most } else { 0.0 };
    (share * HEIGHT).max(LOWEST)
}

/// A coordinate with as many decimals as can be seen.
fn decimal(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(of: &[(u16, u64)]) -> String {
        let bar = |&(year, n): &(u16, u64)| Bar {
            year,
            value: n as f64,
            shown: n.to_string(),
            of_year: format!("/search?year={year}"),
            of_value: format!("/concordance?year={year}"),
            is_on: false,
        };
        let names = Names {
            caption: "历年次数",
            year: "年份",
            value: "次数",
        };
        let years: Vec<Bar> = of.iter().map(bar).collect();
        bars(&years, &names).into_string()
    }

    #[test]
    fn every_year_is_a_bar_and_a_row() {
        let html = drawn(&[(2005, 1), (2009, 40)]);
        assert_eq!(html.matches("class=\"area\"").count(), 2);
        assert_eq!(html.matches("/search?year=2009").count(), 2, "{html}");
        assert_eq!(html.matches("/concordance?year=2009").count(), 1);
    }

    #[test]
    fn years_far_apart_are_a_table_alone() {
        assert!(!drawn(&[(1021, 1), (2009, 4)]).contains("<svg"));
        assert!(!drawn(&[(2009, 4)]).contains("<svg"));
        assert_eq!(drawn(&[]), "");
    }

    #[test]
    fn no_bar_is_higher_than_the_highest() {
        assert_eq!(height(0.0, 0.0), LOWEST);
        assert_eq!(height(1.0, 1_000.0), LOWEST);
        assert_eq!(height(7.0, 7.0), HEIGHT);
    }
}
