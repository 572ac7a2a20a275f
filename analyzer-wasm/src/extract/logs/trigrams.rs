//! The index of a block for text search: a Bloom filter of its trigrams (three consecutive bytes), by which a search
//! skips most blocks that do not contain the word.

use serde::{Deserialize, Serialize};

/// A filter has one bit for this many bytes of text, within the bounds below. The text of a full block sets about a
/// third of the bits, so that a word of eight letters passes by chance in one of a thousand blocks.
const BYTES_PER_BIT: usize = 8;
const FEWEST_BITS: usize = 512;
const MOST_BITS: usize = 1 << 15;

/// The trigrams of a text in lower case, each hashed to one bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Trigrams {
    bits: Vec<u8>,
}

/// A text to search for, in lower case.
#[derive(Clone, Debug)]
pub(crate) struct Needle {
    folded: String,
    finder: memchr::memmem::Finder<'static>,
}

impl Needle {
    /// Prepares a text for a search that ignores case.
    pub(crate) fn new(text: &str) -> Self {
        let folded = text.to_lowercase();
        let finder = memchr::memmem::Finder::new(folded.as_bytes()).into_owned();
        Self { folded, finder }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    /// Whether a text contains it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.to_lowercase().as_bytes()).is_some()
    }

    /// Where it begins in a lower-case text; occurrences may overlap.
    pub(super) fn places<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + self.finder.find(folded.as_bytes().get(from..)?)?;
            from = at + 1;
            Some(at)
        })
    }
}

impl Trigrams {
    pub(super) fn of(text: &str) -> Self {
        let bits = (text.len() / BYTES_PER_BIT).next_power_of_two().clamp(FEWEST_BITS, MOST_BITS);
        let mut trigrams = Self { bits: vec![0; bits / 8] };
        let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
        for hash in hashes(&folded) {
            let (byte, bit) = trigrams.place(hash);
            if let Some(byte) = trigrams.bits.get_mut(byte) {
                *byte |= bit;
            }
        }
        trigrams
    }

    /// Whether the text may contain it; `false` is certain.
    pub(super) fn may_contain(&self, needle: &Needle) -> bool {
        hashes(&needle.folded).all(|hash| {
            let (byte, bit) = self.place(hash);
            self.bits.get(byte).is_some_and(|byte| byte & bit != 0)
        })
    }

    fn place(&self, hash: u32) -> (usize, u8) {
        let at = hash as usize & (self.bits.len() * 8 - 1);
        (at / 8, 1 << (at % 8))
    }
}

fn hashes(folded: &str) -> impl Iterator<Item = u32> {
    folded.as_bytes().windows(3).map(|three| {
        let number = three.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        number.wrapping_mul(0x9E37_79B1) >> 12
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contained_words_always_pass_and_most_others_do_not() {
        let text: String = (0..4_000).map(|n| format!("[xmpp:ChatRoom] Joined ROOM-{}\n", n * 7)).collect();
        let trigrams = Trigrams::of(&text);
        for word in ["joined", "JOINED room-7", "[Xmpp", "a", ""] {
            assert!(trigrams.may_contain(&Needle::new(word)), "{word}");
        }
        for word in ["BridgeChannel", "quality", "suspended"] {
            assert!(!trigrams.may_contain(&Needle::new(word)), "{word}");
        }
        assert!(Trigrams::of("Ä über Maß").may_contain(&Needle::new("ÜBER")));
    }
}
