//! Where keys work: on a screen, over it, everywhere.

/// Where a command's keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen, when no overlay covers it.
    Everywhere,
    /// Everywhere, even while typing.
    Always,
    Walk,
    Plans,
    Welcome,
    /// A document that has been read but not imported yet.
    Review,
    /// The columns of such a document.
    Columns,
    /// A report on the screen.
    Paper,
    /// The history, change by change.
    History,
    /// A document being read.
    Reading,
    /// A form with text fields.
    Form,
    /// A form for a passphrase, of which nothing is kept.
    Secret,
    /// A list to choose from by typing: parties, commands.
    Choice,
    /// An action being split.
    Splitting,
    /// The filter and search line.
    Line,
    Help,
}

impl Scope {
    /// In the order of the documentation.
    pub const ALL: [Scope; 16] = [
        Scope::Everywhere,
        Scope::Always,
        Scope::Walk,
        Scope::Plans,
        Scope::Welcome,
        Scope::Review,
        Scope::Columns,
        Scope::Paper,
        Scope::History,
        Scope::Reading,
        Scope::Form,
        Scope::Secret,
        Scope::Choice,
        Scope::Splitting,
        Scope::Line,
        Scope::Help,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Scope::Everywhere => "On every screen",
            Scope::Always => "At any time",
            Scope::Walk => "In the walk",
            Scope::Plans => "In the register",
            Scope::Welcome => "At the start",
            Scope::Review => "In the review of a document",
            Scope::Columns => "In the columns of a document",
            Scope::Paper => "In a report",
            Scope::History => "In the history",
            Scope::Reading => "While a document is read",
            Scope::Form => "In a form",
            Scope::Secret => "Where a passphrase is asked for",
            Scope::Choice => "In a list to choose from",
            Scope::Splitting => "While an action is split",
            Scope::Line => "In the filter and search line",
            Scope::Help => "In help",
        }
    }

    /// Whether letters typed here go into a text field.
    pub fn is_for_typing(self) -> bool {
        match self {
            Scope::Form | Scope::Secret | Scope::Choice | Scope::Line | Scope::Always => true,
            Scope::Everywhere
            | Scope::Walk
            | Scope::Plans
            | Scope::Welcome
            | Scope::Review
            | Scope::Columns
            | Scope::Paper
            | Scope::History
            | Scope::Reading
            | Scope::Splitting
            | Scope::Help => false,
        }
    }

    /// Whether both scopes can receive the same key.
    pub fn overlaps(self, other: Scope) -> bool {
        let is_over = |scope: Scope| match scope {
            Scope::Reading
            | Scope::Form
            | Scope::Secret
            | Scope::Choice
            | Scope::Splitting
            | Scope::Line
            | Scope::Help => true,
            Scope::Everywhere
            | Scope::Always
            | Scope::Walk
            | Scope::Plans
            | Scope::Welcome
            | Scope::Review
            | Scope::Columns
            | Scope::Paper
            | Scope::History => false,
        };
        let with = |one: Scope, all: Scope| match one {
            Scope::Always => true,
            Scope::Everywhere => !is_over(all),
            own => own == all,
        };
        with(self, other) || with(other, self)
    }
}
