//! Headers and path parameters as JSON objects, which their contracts describe.

use axum::extract::{FromRequestParts, RawPathParams};
use http::HeaderMap;
use http::request::Parts;
use percent_encoding::percent_decode_str;
use pipelint::contract::Contract;
use serde_json::Value;

/// One JSON object of strings. Keys may repeat.
fn object<'a>(members: impl Iterator<Item = (&'a str, std::borrow::Cow<'a, str>)>) -> String {
    let mut json = String::from("{");
    for (name, value) in members {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&Value::from(name).to_string());
        json.push(':');
        json.push_str(&Value::from(value).to_string());
    }
    json.push('}');
    json
}

/// The headers that the contract names, by the names that it gives them.
pub(crate) fn headers(contract: &Contract, headers: &HeaderMap) -> String {
    let properties = contract
        .root
        .object
        .map_or(&[][..], |object| object.properties);
    object(properties.iter().flat_map(|property| {
        headers
            .get_all(property.name)
            .into_iter()
            .map(|value| (property.name, String::from_utf8_lossy(value.as_bytes())))
    }))
}

/// The parameters of the route's path.
pub(crate) async fn path(head: &mut Parts) -> String {
    match RawPathParams::from_request_parts(head, &()).await {
        Ok(params) => object(params.iter().map(|(name, value)| (name, value.into()))),
        Err(_) => object(std::iter::empty()),
    }
}

/// The parameters of a path, by the template that it follows; `None` if it does not. What is
/// before the template's start in the path is free.
pub(crate) fn matched<'p>(template: &'p str, path: &'p str) -> Option<Vec<(&'p str, &'p str)>> {
    let mut parameters = Vec::new();
    let mut given = path.trim_end_matches('/').rsplit('/');
    for wanted in template.rsplit('/').filter(|part| !part.is_empty()) {
        let part = given.next()?;
        match wanted
            .strip_prefix('{')
            .and_then(|wanted| wanted.strip_suffix('}'))
        {
            Some(name) => parameters.push((name, part)),
            None if part == wanted => {}
            None => return None,
        }
    }
    Some(parameters)
}

/// The JSON object of path parameters.
pub(crate) fn parameters(parameters: &[(&str, &str)]) -> String {
    object(
        parameters
            .iter()
            .map(|(name, value)| (*name, unescaped(value))),
    )
}

/// A path segment's text, with its percent escapes replaced.
fn unescaped(segment: &str) -> std::borrow::Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_templates_from_their_end() {
        let template = "/v1/households/{household_id}/opportunities";
        for (path, expected) in [
            (
                "/v1/households/h%201/opportunities",
                Some(r#"{"household_id":"h 1"}"#),
            ),
            (
                "/gateway/v1/households/h1/opportunities/",
                Some(r#"{"household_id":"h1"}"#),
            ),
            (
                "/v1/households//opportunities",
                Some(r#"{"household_id":""}"#),
            ),
            ("/v1/households/h1", None),
            ("/opportunities", None),
            ("/v1/households/h1/notes", None),
        ] {
            let found = matched(template, path).map(|found| parameters(&found));
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }
}
