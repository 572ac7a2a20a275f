//! Limits on what is kept of a file, so that memory stays bounded for any input, and the problems that are reported when
//! they are reached.

/// The longest line that is read; a longer one is skipped and becomes `line-too-long`.
pub const MAX_LINE_BYTES: usize = 64 << 20;
/// How much text at the start of a file is looked at to recognize its format.
pub const HEAD_BYTES: usize = 64 << 10;
/// How much of the first line is looked at, if it is longer than that.
pub const MAX_HEAD_BYTES: usize = 4 << 20;
/// How many lines of that, blank ones left out.
pub const MAX_HEAD_LINES: usize = 100;
/// How many names of a JSON value are looked at to recognize its format.
pub const MAX_HEAD_NAMES: usize = 256;
/// The longest key, string or number of a JSON document; a longer one is left out and becomes `token-too-long`.
pub const MAX_JSON_TOKEN_BYTES: usize = 16 << 20;
/// How deeply a JSON document may be nested; beyond that it becomes `bad-document`.
pub const MAX_JSON_DEPTH: usize = 512;
/// The longest record of a log; of a longer one the lines at its end are left out, and it becomes `record-too-long`.
pub const MAX_RECORD_BYTES: usize = 1 << 20;
/// The longest span of the entries of one file: 30 days; an entry that is further off becomes `implausible-time`.
pub const MAX_SPAN_MS: f64 = 30.0 * 86_400_000.0;
/// The most text that one file may hold, about 64 GiB; what is beyond it becomes `too-much-text`.
pub const MAX_TEXT_BYTES: u64 = 64 << 30;
/// The longest gzip header; a longer one becomes `gzip-damaged`.
pub const MAX_GZIP_HEADER_BYTES: usize = 64 << 10;
/// The most peer connections of one dump; what is beyond them becomes `over-limit`.
pub const MAX_CONNECTIONS: usize = 1_024;
/// The most stats reports of one peer connection; more become `over-limit`.
pub const MAX_REPORTS: usize = 16_384;
/// The most RTP streams that are kept of one peer connection; more become `over-limit`.
pub const MAX_STREAMS: usize = 4_096;
/// The most events that are kept of one dump; more become `over-limit`.
pub const MAX_EVENTS: usize = 50_000;
/// The most lines that are listed as sources of one event; their number is always reported.
pub const MAX_EVENT_SOURCES: usize = 32;
/// The longest detail text of an event, in bytes; a longer one is cut.
pub const MAX_DETAIL_BYTES: usize = 300;
/// The longest text field of a stats report; a longer one is cut.
pub const MAX_FIELD_BYTES: usize = 1_024;
/// The most points of one chart column; beyond it neighbours are folded into one.
pub const MAX_COLUMN_POINTS: usize = 1_024;
/// The most samples kept for percentiles; beyond it every second one is dropped.
pub const MAX_DISTRIBUTION_SAMPLES: usize = 4_096;
/// The most events of one participant that the page's timeline marks; the report has all of them.
pub const MAX_MARKS: usize = 500;
/// The most values that a detail view keeps, 256 MB of them; more become `over-limit`.
pub const MAX_DETAIL_VALUES: usize = 32 << 20;
/// The most values that a server's state may hold; more become `over-limit`.
pub const MAX_STATE_VALUES: usize = 1 << 20;
/// The longest array of a server's state; what lies beyond it becomes `over-limit`.
pub const MAX_STATE_ARRAY: usize = 1 << 16;
/// The most endpoints or members that are kept of a server's dump; more become `over-limit`.
pub const MAX_ENDPOINTS: usize = 4_096;
/// The most SSRCs whose owners are kept of one dump; the owners of more stay unknown and become `over-limit`.
pub const MAX_SOURCES: usize = 32_768;
/// The most compressed text that is kept of a server's dump that starts in the middle, so that it can be read again after
/// the part before it; more becomes `large-part`.
pub const MAX_PART_BYTES: usize = 64 << 20;
/// How much of that is kept while it is unknown whether a dump starts in the middle.
pub const MAX_UNDECIDED_BYTES: usize = 1 << 20;
/// The largest compressed checkpoint at the end of a server's dump; a larger one becomes `large-part`.
pub const MAX_ENDING_BYTES: usize = 16 << 20;
/// The most values in the chart columns of a server's dump; beyond it neighbours are folded into one.
pub const MAX_SERVER_VALUES: usize = 256 << 10;
/// The most session descriptions that a detail view keeps; more become `over-limit`.
pub const MAX_DETAIL_DESCRIPTIONS: usize = 10_000;
/// The most text of raw lines that a detail view keeps; more is cut, which is marked, or left out.
pub const MAX_RAW_BYTES: usize = 16 << 20;
/// The approximate size of a block of console lines before compression.
pub const LOG_BLOCK_BYTES: usize = 256 << 10;
/// The most compressed console text that is kept of one dump; more becomes `over-limit`.
pub const MAX_LOG_BYTES: usize = 64 << 20;
/// The most values that the features of rtcstats-server keep of one dump, 256 MB of them; more become `over-limit`.
pub const MAX_FEATURE_VALUES: usize = 32 << 20;
/// The most entries of each list and map of those features; more become `over-limit`.
pub const MAX_FEATURE_ENTRIES: usize = 50_000;
/// The most components of one dump's console by which lines can be filtered; more become `over-limit`.
pub const MAX_LOG_COMPONENTS: usize = 1_024;
/// The longest name of such a component; a longer one is cut.
pub const MAX_LOG_COMPONENT_BYTES: usize = 128;
/// The most console text that one query searches; beyond it totals are lower bounds.
pub const MAX_LOG_SEARCH_BYTES: usize = 1 << 30;
/// The most console lines in one page of an answer; larger pages are cut to this size.
pub const MAX_LOG_ROWS: usize = 10_000;
/// The longest message of a console line in an answer; a longer one is cut.
pub const MAX_LOG_MESSAGE_BYTES: usize = 16 << 10;

/// The longest prefix of at most `max` bytes that ends at a character.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    let end = (0..=max.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}
