use super::*;

const WORDS: &[u8] = b"Words of a board, which nobody else may read.";
/// Cheap, so that a test is quick.
const CHEAP: u8 = 4;

fn passphrase(words: &str) -> Keys {
    Keys { passphrases: vec![Secret::new(words)], identities: Vec::new() }
}

fn identity(file: &str) -> Keys {
    let key = file.lines().last().unwrap_or_default().parse().expect("a key");
    Keys { passphrases: Vec::new(), identities: vec![key] }
}

fn sealed(bytes: &[u8]) -> Vec<u8> {
    seal_at(bytes, &Lock::Passphrase(Secret::new("harbour lantern tidal")), CHEAP).expect("memory")
}

#[test]
fn what_was_sealed_is_opened_by_its_passphrase_and_by_no_other() {
    for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        let bytes: Vec<u8> = (0..length).map(|at: u32| u8::try_from(at % 251).unwrap_or(0)).collect();
        let sealed = sealed(&bytes);
        assert!(is_sealed(&sealed));
        assert_eq!(needs(&sealed), Ok(Needs::Passphrase));
        assert_eq!(open(&sealed, &passphrase("harbour lantern tidal")).as_deref(), Ok(&bytes));
        assert_eq!(open(&sealed, &passphrase("harbour lantern tide")), Err(Unopened::Wrong(Needs::Passphrase)));
        assert_eq!(open(&sealed, &Keys::default()), Err(Unopened::Lacks(Needs::Passphrase)));
    }
}

#[test]
fn each_of_several_recipients_opens_it_and_no_one_else() {
    let recipients: Vec<Recipient> = ["key.txt", "other-key.txt"].iter().map(|name| public(name)).collect();
    let sealed = seal(WORDS, &Lock::Recipients(recipients)).expect("random numbers");
    for key in [KEY, OTHER_KEY] {
        assert_eq!(open(&sealed, &identity(key)).map(|words| words.to_vec()), Ok(WORDS.to_vec()));
    }
    let only = seal(WORDS, &Lock::Recipients(vec![public("key.txt")])).expect("random numbers");
    assert_eq!(open(&only, &identity(OTHER_KEY)), Err(Unopened::Wrong(Needs::Identity)));
    assert_eq!(open(&only, &passphrase("harbour lantern tidal")), Err(Unopened::Lacks(Needs::Identity)));
}

const KEY: &str = include_str!("../../tests/fixtures/sealed/key.txt");
const OTHER_KEY: &str = include_str!("../../tests/fixtures/sealed/other-key.txt");

fn public(name: &str) -> Recipient {
    let file = if name == "key.txt" { KEY } else { OTHER_KEY };
    let line = file.lines().next().unwrap_or_default();
    line.trim_start_matches("# public key: ").parse().expect("a key")
}

#[test]
fn what_another_program_sealed_is_opened() {
    let words = Ok(b"Words sealed by another program.\n".to_vec());
    let opened = |sealed: &[u8], keys: &Keys| open(sealed, keys).map(|words| words.to_vec());
    assert_eq!(opened(include_bytes!("../../tests/fixtures/sealed/to-key.age"), &identity(KEY)), words);
    assert_eq!(opened(include_bytes!("../../tests/fixtures/sealed/to-key-as-text.age"), &identity(KEY)), words);
    let by_passphrase = include_bytes!("../../tests/fixtures/sealed/with-passphrase.age");
    assert_eq!(opened(by_passphrase, &passphrase("harbour lantern tidal")), words);
}

#[test]
fn a_changed_bit_or_a_missing_end_is_never_opened() {
    let sealed = sealed(WORDS);
    let keys = passphrase("harbour lantern tidal");
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(open(&changed, &keys).is_err(), "byte {at}");
        assert!(open(sealed.get(..at).unwrap_or_default(), &keys).is_err(), "{at} bytes");
    }
    let longer = [sealed.as_slice(), b"x"].concat();
    assert_eq!(open(&longer, &keys), Err(Unopened::Damaged));
}

#[test]
fn pieces_cannot_be_left_out_or_exchanged() {
    let sealed = sealed(&vec![7; 150_000]);
    let keys = passphrase("harbour lantern tidal");
    let start = sealed.len() - (150_000 + 3 * 16);
    let piece = 65_536 + 16;
    let (first, second) = (start..start + piece, start + piece..start + 2 * piece);
    let exchanged = [&sealed[..start], &sealed[second.clone()], &sealed[first], &sealed[second.end..]].concat();
    assert_eq!(open(&exchanged, &keys), Err(Unopened::Damaged));
    assert_eq!(open(&[&sealed[..second.start], &sealed[second.end..]].concat(), &keys), Err(Unopened::Damaged));
    assert_eq!(open(&sealed[..second.end], &keys), Err(Unopened::Damaged));
}

#[test]
fn a_seal_that_would_take_minutes_to_try_is_refused_at_once() {
    let sealed = String::from_utf8_lossy(&sealed(WORDS)).into_owned();
    let (line, rest) = sealed.split_once('\n').expect("two lines");
    let (stanza, rest) = rest.split_once('\n').expect("three lines");
    let of_work = |work: &str| {
        let stanza = stanza.strip_suffix("4").expect("the work");
        open(format!("{line}\n{stanza}{work}\n{rest}").as_bytes(), &passphrase("harbour lantern tidal"))
    };
    for work in ["21", "30", "63", "64", "255", "256", "18446744073709551616"] {
        assert_eq!(of_work(work), Err(Unopened::TooSlow), "{work}");
    }
    for work in ["0", "04", "-4", "+4", "", "4x"] {
        assert_eq!(of_work(work), Err(Unopened::Damaged), "{work}");
    }
}

#[test]
fn a_passphrase_stands_alone() {
    let sealed = String::from_utf8_lossy(&sealed(WORDS)).into_owned();
    let (line, rest) = sealed.split_once('\n').expect("two lines");
    let two = format!("{line}\n-> other\n\n{rest}");
    assert_eq!(needs(two.as_bytes()), Err(Unopened::Damaged));
}

#[test]
fn a_later_version_is_named_and_other_files_are_not_sealed() {
    assert_eq!(needs(b"age-encryption.org/v2\n-> x\n"), Err(Unopened::Newer));
    assert!(!is_sealed(b"arising bundle 1\n"));
    assert!(is_sealed(b"\r\n-----BEGIN AGE ENCRYPTED FILE-----\r\n"));
}

#[test]
fn a_secret_is_never_printed() {
    let keys = Keys { identities: identity(KEY).identities, ..passphrase("harbour lantern tidal") };
    assert_eq!(format!("{keys:?}"), "Keys { passphrases: [Secret], identities: [Identity] }");
}
