//! The abilities of a client.

use crate::position::Encoding;

/// The abilities of a client that the answers depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent abilities")]
pub(crate) struct Client {
    /// The unit in which it counts characters.
    pub(crate) encoding: Encoding,
    /// It shows places that a diagnostic is related to.
    pub(crate) related: bool,
    /// It shows a link to what a diagnostic's code means.
    pub(crate) links: bool,
    /// It takes edits of a version of a document.
    pub(crate) versions: bool,
    /// It asks for an action's edit when the action is chosen.
    pub(crate) resolve: bool,
}
