//! The numbers of the participants table: which quantity each shows, and how it is taken over the call.

use analyzer_wasm::catalog::{Fold, Quantity};
use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::Trend;

use crate::format::{quantity, report};

/// One column of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// The heading over several columns.
    group: &'static str,
    /// What it shows.
    pub(super) quantity: Quantity,
    /// What its heading adds to the quantity's, where the table shows it more than once.
    suffix: &'static str,
    /// How the values over the call become one.
    aggregate: &'static str,
    /// The number, in the quantity's unit; `None` where the dumps do not hold it.
    pub(super) value: fn(&Participant) -> Option<f64>,
    /// The values over the call.
    pub(super) trend: Option<Trend>,
}

impl Column {
    const fn new(group: &'static str, quantity: Quantity, value: fn(&Participant) -> Option<f64>) -> Self {
        let aggregate = match quantity.info().fold {
            Fold::Sum => "Total over the call.",
            Fold::Mean | Fold::Max => "Mean over the call.",
        };
        Self { group, quantity, suffix: "", aggregate, value, trend: None }
    }

    const fn suffix(self, suffix: &'static str) -> Self {
        Self { suffix, ..self }
    }

    const fn aggregate(self, aggregate: &'static str) -> Self {
        Self { aggregate, ..self }
    }

    const fn trend(self, trend: Trend) -> Self {
        Self { trend: Some(trend), ..self }
    }

    /// Its heading, for example `RTT p95`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.quantity.info().short, self.suffix).trim_end().to_owned()
    }

    /// What it shows, in a sentence.
    pub(super) fn help(&self) -> String {
        format!("{} {}", quantity::explanation(self.quantity), self.aggregate)
    }
}

const NETWORK: &str = "Network";
const RECEIVED: &str = "Received media";
const LIMITED: &str = "Limited by";

/// All columns, from left to right.
pub(super) const COLUMNS: [Column; 17] = [
    Column::new("", Quantity::Present, report::present_ms),
    Column::new(NETWORK, Quantity::RoundTripTime, |participant| {
        participant.network.rtt_ms.map(|rtt| rtt.mean)
    })
    .suffix("mean")
    .trend(Trend::Rtt),
    Column::new(NETWORK, Quantity::RoundTripTime, |participant| {
        participant.network.rtt_ms.map(|rtt| rtt.p95)
    })
    .suffix("p95")
    .aggregate("95 % of the samples are below."),
    Column::new(NETWORK, Quantity::Jitter, |participant| {
        participant.network.jitter_ms.map(|jitter| jitter.mean)
    }),
    Column::new(NETWORK, Quantity::DownlinkLoss, |participant| participant.network.loss_down_ratio)
        .trend(Trend::LossDown),
    Column::new(NETWORK, Quantity::UplinkLoss, |participant| participant.network.loss_up_ratio)
        .trend(Trend::LossUp),
    Column::new(NETWORK, Quantity::BitrateSent, |participant| participant.network.send_bps),
    Column::new(NETWORK, Quantity::BitrateReceived, |participant| participant.network.receive_bps),
    Column::new(NETWORK, Quantity::AvailableBitrate, |participant| participant.network.available_out_bps),
    Column::new(RECEIVED, Quantity::FrameRate, |participant| participant.media.fps),
    Column::new(RECEIVED, Quantity::FrameHeight, |participant| participant.media.height)
        .aggregate("Median by time."),
    Column::new(RECEIVED, Quantity::FreezeCount, |participant| participant.media.freezes),
    Column::new(RECEIVED, Quantity::FreezeTime, |participant| participant.media.freeze_ms)
        .trend(Trend::Frozen),
    Column::new(RECEIVED, Quantity::PauseTime, |participant| participant.media.pause_ms),
    Column::new(RECEIVED, Quantity::Concealment, |participant| participant.media.concealed_ratio),
    Column::new(LIMITED, Quantity::CpuLimited, |participant| participant.media.cpu_limited_ms),
    Column::new(LIMITED, Quantity::BandwidthLimited, |participant| participant.media.bandwidth_limited_ms),
];

/// Whether a column is the first of its group.
pub(super) fn begins_group(index: usize) -> bool {
    let group = |index: usize| COLUMNS.get(index).map(|column| column.group);
    index.checked_sub(1).is_some_and(|before| group(before) != group(index))
}

/// The groups with how many columns each spans.
pub(super) fn groups() -> Vec<(&'static str, usize)> {
    let mut groups: Vec<(&'static str, usize)> = Vec::new();
    for column in &COLUMNS {
        match groups.last_mut() {
            Some((group, span)) if *group == column.group => *span += 1,
            _ => groups.push((column.group, 1)),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::participant;

    #[test]
    fn a_participant_without_data_has_no_numbers() {
        let participant = participant("a");
        assert!(COLUMNS.iter().all(|column| (column.value)(&participant).is_none()));
    }

    #[test]
    fn groups_span_all_columns() {
        assert_eq!(groups().iter().map(|(_, span)| span).sum::<usize>(), COLUMNS.len());
        assert_eq!(groups().len(), 4);
    }

    #[test]
    fn headings_are_the_short_names_of_the_quantities() {
        let titles: Vec<String> = COLUMNS.iter().take(4).map(Column::title).collect();
        assert_eq!(titles, ["Present", "RTT mean", "RTT p95", "Jitter"]);
    }
}
