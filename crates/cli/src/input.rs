//! Where payloads come from: files, folders, standard input; whole or one a line.

use std::fs::{self, File};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use flate2::read::MultiGzDecoder;

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use crate::args::InputFormat;
use crate::compressed::{self, Compressed};
use crate::detect_format::{Layout, Start};
use crate::error::CliError;
use crate::output::snippet::plain;
use crate::replace::FileIdentity;

/// One input.
#[derive(Debug)]
pub(crate) struct Source {
    /// The name as it was given, for people and for reports.
    pub(crate) name: String,
    path: Option<PathBuf>,
    /// Whether it may be no payload: it was found in a folder, and not asked for by name.
    pub(crate) found: bool,
    /// How it is laid out; none where only what it begins with tells.
    pub(crate) layout: Option<Layout>,
    /// The regular file that was opened last.
    identity: Mutex<Option<FileIdentity>>,
    /// Whether what was opened last is compressed.
    compressed: AtomicBool,
}

/// The bytes of an input.
pub(crate) type Reader = Box<dyn Read + Send>;

impl Source {
    fn stdin(format: Option<InputFormat>) -> Self {
        Self {
            name: "<stdin>".to_owned(),
            path: None,
            found: false,
            layout: format.map(Layout::from),
            identity: Mutex::default(),
            compressed: AtomicBool::new(false),
        }
    }

    fn file(path: PathBuf, found: bool, format: Option<InputFormat>) -> Self {
        let name = path.strip_prefix(".").unwrap_or(&path);
        Self {
            name: name.display().to_string(),
            layout: format.map(Layout::from).or_else(|| match ending(&path)? {
                "json" => Some(Layout::Whole),
                _ => Some(Layout::Lines),
            }),
            path: Some(path),
            found,
            identity: Mutex::default(),
            compressed: AtomicBool::new(false),
        }
    }

    /// Where it is; standard input is nowhere.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The name for messages: control characters cannot steer a terminal or begin a line.
    pub(crate) fn shown_name(&self) -> String {
        plain(&self.name)
    }

    /// The regular file that was opened last.
    pub(crate) fn identity(&self) -> Option<FileIdentity> {
        *self.identity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether its bytes may arrive slowly: it is not a file on a disk.
    pub(crate) fn is_slow(&self) -> bool {
        let file = self.path.as_ref().map(fs::metadata);
        !self.found && file.is_none_or(|file| file.is_ok_and(|file| !file.is_file()))
    }

    /// Opens it, and tells how it is laid out, from what it begins with if nothing else tells.
    pub(crate) fn open_told(&self, limit: u32) -> Result<(Layout, Reader), CliError> {
        let mut reader = self.open()?;
        if let Some(layout) = self.layout {
            return Ok((layout, reader));
        }
        let start = Start::read(&mut reader, limit);
        Ok((start.layout, start.before(reader)))
    }

    pub(crate) fn open(&self) -> Result<Reader, CliError> {
        let may_be_lines = self.layout != Some(Layout::Whole);
        match &self.path {
            None => {
                let stdin = io::stdin();
                if may_be_lines {
                    pipe::widen(&stdin);
                }
                self.decompressed(stdin)
            }
            Some(path) => {
                let file = File::open(path).map_err(|error| self.unreadable(error))?;
                let regular = file.metadata().ok().filter(fs::Metadata::is_file);
                *self.identity.lock().unwrap_or_else(PoisonError::into_inner) =
                    regular.as_ref().map(FileIdentity::new);
                if may_be_lines {
                    pipe::widen(&file);
                }
                self.decompressed(file)
            }
        }
    }

    /// Refuses what was opened last if it is compressed: it cannot be fixed in its place.
    pub(crate) fn refuse_compressed(&self) -> Result<(), CliError> {
        if self.compressed.load(Ordering::Relaxed) {
            return Err(CliError::FixCompressed {
                name: self.name.clone(),
            });
        }
        Ok(())
    }

    /// The bytes of an input; of one that gzip or zstd compressed, those before.
    fn decompressed(&self, input: impl Read + Send + 'static) -> Result<Reader, CliError> {
        let unreadable = |error| self.unreadable(error);
        let compressed = compressed::read(input).map_err(unreadable)?;
        let is_compressed = !matches!(compressed, Compressed::No(_));
        self.compressed.store(is_compressed, Ordering::Relaxed);
        match compressed {
            Compressed::No(reader) => Ok(reader),
            Compressed::Gzip(reader) => Ok(Box::new(MultiGzDecoder::new(reader))),
            Compressed::Zstd(reader) => {
                let frames = compressed::Frames::new(reader);
                Ok(Box::new(frames))
            }
        }
    }

    pub(crate) fn unreadable(&self, error: io::Error) -> CliError {
        CliError::Read {
            name: self.name.clone(),
            error,
        }
    }
}

impl From<InputFormat> for Layout {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Json => Self::Whole,
            InputFormat::Ndjson => Self::Lines,
        }
    }
}

