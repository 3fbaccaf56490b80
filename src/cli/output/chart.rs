//! Line charts as SVG, drawn by plotters.

use plotters::prelude::*;

use xunzhang::text::printable::printable;

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its name in the legend.
    pub(crate) name: String,
    /// A value for each place on the horizontal axis; `None` leaves a gap.
    pub(crate) values: Vec<Option<f64>>,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chart<'a> {
    /// Its title: what is charted.
    pub(crate) title: &'a str,
    /// Of which collection, under which filter; a line under the title.
    pub(crate) subtitle: &'a str,
    /// Names of the places on the horizontal axis.
    pub(crate) places: &'a [String],
    /// The lines.
    pub(crate) lines: &'a [Line],
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
pub(crate) const MAX_LINES: usize = COLOURS.len();

/// A page of 420 pixels halves the drawing: labels of 24, which the library draws a fifth smaller, are legible then.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 460;
const LABEL: u32 = 24;

/// The chart as an SVG element; empty without places or lines. More than [`MAX_LINES`] lines are cut off.
pub(crate) fn svg(chart: &Chart) -> String {
    let mut out = String::new();
    if chart.places.is_empty() || chart.lines.is_empty() {
        return out;
    }
    let area = SVGBackend::with_string(&mut out, (WIDTH, HEIGHT)).into_drawing_area();
    // Writing into a string cannot fail, and the ranges are never empty.
    let drawn = draw(chart, &area).and_then(|()| area.present().map_err(|error| error.to_string()));
    // The drawing borrows the string until here.
    drop(area);
    match drawn {
        Ok(()) => accessible(&out, &format!("{} {}", chart.title, chart.subtitle)),
        // A page without its chart still has the numbers.
        Err(_) => String::new(),
    }
}

/// The drawing with its title for screen readers, scaled to the page.
fn accessible(svg: &str, title: &str) -> String {
    let title: String = printable(title)
        .chars()
        // Read aloud these signs mean nothing, so that they need no entities.
        .map(|ch| if "<>&\"".contains(ch) { ' ' } else { ch })
        .collect();
    svg.replacen(
        &format!("<svg width=\"{WIDTH}\" height=\"{HEIGHT}\""),
        // By the role `img` a screen reader takes the drawing as one picture (WAI-ARIA 1.2), and reads its label.
        &format!("<svg role=\"img\" aria-label=\"{title}\" width=\"{WIDTH}\" height=\"{HEIGHT}\""),
        1,
    )
}

/// Height of the title with the line under it, and of a line of the legend.
const TITLE_HEIGHT: u32 = 72;
const LEGEND_HEIGHT: u32 = 32;
/// Where the legend's names begin and must end, and the length of the stroke before each.
const LEGEND: (i32, i32) = (20, WIDTH as i32 - 16);
const STROKE: i32 = 22;
/// Width of the labels on the left.
const LEFT: u32 = 72;
/// Background of the places without any value: the lines have a gap there, not a zero.
const GAP: RGBColor = RGBColor(238, 238, 238);

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// Where the lines are drawn: places from 0, values from 0.
type Plane<'a, 'b> = ChartContext<
    'b,
    SVGBackend<'a>,
    Cartesian2d<plotters::coord::types::RangedCoordf64, plotters::coord::types::RangedCoordf64>,
>;

