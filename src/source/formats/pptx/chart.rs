//! Charts: the title, and the figures as a table.

use crate::source::formats::deck::Block;
use crate::source::xml::{Node, Walk};

/// A series of figures as stored in the chart.
#[derive(Default)]
struct Series {
    name: String,
    categories: Vec<String>,
    values: Vec<String>,
}

/// The content of a chart: its titles, and a table with the series as columns. Categories shared by all
/// series are read once.
pub(super) fn read(text: &str) -> Vec<Block> {
    let mut walk = Walk::new(text);
    let mut titles = Vec::new();
    let mut series: Vec<Series> = Vec::new();
    // The element of a series that figures belong to.
    let mut place = String::new();
    while let Some(node) = walk.next() {
        let Node::Start(tag) = node else { continue };
        match tag.name() {
            "ser" => series.push(Series::default()),
            "tx" | "cat" | "xVal" | "val" | "yVal" => place = tag.name().to_owned(),
            // Text of a title, axis or label.
            "t" => titles.push(walk.inner_text()),
            "v" => {
                if let Some(series) = series.last_mut() {
                    series.add(&place, walk.inner_text());
                }
            }
            _ => {}
        }
    }
    let titles = titles.into_iter().filter(|title| !title.trim().is_empty());
    let mut blocks: Vec<Block> = titles.map(Block::Paragraph).collect();
    blocks.extend(table(series));
    blocks
}

impl Series {
    /// Adds a value in the element `place`.
    fn add(&mut self, place: &str, value: String) {
        match place {
            "tx" => self.name.push_str(&value),
            "cat" | "xVal" => self.categories.push(value),
            _ => self.values.push(value),
        }
    }
}

fn table(series: Vec<Series>) -> Option<Block> {
    // Every series repeats the categories; a shorter list is an incomplete copy.
    let categories = series.iter().map(|series| &series.categories);
    let categories = categories
        .max_by_key(|categories| categories.len())?
        .clone();
    let longest = series.iter().map(|series| series.values.len()).max()?;
    let n_rows = longest.max(categories.len());
    let cell = |cells: &[String], ord: usize| cells.get(ord).cloned().unwrap_or_default();
    let names = series.iter().map(|series| series.name.clone());
    let mut rows: Vec<Vec<String>> = vec![std::iter::once(String::new()).chain(names).collect()];
    for ord in 0..n_rows {
        let values = series.iter().map(|series| cell(&series.values, ord));
        rows.push(
            std::iter::once(cell(&categories, ord))
                .chain(values)
                .collect(),
        );
    }
    Some(Block::Table(rows, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_columns_under_their_names() {
        let series = |name: &str, values: &[&str]| {
            let points = |values: &[&str]| {
                values
                    .iter()
                    .map(|value| format!("<c:pt><c:v>{value}</c:v></c:pt>"))
                    .collect::<String>()
            };
            format!(
                "<c:ser><c:tx><c:v>{name}</c:v></c:tx><c:cat>{}</c:cat><c:val>{}</c:val></c:ser>",
                points(&["2023", "2024"]),
                points(values)
            )
        };
        let chart = format!(
            "<c:chart><c:title><a:t>产值</a:t></c:title>{}{}</c:chart>",
            series("工业", &["1", "2"]),
            series("农业", &["3"])
        );
        let blocks = read(&chart);
        let [Block::Paragraph(title), Block::Table(rows, true)] = &blocks[..] else {
            panic!("{} blocks", blocks.len());
        };
        assert_eq!(title, "产值");
        let rows: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        assert_eq!(rows, ["|工业|农业", "2023|1|3", "2024|2|"]);
    }

    #[test]
    fn a_chart_without_figures_is_its_titles() {
        let blocks = read("<c:chart><a:t>产值</a:t><a:t> </a:t>");
        assert!(matches!(&blocks[..], [Block::Paragraph(title)] if title == "产值"));
        assert!(read("").is_empty());
    }
}
