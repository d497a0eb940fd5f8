//! What a role can send to the hub by hand: rows that nobody signed, that run ahead, that would fail the views, or that stand
//! under another's name.

use postgres::Client;

use crate::kit::server::Server;

use super::office::{Laptop, Office};

const BOARD: &str = "Riverside SAB";
const VIEWS: [&str; 4] = ["action", "audit", "rating_history", "minute"];

/// A batch of one change that follows the last one of its copy.
struct Row {
    board: String,
    origin: String,
    seq: i64,
    /// Its place among all changes.
    place: i64,
    cause: String,
    body: String,
}

impl Row {
    fn after(office: &Office<'_>, board: &str, origin: &str) -> Row {
        let seq = 1 + office.number(&format!("SELECT max(seq) FROM arising.change WHERE origin = '{origin}'"));
        let place = 1 + office.number(&format!("SELECT arising.size_('{board}')"));
        let (cause, body) =
            (r#"{"kind":"user"}"#.to_owned(), r#"{"add":"plan","values":{"slug":"forged"}}"#.to_owned());
        Row { board: board.to_owned(), origin: origin.to_owned(), seq, place, cause, body }
    }

    /// Sent as a laptop sends its own, in one transaction; what the server says to it.
    fn sent(&self, client: &mut Client) -> Result<(), String> {
        let Row { board, origin, seq, place, cause, body } = self;
        let bytes = |count: usize| format!("decode(repeat('07', {count}), 'hex')");
        let said = client.batch_execute(&format!(
            "INSERT INTO arising.batch (board, id, origin, first, last, lamport, digest, signature) VALUES ('{board}',
               '{origin}.{seq}', '{origin}', {seq}, {seq}, {place}, {digest}, {signature});
             INSERT INTO arising.batch_words
             VALUES ('{board}', '{origin}.{seq}', 'Nobody', '2026-11-21T10:00:00+00:00', NULL, '{cause}', {salt});
             INSERT INTO arising.change VALUES ('{board}', '{origin}', {seq}, {place}, '{origin}.{seq}', {digest}, {digest});
             INSERT INTO arising.change_words VALUES ('{board}', '{origin}', {seq}, '{body}', {salt});",
            digest = bytes(32),
            signature = bytes(64),
            salt = bytes(16),
        ));
        said.map_err(|error| error.as_db_error().map_or_else(|| error.to_string(), |said| said.message().to_owned()))
    }

    /// As docs/HUB.md tells IT.
    fn removed(&self, office: &Office<'_>) {
        let Row { board, origin, seq, .. } = self;
        office.database.without_triggers(&format!(
            "DELETE FROM arising.change_words WHERE board = '{board}' AND origin = '{origin}' AND seq >= {seq};
             DELETE FROM arising.change WHERE board = '{board}' AND origin = '{origin}' AND seq >= {seq};
             DELETE FROM arising.batch_words WHERE (board, id) IN (
               SELECT board, id FROM arising.batch WHERE board = '{board}' AND origin = '{origin}' AND first >= {seq});
             DELETE FROM arising.batch WHERE board = '{board}' AND origin = '{origin}' AND first >= {seq};"
        ));
    }
}

/// The copy that a laptop writes as.
fn origin(office: &Office<'_>, laptop: &Laptop) -> String {
    office.text(&format!("SELECT origin FROM arising.writer WHERE role = '{}'", laptop.role))
}

/// A further laptop of the board that has written something.
fn writer(office: &Office<'_>, name: &str) -> Laptop {
    let laptop = office.further(name, BOARD);
    laptop.run(&["progress", "adult-m:1.1", &format!("Said by {name}.")]).expect_done();
    laptop.sync();
    laptop
}

#[test]
fn no_change_runs_ahead_of_all_others_to_be_the_newest_for_ever() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let own = first.uuid();
    let next = Row::after(&office, &own, &office.text("SELECT id FROM arising.origin"));
    let mut client = office.database.connect(&first.role);
    for place in [next.place + 1, 9_007_199_254_740_992] {
        let said = Row { place, body: next.body.clone(), ..Row::after(&office, &own, &next.origin) }.sent(&mut client);
        assert!(said.as_ref().is_err_and(|said| said.contains("a higher place than there are changes")), "{said:?}");
    }
    let said = Row { place: 1, ..Row::after(&office, &own, &next.origin) }.sent(&mut client);
    assert!(said.as_ref().is_err_and(|said| said.contains("follows the last one")), "{said:?}");
    next.sent(&mut client).unwrap();
}

