//! Conversations over HTTP: the streamable transport at `/mcp`, with the guard of the page before it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::runtime::Builder;

use super::handler::Handler;
use super::indexes::Named;
use crate::cli::session::Session;
use crate::web::{Gate, Guard, Listening, Options, pass};

/// Bytes of a message: a draft of the greatest length, escaped.
const MAX_BODY: usize = 8 << 20;

/// Address, names and token of the server.
pub(crate) type HttpOptions = Options;

/// Answers clients until a signal ends the process; `ready` gets the address.
///
/// # Errors
/// What the system says: the port is taken, say.
pub(crate) fn serve_http(
    indexes: Vec<Named>,
    session: &Session,
    options: HttpOptions,
    ready: impl FnOnce(SocketAddr) -> io::Result<()>,
) -> io::Result<()> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let listening = runtime.block_on(Listening::at(options.address))?;
    let address = listening.address;
    let config = config(address, &options.names);
    let conversations = config.cancellation_token.clone();
    let gate = Gate {
        guard: Arc::new(Guard::new(address, options.names, options.token)?),
        lang: session.lang,
        has_login: false,
    };
    let handler = Handler::new(indexes, session);
    let sessions = Arc::new(LocalSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(handler.clone()), sessions, config);
    let router = Router::new()
        .route_service("/mcp", service)
        .layer(from_fn_with_state(gate, pass));
    ready(address)?;
    runtime.block_on(async {
        let open = listening.accept_until_signal(router).await;
        // Streams that wait for news would never end.
        conversations.cancel();
        open.close().await;
    });
    runtime.shutdown_timeout(Duration::from_millis(100));
    Ok(())
}

/// The guard has checked who asks; the transport checks once more what it can.
fn config(address: SocketAddr, names: &[String]) -> StreamableHttpServerConfig {
    let config = StreamableHttpServerConfig::default().with_max_request_body_bytes(MAX_BODY);
    let port = address.port();
    let loopback = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
    let hosts: Vec<String> = loopback.iter().chain(names).cloned().collect();
    let origins = hosts.iter().map(|host| format!("http://{host}:{port}"));
    let config = config.with_allowed_origins(origins.collect::<Vec<String>>());
    match address.ip().is_loopback() {
        true => config.with_allowed_hosts(hosts),
        // Any address of this machine may be named; a token is needed there.
        false => config.disable_allowed_hosts().disable_allowed_origins(),
    }
}
