//! The smallest program with a similar screen (a bar, a table, a paragraph, a bar), as the baseline for all
//! measurements.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::Stylize;
use ratatui::text::Line;
use ratatui::widgets::{Block, Cell, Paragraph, Row, Table, TableState, Wrap};

/// The rows of the table and the selected one.
pub struct Hello {
    rows: Vec<Planned>,
    selected: usize,
}

struct Planned {
    reference: String,
    text: String,
    lead: String,
    target: String,
    rating: &'static str,
}

impl Hello {
    pub fn new(rows: usize) -> Hello {
        let row = |at: usize| Planned {
            reference: format!("{}.{}", at / 4 + 1, at % 4 + 1),
            text: format!("Review the records of month {at} and report what was found to the board"),
            lead: format!("Agency {} of the county", at % 43),
            target: format!("{}/{}/2026", at % 28 + 1, at % 12 + 1),
            rating: ["Red", "Amber", "Green", "Blue"][at % 4],
        };
        Hello { rows: (0..rows).map(row).collect(), selected: 0 }
    }

    pub fn step(&mut self, by: usize) {
        self.selected = (self.selected + by) % self.rows.len();
    }

    pub fn draw(&self, frame: &mut Frame<'_>) {
        let rows = [Constraint::Length(1), Constraint::Min(3), Constraint::Length(1)];
        let [head, body, foot] = Layout::vertical(rows).areas(frame.area());
        let [left, right] = Layout::horizontal([Constraint::Percentage(60), Constraint::Percentage(40)]).areas(body);
        frame.render_widget(Line::from(vec![" plan ".bold().reversed(), " a plan of many actions".into()]), head);

        let seen = usize::from(left.height);
        let top = self.selected.saturating_sub(seen / 2).min(self.rows.len().saturating_sub(seen));
        let shown = self.rows.iter().skip(top).take(seen).map(|row| {
            let texts = [&row.reference, &row.text, &row.lead, &row.target];
            let cells = texts.map(|text| Cell::from(text.as_str()));
            Row::new(cells.into_iter().chain([Cell::from(row.rating).bold()]))
        });
        let columns =
            [8, 0, 16, 11, 6].map(|cols| if cols == 0 { Constraint::Fill(1) } else { Constraint::Length(cols) });
        let table = Table::new(shown, columns)
            .block(Block::bordered())
            .row_highlight_style(ratatui::style::Style::new().reversed());
        let mut state = TableState::default().with_selected(self.selected - top);
        frame.render_stateful_widget(table, left, &mut state);

        if let Some(row) = self.rows.get(self.selected) {
            let words = format!("{}\n\n{}\n\n{}", row.text, row.text.repeat(5), row.lead.repeat(8));
            frame.render_widget(Paragraph::new(words).wrap(Wrap { trim: true }).block(Block::bordered()), right);
        }
        let place = format!(" {} of {}", self.selected + 1, self.rows.len());
        frame.render_widget(Line::from(place).on_dark_gray(), foot);
    }
}
