//! What a bad request is answered with.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use pipelint::contract::{Contract, Meaning, Part};
use pipelint::{OwnedReport, Severity};

use crate::overlay::OverlayFault;
use crate::parts::Said;
use crate::settings::Reply;
use crate::{problem, vendor};

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The content type is not JSON.
    ContentType,
    /// The body is larger than the limit.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The body ended before it should have, or could not be read.
    CutOff,
    /// The body is no JSON.
    NotJson,
    /// The credential in the headers is missing or malformed.
    Credential,
    /// Another header, or a part of the path, is wrong.
    Parts,
    /// The body is JSON, but not what the vendor takes.
    Refused,
}

impl Reason {
    /// The status that it is answered with.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::CutOff | Self::NotJson | Self::Parts => StatusCode::BAD_REQUEST,
            Self::Credential => StatusCode::UNAUTHORIZED,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// One word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContentType => "content-type",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::CutOff => "cut-off",
            Self::NotJson => "not-json",
            Self::Credential => "credential",
            Self::Parts => "parts",
            Self::Refused => "refused",
        }
    }

    /// What it means, as a sentence without a full stop.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ContentType => "The content type must be application/json",
            Self::TooLarge => "The body is too large",
            Self::TooSlow => "The body did not come in time",
            Self::CutOff => "The body could not be read to its end",
            Self::NotJson => "The body is no JSON",
            Self::Credential => "The credential is missing or malformed",
            Self::Parts => "A header or a part of the path is wrong",
            Self::Refused => "The payload has faults",
        }
    }
}

/// A refused request: why, and everything that is to be said of it.
#[derive(Debug)]
pub struct Rejection {
    reason: Reason,
    contract: &'static Contract<'static>,
    said: Said,
    reply: Reply,
}

impl Rejection {
    /// A request whose body was not checked.
    pub(crate) fn new(reason: Reason, contract: &'static Contract<'static>, reply: Reply) -> Self {
        let refusal = Self {
            reason,
            contract,
            said: Said::default(),
            reply,
        };
        refusal.trace();
        refusal
    }

    /// A request that was checked; some part of it has an error.
    pub(crate) fn of(said: Said, contract: &'static Contract<'static>, reply: Reply) -> Self {
        let refusal = Self {
            reason: reason(&said),
            contract,
            said,
            reply,
        };
        refusal.trace();
        refusal
    }

    /// Why it was refused.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The payload that the body should have been.
    #[must_use]
    pub fn contract(&self) -> &'static Contract<'static> {
        self.contract
    }

    /// The parts of the request of which something is to be said; none if the body could not be
    /// read.
    #[must_use]
    pub fn parts(&self) -> &[OwnedReport] {
        &self.said.kept
    }

    /// What the policy's own JSON Schemas refuse, and what else they say. They are asked only with
    /// the feature `policy`.
    #[must_use]
    pub fn policy(&self) -> &[OverlayFault] {
        &self.said.policy
    }

    /// All errors' messages, in order.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let mut own = Vec::new();
        for kept in &self.said.kept {
            let report = kept.report();
            let errors = report.diagnostics();
            let errors = errors.filter(|diagnostic| diagnostic.severity() == Severity::Error);
            own.extend(errors.map(|diagnostic| diagnostic.message()));
        }
        let all = self.with_own(own.iter().map(String::as_str));
        all.into_iter().map(str::to_owned).collect()
    }

    /// All errors' messages, behind those of the parts.
    pub(crate) fn with_own<'m>(&'m self, own: impl Iterator<Item = &'m str>) -> Vec<&'m str> {
        let mut messages: Vec<_> = own.collect();
        let policy = self.said.policy.iter().filter(|fault| fault.is_error());
        messages.extend(policy.map(OverlayFault::message));
        if messages.is_empty() {
            messages.push(self.reason.title());
        }
        messages
    }

    /// Tells the log, without any value of the request.
    fn trace(&self) {
        if !tracing::enabled!(target: "pipelint", tracing::Level::DEBUG) {
            return;
        }
        let (mut errors, mut warnings) = (0, 0);
        let mut rules: Vec<&str> = Vec::new();
        let mut count = |severity, rule| {
            match severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
                Severity::Info => {}
            }
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        };
        for kept in &self.said.kept {
            for diagnostic in kept.report().diagnostics() {
                count(diagnostic.severity(), diagnostic.rule().name);
            }
        }
        for fault in &self.said.policy {
            count(fault.severity(), fault.rule());
        }
        tracing::debug!(
            target: "pipelint",
            payload = self.contract.id,
            reason = self.reason.name(),
            status = self.reason.status().as_u16(),
            errors,
            warnings,
            rules = rules.join(","),
            "request refused"
        );
    }
}

/// The reason that weighs most: a credential, then what is no JSON, then headers and path.
fn reason(said: &Said) -> Reason {
    let around = |fault: &OverlayFault| fault.is_error() && fault.is_of_parts();
    let mut reason = if said.policy.iter().any(around) {
        Reason::Parts
    } else {
        Reason::Refused
    };
    for part in &said.kept {
        let report = part.report();
        let mut errors = report
            .diagnostics()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error);
        match part.contract().part {
            Part::Headers => {
                let object = part.contract().root.object;
                for error in errors {
                    let pointer = error.pointer();
                    let secret = object.is_some_and(|object| {
                        object.properties.iter().any(|property| {
                            matches!(property.schema.meaning, Meaning::Credential(_))
                                && pointer
                                    .strip_prefix('/')
                                    .is_some_and(|name| name.eq_ignore_ascii_case(property.name))
                        })
                    });
                    if secret {
                        return Reason::Credential;
                    }
                    reason = Reason::Parts;
                }
            }
            Part::Path => {
                if errors.next().is_some() {
                    reason = Reason::Parts;
                }
            }
            _ => {
                if errors.any(|error| error.rule().name == "json/too-large") {
                    return Reason::TooLarge;
                }
                if report.value().is_none() {
                    reason = Reason::NotJson;
                }
            }
        }
    }
    reason
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let messages = self.messages();
        write!(f, "{}: {}", self.contract.id, messages.join("; "))
    }
}

impl std::error::Error for Rejection {}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match &self.reply {
            Reply::Problem => problem::reply(&self),
            Reply::Vendor => vendor::reply(&self),
            Reply::Own(reply) => reply(&self),
        }
    }
}
