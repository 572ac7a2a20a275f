//! The rules, one file each: the declaration of a finding code and the function that returns its findings.

use super::context::RuleContext;
use super::finding_builder::FindingBuilder;
use crate::catalog::FindingInfo;

mod limitation;
mod loss;

/// Declares the modules of the rules, the list of their declarations and the list of their functions.
///
/// The two lists are separate so that the page, which uses only the declarations, is linked without the rules' code.
macro_rules! rules {
    ($($rule:ident)*) => {
        $(pub(super) mod $rule;)*

        /// The declaration of every finding code that has a rule; causes come before their effects.
        pub static FINDINGS: &[&FindingInfo] = &[$(&$rule::INFO),*];

        /// Every rule, in the same order.
        pub(super) const RULES: &[fn(&RuleContext<'_>) -> Vec<FindingBuilder>] = &[$($rule::judge),*];
    };
}

rules! {
    ice_failure
    ice_disconnect
    ice_restart
    uplink_loss
    downlink_loss
    high_rtt
    video_freeze
    cpu_limited
    bandwidth_limited
    relay_transport
    tcp_transport
}
