//! Keeps what was in memory at a crash from leaving the computer.

use std::ffi::OsStr;
use std::path::Path;

use windows_sys::Win32::System::Diagnostics::Debug::{SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode};
use windows_sys::Win32::System::ErrorReporting::{
    WER_FAULT_REPORTING_FLAG_NOHEAP, WerAddExcludedApplication, WerSetFlags,
};

use crate::wide::wide;

/// Asks Windows Error Reporting to send nothing about this program: no window, no heap, and its name on the user's list of
/// programs that are not reported. What the system refuses is no reason not to work.
pub fn no_reports() {
    // SAFETY: the call takes flags and touches no memory of ours.
    unsafe { SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX) };
    // SAFETY: as above.
    unsafe { WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP) };
    if let Ok(program) = std::env::current_exe() {
        exclude(program.file_name().map_or(Path::new("arising.exe"), Path::new).as_os_str());
    }
}

fn exclude(program: &OsStr) {
    let name = wide(program);
    // SAFETY: the name ends with zero and lives through the call, which only reads it.
    unsafe { WerAddExcludedApplication(name.as_ptr(), 0) };
}
