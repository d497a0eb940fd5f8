//! Asks for what an overlay asks for: a form field by field, a list by its numbers, a line of words.

use std::io::{self, BufRead, Write};

use super::Plain;
use crate::app::Msg;
use crate::app::editor::Editor;
use crate::app::key::Input;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::Choice;
use crate::app::overlay::field::{Echo, FormField, Holds, Room};
use crate::app::overlay::form::Form;
use crate::app::overlay::line::Purpose;
use crate::app::overlay::suggest::Suggestion;
use crate::domain::attending::as_minuted;
use crate::domain::party::name_key;
use crate::problem::Problem;
use crate::term::secret::{Asked, Silence};

/// Leaves whatever is being asked.
const CANCEL: &str = "cancel";

/// How many lines of a list are told before letters are asked for.
const PAGE: usize = 20;

impl<I: BufRead, O: Write> Plain<'_, I, O> {
    /// Asks what the topmost overlay asks.
    pub(super) fn answer(&mut self) -> io::Result<()> {
        match self.stage.model.overlays.last() {
            Some(Overlay::Form(_)) => self.fill_in(),
            Some(Overlay::Choice(_)) => self.choose(),
            Some(Overlay::Line(line)) => {
                let purpose = line.purpose;
                self.take_line(purpose)
            }
            Some(Overlay::Splitting(_)) => self.split(),
            Some(Overlay::Help(_) | Overlay::Reading(_)) | None => {
                self.stage.model.overlays.pop();
                Ok(())
            }
        }
    }

    fn form(&self) -> Option<&Form> {
        match self.stage.model.overlays.last() {
            Some(Overlay::Form(form)) => Some(form),
            _ => None,
        }
    }

    /// Asks for each field in turn, then saves.
    fn fill_in(&mut self) -> io::Result<()> {
        let Some(form) = self.form() else { return Ok(()) };
        let (title, count, kept) = (form.title.clone(), form.fields.len(), form.kept_words());
        let purpose = form.purpose.clone();
        self.say(&format!("{title}. An empty line keeps what is there; “{CANCEL}” leaves."))?;
        if let Some(kept) = kept {
            let back = self.ask(&format!("You typed here earlier: “{kept}”. Bring it back? y or n."))?;
            if back.is_some_and(|back| back.eq_ignore_ascii_case("y")) {
                self.run("form.bring-back");
            }
        }
        for at in 0..count {
            if !self.field(at)? {
                self.run("form.close");
                return Ok(());
            }
        }
        self.run("form.save");
        // Where a reason is wanted first, saving moved on to its field, which has been asked for.
        if self.form().is_some_and(|form| form.problem.is_none() && !form.sent && form.purpose == purpose) {
            self.run("form.save");
        }
        match self.form().map(|form| form.problem.as_ref().map(Problem::to_string)) {
            Some(Some(problem)) => self.say(&problem),
            Some(None) | None => Ok(()),
        }
    }

    /// Asks for one field; false if the user leaves.
    fn field(&mut self, at: usize) -> io::Result<bool> {
        if let Some(form) = self.stage.model.form_mut() {
            form.focus = at;
        }
        let Some(field) = self.form().and_then(|form| form.fields.get(at)) else { return Ok(true) };
        let (question, holds) = (question(field), field.holds.clone());
        if holds == Holds::Secret {
            return self.secret(&question);
        }
        let mut question = question;
        while let Some(typed) = self.ask(&question)? {
            match (typed.as_str(), &holds) {
                ("", _) => return Ok(true),
                (CANCEL, _) => return Ok(false),
                (_, Holds::Parties(_)) => {
                    self.name(&typed)?;
                    "Another? An empty line goes on.".clone_into(&mut question);
                }
                (_, _) => {
                    self.put(&typed);
                    return self.echo(at).map(|()| true);
                }
            }
        }
        Ok(false)
    }

    /// Replaces what is in the field.
    fn put(&mut self, typed: &str) {
        let world = self.stage.seat.world(&self.stage.env);
        if let Some(form) = self.stage.model.form_mut() {
            form.fields.get_mut(form.focus).into_iter().for_each(|field| field.editor = Editor::default());
            form.paste(typed, world);
        }
    }

    /// How a date or an agenda was understood.
    fn echo(&mut self, at: usize) -> io::Result<()> {
        let world = self.stage.seat.world(&self.stage.env);
        let echo = self.form().and_then(|form| form.fields.get(at)).and_then(|field| field.echo(world));
        match echo {
            Some(Echo::Understood(words)) => self.say(&format!("Understood: {words}.")),
            Some(Echo::Doubtful(words)) => self.say(&format!("In doubt: {words}.")),
            None => Ok(()),
        }
    }

    /// Adds the party meant: the one that fits, or one chosen of several; “none” takes all out.
    fn name(&mut self, typed: &str) -> io::Result<()> {
        if typed == "none" {
            if let Some(Holds::Parties(parties)) =
                self.stage.model.form_mut().and_then(Form::field_mut).map(|field| &mut field.holds)
            {
                parties.chosen.clear();
            }
            return Ok(());
        }
        if let Some(out) = typed.strip_prefix('-') {
            return self.take_out(out.trim());
        }
        self.put(typed);
        let world = self.stage.seat.world(&self.stage.env);
        let field = self.form().and_then(|form| form.fields.get(form.focus));
        let offered: Vec<Suggestion> = field.map(|field| field.suggestions(world)).unwrap_or_default();
        let room = field.and_then(room).unwrap_or_default();
        let pick = match offered.as_slice() {
            [] => None,
            [Suggestion::Known(_) | Suggestion::Typed(_)] => Some(0),
            [Suggestion::Known(first), ..] if first.eq_ignore_ascii_case(typed) => Some(0),
            [..] => self.pick(&offered, room)?,
        };
        let world = self.stage.seat.world(&self.stage.env);
        let Some(form) = self.stage.model.form_mut() else { return Ok(()) };
        let field = form.fields.get_mut(form.focus);
        if let (Some(pick), Some(Holds::Parties(parties))) = (pick, field.map(|field| &mut field.holds)) {
            parties.pick = pick;
            form.take_suggestion(world);
        } else if let Some(field) = form.field_mut() {
            field.editor = Editor::default();
        }
        match self.form().and_then(|form| form.fields.get(form.focus)).map(|field| listed(field.chosen())) {
            Some(chosen) => self.say(&format!("Now: {chosen}.")),
            None => Ok(()),
        }
    }

    /// Takes one name out.
    fn take_out(&mut self, name: &str) -> io::Result<()> {
        let field = self.stage.model.form_mut().and_then(Form::field_mut);
        let Some(Holds::Parties(parties)) = field.map(|field| &mut field.holds) else { return Ok(()) };
        let is_it = |chosen: &String| [chosen.as_str(), &as_minuted(chosen)].map(name_key).contains(&name_key(name));
        match parties.chosen.iter().position(is_it) {
            Some(at) => drop(parties.chosen.remove(at)),
            None => return self.say(&format!("“{name}” is not among them.")),
        }
        let left = if parties.chosen.is_empty() { "none".into() } else { listed(&parties.chosen) };
        self.say(&format!("Now: {left}."))
    }

    /// Which of those offered; a question among them is told, and has no number. Gives the place among all.
    fn pick(&mut self, offered: &[Suggestion], room: Room) -> io::Result<Option<usize>> {
        let mut places = Vec::new();
        for (at, one) in offered.iter().enumerate() {
            if matches!(one, Suggestion::Ask(_)) {
                self.say(&one.words(room))?;
            } else {
                places.push(at);
                self.say(&format!("{}. {}", places.len(), one.words(room)))?;
            }
        }
        let chosen = self.ask("Which number, or an empty line for none?")?;
        let number = chosen.and_then(|chosen| chosen.parse::<usize>().ok());
        Ok(number.and_then(|number| places.get(number.checked_sub(1)?).copied()))
    }

    /// What is typed is not shown; false if the user leaves.
    fn secret(&mut self, question: &str) -> io::Result<bool> {
        if !self.is_typed {
            let typed = self.ask(question)?;
            self.put(typed.as_deref().unwrap_or_default());
            return Ok(typed.is_some());
        }
        write!(self.output, "{question} It is not shown. ")?;
        self.output.flush()?;
        let asked = Silence::begin()?.listen()?;
        writeln!(self.output)?;
        match asked {
            Asked::Typed(secret) => {
                self.put(secret.expose());
                Ok(true)
            }
            Asked::Stopped | Asked::NoTerminal => Ok(false),
        }
    }

    fn choice(&mut self) -> Option<&mut Choice> {
        self.stage.model.choice_mut()
    }

    /// Tells the list, numbered, and takes a number, or letters that narrow it.
    fn choose(&mut self) -> io::Result<()> {
        let Some(choice) = self.choice() else { return Ok(()) };
        let title = choice.title.clone().into_owned();
        let shown = choice.found.iter().filter_map(|at| choice.items.get(*at));
        let line = |(at, item): (usize, &crate::app::overlay::choice::ChoiceOption)| {
            let note = if item.note.is_empty() { String::new() } else { format!(", {}", item.note) };
            let why = item.why_not.as_ref().map(|why| format!(". Not now: {why}")).unwrap_or_default();
            format!("{}. {}{note}{why}", at + 1, item.label)
        };
        let (lines, count): (Vec<String>, usize) =
            (shown.enumerate().take(PAGE).map(line).collect(), choice.found.len());
        self.say(&title)?;
        self.say_all(&lines)?;
        let more = if count > PAGE { format!(" {count} in all; letters narrow them.") } else { String::new() };
        let Some(typed) = self.ask(&format!("Which number?{more} An empty line leaves."))? else { return Ok(()) };
        if ["", CANCEL, "back", "quit"].contains(&typed.as_str()) {
            self.is_over = typed == "quit";
            self.run("choice.close");
            return Ok(());
        }
        let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(choice) = self.choice() else { return Ok(()) };
        if let Some(at) = number.filter(|at| *at < choice.found.len()) {
            choice.cursor = at;
            self.run("choice.take");
        } else {
            choice.editor = Editor::default();
            choice.paste(&typed);
            let begins = |at: &usize| {
                let label = choice.items.get(*at).map(|item| item.label.to_lowercase());
                label.is_some_and(|label| label.starts_with(&typed.to_lowercase()))
            };
            let is_one = choice.found.len() == 1 || choice.found.iter().filter(|at| begins(at)).count() == 1;
            if choice.found.is_empty() {
                let noun = choice.noun;
                choice.editor = Editor::default();
                choice.paste("");
                self.say(&format!("No {noun} matches “{typed}”."))?;
            } else if is_one {
                choice.cursor = choice.found.iter().position(begins).unwrap_or(0);
                self.run("choice.take");
            }
        }
        Ok(())
    }

    fn take_line(&mut self, purpose: Purpose) -> io::Result<()> {
        let question = match purpose {
            Purpose::Filter => "Filter? For example: overdue, or lead:Police.",
            Purpose::Search | Purpose::Words => "Words to find?",
            Purpose::ImportPath => "Path of the document?",
        };
        let Some(typed) = self.ask(question)?.filter(|typed| !typed.is_empty() && typed != CANCEL) else {
            self.run("line.close");
            return Ok(());
        };
        self.take_words(typed)
    }

    /// Types the words into the line and takes it; says what is wrong with them.
    pub(super) fn take_words(&mut self, typed: String) -> io::Result<()> {
        if let Some(Overlay::Line(line)) = self.stage.model.overlays.last_mut() {
            line.editor = Editor::default();
        }
        self.send(Msg::Input(Input::Paste(typed)));
        self.run("line.take");
        let problem = match self.stage.model.overlays.last() {
            Some(Overlay::Line(line)) => line.problem.as_ref().map(Problem::to_string),
            _ => None,
        };
        problem.map_or(Ok(()), |problem| self.say(&problem))
    }

    /// Asks of each place at which a part can begin whether one does.
    fn split(&mut self) -> io::Result<()> {
        let world = self.stage.seat.world(&self.stage.env);
        let Some(Overlay::Splitting(splitting)) = self.stage.model.overlays.last() else { return Ok(()) };
        let words = world.register.action(splitting.action).map(|action| action.text().to_owned()).unwrap_or_default();
        let segments: Vec<String> = splitting.segments(&words).into_iter().map(str::to_owned).collect();
        self.say(&format!("The first part begins: {}", segments.first().map_or("", String::as_str)))?;
        for (at, segment) in segments.iter().skip(1).enumerate() {
            let Some(typed) = self.ask(&format!("Does another part begin with “{segment}”? y or n, or “{CANCEL}”."))?
            else {
                return Ok(());
            };
            if typed == CANCEL {
                self.run("split.close");
                return Ok(());
            }
            if let Some(place) = self.splitting_place(at).filter(|_| !typed.is_empty()) {
                *place = typed.eq_ignore_ascii_case("y");
            }
        }
        self.run("split.do");
        Ok(())
    }

    fn splitting_place(&mut self, at: usize) -> Option<&mut bool> {
        let splitting = self.stage.model.overlays.last_mut()?.splitting_mut()?;
        splitting.places.get_mut(at).map(|place| &mut place.is_chosen)
    }
}

fn room(field: &FormField) -> Option<Room> {
    if let Holds::Parties(parties) = &field.holds { Some(parties.room) } else { None }
}

fn listed(chosen: &[String]) -> String {
    chosen.iter().map(|name| as_minuted(name)).collect::<Vec<_>>().join(", ")
}

/// "Lead? Now: AFRS. Type a name."
fn question(field: &FormField) -> String {
    let (chosen, typed) = (listed(field.chosen()), field.text());
    let now = if chosen.is_empty() { typed.to_owned() } else { chosen };
    let now = if now.is_empty() || field.is_secret() { String::new() } else { format!(" Now: {now}.") };
    let names = matches!(field.holds, Holds::Parties(_));
    let how = match (names, field.chosen().len()) {
        (false, _) => "",
        (true, 0 | 1) => " Type a name, or “none”.",
        (true, _) => " Type a name, “-name” to take one out, or “none”.",
    };
    format!("{}?{now}{how}", field.label)
}
