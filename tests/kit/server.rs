//! A real PostgreSQL for the tests of the hub: Debian's server, run for one test or shared by all, in a temporary folder,
//! on a Unix socket there and on no port.
//!
//! A small shell stands between test and server: it stops the server and removes the folder when the test's process has
//! ended, however it ended.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, Config, NoTls};
use rustix::process::{Pid, Signal};

/// The longest that a start or a stop may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where servers are, and where those that would wait for it too long.
const DISK: &str = "/tmp";
const MEMORY: &str = "/dev/shm";
/// Bytes of a server after many restarts.
const ROOM: u64 = 1 << 30;

/// The server's superuser, whom no command of the program ever needs.
pub const SUPER: &str = "postgres";
/// The login role that owns every test's database and may create roles, and no more: whom IT runs `hub init` as.
pub const OWNER: &str = "hub_owner";

/// The hub's own roles.
const GROUPS: &str = "CREATE ROLE arising_owner; CREATE ROLE arising_laptop; CREATE ROLE arising_reader;
    GRANT arising_owner TO CURRENT_USER";

/// Waits for a line, which stops the server and keeps its folder, or for the end of its input, which removes both.
const WATCH: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses='' $3 >>"$2/log" 2>&1 &
if read -r word; then kill -INT $! 2>/dev/null; wait $!; else kill -QUIT $! 2>/dev/null; wait $!; rm -rf "$2"; fi
"#;

/// A server of its own, stopped when it is dropped.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    /// As whom it runs, where the tests run as root: PostgreSQL refuses that.
    account: Option<(u32, u32)>,
    settings: String,
    watcher: Option<Child>,
    passwords: Mutex<BTreeMap<String, String>>,
    databases: AtomicUsize,
}

