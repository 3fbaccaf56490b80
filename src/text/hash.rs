//! The hash functions of the project: the same on every machine and in every version.

/// The initial value of FNV-1a, 64 bits.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
/// The prime of FNV-1a, 64 bits.
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a over bytes (Fowler, Noll, Vo; draft-eastlake-fnv). Fast on the few bytes of a unit; its high bits are
/// poor, see [`mix`].
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
    bytes.into_iter().fold(FNV_OFFSET, fold)
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit of `x`.
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A number with random-looking bits for each `ord`: that output of SplitMix64 with seed 0.
pub fn scatter(ord: u64) -> u64 {
    mix(ord.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // Test vectors of the FNV reference code.
        assert_eq!(fnv1a([]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(*b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(*b"foobar"), 0x8594_4171_f739_67e8);
        // The first output of SplitMix64 with seed 0.
        assert_eq!(scatter(1), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mix(0), 0);
    }

    #[test]
    fn every_bit_of_the_result_depends_on_every_bit() {
        let mut n_changed = [[0_u32; 64]; 64];
        const SAMPLES: u64 = 256;
        for sample in 1..=SAMPLES {
            let x = scatter(sample);
            for (bit, changed) in n_changed.iter_mut().enumerate() {
                let difference = mix(x) ^ mix(x ^ 1 << bit);
                for (other, n) in changed.iter_mut().enumerate() {
                    *n += (difference >> other & 1) as u32;
                }
            }
        }
        // A fair coin of 256 throws stays within six standard deviations, 48, of the half.
        let is_fair = |n: &u32| n.abs_diff(SAMPLES as u32 / 2) < 48;
        assert!(n_changed.as_flattened().iter().all(is_fair));
    }

    #[test]
    fn ordinals_scatter_without_collisions() {
        let hashes: std::collections::BTreeSet<u64> = (0..20_000).map(scatter).collect();
        assert_eq!(hashes.len(), 20_000);
        assert_ne!(fnv1a(*b"ab"), fnv1a(*b"ba"));
    }
}
