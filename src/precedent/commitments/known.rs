//! Words that say how a figure is meant.

/// Words of time and intent around a measure, which do not belong to it.
pub(super) const LIGHT: [&str; 73] = [
    "中央提出",
    "其中",
    "定在",
    "把",
    "但",
    "使",
    "年均",
    "主要预期目标",
    "预期目标",
    "增长目标",
    "任务目标",
    "预期",
    "预计",
    "目标",
    "指标",
    "今年",
    "明年",
    "去年",
    "全年",
    "年内",
    "上年",
    "本年",
    "年末",
    "年底",
    "当年",
    "同比",
    "力争",
    "争取",
    "确保",
    "努力",
    "务必",
    "继续",
    "进一步",
    "大力",
    "累计",
    "总计",
    "总共",
    "平均",
    "分别",
    "实际",
    "实现",
    "完成",
    "达到",
    "突破",
    "超过",
    "不低于",
    "不少于",
    "不超过",
    "不高于",
    "控制在",
    "稳定在",
    "保持在",
    "稳定",
    "保持",
    "拟",
    "安排",
    "投入",
    "解决",
    "建设",
    "得到",
    "各类",
    "全国",
    "左右",
    "以上",
    "以内",
    "以下",
    "约",
    "近",
    "将",
    "要",
    "再",
    "共",
    "已",
];
/// Words of a rise and of a fall, the longer first where one begins another.
pub(super) const UP: [&str; 13] = [
    "增长", "提高", "增加", "上涨", "上升", "扩大", "提升", "增产", "上调", "涨幅", "增速", "增幅",
    "升幅",
];
pub(super) const DOWN: [&str; 12] = [
    "下降", "降低", "减少", "压减", "压缩", "缩减", "下调", "回落", "收窄", "削减", "减排", "降幅",
];
/// Those that name the change itself: what 控制在 follows is still a change.
pub(super) const NAMED: [&str; 5] = ["涨幅", "增速", "增幅", "升幅", "降幅"];
/// Words after a change that make an amount of it: 提高到.
pub(super) const TO: [&str; 4] = ["到", "至", "为", "成"];
/// Words with one of those that say no change.
pub(super) const NO_CHANGE: [&str; 4] = ["增加值", "增长点", "减少值", "增长极"];

/// Words just before and just after a figure by its bound.
pub(super) const LEAST_BEFORE: [&str; 12] = [
    "不低于",
    "不少于",
    "不小于",
    "至少",
    "超过",
    "突破",
    "高于",
    "大于",
    "多于",
    "超",
    "逾",
    "达到或超过",
];
pub(super) const MOST_BEFORE: [&str; 9] = [
    "不超过",
    "不高于",
    "不大于",
    "不突破",
    "低于",
    "小于",
    "少于",
    "最多",
    "至多",
];
pub(super) const ABOUT_BEFORE: [&str; 7] = ["大约", "大概", "大体", "接近", "将近", "约", "近"];
pub(super) const LEAST_AFTER: [&str; 3] = ["以上", "多", "余"];
pub(super) const MOST_AFTER: [&str; 3] = ["以内", "以下", "之内"];
pub(super) const ABOUT_AFTER: [&str; 2] = ["左右", "上下"];

/// Measures of which less is better, or which are held down.
pub(super) const HELD: [&str; 8] = [
    "失业率",
    "控制",
    "死亡",
    "事故",
    "赤字率",
    "负债率",
    "发生率",
    "排放",
];
/// Of which more is not better, and less neither.
pub(super) const NEUTRAL: [&str; 9] = [
    "赤字",
    "国债",
    "债券",
    "发债",
    "地方债",
    "货币",
    "贷款",
    "融资规模",
    "国债资金",
];
/// Prices: a rise above the target is worse, one below it is not said to be better.
pub(super) const PRICES: [&str; 3] = ["价格", "物价", "消费价"];
/// Words of what is done: more of it is better.
pub(super) const DONE: [&str; 44] = [
    "新修", "修建", "整治", "清理", "栽种", "新增", "新建", "改造", "改建", "完成", "建设", "建成",
    "解决", "淘汰", "退出", "关停", "取消", "减税", "减轻", "安置", "落户", "扩大", "达到", "培训",
    "资助", "投入", "安排", "造林", "开工", "治理", "转移", "下放", "实现", "推广", "启动", "就业",
    "搬迁", "脱贫", "扩招", "投资", "产量", "覆盖", "改厕", "降费",
];

