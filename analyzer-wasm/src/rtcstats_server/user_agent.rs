//! `browserInfo`: browser and operating system as platform.js 1.3.6 names them, for browsers with WebRTC.
//!
//! Its oddities are kept, since the databases of a server hold them: 64-bit macOS only under Chrome, the version of the
//! first token with Electron, tablets of known manufacturers as "Android Browser". Browsers without WebRTC, such as
//! Internet Explorer, are unknown here.

use super::user_agent_tables::{BROWSERS, MAKERS, SYSTEMS, VERSION_WORDS, WEBKIT, WINDOWS, WORDS_OF_64_BIT};
use super::value::Object;

/// The features of a User-Agent header; `None` if it is empty.
pub(super) fn browser_info(user_agent: &str) -> Option<Object> {
    if user_agent.is_empty() {
        return None;
    }
    let (name, version, os) = react_native(user_agent).unwrap_or_else(|| identify(user_agent));
    let null = |text: &Option<String>| text.clone().unwrap_or_else(|| "null".to_owned());
    let (name_text, version_text, os) = (null(&name), null(&version), null(&os));
    let mut info = Object::default();
    info.set("name", name.unwrap_or_else(|| "unknown".to_owned()));
    info.set("version", version.clone().unwrap_or_else(|| "-1".to_owned()));
    info.set("os", os.as_str());
    info.set("userAgent", user_agent);
    info.set("nameVersion", format!("{name_text}/{version_text}"));
    info.set("nameOs", format!("{name_text}/{os}"));
    info.set("nameVersionOs", format!("{name_text}/{version_text}/{os}"));
    info.set_if("majorVersion", version.as_deref().and_then(|version| version.split('.').next()));
    Some(info)
}

type Identified = (Option<String>, Option<String>, Option<String>);

/// `react-native/<version> (<os>)`, which the mobile SDK sends and platform.js does not know.
fn react_native(user_agent: &str) -> Option<Identified> {
    let rest = user_agent.strip_prefix("react-native")?.strip_prefix('/').unwrap_or_default();
    let (version, os) = rest.split_once(' ').unwrap_or((rest, ""));
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some((Some("ReactNative".to_owned()), text(version), text(os.trim_matches(['(', ')']))))
}

fn identify(user_agent: &str) -> Identified {
    let has = |word: &str| find_word(user_agent, word, true).is_some();
    let found = BROWSERS.iter().find(|(_, words)| words.iter().any(|word| has(word)));
    let mut name = found.map(|(name, _)| (*name).to_owned());
    let mut os = system(user_agent);
    let android = os.as_deref().is_some_and(|os| os.contains("Android"));
    let apple_device = ["iPad", "iPod", "iPhone"].iter().any(|device| has(device));
    let is = |name: &Option<String>, expect: &str| name.as_deref() == Some(expect);
    if apple_device {
        name = name.or_else(|| Some("Safari".to_owned()));
        os = Some(ios(user_agent));
    } else if is_android_browser(user_agent, name.as_deref(), android) {
        name = Some("Android Browser".to_owned());
    } else if is(&name, "Firefox") && ["Mobile", "Tablet", "TV"].iter().any(|word| has(word)) {
        os = os.or_else(|| Some("Firefox OS".to_owned()));
    } else if name.is_none() || is(&name, "Safari") || is(&name, "Firefox") {
        if android {
            name = Some("Android Browser".to_owned());
        } else if name.as_deref().is_some_and(|name| more_follows(user_agent, name)) {
            name = None;
        }
    }
    let mut version = version(user_agent, name.as_deref());
    let mobile = user_agent.to_ascii_lowercase().contains("mobi");
    if is(&name, "Firefox") && android {
        name = Some("Firefox Mobile".to_owned());
    } else if mobile && (is(&name, "Chrome") || is(&name, "Opera")) {
        name = name.map(|name| name + " Mobile");
    } else if is(&name, "Firefox")
        && os.as_deref().is_some_and(|os| os.contains("OS X ") && os.matches('.').count() > 1)
    {
        // Firefox sends a macOS version of two parts only, so one with three is taken for Opera that identifies as Firefox.
        (name, version) = (Some("Opera".to_owned()), None);
    }
    if is(&name, "Safari") {
        version = safari_version(user_agent, version);
    }
    let os = os.map(|os| with_architecture(user_agent, os, name.as_deref(), version.as_deref()));
    let version = version.filter(|_| name.is_some());
    (name, version, os)
}

