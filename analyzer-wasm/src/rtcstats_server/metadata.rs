//! `dumpMetadata`: whose dump of which meeting this is, from identities merged in the order of the file.

use super::header::Header;
use super::value::{Object, Value, truthy};
use crate::limits::MAX_FEATURE_ENTRIES;

/// Members of an identity that are used; the rest is the deployment's configuration.
const USED: &[&str] = &[
    "applicationName",
    "confID",
    "confName",
    "customerId",
    "endpointId",
    "meetingUniqueId",
    "displayName",
    "isBreakoutRoom",
    "roomId",
    "parentStatsSessionId",
    "sessionId",
    "userId",
    "deviceId",
];
/// What the tenants of a service on Jitsi's servers begin with.
const TENANT_PREFIX: &str = "vpaas-magic-cookie-";

/// Where a dump is and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) client_id: String,
}

impl Place {
    /// The client id is the file's name, as the server stores it, without the ending of its compressed form.
    pub(super) fn new(path: &str) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let client_id = name.strip_suffix(".gz").unwrap_or(name).to_owned();
        Self { path: path.to_owned(), client_id }
    }
}

/// The identities so far.
#[derive(Debug, Default)]
pub(super) struct Identity {
    merged: Object,
    /// Of all identities; nothing before the first.
    deployment: Option<Object>,
    /// The first endpoint id that is one.
    endpoint: Option<Value>,
}

impl Identity {
    /// Merges the next; later members win. False if not all of it was kept.
    pub(super) fn merge(&mut self, identity: &Object) -> bool {
        if !truthy(self.endpoint.as_ref()) {
            self.endpoint = identity.get("endpointId").cloned();
        }
        for member in USED {
            self.merged.set_if(member, identity.get(member));
        }
        let deployment = self.deployment.get_or_insert_default();
        let mut whole = true;
        for (member, value) in
            identity.get("deploymentInfo").and_then(Value::as_object).iter().flat_map(|info| &info.0)
        {
            if deployment.0.len() < MAX_FEATURE_ENTRIES || deployment.get(member).is_some() {
                deployment.set(member, value);
            } else {
                whole = false;
            }
        }
        whole
    }

    pub(super) fn endpoint(&self) -> Option<&Value> {
        self.endpoint.as_ref()
    }

    pub(super) fn deployment(&self) -> Option<&Object> {
        self.deployment.as_ref()
    }

    /// The application's name, which a dump without a header is recognized by.
    pub(super) fn application(&self) -> &str {
        self.merged.get("applicationName").and_then(Value::as_text).unwrap_or_default()
    }

    /// Of a server's dump.
    pub(super) fn server_metadata(&self, place: &Place, header: &Header) -> Object {
        let mut out = Object::default();
        self.write_common(place, header, &mut out, false);
        out
    }

    /// Of a browser's dump.
    pub(super) fn browser_metadata(&self, place: &Place, header: &Header) -> Object {
        let mut out = Object::default();
        self.write_common(place, header, &mut out, true);
        for (name, member) in [
            ("ampSessionId", "sessionId"),
            ("ampUserId", "userId"),
            ("ampDeviceId", "deviceId"),
            ("isBreakoutRoom", "isBreakoutRoom"),
            ("breakoutRoomId", "roomId"),
            ("parentStatsSessionId", "parentStatsSessionId"),
        ] {
            out.set_if(name, self.merged.get(member));
        }
        write_tenant(self.merged.get("confID").and_then(Value::as_text).unwrap_or_default(), &mut out);
        if let Some(customer) = self.merged.get("customerId").filter(|customer| customer.is_truthy()) {
            out.set("jaasClientId", customer);
        }
        out
    }

    fn write_common(&self, place: &Place, header: &Header, out: &mut Object, with_endpoint: bool) {
        let member = |name: &str| self.merged.get(name);
        out.set("app", member("applicationName").cloned().unwrap_or_else(|| "Undefined".into()));
        out.set("clientId", place.client_id.as_str());
        out.set("clientType", header.client.name());
        out.set_if("conferenceId", member("confName"));
        out.set_if("conferenceUrl", member("confID"));
        out.set("dumpPath", place.path.as_str());
        if with_endpoint {
            out.set_if("endpointId", member("endpointId"));
        }
        out.set_if("sessionId", member("meetingUniqueId"));
        out.set_if("userId", member("displayName"));
        out.set("statsFormat", header.format.name());
    }
}

/// The tenant that a conference's address names in its first folder.
fn write_tenant(url: &str, out: &mut Object) {
    let is_scheme = |scheme: &str| scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let bare = match url.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.strip_suffix(':').is_some_and(is_scheme) => rest,
        _ => url,
    };
    let mut parts = bare.split('/').skip(1);
    let tenant = parts.next().unwrap_or_default();
    let customer = tenant.strip_prefix(TENANT_PREFIX);
    let folders: Vec<&str> = std::iter::once(tenant).chain(parts).filter(|part| !part.is_empty()).collect();
    out.set("tenant", customer.map_or("", |_| tenant));
    out.set("jaasMeetingFqn", customer.map_or_else(String::new, |_| folders.join("/")));
    out.set("jaasClientId", customer.unwrap_or_default());
    out.set("isJaaSTenant", customer.is_some());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_is_the_first_folder() {
        for (url, tenant, meeting, customer) in [
            (
                "8x8.vc/vpaas-magic-cookie-abc/room",
                "vpaas-magic-cookie-abc",
                "vpaas-magic-cookie-abc/room",
                "abc",
            ),
            (
                "https://8x8.vc/vpaas-magic-cookie-abc//a/b/",
                "vpaas-magic-cookie-abc",
                "vpaas-magic-cookie-abc/a/b",
                "abc",
            ),
            ("//8x8.vc/vpaas-magic-cookie-/room", "vpaas-magic-cookie-", "vpaas-magic-cookie-/room", ""),
            ("meet.example.org/room", "", "", ""),
            ("meet.example.org/a/vpaas-magic-cookie-abc", "", "", ""),
            ("", "", "", ""),
        ] {
            let mut out = Object::default();
            write_tenant(url, &mut out);
            let text = |key: &str| out.get(key).and_then(Value::as_text).unwrap().to_owned();
            assert_eq!(
                (text("tenant").as_str(), text("jaasMeetingFqn").as_str(), text("jaasClientId").as_str()),
                (tenant, meeting, customer),
                "{url}"
            );
            assert_eq!(out.get("isJaaSTenant"), Some(&Value::Bool(!tenant.is_empty())));
        }
    }

    #[test]
    fn the_client_is_called_as_its_file() {
        for (path, client_id) in
            [("a/b/id_1.gz", "id_1"), ("id", "id"), ("C:\\dumps\\id.gz", "id"), (".gz", "")]
        {
            assert_eq!(Place::new(path).client_id, client_id);
        }
    }
}
