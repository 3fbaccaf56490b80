//! A call on its worker thread, and commands that it runs.

use std::sync::Arc;

use serde_json::Value;
use xunzhang::index::Index;
use xunzhang::task::Task;

use crate::cli::remote::{Body, Remote};
use crate::cli::session::{Session, Talk};
use crate::cli::unmatched;
use crate::web::{Parameters, Question};

/// A call on its worker thread.
pub(super) struct Call<'a> {
    pub(super) index: Arc<Index>,
    pub(super) session: &'a Session,
    pub(super) task: Task<'a>,
}

/// The result of a command.
#[derive(Debug)]
pub(super) struct Found {
    /// The object that the command prints.
    pub(super) whole: Value,
    /// Lines that a person would have seen beside it: hints, values of filters that nothing has.
    pub(super) notes: Vec<String>,
    /// Number of entries before those in `whole` that the command itself has left out.
    pub(super) n_skipped: usize,
}

impl Call<'_> {
    /// A session in which a command runs, and where it keeps its notes.
    pub(super) fn session(&self, body: Option<Body>) -> (Session, Arc<Remote>) {
        let remote = Arc::new(Remote::new(Arc::clone(&self.index), body));
        let session = Session {
            remote: Some(Arc::clone(&remote)),
            talk: Talk::Normal,
            ..self.session.without_colour()
        };
        (session, remote)
    }

    /// Runs a question's command; the object that it prints, and what it says beside it.
    ///
    /// # Errors
    /// Those of the command.
    pub(super) fn ask(
        &self,
        question: &Question,
        parameters: &Parameters,
        mut words: Vec<String>,
    ) -> anyhow::Result<(Value, Vec<String>)> {
        let text = parameters.get("q").filter(|_| question.has_body);
        let body = text.map(|text| Body::Text(text.to_owned()));
        let (session, remote) = self.session(body);
        words.push(match question.writes_files("json") {
            true => format!("--output={}.json", question.path),
            false => "--format=json".to_owned(),
        });
        if question.has_body {
            words.extend(parameters.without(&["q"]).arguments(question, &[])?);
            words.extend(["--".to_owned(), "-".to_owned()]);
        } else {
            words.extend(parameters.arguments(question, &[])?);
        }
        let mut printed = Vec::new();
        question.run(&words, &session, &mut printed)?;
        // After the answer, as on the command line.
        unmatched::note(&question.matches(&words)?, &session);
        let written = remote.written();
        let bytes = if written.is_empty() { printed } else { written };
        Ok((serde_json::from_slice(&bytes)?, remote.notes()))
    }
}
