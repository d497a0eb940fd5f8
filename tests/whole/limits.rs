//! The child that reads documents is held to its limits, and what that means is said in a sentence.

use crate::kit::desk::{Desk, fixture};

/// Two gigabytes, packed into ten kilobytes.
#[test]
fn a_document_that_takes_too_much_memory_is_refused_in_one_sentence() {
    let desk = Desk::empty();
    let refused = desk.run(&["import", &fixture("far-too-large.pdf")]);
    let words = ["far-too-large.pdf", "reading it takes more memory than any action plan needs", "in a new file"];
    refused.expect_refused(&words);
    assert!(!desk.register().exists(), "nothing was written");
}
