//! How far a job is, as server-sent events: it moves the bar of a page until the job has ended.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::sleep;
use tokio_stream::wrappers::ReceiverStream;

use super::jobs::{Job, State};
use super::pages::job_text;
use crate::cli::messages::Lang;

/// Time between two events: a bar that moves more often is not read.
const PAUSE: Duration = Duration::from_millis(250);

/// The events of a job, the last with its end.
///
/// A client that reads slowly gets fewer of them, and no worker waits for it.
pub(super) fn events(job: Arc<Job>, lang: Lang) -> Response<Body> {
    let (out, events) = mpsc::channel(1);
    tokio::spawn(send(job, lang, out));
    let stream = ReceiverStream::new(events);
    Sse::new(stream)
        .keep_alive(KeepAlive::default())
        .into_response()
}

async fn send(job: Arc<Job>, lang: Lang, out: mpsc::Sender<Result<Event, Infallible>>) {
    let mut states = job.watch();
    loop {
        let state = states.borrow_and_update().clone();
        let event = event(&state, &job, lang);
        // The client is gone, or this was the end.
        if out.send(Ok(event)).await.is_err() || state.is_final() {
            return;
        }
        tokio::select! {
            () = out.closed() => return,
            changed = states.changed() => if changed.is_err() { return },
        }
        sleep(PAUSE).await;
    }
}

fn event(state: &State, job: &Job, lang: Lang) -> Event {
    let (name, work, all) = match state {
        State::Waiting => ("waiting", 0, 0),
        State::Running(progress) => ("progress", progress.work, progress.all_work),
        State::Done(_) => ("done", 1, 1),
        State::Failed(_) => ("failed", 0, 0),
        State::Cancelled => ("cancelled", 0, 0),
    };
    let text = job_text(state, job.order.kind, lang);
    let data = json!({"work": work, "all": all, "text": text});
    Event::default().event(name).data(data.to_string())
}
