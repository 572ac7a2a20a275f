//! Keys and names of participants in a report.

use crate::extract::Extract;
use crate::model::Identity;
use crate::sessions::session_id;

/// The participant's key: the endpoint id, else the stats session, else the file's name.
pub(crate) fn participant_key(extract: &Extract) -> String {
    let endpoint = extract.identity.endpoint_id.clone();
    endpoint.or_else(|| session_id(extract)).unwrap_or_else(|| extract.file.name.clone())
}

/// The name and the generated stats id of a dump's participant. The name is the latest one; the stats id is kept if a name
/// replaced it.
pub(crate) fn names(identity: &Identity) -> (Option<String>, Option<String>) {
    let (name, stats_id) = name_or_stats_id(identity.display_name.as_deref());
    let (_, first_stats_id) = name_or_stats_id(identity.first_display_name.as_deref());
    (name, stats_id.or(first_stats_id))
}

/// `displayName` as (name, stats id). Jitsi generates stats ids from a given name, a hyphen and three letters or digits, such
/// as `Lottie-1R0`; any other value was configured by the deployment and is
/// used as the name.
fn name_or_stats_id(display_name: Option<&str>) -> (Option<String>, Option<String>) {
    let Some(text) = display_name else { return (None, None) };
    let generated = text.rsplit_once('-').is_some_and(|(given, tail)| {
        !given.is_empty()
            && given.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | ' '))
            && tail.len() == 3
            && tail.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if generated { (None, Some(text.to_owned())) } else { (Some(text.to_owned()), None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_ids_are_not_names() {
        let id = |text: &str| (None, Some(text.to_owned()));
        let name = |text: &str| (Some(text.to_owned()), None);
        assert_eq!(name_or_stats_id(Some("Lottie-1R0")), id("Lottie-1R0"));
        assert_eq!(name_or_stats_id(Some("Alice-abc")), id("Alice-abc"));
        assert_eq!(name_or_stats_id(Some("Maria Curie")), name("Maria Curie"));
        assert_eq!(name_or_stats_id(Some("jean-paul")), name("jean-paul"));
        assert_eq!(name_or_stats_id(None), (None, None));
    }
}
