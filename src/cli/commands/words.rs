//! `xunzhang words top|keyness|collocates WORD|new`

use std::io::Write;

use clap::{FromArgMatches, Subcommand, ValueEnum};
use serde::Serialize;
use xunzhang::query::Years;
use xunzhang::report::words::{
    CollocateOptions, NewOptions, Reference, Side, WordOptions, collocates, keyness, new_words, top,
};
use xunzhang::search::{Filter, Searcher};
use xunzhang::text::printable::escape_json;

use crate::cli::arguments::word;
use crate::cli::filter::{FilterArguments, parse_role};
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::{grouped, of_table};
use crate::cli::output::csv::csv;
use crate::cli::output::table::{Cell, Layout, Table};
use crate::cli::output::{Format, one_of};
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::printable;
use crate::cli::value::{BadValue, at_least_one, within};

const EXAMPLES: &str = "\
Examples:
  xunzhang words top --kind 工作报告 -n 50
  xunzhang words keyness --year 2020.. --against year:..2010
  xunzhang words collocates 乡村振兴 --window 8
  xunzhang words new --format dict > words.txt && xunzhang index --rebuild --dict words.txt corpus";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    list: List,
}

#[derive(Subcommand)]
enum List {
    /// The most frequent words, or rows of words.
    Top(TopArguments),
    /// Words that are typical of what the filters take: log-likelihood (G²) and log ratio.
    Keyness(KeynessArguments),
    /// Collocates of a word, by logDice.
    Collocates(CollocateArguments),
    /// Expressions that the dictionary lacks, by cohesion and boundary entropy.
    New(NewArguments),
}

#[derive(clap::Args)]
struct TopArguments {
    /// Number of adjacent words that make one expression.
    // Longer ones hardly ever recur, and all of them are counted in memory.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = within::<u8>(1..=5))]
    row: u8,
    #[command(flatten)]
    common: CommonArguments,
}

#[derive(clap::Args)]
struct KeynessArguments {
    /// Reference to compare with: restrictions as kind:总结 year:..2010 path:GLOB role:ROLE [default: the rest].
    #[arg(long, value_name = "FILTER", value_parser = parse_filter)]
    against: Option<Filter>,
    /// Number of adjacent words that make one expression.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = within::<u8>(1..=5))]
    row: u8,
    #[command(flatten)]
    common: CommonArguments,
}

#[derive(clap::Args)]
struct CollocateArguments {
    /// The word, an exact phrase.
    #[arg(value_parser = word)]
    word: String,
    /// Maximum number of characters (units) between the word and the far edge of its collocate.
    #[arg(long, value_name = "N", default_value_t = 10)]
    window: usize,
    /// On which side of the word.
    #[arg(long, value_enum, default_value = "both")]
    side: SideArgument,
    #[command(flatten)]
    common: CommonArguments,
}

#[derive(clap::Args)]
struct NewArguments {
    /// Minimum cohesion, in bits.
    #[arg(long, value_name = "BITS")]
    cohesion: Option<f64>,
    /// Minimum boundary entropy, in bits: how freely the characters before and after vary.
    #[arg(long, value_name = "BITS")]
    freedom: Option<f64>,
    #[command(flatten)]
    common: CommonArguments,
}

