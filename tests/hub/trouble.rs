//! What can go wrong between laptops and a hub, and what each of them is told.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use arising::hub::POLL;

use crate::kit::desk::Said;
use crate::kit::server::{OWNER, Server};

use super::office::{Laptop, Office};

const BOARD: &str = "Riverside SAB";

fn background(laptop: &Laptop, arguments: &[&str]) -> Child {
    laptop.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn twenty_who_push_at_once_lose_nothing() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let laptops: Vec<Laptop> = (0..20).map(|number| office.further(&format!("lap{number}"), BOARD)).collect();
    for (number, laptop) in laptops.iter().enumerate() {
        laptop.run(&["progress", "adult-m:1.1", &format!("Entry of laptop {number}.")]).expect_done();
    }
    let pushing: Vec<Child> = laptops.iter().map(|laptop| background(laptop, &["hub", "sync"])).collect();
    for child in pushing {
        let said = child.wait_with_output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    first.sync();
    let shown = first.run(&["show", "adult-m:1.1"]).expect_done().out;
    for number in 0..20 {
        assert!(shown.contains(&format!("Entry of laptop {number}.")), "laptop {number} lost its entry: {shown}");
    }
    first.run(&["check"]).expect_done();
    laptops[7].sync();
    assert_eq!(laptops[7].head(), first.head());
}

#[test]
fn a_push_that_is_cut_at_any_page_goes_on_where_it_was_cut() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    first.write_many(16);
    let mut superuser = office.database.connect("postgres");
    let begun = office.count("change");
    let mut last = begun;
    // The hub breaks off in the first page, then in the second, then in the third.
    for (pages, table) in ["change", "batch_words", "change_words"].into_iter().enumerate() {
        let enough = begun + 500 * i64::try_from(pages).unwrap();
        superuser
            .batch_execute(&format!(
                "CREATE FUNCTION arising.cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                   IF (SELECT count(*) FROM arising.change) >= {enough} THEN
                     PERFORM pg_terminate_backend(pg_backend_pid());
                   END IF;
                   RETURN new;
                 END $$;
                 CREATE TRIGGER zz_cut BEFORE INSERT ON arising.{table} FOR EACH STATEMENT EXECUTE FUNCTION arising.cut()"
            ))
            .unwrap();
        first.run(&["hub", "push"]).expect_refused(&["The hub is away", "Nothing is lost"]);
        let now = office.count("change");
        assert!(now >= last && (now - begun) % 500 == 0, "{table}: {begun}, then {now}");
        assert_eq!(now, office.count("change_words"), "half a page is on the hub");
        last = now;
        superuser
            .batch_execute(&format!("DROP TRIGGER zz_cut ON arising.{table}; DROP FUNCTION arising.cut()"))
            .unwrap();
    }
    assert!(last > begun && last < begun + 1600, "it was never cut in the middle: {last}");
    let left = begun + 1600 - last;
    assert_eq!(first.run(&["hub", "push"]).expect_done().out, format!("Sent: {left} changes.\n"));
    let second = office.further("second", BOARD);
    assert_eq!(second.head(), first.head());
    second.run(&["check"]).expect_done();
}

#[test]
fn a_second_laptop_under_the_name_of_the_first_is_refused_by_name() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    first.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    first.sync();
    // Its disk is copied to another laptop, which has a role of its own.
    let other = office.stranger("other");
    office.admit(&other, BOARD, &[]);
    first.asks_as(&other.role);
    let computer = office.text("SELECT computer FROM arising.writer");
    let said = first.run(&["hub", "sync"]);
    said.expect_refused(&["already writes as this copy", &first.role, &computer, "another folder"]);
    first.asks_as(&first.role);
    first.sync();
}

#[test]
fn a_laptop_that_goes_on_from_a_copied_disk_is_told_that_it_has_two_histories() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    first.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    first.sync();
    let image = first.image();
    first.run(&["rate", "adult-m:1.1", "green"]).expect_done();
    first.sync();
    let before = office.count("change");
    first.put_back(&image);
    first.run(&["progress", "adult-m:1.1", "Said on the copy."]).expect_done();
    let computer = office.text("SELECT computer FROM arising.writer");
    for command in ["push", "pull", "sync"] {
        let said = first.run(&["hub", command]);
        said.expect_refused(&["two different histories", &computer, "--as-new-copy"]);
    }
    assert_eq!(office.count("change"), before);
    assert!(first.run(&["show", "adult-m:1.1"]).expect_done().out.contains("Said on the copy."));
}

