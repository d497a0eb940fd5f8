//! Circles: files that need each other cannot be read one after the other, so those of the screen's model are few and known.

use std::collections::{BTreeMap, BTreeSet};

use super::assert_none;
use super::source::{Source, parts_named, sources, statements, top_level};

/// The most files of `src/app` that may need each other. A command's function takes the model, the model holds the keymap, and the
/// keymap holds the commands: three files. A review holds its lines and its columns, and these are computed from it: four.
const LARGEST_CIRCLE: usize = 4;

/// The paths that a file names, in `use` and elsewhere: `crate::app::key::Key`, `super::form::Form`.
fn paths(code: &[String]) -> Vec<String> {
    let mut paths = Vec::new();
    for (_, statement) in statements(code) {
        let statement = statement.trim_start().trim_start_matches("pub ");
        if let Some(tree) = statement.strip_prefix("use ") {
            paths.extend(spelled_out(tree.trim_end_matches(';')));
            continue;
        }
        let words = statement.split(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
        paths.extend(words.filter(|word| word.contains("::")).map(str::to_owned));
    }
    paths
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn spelled_out(tree: &str) -> Vec<String> {
    let Some((start, list)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = list.rfind('}').map_or(list, |end| &list[..end]);
    let start = start.trim();
    items(inside).iter().flat_map(|item| spelled_out(item)).map(|rest| format!("{start}{rest}")).collect()
}

/// The items of a list with their own lists.
fn items(list: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            ',' if depth == 0 => items.push(String::new()),
            c => items.last_mut().expect("never empty").push(c),
        }
    }
    items.into_iter().filter(|item| !item.trim().is_empty()).collect()
}

/// The module that a file is: `app/screen/mod.rs` is `app`, `screen`.
fn module(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    parts.pop_if(|last| last == "mod");
    parts
}

/// The module that a path names from within another, as far as its beginning tells.
fn absolute(path: &str, from: &[String]) -> Vec<String> {
    let parts: Vec<&str> = path.split("::").map(|part| part.split(' ').next().unwrap_or_default()).collect();
    let up = parts.iter().take_while(|part| **part == "super").count();
    let (base, rest) = match parts.first() {
        Some(&"crate") => (&[][..], &parts[1..]),
        Some(&"self") => (from, &parts[1..]),
        _ => (&from[..from.len().saturating_sub(up)], &parts[up..]),
    };
    base.iter().cloned().chain(rest.iter().map(|part| (*part).to_owned())).collect()
}

/// Which files each file names, by their places in the list.
fn arrows(files: &[Source]) -> Vec<BTreeSet<usize>> {
    let modules: BTreeMap<Vec<String>, usize> =
        files.iter().enumerate().map(|(at, file)| (module(&file.path), at)).collect();
    let named = |path: &Vec<String>| (2..=path.len()).rev().find_map(|length| modules.get(&path[..length]).copied());
    let of_file = |(at, file): (usize, &Source)| {
        let from = module(&file.path);
        let targets = paths(&file.code).into_iter().filter_map(|path| named(&absolute(&path, &from)));
        targets.filter(|target| *target != at).collect()
    };
    files.iter().enumerate().map(of_file).collect()
}

/// All that can be come to from one.
fn reached(arrows: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(at) = open.pop() {
        open.extend(arrows[at].iter().filter(|next| seen.insert(**next)));
    }
    seen
}

/// The sets of files of which each needs every other.
fn circles(arrows: &[BTreeSet<usize>]) -> BTreeSet<Vec<usize>> {
    let reach: Vec<BTreeSet<usize>> = (0..arrows.len()).map(|from| reached(arrows, from)).collect();
    let on_circle = (0..arrows.len()).filter(|at| reach[*at].contains(at));
    on_circle.map(|at| reach[at].iter().copied().filter(|other| reach[*other].contains(&at)).collect()).collect()
}

#[test]
fn the_files_of_the_screen_need_each_other_in_small_circles_only() {
    let files: Vec<Source> = sources().into_iter().filter(|source| source.layer == "app").collect();
    let circles = circles(&arrows(&files));
    assert!(!circles.is_empty(), "the model, its keymap and the commands are a circle: the paths were not understood");
    let name = |circle: &Vec<usize>| circle.iter().map(|at| files[*at].path.clone()).collect::<Vec<_>>().join(", ");
    let large = circles.iter().filter(|circle| circle.len() > LARGEST_CIRCLE);
    assert_none(
        &large.map(|circle| format!("{} files in one circle: {}", circle.len(), name(circle))).collect::<Vec<_>>(),
    );
}

#[test]
fn the_command_line_and_the_screen_do_not_name_each_other() {
    let mut breaches = Vec::new();
    for source in sources() {
        let other = match source.layer.as_str() {
            "cli" => "run",
            "run" => "cli",
            _ => continue,
        };
        for (line, code) in statements(&source.code) {
            if parts_named(&code).iter().any(|part| part == other) {
                breaches.push(format!("src/{}:{line}: `{}` may not name `{other}`", source.path, source.layer));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn a_circle_is_found() {
    let file = |path: &str, code: &str| Source {
        path: path.into(),
        layer: "app".into(),
        lines: Vec::new(),
        code: code.lines().map(str::to_owned).collect(),
    };
    let files = [
        file("app/a.rs", "use super::b::{\n    c::D,\n    E,\n};"),
        file("app/b/mod.rs", "mod c;"),
        file("app/b/c.rs", "fn f(x: &crate::app::a::A) {}"),
        file("app/d.rs", "use crate::app::{a::A, b};"),
    ];
    assert_eq!(circles(&arrows(&files)), BTreeSet::from([vec![0, 2]]));
    assert_eq!(top_level("a, b::{c, d}}"), ["a", " b::"]);
}
