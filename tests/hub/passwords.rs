//! Passwords and the way to the hub: where a password may come from, and that it is nowhere else.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use crate::kit::desk::Said;
use crate::kit::pty::Start;
use crate::kit::server::{OWNER, Server};

use super::office::{Laptop, Office};
use super::proxy::Proxy;

const BOARD: &str = "Riverside SAB";
const SECRET: &str = "correct-horse-battery-staple";

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls").join(name)
}

fn private(laptop: &Laptop, name: &str, text: &str) -> PathBuf {
    let path = laptop.desk.path(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// Without the kit's password file.
fn bare(laptop: &Laptop, arguments: &[&str]) -> Said {
    laptop.command(arguments).env_remove("PGPASSFILE").output().unwrap().into()
}

#[test]
fn a_password_is_never_printed_noted_or_sent_readable() {
    let Some(server) = Server::with("-c fsync=off -c log_statement=all -c log_connections=on") else { return };
    let office = Office::new(&server);
    let board = office.first(BOARD);
    let laptop = office.stranger("laptop");
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("password");
    fs::write(&file, format!("{SECRET}\n")).unwrap();
    let file = file.to_str().unwrap();
    let url = office.owner_url();
    // IT gives it with the program; the server is told only what it can check it with.
    let more = ["hub", "laptop", &url, &laptop.role, "--board", BOARD, "--whole", "--laptop-password-file", file];
    let mut said = vec![office.owner(&more).expect_done()];
    said.push(bare(&laptop, &["hub", "join", &laptop.url]).expect_refused(&["asks for a password", "--password-file"]));
    said.push(bare(&laptop, &["hub", "join", &laptop.url, "--password-file", file]).expect_done());
    // The note knows the file, not the words.
    said.push(bare(&laptop, &["hub", "sync"]).expect_done());
    said.push(bare(&laptop, &["hub", "status", "--json"]).expect_done());
    let wrong = private(&laptop, "wrong", "not the words\n");
    let wrong = wrong.to_str().unwrap();
    said.push(bare(&laptop, &["hub", "sync", "--password-file", wrong]).expect_refused(&["the password is wrong"]));
    let with = laptop.url.replacen('@', &format!(":{SECRET}@"), 1);
    said.push(bare(&laptop, &["hub", "join", &with]).expect_refused(&["its address holds a password", ".pgpass"]));
    let with = format!("{}&password={SECRET}", laptop.url);
    said.push(bare(&laptop, &["hub", "join", &with]).expect_refused(&["its address holds a password"]));
    for said in &said {
        assert!(!said.out.contains(SECRET) && !said.err.contains(SECRET), "{said:?}");
        assert!(!said.err.contains("not the words"), "{said:?}");
    }
    assert!(!laptop.holds(SECRET) && !board.holds(SECRET), "a file holds the password");
    assert!(server.log().contains("SCRAM-SHA-256"), "the server logged no password at all");
    assert!(!server.log().contains(SECRET), "the server's log holds the password");
}

#[test]
fn a_password_is_asked_for_where_nothing_gives_it_and_not_shown() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    office.first(BOARD);
    let laptop = office.stranger("laptop");
    office.admit(&laptop, BOARD, &[]);
    office.database.set_password(&laptop.role, SECRET);
    let register = laptop.desk.register();
    let join = |words: &str, told: &str, code: u32| {
        let arguments = ["--register", register.to_str().unwrap(), "hub", "join", &laptop.url];
        let mut pty = Start::arising(laptop.desk.folder(), &arguments).run();
        pty.wait_for("at the hub: ");
        pty.type_text(words);
        pty.press("<enter>");
        pty.wait_for(told);
        assert_eq!(pty.exit_code(Duration::from_secs(20)), code);
        assert!(!pty.screen_text().contains("battery"), "{}", pty.screen_text());
    };
    join("another-battery", "the password is wrong", 1);
    assert!(!register.exists());
    join(SECRET, "This register now uses the hub", 0);
}

#[test]
fn the_password_file_of_postgresql_is_used_if_it_is_private() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    office.first(BOARD);
    let laptop = office.stranger("laptop");
    office.admit(&laptop, BOARD, &[]);
    office.database.set_password(&laptop.role, SECRET);
    let socket = server.socket().display();
    let line = format!("other:*:*:*:nothing\n{socket}:5432:{}:{}:{SECRET}\n", office.database.name, laptop.role);
    let file = private(&laptop, ".pgpass", &line);
    bare(&laptop, &["hub", "join", &laptop.url]).expect_done();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    bare(&laptop, &["hub", "sync"]).expect_refused(&["can be read by others", "chmod 600"]);
}

#[test]
fn over_a_network_only_the_councils_own_authority_is_trusted() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    office.first(BOARD);
    let laptop = office.stranger("laptop");
    office.admit(&laptop, BOARD, &[]);
    let proxy = Proxy::before(server, &fixture("hub.pem"), &fixture("hub.key"));
    let url = |host: &str, more: &str| {
        format!("postgresql://{}@{host}:{}/{}{more}", laptop.role, proxy.port, office.database.name)
    };
    let with = |name: &str| format!("?sslrootcert={}", fixture(name).display());
    laptop
        .run(&["hub", "join", &url("localhost", &with("other-ca.pem"))])
        .expect_refused(&["its certificate is not vouched for by the authority", "Do not go on"]);
    laptop
        .run(&["hub", "join", &url("localhost", "")])
        .expect_refused(&["does not say which certificate", "sslrootcert"]);
    // A certificate for another name is none for this one.
    laptop.run(&["hub", "join", &url("127.0.0.1", &with("council-ca.pem"))]).expect_refused(&["its certificate"]);
    laptop.run(&["hub", "join", &url("localhost", &with("missing.pem"))]).expect_refused(&["missing.pem"]);
    let outside = format!("postgresql://{}@hub.example/x?sslmode=disable", laptop.role);
    laptop.run(&["hub", "join", &outside]).expect_refused(&["readable over the network"]);
    assert!(!laptop.desk.register().exists());
    laptop.run(&["hub", "join", &url("localhost", &with("council-ca.pem"))]).expect_done();
    laptop.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    assert!(laptop.run(&["hub", "sync"]).expect_done().out.contains("Sent: 1 change."));
    // A server that speaks no TLS is not used.
    let open = Proxy::without_tls(server);
    let url = format!("postgresql://{OWNER}@localhost:{}/x{}", open.port, with("council-ca.pem"));
    laptop.run(&["hub", "join", &url]).expect_refused(&["does not speak TLS"]);
}
