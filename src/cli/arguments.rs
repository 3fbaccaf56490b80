//! Words of a query that look like flags: `search 农民 -GDP`.
//!
//! A word after a minus is a negated word of a query; the flag parser would take it for a flag. Such words are hidden from it and
//! shown again by [`word`], which reads every argument that is a query. What looks like a long flag is one, so that a
//! mistyped `--yaer` is reported.

use std::ffi::OsString;

use clap::{Arg, Command, ValueEnum};

use super::messages::Lang;

/// Commands whose arguments are queries.
// The other commands take paths and ids: there a word after a minus is a mistyped flag.
const WITH_QUERIES: [&str; 7] = [
    "search",
    "concordance",
    "precedent",
    "frame",
    "report",
    "trend",
    "words",
];

/// The prefix of a hidden word; a private character, which no keyboard types.
const HIDDEN: char = '\u{f8ff}';

/// The arguments, words after a minus hidden where `command` takes queries.
pub(crate) fn hidden(
    arguments: impl IntoIterator<Item = OsString>,
    command: &Command,
) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    // The first argument is the program's own name.
    let mut out: Vec<OsString> = arguments.by_ref().take(1).collect();
    let mut flags: Vec<&Arg> = command.get_arguments().collect();
    let mut is_query = false;
    let mut is_value = false;
    for argument in arguments.by_ref() {
        let text = argument.to_str().unwrap_or_default();
        // A value may begin with a minus itself, as in `--sort -date`.
        if std::mem::take(&mut is_value) {
            out.push(argument);
            continue;
        }
        // After `--` clap takes nothing for a flag, so that nothing more needs to be hidden.
        if text == "--" {
            out.push(argument);
            break;
        }
        // Only the first can be a command: in `search report` the second is a word to look for.
        if let Some(found) = command.find_subcommand(text).filter(|_| !is_query) {
            is_query = WITH_QUERIES.contains(&text);
            collect(found, &mut flags);
        }
        if is_query && is_excluded_word(text, &flags) {
            out.push(format!("{HIDDEN}{text}").into());
            continue;
        }
        is_value = expects_value(text, &flags);
        out.push(argument);
    }
    out.extend(arguments);
    out
}

/// What can be seen of arguments that may not be parsed.
pub(crate) struct Asked<'a> {
    /// The language that `--lang` names.
    pub(crate) lang: Option<Lang>,
    /// The command that is meant.
    pub(crate) command: &'a Command,
}

/// Looks for the language and the command, skipping the values of other flags.
pub(crate) fn asked<'a>(arguments: &[OsString], command: &'a Command) -> Asked<'a> {
    let mut flags: Vec<&Arg> = command.get_arguments().collect();
    let mut out = Asked {
        lang: None,
        command,
    };
    let (mut is_value, mut is_lang, mut is_within) = (false, false, false);
    for argument in arguments.iter().skip(1) {
        let text = argument.to_str().unwrap_or_default();
        if std::mem::take(&mut is_value) {
            // An unknown language is reported by clap; the message about it is then in the default language.
            if is_lang {
                out.lang = Lang::from_str(text, false).ok();
            }
            continue;
        }
        if text == "--" {
            break;
        }
        if let Some(value) = text.strip_prefix("--lang=") {
            out.lang = Lang::from_str(value, false).ok();
        }
        is_lang = text == "--lang";
        is_value = expects_value(text, &flags);
        if text.starts_with('-') {
            continue;
        }
        match out.command.find_subcommand(text).filter(|_| !is_within) {
            Some(below) => {
                out.command = below;
                flags.extend(below.get_arguments());
            }
            // After a first word that is not a command there is no command.
            None => is_within = true,
        }
    }
    out
}

/// Reads an argument that is a query, or a part of one.
pub(crate) fn word(text: &str) -> Result<String, std::convert::Infallible> {
    Ok(text.strip_prefix(HIDDEN).unwrap_or(text).to_owned())
}

/// The flags of a command and of those below it.
fn collect<'a>(command: &'a Command, flags: &mut Vec<&'a Arg>) {
    flags.extend(command.get_arguments());
    for below in command.get_subcommands() {
        collect(below, flags);
    }
}

/// Whether an argument is not a flag but a word after a minus: `-工厂`, `-"…"`, `-GDP`, `-5G`, yet not `-n`, `-n5`, `-qv`.
fn is_excluded_word(text: &str, flags: &[&Arg]) -> bool {
    let Some(word) = text.strip_prefix('-') else {
        return false;
    };
    // A single letter is meant as a flag, known or not: `-o x.csv` excludes no word `o`.
    let is_letter = word.len() == 1 && word.chars().all(|ch| ch.is_ascii_alphabetic());
    !(word.is_empty() || word.starts_with('-') || is_letter || is_cluster(word, flags))
}

/// Whether these are short flags: any that take nothing, then perhaps one with a number as its value.
fn is_cluster(word: &str, flags: &[&Arg]) -> bool {
    let mut rest = word.chars();
    while let Some(ch) = rest.next() {
        match short(ch, flags) {
            None if matches!(ch, 'h' | 'V') => {}
            None => return false,
            Some(flag) if takes_value(flag) => {
                let value = rest.as_str().trim_start_matches('=');
                let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
                // A file to write has an extension, which distinguishes `-ox.csv` from a word; a list's name may be anything.
                return is_number || ch == 'k' || ch == 'o' && value.contains('.');
            }
            Some(_) => {}
        }
    }
    true
}

