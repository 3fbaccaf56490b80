//! Line charts as SVG, drawn by plotters.

use plotters::prelude::*;

use xunzhang::text::printable::printable;

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct Line {
    /// Its name in the legend.
    pub(in crate::cli) name: String,
    /// A value for each place on the horizontal axis; `None` leaves a gap.
    pub(in crate::cli) values: Vec<Option<f64>>,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct Chart<'a> {
    /// Its title.
    pub(in crate::cli) title: &'a str,
    /// Names of the places on the horizontal axis.
    pub(in crate::cli) places: &'a [String],
    /// The lines.
    pub(in crate::cli) lines: &'a [Line],
}

/// Colours that are distinguishable in print and for the colour-blind (Okabe and Ito 2008), the yellow left out.
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(0, 0, 0),
];

/// Maximum number of lines of a chart: more are indistinguishable.
pub(in crate::cli) const MAX_LINES: usize = COLOURS.len();

const WIDTH: u32 = 960;
const HEIGHT: u32 = 420;

/// The chart as an SVG element; empty without places or lines. More than [`MAX_LINES`] lines are cut off.
pub(in crate::cli) fn svg(chart: &Chart) -> String {
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

/// Height of the title, and of a line of the legend under it.
const TITLE_HEIGHT: u32 = 34;
const LEGEND_HEIGHT: u32 = 20;
/// Where the legend's names begin and must end, and the length of the stroke before each.
const LEGEND: (i32, i32) = (76, WIDTH as i32 - 20);
const STROKE: i32 = 18;

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw(chart: &Chart, area: &Area) -> Result<(), String> {
    area.fill(&WHITE).map_err(said)?;
    let names = legend(chart.lines);
    let n_lines = names.last().map_or(0, |name| name.line) + 1;
    let (head, area) = area.split_vertically(TITLE_HEIGHT + n_lines * LEGEND_HEIGHT);
    draw_head(chart.title, &names, &head)?;
    let values = chart
        .lines
        .iter()
        .flat_map(|line| line.values.iter().flatten());
    let top = values.fold(0.0f64, |top, value| top.max(*value));
    let top = if top > 0.0 { top * 1.08 } else { 1.0 };
    let last = (chart.places.len() - 1).max(1) as f64;
    let mut context = ChartBuilder::on(&area)
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
    // The ticks of ten or more are whole numbers.
    let value = |value: &f64| match top < 10.0 {
        true => format!("{}", (value * 1e4).round() / 1e4),
        false => format!("{value:.0}"),
    };
    context
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(225, 225, 225))
        .x_labels(chart.places.len().min(12))
        .x_label_formatter(&place)
        .y_label_formatter(&value)
        .label_style(("sans-serif", 13))
        .draw()
        .map_err(said)?;
    for (line, colour) in chart.lines.iter().zip(COLOURS) {
        let paths = segments(line).into_iter();
        context
            .draw_series(paths.map(|path| PathElement::new(path, colour.stroke_width(2))))
            .map_err(said)?;
        let points = (0..)
            .zip(&line.values)
            .filter_map(|(x, value)| Some((f64::from(x), (*value)?)));
        context
            .draw_series(points.map(|point| Circle::new(point, 3, colour.filled())))
            .map_err(said)?;
    }
    Ok(())
}

fn said(error: DrawingAreaErrorKind<std::io::Error>) -> String {
    error.to_string()
}

/// A name in the legend.
struct Name {
    text: String,
    x: i32,
    line: u32,
}

/// The names of the lines side by side, on as many lines as they need.
fn legend(lines: &[Line]) -> Vec<Name> {
    const GAP: i32 = 24;
    // Roughly: what draws the text knows its fonts, we do not.
    let width = |text: &str| -> i32 {
        text.chars()
            .map(|ch| if ch.is_ascii() { 8 } else { 14 })
            .sum()
    };
    let (mut x, mut line) = (LEGEND.0, 0);
    let mut out = Vec::new();
    for Line { name, .. } in lines.iter().take(MAX_LINES) {
        let mut text = printable(name);
        while STROKE + width(&text) > LEGEND.1 - LEGEND.0 {
            text.truncate(text.char_indices().nth_back(1).map_or(0, |(at, _)| at));
            text.push('…');
        }
        let needed = STROKE + 6 + width(&text);
        if x > LEGEND.0 && x + needed > LEGEND.1 {
            (x, line) = (LEGEND.0, line + 1);
        }
        out.push(Name { text, x, line });
        x += needed + GAP;
    }
    out
}

/// The title, and the names under it: nothing of the lines is covered.
fn draw_head(title: &str, names: &[Name], area: &Area) -> Result<(), String> {
    let title = Text::new(title.to_owned(), (LEGEND.0, 10), ("sans-serif", 18));
    area.draw(&title).map_err(said)?;
    for (Name { text, x, line }, colour) in names.iter().zip(COLOURS) {
        let y = (TITLE_HEIGHT + line * LEGEND_HEIGHT) as i32;
        let middle = y + LEGEND_HEIGHT as i32 / 2;
        let stroke = PathElement::new([(*x, middle), (x + STROKE, middle)], colour.stroke_width(3));
        area.draw(&stroke).map_err(said)?;
        let text = Text::new(text.clone(), (x + STROKE + 6, y + 3), ("sans-serif", 14));
        area.draw(&text).map_err(said)?;
    }
    Ok(())
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
        let many: Vec<Line> = (0..7)
            .map(|ord| Line {
                name: "水利".repeat(10 + 90 * (ord / 6)),
                values: Vec::new(),
            })
            .collect();
        let names = legend(&many);
        let rows: Vec<u32> = names.iter().map(|name| name.line).collect();
        assert_eq!(rows, [0, 0, 1, 1, 2, 2, 3]);
        assert!(names[0].x < names[1].x && names[6].text.ends_with('…'));
        let nothing = Chart {
            title: "",
            places: &[],
            lines: &lines,
        };
        assert_eq!(super::svg(&nothing), "");
    }
}
