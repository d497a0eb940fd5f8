//! `init`, `check`, `backup`, `restore`: the care of the file.

use super::args::{Backup, Format, Restore};
use super::context::Context;
use super::{Answer, json};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::Access;
