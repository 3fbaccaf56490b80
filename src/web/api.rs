//! The API, and exports of pages: the bytes that a command writes.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HeaderName, HeaderValue, LINK};
use axum::http::{Response, StatusCode};
use tokio::runtime::Handle;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{Answer, HITS, head, media_of};
use super::app::App;
use super::asked::Asked;
use super::call::Call;
use super::outlet::{Begun, Outlet};
use super::problem::Problem;
use super::questions::Question;
use crate::cli::messages::say;

/// The header that says how many hits an answer has at most.
const LIMIT: HeaderName = HeaderName::from_static("xunzhang-limit");

/// What is written, and as what.
#[derive(Clone)]
struct Form {
    /// Flags that ask for it.
    flags: Vec<String>,
    media: &'static str,
    /// The name that it is saved as.
    file: Option<String>,
}

/// Answers below `/api/`.
pub(super) async fn api(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let mut call = match Call::read(app, request).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    let Some(question) = call.path.strip_prefix("/api/").and_then(Question::at) else {
        return not_found(&call);
    };
    let format = call
        .parameters
        .get("format")
        .unwrap_or(question.format)
        .to_owned();
    let Some(media) = media_of(&format) else {
        let detail = say!(call.lang, "web-no-format", format);
        return call.problem(&Problem::new(StatusCode::BAD_REQUEST, detail));
    };
    let form = match question.writes_files(&format) {
        true => Form {
            file: None,
            ..named(question, &format, media)
        },
        false => Form {
            flags: vec![format!("--format={format}")],
            media,
            file: None,
        },
    };
    let echo = Echo::of(question, &call);
    call.parameters = call.parameters.without(&["format"]);
    echo.added_to(answer(call, question, form).await)
}

/// The limit in force, and where the next page is.
struct Echo {
    limit: Option<u64>,
    next: Option<String>,
}

impl Echo {
    fn of(question: &Question, call: &Call) -> Self {
        let parameters = &call.parameters;
        let number = |names: &[&str]| {
            let mut given = names.iter().filter_map(|name| parameters.get(name));
            given.next().and_then(|value| value.parse::<u64>().ok())
        };
        let limit = question
            .limit
            .map(|limit| number(&["limit", "n"]).unwrap_or(limit.default));
        let has_pages = question.limit.is_some_and(|limit| limit.has_pages);
        let next = limit.filter(|_| has_pages).map(|limit| {
            let offset = number(&["offset"]).unwrap_or(0).saturating_add(limit);
            parameters
                .with("offset", &[&offset.to_string()])
                .url(&call.path)
        });
        Self { limit, next }
    }

    fn added_to(self, mut response: Response<Body>) -> Response<Body> {
        if response.status() != StatusCode::OK {
            return response;
        }
        let headers = response.headers_mut();
        if let Some(limit) = self.limit {
            headers.insert(LIMIT, limit.into());
        }
        // A page that is not full is the last.
        let n_hits = headers
            .get(HITS)
            .and_then(|n| n.to_str().ok()?.parse().ok());
        let is_full = n_hits.is_none_or(|n: u64| self.limit.is_none_or(|limit| n >= limit));
        let link = self
            .next
            .filter(|_| is_full)
            .map(|url| format!("<{url}>; rel=\"next\""));
        if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
            headers.insert(LINK, link);
        }
        response
    }
}

/// Answers `/NAME.EXTENSION`: what a page shows, as a file.
pub(super) async fn export(call: Call) -> Response<Body> {
    let named = call.path.trim_start_matches('/').rsplit_once('.');
    let found = named
        .and_then(|(name, extension)| Some((Question::at(name)?, extension, media_of(extension)?)));
    match found {
        Some((question, extension, media)) => {
            let form = self::named(question, extension, media);
            answer(call, question, form).await
        }
        None => not_found(&call),
    }
}

