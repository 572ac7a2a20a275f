//! The dump of a bridge that a focus lists.

use super::ServerRow;
use crate::extract::{BridgeExtract, ServerExtract};
use crate::report::Server;

/// The index of the row of a bridge that a focus lists: the row whose host name begins with the bridge's name, else the one
/// with the most endpoints that the focus had assigned to the bridge. `None` if there is no such row, or for a tie.
pub(super) fn dump_of_bridge(
    bridge: &BridgeExtract,
    focus: &ServerExtract,
    servers: &[ServerRow<'_>],
) -> Option<usize> {
    let jvbs = || servers.iter().enumerate().filter(|(_, (_, row))| row.kind == "jvb");
    let named = |row: &Server| {
        let rest = row.name.as_deref().and_then(|host| host.strip_prefix(bridge.name.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if let Some((at, _)) = jvbs().find(|(_, (_, row))| named(row)) {
        return Some(at);
    }
    let was_assigned = |id: &str| {
        let mut members = focus.members.iter().filter(|member| member.id == id);
        members.any(|member| member.bridges.iter().any(|choice| choice.bridge == bridge.name))
    };
    let shared = jvbs().filter_map(|(at, (server, _))| {
        let count = server.as_ref()?.endpoints.iter().filter(|endpoint| was_assigned(&endpoint.id)).count();
        (count > 0).then_some((count, at))
    });
    let mut shared: Vec<(usize, usize)> = shared.collect();
    shared.sort_unstable();
    match shared.as_slice() {
        [.., (second, _), (most, _)] if second == most => None,
        [.., (_, at)] => Some(*at),
        [] => None,
    }
}
