//! The browser worker: starts listening for the page's messages.

fn main() {
    analyzer_wasm::worker::start();
}
