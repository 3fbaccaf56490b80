//! `xunzhang serve`

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context;
use xunzhang::index::collections;

use super::access::AccessArguments;
use crate::cli::messages::say;
use crate::cli::session::Session;
use crate::web::{Options, Server, running};

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
    #[command(flatten)]
    access: AccessArguments,
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
        let token = self.access.token(self.addr, session)?;
        let server = self.listen(token.as_deref(), session)?;
        let url = match &token {
            // In the fragment, which a browser does not send.
            Some(token) => format!(
                "http://{}/login#token={token}",
                self.access.named(server.address())
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
        server.run();
        Ok(true)
    }

    /// Listens at the given address, else at the first free port.
    fn listen(&self, token: Option<&str>, session: &Session) -> anyhow::Result<Server> {
        let listen = |address: SocketAddr| {
            let options = Options {
                address,
                names: self.access.host.clone(),
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
