//! Which client sent a received sender report, by its SSRC.

use std::collections::BTreeMap;

use crate::extract::{ConnectionExtract, Extract};
use crate::report::{Direction, Stream};

/// A dump by its index, and the connection on which it sends.
pub(super) type ReportSender<'a> = (usize, &'a ConnectionExtract);

/// The clients that may have sent a report.
#[derive(Debug)]
pub(super) struct ReportSenders<'a> {
    /// The sender of an SSRC; `None` for one that several dumps sent, which is ambiguous.
    by_ssrc: BTreeMap<u32, Option<ReportSender<'a>>>,
    /// The dump of each endpoint; `None` where several dumps have its id.
    by_endpoint: BTreeMap<&'a str, Option<ReportSender<'a>>>,
}

impl<'a> ReportSenders<'a> {
    /// The senders among the dumps of a conference, by their indexes.
    pub(super) fn new(dumps: &BTreeMap<usize, &'a Extract>) -> Self {
        Self { by_ssrc: by_ssrc(dumps), by_endpoint: by_endpoint(dumps) }
    }

    /// The sender of an SSRC: the participant that sends it by its own dump, else the endpoint in the receiver's dump.
    pub(super) fn of(&self, ssrc: u32, named: &BTreeMap<u32, Option<&str>>) -> Option<ReportSender<'a>> {
        match self.by_ssrc.get(&ssrc) {
            Some(report_sender) => *report_sender,
            None => *self.by_endpoint.get(named.get(&ssrc).copied().flatten()?)?,
        }
    }
}

/// The endpoint that a receiver's dump names for each SSRC; `None` where it names several. A bridge that rewrites SSRCs
/// signals to each receiver whose they are.
pub(super) fn named(receiver: &Extract) -> BTreeMap<u32, Option<&str>> {
    let mut named: BTreeMap<u32, Option<&str>> = BTreeMap::new();
    for source in &receiver.sources {
        let known = named.entry(source.ssrc).or_insert(Some(&source.endpoint));
        if known.is_some_and(|known| known != source.endpoint) {
            *known = None;
        }
    }
    named
}

fn by_ssrc<'a>(dumps: &BTreeMap<usize, &'a Extract>) -> BTreeMap<u32, Option<ReportSender<'a>>> {
    let mut owners: BTreeMap<u32, Option<ReportSender<'a>>> = BTreeMap::new();
    for (index, extract) in dumps {
        for connection in &extract.connections {
            for ssrc in sent(connection).filter_map(|stream| stream.ssrc) {
                let owner = owners.entry(ssrc).or_insert(Some((*index, connection)));
                if owner.is_some_and(|(known, _)| known != *index) {
                    *owner = None;
                }
            }
        }
    }
    owners
}

/// Each endpoint, with the last of its connections to bridges on which it sends.
fn by_endpoint<'a>(dumps: &BTreeMap<usize, &'a Extract>) -> BTreeMap<&'a str, Option<ReportSender<'a>>> {
    let mut endpoints: BTreeMap<&str, Option<ReportSender<'a>>> = BTreeMap::new();
    for (index, extract) in dumps {
        let Some(id) = extract.identity.endpoint_id.as_deref() else { continue };
        let sends = |connection: &&ConnectionExtract| {
            connection.summary.p2p != Some(true) && sent(connection).next().is_some()
        };
        let Some(sending) = extract.connections.iter().rev().find(sends) else { continue };
        endpoints.entry(id).and_modify(|known| *known = None).or_insert(Some((*index, sending)));
    }
    endpoints
}

/// The streams that a connection sends.
fn sent(connection: &ConnectionExtract) -> impl Iterator<Item = &Stream> {
    connection.summary.streams.iter().filter(|stream| stream.direction == Direction::Outbound)
}
