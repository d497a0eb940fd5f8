//! Undoing what this author did on this computer, and redoing it.

use super::{Desk, Written};
use crate::domain::change::{Cause, Op};
use crate::domain::id::Id;
use crate::domain::rules::Decided;
use crate::domain::undo::{self, BatchHead};
use crate::env::Env;
use crate::problem::Problem;

impl Desk {
    /// Undoes the last batch that this author wrote on this computer and that has not been undone.
    pub fn undo(&mut self, env: &Env) -> Result<Written, Problem> {
        self.catch_up()?;
        let of = undo::to_undo(self.store.heads_newest_first(), self.own(env));
        let of = of.ok_or_else(|| self.no_more(env, "undo", "you have made no changes on this computer"))?;
        self.write_as(&Cause::Undo { of }, env, None, |desk| desk.inverse(of).map(Decided::from))
    }

    /// Redoes what this author last undid on this computer.
    pub fn redo(&mut self, env: &Env) -> Result<Written, Problem> {
        self.catch_up()?;
        let of = undo::to_redo(self.store.heads_newest_first(), self.own(env));
        let of = of.ok_or_else(|| self.no_more(env, "redo", "you have undone nothing on this computer"))?;
        self.write_as(&Cause::Redo { of }, env, None, |desk| desk.inverse(of).map(Decided::from))
    }

    /// Why there is nothing to undo or redo: `never`, unless something has been.
    fn no_more(&self, env: &Env, what: &str, never: &str) -> Problem {
        let has_been = |head: &BatchHead| matches!(head.cause, Cause::Undo { .. });
        let own = self.own(env);
        if self.store.heads_newest_first().any(|head| own(&head) && has_been(&head)) {
            return Problem::new(format!("Nothing more to {what}"), "", "");
        }
        Problem::new(format!("Nothing to {what}"), never, "")
    }

    /// Whether a batch is this author's, written on this computer. The name alone can be another's: two laptops of one office
    /// often have the same user.
    fn own(&self, env: &Env) -> impl Fn(&BatchHead) -> bool {
        let (own, author) = (self.store.own_origins(), env.author.clone());
        move |head| head.author == author && own.as_ref().is_none_or(|own| own.contains(&head.id.origin))
    }

    pub(super) fn inverse(&self, of: Id) -> Result<Vec<Op>, Problem> {
        let missing = || Problem::new("Could not undo it", "its batch is missing from the log", "");
        let batch = self.store.batch(of)?.ok_or_else(missing)?;
        undo::inverse(&batch, &self.register, &|id| self.store.change(id).ok().flatten())
    }
}
