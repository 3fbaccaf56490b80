//! Units that measure the same.

/// Units with the kind of quantity and how many of its base each is.
const SAME_KIND: [(&str, &str, f64); 14] = [
    ("斤", "公斤", 0.5),
    ("公斤", "公斤", 1.0),
    ("吨", "公斤", 1000.0),
    ("平方米", "平方米", 1.0),
    ("亩", "平方米", 10_000.0 / 15.0),
    ("公顷", "平方米", 10_000.0),
    ("平方公里", "平方米", 1e6),
    ("米", "米", 1.0),
    ("里", "米", 500.0),
    ("公里", "米", 1000.0),
    ("千米", "米", 1000.0),
    ("人民币", "元", 1.0),
    ("个百分点", "百分点", 1.0),
    ("名", "人", 1.0),
];
/// Units of which none is printed often: 贫困人口减少1000万.
const COUNTS: [&str; 8] = ["人", "户", "个", "家", "套", "项", "件", "所"];

/// How many of the second unit one of the first is; `None` if they measure different things.
pub(super) fn factor(from: &str, to: &str) -> Option<f64> {
    let [(from, n_from), (to, n_to)] = [from, to].map(based);
    let is_count = |unit| COUNTS.contains(&unit);
    let is_same =
        from == to || (from.is_empty() && is_count(to)) || (to.is_empty() && is_count(from));
    is_same.then_some(n_from / n_to)
}

fn based(unit: &str) -> (&str, f64) {
    let known = SAME_KIND.iter().find(|(name, ..)| *name == unit);
    known.map_or((unit, 1.0), |&(_, base, n)| (base, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_quantity_are_converted() {
        for (from, to, expected) in [
            ("吨", "斤", Some(2000.0)),
            ("公顷", "亩", Some(15.0)),
            ("公里", "里", Some(2.0)),
            ("人", "人", Some(1.0)),
            ("", "人", Some(1.0)),
            ("户", "", Some(1.0)),
            ("%", "个百分点", None),
            ("元", "美元", None),
            ("", "元", None),
            ("人次", "人", None),
        ] {
            let found = factor(from, to);
            let is_equal = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9 * expected,
                (found, expected) => found == expected,
            };
            assert!(is_equal, "{from} {to} {found:?}");
        }
    }
}
