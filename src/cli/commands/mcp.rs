//! `xunzhang mcp`

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};

use anyhow::Context;

use super::access::AccessArguments;
use crate::cli::messages::say;
use crate::cli::session::Session;
use crate::mcp::{HttpOptions, Named, serve_http, serve_stdio};

const EXAMPLES: &str = "\
Examples:
  xunzhang --index /data/reports/index mcp            what a client is told to start
  xunzhang mcp 法规=/data/laws/index /data/reports/index   several indexes, by their names
  xunzhang mcp --http 127.0.0.1:8090                  for clients that connect: http://127.0.0.1:8090/mcp

Tools: search, read, outline, precedent, frame, count, concordance, check_draft, compare, list_documents. All of them only read. docs/mcp.md has
the lines for the settings of Claude, VS Code, Cherry Studio and Dify.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folders of indexes, each under the name of its folder, or NAME=DIR [default: that of --index].
    #[arg(value_name = "DIR|NAME=DIR")]
    indexes: Vec<PathBuf>,
    /// Take connections at this address instead of talking over standard input and output; port 0 is any free one.
    #[arg(long, value_name = "IP:PORT")]
    http: Option<SocketAddr>,
    #[command(flatten)]
    access: AccessArguments,
}

impl Arguments {
    /// Answers clients until the one that has started this process goes, or a signal ends it.
    ///
    /// # Errors
    /// That names are not distinct, that the port is taken, or what else the system says.
    pub(crate) fn run(self, session: &Session) -> anyhow::Result<bool> {
        let indexes = self.indexes(session)?;
        match self.http {
            None if self.access.is_given() => {
                anyhow::bail!(say!(session.lang, "mcp-needs-http"));
            }
            None => {
                // A person who tries the command would wait for something to happen.
                if std::io::stdin().is_terminal() {
                    session.note(&say!(session.lang, "mcp-terminal"));
                }
                serve_stdio(indexes, session)?;
            }
            Some(address) => self.serve_http(indexes, address, session)?,
        }
        Ok(true)
    }

    fn serve_http(
        self,
        indexes: Vec<Named>,
        address: SocketAddr,
        session: &Session,
    ) -> anyhow::Result<()> {
        let token = self.access.token(Some(address), session)?;
        let options = HttpOptions {
            address,
            names: self.access.host.clone(),
            token: token.clone(),
        };
        let ready = |address: SocketAddr| {
            let url = format!("http://{}/mcp", self.access.named(address));
            let mut out = std::io::stdout().lock();
            writeln!(out, "{}", say!(session.lang, "mcp-ready", url))?;
            if let Some(token) = &token {
                writeln!(out, "Authorization: Bearer {token}")?;
            }
            // A program that waits for the line gets it now.
            out.flush()
        };
        let refused = || say!(session.lang, "serve-refused", address = address.to_string());
        serve_http(indexes, session, options, ready).with_context(refused)
    }

    fn indexes(&self, session: &Session) -> anyhow::Result<Vec<Named>> {
        let mut all: Vec<Named> = self.indexes.iter().map(|given| named(given)).collect();
        if all.is_empty() {
            all.push(named(&session.index));
        }
        for (ord, one) in all.iter().enumerate() {
            if all[..ord].iter().any(|before| before.name == one.name) {
                anyhow::bail!(say!(session.lang, "mcp-same-name", name = one.name.clone()));
            }
        }
        Ok(all)
    }
}

/// Reads `NAME=DIR`, or a folder, which may have a `=` in it if it is there.
fn named(given: &Path) -> Named {
    let text = given.to_str().filter(|_| !given.is_dir());
    match text.and_then(|text| text.split_once('=')) {
        Some((name, dir)) if !name.is_empty() && !dir.is_empty() => Named {
            name: name.to_owned(),
            dir: PathBuf::from(dir),
        },
        _ => Named {
            name: name_of(given),
            dir: given.to_owned(),
        },
    }
}

/// The name of a folder; one that is called `index`, as most are, is known by the folder that it is in.
fn name_of(dir: &Path) -> String {
    // Of `index` alone the folder in which the program was started is meant.
    let whole = dir.canonicalize().or_else(|_| std::path::absolute(dir));
    let whole = whole.unwrap_or_else(|_| dir.to_owned());
    let names = whole.components().rev().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let mut known = names.filter(|name| name != "index");
    known
        .next()
        .map_or_else(|| "index".to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_has_the_name_that_it_is_given() {
        for (given, name, dir) in [
            ("法规=/data/laws", "法规", "/data/laws"),
            ("/data/laws", "laws", "/data/laws"),
            ("/data/laws/index", "laws", "/data/laws/index"),
        ] {
            let expected = Named {
                name: name.to_owned(),
                dir: dir.into(),
            };
            assert_eq!(named(Path::new(given)), expected, "{given}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().join("甲=乙");
        std::fs::create_dir(&there).expect("a folder");
        // What is there is meant as it is, and known by its own name however it is reached.
        assert_eq!(named(&there).name, "甲=乙");
        assert_eq!(named(&there.join("..").join("甲=乙")).name, "甲=乙");
    }
}