/// Words whose presence on one side alone makes another measure.
pub(super) const DISTINCT: [&str; 19] = [
    "中央",
    "地方",
    "农村",
    "人均国内",
    "单位",
    "登记",
    "调查",
    "比重",
    "占",
    "民间",
    "出口",
    "进口",
    "专项",
    "新型",
    "贫困",
    "高速",
    "利用外",
    "对外",
    "强度",
];
/// Two words of which each side has another one are of different measures.
pub(super) const OPPOSED: [(&str, &str); 3] =
    [("开工", "建成"), ("收入", "支出"), ("进口", "出口")];
/// Names of one measure.
pub(super) const NAMES: [(&str, &str); 21] = [
    ("基本医疗保险", "基本医保"),
    ("医疗保险", "医保"),
    ("新型农村合作医疗", "新农合"),
    ("保障性住房", "保障性安居工程"),
    ("保障房", "保障性安居工程"),
    ("GDP", "国内生产总值"),
    ("gdp", "国内生产总值"),
    ("地区生产总值", "国内生产总值"),
    ("CPI", "居民消费价格"),
    ("居民消费价格总水平", "居民消费价格"),
    ("居民消费价格指数", "居民消费价格"),
    ("能源消耗强度", "单位国内生产总值能耗"),
    ("能耗强度", "单位国内生产总值能耗"),
    ("能源消耗", "能耗"),
    ("经济增长率", "国内生产总值增长"),
    ("国民经济增长", "国内生产总值增长"),
    ("经济增长", "国内生产总值增长"),
    ("货物进出口", "进出口"),
    ("对外贸易总额", "进出口总额"),
    ("进出口贸易总额", "进出口总额"),
    ("饮水安全", "安全饮水"),
];
/// Words that say who acts and how, not on what: a clause of them alone is of what follows the figure, or of the clause before.
pub(super) const GENERIC: [&str; 25] = [
    "补助资金",
    "专项资金",
    "预算",
    "淘汰",
    "关停",
    "再",
    "中央财政",
    "各级财政",
    "财政",
    "国家",
    "中央政府",
    "用于",
    "新开工",
    "开工",
    "基本建成",
    "建成",
    "启动",
    "覆盖",
    "拿出",
    "新",
    "受益",
    "惠及",
    "为此",
    "今",
    "试点范围",
];
/// Words of a review that say a target again, and that it was not reached.
pub(super) const RESTATED: [&str; 5] = ["目标", "年初确定", "年初提出", "预期", "约束性指标"];
pub(super) const NOT_REACHED: [&str; 8] = [
    "没有实现",
    "未能实现",
    "未实现",
    "没有完成",
    "未完成",
    "未能完成",
    "没有达到",
    "未达到",
];
/// Words of what is done and of how much there is, without which a review may name a measure.
pub(super) const ACTIONS: [&str; 24] = [
    "中央财政",
    "地方财政",
    "新增",
    "完成",
    "退出",
    "淘汰",
    "关停",
    "取消",
    "启动",
    "实施",
    "推进",
    "开工",
    "新建",
    "改建",
    "大规模",
    "面积",
    "规模",
    "数量",
    "人数",
    "总额",
    "能力",
    "任务",
    "工程",
    "落后",
];
/// Words of what is done that a clause without its own measure replaces: 建成470万套、新开工630万套.
pub(super) const REPLACED: [&str; 10] = [
    "新开工",
    "开工",
    "基本建成",
    "建成",
    "新增",
    "完成",
    "淘汰",
    "关停",
    "新建",
    "改建",
];
