//! Registers for tests, made as the store makes them: batch by batch, from numbered changes.
