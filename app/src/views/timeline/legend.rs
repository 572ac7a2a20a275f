//! The legend of the timeline: colours, shapes and signs.

use leptos::prelude::*;

/// The classes and the text of each entry.
const ENTRIES: [(&str, &str); 15] = [
    ("key span critical", "critical"),
    ("key span warning", "warning"),
    ("key span info", "note"),
    ("key span warning affected", "caused by another participant"),
    ("key key-loss", "packet loss, full height at 20 %"),
    ("key key-frozen", "frozen video"),
    ("key key-rtt", "round-trip time, full height at 1 s"),
    ("key key-speaking", "speaking"),
    ("sign sign-mic-off", "microphone muted"),
    ("sign sign-camera-off", "camera off"),
    ("sign sign-screen-on", "screen sharing"),
    ("sign sign-ice", "ICE or DTLS problem"),
    ("sign sign-restart", "ICE restart"),
    ("sign sign-signal", "signaling"),
    ("sign sign-device", "device failure"),
];

/// The legend.
#[component]
pub fn Legend() -> impl IntoView {
    let entries = ENTRIES.map(|(class, text)| view! { <li><i class=class></i> {text}</li> });
    view! { <ul class="lanes-legend" aria-hidden="true">{entries.into_iter().collect_view()}</ul> }
}
