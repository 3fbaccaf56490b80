//! Servers that are running on this machine already, found by asking.
//!
//! A person who starts the program twice means the page that is there. No file says which servers run: it would outlive them.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a server of this machine may take to say what it is.
const PATIENCE: Duration = Duration::from_millis(500);
/// Bytes that are read of what it says.
const LONGEST: usize = 4096;

/// What the index in `dir` is called among servers: the same for each path to it.
pub(crate) fn identity(dir: &Path) -> String {
    let absolute = dir.canonicalize().or_else(|_| std::path::absolute(dir));
    let path = absolute.unwrap_or_else(|_| dir.to_owned());
    blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned()
}

/// The one of `ports` at which a server for the index in `dir` answers.
pub(crate) fn running(dir: &Path, mut ports: impl Iterator<Item = u16>) -> Option<SocketAddr> {
    let wanted = identity(dir);
    ports.find_map(|port| {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        (index_at(address)? == wanted).then_some(address)
    })
}

/// The index of the server at an address; `None` if it is not one of this program.
fn index_at(address: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let answer = answer_of(stream);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (_, body) = answer.split_once("\r\n\r\n")?;
    let health: Value = serde_json::from_str(body).ok()?;
    Some(health.get("index")?.as_str()?.to_owned())
}

/// What a server sends; another program may send anything, and never end.
fn answer_of(mut stream: TcpStream) -> Vec<u8> {
    let (started, mut answer, mut piece) = (Instant::now(), Vec::new(), [0; 1024]);
    while answer.len() < LONGEST && started.elapsed() < PATIENCE {
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(n) => answer.extend_from_slice(&piece[..n]),
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_to_an_index_is_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("index");
        std::fs::create_dir(&dir).expect("a folder");
        assert_eq!(
            identity(&dir),
            identity(&folder.path().join("index/../index"))
        );
        assert_ne!(identity(&dir), identity(folder.path()));
    }
}
