//! The table of the RTP streams of the selected participant, by connection or by packet loss.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::report::{Connection, Direction, Stream};
use leptos::prelude::*;

use crate::components::fact::Value;
use crate::format;
use crate::format::{quantity, report};
use crate::shell::instance::Instance;
use crate::state::sorting::{Sorting, sorted};
use crate::views::participant::context::ParticipantContext;

/// A longer table is folded at first.
const LONG: usize = 16;

/// A row for each stream.
#[component]
pub fn Streams(
    /// The selected participant.
    context: ParticipantContext,
) -> impl IntoView {
    let connections = context.connections;
    let title = Instance::expect().id("streams-title");
    let by_loss = RwSignal::new(false);
    let count = Memo::new(move |_| {
        connections.with(|all| {
            all.latest().into_iter().flat_map(|all| all.iter()).map(|one| one.streams.len()).sum::<usize>()
        })
    });
    let name_of = move |key: &str| context.label_of(key);
    let bodies = move || {
        connections.with(|all| {
            let all = all.latest()?;
            Some(if by_loss.get() {
                vec![highest_loss_first(all, &name_of)]
            } else {
                all.iter().map(|connection| body(connection, &name_of)).collect()
            })
        })
    };
    let order = move || if by_loss.get() { "descending" } else { "none" };
    view! {
        <details class="streams" open=move || count.with(|count| *count <= LONG)>
            <summary>
                <h3 id=title.clone()>{move || format!("Streams ({})", count.get())}</h3>
            </summary>
            <div class="scroller" tabindex="0" role="group" aria-labelledby=title.clone()>
                <table data-testid="streams">
                    <thead>
                        <tr>
                            <th scope="col" title="Sent or received by this participant.">"Direction"</th>
                            <th scope="col">"Kind"</th>
                            <th scope="col" title="The participant that sends the stream.">"From"</th>
                            <th scope="col" class="number" title="Synchronization source: identifies the stream in its packets (rtp.ssrc).">"SSRC"</th>
                            <th scope="col" title="Media type and codec (codec.mimeType).">"Codec"</th>
                            <th scope="col" class="number" title="Packets sent or received (packetsSent, packetsReceived).">"Packets"</th>
                            <th scope="col" class="number" aria-sort=order>
                                <button
                                    class="sorter"
                                    title="Packet loss: for sent streams as the receiver reported it (packetsLost). Sorts by it."
                                    on:click=move |_| by_loss.update(|by_loss| *by_loss = !*by_loss)
                                >
                                    "Loss"
                                </button>
                                <span class="unit">"%"</span>
                            </th>
                            <th scope="col" class="number" title=quantity::explanation(Quantity::Jitter)>{Quantity::Jitter.info().short} <span class="unit">"ms"</span></th>
                            <th scope="col" class="number" title="Mean bitrate of the RTP payload (bytesSent, bytesReceived).">"Bitrate" <span class="unit">"kbit/s"</span></th>
                            <th scope="col" class="number" title=quantity::explanation(Quantity::FrameRate)>{Quantity::FrameRate.info().short} <span class="unit">"fps"</span></th>
                            <th scope="col" class="number" title="Median frame size, weighted by time (frameWidth, frameHeight).">"Frame size" <span class="unit">"px"</span></th>
                            <th scope="col" class="number" title="Time from its first to its last poll.">"Duration" <span class="unit">"m:ss"</span></th>
                        </tr>
                    </thead>
                    {bodies}
                </table>
            </div>
        </details>
    }
}

fn body(connection: &Connection, name_of: &dyn Fn(&str) -> Option<String>) -> AnyView {
    let rows = connection.streams.iter().map(|stream| row(stream, name_of)).collect_view();
    let none = connection.streams.is_empty().then(|| view! { <span class="second">"no streams"</span> });
    view! {
        <tbody>
            <tr class="part">
                <th scope="rowgroup" colspan="12">{connection.id.clone()} " " {none}</th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn highest_loss_first(connections: &[Connection], name_of: &dyn Fn(&str) -> Option<String>) -> AnyView {
    let streams: Vec<&Stream> = connections.iter().flat_map(|one| &one.streams).collect();
    let by_loss = Sorting { column: 0, descending: true };
    let loss = |at: usize| streams.get(at).and_then(|stream| stream.loss_ratio);
    let order = sorted(streams.len(), &|one, other| by_loss.compare(loss(one), loss(other)));
    let rows = order.into_iter().filter_map(|at| Some(row(streams.get(at)?, name_of))).collect_view();
    view! { <tbody>{rows}</tbody> }.into_any()
}

fn row(stream: &Stream, name_of: &dyn Fn(&str) -> Option<String>) -> impl IntoView + use<> {
    let (direction, from) = match stream.direction {
        Direction::Outbound => ("sent", Some("this participant".to_owned())),
        Direction::Inbound => ("received", stream.sender.as_deref().and_then(name_of)),
    };
    let kilobits = stream.bitrate_bps.map(|bps| format::short_number(bps / 1e3));
    view! {
        <tr data-testid="stream-row">
            <td>{direction}</td>
            <td><Value text=report::kind(stream) /></td>
            <td><Value text=from /></td>
            <td class="number"><Value text=stream.ssrc.map(|ssrc| ssrc.to_string()) /></td>
            <td><Value text=stream.codec.clone() /></td>
            <td class="number">{format::count(stream.packets)}</td>
            <td class="number"><Value text=stream.loss_ratio.map(format::percent) /></td>
            <td class="number"><Value text=stream.jitter_ms.map(|jitter| format::short_number(jitter.mean)) /></td>
            <td class="number"><Value text=kilobits /></td>
            <td class="number"><Value text=stream.fps.map(format::short_number) /></td>
            <td class="number"><Value text=report::size(stream) /></td>
            <td class="number">{format::duration(stream.to_ms - stream.from_ms)}</td>
        </tr>
    }
}
