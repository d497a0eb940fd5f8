//! `hub laptop`: all of what was asked, or nothing, and it says what it gave.

use crate::kit::desk::Said;
use crate::kit::server::{OWNER, Server};

use super::office::{Laptop, Office};

const BOARD: &str = "Riverside SAB";
const OTHER: &str = "0123456789abcdef0123456789abcdef";

fn asked(office: &Office<'_>, laptop: &Laptop, more: &[&str]) -> Said {
    let url = office.owner_url();
    office.owner(&[&["hub", "laptop", &url, &laptop.role], more].concat())
}

/// Whether the server has such a role, and in which of the hub's groups it is.
fn groups(office: &Office<'_>, laptop: &Laptop) -> String {
    office.text(&format!(
        "SELECT coalesce((SELECT 'a role of ' || coalesce(string_agg(g.rolname, ' and ' ORDER BY g.rolname), 'nothing')
           FROM pg_roles r LEFT JOIN pg_auth_members m ON m.member = r.oid LEFT JOIN pg_roles g ON g.oid = m.roleid
           WHERE r.rolname = '{}' GROUP BY r.rolname), 'no role')",
        laptop.role
    ))
}

fn memberships(office: &Office<'_>, laptop: &Laptop) -> i64 {
    office.number(&format!("SELECT count(*) FROM arising.member WHERE role = '{}'", laptop.role))
}

#[test]
fn nobody_gets_a_whole_board_because_a_word_was_forgotten() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    office.first(BOARD);
    let police = office.stranger("police");
    let said = asked(&office, &police, &["--board", BOARD]);
    assert!(said.code == 2 && said.err.contains("--whole") && said.err.contains("--for"), "{said:?}");
    let both = asked(&office, &police, &["--board", BOARD, "--whole", "--reader"]);
    assert_eq!(both.code, 2, "{both:?}");
    assert_eq!((groups(&office, &police).as_str(), memberships(&office, &police)), ("no role", 0));
}

#[test]
fn what_was_given_is_said() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let name = first.some_agency();
    let said = |laptop: &Laptop, more: &[&str]| {
        let said = asked(&office, laptop, more).expect_done().out;
        said.lines().next().unwrap().replace(&laptop.role, "ROLE")
    };
    let (whole, agency, reader, all) =
        (office.stranger("whole"), office.stranger("agency"), office.stranger("reader"), office.stranger("all"));
    let read = format!("The role ROLE may now read the whole of {BOARD}, and write");
    assert_eq!(said(&whole, &["--board", BOARD, "--whole"]), format!("{read} to it."));
    let party = first.party(&name);
    assert_eq!(
        said(&agency, &["--board", BOARD, "--for", &party]),
        format!("The role ROLE now gets what concerns {name} of {BOARD}, and may answer.")
    );
    assert_eq!(said(&reader, &["--board", BOARD, "--reader"]), format!("{read} nothing."));
    assert_eq!(said(&all, &["--board", "*", "--reader"]), "The role ROLE may now read all boards, and write nothing.");
    // Said again, it is the same.
    assert_eq!(said(&whole, &["--board", BOARD, "--whole"]), format!("{read} to it."));
    assert_eq!((groups(&office, &reader).as_str(), memberships(&office, &whole)), ("a role of arising_reader", 1));
}

#[test]
fn what_is_refused_leaves_no_role_no_group_and_no_board() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let reader = office.stranger("reader");
    office.admit(&reader, BOARD, &["--reader"]);
    let new = office.stranger("new");
    let boards = office.count("board");
    for (more, told) in [
        (&["--board", BOARD, "--for", "00000000000000ab.9"][..], "has no party 00000000000000ab.9"),
        (&["--board", "Nowhere SAB", "--whole"][..], "the hub has no board called Nowhere SAB"),
        (&["--board", BOARD, "--uuid", OTHER, "--whole"][..], "is another register"),
        (
            &["--board", "Riversde SAB", "--uuid", &first.uuid(), "--whole"][..],
            "is already a board, called Riverside SAB",
        ),
    ] {
        asked(&office, &new, more).expect_refused(&["Nothing was given", told]);
        assert_eq!(groups(&office, &new), "no role", "{more:?}");
    }
    // A reader stays one, and a laptop of the board one.
    asked(&office, &reader, &["--board", BOARD, "--whole"]).expect_refused(&["is already a reader's", "another name"]);
    asked(&office, &first, &["--board", "*", "--reader"]).expect_refused(&["is already a laptop's"]);
    let party = first.party(&first.some_agency());
    asked(&office, &first, &["--board", BOARD, "--for", &party]).expect_refused(&["but as something else"]);
    assert_eq!(groups(&office, &reader), "a role of arising_reader");
    assert_eq!(groups(&office, &first), "a role of arising_laptop");
    assert_eq!((office.count("board"), memberships(&office, &reader)), (boards, 1));
    // Another program's role, and those that run the server, are left alone.
    let foreign = office.stranger("payroll");
    office.database.owner().batch_execute(&format!("CREATE ROLE {} LOGIN", foreign.role)).unwrap();
    asked(&office, &foreign, &["--board", BOARD, "--whole"]).expect_refused(&["is none of the hub's"]);
    let mut owner = office.stranger("owner");
    owner.role = OWNER.into();
    asked(&office, &owner, &["--board", BOARD, "--whole"]).expect_refused(&["is none of the hub's"]);
    assert_eq!(groups(&office, &foreign), "a role of nothing");
}

#[test]
fn what_is_printed_for_a_laptop_lets_it_in_when_it_is_run_by_hand() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first("O'Neill's $$ board");
    let second = office.stranger("second");
    let printed = asked(&office, &second, &["--board", "O'Neill's $$ board", "--whole", "--dry-run"]).expect_done().out;
    assert_eq!(groups(&office, &second), "no role");
    office.database.owner().batch_execute(&printed).unwrap();
    office.database.set_password(&second.role, "a password");
    second.run(&["hub", "join", &second.url]).expect_done();
    assert_eq!(second.head(), first.head());
}

#[test]
fn what_a_laptop_forgets_ends_by_itself_and_it_makes_nothing_in_the_database() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let reader = office.stranger("reader");
    office.admit(&reader, BOARD, &["--reader"]);
    for (laptop, longest) in [(&first, "5min"), (&reader, "30min")] {
        let mut client = office.database.connect(&laptop.role);
        let mut shown = |what: &str| -> String { client.query_one(&format!("SHOW {what}"), &[]).unwrap().get(0) };
        assert_eq!(shown("statement_timeout"), longest);
        assert_eq!(
            (shown("idle_in_transaction_session_timeout"), shown("lock_timeout")),
            ("1min".into(), "1min".into())
        );
        for make in ["CREATE TEMPORARY TABLE t (n int)", "CREATE TABLE arising.t (n int)", "CREATE SCHEMA s"] {
            assert!(client.batch_execute(make).is_err(), "{make}");
        }
    }
}
