//! `pipelint serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use pipelint::{Instant, Locale};
use pipelint_serve::Config;

use crate::config::Loaded;
use crate::error::CliError;
use crate::{args, clock, say};

pub(crate) const EXAMPLES: &str = "\
Examples:
  pipelint serve &
  curl --data-binary @deal.json -H 'content-type: application/json' \\
      localhost:8471/check/leadlex/create-deal

  Judge as the policy wants it, and take the lines of a stream one by one:
      pipelint serve --config pipelint.toml &
      curl -T export.ndjson -X POST -H 'content-type: application/x-ndjson' \\
          localhost:8471/check/leadlex/create-deal

It ends on Ctrl-C or SIGTERM, once the requests under way are answered.";

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The address to listen on; the default can be reached from this machine only
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8471", value_parser = address)]
    pub(crate) address: SocketAddr,

    /// The configuration file; `files` and `overrides` do not apply to requests
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// The current time for requests that name none, as RFC 3339 [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Instant>,

    /// The language of messages for requests that accept no known one, en or de [default: the
    /// configuration's, or en]
    #[arg(long, value_name = "LANGUAGE", value_parser = args::locale)]
    pub(crate) locale: Option<Locale>,

    /// The timeout for headers, for a body, and for the next bytes of a stream
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) timeout: u64,

    /// The timeout for a whole stream
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) stream_timeout: u64,

    /// A host name that requests may use, besides localhost and IP addresses; `*` allows every name
    /// [can be repeated]
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,

    /// The highest number of concurrent checks; further requests are answered with 503
    #[arg(long, value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) checks: u32,

    /// The highest number of connections; further ones wait
    #[arg(long, value_name = "NUMBER", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) connections: u32,
}

/// An IP address and a port; `localhost` is the name of one.
fn address(text: &str) -> Result<SocketAddr, &'static str> {
    let text = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    let wanted = "write an IP address and a port, such as 127.0.0.1:8471, or 0.0.0.0:8471 for all who can reach this machine";
    text.parse().map_err(|_| wanted)
}

/// Serves until it is told to stop.
pub(crate) fn serve(args: &ServeArgs) -> Result<(), CliError> {
    let mut config = Config {
        address: args.address,
        timeout: Duration::from_secs(args.timeout),
        stream_timeout: Duration::from_secs(args.stream_timeout),
        allowed_hosts: args.allow_host.clone(),
        checks: args.checks as usize,
        connections: args.connections as usize,
        now: args.now,
        ..Config::default()
    };
    if let Some(file) = &args.config {
        let Loaded {
            settings,
            policy,
            own,
        } = Loaded::read(file, false)?;
        config.payloads = own.to_vec();
        config.now = config.now.or(settings.now());
        // The time is asked for at each request.
        let terms = settings.without_file(clock::now());
        config.limits = terms.options.limits;
        config.levels = terms.options.levels;
        config.policy = terms.options.policy;
        config.mask = terms.options.mask;
        config.locale = terms.options.locale;
        // Nobody else holds it yet.
        if let Some(mut policy) = policy.and_then(Arc::into_inner) {
            policy.levels(move |rule| terms.schema_levels.of(rule));
            config.schemas = Arc::new(policy);
        }
    }
    if let Some(locale) = args.locale {
        config.locale = locale;
    }
    pipelint_serve::run(config, |address| {
        say(&format_args!("listening on http://{address}"));
    })?;
    Ok(())
}
