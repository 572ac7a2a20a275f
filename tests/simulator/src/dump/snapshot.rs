//! A stats poll before it is compressed: every report with every field.

use std::sync::Arc;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Whole(i64),
    /// Any number.
    Real(f64),
    /// A boolean.
    Flag(bool),
    /// Constant text.
    Word(&'static str),
    /// Text.
    Text(Arc<str>),
    /// Numbers by name: clients send such objects in every poll.
    Record(Vec<(&'static str, f64)>),
}

/// One report: its id, its own time and where its fields end.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) id: Arc<str>,
    pub(super) timestamp_ms: f64,
    pub(super) fields_end: usize,
}

/// The result of one call of `getStats`.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub(super) heads: Vec<Head>,
    pub(super) fields: Vec<(&'static str, Value)>,
}

impl Snapshot {
    /// Removes all reports, to reuse the memory.
    pub fn clear(&mut self) {
        self.heads.clear();
        self.fields.clear();
    }

    /// Begins a report.
    pub fn report(&mut self, id: &Arc<str>, kind: &'static str, timestamp_ms: f64) -> Fields<'_> {
        self.fields.push(("type", Value::Word(kind)));
        self.heads.push(Head { id: id.clone(), timestamp_ms, fields_end: self.fields.len() });
        Fields(self)
    }

    /// The reports with their fields.
    pub(super) fn reports(&self) -> impl Iterator<Item = (&Head, &[(&'static str, Value)])> {
        let mut begin = 0;
        self.heads.iter().map(move |head| {
            let fields = self.fields.get(begin..head.fields_end).unwrap_or_default();
            begin = head.fields_end;
            (head, fields)
        })
    }
}

/// The fields of the report that was begun last.
#[derive(Debug)]
pub struct Fields<'a>(&'a mut Snapshot);

impl Fields<'_> {
    /// Adds a field.
    pub fn value(&mut self, name: &'static str, value: Value) -> &mut Self {
        self.0.fields.push((name, value));
        if let Some(head) = self.0.heads.last_mut() {
            head.fields_end = self.0.fields.len();
        }
        self
    }

    /// Adds a whole number.
    pub fn whole(&mut self, name: &'static str, number: impl Into<i64>) -> &mut Self {
        self.value(name, Value::Whole(number.into()))
    }

    /// Adds a number.
    pub fn real(&mut self, name: &'static str, number: f64) -> &mut Self {
        self.value(name, Value::Real(number))
    }

    /// Adds a boolean.
    pub fn flag(&mut self, name: &'static str, yes: bool) -> &mut Self {
        self.value(name, Value::Flag(yes))
    }

    /// Adds constant text.
    pub fn word(&mut self, name: &'static str, word: &'static str) -> &mut Self {
        self.value(name, Value::Word(word))
    }

    /// Adds text.
    pub fn text(&mut self, name: &'static str, text: &Arc<str>) -> &mut Self {
        self.value(name, Value::Text(text.clone()))
    }
}
