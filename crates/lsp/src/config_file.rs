//! The diagnostics of a `pipelint.toml`.

use std::ops::Range;
use std::path::Path;

use pipelint_config::{Config, ConfigError, Fault, Problem, Project, ProjectError};

/// A problem of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigFault {
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    /// The nearest known word, in the form that replaces the span.
    pub(crate) nearest: Option<String>,
}

/// The problems of a configuration and of the files that it names.
pub(crate) fn faults(text: &str, path: Option<&Path>) -> Vec<ConfigFault> {
    let config = match Config::parse(text, None) {
        Ok(config) => config,
        Err(problems) => {
            let problems = problems.problems.iter();
            return problems.map(|problem| fault(text, problem)).collect();
        }
    };
    // Paths in a document without a folder cannot be resolved.
    let Some(folder) = path.and_then(Path::parent) else {
        return Vec::new();
    };
    let error = match Project::of(&config, folder) {
        Ok(_) => return Vec::new(),
        Err(ProjectError::Config(ConfigError::Problems(problems))) => {
            let problems = problems.problems.iter();
            return problems.map(|problem| fault(text, problem)).collect();
        }
        Err(error) => error,
    };
    let name = error.named_file().and_then(Path::file_name);
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let at = name.and_then(|name| {
        let mut lines = lines(text);
        lines.find_map(|(start, line)| {
            let code = line.split_once('#').map_or(line, |(code, _)| code);
            Some(start + code.find(&name)?)
        })
    });
    let start = at.map_or(0, |at| {
        // From the opening quote of the path.
        let before = text.get(..at).unwrap_or_default();
        before.rfind(['"', '\'']).unwrap_or(at)
    });
    vec![ConfigFault {
        span: token(text, start),
        message: error.to_string(),
        nearest: None,
    }]
}

/// The lines of a text, each with its offset.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

fn fault(text: &str, problem: &Problem) -> ConfigFault {
    let start = problem
        .at
        .map_or(0, |(line, column)| offset(text, line, column));
    let span = token(text, start);
    let written = text.get(span.clone()).unwrap_or_default();
    let is_word = matches!(
        problem.fault,
        Fault::UnknownKey(_) | Fault::UnknownWord { .. }
    );
    let nearest = problem.nearest.as_ref().filter(|_| is_word);
    let nearest = nearest.map(|nearest| match written.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{nearest}{quote}"),
        _ if nearest.contains(|one: char| !one.is_ascii_alphanumeric() && one != '-') => {
            format!("\"{nearest}\"")
        }
        _ => nearest.clone(),
    });
    let problem = Problem {
        at: None,
        ..problem.clone()
    };
    ConfigFault {
        span,
        message: problem.to_string(),
        nearest,
    }
}

/// The byte offset of a line and a column in characters, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let Some((start, line)) = lines(text).nth(line.saturating_sub(1)) else {
        return text.len();
    };
    let mut characters = line.char_indices().map(|(at, _)| at);
    start
        + characters
            .nth(column.saturating_sub(1))
            .unwrap_or(line.len())
}

/// The key or value that begins at an offset; at most the rest of its line.
fn token(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let length = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line
            .get(1..)
            .and_then(|inner| inner.find(quote))
            .map_or(line.len(), |end| end + 2),
        Some('[' | '{') => line.trim_end().len(),
        _ => line
            .find(|one: char| one.is_whitespace() || "=,].#".contains(one))
            .unwrap_or(line.len()),
    };
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(text: &str) -> Vec<(String, String, Option<String>)> {
        let faults = faults(text, None).into_iter();
        faults
            .map(|fault| (text[fault.span].to_owned(), fault.message, fault.nearest))
            .collect()
    }

    #[test]
    fn each_fault_is_shown_at_its_word_with_the_word_that_was_meant() {
        let text = "# ß\nfail-onn = \"error\"\n\n[files]\n\"*.json\" = \"leadlex/create-dael\"\n\n[rules]\ncurency = \"off\"\n\"name/blnak\" = \"warning\"\n";
        let faults = spoken(text);
        let words: Vec<_> = faults
            .iter()
            .map(|(word, _, nearest)| (word.as_str(), nearest.as_deref()))
            .collect();
        assert_eq!(
            words,
            [
                ("fail-onn", Some("fail-on")),
                ("\"leadlex/create-dael\"", Some("\"leadlex/create-deal\"")),
                ("curency", Some("currency")),
                ("\"name/blnak\"", Some("\"name/blank\"")),
            ]
        );
        assert!(
            faults[0].1.starts_with("unknown key `fail-onn`"),
            "{}",
            faults[0].1
        );
    }

    #[test]
    fn text_that_is_not_toml_has_one_fault() {
        let faults = spoken("[files\nx = 1\n");
        assert_eq!(faults.len(), 1);
        assert_eq!(spoken("").len(), 0);
        assert_eq!(spoken(Config::default_text()), []);
    }

    #[test]
    fn a_schema_that_is_missing_is_shown_where_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let text =
            "[policy.schemas]\n# deal.json\n\"leadlex/create-deal\" = \"schemas/deal.json\"\n";
        let faults = faults(text, Some(&folder.path().join("pipelint.toml")));
        assert_eq!(faults.len(), 1);
        assert_eq!(&text[faults[0].span.clone()], "\"schemas/deal.json\"");
        assert!(faults[0].message.starts_with("cannot read "));
    }
}
