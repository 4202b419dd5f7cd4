//! The JavaScript side of the module's functions, written by wasm-bindgen.

/// Writes `pipelint_bg.js` and `pipelint_bg.wasm` into a folder.
#[cfg(feature = "bindgen")]
pub(crate) fn make(module: &str, folder: &str) -> crate::run::Outcome {
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .bundler(true)?
        .out_name("pipelint")
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)?;
    // The package starts the module itself, in a different way for each entry point.
    let file = |name: &str| std::path::Path::new(folder).join(name);
    if file("pipelint.js").exists() {
        std::fs::remove_file(file("pipelint.js"))?;
    }
    std::fs::remove_file(file("pipelint_bg.wasm.d.ts"))?;
    let mut types = std::fs::read_to_string(file("pipelint.d.ts"))?;
    types.push_str("export function __wbg_set_wasm(exports: WebAssembly.Exports): void;\n");
    std::fs::write(file("pipelint_bg.d.ts"), types)?;
    std::fs::remove_file(file("pipelint.d.ts"))?;
    Ok(())
}
