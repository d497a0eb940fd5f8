//! Folders that a sync program keeps alike on several computers: it may replace a register there while it is open.

use std::env;
use std::path::Path;

/// How such folders are called, in lower case: by themselves, or with the name of an organisation after them.
const SERVICES: [(&str, &str); 9] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("box", "Box"),
];
/// Variables of Windows that name the user's own synced folders, whatever they are called.
const ONEDRIVE: [&str; 3] = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"];

/// The service that syncs the folder of a file, as far as its path shows.
pub fn synced_by(path: &Path) -> Option<&'static str> {
    let folders = path.parent()?;
    let named = folders.components().find_map(|part| service(&part.as_os_str().to_string_lossy()));
    let own = ONEDRIVE.into_iter().filter_map(env::var_os).filter(|folder| !folder.is_empty());
    named.or_else(|| own.into_iter().any(|folder| folders.starts_with(folder)).then_some("OneDrive"))
}

/// `OneDrive - Sussex County Council`, `Dropbox (Board)`, `GoogleDrive-ann@example.org`.
fn service(folder: &str) -> Option<&'static str> {
    let folder = folder.to_lowercase();
    let is_of = |name: &str| {
        let rest = folder.strip_prefix(name).map(str::trim_start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '(', '–']))
    };
    SERVICES.into_iter().find(|(name, _)| is_of(name)).map(|(_, shown)| shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_by_the_name_that_its_service_gives() {
        for (path, service) in [
            ("/home/ann/OneDrive/board/register.sqlite", Some("OneDrive")),
            ("/home/ann/OneDrive - Sussex County Council/register.sqlite", Some("OneDrive")),
            ("/home/ann/Dropbox (Board)/register.sqlite", Some("Dropbox")),
            ("/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/r.sqlite", Some("Google Drive")),
            ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/r.sqlite", Some("iCloud Drive")),
            ("/home/ann/Nextcloud/r.sqlite", Some("Nextcloud")),
            ("/home/ann/Box/r.sqlite", Some("Box")),
            ("/home/ann/boxes/r.sqlite", None),
            ("/home/ann/Documents/OneDrive", None),
            ("/home/ann/register.sqlite", None),
        ] {
            assert_eq!(synced_by(Path::new(path)), service, "{path}");
        }
    }
}
