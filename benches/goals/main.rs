//! The speed goals, measured on whole processes in a pseudo-terminal: `cargo bench --bench goals`.
//!
//! docs/PERFORMANCE.md says what is measured and how. `-- --sizes 1k,10k` leaves out the other sizes, `--rows 1,3` the
//! other rows, `--markdown` prints the table as Markdown.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that cannot be made ends its row")]

#[cfg(target_os = "linux")]
mod linux;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
}

#[cfg(target_os = "linux")]
fn run(arguments: &[&str]) {
    match arguments {
        ["hello", rows] => linux::hello(rows),
        ["make", file, actions, changes] => linux::make(file, actions, changes),
        // `cargo test --benches` only checks that this compiles.
        _ if !arguments.contains(&"--bench") => {}
        _ => linux::measure(arguments),
    }
}

#[cfg(not(target_os = "linux"))]
fn run(arguments: &[&str]) {
    if arguments.contains(&"--bench") {
        println!("The speed goals are measured on Linux only, because memory is read from /proc.");
    }
}
