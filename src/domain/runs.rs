//! A long list kept in runs, so that it grows, and is read from a file, without ever being moved as a whole.

use std::ops::Index;
use std::slice;

/// How many things a run holds: few enough to be read or written within a frame.
pub const RUN: usize = 256;

/// A list in runs of [`RUN`] things, the last of which may be shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runs<T>(Vec<Vec<T>>);

/// Goes over a list in runs.
pub type Iter<'a, T> = std::iter::Flatten<slice::Iter<'a, Vec<T>>>;

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Runs(Vec::new())
    }
}

impl<T> Runs<T> {
    /// The list of these runs; none if one other than the last is not full.
    pub fn of(runs: Vec<Vec<T>>) -> Option<Runs<T>> {
        let last = runs.len().saturating_sub(1);
        let is_right = |(at, run): (usize, &Vec<T>)| run.len() == RUN || (at == last && (1..RUN).contains(&run.len()));
        runs.iter().enumerate().all(is_right).then_some(Runs(runs))
    }

    pub fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * RUN + last.len())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at / RUN)?.get(at % RUN)
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.0.get_mut(at / RUN)?.get_mut(at % RUN)
    }

    pub fn push(&mut self, thing: T) {
        match self.0.last_mut().filter(|last| last.len() < RUN) {
            Some(last) => last.push(thing),
            None => self.0.push(vec![thing]),
        }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        self.0.iter().flatten()
    }

    /// Those from that place on, as far as its run goes.
    pub fn run_from(&self, at: usize) -> &[T] {
        self.0.get(at / RUN).and_then(|run| run.get(at % RUN..)).unwrap_or_default()
    }

    pub fn runs(&self) -> &[Vec<T>] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Runs<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// For tests; the program itself asks with [`Runs::get`].
impl<T> Index<usize> for Runs<T> {
    type Output = T;

    #[allow(
        clippy::indexing_slicing,
        reason = "as with any list, a place that is not there is a mistake of the caller"
    )]
    fn index(&self, at: usize) -> &T {
        &self.0[at / RUN][at % RUN]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_list_of_what_was_pushed() {
        let mut runs = Runs::default();
        assert!(runs.is_empty() && runs.get(0).is_none() && runs.run_from(0).is_empty());
        for number in 0..2 * RUN + 3 {
            assert_eq!(runs.len(), number);
            runs.push(number);
        }
        assert!(runs.iter().copied().eq(0..2 * RUN + 3));
        assert!(runs.iter().rev().copied().eq((0..2 * RUN + 3).rev()));
        assert!((0..2 * RUN + 4).all(|at| runs.get(at).copied() == Some(at).filter(|at| *at < runs.len())));
        assert_eq!(runs.run_from(RUN + 250), [506, 507, 508, 509, 510, 511]);
        assert_eq!(runs.run_from(2 * RUN + 3), [0; 0]);
        *runs.get_mut(RUN).unwrap() = 7;
        assert_eq!((runs[RUN], runs.runs().len()), (7, 3));
    }

    #[test]
    fn only_the_last_run_may_be_short() {
        let full = vec![0; RUN];
        assert_eq!(Runs::of(vec![full.clone(), vec![1]]).unwrap().len(), RUN + 1);
        assert_eq!(Runs::of(vec![full.clone()]).unwrap().len(), RUN);
        assert_eq!(Runs::<u8>::of(Vec::new()).unwrap().len(), 0);
        assert!(Runs::of(vec![vec![1], full.clone()]).is_none());
        assert!(Runs::of(vec![full, Vec::new()]).is_none());
    }
}
