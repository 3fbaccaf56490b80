//! Saved defaults as default values of the command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::error::{BadDefaults, Why};
use super::file::{Defaults, Home, NamedFilter, read};
use crate::cli::reader;

/// Name of the file in the folder of an index.
const NAME: &str = xunzhang::source::walk::DEFAULTS;

/// The argument of `check` that takes the saved documents. Unlike those of `--exclude`, one may be gone from the index.
const SAVED_EXCLUDE: &str = "saved_exclude";

/// The definition of the command line with the defaults that are saved for these arguments; `None` without any.
pub(crate) fn applied(
    definition: Command,
    matches: &ArgMatches,
) -> anyhow::Result<Option<Command>> {
    let commands = Commands::of(matches);
    let Some((path, home)) = file(matches, &commands) else {
        // A name without a file to look it up in must not mean all documents.
        return match commands.filter() {
            None => Ok(None),
            Some(name) => Err(no_file(matches, name).into()),
        };
    };
    let defaults = read(&path, home)?;
    let values = values(&defaults, &definition, &commands, &path)?;
    let definition = match &defaults.index {
        // Relative to the file, so that it means the same from every folder.
        Some(index) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            let index = folder.join(index).into_os_string();
            definition.mut_arg("index", |arg| arg.default_value(index))
        }
        None => definition,
    };
    Ok(Some(with(definition, &commands.names, &values)))
}

/// The command that is meant: its names from the top, and what was given to it.
struct Commands<'a> {
    names: Vec<&'a str>,
    matches: &'a ArgMatches,
}

impl<'a> Commands<'a> {
    fn of(mut matches: &'a ArgMatches) -> Self {
        let mut names = Vec::new();
        while let Some((name, below)) = matches.subcommand() {
            names.push(name);
            matches = below;
        }
        Self { names, matches }
    }

    /// The name after `--filter`.
    fn filter(&self) -> Option<&'a String> {
        // Many commands have no filters; clap reports that as an error.
        self.matches.try_get_one("filter").ok().flatten()
    }
}

/// The file of defaults: the one that is named, else that of the index if it is there.
fn file(matches: &ArgMatches, commands: &Commands<'_>) -> Option<(PathBuf, Home)> {
    // They read no index: a file that is broken must not keep them from running.
    let is_apart = |name: &&str| matches!(*name, reader::NAME | "completions" | "man" | "outline");
    if commands.names.first().is_some_and(is_apart) {
        return None;
    }
    if let Some(path) = matches.get_one::<PathBuf>("config") {
        return Some((path.clone(), Home::Anywhere));
    }
    let path = matches.get_one::<PathBuf>("index")?.join(NAME);
    path.exists().then_some((path, Home::Index))
}

fn no_file(matches: &ArgMatches, name: &str) -> BadDefaults {
    let index = matches.get_one::<PathBuf>("index");
    BadDefaults {
        path: index.cloned().unwrap_or_default().join(NAME),
        line: None,
        why: Why::NoFilter {
            name: name.to_owned(),
            known: Vec::new(),
        },
    }
}

/// What the command takes of the defaults, by the argument.
fn values(
    defaults: &Defaults,
    definition: &Command,
    commands: &Commands<'_>,
    path: &Path,
) -> Result<NamedFilter, BadDefaults> {
    let mut values = match commands.filter() {
        Some(name) => filter(defaults, name, definition, commands).map_err(|why| BadDefaults {
            path: path.to_owned(),
            line: None,
            why,
        })?,
        None => BTreeMap::new(),
    };
    // The same word means files to `index` and `watch`, documents of the index to `check`.
    let (argument, excluded) = match commands.names.first() {
        Some(&("index" | "watch")) => ("exclude", &defaults.exclude),
        Some(&"check") => (SAVED_EXCLUDE, &defaults.excluded_documents),
        _ => return Ok(values),
    };
    if !excluded.is_empty() {
        values.insert(argument, excluded.clone());
    }
    Ok(values)
}

/// The filter called `name`; refused where the command cannot restrict what it restricts.
fn filter(
    defaults: &Defaults,
    name: &str,
    definition: &Command,
    commands: &Commands<'_>,
) -> Result<NamedFilter, Why> {
    let filter = defaults.filters.get(name).ok_or_else(|| Why::NoFilter {
        name: name.to_owned(),
        known: defaults.filters.keys().cloned().collect(),
    })?;
    let mut command = definition;
    for name in &commands.names {
        command = command.find_subcommand(name).unwrap_or(command);
    }
    let takes = |flag: &str| command.get_arguments().any(|arg| arg.get_id() == flag);
    // `docs --filter` of a role would list documents that the filter leaves out elsewhere.
    match filter.keys().find(|flag| !takes(flag)) {
        Some(flag) => Err(Why::NotTaken {
            name: name.to_owned(),
            flag,
            command: commands.names.join(" "),
        }),
        None => Ok(filter.clone()),
    }
}