#[test]
fn rows_that_would_fail_the_views_of_a_board_are_refused() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let (board, own) = (first.uuid(), office.text("SELECT id FROM arising.origin"));
    let mut client = office.database.connect(&first.role);
    let nested = |deep: usize| format!(r#"{{"set":{}1{}}}"#, "[".repeat(deep), "]".repeat(deep));
    let large = format!(r#"{{"set":"{}"}}"#, "x".repeat(1 << 20));
    let refused =
        [nested(31), nested(3000), nested(100_000), large, "[]".into(), "{".into(), r#"{"set":"\ud800"}"#.into()];
    for body in refused {
        let short: String = body.chars().take(40).collect();
        assert!(Row { body, ..Row::after(&office, &board, &own) }.sent(&mut client).is_err(), "{short}");
    }
    for cause in ["user".to_owned(), "{".into(), nested(31), format!(r#"{{"kind":"{}"}}"#, "x".repeat(1 << 16))] {
        let short: String = cause.chars().take(40).collect();
        assert!(Row { cause, ..Row::after(&office, &board, &own) }.sent(&mut client).is_err(), "{short}");
    }
    // The deepest and strangest that is taken fails no view.
    let bodies =
        [nested(30), r#"{"set":{"rating":"\u0000"},"on":"x"}"#.into(), r#"{"add":[],"values":7,"replaces":{}}"#.into()];
    for body in bodies {
        let cause = r#"{"kind":"\u0000"}"#.into();
        Row { cause, body, ..Row::after(&office, &board, &own) }.sent(&mut client).unwrap();
    }
    for view in VIEWS {
        client.query(&format!("SELECT * FROM arising.{view}"), &[]).unwrap_or_else(|error| panic!("{view}: {error:?}"));
    }
}

#[test]
fn a_batch_without_its_changes_is_refused_and_blocks_nobody() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let agency = office.agency("police", BOARD, &first, &first.some_agency());
    let reference = agency.actions(&[]).remove(0);
    agency.run(&["progress", &reference, "Said by the agency."]).expect_done();
    agency.sync();
    let next = Row::after(&office, &first.uuid(), &origin(&office, &agency));
    let Row { board, origin, seq, place, .. } = &next;
    for (first, last) in [(*seq, *seq), (*seq, *seq + 3), (*seq + 1, *seq + 1), (*seq - 1, *seq)] {
        let empty = format!(
            "INSERT INTO arising.batch (board, id, origin, first, last, lamport, digest, signature) VALUES ('{board}',
               '{origin}.{first}', '{origin}', {first}, {last}, {place}, decode(repeat('07', 32), 'hex'),
               decode(repeat('07', 64), 'hex'))"
        );
        assert!(office.database.connect(&agency.role).batch_execute(&empty).is_err(), "{first} to {last}");
    }
    agency.run(&["progress", &reference, "Said after that."]).expect_done();
    assert!(agency.sync().out.contains("Sent: 1 change."));
}

#[test]
fn a_grant_that_knows_more_than_there_is_is_refused_and_the_agency_goes_on() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let name = first.some_agency();
    let agency = office.agency("police", BOARD, &first, &name);
    let (board, party) = (first.uuid(), first.party(&name));
    let size = office.number(&format!("SELECT arising.size_('{board}')"));
    let mut client = office.database.connect(&first.role);
    for known in [size + 1, i64::MAX, 0, -1] {
        for sql in [
            format!("INSERT INTO arising.given_ VALUES ('{board}', '{party}', {known}, 'x', 1, '')"),
            format!(
                "INSERT INTO arising.grant_ SELECT board, '{party}', origin, seq, {known}, batch, '{{}}' FROM arising.change LIMIT 1"
            ),
        ] {
            assert!(client.batch_execute(&sql).is_err(), "{sql}");
        }
    }
    let odd = format!("INSERT INTO arising.given_ VALUES ('{board}', '{party}', {size}, 'x', 1, 'no chain')");
    assert!(client.batch_execute(&odd).is_err());
    let own = agency.actions(&[]).remove(0);
    first.run(&["progress", &own, "Asked again."]).expect_done();
    first.sync();
    agency.sync();
    assert!(agency.run(&["show", &own]).expect_done().out.contains("Asked again."));
}

#[test]
fn a_name_that_is_claimed_without_its_key_stays_its_owners_and_the_claimant_is_named() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    office.first(BOARD);
    let (second, other) = (writer(&office, "second"), office.further("other", BOARD));
    let own = origin(&office, &second);
    // Whoever runs the hub frees a name: as docs/HUB.md says.
    let mut owner = office.database.owner();
    owner
        .batch_execute(&format!("SET ROLE arising_owner; DELETE FROM arising.writer WHERE role = '{}'", second.role))
        .unwrap();
    let claim = format!(
        "INSERT INTO arising.writer (board, origin, computer, signature)
         SELECT board, id, 'x', decode(repeat('07', 64), 'hex') FROM arising.origin WHERE id = '{own}'"
    );
    office.database.connect(&other.role).batch_execute(&claim).unwrap();
    second.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    let said = second.run(&["hub", "sync"]);
    assert!(said.code == 0 && said.out.contains("Sent: 1 change."), "{said:?}");
    assert!(said.err.contains(&other.role) && said.err.contains("cannot prove it"), "{}", said.err);
    assert_eq!(origin(&office, &second), own, "its own claim is noted beside the false one");
}