#[test]
fn a_hub_restored_from_an_older_backup_is_noticed_and_filled_up_again() {
    let Some(mut server) = Server::own() else { return };
    let (name, first, second) = {
        let office = Office::new(&server);
        let first = office.first(BOARD);
        let second = office.further("second", BOARD);
        (office.database.name.clone(), first, second)
    };
    server.as_super(&format!("CREATE DATABASE older TEMPLATE {name} OWNER {OWNER}"));
    second.run(&["progress", "adult-m:1.1", "After the backup."]).expect_done();
    second.sync();
    first.sync();
    first.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    first.sync();
    server.stop();
    server.start();
    server.as_super(&format!("DROP DATABASE {name} WITH (FORCE)"));
    server.as_super(&format!("ALTER DATABASE older RENAME TO {name}"));
    // The second laptop is lost as well: what the first has of it goes back.
    let said = first.run(&["hub", "sync"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("The hub has 2 changes fewer than when it was last seen here"), "{}", said.err);
    assert!(said.out.contains("Sent: 2 changes."), "{}", said.out);
    assert_eq!(first.sync().err, "");
    let office = Office::again(&server, &name);
    let third = office.further("third", BOARD);
    assert_eq!(third.head(), first.head());
}

#[test]
fn laptops_that_fill_up_an_older_hub_at_once_do_not_get_in_each_others_way() {
    let Some(mut server) = Server::own() else { return };
    let (name, first, others) = {
        let office = Office::new(&server);
        let first = office.first(BOARD);
        let others: Vec<Laptop> = (0..5).map(|number| office.further(&format!("lap{number}"), BOARD)).collect();
        (office.database.name.clone(), first, others)
    };
    server.as_super(&format!("CREATE DATABASE older TEMPLATE {name} OWNER {OWNER}"));
    first.write_many(12);
    first.sync();
    for laptop in &others {
        laptop.sync();
    }
    server.stop();
    server.start();
    server.as_super(&format!("DROP DATABASE {name} WITH (FORCE)"));
    server.as_super(&format!("ALTER DATABASE older RENAME TO {name}"));
    let all: Vec<&Laptop> = others.iter().chain([&first]).collect();
    let pushing: Vec<Child> = all.iter().map(|laptop| background(laptop, &["hub", "push"])).collect();
    for child in pushing {
        let said = child.wait_with_output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    let office = Office::again(&server, &name);
    let late = office.further("late", BOARD);
    assert_eq!(late.head(), first.head());
}

#[test]
fn a_role_that_is_no_member_of_the_board_is_told_so() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let other = office.stranger("other");
    office.admit(&other, "Estuary CSP", &["--uuid", &"0123456789abcdef".repeat(2)]);
    first.asks_as(&other.role);
    first.run(&["hub", "sync"]).expect_refused(&["it has no board of this register", &other.role, "hub laptop"]);
    let reader = office.stranger("reader");
    office.admit(&reader, BOARD, &["--reader"]);
    first.asks_as(&reader.role);
    first.run(&["hub", "sync"]).expect_refused(&["this role may only read"]);
}

#[test]
fn a_wrong_clock_is_told() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let late = |seconds: &str| -> Said {
        first.command(&["hub", "sync"]).env("ARISING_CLOCK_OFFSET", seconds).output().unwrap().into()
    };
    let said = late("-600");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("10 minutes behind the hub's") || said.err.contains("9 minutes behind"), "{}", said.err);
    assert!(late("7200").err.contains("minutes ahead of the hub's"));
    assert_eq!(late("60").err, "");
}

#[test]
fn a_hub_that_is_newer_or_is_none_is_told() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let mut owner = office.database.connect(OWNER);
    owner.batch_execute("SET ROLE arising_owner; UPDATE arising.about SET value = '2' WHERE name = 'format'").unwrap();
    first.run(&["hub", "sync"]).expect_refused(&["a newer version of arising", "Install the newer version"]);
    office.owner(&["hub", "init", &office.owner_url()]).expect_refused(&["a newer version of arising"]);
    let bare = server.database();
    let url = bare.url(&first.role);
    first.run(&["hub", "join", &url]).expect_refused(&["this database is no hub yet", "arising hub init"]);
}

