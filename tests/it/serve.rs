//! The page in the real program, asked over a socket: what a form starts is what the command counts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::fixture::Fixture;

/// How long an answer may take on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it ends with the test.
struct Server {
    process: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start(fixture: &Fixture) -> Self {
        let mut command = fixture.command(["serve", "--addr", "127.0.0.1:0"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("the binary runs");
        let output = process.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("a line");
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in {line}"));
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        Self {
            process,
            host: host.to_owned(),
        }
    }

    /// Status, head and body of an answer.
    fn ask(&self, method: &str, path: &str, form: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            self.host,
            form.len()
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.expect("the end of the head");
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        (status.expect("a status"), head, answer[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, String) {
        let (status, _, body) = self.ask("GET", path, "");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// The token of a form, which has to be sent back.
    fn token(&self, path: &str) -> String {
        let (_, page) = self.get(path);
        let after = page
            .split("name=\"token\" value=\"")
            .nth(1)
            .expect("a token");
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends a form, and waits for its job; the path of that.
    fn job(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let fields = fields.iter();
        let fields = fields.map(|(name, value)| format!("{name}={}&", encoded(value)));
        let form = fields.collect::<String>() + "token=" + &self.token(path);
        let (status, head, body) = self.ask("POST", path, &form);
        assert_eq!(status, 303, "{}", String::from_utf8_lossy(&body));
        let location = head
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        let job = location.expect("a place").trim().to_owned();
        // The last event is the end.
        let (_, events) = self.get(&format!("{job}/events"));
        assert!(events.contains("event: done"), "{events}");
        job
    }
}

/// Every byte as `%XX`.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn fixture() -> Fixture {
    Fixture::indexed(&[
        (
            "甲/2009.txt",
            "白苇县2009年工作总结\n全县整修水渠二十条。\n群众满意。\n",
        ),
        (
            "乙/2010.txt",
            "白苇县2010年工作总结\n水渠整修一新，道路畅通。\n没有水渠堵塞。\n",
        ),
    ])
}

#[test]
fn a_report_of_the_page_has_the_numbers_of_the_command() {
    let fixture = fixture();
    let server = Server::start(&fixture);
    let list = "水渠 | 道路\r\n组：整修\r\n# 备注\r\n<b>没有";
    let job = server.job(
        "/report",
        &[("keywords", list), ("excerpts", "2"), ("kind", "")],
    );
    let (status, page) = server.get(&format!("{job}?lang=zh"));
    assert_eq!(status, 200, "{page}");
    assert!(
        page.contains("&lt;b&gt;没有") && !page.contains("<b>没有"),
        "{page}"
    );
    let (_, _, bytes) = server.ask("GET", &format!("{job}.json?lang=en"), "");
    let of_page: Value = serde_json::from_slice(&bytes).expect("JSON");

    let path = fixture.write("list.txt", list);
    let path = path.to_string_lossy();
    let command = [
        "report",
        "-k",
        &path,
        "--excerpts",
        "2",
        "-o",
        "report.json",
    ];
    fixture.run(command).succeeds();
    let written = std::fs::read(fixture.path("report.json")).expect("the report");
    let of_command: Value = serde_json::from_slice(&written).expect("JSON");
    assert_eq!(of_page, of_command);
    assert_eq!(of_page["entries"][0]["occurrences"], 4);
    let (_, head, bytes) = server.ask("GET", &format!("{job}.xlsx"), "");
    assert!(
        bytes.starts_with(b"PK") && head.contains("attachment"),
        "{head}"
    );
}

#[test]
fn a_draft_of_the_page_is_checked_as_by_the_command() {
    let fixture = fixture();
    let server = Server::start(&fixture);
    let draft = "全县整修水渠二十条。\n这句话谁也没有写过，<b>也不会有人写。\n";
    let job = server.job("/check", &[("text", draft)]);
    let (status, page) = server.get(&format!("{job}?lang=zh"));
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("href=\"/show?place="), "{page}");
    assert!(page.contains("&lt;b&gt;也不会"), "{page}");
    let (_, _, bytes) = server.ask("GET", &format!("{job}.json"), "");
    let mut of_page: Value = serde_json::from_slice(&bytes).expect("JSON");
    let ran = fixture.run_with_input(["check", "-", "--format", "json"], draft.as_bytes());
    let of_command = ran.json();
    // A file has a mark of its writer.
    of_page
        .as_object_mut()
        .expect("an object")
        .remove("generator");
    assert_eq!(of_page, of_command);
}

#[test]
fn a_form_that_is_not_ours_starts_nothing() {
    let fixture = fixture();
    let server = Server::start(&fixture);
    for path in ["/report", "/check", "/report/0/cancel"] {
        let (status, ..) = server.ask("POST", path, "keywords=a&text=a&token=0");
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    for path in [
        "/report/0",
        "/report/0.xlsx",
        "/report/0/events",
        "/check/0",
    ] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }
    let token = server.token("/report");
    let form = format!("token={token}&keywords={}", encoded("“水渠\n道路"));
    let (status, _, body) = server.ask("POST", "/report", &form);
    let page = String::from_utf8_lossy(&body).into_owned();
    // What was typed is still there, beside what is wrong with it.
    assert!(
        status == 400 && page.contains("role=\"alert\"") && page.contains("“水渠\n道路"),
        "{page}"
    );
}