fn is_android_browser(user_agent: &str, name: Option<&str>, android: bool) -> bool {
    let Some(name) = name.filter(|name| name.contains("Chrome")) else { return false };
    let of_known_maker = MAKERS.iter().any(|maker| {
        let after = find_word(user_agent, maker, false).and_then(|at| user_agent.get(at + maker.len()..));
        let rest = after.map(|after| after.split(|c: char| !is_word(c)).next().unwrap_or_default());
        // The name itself, or the name with a model's number.
        rest.is_some_and(|rest| rest.is_empty() || rest.contains(|c: char| c.is_ascii_digit()))
    });
    let in_a_view = android && name.starts_with("Chrome") && user_agent.contains("Version/");
    of_known_maker && !user_agent.contains("Mobile Safari") || in_a_view
}

/// Whether another product token follows the one that gave the name, which then counts as unknown.
fn more_follows(user_agent: &str, name: &str) -> bool {
    let token = format!("{name}/");
    let after = user_agent.split_once(&token).map_or("", |(_, after)| after);
    after.contains(['/', ','])
}

fn version(user_agent: &str, name: Option<&str>) -> Option<String> {
    let first = |words: &[&str]| {
        let found = words.iter().filter_map(|word| version_after(user_agent, word));
        found.min_by_key(|(at, _)| *at).map(|(_, version)| version)
    };
    first(VERSION_WORDS)
        .or_else(|| first(&["Version"]))
        .or_else(|| first(&[name.unwrap_or("null")]))
        .or_else(|| first(&["Firefox", "Minefield"]))
}

/// The first version that follows this word after a space, a slash or a hyphen, with its position.
fn version_after(user_agent: &str, word: &str) -> Option<(usize, String)> {
    let mut from = 0;
    while let Some(at) = find(user_agent, word, from) {
        from = at + word.len();
        let rest = user_agent.get(from..).and_then(|rest| rest.strip_prefix([' ', '/', '-']));
        let version = rest.and_then(|rest| rest.split([' ', '(', ')', ';', '/', '_', '-']).next());
        if let Some(version) =
            version.filter(|version| version.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
        {
            return Some((at, version.to_owned()));
        }
    }
    None
}

/// The version of Safari; without one, that of its WebKit build.
fn safari_version(user_agent: &str, version: Option<String>) -> Option<String> {
    let Some((_, build)) = version_after(user_agent, "AppleWebKit") else { return version };
    let number = |text: &str| text.split('.').next().and_then(|text| text.parse::<f64>().ok());
    let named =
        version.filter(|version| *version != build && number(version).is_some_and(|major| major <= 45.0));
    named.or_else(|| {
        let build = number(&build)?;
        Some(WEBKIT.iter().find(|(below, _)| build < *below).map_or("12+", |(_, version)| version).to_owned())
    })
}

fn system(user_agent: &str) -> Option<String> {
    let (at, name) = SYSTEMS.iter().find_map(|name| Some((find_word(user_agent, name, false)?, *name)))?;
    let rest = user_agent.get(at + name.len()..)?;
    let tail: String = if let Some(version) = rest.strip_prefix('/') {
        let version: String = version.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        if version.is_empty() { version } else { format!(" {version}") }
    } else {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || " ._".contains(*c)).collect()
    };
    Some(
        match name {
            "Windows " => windows(&tail),
            "Mac OS X" => format!("OS X{}", tail.replace('_', ".")),
            "Macintosh" => format!("Mac OS{tail}"),
            // The version of Chrome OS is its build number, which is left out.
            "CrOS" => format!("Chrome OS {}", tail.split_whitespace().next().unwrap_or_default()),
            _ => format!("{name}{tail}"),
        }
        .trim_matches(' ')
        .to_owned(),
    )
}

