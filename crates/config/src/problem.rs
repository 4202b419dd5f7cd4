//! Problems of a configuration.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A configuration that cannot be used, with all that is wrong with it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The configuration says what makes no sense.
    #[error(transparent)]
    Problems(#[from] Problems),
}

/// All that is wrong with a configuration: at least one problem, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Problems {
    /// The file, if the configuration was read from one.
    pub file: Option<PathBuf>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Display for Problems {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                out.write_str("\n")?;
            }
            if let Some(file) = &self.file {
                write!(out, "{}:", file.display())?;
                if problem.at.is_none() {
                    out.write_str(" ")?;
                }
            }
            problem.fmt(out)?;
        }
        Ok(())
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Problem {
    /// Line and column of the text, from 1; columns count characters. `None` if the
    /// configuration was not read from text.
    pub at: Option<(usize, usize)>,
    /// The key concerned, with those above it: `rules.money`, `overrides.0.files`. Empty for the
    /// whole.
    pub key: String,
    /// What is wrong.
    pub fault: Fault,
    /// The known word that was most likely meant.
    pub nearest: Option<String>,
}

impl Display for Problem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(out, "{line}:{column}: ")?;
        }
        match &self.fault {
            Fault::UnknownKey(_) | Fault::Syntax(_) => {}
            _ if self.key.is_empty() => {}
            _ => write!(out, "`{}`: ", self.key)?,
        }
        write!(out, "{}", self.fault)?;
        match (&self.nearest, &self.fault) {
            (Some(nearest), _) => write!(out, "; did you mean `{nearest}`?"),
            (None, Fault::UnknownWord { known, .. }) if !known.is_empty() => {
                write!(out, "; expected one of {}", known.join(", "))
            }
            _ => Ok(()),
        }
    }
}

/// What is wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// The text is not TOML.
    #[error("{0}")]
    Syntax(String),
    /// The key is unknown.
    #[error("unknown key `{0}`")]
    UnknownKey(String),
    /// A required key is missing.
    #[error("missing key `{0}`")]
    MissingKey(&'static str),
    /// The value is of another type.
    #[error("expected {0}")]
    WrongType(&'static str),
    /// A rule, payload, level or other name is unknown.
    #[error("unknown {what} `{word}`")]
    UnknownWord {
        /// The kind of name.
        what: &'static str,
        /// The word.
        word: String,
        /// All known names, if they are few.
        known: Vec<String>,
    },
    /// A glob cannot be read, or can match nothing.
    #[error("invalid glob `{glob}`: {why}")]
    Glob {
        /// The glob.
        glob: String,
        /// Why.
        why: String,
    },
    /// The time is not an RFC 3339 date-time.
    #[error("{0}")]
    Instant(#[from] pipelint::ParseInstantError),
    /// The text is not an amount, or has too many digits.
    #[error(
        "expected an amount in plain digits, with at most 15 before the decimal point and 4 after it"
    )]
    Amount,
    /// The number is outside of its limits.
    #[error("expected a whole number from {least} to {most}")]
    OutOfRange {
        /// The least.
        least: u32,
        /// The greatest.
        most: u32,
    },
    /// A list is too short.
    #[error("expected at least one item")]
    EmptyList,
    /// A word is empty or only white space.
    #[error("expected a string that is not blank")]
    Blank,
    /// The name of a payload has another form.
    #[error("write the name as `system/operation`, in lower-case letters, digits and hyphens")]
    PayloadName,
    /// A payload of the configuration's own has the name of a built-in one.
    #[error("this is a built-in payload; choose another name")]
    BuiltInPayload,
    /// The least value is above the greatest.
    #[error("`least-value` is greater than `greatest-value`")]
    CrossedLimits,
}

/// Line and column, from 1, of a place in a text.
pub(crate) fn position(text: &str, span: &Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start.min(text.len())).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

impl Problems {
    pub(crate) fn of(file: Option<&Path>, problems: Vec<Problem>) -> Self {
        Self {
            file: file.map(Path::to_owned),
            problems,
        }
    }
}
