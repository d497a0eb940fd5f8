//! How a domain type gets a written form without knowing about serialisation.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A domain type and its serialisable equivalent.
///
/// The written form must refuse what it does not know (`deny_unknown_fields`): a line with anything new in it is kept
/// word for word rather than read in part.
pub trait Mirror: Sized {
    type Line: Serialize + DeserializeOwned;

    fn line(&self) -> Self::Line;

    /// The same of a value that is no longer needed: what it holds need not be copied.
    fn into_line(self) -> Self::Line {
        self.line()
    }

    fn from_line(line: Self::Line) -> Self;
}

impl<T: Mirror> Mirror for Vec<T> {
    type Line = Vec<T::Line>;

    fn line(&self) -> Self::Line {
        self.iter().map(Mirror::line).collect()
    }

    fn into_line(self) -> Self::Line {
        self.into_iter().map(Mirror::into_line).collect()
    }

    fn from_line(line: Self::Line) -> Self {
        line.into_iter().map(T::from_line).collect()
    }
}

impl<T: Mirror> Mirror for Option<T> {
    type Line = Option<T::Line>;

    fn line(&self) -> Self::Line {
        self.as_ref().map(Mirror::line)
    }

    fn into_line(self) -> Self::Line {
        self.map(Mirror::into_line)
    }

    fn from_line(line: Self::Line) -> Self {
        line.map(T::from_line)
    }
}

impl<A: Mirror, B: Mirror> Mirror for (A, B) {
    type Line = (A::Line, B::Line);

    fn line(&self) -> Self::Line {
        (self.0.line(), self.1.line())
    }

    fn from_line((a, b): Self::Line) -> Self {
        (A::from_line(a), B::from_line(b))
    }
}

/// Types that are written as they are.
macro_rules! as_itself {
    ($($type:ty),*) => {$(
        impl Mirror for $type {
            type Line = $type;

            fn line(&self) -> $type {
                self.clone()
            }

            fn into_line(self) -> $type {
                self
            }

            fn from_line(line: $type) -> $type {
                line
            }
        }
    )*};
}
as_itself!(String, bool, char, u32, u64, usize);

/// Declares the written form of a struct: the same fields under the same names. A field added to the domain type and
/// not here does not compile.
macro_rules! mirror {
    ($($line:ident = $noun:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $line {
            $($field: <$type as Mirror>::Line),*
        }

        impl Mirror for $noun {
            type Line = $line;

            fn line(&self) -> $line {
                let $noun { $($field),* } = self;
                $line { $($field: $field.line()),* }
            }

            fn into_line(self) -> $line {
                let $noun { $($field),* } = self;
                $line { $($field: $field.into_line()),* }
            }

            fn from_line(line: $line) -> $noun {
                $noun { $($field: Mirror::from_line(line.$field)),* }
            }
        }
    )*};
}
pub(super) use mirror;

/// The same where the written form needs no name: it is only reached through its domain type.
macro_rules! mirror_within {
    ($($noun:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        const _: () = {
            crate::wire::mirror::mirror! { WrittenForm = $noun { $($field: $type),* } }
        };
    )*};
}
pub(super) use mirror_within;

/// Declares the written form of an enum without data: each variant as a lower-case word.
macro_rules! mirror_words {
    ($($line:ident = $noun:ident { $($word:ident),* $(,)? })*) => {$(
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $line {
            $($word),*
        }

        impl Mirror for $noun {
            type Line = $line;

            fn line(&self) -> $line {
                match self {
                    $($noun::$word => $line::$word),*
                }
            }

            fn from_line(line: $line) -> $noun {
                match line {
                    $($line::$word => $noun::$word),*
                }
            }
        }
    )*};
}
pub(super) use mirror_words;
