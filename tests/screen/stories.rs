//! Every story in `tests/stories`, played on the demonstration plan.

use crate::kit::headless::Headless;

#[test]
fn every_story_plays_as_written() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories");
    let mut stories: Vec<_> =
        std::fs::read_dir(folder).expect("the stories").flatten().map(|entry| entry.path()).collect();
    stories.sort();
    assert!(stories.len() >= 6, "only {} stories were found", stories.len());
    for path in stories {
        let story = std::fs::read_to_string(&path).expect("a story");
        let mut app = Headless::demo((120, 40));
        crate::kit::story::play(&path.display().to_string(), &story, &mut app);
    }
}
