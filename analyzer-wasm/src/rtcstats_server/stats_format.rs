//! Which getstats dialect a browser speaks, by the name that ua-parser-js 1.0.36 finds in its `User-Agent`.

/// The dialects that the server tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatsFormat {
    Chrome,
    Firefox,
    Safari,
    /// Stats are counted, not looked into.
    Unsupported,
}

use StatsFormat::{Chrome, Firefox, Safari, Unsupported};

/// Parts of a `User-Agent` in lower case and the format of the browser that they mean, in the order in which that
/// library asks. Where a row has several parts, all must follow one another.
const BROWSERS: &[(&[&str], StatsFormat)] = &[
    (&["crmo/"], Chrome),
    (&["crios/"], Chrome),
    (&["edg/"], Chrome),
    (&["edge/"], Chrome),
    (&["edga/"], Chrome),
    (&["edgios/"], Chrome),
    (&["opera"], Unsupported),
    (&["opios"], Unsupported),
    (&["opr/"], Unsupported),
    (&["iemobile"], Unsupported),
    (&["msie "], Unsupported),
    (&["silk/"], Unsupported),
    (&["vivaldi/"], Unsupported),
    (&["brave/"], Unsupported),
    (&["whale/"], Unsupported),
    (&["duckduckgo/"], Unsupported),
    (&["puffin/"], Unsupported),
    (&["ucbrowser"], Unsupported),
    (&["micromessenger/"], Unsupported),
    (&["trident", "rv:"], Unsupported),
    (&["yabrowser/"], Unsupported),
    (&["avast/"], Unsupported),
    (&["avg/"], Unsupported),
    (&[" focus/"], Firefox),
    (&["opt/"], Unsupported),
    (&["miuibrowser/"], Unsupported),
    (&["fxios/"], Firefox),
    (&["oculusbrowser/"], Unsupported),
    (&["samsungbrowser/"], Unsupported),
    (&["huaweibrowser/"], Unsupported),
    (&["electron/", " safari"], Chrome),
    (&["tesla/"], Unsupported),
    (&["fban/fbios"], Unsupported),
    (&["fb_iab/fb4a"], Unsupported),
    (&["chromium/"], Unsupported),
    (&["instagram"], Unsupported),
    (&["gsa/", "safari/"], Unsupported),
    (&["headlesschrome"], Chrome),
    (&[" wv)", "chrome/"], Chrome),
    (&["droid", " version/", "safari"], Unsupported),
    (&["chrome/"], Chrome),
    (&["version/", "safari"], Safari),
    (&["webkit", "safari/"], Safari),
    (&["webkit/"], Unsupported),
    (&["seamonkey/"], Unsupported),
    (&["palemoon/"], Unsupported),
    (&["waterfox/"], Unsupported),
    (&["firefox/"], Firefox),
];

impl StatsFormat {
    pub(super) fn name(self) -> &'static str {
        match self {
            Chrome => "chrome_standard",
            Firefox => "firefox",
            Safari => "safari",
            Unsupported => "unsupported",
        }
    }

    pub(super) fn of_user_agent(user_agent: &str) -> Self {
        // The mobile SDK's, which the library does not know and the server looks for itself.
        if user_agent.starts_with("react-native") {
            return Chrome;
        }
        let user_agent = user_agent.to_ascii_lowercase();
        let found = BROWSERS.iter().find(|(parts, _)| follow_one_another(&user_agent, parts));
        found.map_or(Unsupported, |(_, format)| *format)
    }
}

fn follow_one_another(text: &str, parts: &[&str]) -> bool {
    parts.iter().try_fold(text, |rest, part| rest.split_once(part).map(|(_, after)| after)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What that library's names lead to.
    #[test]
    fn the_format_is_that_of_the_librarys_name() {
        for (user_agent, expect) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0.4896.127 Safari/537.36",
                Chrome,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91",
                Chrome,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
                Chrome,
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; Pixel 5 Build/RQ3A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/90.0.4430.91 Mobile Safari/537.36",
                Chrome,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.6099.28 Safari/537.36",
                Chrome,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1",
                Chrome,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) jitsi-meet-electron/2023.8.1 Chrome/116.0.5845.97 Electron/26.1.0 Safari/537.36",
                Chrome,
            ),
            ("react-native/0.72.5 (android)", Chrome),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:109.0) Gecko/20100101 Firefox/118.0", Firefox),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/127.0 Mobile/15E148 Safari/605.1.15",
                Firefox,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                Safari,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                Safari,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
                Unsupported,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 OPR/106.0.0.0",
                Unsupported,
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S908B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36",
                Unsupported,
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Ubuntu Chromium/80.0.3987.87 Chrome/80.0.3987.87 Safari/537.36",
                Unsupported,
            ),
            ("Node v20.5.1", Unsupported),
            ("", Unsupported),
        ] {
            assert_eq!(StatsFormat::of_user_agent(user_agent), expect, "{user_agent}");
        }
    }
}
