//! The rules, one file each: the declaration of a finding code and the function that finds it.

use super::context::RuleContext;
use super::finding_builder::FindingBuilder;
use crate::catalog::FindingInfo;

mod limitation;
mod loss;

/// Declares the rules' modules, the list of what they find and the list of their functions.
///
/// The two lists are apart so that the page, which reads the first, contains no rule's code.
macro_rules! rules {
    ($($rule:ident)*) => {
        $(pub(super) mod $rule;)*

        /// The declaration of every finding code that has a rule; causes come before what they explain.
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