/// The definition with `values` as defaults of the command below it that `names` lead to.
fn with(definition: Command, names: &[&str], values: &NamedFilter) -> Command {
    match names.split_first() {
        Some((name, rest)) => definition.mut_subcommand(*name, |below| with(below, rest, values)),
        None => values.iter().fold(definition, |command, (id, values)| {
            command.mut_arg(*id, |arg| arg.default_values(values))
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::app::Arguments;
    use crate::cli::filter::FilterArguments;
    use clap::{CommandFactory, FromArgMatches};
    use xunzhang::search::Filter;

    use super::*;

    const FILE: &str = "exclude = \"*.bak\"\n[check]\nexclude = \"甲.txt\"\n[filter.\"近年\"]\nkind = \"总结\"\nyear = [2018]\n[filter.\"问题\"]\nrole = \"问题\"\n";

    /// The last command of the matches.
    fn last(mut matches: &ArgMatches) -> &ArgMatches {
        while let Some((_, below)) = matches.subcommand() {
            matches = below;
        }
        matches
    }

    /// The filter of a command line under the defaults of [`FILE`].
    fn filter_of(line: &[&str]) -> anyhow::Result<Filter> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("寻章.toml");
        std::fs::write(&path, FILE)?;
        let config = path.display().to_string();
        let arguments: Vec<&str> = ["xunzhang", "--config", &config]
            .into_iter()
            .chain(line.iter().copied())
            .collect();
        let matches = Arguments::command().try_get_matches_from(&arguments)?;
        let applied = applied(Arguments::command(), &matches)?.expect("defaults");
        let matches = applied.try_get_matches_from(&arguments)?;
        Ok(FilterArguments::from_arg_matches(last(&matches))?.filter())
    }

    #[test]
    fn flags_win_over_the_values_of_a_named_filter() {
        let years = |filter: &Filter| filter.documents.years.as_ref().map(ToString::to_string);
        let named = filter_of(&["search", "水渠", "--filter", "近年"]).expect("a filter");
        assert_eq!(named.documents.kinds, ["总结"]);
        assert_eq!(years(&named).as_deref(), Some("2018"));
        let with_flag =
            filter_of(&["search", "水渠", "--filter", "近年", "--kind", "通知"]).expect("a filter");
        assert_eq!(with_flag.documents.kinds, ["通知"]);
        assert_eq!(years(&with_flag).as_deref(), Some("2018"));
        // A filter that is not named restricts nothing.
        let without = filter_of(&["search", "水渠"]).expect("a filter");
        assert_eq!(without, Filter::default());
    }

    #[test]
    fn a_filter_that_does_not_apply_is_refused() {
        let why = |line: &[&str]| {
            let error = filter_of(line).expect_err("a refusal");
            error.downcast::<BadDefaults>().expect("bad defaults").why
        };
        let known = ["近年".to_owned(), "问题".to_owned()];
        assert!(matches!(
            why(&["search", "水渠", "--filter", "去年"]),
            Why::NoFilter { name, known: all } if name == "去年" && all.iter().all(|one| known.contains(one)) && all.len() == 2
        ));
        // Documents have no role: their list would hold what the filter leaves out elsewhere.
        assert!(matches!(
            why(&["docs", "--filter", "问题"]),
            Why::NotTaken { flag: "role", command, .. } if command == "docs"
        ));
    }

    #[test]
    fn a_name_without_a_file_means_not_all_documents() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = folder.path().display().to_string();
        let of = |line: &[&str]| {
            let arguments = ["xunzhang", "--index", &index]
                .into_iter()
                .chain(line.iter().copied());
            let matches = Arguments::command()
                .try_get_matches_from(arguments)
                .expect("a valid command line");
            applied(Arguments::command(), &matches).map(|command| command.is_some())
        };
        assert!(of(&["search", "水渠", "--filter", "近年"]).is_err());
        assert!(!of(&["search", "水渠"]).expect("no defaults"));
        std::fs::write(folder.path().join(NAME), FILE).expect("a file");
        assert!(of(&["search", "水渠", "--filter", "近年"]).expect("defaults"));
        // A broken file keeps no command from running that reads no index.
        std::fs::write(folder.path().join(NAME), "[").expect("a file");
        assert!(of(&["search", "水渠"]).is_err());
        assert!(!of(&["completions", "bash"]).expect("no defaults"));
    }

    #[test]
    fn files_are_excluded_from_an_index_and_documents_from_a_check() {
        let defaults = Defaults {
            exclude: vec!["*.bak".to_owned()],
            excluded_documents: vec!["甲.txt".to_owned()],
            ..Defaults::default()
        };
        let excluded = |line: &[&str]| {
            let arguments = ["xunzhang"].into_iter().chain(line.iter().copied());
            let matches = Arguments::command()
                .try_get_matches_from(arguments)
                .expect("a valid command line");
            let values = values(
                &defaults,
                &Arguments::command(),
                &Commands::of(&matches),
                Path::new("a"),
            );
            let values = values.expect("values");
            let excluded = values.get("exclude").or(values.get(SAVED_EXCLUDE));
            excluded.cloned().unwrap_or_default()
        };
        assert_eq!(excluded(&["index", "甲"]), ["*.bak"]);
        assert_eq!(excluded(&["watch", "甲"]), ["*.bak"]);
        assert_eq!(excluded(&["check", "草稿.txt"]), ["甲.txt"]);
        assert_eq!(excluded(&["search", "水渠"]), [""; 0]);
    }
}
