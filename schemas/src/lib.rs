//! The JSON Schemas of sales-pipeline payloads, with the meaning of every field, as text.
//!
//! This crate is data only: it parses nothing and depends on nothing. The schemas are
//! JSON Schema draft 2020-12 with two keywords more, `meaning` and `source`; the README
//! lists them, and `meta/vocabulary.schema.json` checks them.
//!
//! ```
//! let text = pipelint_schemas::schema("leadlex/create-deal/request").unwrap_or_default();
//! assert!(text.contains("estimated_value"));
//! ```

/// A data file of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// The path from the crate's root, with forward slashes:
    /// `leadlex/create-deal/request.schema.json`.
    pub path: &'static str,
    /// The whole text, UTF-8.
    pub text: &'static str,
}

/// The catalogue: a JSON array, one row an operation.
///
/// A row has `operation` (`leadlex/create-deal`), `system`, `title`, `record` (what a person
/// calls the record), `method`, `path` and `parts`; each part has the schema
/// `<operation>/<part>.schema.json`.
pub static CATALOGUE: &str = include_str!("../catalogue.json");

/// Every schema (`*.schema.json`, the meta-schema too) and every `NOTES.md`, sorted by path.
pub static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The file with this path, as [`File::path`] spells it.
#[must_use]
pub fn file(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path == path)
}

/// The text of a payload's schema, by the payload's id: `leadlex/create-deal/request`.
///
/// `meta/vocabulary` gives the meta-schema that all the others obey.
#[must_use]
pub fn schema(payload_id: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|file| file.path.strip_suffix(".schema.json") == Some(payload_id))
        .map(|file| file.text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{CATALOGUE, FILES, file, schema};

    /// `(operation, part)` of every part in the catalogue.
    fn catalogued() -> BTreeSet<(String, String)> {
        let rows: Value = serde_json::from_str(CATALOGUE).unwrap();
        let mut parts = BTreeSet::new();
        for row in rows.as_array().unwrap() {
            let operation = row["operation"].as_str().unwrap();
            for part in row["parts"].as_array().unwrap() {
                let new = parts.insert((operation.to_owned(), part.as_str().unwrap().to_owned()));
                assert!(new, "{operation} lists {part} twice");
            }
        }
        parts
    }

    /// Every value of `keyword` in the schema objects of a file. A property may bear the
    /// keyword's name, so the walk tells the two apart.
    fn keyword<'a>(schema: &'a Value, keyword: &str, found: &mut Vec<&'a Value>) {
        found.extend(schema.get(keyword));
        for group in ["properties", "$defs"] {
            for child in schema
                .get(group)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                self::keyword(child.1, keyword, found);
            }
        }
        if let Some(items) = schema.get("items") {
            self::keyword(items, keyword, found);
        }
    }

    #[test]
    fn every_part_has_its_file_and_every_file_its_part() {
        let parts = catalogued();
        for (operation, part) in &parts {
            assert!(
                schema(&format!("{operation}/{part}")).is_some(),
                "no schema for {operation}/{part}"
            );
            assert!(
                file(&format!("{operation}/NOTES.md")).is_some(),
                "no notes for {operation}"
            );
        }
        for file in FILES.iter().filter(|file| !file.path.starts_with("meta/")) {
            let (operation, name) = file.path.rsplit_once('/').unwrap();
            let known = match name.strip_suffix(".schema.json") {
                Some(part) => parts.contains(&(operation.to_owned(), part.to_owned())),
                None => parts.iter().any(|(known, _)| known == operation),
            };
            assert!(known, "{} is not in the catalogue", file.path);
        }
    }

    #[test]
    fn files_are_sorted_and_schemas_name_themselves() {
        assert!(FILES.is_sorted_by(|a, b| a.path < b.path));
        for (operation, part) in catalogued() {
            let text = schema(&format!("{operation}/{part}")).unwrap();
            let json: Value = serde_json::from_str(text).unwrap();
            let id = format!("urn:pipelint:{}:{part}", operation.replace('/', ":"));
            assert_eq!(json["$id"], id.as_str());
        }
    }

    #[test]
    fn every_source_is_a_heading_of_the_notes() {
        for (operation, part) in catalogued() {
            let json: Value =
                serde_json::from_str(schema(&format!("{operation}/{part}")).unwrap()).unwrap();
            let notes = file(&format!("{operation}/NOTES.md")).unwrap().text;
            let mut sources = Vec::new();
            keyword(&json, "source", &mut sources);
            for source in sources {
                let heading = format!("### {}", source.as_str().unwrap());
                assert!(
                    notes.lines().any(|line| line == heading),
                    "{operation}/{part}: no `{heading}` in NOTES.md"
                );
            }
        }
    }

    #[test]
    fn names_in_meanings_are_siblings() {
        fn check(schema: &Value, place: &str) {
            let empty = serde_json::Map::new();
            let properties = schema
                .get("properties")
                .and_then(Value::as_object)
                .unwrap_or(&empty);
            for (name, property) in properties {
                for key in ["alias-of", "currency-in"] {
                    if let Some(sibling) = property.get("meaning").and_then(|m| m.get(key)) {
                        let sibling = sibling.as_str().unwrap();
                        assert!(
                            sibling != name && properties.contains_key(sibling),
                            "{place}/{name}: {key} {sibling}"
                        );
                    }
                }
                check(property, &format!("{place}/{name}"));
            }
            if let Some(items) = schema.get("items") {
                check(items, &format!("{place}/items"));
            }
        }
        for (operation, part) in catalogued() {
            let id = format!("{operation}/{part}");
            check(&serde_json::from_str(schema(&id).unwrap()).unwrap(), &id);
        }
    }
}
