//! Near-copies: whether two texts differ only in a name, a number or a year.
//!
//! A text is read as its units with all numerals alike. A 64-bit simhash of the bigrams (Charikar 2002,
//! Similarity Estimation Techniques from Rounding Algorithms) selects cheaply which texts may be near-copies;
//! the bigrams themselves then decide.

use super::classes::{self, CLASSES, Sink};
use super::hash::{fnv1a, mix};
use super::numerals::is_han_numeral;
use super::units::Units;

/// Texts with fewer units than this have no near-copies: in a heading, a single word makes the difference.
const MIN_UNITS: usize = 20;
/// Maximum number of differing bits between hashes of near-copies: one pair in 20,000 unrelated texts comes
/// this close by chance.
const MAX_BITS: u32 = 16;
/// Minimum share of bigrams that near-copies have in common (Dice's coefficient). A name of three characters
/// in a sentence of thirty leaves 0.86; articles of law with the same frame but different content mostly stay
/// below.
const MIN_SHARED: f32 = 0.85;
/// Replacement for every numeral.
const NUMERAL: &str = "#";

/// A text reduced to its bigrams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigramProfile {
    /// Hashes of all bigrams, sorted.
    bigrams: Vec<u64>,
    len: usize,
}

impl BigramProfile {
    /// Reads the characters of a text.
    pub fn new(text: impl Iterator<Item = char> + Clone) -> Self {
        let mut reader = Bigrams::new(Vec::new());
        if !classes::read(&CLASSES, text.clone(), &mut String::new(), &mut reader) {
            reader = Bigrams::new(Vec::new());
            let units = Units::new(&text.collect::<String>());
            units.texts().for_each(|unit| reader.add(unit));
        }
        let Bigrams {
            out: mut bigrams,
            len,
            ..
        } = reader;
        bigrams.sort_unstable();
        Self { bigrams, len }
    }

    /// Whether the two texts are near-copies.
    pub fn is_like(&self, other: &Self) -> bool {
        if self.len.min(other.len) < MIN_UNITS {
            return false;
        }
        let shared = n_shared(&self.bigrams, &other.bigrams);
        // Dice: 2·shared / (bigrams of both), where n units have n − 1 bigrams; multiplied out to avoid a
        // division.
        2.0 * shared as f32 >= MIN_SHARED * (self.len + other.len - 2) as f32
    }
}

/// The simhash of a text; 0 if it is too short to have near-copies.
pub fn hash(units: &Units) -> u64 {
    let mut bigrams = Bigrams::new(Votes::default());
    units.texts().for_each(|unit| bigrams.add(unit));
    if bigrams.len < MIN_UNITS {
        return 0;
    }
    bigrams.out.majority()
}

/// The hashes of the bigrams of a text, taken unit by unit.
struct Bigrams<T> {
    out: T,
    /// Units so far, adjacent numerals being one.
    len: usize,
    last: u64,
}

/// Takes the hashes of bigrams.
trait TakeHash {
    fn take(&mut self, hash: u64);
}

impl TakeHash for Vec<u64> {
    fn take(&mut self, hash: u64) {
        self.push(hash);
    }
}

impl TakeHash for Votes {
    fn take(&mut self, hash: u64) {
        self.add(hash);
    }
}

impl<T: TakeHash> Bigrams<T> {
    fn new(out: T) -> Self {
        Self {
            out,
            len: 0,
            last: 0,
        }
    }

    fn add(&mut self, unit: &str) {
        let unit = if is_numeral(unit) { NUMERAL } else { unit };
        let hash = fnv1a(unit.bytes());
        // 二〇二三 and 2023 are one numeral: consecutive ones collapse, so that years in either notation give the
        // same bigrams.
        if unit == NUMERAL && hash == self.last {
            return;
        }
        if self.len > 0 {
            // The rotation makes the bigram ordered: `ab` and `ba` differ.
            self.out.take(mix(self.last.rotate_left(17) ^ hash));
        }
        self.last = hash;
        self.len += 1;
    }
}

impl<T: TakeHash> Sink for Bigrams<T> {
    #[inline]
    fn alone(&mut self, value: u32) {
        if let Some(ch) = char::from_u32(value) {
            self.add(ch.encode_utf8(&mut [0; 4]));
        }
    }

    fn run(&mut self, run: &str) {
        self.add(run);
    }

    fn mark(&mut self, _: u32) {}
}

/// The number of words that had each of the 64 bits set. One plane holds one binary digit of all 64 counts,
/// so that a word is added to all of them at once.
#[derive(Default)]
struct Votes {
    planes: Vec<u64>,
    words: u64,
}

impl Votes {
    fn add(&mut self, word: u64) {
        self.words += 1;
        let mut carry = word;
        // A ripple-carry adder on 64 counters in parallel: `plane` is the sum bit, `both` the carry into the next digit.
        for plane in &mut self.planes {
            let both = *plane & carry;
            *plane ^= carry;
            carry = both;
            if carry == 0 {
                return;
            }
        }
        self.planes.push(carry);
    }

    /// The bits that more than half of the words had set.
    fn majority(&self) -> u64 {
        let digits = |bit: u32| {
            let planes = self.planes.iter().enumerate();
            planes.map(move |(digit, plane)| (plane >> bit & 1) << digit)
        };
        let is_set = |bit: &u32| 2 * digits(*bit).sum::<u64>() > self.words;
        (0..64).filter(is_set).fold(0, |hash, bit| hash | 1 << bit)
    }
}

/// Whether texts with these hashes may be near-copies.
pub fn may_be_like(a: u64, b: u64) -> bool {
    // 0 is the hash of a text that is too short; two of those are equal without being alike.
    a != 0 && b != 0 && is_near(a, b)
}

