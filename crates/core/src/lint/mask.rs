//! Masks: values that are never shown.

use std::sync::Arc;

use crate::contract::{Meaning, Meanings};

/// The values that nobody may print, besides credentials, which are never printed.
///
/// A masked object or array hides all that it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mask(Option<Arc<Masked>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Masked {
    properties: Vec<String>,
    meanings: Meanings,
}

impl Mask {
    /// Hides the values of properties by their names, as they stand in the payload, and by what
    /// they mean.
    #[must_use]
    pub fn new(properties: Vec<String>, meanings: Meanings) -> Self {
        let masked = Masked {
            properties,
            meanings,
        };
        Self(
            (!masked.properties.is_empty() || meanings != Meanings::EMPTY)
                .then(|| Arc::new(masked)),
        )
    }

    /// Whether nothing is hidden but credentials.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a value is hidden that has this key and this meaning.
    #[must_use]
    pub fn hides(&self, key: Option<&str>, meaning: &Meaning<'_>) -> bool {
        self.0.as_deref().is_some_and(|masked| {
            masked.meanings.contains(meaning)
                || key.is_some_and(|key| masked.properties.iter().any(|name| name == key))
        })
    }
}
