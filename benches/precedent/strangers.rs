//! Sentences about things that no report holds, put together of words of our own.

/// 200 different sentences.
pub(crate) fn sentences() -> Vec<String> {
    const WHO: [&str; 10] = [
        "木星第九轨道站的园丁",
        "会说话的青铜茶壶",
        "雾谷图书馆的夜班猫",
        "海底邮局的老章鱼",
        "纸月亮剧团的鼓手",
        "云端面馆的学徒",
        "沙丘灯塔的守钟人",
        "爱收集影子的裁缝",
        "失眠的雪人合唱队",
        "倒着走路的钟表匠",
    ];
    const WHEN: [&str; 4] = [
        "每逢流星雨落在屋檐",
        "趁蘑菇还没有睡醒",
        "当第七个潮汐退回抽屉",
        "在橘子味的黄昏里",
    ];
    const WHAT: [&str; 5] = [
        "用蒲公英的绒毛给彗星织一条围巾",
        "把三只打喷嚏的恐龙藏进琴盒",
        "朝着月牙弹起走调的冬不拉",
        "同玻璃瓶里的龙卷风下一盘跳棋",
        "往星星的口袋里塞满炒栗子",
    ];
    const THEN: [&str; 3] = [
        "然后笑着数自己的睫毛",
        "直到露珠唱完摇篮曲",
        "却忘了给蜗牛喂晚餐",
    ];
    let mut out = Vec::new();
    for (i, who) in WHO.iter().enumerate() {
        for (j, what) in WHAT.iter().enumerate() {
            for (k, when) in WHEN.iter().enumerate() {
                out.push(format!(
                    "{when}，{who}{what}，{}。",
                    THEN[(i + j + k) % THEN.len()]
                ));
            }
        }
    }
    out
}
