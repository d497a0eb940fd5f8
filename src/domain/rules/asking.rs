//! Asking the leads: where their mail goes, and the record that they were asked.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::change::{Op, Value};
use super::super::chase::{Address, Asked, Request};
use super::super::id::Id;
use super::super::register::Register;
use super::{Subject, filled};
use crate::problem::Problem;

/// Sets where mail to parties goes.
pub fn address(register: &Register, of: &[(Id, String)]) -> Result<Vec<Op>, Problem> {
    let mut ops = Vec::new();
    for (id, written) in of {
        let party = super::parties::known(register, *id)?;
        let address = addresses(written).map_err(|why| {
            let hint = "Write it as name@example.org; several are separated by commas.";
            Problem::new(format!("The address of {} was not set", party.name()), why, hint)
        })?;
        if party.address() != address || party.address.in_conflict() {
            ops.push(Op::Set { on: *id, value: Value::Address(Address(address)), replaces: party.address.ids() });
        }
    }
    if ops.is_empty() {
        let why = if of.len() == 1 { "that is its address already" } else { "every address is known already" };
        return Err(Problem::new("Nothing was changed", why, ""));
    }
    Ok(ops)
}

/// One address or several, each checked and written in the same way.
pub fn addresses(written: &str) -> Result<String, String> {
    let parts = written.split([',', ';', '\n']).filter_map(filled);
    let all: Vec<String> = parts.map(one).collect::<Result<_, _>>()?;
    Ok(all.join(", "))
}

/// "a@b.uk" or "Safeguarding <a@b.uk>".
fn one(written: &str) -> Result<String, String> {
    let bad = || format!("“{written}” is no mail address");
    let (name, bare) = match written.strip_suffix('>').map(|rest| rest.rsplit_once('<')) {
        Some(Some((name, bare))) => (name.trim().trim_matches('"'), bare.trim()),
        Some(None) | None => ("", written),
    };
    let (mailbox, host) = bare.split_once('@').ok_or_else(bad)?;
    let is_bad = |c: char| c.is_whitespace() || c.is_control() || "@<>()[]\\\",:;".contains(c);
    if mailbox.is_empty()
        || host.is_empty()
        || bare.len() > LONGEST
        || [mailbox, host].iter().any(|p| p.contains(is_bad))
    {
        return Err(bad());
    }
    if name.contains(|c: char| c.is_control() || "@<>\"\\".contains(c)) {
        return Err(bad());
    }
    Ok(if name.is_empty() { bare.to_owned() } else { format!("{name} <{bare}>") })
}

/// What mail allows.
const LONGEST: usize = 254;

/// Records that parties were asked about actions today.
pub fn ask(
    register: &Register,
    asked: &[(Id, Id)],
    by: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Vec<Op>, Problem> {
    let mut actions: Vec<Id> = Vec::new();
    for (action, _) in asked {
        if !actions.contains(action) {
            actions.push(*action);
        }
    }
    let one = |id: &Id| {
        let on = Subject::find(register, *id, today)?;
        let parties = asked.iter().filter(|(action, _)| action == id).map(|(_, party)| *party);
        let new: Vec<Request> = parties.map(|party| Request { party, day: today, by }).collect();
        Ok(on.set(&on.action.asked, Value::Asked(Asked::now(on.action, still_open(on.action, &new)))))
    };
    let ops: Vec<Op> = actions.iter().map(one).collect::<Result<_, Problem>>()?;
    if ops.is_empty() {
        return Err(Problem::new("Nobody was asked", "there is nothing to ask about", ""));
    }
    Ok(ops)
}

/// What others were asked before and have not answered stays, with what is asked now.
fn still_open(action: &Action, new: &[Request]) -> Vec<Request> {
    let before = action.unanswered().map(|asked| asked.of.clone()).unwrap_or_default();
    let is_asked_again = |one: &Request| new.iter().any(|now| now.party == one.party);
    before.into_iter().filter(|one| !is_asked_again(one)).chain(new.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_written_alike() {
        assert_eq!(addresses(" a@b.uk;c@d.uk "), Ok("a@b.uk, c@d.uk".into()));
        assert_eq!(addresses("Safeguarding <sab@x.org>,"), Ok("Safeguarding <sab@x.org>".into()));
        assert_eq!(addresses(""), Ok(String::new()));
        for bad in ["police", "a@", "a b@c.uk", "a@b\rBcc: c@d.uk", "a@b@c", "<a@b.uk", "x\u{7} <a@b.uk>"] {
            assert!(addresses(bad).is_err(), "{bad:?}");
        }
    }
}
