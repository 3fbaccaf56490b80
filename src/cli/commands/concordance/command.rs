//! The arguments of a concordance, and what each format is made of.

use std::io::Write;

use clap::ValueEnum;
use xunzhang::query::parse;
use xunzhang::search::{
    Concordance, ConcordanceOptions, ConcordanceRow, Grouping, GroupingProblem, LineOrder, Searcher,
};

use super::shown::Shown;
use super::{files, text};
use crate::cli::arguments::word;
use crate::cli::filter::FilterArguments;
use crate::cli::output::{Format, OutputArguments, json_line, one_of};
use crate::cli::session::{Session, threads};
use crate::cli::value::{BadValue, at_least_one, within};

const EXAMPLES: &str = "\
Examples:
  xunzhang concordance 高质量发展 --sort right            by what follows
  xunzhang concordance “坚持以*为指导” --sample 50 --seed 1
  xunzhang concordance 改革 --group left:2 --window 10    a frequency list of what stands before
  xunzhang concordance 乡村振兴 -o 乡村振兴.xlsx

A word is looked for by its characters; there are as many lines as `search --count` says occurrences.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to look for: words, “phrases”, any query.
    #[arg(required = true, value_parser = word)]
    query: Vec<String>,
    /// Characters or words of context on each side.
    // A passage has at most 1,000 characters: no wider context exists.
    #[arg(short, long, value_name = "N", default_value_t = 15, value_parser = within::<u32>(0..=1_000))]
    window: u32,
    /// The order; by the text to the left or right, from the hit outwards.
    #[arg(long, value_enum, default_value = "path")]
    sort: SortArgument,
    /// A frequency list: left:N or right:N characters beside the hit, hit, year, issuer, collection.
    #[arg(long, value_name = "BY", value_parser = grouping)]
    group: Option<Grouping>,
    /// Lines drawn at random.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    sample: Option<usize>,
    /// Which sample: the same number draws the same lines.
    // A fixed default, so that the same command draws the same lines on every run.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Maximum number of lines [default: all].
    #[arg(short = 'n', long, value_name = "N", value_parser = at_least_one)]
    limit: Option<usize>,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS))]
    format: Option<Format>,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// What `--format` takes.
const FORMATS: [Format; 7] = [
    Format::Text,
    Format::Json,
    Format::Jsonl,
    Format::Csv,
    Format::Xlsx,
    Format::Html,
    Format::Docx,
];

#[derive(Clone, Copy, ValueEnum)]
enum SortArgument {
    Path,
    Date,
    Left,
    Right,
    Hit,
}

fn grouping(text: &str) -> Result<Grouping, BadValue> {
    text.parse().map_err(|problem| match problem {
        GroupingProblem::Unknown => BadValue::Group,
        GroupingProblem::Units => BadValue::GroupUnits,
    })
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let format = self.output.format(self.format, &FORMATS)?;
        let output = self.output.open(format.form(), &[], session)?;
        // The shell has split the query at its blanks.
        let query = self.query.join(" ");
        // Parsed before the index is opened: a mistyped query is an error that needs no index.
        let node = parse(&query)?;
        let index = session.open()?;
        output.check_sources(&index)?;
        let searcher = Searcher::new(&index);
        let concordance = searcher.concordance(&node, &self.options())?;
        let shown = Shown {
            query: &query,
            concordance: &concordance,
            n: self.shown(&concordance),
        };
        let lang = session.lang;
        match format {
            Format::Json => output.write_with(out, |out| write_json(&shown, out))?,
            Format::Jsonl => output.write_with(out, |out| write_jsonl(&shown, out))?,
            Format::Csv => {
                // Whole before it is written: a line that can't be read leaves the old file as it was.
                let csv = files::with_table(&shown, lang, |table| Ok(output.csv(table)))?;
                output.write(&csv, out)?;
            }
            Format::Xlsx => output.write_binary(&files::workbook(&shown, lang)?, lang, out)?,
            Format::Html => output.write(files::page(&shown, lang)?.as_bytes(), out)?,
            Format::Docx => output.write_binary(&files::document(&shown, lang)?, lang, out)?,
            // There is nothing to lay out: the note below says it.
            _ if concordance.occurrences == 0 => {}
            _ => {
                let session = self.output.session(session);
                output.write_with(out, |out| text::print(&shown, &session, out))?;
            }
        }
        if concordance.occurrences == 0 {
            session.note(lang.text("nothing-found"));
        }
        Ok(concordance.occurrences > 0)
    }

    /// Number of lines that are shown.
    pub(crate) fn shown(&self, concordance: &Concordance<'_>) -> usize {
        concordance.len().min(self.limit.unwrap_or(usize::MAX))
    }

    /// What the concordance is made of.
    pub(crate) fn options(&self) -> ConcordanceOptions {
        ConcordanceOptions {
            filter: self.filter.filter(),
            window: self.window as usize,
            sort: match self.sort {
                SortArgument::Path => LineOrder::Path,
                SortArgument::Date => LineOrder::Date,
                SortArgument::Left => LineOrder::Left,
                SortArgument::Right => LineOrder::Right,
                SortArgument::Hit => LineOrder::Hit,
            },
            sample: self.sample,
            seed: self.seed,
            group: self.group,
            most: self.limit,
            threads: threads(),
        }
    }
}

/// One object, its lines written one at a time: hundreds of thousands are never in memory together.
fn write_json(shown: &Shown<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let head = json_line(&shown.concordance.head(shown.query))?;
    // The object is left open for the lines, which follow one by one.
    let head = head.trim_end().strip_suffix('}').unwrap_or_default();
    write!(out, "{head},\"lines\":[")?;
    for (ord, line) in shown.lines_in_sections().enumerate() {
        let comma = if ord > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{}",
            json_line(&ConcordanceRow::from(line?))?.trim_end()
        )?;
    }
    writeln!(out, "]}}")?;
    Ok(())
}

fn write_jsonl(shown: &Shown<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    for line in shown.lines_in_sections() {
        write!(out, "{}", json_line(&ConcordanceRow::from(line?))?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read() {
        for (text, expected) in [
            ("left:2", Ok(Grouping::Left(2))),
            ("right：3", Ok(Grouping::Right(3))),
            ("right", Ok(Grouping::Right(1))),
            ("hit", Ok(Grouping::Hit)),
            ("year", Ok(Grouping::Year)),
            ("left:0", Err(BadValue::GroupUnits)),
            ("left:x", Err(BadValue::GroupUnits)),
            ("left:1000000000", Err(BadValue::GroupUnits)),
            ("kind", Err(BadValue::Group)),
            ("", Err(BadValue::Group)),
        ] {
            assert_eq!(grouping(text), expected, "{text}");
        }
    }
}
