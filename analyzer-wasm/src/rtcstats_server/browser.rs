//! The dump of a browser: each entry goes to the part that extracts its features.

use indexmap::IndexMap;

use super::LineResult;
use super::budget::Budget;
use super::connection::Connection;
use super::header::Header;
use super::metadata::{DumpPath, Identity};
use super::metrics::{Class, Requests};
use super::session::SessionFeatures;
use super::speakers::Speakers;
use super::stats_format::StatsFormat;
use super::user_agent::browser_info;
use super::value::{Object, Value, key, truthy};
use crate::limits::MAX_CONNECTIONS;

/// An entry: `[type, connection, data, time]`.
struct Entry {
    connection: Option<Value>,
    data: Option<Value>,
    at_ms: Option<f64>,
}

/// The part of a browser's dump that has been read so far.
#[derive(Debug)]
pub(super) struct Browser {
    header: Header,
    browser_info: Option<Object>,
    identity: Identity,
    speakers: Speakers,
    session: SessionFeatures,
    requests: Requests,
    connections: IndexMap<String, Connection>,
    budget: Budget,
}

impl Browser {
    pub(super) fn new(header: Header) -> Self {
        Self {
            browser_info: browser_info(&header.user_agent),
            header,
            identity: Identity::default(),
            speakers: Speakers::default(),
            session: SessionFeatures::default(),
            requests: Requests::default(),
            connections: IndexMap::new(),
            budget: Budget::default(),
        }
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    pub(super) fn has_times(&self) -> bool {
        self.session.has_times()
    }

    /// Adds an entry from a line of this many UTF-16 code units.
    pub(super) fn entry(&mut self, entry: Vec<Value>, units: u64) -> LineResult {
        let mut parts = entry.into_iter();
        let kind = parts.next().as_ref().map(Value::to_key).unwrap_or_default();
        let (connection, data) = (parts.next(), parts.next());
        let at_ms = parts.next().as_ref().and_then(Value::as_number);
        let mut entry = Entry { connection, data, at_ms };
        let is_valid = self.take(&kind, &mut entry, units).is_some();
        if kind != "connectionInfo" && kind != "identity" {
            self.session.note_time(entry.at_ms);
        }
        if truthy(entry.connection.as_ref())
            && let Some(connection) = self.connection(&entry)
        {
            connection.note_time(entry.at_ms);
        }
        match (is_valid, self.budget.take_exceeded()) {
            (_, true) => LineResult::InPart,
            (true, false) => LineResult::Whole,
            (false, false) => LineResult::Refused,
        }
    }

    /// Adds the content of an entry; `None` where the server would fail.
    fn take(&mut self, kind: &str, entry: &mut Entry, units: u64) -> Option<()> {
        let state = entry.data.as_ref().and_then(Value::as_text);
        let at_ms = entry.at_ms;
        match kind {
            "connectionInfo" => self.add_header(entry.data.as_ref()),
            "identity" => {
                if !self.identity.merge(entry.data.as_ref()?.as_object()?) {
                    self.budget.exceed();
                }
            }
            "conferenceStartTimestamp" => self.session.conference_start(entry.data.as_ref()),
            "constraints" => {
                let constraints = entry.data.as_ref()?.as_object()?;
                self.connection(entry)?.constrain(constraints);
            }
            "create" => {
                self.connection(entry);
                self.assume_format(entry.data.as_ref()?.as_object()?);
            }
            "createOfferOnFailure" | "createAnswerOnFailure" => self.connection(entry)?.sdp_failure(true),
            "setLocalDescriptionOnFailure" | "setRemoteDescriptionOnFailure" => {
                self.connection(entry)?.sdp_failure(false);
            }
            "ondtlserror" => self.connection(entry)?.dtls_error(),
            "ondtlsstatechange" => {
                let format = self.header.format;
                self.connection(entry)?.dtls_state(state, format);
            }
            "oniceconnectionstatechange" => self.connection(entry)?.ice_state(state, at_ms),
            "onconnectionstatechange" => self.connection(entry)?.state(state, at_ms),
            "setVideoType" => self.set_video_type(entry.data.as_ref()?.as_object()?, at_ms),
            "e2eRtt" => {
                if !self.session.ping(entry.data.as_ref()?.as_object()?) {
                    self.budget.exceed();
                }
            }
            "faceLandmarks" => {
                self.requests.count(Class::Sentiment, units);
                if !self.session.landmark(entry.data.as_ref()?.as_object()?) {
                    self.budget.exceed();
                }
            }
            "dominantSpeaker" => {
                let at_ms = at_ms.filter(|at_ms| *at_ms != 0.0)?;
                self.requests.count(Class::DominantSpeaker, units);
                let next = entry.data.as_ref()?.as_object()?.get("dominantSpeakerEndpoint").cloned();
                if !self.speakers.change(self.identity.endpoint(), next, at_ms) {
                    self.budget.exceed();
                }
            }
            "getstats" => {
                self.requests.count(Class::Stats, units);
                let Some(Value::Object(poll)) = entry.data.take() else { return None };
                self.poll(entry, poll);
            }
            "createOfferOnSuccess"
            | "createAnswerOnSuccess"
            | "setLocalDescription"
            | "setRemoteDescription" => {
                self.requests.count(Class::Sdp, units);
            }
            _ => self.requests.count(Class::Other, units),
        }
        Some(())
    }

    fn connection(&mut self, entry: &Entry) -> Option<&mut Connection> {
        connection_of(entry, &mut self.connections, &mut self.budget)
    }

    fn poll(&mut self, entry: &Entry, poll: Object) {
        let Self { header, connections, budget, .. } = self;
        if let Some(connection) = connection_of(entry, connections, budget) {
            connection.poll(header.format, poll, entry.at_ms, budget);
        }
    }

    /// Adds a later header, which changes the name of the browser but not the format of the stats.
    fn add_header(&mut self, data: Option<&Value>) {
        if let Some(info) = Header::of_entry(data).and_then(|header| browser_info(&header.user_agent)) {
            self.browser_info = Some(info);
        }
    }

    /// Without a header, the browser type in the configuration of the connection decides the format.
    fn assume_format(&mut self, configuration: &Object) {
        let browser = configuration.get("browserType").and_then(Value::as_text);
        if !self.header.stated && self.header.user_agent.is_empty() && browser == Some("moz") {
            self.header.format = StatsFormat::Firefox;
        }
    }

    /// Sets the video type in all connections, since the entry names none.
    fn set_video_type(&mut self, data: &Object, at_ms: Option<f64>) {
        let (ssrc, video_type) = (data.get("ssrc"), data.get("videoType"));
        for (name, connection) in &mut self.connections {
            if name.starts_with("PC_") {
                connection.tracks.set_video_type(ssrc, video_type, at_ms, &mut self.budget);
            }
        }
    }

    /// `dumpMetadata` and `features`.
    pub(super) fn finish(self, path: &DumpPath) -> (Object, Object) {
        let metadata = self.identity.browser_metadata(path, &self.header);
        let mut features = Object::default();
        features.set_if("browserInfo", self.browser_info);
        features.set_if("deploymentInfo", self.identity.deployment().cloned());
        let mut metrics = Object::default();
        self.requests.write(&mut metrics);
        let end_ms = self.session.finish(&mut features, &mut metrics);
        self.speakers.finish(self.identity.endpoint(), end_ms, &mut features);
        features.set("metrics", metrics);
        let mut aggregates = Object::default();
        for (name, connection) in &self.connections {
            aggregates.set(name, connection.aggregates());
        }
        features.set("aggregates", aggregates);
        (metadata, features)
    }
}

/// The connection of an entry. An entry without a connection belongs to one that is called `null`.
fn connection_of<'a>(
    entry: &Entry,
    connections: &'a mut IndexMap<String, Connection>,
    budget: &mut Budget,
) -> Option<&'a mut Connection> {
    let name = key(entry.connection.as_ref());
    if connections.len() >= MAX_CONNECTIONS && !connections.contains_key(&name) {
        budget.exceed();
        return None;
    }
    Some(connections.entry(name).or_default())
}
