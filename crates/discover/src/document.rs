//! JSON and YAML documents.

use serde_json::Value;

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The text starts like JSON, but is not.
    #[error("invalid JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The text is not YAML.
    #[error("invalid YAML: {0}")]
    Yaml(String),
    /// The text holds no object.
    #[error("expected an object at the top of the document, found {0}")]
    NotAnObject(&'static str),
}

/// Reads a document from JSON or YAML. A text whose first character is `{` or `[` is JSON if it
/// parses as JSON, and YAML in flow style otherwise.
///
/// # Errors
///
/// [`ReadError`] with the line and column of the first syntax error, or if the document is not an
/// object.
pub fn read(text: &str) -> Result<Value, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(json) => match serde_saphyr::from_str::<Value>(text) {
            Ok(value) => value,
            Err(_) if text.trim_start().starts_with(['{', '[']) => return Err(json.into()),
            Err(yaml) => return Err(ReadError::Yaml(yaml.to_string())),
        },
    };
    match value {
        Value::Object(_) => Ok(value),
        other => Err(ReadError::NotAnObject(kind(&other))),
    }
}

/// The JSON type of a value, with its article.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
