//! `jsonschema` held against our contract.
