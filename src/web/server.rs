//! The server of the page: what it works with, and how it ends.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};

use super::app::App;
use super::guard::Guard;
use super::listen::{LAST_REQUESTS, Listening};
use super::opened::PAUSE;
use super::router::router;
use crate::cli::session::Session;

/// How a server is started.
pub(crate) struct Options {
    /// Where it listens; on loopback it does so for both kinds of addresses.
    pub(crate) address: SocketAddr,
    /// Names by which others reach this machine.
    pub(crate) names: Vec<String>,
    /// What clients have to know; none on loopback.
    pub(crate) token: Option<String>,
}

/// A server that listens, and answers once it [runs](Server::run).
pub(crate) struct Server {
    runtime: Runtime,
    listening: Listening,
    app: Arc<App>,
}

impl Server {
    /// Listens, so that the first request is taken.
    ///
    /// # Errors
    /// What the system says: the port is taken, say.
    pub(crate) fn listen(session: &Session, options: Options) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        let listening = runtime.block_on(Listening::at(options.address))?;
        let guard = Guard::new(listening.address, options.names, options.token)?;
        let app = Arc::new(App::new(session.clone(), guard));
        Ok(Self {
            runtime,
            listening,
            app,
        })
    }

    /// Brings the index up to date while it answers.
    pub(crate) fn update(&self) {
        self.app.building.start(&self.app.session.index, Vec::new());
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.listening.address
    }

    /// Answers until a signal ends it, and what is running then to its end.
    pub(crate) fn run(self) {
        let Self {
            runtime,
            listening,
            app,
        } = self;
        runtime.block_on(async {
            let refreshing = tokio::spawn(refresh(Arc::clone(&app)));
            let open = listening
                .accept_until_signal(router(Arc::clone(&app)))
                .await;
            refreshing.abort();
            // Pages that follow a job would wait for its end; an update that is cut off would leave files behind.
            app.jobs.cancel_all();
            app.building.cancel();
            open.close().await;
            built(&app).await;
        });
        // A report that no request waits for must not hold the process.
        runtime.shutdown_timeout(Duration::from_millis(100));
    }
}

/// Looks for new commits, and drops jobs that were kept long enough.
async fn refresh(app: Arc<App>) {
    loop {
        sleep(PAUSE).await;
        let app = Arc::clone(&app);
        let looked = tokio::task::spawn_blocking(move || {
            app.jobs.sweep();
            app.opened.refresh();
            app.opened.check();
        });
        // A panic there leaves the index as it was.
        let _ = looked.await;
    }
}

/// Waits for the end of an update.
async fn built(app: &App) {
    let ended = async {
        while app.building.is_running() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = timeout(LAST_REQUESTS, ended).await;
}
