//! Flags that restrict where a command looks; the same for every command that has them.

use clap::{Args, ValueEnum};
use xunzhang::document::{Date, Role};
use xunzhang::query::{Dates, Years, YearsProblem, read_date};
use xunzhang::search::{DocumentFilter, Filter, Within};
use xunzhang::text::pattern::Pattern;

use super::value::BadValue;

/// Which documents are meant.
#[derive(Args)]
pub(crate) struct DocumentArguments {
    /// A named filter of the saved defaults (xunzhang.toml, or --config); flags given beside it win over its own.
    #[arg(
        id = "filter",
        long = "filter",
        value_name = "NAME",
        help_heading = "Filters"
    )]
    _named: Option<String>,
    /// Documents of this collection; may be repeated, and any of several will do, as with the next three.
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    collection: Vec<String>,
    /// Documents of this 文种, as in 总结, 通知, 办法.
    #[arg(long, help_heading = "Filters")]
    kind: Vec<String>,
    /// Documents whose issuer's name holds this text.
    #[arg(long, value_name = "TEXT", help_heading = "Filters")]
    issuer: Vec<String>,
    /// Documents of this year, or of years as in 2005..2010, 2018-2026, 2018,2026, 2010年.
    #[arg(long, value_name = "YEARS", value_parser = parse_years, help_heading = "Filters")]
    year: Vec<Years>,
    /// Documents of this date or later, as in 2010, 2010-06, 2010-06-15.
    #[arg(long, value_name = "DATE", value_parser = parse_date, help_heading = "Filters")]
    since: Option<Date>,
    /// Documents of this date or earlier.
    #[arg(long, value_name = "DATE", value_parser = parse_date, help_heading = "Filters")]
    until: Option<Date>,
    /// Documents whose id matches: a path, that of a folder, or a glob as in '2009/**' or '*.md'; may be repeated.
    #[arg(long, value_name = "GLOB", help_heading = "Filters")]
    path: Vec<String>,
}

/// Where to look.
#[derive(Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArguments {
    #[command(flatten)]
    documents: DocumentArguments,
    /// Passages under a heading that holds this text.
    #[arg(long, value_name = "TEXT", value_parser = parse_section)]
    section: Option<String>,
    /// Passages of sections with this role: 基本情况, 做法, 成效, 体会, 问题, 打算, 建议; may be repeated.
    #[arg(long, value_parser = parse_role)]
    role: Vec<Role>,
    /// Parts of a document to look in.
    #[arg(
        long = "in",
        value_name = "PART",
        value_enum,
        default_value = "all",
        hide_default_value = true
    )]
    within: WithinArgument,
    /// Leave out passages that were read by character recognition (`index --ocr`).
    #[arg(long)]
    no_ocr: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum WithinArgument {
    /// Body text.
    Body,
    /// Titles and headings on lines of their own.
    Headings,
    /// Everything.
    All,
}

impl DocumentArguments {
    /// The documents that the flags describe.
    pub(crate) fn filter(&self) -> DocumentFilter {
        let years = self.year.iter().cloned();
        DocumentFilter {
            collections: self.collection.clone(),
            kinds: self.kind.clone(),
            issuers: self.issuer.clone(),
            // The years of any flag will do, as with the other filters.
            years: years.reduce(Years::and),
            dates: Dates {
                since: self.since,
                until: self.until,
            },
            paths: self.path.clone(),
        }
    }
}

impl FilterArguments {
    /// The filter that the flags describe.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            documents: self.documents.filter(),
            section: self.section.clone(),
            roles: self
                .role
                .iter()
                .map(|role| role.name().to_owned())
                .collect(),
            within: match self.within {
                WithinArgument::Body => Within::Body,
                WithinArgument::Headings => Within::Headings,
                WithinArgument::All => Within::All,
            },
            without_ocr: self.no_ocr,
        }
    }
}

