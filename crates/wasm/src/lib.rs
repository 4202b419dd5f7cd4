//! The WebAssembly surface of pipelint: numbers in, numbers out, text through one buffer.
//!
//! JavaScript writes a payload into the buffer that [`room`] gives, calls [`check`], and reads
//! the findings as an array of numbers. It calls [`explain`] only when somebody reads words. The
//! functions here only pass on to a [`Desk`], which is plain Rust and tested as such.
//!
//! No string crosses as an argument: a text written once into a buffer that is used again costs
//! a fraction of what glue code for strings costs.

pub mod desk;
pub mod settings;
pub mod units;

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use desk::Desk;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static HEAP: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

thread_local! {
    static DESK: RefCell<Desk> = RefCell::new(Desk::new());
}

fn at_desk<T>(work: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with_borrow_mut(work)
}

/// Makes room for a text of so many bytes; returns where it starts.
#[wasm_bindgen]
#[must_use]
pub fn room(length: usize) -> *const u8 {
    at_desk(|desk| desk.room(length).as_ptr())
}

/// Checks the first `length` bytes of the buffer as the payload of that number, at a time given
/// as seconds since 1970 and nanoseconds. Returns the number of findings times four, plus the worst
/// severity (0 info, 1 warning, 2 error).
#[wasm_bindgen]
#[must_use]
pub fn check(payload: usize, length: usize, seconds: f64, nanos: u32) -> u32 {
    at_desk(|desk| desk.check(payload, length, seconds, nanos))
}

/// Where the numbers start that the last call left; see [`Desk::check`] and [`Desk::explain`].
#[wasm_bindgen]
#[must_use]
pub fn numbers() -> *const u32 {
    at_desk(|desk| desk.numbers().as_ptr())
}

/// Puts the findings of the last check into words; returns where the numbers start that say where
/// they are; see [`Desk::explain`].
#[wasm_bindgen]
#[must_use]
pub fn explain() -> *const u32 {
    at_desk(|desk| {
        desk.explain();
        desk.numbers().as_ptr()
    })
}

/// Writes the text of the last check with its safe fixes applied, or with all of them; returns
/// the length of the text in bytes, or 2^32 - 1 if there is nothing to apply.
#[wasm_bindgen]
#[must_use]
pub fn fix(all: bool) -> u32 {
    at_desk(|desk| desk.fix(all))
}

/// Where the text starts that the last call left.
#[wasm_bindgen]
#[must_use]
pub fn words() -> *const u8 {
    at_desk(|desk| desk.words().as_ptr())
}

/// Writes the names of all payloads, an empty line and the names of all rules, a line each;
/// returns the length of the text in bytes.
#[wasm_bindgen]
#[must_use]
pub fn names() -> usize {
    at_desk(Desk::names)
}

/// Writes what an ordinary payload of that number looks like, as words and numbers; returns the
/// length of the words in bytes, or 0 if that cannot be said.
#[wasm_bindgen]
#[must_use]
pub fn ordinary(payload: usize) -> usize {
    at_desk(|desk| desk.ordinary(payload))
}

/// Reads the first `length` bytes of the buffer as an RFC 3339 date-time. Returns the seconds
/// since 1970, or NaN; the nanoseconds are the first of the numbers.
#[wasm_bindgen]
#[must_use]
pub fn instant(length: usize) -> f64 {
    at_desk(|desk| desk.instant(length))
}

/// Reads the first `length` bytes of the buffer as the settings of the checks to come; see
/// [`settings::read`]. Returns 0, or the number of the first record that makes no sense.
#[wasm_bindgen]
#[must_use]
pub fn configure(length: usize) -> u32 {
    at_desk(|desk| desk.configure(length))
}

/// Sets the limits of the checks to come.
#[wasm_bindgen]
pub fn limit(depth: u32, size: u32, diagnostics: u32) {
    at_desk(|desk| desk.limit(depth, size, diagnostics));
}
