//! What is selected of the open call.

/// The selected conference, participant and finding. Participants are named by report key only, never by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whether the open call is the sample that comes with the page, which can be opened again by itself.
    pub sample: bool,
    /// The conference, by id; the newest one where it is missing or unknown.
    pub conference: Option<String>,
    /// The participant, by key; where it is missing or unknown, that of the finding, else the most affected one.
    pub participant: Option<String>,
    /// The finding, by id.
    pub finding: Option<String>,
}