/// What each restriction is called on the command line, with the filter that lacks it.
pub(crate) fn relaxed(filter: &Filter) -> Vec<(String, Filter)> {
    let flags = of_documents(&filter.documents)
        .into_iter()
        .chain(of_passages(filter));
    flags
        .filter_map(|(flag, relax)| {
            let mut relaxed = filter.clone();
            relax(&mut relaxed);
            Some((flag?, relaxed))
        })
        .collect()
}

/// A restriction as flags, if there is one, and what takes it away.
type Restricted = (Option<String>, fn(&mut Filter));

fn of_documents(documents: &DocumentFilter) -> [Restricted; 7] {
    // Taken apart field by field, so that a filter that is added later can't be forgotten here.
    let DocumentFilter {
        collections,
        kinds,
        issuers,
        years,
        dates,
        paths,
    } = documents;
    let years = years.as_ref().map(|years| format!("--year {years}"));
    let since = dates.since.map(|date| format!("--since {date}"));
    let until = dates.until.map(|date| format!("--until {date}"));
    [
        (flags("collection", collections), |filter| {
            filter.documents.collections.clear()
        }),
        (flags("kind", kinds), |filter| {
            filter.documents.kinds.clear()
        }),
        (flags("issuer", issuers), |filter| {
            filter.documents.issuers.clear()
        }),
        (years, |filter| filter.documents.years = None),
        (since, |filter| filter.documents.dates.since = None),
        (until, |filter| filter.documents.dates.until = None),
        (flags("path", paths), |filter| {
            filter.documents.paths.clear()
        }),
    ]
}

/// A flag with each of its values, as it is typed.
fn flags(name: &str, values: &[String]) -> Option<String> {
    let flags = values.iter().map(|value| format!("--{name} {value}"));
    (!values.is_empty()).then(|| flags.collect::<Vec<_>>().join(" "))
}

fn of_passages(filter: &Filter) -> [Restricted; 4] {
    let section = filter
        .section
        .as_ref()
        .map(|text| format!("--section {text}"));
    let role = flags("role", &filter.roles);
    let without_ocr = filter.without_ocr.then(|| "--no-ocr".to_owned());
    let within = match filter.within {
        Within::All => None,
        Within::Body => Some("--in body".to_owned()),
        Within::Headings => Some("--in headings".to_owned()),
    };
    [
        (section, |filter| filter.section = None),
        (role, |filter| filter.roles.clear()),
        (without_ocr, |filter| filter.without_ocr = false),
        (within, |filter| filter.within = Within::All),
    ]
}

fn parse_years(text: &str) -> Result<Years, BadValue> {
    Years::parse(text).map_err(|problem| match problem {
        YearsProblem::NotYears => BadValue::Years,
        YearsProblem::Reversed => BadValue::YearsReversed,
    })
}

fn parse_date(text: &str) -> Result<Date, BadValue> {
    read_date(text).ok_or(BadValue::Date)
}

fn parse_section(text: &str) -> Result<String, BadValue> {
    // Headings are compared by units: without any the filter would match nothing.
    Pattern::phrase(text).ok_or(BadValue::Section)?;
    Ok(text.to_owned())
}

pub(crate) fn parse_role(text: &str) -> Result<Role, BadValue> {
    Role::named(text).ok_or(BadValue::Role)
}

