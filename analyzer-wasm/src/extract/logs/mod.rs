//! The console lines of an application: text in compressed blocks with an index, so that the log of a long call takes
//! little memory and a search decompresses few blocks.

mod block;
mod trigrams;
mod writer;

pub(crate) use block::{Block, Line, OpenBlock};
pub(crate) use trigrams::Needle;
pub(super) use writer::LogWriter;

use serde::{Deserialize, Serialize};

use crate::report::LogCounts;

/// The index of a component in the list of a dump. Lines without a component, or beyond the limit of the list, have none.
pub(crate) type ComponentId = u16;

/// The console lines of one dump.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Logs {
    blocks: Vec<Block>,
    components: Vec<String>,
    levels: LogCounts,
}

impl Logs {
    /// The number of lines by level, with repetitions and with lines that were not kept.
    #[must_use]
    pub fn levels(&self) -> LogCounts {
        self.levels
    }

    /// The blocks in the order of the dump, each with the number of its first line.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (u64, &Block)> {
        let mut next = 0;
        self.blocks.iter().map(move |block| {
            let first = next;
            next += block.lines();
            (first, block)
        })
    }

    /// The name of a component.
    pub(crate) fn component(&self, id: ComponentId) -> Option<&str> {
        self.components.get(usize::from(id)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;

    /// All lines with their numbers, and the serialized size of the blocks.
    pub(super) fn all(logs: &Logs) -> (Vec<(u64, Line, String)>, usize) {
        let mut lines = Vec::new();
        let mut bytes = 0;
        for (first, block) in logs.blocks() {
            bytes += postcard::to_stdvec(block).unwrap().len();
            let open = block.open();
            let texts = open.lines().map(|(line, text)| (*line, text.to_owned()));
            lines.extend((first..).zip(texts).map(|(number, (line, text))| (number, line, text)));
        }
        (lines, bytes)
    }

    #[test]
    fn lines_are_kept_compressed() {
        let mut writer = LogWriter::default();
        for number in 0..20_000_u32 {
            let at = Stamp { at_ms: f64::from(number), line: u64::from(number / 50) + 1 };
            let word = if number == 12_345 { "Quokka" } else { "message" };
            assert!(writer.add(at, &format!("[DEBUG] [xmpp:ChatRoom] <fn>: {word} {number}"), 2));
        }
        let logs = writer.finish();
        assert_eq!(logs.levels(), LogCounts { debug: 40_000, ..LogCounts::default() });
        let (lines, bytes) = all(&logs);
        assert!(logs.blocks.len() > 3 && bytes < 400_000, "{} blocks, {bytes} bytes", logs.blocks.len());
        assert_eq!(lines.len(), 20_000);
        let (number, line, text) = &lines[12_345];
        assert_eq!((*number, line.at_ms, line.line, line.count), (12_345, 12_345.0, 247, 2));
        assert_eq!(text, "[DEBUG] [xmpp:ChatRoom] <fn>: Quokka 12345");
        assert_eq!(line.component.and_then(|id| logs.component(id)), Some("xmpp"));
        let needle = Needle::new("quoKKa");
        assert_eq!(logs.blocks().filter(|(_, block)| block.may_contain(&needle)).count(), 1);
    }

    #[test]
    fn incompressible_text_is_kept() {
        let mut writer = LogWriter::default();
        let text: String = (0..300_000_u32)
            .map(|n| char::from(b'!' + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 90))
            .collect();
        writer.add(Stamp { at_ms: 1.0, line: 1 }, &text, 1);
        assert_eq!(all(&writer.finish()).0[0].2, text);
    }
}
