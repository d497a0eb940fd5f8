//! The folded register beside the log, so that a long history opens fast. A cache: never believed over the log.

use crate::domain::register::Register;
use crate::problem::Problem;

use super::Store;

impl Store {
    /// The register that the log makes.
    pub fn register(&self) -> Result<Register, Problem> {
        Ok(Register::fold(&self.log()?))
    }
}