/// Whether the hashes differ as little as those of copies and near-copies; all short texts have the same
/// hash.
pub fn is_near(a: u64, b: u64) -> bool {
    (a ^ b).count_ones() <= MAX_BITS
}

/// Size of the multiset intersection of two sorted lists.
fn n_shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        n += usize::from(x == y);
    }
    n
}

fn is_numeral(unit: &str) -> bool {
    // Units are whole: a run that begins with a digit is a number (`2023`, `5%`), and a Han numeral is one
    // character.
    let first = unit.chars().next();
    first.is_some_and(|ch| ch.is_ascii_digit() || is_han_numeral(ch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        let outlines = [a, b].map(|text| BigramProfile::new(text.chars()));
        let [x, y] = &outlines;
        assert_eq!((x.is_like(y), y.is_like(x)), (expected, expected));
        if expected {
            let [a, b] = [a, b].map(|text| hash(&Units::new(text)));
            assert!(may_be_like(a, b), "{a:016x} {b:016x}");
        }
    }

    #[test]
    fn near_copies_differ_in_names_and_numbers() {
        check(
            "二〇二一年，青石镇共安置失地农民312户，发放补助资金1,200万元，群众满意度明显提高。",
            "2023年，白沙镇共安置失地农民九百零五户，发放补助资金800万元，群众满意度明显提高。",
            true,
        );
        check(
            "在云岭县委的坚强领导下，全县上下团结一心，圆满完成了年初确定的各项目标任务。",
            "在雾江县委的坚强领导下，全县上下团结一心，圆满完成了年初确定的各项目标任务。",
            true,
        );
    }

    #[test]
    fn a_shared_frame_is_not_enough() {
        check(
            "第十条 违反本办法规定，未取得采砂许可证从事采砂活动的，由县水务局责令停止，处一万元以上五万元以下罚款。",
            "第十一条 违反本办法规定，未取得排污许可证从事排污活动的，由县环保局责令停止，处二万元以上十万元以下罚款。",
            false,
        );
        check(
            "第三条 本办法由云岭县水务局负责解释。",
            "第九条 本办法由云岭县财政局负责解释。",
            false,
        );
        check("", "", false);
    }

    #[test]
    fn the_hash_is_the_majority_of_the_bigrams() {
        let text = "在云岭县委的坚强领导下，全县上下团结一心，圆满完成了年初确定的各项目标任务，任务，任务。";
        let units = Units::new(text);
        let mut votes = [0_i64; 64];
        for bigram in &BigramProfile::new(text.chars()).bigrams {
            for (bit, vote) in votes.iter_mut().enumerate() {
                *vote += if bigram >> bit & 1 == 1 { 1 } else { -1 };
            }
        }
        let majority = (0..64).filter(|&bit| votes[bit] > 0);
        assert_eq!(hash(&units), majority.fold(0, |hash, bit| hash | 1 << bit));
        assert_eq!(hash(&units), hash(&Units::new(&text.replace('，', ","))));
        assert_eq!(hash(&Units::new("第一条")), 0);
    }

    proptest! {
        #[test]
        fn a_profile_is_that_of_the_units(
            text in "([修渠道水3,.%，。；a ５Ｇ①ー瞭解了覆蓋二○OoＯ〇⺠民]|( [修渠道水3]){8,12}|\\PC){0,60}",
        ) {
            let mut by_units = Bigrams::new(Vec::new());
            Units::new(&text).texts().for_each(|unit| by_units.add(unit));
            by_units.out.sort_unstable();
            let profile = BigramProfile::new(text.chars());
            prop_assert_eq!((profile.bigrams, profile.len), (by_units.out, by_units.len));
        }
    }

    #[test]
    fn numerals_in_either_notation_are_one() {
        let profile = |text: &str| BigramProfile::new(text.chars());
        assert_eq!(profile("二〇二三年修渠"), profile("2023年修渠"));
        assert_eq!(profile("三千五百万元"), profile("12元"));
        assert_ne!(profile("修渠年"), profile("渠修年"));
    }

    proptest! {
        #[test]
        fn shared_bigrams_are_the_common_multiset(
            mut a in prop::collection::vec(0_u64..6, 0..12),
            mut b in prop::collection::vec(0_u64..6, 0..12),
        ) {
            let mut left = b.clone();
            let mut expected = 0;
            for x in &a {
                if let Some(at) = left.iter().position(|y| y == x) {
                    left.swap_remove(at);
                    expected += 1;
                }
            }
            a.sort_unstable();
            b.sort_unstable();
            prop_assert_eq!(n_shared(&a, &b), expected);
        }

        #[test]
        fn likeness_is_mutual_and_a_text_is_like_itself(one in "[修渠道水]{15,40}", other in "[修渠道水]{15,40}") {
            let profile = |text: &str| BigramProfile::new(text.chars());
            let (a, b) = (profile(&one), profile(&other));
            prop_assert_eq!(a.is_like(&b), b.is_like(&a));
            prop_assert_eq!(a.is_like(&a), one.chars().count() >= MIN_UNITS);
        }

        #[test]
        fn the_majority_is_counted_bit_by_bit(words in prop::collection::vec(any::<u64>(), 0..40)) {
            let mut votes = Votes::default();
            words.iter().for_each(|&word| votes.add(word));
            let is_set = |bit: &u32| 2 * words.iter().filter(|word| **word >> bit & 1 == 1).count() > words.len();
            let expected = (0..64).filter(is_set).fold(0, |hash, bit| hash | 1_u64 << bit);
            prop_assert_eq!(votes.majority(), expected);
        }
    }
}
