//! What each field of an index costs: bytes of its terms, postings, positions, columns and norms, and its tokens.
//!
//! `cargo run --release --example index_costs -- INDEX`

use tantivy::Index;

fn main() -> tantivy::Result<()> {
    let dir = std::env::args().nth(1).unwrap_or_else(|| "index".into());
    let index = Index::open_in_dir(dir)?;
    let schema = index.schema();
    let searcher = index.reader()?.searcher();
    println!("segments {}", searcher.segment_readers().len());
    println!(
        "{:>14} {:>10} {:>10} {:>10} {:>10} {:>10} {:>11}",
        "field", "terms", "postings", "positions", "columns", "norms", "tokens"
    );
    for (field, entry) in schema.fields() {
        let mut sums = [0u64; 5];
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            let usage = segment.space_usage()?;
            let parts = [
                usage.termdict(),
                usage.postings(),
                usage.positions(),
                usage.fast_fields(),
                usage.fieldnorms(),
            ];
            for (sum, part) in sums.iter_mut().zip(parts) {
                let field = part
                    .fields()
                    .find(|usage| usage.field_name() == entry.name());
                *sum += field.map_or(0, |usage| usage.total().get_bytes());
            }
            if entry.is_indexed() {
                tokens += segment.inverted_index(field)?.total_num_tokens();
            }
        }
        let [terms, postings, positions, columns, norms] = sums;
        println!(
            "{:>14} {terms:>10} {postings:>10} {positions:>10} {columns:>10} {norms:>10} {tokens:>11}",
            entry.name()
        );
    }
    let usage = searcher.space_usage()?;
    let store: u64 = usage
        .segments()
        .iter()
        .map(|segment| segment.store().total().get_bytes())
        .sum();
    println!("store {store}, all {}", usage.total().get_bytes());
    Ok(())
}
