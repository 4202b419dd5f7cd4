//! A scanned value, as the validator and the classifier receive it.

use super::{Kind, Short, characters, flag};
use crate::values::number::Number;
use crate::values::str_ext;

/// A value, without what is in it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Token<'t> {
    Null,
    Boolean(bool),
    /// Its exact value, the node's flags, and the length of its text in bytes.
    Number(&'t Number<'t>, u8, usize),
    /// Its text between the quotes, escapes as written, and the node's flags.
    String(&'t [u8], u8),
    /// Whether it has at least two items, of which two may be alike.
    Array(bool),
    Object,
}

impl Token<'_> {
    #[inline]
    pub(crate) const fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Boolean(_) => Kind::Boolean,
            Self::Number(..) => Kind::Number,
            Self::String(..) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object => Kind::Object,
        }
    }
}

/// The value of a string, as bytes; `None` if it is written with escapes and longer than the room
/// has space for.
#[inline]
pub(crate) fn short<'s>(
    inner: &'s [u8],
    flags: u8,
    room: &'s mut Option<Short>,
) -> Option<&'s [u8]> {
    if flags & flag::ESCAPED == 0 {
        Some(inner)
    } else {
        unescaped(inner, room)
    }
}

#[cold]
#[inline(never)]
fn unescaped<'s>(inner: &[u8], room: &'s mut Option<Short>) -> Option<&'s [u8]> {
    let inner = std::str::from_utf8(inner).ok()?;
    let value = room.insert(Short::new()).value(inner)?;
    Some(value.as_bytes())
}

/// The number of Unicode code points of a string's value.
#[cold]
#[inline(never)]
pub(crate) fn code_points(inner: &[u8]) -> usize {
    if inner.contains(&b'\\') {
        characters(std::str::from_utf8(inner).unwrap_or_default()).count()
    } else {
        str_ext::code_points(inner)
    }
}
