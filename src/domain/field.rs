//! Any field of any thing, reached in one way: its values in force, as [`Value`]s.

use super::change::Value;
use super::id::Id;
use super::multi_value::Head;
use super::register::Register;

/// Whether both are values of the same field.
pub fn same_field(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

/// The values not yet replaced, oldest first, of that field of `on` of which `like` is a value.
pub fn heads(register: &Register, on: Id, like: &Value) -> Vec<Head<Value>> {
    register.thing(on).map(|thing| thing.heads(like)).unwrap_or_default()
}
