//! The server: handles messages one by one, and checks documents while it waits for messages.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant as Clock};

use ls_types::notification::{
    Cancel, DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles,
    DidChangeWorkspaceFolders, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
    Exit, Initialized, LogMessage, Notification as _, PublishDiagnostics,
};
use ls_types::request::{
    CodeActionRequest, CodeActionResolveRequest, Completion, HoverRequest, Initialize,
    RegisterCapability, Request as _, Shutdown,
};
use ls_types::{
    CancelParams, ClientCapabilities, CodeAction, CodeActionContext, CodeActionKind,
    CodeActionOptions, CodeActionParams, CodeActionProviderCapability, CompletionOptions,
    CompletionParams, CompletionResponse, Diagnostic, DidChangeTextDocumentParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern,
    HoverParams, HoverProviderCapability, InitializeParams, InitializeResult, LogMessageParams,
    MessageType, NumberOrString, OneOf, PublishDiagnosticsParams, Registration, RegistrationParams,
    SaveOptions, ServerCapabilities, ServerInfo, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Uri, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use pipelint_config::{Projects, Terms};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actions::{Asked, FIX_ALL};
use crate::check::{Check, Found, LARGEST};
use crate::client::Client;
use crate::diagnostics;
use crate::document::{Document, file_path};
use crate::options::LspOptions;
use crate::position::Encoding;
use crate::transport::{Incoming, read_all, write_error};
use crate::{completion, config_file, hover};

/// The time for which documents are checked before the next look at the messages.
const SLICE: Duration = Duration::from_millis(20);

/// Serves one client until it sends `exit` or its stream ends. Returns whether it sent `shutdown`
/// first, as the protocol requires.
///
/// # Errors
///
/// If writing to the client fails.
pub fn serve(
    options: LspOptions,
    from: impl BufRead + Send + 'static,
    to: &mut dyn Write,
) -> io::Result<bool> {
    let (sender, messages) = channel();
    // The thread ends with the stream or with the program.
    thread::spawn(move || read_all(from, &sender));
    let mut projects = Projects::new(options.config, options.clock);
    projects.now = options.now;
    projects.locale = options.locale;
    let mut server = Server {
        to,
        projects,
        documents: BTreeMap::new(),
        folder: None,
        stage: Stage::Start,
        client: Client {
            encoding: Encoding::Utf16,
            related: false,
            links: false,
            versions: false,
            resolve: false,
        },
        can_watch: false,
    };
    server.run(&messages)?;
    Ok(matches!(
        server.stage,
        Stage::Shutdown | Stage::End { is_clean: true }
    ))
}

/// The stage of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Before `initialize`.
    Start,
    Running,
    /// After `shutdown`.
    Shutdown,
    End {
        is_clean: bool,
    },
}

struct Server<'w> {
    to: &'w mut dyn Write,
    projects: Projects,
    documents: BTreeMap<Uri, Document>,
    /// The folder that is open in the editor.
    folder: Option<PathBuf>,
    stage: Stage,
    client: Client,
    /// Whether the client can watch files for the server.
    can_watch: bool,
}

/// The reason why a request has no result.
struct Failure {
    code: ErrorCode,
    why: String,
}

impl Failure {
    fn new(code: ErrorCode, why: impl Into<String>) -> Self {
        Self {
            code,
            why: why.into(),
        }
    }
}