#[derive(clap::Args)]
struct CommonArguments {
    /// Maximum number of lines.
    #[arg(short = 'n', long, default_value_t = 50, value_parser = at_least_one)]
    limit: usize,
    /// Minimum number of occurrences [default: 1; new: 10; collocates: 3].
    #[arg(long, value_name = "N")]
    least: Option<u64>,
    /// How to print.
    #[arg(long, value_parser = one_of(&FORMATS), default_value = "text")]
    format: Format,
    #[command(flatten)]
    filter: FilterArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum SideArgument {
    Both,
    Left,
    Right,
}

/// What `--format` takes.
const FORMATS: [Format; 4] = [Format::Text, Format::Json, Format::Csv, Format::Dict];

/// A list as it is printed: lines whose first cell is the word, and what the numbers mean.
pub(crate) struct Printed {
    pub(crate) table: Table<'static>,
    json: String,
    pub(crate) method: Option<String>,
}

/// A list by its name, of the arguments that `matches` has of it.
pub(crate) fn printed(
    name: &str,
    matches: &clap::ArgMatches,
    searcher: &Searcher,
    lang: Lang,
) -> anyhow::Result<Printed> {
    let list = match name {
        "keyness" => List::Keyness(KeynessArguments::from_arg_matches(matches)?),
        "collocates" => List::Collocates(CollocateArguments::from_arg_matches(matches)?),
        "new" => List::New(NewArguments::from_arg_matches(matches)?),
        _ => List::Top(TopArguments::from_arg_matches(matches)?),
    };
    list.printed(searcher, lang)
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        // All of the text is read in any case, so that checking it costs next to nothing.
        let index = session.open_checked()?;
        let searcher = Searcher::new(&index);
        let printed = self.list.printed(&searcher, session.lang)?;
        match self.list.format() {
            // Words are from the text, and may hold characters that steer a terminal.
            Format::Json => writeln!(out, "{}", escape_json(&printed.json))?,
            Format::Csv => out.write_all(&csv(&printed.table))?,
            Format::Dict => {
                for row in printed.table.rows() {
                    // A line of jieba's user dictionary: the word, a blank, its frequency.
                    writeln!(out, "{} {}", printable(&row[0].plain()), row[1].plain())?;
                }
            }
            _ => printed.print(session, out)?,
        }
        let is_empty = printed.table.n_rows() == 0;
        if is_empty {
            session.note(&say!(session.lang, "nothing-found"));
        }
        Ok(!is_empty)
    }
}

impl List {
    fn printed(&self, searcher: &Searcher, lang: Lang) -> anyhow::Result<Printed> {
        match self {
            Self::Top(arguments) => arguments.printed(searcher, lang),
            Self::Keyness(arguments) => arguments.printed(searcher, lang),
            Self::Collocates(arguments) => arguments.printed(searcher, lang),
            Self::New(arguments) => arguments.printed(searcher, lang),
        }
    }

    fn format(&self) -> Format {
        match self {
            Self::Top(arguments) => arguments.common.format,
            Self::Keyness(arguments) => arguments.common.format,
            Self::Collocates(arguments) => arguments.common.format,
            Self::New(arguments) => arguments.common.format,
        }
    }
}

impl TopArguments {
    fn printed(&self, searcher: &Searcher, lang: Lang) -> anyhow::Result<Printed> {
        let list = top(searcher, &self.common.options(usize::from(self.row), 1))?;
        let rows = list.iter().map(|line| {
            vec![
                Cell::text(&line.word),
                Cell::Count(line.occurrences),
                Cell::Count(line.documents),
                Cell::Rate(line.per_10k),
            ]
        });
        let header = [
            "words-word",
            "words-occurrences",
            "words-documents",
            "words-per-10k",
        ];
        Printed::new(header, rows.collect(), &list, lang)
            .map(|it| it.with(say!(lang, "words-top-method")))
    }
}

impl KeynessArguments {
    fn printed(&self, searcher: &Searcher, lang: Lang) -> anyhow::Result<Printed> {
        let options = self.common.options(usize::from(self.row), 1);
        let reference = match &self.against {
            Some(filter) => Reference::Filter(Box::new(filter.clone())),
            None => Reference::Rest,
        };
        let list = keyness(searcher, &options, &reference)?;
        let rows = list.iter().map(|line| {
            vec![
                Cell::text(&line.word),
                Cell::Count(line.occurrences),
                Cell::Count(line.against),
                Cell::Rate(line.g2),
                Cell::Rate(line.log_ratio),
            ]
        });
        let header = [
            "words-word",
            "words-here",
            "words-against",
            "words-g2",
            "words-log-ratio",
        ];
        let printed = Printed::new(header, rows.collect(), &list, lang)?;
        // Every line holds the sizes of both sides; without lines nothing needs to be explained.
        let Some(first) = list.first() else {
            return Ok(printed);
        };
        let [size, against] = [first.size, first.against_size].map(grouped);
        Ok(printed.with(say!(lang, "words-keyness-method", size, against)))
    }
}

impl CollocateArguments {
    fn printed(&self, searcher: &Searcher, lang: Lang) -> anyhow::Result<Printed> {
        let options = CollocateOptions {
            // The logDice of a word that is near once or twice is high by chance.
            words: self.common.options(1, 3),
            window: self.window,
            side: match self.side {
                SideArgument::Both => Side::Both,
                SideArgument::Left => Side::Left,
                SideArgument::Right => Side::Right,
            },
        };
        let list = collocates(searcher, &self.word, &options)?;
        let rows = list.iter().map(|line| {
            vec![
                Cell::text(&line.word),
                Cell::Count(line.together),
                Cell::Count(line.left),
                Cell::Count(line.right),
                Cell::Count(line.occurrences),
                Cell::Rate(line.log_dice),
            ]
        });
        let header = [
            "words-word",
            "words-together",
            "words-left",
            "words-right",
            "words-all-occurrences",
            "words-log-dice",
        ];
        Printed::new(header, rows.collect(), &list, lang)
    }
}

