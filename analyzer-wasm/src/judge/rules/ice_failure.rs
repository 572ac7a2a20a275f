//! `ice-failure`: ICE gave a path up. Critical: without a new connection there is no media.
//!
//! From the first missing packet to the new connection, or to the end of the stay. Attempts that fail while another
//! path of the same person carries media (a direct one beside the bridge's) harm nobody; attempts that fail while
//! nothing works are the same failure.

use super::super::Case;
use super::super::draft::Draft;
use super::ice_disconnect;
use crate::report::Gravity;

const CODE: &str = "ice-failure";
/// Further attempts come within this.
const ONE_FAILURE_MS: f64 = 30_000.0;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (person, path, outages) in case.paths() {
        for outage in outages.iter().filter(|outage| outage.failed) {
            if !path.carried_media() && case.has_media(person, outage.from_ms) {
                continue;
            }
            let mut draft = ice_disconnect::draft(CODE, person, path, outage);
            if !outage.recovered {
                draft.to_ms = case.heard_after(person, outage.to_ms);
            }
            match drafts
                .iter_mut()
                .find(|known| known.person == person && known.overlaps(&draft, ONE_FAILURE_MS))
            {
                Some(known) => {
                    known.to_ms = known.to_ms.max(draft.to_ms);
                    known.evidence.extend(draft.evidence);
                }
                None => drafts.push(draft),
            }
        }
    }
    for draft in &mut drafts {
        draft.gravity = Gravity::Critical;
        draft.value = Some((draft.to_ms - draft.from_ms) / 1_000.0);
        draft.title = format!("{}'s connection failed", case.label(draft.person));
        draft.advice = "No path was left: check that UDP to the bridge and a TURN server over TCP 443 are both allowed, and \
                        whether the network changed at that time.";
    }
    drafts
}
