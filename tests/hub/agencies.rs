//! Agencies at the hub: what concerns them and nothing else, whatever SQL their role tries.

use crate::kit::server::Server;

use super::laid::member;
use super::office::Office;

const BOARD: &str = "Riverside SAB";
/// Words of actions that do not concern the agency.
const SECRET: &str = "Zebedee moored elsewhere";

#[test]
fn an_agencys_laptop_has_only_what_concerns_it_and_its_answers_reach_the_board() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let agency = office.agency("agency", BOARD, &board, &name);
    let filter = format!("party:\"{name}\"");
    let (theirs, all) = (board.actions(&[&filter]), board.actions(&[]));
    assert!(!theirs.is_empty() && theirs.len() < all.len());
    assert_eq!(agency.actions(&[]), theirs);
    let (own, other) = (&theirs[0], all.iter().find(|reference| !theirs.contains(reference)).unwrap());
    agency.run(&["show", other]).expect_refused(&[]);

    // Words about others' actions never arrive; those about its own do, and its answer reaches the board.
    board.run(&["progress", other, SECRET]).expect_done();
    board.run(&["progress", own, "The board asks for the form."]).expect_done();
    board.sync();
    agency.run(&["progress", own, "The form is in use."]).expect_done();
    let said = agency.sync().out;
    assert!(said.contains("Sent: 1 change."), "{said}");
    assert!(agency.run(&["show", own]).expect_done().out.contains("The board asks for the form."));
    assert!(!agency.holds(SECRET), "a file holds what the agency may not have");
    board.sync();
    assert!(board.run(&["show", own]).expect_done().out.contains("The form is in use."));
    assert!(board.run(&["updates"]).expect_done().out.contains("The form is in use."));
    agency.run(&["check"]).expect_done();
}

#[test]
fn an_agencys_role_cannot_read_withheld_words_by_any_select() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let agency = office.agency("agency", BOARD, &board, &name);
    let filter = format!("party:\"{name}\"");
    let (theirs, all) = (board.actions(&[&filter]), board.actions(&[]));
    let other = all.iter().find(|reference| !theirs.contains(reference)).unwrap();
    board.run(&["progress", other, SECRET]).expect_done();
    board.sync();
    let mut client = office.database.connect(&agency.role);
    let sql = "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'arising' AND c.relkind IN ('r', 'v')";
    let relations: Vec<String> = client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    assert!(relations.len() > 20, "{relations:?}");
    let looks = |client: &mut postgres::Client, from: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {from} t WHERE t::text LIKE '%{SECRET}%'");
        client.query_one(&sql, &[]).map_or(0, |row| row.get(0))
    };
    let mut owner = office.database.connect(&board.role);
    let mut found = 0;
    for relation in &relations {
        assert_eq!(looks(&mut client, relation), 0, "{relation} shows withheld words");
        found += looks(&mut owner, relation);
    }
    assert!(found >= 2, "the board itself was not found to see them");
    // Not even that they are there: no row of words but those granted, or its own.
    let words = client.query_one("SELECT count(*) FROM arising.change_words", &[]).unwrap().get::<_, i64>(0);
    let granted = "SELECT count(*) FROM arising.grant_ WHERE excerpt IS NULL";
    assert_eq!(words, client.query_one(granted, &[]).unwrap().get::<_, i64>(0));
    assert!(client.query_one("SELECT count(*) FROM arising.erased", &[]).unwrap().get::<_, i64>(0) == 0);
    // Nor by a function of its own that the planner might run before the policy, where IT let it make one.
    let make = "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'";
    assert!(client.batch_execute(make).is_err(), "a laptop made something in the database");
    let may = format!("GRANT TEMPORARY ON DATABASE {} TO {}", office.database.name, agency.role);
    office.database.owner().batch_execute(&may).unwrap();
    client
        .batch_execute(
            "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$
               BEGIN IF $1 LIKE '%Zebedee%' THEN RAISE EXCEPTION 'leaked'; END IF; RETURN true; END $$",
        )
        .unwrap();
    for from in ["arising.change_words WHERE pg_temp.leak(body)", "arising.said_ WHERE pg_temp.leak(body)"] {
        client.query(&format!("SELECT 1 FROM {from}"), &[]).unwrap_or_else(|error| panic!("{from}: {error}"));
    }
    // Nor can it grant itself anything, erase, or write as the board.
    let party = board.party(&name);
    let uuid = board.uuid();
    for refused in [
        format!(
            "INSERT INTO arising.grant_ SELECT board, '{party}', origin, seq, 1, batch, NULL FROM arising.change LIMIT 1"
        ),
        format!("INSERT INTO arising.member VALUES ('{}', '{uuid}', NULL, true)", agency.role),
        format!(
            "INSERT INTO arising.origin VALUES ('{uuid}', '00000000000000aa', decode(repeat('00', 32), 'hex'), 'x', 'x', '', NULL)"
        ),
        format!("SELECT arising.erase('{uuid}', origin, seq, origin, seq, '{{}}', true) FROM arising.change LIMIT 1"),
        "UPDATE arising.member SET party = NULL".to_owned(),
    ] {
        assert!(client.batch_execute(&refused).is_err(), "{refused}");
    }
}

#[test]
fn what_comes_to_concern_an_agency_reaches_it_later() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let agency = office.agency("agency", BOARD, &board, &name);
    let before = agency.actions(&[]);
    let all = board.actions(&[]);
    let other = all.iter().find(|reference| !before.contains(reference)).unwrap();
    board.run(&["lead", other, &name]).expect_done();
    board.sync();
    let said = agency.sync().out;
    assert!(agency.actions(&[]).contains(other), "{said}");
    agency.run(&["check"]).expect_done();
    // Given again, nothing is new.
    assert!(agency.sync().out.starts_with("Nothing new on the hub."), "{said}");
}

#[test]
fn the_wrong_kind_of_register_is_refused() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let agency = office.agency("agency", BOARD, &board, &name);
    board.run(&["hub", "join", &agency.url]).expect_refused(&["this is the whole register", "an agency's"]);
    agency
        .run(&["hub", "join", &board.url])
        .expect_refused(&["this is the agency copy for", "the role is the board's"]);
    // A party that nothing concerns.
    let late = office.stranger("late");
    member(&office.database, "late", &board.uuid(), Some("00000000000000ab.9"), "arising_laptop");
    late.run(&["hub", "join", &late.url]).expect_refused(&["has given this agency nothing yet"]);
    assert!(!late.desk.register().exists());
}

#[test]
fn an_agency_that_was_given_more_by_file_waits_until_the_board_has_sent_it() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let agency = office.agency("agency", BOARD, &board, &name);
    let own = agency.actions(&[])[0].clone();
    board.run(&["progress", &own, "The board asks for the form."]).expect_done();
    let bundle = board.desk.path("newer.arising");
    board.run(&["share", "--for", &name, "-o", bundle.to_str().unwrap()]).expect_done();
    agency.run(&["merge", bundle.to_str().unwrap()]).expect_done();
    agency.run(&["progress", &own, "The form is in use."]).expect_done();
    let said = agency.run(&["hub", "sync"]);
    assert!(said.code == 0 && said.err.contains("sent once a laptop of the board has sent those"), "{said:?}");
    let other = office.further("other", BOARD);
    board.sync();
    assert!(agency.sync().out.contains("Sent: 1 change."));
    other.sync();
    assert!(other.run(&["show", &own]).expect_done().out.contains("The form is in use."));
}
