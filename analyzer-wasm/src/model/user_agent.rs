//! Browser, operating system and device from a `User-Agent` header; `None` where the header does not show them.
//!
//! Browsers freeze parts of it: Windows 11 calls itself NT 10.0, every newer macOS 10.15.7.

use crate::report::Client;

/// Tokens that name a product, the most specific first: Edge also has Chrome's, Chrome also has Safari's.
const BROWSERS: &[(&str, &str)] = &[
    ("JitsiMeetElectron/", "Jitsi Meet Electron"),
    ("Electron/", "Electron"),
    ("react-native/", "React Native"),
    ("EdgiOS/", "Edge"),
    ("EdgA/", "Edge"),
    ("Edg/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPiOS/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
];

/// The client that a `User-Agent` header describes.
#[must_use]
pub fn client_of_user_agent(user_agent: &str) -> Client {
    let (browser, browser_version) = browser_of(user_agent);
    let (os, os_version) = os_of(user_agent);
    let device = device_of(user_agent, os.as_deref());
    Client { browser, browser_version, os, os_version, device, ..Client::default() }
}

fn browser_of(user_agent: &str) -> (Option<String>, Option<String>) {
    for (token, name) in BROWSERS {
        if let Some((_, rest)) = user_agent.split_once(token) {
            return (Some((*name).to_owned()), version(rest));
        }
    }
    if user_agent.contains("Safari/")
        && let Some((_, rest)) = user_agent.split_once("Version/")
    {
        return (Some("Safari".to_owned()), version(rest));
    }
    (None, None)
}

fn os_of(user_agent: &str) -> (Option<String>, Option<String>) {
    let found = |name: &str, mark: &str| {
        let (_, rest) = user_agent.split_once(mark)?;
        Some((Some(name.to_owned()), version(rest).map(|text| text.replace('_', "."))))
    };
    found("Windows", "Windows NT ")
        .map(|(name, number)| (name, number.map(|number| windows_name(&number).to_owned())))
        .or_else(|| found("Android", "Android "))
        .or_else(|| found("iOS", "iPhone OS "))
        .or_else(|| found("iOS", "CPU OS "))
        .or_else(|| found("macOS", "Mac OS X "))
        .or_else(|| found("ChromeOS", "CrOS x86_64 "))
        .or_else(|| found("ChromeOS", "CrOS aarch64 "))
        .or_else(|| react_native_os(user_agent))
        .or_else(|| user_agent.contains("Android").then(|| (Some("Android".to_owned()), None)))
        .or_else(|| user_agent.contains("Ubuntu").then(|| (Some("Ubuntu".to_owned()), None)))
        .or_else(|| user_agent.contains("Linux").then(|| (Some("Linux".to_owned()), None)))
        .unwrap_or_default()
}

/// `react-native/<version> (<os>)`, as the mobile SDK writes it.
fn react_native_os(user_agent: &str) -> Option<(Option<String>, Option<String>)> {
    let rest = user_agent.strip_prefix("react-native/")?;
    let inner = rest.split_once('(')?.1.split(')').next()?;
    let mut words = inner.split_whitespace();
    let name = match words.next()?.to_ascii_lowercase().as_str() {
        "ios" => "iOS",
        "android" => "Android",
        _ => return None,
    };
    Some((Some(name.to_owned()), words.next().and_then(version)))
}

fn device_of(user_agent: &str, os: Option<&str>) -> Option<String> {
    let device = match os? {
        "iOS" if user_agent.contains("iPad") => "tablet",
        "iOS" => "mobile",
        "Android" if user_agent.contains("Mobile") || user_agent.starts_with("react-native/") => "mobile",
        "Android" => "tablet",
        _ => "desktop",
    };
    Some(device.to_owned())
}

fn windows_name(number: &str) -> &str {
    match number {
        "10.0" => "10",
        "6.3" => "8.1",
        "6.2" => "8",
        "6.1" => "7",
        other => other,
    }
}

/// The version number that a text begins with.
fn version(rest: &str) -> Option<String> {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_'))).unwrap_or(rest.len());
    let text = rest.get(..end)?.trim_end_matches(['.', '_']);
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_it_is_told() {
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) AppleWebKit/537.36 (KHTML, like Gecko)";
        let cases = [
            (format!("{mac} Chrome/96.0.4664.55 Safari/537.36"), "Chrome 96.0.4664.55 macOS 10.14.6 desktop"),
            (format!("{mac} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91"), "Edge 120.0.2210.91 macOS 10.14.6 desktop"),
            (format!("{mac} Version/14.0 Safari/605.1.15"), "Safari 14.0 macOS 10.14.6 desktop"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:83.0) Gecko/20100101 Firefox/83.0".into(), "Firefox 83.0 Windows 10 desktop"),
            ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36".into(), "Chrome 137.0.0.0 Android 10 mobile"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1".into(), "Chrome 126.0.6478.35 iOS 17.5 mobile"),
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 JitsiMeetElectron/2.9.1 Chrome/98.0 Electron/17.0.0 Safari/537.36".into(), "Jitsi Meet Electron 2.9.1 Linux ? desktop"),
            ("react-native/0.72 (iOS 17.5)".into(), "React Native 0.72 iOS 17.5 mobile"),
            ("Node v18.2.0".into(), "? ? ? ? ?"),
            (String::new(), "? ? ? ? ?"),
        ];
        for (user_agent, expect) in cases {
            let client = client_of_user_agent(&user_agent);
            let words = [client.browser, client.browser_version, client.os, client.os_version, client.device]
                .map(|word| word.unwrap_or("?".into()));
            assert_eq!(words.join(" "), expect, "{user_agent}");
        }
    }
}
