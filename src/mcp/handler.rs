//! Answers to the messages of a client.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData,
    GetPromptRequestParams, GetPromptResponse, Implementation, ListPromptsResult,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ProgressNotificationParam, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig, Tool as ToolDefinition, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::{Map, Value};
use tokio::sync::watch;
use xunzhang::index::Index;
use xunzhang::search;
use xunzhang::task::{Cancel, Progress, Task};

use super::answer::found;
use super::arguments::{Arguments, read};
use super::call::Call;
use super::fitting::{Answer, fitted, shortened};
use super::indexes::{Indexes, Named};
use super::texts::Words;
use super::tool::{MAX_CHARS, Tool, Work};
use super::tools::{TOOLS, named};
use super::{prompts, resources};
use crate::cli::fault::Fault;
use crate::cli::messages::{Lang, say};
use crate::cli::session::Session;
use crate::web::{Load, NotDone, Question, Workers, sentence};

/// Between two notices of how far work is.
const PAUSE: Duration = Duration::from_millis(200);

/// The state that all clients share.
#[derive(Clone)]
pub(super) struct Handler(Arc<Shared>);

struct Shared {
    indexes: Indexes,
    session: Session,
    workers: Workers,
}

/// Ends work whose client is gone.
struct CancelOnDrop(Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Handler {
    pub(super) fn new(indexes: Vec<Named>, session: &Session) -> Self {
        Self(Arc::new(Shared {
            indexes: Indexes::new(indexes),
            session: session.clone(),
            workers: Workers::new(),
        }))
    }

    fn lang(&self) -> Lang {
        self.0.session.lang
    }

    /// Does work on a thread of its own.
    async fn work<T: Send + 'static>(
        &self,
        load: Load,
        job: impl FnOnce(&Shared) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let shared = Arc::clone(&self.0);
        match self.0.workers.work(load, move || job(&shared)).await {
            Ok(done) => done,
            Err(NotDone::Busy) => anyhow::bail!(say!(self.lang(), "web-busy")),
            Err(NotDone::Failed) => Err(Fault.into()),
        }
    }

    /// Answers a call, telling how far it is.
    async fn call(
        &self,
        tool: &'static Tool,
        given: Arguments,
        context: &RequestContext<RoleServer>,
    ) -> anyhow::Result<Answer> {
        let cancel = CancelOnDrop(Cancel::default());
        let (sender, mut progress) = watch::channel(Progress::default());
        let own = cancel.0.clone();
        let work = self.work(load(tool), move |shared| {
            let task = Task {
                progress: &|progress| {
                    sender.send_replace(progress);
                },
                cancel: own,
            };
            shared.answer(tool, &given, task)
        });
        tokio::pin!(work);
        let token = context.meta.get_progress_token();
        let mut told = Instant::now();
        let mut is_watched = token.is_some();
        // A draft is read twice, for its sentences and for what it cites, and the protocol's progress never goes back.
        let (mut last, mut before, mut sent) = (Progress::default(), 0, None);
        loop {
            tokio::select! {
                biased;
                answer = &mut work => return answer,
                () = context.ct.cancelled() => anyhow::bail!(say!(self.lang(), "mcp-cancelled")),
                changed = progress.changed(), if is_watched => {
                    // The work is over, and its answer comes next.
                    is_watched = changed.is_ok();
                    let now = *progress.borrow_and_update();
                    if now.done < last.done {
                        before += last.total;
                    }
                    last = now;
                    let done = before + now.done;
                    let is_due = is_watched && told.elapsed() >= PAUSE && Some(done) > sent;
                    if let Some(token) = token.clone().filter(|_| is_due) {
                        (told, sent) = (Instant::now(), Some(done));
                        let notice = ProgressNotificationParam::new(token, done as f64)
                            .with_total((before + now.total) as f64);
                        // A client that takes no notices still gets its answer.
                        let _ = context.peer.notify_progress(notice).await;
                    }
                }
            }
        }
    }
}

/// The amount of work that an answer of a tool is.
fn load(tool: &Tool) -> Load {
    match tool.work {
        Work::Question { path, .. } => Question::at(path).map_or(Load::Light, |one| one.load),
        Work::Count => Load::Light,
        Work::Check => Load::Heavy,
    }
}

impl Shared {
    /// The index of a name, with its own name.
    fn index(&self, name: Option<&str>) -> anyhow::Result<(&str, Arc<Index>)> {
        let found = self.indexes.get(name);
        let found = found.ok_or_else(|| anyhow::anyhow!(say!(self.session.lang, "mcp-no-index")));
        let (name, index) = found?;
        Ok((name, index?))
    }

    /// Answers a call, on a worker.
    fn answer(&self, tool: &Tool, given: &Arguments, task: Task<'_>) -> anyhow::Result<Answer> {
        let (name, index) = self.index(given.index.as_deref())?;
        let call = Call {
            index: Arc::clone(&index),
            session: &self.session,
            task,
        };
        let found = found(tool, given, &call)?;
        let words = Words {
            lang: self.session.lang,
        };
        let fingerprint = &index.manifest().fingerprint;
        Ok(fitted(tool, given, found, (name, fingerprint), &words))
    }

