//! The chart colours of the colour scheme in force, light or dark.

use leptos::prelude::*;

use super::browser;
use super::instance::Instance;
use crate::charts::Theme;

/// Follows the system's colour scheme.
#[must_use]
pub fn watch_theme(instance: Instance) -> Memo<Theme> {
    let changes = browser::watch_color_scheme();
    Memo::new(move |_| {
        changes.track();
        let style = instance.root().and_then(|root| browser::computed_style(&root));
        Theme::from_tokens(|name| style.as_ref()?.get_property_value(name).ok())
    })
}
