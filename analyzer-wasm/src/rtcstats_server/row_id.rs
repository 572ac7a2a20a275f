//! Ids of rows. The server makes random ones; here the same dump always has the same ids.

use std::collections::HashSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::arithmetic::number_of;

/// A UUID of version 8 (RFC 9562) from the SHA-256 of these parts.
pub(super) fn row_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut id = String::with_capacity(36);
    for (at, byte) in hash.finalize().iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The dump ids that are in use, so that each is unique within its conference.
#[derive(Debug, Default)]
pub struct DumpIds(HashSet<(String, String)>);

impl DumpIds {
    /// The base id and the dump id of a client: its own name, or that with the next free number.
    pub(super) fn next(&mut self, conference: &str, client_id: &str) -> (String, String) {
        let mut parts = client_id.split('_');
        let base = parts.next().unwrap_or_default();
        let order = parts.next().map_or(f64::NAN, number_of);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "NaN and negatives become 0"
        )]
        let mut order = order as u64;
        let mut dump_id = format!("{client_id}.gz");
        while !self.0.insert((conference.to_owned(), dump_id.clone())) {
            order += 1;
            dump_id = format!("{base}_{order}.gz");
        }
        (base.to_owned(), dump_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_their_parts() {
        let id = row_id(&["a", "b"]);
        assert_eq!(id, row_id(&["a", "b"]));
        assert!(id != row_id(&["ab", ""]) && id != row_id(&["a", "c"]));
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!((id.as_bytes()[14], b"89ab".contains(&id.as_bytes()[19])), (b'8', true), "{id}");
    }

    #[test]
    fn a_dump_id_is_unique_in_its_conference() {
        let mut ids = DumpIds::default();
        let mut next = |conference: &str, client_id: &str| ids.next(conference, client_id);
        assert_eq!(next("room", "a_1"), ("a".into(), "a_1.gz".into()));
        assert_eq!(next("room", "a_1"), ("a".into(), "a_2.gz".into()));
        assert_eq!(next("room", "a"), ("a".into(), "a.gz".into()));
        assert_eq!(next("room", "a"), ("a".into(), "a_3.gz".into()));
        assert_eq!(next("other", "a"), ("a".into(), "a.gz".into()));
    }
}
