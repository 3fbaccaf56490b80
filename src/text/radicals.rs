//! Radicals used in place of characters: a font draws ⼯ and 工 with one glyph, and some programs encode it as
//! the radical.

/// Whether `ch` is in a block of radicals.
pub fn is_radical(ch: char) -> bool {
    matches!(ch, '\u{2e80}'..='\u{2fd5}')
}

/// The character that `ch` represents.
pub fn unified(ch: char) -> char {
    match ch {
        // Kangxi radicals have compatibility decompositions to their characters.
        '\u{2f00}'..='\u{2fd5}' => {
            let mut unified = ch;
            unicode_normalization::char::decompose_compatible(ch, |plain| unified = plain);
            unified
        }
        '\u{2e80}'..='\u{2ef3}' => {
            // The supplement block has no decompositions, except two; hence the table.
            let found = SUPPLEMENT.iter().find(|(radical, _)| *radical == ch);
            found.map_or(ch, |(_, unified)| *unified)
        }
        _ => ch,
    }
}

/// From the Unicode Character Database, EquivalentUnifiedIdeograph.txt: those whose ideograph is a character
/// in its own right.
const SUPPLEMENT: [(char, char); 57] = [
    ('⺁', '厂'),
    ('⺄', '乙'),
    ('⺅', '亻'),
    ('⺈', '刀'),
    ('⺋', '卩'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺖', '忄'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺦', '丬'),
    ('⺨', '犭'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺱', '罓'),
    ('⺻', '聿'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        let text: String = "⼯业⻚⻔车⻥龙⻰".chars().map(unified).collect();
        assert_eq!(text, "工业页门车鱼龙龙");
    }

    #[test]
    fn a_character_is_unified_once() {
        for ch in '\u{2e00}'..='\u{3000}' {
            let once = unified(ch);
            assert_eq!(unified(once), once, "{ch}");
            assert!(once == ch || is_radical(ch) && !is_radical(once), "{ch}");
        }
        // Every Kangxi radical has a character.
        assert!(('\u{2f00}'..='\u{2fd5}').all(|ch| unified(ch) != ch));
    }

    #[test]
    fn the_table_is_ordered_and_has_each_radical_once() {
        assert!(SUPPLEMENT.windows(2).all(|two| two[0].0 < two[1].0));
    }
}
