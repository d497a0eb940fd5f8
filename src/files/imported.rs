//! Where the plan of a register was imported from last, on this computer: what is written about it goes there too.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{absolute, private_file, private_folder};

/// Remembers the folder of a document that was imported. If that is impossible, the import is no worse for it.
pub fn remember(data: Option<&Path>, uuid: &str, document: &Path) {
    let Some(note) = note(data, uuid) else { return };
    let write = || -> io::Result<()> {
        let document = absolute(document)?;
        let folder = document.parent().ok_or(io::ErrorKind::NotFound)?;
        note.parent().map_or(Ok(()), private_folder)?;
        fs::remove_file(&note).ok();
        io::Write::write_all(&mut private_file(&note)?, folder.display().to_string().as_bytes())
    };
    write().ok();
}

/// That folder, while it is still there.
pub fn remembered(data: Option<&Path>, uuid: &str) -> Option<PathBuf> {
    let text = fs::read_to_string(note(data, uuid)?).ok()?;
    Some(PathBuf::from(text.trim_end())).filter(|folder| folder.is_dir())
}

fn note(data: Option<&Path>, uuid: &str) -> Option<PathBuf> {
    data.map(|data| data.join("folders").join(uuid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_last_plan_is_remembered_while_it_is_there() {
        let home = tempfile::tempdir().unwrap();
        let (data, plans) = (home.path().join("data"), home.path().join("plans"));
        fs::create_dir(&plans).unwrap();
        assert_eq!(remembered(Some(&data), "ab"), None);
        fs::write(plans.join("plan.docx"), "").unwrap();
        remember(Some(&data), "ab", &plans.join("plan.docx"));
        remember(Some(&data), "ab", &plans.join("plan.docx"));
        let found = remembered(Some(&data), "ab").unwrap();
        assert_eq!(dunce::canonicalize(found).unwrap(), dunce::canonicalize(&plans).unwrap());
        assert_eq!(remembered(Some(&data), "cd"), None, "each register has its own");
        fs::remove_file(plans.join("plan.docx")).unwrap();
        fs::remove_dir(&plans).unwrap();
        assert_eq!(remembered(Some(&data), "ab"), None);
        remember(None, "ab", Path::new("plan.docx"));
    }
}
