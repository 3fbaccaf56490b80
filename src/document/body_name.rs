//! Names of offices, companies and other bodies.

use crate::text::normalize::normalize;

/// Maximum length of a body's name, or of several in sequence, in characters.
pub(super) const MAX_NAME: usize = 60;

/// Whether `text` is just the name of an office, a company or another body; several may be listed.
pub fn is_body_name(text: &str) -> bool {
    let text = text.trim();
    let is_plain = |ch: char| {
        ch.is_alphanumeric()
            || ch.is_whitespace()
            || matches!(ch, '、' | '（' | '）' | '(' | ')' | '·')
    };
    let n_chars = text.chars().take(MAX_NAME + 1).count();
    // In bytes: a cheap bound before the characters are looked at.
    (4..=180).contains(&text.len())
        && n_chars <= MAX_NAME
        && text.chars().all(is_plain)
        && !text.starts_with(|ch: char| ch.is_ascii_digit())
        && {
            let text = normalize(text);
            let name = text.trim_end_matches(')');
            ENDINGS.iter().any(|ending| name.ends_with(ending)) && !is_phrase(name)
        }
}

/// Whether the words are a phrase that only ends like a name: names contain no verbs and particles.
fn is_phrase(name: &str) -> bool {
    const PARTICLES: [&str; 17] = [
        "的",
        "了",
        "是",
        "把",
        "被",
        "进一步",
        "关于",
        "加强",
        "推进",
        "做好",
        "开展",
        "按照",
        "要求",
        "打造",
        "所作",
        "成为",
        "各级",
    ];
    const OPENINGS: [&str; 5] = ["各", "其", "该", "由", "在"];
    PARTICLES.iter().any(|word| name.contains(word))
        || OPENINGS.iter().any(|word| name.starts_with(word))
}

/// Endings of the names of bodies, normalized.
const ENDINGS: [&str; 56] = [
    "公所",
    "政府办",
    "政府",
    "人大",
    "政协",
    "国务院",
    "中共中央",
    "法院",
    "检察院",
    "办公厅",
    "办公室",
    "委员会",
    "常委会",
    "党委",
    "党组",
    "党工委",
    "县委",
    "市委",
    "省委",
    "区委",
    "工委",
    "管委会",
    "改革委",
    "卫健委",
    "指挥部",
    "总工会",
    "联合会",
    "协会",
    "学会",
    "商会",
    "公司",
    "集团",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "医院",
    "银行",
    "中心",
    "支部",
    "街道办事处",
    "总队",
    "支队",
    "大队",
    "部",
    "厅",
    "局",
    "署",
    "司",
    "处",
    "科",
    "组",
    "研究院",
    "办事处",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_not_names() {
        for text in ["进一步发挥作用的部", "各有关处", "推进乡镇卫生院建设工作组"]
        {
            assert!(!is_body_name(text), "{text}");
        }
        for text in [
            "本溪市人民政府",
            "从化区人民政府",
            "对外贸易经济合作局",
            "无为市教育局",
        ] {
            assert!(is_body_name(text), "{text}");
        }
        assert!(is_body_name("国家发展改革委办公厅") && is_body_name("某街道办事处"));
    }
}
