//! The guide (docs/GUIDE.md) as it is printed and as help refers to it: by the reader's part in the board.

use super::message::World;
use super::model::Model;
use super::screen::Screen;

const TEXT: &str = include_str!("../../docs/GUIDE.md");

/// A chapter, or what stands before the first.
pub struct Chapter {
    pub title: &'static str,
    pub paragraphs: Vec<Paragraph>,
}

pub enum Paragraph {
    Words(String),
    /// A line to type at a shell.
    Command(&'static str),
}

/// The chapters in order, without pictures and comments.
pub fn chapters() -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    let (mut in_comment, mut in_commands, mut is_new) = (false, false, true);
    for line in TEXT.lines() {
        match line.trim_end() {
            "<!--" => in_comment = true,
            "-->" => in_comment = false,
            _ if in_comment => {}
            "```" => in_commands = !in_commands,
            line if line.starts_with('#') => {
                chapters.push(Chapter { title: line.trim_start_matches('#').trim(), paragraphs: Vec::new() });
            }
            line => {
                let Some(chapter) = chapters.last_mut() else { continue };
                chapter.add(line, in_commands, is_new);
                is_new = line.is_empty() || line.starts_with("![");
            }
        }
    }
    chapters
}

impl Chapter {
    fn add(&mut self, line: &'static str, is_command: bool, is_new: bool) {
        if line.is_empty() || line.starts_with("![") {
            return;
        }
        match self.paragraphs.last_mut() {
            _ if is_command => self.paragraphs.push(Paragraph::Command(line)),
            Some(Paragraph::Words(words)) if !is_new => *words = format!("{words} {}", plain(line)),
            Some(_) | None => self.paragraphs.push(Paragraph::Words(plain(line))),
        }
    }
}

/// Without the marks of Markdown: what is to be typed stands in quotation marks.
fn plain(line: &str) -> String {
    let pieces = line.split('`').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 1 { format!("“{piece}”") } else { piece.to_owned() }).collect()
}

/// The word by which `arising guide` finds the chapter that fits the screen.
pub fn chapter_here(model: &Model, world: World<'_>) -> &'static str {
    match &model.screen {
        _ if world.register.copy.0.is_some() => "lead",
        _ if model.past.is_some() => "auditor",
        Screen::History(_) => "auditor",
        Screen::Walk(_) | Screen::Plans(_) => "chair",
        Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) => "manager",
    }
}

/// The chapters whose title has this word; all for an empty one.
pub fn about(word: &str) -> Vec<Chapter> {
    let word = word.to_lowercase();
    chapters().into_iter().filter(|chapter| chapter.title.to_lowercase().contains(&word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reader_has_a_chapter_without_pictures_and_comments() {
        for word in ["manager", "chair", "lead", "auditor"] {
            assert!(!about(word).is_empty(), "{word}");
        }
        for chapter in chapters() {
            assert!(!chapter.paragraphs.is_empty(), "{}", chapter.title);
            for paragraph in chapter.paragraphs {
                let Paragraph::Words(words) = paragraph else { continue };
                assert!(!words.contains("![") && !words.starts_with("keys "), "{words}");
            }
        }
    }
}
