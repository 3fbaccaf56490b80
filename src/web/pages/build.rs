//! The page on which an index is built: folders, progress, what was skipped and why.

use std::path::{Path, PathBuf};

use maud::{Markup, html};
use xunzhang::index::{Summary, collections};
use xunzhang::task::Progress;

use super::page::Page;
use crate::cli::first_run::home;
use crate::cli::messages::{Lang, explain, of_reason, say};
use crate::cli::output::columns::grouped;
use crate::web::building::State;
use crate::web::parameters::Parameters;

/// Skipped files that are listed.
const MOST_LISTED: usize = 200;
/// Folders that are offered.
const MOST_FOLDERS: usize = 500;

/// What the page is made of.
pub(in crate::web) struct Build<'a> {
    /// Folder of the index.
    pub(in crate::web) dir: &'a Path,
    pub(in crate::web) state: State,
    pub(in crate::web) parameters: &'a Parameters,
    pub(in crate::web) token: &'a str,
    pub(in crate::web) lang: Lang,
}

impl Build<'_> {
    /// The page.
    pub(in crate::web) fn page(&self) -> Page {
        let lang = self.lang;
        let title = lang.text("web-build");
        let is_running = matches!(self.state, State::Running(..));
        let main = html! {
            h1 { (title) }
            @match &self.state {
                State::Idle => {},
                State::Running(progress, _) => (self.running(progress)),
                State::Done(done) => @match &**done {
                    Ok(summary) => (self.summary(summary)),
                    Err(error) => pre.problem role="alert" { (explain(error, lang)) },
                },
            }
            @if !is_running { (self.form()) }
        };
        let page = Page::new(title, main);
        match is_running {
            true => page.refreshed(2),
            false => page,
        }
    }

    fn running(&self, progress: &Progress) -> Markup {
        let (done, total) = (progress.done, progress.total);
        // Bytes say more of what is left than files, which differ in size.
        let share = progress.work as f64 / progress.all_work.max(1) as f64;
        html! {
            section.job data-refresh aria-live="polite" {
                p { label for="progress" { (say!(self.lang, "web-build-files", done, total)) } }
                progress #progress max="1" value=(format!("{share:.3}")) { (format!("{:.0} %", share * 100.0)) }
                form method="post" action="/build/cancel" {
                    input type="hidden" name="token" value=(self.token);
                    button.quiet type="submit" { (self.lang.text("web-cancel")) }
                }
            }
        }
    }

    fn summary(&self, summary: &Summary) -> Markup {
        let lang = self.lang;
        let [documents, added, changed, removed] = [
            summary.documents,
            summary.added,
            summary.changed,
            summary.removed,
        ]
        .map(grouped);
        let skipped = summary.skipped.len();
        html! {
            section.job role="status" {
                p { (say!(lang, "web-built", documents, added, changed, removed)) }
                p { a.button href="/" { (lang.text("web-build-search")) } }
                @if skipped > 0 {
                    details open {
                        summary { (say!(lang, "web-build-skipped", n = skipped)) }
                        ul {
                            @for file in summary.skipped.iter().take(MOST_LISTED) {
                                li { (say!(lang, "status-skipped", path = file.path.as_str(), reason = of_reason(&file.reason, lang))) }
                            }
                        }
                        @if skipped > MOST_LISTED { p.hint { a href="/collection#skipped" { (lang.text("web-not-read")) } } }
                    }
                }
            }
        }
    }

    /// The folders that are known, those that are chosen, and a way to find more.
    fn form(&self) -> Markup {
        let lang = self.lang;
        let known = collections(self.dir);
        let chosen: Vec<&str> = self.parameters.all("folders").collect();
        html! {
            @if known.is_empty() { p { (lang.text("web-build-hint")) } } @else {
                h2 { (lang.text("web-build-known")) }
                ul { @for place in &known { li { (place.path) } } }
            }
            form method="post" action="/build" {
                input type="hidden" name="token" value=(self.token);
                label for="folders" { (lang.text("web-build-folders")) }
                textarea #folders name="folders" rows="4" spellcheck="false" { (chosen.join("\n")) }
                button type="submit" { (lang.text(if known.is_empty() { "web-build-go" } else { "web-build-update" })) }
            }
            (self.browser(&chosen))
        }
    }

    /// The folders below one, each with a link that opens and one that chooses it.
    fn browser(&self, chosen: &[&str]) -> Markup {
        let lang = self.lang;
        // A share of another machine would be asked with this user's name and password.
        let is_here = |folder: &&str| !folder.starts_with(r"\\") && !folder.starts_with("//");
        let named = self.parameters.get("in").filter(is_here).map(PathBuf::from);
        let Some(folder) = named.or_else(home).filter(|folder| folder.is_dir()) else {
            return html! {};
        };
        let choose = |path: &Path| {
            let path = path.to_string_lossy();
            let all: Vec<&str> = chosen
                .iter()
                .copied()
                .filter(|one| *one != path)
                .chain([&*path])
                .collect();
            self.parameters.with("folders", &all).url("/build")
        };
        let open = |path: &Path| {
            self.parameters
                .with("in", &[&path.to_string_lossy()])
                .url("/build")
        };
        html! {
            section.browser aria-labelledby="browser" {
                h2 #browser { (lang.text("web-build-browse")) }
                p {
                    strong { (folder.display()) } " "
                    a.button.quiet href=(choose(&folder)) { (lang.text("web-build-choose")) }
                }
                ul {
                    @if let Some(parent) = folder.parent() { li { a href=(open(parent)) { "↑ " (lang.text("web-build-parent")) } } }
                    @for below in folders(&folder) {
                        @let name = below.file_name().unwrap_or_default().to_string_lossy();
                        li { a href=(open(&below)) { (name) } }
                    }
                }
            }
        }
    }
}

/// The folders in one that are not hidden, by name; none in one that can't be read.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_shown = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.is_dir() && !name.starts_with('.')
    };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_shown).collect();
    found.sort();
    found.truncate(MOST_FOLDERS);
    found
}
