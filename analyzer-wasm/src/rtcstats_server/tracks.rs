//! The tracks of a connection: one row for each SSRC and direction, and sums over them.

use indexmap::IndexMap;

use super::arithmetic::{loss_percent, percent, step_variance};
use super::budget::Budget;
use super::packets::Packets;
use super::value::{Object, Value, array_index, key, truthy};
use crate::limits::MAX_STREAMS;

/// One direction of a track: the packet count of the last poll, and the lost packets at each poll.
#[derive(Debug, Default)]
struct Counted {
    packets: f64,
    lost: Vec<f64>,
}

/// The track of an SSRC, in both directions.
#[derive(Debug)]
pub(super) struct Track {
    ssrc: Option<Value>,
    media_type: Option<Value>,
    video_type: Option<Value>,
    sent: Counted,
    received: Counted,
    concealed: Option<(f64, f64)>,
    start_ms: Option<f64>,
    end_ms: Option<f64>,
}

impl Track {
    fn new(ssrc: Option<&Value>, at_ms: Option<f64>) -> Self {
        Self {
            ssrc: ssrc.cloned(),
            media_type: None,
            video_type: None,
            sent: Counted::default(),
            received: Counted::default(),
            concealed: None,
            start_ms: at_ms,
            end_ms: at_ms,
        }
    }

    pub(super) fn set_media_type(&mut self, media_type: Option<&Value>) {
        self.media_type = media_type.cloned();
    }

    pub(super) fn add_sent(&mut self, packets: Packets, budget: &mut Budget) {
        self.sent.add(packets, budget);
    }

    pub(super) fn add_received(&mut self, packets: Packets, budget: &mut Budget) {
        self.received.add(packets, budget);
    }

    pub(super) fn set_concealed(&mut self, concealed: (f64, f64)) {
        self.concealed = Some(concealed);
    }

    fn row(&self, counted: &Counted) -> Value {
        let media_type = self.media_type.as_ref().map(Value::to_key).unwrap_or_default();
        let video_type = self.video_type.as_ref().filter(|kind| kind.is_truthy());
        let lost = counted.last_lost();
        let mut row = Object::default();
        row.set(
            "mediaType",
            video_type.map_or(media_type.clone(), |kind| format!("{media_type}/{}", kind.to_key())),
        );
        row.set_if("ssrc", self.ssrc.as_ref());
        row.set("packets", counted.packets);
        row.set("packetsLost", lost);
        row.set("packetsLostPct", loss_percent(lost, counted.packets));
        row.set("packetsLostVariance", step_variance(&counted.lost));
        row.set("concealedPercentage", self.concealed.map_or(0.0, |(part, all)| percent(part, all)));
        row.set_if("startTime", self.start_ms);
        row.set_if("endTime", self.end_ms);
        row.into()
    }
}

impl Counted {
    fn add(&mut self, packets: Packets, budget: &mut Budget) {
        self.packets = packets.packets;
        budget.push(&mut self.lost, packets.lost);
    }

    fn last_lost(&self) -> f64 {
        self.lost.last().copied().unwrap_or_default()
    }
}

/// The tracks of one connection.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    by_ssrc: IndexMap<String, Track>,
    /// Tracks whose SSRC continued with another video type.
    ended: Vec<Track>,
}

impl Tracks {
    /// The track of an SSRC, which is added if it is new and extended to this time; `None` when there are too many.
    pub(super) fn touch(
        &mut self,
        ssrc: Option<&Value>,
        at_ms: Option<f64>,
        budget: &mut Budget,
    ) -> Option<&mut Track> {
        let name = key(ssrc);
        if self.by_ssrc.len() >= MAX_STREAMS && !self.by_ssrc.contains_key(&name) {
            budget.exceed();
            return None;
        }
        let track = self.by_ssrc.entry(name).or_insert_with(|| Track::new(ssrc, at_ms));
        if let Some(at_ms) = at_ms {
            track.end_ms = Some(track.start_ms.map_or(at_ms, |start_ms| start_ms.max(at_ms)));
        }
        Some(track)
    }

    /// Sets whether an SSRC is camera or desktop from this time on.
    pub(super) fn set_video_type(
        &mut self,
        ssrc: Option<&Value>,
        video_type: Option<&Value>,
        at_ms: Option<f64>,
        budget: &mut Budget,
    ) {
        let name = key(ssrc);
        if self.by_ssrc.get(&name).is_some_and(|track| track.video_type.as_ref() == video_type) {
            return;
        }
        if self.by_ssrc.len() + self.ended.len() >= MAX_STREAMS {
            budget.exceed();
            return;
        }
        if let Some(mut before) = self.by_ssrc.shift_remove(&name) {
            before.end_ms = at_ms;
            self.ended.push(before);
        }
        let mut track = Track::new(ssrc, at_ms);
        track.video_type = video_type.cloned();
        self.by_ssrc.insert(name, track);
    }

    /// The tracks with a media type: by ascending SSRC, followed by those that ended.
    fn known(&self) -> Vec<&Track> {
        let mut tracks: Vec<(&String, &Track)> = self.by_ssrc.iter().collect();
        tracks.sort_by_key(|(ssrc, _)| array_index(ssrc).map_or((true, 0), |index| (false, index)));
        let tracks = tracks.into_iter().map(|(_, track)| track).chain(&self.ended);
        tracks.filter(|track| truthy(track.media_type.as_ref())).collect()
    }

    /// Writes `tracks` and `trackAggregates`.
    pub(super) fn write(&self, out: &mut Object) {
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        let (mut sent, mut received) = (Sum::default(), Sum::default());
        for track in self.known() {
            for (counted, rows, sum) in
                [(&track.sent, &mut senders, &mut sent), (&track.received, &mut receivers, &mut received)]
            {
                if !counted.lost.is_empty() {
                    rows.push(track.row(counted));
                    sum.packets += counted.packets;
                    sum.lost += counted.last_lost();
                }
            }
        }
        let mut rows = Object::default();
        rows.set("receiverTracks", receivers);
        rows.set("senderTracks", senders);
        out.set("tracks", rows);
        let mut sums = Object::default();
        sums.set("totalSentPacketsLost", sent.lost);
        sums.set("totalPacketsSent", sent.packets);
        sums.set("sentPacketsLostPct", loss_percent(sent.lost, sent.packets));
        sums.set("totalReceivedPacketsLost", received.lost);
        sums.set("totalPacketsReceived", received.packets);
        sums.set("receivedPacketsLostPct", loss_percent(received.lost, received.packets));
        out.set("trackAggregates", sums);
    }
}

#[derive(Debug, Default)]
struct Sum {
    packets: f64,
    lost: f64,
}
