//! A paper: a report on the screen, for reading and scrolling.

use crate::app::layout::{self, Size};
use crate::app::message::ReportRequest;
use crate::report::document::Document;
use crate::report::lines::{self, Line};

/// The greatest comfortable line width.
const WIDEST: u16 = 140;

pub struct Paper {
    /// The request, so that it can be produced again.
    pub request: ReportRequest,
    pub document: Document,
    pub lines: Vec<Line>,
    /// The first line on the screen.
    pub top: usize,
    /// The width the lines are laid out for.
    cols: u16,
}

impl Paper {
    pub fn new(request: ReportRequest, document: Document) -> Paper {
        Paper { request, document, lines: Vec::new(), top: 0, cols: 0 }
    }

    /// Replaces the paper with a newer version of it, keeping the reading position.
    pub fn update(&mut self, document: Document) {
        self.document = document;
        self.cols = 0;
    }

    /// Lays the lines out for a window, keeping the reading position.
    pub fn fit(&mut self, size: Size) {
        let cols = columns(size);
        if self.cols != cols {
            let place = self.top * 1000 / self.lines.len().max(1);
            self.lines = lines::of(&self.document, usize::from(cols));
            self.cols = cols;
            self.top = place * self.lines.len() / 1000;
        }
        self.top = self.top.min(self.lines.len().saturating_sub(rows(size)));
    }

    pub fn scroll(&mut self, lines: isize) {
        self.top = self.top.saturating_add_signed(lines);
    }

    /// Goes to the next heading, or the one before.
    pub fn step_heading(&mut self, by: isize) {
        let mut headings = self.lines.iter().enumerate().filter(|(_, line)| line.is_heading()).map(|(at, _)| at);
        let found = if by > 0 { headings.find(|at| *at > self.top) } else { headings.rfind(|at| *at < self.top) };
        self.top = found.unwrap_or(if by > 0 { self.top } else { 0 });
    }
}

/// How many columns its lines have in a window.
pub fn columns(size: Size) -> u16 {
    size.cols.saturating_sub(4).min(WIDEST)
}

/// How many of its lines a window shows.
pub fn rows(size: Size) -> usize {
    usize::from(layout::paper(size).rows).max(1)
}
