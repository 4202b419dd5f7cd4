//! The extractor.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::ops::Deref;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use pipelint::{Checker, Options, OwnedReport, Payload};

use crate::check;
use crate::overlay::OverlayFault;
use crate::parts;
use crate::rejection::{Reason, Rejection};
use crate::request_diagnostics::RequestDiagnostics;
use crate::settings::{Settings, WarningsSlot};

/// A payload that passed its check: `T`, with its warnings.
///
/// As an extractor it answers every bad request by itself; see the [crate] for how, and
/// [`Settings`] for the choices. It takes the body, so it is a handler's last argument.
#[derive(Debug, Clone)]
pub struct CheckedJson<T> {
    checked: pipelint::Checked<T>,
    policy: Vec<OverlayFault>,
}

impl<T> CheckedJson<T> {
    /// The payload itself.
    pub fn into_inner(self) -> T {
        self.checked.into_inner()
    }

    /// The payload with its warnings and advice; `None` if there was nothing to say.
    #[must_use]
    pub fn warnings(&self) -> Option<&OwnedReport> {
        self.checked.warnings()
    }

    /// What the policy's own JSON Schemas say, where their levels make it less than an error. See
    /// [`Settings::schemas`](crate::Settings), which needs the feature `policy`.
    #[must_use]
    pub fn policy(&self) -> &[OverlayFault] {
        &self.policy
    }
}

impl<T> Deref for CheckedJson<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.checked
    }
}

impl<S, T> FromRequest<S> for CheckedJson<T>
where
    S: Send + Sync,
    T: Payload,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, Rejection> {
        let (mut head, body) = request.into_parts();
        let settings = head.extensions.get::<Settings>().cloned();
        let settings = settings.unwrap_or_default();
        let refuse = |reason| Rejection::new(reason, T::CONTRACT, settings.reply_with());

        if !is_json(&head.headers) {
            return Err(refuse(Reason::ContentType));
        }
        let body = match read(body, &head.headers, &settings).await {
            Ok(body) => body,
            Err(reason) => return Err(refuse(reason)),
        };
        let options = settings.options_now();

        let mut found = RequestDiagnostics::default();
        if settings.checks_path()
            && let Some(contract) = T::PATH
        {
            let path = parts::path(&mut head).await;
            check::part(&mut found, contract, path.as_bytes(), &options, &settings);
        }
        if settings.checks_headers()
            && let Some(contract) = T::HEADERS
        {
            let headers = parts::headers(contract, &head.headers);
            check::part(
                &mut found,
                contract,
                headers.as_bytes(),
                &options,
                &settings,
            );
        }

        match parse::<T>(&body, &options, &settings, &mut found.policy) {
            Ok(payload) if !found.has_errors() => {
                tell(&payload, &found, head.extensions.get());
                Ok(Self {
                    checked: payload,
                    policy: found.policy,
                })
            }
            parsed => {
                found.reports.extend(match parsed {
                    Ok(payload) => payload.warnings().cloned(),
                    Err(body) => Some(body),
                });
                Err(Rejection::of(found, T::CONTRACT, settings.reply_with()))
            }
        }
    }
}

/// Whether the content type is JSON's, or one that says that it is built on JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default().trim();
    let Some((media, rest)) = essence.split_once('/') else {
        return false;
    };
    let suffix = rest.rsplit_once('+').map_or(rest, |(_, suffix)| suffix);
    media.eq_ignore_ascii_case("application") && suffix.eq_ignore_ascii_case("json")
}

/// Reads a body to its end, within the limits.
async fn read(body: Body, headers: &HeaderMap, settings: &Settings) -> Result<Bytes, Reason> {
    let limit = settings.body_limit();
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Reason::TooLarge);
    }
    let whole = Limited::new(body, limit).collect();
    match tokio::time::timeout(settings.body_timeout(), whole).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Reason::TooLarge),
        Ok(Err(_)) => Err(Reason::CutOff),
        Err(_) => Err(Reason::TooSlow),
    }
}

/// Larger bodies are not checked in the thread's buffers, which would keep their size.
const LARGE: usize = 64 << 10;

/// Checks and reads a body, in buffers that the thread uses again.
fn parse<T: Payload>(
    body: &[u8],
    options: &Options,
    settings: &Settings,
    faults: &mut Vec<OverlayFault>,
) -> Result<pipelint::Checked<T>, OwnedReport> {
    thread_local! {
        static CHECKER: RefCell<Checker> = RefCell::new(Checker::new());
    }
    let asked = check::has_overlays(settings);
    let mut parse = |checker: &mut Checker| {
        let parsed = checker.parse::<T>(body, options);
        let parsed = parsed.map_err(|report| OwnedReport::of(T::CONTRACT, &report));
        if asked {
            let report = checker.last(T::CONTRACT, body, options);
            faults.extend(check::overlay_faults(settings, &report));
        }
        parsed
    };
    if body.len() > LARGE {
        return parse(&mut Checker::new());
    }
    CHECKER.with(|checker| match checker.try_borrow_mut() {
        Ok(mut checker) => parse(&mut checker),
        // A type's own reading code checks another payload meanwhile.
        Err(_) => parse(&mut Checker::new()),
    })
}

/// The most warnings that the header names.
const NAMED: usize = 16;

/// Leaves the warnings for the response's header.
fn tell<T>(
    payload: &pipelint::Checked<T>,
    found: &RequestDiagnostics,
    slot: Option<&WarningsSlot>,
) {
    let Some(slot) = slot else {
        return;
    };
    let mut value = String::new();
    let mut named = 0;
    let mut tell = |rule: &str, pointer: &str| {
        if named == NAMED {
            return;
        }
        if named > 0 {
            value.push_str(", ");
        }
        named += 1;
        for (start, text) in [("", rule), (";pointer=", pointer)] {
            value.push_str(start);
            push_string(&mut value, text);
        }
    };
    for kept in found.reports.iter().chain(payload.warnings()) {
        let report = kept.report();
        for diagnostic in report.diagnostics().take(NAMED) {
            tell(diagnostic.rule().name, &diagnostic.pointer());
        }
    }
    for fault in &found.policy {
        tell(fault.rule(), fault.pointer());
    }
    if let Ok(value) = HeaderValue::try_from(value)
        && named > 0
    {
        let _ = slot.0.set(value);
    }
}

/// Adds a string of a structured field. It is ASCII, so other characters are written as in a URI.
fn push_string(value: &mut String, text: &str) {
    value.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => value.extend(['\\', character]),
            ' '..='~' if character != '%' => value.push(character),
            other => {
                for byte in other.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(value, "%{byte:02X}");
                }
            }
        }
    }
    value.push('"');
}
