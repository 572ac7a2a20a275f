//! The session id and part number in a file name: dumps are stored as `<statsSessionId>.gz`, their later parts as
//! `<statsSessionId>_<n>.gz`.

/// The length of a UUID and the positions of its hyphens.
const UUID_LEN: usize = 36;
const UUID_HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// The name without folders.
pub(super) fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(path)
}

/// The stats session id, where the name begins with a UUID.
pub(super) fn session_id(name: &str) -> Option<String> {
    let id = name.get(..UUID_LEN)?;
    let is_uuid = id
        .bytes()
        .enumerate()
        .all(|(at, byte)| if UUID_HYPHENS.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() });
    is_uuid.then(|| id.to_ascii_lowercase())
}

/// The number of the part of its session: 0 is the first or only part.
pub(super) fn part(name: &str) -> u32 {
    let rest = session_id(name).and_then(|_| name.get(UUID_LEN..)?.strip_prefix('_'));
    let digits = rest.and_then(|rest| rest.split('.').next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_session_id_and_part() {
        assert_eq!(base("calls/monday\\59c86272.gz"), "59c86272.gz");
        let id = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";
        assert_eq!(session_id(&format!("{id}_2.gz")), Some(id.to_owned()));
        assert_eq!((part(&format!("{id}_12.gz")), part(&format!("{id}.gz")), part("a_3.gz")), (12, 0, 0));
        assert_eq!(session_id("chrome-standard-multiple-p2p-and-more-words"), None);
        assert_eq!(session_id("äöü"), None);
    }
}
