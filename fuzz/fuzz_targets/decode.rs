//! Any bytes: the guess of the encoding, the reading, and what is thought of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunzhang::source::decode::{decode, guess, is_plausible};

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes);
    assert!(decoded.n_malformed <= bytes.len());
    assert!(guess(bytes).1 <= bytes.len());
    let _ = is_plausible(bytes, &decoded);
});
