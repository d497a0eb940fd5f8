//! The shapes that the screen draws: those of WGL4, which every font of the old Windows console has.

use std::path::Path;

/// WGL4 beyond ASCII, as ranges.
const WGL4: &[(char, char)] = &[
    ('\u{a0}', '\u{17f}'),
    ('\u{2013}', '\u{2015}'),
    ('\u{2017}', '\u{201e}'),
    ('\u{2020}', '\u{2022}'),
    ('…', '…'),
    ('‹', '›'),
    ('€', '€'),
    ('\u{2190}', '\u{2195}'),
    ('−', '−'),
    ('√', '√'),
    ('≈', '≈'),
    ('≠', '≡'),
    ('≤', '≥'),
    ('─', '─'),
    ('│', '│'),
    ('┌', '┌'),
    ('┐', '┐'),
    ('└', '└'),
    ('┘', '┘'),
    ('├', '├'),
    ('┤', '┤'),
    ('┬', '┬'),
    ('┴', '┴'),
    ('┼', '┼'),
    ('\u{2550}', '\u{256c}'),
    ('▀', '▀'),
    ('▄', '▄'),
    ('█', '█'),
    ('▌', '▌'),
    ('\u{2590}', '\u{2593}'),
    ('■', '□'),
    ('\u{25aa}', '\u{25ac}'),
    ('▲', '▲'),
    ('►', '►'),
    ('▼', '▼'),
    ('◄', '◄'),
    ('\u{25ca}', '\u{25cb}'),
    ('●', '●'),
];

/// What draws on the screen, or prints.
const DRAWING: [&str; 4] = ["src/app", "src/cli/table.rs", "src/cli/page.rs", "src/view"];

/// Compared with what a text begins with, and never drawn.
const COMPARED: [char; 4] = ['＝', '＋', '－', '＠'];

#[test]
fn every_shape_on_the_screen_is_in_the_fonts_of_the_old_windows_console() {
    let mut missing = Vec::new();
    for place in DRAWING {
        look(&Path::new(env!("CARGO_MANIFEST_DIR")).join(place), &mut missing);
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn look(path: &Path, missing: &mut Vec<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder").flatten() {
            look(&entry.path(), missing);
        }
        return;
    }
    let source = std::fs::read_to_string(path).expect("a source");
    let code = source.lines().take_while(|line| *line != "#[cfg(test)]").filter(|line| !line.trim().starts_with("//"));
    for line in code {
        let is_fit = |c: &char| {
            c.is_ascii() || COMPARED.contains(c) || WGL4.iter().any(|(first, last)| (first..=last).contains(&c))
        };
        missing
            .extend(line.chars().find(|c| !is_fit(c)).map(|c| format!("{c} in {}: {}", path.display(), line.trim())));
    }
}
