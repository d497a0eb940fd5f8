//! Lists of ids in a snapshot: most of one origin, one after another.

use serde::{Deserialize, Serialize};

use crate::domain::id::{Id, Ids, Origin};

use super::mirror::Mirror;

/// Of each origin in turn, its first number, and how much greater each other is than the one before it.
#[derive(Serialize, Deserialize)]
pub struct IdsLine(Vec<(<Origin as Mirror>::Line, u64, Vec<i64>)>);

impl Mirror for Ids {
    type Line = IdsLine;

    fn line(&self) -> IdsLine {
        let same = |one: &Id, next: &Id| one.origin == next.origin;
        let of_origin = |ids: &[Id]| {
            let first = ids.first()?;
            let gaps = ids.windows(2).map(|pair| match pair {
                [one, next] => next.seq.wrapping_sub(one.seq).cast_signed(),
                _ => 0,
            });
            Some((first.origin.line(), first.seq, gaps.collect()))
        };
        IdsLine(self.chunk_by(same).filter_map(of_origin).collect())
    }

    fn from_line(IdsLine(line): IdsLine) -> Ids {
        let mut ids = Vec::new();
        for (origin, first, gaps) in line {
            let mut id = Id { origin: Origin::from_line(origin), seq: first };
            ids.push(id);
            for gap in gaps {
                id.seq = id.seq.wrapping_add_signed(gap);
                ids.push(id);
            }
        }
        Ids(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_ids_come_back_whatever_their_order_and_take_a_byte_for_one_that_follows() {
        let id = |origin: u64, seq: u64| Id { origin: Origin(origin), seq };
        let far = [id(9, 7), id(9, 3), id(u64::MAX, 0), id(u64::MAX, u64::MAX), id(9, u64::MAX), id(9, 0)];
        for ids in [Ids::default(), Ids(far.to_vec())] {
            let bytes = postcard::to_stdvec(&ids.line()).unwrap();
            assert_eq!(Ids::from_line(postcard::from_bytes(&bytes).unwrap()), ids);
        }
        let following = Ids((1000..2000).map(|seq| id(9, seq * 8)).collect());
        assert!(postcard::to_stdvec(&following.line()).unwrap().len() < 1020);
    }
}
