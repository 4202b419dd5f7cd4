//! Links to the pages of rules.

use ls_types::{CodeDescription, Uri};
use pipelint::Rule;

/// The link to a rule's page.
pub(crate) fn page(rule: &Rule) -> Option<CodeDescription> {
    let href = address(rule.name).parse::<Uri>().ok()?;
    Some(CodeDescription { href })
}

/// The address of a rule's page.
pub(crate) fn address(rule: &str) -> String {
    // The page is next to the module of its rule, and `type` is a keyword of Rust.
    let keyword = match rule {
        "schema/type" | "schema/enum" | "schema/const" => "_",
        _ => "",
    };
    let path = rule.replace('-', "_");
    let repository = env!("CARGO_PKG_REPOSITORY");
    format!("{repository}/blob/main/crates/core/src/rules/{path}{keyword}.md")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_rule_has_a_page_at_its_address() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for rule in pipelint::rules::all() {
            let address = address(rule.name);
            let (_, path) = address.split_once("/blob/main/").unwrap();
            assert!(root.join(path).is_file(), "{address}");
            assert!(page(rule).is_some(), "{address}");
        }
    }
}
