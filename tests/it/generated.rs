//! A collection made by program, of few words, so that everything meets everything. The tests of `cluster/` use it too.

use std::fmt::Write;
use std::path::Path;

/// The next number of a fixed row of numbers (Knuth's MMIX generator).
pub(crate) fn next(seed: &mut u64, n: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % n
}

/// All words of it; the first ones are the frequent ones.
pub(crate) const WORDS: [&str; 24] = [
    "水渠", "修建", "资金", "管理", "办法", "道路", "检查", "村民", "灌溉", "站", "汛期", "安全",
    "责任", "拨付", "不断", "没有", "5G", "2010年", "农民", "安置", "用于", "的", "和", "泵房",
];

/// Writes `n` documents into three folders of `corpus`: titles, issuers, headings, dates, copies and near-copies.
pub(crate) fn generate(corpus: &Path, n: usize, mut seed: u64) {
    let kinds = ["工作总结", "通知", "实施方案", "办法"];
    let mut pool: Vec<String> = Vec::new();
    for file in 0..n {
        let folder = corpus.join(["青禾镇", "白苇县", "河务局/二科"][file % 3]);
        std::fs::create_dir_all(&folder).expect("a folder");
        let kind = kinds[next(&mut seed, kinds.len())];
        let year = 2003 + next(&mut seed, 9);
        let issuer = ["青禾镇", "白苇县", "河务局"][file % 3];
        let mut text = format!("{issuer}人民政府\n{issuer}{year}年水利{kind}\n");
        for (ord, heading) in ["一、基本情况", "二、存在的问题", "三、下一步打算"]
            .iter()
            .enumerate()
        {
            let _ = writeln!(text, "{heading}");
            if ord == 1 {
                let _ = writeln!(text, "（一）{}{}", WORDS[next(&mut seed, 24)], WORDS[0]);
            }
            for _ in 0..4 + next(&mut seed, 9) {
                let mut line = String::new();
                for _ in 0..3 + next(&mut seed, 22) {
                    // The first words are the frequent ones.
                    line.push_str(WORDS[next(&mut seed, 24).min(next(&mut seed, 24))]);
                    line.push_str(["", "", "", "，", "。", "、"][next(&mut seed, 6)]);
                }
                line.push('。');
                if !pool.is_empty() && next(&mut seed, 5) == 0 {
                    line.clone_from(&pool[next(&mut seed, pool.len())]);
                    if next(&mut seed, 2) == 0 {
                        line.insert_str(0, "今年");
                    }
                }
                let _ = writeln!(text, "{line}");
                pool.push(line);
            }
        }
        if file % 4 > 0 {
            let _ = writeln!(text, "{year}年{}月{}日", 1 + file % 12, 1 + file % 28);
        }
        std::fs::write(folder.join(format!("{file:03}.txt")), text).expect("a file");
    }
}
