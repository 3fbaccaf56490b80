//! A request with all that it sends, and how it is answered from the index.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::IF_NONE_MATCH;
use axum::http::{HeaderMap, Method, Response, StatusCode};
use percent_encoding::percent_decode_str;
use xunzhang::index::Index;

use super::answer::{Answer, unchanged};
use super::app::App;
use super::asked::Asked;
use super::language::language;
use super::pages;
use super::parameters::Parameters;
use super::problem::Problem;
use super::questions::Load;
use super::sent::{Upload, received};
use super::workers::NotDone;
use crate::cli::fault::Fault;
use crate::cli::messages::{Lang, say};
use crate::cli::remote;

/// Who reads the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Program,
    Person,
}

/// A request with all that it sends.
pub(super) struct Call {
    pub(super) app: Arc<App>,
    pub(super) path: String,
    pub(super) parameters: Parameters,
    pub(super) lang: Lang,
    pub(super) reader: Reader,
    headers: HeaderMap,
    /// A body that is a text.
    pub(super) text: Option<String>,
    pub(super) upload: Option<Upload>,
    is_post: bool,
}

impl Call {
    /// Reads a request with its body.
    ///
    /// # Errors
    /// The answer that says what is wrong with it.
    pub(super) async fn read(app: Arc<App>, request: Request) -> Result<Self, Response<Body>> {
        let path = percent_decode_str(request.uri().path());
        let path = path.decode_utf8_lossy().into_owned();
        let reader = match path.starts_with("/api/") {
            true => Reader::Program,
            false => Reader::Person,
        };
        let parameters = Parameters::of_query(request.uri().query().unwrap_or_default());
        let headers = request.headers().clone();
        let lang = language(&parameters, &headers, app.session.lang);
        let is_post = request.method() == Method::POST;
        let mut call = Self {
            app,
            path,
            parameters,
            lang,
            reader,
            headers,
            text: None,
            upload: None,
            is_post,
        };
        if is_post {
            // Never closed.
            let _place = call.app.bodies.acquire().await.ok();
            let sent = received(request, lang).await;
            let sent = sent.map_err(|problem| call.problem(&problem))?;
            call.parameters = call.parameters.and(sent.fields);
            call.text = sent.text;
            call.upload = sent.file;
            call.lang = language(&call.parameters, &call.headers, call.app.session.lang);
        }
        Ok(call)
    }

    /// The answer that says what is wrong.
    pub(super) fn problem(&self, problem: &Problem) -> Response<Body> {
        let answer = match self.reader {
            Reader::Program => problem.json(),
            Reader::Person => pages::problem(problem, &self.parameters, self.lang),
        };
        answer.response(None)
    }

    /// The same of an error.
    pub(super) fn error(&self, error: &anyhow::Error) -> Response<Body> {
        self.problem(&Problem::of(error, self.lang))
    }

    /// The index that it is answered from.
    ///
    /// # Errors
    /// The answer that says why there is no index.
    pub(super) fn index(&self) -> Result<Arc<Index>, Box<Response<Body>>> {
        self.app.opened.index().map_err(|error| {
            let error = anyhow::Error::new(error);
            Box::new(match self.reader {
                Reader::Person if pages::is_without_index(&error) => pages::to_build(),
                _ => self.error(&error),
            })
        })
    }

    /// The request as a worker gets it.
    pub(super) fn asked(&self, index: Arc<Index>) -> Asked {
        let body = match (&self.upload, &self.text) {
            (Some(upload), _) => Some(remote::Body::File(upload.path.to_path_buf())),
            (None, Some(text)) => Some(remote::Body::Text(text.clone())),
            (None, None) => None,
        };
        let token = Arc::clone(&self.app.guard.form);
        Asked::new(
            index,
            self.parameters.clone(),
            body,
            (&self.app.session, self.lang),
            token,
        )
    }

    /// The entity tag of its answer, which `flags` ask for beside its parameters; none if it sends something.
    pub(super) fn tag(&self, index: &Index, flags: &[String]) -> Option<String> {
        if self.is_post {
            return None;
        }
        let (fingerprint, lang) = (&index.manifest().fingerprint, self.lang);
        let (version, query) = (env!("CARGO_PKG_VERSION"), self.parameters.query());
        // A page may hold a form, whose token is that of this run of the server.
        let run = match self.reader {
            Reader::Program => "",
            Reader::Person => &*self.app.guard.form,
        };
        let key = format!(
            "{version} {fingerprint} {lang:?} {run} {} {query} {flags:?}",
            self.path
        );
        Some(format!(
            "\"{}\"",
            &blake3::hash(key.as_bytes()).to_hex()[..32]
        ))
    }

    /// What was answered before, or that the client has it.
    pub(super) fn known(&self, tag: &str) -> Option<Response<Body>> {
        let given = self
            .headers
            .get(IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok());
        let mut given = given.unwrap_or_default().split(',').map(str::trim);
        if given.any(|one| one.trim_start_matches("W/") == tag) {
            return Some(unchanged(tag));
        }
        let answer = self.app.answers.get(tag)?;
        Some(answer.response(Some(tag)))
    }

    /// Answers with what `job` makes of the request on a worker.
    pub(super) async fn answer(
        self,
        load: Load,
        job: impl FnOnce(&Asked) -> anyhow::Result<Answer> + Send + 'static,
    ) -> Response<Body> {
        let index = match self.index() {
            Ok(index) => index,
            Err(response) => return *response,
        };
        let tag = self.tag(&index, &[]);
        if let Some(known) = tag.as_deref().and_then(|tag| self.known(tag)) {
            return known;
        }
        let asked = self.asked(index);
        let done = self.app.workers.work(load, move || job(&asked)).await;
        match done {
            Ok(Ok(answer)) => {
                let answer = Arc::new(answer);
                if let Some(tag) = &tag {
                    self.app.answers.keep(tag.clone(), &answer);
                }
                answer.response(tag.as_deref())
            }
            Ok(Err(error)) => self.error(&error),
            Err(not_done) => self.not_done(not_done),
        }
    }

    /// The answer to a form that is not one of ours; `None` of one that is.
    pub(super) fn foreign_form(&self) -> Option<Response<Body>> {
        if self.app.guard.is_own_form(self.parameters.get("token")) {
            return None;
        }
        let detail = say!(self.lang, "web-foreign-form");
        Some(self.problem(&Problem::new(StatusCode::FORBIDDEN, detail)))
    }

    /// The answer where there is no result.
    pub(super) fn not_done(&self, not_done: NotDone) -> Response<Body> {
        match not_done {
            NotDone::Busy => self.problem(&Problem::busy(self.lang)),
            NotDone::Failed => self.error(&Fault.into()),
        }
    }
}
