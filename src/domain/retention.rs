//! How long a plan is kept: when it is due for review or disposal, and what is said once that day has come.
//!
//! A review and a disposal are on one day, not in a month: the last day that "Nov 2032" can mean would keep personal data for
//! weeks longer than the board's schedule allows, and the first would dispose of it too early.

use chrono::NaiveDate;

use super::date_words;
use super::plan::Plan;
use crate::text;

/// How much of a plan's title fits before what it is due for.
const MOST: usize = 40;

/// What a plan is due for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Review { since: NaiveDate },
    Disposal { since: NaiveDate },
}

impl Due {
    /// What the plan is due for today, if anything. Disposal comes after the review and is all that is left to do.
    pub fn of(plan: &Plan, today: NaiveDate) -> Option<Due> {
        let reached = |day: Option<NaiveDate>| day.filter(|day| *day <= today);
        let disposal = reached(plan.dispose_on()).map(|since| Due::Disposal { since });
        disposal.or_else(|| reached(plan.review_on()).map(|since| Due::Review { since }))
    }

    /// For scripts: "review" or "disposal".
    pub fn word(self) -> &'static str {
        match self {
            Due::Review { .. } => "review",
            Due::Disposal { .. } => "disposal",
        }
    }

    fn since(self) -> NaiveDate {
        let (Due::Review { since } | Due::Disposal { since }) = self;
        since
    }

    /// "due for review since 1 Nov 2026".
    pub fn words(self) -> String {
        format!("due for {} since {}", self.word(), date_words::day(self.since()))
    }

    /// "SAR Adult C has been due for disposal since 1 Nov 2026: withdraw it or erase its words".
    pub fn sentence(self, name: &str, today: NaiveDate) -> String {
        let when = if self.since() == today {
            format!("is due for {} today", self.word())
        } else {
            format!("has been {}", self.words())
        };
        let hint = match self {
            Due::Review { .. } => "",
            Due::Disposal { .. } => ": withdraw it or erase its words",
        };
        format!("{name} {when}{hint}")
    }
}

/// What to say of these plans: the first that is due, those for disposal before those for review, and how many more are.
pub fn sentence<'a>(plans: impl Iterator<Item = &'a Plan>, today: NaiveDate) -> Option<String> {
    let mut due: Vec<(&Plan, Due)> = plans.filter_map(|plan| Some((plan, Due::of(plan, today)?))).collect();
    due.sort_by_key(|(_, due)| matches!(due, Due::Review { .. }));
    let (first, due_first) = due.first()?;
    let more = match due.len() - 1 {
        0 => String::new(),
        1 => "; another plan is due too".to_owned(),
        more => format!("; {more} other plans are due too"),
    };
    Some(due_first.sentence(&text::truncate(first.title(), MOST), today) + &more)
}

#[cfg(test)]
mod tests {
    use super::super::conflict;
    use super::super::fixture::harbour;
    use super::super::intent::Intent;
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn a_plan_is_due_from_the_day_itself_and_disposal_takes_over_from_review() {
        let mut log = harbour();
        let plan = log.register.plans[0].id;
        let said = log.say(&Intent::Retain { plan, review_on: day("2026-11-01"), dispose_on: day("2028-11-01") });
        assert_eq!(said, "harbour review date none → 1 Nov 2026; harbour disposal date none → 1 Nov 2028");
        let due = |today: &str| Due::of(&log.register.plans[0], day(today).unwrap());
        assert_eq!(due("2026-10-31"), None);
        assert_eq!(due("2026-11-01").unwrap().words(), "due for review since 1 Nov 2026");
        assert_eq!(due("2028-10-31").unwrap().word(), "review");
        let said = |today: &str| due(today).unwrap().sentence("SAR Harbour", day(today).unwrap());
        assert_eq!(said("2026-11-01"), "SAR Harbour is due for review today");
        let disposal = "SAR Harbour has been due for disposal since 1 Nov 2028: withdraw it or erase its words";
        assert_eq!(said("2028-11-02"), disposal);
    }

    #[test]
    fn a_disposal_before_the_review_is_refused_and_a_date_given_twice_is_no_change() {
        let mut log = harbour();
        let plan = log.register.plans[0].id;
        let retain =
            |review: &str, dispose: &str| Intent::Retain { plan, review_on: day(review), dispose_on: day(dispose) };
        let refused = log.say(&retain("2026-11-01", "2026-10-31"));
        assert!(
            refused.contains("it would be disposed of on 31 Oct 2026, before it is reviewed on 1 Nov 2026"),
            "{refused}"
        );
        assert!(log.say(&retain("", "")).contains("those are already its dates"));
        assert_eq!(log.say(&retain("2026-11-01", "2026-11-01")).matches("date none →").count(), 2);
        assert_eq!(log.say(&retain("2026-11-01", "")), "harbour disposal date 1 Nov 2026 → none");
        log.undo().unwrap();
        assert_eq!(log.register.plans[0].dispose_on(), day("2026-11-01"));
    }

    #[test]
    fn two_dates_set_apart_conflict_until_either_is_entered_again() {
        let mut log = harbour();
        let plan = log.register.plans[0].id;
        let retain = |review: &str| Intent::Retain { plan, review_on: day(review), dispose_on: None };
        let mut other = log.copy(9, "Ben");
        log.act(&retain("2026-11-01")).unwrap();
        other.act(&retain("2027-11-01")).unwrap();
        log.merge(&other);
        let conflicts = conflict::of(&log.register.plans[0], plan);
        assert_eq!(conflicts[0].values(&log.register), ["1 Nov 2026 (21 Nov 2026)", "1 Nov 2027 (21 Nov 2026)"]);
        log.act(&retain("2027-11-01")).unwrap();
        assert!(conflict::of(&log.register.plans[0], plan).is_empty());
    }

    #[test]
    fn of_several_plans_the_one_for_disposal_is_named() {
        let mut log = harbour();
        let plan = log.register.plans[0].id;
        log.act(&Intent::Retain { plan, review_on: day("2026-11-01"), dispose_on: None }).unwrap();
        let review = log.register.plans[0].clone();
        log.act(&Intent::Retain { plan, review_on: None, dispose_on: day("2026-11-21") }).unwrap();
        let disposal = log.register.plans[0].clone();
        let said = sentence([&review, &disposal].into_iter(), log.today).unwrap();
        assert_eq!(
            said,
            "SAR harbour is due for disposal today: withdraw it or erase its words; another plan is due too"
        );
    }
}
