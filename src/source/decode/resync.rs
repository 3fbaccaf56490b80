//! GB18030 with a lost byte: realigned.
//!
//! Characters of two high bytes are read in pairs, so that one byte too few or too many turns everything up
//! to the next ASCII byte into other characters. Such a run has an odd number of bytes; the position where
//! leaving one out reads most likely is where it was lost.

use encoding_rs::GB18030;

use super::likelihood::{Language, log_likelihood};

/// Reads `bytes`, which do not decode without damage, line by line; in a run with an odd number of high bytes
/// one of them is replaced by U+FFFD.
pub(super) fn gb18030(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let (text, is_damaged) = GB18030.decode_without_bom_handling(line);
        match is_damaged {
            true => read_line(line, &mut out),
            false => out.push_str(&text),
        }
    }
    out
}

fn read_line(line: &[u8], out: &mut String) {
    // The part that is not written yet: pieces are decoded together as far as possible.
    let (mut start, mut at) = (0, 0);
    while at < line.len() {
        let n_high = line[at..].iter().take_while(|&&byte| byte >= 0x80).count();
        let run = &line[at..at + n_high];
        // An ASCII byte may be the second of a character.
        let ends = line
            .get(at + n_high)
            .is_none_or(|&next| !matches!(next, b'0'..=b'9' | b'@'..=b'~'));
        if n_high % 2 == 1 && ends {
            let lost = lost_at(run);
            out.push_str(
                &GB18030
                    .decode_without_bom_handling(&line[start..at + lost])
                    .0,
            );
            out.push('\u{fffd}');
            start = at + lost + 1;
        }
        at += n_high.max(1);
    }
    out.push_str(&GB18030.decode_without_bom_handling(&line[start..]).0);
}

/// The byte of a run without which the rest is most likely, all bytes before it being in pairs.
fn lost_at(run: &[u8]) -> usize {
    let weight = |at: usize| match run.get(at..at + 2) {
        Some(pair) => {
            let (text, _) = GB18030.decode_without_bom_handling(pair);
            log_likelihood(&text, Language::Chinese)
        }
        None => 0.0,
    };
    // The score of leaving out the first byte; each step moves the gap by one pair, so that all positions
    // take linear time.
    let mut score: f64 = (1..run.len()).step_by(2).map(weight).sum();
    let mut best = (0, score);
    for at in (2..run.len()).step_by(2) {
        score += weight(at - 2) - weight(at - 1);
        if score > best.1 {
            best = (at, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lost_byte_costs_one_character() {
        let text = "各科室认真学习，取得了明显成效。\n会议开了3次。\n";
        let (bytes, ..) = GB18030.encode(text);
        for at in (0..30).step_by(2) {
            let mut bytes = bytes.to_vec();
            bytes.remove(at);
            let read = gb18030(&bytes);
            let n_kept = read.chars().filter(|ch| text.contains(*ch)).count();
            assert!(n_kept + 2 >= text.chars().count(), "{read}");
            assert_eq!(read.matches('\u{fffd}').count(), 1, "{read}");
        }
        assert_eq!(gb18030(&bytes), text);
        assert_eq!(gb18030(b"\xff"), "\u{fffd}");
    }
}
