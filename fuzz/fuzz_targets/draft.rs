//! Any text as a draft whose sentences and citations are looked up, and its first line as a wording that is traced.
#![no_main]

use std::num::NonZeroUsize;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::precedent::{CheckOptions, LineageOptions, check, lineage};
use xunzhang::search::{Filter, Searcher};
use xunzhang::source::typed_draft;

/// Reports and laws that the seeds cite.
const FILES: [(&str, &str); 4] = [
    (
        "办法.txt",
        "青柳县水渠管理办法\n第一条 为了管好水渠，制定本办法。\n第二条 每亩收费不低于12元。\n（一）清淤；\n（二）护坡。\n第三条 本办法自2009年1月1日起施行。\n2008年12月1日\n",
    ),
    (
        "修正.txt",
        "关于修改《青柳县水渠管理办法》的决定\n一、第二条修改为：“每亩收费不低于15元。”\n2015年3月1日\n",
    ),
    (
        "2016.txt",
        "2016年青柳县政府工作报告\n全县修水渠38公里，增长7.4%，坚持建管并重。\n2016年2月1日\n",
    ),
    (
        "2017.txt",
        "2017年青柳县政府工作报告\n全县修水渠四十公里，坚持建管两手抓。青政发〔2016〕21号已经印发。\n2017年2月1日\n",
    ),
];

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("xunzhang-fuzz-{}", std::process::id()));
    let (reports, dir) = (folder.join("reports"), folder.join("index"));
    std::fs::create_dir_all(&reports).expect("a folder");
    for (name, text) in FILES {
        std::fs::write(reports.join(name), text).expect("a file");
    }
    update(&dir, &[reports], &UpdateOptions::default(), &|_| {}).expect("an index");
    Index::open(&dir).expect("the index")
});

fuzz_target!(|text: &str| {
    let searcher = Searcher::new(&INDEX);
    let (title, passages) = typed_draft(text);
    let options = CheckOptions {
        variants: 3,
        sources: 3,
        documents: 3,
        min_similarity: 0.5,
        excluded: Vec::new(),
        filter: Filter::default(),
        threads: NonZeroUsize::MIN,
    };
    if let Ok(found) = check(&searcher, &title, &passages, &options) {
        for citation in found.citations {
            let of = |passage: &&xunzhang::document::Passage| passage.line == citation.passage.line;
            let length = passages
                .iter()
                .find(of)
                .map(|passage| passage.text.chars().count());
            let (start, end) = citation.place_in_draft;
            assert!(start < end && length.is_none_or(|length| end <= length));
        }
    }
    let wording = text.lines().next().unwrap_or_default();
    let _ = lineage(&searcher, wording, &LineageOptions::default());
});
