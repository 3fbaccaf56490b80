//! Boxes of pages (GB/T 33190, `PhysicalBox`).

/// Width and height of a box: `0 0 210 297`.
pub(super) fn size(text: &str) -> Option<(f64, f64)> {
    // Only the size of the box matters, not its position.
    let mut numbers = text.split_whitespace().skip(2);
    let width: f64 = numbers.next()?.parse().ok()?;
    let height: f64 = numbers.next()?.parse().ok()?;
    (width > 1.0 && height > 1.0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_width_and_height_after_its_place() {
        assert_eq!(size("0 0 210 297"), Some((210.0, 297.0)));
        assert_eq!(size(" 5\t5 21.5 29.7 "), Some((21.5, 29.7)));
        for text in [
            "",
            "0 0 210",
            "0 0 a b",
            "0 0 0 297",
            "0 0 210 -1",
            "0 0 NaN 297",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