impl Server {
    /// The one that tests share, each with a database of its own. None, with a printed word, where PostgreSQL is absent.
    pub fn shared() -> Option<&'static Server> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        let start = || {
            let server = Server::own()?;
            // Roles belong to the whole server, and two databases that are set up at once would both make these.
            server.connect(OWNER, SUPER).batch_execute(GROUPS).unwrap();
            Some(server)
        };
        SHARED.get_or_init(start).as_ref().or_else(skipped)
    }

    /// One that can be stopped or killed without disturbing other tests. It does not wait for the disk, which makes no
    /// difference where only the server ends and not the machine.
    pub fn own() -> Option<Server> {
        Server::with("-c fsync=off -c full_page_writes=off -c shared_buffers=32MB")
    }

    /// One that waits for the disk as IT's does. Its disk is the memory, where there is enough: whoever kills it again and again
    /// would wait for that of the machine, which other programs use too, ten times as long as for the server.
    pub fn waiting() -> Option<Server> {
        Server::placed("-c shared_buffers=32MB", if has_room(MEMORY) { MEMORY } else { DISK })
    }

    /// One with these settings: options of `postgres`, separated by spaces.
    pub fn with(settings: &str) -> Option<Server> {
        Server::placed(settings, DISK)
    }

    fn placed(settings: &str, parent: &str) -> Option<Server> {
        let Some(programs) = programs() else { return skipped() };
        let account = account();
        let folder = private_folder(parent, account);
        let server = Server {
            programs,
            folder,
            account,
            settings: settings.to_owned(),
            watcher: None,
            passwords: Mutex::default(),
            databases: AtomicUsize::new(0),
        };
        Some(server.made())
    }

    fn made(mut self) -> Server {
        let secret = self.folder.join("secret");
        fs::write(&secret, password_of(SUPER)).unwrap();
        fs::set_permissions(&secret, Permissions::from_mode(0o644)).unwrap();
        let with_icu = ["--locale-provider=icu", "--icu-locale=en-GB"];
        let made = self.initialise(&secret, &with_icu).or_else(|_| self.initialise(&secret, &[]));
        made.unwrap_or_else(|said| panic!("initdb: {said}"));
        self.start();
        let mut database = self.connect(SUPER, SUPER);
        database.batch_execute(&format!("CREATE ROLE {OWNER} LOGIN CREATEROLE")).unwrap();
        drop(database);
        self.set_password(OWNER, &password_of(OWNER));
        self
    }

    /// In the order of a British server where that is possible, so that nothing leans on the order of bytes.
    fn initialise(&self, secret: &Path, locale: &[&str]) -> Result<(), String> {
        let data = self.folder.join("data");
        let mut command = self.run_as_server(&self.programs.join("initdb"));
        command.args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]).args(locale);
        command.arg(format!("--username={SUPER}")).arg(format!("--pwfile={}", secret.display())).arg("-D").arg(&data);
        let said = command.output().map_err(|error| error.to_string())?;
        if said.status.success() {
            return Ok(());
        }
        fs::remove_dir_all(&data).ok();
        Err(String::from_utf8_lossy(&said.stderr).into_owned())
    }

    fn run_as_server(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        if let Some((user, group)) = self.account {
            command.uid(user).gid(group);
        }
        command
    }

    /// Starts it, or starts it again, and returns when it answers.
    pub fn start(&mut self) {
        let begun = Instant::now();
        loop {
            let mut watcher = self.watch();
            while watcher.try_wait().unwrap().is_none() && begun.elapsed() < PATIENCE {
                if self.answers() {
                    self.watcher = Some(watcher);
                    return;
                }
                if !self.is_running() && begun.elapsed() > Duration::from_secs(2) {
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
            end(&mut watcher);
            assert!(begun.elapsed() < PATIENCE, "PostgreSQL did not start: {}", self.log());
            // What was killed may need a moment to let go of its memory.
            thread::sleep(Duration::from_millis(200));
        }
    }

    fn watch(&self) -> Child {
        let mut command = self.run_as_server(Path::new("sh"));
        command.args(["-c", WATCH, "watch"]).arg(&self.programs).arg(&self.folder).arg(&self.settings);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell")
    }

    fn answers(&self) -> bool {
        self.config(SUPER, SUPER).connect(NoTls).is_ok()
    }

    fn is_running(&self) -> bool {
        self.folder.join("data/postmaster.pid").exists()
    }

    /// Stops it as IT would for an update: connections are cut, what was confirmed is kept.
    pub fn stop(&mut self) {
        if let Some(mut watcher) = self.watcher.take() {
            end(&mut watcher);
        }
    }

    /// Ends all its processes at once, as a power cut does (`kill -9`). [`Server::start`] starts it again.
    pub fn kill(&mut self) {
        let written = fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("a running server");
        let first: i32 = written.lines().next().unwrap().parse().unwrap();
        for pid in std::iter::once(first).chain(self.processes()) {
            // Those that the first one leaves behind may end by themselves in between.
            rustix::process::kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).ok();
        }
        let begun = Instant::now();
        while !self.processes().is_empty() && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(10));
        }
        self.stop();
    }

    /// All processes that work in the server's folder, where the system lists them.
    fn processes(&self) -> Vec<i32> {
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let is_ours = |entry: &fs::DirEntry| {
            fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == self.folder.join("data"))
        };
        all.filter(is_ours).filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
    }

    /// What the server has written of itself.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The folder of its socket, which is the `host` of every URL.
    pub fn socket(&self) -> &Path {
        &self.folder
    }

    /// Where its programs are: `psql`, `pg_dump`.
    pub fn programs(&self) -> &Path {
        &self.programs
    }

    /// A new and empty database, which [`OWNER`] owns.
    pub fn database(&self) -> Database<'_> {
        let name = format!("hub{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.connect(SUPER, SUPER).batch_execute(&format!("CREATE DATABASE {name} OWNER {OWNER}")).unwrap();
        Database { server: self, name }
    }

    /// A database that was made before the server was stopped.
    pub fn reopened(&self, name: &str) -> Database<'_> {
        Database { server: self, name: name.to_owned() }
    }

    /// Runs this as the superuser, in the server's own database.
    pub fn as_super(&self, sql: &str) {
        self.connect(SUPER, SUPER).batch_execute(sql).unwrap();
    }

    fn set_password(&self, role: &str, password: &str) {
        self.as_super(&format!("ALTER ROLE \"{role}\" PASSWORD '{password}'"));
        let mut passwords = self.passwords.lock().unwrap_or_else(PoisonError::into_inner);
        passwords.insert(role.to_owned(), password.to_owned());
        let lines: Vec<String> =
            passwords.iter().map(|(role, password)| format!("*:*:*:{role}:{password}\n")).collect();
        let lines = lines.concat();
        // Renamed into place: another test's program may be reading the file.
        let new = self.folder.join("pgpass.new");
        let mut file = File::create(&new).unwrap();
        file.set_permissions(Permissions::from_mode(0o600)).unwrap();
        file.write_all(lines.as_bytes()).unwrap();
        fs::rename(new, self.passfile()).unwrap();
    }

    /// A password file as libpq reads it (`PGPASSFILE`), with all roles whose password the kit has set.
    pub fn passfile(&self) -> PathBuf {
        self.folder.join("pgpass")
    }

    fn config(&self, role: &str, database: &str) -> Config {
        let mut config = Config::new();
        config.host_path(&self.folder).user(role).dbname(database).connect_timeout(PATIENCE);
        let passwords = self.passwords.lock().unwrap_or_else(PoisonError::into_inner);
        config.password(passwords.get(role).cloned().unwrap_or_else(|| password_of(role)));
        config
    }

    /// A connection to any database of it.
    pub fn connect(&self, role: &str, database: &str) -> Client {
        self.config(role, database).connect(NoTls).unwrap_or_else(|error| panic!("{role} at {database}: {error}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input: the server is stopped and its folder removed.
        let watcher = self.watcher.take().unwrap_or_else(|| self.watch());
        let mut watcher = watcher;
        drop(watcher.stdin.take());
        watcher.wait().ok();
    }
}

/// One database of a server.
pub struct Database<'s> {
    server: &'s Server,
    pub name: String,
}

