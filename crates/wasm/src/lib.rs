//! The WebAssembly surface of pipelint: numbers in, numbers out, text through buffers.
//!
//! JavaScript writes a payload into the buffer that [`reserve_input`] returns, calls [`check`], and
//! reads the findings as an array of numbers. It calls [`explain`] only when messages are read. The
//! functions here delegate to a [`Session`], which is plain Rust and is tested natively.
//!
//! No string crosses as an argument: writing into a reused buffer costs a fraction of the generated
//! glue code for strings.

pub mod session;
pub mod settings;
pub mod utf16;

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use session::Session;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static HEAP: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

thread_local! {
    static SESSION: RefCell<Session> = RefCell::new(Session::new());
}

fn with_session<T>(work: impl FnOnce(&mut Session) -> T) -> T {
    SESSION.with_borrow_mut(work)
}

/// Makes room for an input of that many bytes; returns its address.
#[wasm_bindgen]
#[must_use]
pub fn reserve_input(length: usize) -> *const u8 {
    with_session(|session| session.reserve_input(length).as_ptr())
}

/// Checks the first `length` bytes of the buffer as the payload of that number, at a time given
/// as seconds since 1970 and nanoseconds. Returns the number of findings times four, plus the worst
/// severity (0 info, 1 warning, 2 error).
#[wasm_bindgen]
#[must_use]
pub fn check(payload: usize, length: usize, seconds: f64, nanos: u32) -> u32 {
    with_session(|session| session.check(payload, length, seconds, nanos))
}

/// The address of the numbers that the last call left; see [`Session::check`] and [`Session::explain`].
#[wasm_bindgen]
#[must_use]
pub fn output_u32() -> *const u32 {
    with_session(|session| session.output_u32().as_ptr())
}

/// Renders the findings of the last check; returns the address of the numbers that describe the
/// texts; see [`Session::explain`].
#[wasm_bindgen]
#[must_use]
pub fn explain() -> *const u32 {
    with_session(|session| {
        session.explain();
        session.output_u32().as_ptr()
    })
}

/// Writes the text of the last check with its safe fixes applied, or with all of them; returns
/// the length of the text in bytes, or 2^32 - 1 if there is nothing to apply.
#[wasm_bindgen]
#[must_use]
pub fn fix(all: bool) -> u32 {
    with_session(|session| session.fix(all))
}

/// The address of the text that the last call left.
#[wasm_bindgen]
#[must_use]
pub fn output_text() -> *const u8 {
    with_session(|session| session.output_text().as_ptr())
}

/// Writes the names of all payloads, an empty line and the names of all rules, one per line;
/// returns the length of the text in bytes.
#[wasm_bindgen]
#[must_use]
pub fn names() -> usize {
    with_session(Session::names)
}

/// Writes the table of that payload's fast path, as text and numbers; returns the length of the
/// text in bytes, or 0 if there is no table.
#[wasm_bindgen]
#[must_use]
pub fn fast_path(payload: usize) -> usize {
    with_session(|session| session.fast_path(payload))
}

/// Reads the first `length` bytes of the buffer as an RFC 3339 date-time. Returns the seconds
/// since 1970, or NaN; the nanoseconds are the first of the numbers.
#[wasm_bindgen]
#[must_use]
pub fn instant(length: usize) -> f64 {
    with_session(|session| session.instant(length))
}

/// Reads the first `length` bytes of the buffer as the settings of the checks to come; see
/// [`settings::read`]. Returns 0, or the number of the first invalid record.
#[wasm_bindgen]
#[must_use]
pub fn configure(length: usize) -> u32 {
    with_session(|session| session.configure(length))
}

/// Sets the limits of the checks to come.
#[wasm_bindgen]
pub fn limit(depth: u32, size: u32, diagnostics: u32) {
    with_session(|session| session.limit(depth, size, diagnostics));
}
