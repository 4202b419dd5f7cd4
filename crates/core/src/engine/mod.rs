//! The engine: from bytes to findings.
//!
//! | step | module |
//! |---|---|
//! | the scanner reads a value and [inspects](inspect) it; ordinary values take the [fast path](fast_path) | `document::scan`, `inspect` |
//! | what breaks the contract is a violation, what a rule may have to look at is a [candidate] | `candidate` |
//! | the facts about a candidate [call](dispatch) rules, which report findings | `run_rules` |

pub(crate) mod candidate;
pub(crate) mod dispatch;
pub(crate) mod fast_path;
mod fast_path_table;
pub(crate) mod inspect;
pub(crate) mod run_rules;
pub(crate) mod safety;

pub use fast_path::{fast_path, ready};
pub use fast_path_table::write_fast_path;
