//! Stands between a laptop and the tests' server, which listens on no port: speaks TLS to the one, and to the other through its
//! socket.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::kit::server::Server;

/// How many bytes a client sends to ask for TLS.
const REQUEST: usize = 8;

pub struct Proxy {
    pub port: u16,
}

impl Proxy {
    /// With this certificate and its key.
    pub fn before(server: &Server, certificate: &Path, key: &Path) -> Proxy {
        let chain = CertificateDer::pem_file_iter(certificate).unwrap().map(Result::unwrap).collect();
        let key = PrivateKeyDer::from_pem_file(key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Proxy::listening(server, Some(Arc::new(config)))
    }

    /// One that answers that it speaks none.
    pub fn without_tls(server: &Server) -> Proxy {
        Proxy::listening(server, None)
    }

    /// On this computer only, at a port that the system chooses. Its threads end with the tests.
    fn listening(server: &Server, config: Option<Arc<ServerConfig>>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let socket = server.socket().join(".s.PGSQL.5432");
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (config, socket) = (config.clone(), socket.clone());
                thread::spawn(move || serve(client, config, socket));
            }
        });
        Proxy { port }
    }
}

/// What breaks off ends the connection: the test sees that from the other side.
fn serve(mut client: TcpStream, config: Option<Arc<ServerConfig>>, socket: PathBuf) {
    let mut request = [0; REQUEST];
    let Some(config) = config else {
        drop(client.read_exact(&mut request).and_then(|()| client.write_all(b"N")));
        return;
    };
    if client.read_exact(&mut request).and_then(|()| client.write_all(b"S")).is_err() {
        return;
    }
    let (Ok(connection), Ok(server)) = (ServerConnection::new(config), UnixStream::connect(socket)) else { return };
    let mut stream = StreamOwned::new(connection, client);
    if stream.conn.complete_io(&mut stream.sock).is_ok() {
        drop(pass(stream, server));
    }
}

fn pass(mut client: StreamOwned<ServerConnection, TcpStream>, mut server: UnixStream) -> std::io::Result<()> {
    client.sock.set_nonblocking(true)?;
    server.set_nonblocking(true)?;
    let mut buffer = [0; 16 << 10];
    loop {
        let to_server = moved(client.read(&mut buffer))?;
        if let Some(count) = to_server {
            all(&mut server, &buffer[..count])?;
        }
        let to_client = moved(server.read(&mut buffer))?;
        if let Some(count) = to_client {
            all(&mut client, &buffer[..count])?;
        }
        if to_server.is_none() && to_client.is_none() {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// How much was read; none where nothing is there yet, an error at the end.
fn moved(read: std::io::Result<usize>) -> std::io::Result<Option<usize>> {
    match read {
        Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
        Ok(count) => Ok(Some(count)),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(error),
    }
}

fn all(to: &mut impl Write, mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        match to.write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
            Err(error) => return Err(error),
        }
    }
    loop {
        match to.flush() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
            done => return done,
        }
    }
}
