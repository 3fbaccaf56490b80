//! Saved defaults as default values of the command line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::error::{BadDefaults, Why};
use super::file::{Defaults, Home, NamedFilter, read};
use crate::cli::reader;

/// Name of the file in the folder of an index.
const NAME: &str = xunzhang::source::walk::DEFAULTS;

/// The definition of the command line with the defaults that are saved for these arguments; `None` without any.
pub(in crate::cli) fn applied(
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
    let is_apart = |name: &&str| matches!(*name, reader::NAME | "completions");
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
    let excluded = match commands.names.first() {
        Some(&("index" | "watch")) => &defaults.exclude,
        Some(&"check") => &defaults.excluded_documents,
        _ => return Ok(values),
    };
    if !excluded.is_empty() {
        values.insert("exclude", excluded.clone());
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
