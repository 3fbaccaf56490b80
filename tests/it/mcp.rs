//! The MCP server in the real program: an assistant gets the counts of the command line, in both eras of the protocol.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::fixture::Fixture;

/// A client that has started a server.
struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// What each request says of the client, where there is no `initialize`.
    about: Value,
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Client {
    fn start(fixture: &Fixture, about: Value) -> Self {
        let mut command = fixture.command(["mcp"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the binary runs");
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        Self {
            process,
            input,
            output,
            about,
        }
    }

    fn legacy(fixture: &Fixture, version: &str) -> Self {
        let mut client = Self::start(fixture, json!({}));
        let hello = client.ask(
            "initialize",
            json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}),
        );
        assert_eq!(hello["result"]["protocolVersion"], version);
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        client
    }

    fn modern(fixture: &Fixture) -> Self {
        let mut client = Self::start(
            fixture,
            json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"},
                "io.modelcontextprotocol/clientCapabilities": {},
            }),
        );
        let hello = client.ask("server/discover", json!({}));
        let versions = hello["result"]["supportedVersions"].to_string();
        assert!(versions.contains("2026-07-28"), "{hello}");
        client
    }

    fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("an open client");
        writeln!(input, "{message}").expect("sent");
        input.flush().expect("sent");
    }

    fn ask(&mut self, method: &str, mut params: Value) -> Value {
        params["_meta"] = self.about.clone();
        self.send(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}));
        let mut line = String::new();
        self.output.read_line(&mut line).expect("an answer");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{method}: {line}"))
    }

    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.ask("tools/call", json!({"name": tool, "arguments": arguments}))["result"].clone()
    }

    fn end(mut self) {
        drop(self.input.take());
        let status = self.process.wait().expect("it ends");
        assert!(status.success(), "{status}");
    }
}

fn fixture() -> Fixture {
    Fixture::indexed(&[
        (
            "甲镇总结.txt",
            "甲镇2010年工作总结\n一、水渠建设\n（一）抓进度。全镇新修水渠三条，水渠管护落实到人。\n",
        ),
        (
            "乙镇总结.txt",
            "乙镇2012年工作总结\n一、基本情况\n水渠年久失修，群众意见很大。\n",
        ),
    ])
}

#[test]
fn an_assistant_is_told_what_the_command_counts() {
    let fixture = fixture();
    let counted = fixture.run(["search", "水渠", "--count", "--format", "json"]);
    let counted = counted.succeeds().json();
    for version in ["2025-06-18", "2025-11-25", "2026-07-28"] {
        let mut client = match version {
            "2026-07-28" => Client::modern(&fixture),
            _ => Client::legacy(&fixture, version),
        };
        let result = client.call("count", json!({"words": ["水渠"]}));
        let count = &result["structuredContent"]["counts"][0];
        for name in ["query", "occurrences", "passages", "documents"] {
            assert_eq!(count[name], counted[name], "{version} {name}");
        }
        assert_eq!(count["years"], json!({"2010": 3, "2012": 1}), "{version}");
        client.end();
    }
}

#[test]
fn a_passage_comes_with_all_that_a_citation_needs() {
    let fixture = fixture();
    let mut client = Client::modern(&fixture);
    let result = client.call("search", json!({"query": "水渠管护"}));
    let text = result["content"][0]["text"].as_str().expect("a text");
    for said in [
        "甲镇2010年工作总结",
        "2010",
        "一、水渠建设 › （一）抓进度",
        "**水渠管护**",
        "甲镇总结.txt:3",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let place = result["structuredContent"]["hits"][0]["place"].clone();
    let read = client.call("read", json!({"place": place, "window": 0}));
    let passages = &read["structuredContent"]["passages"];
    assert_eq!(passages.as_array().map(Vec::len), Some(1));
    assert_eq!(passages[0]["place"], place);
    client.end();
}

#[test]
fn a_call_that_cannot_be_answered_says_what_can_be_done() {
    let fixture = fixture();
    let mut client = Client::legacy(&fixture, "2025-11-25");
    for (tool, arguments, said) in [
        ("search", json!({"query": "水渠 (修路"}), "\n       ^"),
        ("search", json!({"query": "水渠", "limit": 99}), "limit"),
        ("read", json!({"place": "丙镇.txt:3"}), "list_documents"),
        ("read", json!({"place": "/etc/hosts"}), "list_documents"),
    ] {
        let result = client.call(tool, arguments.clone());
        let text = result["content"][0]["text"].as_str().expect("a text");
        assert_eq!(result["isError"], true, "{arguments}");
        assert!(text.contains(said), "{arguments}: {text}");
    }
    let unknown = client.ask("tools/call", json!({"name": "write", "arguments": {}}));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    client.end();
}
