//! Line charts as SVG, drawn by plotters.

use plotters::prelude::*;

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name in the legend.
    pub name: String,
    /// A value for each place on the horizontal axis; `None` leaves a gap.
    pub values: Vec<Option<f64>>,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart<'a> {
    /// Its title.
    pub title: &'a str,
    /// Names of the places on the horizontal axis.
    pub places: &'a [String],
    /// The lines.
    pub lines: &'a [Line],
}

/// Colours that are told apart in print and by the colour-blind (Okabe and Ito 2008), the yellow left out.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(0, 0, 0),
];

/// Most lines of a chart: with more none can be followed.
pub const MAX_LINES: usize = COLOURS.len();

const WIDTH: u32 = 960;
const HEIGHT: u32 = 420;

/// The chart as an SVG element; empty without places or lines. More than [`MAX_LINES`] lines are cut off.
pub fn svg(chart: &Chart) -> String {
    let mut out = String::new();
    if chart.places.is_empty() || chart.lines.is_empty() {
        return out;
    }
    let area = SVGBackend::with_string(&mut out, (WIDTH, HEIGHT)).into_drawing_area();
    // Writing into a string cannot fail, and the ranges are never empty.
    let drawn = draw(chart, &area).and_then(|()| area.present().map_err(|error| error.to_string()));
    drop(area);
    match drawn {
        Ok(()) => accessible(&out, chart.title),
        Err(_) => String::new(),
    }
}

/// The drawing with its title for screen readers, scaled to the page.
fn accessible(svg: &str, title: &str) -> String {
    let title: String = title
        .chars()
        .map(|ch| if "<>&\"".contains(ch) { ' ' } else { ch })
        .collect();
    svg.replacen(
        &format!("<svg width=\"{WIDTH}\" height=\"{HEIGHT}\""),
        &format!("<svg role=\"img\" aria-label=\"{title}\" width=\"{WIDTH}\" height=\"{HEIGHT}\""),
        1,
    )
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw(chart: &Chart, area: &Area) -> Result<(), String> {
    let said = |error: DrawingAreaErrorKind<std::io::Error>| error.to_string();
    area.fill(&WHITE).map_err(said)?;
    let values = chart
        .lines
        .iter()
        .flat_map(|line| line.values.iter().flatten());
    let top = values.fold(0.0f64, |top, value| top.max(*value));
    let top = if top > 0.0 { top * 1.08 } else { 1.0 };
    let last = (chart.places.len() - 1).max(1) as f64;
    let mut context = ChartBuilder::on(area)
        .caption(chart.title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..last, 0.0..top)
        .map_err(said)?;
    let place = |at: &f64| {
        let ord = at.round();
        let name = chart
            .places
            .get(ord as usize)
            .filter(|_| (at - ord).abs() < 1e-6);
        name.cloned().unwrap_or_default()
    };
    context
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(225, 225, 225))
        .x_labels(chart.places.len().min(12))
        .x_label_formatter(&place)
        .label_style(("sans-serif", 13))
        .draw()
        .map_err(said)?;
    for (line, colour) in chart.lines.iter().zip(COLOURS) {
        let drawn = context
            .draw_series(
                segments(line)
                    .into_iter()
                    .map(|segment| PathElement::new(segment, colour.stroke_width(2))),
            )
            .map_err(said)?;
        drawn
            .label(line.name.clone())
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(3)));
        let points = (0..)
            .zip(&line.values)
            .filter_map(|(x, value)| Some((f64::from(x), (*value)?)));
        context
            .draw_series(points.map(|point| Circle::new(point, 3, colour.filled())))
            .map_err(said)?;
    }
    context
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.85))
        .border_style(RGBColor(200, 200, 200))
        .label_font(("sans-serif", 14))
        .draw()
        .map_err(said)
}

/// The line between its gaps.
fn segments(line: &Line) -> Vec<Vec<(f64, f64)>> {
    let mut out: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (x, value) in (0..).zip(&line.values) {
        match (value, out.last_mut()) {
            (Some(value), Some(segment)) => segment.push((f64::from(x), *value)),
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|segment| segment.len() > 1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_points_and_names_are_drawn() {
        let places = ["2001", "2002", "2003"].map(str::to_owned);
        let lines = [Line {
            name: "水渠<1>".into(),
            values: vec![Some(1.0), None, Some(3.0)],
        }];
        let svg = svg(&Chart {
            title: "修渠 & 修路",
            places: &places,
            lines: &lines,
        });
        assert!(
            svg.starts_with("<svg role=\"img\" aria-label=\"修渠   修路\""),
            "{svg}"
        );
        assert!(svg.contains("水渠&lt;1&gt;") && svg.contains("2003"));
        assert_eq!(svg.matches("<circle").count(), 2);
        let nothing = Chart {
            title: "",
            places: &[],
            lines: &lines,
        };
        assert_eq!(super::svg(&nothing), "");
    }
}
