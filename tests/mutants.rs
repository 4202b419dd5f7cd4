//! The quick tests that judge rules, in one program: a mutant of a rule is linked once.

#[path = "tests/acme.rs"]
mod acme_tests;
#[path = "tests/corpus.rs"]
mod corpus;
#[path = "tests/edges.rs"]
mod edges;
#[path = "tests/pages.rs"]
mod pages;
#[path = "../crates/core/tests/policy.rs"]
mod policy;
#[path = "../crates/core/tests/texts.rs"]
mod texts;
#[path = "tests/wording.rs"]
mod wording;
