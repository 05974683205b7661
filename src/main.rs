//! The `periscreen` program: everything happens in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    periscreen::cli::main()
}
