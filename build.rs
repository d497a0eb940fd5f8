//! Gives the program for Windows its icon, name and version, which Explorer, Task Manager and inventories of software show; and the
//! program for Linux the order of its functions.
//!
//! The first only where mingw's `windres` compiles them, the second only where the list is of this version of Rust; other builds go
//! without.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/arising.ico");
    println!("cargo::rerun-if-changed=assets/order.txt");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "windows") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        match compiled() {
            Ok(object) => println!("cargo::rustc-link-arg-bins={}", object.display()),
            Err(why) => println!("cargo::warning=the program has no icon and no version in its properties: {why}"),
        }
    }
    if is_own_linker() && has_loader_for_packed_addresses() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    if let Some(order) = order().filter(|_| is_own_linker()) {
        println!("cargo::rustc-link-arg-bins=-Wl,--symbol-ordering-file={}", order.display());
        println!("cargo::rustc-link-arg-bins=-Wl,--no-warn-symbol-ordering");
    }
}

/// The list of functions that run from opening to leaving, to be side by side in the program's file: of a file the system maps what lies
/// near to what runs. Made by `packaging/order`. None where it would not help, because the functions have other names.
fn order() -> Option<PathBuf> {
    // A comma would end the linker's option.
    let folder = env::var("CARGO_MANIFEST_DIR").ok().filter(|folder| !folder.contains(','))?;
    let list = PathBuf::from(folder).join("assets/order.txt");
    let version = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?.stdout;
    let version = String::from_utf8(version).ok()?;
    let listed = fs::read_to_string(&list).ok()?;
    (listed.lines().next()?.strip_prefix("# ")? == version.trim_end()).then_some(list)
}

/// Whether the program is built for this computer as a user would, with the linker that comes with Rust.
fn is_own_linker() -> bool {
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    let is_plain = ["HOST", "TARGET"].iter().all(|key| is(key, "x86_64-unknown-linux-gnu")) && is("PROFILE", "release");
    is_plain && env::var_os("RUSTC_LINKER").is_none() && is("CARGO_ENCODED_RUSTFLAGS", "")
}

/// Whether this computer has the C library from 2.36 on, which reads the addresses that it adjusts at each start from a packed list: 5 KB
/// in memory instead of 350. What is built with an older one keeps the plain list.
fn has_loader_for_packed_addresses() -> bool {
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let answer = asked.ok().and_then(|asked| String::from_utf8(asked.stdout).ok()).unwrap_or_default();
    let version = answer.trim().strip_prefix("glibc ").and_then(|version| version.split_once('.'));
    let version = version.and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    version.is_some_and(|version: (u32, u32)| version >= (2, 36))
}

fn compiled() -> Result<PathBuf, String> {
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let (script, object) = (out.join("arising.rc"), out.join("arising-resources.o"));
    fs::write(&script, resources()).map_err(|error| error.to_string())?;
    let windres = if cfg!(windows) { "windres" } else { "x86_64-w64-mingw32-windres" };
    let done = Command::new(windres).arg("-O").arg("coff").arg(&script).arg(&object).status();
    match done {
        Ok(status) if status.success() => Ok(object),
        Ok(status) => Err(format!("{windres}: {status}")),
        Err(error) => Err(format!("{windres}: {error}")),
    }
}

/// The icon, and the version in British English with the code page of Unicode.
fn resources() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let number = format!("{},0", version.split('-').next().unwrap_or(version).replace('.', ","));
    let text = [
        ("CompanyName", "Matters Arising"),
        ("FileDescription", "arising: reviews safeguarding action plans"),
        ("FileVersion", version),
        ("InternalName", "arising"),
        ("LegalCopyright", "2026, the arising authors"),
        ("OriginalFilename", "arising.exe"),
        ("ProductName", "arising"),
        ("ProductVersion", version),
    ];
    let values: Vec<String> = text.iter().map(|(name, value)| format!("VALUE \"{name}\", \"{value}\"")).collect();
    let values = values.join("\n");
    format!(
        "1 ICON \"assets/arising.ico\"\n\
         1 VERSIONINFO\nFILEVERSION {number}\nPRODUCTVERSION {number}\nFILEOS 0x40004\nFILETYPE 1\n\
         BEGIN\nBLOCK \"StringFileInfo\"\nBEGIN\nBLOCK \"080904B0\"\nBEGIN\n{values}\nEND\nEND\n\
         BLOCK \"VarFileInfo\"\nBEGIN\nVALUE \"Translation\", 0x0809, 0x04B0\nEND\nEND\n"
    )
}
