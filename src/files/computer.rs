//! What this computer is called.

/// The computer's name, without the domain that it is in: "SXP-L-0417". "this computer" where it has none.
pub fn computer_name() -> String {
    let name = name().unwrap_or_default();
    let short: String =
        name.split('.').next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(64).collect();
    if short.trim().is_empty() { "this computer".to_owned() } else { short.trim().to_owned() }
}

#[cfg(unix)]
fn name() -> Option<String> {
    rustix::system::uname().nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(unix))]
fn name() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}
