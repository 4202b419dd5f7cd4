//! Hands out what is to be checked: whole inputs, and blocks of lines, one after the other.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use pipelint::contract::Contract;
use pipelint::{Inference, infer_among, payloads};
use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::chunk_reader::{Block, ChunkReader, lines};
use crate::config::{Configs, ResolvedSettings};
use crate::detect_format::Layout;
use crate::error::CliError;
use crate::input::{Reader, Source, is_blank};

/// What payloads have in common that come from one input.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) source: Arc<Source>,
    pub(crate) terms: Arc<ResolvedSettings>,
    pub(crate) contract: &'static Contract<'static>,
}

impl Input {
    pub(crate) fn new(
        source: &Arc<Source>,
        terms: &Arc<ResolvedSettings>,
        contract: &'static Contract<'static>,
    ) -> Self {
        Self {
            source: Arc::clone(source),
            terms: Arc::clone(terms),
            contract,
        }
    }
}

impl Input {
    /// The input of one faulty line if its keys fit another payload and none was given.
    pub(crate) fn other_payload(&self, line: &[u8]) -> Option<Self> {
        if self.terms.contract.is_some() {
            return None;
        }
        match infer(line, &self.terms.own) {
            Inference::One(contract) if contract.id != self.contract.id => Some(Self {
                contract,
                ..self.clone()
            }),
            _ => None,
        }
    }
}

/// What is to be done next.
pub(crate) enum Task {
    /// To read and check one payload, from its start where that was read to tell the layout.
    Whole(Arc<Source>, Arc<ResolvedSettings>, Option<Reader>),
    /// To check the lines in the block.
    Lines(Lines),
    /// To leave what is to be fixed to who writes, in its turn: it may be large, or its file was
    /// handed out before.
    DeferredFix(Arc<Source>, Arc<ResolvedSettings>),
    /// To say why an input cannot be read, or why a path names none.
    Say(CliError),
    /// To say that an input is passed over.
    Skip(String),
}

/// A block of lines.
pub(crate) struct Lines {
    /// What they are; none where all are blank.
    pub(crate) input: Option<Input>,
    /// Whether no other block of this input came before.
    pub(crate) first: bool,
    /// Whether it is known from here on what the input is. Blocks before this were blank.
    pub(crate) announce: bool,
    /// How the first line told what they are, if it was just now.
    pub(crate) note: Option<String>,
    /// How many bytes of the input they stand for.
    pub(crate) size: u64,
}

/// Goes through the inputs.
pub(crate) struct TaskSource {
    sources: Box<dyn Iterator<Item = Result<Source, CliError>> + Send>,
    configs: Configs,
    /// The files that were handed out to be fixed; none where nothing is.
    fixed: Option<HashSet<PathBuf>>,
    open: Option<Open>,
}

/// An input with one payload a line.
struct Open {
    source: Arc<Source>,
    terms: Arc<ResolvedSettings>,
    blocks: ChunkReader<Reader>,
    contract: Option<&'static Contract<'static>>,
    first: bool,
    /// Whether there was nothing but blank lines.
    blank: bool,
}

impl TaskSource {
    pub(crate) fn new(
        sources: impl Iterator<Item = Result<Source, CliError>> + Send + 'static,
        configs: Configs,
        fixing: bool,
    ) -> Self {
        Self {
            sources: Box::new(sources),
            configs,
            fixed: fixing.then(HashSet::new),
            open: None,
        }
    }

    /// The next task, or `None` at the end. Lines are read into the block; `slow` is called before
    /// those of an input may be long in coming.
    pub(crate) fn next(&mut self, block: &mut Block, slow: impl Fn()) -> Option<Task> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next(block) {
                    Ok(Some(Task::Lines(lines))) => return Some(Task::Lines(lines)),
                    Ok(None) => self.open = None,
                    Ok(last) => {
                        self.open = None;
                        return last;
                    }
                    Err(trouble) => {
                        self.open = None;
                        return Some(Task::Say(trouble));
                    }
                }
                continue;
            }
            let next = self.sources.next()?;
            match next.and_then(|source| self.open(source, &slow)) {
                Ok(None) => {}
                Ok(Some(task)) => return Some(task),
                Err(trouble) => return Some(Task::Say(trouble)),
            }
        }
    }

    /// Starts with an input, unless it is one for a worker as it is.
    fn open(&mut self, source: Source, slow: &impl Fn()) -> Result<Option<Task>, CliError> {
        let terms = Arc::new(self.configs.terms(&source)?);
        let source = Arc::new(source);
        if let Some(fixed) = &mut self.fixed {
            let file = source.path().map(fs::canonicalize);
            let again = match file {
                None => true,
                Some(Ok(file)) => !fixed.insert(file),
                // Who opens it says why it cannot be.
                Some(Err(_)) => false,
            };
            if source.layout != Some(Layout::Whole) || again {
                return Ok(Some(Task::DeferredFix(source, terms)));
            }
        }
        if source.layout == Some(Layout::Whole) {
            return Ok(Some(Task::Whole(source, terms, None)));
        }
        if source.is_slow() {
            slow();
        }
        let limit = terms.options.limits.size;
        let (layout, reader) = source.open_told(limit)?;
        if layout == Layout::Whole {
            return Ok(Some(Task::Whole(source, terms, Some(reader))));
        }
        self.open = Some(Open {
            blocks: ChunkReader::new(reader, limit),
            contract: terms.contract,
            first: true,
            blank: true,
            source,
            terms,
        });
        Ok(None)
    }
}