impl Database<'_> {
    /// Its address for this role, without a password: those are in [`Server::passfile`].
    pub fn url(&self, role: &str) -> String {
        format!("postgresql://{role}@/{}?host={}", self.name, self.server.socket().display())
    }

    /// A name for a role that no other test's database uses: roles belong to the whole server.
    pub fn name_of(&self, role: &str) -> String {
        format!("{role}_{}", self.name)
    }

    /// Gives a role a password, and writes it into the password file.
    pub fn set_password(&self, role: &str, password: &str) {
        self.server.set_password(role, password);
    }

    /// A connection as this role, with the password that the kit has set.
    pub fn connect(&self, role: &str) -> Client {
        self.server.connect(role, &self.name)
    }

    /// A connection as the database's owner.
    pub fn owner(&self) -> Client {
        self.connect(OWNER)
    }

    /// Runs this in it as the superuser, whom no trigger and no policy holds.
    pub fn without_triggers(&self, sql: &str) {
        let mut client = self.server.connect(SUPER, &self.name);
        client.batch_execute(&format!("SET session_replication_role = replica; {sql}")).unwrap();
    }

    /// `psql` as this role, which is given only SQL: no settings of the user's.
    pub fn psql(&self, role: &str) -> Command {
        let mut command = Command::new(self.server.programs().join("psql"));
        command.env("PGPASSFILE", self.server.passfile()).env_remove("PGPASSWORD").args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
        ]);
        command.arg(self.url(role));
        command
    }
}

/// Asks a server to stop, and waits until it has.
fn end(watcher: &mut Child) {
    if let Some(mut input) = watcher.stdin.take() {
        input.write_all(b"stop\n").ok();
    }
    watcher.wait().expect("the shell ends");
}

fn skipped<T>() -> Option<T> {
    println!("skipped: no PostgreSQL here");
    None
}

fn password_of(role: &str) -> String {
    format!("the secret of {role}")
}

/// The folder of the newest server's programs: Debian's, else that of the `initdb` on the path.
fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = debian.map(|entry| entry.path()).max_by_key(version).map(|folder| folder.join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = newest.into_iter().chain(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// User and group for the server where the tests run as root: Debian's `postgres`, else `nobody`.
fn account() -> Option<(u32, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let accounts = fs::read_to_string("/etc/passwd").expect("the accounts");
    let find = |name: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    Some(find("postgres").or_else(|| find("nobody")).expect("an account that is not root's"))
}

/// Whether a server with its logs has room in a folder.
fn has_room(folder: &str) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|about| about.f_bavail * about.f_frsize > ROOM)
}

/// A private folder of the server's account. Its path is short, because that of a socket may have 107 bytes only.
fn private_folder(parent: &str, account: Option<(u32, u32)>) -> PathBuf {
    let folder = tempfile::Builder::new().prefix("arising-hub-").tempdir_in(parent).unwrap().keep();
    if let Some((user, group)) = account {
        chown(&folder, Some(user), Some(group)).unwrap();
    }
    folder
}
