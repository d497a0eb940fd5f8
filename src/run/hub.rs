//! The hub that a register has joined, beside the screen: another process of this program sends and takes, so that there is no
//! network code in this one, and its changes appear as any other program's do.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use super::stage::Stage;
use crate::app::Msg;
use crate::app::message::HubNews;
use crate::app::model::Hub as State;
use crate::json::HubEvent;
use crate::term::Waker;

impl From<HubEvent> for HubNews {
    fn from(event: HubEvent) -> HubNews {
        match event {
            HubEvent::Step { sent, said, .. } => HubNews::InStep { sent, came: said },
            HubEvent::Away { why } => HubNews::Away(why),
            HubEvent::Refused { why } => HubNews::Refused(why),
            HubEvent::Told { what } => HubNews::Told(what),
        }
    }
}

/// The hub of an open register.
pub struct Hub {
    register: PathBuf,
    follower: Option<Follower>,
    /// One look, because the user asked for it.
    look: Option<Follower>,
}

impl Hub {
    /// The hub that a register has joined, if this build has one.
    pub fn of(register: Option<&Path>, uuid: &str, data: Option<&Path>) -> Option<Hub> {
        let (register, data) = register.zip(data).filter(|_| cfg!(feature = "hub"))?;
        let is_joined = data.join("hubs").join(format!("{uuid}.json")).exists();
        is_joined.then(|| Hub { register: register.to_owned(), follower: None, look: None })
    }

    /// Stays in step from now on, or no longer.
    pub fn follow(&mut self, is_wanted: bool, author: &str, waker: &Waker) {
        if !is_wanted {
            // Its input ends with this, and so does it.
            self.follower = None;
        } else if self.follower.is_none() {
            self.follower = Some(Follower::start(&self.register, &[], author, Some(waker.clone())));
        }
    }

    /// Sends and takes once. Without a waker, the caller waits.
    pub fn look(&mut self, author: &str, waker: Option<&Waker>) -> Vec<HubNews> {
        let look = Follower::start(&self.register, &["--once"], author, waker.cloned());
        if waker.is_none() {
            return look.heard.iter().collect();
        }
        self.look = Some(look);
        Vec::new()
    }

    /// What was said since the last time, and whether it answers the user.
    pub fn heard(&mut self) -> Vec<(HubNews, bool)> {
        let mut heard = Vec::new();
        for (follower, is_answer) in [(&mut self.look, true), (&mut self.follower, false)] {
            heard.extend(follower.iter().flat_map(|follower| follower.heard.try_iter()).map(|news| (news, is_answer)));
        }
        heard
    }
}

impl Stage {
    /// Uses the hub that the register has joined, if it has.
    pub fn join_hub(&mut self, data: Option<&Path>) {
        let store = self.seat.desk.store();
        self.hub = Hub::of(store.path(), store.uuid(), data);
        self.model.hub = self.hub.is_some().then_some(State::There);
    }

    /// Stays in step with the hub while a meeting is open.
    pub fn follow_hub(&mut self) {
        let is_wanted = self.model.past.is_none() && self.seat.desk.register().open_meeting().is_some();
        if let Some((hub, waker)) = self.hub.as_mut().zip(self.waker.as_ref()) {
            hub.follow(is_wanted, &self.env.author, waker);
        }
    }

    /// Sends and takes once; what was heard at once, of which the last is returned.
    pub(super) fn sync(&mut self) -> Option<Msg> {
        let mut heard = self.hub.as_mut()?.look(&self.env.author, self.waker.as_ref());
        let last = heard.pop();
        for news in heard {
            self.send(Msg::Hub(news, true));
        }
        last.map(|news| Msg::Hub(news, true))
    }
}

/// The other process. It is not waited for: at the end it gives what it still owes.
struct Follower {
    heard: Receiver<HubNews>,
    _input: Option<ChildStdin>,
}

impl Follower {
    fn start(register: &Path, how: &[&str], author: &str, waker: Option<Waker>) -> Follower {
        let (say, heard) = mpsc::channel();
        let child = begun(register, how, author);
        let input = match child {
            Ok(mut child) => {
                let input = child.stdin.take();
                let listen = move || {
                    for news in lines(child) {
                        say.send(news).ok();
                        waker.iter().for_each(Waker::wake);
                    }
                };
                // If the thread cannot start, the other process ends, for nobody reads what it says.
                drop(thread::Builder::new().name("hub".into()).spawn(listen));
                input
            }
            Err(error) => {
                say.send(HubNews::Refused(error.to_string())).ok();
                None
            }
        };
        Follower { heard, _input: input }
    }
}

fn begun(register: &Path, how: &[&str], author: &str) -> std::io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--register").arg(register).args(["--author", author, "hub", "follow"]).args(how);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Keys that end this program leave it the time to give what it owes.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// Each line as it comes; where the process ends with an error instead, that.
fn lines(mut child: Child) -> impl Iterator<Item = HubNews> {
    let said = child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines().map_while(Result::ok));
    let said = said.filter_map(|line| HubEvent::of(&line)).map(HubNews::from);
    let mut child = Some(child);
    let end = std::iter::once_with(move || {
        let done = child.take()?.wait_with_output().ok().filter(|done| !done.status.success())?;
        let why = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        Some(HubNews::Refused(why))
    });
    said.chain(end.flatten())
}
