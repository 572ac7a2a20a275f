//! Mounts the page's own instance, which owns the address.

use app::shell::browser;
use app::shell::mount::{Options, mount};

fn main() {
    console_error_panic_hook::set_once();
    if let Some(body) = browser::body() {
        mount(body, Options { owns_address: true }).keep();
    }
}
