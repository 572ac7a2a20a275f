//! The format of a browser's stats, by the name that ua-parser-js 1.0.36 finds in its `User-Agent`.

/// The stats formats that the server distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatsFormat {
    Chrome,
    Firefox,
    Safari,
    /// Stats are counted but not read.
    Unsupported,
}

use StatsFormat::{Chrome, Firefox, Safari, Unsupported};

/// Parts of a `User-Agent` in lower case and the format of the browser, in the order in which that library tries them.
/// Several parts must follow one another.
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
        // The mobile SDK, which the library does not know and the server recognizes itself.
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

    #[test]
    fn the_format_is_that_of_ua_parser_js() {
        for line in include_str!("user_agents.tsv").lines().skip(1) {
            let (Some(user_agent), Some(expect)) = (line.split('\t').next(), line.split('\t').nth(5)) else {
                panic!("{line}")
            };
            assert_eq!(StatsFormat::of_user_agent(user_agent).name(), expect, "{user_agent}");
        }
        assert_eq!(StatsFormat::of_user_agent("react-native/0.72.5 (android)"), Chrome);
        assert_eq!(StatsFormat::of_user_agent(""), Unsupported);
    }
}
