//! Cuts every line of the files named, ours and jieba-rs's way, and prints how many differ and how fast each was.
//!
//! `cargo run --release --example compare_words -- FILE...`

use std::time::{Duration, Instant};

use jieba_rs::{Jieba, Token, TokenizeMode};
use xunzhang::text::normalize::normalize;
use xunzhang::text::words::{Room, Segmenter};

fn main() {
    let started = Instant::now();
    let segmenter = Segmenter::new("").expect("no entry is a good dictionary");
    let compiled = segmenter.compile();
    let compiled_in = started.elapsed();
    let started = Instant::now();
    let kept = compiled.clone();
    let segmenter = segmenter.kept(move || Some(Box::new(kept.clone())));
    let first = segmenter.words("一").count();
    println!(
        "{} bytes, compiled in {compiled_in:.2?}, opened in {:.2?} ({first})",
        compiled.len(),
        started.elapsed()
    );
    let jieba = Jieba::new();
    let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
    let (mut bytes, mut lines, mut differ) = (0, 0, 0);
    let mut room = Room::default();
    for path in std::env::args().skip(1) {
        let text = match std::fs::read(&path) {
            Ok(bytes) => normalize(&String::from_utf8_lossy(&bytes)),
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        let started = Instant::now();
        let mine: Vec<Vec<&str>> = text
            .lines()
            .map(|line| ours_of(line, &segmenter, &mut room))
            .collect();
        ours += started.elapsed();
        let started = Instant::now();
        let other: Vec<Vec<Token>> = text
            .lines()
            .map(|line| jieba.tokenize(line, TokenizeMode::Search, false))
            .collect();
        theirs += started.elapsed();
        for (line, (mine, other)) in text.lines().zip(mine.iter().zip(other)) {
            let other = other.into_iter().map(|token| token.word);
            let other = other.filter(|word| word.chars().any(char::is_alphanumeric));
            if !other.eq(mine.iter().copied()) {
                differ += 1;
                println!("differs: {line}");
            }
            (bytes, lines) = (bytes + line.len(), lines + 1);
        }
    }
    let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{differ} of {lines} lines differ; {:.1} MB/s, jieba-rs {:.1} MB/s, {:.2} times",
        rate(ours),
        rate(theirs),
        theirs.as_secs_f64() / ours.as_secs_f64()
    );
}

fn ours_of<'a>(line: &'a str, segmenter: &Segmenter, room: &mut Room) -> Vec<&'a str> {
    let mut words = Vec::with_capacity(line.len() / 4);
    segmenter.each_word(line, room, |word| words.push(word));
    words
}
