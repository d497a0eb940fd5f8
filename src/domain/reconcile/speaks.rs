//! Which fields a document speaks of. What it has no column for, and says of no action, it leaves as it is.

use crate::domain::draft::{Draft, DraftAction};
use crate::domain::particular::Particular;

/// The fields, as differences call them, of which some action or column of the document says something.
#[derive(Clone, Debug, Default)]
pub struct Speaks(Vec<&'static str>);

impl Speaks {
    pub fn of_all(draft: &Draft) -> Speaks {
        let has = |keys: &[&str]| {
            let columns = draft.tables.iter().filter(|table| table.is_read).flat_map(|table| &table.columns);
            columns.flat_map(|column| &column.fields).any(|field| keys.contains(&field.as_str()))
        };
        let some = |says: fn(&DraftAction) -> bool| draft.all_actions().any(|(_, action)| says(action));
        let states = |of: &Particular| draft.recommendations.iter().any(|rec| !rec.particulars.get(*of).is_empty());
        let mut fields = Vec::new();
        fields.extend((has(&["lead"]) || some(|action| !action.leads.is_empty())).then_some("lead"));
        fields.extend((has(&["via"]) || some(|action| !action.via.is_empty())).then_some("via"));
        fields.extend((has(&["target", "revised"]) || some(|action| !action.targets.is_empty())).then_some("target"));
        fields.extend((has(&["rating", "status"]) || some(|action| action.rating.is_some())).then_some("rating"));
        let particulars = Particular::ALL.iter().filter(|of| has(&[of.key()]) || states(of));
        fields.extend(particulars.map(|of| of.key()));
        Speaks(fields)
    }

    pub fn of(&self, field: &str) -> bool {
        self.0.contains(&field)
    }
}
