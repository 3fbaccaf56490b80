//! `--help` in Chinese: the definition of the command line with every text replaced by that of the catalogue.
//!
//! In English these texts are the doc comments of the arguments. Their keys in the catalogue are those of [`Texts`]; a test
//! walks the definition, so that a command or argument without a Chinese text fails.

use clap::{Arg, Command};

use super::{Lang, listed, say};
use crate::cli::terminal::wrap;

/// Indentation of an argument's text below its name in cells, as in clap.
const INDENT: usize = 10;
/// Cells of a line of help, if the terminal has as many; clap's own limit.
const WIDEST: usize = 100;

/// Finds the texts of a command.
#[derive(Clone)]
struct Texts {
    lang: Lang,
    /// The commands from the top to this one, joined by `-`.
    path: String,
    /// Cells of a line, if texts are to be broken into lines.
    width: Option<usize>,
}

/// The definition with the texts of `lang`, for lines of `width` cells; a definition that was built.
pub(crate) fn translated(command: Command, lang: Lang, width: Option<usize>) -> Command {
    let path = command.get_name().to_owned();
    let width = width.map(|width| width.min(WIDEST));
    Texts { lang, path, width }.command(command)
}

impl Texts {
    fn command(&self, command: Command) -> Command {
        let lang = self.lang;
        let usage = usage(&command, lang);
        // The template of clap has `Usage:` in English, whatever else is translated.
        let template = format!(
            "{{about-with-newline}}\n{}\n\n{{all-args}}{{after-help}}",
            say!(lang, "usage", usage = "{usage}")
        );
        let examples = format!("help-{}-examples", self.path);
        let examples = lang.has(&examples).then(|| say!(lang, &examples));
        // Of some commands the examples are long: `-h` leaves them to `--help`.
        let is_long = command.get_after_long_help().is_some();
        let about = say!(lang, &format!("help-{}", self.path));
        let command = command
            .about(about)
            // Otherwise `--help` would print the English doc comment.
            .long_about(None)
            .help_template(template)
            .override_usage(usage)
            .subcommand_help_heading(lang.text("heading-commands"))
            .subcommand_value_name(lang.text("placeholder-command"))
            // Clap takes the width by which texts were broken, so that it does not break them again.
            .term_width(self.width.unwrap_or(WIDEST))
            .mut_args(|arg| self.argument(arg))
            .mut_subcommands(|below| {
                // Hidden commands have no Chinese text: no user sees their help.
                if below.is_hide_set() {
                    below
                } else {
                    self.below(&below).command(below)
                }
            });
        match examples {
            Some(examples) if is_long => command.after_long_help(examples),
            Some(examples) => command.after_help(examples),
            None => command,
        }
    }

    /// The texts of a command below this one; those of the top have no name before them.
    fn below(&self, command: &Command) -> Self {
        let name = command.get_name();
        let is_top = self.path == "xunzhang";
        let path = match is_top {
            true => name.to_owned(),
            false => format!("{}-{name}", self.path),
        };
        Self {
            path,
            ..self.clone()
        }
    }

    fn argument(&self, arg: Arg) -> Arg {
        let lang = self.lang;
        let text = self.broken(self.text(&arg));
        let names = arg.get_value_names().unwrap_or_default();
        let names: Vec<String> = names.iter().map(|name| placeholder(name, lang)).collect();
        let heading = say!(lang, &heading(&arg));
        let takes_values = arg.get_action().takes_values();
        let arg = arg
            .help(text)
            // Otherwise `--help` would print the English doc comment.
            .long_help(None)
            .help_heading(heading)
            // What clap adds about defaults, values and variables is English; it is in the text already.
            .hide_default_value(true)
            .hide_possible_values(true)
            .hide_env(true)
            // Below its name each line has the indentation by which the text was broken.
            .next_line_help(true);
        // A flag has no value that could have a name.
        if takes_values {
            arg.value_names(names)
        } else {
            arg
        }
    }

    /// The text in lines; clap breaks at blanks only, of which Chinese has none.
    fn broken(&self, text: String) -> String {
        // A completion script has each text on one line.
        let Some(width) = self.width else {
            return text;
        };
        let lines = wrap(&text, width.saturating_sub(INDENT));
        let lines: Vec<&str> = lines.into_iter().map(|line| &text[line]).collect();
        lines.join("\n")
    }

