//! Words that are no content words: articles of grammar that every text has.

/// Words that say little by themselves: they are left out of lists, and no longer expression begins or ends with one.
/// Normalized.
pub const STOP_WORDS: [&str; 121] = [
    "的", "了", "和", "与", "及", "或", "在", "是", "为", "以", "对", "对于", "于", "从", "由",
    "向", "把", "被", "将", "等", "并", "而", "且", "但", "也", "都", "就", "还", "又", "再", "则",
    "其", "之", "所", "者", "这", "那", "此", "该", "各", "每", "某", "本", "我", "你", "他", "她",
    "它", "我们", "你们", "他们", "它们", "自己", "上", "下", "中", "内", "外", "前", "后", "里",
    "间", "时", "地", "得", "着", "过", "来", "去", "到", "至", "有", "无", "不", "没", "没有",
    "要", "会", "能", "可", "可以", "应", "应当", "应该", "必须", "如", "如果", "若", "因", "因为",
    "由于", "因此", "所以", "但是", "以及", "及其", "其中", "其他", "其它", "通过", "根据", "按照",
    "依照", "按", "依", "据", "关于", "有关", "一", "二", "三", "个", "年", "月", "日", "第", "项",
    "条", "款", "一个", "这些",
];

/// Whether a word is on the list of stop words.
pub(super) fn is_stop(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}
