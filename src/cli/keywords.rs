//! Keywords of a command: words of the command line, and lists.

use std::path::{Path, PathBuf};

use xunzhang::report;
use xunzhang::report::keywords::{Keywords, from_words, read};

use super::arguments::word;
use super::messages::say;
use super::reader;
use super::session::Session;

#[derive(clap::Args)]
pub(crate) struct KeywordArguments {
    /// Entries, each as on a line of a list, or files of lists.
    #[arg(value_name = "KEYWORD", value_parser = word)]
    keywords: Vec<String>,
    /// A list of entries: text, .csv, .tsv or .xlsx.
    #[arg(short = 'k', long = "keywords", value_name = "FILE")]
    list: Option<PathBuf>,
}

impl KeywordArguments {
    /// The lists: that of `--keywords`, and what was given as a keyword though it names a file of a list.
    pub(crate) fn lists(&self, session: &Session) -> Vec<PathBuf> {
        // A request sends its words along: what it says may not make this machine read files.
        if !session.may_name_files() {
            return Vec::new();
        }
        let named = self.keywords.iter().map(PathBuf::from);
        let named = named.filter(|path| is_list(path));
        self.list.iter().cloned().chain(named).collect()
    }

    /// The entries of the lists, then those of the command line.
    ///
    /// # Errors
    /// Those of [`read`] and [`from_words`].
    pub(crate) fn read(&self, lists: &[PathBuf], session: &Session) -> report::Result<Keywords> {
        for path in self.missing_lists(lists) {
            session.note(&say!(session.lang, "report-no-list", path));
        }
        let options = reader::options();
        let words: Vec<String> = self
            .keywords
            .iter()
            .filter(|word| !lists.iter().any(|list| list == Path::new(word)))
            .cloned()
            .collect();
        let typed = (!words.is_empty() || lists.is_empty()).then(|| from_words(&words));
        let read = lists.iter().map(|path| read(path, &options));
        let mut all = read.chain(typed);
        let first = all.next().unwrap_or_else(|| from_words(&[]))?;
        all.try_fold(first, |keywords, more| keywords.and(more?))
    }

    /// Keywords that look like files of lists, and are counted as words because there is no such file.
    fn missing_lists<'a>(&'a self, lists: &'a [PathBuf]) -> impl Iterator<Item = &'a String> {
        let keywords = self.keywords.iter();
        keywords.filter(|word| {
            let path = Path::new(word);
            has_extension_of_list(path) && !lists.iter().any(|list| list == path)
        })
    }
}

/// Whether a keyword names a file of a list. Reports do not name such files, so that as a word it would count nothing.
fn is_list(path: &Path) -> bool {
    has_extension_of_list(path) && path.is_file()
}

fn has_extension_of_list(path: &Path) -> bool {
    const EXTENSIONS: [&str; 4] = ["txt", "csv", "tsv", "xlsx"];
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    EXTENSIONS.contains(&extension.to_lowercase().as_str())
}
