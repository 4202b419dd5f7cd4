//! The service's own OpenAPI document.

use pipelint::payloads;
use serde_json::Value;

/// The service's calls as one OpenAPI 3.1 document. For the vendors' operations, see
/// [`openapi`](crate::openapi()).
#[must_use]
pub fn service_openapi() -> Value {
    let mut document: Value =
        serde_json::from_str(include_str!("service.json")).unwrap_or_default();
    if let Some(version) = document.pointer_mut("/info/version") {
        *version = env!("CARGO_PKG_VERSION").into();
    }
    for (place, name) in ["system", "operation", "part"].into_iter().enumerate() {
        let pointer = format!("/components/parameters/{name}/schema/enum");
        let words = payloads::ALL
            .iter()
            .filter_map(|contract| contract.id.split('/').nth(place));
        if let Some(known) = document.pointer_mut(&pointer).and_then(Value::as_array_mut) {
            for word in words.map(Value::from) {
                if !known.contains(&word) {
                    known.push(word);
                }
            }
        }
    }
    document
}