fn draw(chart: &Chart, area: &Area) -> Result<(), String> {
    area.fill(&WHITE).map_err(said)?;
    let names = legend(chart.lines);
    let n_lines = names.last().map_or(0, |name| name.line) + 1;
    let (head, area) = area.split_vertically(TITLE_HEIGHT + n_lines * LEGEND_HEIGHT);
    draw_head(chart, &names, &head)?;
    let top = top(chart);
    // A chart of one place has a width all the same: a range without one can't be drawn.
    let last = (chart.places.len() - 1).max(1) as f64;
    let mut plane = ChartBuilder::on(&area)
        .margin(14)
        .margin_right(30)
        .x_label_area_size(40)
        .y_label_area_size(LEFT)
        .build_cartesian_2d(0.0..last, 0.0..top)
        .map_err(said)?;
    let gaps = gaps(chart).into_iter().map(|at| {
        // A band reaches half way to its neighbours, and never over the edge of the plane.
        let ends = [(at - 0.5).max(0.0), (at + 0.5).min(last)];
        Rectangle::new([(ends[0], 0.0), (ends[1], top)], GAP.filled())
    });
    // Drawn first, so that grid and lines are on top of the grey.
    plane.draw_series(gaps).map_err(said)?;
    draw_grid(chart, top, &mut plane)?;
    let lines = chart.lines.iter().zip(COLOURS);
    lines
        .into_iter()
        .try_for_each(|(line, colour)| draw_line(line, colour, &mut plane))
}

/// The top of the axis: a little above the largest value, so that no point lies on the edge.
fn top(chart: &Chart) -> f64 {
    let lines = chart.lines.iter();
    let values = lines.flat_map(|line| line.values.iter().flatten());
    let largest = values.fold(0.0f64, |top, value| top.max(*value));
    // A chart of zeros needs an axis all the same.
    if largest > 0.0 { largest * 1.08 } else { 1.0 }
}

/// Names of the places, values on the left, and a thin line at each of those.
fn draw_grid(chart: &Chart, top: f64, plane: &mut Plane) -> Result<(), String> {
    let place = |at: &f64| {
        // Ticks between two places have no name.
        let (ord, is_place) = (at.round(), (at - at.round()).abs() < 1e-6);
        let name = chart.places.get(ord as usize).filter(|_| is_place);
        name.cloned().unwrap_or_default()
    };
    // The ticks of ten or more are whole numbers.
    let value = |value: &f64| match top < 10.0 {
        // Rounded, since a tick of 0.3 is a sum that would print as 0.30000000000000004.
        true => format!("{}", (value * 1e4).round() / 1e4),
        false => format!("{value:.0}"),
    };
    plane
        .configure_mesh()
        // Vertical lines would cut the drawing into as many strips as there are years.
        .disable_x_mesh()
        .max_light_lines(0)
        .bold_line_style(RGBColor(225, 225, 225))
        .x_labels(n_labels(chart.places))
        .x_label_formatter(&place)
        .y_label_formatter(&value)
        .label_style(("sans-serif", LABEL))
        .y_labels(6)
        .draw()
        .map_err(said)
}

/// A line between its gaps, and a point at each value: one between two gaps has no line.
fn draw_line(line: &Line, colour: RGBColor, plane: &mut Plane) -> Result<(), String> {
    let paths = segments(line).into_iter();
    let paths = paths.map(|path| PathElement::new(path, colour.stroke_width(2)));
    plane.draw_series(paths).map_err(said)?;
    let values = (0..).zip(&line.values);
    let points = values.filter_map(|(x, value)| Some((f64::from(x), (*value)?)));
    let points = points.map(|point| Circle::new(point, 3, colour.filled()));
    plane.draw_series(points).map_err(said)?;
    Ok(())
}

/// As many names of places as fit side by side under the chart.
fn n_labels(places: &[String]) -> usize {
    let widest = places.iter().map(|place| width(place, LABEL)).max();
    let room = WIDTH - LEFT - 44;
    let fit = room / (widest.unwrap_or(0) + LABEL).max(1);
    // Two names at least, however long they are: with one an axis has no direction.
    places.len().min(fit.max(2) as usize)
}

/// The places for which no line has a value.
fn gaps(chart: &Chart) -> Vec<f64> {
    let is_gap = |at: &usize| {
        let mut values = chart.lines.iter().map(|line| line.values.get(*at));
        values.all(|value| matches!(value, Some(None) | None))
    };
    let gaps = (0..chart.places.len()).filter(is_gap);
    gaps.map(|at| at as f64).collect()
}

