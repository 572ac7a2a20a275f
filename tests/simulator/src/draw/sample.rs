//! The sample call: small, with six kinds of fault.

use super::ScenarioOptions;
use crate::fault::{Fault, FaultKind, RelayProtocol};
use crate::scenario::{Presence, Scenario, TimeRange};

/// The seed of everything that is not set here.
const SEED: u64 = 20;
const MINUTE_MS: u64 = 60_000;

impl Scenario {
    /// Six people, ten minutes: two people with the same name, a rejoin, a late join, and six faults.
    #[must_use]
    pub fn sample() -> Self {
        let options = ScenarioOptions {
            seed: SEED,
            people: 6,
            faulty: false,
            duration_ms: 10 * MINUTE_MS,
            poll_ms: Some(10_000),
        };
        let mut scenario = Self::from_options(&options);
        let names = ["Ada-k3P", "Lottie-1R0", "Samir-v8x", "Lottie-1R0", "Nora-T2c", "Hugo-9fW"];
        let ahead_ms = [12, -180, 40, 2_300, -75, 0];
        let starts_ms = [2_000, 5_000, 7_000, 6_000, 9_000, 95_000];
        let settings = names.into_iter().zip(starts_ms).zip(ahead_ms);
        for (person, ((name, from_ms), ahead_ms)) in scenario.people.iter_mut().zip(settings) {
            name.clone_into(&mut person.stats_id);
            person.clock_ahead_ms = ahead_ms;
            person.presences.truncate(1);
            person.video_muted.clear();
            for presence in &mut person.presences {
                presence.time = TimeRange { from_ms, to_ms: 10 * MINUTE_MS };
            }
        }
        scenario.rejoin(4, 5 * MINUTE_MS, 5 * MINUTE_MS + 25_000);
        for (person, from_ms, to_ms, kind) in [
            (1, 90_000, 190_000, FaultKind::UplinkLoss { ratio: 0.12 }),
            (2, 220_000, 330_000, FaultKind::DownlinkLoss { ratio: 0.09 }),
            (0, 380_000, 500_000, FaultKind::CpuLimited),
            (3, 420_000, 431_000, FaultKind::Blackout),
            (5, 250_000, 360_000, FaultKind::Delay { rtt_ms: 450.0 }),
            (4, 0, 10 * MINUTE_MS, FaultKind::Relay { protocol: RelayProtocol::Tls }),
        ] {
            scenario.faults.push(Fault { person, time: TimeRange { from_ms, to_ms }, kind });
        }
        if let Some(hugo) = scenario.people.get_mut(5) {
            hugo.video_muted.push(TimeRange { from_ms: 2 * MINUTE_MS, to_ms: 10 * MINUTE_MS });
        }
        for place in [0, 1] {
            if let Some(person) = scenario.people.get_mut(place) {
                person.spotlight = true;
            }
        }
        scenario.faults.sort_by_key(|fault| (fault.time.from_ms, fault.person));
        scenario
    }

    /// Adds a leave and a rejoin of a person, as another endpoint in another session.
    fn rejoin(&mut self, person: usize, left_ms: u64, back_ms: u64) {
        let Some(presences) = self.people.get_mut(person).map(|person| &mut person.presences) else { return };
        let Some(first) = presences.first_mut() else { return };
        let to_ms = first.time.to_ms;
        first.time.to_ms = left_ms;
        presences.push(Presence {
            endpoint_id: "5e7a11ed".to_owned(),
            session_id: "5e7a11ed-0c4f-4b7e-a1d2-6f0d6b8b9c55".to_owned(),
            time: TimeRange { from_ms: back_ms, to_ms },
        });
    }
}
