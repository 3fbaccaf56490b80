//! The digest of a file's bytes that any system can make of it again.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Bytes that are read at once.
const BLOCK: usize = 1 << 16;

/// SHA-256 of the bytes (FIPS 180-4), in 64 hexadecimal digits.
///
/// # Errors
/// Those of `file`.
pub fn sha256(mut file: impl Read) -> io::Result<String> {
    let mut block = vec![0; BLOCK];
    let mut sum = Sha256::new();
    loop {
        match file.read(&mut block)? {
            0 => break,
            n => sum.update(&block[..n]),
        }
    }
    let bytes = sum.finalize();
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standard() {
        let sum = |bytes: &[u8]| sha256(bytes).expect("a sum");
        // From the examples of FIPS 180.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sum(b"abc"), abc);
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        assert_eq!(sum(&vec![b'a'; 1_000_000]), million);
    }
}
