//! Which links keep the order of both reports.

use super::matching::Link;

/// For each link, in order of the newer report, whether it keeps the order: those that do not are the fewest, by weight.
///
/// The heaviest increasing subsequence of the older ordinals; of several the one that ends first.
pub(super) fn in_order(links: &[(Link, u64)]) -> Vec<bool> {
    // The best weight of a subsequence that ends in each link, and the link before it.
    let mut best: Vec<(u64, Option<usize>)> = Vec::with_capacity(links.len());
    for (ord, (link, weight)) in links.iter().enumerate() {
        let mut before = (0, None);
        for (earlier, (other, _)) in links[..ord].iter().enumerate() {
            if other.old < link.old && best[earlier].0 > before.0 {
                before = (best[earlier].0, Some(earlier));
            }
        }
        best.push((before.0 + weight, before.1));
    }
    let mut out = vec![false; links.len()];
    let mut at = (0..links.len()).rev().max_by_key(|&ord| best[ord].0);
    while let Some(ord) = at {
        out[ord] = true;
        at = best[ord].1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lightest_links_are_moved() {
        let links = |weight: fn(usize) -> u64| -> Vec<(Link, u64)> {
            [0, 5, 1, 2, 6, 3]
                .into_iter()
                .enumerate()
                .map(|(new, old)| (Link { old, new }, weight(old)))
                .collect()
        };
        let order = in_order(&links(|_| 1));
        assert_eq!(order, [true, false, true, true, true, false]);
        // The block that is moved is the lighter one.
        let order = in_order(&links(|old| if old > 4 { 10 } else { 1 }));
        assert_eq!(order, [true, true, false, false, true, false]);
        assert!(in_order(&[]).is_empty());
    }
}
