//! The log read a page at a time: it takes no more memory than its longest batch, and no other program waits for whoever reads
//! it slowly.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Result, Rows};

use crate::domain::change::{Batch, Cause, Change};
use crate::domain::id::{Id, Origin};
use crate::domain::register::Register;
use crate::problem::Problem;

use super::chain::Tip;
use super::trouble::Doing;
use super::{Store, rows, single};

/// How many changes are read at a time.
const PAGE: usize = 512;

/// A place in the log: Lamport time, origin and number.
type Place = (i64, String, i64);

/// The log up to where it ended when this began: what is merged meanwhile, also into its middle, is not in it.
pub struct Pages<'a> {
    db: &'a Connection,
    ends: &'a BTreeMap<Origin, Tip>,
    after: Place,
    /// The batch at which each origin is.
    open: HashMap<Origin, Open>,
}

/// A batch that is being read.
enum Open {
    Whole(Batch),
    /// An import, which makes more changes than anything else: only those at hand that are named before they come.
    InPart(Batch),
}

impl Store {
    /// The log from its beginning.
    pub fn pages(&self) -> Pages<'_> {
        Pages { db: &self.db, ends: &self.tips, after: (0, String::new(), 0), open: HashMap::new() }
    }
}

impl Store {
    /// The plans as they are at the end of the log, without anything in them and without reading the rest of it.
    pub fn plans(&self) -> std::result::Result<Register, Problem> {
        self.only_plans().map_err(|error| Doing::Reading.failed(error))
    }

    fn only_plans(&self) -> Result<Register> {
        let sql = "SELECT lamport, origin, seq FROM change WHERE instr(body, '{\"add\":\"plan\"') = 1 OR instr(body, '\"slug\":') > 0
                   ORDER BY lamport, origin, seq";
        let places = places(self.db.prepare(sql)?.query([])?)?;
        let (mut register, pages) = (Register::default(), self.pages());
        for place in places.iter().filter(|place| id(place).is_ok_and(|id| pages.has(id))) {
            let (of, change) = single::change(&self.db, id(place)?)?.ok_or_else(|| rows::unreadable(3))?;
            let batch = single::header(&self.db, &of)?.ok_or_else(|| rows::unreadable(3))?;
            register.apply_change(&batch, &change);
        }
        Ok(register)
    }
}

impl Pages<'_> {
    /// Visits the changes of the next page in log order, each with its batch, which has what the change may name. False at
    /// the end.
    pub fn next(&mut self, take: impl FnMut(&Batch, &Change)) -> std::result::Result<bool, Problem> {
        self.read(take).map_err(|error| Doing::Reading.failed(error))
    }

    fn read(&mut self, mut take: impl FnMut(&Batch, &Change)) -> Result<bool> {
        // One transaction, so that the file is locked once.
        let transaction = self.db.unchecked_transaction()?;
        let page = next(self.db, &self.after)?;
        for place in &page {
            let id = id(place)?;
            if self.has(id) {
                self.visit(id, &mut take)?;
            }
        }
        transaction.finish()?;
        let is_more = page.len() == PAGE;
        self.after = page.into_iter().next_back().unwrap_or_default();
        Ok(is_more)
    }

    /// Whether a change was in the log when this began.
    fn has(&self, id: Id) -> bool {
        self.ends.get(&id.origin).is_some_and(|end| id.seq <= end.seq)
    }

    fn visit(&mut self, id: Id, take: &mut impl FnMut(&Batch, &Change)) -> Result<()> {
        let open = match self.open.remove(&id.origin) {
            Some(Open::Whole(batch)) if find(&batch, id).is_some() => Open::Whole(batch),
            Some(Open::InPart(batch)) => self.go_on(batch, id)?,
            Some(Open::Whole(_)) | None => self.begin(id)?,
        };
        let (Open::Whole(batch) | Open::InPart(batch)) = &open;
        if let Some(change) = find(batch, id) {
            take(batch, change);
        }
        self.open.insert(id.origin, open);
        Ok(())
    }

    /// The batch of a change, of which nothing has been read.
    fn begin(&self, id: Id) -> Result<Open> {
        let missing = || rows::unreadable(3);
        let (of, change) = single::change(self.db, id)?.ok_or_else(missing)?;
        let header = single::header(self.db, &of)?.ok_or_else(missing)?;
        if matches!(header.cause, Cause::Import { .. }) {
            return self.with(header, change).map(Open::InPart);
        }
        match single::batch(self.db, header.id)? {
            Some(batch) if find(&batch, id).is_some() => Ok(Open::Whole(batch)),
            Some(_) | None => self.with(header, change).map(Open::InPart),
        }
    }

    /// The next change of an import, or of what comes after it.
    fn go_on(&self, mut import: Batch, id: Id) -> Result<Open> {
        let (of, change) = single::change(self.db, id)?.ok_or_else(|| rows::unreadable(3))?;
        if of != import.id.to_string() {
            return self.begin(id);
        }
        import.changes.retain(|change| change.id > id);
        self.with(import, change).map(Open::InPart)
    }

    /// With a change, and what it names that comes after it in the same batch.
    fn with(&self, mut batch: Batch, change: Change) -> Result<Batch> {
        let mut next = vec![change];
        while let Some(mut change) = next.pop() {
            let named: Vec<Id> = change.op.ids_mut().into_iter().map(|id| *id).collect();
            let later = |id: &Id| id.origin == change.id.origin && id.seq > change.id.seq;
            for id in named.into_iter().filter(later).filter(|id| find(&batch, *id).is_none()) {
                let found = single::change(self.db, id)?.filter(|(of, _)| *of == batch.id.to_string());
                next.extend(found.map(|(_, change)| change));
            }
            if let Err(place) = batch.changes.binary_search_by_key(&change.id, |known| known.id) {
                batch.changes.insert(place, change);
            }
        }
        Ok(batch)
    }
}

fn find(batch: &Batch, id: Id) -> Option<&Change> {
    let place = batch.changes.binary_search_by_key(&id, |change| change.id).ok()?;
    batch.changes.get(place)
}

fn next(db: &Connection, after: &Place) -> Result<Vec<Place>> {
    let sql = "SELECT lamport, origin, seq FROM change WHERE (lamport, origin, seq) > (?1, ?2, ?3)
               ORDER BY lamport, origin, seq LIMIT ?4";
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
    places(db.prepare_cached(sql)?.query((after.0, &after.1, after.2, limit))?)
}

fn places(rows: Rows<'_>) -> Result<Vec<Place>> {
    rows.mapped(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

fn id((_, origin, seq): &Place) -> Result<Id> {
    let origin = origin.parse().map_err(|_| rows::unreadable(1))?;
    Ok(Id { origin, seq: u64::try_from(*seq).map_err(|_| rows::unreadable(2))? })
}
