//! Gives the program for Windows its icon, name and version, which Explorer, Task Manager and inventories of software show.
//!
//! Only where mingw's `windres` compiles them; other builds go without.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/arising.ico");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "windows") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        match compiled() {
            Ok(object) => println!("cargo::rustc-link-arg-bins={}", object.display()),
            Err(why) => println!("cargo::warning=the program has no icon and no version in its properties: {why}"),
        }
    }
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
