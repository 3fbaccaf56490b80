//! A conversation over standard input and output, with the client that has started this process.

use std::io;
use std::time::Duration;

use rmcp::service::{ServerInitializeError, ServiceExt};
use rmcp::transport::io::stdio_pipes;
use tokio::runtime::Builder;

use super::handler::Handler;
use super::indexes::Named;
use crate::cli::session::Session;
use crate::web::signal;

/// Answers the client until it goes or a signal ends the process.
///
/// # Errors
/// What the system says: there are no threads, or signals can't be caught.
pub(crate) fn serve_stdio(indexes: Vec<Named>, session: &Session) -> io::Result<()> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let handler = Handler::new(indexes, session);
    let done = runtime.block_on(async {
        let signal = signal()?;
        tokio::select! {
            () = signal => Ok(()),
            ended = converse(handler) => ended,
        }
    });
    // Work without a client, and a read of standard input, must not hold the process.
    runtime.shutdown_timeout(Duration::from_millis(100));
    done
}

async fn converse(handler: Handler) -> io::Result<()> {
    match handler.serve(stdio_pipes()).await {
        Ok(running) => {
            let ended = running.waiting().await;
            ended.map(drop).map_err(io::Error::other)
        }
        // It went before it said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(io::Error::other(error)),
    }
}