    /// What an argument is for, and what clap would add to it in English.
    fn text(&self, arg: &Arg) -> String {
        let lang = self.lang;
        let mut text = say!(lang, &self.key(arg));
        if !arg.get_action().takes_values() {
            return text;
        }
        let defaults = arg.get_default_values().iter();
        let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() && !arg.is_hide_default_value_set() {
            text += &say!(lang, "help-default", value = listed(&defaults, lang));
        }
        let values = arg.get_possible_values();
        // Where each value has a text, that of the argument names them.
        let is_told = values.iter().any(|value| value.get_help().is_some());
        if !values.is_empty() && !is_told && !arg.is_hide_possible_values_set() {
            let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
            text += &say!(lang, "help-choices", values = listed(&values, lang));
        }
        if let Some(name) = arg.get_env() {
            text += &say!(lang, "help-variable", name = name.to_string_lossy());
        }
        text
    }

    /// The key of an argument's text: its own, else the one that it shares with the same argument of other commands.
    fn key(&self, arg: &Arg) -> String {
        let id = slug(arg.get_id().as_str());
        let own = format!("help-{}-{id}", self.path);
        if self.lang.has(&own) {
            own
        } else {
            format!("help-any-{id}")
        }
    }
}

/// The key of the heading above an argument.
fn heading(arg: &Arg) -> String {
    match arg.get_help_heading() {
        Some(heading) => format!("heading-{}", slug(heading)),
        None if arg.is_positional() => "heading-arguments".to_owned(),
        None => "heading-options".to_owned(),
    }
}

/// A name as keys have it.
fn slug(name: &str) -> String {
    let name = name
        .to_lowercase()
        .replace(|ch: char| !ch.is_alphanumeric(), "-");
    name.trim_matches('-').replace("--", "-")
}

/// What stands for a value; small letters are the value itself.
fn placeholder(name: &str, lang: Lang) -> String {
    if name.contains(char::is_lowercase) {
        return name.to_owned();
    }
    say!(lang, &format!("placeholder-{}", slug(name)))
}

