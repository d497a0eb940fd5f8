//! The tests' own server does what the tests rely on.

use crate::kit::server::{OWNER, Server};

#[test]
fn the_tests_server_keeps_what_it_confirmed_when_it_is_stopped_or_killed() {
    let Some(mut server) = Server::own() else { return };
    let name = {
        let database = server.database();
        database.owner().batch_execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)").unwrap();
        database.name.clone()
    };
    let count = |server: &Server| -> i64 {
        let mut client = server.reopened(&name).owner();
        client.query_one("SELECT count(*) FROM kept", &[]).unwrap().get(0)
    };
    server.stop();
    server.start();
    assert_eq!(count(&server), 1);
    server.reopened(&name).owner().batch_execute("INSERT INTO kept VALUES (2)").unwrap();
    server.kill();
    server.start();
    assert_eq!(count(&server), 2);
    let folder = server.socket().to_owned();
    drop(server);
    assert!(!folder.exists(), "the server left its folder behind");
}

#[test]
fn the_tests_server_asks_for_passwords_and_its_owner_is_no_superuser() {
    let Some(server) = Server::shared() else { return };
    let database = server.database();
    let mut owner = database.owner();
    let is_super: bool = owner.query_one("SELECT usesuper FROM pg_user WHERE usename = $1", &[&OWNER]).unwrap().get(0);
    assert!(!is_super);
    let role = database.name_of("laptop");
    owner.batch_execute(&format!("CREATE ROLE {role} LOGIN")).unwrap();
    let refused = database.psql(&role).args(["-w", "-c", "SELECT 1"]).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no password supplied"), "{refused:?}");
    database.set_password(&role, "other words");
    let said = database.psql(&role).args(["-w", "-At", "-c", "SELECT current_user"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), role);
}