impl Server<'_> {
    fn run(&mut self, messages: &Receiver<Incoming>) -> io::Result<()> {
        let mut queue = VecDeque::new();
        while !matches!(self.stage, Stage::End { .. }) {
            if queue.is_empty() {
                let Some(first) = self.wait(messages)? else {
                    return Ok(());
                };
                self.take(first, &mut queue)?;
            }
            // All waiting messages are read first, so that a cancelled request is not begun.
            while let Ok(next) = messages.try_recv() {
                self.take(next, &mut queue)?;
            }
            if let Some(message) = queue.pop_front() {
                self.message(message)?;
            }
        }
        Ok(())
    }

    /// Waits for a message and checks documents meanwhile; `None` at the end of the stream.
    fn wait(&mut self, messages: &Receiver<Incoming>) -> io::Result<Option<Incoming>> {
        loop {
            let due = self.documents.values().filter_map(Document::due).min();
            let Some(due) = due else {
                return Ok(messages.recv().ok());
            };
            let pause = due.saturating_duration_since(Clock::now());
            let received = if pause.is_zero() {
                messages
                    .try_recv()
                    .map_err(|error| error == TryRecvError::Disconnected)
            } else {
                let received = messages.recv_timeout(pause);
                received.map_err(|error| error == RecvTimeoutError::Disconnected)
            };
            match received {
                Ok(message) => return Ok(Some(message)),
                Err(true) => return Ok(None),
                Err(false) => self.check()?,
            }
        }
    }

    /// Adds a message to the queue. A cancellation removes its request.
    fn take(&mut self, incoming: Incoming, queue: &mut VecDeque<Message>) -> io::Result<()> {
        match incoming {
            Incoming::Message(Message::Notification(note)) if note.method == Cancel::METHOD => {
                let Ok(CancelParams { id }) = serde_json::from_value(note.params) else {
                    return Ok(());
                };
                let id = match id {
                    NumberOrString::Number(number) => RequestId::from(number),
                    NumberOrString::String(text) => RequestId::from(text),
                };
                let is_meant = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
                if let Some(at) = queue.iter().position(is_meant) {
                    queue.remove(at);
                    let why = "the client has cancelled the request".to_owned();
                    let code = ErrorCode::RequestCanceled as i32;
                    self.send(Response::new_err(id, code, why))?;
                }
                Ok(())
            }
            Incoming::Message(message) => {
                queue.push_back(message);
                Ok(())
            }
            Incoming::Malformed { id, code, why } => write_error(self.to, &id, code, &why),
        }
    }

    fn message(&mut self, message: Message) -> io::Result<()> {
        match message {
            Message::Request(request) => {
                let id = request.id.clone();
                let answer = match self.request(request) {
                    Ok(result) => Response {
                        id,
                        response_result: Ok(result),
                    },
                    Err(Failure { code, why }) => Response::new_err(id, code as i32, why),
                };
                self.send(answer)
            }
            Message::Notification(note) => {
                let method = note.method.clone();
                match self.notification(note)? {
                    Ok(()) => Ok(()),
                    Err(Failure { why, .. }) => self.log(format!("{method}: {why}")),
                }
            }
            // The server sends one request, whose answer does not matter.
            Message::Response(_) => Ok(()),
        }
    }

    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.to)
    }

    fn notify<P: Serialize>(&mut self, method: &str, params: P) -> io::Result<()> {
        let params = serde_json::to_value(params)?;
        self.send(Notification {
            method: method.to_owned(),
            params,
        })
    }

    fn log(&mut self, message: String) -> io::Result<()> {
        let typ = MessageType::WARNING;
        self.notify(LogMessage::METHOD, LogMessageParams { typ, message })
    }

    fn request(&mut self, request: Request) -> Result<Value, Failure> {
        let Request { method, params, .. } = request;
        let encoding = self.client.encoding;
        match (self.stage, method.as_str()) {
            (Stage::Start, Initialize::METHOD) => {
                let params: InitializeParams = params_of(params)?;
                result_of(self.initialize(&params))
            }
            (Stage::Start, _) => Err(Failure::new(
                ErrorCode::ServerNotInitialized,
                "the first request must be `initialize`",
            )),
            (Stage::Running, Shutdown::METHOD) => {
                self.stage = Stage::Shutdown;
                Ok(Value::Null)
            }
            (Stage::Running, HoverRequest::METHOD) => {
                let params: HoverParams = params_of(params)?;
                let position = &params.text_document_position_params;
                let Some((document, terms, offset)) = self.place(position)? else {
                    return Ok(Value::Null);
                };
                result_of(hover::hover(document, &terms, offset, encoding))
            }
            (Stage::Running, Completion::METHOD) => {
                let params: CompletionParams = params_of(params)?;
                let Some((document, terms, offset)) = self.place(&params.text_document_position)?
                else {
                    return Ok(Value::Null);
                };
                let items = completion::completion(document, &terms, offset, encoding);
                result_of(CompletionResponse::Array(items))
            }
            (Stage::Running, CodeActionRequest::METHOD) => {
                let params: CodeActionParams = params_of(params)?;
                result_of(self.actions(&params)?)
            }
            (Stage::Running, CodeActionResolveRequest::METHOD) => {
                let action: CodeAction = params_of(params)?;
                result_of(self.resolve(action)?)
            }
            (Stage::Running, Initialize::METHOD) | (Stage::Shutdown | Stage::End { .. }, _) => {
                let why = "the request is not allowed in this stage of the session";
                Err(Failure::new(ErrorCode::InvalidRequest, why))
            }
            (Stage::Running, _) => {
                let why = format!("unknown method `{method}`");
                Err(Failure::new(ErrorCode::MethodNotFound, why))
            }
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> InitializeResult {
        self.stage = Stage::Running;
        let can = Can(&params.capabilities);
        self.client = can.all();
        self.can_watch = can.watch();
        let folders = params.workspace_folders.iter().flatten();
        #[allow(deprecated, reason = "older clients name their folder like this")]
        let root = params.root_uri.iter();
        self.folder = folders
            .map(|folder| &folder.uri)
            .chain(root)
            .find_map(file_path);
        InitializeResult {
            capabilities: self.capabilities(),
            server_info: Some(ServerInfo {
                name: "pipelint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        }
    }

    fn capabilities(&self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(self.client.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                        include_text: Some(false),
                    })),
                    ..TextDocumentSyncOptions::default()
                },
            )),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(vec!["\"".to_owned(), ":".to_owned()]),
                ..CompletionOptions::default()
            }),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
                resolve_provider: Some(self.client.resolve),
                ..CodeActionOptions::default()
            })),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                ..WorkspaceServerCapabilities::default()
            }),
            ..ServerCapabilities::default()
        }
    }

    /// Handles a notification. The outer error is one of writing; the inner one is the client's.
    fn notification(&mut self, note: Notification) -> io::Result<Result<(), Failure>> {
        let Notification { method, params } = note;
        if method == Exit::METHOD {
            let is_clean = self.stage == Stage::Shutdown;
            self.stage = Stage::End { is_clean };
            return Ok(Ok(()));
        }
        if self.stage != Stage::Running {
            return Ok(Ok(()));
        }
        Ok(match method.as_str() {
            Initialized::METHOD => {
                self.watch()?;
                Ok(())
            }
            DidOpenTextDocument::METHOD => params_of(params).map(|params| {
                let DidOpenTextDocumentParams { text_document } = params;
                let uri = text_document.uri.clone();
                self.documents.insert(uri, Document::new(text_document));
            }),
            DidChangeTextDocument::METHOD => {
                params_of(params).and_then(|params: DidChangeTextDocumentParams| {
                    let version = params.text_document.version;
                    let encoding = self.client.encoding;
                    let document = self.open(&params.text_document.uri)?;
                    document.change(version, params.content_changes, encoding);
                    Ok(())
                })
            }
            DidCloseTextDocument::METHOD => match params_of(params) {
                Ok(DidCloseTextDocumentParams { text_document }) => {
                    if self.documents.remove(&text_document.uri).is_some() {
                        self.publish(text_document.uri, Vec::new(), None)?;
                    }
                    Ok(())
                }
                Err(failure) => Err(failure),
            },
            DidSaveTextDocument::METHOD
            | DidChangeWatchedFiles::METHOD
            | DidChangeConfiguration::METHOD => {
                self.check_all_again();
                Ok(())
            }
            DidChangeWorkspaceFolders::METHOD => {
                params_of(params).map(|params: DidChangeWorkspaceFoldersParams| {
                    let added = params.event.added.iter();
                    let added = added.map(|folder| &folder.uri).find_map(file_path);
                    self.folder = added.or(self.folder.take());
                    self.check_all_again();
                })
            }
            // Other notifications need no action.
            _ => Ok(()),
        })
    }

    /// A configuration, or a schema that one names, may have changed.
    fn check_all_again(&mut self) {
        self.projects.forget();
        for document in self.documents.values_mut() {
            document.check_soon();
        }
    }

    /// Asks the client to report changes of configurations.
    fn watch(&mut self) -> io::Result<()> {
        if !self.can_watch {
            return Ok(());
        }
        let watchers = vec![FileSystemWatcher {
            glob_pattern: GlobPattern::String("**/pipelint.toml".to_owned()),
            kind: None,
        }];
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        let params = RegistrationParams {
            registrations: vec![Registration {
                id: "pipelint.toml".to_owned(),
                method: DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: Some(serde_json::to_value(options)?),
            }],
        };
        self.send(Request {
            id: RequestId::from("watch".to_owned()),
            method: RegisterCapability::METHOD.to_owned(),
            params: serde_json::to_value(params)?,
        })
    }

    fn open(&mut self, uri: &Uri) -> Result<&mut Document, Failure> {
        self.documents.get_mut(uri).ok_or_else(|| not_open(uri))
    }

    /// The document, its terms and the offset of a position; `None` for a document that is not
    /// checked.
    fn place(
        &mut self,
        place: &TextDocumentPositionParams,
    ) -> Result<Option<(&Document, Terms, usize)>, Failure> {
        let uri = &place.text_document.uri;
        let encoding = self.client.encoding;
        let Some((document, terms)) = self.payload(uri)? else {
            return Ok(None);
        };
        let offset = document
            .lines
            .offset(&document.text, place.position, encoding);
        Ok(Some((document, terms, offset)))
    }

    /// A document that may be a payload, and its terms.
    fn payload(&mut self, uri: &Uri) -> Result<Option<(&Document, Terms)>, Failure> {
        let document = self.documents.get(uri).ok_or_else(|| not_open(uri))?;
        if document.is_config() || document.text.len() > LARGEST {
            return Ok(None);
        }
        let terms = self
            .projects
            .terms(document.path.as_deref(), self.folder.as_deref());
        Ok(terms.ok().map(|terms| (document, terms)))
    }

    fn actions(&mut self, params: &CodeActionParams) -> Result<Vec<CodeAction>, Failure> {
        let (client, context) = (self.client, &params.context);
        let uri = &params.text_document.uri;
        let part = |document: &Document| {
            let lines = &document.lines;
            lines.span(&document.text, &params.range, client.encoding)
        };
        let document = self.documents.get(uri);
        if let Some(document) = document.filter(|document| document.is_config()) {
            let asked = Asked::new(document, context, client);
            return Ok(asked.of_config(&part(document)));
        }
        let payload = self.payload(uri)?;
        Ok(payload.map_or_else(Vec::new, |(document, terms)| {
            let asked = Asked::new(document, context, client);
            asked.of_payload(&terms, &part(document))
        }))
    }

    /// Adds the edit to an action that was chosen.
    fn resolve(&mut self, action: CodeAction) -> Result<CodeAction, Failure> {
        #[derive(Deserialize)]
        struct Data {
            uri: Uri,
            version: i32,
        }
        let Some(data) = action.data.clone() else {
            return Ok(action);
        };
        let Data { uri, version } = params_of(data)?;
        let client = self.client;
        let Some((document, terms)) = self.payload(&uri)? else {
            return Ok(action);
        };
        if document.version != version {
            let why = "the document has changed";
            return Err(Failure::new(ErrorCode::ContentModified, why));
        }
        let context = CodeActionContext::default();
        let asked = Asked::new(document, &context, client);
        let edit = asked.all_safe_fixes(&terms).map_err(|_| {
            let why =
                "the document is too large to be fixed here; `pipelint check --fix` has no limit";
            Failure::new(ErrorCode::RequestFailed, why)
        })?;
        Ok(CodeAction { edit, ..action })
    }

    /// Runs a slice of the check of the document that waits longest.
    fn check(&mut self) -> io::Result<()> {
        let now = Clock::now();
        let due = |document: &&mut Document| document.due().filter(|due| *due <= now);
        let documents = self.documents.values_mut();
        let next = documents.filter(|document| due(document).is_some());
        let Some(document) = next.min_by_key(|document| document.due()) else {
            return Ok(());
        };
        let diagnostics = if document.is_config() {
            document.begin();
            let faults = config_file::faults(&document.text, document.path.as_deref());
            let faults = faults.iter();
            faults
                .map(|fault| diagnostics::of_config(fault, document, self.client))
                .collect()
        } else if document.text.len() > LARGEST {
            document.begin();
            vec![diagnostics::too_large()]
        } else if let Some(diagnostics) = slice(
            document,
            &mut self.projects,
            self.folder.as_deref(),
            self.client,
        ) {
            diagnostics
        } else {
            return Ok(());
        };
        let (uri, version) = (document.uri.clone(), document.version);
        self.publish(uri, diagnostics, Some(version))
    }

    fn publish(
        &mut self,
        uri: Uri,
        diagnostics: Vec<Diagnostic>,
        version: Option<i32>,
    ) -> io::Result<()> {
        let params = PublishDiagnosticsParams {
            uri,
            diagnostics,
            version,
        };
        self.notify(PublishDiagnostics::METHOD, params)
    }
}

