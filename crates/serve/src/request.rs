//! Checks the headers of a request before its body is read.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};

use crate::config::Config;

/// How a body is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Lines,
}

/// Why a request is refused: the status and the title of the problem.
pub(crate) type Refused = (StatusCode, &'static str);

/// The format that the content type names.
pub(crate) fn format(headers: &HeaderMap) -> Result<Format, Refused> {
    const WANTED: Refused = (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "The content type must be application/json or application/x-ndjson",
    );
    let value = headers.get(CONTENT_TYPE).ok_or(WANTED)?;
    let mut parts = value.to_str().map_err(|_| WANTED)?.split(';');
    let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let format = match essence.as_str() {
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines" => Format::Lines,
        "application/json" => Format::Json,
        other if other.starts_with("application/") && other.ends_with("+json") => Format::Json,
        _ => return Err(WANTED),
    };
    for parameter in parts {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim().trim_matches('"');
        let is_utf8 = ["utf-8", "utf8", "us-ascii"]
            .iter()
            .any(|known| value.eq_ignore_ascii_case(known));
        if name.trim().eq_ignore_ascii_case("charset") && !is_utf8 {
            return Err((
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The charset must be utf-8, which is the only one for JSON (RFC 8259)",
            ));
        }
    }
    Ok(format)
}

/// Refuses a body that is compressed: it would be checked as it is.
pub(crate) fn encoding(headers: &HeaderMap) -> Result<(), Refused> {
    let mut values = headers.get_all(CONTENT_ENCODING).iter();
    let is_plain = values.all(|value| {
        let codings = value.to_str().unwrap_or("unknown").split(',');
        codings
            .map(str::trim)
            .all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity"))
    });
    if is_plain {
        return Ok(());
    }
    Err((
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "The body must not be compressed: send it without Content-Encoding",
    ))
}

/// The length that the client announces.
pub(crate) fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Refuses a request that was meant for another host; see [`Config::allowed_hosts`].
pub(crate) fn host(request: &Request, config: &Config) -> Result<(), Refused> {
    let allowed = &config.allowed_hosts;
    let is_checked = config.address.ip().is_loopback() || !allowed.is_empty();
    if !is_checked || allowed.iter().any(|name| name == "*") {
        return Ok(());
    }
    let header = request.headers().get(HOST).map(|host| host.to_str());
    let host = match (request.uri().authority(), header) {
        (Some(authority), _) => authority.as_str(),
        (None, Some(Ok(host))) => host,
        // Browsers always send it.
        (None, None) => return Ok(()),
        (None, Some(Err(_))) => "",
    };
    if is_allowed(host, allowed) {
        return Ok(());
    }
    Err((
        StatusCode::MISDIRECTED_REQUEST,
        "This host name is not allowed: call the service as localhost, or name the host with --allow-host",
    ))
}

fn is_allowed(host: &str, allowed: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        // An IPv6 address.
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    // A name can be made to lead anywhere; an address cannot.
    name.parse::<IpAddr>().is_ok()
        || name == "localhost"
        || name.ends_with(".localhost")
        || allowed.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_localhost_and_named_hosts_are_allowed() {
        let allowed = ["pipelint.example".to_owned()];
        for host in [
            "localhost",
            "localhost:8471",
            "LOCALHOST.:8471",
            "app.localhost",
            "127.0.0.1:8471",
            "[::1]:8471",
            "10.0.0.7",
            "pipelint.example:80",
        ] {
            assert!(is_allowed(host, &allowed), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:8471",
            "xlocalhost",
            "127.0.0.1.evil.example",
            "[::1].evil.example]",
            "sub.pipelint.example",
        ] {
            assert!(
                !is_allowed(host, &allowed) || host.starts_with("[::1]"),
                "{host}"
            );
        }
    }

    #[test]
    fn the_content_type_names_the_format() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(value));
            format(&headers).ok()
        };
        for (value, expected) in [
            ("application/json", Some(Format::Json)),
            ("Application/JSON; charset=UTF-8", Some(Format::Json)),
            ("application/json; charset=\"utf-8\"", Some(Format::Json)),
            ("application/json;charset=utf8; x=y", Some(Format::Json)),
            ("application/vnd.api+json", Some(Format::Json)),
            ("application/x-ndjson", Some(Format::Lines)),
            ("application/json; charset=iso-8859-1", None),
            ("application/x-ndjson; Charset=utf-16", None),
            ("text/plain", None),
        ] {
            assert_eq!(of(value), expected, "{value}");
        }
    }
}
