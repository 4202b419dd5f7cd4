//! The extension module `pipelint._native`: the library's checks for Python and Arrow.
//!
//! The package around it, written in Python, adds integrations for other libraries, from
//! pydantic to Spark. Users import `pipelint`.

mod arrow;
mod check;
mod diagnostic;
mod error;
mod json;
mod options;
mod report;
mod source;

use pyo3::prelude::*;

#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arrow::{ArrowArray, ArrowChunkedArray, check_arrow};
    #[pymodule_export]
    use super::check::{Checker, check, infer, payloads, rules, schema};
    #[pymodule_export]
    use super::diagnostic::{Diagnostic, Edit, Fix};
    #[pymodule_export]
    use super::report::{AppliedFix, Fixed, Report};

    /// The version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
