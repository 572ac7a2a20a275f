//! What servers recorded of a participant, for its report.

use super::participant_record::ParticipantRecord;
use crate::extract::EndpointMeasurements;
use crate::report::{BridgeSide, FocusSide};
use crate::sessions::Extracts;

impl ParticipantRecord {
    /// The measurements and states that bridges recorded of the participant; a later state replaces an earlier one.
    pub(crate) fn bridge(&self, extracts: &Extracts) -> Option<BridgeSide> {
        let mut measurements: Option<EndpointMeasurements> = None;
        let (mut files, mut states) = (Vec::new(), [None, None, None]);
        for listing in &self.listings {
            let Some(endpoint) = listing.endpoint(extracts) else { continue };
            measurements.get_or_insert_default().merge(&endpoint.measurements);
            for (state, now) in states.iter_mut().zip([&endpoint.ice, &endpoint.dtls, &endpoint.sctp]) {
                *state = now.clone().or(state.take());
            }
            files.extend(listing.files(extracts));
        }
        let [ice_state, dtls_state, sctp_state] = states;
        Some(BridgeSide { files, ice_state, dtls_state, sctp_state, ..measurements?.report() })
    }

    /// What focuses recorded of the participant: the latest role, region and state, all bridges, the sums of muted time.
    pub(crate) fn focus(&self, extracts: &Extracts) -> Option<FocusSide> {
        let mut focus: Option<FocusSide> = None;
        for listing in &self.listings {
            let Some(member) = listing.member(extracts) else { continue };
            let focus = focus.get_or_insert_default();
            focus.files.extend(listing.files(extracts));
            for (slot, value) in [
                (&mut focus.role, &member.role),
                (&mut focus.region, &member.region),
                (&mut focus.jingle_state, &member.jingle),
            ] {
                *slot = value.clone().or(slot.take());
            }
            focus.visitor = member.visitor.or(focus.visitor);
            for choice in &member.bridges {
                if focus.bridges.last() != Some(&choice.bridge) {
                    focus.bridges.push(choice.bridge.clone());
                }
            }
            for (sum, part) in [
                (&mut focus.audio_muted_ms, member.audio_muted_ms),
                (&mut focus.video_muted_ms, member.video_muted_ms),
            ] {
                if let Some(part) = part {
                    *sum.get_or_insert(0.0) += part;
                }
            }
        }
        focus
    }
}
