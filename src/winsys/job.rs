//! Job objects: limits that Windows puts on a process, which the process cannot leave.

use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::process::Child;
use std::ptr;
use std::time::Duration;

use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_JOB_MEMORY, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_LIMIT_PROCESS_TIME, JOB_OBJECT_UILIMIT_DESKTOP,
    JOB_OBJECT_UILIMIT_DISPLAYSETTINGS, JOB_OBJECT_UILIMIT_EXITWINDOWS, JOB_OBJECT_UILIMIT_GLOBALATOMS,
    JOB_OBJECT_UILIMIT_HANDLES, JOB_OBJECT_UILIMIT_READCLIPBOARD, JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS,
    JOB_OBJECT_UILIMIT_WRITECLIPBOARD, JOBOBJECT_BASIC_LIMIT_INFORMATION, JOBOBJECT_BASIC_UI_RESTRICTIONS,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JOBOBJECTINFOCLASS, JobObjectBasicUIRestrictions,
    JobObjectExtendedLimitInformation, SetInformationJobObject,
};

use windows_sys::Win32::System::ProcessStatus::{K32GetProcessMemoryInfo, PROCESS_MEMORY_COUNTERS};

use crate::wide::checked;

/// What a process in the job may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Committed memory, in bytes.
    pub memory: usize,
    /// Processor time in user mode.
    pub processor: Duration,
}

/// A job for one process, which ends when the job is dropped, even by the end of the program that made it.
#[derive(Debug)]
pub struct Job(OwnedHandle);

impl Job {
    /// A job around a running process. Windows refuses to keep a process from the desktop that is in a job already, as it may be
    /// in some terminals and sessions; there the limits hold alone.
    pub fn around(child: &Child, limits: Limits) -> io::Result<Job> {
        Job::new(limits).and_then(|job| job.keep_from_desktop()?.take(child)).or_else(|_| Job::new(limits)?.take(child))
    }

    fn new(limits: Limits) -> io::Result<Job> {
        // SAFETY: no security attributes and no name; both may be null.
        let handle = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
        if handle.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle was made for us alone, and nothing else closes it.
        let job = Job(unsafe { OwnedHandle::from_raw_handle(handle) });
        job.set(JobObjectExtendedLimitInformation, &of_process(limits))?;
        Ok(job)
    }

    fn keep_from_desktop(self) -> io::Result<Job> {
        self.set(JobObjectBasicUIRestrictions, &JOBOBJECT_BASIC_UI_RESTRICTIONS { UIRestrictionsClass: UNSEEN })?;
        Ok(self)
    }

    fn take(self, child: &Child) -> io::Result<Job> {
        // SAFETY: both handles are open while their owners are borrowed.
        checked(unsafe { AssignProcessToJobObject(self.0.as_raw_handle(), child.as_raw_handle()) })?;
        Ok(self)
    }

    /// `T` is the structure that belongs to `class`.
    fn set<T>(&self, class: JOBOBJECTINFOCLASS, information: &T) -> io::Result<()> {
        let size = u32::try_from(size_of::<T>()).unwrap_or(0);
        let information = ptr::from_ref(information).cast();
        // SAFETY: the handle is open, and the pointer leads to `size` bytes that live through the call. A structure that
        // does not belong to the class has another size, and is refused.
        checked(unsafe { SetInformationJobObject(self.0.as_raw_handle(), class, information, size) })
    }
}

/// No clipboard, no windows of other programs, no settings: the process has nothing to do with a desktop.
const UNSEEN: u32 = JOB_OBJECT_UILIMIT_DESKTOP
    | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
    | JOB_OBJECT_UILIMIT_EXITWINDOWS
    | JOB_OBJECT_UILIMIT_GLOBALATOMS
    | JOB_OBJECT_UILIMIT_HANDLES
    | JOB_OBJECT_UILIMIT_READCLIPBOARD
    | JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
    | JOB_OBJECT_UILIMIT_WRITECLIPBOARD;

fn of_process(limits: Limits) -> JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
    // In units of 100 nanoseconds.
    let time = i64::try_from(limits.processor.as_nanos() / 100).unwrap_or(i64::MAX);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
        BasicLimitInformation: JOBOBJECT_BASIC_LIMIT_INFORMATION {
            PerProcessUserTimeLimit: time,
            ActiveProcessLimit: 1,
            LimitFlags: JOB_OBJECT_LIMIT_ACTIVE_PROCESS
                | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
                | JOB_OBJECT_LIMIT_JOB_MEMORY
                | JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
                | JOB_OBJECT_LIMIT_PROCESS_MEMORY
                | JOB_OBJECT_LIMIT_PROCESS_TIME,
            ..JOBOBJECT_BASIC_LIMIT_INFORMATION::default()
        },
        ProcessMemoryLimit: limits.memory,
        JobMemoryLimit: limits.memory,
        ..JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default()
    }
}

/// The memory that a process uses, in bytes.
pub fn memory(process: &Child) -> io::Result<usize> {
    let size = u32::try_from(size_of::<PROCESS_MEMORY_COUNTERS>()).unwrap_or(0);
    let mut about = PROCESS_MEMORY_COUNTERS { cb: size, ..PROCESS_MEMORY_COUNTERS::default() };
    // SAFETY: the handle is open while `process` is borrowed, and `about` is a writable structure of that size.
    checked(unsafe { K32GetProcessMemoryInfo(process.as_raw_handle(), &raw mut about, size) })?;
    Ok(about.WorkingSetSize.max(about.PagefileUsage))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    fn waiting() -> Child {
        Command::new("cmd").args(["/c", "pause"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
    }

    #[test]
    fn a_process_ends_with_its_job_even_within_another() {
        let limits = Limits { memory: 500 << 20, processor: Duration::from_secs(10) };
        let mut child = waiting();
        let outer = Job::new(limits).unwrap().take(&child).unwrap();
        let job = Job::around(&child, limits).unwrap();
        assert!(child.try_wait().unwrap().is_none(), "it waits for a key");
        assert!((1 << 16..500 << 20).contains(&memory(&child).unwrap()));
        drop(job);
        child.wait().unwrap();
        drop(outer);
    }
}
