//! How far one spelling is from another.

/// How many letters must change to turn one word into the other; words are short here.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(40).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let next = (left + 1).min(*cell + 1).min(diagonal + usize::from(x != *y));
            diagonal = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_in_letters() {
        assert_eq!(distance("acilieveu", "achieved"), 3);
        assert_eq!(distance("rcft", "cft"), 1);
        assert_eq!(distance("", "ab"), 2);
    }
}
