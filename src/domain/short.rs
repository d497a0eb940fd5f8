//! Names short enough for a column: an alias, or the agency of a post.

use super::action::Action;
use super::id::Id;
use super::party::Party;
use super::query::chain;
use super::register::Register;
use crate::text;

/// Between the names of several leads.
const BETWEEN: &str = " · ";

/// Who leads an action, in at most `cols` columns: in full where there is room, else by short names, else the first and
/// how many more: "Police +2".
pub fn leads(register: &Register, action: &Action, cols: usize) -> String {
    let full = joined(action, |party| register.party_name(party));
    if text::width(&full) <= cols {
        return full;
    }
    let short = joined(action, |party| name(register, party, cols));
    if text::width(&short) <= cols {
        return short;
    }
    match action.leads() {
        [] => String::new(),
        [only] => text::truncate(name(register, only.party, cols), cols),
        [first, rest @ ..] => {
            let more = format!(" +{}", rest.len());
            let room = cols.saturating_sub(text::width(&more));
            text::truncate(name(register, first.party, room), room) + &more
        }
    }
}

fn joined<'a>(action: &Action, name: impl Fn(Id) -> &'a str) -> String {
    action.leads().iter().map(|lead| name(lead.party)).collect::<Vec<_>>().join(BETWEEN)
}

/// The first name that fits: the party's own, its longest alias, then those of the agency whose post it is. Its own, to be
/// shortened, if none does.
fn name(register: &Register, party: Id, cols: usize) -> &str {
    let above = chain(register, party).into_iter().filter_map(|id| register.party(id));
    let mut fitting = above.filter_map(|party| short(party, cols));
    fitting.next().unwrap_or_else(|| register.party_name(party))
}

fn short(party: &Party, cols: usize) -> Option<&str> {
    let aliases = party.aliases().iter().map(String::as_str);
    let fits = |name: &&str| text::width(name) <= cols;
    Some(party.name()).filter(fits).or_else(|| aliases.filter(fits).max_by_key(|name| text::width(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    #[test]
    fn leads_are_shortened_by_alias_by_agency_and_at_last_by_counting() {
        let log = fixture::harbour();
        let led = log.register.action(log.action("7.2")).unwrap();
        let shown = |cols| leads(&log.register, led, cols);
        assert_eq!(shown(60), "Saltmarsh Police · Head of Adult Care (HC)");
        assert_eq!(shown(11), "Police · HC");
        assert_eq!(shown(9), "Police +1");
        let audited = log.register.action(log.action("8.2")).unwrap();
        assert_eq!(leads(&log.register, audited, 9), "Audit Su…");
    }
}
