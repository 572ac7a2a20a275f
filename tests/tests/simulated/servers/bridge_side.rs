//! What bridges tell of each of their endpoints, over every poll that was written.

use simulator::{Spelling, TrueBridgePresence, TruePoll};

use super::bridge_truth::{each, near, share, written};

#[test]
fn polls_are_counted() {
    each(|_, told, truly, what, wrong| {
        near(wrong, Some(told.polls as f64), Some(truly.polls().count() as f64), 0.0, what);
    });
}

#[test]
fn round_trips_and_losses_are_the_polls() {
    each(|_, told, truly, what, wrong| {
        // What changed in a cut is known when it changes again.
        let within = if truly.cut { 5e-4 } else { 1e-9 };
        near(wrong, told.loss_up_ratio, truly.mean(|poll| share(poll.up)), within, what);
        near(wrong, told.loss_down_ratio, truly.mean(|poll| share(poll.down)), within, what);
        let rtt_ms = truly.rtt_ms();
        let mean = rtt_ms.iter().sum::<f64>() / rtt_ms.len() as f64;
        near(
            wrong,
            told.rtt_ms.map(|rtt| rtt.mean),
            (!rtt_ms.is_empty()).then_some(mean),
            if truly.cut { 0.01 } else { 1e-3 } * mean,
            what,
        );
        let most = rtt_ms.iter().copied().reduce(f64::max);
        near(wrong, told.rtt_ms.map(|rtt| rtt.max), most, 1e-3, what);
    });
}

#[test]
fn rates_are_what_the_counters_grew_by() {
    each(|_, told, truly, what, wrong| {
        let truly_cut = truly.cut;
        let rates = [
            (told.receive_bps, truly.rate(|poll| poll.received.bytes)),
            (told.send_bps, truly.rate(|poll| poll.sent.bytes)),
        ];
        for (told, truly) in rates {
            // Stamps come some ms after the polls; what passed in a cut is in no poll.
            let within = if truly_cut { 0.02 } else { 0.01 } * truly + 500.0;
            near(wrong, told, truly.is_finite().then_some(truly), within, what);
        }
        let within = |truly: Option<f64>| truly.unwrap_or(0.0) * 1e-9 + 1e-6;
        let means = [
            ("estimate", told.estimate_bps, truly.mean(|poll| Some(poll.bwe_bps as f64))),
            ("ideal", told.ideal_bps, truly.mean(|poll| Some(poll.ideal_bps as f64))),
            ("target", told.target_bps, truly.mean(|poll| Some(poll.target_bps as f64))),
        ];
        for (name, told, mean) in means {
            near(wrong, told, mean, within(mean), &format!("{what}, {name}"));
        }
    });
}

#[test]
fn allocations_are_what_they_were() {
    let (mut suspended, mut oversending) = (0, 0);
    each(|_, told, truly, what, wrong| {
        let forwarded = truly.mean(|poll| Some(poll.forwarded.len() as f64));
        near(
            wrong,
            told.forwarded_sources.map(|distribution| distribution.mean),
            forwarded,
            if truly.cut { 0.2 } else { 1e-6 },
            what,
        );
        // That sources are held back no more may be said in a cut, and never again.
        let held_ms = truly.intervals(|a, _, length_ms| if a.suspended.is_empty() { 0.0 } else { length_ms });
        suspended += usize::from(held_ms > 0.0);
        near(
            wrong,
            told.suspended_ms,
            Some(held_ms),
            if truly.cut { f64::INFINITY } else { held_ms * 0.01 + 100.0 },
            what,
        );
        let last = |stay: &&TrueBridgePresence| written(stay).last().map_or(0, |poll| poll.oversending_s);
        let oversent_ms: u64 = truly.stays.iter().map(last).sum::<u64>() * 1_000;
        oversending += usize::from(oversent_ms > 0);
        near(wrong, told.oversending_ms, Some(oversent_ms as f64), 0.0, what);
    });
    println!("{suspended} had sources suspended, {oversending} were sent too much");
    assert!(suspended > 2, "{suspended}");
}

#[test]
fn requests_and_messages_are_counted_from_the_stays_begin() {
    each(|_, told, truly, what, wrong| {
        let total = |of: fn(&TruePoll) -> u64| {
            Some(truly.stays.iter().filter_map(|stay| written(stay).last().map(|poll| of(poll))).sum::<u64>()
                as f64)
        };
        let counts = [
            ("keyframe requests", told.keyframe_requests, total(|poll| poll.keyframe_requests)),
            ("received", told.messages_received, total(|poll| poll.messages_received)),
            ("sent", told.messages_sent, total(|poll| poll.messages_sent)),
            ("dropped", told.messages_dropped, Some(0.0)),
        ];
        for (name, told, truly) in counts {
            near(wrong, told, truly, 0.0, &format!("{what}, {name}"));
        }
    });
}

#[test]
fn states_are_the_last_ones() {
    each(|case, told, truly, what, wrong| {
        let Some(stay) = truly.stays.last() else { return };
        let polls = written(stay);
        let last = polls[polls.len() - 1];
        let is = |yes: bool| Some(if yes { "connected" } else { "new" });
        let ice = if last.ice_failed { Some("failed") } else { is(last.ice_connected) };
        wrong.unless(told.ice_state.as_deref() == ice, || {
            format!("{what}: ICE {:?} {last:?}", told.ice_state)
        });
        // DTLS takes 35 ms after ICE.
        let dtls = is(stay.connected_ms + 35 <= last.at_ms);
        wrong.unless(told.dtls_state.as_deref() == dtls, || format!("{what}: DTLS {:?}", told.dtls_state));
        let on = |spelling: Spelling| {
            let mut own = case.truth.bridges.iter().filter(|bridge| bridge.spelling == spelling);
            own.any(|bridge| {
                bridge.stays.iter().any(|known| truly.stays.iter().any(|stay| std::ptr::eq(*stay, known)))
            })
        };
        // Only `/stats` tells of SCTP, and only the debug state of jitter.
        assert_eq!(told.sctp_state.is_some(), on(Spelling::Stats), "{what}");
        assert_eq!(told.jitter_up_ms.is_some(), on(Spelling::Debug), "{what}");
    });
}
