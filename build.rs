//! Lists the folders below `questionnaires/`, so that adding a questionnaire needs no Rust.
#![allow(clippy::disallowed_methods, reason = "a build script writes into its own output folder")]
#![allow(clippy::unnecessary_debug_formatting, reason = "the path becomes a Rust string literal")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folders = root.join("questionnaires");
    println!("cargo::rerun-if-changed={}", folders.display());
    let mut code = String::from("&[\n");
    for folder in sorted(&folders)?.iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
        let _ = writeln!(code, "    ({:?}, &[", name(folder));
        for file in sorted(folder)? {
            let _ = writeln!(code, "        ({:?}, include_str!({:?})),", name(&file), file.to_string_lossy());
        }
        code.push_str("    ]),\n");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("questionnaires.rs"), code)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<PathBuf>> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut entries = entries?;
    entries.sort();
    Ok(entries)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
