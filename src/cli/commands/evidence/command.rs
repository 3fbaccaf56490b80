//! `xunzhang evidence [KEYWORD]... -o FILE.zip`: arguments and run.

use std::io::Write;
use std::path::{Path, PathBuf};

use xunzhang::report::Error;
use xunzhang::report::tally::{MAX_PAIRED, TallyOptions, tally};
use xunzhang::search::Searcher;
use xunzhang::task::Task;

use super::package::Package;
use crate::cli::filter::FilterArguments;
use crate::cli::keywords::KeywordArguments;
use crate::cli::messages::say;
use crate::cli::output::{Format, OutputArguments};
use crate::cli::progress::Bar;
use crate::cli::session::Session;

const EXAMPLES: &str = "\
Examples:
  xunzhang evidence 失地农民 -o evidence.zip                the numbers of a word, and what it takes to count them again
  xunzhang evidence -k words.txt --year 2010.. -o evidence.zip
  unzip evidence.zip -d evidence && python3 evidence/check.py reports

The ZIP file has the numbers of `report`, every occurrence with its place, every passage that was counted, SHA-256 of every file,
the rule, and check.py: 100 lines of Python that count again from the texts, without this program.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    keywords: KeywordArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let lists = self.keywords.lists(session);
        let inputs: Vec<&Path> = lists.iter().map(PathBuf::as_path).collect();
        self.output.format(None, &[Format::Zip])?;
        let output = self.output.open(Format::Zip.form(), &inputs, session)?;
        let keywords = self.keywords.read(&lists, session)?;
        if keywords.entries.len() > MAX_PAIRED {
            return Err(Error::TooManyKeywords(keywords.entries.len()).into());
        }
        let index = session.open()?;
        output.check_sources(&index)?;
        let bar = Bar::patient(session);
        let progress = |progress| bar.show(progress);
        let searcher = Searcher::new(&index).with_task(Task {
            progress: &progress,
            ..Task::default()
        });
        let options = TallyOptions {
            filter: self.filter.filter(),
            ..TallyOptions::default()
        };
        let package = tally(&searcher, &keywords, &options).and_then(|tally| {
            Package::new(
                (&index, &searcher),
                &keywords,
                tally,
                &options.filter,
                session.lang,
            )
        });
        // Before an error, whose message would otherwise begin on the line of the bar.
        bar.clear();
        let package = package?;
        for (key, n) in [
            ("evidence-gone", package.n_gone),
            ("evidence-changed", package.n_changed),
            ("evidence-fields", package.n_undecided),
        ] {
            if n > 0 {
                session.note(&say!(session.lang, key, n));
            }
        }
        output.write_binary(&package.bytes()?, session.lang, out)?;
        Ok(package.is_found())
    }
}
