//! The forms that correct a document under review.

use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::field::{FormField, Holds, Parties};
use crate::app::overlay::form::{Form, Mending, Purpose};
use crate::app::overlay::intents::targets;
use crate::app::screen::review::{Review, ReviewLine};
use crate::domain::mend::{self, AnswerWords, At, Words};
use crate::domain::particular::{Particular, Particulars};
use crate::domain::rating::{Hue, Level};
use crate::problem::Problem;

/// Opens the form for the selected item, on the field in doubt.
pub fn open(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(form) = model.screen.review().and_then(form) else {
        model.say("Nothing on this line can be corrected");
        return Vec::new();
    };
    model.open_form(form)
}

fn form(review: &Review) -> Option<Form> {
    let item = review.item()?;
    if let ReviewLine::Level(place) = item {
        return level_form(review, *place);
    }
    if let Some(at) = review.answer_of(item).filter(|_| review.is_return()) {
        return answer_form(review, at);
    }
    let at = review.about(item)?;
    let words = mend::words(review.draft(), at);
    let fields = match at {
        At::Plan => {
            vec![
                FormField::new("Title", Holds::Words, words.text),
                FormField::new("Name", Holds::Words, review.now.slug.clone()),
            ]
        }
        At::Recommendation(_) => {
            let (number, text) =
                (FormField::new("Number", Holds::Words, words.number), FormField::new("Text", Holds::Text, words.text));
            let particular = |of: &Particular| FormField::new(of.label(), Holds::Text, words.particulars.get(*of));
            [number, text].into_iter().chain(Particular::ALL.iter().map(particular)).collect()
        }
        At::Action(_) => action_fields(review, words),
    };
    let what = review.reference_of(at);
    let what = if at == At::Plan { "the plan".to_owned() } else { what };
    let title = format!("Correct {what} of {}", review.draft().file);
    let mut form = Form::new(Purpose::Mend(Mending::Thing(at)), title, fields);
    form.focus = doubtful_field(review, item, &form.fields);
    Some(form)
}

fn answer_form(review: &Review, at: usize) -> Option<Form> {
    let words = mend::answer_words(review.draft().answers.get(at)?);
    let title = format!("Correct the answer about {} in {}", words.reference, review.draft().file);
    let fields = vec![
        FormField::new("Ref", Holds::Words, words.reference),
        FormField::new("Rating", Holds::Words, words.rating),
        FormField::new("New date", Holds::Target, words.targets),
        FormField::new("Response", Holds::Text, words.text),
    ];
    Some(Form::new(Purpose::Mend(Mending::Answer(at)), title, fields))
}

fn answer_words(form: &Form) -> AnswerWords {
    AnswerWords { reference: form.words(0), rating: form.words(1), targets: form.words(2), text: form.words(3) }
}

fn action_fields(review: &Review, words: Words) -> Vec<FormField> {
    let also: Vec<String> = review.draft().parties.iter().map(|party| party.name.clone()).collect();
    let parties = |chosen| Holds::Parties(Parties { chosen, also: also.clone(), ..Parties::default() });
    let raws: Vec<&str> = words.targets.iter().map(|target| target.raw.as_str()).collect();
    let mut fields = vec![
        FormField::new("Action", Holds::Text, words.text),
        FormField::new("Leads", parties(words.leads), ""),
        FormField::new("Overseen by", parties(words.via), ""),
        FormField::new("Target", Holds::Target, raws.join("; ")),
        FormField::new("Rating", Holds::Words, words.rating),
    ];
    if !words.number.is_empty() {
        fields.push(FormField::new("Number", Holds::Words, words.number));
    }
    fields
}

/// The field that the selected doubt is about.
fn doubtful_field(review: &Review, item: &ReviewLine, fields: &[FormField]) -> usize {
    let ReviewLine::Doubt(doubt) = item else { return 0 };
    let label = match review.flag(*doubt).map(|flag| flag.field.as_str()) {
        Some("lead") => "Leads",
        Some("via") => "Overseen by",
        Some("target") => "Target",
        Some("rating") => "Rating",
        Some("number") => "Number",
        Some(_) | None => return 0,
    };
    fields.iter().position(|field| field.label == label).unwrap_or(0)
}

fn level_form(review: &Review, place: usize) -> Option<Form> {
    let level = review.scheme().levels.get(place)?.clone();
    let fields = vec![
        FormField::new("Word", Holds::Words, level.word.clone()),
        FormField::new("Letter", Holds::Words, level.letter.to_string()),
        FormField::new("Colour", Holds::Words, hue_word(level.hue)),
        FormField::new("Meaning", Holds::Words, level.meaning.clone()),
        FormField::new("Settled?", Holds::Words, if level.settled { "yes" } else { "no" }),
    ];
    let title = format!("Rating “{}” of {}", level.word, review.draft().file);
    Some(Form::new(Purpose::Mend(Mending::Level(place)), title, fields))
}

