//! Trends of round-trip time, packet loss and freezes of each participant over the whole conference, for sparklines.

use crate::judge::{ConferenceSamples, ParticipantSamples, PeerConnectionSamples, RtpStreamSamples};
use crate::report::MediaKind;
use crate::time_span::TimeSpan;
use crate::wire::{TREND_BINS, Trend};

/// For each participant, for each of [`Trend::ALL`], [`TREND_BINS`] values; all NaN if the conference has no duration.
pub(crate) fn trends(samples: &ConferenceSamples, start_ms: Option<f64>, end_ms: Option<f64>) -> Vec<f32> {
    let axis = start_ms.zip(end_ms).filter(|(start, end)| start < end);
    let axis = axis.map(|(start_ms, end_ms)| Bins::new(TimeSpan::new(start_ms, end_ms)));
    let of_participant = |participant: &ParticipantSamples| -> Vec<f32> {
        match &axis {
            Some(axis) => Trend::ALL.iter().flat_map(|which| trend(axis, participant, *which)).collect(),
            None => vec![f32::NAN; Trend::ALL.len() * TREND_BINS],
        }
    };
    samples.participants.iter().flat_map(of_participant).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a sparkline needs three digits")]
fn trend(axis: &Bins, participant: &ParticipantSamples, which: Trend) -> Vec<f32> {
    let values = match which {
        Trend::Rtt => rtt(axis, participant),
        Trend::LossDown => loss(axis, participant, |connection| &connection.inbound),
        Trend::LossUp => loss(axis, participant, |connection| &connection.outbound),
        Trend::Frozen => frozen(axis, participant),
    };
    values.into_iter().map(|value| value as f32).collect()
}

fn rtt(axis: &Bins, participant: &ParticipantSamples) -> Vec<f64> {
    let mut bins = vec![f64::NAN; TREND_BINS];
    for connection in &participant.connections {
        for (poll, rtt_ms) in connection.polls.iter().zip(&connection.rtt_ms) {
            // `max` ignores NaN on either side.
            axis.each(poll.span, &mut bins, |bin, _| *bin = bin.max(*rtt_ms));
        }
    }
    bins
}

fn loss(
    axis: &Bins,
    participant: &ParticipantSamples,
    streams: impl Fn(&PeerConnectionSamples) -> &[RtpStreamSamples],
) -> Vec<f64> {
    let mut bins = vec![(0.0, 0.0); TREND_BINS];
    for connection in &participant.connections {
        for stream in streams(connection) {
            let packets =
                connection.polls.iter().zip(stream.expected_packets.iter().zip(&stream.lost_packets));
            for (poll, (expected, lost)) in
                packets.filter(|(_, (expected, lost))| **expected > 0.0 && !lost.is_nan())
            {
                let poll_ms = poll.span.duration_ms();
                axis.each(poll.span, &mut bins, |(sum_expected, sum_lost), within_ms| {
                    let share = if poll_ms > 0.0 { within_ms / poll_ms } else { 1.0 };
                    *sum_expected += expected * share;
                    *sum_lost += lost * share;
                });
            }
        }
    }
    bins.into_iter()
        .map(|(expected, lost)| if expected > 0.0 { (lost / expected).clamp(0.0, 1.0) } else { f64::NAN })
        .collect()
}

fn frozen(axis: &Bins, participant: &ParticipantSamples) -> Vec<f64> {
    let mut worst = vec![f64::NAN; TREND_BINS];
    for connection in &participant.connections {
        for stream in connection.inbound.iter().filter(|stream| stream.kind == Some(MediaKind::Video)) {
            let mut bins = vec![f64::NAN; TREND_BINS];
            for (poll, frozen_ms) in
                connection.polls.iter().zip(&stream.freeze_ms).filter(|(_, ms)| !ms.is_nan())
            {
                axis.each(poll.span, &mut bins, |bin, _| *bin = bin.max(0.0));
                // `totalFreezesDuration` grows when a freeze ends, so the freeze precedes the poll.
                let frozen = TimeSpan::new(poll.span.to_ms - frozen_ms, poll.span.to_ms);
                axis.each(frozen, &mut bins, |bin, within_ms| {
                    *bin = bin.max(0.0) + within_ms / axis.bin_ms;
                });
            }
            for (worst, bin) in worst.iter_mut().zip(bins) {
                // `clamp` keeps NaN, which `min` would replace by 1; `max` ignores NaN.
                *worst = worst.max(bin.clamp(0.0, 1.0));
            }
        }
    }
    worst
}

/// The time of the conference in [`TREND_BINS`] equal bins.
struct Bins {
    start_ms: f64,
    bin_ms: f64,
}

impl Bins {
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    fn new(conference: TimeSpan) -> Self {
        Self { start_ms: conference.from_ms, bin_ms: conference.duration_ms() / TREND_BINS as f64 }
    }

    /// Calls `take` for each bin that overlaps a span, with the overlap in ms.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    fn each<T>(&self, span: TimeSpan, bins: &mut [T], mut take: impl FnMut(&mut T, f64)) {
        let first = ((span.from_ms - self.start_ms) / self.bin_ms).floor().max(0.0) as usize;
        for (place, bin) in bins.iter_mut().enumerate().skip(first) {
            let bin_from = self.start_ms + place as f64 * self.bin_ms;
            if bin_from >= span.to_ms {
                break;
            }
            let within_ms = span.to_ms.min(bin_from + self.bin_ms) - span.from_ms.max(bin_from);
            if within_ms > 0.0 {
                take(bin, within_ms);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Poll;

    fn connection(polls: &[TimeSpan], received: Vec<RtpStreamSamples>) -> PeerConnectionSamples {
        let polls: Vec<Poll> = polls.iter().map(|&span| Poll { span, line: 1 }).collect();
        let rtt_ms = (1..=polls.len()).map(|n| n as f64 * 10.0).collect();
        PeerConnectionSamples {
            file: "f".into(),
            p2p: false,
            poll_ms: 1.0,
            polls,
            rtt_ms,
            inbound: received,
            outbound: vec![],
            state_changes: vec![],
            selected_pairs: vec![],
        }
    }

    fn stream(expected: Vec<f64>, lost: Vec<f64>, frozen_ms: Vec<f64>) -> RtpStreamSamples {
        let none = vec![f64::NAN; expected.len()];
        let kind = Some(MediaKind::Video);
        RtpStreamSamples {
            kind,
            sender: None,
            expected_packets: expected,
            lost_packets: lost,
            freeze_ms: frozen_ms,
            cpu_limited_ms: none.clone(),
            bandwidth_limited_ms: none,
        }
    }

    fn trend_of(connections: Vec<PeerConnectionSamples>, which: usize) -> Vec<f32> {
        let participant = ParticipantSamples { key: "a".into(), until_ms: 0.0, connections };
        let all = trends(
            &ConferenceSamples { participants: vec![participant] },
            Some(0.0),
            Some(TREND_BINS as f64),
        );
        all[which * TREND_BINS..(which + 1) * TREND_BINS].to_vec()
    }

    #[test]
    fn loss_is_at_its_polls_and_nan_elsewhere() {
        let polls = [TimeSpan::new(0.0, 2.0), TimeSpan::new(2.0, 4.0)];
        let stream = stream(vec![100.0, 100.0], vec![10.0, 0.0], vec![f64::NAN; 2]);
        let loss = trend_of(vec![connection(&polls, vec![stream])], 1);
        assert_eq!(loss[..4], [0.1, 0.1, 0.0, 0.0]);
        assert!(loss[4..].iter().all(|value| value.is_nan()));
    }

    #[test]
    fn the_longest_round_trip_of_several_connections_is_used() {
        let rtt = trend_of(
            vec![
                connection(&[TimeSpan::new(0.0, 1.0)], vec![]),
                connection(&[TimeSpan::new(5.0, 6.0), TimeSpan::new(0.0, 1.0)], vec![]),
            ],
            0,
        );
        assert_eq!((rtt[0], rtt[5]), (20.0, 10.0));
    }

    #[test]
    fn a_freeze_precedes_the_poll_that_reports_it() {
        let stream = stream(vec![1.0; 4], vec![0.0; 4], vec![0.0, 0.0, 0.0, 1.5]);
        let frozen = trend_of(
            vec![connection(
                &[
                    TimeSpan::new(0.0, 1.0),
                    TimeSpan::new(1.0, 2.0),
                    TimeSpan::new(2.0, 3.0),
                    TimeSpan::new(3.0, 4.0),
                ],
                vec![stream],
            )],
            3,
        );
        assert_eq!(frozen[..4], [0.0, 0.0, 0.5, 1.0]);
        assert!(frozen[4].is_nan());
    }
}
