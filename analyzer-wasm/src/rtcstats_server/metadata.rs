//! `dumpMetadata`: the client and the conference of a dump, from its identities merged in the order of the file.

use super::header::Header;
use super::value::{Object, Value, truthy};
use crate::limits::MAX_FEATURE_ENTRIES;

/// The members of an identity that are used. The others are configuration of the deployment.
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
/// The prefix of the tenants of Jitsi as a Service.
const TENANT_PREFIX: &str = "vpaas-magic-cookie-";

/// The path of a dump and the client id in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DumpPath {
    pub(super) path: String,
    pub(super) client_id: String,
}

impl DumpPath {
    /// The client id is the file name without `.gz`.
    pub(super) fn new(path: &str) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let client_id = name.strip_suffix(".gz").unwrap_or(name).to_owned();
        Self { path: path.to_owned(), client_id }
    }
}

/// The identities read so far.
#[derive(Debug, Default)]
pub(super) struct Identity {
    merged: Object,
    /// `deploymentInfo` of all identities; `None` before the first identity.
    deployment: Option<Object>,
    /// The first endpoint id that is not empty.
    endpoint: Option<Value>,
}

impl Identity {
    /// Merges the next identity; later members replace earlier ones. Returns whether all of it was kept.
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

    /// The name of the application, by which a dump without a header is recognized.
    pub(super) fn application(&self) -> &str {
        self.merged.get("applicationName").and_then(Value::as_text).unwrap_or_default()
    }

    /// The metadata of a server's dump.
    pub(super) fn server_metadata(&self, path: &DumpPath, header: &Header) -> Object {
        let mut out = Object::default();
        self.write_common(path, header, &mut out, false);
        out
    }

    /// The metadata of a browser's dump.
    pub(super) fn browser_metadata(&self, path: &DumpPath, header: &Header) -> Object {
        let mut out = Object::default();
        self.write_common(path, header, &mut out, true);
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

    fn write_common(&self, path: &DumpPath, header: &Header, out: &mut Object, with_endpoint: bool) {
        let member = |name: &str| self.merged.get(name);
        out.set("app", member("applicationName").cloned().unwrap_or_else(|| "Undefined".into()));
        out.set("clientId", path.client_id.as_str());
        out.set("clientType", header.client.name());
        out.set_if("conferenceId", member("confName"));
        out.set_if("conferenceUrl", member("confID"));
        out.set("dumpPath", path.path.as_str());
        if with_endpoint {
            out.set_if("endpointId", member("endpointId"));
        }
        out.set_if("sessionId", member("meetingUniqueId"));
        out.set_if("userId", member("displayName"));
        out.set("statsFormat", header.format.name());
    }
}

/// Writes the tenant, which is the first component of the path of the conference URL.
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
    fn the_tenant_is_the_first_path_component() {
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
    fn the_client_id_is_the_file_name() {
        for (path, client_id) in
            [("a/b/id_1.gz", "id_1"), ("id", "id"), ("C:\\dumps\\id.gz", "id"), (".gz", "")]
        {
            assert_eq!(DumpPath::new(path).client_id, client_id);
        }
    }
}
