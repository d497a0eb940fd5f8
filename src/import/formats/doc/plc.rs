//! Word's lists of places: positions in ascending order, then one record for each gap between two.

use std::ops::Range;

use super::bytes::Bytes;

/// A list of places. In a hostile file they need not ascend, so every walk over them must be bounded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places<'a> {
    bytes: Bytes<'a>,
    count: usize,
    record: usize,
}

impl<'a> Places<'a> {
    /// A list whose records have this many bytes.
    pub fn new(bytes: Bytes<'a>, record: usize) -> Places<'a> {
        Places { bytes, count: bytes.len().saturating_sub(4) / (4 + record), record }
    }

    pub fn count(self) -> usize {
        self.count
    }

    pub fn position(self, at: usize) -> Option<usize> {
        if at > self.count { None } else { self.bytes.size(at * 4) }
    }

    pub fn record(self, at: usize) -> Option<Bytes<'a>> {
        if at >= self.count { None } else { self.bytes.part((self.count + 1) * 4 + at * self.record, self.record) }
    }

    /// The gap that a position falls in.
    pub fn find(self, position: usize) -> Option<usize> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.position(middle + 1)? <= position { low = middle + 1 } else { high = middle }
        }
        (low < self.count && self.position(low)? <= position).then_some(low)
    }

    /// The gaps in order, none of which begins before the previous one has ended.
    pub fn ranges(self) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut last = 0;
        (0..self.count).map(move |at| {
            let first = self.position(at).unwrap_or(last).max(last);
            last = self.position(at + 1).unwrap_or(first).max(first);
            first..last
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(positions: &[u32], records: &[u8]) -> Vec<u8> {
        positions.iter().flat_map(|position| position.to_le_bytes()).chain(records.iter().copied()).collect()
    }

    #[test]
    fn a_position_is_found_in_its_gap() {
        let bytes = list(&[10, 20, 20, 35], b"abc");
        let places = Places::new(Bytes(&bytes), 1);
        let found = [9, 10, 19, 20, 34, 35].map(|position| places.find(position));
        assert_eq!(found, [None, Some(0), Some(0), Some(2), Some(2), None]);
        assert_eq!(places.record(2), Some(Bytes(b"c")));
    }

    #[test]
    fn positions_out_of_order_never_overlap() {
        let bytes = list(&[0, 90, 10, 95], &[]);
        let ranges: Vec<_> = Places::new(Bytes(&bytes), 0).ranges().collect();
        assert_eq!(ranges, [0..90, 90..90, 90..95]);
        assert_eq!(Places::new(Bytes(&[1, 2]), 4).count(), 0);
    }
}
