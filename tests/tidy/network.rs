//! Nothing in the usual build can use a network; with the feature `hub` only one part can.

use std::collections::BTreeSet;
use std::process::Command;

use super::assert_none;
use super::source::sources;

/// Crates that open connections, or that only crates that do need.
const NETWORK: [&str; 12] = [
    "curl",
    "hyper",
    "native-tls",
    "postgres",
    "postgres-protocol",
    "ring",
    "rustls",
    "socket2",
    "tokio",
    "tokio-postgres",
    "tokio-postgres-rustls",
    "ureq",
];

/// The crates that a build for this system is made of.
fn crates(options: &[&str]) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["tree", "--locked", "-e", "normal"]);
    let said = command.args(["--prefix", "none", "--format", "{p}"]).args(options).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let lines = String::from_utf8(said.stdout).unwrap();
    lines.lines().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

#[test]
fn the_usual_build_has_no_crate_that_uses_a_network() {
    // The hub's crates may have to be fetched first: the usual build does without them.
    let (usual, hub) = (crates(&["--offline"]), crates(&["--features", "hub"]));
    assert!(usual.contains("rusqlite"), "the crates were not understood");
    let found: Vec<&str> = NETWORK.into_iter().filter(|name| usual.contains(*name)).collect();
    assert_eq!(found, [""; 0], "in the usual build");
    assert!(hub.contains("postgres") && hub.contains("rustls"), "the hub's crates were not found: {hub:?}");
}

#[test]
fn only_the_hub_names_the_network() {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| source.layer != "hub") {
        for (at, code) in source.code.iter().enumerate() {
            if code.contains("std::net") {
                breaches.push(format!("src/{}:{}: the network", source.path, at + 1));
            }
        }
    }
    assert_none(&breaches);
}
