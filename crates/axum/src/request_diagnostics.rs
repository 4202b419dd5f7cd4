//! The diagnostics of all parts of a request.

use pipelint::OwnedReport;

use crate::overlay::OverlayFault;

/// The diagnostics of all parts of a request.
#[derive(Debug, Default)]
pub(crate) struct RequestDiagnostics {
    /// The parts with diagnostics.
    pub(crate) reports: Vec<OwnedReport>,
    /// The diagnostics of overlays, of all parts.
    pub(crate) policy: Vec<OverlayFault>,
}

impl RequestDiagnostics {
    pub(crate) fn has_errors(&self) -> bool {
        self.reports.iter().any(|part| part.counts().0 > 0)
            || self.policy.iter().any(OverlayFault::is_error)
    }
}
