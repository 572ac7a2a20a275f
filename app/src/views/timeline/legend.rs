//! What the lanes' colours, shapes and signs mean.

use leptos::prelude::*;

/// Class and words of each.
const ENTRIES: [(&str, &str); 15] = [
    ("key stretch critical", "critical"),
    ("key stretch warning", "warning"),
    ("key stretch info", "note"),
    ("key stretch warning felt", "felt from somebody else"),
    ("key key-loss", "loss, full at 20 %"),
    ("key key-frozen", "frozen video"),
    ("key key-rtt", "round trip, full at 1 s"),
    ("key key-spoken", "speaks"),
    ("sign sign-mic-off", "mute"),
    ("sign sign-camera-off", "camera"),
    ("sign sign-screen-on", "screen"),
    ("sign sign-ice", "connection trouble"),
    ("sign sign-restart", "restart"),
    ("sign sign-signal", "signalling"),
    ("sign sign-device", "device"),
];

/// A line of all of them.
#[component]
pub fn Legend() -> impl IntoView {
    let entries = ENTRIES.map(|(class, words)| view! { <li><i class=class></i> {words}</li> });
    view! { <ul class="lanes-legend" aria-hidden="true">{entries.into_iter().collect_view()}</ul> }
}
