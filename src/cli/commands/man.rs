//! `xunzhang man [COMMAND]`

use std::io::Write;

use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::cli::messages::{Lang, say, translated};
use crate::cli::session::Session;

/// Headings of the sections as the generator writes them, as manuals have them, and in Chinese.
// `EXTRA` is missing: the examples are written here, with their lines as they are.
const HEADINGS: [(&str, &str, &str); 6] = [
    ("NAME", "NAME", "名称"),
    ("SYNOPSIS", "SYNOPSIS", "概要"),
    ("DESCRIPTION", "DESCRIPTION", "说明"),
    ("OPTIONS", "OPTIONS", "选项"),
    ("SUBCOMMANDS", "COMMANDS", "命令"),
    ("VERSION", "VERSION", "版本"),
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The command that the page is about; without it, the program.
    name: Option<String>,
}

impl Arguments {
    /// Prints a page of the manual of `definition`, the whole command line; whether there is such a command.
    pub(crate) fn run(
        self,
        definition: clap::Command,
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let definition = match session.lang {
            Lang::Zh => translated(definition, session.lang, None),
            Lang::En => definition,
        };
        let chosen = match &self.name {
            None => Some(&definition),
            Some(name) => definition.find_subcommand(name),
        };
        let Some(command) = chosen else {
            let name = self.name.unwrap_or_default();
            anyhow::bail!(say!(session.lang, "man-no-command", name));
        };
        out.write_all(&page(command, session.lang)?)?;
        Ok(true)
    }
}

/// The page in the language of manuals, roff.
fn page(command: &clap::Command, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let examples = command
        .get_after_long_help()
        .or(command.get_after_help())
        .map(ToString::to_string);
    // The generator fills lines, which breaks those of the examples.
    let bare = command.clone().after_help(None).after_long_help(None);
    let mut page = Vec::new();
    let source = concat!("xunzhang ", env!("CARGO_PKG_VERSION"));
    Man::new(bare).source(source).render(&mut page)?;
    let page = String::from_utf8(page)?;
    let mut page = headings(&page, lang).into_bytes();
    if let Some(examples) = examples {
        let mut section = Roff::new();
        let heading = match lang {
            Lang::En => "EXAMPLES",
            Lang::Zh => "示例",
        };
        section.control("SH", [heading]).control("nf", []);
        for line in examples.lines() {
            section.text([roman(line)]);
        }
        section.control("fi", []).to_writer(&mut page)?;
    }
    Ok(page)
}

/// The page with the headings of `lang`.
fn headings(page: &str, lang: Lang) -> String {
    let mut out = String::new();
    for line in page.lines() {
        let heading = line.strip_prefix(".SH ").map(|name| name.trim_matches('"'));
        let known = HEADINGS.iter().find(|(name, _, _)| heading == Some(*name));
        match (known, lang) {
            (Some((_, en, _)), Lang::En) => out.push_str(&format!(".SH {en}")),
            (Some((_, _, zh)), Lang::Zh) => out.push_str(&format!(".SH {zh}")),
            (None, _) => out.push_str(line),
        }
        out.push('\n');
        // Chinese has no blanks to widen.
        if lang == Lang::Zh && line.starts_with(".TH ") {
            out.push_str(".ad l\n");
        }
    }
    out
}
