//! Right answers, written by hand.

use super::commitment::{Bound, Change, Commitment, CommitmentStatus, Period, Reason};
use super::run::commitments;
use crate::precedent::test_index::with_documents;

const OLD: &str = "青柳县2010年政府工作报告\n时间:2010-01-15 10:00:00\n一、2009年工作回顾\n\
    去年全县生产总值增长9%，新修水渠12条。\n二、2010年工作任务\n\
    今年的主要预期目标是：全县生产总值增长8%左右；城镇新增就业1200人以上，城镇登记失业率控制在4.5%以内；\
    居民消费价格涨幅控制在3%以内。今年新修水渠20条，衬砌农村渠道35公里。发放小额贷款2亿元左右。改造农村危房三百户。\
    种植速生杨3000亩。五年内造林10万亩。\n";
const NEW: &str = "青柳县2011年政府工作报告\n时间:2011-01-20 10:00:00\n一、2010年工作回顾\n\
    去年全县生产总值增长7.6%；城镇新增就业1350人；居民消费价格上涨4.1%。新修水渠21条，衬砌农村渠道任务全面完成。\
    发放小额贷款3亿元。改造农村危房近三百户。\n二、2011年工作任务\n今年种植速生杨5000亩。\n";

fn found(old: &str, new: &str) -> Vec<Commitment> {
    with_documents(&[("old.txt", old), ("new.txt", new)], |searcher| {
        let whole = |id| searcher.whole(id).expect("a document");
        commitments(&whole("old.txt"), &whole("new.txt"))
    })
}

/// Status, reason, figure of the target, figure of the outcome.
fn said(found: &[Commitment]) -> Vec<(CommitmentStatus, Option<Reason>, &str, Option<&str>)> {
    let found = found.iter();
    found
        .map(|one| {
            let outcome = one.outcome.as_ref().map(|outcome| &*outcome.figure);
            (one.status, one.reason, &*one.target.figure, outcome)
        })
        .collect()
}

#[test]
fn each_target_is_met_missed_not_mentioned_or_undecided() {
    use CommitmentStatus::{Met, Missed, NotMentioned, Undecided};
    let found = found(OLD, NEW);
    assert_eq!(
        said(&found),
        [
            (Met, None, "8%左右", Some("7.6%")),
            (Met, None, "1200人以上", Some("1350人")),
            (NotMentioned, None, "4.5%以内", None),
            (Missed, None, "3%以内", Some("4.1%")),
            (Met, None, "20条", Some("21条")),
            (Undecided, Some(Reason::InWords), "35公里", Some("")),
            (
                Undecided,
                Some(Reason::OnlyAbout),
                "2亿元左右",
                Some("3亿元")
            ),
            (
                Undecided,
                Some(Reason::OutcomeRounded),
                "三百户",
                Some("近三百户")
            ),
            (NotMentioned, None, "3000亩", None),
            (Undecided, Some(Reason::LongerPeriod), "10万亩", None),
        ]
    );
    let jobs = &found[1].target;
    assert_eq!(
        (jobs.place.as_str(), jobs.measure.as_str()),
        ("old.txt:6", "城镇新增就业")
    );
    let cut: String = jobs
        .text
        .chars()
        .skip(jobs.span.start)
        .take(jobs.span.len())
        .collect();
    assert_eq!(cut, jobs.figure);
    assert_eq!(
        (jobs.value, jobs.to, jobs.unit.as_str()),
        (Some(1200.0), None, "人")
    );
    assert_eq!(
        (jobs.bound, jobs.change, jobs.period),
        (Bound::AtLeast, Change::Amount, Period::Year)
    );
    let outcome = found[3].outcome.as_ref().expect("an outcome");
    assert_eq!(
        (outcome.place.as_str(), outcome.change),
        ("new.txt:4", Change::Up)
    );
}

#[test]
fn only_a_later_report_has_outcomes() {
    assert_eq!(found(NEW, OLD), []);
    assert_eq!(found(OLD, OLD), []);
}

#[test]
fn a_report_of_another_year_decides_nothing() {
    let later = NEW.replace("2011", "2014").replace("2010", "2013");
    let found = found(OLD, &later);
    let decided = found
        .iter()
        .filter(|one| one.status != CommitmentStatus::Undecided);
    assert_eq!(decided.count(), 0, "{found:?}");
    assert!(found.iter().any(|one| one.outcome.is_some()));
}

#[test]
fn a_target_that_the_review_says_was_not_reached_is_missed() {
    let old = "青柳县2010年政府工作报告\n时间:2010-01-15 10:00:00\n一、2010年工作任务\n今年单位产值能耗降低4%左右。\n";
    let new = "青柳县2011年政府工作报告\n时间:2011-01-15 10:00:00\n一、2010年工作回顾\n\
        全县没有实现年初确定的单位产值能耗降低4%左右的目标。\n";
    assert_eq!(
        said(&found(old, new)),
        [(CommitmentStatus::Missed, None, "4%左右", Some("4%左右"))]
    );
    let new = new.replace("没有实现", "超额实现");
    assert!(
        found(old, &new).iter().all(
            |one| one.status != CommitmentStatus::Met && one.status != CommitmentStatus::Missed
        )
    );
}
