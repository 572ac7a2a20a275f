//! The stats reports of one peer connection as they stand after each poll, rebuilt from deltas.

use std::collections::HashMap;

use super::{Metric, ReportKind, Text};
use crate::limits::{MAX_FIELD_BYTES, MAX_REPORTS, cut};

/// A report's place in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SlotId(u32);

/// A numeric field that has no [`Metric`], kept for the view of all fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Its key in the dump.
    pub name: Box<str>,
    /// Its number.
    pub value: f64,
}

/// One stats report.
#[derive(Clone, Debug)]
pub struct Report {
    id: Box<str>,
    kind: ReportKind,
    timestamp_ms: f64,
    seen_in: u32,
    was_absent: bool,
    values: Vec<f64>,
    texts: Vec<(Text, Box<str>)>,
    extras: Vec<Extra>,
}

impl Report {
    /// Its id: the key in the poll.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its type.
    #[must_use]
    pub fn kind(&self) -> ReportKind {
        self.kind
    }

    /// Its own timestamp in epoch ms, if it ever had one.
    #[must_use]
    pub fn timestamp_ms(&self) -> Option<f64> {
        (!self.timestamp_ms.is_nan()).then_some(self.timestamp_ms)
    }

    /// A number, if the report has it.
    #[must_use]
    pub fn get(&self, metric: Metric) -> Option<f64> {
        self.values.get(metric as usize).copied().filter(|value| !value.is_nan())
    }

    /// Its SSRC, if it has a valid one.
    #[must_use]
    pub fn ssrc(&self) -> Option<u32> {
        let ssrc = self.get(Metric::Ssrc).filter(|ssrc| (0.0..=f64::from(u32::MAX)).contains(ssrc));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
        ssrc.map(|ssrc| ssrc as u32)
    }

    /// A text, if the report has it and it is not empty.
    #[must_use]
    pub fn text(&self, field: Text) -> Option<&str> {
        self.texts
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, text)| &**text)
            .filter(|text| !text.is_empty())
    }

    /// Every number of it with its name.
    pub fn numbers(&self) -> impl Iterator<Item = (&str, f64)> {
        let known = Metric::ALL.iter().zip(&self.values).filter(|(_, value)| !value.is_nan());
        let extras = self.extras.iter().map(|extra| (&*extra.name, extra.value));
        known.map(|(metric, value)| (metric.name(), *value)).chain(extras)
    }
}

/// The reports of one connection.
#[derive(Debug, Default)]
pub struct ReportTable {
    reports: Vec<Report>,
    slots: HashMap<Box<str>, SlotId>,
    order: Vec<SlotId>,
    previous_order: Vec<SlotId>,
    poll: u32,
    keep_extras: bool,
}

impl ReportTable {
    /// A table that keeps every numeric field, not only those that have a [`Metric`].
    #[must_use]
    pub fn with_all_fields() -> Self {
        Self { keep_extras: true, ..Self::default() }
    }

    /// Starts a poll. Reports that are not touched until the next one are absent from it.
    pub fn begin_poll(&mut self) {
        self.poll += 1;
        std::mem::swap(&mut self.order, &mut self.previous_order);
        self.order.clear();
    }

    /// Marks a report as present in this poll, and gives its place; `None` when the table is full. Polls list reports in
    /// the same order, so the one that followed in the last poll is tried first.
    pub fn touch(&mut self, id: &str) -> Option<SlotId> {
        let predicted = self.previous_order.get(self.order.len()).copied();
        let slot = predicted
            .filter(|slot| self.report(*slot).is_some_and(|report| &*report.id == id))
            .or_else(|| self.slots.get(id).copied())
            .or_else(|| self.insert(id))?;
        let poll = self.poll;
        if let Some(report) = self.report_mut(slot)
            && report.seen_in != poll
        {
            report.was_absent = report.seen_in + 1 != poll;
            report.seen_in = poll;
            self.order.push(slot);
        }
        Some(slot)
    }

    /// Sets a report's own timestamp.
    pub fn set_timestamp(&mut self, slot: SlotId, epoch_ms: f64) {
        if let Some(report) = self.report_mut(slot) {
            report.timestamp_ms = epoch_ms;
        }
    }

    /// Sets a number.
    pub fn set(&mut self, slot: SlotId, metric: Metric, value: f64) {
        let cell = self.report_mut(slot).and_then(|report| report.values.get_mut(metric as usize));
        if let Some(cell) = cell {
            *cell = value;
        }
    }

    /// Sets a text. A report that was absent and appears with its type is a new one: its old values are dropped.
    pub fn set_text(&mut self, slot: SlotId, field: Text, text: &str) {
        let Some(report) = self.report_mut(slot) else { return };
        let text = cut(text, MAX_FIELD_BYTES);
        if field == Text::Type {
            if report.was_absent {
                report.values.fill(f64::NAN);
                report.texts.clear();
                report.extras.clear();
            }
            report.kind = ReportKind::of_type(text);
        }
        match report.texts.iter_mut().find(|(name, _)| *name == field) {
            Some((_, old)) if **old == *text => {}
            Some((_, old)) => *old = text.into(),
            None => report.texts.push((field, text.into())),
        }
    }

    /// Sets the type of a report whose `type` alone does not determine it.
    pub fn set_kind(&mut self, slot: SlotId, kind: ReportKind) {
        if let Some(report) = self.report_mut(slot) {
            report.kind = kind;
        }
    }

    /// Sets a number that has no [`Metric`], if the table keeps those.
    pub fn set_extra(&mut self, slot: SlotId, name: &str, value: f64) {
        if !self.keep_extras {
            return;
        }
        let Some(report) = self.report_mut(slot) else { return };
        match report.extras.iter_mut().find(|extra| &*extra.name == name) {
            Some(extra) => extra.value = value,
            None => report.extras.push(Extra { name: cut(name, MAX_FIELD_BYTES).into(), value }),
        }
    }

    /// A report, present or not.
    #[must_use]
    pub fn report(&self, slot: SlotId) -> Option<&Report> {
        self.reports.get(slot.0 as usize)
    }

    /// The report with this id as it was last seen, present or not: old clients leave out reports that have not changed.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Report> {
        self.slots.get(id).and_then(|slot| self.report(*slot))
    }

    /// The report with this id, if it is present.
    #[must_use]
    pub fn find_present(&self, id: &str) -> Option<&Report> {
        self.find(id).filter(|report| report.seen_in == self.poll)
    }

    /// The present reports, in the order of the poll.
    pub fn present(&self) -> impl Iterator<Item = &Report> {
        self.order.iter().filter_map(|slot| self.report(*slot))
    }

    /// The places of the present reports.
    #[must_use]
    pub fn present_slots(&self) -> &[SlotId] {
        &self.order
    }

    fn report_mut(&mut self, slot: SlotId) -> Option<&mut Report> {
        self.reports.get_mut(slot.0 as usize)
    }

    fn insert(&mut self, id: &str) -> Option<SlotId> {
        if self.reports.len() >= MAX_REPORTS {
            return None;
        }
        let slot = SlotId(u32::try_from(self.reports.len()).ok()?);
        self.reports.push(Report {
            id: id.into(),
            kind: ReportKind::Other,
            timestamp_ms: f64::NAN,
            seen_in: 0,
            was_absent: true,
            values: vec![f64::NAN; Metric::ALL.len()],
            texts: Vec::new(),
            extras: Vec::new(),
        });
        self.slots.insert(id.into(), slot);
        Some(slot)
    }
}
