//! The straightforward way, to measure against: tantivy with jieba-rs and one text field, a line of a file each.
//!
//! `cargo run --release --example plain_tantivy -- INDEX PATH...` indexes; `search INDEX WORD...` prints the ten best
//! lines; `cut PATH...` only cuts, on all processors, which is the limit of anything that rests on jieba-rs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use jieba_rs::{Jieba, TokenizeMode};
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Document, Index, IndexWriter, TantivyDocument};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let target = arguments
        .next()
        .ok_or("expected: INDEX PATH..., search INDEX WORD... or cut PATH...")?;
    if target == "search" {
        let dir = arguments.next().ok_or("expected: search INDEX WORD...")?;
        return search(Path::new(&dir), &arguments.collect::<Vec<_>>().join(" "));
    }
    let started = Instant::now();
    let files = files(arguments);
    let bytes = match target.as_str() {
        "cut" => cut(&files),
        dir => index(Path::new(dir), &files)?,
    };
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{bytes} bytes in {seconds:.2} s, {:.1} MB/s",
        bytes as f64 / 1e6 / seconds
    );
    Ok(())
}

fn files(roots: impl Iterator<Item = String>) -> Vec<PathBuf> {
    let found = roots.flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name());
    let files = found.flatten().filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.into_path()).collect()
}

/// Calls `each` with the lines of all files, on all processors; the bytes read.
fn on_all_processors(files: &[PathBuf], each: impl Fn(&Path, &str) + Sync) -> u64 {
    let (next, bytes) = (AtomicUsize::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Ok(text) = std::fs::read_to_string(file) else {
                        continue;
                    };
                    bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
                    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                        each(file, line);
                    }
                }
            });
        }
    });
    bytes.into_inner()
}

fn cut(files: &[PathBuf]) -> u64 {
    let jieba = Jieba::new();
    on_all_processors(files, |_, line| {
        std::hint::black_box(jieba.tokenize(line, TokenizeMode::Search, false));
    })
}

fn index(dir: &Path, files: &[PathBuf]) -> Result<u64, Box<dyn std::error::Error>> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("jieba")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let text = schema.add_text_field(
        "text",
        TextOptions::default()
            .set_indexing_options(indexing)
            .set_stored(),
    );
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema.build())?;
    index
        .tokenizers()
        .register("jieba", JiebaTokenizer(Arc::new(Jieba::new())));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, 200 << 20)?;
    let bytes = on_all_processors(files, |file, line| {
        let mut document = TantivyDocument::new();
        document.add_text(path, file.to_string_lossy());
        document.add_text(text, line);
        writer
            .add_document(document)
            .expect("the index can be written");
    });
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(bytes)
}

fn search(dir: &Path, query: &str) -> Result<(), Box<dyn std::error::Error>> {
    let index = Index::open_in_dir(dir)?;
    index
        .tokenizers()
        .register("jieba", JiebaTokenizer(Arc::new(Jieba::new())));
    let text = index.schema().get_field("text")?;
    let query = QueryParser::for_index(&index, vec![text]).parse_query(query)?;
    let searcher = index.reader()?.searcher();
    for (score, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
        let document: TantivyDocument = searcher.doc(address)?;
        println!("{score:.3} {}", document.to_json(&index.schema()));
    }
    Ok(())
}

#[derive(Clone)]
struct JiebaTokenizer(Arc<Jieba>);

impl Tokenizer for JiebaTokenizer {
    type TokenStream<'a> = JiebaStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> JiebaStream {
        let words = self.0.tokenize(text, TokenizeMode::Search, false);
        let words = words
            .into_iter()
            .filter(|token| token.word.chars().any(char::is_alphanumeric));
        let tokens = words.map(|token| Token {
            offset_from: token.byte_start,
            offset_to: token.byte_end,
            position: token.start,
            text: token.word.to_lowercase(),
            position_length: token.end - token.start,
        });
        JiebaStream {
            tokens: tokens.collect(),
            next: 0,
        }
    }
}

struct JiebaStream {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for JiebaStream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
