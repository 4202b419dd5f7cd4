//! COVERAGE.md says of every operation what the catalogue says, and has a source and a date for each.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

const PAGE: &str = include_str!("../COVERAGE.md");
const CATALOGUE: &str = include_str!("../catalogue.json");

struct Row {
    operation: &'static str,
    call: &'static str,
    state: &'static str,
    source: &'static str,
    date: &'static str,
}

/// The rows of the last table, which is that of the operations, without its head.
fn rows() -> Vec<Row> {
    let (_, table) = PAGE.split_once("| operation | call |").unwrap();
    table
        .lines()
        .skip(2)
        .map(|line| {
            let cells: Vec<&'static str> = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect();
            let [operation, call, state, source, date] = cells[..] else {
                panic!("not five cells: {line}")
            };
            Row {
                operation,
                call,
                state,
                source,
                date,
            }
        })
        .collect()
}

#[test]
fn the_checked_operations_are_those_of_the_catalogue() {
    let catalogue: Vec<Value> = serde_json::from_str(CATALOGUE).unwrap();
    let expected: BTreeMap<String, String> = catalogue
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            (
                text("operation"),
                format!("{} {}", text("method"), text("path")),
            )
        })
        .collect();
    let stated: BTreeMap<String, String> = rows()
        .iter()
        .filter(|row| row.state == "checked")
        .map(|row| (row.operation.to_owned(), row.call.to_owned()))
        .collect();
    assert_eq!(stated, expected);
}

#[test]
fn every_row_has_a_known_state_a_source_and_a_date() {
    for row in rows() {
        let operation = row.operation;
        assert!(
            ["checked", "complete", "partial"].contains(&row.state),
            "{operation}: state {:?}",
            row.state
        );
        assert!(
            row.source.starts_with('/'),
            "{operation}: source {:?}",
            row.source
        );
        let shape: String = row
            .date
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        assert_eq!(shape, "0000-00-00", "{operation}: date {:?}", row.date);
    }
}

#[test]
fn no_operation_and_no_call_of_a_system_is_listed_twice() {
    let mut seen = BTreeSet::new();
    for row in rows() {
        let (system, _) = row.operation.split_once('/').unwrap();
        assert!(seen.insert(row.operation.to_owned()), "{}", row.operation);
        assert!(
            seen.insert(format!("{system} {}", row.call)),
            "{}",
            row.call
        );
    }
}
