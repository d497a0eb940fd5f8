//! The fuzzer: `FUZZ_TARGET=docx arising-fuzz …`, with libFuzzer's own arguments. See `run` beside this folder.
#![no_main]

mod copies;
mod rows;
mod targets;
mod truths;
mod whole;

use std::panic::PanicHookInfo;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

static RUN: OnceLock<targets::Run> = OnceLock::new();

fuzz_target!(
    init: {
        std::panic::set_hook(Box::new(end));
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        let target = targets::TARGETS.iter().find(|target| target.name == name);
        let target = target.unwrap_or_else(|| panic!("FUZZ_TARGET names no target: “{name}”"));
        RUN.get_or_init(|| target.run);
    },
    |data: &[u8]| {
        if let Some(run) = RUN.get() {
            run(data);
        }
    }
);

/// Ends the run at a panic of ours. Libraries may panic: their callers catch that, and answer with a sentence.
fn end(panic: &PanicHookInfo) {
    let is_a_librarys = panic.location().is_some_and(|place| place.file().contains("/registry/"));
    if !is_a_librarys {
        eprintln!("{panic}");
        std::process::abort();
    }
}
