//! How requests are checked, and how faults and warnings are reported.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderName, HeaderValue, Request};
use pipelint::{Instant, Locale, Mask, Options, Policy, SeverityOverrides};
#[cfg(feature = "policy")]
use pipelint_overlay::SchemaOverlays;
use tower::{Layer, Service};

use crate::rejection::Reply;

/// The header that names the warnings of a payload that was taken, one member of a structured
/// list (RFC 9651) each: `"schema/unknown-property";pointer="/stagee"`.
pub const WARNINGS_HEADER: HeaderName = HeaderName::from_static("pipelint-warnings");

/// Where the warnings of a payload go that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Warnings {
    /// To the handler only, with the value.
    #[default]
    Handler,
    /// To the handler, and to the client in the response's header `Pipelint-Warnings`.
    Header,
}

/// How requests are checked. It is a layer: put it on a router or on a route.
///
/// ```
/// use axum::Router;
/// use axum::routing::post;
/// use pipelint::ruddr::CreateOpportunityStage;
/// use pipelint_axum::{CheckedJson, Reply, Settings, Warnings};
///
/// async fn create(stage: CheckedJson<CreateOpportunityStage>) -> String {
///     format!("made {}", stage.name)
/// }
///
/// let settings = Settings::new()
///     .limit(64 << 10)
///     .headers(true)
///     .reply(Reply::Vendor)
///     .warnings(Warnings::Header);
/// let app: Router = Router::new()
///     .route("/opportunity-stages", post(create))
///     .layer(settings);
/// ```
#[derive(Clone)]
pub struct Settings(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    limit: usize,
    timeout: Duration,
    headers: bool,
    path: bool,
    reply: Reply,
    warnings: Warnings,
    /// How payloads are judged. Its time and its size are those of no request.
    options: Options,
    #[cfg(feature = "policy")]
    schemas: Arc<SchemaOverlays>,
    clock: Arc<dyn Fn() -> Instant + Send + Sync>,
}

impl Default for Settings {
    /// Those of [`Settings::new`], made once.
    fn default() -> Self {
        static USUAL: LazyLock<Settings> = LazyLock::new(Settings::new);
        USUAL.clone()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("limit", &self.0.limit)
            .field("timeout", &self.0.timeout)
            .field("headers", &self.0.headers)
            .field("path", &self.0.path)
            .field("reply", &self.0.reply)
            .field("warnings", &self.0.warnings)
            .finish_non_exhaustive()
    }
}

/// The time by the system's clock.
fn now() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Instant {
        seconds: since.as_secs().cast_signed(),
        nanos: since.subsec_nanos(),
    }
}