/// Whether the next argument is the value of this one.
fn expects_value(text: &str, flags: &[&Arg]) -> bool {
    let is_long = |flag: &&&Arg| {
        let name = text.strip_prefix("--");
        name.is_some_and(|name| flag.get_long() == Some(name))
    };
    if let Some(flag) = flags.iter().find(is_long) {
        return takes_value(flag);
    }
    let cluster = text.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
    // Only the last flag of a cluster takes its value from the next argument: `-qn 5`.
    let last = cluster.and_then(|cluster| cluster.chars().last());
    last.and_then(|last| short(last, flags))
        .is_some_and(takes_value)
}

fn short<'a>(ch: char, flags: &[&'a Arg]) -> Option<&'a Arg> {
    flags
        .iter()
        .find(|flag| flag.get_short() == Some(ch))
        .copied()
}

fn takes_value(flag: &Arg) -> bool {
    flag.get_action().takes_values()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let command = crate::cli::app::definition();
        let arguments = std::iter::once("xunzhang")
            .chain(line.split(' '))
            .map(OsString::from);
        let words: Vec<String> = hidden(arguments, &command)
            .into_iter()
            .filter_map(|argument| argument.into_string().ok())
            .filter(|argument| argument.starts_with(HIDDEN))
            .filter_map(|argument| word(&argument).ok())
            .collect();
        assert_eq!(words, expected, "{line}");
    }

    #[track_caller]
    fn check_asked(line: &str, lang: Option<Lang>, command: &str) {
        let definition = crate::cli::app::definition();
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let found = asked(&arguments, &definition);
        assert_eq!(found.lang, lang, "{line}");
        assert_eq!(found.command.get_name(), command, "{line}");
    }

    #[test]
    fn language_and_command_are_found_before_parsing() {
        check_asked("xunzhang", None, "xunzhang");
        check_asked("xunzhang --lang zh serch", Some(Lang::Zh), "xunzhang");
        check_asked("xunzhang search --lang=en x", Some(Lang::En), "search");
        check_asked("xunzhang --index --lang search -n x", None, "search");
        check_asked("xunzhang --index search words new --x", None, "new");
        check_asked("xunzhang search words -- --lang zh", None, "search");
        check_asked("xunzhang search --lang fr", None, "search");
    }

    #[test]
    fn words_behind_a_minus_are_told_from_flags() {
        check("search 农民 -GDP", &["-GDP"]);
        check(
            "search -工厂 -\"招商\" -(甲 -5G",
            &["-工厂", "-\"招商\"", "-(甲", "-5G"],
        );
        check(
            "search 农民 -nginx -Covid -hotel -quality",
            &["-nginx", "-Covid", "-hotel", "-quality"],
        );
        check("search 农民 -n5 -n 5 -C2 -qv -h - --yaer 2010", &[]);
        check("search 农民 -o x.csv", &[]);
        check("search 农民 --sort -date --section -GDP", &[]);
        check("--index -x search 农民 -甲", &["-甲"]);
        check("search --index search 农民 -- -GDP", &[]);
        check("report 甲 -k -list.txt -o x.csv -乙", &["-乙"]);
        check("words collocates -甲", &["-甲"]);
        check("outline -报告.txt", &[]);
        check("outline -- -报告.txt", &[]);
    }

    #[test]
    fn a_cluster_of_flags_is_no_word() {
        let command = crate::cli::app::definition();
        let search = command.find_subcommand("search").expect("the command");
        let mut flags: Vec<&Arg> = command.get_arguments().collect();
        collect(search, &mut flags);
        for (text, is_word) in [
            ("-q", false),
            ("-qv", false),
            ("-n", false),
            ("-n5", false),
            ("-qn5", false),
            ("-n=5", false),
            ("-h", false),
            ("-V", false),
            ("-nx", true),
            ("-水渠", true),
            ("-q水渠", true),
            ("-z", false),
            ("-5", true),
            ("-", false),
            ("--", false),
            ("--zzz", false),
            ("水渠", false),
            ("-ox.csv", false),
            ("-ox", true),
        ] {
            assert_eq!(is_excluded_word(text, &flags), is_word, "{text}");
        }
    }

    #[test]
    fn only_the_last_flag_of_a_cluster_takes_the_next_argument() {
        let command = crate::cli::app::definition();
        let search = command.find_subcommand("search").expect("the command");
        let mut flags: Vec<&Arg> = command.get_arguments().collect();
        collect(search, &mut flags);
        for (text, expected) in [
            ("-n", true),
            ("-qn", true),
            ("-nq", false),
            ("--limit", true),
            ("--limit=5", false),
            ("--quiet", false),
            ("--lim", false),
            ("n", false),
            ("", false),
        ] {
            assert_eq!(expects_value(text, &flags), expected, "{text}");
        }
    }

    #[test]
    fn hiding_loses_nothing() {
        let command = crate::cli::app::definition();
        for line in [
            "search 修渠 -架桥 -n 5 -- -清淤",
            "report -k -list.txt 修渠 -架桥",
            "outline -报告.txt",
            "",
        ] {
            let given: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let arguments: Vec<OsString> = [OsString::from("xunzhang")]
                .into_iter()
                .chain(given)
                .collect();
            let shown: Vec<OsString> = hidden(arguments.clone(), &command)
                .into_iter()
                .map(|one| {
                    one.to_str()
                        .map_or(one.clone(), |text| text.trim_start_matches(HIDDEN).into())
                })
                .collect();
            assert_eq!(shown, arguments, "{line}");
        }
    }
}
