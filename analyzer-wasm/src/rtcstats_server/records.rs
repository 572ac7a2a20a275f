//! The rows that the server writes for a dump: one for DynamoDB and, for a browser's dump, those of the Redshift tables.

use super::Extracted;
use super::row_id::{DumpIds, row_id};
use super::value::{Object, Value, key, truthy};
use super::warehouse::{CONNECTIONS, MEETINGS, TRACKS};
use crate::civil_date::sql;

/// The last time whose year has four digits, which is what SQL accepts.
const LAST_TIME_MS: f64 = 253_402_300_799_999.0;
/// The text that DynamoDB holds where a text is missing.
const MISSING: &str = "undefined";

/// The values of rows that are not in a dump.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The server's environment, such as `prod`.
    pub app_env: String,
    /// The time at which the rows are made, epoch ms.
    pub created_ms: f64,
}

/// The rows of one dump.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// The row of the metadata table.
    pub dynamodb: Object,
    /// Rows of [`MEETINGS`]: one, or none for a server's dump.
    pub meetings: Vec<Object>,
    /// Rows of [`CONNECTIONS`].
    pub connections: Vec<Object>,
    /// Rows of [`TRACKS`].
    pub tracks: Vec<Object>,
}

impl Records {
    /// The rows of a dump. Its id depends on the dumps before it.
    #[must_use]
    pub fn of(dump: &Extracted, origin: &Origin, ids: &mut DumpIds) -> Self {
        let dynamodb = metadata_row(dump, ids);
        let mut records = Self { dynamodb, ..Self::default() };
        if dump.is_browser {
            let shared = shared_columns(dump, origin);
            records.meetings.push(meeting_row(dump, origin, &shared));
            for (name, aggregates) in object(dump.features.get("aggregates")).members() {
                records.add_connection(name, object(Some(aggregates)), &shared);
            }
        }
        records
    }

    /// All rows, by table.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut out = Object::default();
        out.set("dynamodb", self.dynamodb.clone());
        for (table, rows) in self.tables() {
            out.set(table.name, rows.iter().cloned().map(Value::Object).collect::<Vec<_>>());
        }
        out
    }

    /// The Redshift tables with the rows of this dump.
    pub fn tables(&self) -> impl Iterator<Item = (super::Table, &[Object])> {
        [(MEETINGS, &self.meetings), (CONNECTIONS, &self.connections), (TRACKS, &self.tracks)]
            .into_iter()
            .map(|(table, rows)| (table, rows.as_slice()))
    }

    fn add_connection(&mut self, name: &str, aggregates: &Object, shared: &Object) {
        let dump = [key(self.dynamodb.get("conferenceId")), key(self.dynamodb.get("dumpId"))];
        let [conference, dump_id] = &dump;
        let id = row_id(&[conference, dump_id, name]);
        let mut row = shared.clone();
        take(&mut row, aggregates, CONNECTIONS.columns);
        take(&mut row, object(aggregates.get("trackAggregates")), CONNECTIONS.columns);
        take(&mut row, object(aggregates.get("transportAggregates")), CONNECTIONS.columns);
        take(&mut row, object(aggregates.get("candidatePairData")), CONNECTIONS.columns);
        // Set after the candidate pair, whose own id would replace it.
        row.set("pcname", name);
        row.set("id", id.as_str());
        let video = object(aggregates.get("inboundVideoExperience"));
        for bound in ["Upper", "Lower"] {
            let means = object(video.get(&format!("{}BoundAggregates", bound.to_lowercase())));
            for measure in ["FrameHeight", "FramesPerSecond"] {
                row.set_if(&format!("mean{bound}Bound{measure}"), means.get(&format!("mean{measure}")));
            }
        }
        self.connections.push(in_order(&row, CONNECTIONS.columns));
        let tracks = object(aggregates.get("tracks"));
        for (list, direction) in [("receiverTracks", "received"), ("senderTracks", "send")] {
            let Some(Value::List(list)) = tracks.get(list) else { continue };
            for (at, track) in list.iter().filter_map(Value::as_object).enumerate() {
                let mut row = shared.clone();
                row.set("id", row_id(&[conference, dump_id, name, direction, &at.to_string()]));
                row.set("pcId", id.as_str());
                row.set("direction", direction);
                row.set_if("isP2P", aggregates.get("isP2P"));
                take(&mut row, track, TRACKS.columns);
                for time in ["startTime", "endTime"] {
                    row.0.shift_remove(time);
                    row.set_if(time, Some(sql_time(track.get(time))).filter(|time| time.is_truthy()));
                }
                self.tracks.push(in_order(&row, TRACKS.columns));
            }
        }
    }
}

