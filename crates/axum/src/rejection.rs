//! A refused request.

use std::fmt;
use std::sync::Arc;

use axum::response::Response;
use http::StatusCode;
use pipelint::contract::{Contract, Meaning, Part};
use pipelint::{OwnedReport, Severity};

use crate::overlay::OverlayFault;
use crate::request_diagnostics::RequestDiagnostics;

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The content type is not JSON.
    ContentType,
    /// The body is larger than the limit.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The body ended before it should have, or could not be read.
    CutOff,
    /// The body is not JSON.
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

/// How faults are reported.
#[derive(Clone, Default)]
pub enum Reply {
    /// As `application/problem+json` (RFC 9457), with all diagnostics.
    #[default]
    Problem,
    /// In the shape that the vendor's own API answers in, so that a client of that API
    /// understands it. Where the vendor documents none, as a problem.
    Vendor,
    /// By a function of the service's own.
    Own(Arc<dyn Fn(&Rejection) -> Response + Send + Sync>),
}

impl Reply {
    /// By a function of the service's own.
    pub fn own(reply: impl Fn(&Rejection) -> Response + Send + Sync + 'static) -> Self {
        Self::Own(Arc::new(reply))
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Problem => "Problem",
            Self::Vendor => "Vendor",
            Self::Own(_) => "Own",
        })
    }
}

/// A refused request: the reason, and all diagnostics.
#[derive(Debug)]
pub struct Rejection {
    reason: Reason,
    contract: &'static Contract<'static>,
    found: RequestDiagnostics,
    reply: Reply,
}

impl Rejection {
    /// A request whose body was not checked.
    pub(crate) fn new(reason: Reason, contract: &'static Contract<'static>, reply: Reply) -> Self {
        let rejection = Self {
            reason,
            contract,
            found: RequestDiagnostics::default(),
            reply,
        };
        rejection.trace();
        rejection
    }

    /// A request that was checked; some part of it has an error.
    pub(crate) fn of(
        found: RequestDiagnostics,
        contract: &'static Contract<'static>,
        reply: Reply,
    ) -> Self {
        let rejection = Self {
            reason: reason(&found),
            contract,
            found,
            reply,
        };
        rejection.trace();
        rejection
    }

    /// How it is answered.
    pub(crate) fn reply(&self) -> &Reply {
        &self.reply
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

    /// The parts of the request with diagnostics; none if the body could not be read.
    #[must_use]
    pub fn parts(&self) -> &[OwnedReport] {
        &self.found.reports
    }

    /// What the policy's own JSON Schemas refuse, and what else they say. They are asked only with
    /// the feature `policy`.
    #[must_use]
    pub fn policy(&self) -> &[OverlayFault] {
        &self.found.policy
    }

    /// All errors' messages, in order.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let mut own = Vec::new();
        for part in &self.found.reports {
            let report = part.report();
            let errors = report.diagnostics();
            let errors = errors.filter(|diagnostic| diagnostic.severity() == Severity::Error);
            own.extend(errors.map(|diagnostic| diagnostic.message()));
        }
        let all = self.messages_after(own.iter().map(String::as_str));
        all.into_iter().map(str::to_owned).collect()
    }

    /// The messages of all errors, after those of the parts.
    pub(crate) fn messages_after<'m>(&'m self, own: impl Iterator<Item = &'m str>) -> Vec<&'m str> {
        let mut messages: Vec<_> = own.collect();
        let policy = self.found.policy.iter().filter(|fault| fault.is_error());
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
                _ => {}
            }
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        };
        for part in &self.found.reports {
            for diagnostic in part.report().diagnostics() {
                count(diagnostic.severity(), diagnostic.rule().name);
            }
        }
        for fault in &self.found.policy {
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

/// The reason that weighs most: a credential, then what is not JSON, then headers and path.
fn reason(found: &RequestDiagnostics) -> Reason {
    let around = |fault: &OverlayFault| fault.is_error() && fault.is_of_parts();
    let mut reason = if found.policy.iter().any(around) {
        Reason::Parts
    } else {
        Reason::Refused
    };
    for part in &found.reports {
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