/// Width of a text, roughly: what draws it knows its fonts, we do not.
fn width(text: &str, size: u32) -> u32 {
    // Latin letters are 0.58 of their size wide on average, Han characters as wide as their size.
    let widths = text.chars().map(|ch| if ch.is_ascii() { 58 } else { 100 });
    widths.sum::<u32>() * size / 100
}

/// The text, or as much of it as fits together with an ellipsis.
fn fitted(text: &str, size: u32, room: u32) -> String {
    let mut text = printable(text);
    while width(&text, size) > room && text.chars().count() > 1 {
        // The ellipsis of the last round goes with the character before it.
        text.truncate(text.char_indices().nth_back(1).map_or(0, |(at, _)| at));
        text.push('…');
    }
    text
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
    let room = LEGEND.1 - LEGEND.0;
    let (mut x, mut line) = (LEGEND.0, 0);
    let mut out = Vec::new();
    for Line { name, .. } in lines.iter().take(MAX_LINES) {
        let text = fitted(name, LABEL, (room - STROKE - 6) as u32);
        let needed = STROKE + 6 + width(&text, LABEL) as i32;
        // A name that fills a line by itself was cut to fit, and stays on it.
        if x > LEGEND.0 && x + needed > LEGEND.1 {
            (x, line) = (LEGEND.0, line + 1);
        }
        out.push(Name { text, x, line });
        x += needed + GAP;
    }
    out
}

/// The title, what is charted of what, and the names under it: nothing of the lines is covered.
fn draw_head(chart: &Chart, names: &[Name], area: &Area) -> Result<(), String> {
    let room = (LEGEND.1 - LEGEND.0) as u32;
    for (text, y, size, colour) in [
        (chart.title, 8, 30, BLACK),
        (chart.subtitle, 44, LABEL - 2, RGBColor(90, 90, 90)),
    ] {
        let style = ("sans-serif", size).into_font().color(&colour);
        let text = Text::new(fitted(text, size, room), (LEGEND.0, y), style);
        area.draw(&text).map_err(said)?;
    }
    for (Name { text, x, line }, colour) in names.iter().zip(COLOURS) {
        let y = (TITLE_HEIGHT + line * LEGEND_HEIGHT) as i32;
        let middle = y + LEGEND_HEIGHT as i32 / 2;
        let stroke = PathElement::new([(*x, middle), (x + STROKE, middle)], colour.stroke_width(4));
        area.draw(&stroke).map_err(said)?;
        let text = Text::new(text.clone(), (x + STROKE + 6, y + 4), ("sans-serif", LABEL));
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
    // A single value is drawn as its point; a path needs two.
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
            subtitle: "某县总结",
            places: &places,
            lines: &lines,
        });
        assert!(
            svg.starts_with("<svg role=\"img\" aria-label=\"修渠   修路 某县总结\""),
            "{svg}"
        );
        assert!(svg.contains("水渠&lt;1&gt;") && svg.contains("2003"));
        assert_eq!(svg.matches("<circle").count(), 2);
        // The year without a value is grey: a gap is no zero.
        let grey = "fill=\"#EEEEEE\"";
        assert_eq!(svg.matches(grey).count(), 1, "{svg}");
        let many: Vec<Line> = (0..7)
            .map(|ord| Line {
                name: "水利".repeat(4 + 90 * (ord / 6)),
                values: Vec::new(),
            })
            .collect();
        let names = legend(&many);
        let rows: Vec<u32> = names.iter().map(|name| name.line).collect();
        assert_eq!(rows, [0, 0, 1, 1, 2, 2, 3]);
        assert!(names[0].x < names[1].x && names[6].text.ends_with('…'));
        let nothing = Chart {
            title: "",
            subtitle: "",
            places: &[],
            lines: &lines,
        };
        assert_eq!(super::svg(&nothing), "");
    }
}