impl Open {
    fn next(&mut self, block: &mut Block) -> Result<Option<Task>, CliError> {
        let read = self.blocks.next(block);
        let Some(size) = read.map_err(|error| self.source.unreadable(error))? else {
            return Ok(self.blank.then(|| Task::Skip(nothing(&self.source))));
        };
        let (mut note, mut begun) = (None, None);
        if self.blank {
            begun = lines(block.bytes()).find(|(_, line)| !is_blank(line));
            self.blank = begun.is_none();
        }
        // The first line tells which payload they all are.
        if self.contract.is_none()
            && let Some((_, line)) = begun
        {
            let told = recognise(&self.source, &self.terms.own, line)?;
            if told.contract.is_none() {
                return Ok(Some(Task::Skip(told.note)));
            }
            (self.contract, note) = (told.contract, Some(told.note));
        }
        let input = self.contract.map(|contract| Input {
            source: Arc::clone(&self.source),
            terms: Arc::clone(&self.terms),
            contract,
        });
        let first = std::mem::take(&mut self.first);
        Ok(Some(Task::Lines(Lines {
            announce: note.is_some() || (first && input.is_some()),
            input,
            first,
            note,
            size,
        })))
    }
}

/// What is said of lines of which none is a payload. That is NDJSON, and no fault, but it may be
/// what is left of an export that failed.
pub(crate) fn nothing(source: &Source) -> String {
    let passed = if source.found { "skipped, " } else { "" };
    format!("{}: {passed}the input is empty", source.shown_name())
}

/// What the keys of a payload tell.
pub(crate) struct Told {
    /// The payload that it is. A file that was only found in a folder may be none.
    pub(crate) contract: Option<&'static Contract<'static>>,
    /// What a person has to know of that.
    pub(crate) note: String,
}

/// Which payload a text is: a built-in one, or one of the configuration's own.
fn infer(payload: &[u8], own: &[&'static Contract<'static>]) -> Inference {
    infer_among(payload, payloads::ALL.iter().chain(own).copied())
}

/// Which payload an input is, by the keys of its first payload.
pub(crate) fn recognise(
    source: &Source,
    own: &[&'static Contract<'static>],
    payload: &[u8],
) -> Result<Told, CliError> {
    let name = source.name.clone();
    match infer(payload, own) {
        Inference::One(contract) => Ok(Told {
            contract: Some(contract),
            note: format!("{}: checked as {}", source.shown_name(), contract.operation),
        }),
        Inference::Several(candidates) => Err(CliError::Ambiguous { name, candidates }),
        Inference::None => {
            // The keys of a text that cannot be decoded are unknown: it may be a payload.
            if let Some(reason) = undecodable(payload) {
                return Err(CliError::NotUtf8 { name, reason });
            }
            // What was read in part only may still be JSON.
            let broken = serde_json::from_slice::<IgnoredAny>(payload)
                .err()
                .filter(|error| error.classify() == Category::Syntax);
            let (why, trouble) = match broken {
                _ if is_blank(payload) => ("it is empty", CliError::Empty { name }),
                Some(error) => {
                    let (line, column) = (error.line(), error.column());
                    ("it is not JSON", CliError::NoJson { name, line, column })
                }
                None => ("its keys match no payload", CliError::Unrecognised { name }),
            };
            if !source.found {
                return Err(trouble);
            }
            Ok(Told {
                contract: None,
                note: format!("{}: skipped, {why}", source.shown_name()),
            })
        }
    }
}

/// Why bytes cannot be decoded as UTF-8. An incomplete character at the end does not count: the
/// bytes may have been cut at the limit of what is read.
fn undecodable(bytes: &[u8]) -> Option<String> {
    match bytes {
        // JSON begins with an ASCII character, which UTF-16 and UTF-32 pair with zeros.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] | [0, ..] => {
            return Some("cannot read UTF-16 or UTF-32; save it as UTF-8".to_owned());
        }
        [0x1f, 0x8b, ..] => return Some("cannot read gzip; decompress it first".to_owned()),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            return Some("cannot read zstd; decompress it first".to_owned());
        }
        _ => {}
    }
    let error = std::str::from_utf8(bytes).err()?;
    error.error_len()?;
    let (valid, rest) = bytes.split_at_checked(error.valid_up_to())?;
    let line = 1 + memchr::memchr_iter(b'\n', valid).count();
    let byte = rest.first()?;
    Some(format!(
        "cannot read it: byte 0x{byte:02X} on line {line} is not UTF-8; save it as UTF-8"
    ))
}