/// Begins or continues the check of a document. Returns the diagnostics once it is done.
fn slice(
    document: &mut Document,
    projects: &mut Projects,
    folder: Option<&Path>,
    client: Client,
) -> Option<Vec<Diagnostic>> {
    document.begin();
    let mut check = match document.check.take() {
        Some(check) => check,
        None => match projects.terms(document.path.as_deref(), folder) {
            Ok(terms) => Check::new(terms, document.layout()),
            Err(broken) => return Some(vec![diagnostics::of_broken(&broken)]),
        },
    };
    if !check.go_on(&document.text, Clock::now() + SLICE) {
        document.check = Some(check);
        return None;
    }
    document.contract = check.contract.or(document.contract);
    let is_safe = |found: &Found| found.fix.as_ref().is_some_and(|fix| fix.is_safe);
    document.has_safe_fix = check.is_cut || check.found.iter().any(is_safe);
    Some(diagnostics::of_check(&check, document, client))
}

fn not_open(uri: &Uri) -> Failure {
    let why = format!("{} is not open", uri.as_str());
    Failure::new(ErrorCode::InvalidParams, why)
}

fn params_of<P: DeserializeOwned>(params: Value) -> Result<P, Failure> {
    serde_json::from_value(params)
        .map_err(|error| Failure::new(ErrorCode::InvalidParams, error.to_string()))
}

