//! Completion scripts and manual pages, both generated from the grammar.

use clap::CommandFactory;

use super::args::Cli;
use crate::problem::Problem;

pub fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "arising", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

fn described(name: Option<&str>) -> Result<clap::Command, Problem> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    match name {
        None => Ok(program),
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| unknown(name)),
    }
}

/// The same page as plain text.
pub fn plain(name: Option<&str>) -> Result<String, Problem> {
    described(name).map(|mut page| page.render_long_help().to_string())
}

/// The manual page of the program or of one command, for `man`.
pub fn man(name: Option<&str>) -> Result<String, Problem> {
    let page = described(name)?;
    let mut roff = Vec::new();
    let made = clap_mangen::Man::new(page).render(&mut roff);
    made.map_err(|error| Problem::new("Could not write the manual page", error.to_string(), ""))?;
    Ok(String::from_utf8_lossy(&roff).into_owned())
}

fn unknown(name: &str) -> Problem {
    Problem::new("No manual page", format!("there is no command `{name}`"), "`arising --help` lists them.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_has_a_page_and_each_shell_a_script() {
        for command in Cli::command().get_subcommands() {
            let page = man(Some(command.get_name())).unwrap();
            assert!(page.contains("Example"), "{} shows no example", command.get_name());
        }
        assert!(man(None).unwrap().contains("import"));
        assert!(man(Some("frobnicate")).is_err());
        assert!(completions(clap_complete::Shell::Bash).contains("_arising"));
    }
}
