//! Which colours to begin with, from what the terminal and the person say of themselves.

use std::env;

use crate::app::model::ThemeChoice;

/// `ARISING_THEME`, then `NO_COLOR`, then what the terminal says it can show.
pub fn choose() -> ThemeChoice {
    let value = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    choice(value("ARISING_THEME"), value("NO_COLOR"), value("COLORTERM"), value("COLORFGBG"))
}

fn choice(
    wanted: Option<String>,
    no_colour: Option<String>,
    colours: Option<String>,
    ground: Option<String>,
) -> ThemeChoice {
    let named = wanted.and_then(|name| named(&name));
    let plain = no_colour.map(|_| ThemeChoice::Plain);
    named.or(plain).unwrap_or_else(|| by_terminal(colours.as_deref(), ground.as_deref()))
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

/// Windows' own terminals all show true colour but do not say so.
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
    fn a_wish_counts_before_no_colour_and_that_before_the_terminal() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(choice(some("safe"), some("1"), None, None), ThemeChoice::Safe);
        assert_eq!(choice(None, some("1"), some("truecolor"), None), ThemeChoice::Plain);
        assert_eq!(choice(None, None, some("truecolor"), some("0;15")), ThemeChoice::Light);
    }
}
