//! Symbols of fonts that have no letters → characters that mean the same everywhere.

/// What Wingdings shows for a character code; `None` where it is decoration.
pub fn wingdings(font: &str, code: u32) -> Option<char> {
    let code = code & 0xff;
    let font = font.trim().to_ascii_lowercase();
    match font.as_str() {
        "wingdings" => first(code),
        "wingdings 2" => second(code),
        "symbol" => symbol(code),
        _ => None,
    }
}

/// Whether a font shows symbols instead of letters.
pub fn is_pictures(font: &str) -> bool {
    font.trim().to_ascii_lowercase().starts_with("wingdings")
}

fn first(code: u32) -> Option<char> {
    Some(match code {
        0x6f | 0x71 | 0x72 | 0xa8 => '☐',
        0xfd | 0x78 => '☒',
        0xfe => '☑',
        0xfc => '✓',
        0xfb => '✗',
        0x6c | 0x9f | 0xb7 => '●',
        0x6e | 0xa7 => '■',
        0xa1 | 0x6d => '○',
        0x4a => '☺',
        0x4c => '☹',
        0xe0 | 0xe8 | 0xf0 | 0xd8 => '→',
        0xdf | 0xe7 | 0xef => '←',
        0xe1 | 0xe9 | 0xf1 => '↑',
        0xe2 | 0xea | 0xf2 => '↓',
        _ => return None,
    })
}

fn second(code: u32) -> Option<char> {
    Some(match code {
        0xa3 | 0x2a | 0x30 => '☐',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x50 => '✓',
        0x4f => '✗',
        0x97 | 0x98 => '●',
        _ => return None,
    })
}

fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0xb7 => '•',
        0xae => '→',
        0xac => '←',
        0xad => '↑',
        0xaf => '↓',
        0xa3 => '≤',
        0xb3 => '≥',
        0xb1 => '±',
        0xb0 => '°',
        0xd6 => '√',
        0x2d | 0xbe => '–',
        0x20..=0x7e => return char::from_u32(code).filter(|c| !c.is_alphabetic()),
        _ => return None,
    })
}
