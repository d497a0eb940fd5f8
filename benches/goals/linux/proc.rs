//! What Linux says of a process: memory and processor time.

use std::fs;

/// A line of /proc/PID/status in MiB; nothing once the process has ended.
pub fn mib(pid: u32, name: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}

/// The greatest memory so far of a process or of any process that it has started.
pub fn peak(pid: u32) -> f64 {
    let started = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    let others = started.split_whitespace().filter_map(|pid| mib(pid.parse().ok()?, "VmHWM"));
    others.chain(mib(pid, "VmHWM")).fold(0.0, f64::max)
}

/// The processor time of all its threads so far, in the system's ticks.
pub fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in brackets may hold spaces.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}
