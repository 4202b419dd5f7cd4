//! The configuration of the service.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use pipelint::contract::{Contract, Part};
use pipelint::{Instant, Limits, Locale, Mask, Options, Policy, SeverityOverrides, payloads};
use pipelint_overlay::SchemaOverlays;

/// How the service is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on: 127.0.0.1:8471.
    pub address: SocketAddr,
    /// The limits of each payload. That of its size is the one of a body, and of one line of a
    /// stream: 8 MiB.
    pub limits: Limits,
    /// The host names under which the service may be called, beside IP addresses, `localhost` and
    /// names below it; `*` allows every name. Empty by default.
    ///
    /// A service that only this machine can reach refuses other names in the header `Host`, so
    /// that no web page can reach it under a name of its own (DNS rebinding). One that listens on
    /// another address does so if a name is given here.
    pub allowed_hosts: Vec<String>,
    /// The longest wait for headers, for a whole body, for the next bytes of a stream, and for a
    /// client that does not read: 30 seconds.
    pub timeout: Duration,
    /// The longest time that one stream may take: 15 minutes.
    pub stream_timeout: Duration,
    /// The most checks at once: 64. Another request is answered with 503; a stream waits.
    pub checks: usize,
    /// The most connections at once: 1024. Another one waits.
    pub connections: usize,
    /// How long requests under way may take when the service is told to stop: 10 seconds.
    pub shutdown_timeout: Duration,
    /// Other severities for some rules, or none.
    pub levels: SeverityOverrides,
    /// The policy for your own records, if there is one.
    pub policy: Option<Arc<Policy>>,
    /// Your own JSON Schemas, laid over payloads.
    pub schemas: Arc<SchemaOverlays>,
    /// Payloads of your own, compiled at run time, in addition to the built-in ones.
    pub payloads: Vec<&'static Contract<'static>>,
    /// The values that no response may show. Credentials are never shown.
    pub mask: Mask,
    /// The time that counts as now where a request names none; `None` for the system's clock.
    pub now: Option<Instant>,
    /// The language of messages and help where a request's `Accept-Language` names none that is
    /// known.
    pub locale: Locale,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 8471).into(),
            limits: Limits::default(),
            allowed_hosts: Vec::new(),
            timeout: Duration::from_secs(30),
            stream_timeout: Duration::from_mins(15),
            checks: 64,
            connections: 1024,
            shutdown_timeout: Duration::from_secs(10),
            levels: SeverityOverrides::default(),
            policy: None,
            schemas: Arc::default(),
            payloads: Vec::new(),
            mask: Mask::default(),
            now: None,
            locale: Locale::default(),
        }
    }
}

impl Config {
    /// How payloads are judged, as of that time, in that language.
    pub(crate) fn options(&self, now: Option<Instant>, locale: Option<Locale>) -> Options {
        Options::at(now.or(self.now).unwrap_or_else(clock))
            .with_limits(self.limits)
            .with_levels(self.levels.clone())
            .with_policy(self.policy.clone())
            .with_mask(self.mask.clone())
            .with_locale(locale.unwrap_or(self.locale))
    }

    /// All payloads: the built-in ones and your own.
    pub(crate) fn all_payloads(&self) -> impl Iterator<Item = &'static Contract<'static>> + '_ {
        payloads::ALL.iter().chain(&self.payloads).copied()
    }

    /// The payload of that name; `<system>/<operation>` alone means its request.
    pub(crate) fn payload(&self, name: &str) -> Option<&'static Contract<'static>> {
        self.all_payloads().find(|contract| {
            contract.id == name || contract.operation == name && contract.part == Part::Request
        })
    }

    /// The most bytes of a body, and of one line of a stream.
    pub(crate) fn limit(&self) -> usize {
        self.limits.size as usize
    }
}

/// The time by the system's clock.
fn clock() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Instant {
        seconds: since.as_secs().cast_signed(),
        nanos: since.subsec_nanos(),
    }
}
