//! What the reading child is given and what it may do: nothing beyond reading its input and writing its answer.

use std::io;
use std::process::{Child, Command};

/// Memory of the child, in bytes.
const MEMORY: u64 = 500 << 20;

/// The child gets no environment, and no open file but its three streams.
pub fn give_nothing(command: &mut Command) {
    command.env_clear();
    #[cfg(windows)]
    give_nothing_of_windows(command);
    // Files that this program opened are closed in the child anyway; those that it inherited itself would not be.
    #[cfg(target_os = "linux")]
    close_fds::set_fds_cloexec_threadsafe(3, &[]);
}

/// Nor the console, in which it could read keys.
#[cfg(windows)]
fn give_nothing_of_windows(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const DETACHED_PROCESS: u32 = 0x8;
    if let Some(root) = std::env::var_os("SystemRoot") {
        // Without it, Windows starts no program.
        command.env("SystemRoot", root);
    }
    winsys::keep_streams();
    command.creation_flags(DETACHED_PROCESS);
}

/// Applies the limits, in the child, before a byte of the document is seen. Memory and time must be limited; what only some
/// kernels offer is used where it is there.
#[cfg(unix)]
pub fn confine() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    withdraw();
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Cpu, super::SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        // What is open stays open; nothing more can be opened.
        (Resource::Nofile, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

/// On Windows the limits are put on from outside: see [`hold`]. The child gives up what it can, and what the system refuses is
/// used no less for that.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn confine() -> io::Result<()> {
    winsys::withdraw().ok();
    Ok(())
}

/// What holds the child to its limits as long as it is kept: nothing where the child limits itself.
#[cfg(unix)]
pub struct Hold;
#[cfg(windows)]
pub struct Hold(#[expect(dead_code, reason = "it is held, not used")] Option<winsys::Job>);

#[cfg(unix)]
pub fn hold(_child: &Child) -> Hold {
    Hold
}

/// Limits memory, time and processes, and ends the child with this program, whatever ends that. The child has done nothing
/// yet: it waits for its request. In a session whose own job allows no other, what is left is [`is_too_large`] and the clock.
#[cfg(windows)]
pub fn hold(child: &Child) -> Hold {
    let memory = usize::try_from(MEMORY).unwrap_or(usize::MAX);
    let limits = winsys::Limits { memory, processor: std::time::Duration::from_secs(super::SECONDS) };
    Hold(winsys::Job::around(child, limits).ok())
}

/// Whether the child uses more memory than it may, in spite of its limits.
#[cfg(unix)]
pub fn is_too_large(_child: &Child) -> bool {
    false
}

#[cfg(windows)]
pub fn is_too_large(child: &Child) -> bool {
    winsys::memory(child).is_ok_and(|memory| memory as u64 > MEMORY)
}

/// No new privileges by starting another program, and no file, network or other process within reach.
#[cfg(target_os = "linux")]
fn withdraw() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetError, Scope};
    rustix::thread::set_no_new_privs(true).ok();
    let abi = ABI::V6;
    let enforce = || -> Result<(), RulesetError> {
        let rules =
            Ruleset::default().handle_access(AccessFs::from_all(abi))?.handle_access(AccessNet::from_all(abi))?;
        rules.scope(Scope::from_all(abi))?.create()?.restrict_self().map(|_| ())
    };
    // An older kernel enforces what it knows of this, or nothing; the limits hold in any case.
    enforce().ok();
}

#[cfg(all(unix, not(target_os = "linux")))]
fn withdraw() {}
