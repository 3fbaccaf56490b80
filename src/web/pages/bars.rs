//! Bars over years or other values, each a link, with a table of the same numbers.

use maud::{Markup, html};

/// A bar.
pub(super) struct Bar {
    /// What it stands for.
    pub(super) label: String,
    pub(super) value: f64,
    /// The value as it is read.
    pub(super) shown: String,
    /// Where a click leads.
    pub(super) href: String,
    /// Whether it is what is chosen.
    pub(super) is_on: bool,
}

/// Names of the table that has the same numbers.
pub(super) struct Names<'a> {
    /// What the bars are about.
    pub(super) caption: &'a str,
    pub(super) label: &'a str,
    pub(super) value: &'a str,
    /// What opens the table.
    pub(super) table: &'a str,
}

/// Units of the drawing, which is as wide as its column.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 72.0;
/// Height of the labels below.
const LABELS: f64 = 16.0;
/// Room that a label needs.
const LABEL: f64 = 40.0;

/// The drawing and the table; nothing without bars.
pub(super) fn bars(bars: &[Bar], names: &Names<'_>) -> Markup {
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    if bars.is_empty() || most <= 0.0 {
        return html! {};
    }
    let step = WIDTH / bars.len() as f64;
    let every = (LABEL / step).ceil().max(1.0) as usize;
    html! {
        figure.bars {
            // The table below has the same links for the keyboard and for screen readers.
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT + LABELS) } width=(WIDTH) height=(HEIGHT + LABELS) aria-hidden="true" focusable="false" {
                @for (ord, bar) in bars.iter().enumerate() {
                    @let height = (bar.value / most * HEIGHT).max(if bar.value > 0.0 { 1.0 } else { 0.0 });
                    @let x = ord as f64 * step;
                    a href=(bar.href) tabindex="-1" class=[bar.is_on.then_some("on")] {
                        title { (bar.label) "  " (bar.shown) }
                        // As high as the drawing, so that a low bar can be hit.
                        rect.area x=(decimal(x)) y="0" width=(decimal(step)) height=(HEIGHT) {}
                        rect x=(decimal(x + step * 0.1)) y=(decimal(HEIGHT - height)) width=(decimal(step * 0.8)) height=(decimal(height)) {}
                    }
                    @if ord % every == 0 && x + LABEL <= WIDTH + step {
                        text x=(decimal(x)) y=(HEIGHT + LABELS - 4.0) { (bar.label) }
                    }
                }
            }
            details {
                summary { (names.table) }
                div.wide tabindex="0" role="region" aria-label=(names.caption) {
                    table {
                        caption { (names.caption) }
                        thead { tr { th scope="col" { (names.label) } th.n scope="col" { (names.value) } } }
                        tbody {
                            @for bar in bars {
                                tr { th scope="row" { (bar.label) } td.n { a href=(bar.href) { (bar.shown) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A coordinate with as many decimals as can be seen.
fn decimal(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: f64) -> Bar {
        Bar {
            label: label.to_owned(),
            value,
            shown: value.to_string(),
            href: format!("/search?year={label}"),
            is_on: false,
        }
    }

    const NAMES: Names<'_> = Names {
        caption: "a",
        label: "b",
        value: "c",
        table: "d",
    };

    #[test]
    fn each_bar_is_a_link_in_the_drawing_and_in_the_table() {
        let drawn = bars(&[bar("2009", 1.0), bar("2010", 4.0)], &NAMES).into_string();
        assert_eq!(drawn.matches("/search?year=2010").count(), 2);
        // The highest is as high as the drawing.
        assert!(
            drawn.contains("y=\"0.0\" width=\"96.0\" height=\"72.0\""),
            "{drawn}"
        );
        assert!(drawn.contains("height=\"18.0\""), "{drawn}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(bars(&[], &NAMES).into_string(), "");
        assert_eq!(bars(&[bar("2009", 0.0)], &NAMES).into_string(), "");
    }
}
