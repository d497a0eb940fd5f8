//! Colours and shapes: the only place that decides what a rating or a warning looks like.
//!
//! All text in every theme has a contrast of at least 4.5 against its background. A rating is always a shape, a letter
//! or word, and a colour, so that it can be read without colour.

use ratatui::style::{Color, Modifier, Style};

use crate::app::model::ThemeChoice;
use crate::domain::rating::Hue;

/// The styles of everything on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// The window's background and ordinary text.
    pub text: Style,
    pub dim: Style,
    pub strong: Style,
    /// Headings and keys.
    pub accent: Style,
    /// The title bar and the footer.
    pub bar: Style,
    /// A field that can be typed in.
    pub field: Style,
    /// The selected row.
    pub selected: Style,
    /// Dividing lines.
    pub rule: Style,
    /// OFFICIAL-SENSITIVE.
    pub marking: Style,
    /// Overdue, refused.
    pub alarm: Style,
    /// Doubtful, challenged.
    pub doubt: Style,
    hues: [Style; 5],
    chips: [Style; 5],
}

struct Colours {
    ground: Color,
    text: Color,
    dim: Color,
    accent: Color,
    bar: Color,
    selected: Color,
    rule: Color,
    /// Red, amber, green, blue, grey.
    hues: [Color; 5],
    chips: [(Color, Color); 5],
}

const fn rgb(hex: u32) -> Color {
    let [_, r, g, b] = hex.to_be_bytes();
    Color::Rgb(r, g, b)
}

const WHITE: Color = rgb(0x00FF_FFFF);
const INK: Color = rgb(0x000B_0C0C);

const CHIPS: [(Color, Color); 5] = [
    (WHITE, rgb(0x00B1_0E1E)),
    (INK, rgb(0x00FF_B000)),
    (WHITE, rgb(0x0000_703C)),
    (WHITE, rgb(0x001D_70B8)),
    (INK, rgb(0x00B1_B4B6)),
];

const DARK: Colours = Colours {
    ground: INK,
    text: rgb(0x00F3_F2F1),
    dim: rgb(0x00A0_A4A8),
    accent: rgb(0x007F_B2F0),
    bar: rgb(0x001B_1F23),
    selected: rgb(0x0020_3A5F),
    rule: rgb(0x0050_5A5F),
    hues: [rgb(0x00FF_6B5E), rgb(0x00FF_B000), rgb(0x004C_C38A), rgb(0x007F_B2F0), rgb(0x00B1_B4B6)],
    chips: CHIPS,
};

const SAFE: Colours = Colours {
    hues: [rgb(0x00E0_6A1B), rgb(0x00F0_E442), rgb(0x0000_B183), rgb(0x0056_B4E9), rgb(0x00B1_B4B6)],
    chips: [
        (INK, rgb(0x00E0_6A1B)),
        (INK, rgb(0x00F0_E442)),
        (INK, rgb(0x0000_B183)),
        (INK, rgb(0x0056_B4E9)),
        (INK, rgb(0x00B1_B4B6)),
    ],
    ..DARK
};

const LIGHT: Colours = Colours {
    ground: WHITE,
    text: INK,
    dim: rgb(0x0050_5A5F),
    accent: rgb(0x001D_5FA8),
    bar: rgb(0x00E9_EBED),
    selected: rgb(0x00CF_E2F8),
    rule: rgb(0x00B1_B4B6),
    hues: [rgb(0x00B1_0E1E), rgb(0x008A_5A00), rgb(0x0000_703C), rgb(0x001D_70B8), rgb(0x0050_5A5F)],
    chips: CHIPS,
};

const SIXTEEN: Colours = Colours {
    ground: Color::Black,
    text: Color::White,
    dim: Color::Gray,
    accent: Color::LightCyan,
    bar: Color::Black,
    selected: Color::Blue,
    rule: Color::DarkGray,
    hues: [Color::LightRed, Color::LightYellow, Color::LightGreen, Color::LightBlue, Color::Gray],
    chips: [
        (Color::Black, Color::LightRed),
        (Color::Black, Color::LightYellow),
        (Color::Black, Color::LightGreen),
        (Color::Black, Color::LightBlue),
        (Color::Black, Color::Gray),
    ],
};

