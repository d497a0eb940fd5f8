//! The hub, where laptops of one board catch up.

use super::cannot_write;
use crate::app::command::{self, Command};
use crate::app::message::{Effect, HubNews, World};
use crate::app::model::{Hub, Model};
use crate::app::scope::Scope;
use crate::problem::Problem;
use crate::text::counted;

pub const COMMANDS: &[Command] = &[Command {
    name: "sync",
    scopes: &[Scope::Everywhere],
    keys: &["S"],
    label: "sync",
    help: "Send to the hub what is new here, and take what is new there.",
    also: "hub send fetch push pull server laptops",
    why_not: cannot_sync,
    run: sync,
    ..command::ROW
}];

fn cannot_sync(model: &Model, world: World<'_>) -> Option<String> {
    let none = model.hub.is_none().then(|| "This register has joined no hub".to_owned());
    none.or_else(|| cannot_write(model, world))
}

fn sync(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    model.say("Asking the hub …");
    vec![Effect::Sync]
}

/// What is heard while a meeting is followed is said where it is new; what came then is told as any other program's change is.
pub fn heard(model: &mut Model, news: HubNews, is_answer: bool) -> Vec<Effect> {
    let was = model.hub;
    match news {
        HubNews::InStep { sent, came } => {
            model.hub = Some(Hub::There);
            if is_answer {
                model.say(in_step(sent, came));
            } else if was == Some(Hub::Away) {
                model.say_of_others("The hub is back, and has everything".into());
            }
        }
        HubNews::Away(why) => {
            model.hub = Some(Hub::Away);
            let away = format!("{}. All is saved here, and is sent later", why.trim_end_matches('.'));
            if is_answer {
                model.say(away);
            } else if was != Some(Hub::Away) {
                model.say_of_others(away);
            }
        }
        HubNews::Refused(why) => {
            model.hub = Some(Hub::Refused);
            model.refuse(Problem::new(why.trim_end_matches('.'), "", ""));
        }
        HubNews::Told(what) => model.say_of_others(what),
    }
    Vec::new()
}

/// "From the hub: 3 changes by D. Okoro …; 2 changes sent".
fn in_step(sent: u64, came: Option<String>) -> String {
    let sent = (sent > 0).then(|| counted(usize::try_from(sent).unwrap_or(usize::MAX), "change") + " sent to the hub");
    match (came, sent) {
        (None, None) => "The hub has nothing new, and everything that is here".into(),
        (None, Some(sent)) => sent,
        (Some(came), None) => format!("From the hub: {came}"),
        (Some(came), Some(sent)) => format!("From the hub: {came}; {sent}"),
    }
}
