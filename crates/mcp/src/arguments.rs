//! The arguments of the tools. Their descriptions are what the model reads.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;

/// The arguments of `check`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// The payload itself, as JSON text. Give either this or `path`.
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// A file with the payload, from the folder of the server. Give either this or `text`.
    #[serde(default)]
    pub(crate) path: Option<String>,
    /// The name of the payload, such as `leadlex/create-deal`; the tool `payloads` lists them.
    /// Without it, `pipelint.toml` or the
    /// keys decide.
    #[serde(default)]
    pub(crate) payload: Option<String>,
    /// The layout of the text. Without it, the extension of `path` decides; a `text` is JSON.
    #[serde(default)]
    pub(crate) format: Option<Format>,
    /// The most findings in the answer, from 1 to 200. Without it, 20.
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    pub(crate) limit: Option<usize>,
}

/// The arguments of `fix`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fix {
    /// The payload itself, as JSON text. Give either this or `path`.
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// A file with the payload, from the folder of the server. The file is not changed. Give
    /// either this or `text`.
    #[serde(default)]
    pub(crate) path: Option<String>,
    /// The name of the payload, such as `leadlex/create-deal`; the tool `payloads` lists them.
    /// Without it, `pipelint.toml` or the
    /// keys decide.
    #[serde(default)]
    pub(crate) payload: Option<String>,
    /// The layout of the text. Without it, the extension of `path` decides; a `text` is JSON.
    #[serde(default)]
    pub(crate) format: Option<Format>,
    /// Whether to apply fixes that may change what the payload means, too.
    #[serde(default, rename = "unsafe")]
    pub(crate) with_unsafe: bool,
}

/// The layout of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// One payload.
    Json,
    /// One payload a line.
    Ndjson,
}

/// The arguments of `explain`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Explain {
    /// The name of a rule, such as `money/negative`; or of a group, such as `money`, to list its
    /// rules.
    pub(crate) rule: String,
}

/// The arguments of `payloads`: none.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payloads {}

/// The arguments of `schema`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Schema {
    /// The name of the payload, such as `leadlex/create-deal`; the tool `payloads` lists them.
    pub(crate) payload: String,
    /// The JSON pointer of a property, such as `/currency`, to get only its schema. Write `*` for
    /// the items of an array.
    #[serde(default)]
    pub(crate) property: Option<String>,
}
