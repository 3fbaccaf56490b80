//! The commands that ask all shards.

use std::num::NonZeroUsize;
use std::time::Instant;

use serde_json::json;
use xunzhang::report::keywords::{Keywords, from_words, read};
use xunzhang::report::tally::{Negated, TallyOptions};
use xunzhang::report::trend;
use xunzhang::search::shards::Shards;
use xunzhang::search::{By, ConcordanceOptions, Filter, LineOrder, SearchOptions, Sort};
use xunzhang::source::ReadOptions;
use xunzhang_cluster::Result;
use xunzhang_cluster::asking::Cluster;
use xunzhang_cluster::output::{CountAnswer, ReportAnswer, SearchAnswer};

use super::run::print_json;
use crate::arguments;

pub(super) fn search(arguments: &arguments::Search, cluster: &Cluster) -> Result<bool> {
    let query = arguments.query.join(" ");
    let options = SearchOptions {
        limit: arguments.limit,
        offset: arguments.offset,
        by: match arguments.by {
            arguments::By::Passage => By::Passage,
            arguments::By::Document => By::Document,
        },
        sort: match arguments.sort {
            arguments::Sort::Score => Sort::Score,
            arguments::Sort::Date => Sort::Date,
            arguments::Sort::DateDescending => Sort::DateDescending,
            arguments::Sort::Path => Sort::Path,
        },
        filter: arguments.filters.filter(),
        collapse: !arguments.no_collapse,
        context: arguments.context,
        explain: arguments.explain,
        copy_places: true,
    };
    let started = Instant::now();
    // Side by side: neither needs the other, and each waits for all shards.
    let (results, exact) = std::thread::scope(|scope| {
        let counting = scope.spawn(|| cluster.count(&query, &options.filter));
        let results = cluster.search(&query, &options);
        let exact = counting.join();
        (
            results,
            exact.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    let (results, exact) = (results?, exact?);
    let took_ms = started.elapsed().as_secs_f64() * 1e3;
    print_json(&SearchAnswer::new(&query, took_ms, exact, &results))?;
    Ok(results.total.passages > 0)
}

pub(super) fn count(arguments: &arguments::Count, cluster: &Cluster) -> Result<bool> {
    let query = arguments.query.join(" ");
    let count = cluster.count(&query, &arguments.filters.filter())?;
    print_json(&CountAnswer {
        query: &query,
        count,
    })?;
    Ok(count.passages > 0)
}

fn keywords(arguments: &arguments::Report) -> Result<Keywords> {
    let Some(path) = &arguments.keywords else {
        return Ok(from_words(&arguments.words)?);
    };
    let list = read(path, &ReadOptions::default())?;
    match arguments.words.is_empty() {
        true => Ok(list),
        false => Ok(list.and(from_words(&arguments.words)?)?),
    }
}

pub(super) fn report(arguments: &arguments::Report, cluster: &Cluster) -> Result<bool> {
    let options = TallyOptions {
        filter: arguments.filters.filter(),
        excerpts: arguments.excerpts,
        ..TallyOptions::default()
    };
    let tally = cluster.tally(&keywords(arguments)?, &options)?;
    print_json(&ReportAnswer::new(&tally))?;
    Ok(tally.entries.iter().any(|entry| entry.passages > 0))
}

pub(super) fn trend(arguments: &arguments::Trend, cluster: &Cluster) -> Result<bool> {
    let options = TallyOptions {
        filter: arguments.filters.filter(),
        negation: Negated::Ignored,
        ..TallyOptions::default()
    };
    let tally = cluster.tally(&from_words(&arguments.words)?, &options)?;
    let by = match arguments.by {
        arguments::Period::Year => trend::By::Year,
        arguments::Period::Month => trend::By::Month,
        arguments::Period::Decade => trend::By::Decade,
    };
    print_json(&trend::trend(&tally, by))?;
    Ok(tally.entries.iter().any(|entry| entry.occurrences > 0))
}

pub(super) fn concordance(arguments: &arguments::Concordance, cluster: &Cluster) -> Result<bool> {
    let options = ConcordanceOptions {
        filter: arguments.filters.filter(),
        window: arguments.window,
        sort: match arguments.sort {
            arguments::LineSort::Path => LineOrder::Path,
            arguments::LineSort::Date => LineOrder::Date,
            arguments::LineSort::Left => LineOrder::Left,
            arguments::LineSort::Right => LineOrder::Right,
            arguments::LineSort::Hit => LineOrder::Hit,
        },
        sample: arguments.sample,
        seed: arguments.seed,
        group: arguments.group,
        most: arguments.limit,
        threads: NonZeroUsize::MIN,
    };
    let rows = cluster.concordance(&arguments.query.join(" "), &options)?;
    print_json(&rows)?;
    Ok(rows.occurrences > 0)
}

pub(super) fn status(arguments: &arguments::Status, cluster: &Cluster) -> Result<bool> {
    let set = cluster.set();
    if arguments.check {
        // The cheapest question that opens a shard.
        cluster.count("一", &Filter::default())?;
    }
    let list = &set.list;
    print_json(&json!({
        "place": set.place,
        "format": list.format,
        "fingerprint": list.fingerprint,
        "documents": list.documents,
        "passages": list.passages,
        "checked": arguments.check,
        "shards": list.shards,
    }))?;
    Ok(true)
}
