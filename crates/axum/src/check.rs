//! Checks the parts of a request.

use pipelint::contract::Contract;
use pipelint::{Options, OwnedReport, Report};

use crate::overlay::OverlayFault;
use crate::request_diagnostics::RequestDiagnostics;
use crate::settings::Settings;

/// Checks one part, and adds what is found.
pub(crate) fn part(
    found: &mut RequestDiagnostics,
    contract: &'static Contract<'static>,
    part: &[u8],
    options: &Options,
    settings: &Settings,
) {
    let report = pipelint::check(contract, part, options);
    if !report.is_empty() {
        found.reports.push(OwnedReport::of(contract, &report));
    }
    if has_overlays(settings) {
        found.policy.extend(overlay_faults(settings, &report));
    }
}

/// What the overlays refuse in a payload.
#[cfg(feature = "policy")]
pub(crate) fn overlay_faults(settings: &Settings, report: &Report<'_>) -> Vec<OverlayFault> {
    let refused = settings.policy_schemas().check(report).into_iter();
    refused
        .map(|refused| OverlayFault::new(report.contract(), refused))
        .collect()
}

#[cfg(not(feature = "policy"))]
pub(crate) fn overlay_faults(_: &Settings, _: &Report<'_>) -> Vec<OverlayFault> {
    Vec::new()
}

/// Whether there are overlays.
pub(crate) fn has_overlays(settings: &Settings) -> bool {
    #[cfg(feature = "policy")]
    return !settings.policy_schemas().is_empty();
    #[cfg(not(feature = "policy"))]
    {
        let _ = settings;
        false
    }
}
