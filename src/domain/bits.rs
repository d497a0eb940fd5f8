//! A set of places in a list, one bit for each.

/// Places from 0. Two sets are combined in the time that it takes to read a bit for each place.
#[derive(Clone, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// All places before `count`.
    pub fn all(count: usize) -> Bits {
        let mut blocks = vec![u64::MAX; count / 64];
        if !count.is_multiple_of(64) {
            blocks.push((1 << (count % 64)) - 1);
        }
        Bits(blocks)
    }

    pub fn insert(&mut self, place: usize) {
        if self.0.len() <= place / 64 {
            self.0.resize(place / 64 + 1, 0);
        }
        if let Some(block) = self.0.get_mut(place / 64) {
            *block |= 1 << (place % 64);
        }
    }

    pub fn remove(&mut self, place: usize) {
        if let Some(block) = self.0.get_mut(place / 64) {
            *block &= !(1 << (place % 64));
        }
    }

    pub fn contains(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|block| block >> (place % 64) & 1 == 1)
    }

    /// Adds what is in `other`.
    pub fn add(&mut self, other: &Bits) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }

    /// Keeps only what is in `other` too.
    pub fn keep(&mut self, other: &Bits) {
        self.0.truncate(other.0.len());
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own &= other;
        }
    }

    /// Removes what is in `other`.
    pub fn take_away(&mut self, other: &Bits) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own &= !other;
        }
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|block| block.count_ones() as usize).sum()
    }

    /// The places, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let blocks = self.0.iter().enumerate().filter(|(_, block)| **block != 0);
        blocks.flat_map(|(at, block)| ones(*block).map(move |bit| at * 64 + bit))
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Bits {
        let mut bits = Bits::default();
        places.into_iter().for_each(|place| bits.insert(place));
        bits
    }
}

/// The positions of the ones in a block.
fn ones(mut block: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (block != 0).then(|| block.trailing_zeros() as usize)?;
        block &= block - 1;
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(places: &[usize]) -> Bits {
        places.iter().copied().collect()
    }

    fn places(bits: &Bits) -> Vec<usize> {
        bits.iter().collect()
    }

    #[test]
    fn places_are_kept_in_order_and_combined() {
        let mut bits = set(&[130, 3, 64]);
        assert_eq!((places(&bits), bits.count()), (vec![3, 64, 130], 3));
        bits.add(&set(&[4]));
        bits.take_away(&set(&[3, 500]));
        assert_eq!(places(&bits), [4, 64, 130]);
        bits.keep(&set(&[64, 65]));
        assert_eq!(places(&bits), [64]);
        bits.remove(64);
        assert!(!bits.contains(64) && !bits.contains(9_999));
    }

    #[test]
    fn all_places_end_at_the_count() {
        for count in [0, 1, 63, 64, 65, 200] {
            assert_eq!(places(&Bits::all(count)), (0..count).collect::<Vec<_>>());
        }
    }
}