impl Theme {
    pub fn of(choice: ThemeChoice) -> Theme {
        match choice {
            ThemeChoice::Dark => Theme::coloured(&DARK),
            ThemeChoice::Light => Theme::coloured(&LIGHT),
            ThemeChoice::Safe => Theme::coloured(&SAFE),
            ThemeChoice::Sixteen => Theme::coloured(&SIXTEEN),
            ThemeChoice::Plain => Theme::plain(),
        }
    }

    fn coloured(c: &Colours) -> Theme {
        let base = Style::new().fg(c.text).bg(c.ground);
        let [red, amber, ..] = c.hues;
        Theme {
            text: base,
            dim: Style::new().fg(c.dim),
            strong: Style::new().fg(c.text).add_modifier(Modifier::BOLD),
            accent: Style::new().fg(c.accent).add_modifier(Modifier::BOLD),
            bar: Style::new().fg(c.text).bg(c.bar),
            field: Style::new().fg(c.text).bg(c.bar),
            selected: Style::new().bg(c.selected),
            rule: Style::new().fg(c.rule),
            marking: Style::new().fg(red).add_modifier(Modifier::BOLD),
            alarm: Style::new().fg(red).add_modifier(Modifier::BOLD),
            doubt: Style::new().fg(amber),
            hues: c.hues.map(|hue| Style::new().fg(hue)),
            chips: c.chips.map(|(fg, bg)| Style::new().fg(fg).bg(bg).add_modifier(Modifier::BOLD)),
        }
    }

    /// Bold and reverse video only, without colours.
    fn plain() -> Theme {
        let (base, bold) = (Style::reset(), Style::new().add_modifier(Modifier::BOLD));
        Theme {
            text: base,
            dim: Style::new(),
            strong: bold,
            accent: bold,
            bar: Style::new(),
            field: Style::new().add_modifier(Modifier::UNDERLINED),
            selected: Style::new().add_modifier(Modifier::REVERSED),
            rule: Style::new(),
            marking: bold,
            alarm: bold,
            doubt: Style::new(),
            hues: [Style::new(); 5],
            chips: [bold; 5],
        }
    }

    /// The colour of a rating on the window's background.
    pub fn hue(&self, hue: Hue) -> Style {
        of(self.hues, hue)
    }

    /// A rating as a block of colour containing a word.
    pub fn chip(&self, hue: Hue) -> Style {
        of(self.chips, hue)
    }
}

fn of(styles: [Style; 5], hue: Hue) -> Style {
    let [red, amber, green, blue, grey] = styles;
    match hue {
        Hue::Red => red,
        Hue::Amber => amber,
        Hue::Green => green,
        Hue::Blue => blue,
        Hue::Grey => grey,
    }
}

/// A shape for each rating, available in every Windows console font.
pub fn shape(hue: Hue) -> &'static str {
    match hue {
        Hue::Red => "■",
        Hue::Amber => "▲",
        Hue::Green => "●",
        Hue::Blue => "◊",
        Hue::Grey => "○",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(r, g, b) = colour else { panic!("only true colours are measured") };
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.03928 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn all_text_is_readable_on_every_background() {
        for colours in [&DARK, &LIGHT, &SAFE] {
            for ground in [colours.ground, colours.bar, colours.selected] {
                for text in [colours.text, colours.dim, colours.accent] {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {:.1}", contrast(text, ground));
                }
            }
            for hue in colours.hues {
                assert!(contrast(hue, colours.ground) >= 4.5, "{hue:?}: {:.1}", contrast(hue, colours.ground));
            }
            for (text, chip) in colours.chips {
                assert!(contrast(text, chip) >= 4.5, "{text:?} on {chip:?}");
            }
        }
    }

    #[test]
    fn without_colour_nothing_is_coloured() {
        let plain = Theme::of(ThemeChoice::Plain);
        for style in [plain.text, plain.alarm, plain.hue(Hue::Red), plain.chip(Hue::Amber), plain.selected] {
            assert!(matches!(style.fg, None | Some(Color::Reset)) && matches!(style.bg, None | Some(Color::Reset)));
        }
    }
}
