//! Flags that restrict where a command looks; the same for every command that has them.

use std::ops::RangeInclusive;

use clap::{Args, ValueEnum};
use xunzhang::document::Role;
use xunzhang::query::years;
use xunzhang::search::{Filter, Within};
use xunzhang::text::normalize::normalize;
use xunzhang::text::pattern::Pattern;

use super::value::BadValue;

/// Where to look.
#[derive(Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct FilterArguments {
    /// Documents of this 文种, as in 总结, 通知, 办法.
    #[arg(long)]
    kind: Option<String>,
    /// Documents of this year, or of years as in 2005..2010, 2005.., ..2010.
    #[arg(long, value_name = "YEARS", value_parser = parse_years)]
    year: Option<RangeInclusive<u64>>,
    /// Documents whose id matches, as in '2009/**' or '*.md'.
    #[arg(long, value_name = "GLOB")]
    path: Option<String>,
    /// Passages under a heading that holds this text.
    #[arg(long, value_name = "TEXT", value_parser = parse_section)]
    section: Option<String>,
    /// Passages of sections with this role: 基本情况, 做法, 成效, 体会, 问题, 打算, 建议.
    #[arg(long, value_parser = parse_role)]
    role: Option<Role>,
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

impl FilterArguments {
    /// The filter that the flags describe.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            kind: self.kind.clone(),
            years: self.year.clone(),
            path: self.path.clone(),
            section: self.section.clone(),
            role: self.role.map(|role| role.name().to_owned()),
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
pub(super) fn relaxed(filter: &Filter) -> Vec<(String, Filter)> {
    let Filter {
        kind,
        years,
        path,
        section,
        role,
        within,
        without_ocr,
    } = filter;
    let mut out = Vec::new();
    let mut without = |flag: String, relax: fn(&mut Filter)| {
        let mut filter = filter.clone();
        relax(&mut filter);
        out.push((flag, filter));
    };
    if let Some(kind) = kind {
        without(format!("--kind {kind}"), |filter| filter.kind = None);
    }
    if let Some(years) = years {
        let flag = match (*years.start(), *years.end()) {
            (from, to) if from == to => format!("--year {from}"),
            (from, 9999) => format!("--year {from}.."),
            (0, to) => format!("--year ..{to}"),
            (from, to) => format!("--year {from}..{to}"),
        };
        without(flag, |filter| filter.years = None);
    }
    if let Some(path) = path {
        without(format!("--path {path}"), |filter| filter.path = None);
    }
    if let Some(section) = section {
        without(format!("--section {section}"), |filter| {
            filter.section = None
        });
    }
    if let Some(role) = role {
        without(format!("--role {role}"), |filter| filter.role = None);
    }
    if *without_ocr {
        without("--no-ocr".to_owned(), |filter| filter.without_ocr = false);
    }
    let part = match within {
        Within::All => return out,
        Within::Body => "body",
        Within::Headings => "headings",
    };
    without(format!("--in {part}"), |filter| filter.within = Within::All);
    out
}

pub(super) fn parse_years(text: &str) -> Result<RangeInclusive<u64>, BadValue> {
    let years = years(text.trim()).ok_or(BadValue::Years)?;
    if years.is_empty() {
        return Err(BadValue::YearsReversed);
    }
    Ok(years)
}

fn parse_section(text: &str) -> Result<String, BadValue> {
    Pattern::phrase(text).ok_or(BadValue::Section)?;
    Ok(text.to_owned())
}

fn parse_role(text: &str) -> Result<Role, BadValue> {
    let name = normalize(text.trim());
    let mut roles = [
        Role::Overview,
        Role::Measures,
        Role::Results,
        Role::Lessons,
        Role::Problems,
        Role::Plans,
        Role::Proposals,
    ]
    .into_iter();
    roles.find(|role| role.name() == name).ok_or(BadValue::Role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_every_width_and_script() {
        assert_eq!(parse_years("２００５．．２０１０"), Ok(2005..=2010));
        assert_eq!(parse_years(" 2009 "), Ok(2009..=2009));
        assert!(parse_years("2010..2005").is_err());
        assert!(parse_years("去年").is_err());
        assert_eq!(parse_role("問題"), Ok(Role::Problems));
        assert!(parse_role("其他").is_err());
        assert!(parse_section("，。").is_err());
    }

    #[test]
    fn each_restriction_can_be_left_out() {
        let filter = Filter {
            kind: Some("总结".into()),
            years: Some(2005..=9999),
            within: Within::Body,
            ..Filter::default()
        };
        let flags: Vec<String> = relaxed(&filter).into_iter().map(|(flag, _)| flag).collect();
        assert_eq!(flags, ["--kind 总结", "--year 2005..", "--in body"]);
        assert_eq!(relaxed(&filter)[0].1.kind, None);
        assert_eq!(relaxed(&filter)[0].1.years, Some(2005..=9999));
        assert_eq!(relaxed(&Filter::default()), []);
    }
}
