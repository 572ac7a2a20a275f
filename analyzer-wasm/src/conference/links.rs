//! Links: what each sender's audio and video went through on the way to each receiver.

use std::collections::BTreeMap;

use crate::participants::{ParticipantRecord, Senders};
use crate::report::{Direction, Link, MediaKind, Stream};
use crate::sessions::Extracts;

/// Sums over the streams of one link.
#[derive(Default)]
struct Sums {
    lost: f64,
    packets: f64,
    jitter: f64,
    jitter_packets: f64,
    freeze_ms: Option<f64>,
}

/// Every link whose both ends left a dump.
pub(crate) fn links(extracts: &Extracts, people: &[ParticipantRecord], senders: &Senders) -> Vec<Link> {
    let mut sums: BTreeMap<(usize, usize, MediaKind), Sums> = BTreeMap::new();
    for (receiver, person) in people.iter().enumerate() {
        for (stay, extract) in person.dumps(extracts) {
            let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
            for stream in
                streams.filter(|stream| stream.direction == Direction::Inbound && stream.packets > 0)
            {
                let sender = senders.of(receiver, stay.extract, stream);
                if let (Some(sender), Some(kind)) = (sender, stream.kind) {
                    sums.entry((sender, receiver, kind)).or_default().add(stream);
                }
            }
        }
    }
    let key = |index: usize| people.get(index).map(|person| person.key.clone()).unwrap_or_default();
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
