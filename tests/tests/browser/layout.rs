//! The page on a small screen, in light and dark: there is no horizontal overflow.

use e2e::browser::Viewport;
use e2e::rtcscope::App;
use serde_json::json;

use crate::{ALICE, recorded_call};

/// What sticks out, if anything: by how much, and the elements that end beyond the screen without being in a part
/// of the page that scrolls by itself.
const OVERFLOW: &str = "(() => { const over = document.scrollingElement.scrollWidth - innerWidth; \
    if (over <= 0) return []; \
    const scrolls = found => found !== document.body && found !== document.documentElement \
        && getComputedStyle(found).overflowX !== 'visible'; \
    const around = found => \
        getComputedStyle(found).position === 'absolute' ? found.offsetParent : found.parentElement; \
    const contained = found => found && (scrolls(found) || contained(around(found))); \
    const wide = [...document.querySelectorAll('body *')] \
        .filter(found => found.getBoundingClientRect().right > innerWidth + 0.5 && !contained(around(found))) \
        .map(found => `${found.tagName} ${found.className} ${getComputedStyle(found).position}`); \
    return [over + ' px too wide', ...wide.slice(0, 10)]; })()";

#[track_caller]
fn assert_fits(app: &App, state: &str) {
    for width in [390, 1024, 1440] {
        for dark in [false, true] {
            app.page.show_on(Viewport { width, height: 844, dark }).unwrap();
            app.page.settle().unwrap();
            assert_eq!(app.page.evaluate(OVERFLOW).unwrap(), json!([]), "{state}, {width} px, dark: {dark}");
        }
    }
}

#[test]
fn nothing_sticks_out_at_the_side() {
    let app = App::open().unwrap();
    assert_fits(&app, "empty");
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    assert_fits(&app, "a call");
    app.select(ALICE).unwrap();
    assert_fits(&app, "a participant");
}

#[test]
fn dark_is_dark_and_light_is_light() {
    let app = App::open().unwrap();
    // The share of white in the page's background.
    let lightness = "(() => { const shown = [document.body, document.documentElement] \
        .map(found => getComputedStyle(found).backgroundColor).find(colour => colour !== 'rgba(0, 0, 0, 0)'); \
        const canvas = new OffscreenCanvas(1, 1).getContext('2d'); canvas.fillStyle = shown ?? 'white'; \
        canvas.fillRect(0, 0, 1, 1); const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data; \
        return (r + g + b) / 765; })()";
    for (dark, expected) in [(false, 0.8..=1.0), (true, 0.0..=0.3)] {
        app.page.show_on(Viewport { width: 1440, height: 900, dark }).unwrap();
        let found = app.page.evaluate(lightness).unwrap().as_f64().unwrap();
        assert!(expected.contains(&found), "dark: {dark}, lightness {found}");
    }
}