fn windows(tail: &str) -> String {
    let number = tail.rsplit(' ').next().unwrap_or_default();
    let name = WINDOWS.iter().find(|(token, _)| *token == number).map(|(_, name)| *name);
    format!("Windows {}", name.unwrap_or(tail))
}

fn ios(user_agent: &str) -> String {
    let rest = find(user_agent, " OS ", 0).and_then(|at| user_agent.get(at + 4..)).unwrap_or_default();
    let version: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '_').collect();
    format!("iOS {}", version.replace('_', ".")).trim_end().to_owned()
}

/// Adds "64-bit" to the name of a system, where the header has it or where Chrome runs on macOS.
fn with_architecture(user_agent: &str, os: String, name: Option<&str>, version: Option<&str>) -> String {
    let first = WORDS_OF_64_BIT
        .iter()
        .filter_map(|word| Some((find_word(user_agent, word, true)?, *word)))
        .min_by_key(|(at, _)| *at);
    let major =
        version.and_then(|version| version.split('.').next()).and_then(|major| major.parse::<f64>().ok());
    if let Some((at, word)) = first.filter(|_| find_word(user_agent, "i686", true).is_none()) {
        let word = user_agent.get(at..at + word.len()).unwrap_or(word);
        let family = os.split_once(word).map(|(before, after)| format!("{}{after}", before.trim_end()));
        format!("{} 64-bit", family.unwrap_or(os))
    } else if os.starts_with("OS X") && name == Some("Chrome") && major.is_some_and(|major| major >= 39.0) {
        format!("{os} 64-bit")
    } else {
        os
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Where a word begins at a word boundary, ignoring case; with `whole` it must also end at one.
fn find_word(text: &str, word: &str, whole: bool) -> Option<usize> {
    let inner = |c: Option<char>| c.is_some_and(is_word);
    let mut from = 0;
    while let Some(at) = find(text, word, from) {
        let (before, rest) = text.split_at_checked(at)?;
        let after = rest.get(word.len()..)?;
        let is_part = inner(before.chars().next_back()) || whole && inner(after.chars().next());
        if !is_part {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Where a text begins in another from a byte on, ignoring case.
fn find(text: &str, word: &str, from: usize) -> Option<usize> {
    let (text, word) = (text.as_bytes().get(from..)?, word.as_bytes());
    text.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word)).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rtcstats_server::value::Value;

    fn of(user_agent: &str) -> (String, String, String) {
        let info = browser_info(user_agent).unwrap();
        let text = |key: &str| info.get(key).and_then(Value::as_text).unwrap().to_owned();
        assert_eq!(text("userAgent"), user_agent);
        (text("name"), text("version"), text("os"))
    }

    #[test]
    fn names_are_those_of_platform_js() {
        for line in include_str!("user_agents.tsv").lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [user_agent, name, version, os, ..] = columns.as_slice() else { panic!("{line}") };
            assert_eq!(
                of(user_agent),
                ((*name).to_owned(), (*version).to_owned(), (*os).to_owned()),
                "{user_agent}"
            );
        }
    }

    #[test]
    fn an_unknown_browser_has_no_name() {
        let info = browser_info("curl/8.0").unwrap();
        assert_eq!(
            info.to_string(),
            r#"{"name":"unknown","version":"-1","os":"null","userAgent":"curl/8.0","nameVersion":"null/null","nameOs":"null/null","nameVersionOs":"null/null/null"}"#
        );
        assert_eq!(browser_info(""), None);
        assert_eq!(
            of("react-native/0.72.5 (android)"),
            ("ReactNative".into(), "0.72.5".into(), "android".into())
        );
    }
}
