//! Colours behind cells as words: only those that people use for ratings.

/// "Red", "Amber", "Green" or "Blue"; `None` for white, greys, and the pale tints that only make tables pretty.
pub fn word(red: u8, green: u8, blue: u8) -> Option<&'static str> {
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let spread = f32::from(most) - f32::from(least);
    let lightness = (f32::from(most) + f32::from(least)) / 510.0;
    let saturation = spread / 255.0 / (1.0 - (2.0 * lightness - 1.0).abs()).max(0.001);
    // Excel's own "Bad", "Neutral" and "Good" are pale, the stripes of its table styles one step paler.
    if saturation < 0.25 || !(0.12..=0.893).contains(&lightness) {
        return None;
    }
    match hue(red, green, blue, spread) {
        0..15 | 340.. => Some("Red"),
        15..67 => Some("Amber"),
        67..170 => Some("Green"),
        // Pale blue is the usual colour of headers and stripes, hardly ever of a rating.
        170..260 => (lightness <= 0.75).then_some("Blue"),
        260..340 => None,
    }
}

/// The word of a colour written as `RRGGBB` or `AARRGGBB`, with or without `#`.
pub fn of_hex(hex: &str) -> Option<&'static str> {
    let hex = hex.trim().trim_start_matches('#');
    let six = hex.get(hex.len().checked_sub(6)?..)?;
    let part = |at: usize| u8::from_str_radix(six.get(at..at + 2)?, 16).ok();
    word(part(0)?, part(2)?, part(4)?)
}

/// Degrees on the wheel of colours, red at 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 360")]
fn hue(red: u8, green: u8, blue: u8, spread: f32) -> u32 {
    let (r, g, b) = (f32::from(red), f32::from(green), f32::from(blue));
    let sixths = if red >= green && red >= blue {
        ((g - b) / spread).rem_euclid(6.0)
    } else if green >= blue {
        (b - r) / spread + 2.0
    } else {
        (r - g) / spread + 4.0
    };
    (sixths * 60.0).round() as u32 % 360
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_ratings_have_words() {
        for (hex, expected) in [
            ("FF0000", "Red"),
            ("C00000", "Red"),
            ("FFC7CE", "Red"),
            ("FFC000", "Amber"),
            ("FFFF00", "Amber"),
            ("FFEB9C", "Amber"),
            ("ED7D31", "Amber"),
            ("00B050", "Green"),
            ("92D050", "Green"),
            ("C6EFCE", "Green"),
            ("#70AD47", "Green"),
            ("FF0070C0", "Blue"),
            ("00B0F0", "Blue"),
            ("4472C4", "Blue"),
        ] {
            assert_eq!(of_hex(hex), Some(expected), "{hex}");
        }
    }

    #[test]
    fn white_greys_and_the_tints_of_table_styles_say_nothing() {
        for hex in [
            "FFFFFF", "000000", "D9D9D9", "808080", "D9E2F3", "DDEBF7", "BDD7EE", "E2EFDA", "FFF2CC", "FCE4D6", "x",
            "", "7030A0",
        ] {
            assert_eq!(of_hex(hex), None, "{hex}");
        }
    }
}
