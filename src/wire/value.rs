//! Fields and their values as a JSON object: `{"text":"…","rating":"Amber"}`.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::change::Value;
use crate::domain::table::values;

use super::mirror::Mirror;

/// Values in the order in which they were given.
pub struct ValuesLine(pub Vec<Value>);

/// The same to be written: the values are not copied for it.
pub struct Written<'a>(pub &'a [Value]);

macro_rules! written {
    ($($variant:ident($type:ty) $log:literal $name:literal $word:literal $told:ident $(or $unset:expr)?;)*) => {
        fn put<M: SerializeMap>(map: &mut M, value: &Value) -> Result<(), M::Error> {
            match value {
                $(Value::$variant(inner) => map.serialize_entry($log, &inner.line())),*
            }
        }

        fn take<'de, M: MapAccess<'de>>(map: &mut M, name: &str) -> Result<Value, M::Error> {
            match name {
                $($log => Ok(Value::$variant(Mirror::from_line(map.next_value()?))),)*
                _ => Err(M::Error::custom("a field of a newer version")),
            }
        }
    };
}
values!(written);

impl Serialize for ValuesLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(&self.0).serialize(serializer)
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|value| put(&mut map, value))?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for ValuesLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ValuesLine, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = ValuesLine;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of fields and values")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<ValuesLine, M::Error> {
        let mut values = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            values.push(take(&mut map, &name)?);
        }
        Ok(ValuesLine(values))
    }
}
