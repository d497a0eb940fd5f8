//! The colour behind a cell → the word of a rating, by its hue; pale decoration and greys give none.

/// "Red", "Amber", "Green" or "Blue" for "92D050", with or without "#" and a transparency in front.
pub fn of_hex(colour: &str) -> Option<&'static str> {
    of_rgb(rgb(colour)?)
}

/// The same for red, green and blue; `None` for white, greys, and the pale tints that are only decoration.
pub fn of_rgb((red, green, blue): (u8, u8, u8)) -> Option<&'static str> {
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

/// The same for the names that Word gives its highlighters.
pub fn of_highlight(name: &str) -> Option<&'static str> {
    match name {
        "red" | "darkRed" => Some("Red"),
        "yellow" | "darkYellow" => Some("Amber"),
        "green" | "darkGreen" => Some("Green"),
        "blue" | "darkBlue" | "cyan" | "darkCyan" => Some("Blue"),
        _ => None,
    }
}

/// Red, green and blue of six hexadecimal digits, the last six of eight.
pub fn rgb(colour: &str) -> Option<(u8, u8, u8)> {
    let digits = colour.trim().trim_start_matches('#');
    let six = digits.get(digits.len().checked_sub(6)?..).filter(|_| matches!(digits.len(), 6 | 8))?;
    let part = |at: usize| six.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok());
    Some((part(0)?, part(2)?, part(4)?))
}

/// Degrees on the colour wheel, red at 0.
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
    fn the_colours_that_boards_rate_with_have_their_words() {
        for (word, colours) in [
            ("Red", ["FF0000", "C00000", "FFFF0000", "FF5050", "FFC7CE", "E36C6C"]),
            ("Amber", ["FFC000", "FFFF00", "FFEB9C", "ED7D31", "F79646", "FFA500"]),
            ("Green", ["92D050", "00B050", "C6EFCE", "70AD47", "FF00B050", "#00FF00"]),
            ("Blue", ["0070C0", "FF0070C0", "4472C4", "00B0F0", "4F81BD", "8DB3E2"]),
        ] {
            for colour in colours {
                assert_eq!(of_hex(colour), Some(word), "{colour}");
            }
        }
    }

    #[test]
    fn decoration_is_not_a_rating() {
        for colour in [
            "DDEBF7", "BDD7EE", "E2EFDA", "FFF2CC", "FCE4D6", "D9D9D9", "808080", "D9E2F3", "DBE5F1", "FFFFFF",
            "BFBFBF", "000000", "E2EFD9", "FBE4D5", "7030A0", "auto", "", "12",
        ] {
            assert_eq!(of_hex(colour), None, "{colour}");
        }
    }
}
