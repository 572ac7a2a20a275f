//! The bridge side of each participant in the report, compared with the true values at every poll in the dumps.

use simulator::{Spelling, TrueBridgePresence, TruePoll};

use super::bridge_truth::{each, near, share, written};

#[test]
fn polls_are_counted() {
    each(|_, reported, expected, what, wrong| {
        near(wrong, Some(reported.polls as f64), Some(expected.polls().count() as f64), 0.0, what);
    });
}

#[test]
fn round_trip_times_and_losses_match_the_polls() {
    each(|_, reported, expected, what, wrong| {
        // A change that fell into a cut is only reported when the value changes again.
        let within = if expected.cut { 5e-4 } else { 1e-9 };
        near(wrong, reported.loss_up_ratio, expected.mean(|poll| share(poll.up)), within, what);
        near(wrong, reported.loss_down_ratio, expected.mean(|poll| share(poll.down)), within, what);
        let rtt_ms = expected.rtt_ms();
        let mean = rtt_ms.iter().sum::<f64>() / rtt_ms.len() as f64;
        near(
            wrong,
            reported.rtt_ms.map(|rtt| rtt.mean),
            (!rtt_ms.is_empty()).then_some(mean),
            if expected.cut { 0.01 } else { 1e-3 } * mean,
            what,
        );
        let most = rtt_ms.iter().copied().reduce(f64::max);
        near(wrong, reported.rtt_ms.map(|rtt| rtt.max), most, 1e-3, what);
    });
}

#[test]
fn rates_match_the_growth_of_the_counters() {
    each(|_, reported, expected, what, wrong| {
        let cut = expected.cut;
        let rates = [
            (reported.receive_bps, expected.rate(|poll| poll.received.bytes)),
            (reported.send_bps, expected.rate(|poll| poll.sent.bytes)),
        ];
        for (reported, expected) in rates {
            // Timestamps are some ms later than the polls; traffic during a cut is in no poll.
            let within = if cut { 0.02 } else { 0.01 } * expected + 500.0;
            near(wrong, reported, expected.is_finite().then_some(expected), within, what);
        }
        let within = |expected: Option<f64>| expected.unwrap_or(0.0) * 1e-9 + 1e-6;
        let means = [
            ("estimate", reported.estimate_bps, expected.mean(|poll| Some(poll.bwe_bps as f64))),
            ("ideal", reported.ideal_bps, expected.mean(|poll| Some(poll.ideal_bps as f64))),
            ("target", reported.target_bps, expected.mean(|poll| Some(poll.target_bps as f64))),
        ];
        for (name, reported, mean) in means {
            near(wrong, reported, mean, within(mean), &format!("{what}, {name}"));
        }
    });
}

#[test]
fn bandwidth_allocations_match_the_polls() {
    let (mut suspended, mut oversending) = (0, 0);
    each(|_, reported, expected, what, wrong| {
        let forwarded = expected.mean(|poll| Some(poll.forwarded.len() as f64));
        near(
            wrong,
            reported.forwarded_sources.map(|distribution| distribution.mean),
            forwarded,
            if expected.cut { 0.2 } else { 1e-6 },
            what,
        );
        // The end of a suspension may fall into a cut and is not repeated afterwards.
        let held_ms =
            expected.intervals(|a, _, length_ms| if a.suspended.is_empty() { 0.0 } else { length_ms });
        suspended += usize::from(held_ms > 0.0);
        near(
            wrong,
            reported.suspended_ms,
            Some(held_ms),
            if expected.cut { f64::INFINITY } else { held_ms * 0.01 + 100.0 },
            what,
        );
        let last =
            |presence: &&TrueBridgePresence| written(presence).last().map_or(0, |poll| poll.oversending_s);
        let oversent_ms: u64 = expected.presences.iter().map(last).sum::<u64>() * 1_000;
        oversending += usize::from(oversent_ms > 0);
        near(wrong, reported.oversending_ms, Some(oversent_ms as f64), 0.0, what);
    });
    println!("{suspended} participants had suspended sources, {oversending} had oversending");
    assert!(suspended > 2, "{suspended}");
}

#[test]
fn requests_and_messages_are_counted_from_the_start_of_each_presence() {
    each(|_, reported, expected, what, wrong| {
        let total = |of: fn(&TruePoll) -> u64| {
            Some(
                expected
                    .presences
                    .iter()
                    .filter_map(|presence| written(presence).last().map(|poll| of(poll)))
                    .sum::<u64>() as f64,
            )
        };
        let counts = [
            ("keyframe requests", reported.keyframe_requests, total(|poll| poll.keyframe_requests)),
            ("received", reported.messages_received, total(|poll| poll.messages_received)),
            ("sent", reported.messages_sent, total(|poll| poll.messages_sent)),
            ("dropped", reported.messages_dropped, Some(0.0)),
        ];
        for (name, reported, expected) in counts {
            near(wrong, reported, expected, 0.0, &format!("{what}, {name}"));
        }
    });
}

#[test]
fn ice_and_dtls_states_are_the_last_reported_ones() {
    each(|case, reported, expected, what, wrong| {
        let Some(presence) = expected.presences.last() else { return };
        let polls = written(presence);
        let last = polls[polls.len() - 1];
        let is = |yes: bool| Some(if yes { "connected" } else { "new" });
        let ice = if last.ice_failed { Some("failed") } else { is(last.ice_connected) };
        wrong.unless(reported.ice_state.as_deref() == ice, || {
            format!("{what}: ICE {:?} {last:?}", reported.ice_state)
        });
        // DTLS completes 35 ms after ICE.
        let dtls = is(presence.connected_ms + 35 <= last.at_ms);
        wrong.unless(reported.dtls_state.as_deref() == dtls, || {
            format!("{what}: DTLS {:?}", reported.dtls_state)
        });
        let on = |spelling: Spelling| {
            let mut own = case.truth.bridges.iter().filter(|bridge| bridge.spelling == spelling);
            own.any(|bridge| {
                bridge
                    .stays
                    .iter()
                    .any(|known| expected.presences.iter().any(|presence| std::ptr::eq(*presence, known)))
            })
        };
        // Only `/stats` has the SCTP state, and only the debug state has jitter.
        assert_eq!(reported.sctp_state.is_some(), on(Spelling::Stats), "{what}");
        assert_eq!(reported.jitter_up_ms.is_some(), on(Spelling::Debug), "{what}");
    });
}
