//! Access to a server: the names by which others reach it, and the token that they need.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;

use crate::cli::messages::say;
use crate::cli::output::secret;
use crate::cli::session::Session;
use crate::web::random;

#[derive(Debug, clap::Args)]
pub(crate) struct AccessArguments {
    /// Name by which others reach this machine; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// File of the token that is then needed on this machine too, made if it is not there [default: another token at each start, for others].
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

impl AccessArguments {
    /// Whether any of them is given.
    pub(crate) fn is_given(&self) -> bool {
        !self.host.is_empty() || self.token_file.is_some()
    }

    /// The token that clients need where others than this machine can reach the server.
    ///
    /// # Errors
    /// That the file of the token can't be used, or that the system has no random numbers.
    pub(crate) fn token(
        &self,
        address: Option<SocketAddr>,
        session: &Session,
    ) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.token_file else {
            let is_open = address.is_some_and(|address| !address.ip().is_loopback());
            return Ok(is_open.then(random).transpose()?);
        };
        let path_shown = path.display();
        let token = secret(path, random);
        let token =
            token.with_context(|| say!(session.lang, "serve-bad-token", path = path_shown))?;
        Ok(Some(token))
    }

    /// The address by which others reach the server.
    pub(crate) fn named(&self, address: SocketAddr) -> String {
        match self.host.first() {
            Some(name) => format!("{name}:{}", address.port()),
            // Every address of this machine: this one at least is right here.
            None if address.ip().is_unspecified() => format!("127.0.0.1:{}", address.port()),
            None => address.to_string(),
        }
    }
}
