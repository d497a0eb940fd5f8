//! What is printed on every page and is not part of the plan: running titles, markings, page numbers.

use std::collections::BTreeMap;

use super::page::Page;
use super::words::PrintLine;

/// As a share of a page's height: the strips at the top and bottom where such lines are.
const MARGIN: f32 = 0.13;
/// Points within which lines on two pages are at the same height.
const LEVEL: f32 = 3.0;

/// Removes the lines at the same place on several pages, and page numbers.
pub fn remove(pages: &mut [Page]) {
    let mut seen: BTreeMap<String, Vec<(usize, f32)>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for line in page.loose.iter().filter(|line| is_marginal(page, line)) {
            seen.entry(key(&line.text, number + 1)).or_default().push((number, line.base));
        }
    }
    let enough = (pages.len() / 3).max(2);
    let title = title(pages);
    for (number, page) in pages.iter_mut().enumerate() {
        let is_kept = |line: &PrintLine| {
            let places = seen.get(&key(&line.text, number + 1));
            let level = |places: &Vec<(usize, f32)>| {
                places.iter().filter(|(_, base)| (base - line.base).abs() <= LEVEL).count()
            };
            places.map_or(0, level) < enough && !is_page_number(&line.text, number + 1)
        };
        let loose = std::mem::take(&mut page.loose);
        let (marginal, inner): (Vec<PrintLine>, Vec<PrintLine>) =
            loose.into_iter().partition(|line| is_marginal(page, line));
        page.loose = inner.into_iter().chain(marginal.into_iter().filter(|line| is_kept(line))).collect();
        if number == 0 && page.loose.is_empty() {
            page.loose.extend(title.iter().cloned());
        }
        page.loose.sort_by(|a, b| b.base.total_cmp(&a.base));
    }
}

/// What is above everything else on the first page: the document's title, unless there is another.
fn title(pages: &[Page]) -> Vec<PrintLine> {
    let Some(first) = pages.first() else { return Vec::new() };
    let lines = first.loose.iter().filter(|line| line.base > first.height / 2.0 && is_marginal(first, line));
    lines.filter(|line| !is_page_number(&line.text, 1)).cloned().collect()
}

/// At the top or bottom of the page, beyond its tables.
fn is_marginal(page: &Page, line: &PrintLine) -> bool {
    let is_head =
        line.base > page.height * (1.0 - MARGIN) && page.tables.iter().all(|table| line.base > table.area.top);
    let is_foot = line.base < page.height * MARGIN && page.tables.iter().all(|table| line.base < table.area.bottom);
    is_head || is_foot
}

/// The line without its page number.
fn key(text: &str, page: usize) -> String {
    let page = page.to_string();
    text.split_whitespace().map(|word| if word == page { "#" } else { word }).collect::<Vec<_>>().join(" ")
}

/// "3", "- 3 -", "Page 3 of 12".
fn is_page_number(text: &str, page: usize) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = page.to_string();
    match words.as_slice() {
        [only] | ["page", only] => *only == number,
        [only, "of", all] | ["page", only, "of", all] => *only == number && all.parse::<u32>().is_ok(),
        _ => false,
    }
}
