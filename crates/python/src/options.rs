//! Options: the keyword arguments of every check, read as `pipelint.toml` is.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Utc};
use pipelint::contract::Contract;
use pipelint::values::nearest::nearest;
use pipelint::{Instant, Options, payloads};
use pipelint_config::{Config, Settings};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::Value;

use crate::{error, json};

/// The keyword arguments that every check takes, beside `now`.
const KEYS: [&str; 6] = ["config", "limits", "locale", "mask", "policy", "rules"];

/// The contract of that name.
pub(crate) fn contract(py: Python<'_>, name: &str) -> PyResult<&'static Contract<'static>> {
    payloads::by_id(name).ok_or_else(|| {
        let ids = payloads::ALL.iter().map(|contract| contract.id);
        let operations = payloads::ALL.iter().map(|contract| contract.operation);
        let hint = match nearest(name, operations.chain(ids)) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "`pipelint.payloads()` lists the names".to_owned(),
        };
        error::unknown_payload(py, format!("there is no payload `{name}`; {hint}"))
    })
}

/// How payloads are judged, but for the time if that is the clock's.
#[derive(Debug, Clone)]
pub(crate) struct Rulebook {
    /// As of the Unix epoch, which [`Self::at`] replaces.
    options: Arc<Options>,
    /// The time that the configuration sets.
    now: Option<Instant>,
}

impl Rulebook {
    /// Reads keyword arguments.
    pub(crate) fn new(py: Python<'_>, arguments: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let epoch = Instant {
            seconds: 0,
            nanos: 0,
        };
        let Some(arguments) = arguments.filter(|arguments| !arguments.is_empty()) else {
            return Ok(Self {
                options: Arc::new(Options::at(epoch)),
                now: None,
            });
        };
        let settings = settings(py, arguments)?;
        Ok(Self {
            options: Arc::new(settings.without_file(epoch).options),
            now: settings.now(),
        })
    }

    /// The options as of `now`: the argument, or the configuration's, or the clock.
    pub(crate) fn at(&self, now: Option<&Bound<'_, PyAny>>) -> PyResult<Options> {
        let now = match (now, self.now) {
            (Some(now), _) => instant(now)?,
            (None, Some(now)) => now,
            (None, None) => Utc::now().into(),
        };
        Ok(Options::clone(&self.options).with_now(now))
    }
}

fn settings(py: Python<'_>, arguments: &Bound<'_, PyDict>) -> PyResult<Settings> {
    let mut config = None;
    let mut table = serde_json::Map::new();
    for (key, value) in arguments {
        let key: String = key.extract()?;
        if !KEYS.contains(&key.as_str()) {
            let hint = nearest(&key, KEYS.into_iter()).map_or_else(String::new, |nearest| {
                format!("; did you mean `{nearest}`?")
            });
            let known = KEYS.join("`, `");
            let message = format!("no option `{key}`{hint} The options are `now`, `{known}`.");
            return Err(PyTypeError::new_err(message));
        }
        if value.is_none() {
            continue;
        }
        if key == "config" {
            config = Some(value.extract::<PathBuf>()?);
            continue;
        }
        let mut text = Vec::new();
        json::write(&value, &mut text)?;
        let mut value: Value = serde_json::from_slice(&text)
            .map_err(|fault| error::options(py, format!("`{key}`: {fault}")))?;
        if key == "policy" {
            value = in_kebab_case(value);
        }
        table.insert(key, value);
    }
    if let Some(file) = config {
        if !table.is_empty() {
            return Err(PyTypeError::new_err(
                "`config` reads all options from a file; leave the others out, or write them in \
                 that file",
            ));
        }
        let settings =
            Settings::read(&file).map_err(|fault| error::options(py, fault.to_string()))?;
        refuse_schemas(py, &settings)?;
        return Ok(settings);
    }
    let config: Config = serde_json::from_value(Value::Object(table))
        .map_err(|fault| error::options(py, fault.to_string()))?;
    let settings = Settings::of(&config, &PathBuf::new())
        .map_err(|fault| error::options(py, fault.to_string()))?;
    refuse_schemas(py, &settings)?;
    Ok(settings)
}

/// Overlays are checked by another engine, which the package does not contain.
fn refuse_schemas(py: Python<'_>, settings: &Settings) -> PyResult<()> {
    if settings.schemas().next().is_none() {
        return Ok(());
    }
    let message = "`policy.schemas`: the Python package does not check JSON Schemas of your own; \
                   use the command line or the HTTP service for that";
    Err(error::options(py, message.to_owned()))
}

/// The keys of a policy are Python's in Python: `least_value` for `least-value`.
fn in_kebab_case(policy: Value) -> Value {
    let Value::Object(policy) = policy else {
        return policy;
    };
    let renamed = policy
        .into_iter()
        .map(|(key, value)| (key.replace('_', "-"), value));
    Value::Object(renamed.collect())
}

/// A `datetime` with a time zone, or an RFC 3339 text.
fn instant(now: &Bound<'_, PyAny>) -> PyResult<Instant> {
    if let Ok(text) = now.extract::<&str>() {
        return text
            .parse()
            .map_err(|fault| PyValueError::new_err(format!("now: {fault}")));
    }
    if let Ok(time) = now.extract::<DateTime<FixedOffset>>() {
        return Ok(time.into());
    }
    let datetime = now.py().import("datetime")?.getattr("datetime")?;
    if !now.is_instance(&datetime)? {
        return Err(PyTypeError::new_err(
            "now: give a datetime with a time zone, or an RFC 3339 text such as \
             \"2026-06-01T00:00:00Z\"",
        ));
    }
    if now.getattr("tzinfo")?.is_none() {
        return Err(PyValueError::new_err(
            "now: the datetime has no time zone; write datetime.now(timezone.utc)",
        ));
    }
    // A zone whose offset depends on the day, such as one of `zoneinfo`.
    let utc = now
        .py()
        .import("datetime")?
        .getattr("timezone")?
        .getattr("utc")?;
    let time: DateTime<Utc> = now.call_method1("astimezone", (utc,))?.extract()?;
    Ok(time.into())
}
