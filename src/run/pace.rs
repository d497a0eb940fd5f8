//! When a snapshot's next piece is written: at once after a key, and then not before keys have ceased to come. A key that saves something
//! waits for a piece that is being written, so none should be under way when the next key comes.

use std::time::{Duration, Instant};

use super::PAUSE;

/// How many pieces there is time for between two keys: as many as are written in one transaction.
const AFTER_A_KEY: u32 = 4;

/// Keys that come as fast as this come from a hand that is at work, or from a key held down.
const LULL: Duration = Duration::from_millis(150);

pub struct Pace {
    /// The last key.
    since: Instant,
    /// How many pieces have been written since.
    pieces: u32,
}

impl Pace {
    /// From a key on.
    pub fn from(since: Instant) -> Pace {
        Pace { since, pieces: 0 }
    }

    /// How long to wait for the next piece, if no key comes.
    pub fn wait(&self, now: Instant) -> Duration {
        match self.pieces {
            0 => PAUSE,
            1..AFTER_A_KEY => Duration::ZERO,
            _ => LULL.saturating_sub(now.saturating_duration_since(self.since)).max(PAUSE),
        }
    }

    /// Whether now is the time for one; counts it.
    pub fn take(&mut self, now: Instant) -> bool {
        let is_due = self.pieces < AFTER_A_KEY || now.saturating_duration_since(self.since) >= LULL;
        self.pieces = self.pieces.saturating_add(u32::from(is_due));
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_pieces_follow_a_key_and_the_others_wait_until_no_key_comes() {
        let key = Instant::now();
        let at = |millis| key + Duration::from_millis(millis);
        let mut pace = Pace::from(key);
        let mut written = Vec::new();
        let mut now = key;
        while now < at(180) {
            now += pace.wait(now);
            if pace.take(now) {
                written.push(now.duration_since(key).as_millis());
            }
        }
        assert_eq!(written.iter().take(6).copied().collect::<Vec<_>>(), [4, 4, 4, 4, 150, 154]);
        // What wakes the program meanwhile is no time for a piece.
        let mut pace = Pace::from(key);
        assert_eq!((0..6).filter(|_| pace.take(at(20))).count(), 4);
        assert!(!pace.take(at(149)) && pace.take(at(150)));
    }
}
