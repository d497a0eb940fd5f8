//! The colour behind a cell → the word of a rating, by its hue; pale decoration and greys are none.

/// How far the strongest and the weakest of red, green and blue must differ: below, it is decoration.
const COLOURFUL: i32 = 40;
/// Blue is what headings and stripes are decorated with, so it must be stronger to mean anything.
const COLOURFUL_BLUE: i32 = 64;

/// "Red", "Amber", "Green" or "Blue" for "92D050", with or without "#".
pub fn of_hex(colour: &str) -> Option<&'static str> {
    of_rgb(rgb(colour)?)
}

/// The same for red, green and blue.
pub fn of_rgb((red, green, blue): (u8, u8, u8)) -> Option<&'static str> {
    let (r, g, b) = (i32::from(red), i32::from(green), i32::from(blue));
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let range = most - least;
    if range < COLOURFUL {
        return None;
    }
    // Degrees on the circle of colours: red 0, yellow 60, green 120, blue 240.
    let hue = if most == r {
        (60 * (g - b) / range).rem_euclid(360)
    } else if most == g {
        60 * (b - r) / range + 120
    } else {
        60 * (r - g) / range + 240
    };
    match hue {
        0..=14 | 340..=359 => Some("Red"),
        15..=66 => Some("Amber"),
        67..=169 => Some("Green"),
        170..=259 if range >= COLOURFUL_BLUE => Some("Blue"),
        _ => None,
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

/// Red, green and blue of six hexadecimal digits.
pub fn rgb(colour: &str) -> Option<(u8, u8, u8)> {
    let digits = colour.trim().trim_start_matches('#');
    if digits.len() != 6 {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok());
    Some((part(0)?, part(2)?, part(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_that_boards_rate_with_have_their_words() {
        for (word, colours) in [
            ("Red", ["FF0000", "C00000", "FF5050", "FFC7CE", "E36C6C"]),
            ("Amber", ["FFC000", "FFFF00", "FFEB9C", "ED7D31", "F79646"]),
            ("Green", ["92D050", "00B050", "C6EFCE", "70AD47", "#00FF00"]),
            ("Blue", ["0070C0", "00B0F0", "4F81BD", "8DB3E2", "0000FF"]),
        ] {
            for colour in colours {
                assert_eq!(of_hex(colour), Some(word), "{colour}");
            }
        }
    }

    #[test]
    fn decoration_is_no_rating() {
        for colour in ["D9E2F3", "DBE5F1", "FFFFFF", "BFBFBF", "000000", "E2EFD9", "FBE4D5", "7030A0", "auto", "", "12"]
        {
            assert_eq!(of_hex(colour), None, "{colour}");
        }
    }
}
