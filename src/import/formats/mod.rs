//! Bytes → paragraphs and tables: one file or folder for each format, and what several of them share.

pub mod asides;
pub mod breaks;
pub mod csv;
pub mod decode;
pub mod doc;
pub mod docx;
pub mod flow;
pub mod foreign;
pub mod list_label;
pub mod list_rules;
pub mod mail;
pub mod markdown;
pub mod marks;
pub mod nested;
pub mod notices;
pub mod odt;
pub mod pdf;
pub mod preamble;
pub mod shade;
pub mod sheet;
pub mod symbols;
pub mod text;
pub mod xml;
pub mod zip_parts;
#[cfg(test)]
mod zipped;

/// What the ending of a file's name suggests, for the formats that cannot be recognised by their bytes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Word,
    Workbook,
    Pdf,
    /// Separated values.
    Values,
    /// Text with lines and paragraphs.
    Prose,
    Data,
    Mail,
    /// No ending, or an unknown one.
    Nothing,
}
