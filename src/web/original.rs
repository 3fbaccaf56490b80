//! `/original?document=ID`: the file that a document was read from, as a download.
//!
//! Only files that the index was made of are sent: an id is looked up among its documents, and no path is ever taken from a request.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, HeaderValue};
use axum::http::{Response, StatusCode};
use tokio::sync::mpsc;
use tokio::task::{spawn, spawn_blocking};
use tokio::time::timeout;
use tokio_stream::wrappers::ReceiverStream;
use xunzhang::search::{Error, Searcher};

use super::answer::head;
use super::app::App;
use super::asked::Asked;
use super::call::Call;
use super::outlet::Piece;
use super::problem::Problem;
use super::questions::Load;
use crate::cli::commands::open::{Opened, Original, original};
use crate::cli::messages::{Lang, say};

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;
/// Pieces that wait for a client.
const WAITING: usize = 4;
/// How long a piece waits for a client that takes none.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends the file of a document.
pub(super) async fn download(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let call = match Call::read(app, request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    let index = match call.index() {
        Ok(index) => index,
        Err(response) => return *response,
    };
    let asked = call.asked(index);
    let opened = call
        .app
        .workers
        .work(Load::Light, move || opened(&asked))
        .await;
    match opened {
        Ok(Ok(Ok(opened))) => sent(opened),
        Ok(Ok(Err(problem))) => call.problem(&problem),
        Ok(Err(error)) => call.error(&error),
        Err(not_done) => call.not_done(not_done),
    }
}

/// The file that is requested, or why it is not sent.
fn opened(asked: &Asked) -> anyhow::Result<Result<Opened, Problem>> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let name = parameters.get("document").or(parameters.get("place"));
    let name = name.unwrap_or_default();
    let missing = || Error::NoDocument(name.to_owned());
    let searcher = Searcher::new(&asked.index);
    let id = searcher.document(name)?.id;
    let found = original(&asked.index, &id)?.ok_or_else(missing)?;
    // Who has read that the file has changed may still want it.
    let takes_any = parameters.get("changed").is_some();
    Ok(match found {
        Original::Same(opened) => Ok(opened),
        Original::Changed(opened) if takes_any => Ok(opened),
        Original::Changed(_) => Err(changed(asked, &id)),
        Original::Gone => Err(gone(&id, lang)),
    })
}

fn changed(asked: &Asked, id: &str) -> Problem {
    let url = asked.parameters.with("changed", &["1"]).url("/original");
    let detail = say!(asked.lang(), "web-original-changed", id, url);
    Problem::new(StatusCode::CONFLICT, detail)
}

fn gone(id: &str, lang: Lang) -> Problem {
    Problem::new(StatusCode::GONE, say!(lang, "web-original-gone", id))
}

fn sent(opened: Opened) -> Response<Body> {
    let Opened { file, name, bytes } = opened;
    let (pieces, receiver) = mpsc::channel(WAITING);
    spawn(feed(file, bytes, pieces));
    let body = Body::from_stream(ReceiverStream::new(receiver));
    // Not by what it is: a browser is to save it, never to show or to run it.
    let media = "application/octet-stream";
    let mut response = head(StatusCode::OK, media, Some(&name), body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Reads a file piece by piece; while a client is slow, no thread waits for it.
async fn feed(file: File, bytes: u64, pieces: mpsc::Sender<Piece>) {
    // It may grow meanwhile: as much is sent as was announced.
    let mut rest = file.take(bytes);
    loop {
        let read = spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let read = rest.read(&mut piece).map(|n| {
                piece.truncate(n);
                Bytes::from(piece)
            });
            (rest, read)
        });
        let Ok((kept, read)) = read.await else {
            return;
        };
        rest = kept;
        let is_last = read.as_ref().map_or(true, |piece| piece.is_empty());
        if read.is_ok() && is_last {
            return;
        }
        match timeout(PATIENCE, pieces.send(read)).await {
            Ok(Ok(())) if !is_last => {}
            _ => return,
        }
    }
}
