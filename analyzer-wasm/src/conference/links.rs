//! Links: loss, jitter and freezes of the media of each sender at each receiver.

use std::collections::BTreeMap;

use crate::participants::{ParticipantRecord, Senders};
use crate::report::{Direction, Link, MediaKind, Stream};
use crate::sessions::Extracts;

/// Sums over the streams of one link. Jitter is weighted by packets.
#[derive(Default)]
struct Sums {
    lost: f64,
    packets: f64,
    jitter: f64,
    jitter_packets: f64,
    freeze_ms: Option<f64>,
}

/// The links whose receiver left a dump and whose senders are identified.
pub(crate) fn links(extracts: &Extracts, records: &[ParticipantRecord], senders: &Senders) -> Vec<Link> {
    let mut sums: BTreeMap<(usize, usize, MediaKind), Sums> = BTreeMap::new();
    for (receiver, record) in records.iter().enumerate() {
        for (presence, extract) in record.dumps(extracts) {
            let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
            for stream in
                streams.filter(|stream| stream.direction == Direction::Inbound && stream.packets > 0)
            {
                let sender = senders.of(receiver, presence.extract, stream);
                if let (Some(sender), Some(kind)) = (sender, stream.kind) {
                    sums.entry((sender, receiver, kind)).or_default().add(stream);
                }
            }
        }
    }
    let key = |index: usize| records.get(index).map(|record| record.key.clone()).unwrap_or_default();
    sums.into_iter()
        .map(|((from, to, kind), sums)| Link {
            from: key(from),
            to: key(to),
            kind,
            loss_ratio: Some(sums.lost / (sums.lost + sums.packets)),
            jitter_ms: (sums.jitter_packets > 0.0).then(|| sums.jitter / sums.jitter_packets),
            freeze_ms: sums.freeze_ms,
        })
        .collect()
}

impl Sums {
    #[expect(clippy::cast_precision_loss, reason = "packets are far below 2^53")]
    fn add(&mut self, stream: &Stream) {
        let packets = stream.packets as f64;
        self.packets += packets;
        self.lost += stream.packets_lost as f64;
        if let Some(jitter) = stream.jitter_ms {
            self.jitter += jitter.mean * packets;
            self.jitter_packets += packets;
        }
        if let Some(freeze_ms) = stream.freeze_ms {
            *self.freeze_ms.get_or_insert(0.0) += freeze_ms;
        }
    }
}