fn object(value: Option<&Value>) -> &Object {
    static EMPTY: std::sync::LazyLock<Object> = std::sync::LazyLock::new(Object::default);
    value.and_then(Value::as_object).unwrap_or(&EMPTY)
}

/// Copies the members that are columns.
fn take(row: &mut Object, from: &Object, columns: &[&str]) {
    for column in columns {
        row.set_if(column, from.get(column));
    }
}

/// The members that are columns, in the columns' order.
fn in_order(row: &Object, columns: &[&str]) -> Object {
    let mut out = Object::default();
    take(&mut out, row, columns);
    out
}

/// A time as SQL text. Without a time, the server writes the current one; here it is `null`.
fn sql_time(time: Option<&Value>) -> Value {
    let known = time.and_then(Value::as_number).filter(|ms| *ms != 0.0 && (0.0..=LAST_TIME_MS).contains(ms));
    known.map_or(Value::Null, |ms| sql(ms).into())
}

/// The columns that all rows of a dump share.
fn shared_columns(dump: &Extracted, origin: &Origin) -> Object {
    let mut row = Object::default();
    row.set("createDate", sql(origin.created_ms));
    for (column, member) in [
        ("statsSessionId", "clientId"),
        ("meetingUniqueId", "sessionId"),
        ("meetingUrl", "conferenceUrl"),
        ("tenant", "tenant"),
        ("jaasClientId", "jaasClientId"),
    ] {
        row.set_if(column, dump.metadata.get(member));
    }
    row.set("conferenceStartTime", sql_time(dump.features.get("conferenceStartTime")));
    row
}

fn meeting_row(dump: &Extracted, origin: &Origin, shared: &Object) -> Object {
    let (metadata, features) = (&dump.metadata, &dump.features);
    let mut row = shared.clone();
    row.set("appEnv", origin.app_env.as_str());
    take(&mut row, metadata, &["endpointId", "isBreakoutRoom", "breakoutRoomId", "parentStatsSessionId"]);
    row.set_if("displayName", metadata.get("userId"));
    row.set_if("meetingName", metadata.get("conferenceId"));
    let deployment = object(features.get("deploymentInfo"));
    take(
        &mut row,
        deployment,
        &["crossRegion", "environment", "region", "releaseNumber", "shard", "userRegion"],
    );
    take(&mut row, object(features.get("metrics")), &["sessionDurationMs", "conferenceDurationMs"]);
    take(&mut row, features, &["dominantSpeakerChanges", "speakerTime"]);
    for time in ["sessionStartTime", "sessionEndTime"] {
        row.set(time, sql_time(features.get(time)));
    }
    for (face, seconds) in object(features.get("sentiment")).members() {
        let (first, rest) = face.split_at_checked(1).unwrap_or((face, ""));
        row.set(&format!("sentiment{}{rest}", first.to_uppercase()), seconds);
    }
    let browser = object(features.get("browserInfo"));
    row.set_if("os", browser.get("os"));
    row.set_if("browserName", browser.get("name"));
    row.set_if("browserVersion", browser.get("version"));
    in_order(&row, MEETINGS.columns)
}

/// The row of the metadata table, with conference id and URL in lower case, so that they can be searched.
fn metadata_row(dump: &Extracted, ids: &mut DumpIds) -> Object {
    let text = |member: &str| {
        let value = dump.metadata.get(member).filter(|value| **value != Value::Null);
        value.map_or_else(|| MISSING.to_owned(), Value::to_key)
    };
    let conference = text("conferenceId").to_lowercase();
    let (base, dump_id) = ids.next(&conference, &text("clientId"));
    let mut row = Object::default();
    row.set("dumpId", dump_id);
    row.set("conferenceId", conference);
    row.set("conferenceUrl", text("conferenceUrl").to_lowercase());
    row.set("userId", text("userId"));
    row.set("sessionId", text("sessionId"));
    row.set("app", text("app"));
    row.set("baseDumpId", base);
    for (column, member) in [("startDate", "sessionStartTime"), ("endDate", "sessionEndTime")] {
        let known = dump.features.get(member).filter(|time| truthy(Some(time)));
        row.set(column, known.cloned().unwrap_or(Value::Null));
    }
    row
}
