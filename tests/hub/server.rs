//! What the server itself keeps to, whoever asks.

use crate::kit::server::{OWNER, Server};

use super::office::Office;

const BOARD: &str = "Riverside SAB";
/// The tables of the log.
const TABLES: [&str; 9] =
    ["board", "origin", "batch", "batch_words", "change", "change_words", "grant_", "given_", "erased"];

#[test]
fn setting_up_again_changes_nothing_and_a_dry_run_prints_what_it_runs() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let shape =
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'arising'";
    let before = (office.number(shape), office.count("change"), office.number("SELECT count(*) FROM pg_policies"));
    office.owner(&["hub", "init", &office.owner_url()]).expect_done();
    let after = (office.number(shape), office.count("change"), office.number("SELECT count(*) FROM pg_policies"));
    assert_eq!(before, after);
    first.sync();
    // What is printed does the same, run by hand.
    let printed = office.owner(&["hub", "init", "postgresql://nobody@nowhere/none", "--dry-run"]).expect_done().out;
    assert!(printed.starts_with("BEGIN;") && printed.trim_end().ends_with("COMMIT;"));
    let other = server.database();
    other.owner().batch_execute(&printed).unwrap();
    let mut owner = other.owner();
    assert_eq!(owner.query_one(shape, &[]).unwrap().get::<_, i64>(0), before.0);
    // A laptop's is printed too, without its password.
    let secret = first.desk.path("secret");
    std::fs::write(&secret, "correct horse battery\n").unwrap();
    let arguments = [
        "hub",
        "laptop",
        &office.owner_url(),
        "lap",
        "--board",
        BOARD,
        "--whole",
        "--dry-run",
        "--laptop-password-file",
    ];
    let printed = office.owner(&[&arguments[..], &[secret.to_str().unwrap()]].concat()).expect_done().out;
    assert!(printed.contains("'lap'") && printed.contains("'arising_laptop'"), "{printed}");
    assert!(!printed.contains("correct horse") && !printed.contains("SCRAM"), "{printed}");
}

#[test]
fn nothing_on_the_hub_is_altered_or_removed_even_by_its_owner() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let mut laptop = office.database.connect(&first.role);
    let mut owner = office.database.connect(OWNER);
    owner.batch_execute("SET ROLE arising_owner").unwrap();
    let mut superuser = office.database.connect("postgres");
    let columns = ["name", "computer", "lamport", "author", "lamport", "body", "known", "name", "body"];
    // Something in every table.
    owner
        .batch_execute(
            "INSERT INTO arising.grant_ SELECT board, '00000000000000ab.1', origin, seq, 1, batch, NULL FROM arising.change LIMIT 1;
             INSERT INTO arising.given_ SELECT uuid, '00000000000000ab.1', 1, 'x', 1, '' FROM arising.board;
             INSERT INTO arising.erased SELECT board, '00000000000000ab', 1, '00000000000000ab', 1, '{}' FROM arising.change LIMIT 1",
        )
        .unwrap();
    for (table, column) in TABLES.into_iter().zip(columns) {
        for sql in [
            format!("UPDATE arising.{table} SET {column} = {column}"),
            format!("DELETE FROM arising.{table}"),
            format!("TRUNCATE arising.{table} CASCADE"),
        ] {
            for (who, client) in [("owner", &mut owner), ("superuser", &mut superuser)] {
                let error = client.batch_execute(&sql).expect_err(&format!("{who}: {sql}"));
                let said = error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
                assert!(said.contains("the hub only grows"), "{who}: {sql}: {said}");
            }
            assert!(laptop.batch_execute(&sql).is_err(), "laptop: {sql}");
        }
    }
}

#[test]
fn a_change_follows_the_last_of_its_origin_and_erased_words_stay_away() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let mut laptop = office.database.connect(&first.role);
    let gap =
        "INSERT INTO arising.change SELECT board, origin, seq + 2, lamport, batch, digest, hash FROM arising.change
               ORDER BY seq DESC LIMIT 1";
    let error = laptop.batch_execute(gap).unwrap_err();
    assert!(error.as_db_error().unwrap().message().contains("belongs to a batch"), "{error:?}");
    let foreign = "INSERT INTO arising.batch (board, id, origin, first, last, lamport, digest, signature)
                   SELECT board, '00000000000000aa.1', '00000000000000aa', 1, 1, 1, digest, signature FROM arising.batch LIMIT 1";
    assert!(laptop.batch_execute(foreign).is_err(), "a batch without its origin");
    let came = "INSERT INTO arising.batch (board, id, origin, first, last, lamport, digest, signature, came)
                SELECT board, id || '9', origin, first, last, lamport, digest, signature, now() FROM arising.batch";
    assert!(laptop.batch_execute(came).is_err(), "a laptop set the hub's clock");
}

#[test]
fn a_laptop_sees_nothing_of_another_board_and_a_reader_writes_nothing() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let other = office.stranger("other");
    other.run(&["import", &crate::kit::desk::fixture("adult-m.txt")]).expect_done();
    office.admit(&other, "Estuary CSP", &["--uuid", &other.uuid()]);
    other.run(&["hub", "join", &other.url]).expect_done();
    other.sync();
    let boards = |role: &str, table: &str| -> i64 {
        let column = if table == "board" { "uuid" } else { "board" };
        let sql = format!("SELECT count(DISTINCT {column}) FROM arising.{table}");
        office.database.connect(role).query_one(&sql, &[]).unwrap().get(0)
    };
    for table in ["board", "member", "origin", "writer", "batch", "batch_words", "change", "change_words"] {
        assert_eq!(boards(&first.role, table), 1, "{table}");
        assert_eq!(boards(&other.role, table), 1, "{table}");
    }
    let mut client = office.database.connect(&first.role);
    let (own, foreign) = (first.uuid(), other.uuid());
    let into = |board: &str| {
        format!(
            "INSERT INTO arising.origin VALUES ('{board}', '00000000000000aa', decode(repeat('00', 32), 'hex'), 'x', 'x', '', NULL)"
        )
    };
    assert!(client.batch_execute(&into(&foreign)).is_err(), "a laptop wrote to another board");
    client.batch_execute(&into(&own)).unwrap();

    let reader = office.stranger("reader");
    office.admit(&reader, "*", &["--reader"]);
    assert_eq!(boards(&reader.role, "change_words"), 2);
    let mut client = office.database.connect(&reader.role);
    assert!(client.batch_execute(&into(&own)).is_err(), "a reader wrote");
    let one = office.stranger("one");
    office.admit(&one, "Estuary CSP", &["--reader"]);
    assert_eq!(boards(&one.role, "change_words"), 1);
    // A role that is a member of nothing sees nothing.
    let none = office.stranger("none");
    office
        .database
        .owner()
        .batch_execute(&format!("CREATE ROLE {} LOGIN; GRANT arising_reader TO {}", none.role, none.role))
        .unwrap();
    office.database.set_password(&none.role, "x");
    assert_eq!(boards(&none.role, "change"), 0);
    assert_eq!(boards(&none.role, "board"), 0);
}
