//! Pictures of what the program shows, kept in `tests/snapshots` under the names that the tests give them.

/// Compares `text` with the picture `GROUP__NAME.snap`. A new one is written with `INSTA_UPDATE=always`.
#[track_caller]
pub fn snapshot(group: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{group}__{name}"), text));
}