/// A command's usage on one line, of a definition that was built.
pub(super) fn usage(command: &Command, lang: Lang) -> String {
    // Made here, since that of clap has English names of values.
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut out = format!("{name} {}", lang.text("usage-options"));
    for arg in command.get_positionals() {
        let names = arg.get_value_names().unwrap_or_default();
        let name = names.first().map(|name| placeholder(name, lang));
        let name = name.unwrap_or_default();
        let many = if arg.get_num_args().is_some_and(|n| n.max_values() > 1) {
            "..."
        } else {
            ""
        };
        out += &match arg.is_required_set() {
            true => format!(" <{name}>{many}"),
            false => format!(" [{name}]{many}"),
        };
    }
    if command.has_subcommands() {
        out = format!("{out} {}", lang.text("usage-command"));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::cli::app::definition;
    use crate::cli::messages::catalogue::ZH_HELP;

    fn texts() -> Texts {
        Texts {
            lang: Lang::Zh,
            path: "xunzhang".to_owned(),
            width: Some(80),
        }
    }

    /// All visible commands, with the path of each.
    fn commands(command: &Command, texts: Texts, out: &mut Vec<(Command, Texts)>) {
        out.push((command.clone(), texts.clone()));
        for below in command
            .get_subcommands()
            .filter(|below| !below.is_hide_set())
        {
            commands(below, texts.below(below), out);
        }
    }

    /// All keys that the definition of the command line asks for.
    fn keys() -> BTreeSet<String> {
        let mut all = Vec::new();
        commands(&definition(), texts(), &mut all);
        let mut out = BTreeSet::new();
        out.insert("heading-commands".to_owned());
        out.insert("placeholder-command".to_owned());
        for (command, texts) in all {
            out.insert(format!("help-{}", texts.path));
            let examples = [command.get_after_help(), command.get_after_long_help()];
            if examples.iter().any(Option::is_some) {
                out.insert(format!("help-{}-examples", texts.path));
            }
            for arg in command.get_arguments() {
                out.insert(texts.key(arg));
                out.insert(heading(arg));
                let names = arg.get_value_names().unwrap_or_default().iter();
                let names = names.filter(|name| !name.contains(char::is_lowercase));
                if arg.get_action().takes_values() {
                    out.extend(names.map(|name| format!("placeholder-{}", slug(name))));
                }
            }
        }
        out
    }

    #[test]
    fn every_command_and_argument_has_its_text_and_none_is_left_over() {
        let starts = ["help-", "heading-", "placeholder-"];
        let lines = ZH_HELP.lines().filter_map(|line| line.split_once(" ="));
        let known = lines.map(|(key, _)| key.to_owned());
        let known = known.filter(|key| starts.iter().any(|start| key.starts_with(start)));
        let mut asked = keys();
        // Used by name, for what clap adds to a text.
        asked.extend(["help-default", "help-choices", "help-variable"].map(str::to_owned));
        assert_eq!(asked, known.collect::<BTreeSet<String>>());
    }

    /// Three consecutive English words outside of quoted code.
    fn english(text: &str) -> Option<String> {
        let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join("，");
        let is_word =
            |word: &&str| word.len() > 1 && word.chars().all(|ch| ch.is_ascii_alphabetic());
        let words: Vec<&str> = prose.split(' ').collect();
        let found = words.windows(3).find(|row| row.iter().all(&is_word));
        found.map(|row| row.join(" "))
    }

    #[test]
    fn help_has_no_english_sentence() {
        let mut all = Vec::new();
        let translated = translated(definition(), Lang::Zh, Some(80));
        commands(&translated, texts(), &mut all);
        for (mut command, texts) in all {
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                assert!(help.contains("用法："), "{help}");
                for marker in [
                    "Usage",
                    "Options",
                    "Print",
                    "[default",
                    "[possible",
                    "[env",
                    "OPTIONS",
                ] {
                    assert!(
                        !help.contains(marker),
                        "{marker} in {}:\n{help}",
                        texts.path
                    );
                }
                let lines = help.lines().filter(|line| !line.starts_with("  xunzhang "));
                for line in lines {
                    assert_eq!(english(line), None, "{line}");
                }
            }
        }
    }

    #[test]
    fn a_text_in_english_would_be_noticed() {
        assert_eq!(
            english("见 Print the summary").as_deref(),
            Some("Print the summary")
        );
        assert_eq!(english("见 `xunzhang index corpus here`"), None);
    }

    #[test]
    fn usage_names_what_is_wanted() {
        let definition = definition();
        let of = |name: &str| usage(definition.find_subcommand(name).unwrap(), Lang::Zh);
        assert_eq!(of("search"), "xunzhang search [选项] [查询]...");
        assert_eq!(of("trend"), "xunzhang trend [选项] <词>...");
        assert_eq!(of("show"), "xunzhang show [选项] <文档[:行]>");
        assert_eq!(of("words"), "xunzhang words [选项] <命令>");
        assert_eq!(of("verify"), "xunzhang verify [选项]");
    }

    #[test]
    fn a_key_has_small_letters_and_single_hyphens() {
        for (name, expected) in [
            ("Global options", "global-options"),
            ("DOC[:LINE]", "doc-line"),
            ("min_similarity", "min-similarity"),
            ("<DIR>", "dir"),
            ("N", "n"),
            ("", ""),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn small_letters_are_the_value_itself() {
        for name in ["zh|en", "auto|always|never"] {
            assert_eq!(placeholder(name, Lang::Zh), name);
        }
        let file = placeholder("FILE", Lang::Zh);
        assert!(!file.is_ascii(), "{file}");
    }

    #[test]
    fn an_argument_is_under_the_heading_that_it_names() {
        for (arg, expected) in [
            (Arg::new("a").long("a"), "heading-options"),
            (Arg::new("a"), "heading-arguments"),
            (
                Arg::new("a").long("a").help_heading("Global options"),
                "heading-global-options",
            ),
            (Arg::new("a").help_heading("Filters"), "heading-filters"),
        ] {
            assert_eq!(heading(&arg), expected);
        }
    }

    #[test]
    fn texts_are_broken_only_for_a_width() {
        let text = "水渠".repeat(40);
        let whole = Texts {
            width: None,
            ..texts()
        };
        assert_eq!(whole.broken(text.clone()), text);
        let broken = texts().broken(text.clone());
        assert_eq!(broken.replace('\n', ""), text);
        let widths = broken.lines().map(crate::cli::terminal::width);
        assert!(
            widths.clone().count() > 1 && widths.max() <= Some(80 - INDENT),
            "{broken}"
        );
    }
}