/// Corrects the document from the form; a form that cannot be understood stays open and says why.
pub fn save(model: &mut Model, mending: Mending, world: World<'_>) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.pop() else { return Vec::new() };
    let Some(review) = model.screen.review_mut() else { return Vec::new() };
    let done = match mending {
        Mending::Thing(at) => thing(review, at, &form, world),
        Mending::Answer(at) => review.set_answer(at, &answer_words(&form), world),
        Mending::Level(place) => level(&form).and_then(|level| review.set_level(place, &level, world)),
    };
    match done {
        Ok(()) => {
            let key = form.draft_key();
            model.say("Corrected; nothing is written yet");
            let was_kept = model.drafts.remove(&key).is_some();
            was_kept.then_some(Effect::ForgetDraft { key }).into_iter().collect()
        }
        Err(problem) => {
            model.overlays.push(Overlay::Form(Form { problem: Some(problem), ..form }));
            Vec::new()
        }
    }
}

fn thing(review: &mut Review, at: At, form: &Form, world: World<'_>) -> Result<(), Problem> {
    let typed = |label: &str| form.fields.iter().position(|field| field.label == label).map(|at| form.words(at));
    let names = |label: &str| {
        let field = form.fields.iter().find(|field| field.label == label);
        field.map(|field| field.chosen().to_vec()).unwrap_or_default()
    };
    if at == At::Plan {
        let slug = typed("Name").unwrap_or_default();
        if slug.is_empty() || !slug.chars().all(|c| c.is_alphanumeric() || c == '-') {
            let why = format!("“{slug}” cannot be a plan's short name");
            return Err(Problem::new("Not changed", why, "Use letters, digits and hyphens, as in adult-c."));
        }
        review.call(&typed("Title").unwrap_or_default(), &slug.to_lowercase(), world);
        return Ok(());
    }
    let old = mend::words(review.draft(), at);
    let raws: Vec<&str> = old.targets.iter().map(|target| target.raw.as_str()).collect();
    let dates = typed("Target").unwrap_or_default();
    // Unedited dates keep everything understood from them.
    let targets = if dates == raws.join("; ") { old.targets.clone() } else { targets(&dates, world.today()) };
    let mut particulars = Particulars::default();
    for particular in Particular::ALL.iter().copied() {
        particulars.put(particular, &typed(particular.label()).unwrap_or_default());
    }
    let new = Words {
        number: typed("Number").unwrap_or_default(),
        text: typed("Action").or_else(|| typed("Text")).unwrap_or_default(),
        particulars,
        leads: names("Leads"),
        via: names("Overseen by"),
        targets,
        rating: typed("Rating").unwrap_or_default(),
    };
    if new.text.is_empty() && !old.text.is_empty() {
        let why = "there is no text left";
        return Err(Problem::new("Not changed", why, "Write what is to be done; what you typed is kept."));
    }
    review.set_words(at, &new, world)
}

fn level(form: &Form) -> Result<Level, Problem> {
    let unknown = |what: &str, typed: &str, known: &str| {
        Problem::new("Not changed", format!("“{typed}” is not {what}"), format!("Write {known}."))
    };
    let (letter, colour, settled) = (form.words(1), form.words(2), form.words(4));
    let mut letters = letter.chars();
    let (Some(letter), None) = (letters.next().filter(|c| c.is_alphanumeric()), letters.next()) else {
        return Err(unknown("letter", &letter, "one letter or digit"));
    };
    let hue = HUES.iter().find(|(_, word)| word.eq_ignore_ascii_case(&colour)).map(|(hue, _)| *hue);
    let hue = hue.ok_or_else(|| unknown("colour", &colour, "red, amber, green, blue or grey"))?;
    let settled = match settled.to_lowercase().as_str() {
        "yes" | "y" => true,
        "no" | "n" => false,
        other => return Err(unknown("answer", other, "yes if this rating means the action is settled, otherwise no")),
    };
    let letter = letter.to_uppercase().next().unwrap_or(letter);
    Ok(Level { letter, word: form.words(0), meaning: form.words(3), hue, settled })
}

const HUES: [(Hue, &str); 5] =
    [(Hue::Red, "red"), (Hue::Amber, "amber"), (Hue::Green, "green"), (Hue::Blue, "blue"), (Hue::Grey, "grey")];

fn hue_word(hue: Hue) -> &'static str {
    HUES.iter().find(|(own, _)| *own == hue).map_or("grey", |(_, word)| word)
}
