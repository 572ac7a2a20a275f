//! The table of the peer connections of the selected participant.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::report::Connection;
use leptos::prelude::*;

use crate::analysis::queries::QueryState;
use crate::components::fact::Value;
use crate::format;
use crate::format::{quantity, report};
use crate::shell::instance::Instance;

/// A row for each connection.
#[component]
pub fn PeerConnections(
    /// The connections.
    connections: ReadSignal<QueryState<Vec<Connection>>>,
) -> impl IntoView {
    let title = Instance::expect().id("connections-title");
    let rows = move || connections.with(|all| Some(all.latest()?.iter().map(row).collect_view()));
    view! {
        <h3 class="connections-title" id=title.clone()>"Connections"</h3>
        <div class="scroller" tabindex="0" role="group" aria-labelledby=title.clone()>
            <table data-testid="connections">
                <thead>
                    <tr>
                        <th scope="col" title="The name of the peer connection in the dump.">"Connection"</th>
                        <th scope="col" title="Peer to peer, or through a bridge (SFU).">"Route"</th>
                        <th scope="col" title="Last state (RTCPeerConnection.connectionState, else iceConnectionState).">"Last state"</th>
                        <th scope="col" class="number" title="Packets sent on all streams (outbound-rtp.packetsSent).">"Sent" <span class="unit">"packets"</span></th>
                        <th scope="col" class="number" title="Sent packets that the receiver reported as lost (remote-inbound-rtp.packetsLost).">"Sent, lost" <span class="unit">"packets"</span></th>
                        <th scope="col" class="number" title="Packets received on all streams (inbound-rtp.packetsReceived).">"Received" <span class="unit">"packets"</span></th>
                        <th scope="col" class="number" title="Packets that were sent to this participant and did not arrive (inbound-rtp.packetsLost).">"Received, lost" <span class="unit">"packets"</span></th>
                        <th scope="col" class="number" title=quantity::explanation(Quantity::RoundTripTime)>"RTT mean" <span class="unit">"ms"</span></th>
                        <th scope="col" class="number" title="Number of getStats polls in the dump, and the median time between them.">"Polls" <span class="unit">"every"</span></th>
                        <th scope="col" title="The candidate pair that was selected last: local, then remote (transport.selectedCandidatePairId).">"Selected pair"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(connection: &Connection) -> impl IntoView + use<> {
    let state = connection.state.clone().or_else(|| connection.ice_state.clone());
    let polls = match connection.poll_ms {
        Some(poll_ms) => {
            format!("{} / {} s", format::count(connection.polls), format::short_number(poll_ms / 1000.0))
        }
        None => format::count(connection.polls),
    };
    view! {
        <tr data-testid="connection-row" data-connection=connection.id.clone()>
            <th scope="row">{connection.id.clone()}</th>
            <td><Value text=report::route(connection) /></td>
            <td><Value text=state /></td>
            <td class="number">{format::count(connection.packets_sent)}</td>
            <td class="number">{format::count(connection.packets_sent_lost)}</td>
            <td class="number">{format::count(connection.packets_received)}</td>
            <td class="number">{format::count(connection.packets_received_lost)}</td>
            <td class="number"><Value text=connection.rtt_ms.map(|rtt| format::short_number(rtt.mean)) /></td>
            <td class="number">{polls}</td>
            <td><Value text=connection.selected_pair.as_ref().and_then(report::pair) /></td>
        </tr>
    }
}
