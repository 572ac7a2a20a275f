//! Bulk data of an answer, which is transferred instead of encoded.

/// Bulk data as the worker hands it over: becomes an `ArrayBuffer`, little-endian.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Payload {
    /// The answer has none.
    #[default]
    None,
    /// Bytes, for example UTF-8 text.
    Bytes(Vec<u8>),
    /// Single-precision numbers.
    F32(Vec<f32>),
    /// Double-precision numbers.
    F64(Vec<f64>),
}

/// Bulk data as the page receives it. Nothing is copied until one of the methods is called: text that becomes a
/// download never enters the memory of the page's module.
pub trait PayloadSource {
    /// A copy of the numbers of a [`Payload::F32`].
    fn f32_values(&self) -> Vec<f32>;

    /// A copy of the numbers of a [`Payload::F64`].
    fn f64_values(&self) -> Vec<f64>;
}

impl PayloadSource for Payload {
    fn f32_values(&self) -> Vec<f32> {
        if let Self::F32(values) = self { values.clone() } else { Vec::new() }
    }

    fn f64_values(&self) -> Vec<f64> {
        if let Self::F64(values) = self { values.clone() } else { Vec::new() }
    }
}