    /// The same without a watcher.
    fn call(&self, index: Arc<Index>) -> Call<'_> {
        Call {
            index,
            session: &self.session,
            task: Task::default(),
        }
    }
}

/// The error and its remedy, as an assistant reads them.
fn explained(error: &anyhow::Error, lang: Lang) -> String {
    // It may repeat the question, which may be of any length.
    let said = shortened(&sentence(error, lang), MAX_CHARS.least as usize);
    let is_unknown = |cause: &(dyn std::error::Error + 'static)| {
        matches!(cause.downcast_ref(), Some(search::Error::NoDocument(_)))
    };
    match error.chain().any(is_unknown) {
        true => format!("{said}\n{}", lang.text("mcp-try-documents")),
        false => said,
    }
}

fn refused(said: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(said)])
}

fn definition(tool: &Tool, indexes: &[&str], lang: Lang) -> ToolDefinition {
    let annotations = ToolAnnotations::new()
        .read_only(true)
        .idempotent(true)
        .open_world(false);
    let input = Arc::new(tool.input_schema(indexes, lang));
    ToolDefinition::new(tool.name, lang.text(tool.about), input)
        .with_raw_output_schema(Arc::new(tool.output_schema()))
        .with_annotations(annotations)
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .build();
        let mut info =
            ServerConfig::new(capabilities).with_instructions(self.lang().text("mcp-instructions"));
        info.server_info = Implementation::new("xunzhang", env!("CARGO_PKG_VERSION"))
            .with_title(self.lang().text("mcp-title"));
        info
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let indexes = self.0.indexes.names();
        let tools = TOOLS.iter();
        let tools = tools.map(|tool| definition(tool, &indexes, self.lang()));
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let lang = self.lang();
        let Some(tool) = named(&request.name) else {
            let name: String = request.name.chars().take(80).collect();
            let known: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let known = crate::cli::messages::listed(&known, lang);
            let said = say!(lang, "mcp-no-tool", name, known);
            return Err(ErrorData::invalid_params(said, None));
        };
        let arguments: Map<String, Value> = request.arguments.unwrap_or_default();
        let given = match read(tool, &arguments, &self.0.indexes.names()) {
            Ok(given) => given,
            // As a result, so that an assistant sees it and mends its call.
            Err(bad) => return Ok(refused(bad.sentence(lang)).into()),
        };
        Ok(match self.call(tool, given, &context).await {
            Ok(answer) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(answer.text)]);
                result.structured_content = Some(answer.json);
                result.into()
            }
            Err(error) => refused(explained(&error, lang)).into(),
        })
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let lang = self.lang();
        let cursor = request.and_then(|request| request.cursor);
        let start = match cursor.as_deref().map(resources::Cursor::read) {
            Some(Some(start)) => start,
            None => resources::Cursor::default(),
            Some(None) => {
                let said = say!(lang, "mcp-bad-cursor");
                return Err(ErrorData::invalid_params(said, None));
            }
        };
        let listed = self.work(Load::Light, move |shared| {
            let names = shared.indexes.names();
            let Some(name) = names.get(start.index) else {
                return Ok((Vec::new(), None));
            };
            match shared.index(Some(name)) {
                Ok((_, index)) => resources::page(&shared.call(index), start, &names),
                // The others have documents all the same.
                Err(_) if names.len() > 1 => Ok((Vec::new(), start.next_index(names.len()))),
                Err(error) => Err(error),
            }
        });
        let (all, next) = listed
            .await
            .map_err(|error| ErrorData::internal_error(explained(&error, lang), None))?;
        let mut result = ListResourcesResult::with_all_items(all);
        result.next_cursor = next.map(|cursor| cursor.to_string());
        Ok(result)
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let is_one = self.0.indexes.names().len() < 2;
        let template = resources::template(is_one, self.lang());
        Ok(ListResourceTemplatesResult::with_all_items(vec![template]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let lang = self.lang();
        let uri = request.uri;
        let not_found = |said: String| ErrorData::resource_not_found(said, None);
        let Some(address) = super::address::Address::read(&uri) else {
            return Err(not_found(say!(lang, "mcp-no-address")));
        };
        let read = self.work(Load::Light, move |shared| {
            let (_, index) = shared.index(address.index.as_deref())?;
            resources::read(&shared.call(index), &address, uri)
        });
        let read = read.await;
        read.map(ReadResourceResponse::from)
            .map_err(|error| not_found(explained(&error, lang)))
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::all(self.lang())))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let filled = prompts::filled(&request.name, &arguments, self.lang());
        filled
            .map(GetPromptResponse::from)
            .map_err(|said| ErrorData::invalid_params(said, None))
    }
}
