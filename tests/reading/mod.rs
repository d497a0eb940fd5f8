//! Documents of every kind and what the reader makes of them.

mod boards;
mod corpus;
mod done;
mod fixtures;
mod layouts;
mod published;
mod published_pdf;
mod sheets;
