//! What the program takes away from itself before it does anything. So far: no core dumps, which would hold answers in clear.

/// No core dumps from now on. Where the system does not allow it, the program goes on: it asks for less, never for more.
#[cfg(unix)]
pub fn no_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Elsewhere there are none to switch off.
#[cfg(not(unix))]
pub fn no_core_dumps() {}
