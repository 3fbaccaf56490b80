//! A request as a worker gets it.

use std::sync::Arc;

use clap::FromArgMatches;
use xunzhang::index::Index;

use super::parameters::Parameters;
use super::questions::Question;
use crate::cli::messages::Lang;
use crate::cli::remote::{Body, Remote};
use crate::cli::session::{Session, Talk};
use crate::cli::unmatched;

/// Parameters that every page has, and no command.
const OF_PAGES: [&str; 1] = ["lang"];

/// A request as a worker gets it.
pub(super) struct Asked {
    pub(super) index: Arc<Index>,
    pub(super) parameters: Parameters,
    /// The session that commands run in: its notes are kept, and it names no files.
    pub(super) session: Session,
    remote: Arc<Remote>,
    /// What a form has to send back.
    pub(super) token: Arc<str>,
}

impl Asked {
    pub(super) fn new(
        index: Arc<Index>,
        parameters: Parameters,
        body: Option<Body>,
        (session, lang): (&Session, Lang),
        token: Arc<str>,
    ) -> Self {
        let remote = Arc::new(Remote::new(Arc::clone(&index), body));
        let session = Session {
            lang,
            remote: Some(Arc::clone(&remote)),
            ..session.without_colour()
        };
        Self {
            index,
            parameters,
            session,
            remote,
            token,
        }
    }

    /// The same for a program, which gets no notes.
    pub(super) fn quiet(mut self) -> Self {
        self.session.talk = Talk::Quiet;
        self
    }

    /// The language of the answer.
    pub(super) fn lang(&self) -> Lang {
        self.session.lang
    }

    /// What a person would have seen on standard error.
    pub(super) fn notes(&self) -> Vec<String> {
        self.remote.notes()
    }

    /// Whether something is sent along.
    pub(super) fn has_body(&self) -> bool {
        self.remote.has_body()
    }

    /// The bytes of the file that was requested.
    pub(super) fn written(&self) -> Vec<u8> {
        self.remote.written()
    }

    /// The words of a question's command, as they are typed.
    pub(super) fn words(&self, question: &Question) -> anyhow::Result<Vec<String>> {
        Ok(self.parameters.arguments(question, &OF_PAGES)?)
    }

    /// The arguments of a question's command; `of_page` are parameters that mean something to a page alone.
    pub(super) fn arguments<A: FromArgMatches>(
        &self,
        question: &Question,
        of_page: &[&str],
    ) -> anyhow::Result<A> {
        let known: Vec<&str> = OF_PAGES.iter().chain(of_page).copied().collect();
        let words = self.parameters.arguments(question, &known)?;
        let matches = question.matches(&words)?;
        unmatched::note(&matches, &self.session);
        Ok(A::from_arg_matches(&matches)?)
    }
}

/// The arguments of a question's command from other parameters than those of the request.
pub(super) fn arguments<A: FromArgMatches>(
    parameters: &Parameters,
    question: &Question,
    of_page: &[&str],
) -> anyhow::Result<A> {
    let known: Vec<&str> = OF_PAGES.iter().chain(of_page).copied().collect();
    let words = parameters.arguments(question, &known)?;
    Ok(A::from_arg_matches(&question.matches(&words)?)?)
}
