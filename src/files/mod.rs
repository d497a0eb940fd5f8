//! Files where systems differ: their names, who may read them, and other programs that hold them.
//!
//! Everything that is kept goes through here: the register and its backups, reports, and the settings.

mod computer;
mod data;
pub mod imported;
mod name;
mod own_name;
mod patience;
mod pattern;
mod private;
mod synced;

pub use computer::computer_name;
pub use data::{PORTABLE, data_folder};
pub use name::{absolute, folded, for_sqlite, real_folder};
pub use own_name::{a_name, name_file, own_name};
pub use patience::{HELD, give_name, is_held, patiently};
pub use pattern::meant;
pub use private::{private_file, private_folder, protect, sync_folder};
pub use synced::synced_by;
