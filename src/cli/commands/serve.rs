//! `xunzhang serve`

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context;
use xunzhang::index::collections;

use crate::cli::messages::say;
use crate::cli::output::secret;
use crate::cli::session::Session;
use crate::web::{Options, Server, random, running};

/// The first port that is tried, and how many.
const PORT: u16 = 8088;
const PORTS: u16 = 20;

const EXAMPLES: &str = "\
Examples:
  xunzhang serve --open                     the page of the index, in the browser
  xunzhang --index laws serve --addr 127.0.0.1:9000
  curl -s 'http://127.0.0.1:8088/api/search?q=失地农民&limit=5'

The server answers on this machine alone. With another address, as in --addr 0.0.0.0:8088, it asks for a token, which is part of the
link that it prints. Parameters of /api/search and so on are the flags of the commands; /openapi.json lists them.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Address to listen at; port 0 is any free one [default: 127.0.0.1:8088, or the next free port].
    #[arg(long, value_name = "IP:PORT")]
    addr: Option<SocketAddr>,
    /// Name by which others reach this machine; may be repeated.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// File of the token that is then needed on this machine too, made if it is not there [default: another token at each start, for others].
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    /// Bring the index up to date in the background.
    #[arg(long)]
    update: bool,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        // A second start for the same index means the page of the first.
        if self.addr.is_none()
            && let Some(address) = running(&session.index, PORT..PORT + PORTS)
        {
            let url = format!("http://{address}/");
            writeln!(
                out,
                "{}",
                say!(session.lang, "serve-running", url = url.clone())
            )?;
            self.show(&url, session);
            return Ok(true);
        }
        let token = self.token(session)?;
        let server = self.listen(token.as_deref(), session)?;
        let url = match &token {
            // In the fragment, which a browser does not send.
            Some(token) => format!(
                "http://{}/login#token={token}",
                self.named(server.address())
            ),
            None => format!("http://{}/", server.address()),
        };
        writeln!(
            out,
            "{}",
            say!(session.lang, "serve-ready", url = url.clone())
        )?;
        // A program that waits for the line gets it now.
        out.flush()?;
        // Where there is no index yet, the page asks for its folders.
        if self.update && !collections(&session.index).is_empty() {
            server.update();
        }
        self.show(&url, session);
        server.run()?;
        Ok(true)
    }

    /// What clients have to know where others than this machine can reach the server.
    fn token(&self, session: &Session) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.token_file else {
            let is_open = self.addr.is_some_and(|address| !address.ip().is_loopback());
            return Ok(is_open.then(random).transpose()?);
        };
        let path_shown = path.display();
        let token = secret(path, random);
        let token =
            token.with_context(|| say!(session.lang, "serve-bad-token", path = path_shown))?;
        Ok(Some(token))
    }

    /// The address by which others reach the server.
    fn named(&self, address: SocketAddr) -> String {
        match self.host.first() {
            Some(name) => format!("{name}:{}", address.port()),
            // Every address of this machine: this one at least is right here.
            None if address.ip().is_unspecified() => format!("127.0.0.1:{}", address.port()),
            None => address.to_string(),
        }
    }

    /// Listens at the given address, else at the first free port.
    fn listen(&self, token: Option<&str>, session: &Session) -> anyhow::Result<Server> {
        let listen = |address: SocketAddr| {
            let options = Options {
                address,
                names: self.host.clone(),
                token: token.map(str::to_owned),
            };
            Server::listen(session, options)
        };
        let local = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if let Some(address) = self.addr {
            let refused = || say!(session.lang, "serve-refused", address = address.to_string());
            return listen(address).with_context(refused);
        }
        let is_taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
        for port in PORT..PORT + PORTS {
            match listen(local(port)) {
                Err(error) if is_taken(&error) => {}
                listening => return Ok(listening?),
            }
        }
        Ok(listen(local(0))?)
    }

    fn show(&self, url: &str, session: &Session) {
        if self.open && open::that_detached(url).is_err() {
            session.note(&say!(session.lang, "serve-no-browser", url));
        }
    }
}
