//! Globs over files, from the folder of the configuration.

use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};

use crate::problem::Fault;

/// A glob: `*` stays within a folder, `**` does not. Without a slash it is about the file's name
/// in any folder; with a slash at its end, about all that is in that folder.
#[derive(Debug, Clone)]
pub(crate) struct Glob {
    matcher: GlobMatcher,
    /// Whether it says more of a file's name than that there is one.
    pub(crate) names_files: bool,
}

impl Glob {
    pub(crate) fn new(text: &str) -> Result<Self, Fault> {
        let wrong = |why: &str| Fault::Glob {
            glob: text.to_owned(),
            why: why.to_owned(),
        };
        if text.trim().is_empty() {
            return Err(wrong("it is blank"));
        }
        if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            return Err(wrong("it leads outside the configuration's folder"));
        }
        let inner = text.strip_prefix("./").unwrap_or(text);
        let whole = match (inner.contains('/'), inner.ends_with('/')) {
            (false, _) => ["**/", inner].concat(),
            (true, true) => [inner, "**"].concat(),
            (true, false) => inner.to_owned(),
        };
        GlobBuilder::new(&whole)
            .literal_separator(true)
            .build()
            .map(|glob| Self {
                matcher: glob.compile_matcher(),
                names_files: whole
                    .rsplit('/')
                    .next()
                    .is_some_and(|name| name.bytes().any(|byte| byte != b'*')),
            })
            .map_err(|error| wrong(&error.kind().to_string()))
    }

    pub(crate) fn matches(&self, path: &Path) -> bool {
        self.matcher.is_match(path)
    }
}