impl Settings {
    /// Bodies of at most 1 MiB that come within 30 seconds; neither headers nor path are checked;
    /// faults are reported as problems, warnings to the handler; the time is the system's.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Inner {
            limit: 1 << 20,
            timeout: Duration::from_secs(30),
            headers: false,
            path: false,
            reply: Reply::default(),
            warnings: Warnings::default(),
            options: Options::at(Instant {
                seconds: 0,
                nanos: 0,
            }),
            #[cfg(feature = "policy")]
            schemas: Arc::default(),
            clock: Arc::new(now),
        }))
    }

    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// The most bytes that a body may have. axum's own `DefaultBodyLimit` plays no part.
    #[must_use]
    pub fn limit(self, bytes: usize) -> Self {
        self.with(|inner| inner.limit = bytes)
    }

    /// The longest time that a body may take to come in.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        self.with(|inner| inner.timeout = timeout)
    }

    /// Whether the request's headers are checked against the vendor's, too.
    #[must_use]
    pub fn headers(self, checked: bool) -> Self {
        self.with(|inner| inner.headers = checked)
    }

    /// Whether the parameters of the route's path are checked against the vendor's, too. The route
    /// has to name them as the vendor does.
    #[must_use]
    pub fn path(self, checked: bool) -> Self {
        self.with(|inner| inner.path = checked)
    }

    /// How faults are reported.
    #[must_use]
    pub fn reply(self, reply: Reply) -> Self {
        self.with(|inner| inner.reply = reply)
    }

    /// Where warnings go.
    #[must_use]
    pub fn warnings(self, warnings: Warnings) -> Self {
        self.with(|inner| inner.warnings = warnings)
    }

    /// Other severities for some rules, or none.
    #[must_use]
    pub fn levels(self, levels: SeverityOverrides) -> Self {
        self.with(|inner| inner.options.levels = levels)
    }

    /// What the policy says of its own records: its stages, pipelines, owners, currencies, choices
    /// and limits of value.
    #[must_use]
    pub fn policy(self, policy: impl Into<Arc<Policy>>) -> Self {
        self.with(|inner| inner.options.policy = Some(policy.into()))
    }

    /// The values that no reply may show, beside credentials.
    #[must_use]
    pub fn mask(self, mask: Mask) -> Self {
        self.with(|inner| inner.options.mask = mask)
    }

    /// The language of messages and help. Those beside English are features of the crate
    /// `pipelint`, such as `locale-de`.
    #[must_use]
    pub fn locale(self, locale: Locale) -> Self {
        self.with(|inner| inner.options.locale = locale)
    }

    /// How payloads are judged, all at once: levels, policy, mask, limits and language, as the crate
    /// `pipelint-config` reads them from `pipelint.toml`. Their limit of size becomes that of
    /// bodies; their time is not looked at.
    #[must_use]
    pub fn options(self, options: Options) -> Self {
        self.with(|inner| {
            inner.limit = options.limits.size as usize;
            inner.options = options;
        })
    }

    /// JSON Schemas of the policy, laid over requests, and over their headers and paths where these
    /// are checked.
    #[cfg(feature = "policy")]
    #[must_use]
    pub fn schemas(self, schemas: impl Into<Arc<SchemaOverlays>>) -> Self {
        self.with(|inner| inner.schemas = schemas.into())
    }

    /// Another clock than the system's, for tests.
    #[must_use]
    pub fn clock(self, clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        self.with(|inner| inner.clock = Arc::new(clock))
    }

    /// How a payload that came just now is judged.
    pub(crate) fn options_now(&self) -> Options {
        let mut options = self.0.options.clone();
        options.now = (self.0.clock)();
        options.limits.size = u32::try_from(self.0.limit).unwrap_or(u32::MAX);
        options
    }

    #[cfg(feature = "policy")]
    pub(crate) fn policy_schemas(&self) -> &SchemaOverlays {
        &self.0.schemas
    }

    pub(crate) fn body_limit(&self) -> usize {
        self.0.limit
    }

    pub(crate) fn body_timeout(&self) -> Duration {
        self.0.timeout
    }

    pub(crate) fn checks_headers(&self) -> bool {
        self.0.headers
    }

    pub(crate) fn checks_path(&self) -> bool {
        self.0.path
    }

    pub(crate) fn reply_with(&self) -> Reply {
        self.0.reply.clone()
    }
}

/// Where the extractor leaves the value of the warnings header for the layer.
#[derive(Clone, Default)]
pub(crate) struct WarningsSlot(pub(crate) Arc<OnceLock<HeaderValue>>);

impl<S> Layer<S> for Settings {
    type Service = SettingsService<S>;

    fn layer(&self, inner: S) -> SettingsService<S> {
        SettingsService {
            inner,
            settings: self.clone(),
        }
    }
}

/// The service of the layer [`Settings`].
#[derive(Debug, Clone)]
pub struct SettingsService<S> {
    inner: S,
    settings: Settings,
}

impl<S, B, R> Service<Request<B>> for SettingsService<S>
where
    S: Service<Request<B>, Response = http::Response<R>>,
    S::Future: Unpin,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = SettingsFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let extensions = request.extensions_mut();
        extensions.insert(self.settings.clone());
        let slot = (self.settings.0.warnings == Warnings::Header).then(WarningsSlot::default);
        if let Some(slot) = &slot {
            extensions.insert(slot.clone());
        }
        SettingsFuture {
            inner: self.inner.call(request),
            slot,
        }
    }
}

/// The response of [`SettingsService`].
pub struct SettingsFuture<F> {
    inner: F,
    slot: Option<WarningsSlot>,
}

impl<F> fmt::Debug for SettingsFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SettingsFuture").finish_non_exhaustive()
    }
}

impl<F, R, E> Future for SettingsFuture<F>
where
    F: Future<Output = Result<http::Response<R>, E>> + Unpin,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut response = ready!(Pin::new(&mut self.inner).poll(cx));
        if let Ok(response) = &mut response
            && let Some(value) = self.slot.take().and_then(|slot| slot.0.get().cloned())
        {
            response.headers_mut().insert(WARNINGS_HEADER, value);
        }
        Poll::Ready(response)
    }
}
