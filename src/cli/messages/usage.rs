//! Usage errors in Chinese; in English clap's own words are kept.

use std::num::{ParseFloatError, ParseIntError};

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use xunzhang::source::records::FieldMapError;

use super::help::usage;
use super::{Lang, listed, say};
use crate::cli::value::BadValue;

/// The sentence on what is wrong, how `command` is used, and where more is said. `command` is the definition of the command
/// that was meant, built and not translated.
pub(crate) fn refusal(error: &clap::Error, command: &Command, lang: Lang) -> String {
    // The name with the commands above it: `xunzhang words top`.
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let sentence = Context { error, lang }.sentence();
    let usage = say!(lang, "usage", usage = usage(command, lang));
    let more = say!(lang, "usage-more", name);
    format!("{sentence}\n\n{usage}\n\n{more}")
}

/// What is wrong with arguments, in one sentence; a flag is called as the field of a page is, with its name as a parameter.
pub(crate) fn sentence(error: &clap::Error, lang: Lang) -> String {
    let context = Context { error, lang };
    let said = match lang {
        Lang::Zh => context.sentence(),
        // Its first paragraph; the others are about flags.
        Lang::En => {
            let said = error.to_string();
            let first = said.lines().take_while(|line| !line.trim().is_empty());
            let first: Vec<&str> = first.map(str::trim).collect();
            first.join(" ").trim_start_matches("error: ").to_owned()
        }
    };
    let argument = context.argument();
    match argument.strip_prefix("--") {
        Some(flag) => said.replace(&argument, &field(flag, lang)),
        None => said,
    }
}

/// What a page calls the field of a flag, which is given as clap has it: `year <YEARS>`.
fn field(flag: &str, lang: Lang) -> String {
    let name = flag.split(' ').next().unwrap_or(flag);
    let key = format!("web-filter-{name}");
    match lang.has(&key) {
        true => format!("{} ({name})", say!(lang, &key)),
        false => name.to_owned(),
    }
}

/// What clap knows of an error.
struct Context<'a> {
    error: &'a clap::Error,
    lang: Lang,
}