fn result_of<R: Serialize>(result: R) -> Result<Value, Failure> {
    serde_json::to_value(result)
        .map_err(|error| Failure::new(ErrorCode::InternalError, error.to_string()))
}

/// The capabilities of the client.
struct Can<'c>(&'c ClientCapabilities);

impl Can<'_> {
    fn encodings(&self) -> Option<&[ls_types::PositionEncodingKind]> {
        self.0.general.as_ref()?.position_encodings.as_deref()
    }

    fn all(&self) -> Client {
        let text = self.0.text_document.as_ref();
        let publish = text.and_then(|text| text.publish_diagnostics.as_ref());
        let workspace = self.0.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let action = text.and_then(|text| text.code_action.as_ref());
        let resolve = action.and_then(|action| action.resolve_support.as_ref());
        let has_data = action.and_then(|action| action.data_support) == Some(true);
        let resolves = |property: &String| property == "edit";
        Client {
            encoding: Encoding::best(self.encodings()),
            related: publish.is_some_and(|can| can.related_information == Some(true)),
            links: publish.is_some_and(|can| can.code_description_support == Some(true)),
            versions: edit.is_some_and(|edit| edit.document_changes == Some(true)),
            resolve: has_data
                && resolve.is_some_and(|resolve| resolve.properties.iter().any(resolves)),
        }
    }

    fn watch(&self) -> bool {
        let workspace = self.0.workspace.as_ref();
        let watch = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        watch.is_some_and(|watch| watch.dynamic_registration == Some(true))
    }
}
