//! Files with the same content.

use std::collections::BTreeMap;

use super::Extracts;
use crate::extract::Extract;

/// Files with the content of another one, each with that one, the first by name. Compression, line ends and names do not
/// matter.
pub(crate) fn copies(extracts: &Extracts) -> BTreeMap<usize, usize> {
    let mut alike: BTreeMap<(u64, usize, usize, [u64; 2]), Vec<usize>> = BTreeMap::new();
    for (index, extract) in extracts.iter().enumerate() {
        let span = extract.span.map_or([0, 0], |span| [span.from_ms.to_bits(), span.to_ms.to_bits()]);
        let key = (extract.file.lines, extract.events.len(), extract.connections.len(), span);
        alike.entry(key).or_default().push(index);
    }
    let mut copies = BTreeMap::new();
    for members in alike.into_values().filter(|members| members.len() > 1) {
        let mut known: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for index in members {
            let Some(content) = extracts.get(index).map(content) else { continue };
            match known.get(&content) {
                Some(first) => drop(copies.insert(index, *first)),
                None => drop(known.insert(content, index)),
            }
        }
    }
    copies
}

/// The extract of a file as bytes, without the properties of the file itself.
fn content(extract: &Extract) -> Vec<u8> {
    let mut content = extract.clone();
    content.file.name.clear();
    content.file.session_id = None;
    content.forget_parts();
    (content.file.part, content.file.bytes, content.file.text_bytes) = (0, 0, 0);
    for connection in &mut content.connections {
        connection.summary.file.clear();
    }
    content.to_bytes()
}
