//! The rules, one file each: what it means, from when it counts, and what to do.

mod bandwidth_limited;
mod cpu_limited;
mod downlink_loss;
mod high_rtt;
mod ice_disconnect;
mod ice_failure;
mod ice_restart;
mod limitation;
mod loss;
mod relay_transport;
mod tcp_transport;
mod uplink_loss;
pub(super) mod video_freeze;

use super::RuleContext;
use super::finding_builder::FindingBuilder;

/// One rule.
pub(super) struct Rule {
    pub(super) code: &'static str,
    pub(super) judge: fn(&RuleContext<'_>) -> Vec<FindingBuilder>,
    /// The values of a warning and of a critical finding, where those are of a quantity that charts show.
    pub(super) limits: Option<(f64, f64)>,
}

/// Every rule.
pub(super) const ALL: &[Rule] = &[
    Rule { code: "ice-failure", judge: ice_failure::judge, limits: None },
    Rule { code: "ice-disconnect", judge: ice_disconnect::judge, limits: None },
    Rule { code: "ice-restart", judge: ice_restart::judge, limits: None },
    Rule { code: "uplink-loss", judge: uplink_loss::judge, limits: Some(loss::LIMITS) },
    Rule { code: "downlink-loss", judge: downlink_loss::judge, limits: Some(loss::LIMITS) },
    Rule { code: "high-rtt", judge: high_rtt::judge, limits: Some(high_rtt::LIMITS_MS) },
    Rule { code: "video-freeze", judge: video_freeze::judge, limits: None },
    Rule { code: "cpu-limited", judge: cpu_limited::judge, limits: None },
    Rule { code: "bandwidth-limited", judge: bandwidth_limited::judge, limits: None },
    Rule { code: "relay-transport", judge: relay_transport::judge, limits: None },
    Rule { code: "tcp-transport", judge: tcp_transport::judge, limits: None },
];