#[test]
fn a_name_that_is_taken_with_another_key_before_its_owner_comes_is_told_with_the_role_that_took_it() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let (second, other) = (office.further("second", BOARD), office.further("other", BOARD));
    second.run(&["progress", "adult-m:1.1", "Said by the second."]).expect_done();
    let db = rusqlite::Connection::open(second.desk.register()).unwrap();
    let newest = "SELECT origin FROM change ORDER BY lamport DESC LIMIT 1";
    let own: String = db.query_row(newest, [], |row| row.get(0)).unwrap();
    let (board, key) = (first.uuid(), "decode(repeat('07', 32), 'hex')");
    let take = format!("INSERT INTO arising.origin VALUES ('{board}', '{own}', {key}, 'x', 'x', '', NULL)");
    office.database.connect(&other.role).batch_execute(&take).unwrap();
    second.run(&["hub", "sync"]).expect_refused(&["it knows another key", "sent by the role", &other.role]);
    office.database.without_triggers(&format!("DELETE FROM arising.origin WHERE board = '{board}' AND id = '{own}'"));
    assert!(second.sync().out.contains("Sent: 1 change."));
}

#[test]
fn rows_under_anothers_name_accuse_nobody_but_the_role_that_sent_them() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let (second, other) = (writer(&office, "second"), office.further("other", BOARD));
    let forged = Row::after(&office, &first.uuid(), &origin(&office, &second));
    forged.sent(&mut office.database.connect(&other.role)).unwrap();
    first.run(&["progress", "adult-m:1.1", "Said by the first."]).expect_done();
    let said = first.run(&["hub", "sync"]);
    assert!(said.code == 0 && said.err.contains("do not fit") && said.err.contains(&other.role), "{said:?}");
    // The one whose name it is has gone on meanwhile: it is no second history of its own.
    second.run(&["progress", "adult-m:1.1", "Said later by the second."]).expect_done();
    for _ in 0..2 {
        let said = second.run(&["hub", "sync"]);
        assert!(said.code == 0 && !said.err.contains("two different histories"), "{said:?}");
        assert!(said.err.contains("did not sign them") && said.err.contains(&other.role), "{}", said.err);
    }
    assert!(second.run(&["show", "adult-m:1.1"]).expect_done().out.contains("Said by the first."));
    assert_eq!(second.json(&["hub", "status", "--json"])["to_take"], 0);
    forged.removed(&office);
    assert!(second.sync().out.contains("Sent: 1 change."));
    first.sync();
    assert_eq!(first.head(), second.head());
    first.run(&["check"]).expect_done();
}

#[test]
fn nobody_is_told_who_is_a_member_of_what() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let other = office.stranger("other");
    office.admit(&other, "Estuary CSP", &["--uuid", &"0123456789abcdef".repeat(2)]);
    let mut client = office.database.connect(&other.role);
    let known: i64 = client.query_one("SELECT count(DISTINCT board) FROM arising.member", &[]).unwrap().get(0);
    assert_eq!(known, 1);
    // A function of the owner's sees everything: none answers who asks about others.
    assert!(client.query("SELECT arising.size_($1)", &[&first.uuid()]).is_err());
    let sql = "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'arising'::regnamespace AND p.prorettype <> 'trigger'::regtype
               AND has_function_privilege(p.oid, 'execute') ORDER BY 1";
    let names: Vec<String> = client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(names, ["day_", "erase"]);
}

#[test]
fn what_two_laptops_erase_of_one_entry_is_gone_and_neither_brings_back_the_others() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    first.run(&["progress", "adult-m:1.1", "Mrs Quill was seen by Philomena Hartwright."]).expect_done();
    first.sync();
    let second = office.further("second", BOARD);
    let erase = |laptop: &Laptop, words: &str| {
        laptop.run(&["erase", "--words", words, "--ground", "Request of 3 Nov", "--yes"]).expect_done();
    };
    erase(&first, "Mrs Quill");
    erase(&second, "Philomena Hartwright");
    let left = || office.text("SELECT body FROM arising.erased");
    first.sync();
    second.run(&["hub", "push"]).expect_done();
    assert!(!left().contains("Mrs Quill"), "the second laptop, which did not know, brought it back: {}", left());
    second.sync();
    first.sync();
    second.sync();
    assert_eq!(first.head(), second.head());
    assert!(!left().contains("Mrs Quill") && !left().contains("Philomena"), "{}", left());
    // Either erasure still quotes what the other took out, until that is erased once more.
    erase(&first, "Mrs Quill");
    first.sync();
    erase(&first, "Philomena Hartwright");
    first.sync();
    second.sync();
    let quotes =
        "SELECT count(*) FROM (SELECT body FROM arising.change_words UNION ALL SELECT body FROM arising.erased) b
                  WHERE body LIKE '%Mrs Quill%' OR body LIKE '%Philomena%'";
    assert_eq!(office.number(quotes), 0);
    assert_eq!(first.head(), second.head());
    first.run(&["check"]).expect_done();
}
