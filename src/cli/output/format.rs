//! The forms of results by the names that `--format` and extensions have for them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use xunzhang::source::mark::Form;

/// The form of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Lines for people.
    Text,
    /// One JSON object.
    Json,
    /// A JSON object on each line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Values separated by tabs.
    Tsv,
    /// A TREC run.
    Trec,
    /// A page.
    Html,
    /// An Excel workbook.
    Xlsx,
    /// A Word document.
    Docx,
    /// A drawing.
    Svg,
    /// Markdown.
    Md,
    /// An archive.
    Zip,
    /// A user dictionary, for `index --dict`.
    Dict,
}

impl Format {
    const ALL: [Self; 13] = [
        Self::Text,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Trec,
        Self::Html,
        Self::Xlsx,
        Self::Docx,
        Self::Svg,
        Self::Md,
        Self::Zip,
        Self::Dict,
    ];

    /// What `--format` takes for it.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Trec => "trec",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Svg => "svg",
            Self::Md => "md",
            Self::Zip => "zip",
            Self::Dict => "dict",
        }
    }

    /// The extension of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            other => other.name(),
        }
    }

    /// The one of `known` that an extension names, in whatever case.
    pub(super) fn of_extension(extension: &str, known: &[Self]) -> Option<Self> {
        let extension = extension.to_lowercase();
        // The extension of systems with three letters; some programs still write it.
        let extension = if extension == "htm" {
            "html"
        } else {
            &extension
        };
        let mut known = known.iter().copied();
        known.find(|format| format.extension() == extension)
    }

    /// The form of its files.
    pub(crate) fn form(self) -> Form {
        match self {
            Self::Text | Self::Dict => Form::Text,
            Self::Tsv => Form::Tsv,
            Self::Trec => Form::Run,
            Self::Json | Self::Jsonl => Form::Json,
            Self::Csv => Form::Csv,
            Self::Html => Form::Page,
            Self::Xlsx => Form::Workbook,
            Self::Docx => Form::Document,
            Self::Svg => Form::Svg,
            Self::Md => Form::Markdown,
            Self::Zip => Form::Archive,
        }
    }
}

/// Reads one of these formats; a command's help lists them.
pub(crate) fn one_of(known: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    let names = known.iter().map(|format| PossibleValue::new(format.name()));
    PossibleValuesParser::new(names).map(|name| {
        // One of the names above.
        let named = Format::ALL.into_iter().find(|format| format.name() == name);
        named.unwrap_or(Format::Text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_names_a_format_that_the_command_has() {
        const KNOWN: [Format; 3] = [Format::Text, Format::Html, Format::Csv];
        for (extension, expected) in [
            ("txt", Some(Format::Text)),
            ("HTM", Some(Format::Html)),
            ("Html", Some(Format::Html)),
            ("csv", Some(Format::Csv)),
            ("text", None),
            ("xlsx", None),
            ("", None),
        ] {
            let found = Format::of_extension(extension, &KNOWN);
            assert_eq!(found, expected, "{extension}");
        }
    }

    #[test]
    fn each_name_is_read_as_its_format() {
        let command = clap::Command::new("a");
        let parser = one_of(&Format::ALL);
        for format in Format::ALL {
            let read = parser.parse_ref(&command, None, format.name().as_ref());
            assert_eq!(read.ok(), Some(format));
        }
    }

    #[test]
    fn every_extension_names_its_own_format() {
        for format in Format::ALL {
            let extension = format.extension();
            for spelled in [extension.to_owned(), extension.to_uppercase()] {
                assert_eq!(
                    Format::of_extension(&spelled, &Format::ALL),
                    Some(format),
                    "{spelled}"
                );
            }
            // A command that does not have the format does not take its files.
            let others: Vec<Format> = Format::ALL
                .into_iter()
                .filter(|other| *other != format)
                .collect();
            assert_eq!(
                Format::of_extension(extension, &others),
                None,
                "{extension}"
            );
        }
    }

    #[test]
    fn only_the_formats_of_a_command_are_read() {
        let command = clap::Command::new("a");
        let parser = one_of(&[Format::Csv, Format::Md]);
        for (name, expected) in [
            ("csv", Some(Format::Csv)),
            ("md", Some(Format::Md)),
            ("json", None),
            ("CSV", None),
            ("", None),
        ] {
            let read = parser.parse_ref(&command, None, name.as_ref());
            assert_eq!(read.ok(), expected, "{name}");
        }
    }
}