#[test]
fn what_is_followed_arrives_by_itself_and_it_ends_with_its_input() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let second = office.further("second", BOARD);
    let mut following =
        second.command(&["hub", "follow"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    let mut next = || -> serde_json::Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    assert_eq!(next()["event"], "step");
    // Both in one meeting, each in step by itself: what is written on one laptop is on the other within two seconds.
    let mut other = first.command(&["hub", "follow"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    assert!(BufReader::new(other.stdout.as_mut().unwrap()).lines().next().unwrap().unwrap().contains("step"));
    let mut times = Vec::new();
    for _ in 0..5 {
        first.run(&["progress", "adult-m:1.1", "Said in the meeting."]).expect_done();
        let begun = Instant::now();
        let event = next();
        times.push(begun.elapsed());
        assert_eq!((&event["event"], &event["taken"]), (&"step".into(), &1.into()));
    }
    drop(other.stdin.take());
    assert!(other.wait().unwrap().success());
    times.sort();
    println!("from one laptop to another: {times:?}");
    // The middle one, because the machine may be busy with other tests.
    let soon = 2 * POLL + Duration::from_secs(1);
    assert!(soon <= Duration::from_secs(2) && times[2] < soon, "{times:?}");
    assert!(second.run(&["show", "adult-m:1.1"]).expect_done().out.contains("Said in the meeting."));
    // The other way: what is written here goes out by itself.
    second.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    assert_eq!(next()["sent"], 1);
    drop(following.stdin.take());
    assert!(following.wait().unwrap().success());
}

#[test]
fn rows_that_fit_nowhere_hold_nobody_up_and_it_is_told_who_sent_them() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let (first, second) = (office.first(BOARD), office.further("second", BOARD));
    let agency = office.agency("police", BOARD, &first, &first.some_agency());
    let reference = agency.actions(&[]).remove(0);
    agency.run(&["progress", &reference, "Said by the agency."]).expect_done();
    agency.sync();
    let (board, origin) = (first.uuid(), office.text("SELECT id FROM arising.origin WHERE party IS NOT NULL"));
    let next = 1 + office.number(&format!("SELECT max(seq) FROM arising.change WHERE origin = '{origin}'"));
    let (id, place) = (format!("{origin}.{next}"), 1 + office.number("SELECT arising.size_(uuid) FROM arising.board"));
    office
        .database
        .connect(&agency.role)
        .batch_execute(&format!(
            "INSERT INTO arising.batch (board, id, origin, first, last, lamport, digest, signature) VALUES ('{board}', '{id}',
               '{origin}', {next}, {next}, {place}, decode(repeat('07', 32), 'hex'), decode(repeat('07', 64), 'hex'));
             INSERT INTO arising.batch_words
             VALUES ('{board}', '{id}', 'Nobody', '2026-11-21T10:00:00+00:00', NULL, '{{\"kind\":\"user\"}}', decode(repeat('07', 16), 'hex'));
             INSERT INTO arising.change VALUES ('{board}', '{origin}', {next}, {place}, '{id}',
               decode(repeat('07', 32), 'hex'), decode(repeat('07', 32), 'hex'));
             INSERT INTO arising.change_words VALUES ('{board}', '{origin}', {next}, '{{}}', decode(repeat('07', 16), 'hex'));"
        ))
        .unwrap();
    second.run(&["progress", "adult-m:1.1", "Said by the second."]).expect_done();
    let told = second.run(&["hub", "sync"]);
    assert!(told.err.contains("do not fit") && told.err.contains(&agency.role), "{}", told.err);
    assert!(first.run(&["hub", "sync"]).err.contains("do not fit"));
    let shown = first.run(&["list", "--json"]).expect_done().out;
    assert!(shown.contains("Said by the second.") && shown.contains("Said by the agency."), "{shown}");
    let third = office.further("third", BOARD);
    assert_eq!(third.head(), first.head());
    let status = first.json(&["hub", "status", "--json"]);
    assert_eq!((&status["to_send"], &status["to_take"]), (&0.into(), &0.into()), "{status}");
    assert!(status["told"].to_string().contains("left out"), "{status}");
    // Once whoever runs the hub has removed them, nothing is left out.
    office.database.without_triggers(&format!(
        "DELETE FROM arising.change_words WHERE origin = '{origin}' AND seq = {next};
         DELETE FROM arising.change WHERE origin = '{origin}' AND seq = {next};
         DELETE FROM arising.batch_words WHERE id = '{id}'; DELETE FROM arising.batch WHERE id = '{id}';"
    ));
    first.sync();
    assert_eq!(first.json(&["hub", "status", "--json"])["told"], serde_json::json!([]));
}

#[test]
fn an_erasure_takes_only_the_words_that_it_names() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    first.run(&["progress", "adult-m:1.1", "Mrs Quill was seen."]).expect_done();
    first.run(&["erase", "--words", "Mrs Quill", "--ground", "Request of 3 Nov", "--yes"]).expect_done();
    first.sync();
    let place =
        |sql: &str| office.text(&format!("SELECT quote_literal(origin) || ', ' || seq FROM ({sql}) AS t LIMIT 1"));
    let by = place("SELECT by_origin AS origin, by_seq AS seq FROM arising.erased");
    let other = place("SELECT origin, seq FROM arising.change_words WHERE left(body, 6) = '{\"add\"'");
    let mut laptop = office.database.connect(&first.role);
    let erase = format!("SELECT arising.erase('{}', {other}, {by}, '{{}}', false)", first.uuid());
    let error = laptop.batch_execute(&erase).unwrap_err();
    assert!(error.as_db_error().unwrap().message().contains("names another"), "{error:?}");
    // Nor does it leave anything but what it says is left.
    let own = place("SELECT origin, seq FROM arising.erased");
    for said in [r#"{"add":"plan"}"#, r#"{"[erased]":1}"#] {
        let erase = format!("SELECT arising.erase('{}', {own}, {by}, '{said}', true)", first.uuid());
        let error = laptop.batch_execute(&erase).unwrap_err();
        assert!(error.as_db_error().unwrap().message().contains("is what its erasure says"), "{error:?}");
    }
    let left = office.text("SELECT body FROM arising.erased");
    assert!(left.contains("[erased] was seen."), "{left}");
}
