//! Which of a header's columns are recommendations, and which are what stands in their place.

use super::{Column, Field, Header};

impl Header {
    /// "Rec" beside a column of recommendations is their number.
    pub fn number_recommendations(&mut self) {
        let is_one = |column: &&mut Column| column.fields == [Field::Recommendation];
        let (mut short, long): (Vec<&mut Column>, Vec<&mut Column>) =
            self.columns.iter_mut().filter(is_one).partition(|column| column.name.len() <= 4);
        if let ([rec], false) = (short.as_mut_slice(), long.is_empty()) {
            rec.fields = vec![Field::RecommendationNumber];
        }
    }

    /// Where a table of recommendations says who, and by when or how it stands, and names no actions, they are the actions.
    pub fn lower_recommendations(&mut self) {
        let stands =
            [Field::Target, Field::Rating, Field::Status, Field::Progress].iter().any(|field| self.has(*field));
        if self.has(Field::Action) || !self.has(Field::Lead) || !stands {
            return;
        }
        for field in self.columns.iter_mut().flat_map(|column| &mut column.fields) {
            match field {
                Field::Recommendation => *field = Field::Action,
                Field::RecommendationNumber => *field = Field::Number,
                Field::Number
                | Field::Finding
                | Field::Outcome
                | Field::Action
                | Field::Target
                | Field::Revised
                | Field::Completed
                | Field::Lead
                | Field::Via
                | Field::Rating
                | Field::Status
                | Field::Progress
                | Field::Other => {}
            }
        }
    }

    /// Where a plan has findings and no recommendations, the findings are what its actions answer.
    pub fn raise_findings(&mut self) {
        if !self.has(Field::Recommendation) {
            for field in self.columns.iter_mut().flat_map(|column| &mut column.fields) {
                if *field == Field::Finding {
                    *field = Field::Recommendation;
                    self.is_raised = true;
                }
            }
        }
    }
}
