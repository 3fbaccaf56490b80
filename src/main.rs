//! The `xunzhang` command.

fn main() {
    // Until the command line stands: `xunzhang outline FILE --format json`.
    let path = std::env::args().nth(2).unwrap_or_default();
    let read = xunzhang::source::read(std::path::Path::new(&path), &Default::default(), |record| {
        let headings: Vec<_> = record
            .document
            .sections
            .iter()
            .map(|s| serde_json::json!({"line": s.line, "level": s.level, "label": s.label, "title": s.title, "run_in": s.run_in}))
            .collect();
        println!("{}", serde_json::json!({ "headings": headings }));
    });
    if let Err(skip) = read {
        eprintln!("{path}: {skip}");
        std::process::exit(2);
    }
}