impl NewArguments {
    fn printed(&self, searcher: &Searcher, lang: Lang) -> anyhow::Result<Printed> {
        let default = NewOptions::default();
        let options = NewOptions {
            filter: self.common.filter.filter(),
            least: self.common.least.unwrap_or(default.least),
            cohesion: self.cohesion.unwrap_or(default.cohesion),
            freedom: self.freedom.unwrap_or(default.freedom),
            limit: self.common.limit,
            ..default
        };
        let list = new_words(searcher, &options)?;
        let rows = list.iter().map(|line| {
            vec![
                Cell::text(&line.word),
                Cell::Count(line.occurrences),
                Cell::Rate(line.cohesion),
                Cell::Rate(line.freedom),
            ]
        });
        let header = [
            "words-word",
            "words-occurrences",
            "words-cohesion",
            "words-boundary-entropy",
        ];
        let printed = Printed::new(header, rows.collect(), &list, lang)?;
        Ok(printed.with(say!(lang, "words-new-method")))
    }
}

impl CommonArguments {
    /// The options of a list whose default of `--least` is `least`.
    fn options(&self, row: usize, least: u64) -> WordOptions {
        WordOptions {
            filter: self.filter.filter(),
            row,
            least: self.least.unwrap_or(least),
            limit: self.limit,
            ..WordOptions::default()
        }
    }
}

impl Printed {
    fn new<const N: usize>(
        header: [&'static str; N],
        rows: Vec<Vec<Cell>>,
        list: &impl Serialize,
        lang: Lang,
    ) -> anyhow::Result<Self> {
        let header = header.map(|key| lang.text(key).to_owned()).to_vec();
        let name = lang.text("words-word");
        Ok(Self {
            table: Table::new("words", name, Layout::Lines { names: 1 }, header).with(rows),
            json: serde_json::to_string(list)?,
            method: None,
        })
    }

    fn with(self, method: String) -> Self {
        Self {
            method: Some(method),
            ..self
        }
    }

    fn print(&self, session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
        let columns: Vec<usize> = (0..self.table.header.len()).collect();
        for line in of_table(&self.table, &columns, session.table_width(), session.paint) {
            writeln!(out, "{line}")?;
        }
        if let (Some(method), 1..) = (&self.method, self.table.n_rows()) {
            writeln!(out, "\n{}", session.paint.ink(Ink::Faint, method))?;
        }
        Ok(())
    }
}

/// `kind:总结 year:2005..2010 path:2009/** role:问题`, any of them.
fn parse_filter(text: &str) -> Result<Filter, BadValue> {
    let mut filter = Filter::default();
    for part in text.split_whitespace() {
        let (name, value) = part
            // Chinese input methods type the full-width colon.
            .split_once([':', '：'])
            .filter(|(_, value)| !value.is_empty())
            .ok_or_else(|| BadValue::Restriction(part.to_owned()))?;
        let value = value.to_owned();
        let documents = &mut filter.documents;
        match name {
            "collection" => documents.collections.push(value),
            "kind" => documents.kinds.push(value),
            "issuer" => documents.issuers.push(value),
            "year" => {
                let years = Years::parse(&value).map_err(|_| BadValue::RestrictionYears)?;
                // As with repeated flags, the years of any part will do.
                documents.years = Some(match documents.years.take() {
                    Some(others) => others.and(years),
                    None => years,
                });
            }
            "path" => documents.paths.push(value),
            "role" => filter.roles.push(parse_role(&value)?.name().to_owned()),
            _ => {
                return Err(BadValue::RestrictionName(name.to_owned()));
            }
        }
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use xunzhang::search::DocumentFilter;

    use super::*;

    #[test]
    fn filters_are_read() {
        let filter = Filter {
            documents: DocumentFilter {
                kinds: vec!["总结".into()],
                years: Some((2005..=2010).into()),
                ..DocumentFilter::default()
            },
            ..Filter::default()
        };
        assert_eq!(parse_filter("kind:总结 year：2005..2010"), Ok(filter));
        assert!(parse_filter("year:去年").is_err());
        assert!(parse_filter("总结").is_err());
    }
}
