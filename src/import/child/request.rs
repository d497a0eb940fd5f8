//! What the reading child receives on its standard input: one line of JSON, then the document.
//!
//! It receives everything this way because it opens nothing itself. Not as arguments, which every user of the machine
//! can read and which some systems keep short.

use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::thread;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::import::options::{Explained, Options};

/// The longest such line, in bytes.
const LONGEST: u64 = 4 << 20;

/// A document to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The file's name, without its folder.
    pub name: String,
    pub options: Options,
    pub wanted: Wanted,
    /// How many bytes of document follow. Fewer mean that it could not be read to the end.
    pub bytes: u64,
}

/// What the reader answers with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    #[default]
    Draft,
    /// The rows of its tables as they are written.
    Rows,
}

/// A column and what it holds.
type Choice = (String, String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestLine {
    name: String,
    wanted: Wanted,
    bytes: u64,
    today: NaiveDate,
    sheet: Option<String>,
    columns: Vec<Choice>,
    explained: Vec<(Vec<String>, Vec<Choice>)>,
    words: String,
}

/// Sends a request and the document while the caller waits for the answer. Errors show in the answer: a child that has
/// ended accepts no more, and a document that ends early is reported as such.
pub fn send(to: impl Write + Send + 'static, request: Request, document: File) {
    thread::spawn(move || write(to, &request, document));
}

fn write(mut to: impl Write, request: &Request, document: File) -> io::Result<()> {
    to.write_all(print(request)?.as_bytes())?;
    io::copy(&mut document.take(request.bytes), &mut to)?;
    to.flush()
}

/// What was sent, from a child's standard input: the request, and the document as far as it came.
pub fn receive(from: &mut impl BufRead) -> io::Result<(Request, Vec<u8>)> {
    let mut line = Vec::new();
    from.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    let request = parse(&line)?;
    let mut document = Vec::new();
    from.take(request.bytes).read_to_end(&mut document)?;
    Ok((request, document))
}

fn print(request: &Request) -> io::Result<String> {
    let Request { name, options, wanted, bytes } = request.clone();
    let Options { today, sheet, columns, explained, words } = options;
    let explained = explained.into_iter().map(|row| (row.header, row.columns)).collect();
    let line = RequestLine { name, wanted, bytes, today, sheet, columns, explained, words };
    Ok(serde_json::to_string(&line)? + "\n")
}

fn parse(line: &[u8]) -> io::Result<Request> {
    let RequestLine { name, wanted, bytes, today, sheet, columns, explained, words } = serde_json::from_slice(line)?;
    let explained = explained.into_iter().map(|(header, columns)| Explained { header, columns }).collect();
    Ok(Request { name, options: Options { today, sheet, columns, explained, words }, wanted, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let options = Options {
            today: NaiveDate::from_ymd_opt(2026, 9, 12).unwrap(),
            sheet: Some("Sheet 2".into()),
            columns: vec![pair("Task\nto do", "action"), pair("", "lead")],
            explained: vec![Explained { header: vec!["“A”".into()], columns: vec![pair("“A”", "via")] }],
            words: "[field.lead]\nphrases = [\"who\"]\n".into(),
        };
        Request { name: "plan.csv".into(), options, wanted: Wanted::Rows, bytes: 5 }
    }

    #[test]
    fn a_request_and_its_document_arrive_as_they_were_sent() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"a\nb\0c and what was added since").unwrap();
        io::Seek::rewind(&mut file).unwrap();
        let mut sent = Vec::new();
        write(&mut sent, &request(), file).unwrap();
        assert_eq!(receive(&mut sent.as_slice()).unwrap(), (request(), b"a\nb\0c".to_vec()));
    }

    #[test]
    fn anything_but_a_request_is_an_error() {
        for nonsense in ["", "\n", "{}\n", "{\"name\":\"x\"", "[1]\nabc"] {
            assert!(receive(&mut nonsense.as_bytes()).is_err(), "{nonsense}");
        }
    }
}
