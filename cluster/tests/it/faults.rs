//! A scheduler and executors on loopback, some of which are killed.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::collection::{Built, json, run};

/// A process that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang-cluster"));
    command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Server(command.spawn().expect("a process"))
}

/// A port with a free one after it.
fn port() -> u16 {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn wait_for(port: u16) {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let started = Instant::now();
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing at {address}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

struct Servers {
    scheduler: String,
    server: Server,
    executors: Vec<Server>,
    work: tempfile::TempDir,
}

impl Servers {
    fn new(n: usize) -> Self {
        let port = port();
        let scheduler = format!("127.0.0.1:{port}");
        let server = start(&["scheduler", "--addr", &scheduler]);
        wait_for(port);
        let mut servers = Self {
            scheduler,
            server,
            executors: Vec::new(),
            work: tempfile::tempdir().expect("a temporary folder"),
        };
        for _ in 0..n {
            servers.add();
        }
        servers
    }

    fn add(&mut self) {
        let port = port();
        let address = format!("127.0.0.1:{port}");
        let work = self.work.path().join(port.to_string());
        let work = work.to_str().expect("UTF-8");
        let scheduler = &self.scheduler;
        self.executors.push(start(&[
            "executor",
            "--addr",
            &address,
            "--scheduler",
            scheduler,
            "--slots",
            "1",
            "--work",
            work,
        ]));
        wait_for(port);
        // It listens before the scheduler knows it.
        std::thread::sleep(Duration::from_millis(500));
    }

    /// Kills one executor, without giving it time for anything.
    fn kill(&mut self) {
        drop(self.executors.remove(0));
    }
}

#[test]
fn executors_that_are_killed_leave_whole_shards_and_whole_answers() {
    let (built, roots) = Built::new(&[], 160);
    let mut servers = Servers::new(3);
    let into = built.folder.path().join("shards");
    let place = into.to_str().expect("UTF-8").to_owned();
    let root = roots[0].to_str().expect("UTF-8").to_owned();
    let scheduler = servers.scheduler.clone();
    let arguments = [
        "--scheduler",
        &scheduler,
        "build",
        &root,
        "--into",
        &place,
        "--shards",
        "16",
    ]
    .map(str::to_owned);
    let building = std::thread::spawn(move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        json(&arguments)
    });
    for _ in 0..2 {
        wait_for_attempt(&into, &building);
        servers.kill();
        servers.add();
    }
    let (summary, status) = building.join().expect("no panic");
    assert_eq!((status, &summary["documents"]), (0, &160.into()));
    assert_eq!(summary["fingerprint"], built.one.manifest().fingerprint);
    let shards = std::fs::read_dir(&into).expect("a folder").filter(|entry| {
        let path = entry.as_ref().expect("an entry").path();
        path.join("meta.json").is_file()
    });
    assert_eq!(shards.count(), 16);
    // Searching: the right answer or an error, never a short one.
    let (expected, _) = json(&["--index", &place, "count", "\"水渠\""]);
    let mut n_right = 0;
    for ord in 0..6 {
        let (place, scheduler) = (place.clone(), scheduler.clone());
        let asking = std::thread::spawn(move || {
            run(&[
                "--index",
                &place,
                "--scheduler",
                &scheduler,
                "count",
                "\"水渠\"",
            ])
        });
        std::thread::sleep(Duration::from_millis(40 * ord));
        servers.kill();
        servers.add();
        let output = asking.join().expect("no panic");
        match output.status.code() {
            Some(0) => {
                let found: serde_json::Value =
                    serde_json::from_slice(&output.stdout).expect("JSON");
                assert_eq!(found, expected);
                n_right += 1;
            }
            code => {
                assert_eq!(code, Some(2));
                assert!(output.stdout.is_empty() && !output.stderr.is_empty());
            }
        }
    }
    assert!(n_right > 0);
    let (found, status) = json(&[
        "--index",
        &place,
        "--scheduler",
        &scheduler,
        "count",
        "\"水渠\"",
    ]);
    assert_eq!((found, status), (expected, 0));
    // A shard that is gone is named, through all that the engine says around it.
    let gone = std::fs::read_dir(&into)
        .expect("a folder")
        .find_map(|entry| {
            let path = entry.ok()?.path();
            path.join("meta.json").is_file().then_some(path)
        });
    let gone = gone.expect("a shard");
    std::fs::remove_dir_all(&gone).expect("the shard");
    let output = run(&[
        "--index",
        &place,
        "--scheduler",
        &scheduler,
        "count",
        "\"水渠\"",
    ]);
    let told = String::from_utf8_lossy(&output.stderr);
    let name = gone.file_name().expect("a name").to_string_lossy();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(&format!("shard {name}: ")), "{told}");
}

#[test]
fn two_jobs_at_once_and_a_scheduler_that_is_killed() {
    let (built, roots) = Built::new(&[], 40);
    let into = built.folder.path().join("shards");
    let place = into.to_str().expect("UTF-8");
    let root = roots[0].to_str().expect("UTF-8");
    let (summary, _) = json(&["build", root, "--into", place, "--shards", "9"]);
    assert_eq!(summary["shards"], 9);
    let mut servers = Servers::new(2);
    let scheduler = servers.scheduler.clone();
    let questions: [&[&str]; 3] = [
        &["report", "水渠", "资金", "汛期", "--excerpts", "3"],
        &["concordance", "\"水渠\"", "-n", "40"],
        &["count", "水渠 -资金"],
    ];
    let asked = |question: &[&str], servers: &[&str]| {
        let arguments = [&["--index", place], servers, question].concat();
        json(&arguments)
    };
    let remote = ["--scheduler", &scheduler];
    std::thread::scope(|scope| {
        // Fewer tasks than shards, as many, and one.
        for tasks in ["1", "4", "9"] {
            for question in questions {
                scope.spawn(move || {
                    let servers = ["--scheduler", remote[1], "--tasks", tasks];
                    assert_eq!(
                        asked(question, &servers),
                        asked(question, &[]),
                        "{question:?}"
                    );
                });
            }
        }
    });
    let port = scheduler
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok());
    let port: u16 = port.expect("a port");
    drop(std::mem::replace(
        &mut servers.server,
        start(&["scheduler", "--help"]),
    ));
    let arguments = [&["--index", place], &remote[..], questions[2]].concat();
    let output = run(&arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        output.stdout.is_empty() && told.contains(&scheduler),
        "{told}"
    );
    servers.server = start(&["scheduler", "--addr", &scheduler]);
    wait_for(port);
    // Executors look for it every two seconds.
    let started = Instant::now();
    let answer = loop {
        let output = run(&arguments);
        match output.status.code() {
            Some(0) => break serde_json::from_slice::<serde_json::Value>(&output.stdout),
            code => assert_eq!(code, Some(2)),
        }
        assert!(started.elapsed() < Duration::from_secs(60));
    };
    assert_eq!(answer.expect("JSON"), asked(questions[2], &[]).0);
}

/// Waits until a shard is being built, or all are.
fn wait_for_attempt<T>(into: &Path, building: &std::thread::JoinHandle<T>) {
    let attempts = || std::fs::read_dir(into.join("building")).map_or(0, Iterator::count);
    let started = Instant::now();
    while attempts() == 0 && !building.is_finished() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing is built"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}
