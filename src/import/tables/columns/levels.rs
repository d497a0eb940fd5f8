//! Which of a header's columns are recommendations, and which take their place.

use super::{Column, Header, Role};
use crate::import::words::vocabulary::{Vocabulary, words};

impl Header {
    /// "Rec" beside a column of recommendations is their number.
    pub fn number_recommendations(&mut self) {
        let is_one = |column: &&mut Column| column.roles == [Role::Recommendation];
        let (mut short, long): (Vec<&mut Column>, Vec<&mut Column>) =
            self.columns.iter_mut().filter(is_one).partition(|column| column.name.len() <= 4);
        if let ([rec], false) = (short.as_mut_slice(), long.is_empty()) {
            rec.roles = vec![Role::RecommendationNumber];
        }
    }

    /// "Agency response" beside a column of actions says whether a recommendation was accepted, which is progress.
    pub fn tell_responses(&mut self, vocabulary: &Vocabulary) {
        let says = |column: &Column| words(&column.name).iter().any(|word| word == "response");
        let is_one = |column: &Column| column.roles == [Role::Action] && says(column);
        if self.columns.iter().any(|column| column.roles.contains(&Role::Action) && !is_one(column)) {
            let is_free = |column: &&mut Column| is_one(column) && !vocabulary.choices.says(&column.name, Role::Action);
            self.columns.iter_mut().filter(is_free).for_each(|column| column.roles = vec![Role::Progress]);
        }
    }

    /// A table of recommendations with leads and targets, ratings or progress, but no actions: they are the actions.
    pub fn lower_recommendations(&mut self) {
        let stands = [Role::Target, Role::Rating, Role::Status, Role::Progress].iter().any(|role| self.has(*role));
        if self.has(Role::Action) || !self.has(Role::Lead) || !stands {
            return;
        }
        for role in self.columns.iter_mut().flat_map(|column| &mut column.roles) {
            match role {
                Role::Recommendation => *role = Role::Action,
                Role::RecommendationNumber => *role = Role::Number,
                Role::Number
                | Role::Finding
                | Role::Particular(_)
                | Role::Action
                | Role::Target
                | Role::Revised
                | Role::Completed
                | Role::Lead
                | Role::Via
                | Role::Rating
                | Role::Status
                | Role::Done
                | Role::Progress
                | Role::DayFirst
                | Role::MonthFirst
                | Role::Other => {}
            }
        }
    }

    /// Recommendations that stand in for actions bring their numbers, "Recommendation 3: …", unless a column has them.
    pub fn number_actions(&mut self) {
        let is_lowered = |column: &&mut Column| {
            column.roles == [Role::Action] && words(&column.name).first().is_some_and(|word| word.starts_with("rec"))
        };
        if self.has(Role::Number) || self.has(Role::RecommendationNumber) {
            return;
        }
        self.columns.iter_mut().filter(is_lowered).for_each(|column| column.roles.insert(0, Role::Number));
    }

    /// Where a plan has findings and no recommendations, its actions answer the findings.
    pub fn raise_findings(&mut self) {
        if !self.has(Role::Recommendation) {
            for role in self.columns.iter_mut().flat_map(|column| &mut column.roles) {
                if *role == Role::Finding {
                    *role = Role::Recommendation;
                    self.is_raised = true;
                }
            }
        }
    }
}
