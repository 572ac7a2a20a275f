//! The RTP streams of one participant, by connection.

use std::sync::Arc;

use analyzer_wasm::report::{Connection, Direction, Stream};
use leptos::prelude::*;

use super::words;
use crate::components::fact::Value;
use crate::format;

/// A row for each stream.
#[component]
pub fn Streams(
    /// The participant's; `None` until they are there.
    connections: RwSignal<Option<Arc<Vec<Connection>>>>,
) -> impl IntoView {
    let bodies = move || connections.with(|all| Some(all.as_ref()?.iter().map(body).collect_view()));
    view! {
        <h3 id="streams-title">"Streams"</h3>
        <div class="scroller" tabindex="0" role="group" aria-labelledby="streams-title">
            <table data-testid="streams">
                <thead>
                    <tr>
                        <th scope="col" title="Sent by this participant, or received.">"Direction"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col" class="number" title="The stream's number in its packets (rtp.ssrc).">"SSRC"</th>
                        <th scope="col" title="codec.mimeType">"Codec"</th>
                        <th scope="col" class="number" title="packetsSent or packetsReceived">"Packets"</th>
                        <th scope="col" class="number" title="Share of packets lost: reported by the other side for sent streams (packetsLost).">"Loss" <span class="unit">"%"</span></th>
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
    }
}

fn body(connection: &Connection) -> impl IntoView + use<> {
    let rows = connection.streams.iter().map(row).collect_view();
    let none = connection.streams.is_empty().then(|| view! { <span class="second">"no streams"</span> });
    view! {
        <tbody>
            <tr class="part">
                <th scope="rowgroup" colspan="11">{connection.id.clone()} " " {none}</th>
            </tr>
            {rows}
        </tbody>
    }
}

fn row(stream: &Stream) -> impl IntoView + use<> {
    let direction = match stream.direction {
        Direction::Outbound => "sent",
        Direction::Inbound => "received",
    };
    let kilobits = stream.bitrate_bps.map(|bps| format::short_number(bps / 1e3));
    view! {
        <tr data-testid="stream-row">
            <td>{direction}</td>
            <td><Value text=words::kind(stream) /></td>
            <td class="number"><Value text=stream.ssrc.map(|ssrc| ssrc.to_string()) /></td>
            <td><Value text=stream.codec.clone() /></td>
            <td class="number">{format::count(stream.packets)}</td>
            <td class="number"><Value text=stream.loss_ratio.map(format::percent) /></td>
            <td class="number"><Value text=stream.jitter_ms.map(|jitter| format::short_number(jitter.mean)) /></td>
            <td class="number"><Value text=kilobits /></td>
            <td class="number"><Value text=stream.fps.map(format::short_number) /></td>
            <td class="number"><Value text=words::size(stream) /></td>
            <td class="number">{format::duration(stream.to_ms - stream.from_ms)}</td>
        </tr>
    }
}