/// Checks a value that a file gives for a flag, as the flag's own parser would.
pub(crate) fn check_value(flag: &str, text: &str) -> Result<(), BadValue> {
    match flag {
        "year" => parse_years(text).map(drop),
        "since" | "until" => parse_date(text).map(drop),
        "role" => parse_role(text).map(drop),
        "section" => parse_section(text).map(drop),
        // Names and paths may be anything; what no document has is reported when the filter is used.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_every_width_and_script() {
        let years = |text: &str| parse_years(text).map(|years| years.to_string());
        assert_eq!(years("２００５．．２０１０"), Ok("2005..2010".into()));
        assert_eq!(years(" 2009 "), Ok("2009".into()));
        let date = |text: &str| parse_date(text).map(|date| date.to_string());
        assert_eq!(date("2010"), Ok("2010".into()));
        assert_eq!(date("２０１０年"), Ok("2010".into()));
        assert_eq!(date("2010-06"), Ok("2010-06".into()));
        assert_eq!(date("2010年6月"), Ok("2010-06".into()));
        assert_eq!(date("2010/6/15"), Ok("2010-06-15".into()));
        for text in ["", "去年", "2010-13", "20"] {
            assert_eq!(date(text), Err(BadValue::Date), "{text}");
        }
        assert!(parse_years("2010..2005").is_err());
        assert!(parse_years("去年").is_err());
        assert_eq!(parse_role("問題"), Ok(Role::Problems));
        assert!(parse_role("其他").is_err());
        assert!(parse_section("，。").is_err());
    }

    #[test]
    fn each_restriction_can_be_left_out() {
        let filter = Filter {
            documents: DocumentFilter {
                kinds: vec!["总结".into(), "通知".into()],
                years: Some((2005..=9999).into()),
                ..DocumentFilter::default()
            },
            within: Within::Body,
            ..Filter::default()
        };
        let flags: Vec<String> = relaxed(&filter).into_iter().map(|(flag, _)| flag).collect();
        assert_eq!(
            flags,
            ["--kind 总结 --kind 通知", "--year 2005..", "--in body"]
        );
        let first = &relaxed(&filter)[0].1.documents;
        assert!(first.kinds.is_empty());
        assert_eq!(first.years, filter.documents.years);
        assert_eq!(relaxed(&Filter::default()), []);
    }

    #[test]
    fn a_filter_without_one_restriction_keeps_all_others() {
        let filter = Filter {
            documents: DocumentFilter {
                collections: vec!["甲".into()],
                kinds: vec!["总结".into()],
                issuers: vec!["水利局".into()],
                years: Some((2005..=2010).into()),
                dates: Dates {
                    since: Date::new(2005, None, None),
                    until: Date::new(2010, Some(6), None),
                },
                paths: vec!["2009/**".into()],
            },
            section: Some("修渠".into()),
            roles: vec!["问题".into(), "做法".into()],
            within: Within::Headings,
            without_ocr: true,
        };
        let relaxed_once = relaxed(&filter);
        assert_eq!(relaxed_once.len(), 11);
        for (flag, without) in relaxed_once {
            let left: Vec<String> = relaxed(&without)
                .into_iter()
                .map(|(flag, _)| flag)
                .collect();
            assert_eq!(left.len(), 10, "{flag}");
            assert!(!left.contains(&flag), "{flag}");
        }
    }

    #[test]
    fn a_date_is_read_whole_or_not_at_all() {
        for (text, expected) in [
            ("2010-02-28", Some("2010-02-28")),
            ("2010年2月28日", Some("2010-02-28")),
            (" 2010.6 ", Some("2010-06")),
            ("2010-02-30", None),
            ("2010-00", None),
            ("2010-6-15-3", None),
            ("10-06", None),
            ("6月", None),
        ] {
            let read = parse_date(text).ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_file_is_checked_as_its_flags_are() {
        for (flag, good, bad) in [
            ("year", "2005..2010", "2010..2005"),
            ("since", "2010-06", "2010-13"),
            ("until", "2010", "十年前"),
            ("role", "问题", "难题"),
            ("section", "修渠", "，。"),
        ] {
            assert_eq!(check_value(flag, good), Ok(()), "{flag}");
            assert!(check_value(flag, bad).is_err(), "{flag}");
        }
        for flag in ["issuer", "path", "collection", "kind"] {
            assert_eq!(check_value(flag, "，。"), Ok(()), "{flag}");
        }
        assert_eq!(parse_years("2010..2005"), Err(BadValue::YearsReversed));
        assert_eq!(parse_years("十年前"), Err(BadValue::Years));
    }
}