impl Context<'_> {
    /// One value or several of them, as a list.
    fn get(&self, kind: ContextKind) -> Option<String> {
        match self.error.get(kind)? {
            ContextValue::String(value) => Some(value.clone()),
            ContextValue::Strings(values) => Some(listed(values, self.lang)),
            ContextValue::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The argument at fault; empty if clap names none.
    fn argument(&self) -> String {
        self.get(ContextKind::InvalidArg).unwrap_or_default()
    }

    fn sentence(&self) -> String {
        let lang = self.lang;
        match self.error.kind() {
            ErrorKind::InvalidValue => self.invalid_value(),
            ErrorKind::ValueValidation => self.refused_value(),
            ErrorKind::UnknownArgument => self.unknown_argument(),
            ErrorKind::InvalidSubcommand => self.unknown_command(),
            ErrorKind::NoEquals => say!(lang, "usage-no-equals", argument = self.argument()),
            ErrorKind::TooManyValues => {
                let value = self.get(ContextKind::InvalidValue).unwrap_or_default();
                say!(
                    lang,
                    "usage-too-many-values",
                    argument = self.argument(),
                    value
                )
            }
            ErrorKind::TooFewValues => self.wrong_number("usage-too-few-values"),
            ErrorKind::WrongNumberOfValues => self.wrong_number("usage-wrong-number"),
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::MissingRequiredArgument => {
                say!(lang, "usage-missing-argument", argument = self.argument())
            }
            ErrorKind::MissingSubcommand => say!(lang, "usage-missing-command"),
            ErrorKind::InvalidUtf8 => say!(lang, "usage-not-utf8"),
            ErrorKind::Io | ErrorKind::Format => say!(lang, "usage-unprinted"),
            // `--help` and `--version` never get here; what clap adds later has a general sentence.
            _ => say!(lang, "usage-other"),
        }
    }

    fn invalid_value(&self) -> String {
        let lang = self.lang;
        let argument = self.argument();
        let value = self.get(ContextKind::InvalidValue).unwrap_or_default();
        let choices = self
            .get(ContextKind::ValidValue)
            .filter(|all| !all.is_empty());
        match (value.is_empty(), choices) {
            // Clap reports a flag without its value as one whose value is empty.
            (true, None) => say!(lang, "usage-no-value", argument),
            (true, Some(choices)) => say!(lang, "usage-no-choice", argument, choices),
            (false, None) => say!(lang, "usage-bad-value", argument, value),
            (false, Some(choices)) => say!(lang, "usage-bad-choice", argument, value, choices),
        }
    }

    fn refused_value(&self) -> String {
        let argument = self.argument();
        let value = self.get(ContextKind::InvalidValue).unwrap_or_default();
        let source = std::error::Error::source(self.error);
        let reason = source.and_then(|source| of_value(source, self.lang));
        match reason {
            Some(reason) => say!(self.lang, "usage-refused-value", argument, value, reason),
            None => say!(self.lang, "usage-bad-value", argument, value),
        }
    }

    fn unknown_argument(&self) -> String {
        let lang = self.lang;
        let argument = self.argument();
        // Clap also reports a surplus word as an unknown argument.
        let is_flag = argument.starts_with('-');
        match self.get(ContextKind::SuggestedArg) {
            Some(meant) => say!(lang, "usage-unknown-flag-meant", argument, meant),
            None if is_flag => say!(lang, "usage-unknown-flag", argument),
            None => say!(lang, "usage-unknown-argument", argument),
        }
    }

    fn unknown_command(&self) -> String {
        let lang = self.lang;
        let command = self.get(ContextKind::InvalidSubcommand).unwrap_or_default();
        match self.get(ContextKind::SuggestedSubcommand) {
            Some(meant) => say!(lang, "usage-unknown-command-meant", command, meant),
            None => say!(lang, "usage-unknown-command", command),
        }
    }

    fn wrong_number(&self, key: &'static str) -> String {
        let of = |kind| self.get(kind).unwrap_or_default();
        // Clap keeps the number under another name for each of the two kinds.
        let wanted = match self.get(ContextKind::MinValues) {
            Some(least) => least,
            None => of(ContextKind::ExpectedNumValues),
        };
        let given = of(ContextKind::ActualNumValues);
        say!(self.lang, key, argument = self.argument(), wanted, given)
    }

    fn conflict(&self) -> String {
        let (lang, argument) = (self.lang, self.argument());
        match self.get(ContextKind::PriorArg) {
            // Clap reports a flag that is there twice as a conflict with itself.
            Some(other) if other == argument => say!(lang, "usage-twice", argument),
            Some(other) => say!(lang, "usage-conflict", argument, other),
            None => say!(lang, "usage-conflict-unnamed", argument),
        }
    }
}

/// Why a value is refused; `None` if it is a reason of a kind that is not known here.
fn of_value(reason: &(dyn std::error::Error + 'static), lang: Lang) -> Option<String> {
    if let Some(bad) = reason.downcast_ref::<BadValue>() {
        Some(bad.sentence(lang))
    } else if reason.is::<ParseIntError>() {
        Some(say!(lang, "value-whole-number"))
    } else if reason.is::<ParseFloatError>() {
        Some(say!(lang, "value-number"))
    } else {
        match reason.downcast_ref()? {
            FieldMapError::NotAPair(text) => Some(say!(lang, "usage-map-pair", text)),
            FieldMapError::UnknownField(field) => Some(say!(lang, "usage-map-field", field)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::app::definition;
    use crate::cli::arguments::hidden;
    use crate::cli::messages::translated;

    /// What is wrong with a command line, of which words are divided by a blank.
    #[track_caller]
    fn check(line: &str, kind: ErrorKind, expected: &str) {
        let definition = definition();
        let words = line.split(' ').filter(|word| !word.is_empty());
        let arguments = std::iter::once("xunzhang").chain(words);
        let arguments = hidden(arguments.map(Into::into), &definition);
        let mut command = translated(definition, Lang::Zh, Some(80));
        let error = command.try_get_matches_from_mut(arguments).unwrap_err();
        assert_eq!(error.kind(), kind, "{line}");
        let context = Context {
            error: &error,
            lang: Lang::Zh,
        };
        assert_eq!(context.sentence(), expected, "{line}");
    }

    #[test]
    fn what_people_get_wrong_is_told_in_chinese() {
        use ErrorKind::{
            ArgumentConflict, InvalidSubcommand, InvalidValue, MissingRequiredArgument,
            TooManyValues, UnknownArgument, ValueValidation,
        };
        check(
            "serch 甲",
            InvalidSubcommand,
            "没有命令“serch”；是否要写 serve、search？",
        );
        check(
            "查",
            InvalidSubcommand,
            "没有命令“查”；请从说明所列的命令里选一个",
        );
        check(
            "search 甲 --yaer 2010",
            UnknownArgument,
            "没有选项 --yaer；是否要写 --year？",
        );
        check(
            "search 甲 --zzz",
            UnknownArgument,
            "没有选项 --zzz；请检查拼写，若它不是选项，请在前面加 `--`",
        );
        check(
            "status 甲",
            UnknownArgument,
            "多了“甲”；请去掉，若含空格请加引号",
        );
        check("search", MissingRequiredArgument, "缺少 <查询>...；请补上");
        check("show", MissingRequiredArgument, "缺少 <文档[:行]>；请补上");
        check(
            "check 甲 --overwrite",
            MissingRequiredArgument,
            "缺少 --output <文件>；请补上",
        );
        check(
            "search 甲 --format xml",
            InvalidValue,
            "--format <格式> 不能是“xml”；可用 text、json、jsonl、csv、tsv、trec、xlsx、html、docx、md",
        );
        check(
            "search 甲 --limit",
            InvalidValue,
            "--limit <数> 之后要有一个值；请补上",
        );
        check(
            "search 甲 --format=",
            InvalidValue,
            "--format <格式> 之后要有一个值；可用 text、json、jsonl、csv、tsv、trec、xlsx、html、docx、md",
        );
        check(
            "search 甲 --limit 0",
            ValueValidation,
            "--limit <数> 不能是“0”：0 不在 1 到 1000000 之间",
        );
        check(
            "search 甲 --limit 三",
            ValueValidation,
            "--limit <数> 不能是“三”：应是整数",
        );
        check(
            "check 甲 --sources 三",
            ValueValidation,
            "--sources <数> 不能是“三”：应是整数",
        );
        check(
            "words new --cohesion 三",
            ValueValidation,
            "--cohesion <比特> 不能是“三”：应是数字",
        );
        check(
            "search 甲 --year 去年",
            ValueValidation,
            "--year <年份> 不能是“去年”：应是年份或年份范围，如 2009、2005..2010、2018,2026",
        );
        check(
            "index --map 甲",
            ValueValidation,
            "--map <对应> 不能是“甲”：`甲` 不是“字段=列名”，应如 text=full_text,title=标题",
        );
        check(
            "search 甲 -q -v",
            ArgumentConflict,
            "--quiet 不能与 --verbose 一起用；请去掉其一",
        );
        check(
            "search 甲 --full --full",
            ArgumentConflict,
            "--full 只能用一次；请去掉重复的",
        );
        check(
            "search 甲 --full=是",
            TooManyValues,
            "--full 多了一个值“是”；请去掉",
        );
    }

    /// Each kind, those that this command line cannot bring about among them.
    #[test]
    fn every_kind_has_a_sentence_with_a_remedy() {
        let kinds = [
            ErrorKind::InvalidValue,
            ErrorKind::UnknownArgument,
            ErrorKind::InvalidSubcommand,
            ErrorKind::NoEquals,
            ErrorKind::ValueValidation,
            ErrorKind::TooManyValues,
            ErrorKind::TooFewValues,
            ErrorKind::WrongNumberOfValues,
            ErrorKind::ArgumentConflict,
            ErrorKind::MissingRequiredArgument,
            ErrorKind::MissingSubcommand,
            ErrorKind::InvalidUtf8,
            ErrorKind::Io,
            ErrorKind::Format,
        ];
        for kind in kinds {
            let error = clap::Error::new(kind);
            let said = Context {
                error: &error,
                lang: Lang::Zh,
            };
            let said = said.sentence();
            assert!(said.contains("；请"), "{kind:?}: {said}");
            assert!(!said.starts_with("usage-"), "{kind:?}: {said}");
        }
    }

    #[test]
    fn the_whole_shows_the_usage_and_where_more_is_said() {
        let definition = definition();
        let command = definition.find_subcommand("show").unwrap();
        let error = clap::Error::new(ErrorKind::Format);
        assert_eq!(
            refusal(&error, command, Lang::Zh),
            "说明没能输出；请检查输出到哪里\n\n用法：xunzhang show [选项] <文档[:行]>\n\n详见 `xunzhang show --help`。"
        );
    }

    #[test]
    fn a_page_calls_a_flag_as_its_field() {
        let definition = definition();
        let search = definition.find_subcommand("search").unwrap().clone();
        let said = |words: [&str; 4]| {
            let error = search.clone().try_get_matches_from(words).unwrap_err();
            [Lang::Zh, Lang::En].map(|lang| sentence(&error, lang))
        };
        let [zh, en] = said(["search", "甲", "--year", "去年"]);
        assert!(zh.starts_with("年份 (year) 不能是“去年”"), "{zh}");
        assert!(en.contains("Years (year)") && !en.contains("--"), "{en}");
        let [zh, _] = said(["search", "甲", "--limit", "三"]);
        assert!(zh.starts_with("limit 不能是“三”"), "{zh}");
    }
}
