//! Makes the currency table of the library, as Rust source, when the library is built.
//!
//! The crate `iso_currency` says which codes there are; `currency/corrections.tsv` sets right where it
//! differs from ISO 4217, and `currency/withdrawn.tsv` adds the codes that are history. A table that does
//! not come out as ISO 4217 has it fails the build.

#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this runs while the crate is built: a wrong table must stop it"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use iso_currency::Currency;

const CORRECTIONS: &str = include_str!("../currency/corrections.tsv");
const WITHDRAWN: &str = include_str!("../currency/withdrawn.tsv");

/// How many active codes ISO 4217 list one has.
const ACTIVE: usize = 178;

/// One active code: its group, and the digits after its decimal point, if it has a minor unit.
struct Entry {
    group: &'static str,
    digits: Option<u16>,
}

/// The source text of the table, for `src/values/currency.rs` to include.
pub(crate) fn source() -> String {
    let withdrawn = withdrawn();
    let active = active(&withdrawn);
    let mut out = String::new();
    rows(&active, &mut out);
    tender(&active, &mut out);
    special(&active, &mut out);
    digits(&active, &mut out);
    history(&withdrawn, &mut out);
    out
}

/// The rows of a data file, each with exactly `N` columns.
fn table<const N: usize>(name: &str, text: &'static str) -> Vec<[&'static str; N]> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            columns
                .try_into()
                .unwrap_or_else(|_| panic!("currency/{name}: not {N} columns: {line:?}"))
        })
        .collect()
}

/// Every code of three letters that `iso_currency` knows.
fn known() -> impl Iterator<Item = Currency> {
    let letters = || b'A'..=b'Z';
    letters()
        .flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])))
        .filter_map(|code| Currency::from_code(std::str::from_utf8(&code).ok()?))
}

/// What `iso_currency` says of a code, in the words of the corrections file.
fn says(currency: Currency) -> String {
    match currency.is_superseded() {
        Some(next) => format!("superseded by {}", next.code()),
        None if currency.is_special() => "special".to_owned(),
        None if currency.is_fund() => "fund".to_owned(),
        None => "tender".to_owned(),
    }
}

/// The withdrawn codes: when, and what the same country pays with today ("" if not one thing).
fn withdrawn() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let mut all = BTreeMap::new();
    for [code, on, now, _name] in table("withdrawn.tsv", WITHDRAWN) {
        let now = if now == "-" { "" } else { now };
        assert!(
            matches!(on.len(), 4 | 7) && code.len() == 3 && matches!(now.len(), 0 | 3),
            "currency/withdrawn.tsv: {code} is not written as the others are"
        );
        assert!(
            all.insert(code, (on, now)).is_none(),
            "currency/withdrawn.tsv: {code} stands twice"
        );
    }
    all
}

/// The active codes: what `iso_currency` says, corrected.
fn active(
    withdrawn: &BTreeMap<&'static str, (&'static str, &'static str)>,
) -> BTreeMap<&'static str, Entry> {
    let mut corrections: BTreeMap<&str, (&str, &'static str)> = BTreeMap::new();
    for [code, said, standing, _why, _date, _source] in table("corrections.tsv", CORRECTIONS) {
        assert!(
            corrections.insert(code, (said, standing)).is_none(),
            "currency/corrections.tsv: {code} stands twice"
        );
    }
    let mut active = BTreeMap::new();
    for currency in known() {
        let code = currency.code();
        let said = says(currency);
        let group = match corrections.remove(code) {
            Some((expected, standing)) => {
                assert_eq!(
                    expected, said,
                    "currency/corrections.tsv: iso_currency has changed its mind on {code}"
                );
                standing
            }
            None if said == "tender" => "tender",
            None if said == "fund" => "fund",
            None => panic!("iso_currency says {said:?} of {code}: no correction groups it"),
        };
        if group == "withdrawn" {
            assert!(
                withdrawn.contains_key(code),
                "currency/withdrawn.tsv lacks {code}"
            );
        } else {
            assert!(
                !withdrawn.contains_key(code),
                "currency/withdrawn.tsv has {code}, which iso_currency takes for active"
            );
            let digits = currency.exponent();
            active.insert(code, Entry { group, digits });
        }
    }
    assert!(
        corrections.is_empty(),
        "currency/corrections.tsv: iso_currency does not know {:?}",
        corrections.keys()
    );
    assert_eq!(
        active.len(),
        ACTIVE,
        "ISO 4217 list one has {ACTIVE} active codes"
    );
    for (code, (_, now)) in withdrawn {
        assert!(
            now.is_empty() || active.get(now).is_some_and(|entry| entry.group == "tender"),
            "currency/withdrawn.tsv: {code} is now {now}, which is no ordinary money"
        );
    }
    active
}

/// The bit table: row = first two letters, bit = third letter.
fn rows(active: &BTreeMap<&'static str, Entry>, out: &mut String) {
    let mut rows = [0_u32; 26 * 26];
    for (code, _) in active.iter().filter(|(_, entry)| entry.group == "tender") {
        let place = |at: usize| usize::from(code.as_bytes()[at] - b'A');
        rows[place(0) * 26 + place(1)] |= 1 << place(2);
    }
    let rows = rows.map(|row| format!("0x{:04x}_{:04x}", row >> 16, row & 0xffff));
    let _ = writeln!(out, "static ROWS: [u32; 676] = [{}];", rows.join(","));
}

/// The codes of ordinary money, one after another.
fn tender(active: &BTreeMap<&'static str, Entry>, out: &mut String) {
    let all: String = active
        .iter()
        .filter(|(_, entry)| entry.group == "tender")
        .map(|(code, _)| *code)
        .collect();
    let _ = writeln!(out, "static TENDER: &str = {all:?};");
}

/// The other active codes, each followed by a letter for its group.
fn special(active: &BTreeMap<&'static str, Entry>, out: &mut String) {
    let mut all = String::new();
    for (code, entry) in active {
        let letter = match entry.group {
            "tender" => continue,
            "fund" => 'F',
            "metal" => 'M',
            "unit-of-account" => 'U',
            "bond-unit" => 'B',
            "testing" => 'T',
            "no-currency" => 'N',
            other => panic!("currency/corrections.tsv: {code} is {other:?}, an unknown group"),
        };
        let _ = write!(all, "{code}{letter}");
    }
    let _ = writeln!(out, "static SPECIAL: &str = {all:?};");
}

/// The active codes whose minor unit is not two digits, sorted: three letters, then the digits
/// (255 = there is no minor unit), as the four bytes of one number.
fn digits(active: &BTreeMap<&'static str, Entry>, out: &mut String) {
    let all: Vec<String> = active
        .iter()
        .filter(|(_, entry)| entry.digits != Some(2))
        .map(|(code, entry)| {
            let digits = entry.digits.unwrap_or(0xff);
            format!("u32::from_be_bytes(*b\"{code}\\x{digits:02x}\")")
        })
        .collect();
    let _ = writeln!(
        out,
        "static DIGITS: [u32; {}] = [{}];",
        all.len(),
        all.join(",")
    );
}

/// The withdrawn codes in records of thirteen bytes: code, date (padded to seven), code of today (or blank).
fn history(withdrawn: &BTreeMap<&'static str, (&'static str, &'static str)>, out: &mut String) {
    let mut all = String::new();
    for (code, (on, now)) in withdrawn {
        let _ = write!(all, "{code}{on:7}{now:3}");
    }
    let _ = writeln!(out, "static HISTORY: &str = {all:?};");
}
