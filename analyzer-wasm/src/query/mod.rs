//! The queries of the page, one module each: the query, its answer, and its computation.
//!
//! To add a query, write its module with a type that implements [`crate::wire::Query`], and add one line to the list below.

mod dispatch;
mod marks;
mod sources;

pub use dispatch::EncodedAnswer;
pub use sources::{OpenDetail, Source, Sources};

use crate::wire::{Refusal, Tagged};
use dispatch::{Handler, handle};

/// Declares the module of each query and exports its public items. The position in the list is the query's tag on the
/// wire, and the place of its handler.
macro_rules! queries {
    ($($module:ident::$query:ident),+ $(,)?) => {
        $(
            mod $module;
            pub use $module::*;
        )+

        #[derive(Clone, Copy)]
        enum Tag {
            $($query),+
        }

        $(
            impl Tagged for $query {
                const TAG: u8 = Tag::$query as u8;
            }
        )+

        const HANDLERS: &[Handler] = &[$(handle::<$query>),+];
    };
}

queries! {
    overviews::Overviews,
    connections::Connections,
    chart::ChartColumns,
    logs::LogSearch,
    report_json::ReportJson,
    field_search::FieldSearch,
    field_columns::FieldColumns,
}

/// Answers an encoded query of the kind that the tag names.
///
/// # Errors
/// If the tag is unknown, the bytes are no such query, or the worker does not have the data.
pub fn answer(tag: u8, query: &[u8], sources: &Sources) -> Result<EncodedAnswer, Refusal> {
    let handler = HANDLERS.get(usize::from(tag)).ok_or(Refusal::UnknownTag)?;
    handler(query, sources)
}
