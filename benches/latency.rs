//! How long queries take on a warm index, one thread: `cargo bench --bench latency -- INDEX [words] [sentences] [phrases]`.
//!
//! Prints the median and the 99th percentile in milliseconds of ranked queries of two to four words, of sentences
//! of about 100 characters, and of exact phrases. Words and wordings are our own.

use std::path::PathBuf;
use std::time::Instant;

use xunzhang::index::Index;
use xunzhang::query::parse;
use xunzhang::search::{SearchOptions, Searcher};

/// What official prose speaks of; pairs and triples of these are the queries.
const SUBJECTS: [&str; 24] = [
    "失地农民",
    "招商引资",
    "安置补偿",
    "食品安全",
    "劳动合同",
    "环境保护",
    "义务教育",
    "医疗保险",
    "行政处罚",
    "土地承包",
    "森林防火",
    "水资源",
    "城乡规划",
    "消费者",
    "知识产权",
    "公共卫生",
    "安全生产",
    "社会救助",
    "养老服务",
    "科技创新",
    "对外贸易",
    "税收优惠",
    "信访",
    "档案",
];
const ASPECTS: [&str; 16] = [
    "管理办法",
    "责任",
    "监督检查",
    "审批程序",
    "资金使用",
    "申请条件",
    "法律责任",
    "组织领导",
    "标准",
    "期限",
    "赔偿",
    "登记",
    "公开",
    "培训",
    "考核",
    "许可",
];
/// Ends of sentences; each is appended to a subject until the query is long enough.
const TURNS: [&str; 8] = [
    "的有关部门要切实加强领导明确责任",
    "应当按照规定的程序报请上级机关批准",
    "工作取得了明显成效但也存在一些问题",
    "所需的经费由同级财政列入年度预算",
    "必须坚持从实际出发因地制宜分类指导",
    "不得以任何理由拖延或者拒绝办理手续",
    "是当前和今后一个时期的一项重要任务",
    "造成严重后果的依法追究有关人员责任",
];
const PHRASES: [&str; 20] = [
    "依法追究刑事责任",
    "应当自收到申请之日起",
    "县级以上人民政府",
    "有关部门",
    "社会主义市场经济",
    "责令限期改正",
    "由公安机关",
    "没有违法所得的",
    "因地制宜",
    "加强组织领导",
    "招商引资",
    "失地农民",
    "以",
    "安全",
    "国务院",
    "不得超过三十日",
    "的",
    "会计师事务所",
    "自公布之日起施行",
    "水土保持方案",
];

fn main() -> xunzhang::Result<()> {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let Some(dir) = arguments.next().map(PathBuf::from) else {
        // Without an index there is nothing to measure: `cargo test --benches` ends here.
        return Ok(());
    };
    let index = Index::open(&dir)?;
    let searcher = Searcher::new(&index);
    println!(
        "{:<24} {:>7} {:>8} {:>8} {:>8}",
        "", "queries", "p50 ms", "p99 ms", "max ms"
    );
    let asked: Vec<String> = arguments.collect();
    let sets = [
        ("words", "two to four words", words()),
        ("sentences", "100 characters", sentences()),
        ("phrases", "exact phrases", phrases()),
    ];
    for (name, title, queries) in sets {
        if asked.is_empty() || asked.iter().any(|asked| asked == name) {
            run(&searcher, title, &queries)?;
        }
    }
    Ok(())
}

fn words() -> Vec<String> {
    let mut out = Vec::new();
    for (i, subject) in SUBJECTS.iter().enumerate() {
        for (j, aspect) in ASPECTS.iter().enumerate() {
            let third = SUBJECTS[(i + 5 * j + 1) % SUBJECTS.len()];
            let fourth = ASPECTS[(i + j + 3) % ASPECTS.len()];
            out.push(match (i + j) % 3 {
                0 => format!("{subject} {aspect}"),
                1 => format!("{subject} {aspect} {third}"),
                _ => format!("{subject} {third} {aspect} {fourth}"),
            });
        }
    }
    out
}

fn sentences() -> Vec<String> {
    let sentence = |i: usize| {
        let mut text = String::new();
        for j in 0.. {
            if text.chars().count() >= 100 {
                break;
            }
            text += SUBJECTS[(i + 7 * j) % SUBJECTS.len()];
            text += TURNS[(i + 3 * j) % TURNS.len()];
            text += "，";
        }
        text
    };
    (0..100).map(sentence).collect()
}

fn phrases() -> Vec<String> {
    PHRASES
        .iter()
        .chain(&SUBJECTS)
        .chain(&ASPECTS)
        .map(|phrase| format!("\"{phrase}\""))
        .collect()
}

/// Runs each query once to warm up and once to measure.
fn run(searcher: &Searcher<'_>, name: &str, queries: &[String]) -> xunzhang::Result<()> {
    let options = SearchOptions::default();
    let mut times = Vec::with_capacity(queries.len());
    let verbose = std::env::var_os("VERBOSE").is_some();
    for query in queries {
        let node = parse(query)?;
        searcher.search(&node, &options)?;
        let started = Instant::now();
        let found = searcher.search(&node, &options)?;
        let ms = started.elapsed().as_secs_f64() * 1e3;
        if verbose {
            println!("{ms:>8.2} {:>7} {query}", found.total.passages);
        }
        times.push(ms);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    println!(
        "{name:<24} {:>7} {:>8.2} {:>8.2} {:>8.2}",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    Ok(())
}
