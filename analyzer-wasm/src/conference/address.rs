//! Parts of a conference's address: the address without its query, and the tenant.

/// An address without its query and fragment, which may hold tokens.
pub(crate) fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// The prefix of a tenant in the hosted deployment (JaaS).
const TENANT_PREFIX: &str = "vpaas-magic-cookie-";

/// The tenant in an address (`host/tenant/room`) and the customer id in it; `None` for other deployments.
pub(crate) fn tenant(url: &str) -> Option<(String, String)> {
    let path = url.split_once("://").map_or(url, |(_, path)| path);
    let tenant = path.split('/').nth(1)?;
    Some((tenant.to_owned(), tenant.strip_prefix(TENANT_PREFIX)?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosted_addresses_have_a_tenant() {
        let url = "https://8x8.vc/vpaas-magic-cookie-7979/some/room";
        assert_eq!(tenant(url), Some(("vpaas-magic-cookie-7979".to_owned(), "7979".to_owned())));
        assert_eq!(tenant("meet.example.org/room"), None);
    }
}
