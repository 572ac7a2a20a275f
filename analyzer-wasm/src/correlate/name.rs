//! What people, sessions and addresses are called in a report.

use crate::extract::Extract;
use crate::model::Identity;

/// The participant's key: the endpoint id, else the stats session, else the file's name.
pub(super) fn participant_key(extract: &Extract) -> String {
    let endpoint = extract.identity.endpoint_id.clone();
    endpoint.or_else(|| session_id(extract)).unwrap_or_else(|| extract.file.name.clone())
}

/// The stats session: as its envelope or header says, else as its file is called.
pub(super) fn session_id(extract: &Extract) -> Option<String> {
    extract.identity.session_id.clone().or_else(|| extract.file.session_id.clone())
}

/// A dump's writer as (name, stats id): the latest name, and the generated id even where a name replaced it.
pub(super) fn names(identity: &Identity) -> (Option<String>, Option<String>) {
    let (name, stats_id) = person_name(identity.display_name.as_deref());
    let (_, first_stats_id) = person_name(identity.first_display_name.as_deref());
    (name, stats_id.or(first_stats_id))
}

/// `displayName` as (name, stats id). Jitsi generates stats ids of a given name, a hyphen and three letters or
/// digits, such as `Lottie-1R0`; anything else was configured by the deployment.
fn person_name(display_name: Option<&str>) -> (Option<String>, Option<String>) {
    let Some(text) = display_name else { return (None, None) };
    let generated = text.rsplit_once('-').is_some_and(|(given, tail)| {
        !given.is_empty()
            && given.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | ' '))
            && tail.len() == 3
            && tail.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if generated { (None, Some(text.to_owned())) } else { (Some(text.to_owned()), None) }
}

/// An address without its query and fragment, which may hold tokens.
pub(super) fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// How a hosted deployment's tenants begin.
const TENANT: &str = "vpaas-magic-cookie-";

/// The tenant in an address, `host/tenant/room`, and its customer id.
pub(super) fn tenant(url: &str) -> Option<(String, String)> {
    let path = url.split_once("://").map_or(url, |(_, path)| path);
    let tenant = path.split('/').nth(1)?;
    Some((tenant.to_owned(), tenant.strip_prefix(TENANT)?.to_owned()))
}

/// A server's product as Jitsi writes it.
pub(super) fn product(kind: &str) -> &str {
    match kind {
        "jvb" => "JVB",
        "jicofo" => "Jicofo",
        "jigasi" => "Jigasi",
        "jibri" => "Jibri",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenants_stand_in_addresses() {
        let url = "https://8x8.vc/vpaas-magic-cookie-7979/some/room";
        assert_eq!(tenant(url), Some(("vpaas-magic-cookie-7979".to_owned(), "7979".to_owned())));
        assert_eq!(tenant("meet.example.org/room"), None);
    }

    #[test]
    fn generated_ids_are_not_names() {
        let id = |text: &str| (None, Some(text.to_owned()));
        let name = |text: &str| (Some(text.to_owned()), None);
        assert_eq!(person_name(Some("Lottie-1R0")), id("Lottie-1R0"));
        assert_eq!(person_name(Some("Alice-abc")), id("Alice-abc"));
        assert_eq!(person_name(Some("Maria Curie")), name("Maria Curie"));
        assert_eq!(person_name(Some("jean-paul")), name("jean-paul"));
        assert_eq!(person_name(None), (None, None));
    }
}
