//! The number in front of a list item, as text: "3", "c", "iii".

/// How a level of a list counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    #[default]
    Decimal,
    /// 01, 02 … 10.
    Padded,
    /// 1st, 2nd.
    Ordinal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Bullet,
    Nothing,
}

/// What precedes an item of a bulleted list.
pub const BULLET: &str = "• ";

/// Letters and roman numerals are not written beyond these.
const LETTERS: u32 = 26 * 4;
const ROMAN: u32 = 3999;

/// Roman numerals by value, the greatest first.
const SIGNS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

impl Count {
    /// A number in this notation; empty for bullets.
    pub fn write(self, value: u32) -> String {
        match self {
            Count::Decimal => value.to_string(),
            Count::Padded => format!("{value:02}"),
            Count::Ordinal => format!("{value}{}", ending(value)),
            Count::LowerLetter => letters(value),
            Count::UpperLetter => letters(value).to_uppercase(),
            Count::LowerRoman => roman(value),
            Count::UpperRoman => roman(value).to_uppercase(),
            Count::Bullet | Count::Nothing => String::new(),
        }
    }
}

fn ending(value: u32) -> &'static str {
    match (value % 100, value % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        (_, _) => "th",
    }
}

/// a … z, aa, bb: Word doubles the letter.
fn letters(value: u32) -> String {
    if value == 0 || value > LETTERS {
        return value.to_string();
    }
    let letter = (value - 1) % 26;
    let letter = char::from_u32(u32::from('a') + letter).unwrap_or('a');
    (0..=(value - 1) / 26).map(|_| letter).collect()
}

fn roman(value: u32) -> String {
    if value == 0 || value > ROMAN {
        return value.to_string();
    }
    let (mut rest, mut text) = (value, String::new());
    for (worth, sign) in SIGNS {
        while rest >= worth {
            text.push_str(sign);
            rest -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numbering_format_is_printed() {
        let all = |count: Count| [1, 4, 22, 28].map(|value| count.write(value));
        assert_eq!(all(Count::Decimal), ["1", "4", "22", "28"]);
        assert_eq!(all(Count::LowerLetter), ["a", "d", "v", "bb"]);
        assert_eq!(all(Count::UpperRoman), ["I", "IV", "XXII", "XXVIII"]);
        assert_eq!(all(Count::Ordinal), ["1st", "4th", "22nd", "28th"]);
        assert_eq!(all(Count::Padded), ["01", "04", "22", "28"]);
        assert_eq!(Count::LowerLetter.write(u32::MAX), u32::MAX.to_string());
    }
}
