//! Boxes of pages (GB/T 33190, `PhysicalBox`).

/// Width and height of a box: `0 0 210 297`.
pub(super) fn size(text: &str) -> Option<(f64, f64)> {
    // Only the size of the box matters, not its position.
    let mut numbers = text.split_whitespace().skip(2);
    let width: f64 = numbers.next()?.parse().ok()?;
    let height: f64 = numbers.next()?.parse().ok()?;
    (width > 1.0 && height > 1.0).then_some((width, height))
}
