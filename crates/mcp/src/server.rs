//! The server: the protocol, and the list of the tools.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::handler::server::common::schema_for_type;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    JsonObject, ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
    ToolAnnotations,
};
use rmcp::schemars::JsonSchema;
use rmcp::service::{QuitReason, RequestContext, RoleServer, ServerInitializeError, ServiceExt};
use rmcp::{ErrorData, ServerHandler};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::arguments::{Check, Explain, Fix, Payloads, Schema};
use crate::options::McpOptions;
use crate::tools::{Answer, Tools};

/// The instructions for the model.
const INSTRUCTIONS: &str = "Checks JSON payloads for sales-pipeline APIs (deals, opportunities, stages) before they are sent. \
Call `check` with the payload's text; each finding has a place, a rule, a JSON pointer, and often a fix with its edits. \
Apply the fixes, and check again until there are no errors. \
`schema` shows what a payload can hold, `explain` what a rule means.";

/// The reason why the server ended with an error.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum McpError {
    /// The streams cannot be used.
    #[error("cannot serve on standard input and output: {0}")]
    Io(#[from] io::Error),
    /// The client does not begin with the handshake of the protocol.
    #[error("the client does not speak the Model Context Protocol: {0}")]
    Initialize(#[from] Box<ServerInitializeError>),
}

/// Serves one client over standard input and output, until its stream ends.
///
/// # Errors
///
/// If the streams cannot be used, or the client does not follow the protocol.
pub fn serve(options: McpOptions) -> Result<(), McpError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(async {
        let server = Server {
            tools: Arc::new(Mutex::new(Tools::new(options))),
        };
        let running = match server.serve(rmcp::transport::stdio()).await {
            Ok(running) => running,
            // A client may disconnect before its first message.
            Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(McpError::Initialize(Box::new(error))),
        };
        match running.waiting().await {
            Ok(QuitReason::JoinError(error)) | Err(error) => {
                Err(McpError::Io(io::Error::other(error)))
            }
            Ok(_) => Ok(()),
        }
    });
    // A pending read of standard input cannot be cancelled, so do not wait for it.
    runtime.shutdown_background();
    done
}

/// The handler of the protocol.
#[derive(Debug, Clone)]
struct Server {
    tools: Arc<Mutex<Tools>>,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("pipelint", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(list()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        list().into_iter().find(|tool| tool.name == name)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut tools = self.tools.lock().unwrap_or_else(PoisonError::into_inner);
        let arguments = request.arguments.unwrap_or_default();
        let answer = match &*request.name {
            "check" => of(arguments).and_then(|arguments| tools.check(arguments)),
            "fix" => of(arguments).and_then(|arguments| tools.fix(arguments)),
            "explain" => of(arguments).and_then(|arguments| Tools::explain(&arguments)),
            "payloads" => of(arguments).and_then(|_: Payloads| tools.payloads()),
            "schema" => of(arguments).and_then(|arguments| tools.schema(&arguments)),
            other => {
                let why = format!("unknown tool `{other}`");
                return Err(ErrorData::invalid_params(why, None));
            }
        };
        Ok(result(answer).into())
    }
}

/// The arguments of a tool. An error is an answer that the model can read.
fn of<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, String> {
    serde_json::from_value(Value::Object(arguments))
        .map_err(|error| format!("the arguments are wrong: {error}"))
}

fn result(answer: Answer) -> CallToolResult {
    match answer {
        Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
        // The error may repeat an argument.
        Err(why) => {
            let why = pipelint::redacted(&why).into_owned();
            CallToolResult::error(vec![ContentBlock::text(why)])
        }
    }
}

/// The tools. All of them are read-only.
fn list() -> Vec<Tool> {
    vec![
        tool::<Check>(
            "check",
            "Check a payload",
            "Checks a JSON payload for a sales-pipeline API. Each finding has line:column, severity, rule and JSON pointer, then help, then a fix with its edits.",
        ),
        tool::<Fix>(
            "fix",
            "Fix a payload",
            "Applies the fixes of all findings to a payload and answers the fixed text, and what is left. No file is changed.",
        ),
        tool::<Explain>(
            "explain",
            "Explain a rule",
            "Explains a rule: what it finds, why, what to do, and examples. For a group, lists its rules.",
        ),
        tool::<Payloads>(
            "payloads",
            "List the payloads",
            "Lists the payloads that can be checked, each with its system and what it is.",
        ),
        tool::<Schema>(
            "schema",
            "Show a schema",
            "Shows the JSON Schema of a payload, with the meaning of each property, or that of one property.",
        ),
    ]
}

fn tool<T: JsonSchema + 'static>(
    name: &'static str,
    title: &'static str,
    description: &'static str,
) -> Tool {
    let annotations = ToolAnnotations::new().read_only(true).open_world(false);
    Tool::new(name, description, schema_for_type::<T>())
        .with_title(title)
        .with_annotations(annotations)
}
