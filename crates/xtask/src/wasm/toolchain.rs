//! The compiler of the module: rustup's if it has the standard library's source, else Debian's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{Outcome, cargo, root, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's packages that compile for WebAssembly.
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// Flags that make the module small.
const FLAGS: [&str; 5] = [
    // A panic is a trap without a message.
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    // No JavaScript object crosses the boundary, so no table of references is needed.
    "-Ctarget-feature=-reference-types",
    // Functions that read every byte are optimised for speed.
    "--cfg=pipelint_module",
];

/// Compiles the crate `pipelint-wasm`; returns where the module is.
///
/// The standard library is compiled too, for size and without panic messages; the precompiled one
/// makes the module 50 % larger.
pub(super) fn build() -> Outcome<PathBuf> {
    let folder = target_folder();
    let is_debian = linker().is_some() && has_debian();
    let mut command = if has_source() || !is_debian && rustup_adds_source() {
        cargo()
    } else {
        let linker = debian()?;
        let mut cargo = Command::new("/usr/bin/cargo");
        cargo
            .env("RUSTC", "/usr/bin/rustc")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        cargo
    };
    run(command
        .current_dir(root())
        // Only as a cdylib: link-time optimisation needs that no other crate type is built.
        .args(["rustc", "--lib", "--crate-type", "cdylib"])
        .args(["--package", "pipelint-wasm", "--profile", "wasm"])
        .args(["--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort"])
        .args(["-Z", "build-std-features=optimize_for_size"])
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            FLAGS.join(" "),
        ))?;
    Ok(folder.join(TARGET).join("wasm/pipelint_wasm.wasm"))
}

/// What is missing to compile the module and cannot be installed automatically, in a sentence.
pub(super) fn missing() -> Option<String> {
    let is_there = has_source() || linker().is_some() && has_debian() || rustup_adds_source();
    (!is_there && !can_install()).then(|| format!("nothing compiles for {TARGET}: {COMPILERS}"))
}

/// What is missing for the page tests and cannot be installed automatically, in a sentence.
pub(super) fn missing_browser() -> Option<String> {
    (!has_browser() && !can_install()).then(|| BROWSER.to_owned())
}

/// Installs Chromium for the page tests unless it is there.
pub(super) fn browser() -> Outcome {
    if has_browser() {
        return Ok(());
    }
    install(&["chromium", "fonts-dejavu-core"]).map_err(|_| BROWSER.into())
}

const COMPILERS: &str = "run `rustup component add rust-src`, or on Debian `apt-get install rustc-web cargo-web rust-web-src lld-22`";
const BROWSER: &str = "the page tests need Chromium: install it, and set CHROMIUM to its path unless it is /usr/bin/chromium";

fn has_browser() -> bool {
    Path::new("/usr/bin/chromium").exists() || std::env::var_os("CHROMIUM").is_some()
}

/// Whether packages can be installed: on Debian, as root.
fn can_install() -> bool {
    let id = Command::new("id").arg("-u").output();
    Path::new("/usr/bin/apt-get").exists()
        && id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A target folder of its own, so that the two compilers do not invalidate each other's builds.
fn target_folder() -> PathBuf {
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root().join(folder).join("web")
}

/// Whether the default compiler has the source of its standard library.
fn has_source() -> bool {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(root())
        .output();
    output.is_ok_and(|output| {
        Path::new(String::from_utf8_lossy(&output.stdout).trim())
            .join("lib/rustlib/src/rust/library/std")
            .exists()
    })
}

fn rustup_adds_source() -> bool {
    let status = Command::new("rustup")
        .args(["component", "add", "rust-src"])
        .current_dir(root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success()) && has_source()
}

/// Installs Debian's compiler unless it is there; returns its linker.
fn debian() -> Outcome<PathBuf> {
    if !has_debian() || linker().is_none() {
        let outcome = install(&DEBIAN);
        outcome.map_err(|error| format!("{error}; nothing compiles for {TARGET}: {COMPILERS}"))?;
    }
    let missing = || format!("nothing compiles for {TARGET}: {COMPILERS}");
    linker()
        .filter(|_| has_debian())
        .ok_or_else(|| missing().into())
}

/// Whether Debian's compiler and the source of its standard library are installed.
fn has_debian() -> bool {
    [
        "/usr/bin/cargo",
        "/usr/bin/rustc",
        "/usr/lib/rustlib/src/rust/library",
    ]
    .iter()
    .all(|path| Path::new(path).exists())
}

/// The newest `wasm-ld` of Debian's LLVM.
fn linker() -> Option<PathBuf> {
    let mut linkers: Vec<(u32, PathBuf)> = fs::read_dir("/usr/bin")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = name.strip_prefix("wasm-ld-")?.parse().ok()?;
            Some((version, entry.path()))
        })
        .collect();
    linkers.sort();
    linkers.pop().map(|(_, path)| path)
}

/// Installs Debian packages, which needs root.
fn install(packages: &[&str]) -> Outcome {
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run(apt().args(["--quiet", "update"]))?;
    run(apt()
        .args(["--quiet", "--yes", "--no-install-recommends", "install"])
        .args(packages))
}
