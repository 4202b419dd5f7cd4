//! Serializes diagnostics: the JSON of every interface.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::rules::{Edit, Fix, Param};

use super::{Diagnostic, RenderedDiagnostic, Report};

/// A diagnostic with the names of where it was found. Serialises to one JSON object with the
/// fields that `pipelint check --output-format json` documents; without a file, `file` is left
/// out, and `record` too unless it has a number.
#[derive(Debug, Clone, Copy)]
pub struct Record<'r> {
    /// The file's name, as it was given.
    pub file: Option<&'r str>,
    /// The line of an NDJSON input, from 1.
    pub record: Option<u64>,
    /// The diagnostic.
    pub diagnostic: Diagnostic<'r>,
}

impl<'r> Record<'r> {
    /// The same, with the words that [`Diagnostic::render_into`] has found: for many records, the
    /// buffers can be used again, and for one that is read as well, the words are found once.
    #[must_use]
    pub fn told(self, words: &'r RenderedDiagnostic) -> impl Serialize + use<'r> {
        Told(self, words)
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut words = RenderedDiagnostic::default();
        self.diagnostic.render_into(&mut words);
        Told(*self, &words).serialize(serializer)
    }
}

/// A record whose words were found.
struct Told<'r, 'w>(Record<'r>, &'w RenderedDiagnostic);

impl Serialize for Told<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(record, words) = self;
        let diagnostic = &record.diagnostic;
        let (start, end, span) = (diagnostic.start(), diagnostic.end(), diagnostic.span());
        // Where there are no files, the number of the record is that of a stream, if anything.
        let (file, number) = (record.file.is_some(), record.record.is_some());
        let length = 15 + usize::from(file) + usize::from(file || number);
        let mut out = serializer.serialize_struct("Diagnostic", length)?;
        if file {
            out.serialize_field("file", &record.file)?;
        }
        if file || number {
            out.serialize_field("record", &record.record)?;
        }
        out.serialize_field("payload", diagnostic.report.contract.id)?;
        out.serialize_field("rule", diagnostic.rule().name)?;
        out.serialize_field("severity", diagnostic.severity().name())?;
        out.serialize_field("message", words.message())?;
        out.serialize_field("pointer", words.pointer())?;
        out.serialize_field("line", &start.line)?;
        out.serialize_field("column", &start.column)?;
        out.serialize_field("endLine", &end.line)?;
        out.serialize_field("endColumn", &end.column)?;
        out.serialize_field("offset", &span.start)?;
        out.serialize_field("length", &span.len())?;
        out.serialize_field("help", &words.help())?;
        out.serialize_field("params", &Params(words))?;
        out.serialize_field("source", words.source())?;
        let fix = words.fix().filter(|fix| !diagnostic.reveals(fix.edits()));
        let fix = fix.map(|fix| Titled(words.fix_title(), fix));
        out.serialize_field("fix", &fix)?;
        out.end()
    }
}

impl Serialize for Diagnostic<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record {
            file: None,
            record: None,
            diagnostic: *self,
        }
        .serialize(serializer)
    }
}

/// The diagnostics, in the order of the text.
impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.diagnostics())
    }
}

/// A parameter that is a number.
enum Number {
    Whole(i64),
    Decimal(f64),
}

/// The number that a parameter is, if its text can be read back from it.
fn number(name: &str, text: &str) -> Option<Number> {
    const NUMBERS: [&str; 11] = [
        "end", "exact", "fraction", "limit", "major", "minor", "number", "percent", "rounded",
        "step", "amount",
    ];
    if !NUMBERS.contains(&name) {
        return None;
    }
    if let Ok(number) = text.parse::<i64>() {
        return (number.to_string() == text).then_some(Number::Whole(number));
    }
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())?;
    (number.to_string() == text).then_some(Number::Decimal(number))
}

struct Params<'w>(&'w RenderedDiagnostic);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params = self.0.params();
        let mut map = serializer.serialize_map(Some(params.len()))?;
        for (name, value) in params {
            match value {
                Param::Text(text) => match number(name, &text) {
                    Some(Number::Whole(number)) => map.serialize_entry(name, &number)?,
                    Some(Number::Decimal(number)) => map.serialize_entry(name, &number)?,
                    None => map.serialize_entry(name, &text)?,
                },
                Param::Count(count) => map.serialize_entry(name, &count)?,
            }
        }
        map.end()
    }
}

/// A fix with its title.
struct Titled<'w>(&'w str, &'w Fix);

impl Serialize for Titled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Fix", 3)?;
        out.serialize_field("title", self.0)?;
        out.serialize_field("applicability", self.1.applicability.name())?;
        out.serialize_field("edits", &Edits(self.1.edits()))?;
        out.end()
    }
}

struct Edits<'e>(&'e [Edit]);

impl Serialize for Edits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for edit in self.0 {
            seq.serialize_element(edit)?;
        }
        seq.end()
    }
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Edit", 3)?;
        out.serialize_field("offset", &self.start)?;
        out.serialize_field("length", &(self.end - self.start))?;
        out.serialize_field("text", &self.text)?;
        out.end()
    }
}
