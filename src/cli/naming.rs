//! `arising name`: under which name changes are recorded.

use super::Answer;
use super::context::Context;
use crate::env::UNNAMED;
use crate::files::{a_name, data_folder};
use crate::problem::Problem;
use crate::writing;

pub fn name(context: &Context, words: &[String]) -> Result<Answer, Problem> {
    let mut page = context.page();
    if words.is_empty() {
        match context.clock.env().author.as_str() {
            UNNAMED => page.line("no name is known yet; give it with `arising name \"A. Name\"`"),
            name => page.line(&format!("changes are recorded as {name}")),
        }
        return Ok(Answer { text: page.finish(), ..Answer::default() });
    }
    let refuse = |why: &str, hint: &str| Problem::new("No name was kept", why, hint);
    let name =
        a_name(&words.join(" ")).ok_or_else(|| refuse("it is blank", "Write it as `arising name \"A. Name\"`."))?;
    let folder =
        data_folder().ok_or_else(|| refuse("this computer has no home folder", "Set ARISING_AUTHOR instead."))?;
    writing::own_name(&folder, &name)?;
    page.line(&format!("changes are recorded as {name} from now on"));
    let over = context.given_author().filter(|given| *given != name);
    let notes = over.map(|given| format!("ARISING_AUTHOR or --author says {given}, which counts before it"));
    Ok(Answer { text: page.finish(), notes: notes.into_iter().collect(), ..Answer::default() })
}
