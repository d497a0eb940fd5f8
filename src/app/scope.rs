//! Where keys are heard: on a screen, over it, everywhere.

/// Where a command's keys are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen, when nothing lies over it.
    Everywhere,
    /// Over everything, even where text is typed.
    Always,
    Walk,
    Plans,
    Welcome,
    /// A document that was read and is not imported yet.
    Review,
    /// The columns of such a document.
    Columns,
    /// A report on the screen.
    Paper,
    /// What happened, change by change.
    History,
    /// A document being read.
    Reading,
    /// A form with text fields.
    Form,
    /// A list to choose from by typing: parties, commands.
    Choice,
    /// The filter and search line.
    Line,
    Help,
}

impl Scope {
    /// In the order in which documents list them.
    pub const ALL: [Scope; 14] = [
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
        Scope::Choice,
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
            Scope::Choice => "In a list to choose from",
            Scope::Line => "In the filter and search line",
            Scope::Help => "In help",
        }
    }

    /// Whether letters typed here go into a text.
    pub fn is_for_typing(self) -> bool {
        match self {
            Scope::Form | Scope::Choice | Scope::Line | Scope::Always => true,
            Scope::Everywhere
            | Scope::Walk
            | Scope::Plans
            | Scope::Welcome
            | Scope::Review
            | Scope::Columns
            | Scope::Paper
            | Scope::History
            | Scope::Reading
            | Scope::Help => false,
        }
    }

    /// Whether one key may be heard in both at once.
    pub fn overlaps(self, other: Scope) -> bool {
        let is_over = |scope: Scope| match scope {
            Scope::Reading | Scope::Form | Scope::Choice | Scope::Line | Scope::Help => true,
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