/// A file by its extension, as `-o` names one where the command has it.
fn named(question: &Question, extension: &str, media: &'static str) -> Form {
    let file = format!("{}.{extension}", question.path.replace('/', "-"));
    let flag = match question.has_files() {
        true => format!("--output={file}"),
        false => format!("--format={extension}"),
    };
    Form {
        flags: vec![flag],
        media,
        file: Some(file),
    }
}

/// That there is nothing under this path.
pub(super) fn not_found(call: &Call) -> Response<Body> {
    let detail = say!(call.lang, "web-not-found", path = call.path.clone());
    call.problem(&Problem::new(StatusCode::NOT_FOUND, detail))
}

/// What a worker makes: an answer, or an error.
type Made = anyhow::Result<Answer>;

async fn answer(mut call: Call, question: &'static Question, form: Form) -> Response<Body> {
    if question.has_body && call.text.is_none() && call.upload.is_none() {
        // A text among the parameters is the body, however long it is.
        let text = question
            .body_field()
            .and_then(|name| call.parameters.get(name));
        call.text = text.map(str::to_owned);
        if let Some(name) = question.body_field().filter(|_| call.text.is_some()) {
            call.parameters = call.parameters.without(&[name]);
        }
    }
    let index = match call.index() {
        Ok(index) => index,
        Err(response) => return *response,
    };
    let tag = call.tag(&index, &form.flags);
    if let Some(known) = tag.as_deref().and_then(|tag| call.known(tag)) {
        return known;
    }
    let asked = call.asked(index).quiet();
    let (outlet, mut begun) = Outlet::<Made>::new(Handle::current());
    let (media, file) = (form.media, form.file.clone());
    let work = call.app.workers.work(question.load, move || {
        write(question, &asked, &form, outlet)
    });
    // Where it is long, its first piece comes before the work is done.
    tokio::pin!(work);
    let begun = tokio::select! {
        biased;
        begun = &mut begun => begun.ok(),
        done = &mut work => match done {
            Err(not_done) => return call.not_done(not_done),
            // It may have been handed over after it was looked for above.
            Ok(()) => begun.await.ok(),
        },
    };
    match begun {
        Some(Begun::Whole(Ok(whole))) => {
            let whole = Arc::new(whole);
            if let Some(tag) = &tag {
                call.app.answers.keep(tag.clone(), &whole);
            }
            whole.response(tag.as_deref())
        }
        Some(Begun::Whole(Err(error))) => call.error(&error),
        Some(Begun::Pieces(pieces)) => {
            let body = Body::from_stream(ReceiverStream::new(pieces));
            head(StatusCode::OK, media, file.as_deref(), body)
        }
        None => call.error(&crate::cli::fault::Fault.into()),
    }
}

/// How many hits JSON or JSON Lines have: each begins with its rank, and inside a text the quotation marks would be escaped.
fn n_hits(body: &[u8]) -> u64 {
    memchr::memmem::find_iter(body, b"{\"rank\":").count() as u64
}

/// Runs the command, on a worker.
fn write(question: &Question, asked: &Asked, form: &Form, mut outlet: Outlet<Made>) {
    let run = |outlet: &mut Outlet<Made>| {
        let mut words = form.flags.clone();
        if asked.has_body() && question.has_body {
            words.extend(asked.words(question)?);
            words.extend(["--".to_owned(), "-".to_owned()]);
        } else {
            words.extend(asked.words(question)?);
        }
        question.run(&words, &asked.session, outlet).map(drop)
    };
    let done = run(&mut outlet);
    let is_failed = done.is_err();
    outlet.finish(is_failed, |printed| {
        done?;
        let written = asked.written();
        // A command that writes a file prints nothing.
        let body = if written.is_empty() { printed } else { written };
        Ok(Answer {
            file: form.file.clone(),
            n_hits: question
                .limit
                .filter(|limit| limit.has_pages)
                .map(|_| n_hits(&body)),
            ..Answer::new(form.media, body)
        })
    });
}
