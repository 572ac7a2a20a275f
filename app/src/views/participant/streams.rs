//! The RTP streams of one participant, by connection, or the lossiest first.

use std::sync::Arc;

use analyzer_wasm::report::{Connection, Direction, Stream};
use leptos::prelude::*;

use crate::components::fact::Value;
use crate::format;
use crate::format::report;
use crate::state::current_view::CurrentView;
use crate::state::sorting::{Sorting, sorted};

/// A longer table waits until it is asked for.
const LONG: usize = 16;

/// A row for each stream.
#[component]
pub fn Streams(
    /// The participant's; `None` until they are there.
    connections: Memo<Option<Arc<Vec<Connection>>>>,
    /// What is looked at, for the names of senders.
    current_view: Memo<Option<CurrentView>>,
) -> impl IntoView {
    let by_loss = RwSignal::new(false);
    let count = Memo::new(move |_| {
        connections
            .with(|all| all.iter().flat_map(|all| all.iter()).map(|one| one.streams.len()).sum::<usize>())
    });
    let name_of = move |key: &str| {
        current_view.with_untracked(|current_view| {
            let people = &current_view.as_ref()?.overview()?.participants;
            people.iter().find(|person| person.key == key).map(|person| person.label().to_owned())
        })
    };
    let bodies = move || {
        connections.with(|all| {
            let all = all.as_ref()?;
            Some(if by_loss.get() {
                vec![lossiest_first(all, &name_of)]
            } else {
                all.iter().map(|connection| body(connection, &name_of)).collect()
            })
        })
    };
    let order = move || if by_loss.get() { "descending" } else { "none" };
    view! {
        <details class="streams" open=move || count.with(|count| *count <= LONG)>
            <summary>
                <h3 id="streams-title">{move || format!("Streams ({})", count.get())}</h3>
            </summary>
            <div class="scroller" tabindex="0" role="group" aria-labelledby="streams-title">
                <table data-testid="streams">
                    <thead>
                        <tr>
                            <th scope="col" title="Sent by this participant, or received.">"Direction"</th>
                            <th scope="col">"Kind"</th>
                            <th scope="col" title="Whose stream it is, by its name or its SSRC.">"From"</th>
                            <th scope="col" class="number" title="The stream's number in its packets (rtp.ssrc).">"SSRC"</th>
                            <th scope="col" title="codec.mimeType">"Codec"</th>
                            <th scope="col" class="number" title="packetsSent or packetsReceived">"Packets"</th>
                            <th scope="col" class="number" aria-sort=order>
                                <button
                                    class="sorter"
                                    title="Share of packets lost: reported by the other side for sent streams (packetsLost). Sorts by it."
                                    on:click=move |_| by_loss.update(|by_loss| *by_loss = !*by_loss)
                                >
                                    "Loss"
                                </button>
                                <span class="unit">"%"</span>
                            </th>
                            <th scope="col" class="number" title="Mean jitter, measured by whoever received it (jitter).">"Jitter" <span class="unit">"ms"</span></th>
                            <th scope="col" class="number" title="Mean rate of its RTP payload (bytesSent, bytesReceived).">"Bitrate" <span class="unit">"kbit/s"</span></th>
                            <th scope="col" class="number" title="Mean frame rate while frames came (framesPerSecond).">"Rate" <span class="unit">"fps"</span></th>
                            <th scope="col" class="number" title="Median size by time (frameWidth, frameHeight).">"Size" <span class="unit">"px"</span></th>
                            <th scope="col" class="number" title="How long it was there.">"Time" <span class="unit">"m:ss"</span></th>
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

fn lossiest_first(connections: &[Connection], name_of: &dyn Fn(&str) -> Option<String>) -> AnyView {
    let streams: Vec<&Stream> = connections.iter().flat_map(|one| &one.streams).collect();
    let by_loss = Sorting { column: 0, descending: true };
    let loss = |at: usize| streams.get(at).and_then(|stream| stream.loss_ratio);
    let order = sorted(streams.len(), &|one, other| by_loss.compare(loss(one), loss(other)));
    let rows = order.into_iter().filter_map(|at| Some(row(streams.get(at)?, name_of))).collect_view();
    view! { <tbody>{rows}</tbody> }.into_any()
}

fn row(stream: &Stream, name_of: &dyn Fn(&str) -> Option<String>) -> impl IntoView + use<> {
    let (direction, from) = match stream.direction {
        Direction::Outbound => ("sent", Some("themselves".to_owned())),
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
