//! Imports a document into a register: finds what is new, writes it as one batch and remembers the columns.

pub mod guidance;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::desk::{Desk, TRIES, Written, crowded_out};
use crate::domain::change::Cause;
use crate::domain::draft::Draft;
use crate::domain::imported::Imported;
use crate::domain::moment::Moment;
use crate::domain::reconcile::{Asked, Decisions, DifferenceKey, Reconciled, reconcile_with};
use crate::env::Env;
use crate::problem::Problem;
use guidance::Guidance;

/// A document as it is to be imported.
#[derive(Clone, Copy)]
pub struct Incoming<'a> {
    pub draft: &'a Draft,
    /// The short name of the new plan, or of the plan it is a later version of.
    pub slug: &'a str,
    /// Differences where the user overrode the proposal.
    pub decided: &'a BTreeMap<DifferenceKey, bool>,
}

/// The draft of a document on its way in.
pub trait Words {
    fn draft(&self) -> &Draft;

    /// It is in the register's file: only what is told of the import is still needed.
    fn let_go(&mut self) {}
}

impl Words for &Draft {
    fn draft(&self) -> &Draft {
        self
    }
}

/// A draft that no one needs after it was imported.
pub struct Whole(pub Draft);

impl Words for Whole {
    fn draft(&self) -> &Draft {
        &self.0
    }

    fn let_go(&mut self) {
        self.0.let_go_of_rows();
    }
}

/// Where documents go: a register whose file may not exist before there is something to keep.
pub trait Home {
    fn desk(&self) -> &Desk;

    /// The register in its file, which is created if there is none yet.
    fn settled(&mut self) -> Result<&mut Desk, Problem>;
}

/// What importing a document did.
pub struct Outcome {
    /// Without its operations, once they were written.
    pub found: Reconciled,
    /// None where nothing in the document was new.
    pub written: Option<Written>,
    /// What will be remembered about the columns, or why it will not be: the plan is imported all the same.
    pub learnt: Result<Vec<(String, String)>, Problem>,
}

/// Imports a document: compared with the register as it is now, and written as one batch. Where another program writes
/// meanwhile, the document is compared again with what it wrote.
pub fn import(
    words: &mut impl Words,
    (slug, decided): (&str, &BTreeMap<DifferenceKey, bool>),
    home: &mut impl Home,
    guidance: &mut Guidance,
    env: &Env,
) -> Result<Outcome, Problem> {
    for _ in 0..TRIES {
        let mut found = preview(home.desk(), Incoming { draft: words.draft(), slug, decided })?;
        if found.ops.is_empty() {
            return Ok(Outcome { found, written: None, learnt: Ok(Vec::new()) });
        }
        let compared = home.desk().store().head();
        let desk = home.settled()?;
        // Where the file did not exist, another import may have created and filled it.
        if desk.store().head() != compared {
            continue;
        }
        let cause = Cause::Import { file: words.draft().file.clone() };
        let ops = std::mem::take(&mut found.ops);
        match desk.import_if_current(ops, cause, env, || words.let_go())? {
            Some(written) => {
                let learnt = guidance.learn(words.draft());
                return Ok(Outcome { found, written: Some(written), learnt });
            }
            None => desk.catch_up()?,
        }
    }
    Err(crowded_out())
}

/// What a document would change in a register. Nothing is written.
pub fn compare(desk: &Desk, draft: &Draft, slug: &str) -> Result<Reconciled, Problem> {
    preview(desk, Incoming { draft, slug, decided: &BTreeMap::new() })
}

/// The same with what the user decided.
pub fn preview(desk: &Desk, incoming: Incoming<'_>) -> Result<Reconciled, Problem> {
    let Incoming { draft, slug, decided } = incoming;
    let asked = Arc::new(asked(desk, draft)?);
    let decisions = Decisions { imported: imported(desk)?, decided: decided.clone(), asked };
    let found = reconcile_with(draft, slug, desk.register(), &decisions);
    desk.whole().map(|()| found)
}

/// What is known of the moment at which a return's form was made: by the code of the register's state, or else by its day.
pub fn asked(desk: &Desk, draft: &Draft) -> Result<Asked, Problem> {
    if !draft.is_return {
        return Ok(Asked::default());
    }
    // A code that cannot be read is one that the agency's program has changed: then the day is all that is known.
    let code = &draft.form.record;
    let found = if code.is_empty() { None } else { desk.store().moment(code).ok().flatten() };
    let batch = found.and_then(|found| found.batch);
    let log = desk.store().log()?;
    let exact = log.iter().find(|own| Some(own.id) == batch).map(|own| Moment::after(own.id, own.at));
    let is_exact = exact.is_some();
    let moment = exact.or_else(|| draft.form.made.map(Moment::end_of));
    Ok(Asked::new(&log, desk.register(), moment.as_ref(), is_exact))
}

/// Which changes imports wrote.
pub fn imported(desk: &Desk) -> Result<Imported, Problem> {
    Ok(desk.store().imports()?.into_iter().collect())
}

/// Writes what a comparison found as one batch, which a single undo reverses; `None` if there is nothing to write.
pub fn write(desk: &mut Desk, found: &Reconciled, file: &str, env: &Env) -> Result<Option<Written>, Problem> {
    if found.ops.is_empty() {
        return Ok(None);
    }
    desk.import(&found.ops, Cause::Import { file: file.to_owned() }, env).map(Some)
}

/// A plan's short name from its document's: letters, digits and single hyphens, at most 60 characters.
pub fn slug(document: &Path) -> String {
    short_name(&document.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default())
}

/// The same from a name given by the user.
pub fn short_name(name: &str) -> String {
    let name = name.to_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.collect::<Vec<_>>().join("-").chars().take(60).collect();
    if slug.is_empty() { "plan".into() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_comes_from_the_file() {
        assert_eq!(slug(Path::new("/x/Adult C (final).docx")), "adult-c-final");
        assert_eq!(slug(Path::new("adult-c.txt")), "adult-c");
        assert_eq!(slug(Path::new("….csv")), "plan");
        assert_eq!(short_name("DHR v1.2"), "dhr-v1-2");
    }
}
