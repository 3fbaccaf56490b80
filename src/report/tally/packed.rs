//! Long lists of numbers as short texts: parts of a report have millions of them.
//!
//! Each number is the difference to the one before it, in digits of five bits, the lowest first; a sixth bit says that more follow
//! (LEB128 with smaller digits). The digits are letters, so that JSON keeps them as they are.

/// The digits: those of base 64 for file names (RFC 4648, section 5).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn pack(numbers: impl Iterator<Item = u64>) -> String {
    let mut text = String::new();
    let mut before = 0_u64;
    for number in numbers {
        let mut rest = number.wrapping_sub(before);
        before = number;
        loop {
            let more = u64::from(rest > 31) << 5;
            text.push(char::from(DIGITS[(rest & 31 | more) as usize]));
            rest >>= 5;
            if rest == 0 {
                break;
            }
        }
    }
    text
}

/// `None` if [`pack`] does not make such a text.
fn unpack(text: &str) -> Option<Vec<u64>> {
    let mut values = [u8::MAX; 256];
    for (value, &digit) in (0..).zip(DIGITS) {
        values[usize::from(digit)] = value;
    }
    let mut numbers = Vec::new();
    let (mut before, mut number, mut shift) = (0_u64, 0_u64, 0);
    for digit in text.bytes() {
        let value = values[usize::from(digit)];
        if value == u8::MAX || shift > 63 {
            return None;
        }
        number |= u64::from(value & 31) << shift;
        shift += 5;
        if value & 32 == 0 {
            before = before.wrapping_add(number);
            numbers.push(before);
            (number, shift) = (0, 0);
        }
    }
    (shift == 0).then_some(numbers)
}

/// A list of numbers.
pub(super) mod list {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in super::super) fn serialize<S: Serializer>(
        numbers: &[u64],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::pack(numbers.iter().copied()))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u64>, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::unpack(&text).ok_or_else(|| D::Error::custom("expected packed numbers"))
    }
}

/// A list of pairs, best with ascending first numbers.
pub(super) mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(in super::super) fn serialize<S: Serializer>(
        pairs: &[(usize, u64)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let first = super::pack(pairs.iter().map(|pair| pair.0 as u64));
        let second = super::pack(pairs.iter().map(|pair| pair.1));
        (first, second).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(usize, u64)>, D::Error> {
        let (first, second) = <(String, String)>::deserialize(deserializer)?;
        let lists = super::unpack(&first).zip(super::unpack(&second));
        let lists = lists.filter(|(first, second)| first.len() == second.len());
        let (first, second) = lists.ok_or_else(|| D::Error::custom("expected packed pairs"))?;
        let first = first.into_iter().map(|number| number as usize);
        Ok(first.zip(second).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(numbers in prop::collection::vec(prop_oneof![any::<u64>(), 0_u64..99], 0..40)) {
            prop_assert_eq!(unpack(&pack(numbers.iter().copied())), Some(numbers));
        }

        #[test]
        fn any_text_is_numbers_or_none(text in "[A-_a-z]{0,30}|\\PC{0,9}") {
            let _ = unpack(&text);
        }
    }

    #[test]
    fn ascending_numbers_are_short() {
        assert_eq!(pack([3, 5, 6, 40].into_iter()), "DCBiB");
        assert_eq!(unpack("DCBi"), None);
        assert_eq!(unpack("D C"), None);
        assert_eq!(unpack(""), Some(Vec::new()));
    }
}
