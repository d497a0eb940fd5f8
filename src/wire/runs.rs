//! A run of actions as compact bytes: each by itself, so that one is read without the others.

use crate::domain::action::Action;

use super::mirror::Mirror;
use super::snapshot::{Damaged, read as parsed};

/// How long each is, then all of them.
pub fn pack(run: &[Action]) -> Result<Vec<u8>, postcard::Error> {
    let (mut lengths, mut all) = (Vec::new(), Vec::new());
    for action in run {
        let before = all.len();
        all = postcard::to_extend(&action.line(), all)?;
        lengths.push(u32::try_from(all.len() - before).map_err(|_| postcard::Error::SerializeBufferFull)?);
    }
    let mut bytes = postcard::to_stdvec(&lengths)?;
    bytes.append(&mut all);
    Ok(bytes)
}

pub fn read(bytes: &[u8]) -> Result<Vec<Action>, Damaged> {
    each(bytes)?.into_iter().map(action).collect()
}

/// Those at these places.
pub fn some(bytes: &[u8], places: &[usize]) -> Result<Vec<Action>, Damaged> {
    let each = each(bytes)?;
    places.iter().map(|place| action(each.get(*place).ok_or(Damaged)?)).collect()
}

/// The bytes of each action.
fn each(bytes: &[u8]) -> Result<Vec<&[u8]>, Damaged> {
    let (lengths, mut rest): (Vec<u32>, &[u8]) = postcard::take_from_bytes(bytes).map_err(|_| Damaged)?;
    let mut each = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (own, others) = rest.split_at_checked(length as usize).ok_or(Damaged)?;
        each.push(own);
        rest = others;
    }
    Ok(each)
}

fn action(bytes: &[u8]) -> Result<Action, Damaged> {
    parsed::<<Action as Mirror>::Line>(bytes).map(Action::from_line)
}