/// Pipes, and what takes their place where there are none.
mod pipe {
    #[cfg(target_os = "linux")]
    use {
        crate::chunk_reader::BLOCK,
        rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size},
    };

    /// Lets a pipe hold a whole block, so that who writes and who reads wait less often for each
    /// other. What is no pipe, or may not hold so much, stays as it is.
    #[cfg(target_os = "linux")]
    pub(super) fn widen(input: &impl std::os::fd::AsFd) {
        if fcntl_getpipe_size(input).is_ok_and(|size| size < BLOCK) {
            let _ = fcntl_setpipe_size(input, BLOCK);
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn widen<T>(_input: &T) {}
}

/// The lower-case ending of a file's name, before that of a compressed file.
fn ending(path: &Path) -> Option<&'static str> {
    let is_compressed = |ending: &std::ffi::OsStr| {
        ["gz", "zst"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    let stem;
    let mut path = path;
    if path.extension().is_some_and(is_compressed) {
        stem = path.with_extension("");
        path = &stem;
    }
    let ending = path.extension()?;
    ["json", "ndjson", "jsonl"]
        .into_iter()
        .find(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether standard input is among what the paths name.
pub(crate) fn has_stdin(paths: &[PathBuf]) -> bool {
    paths.is_empty() || paths.iter().any(|path| path.as_os_str() == "-")
}

/// How many bytes there are in what the paths name. What is in a folder or comes through a pipe is
/// only known when it has come.
pub(crate) fn size(paths: &[PathBuf]) -> Option<u64> {
    let size = |path: &Path| {
        let file = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(file.len())
    };
    if has_stdin(paths) {
        // Another name of it where such names are, and where it may be a file.
        return (paths.len() < 2).then(|| size(Path::new("/dev/stdin")))?;
    }
    paths.iter().map(|path| size(path)).sum()
}

/// The inputs that the paths name, in order; or why a path names none. With `skip_unknown`, files
/// that are named may be no payload, like those in folders. A file in a folder whose ending is none
/// of a payload's is left out, unless it is `named` by a configuration.
pub(crate) fn sources<N: FnMut(&Path) -> bool + Clone + Send + 'static>(
    paths: Vec<PathBuf>,
    format: Option<InputFormat>,
    skip_unknown: bool,
    exclude: &[String],
    named: N,
) -> Result<impl Iterator<Item = Result<Source, CliError>> + Send + use<N>, CliError> {
    let excluded = excluded(exclude)?;
    let stdin = paths.is_empty().then(|| Ok(Source::stdin(format)));
    let inputs = paths
        .into_iter()
        .flat_map(move |path| -> Box<dyn Iterator<Item = _> + Send> {
            if path.as_os_str() == "-" {
                Box::new(std::iter::once(Ok(Source::stdin(format))))
            } else if path.is_dir() {
                Box::new(folder(&path, format, &excluded, named.clone()))
            } else {
                Box::new(std::iter::once(Ok(Source::file(
                    path,
                    skip_unknown,
                    format,
                ))))
            }
        });
    Ok(stdin.into_iter().chain(inputs))
}

/// The files and folders to skip; globs are relative to the current folder.
fn excluded(globs: &[String]) -> Result<Override, CliError> {
    let mut overrides = OverrideBuilder::new(".");
    for glob in globs {
        // An override without `!` would name the only files to look at.
        let skipped = overrides.add(&format!("!{glob}"));
        skipped.map_err(|error| CliError::Exclude {
            glob: glob.clone(),
            error,
        })?;
    }
    overrides.build().map_err(CliError::Walk)
}

/// The payload files in a folder, by name, but for hidden ones and those that `.gitignore` and
/// `.ignore` files leave out.
fn folder<N: FnMut(&Path) -> bool>(
    path: &Path,
    format: Option<InputFormat>,
    excluded: &Override,
    mut named: N,
) -> impl Iterator<Item = Result<Source, CliError>> + use<N> {
    let mut none = Some(CliError::NothingThere(path.to_owned()));
    let mut walk = WalkBuilder::new(path)
        .sort_by_file_name(Ord::cmp)
        .require_git(false)
        .overrides(excluded.clone())
        .build();
    std::iter::from_fn(move || {
        for entry in walk.by_ref() {
            match entry {
                Err(error) => {
                    none = None;
                    return Some(Err(CliError::Walk(error)));
                }
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    let path = entry.path();
                    if is_file && (ending(path).is_some() || named(path)) {
                        none = None;
                        return Some(Ok(Source::file(entry.into_path(), true, format)));
                    }
                }
            }
        }
        none.take().map(Err)
    })
}

/// Reads one whole payload into `buffer`, but not much more than `limit` bytes of it: a payload
/// over the limit is refused, however it goes on.
pub(crate) fn whole(reader: &mut dyn BufRead, limit: u32, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.clear();
    reader.take(u64::from(limit) + 1).read_to_end(buffer)?;
    Ok(())
}

/// Whether a line was read only in part, because it is over the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    Yes,
    No,
}

/// Reads the next line into `buffer`, with its end, but not much more of it than `limit` bytes;
/// `None` if there is none.
pub(crate) fn raw_line(
    reader: &mut dyn BufRead,
    limit: u32,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<Cut>> {
    buffer.clear();
    let room = u64::from(limit) + 2;
    if reader.take(room).read_until(b'\n', buffer)? == 0 {
        return Ok(None);
    }
    let cut = buffer.last() != Some(&b'\n') && buffer.len() as u64 == room;
    Ok(Some(if cut { Cut::Yes } else { Cut::No }))
}

/// A line, and its end.
pub(crate) fn split_end(raw: &[u8]) -> (&[u8], &[u8]) {
    let line = raw.strip_suffix(b"\n").unwrap_or(raw);
    let line = match line.strip_suffix(b"\r") {
        Some(shorter) if line.len() < raw.len() => shorter,
        _ => line,
    };
    raw.split_at(line.len())
}

/// Whether a line holds nothing but white space.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines, and how each was cut.
    fn lines(mut text: &[u8], limit: u32) -> Vec<(String, Cut)> {
        let mut buffer = Vec::new();
        let mut lines = Vec::new();
        while let Some(cut) = raw_line(&mut text, limit, &mut buffer).unwrap() {
            let (line, _) = split_end(&buffer);
            lines.push((String::from_utf8(line.to_vec()).unwrap(), cut));
            if cut == Cut::Yes {
                text.skip_until(b'\n').unwrap();
            }
        }
        lines
    }

    fn whole_lines(text: &[u8], limit: u32) -> Vec<String> {
        let lines = lines(text, limit).into_iter();
        let lines = lines.map(|(line, cut)| {
            assert_eq!(cut, Cut::No, "{line}");
            line
        });
        lines.collect()
    }

    #[test]
    fn lines_lose_their_ends() {
        assert_eq!(whole_lines(b"a\nb\r\n\nc", 9), ["a", "b", "", "c"]);
        assert_eq!(whole_lines(b"a\r\r\n", 9), ["a\r"]);
        assert_eq!(whole_lines(b"", 9), [""; 0]);
    }

    #[test]
    fn of_an_endless_line_only_the_start_is_kept() {
        let text = format!("{}\nnext\n", "x".repeat(1000));
        let read = lines(text.as_bytes(), 4);
        assert_eq!(read.len(), 2);
        assert!(read[0].0.len() > 4 && read[0].0.len() < 8);
        assert_eq!(read[0].1, Cut::Yes);
        assert_eq!(read[1], ("next".to_owned(), Cut::No));
        // At the limit, nothing is lost, and nothing is skipped.
        assert_eq!(
            whole_lines(b"1234\n1234\r\n12345\nx", 4),
            ["1234", "1234", "12345", "x"]
        );
    }
}
