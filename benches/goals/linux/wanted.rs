//! What the command line asks for.

/// A register's size: its name in the table, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub name: &'static str,
    pub actions: usize,
    /// Changes in the log, including those that created the plan.
    pub changes: usize,
    /// How often something is measured that starts a process.
    pub starts: usize,
    /// How many changes are typed for the slowest of them.
    pub saves: usize,
}

const SIZES: [Size; 3] = [
    Size { name: "1k", actions: 1_000, changes: 20_000, starts: 15, saves: 2_000 },
    Size { name: "10k", actions: 10_000, changes: 26_000, starts: 11, saves: 600 },
    Size { name: "100k", actions: 100_000, changes: 260_000, starts: 5, saves: 600 },
];

pub struct Wanted {
    pub sizes: Vec<Size>,
    rows: Vec<String>,
    pub markdown: bool,
}

impl Wanted {
    pub fn of(arguments: &[&str]) -> Wanted {
        let list = |name: &str| -> Vec<String> {
            let values = arguments.iter().skip_while(|argument| **argument != name).nth(1);
            values.map(|values| values.split(',').map(str::to_owned).collect()).unwrap_or_default()
        };
        let named = list("--sizes");
        let is_wanted = |size: &Size| named.is_empty() || named.iter().any(|name| name == size.name);
        let sizes = SIZES.into_iter().filter(is_wanted).collect();
        Wanted { sizes, rows: list("--rows"), markdown: arguments.contains(&"--markdown") }
    }

    pub fn has(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| wanted == row)
    }
}
