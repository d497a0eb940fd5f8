//! `arising guide`: the guide, or a chapter of it, as text.

use super::context::Context;
use crate::app::guide::{self, Chapter, Paragraph};
use crate::problem::Problem;

pub fn print(context: &Context, word: &str) -> Result<String, Problem> {
    let chapters = guide::about(word);
    if chapters.is_empty() {
        let titles: Vec<&str> = guide::chapters().iter().map(|chapter| chapter.title).collect();
        let why = format!("no chapter is about “{word}”");
        return Err(Problem::new("No such chapter", why, format!("The chapters are: {}.", titles.join("; "))));
    }
    let mut page = context.page();
    for Chapter { title, paragraphs } in chapters {
        page.line(title);
        page.blank();
        let mut paragraphs = paragraphs.iter().peekable();
        while let Some(paragraph) = paragraphs.next() {
            match paragraph {
                Paragraph::Words(words) => page.paragraph(0, words),
                Paragraph::Command(line) => page.line(&format!("    {line}")),
            }
            let is_block =
                matches!((paragraph, paragraphs.peek()), (Paragraph::Command(_), Some(Paragraph::Command(_))));
            if !is_block {
                page.blank();
            }
        }
    }
    Ok(page.finish())
}
