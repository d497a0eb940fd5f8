//! The initial theme, from the environment.

use std::env;

use crate::app::model::ThemeChoice;

/// `ARISING_THEME`, then `NO_COLOR`, then the terminal's capabilities.
pub fn choose() -> ThemeChoice {
    let value = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let said = ["ARISING_THEME", "NO_COLOR", "COLORTERM", "COLORFGBG"].map(value);
    choice(said.each_ref().map(Option::as_deref))
}

fn choice([wanted, no_colour, colours, ground]: [Option<&str>; 4]) -> ThemeChoice {
    let plain = no_colour.map(|_| ThemeChoice::Plain);
    wanted.and_then(named).or(plain).unwrap_or_else(|| by_terminal(colours, ground))
}

fn named(name: &str) -> Option<ThemeChoice> {
    match name.to_lowercase().as_str() {
        "dark" => Some(ThemeChoice::Dark),
        "light" => Some(ThemeChoice::Light),
        "safe" => Some(ThemeChoice::Safe),
        "16" | "sixteen" => Some(ThemeChoice::Sixteen),
        "plain" | "none" => Some(ThemeChoice::Plain),
        _ => None,
    }
}

/// Windows' own terminals all support true colour without announcing it.
fn by_terminal(colours: Option<&str>, ground: Option<&str>) -> ThemeChoice {
    let true_colour = cfg!(windows) || matches!(colours, Some("truecolor" | "24bit"));
    let light = ground.and_then(|ground| ground.rsplit(';').next()).is_some_and(|back| matches!(back, "7" | "15"));
    match (true_colour, light) {
        (true, true) => ThemeChoice::Light,
        (true, false) => ThemeChoice::Dark,
        (false, _) => ThemeChoice::Sixteen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_theme_wins_over_no_color_and_that_over_the_terminal() {
        assert_eq!(choice([Some("safe"), Some("1"), None, None]), ThemeChoice::Safe);
        assert_eq!(choice([None, Some("1"), Some("truecolor"), None]), ThemeChoice::Plain);
        assert_eq!(choice([None, None, Some("truecolor"), Some("0;15")]), ThemeChoice::Light);
        assert_eq!(
            choice([None, None, None, None]),
            if cfg!(windows) { ThemeChoice::Dark } else { ThemeChoice::Sixteen }
        );
    }
}
